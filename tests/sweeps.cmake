# `compare` and `sweep` as people meet them; see the head of sweeps/check.py.
set(checks compared grid restart killed other_sweeps damaged busy streamed progress)
# The sanitizers keep what is freed.
if(NOT FREM_SANITIZE)
  list(APPEND checks memory)
endif()
foreach(check IN LISTS checks)
  add_test(NAME sweeps.${check}
           COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/sweeps/check.py $<TARGET_FILE:frem_program> ${check})
  set_tests_properties(sweeps.${check} PROPERTIES LABELS sweeps TIMEOUT 600 SKIP_RETURN_CODE 77)
endforeach()
