# `sensitivity` as people meet it; see the head of sensitivity/check.py.
add_test(NAME sensitivity.all COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/sensitivity/check.py $<TARGET_FILE:frem_program>)
set_tests_properties(sensitivity.all PROPERTIES LABELS sensitivity TIMEOUT 600)
