# Charts; see the head of charts/check.py. PNGs of every kind are left in look/charts of the build's
# tests, to be looked at.
set(charts ${CMAKE_CURRENT_SOURCE_DIR}/charts)

add_executable(frem_made ${charts}/made.c)
target_link_libraries(frem_made PRIVATE frem_inside frem_options m)
set_target_properties(frem_made PROPERTIES OUTPUT_NAME made_charts RUNTIME_OUTPUT_DIRECTORY ${bin})

foreach(check scenario compare made same_bytes without_librsvg formats gallery look)
  add_test(NAME charts.${check}
           COMMAND ${FREM_PYTHON} -B ${charts}/check.py $<TARGET_FILE:frem_program> $<TARGET_FILE:frem_made> ${check}
                   ${CMAKE_CURRENT_BINARY_DIR}/look/charts
           WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(charts.${check} PROPERTIES LABELS charts SKIP_RETURN_CODE 77 TIMEOUT 600)
endforeach()
