# `calibrate` as people meet it; see the head of calibrate/check.py.
add_test(NAME calibrate.all COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/calibrate/check.py $<TARGET_FILE:frem_program>)
set_tests_properties(calibrate.all PROPERTIES LABELS calibrate TIMEOUT 600)
