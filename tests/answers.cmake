# What the verbs with answers have in common: tables in every format, and what is left of them when they are interrupted; see the
# head of answers/check.py.
foreach(check IN ITEMS tables interrupted)
  add_test(NAME answers.${check}
           COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/answers/check.py $<TARGET_FILE:frem_program> ${check})
  set_tests_properties(answers.${check} PROPERTIES LABELS output SKIP_RETURN_CODE 77 TIMEOUT 300)
endforeach()
