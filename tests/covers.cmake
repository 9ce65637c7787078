# Regions that are fewer than their totals cover get what the run of all that the totals cover gives them.
add_test(NAME covers.parts COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/covers/parts.py $<TARGET_FILE:frem_program>
         WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
set_tests_properties(covers.parts PROPERTIES LABELS golden SKIP_RETURN_CODE 77)
