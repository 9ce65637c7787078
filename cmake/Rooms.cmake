# One object library per room; the shared library, the program and the tests are made of them.

# Sets FREM_ROOMS to the library's rooms from left to right; cli, the rightmost, is the program.
function(frem_read_rooms)
  set(file ${PROJECT_SOURCE_DIR}/cmake/rooms.txt)
  set_property(DIRECTORY ${PROJECT_SOURCE_DIR} APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  file(STRINGS ${file} lines REGEX "^[a-z]")
  list(TRANSFORM lines REPLACE " *\\|.*" "")
  list(REMOVE_ITEM lines cli)
  set(FREM_ROOMS ${lines} PARENT_SCOPE)
endfunction()

function(frem_add_room room)
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/${room}/*.c ${PROJECT_SOURCE_DIR}/src/${room}/*/*.c)
  # One implementation of each half of the seam to the system (src/base/platform.h).
  if(EMSCRIPTEN)
    list(FILTER sources EXCLUDE REGEX "/platform_threads\\.c$")
  else()
    list(FILTER sources EXCLUDE REGEX "/platform_wasm\\.c$")
  endif()
  if(NOT sources)
    return()
  endif()
  add_library(frem_${room} OBJECT ${sources})
  target_link_libraries(frem_${room} PUBLIC frem_options ${FREM_LIBS_${room}})
  set_property(GLOBAL APPEND PROPERTY FREM_ROOM_TARGETS frem_${room})
endfunction()

# libfremskriv.so with the public headers' symbols, and the same objects as a private archive for the program and
# the tests, which may look inside.
function(frem_add_library)
  get_property(rooms GLOBAL PROPERTY FREM_ROOM_TARGETS)
  add_library(frem_inside STATIC)
  set(libraries frem_inside)
  if(NOT EMSCRIPTEN)
    add_library(fremskriv SHARED)
    list(APPEND libraries fremskriv)
  endif()
  foreach(library IN LISTS libraries)
    set_target_properties(${library} PROPERTIES LINKER_LANGUAGE C)
    foreach(room IN LISTS rooms)
      target_sources(${library} PRIVATE $<TARGET_OBJECTS:${room}>)
      target_link_libraries(${library} PRIVATE $<TARGET_PROPERTY:${room},LINK_LIBRARIES>)
    endforeach()
  endforeach()
  target_link_libraries(frem_inside PUBLIC frem_options)
  if(EMSCRIPTEN)
    return()
  endif()
  target_include_directories(fremskriv PUBLIC
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  set_target_properties(fremskriv PROPERTIES VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR})
  if(NOT FREM_SANITIZE)
    # The sanitizers' symbols come with the program that loads the library.
    target_link_options(fremskriv PRIVATE -Wl,--no-undefined)
  endif()
endfunction()

function(frem_add_program)
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/src/cli/*.c)
  add_executable(frem_program ${sources})
  set_target_properties(frem_program PROPERTIES OUTPUT_NAME fremskriv RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}
                                                 FREM_CARRIES ON)
  target_compile_definitions(frem_program PRIVATE FREM_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
                                                  FREM_BUILD_DIR="${PROJECT_BINARY_DIR}")
  target_link_libraries(frem_program PRIVATE frem_inside frem_options)
endfunction()
