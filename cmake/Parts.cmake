# Libraries that a format opens when it is asked for: linking them would cost every start of the program some
# milliseconds. Building needs their headers; running needs the library, by the name that the loader knows it by.
add_library(frem_parts INTERFACE)
target_link_libraries(frem_parts INTERFACE ${CMAKE_DL_LIBS})

# frem_part(NAME HEADER LIBRARY PACKAGE): the option FREM_NAME (AUTO, ON, OFF), and where it is found the definition
# FREM_NAME_LIBRARY.
function(frem_part name header library package)
  set(FREM_${name} AUTO CACHE STRING "Build with ${library}: ON, OFF, or AUTO (where its header is installed)")
  if(FREM_${name} STREQUAL OFF)
    return()
  endif()
  find_path(FREM_${name}_INCLUDE_DIR ${header})
  find_library(FREM_${name}_FILE ${library})
  mark_as_advanced(FREM_${name}_INCLUDE_DIR FREM_${name}_FILE)
  if(NOT FREM_${name}_INCLUDE_DIR OR NOT FREM_${name}_FILE)
    if(NOT FREM_${name} STREQUAL AUTO)
      message(FATAL_ERROR "${library} is not installed; its Debian package is ${package}")
    endif()
    message(STATUS "${library} is not installed (Debian package ${package}): formats that need it are left out")
    return()
  endif()
  # libsqlite3.so is a link to libsqlite3.so.0.8.6, which the loader knows as libsqlite3.so.0.
  get_filename_component(real ${FREM_${name}_FILE} REALPATH)
  get_filename_component(real ${real} NAME)
  string(REGEX MATCH "^.*\\.so\\.[0-9]+" soname ${real})
  if(NOT soname)
    set(soname ${real})
  endif()
  target_include_directories(frem_parts SYSTEM INTERFACE ${FREM_${name}_INCLUDE_DIR})
  target_compile_definitions(frem_parts INTERFACE FREM_${name}_LIBRARY="${soname}")
endfunction()

frem_part(XLSXWRITER xlsxwriter.h xlsxwriter libxlsxwriter-dev)
frem_part(ZLIB zlib.h z zlib1g-dev)
frem_part(SQLITE sqlite3.h sqlite3 libsqlite3-dev)
