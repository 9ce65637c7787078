# The shipped scenario's results; see the head of golden/golden.py.
foreach(check pinned published order sums form threads danish resolved beside)
  add_test(NAME golden.${check}
           COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/golden/golden.py $<TARGET_FILE:frem_program> ${check})
  set_tests_properties(golden.${check} PROPERTIES LABELS golden SKIP_RETURN_CODE 77 TIMEOUT 600)
endforeach()
