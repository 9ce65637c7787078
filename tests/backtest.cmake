# `backtest`, and `compare --assumptions`, as people meet them; see the head of backtest/check.py.
add_test(NAME backtest.all COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/backtest/check.py $<TARGET_FILE:frem_program>)
set_tests_properties(backtest.all PROPERTIES LABELS backtest TIMEOUT 300)
