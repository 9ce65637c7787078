# `decompose` as people meet it; see the head of decompose/check.py.
add_test(NAME decompose.all COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/decompose/check.py $<TARGET_FILE:frem_program>)
set_tests_properties(decompose.all PROPERTIES LABELS decompose TIMEOUT 600)
