# Calls of the system that fail; see the head of faults/check.py. Sanitizers make calls of their own.
if(FREM_SANITIZE OR NOT CMAKE_SYSTEM_NAME STREQUAL Linux)
  return()
endif()
foreach(command csv sqlite xlsx sweep montecarlo import)
  add_test(NAME faults.${command}
           COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/faults/check.py $<TARGET_FILE:frem_program> ${command}
                   $<$<BOOL:${FREM_ALL}>:all>
           COMMAND_EXPAND_LISTS)
  set_tests_properties(faults.${command} PROPERTIES LABELS faults SKIP_RETURN_CODE 77 TIMEOUT 3600)
endforeach()
