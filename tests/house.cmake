# The house rules: what the sources, the objects and the installed tree must be like. See the head of each script.
set(house ${CMAKE_CURRENT_SOURCE_DIR}/house)

function(frem_add_house_test name)
  add_test(NAME house.${name} COMMAND ${ARGN} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} COMMAND_EXPAND_LISTS)
  set_tests_properties(house.${name} PROPERTIES LABELS house SKIP_RETURN_CODE 77 TIMEOUT 600)
endfunction()

frem_add_house_test(rooms ${FREM_PYTHON} -B ${house}/rooms.py)
frem_add_house_test(platform ${FREM_PYTHON} -B ${house}/platform.py)
frem_add_house_test(words ${FREM_PYTHON} -B ${house}/words.py)
frem_add_house_test(headers sh ${house}/headers.sh ${CMAKE_C_COMPILER} -D_GNU_SOURCE
                    $<TARGET_PROPERTY:frem_options,INTERFACE_COMPILE_OPTIONS>)
frem_add_house_test(headers-cxx sh ${house}/headers-cxx.sh)
frem_add_house_test(data ${FREM_PYTHON} -B ${house}/data_check.py)
frem_add_house_test(measures ${FREM_PYTHON} -B ${house}/measures.py)
frem_add_house_test(format sh ${house}/format.sh)
frem_add_house_test(shell sh ${house}/shell.sh)
frem_add_house_test(tools sh ${house}/tools.sh)

# Sanitizers add symbols and globals of their own.
if(NOT FREM_SANITIZE)
  frem_add_house_test(libraries ${FREM_PYTHON} -B ${house}/libraries.py $<TARGET_FILE:frem_program>)
  frem_add_house_test(symbols ${FREM_PYTHON} -B ${house}/symbols.py $<TARGET_FILE:fremskriv>)
  set(objects)
  foreach(room IN LISTS FREM_ROOMS)
    if(TARGET frem_${room})
      list(APPEND objects --room ${room} $<TARGET_OBJECTS:frem_${room}>)
    endif()
  endforeach()
  frem_add_house_test(pure ${FREM_PYTHON} -B ${house}/pure.py ${objects})
  frem_add_house_test(manual sh ${house}/manual.sh ${PROJECT_BINARY_DIR}/share $<TARGET_FILE:frem_program>)
  frem_add_house_test(install sh ${house}/install.sh ${PROJECT_BINARY_DIR} ${CMAKE_C_COMPILER})
endif()
