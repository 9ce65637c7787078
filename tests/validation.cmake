# Published models reproduced, from the tables that are beside the scripts.
foreach(frem_case laerermod laerermod_portal solve calibrate decompose sensitivity backtest)
    add_test(NAME validation.${frem_case}
             COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/validation/${frem_case}.py $<TARGET_FILE:frem_program>
             WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
endforeach()
add_test(NAME validation.scotland COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/validation/scotland.py)
set_tests_properties(validation.laerermod validation.laerermod_portal validation.solve validation.calibrate
                     validation.decompose
                     validation.sensitivity
                     validation.backtest
                     validation.scotland
                     PROPERTIES LABELS validation TIMEOUT 600)
