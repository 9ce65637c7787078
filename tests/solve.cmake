# `solve` as people meet it; see the head of solve/check.py.
add_test(NAME solve.all COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/solve/check.py $<TARGET_FILE:frem_program>)
set_tests_properties(solve.all PROPERTIES LABELS solve TIMEOUT 600)
