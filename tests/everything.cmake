# What tools/test runs besides the release tree's own tests, as tests of that tree, so that one run counts it all:
# the other trees built and tested, the suite again under the Danish locale, and valgrind.
if(NOT FREM_EVERYTHING)
  return()
endif()
cmake_host_system_information(RESULT cores QUERY NUMBER_OF_LOGICAL_CORES)
set(everything ${CMAKE_CURRENT_SOURCE_DIR}/everything)

function(frem_add_everything_test name)
  add_test(NAME everything.${name} COMMAND sh ${ARGN} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(everything.${name} PROPERTIES LABELS everything SKIP_RETURN_CODE 77 PROCESSORS ${cores}
                                                     TIMEOUT 3600)
endfunction()

# Other trees need no second look at the sources.
frem_add_everything_test(sanitize ${everything}/tree.sh sanitize ${cores} -LE house)
frem_add_everything_test(clang ${everything}/tree.sh clang ${cores} -LE house)
frem_add_everything_test(gcc ${everything}/tree.sh gcc ${cores} -R house.pure)
frem_add_everything_test(danish ${everything}/danish.sh ${PROJECT_BINARY_DIR} ${cores})
frem_add_everything_test(valgrind ${everything}/valgrind.sh $<TARGET_FILE:frem_program>)
