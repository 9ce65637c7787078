# `check` says what `run` says; see the head of agreement/agree.py.
add_test(NAME agreement.check COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/agreement/agree.py
                                      $<TARGET_FILE:frem_program>)
set_tests_properties(agreement.check PROPERTIES LABELS agreement TIMEOUT 600)
foreach(what horizon resolved)
  add_test(NAME agreement.${what} COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/agreement/worlds.py
                                          $<TARGET_FILE:frem_program> ${what})
  set_tests_properties(agreement.${what} PROPERTIES LABELS agreement SKIP_RETURN_CODE 77 TIMEOUT 1200)
endforeach()
# Sanitizers have costs of their own.
if(NOT FREM_SANITIZE)
  add_test(NAME agreement.linear COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/agreement/linear.py
                                         $<TARGET_FILE:frem_program>)
  set_tests_properties(agreement.linear PROPERTIES LABELS agreement TIMEOUT 1200)
endif()
