# The command line; see the head of cli/cli.py.
foreach(check suggestions words languages help_texts version stream lost_output targets quiet inputs variants chosen sets
        resolved interrupted)
  add_test(NAME cli.${check}
           COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/cli/cli.py $<TARGET_FILE:frem_program> ${check})
  set_tests_properties(cli.${check} PROPERTIES LABELS cli TIMEOUT 600)
endforeach()

# Files of others, kills and commands at once; see the head of cli/files.py.
foreach(check kept case_clash removed forced busy killed at_once litter)
  add_test(NAME cli.files.${check}
           COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/cli/files.py $<TARGET_FILE:frem_program> ${check})
  set_tests_properties(cli.files.${check} PROPERTIES LABELS cli TIMEOUT 600)
endforeach()

# Hostile texts and names; see the head of cli/harmless.py.
foreach(check verbs problems data modes)
  add_test(NAME cli.harmless.${check}
           COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/cli/harmless.py $<TARGET_FILE:frem_program> ${check})
  set_tests_properties(cli.harmless.${check} PROPERTIES LABELS cli TIMEOUT 600)
endforeach()

# What someone meets who begins: the verb `new`, and help with its examples.
foreach(check writes runs refuses part asks layout examples)
  add_test(NAME cli.begin.${check}
           COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/cli/begin.py $<TARGET_FILE:frem_program> ${check})
  set_tests_properties(cli.begin.${check} PROPERTIES LABELS cli TIMEOUT 600)
endforeach()

# The studio's page with scenarios in it; see the head of cli/studio.py.
foreach(check exports hostile refuses)
  add_test(NAME cli.studio.${check}
           COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/cli/studio.py $<TARGET_FILE:frem_program> ${check})
  set_tests_properties(cli.studio.${check} PROPERTIES LABELS cli TIMEOUT 600)
endforeach()
