# `solve` as people meet it; see the heads of solve/check.py and solve/path.py.
add_test(NAME solve.all COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/solve/check.py $<TARGET_FILE:frem_program>)
add_test(NAME solve.path COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/solve/path.py $<TARGET_FILE:frem_program>)
set_tests_properties(solve.all solve.path PROPERTIES LABELS solve TIMEOUT 600)
