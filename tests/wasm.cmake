# The engine for WebAssembly beside the native one; see the head of wasm/same.js. tools/studio builds it.
set(wasm ${CMAKE_CURRENT_SOURCE_DIR}/wasm)
find_program(FREM_NODE node)
add_executable(frem_ask ${wasm}/ask.c)
target_link_libraries(frem_ask PRIVATE frem_inside frem_options)
set_target_properties(frem_ask PROPERTIES OUTPUT_NAME ask RUNTIME_OUTPUT_DIRECTORY ${bin})
if(FREM_NODE)
  foreach(check results bad calls)
    add_test(NAME wasm.${check}
             COMMAND ${FREM_NODE} ${wasm}/same.js ${check} ${PROJECT_SOURCE_DIR}/build-wasm $<TARGET_FILE:frem_program>
                     $<TARGET_FILE:frem_ask>
             WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
    set_tests_properties(wasm.${check} PROPERTIES LABELS wasm SKIP_RETURN_CODE 77 TIMEOUT 600)
  endforeach()
else()
  message(STATUS "node is not installed: the tests of the engine for WebAssembly are left out")
endif()
