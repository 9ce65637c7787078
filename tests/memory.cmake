# Memory that lacks; see the head of memory/check.py. Sanitizers have allocators of their own.
if(FREM_SANITIZE OR NOT CMAKE_SYSTEM_NAME STREQUAL Linux)
  return()
endif()
add_library(frem_lack MODULE memory/lack.c)
set_target_properties(frem_lack PROPERTIES LIBRARY_OUTPUT_DIRECTORY ${bin} C_STANDARD 11 C_EXTENSIONS ON C_VISIBILITY_PRESET default)
target_compile_options(frem_lack PRIVATE -fno-builtin)
foreach(command check run csv json xlsx sqlite html svg explain explain-path explain-json compare sweep solve decompose montecarlo
        import)
  add_test(NAME memory.${command}
           COMMAND ${FREM_PYTHON} -B ${CMAKE_CURRENT_SOURCE_DIR}/memory/check.py $<TARGET_FILE:frem_program>
                   $<TARGET_FILE:frem_lack> ${command} $<$<BOOL:${FREM_ALL}>:all>
           WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} COMMAND_EXPAND_LISTS)
  set_tests_properties(memory.${command} PROPERTIES LABELS memory SKIP_RETURN_CODE 77 TIMEOUT 3600)
endforeach()
