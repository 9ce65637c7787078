# Every table of an output folder against the results and against what describes it; see the head of tables/check.py.
foreach(check sums flows series json package practicum decimal threads hostile)
  add_test(NAME tables.${check}
           COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/tables/check.py $<TARGET_FILE:frem_program> ${check})
  set_tests_properties(tables.${check} PROPERTIES LABELS tables SKIP_RETURN_CODE 77 TIMEOUT 600)
endforeach()
