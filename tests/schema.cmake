# The schema of scenario files that editors read keeps to the field table, the shipped scenarios and tests/bad.
add_test(NAME schema COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/schema/check.py $<TARGET_FILE:frem_schema>
         WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
set_tests_properties(schema PROPERTIES LABELS house SKIP_RETURN_CODE 77)
