# Malformed scenarios, tables and commands with their exact diagnostics; see the head of bad/run.py.
set(bad ${CMAKE_CURRENT_SOURCE_DIR}/bad)
add_test(NAME bad.all COMMAND ${FREM_PYTHON} -B ${bad}/run.py $<TARGET_FILE:frem_program>)
add_test(NAME bad.messages COMMAND ${FREM_PYTHON} -B ${bad}/run.py --messages)
set_tests_properties(bad.all bad.messages PROPERTIES LABELS bad TIMEOUT 600)
