# Problems on the screen and for editors; see the head of diagnostics/diagnostics.py.
foreach(check json_lines words alone werror colours elsewhere names)
  add_test(NAME diagnostics.${check}
           COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/diagnostics/diagnostics.py
                   $<TARGET_FILE:frem_program> ${check})
  set_tests_properties(diagnostics.${check} PROPERTIES LABELS diagnostics SKIP_RETURN_CODE 77 TIMEOUT 600)
endforeach()
