# The command line; see the head of cli/cli.py.
foreach(check suggestions words languages help_texts version stream lost_output targets quiet inputs interrupted)
  add_test(NAME cli.${check}
           COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/cli/cli.py $<TARGET_FILE:frem_program> ${check})
  set_tests_properties(cli.${check} PROPERTIES LABELS cli TIMEOUT 600)
endforeach()
