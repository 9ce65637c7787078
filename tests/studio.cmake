# The studio's page in a headless browser; see the head of studio/check.py. Pictures stay in look/studio. Skipped where
# tools/studio has not made the page.
foreach(check begin starts lever errors below kept ask access hostile exported without)
  add_test(NAME studio.${check}
           COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/studio/check.py ${PROJECT_SOURCE_DIR}/build/studio.html
                   $<TARGET_FILE:frem_program> ${CMAKE_CURRENT_BINARY_DIR}/look/studio ${check})
  set_tests_properties(studio.${check} PROPERTIES LABELS studio SKIP_RETURN_CODE 77 TIMEOUT 600)
endforeach()
