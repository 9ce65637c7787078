# The verb `practicum` on the shipped scenarios and on one whose intake its places limit.
add_test(NAME practicum COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/practicum/check.py $<TARGET_FILE:frem_program>
         WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
set_tests_properties(practicum PROPERTIES LABELS validation TIMEOUT 600)
