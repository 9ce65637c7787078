# Programs whose formats are linked, or left out; see the head of parts/parts.py.
set(parts ${CMAKE_COMMAND} -D CMAKE_C_COMPILER=${CMAKE_C_COMPILER} -D CMAKE_BUILD_TYPE=${CMAKE_BUILD_TYPE}
          -D CMAKE_C_FLAGS=${CMAKE_C_FLAGS} -D FREM_SANITIZE=${FREM_SANITIZE} -D FREM_WERROR=ON)
foreach(mode IN ITEMS static none)
  add_test(NAME parts.${mode}
           COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/parts/parts.py ${mode} $<TARGET_FILE:frem_program>
                   ${PROJECT_BINARY_DIR} ${parts}
           WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(parts.${mode} PROPERTIES LABELS parts TIMEOUT 600)
endforeach()
