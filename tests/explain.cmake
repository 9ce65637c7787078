# The verb `explain` on the shipped scenarios and on layers of its own; see the head of explain/explain.py.
foreach(check shipped layers words changed)
  add_test(NAME explain.${check}
           COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/explain/explain.py $<TARGET_FILE:frem_program> ${check})
  set_tests_properties(explain.${check} PROPERTIES LABELS explain SKIP_RETURN_CODE 77 TIMEOUT 300)
endforeach()
