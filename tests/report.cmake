# The report in a headless browser; see the head of report/check.py. Pictures and prints stay in look/report.
set(report ${CMAKE_CURRENT_SOURCE_DIR}/report)
add_executable(frem_report_world ${report}/world.c)
target_link_libraries(frem_report_world PRIVATE frem_inside frem_options)
set_target_properties(frem_report_world PROPERTIES OUTPUT_NAME report_world RUNTIME_OUTPUT_DIRECTORY ${bin})
foreach(check pedagogues words professions assumptions address paper choices compare table policy hostile keyboard look national uncertain)
  add_test(NAME report.${check}
           COMMAND ${FREM_PYTHON} -B ${report}/check.py $<TARGET_FILE:frem_program> $<TARGET_FILE:frem_report_world>
                   ${CMAKE_CURRENT_BINARY_DIR}/look/report ${check})
  set_tests_properties(report.${check} PROPERTIES LABELS report SKIP_RETURN_CODE 77 TIMEOUT 600)
endforeach()
