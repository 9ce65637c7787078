# `import`: sample files made from data/denmark give back its figures; see the head of import/check.py.
foreach(check whole statbank px json_stat levels mapped scenario cases code_pages strict units spoken files)
  add_test(NAME import.${check}
           COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/import/check.py $<TARGET_FILE:frem_program> ${check})
  set_tests_properties(import.${check} PROPERTIES LABELS import TIMEOUT 600)
endforeach()
