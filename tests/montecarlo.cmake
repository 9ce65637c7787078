# `montecarlo` as people meet it; see the head of montecarlo/check.py.
add_test(NAME montecarlo.all COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/montecarlo/check.py $<TARGET_FILE:frem_program>)
set_tests_properties(montecarlo.all PROPERTIES LABELS montecarlo TIMEOUT 600)
