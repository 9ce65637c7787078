# What is too large; see the head of limits/check.py. Sanitizers take memory and time of their own.
if(FREM_SANITIZE)
  return()
endif()
foreach(check refused done growth)
  add_test(NAME limits.${check}
           COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/limits/check.py $<TARGET_FILE:frem_program> ${check})
  set_tests_properties(limits.${check} PROPERTIES LABELS limits TIMEOUT 1200)
endforeach()
