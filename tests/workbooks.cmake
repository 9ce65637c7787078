# Sheets of workbooks as tables; see the head of workbooks/check.py.
foreach(check by_hand alone explained cells refused named hostile office own lacking)
  add_test(NAME workbooks.${check}
           COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/workbooks/check.py $<TARGET_FILE:frem_program> ${check})
  set_tests_properties(workbooks.${check} PROPERTIES LABELS workbooks SKIP_RETURN_CODE 77 TIMEOUT 600)
endforeach()
