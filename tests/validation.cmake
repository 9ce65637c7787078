# Published models reproduced. Their tables stand beside the project and are no part of it: without them the tests are
# skipped, saying so.
add_test(NAME validation.laerermod
         COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/validation/laerermod.py $<TARGET_FILE:frem_program>
                 ${PROJECT_SOURCE_DIR}/../shared/laerermod
         WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
set_tests_properties(validation.laerermod PROPERTIES LABELS validation SKIP_RETURN_CODE 77 TIMEOUT 600)
