# The whole model once more as a plain Python script, written from docs/model.md alone: random scenarios that together
# use every part through the program and through the script, row by row. Fewer where sanitizers make the program slow.
set(worlds 500)
if(FREM_SANITIZE)
  set(worlds 40)
endif()
add_test(NAME reference.worlds
         COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/reference/compare.py $<TARGET_FILE:frem_program>
                 --worlds ${worlds}
         WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
set_tests_properties(reference.worlds PROPERTIES LABELS validation SKIP_RETURN_CODE 77 TIMEOUT 1200)
