# Published models reproduced, from the tables that are beside the scripts.
add_test(NAME validation.laerermod
         COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/validation/laerermod.py $<TARGET_FILE:frem_program>
         WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
set_tests_properties(validation.laerermod PROPERTIES LABELS validation TIMEOUT 600)
