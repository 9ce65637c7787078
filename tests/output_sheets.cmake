# Workbooks and databases that the program writes, read back with other tools; see the head of output_sheets/check.py.
# What a person should look at goes to build/tests/look.
foreach(check IN ITEMS live workbook uncertain bytes hostile full long missing database compared practicum look)
  add_test(NAME output_sheets.${check}
           COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/output_sheets/check.py $<TARGET_FILE:frem_program>
                   ${check} ${CMAKE_CURRENT_BINARY_DIR}/look
           WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(output_sheets.${check} PROPERTIES LABELS output SKIP_RETURN_CODE 77 TIMEOUT 600)
endforeach()
foreach(check IN ITEMS subtract horizons areas)
  add_test(NAME output_sheets.totals_${check}
           COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/output_sheets/totals.py $<TARGET_FILE:frem_program> ${check}
           WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(output_sheets.totals_${check} PROPERTIES LABELS output TIMEOUT 600)
endforeach()
