# The documents keep to the program: the page of keys is what the field table prints, the examples of scenarios are
# valid, the commands print what the page says, and what is linked to exists.
set(docs ${CMAKE_CURRENT_SOURCE_DIR}/docs)

add_executable(frem_reference ${docs}/reference.c)
target_link_libraries(frem_reference PRIVATE frem_inside frem_options)
set_target_properties(frem_reference PROPERTIES OUTPUT_NAME reference RUNTIME_OUTPUT_DIRECTORY ${bin})

add_test(NAME docs.keys COMMAND sh ${docs}/keys.sh $<TARGET_FILE:frem_reference>
         WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
add_test(NAME docs.pages COMMAND ${FREM_PYTHON} -B ${docs}/pages.py $<TARGET_FILE:frem_program>
         WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
set_tests_properties(docs.keys docs.pages PROPERTIES LABELS docs SKIP_RETURN_CODE 77 TIMEOUT 600)
