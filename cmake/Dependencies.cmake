# Libraries from the system; the packages that carry them stand in tools/packages.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(GSL REQUIRED IMPORTED_TARGET gsl)
pkg_check_modules(YAML REQUIRED IMPORTED_TARGET yaml-0.1)
pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson)
pkg_check_modules(NETTLE REQUIRED IMPORTED_TARGET nettle)
pkg_check_modules(UTF8PROC REQUIRED IMPORTED_TARGET libutf8proc)

# libcsv carries no .pc file.
find_path(CSV_INCLUDE_DIR csv.h REQUIRED)
find_library(CSV_LIBRARY csv REQUIRED)
add_library(frem_csv_shared INTERFACE)
target_include_directories(frem_csv_shared SYSTEM INTERFACE ${CSV_INCLUDE_DIR})
target_link_libraries(frem_csv_shared INTERFACE ${CSV_LIBRARY})

# Random123 is headers alone, without a .pc file.
find_path(RANDOM123_INCLUDE_DIR Random123/philox.h REQUIRED)
add_library(frem_random123 INTERFACE)
target_include_directories(frem_random123 SYSTEM INTERFACE ${RANDOM123_INCLUDE_DIR})

# frem_library(NAME SHARED ARCHIVE...): the target NAME is the shared library, except in a program that carries its
# libraries (the property FREM_CARRIES), where it is the archives of the same packages if they are installed
# (docs/decisions/0019).
function(frem_library name shared)
  set(archives "")
  foreach(archive IN LISTS ARGN)
    find_library(FREM_ARCHIVE_${archive} lib${archive}.a)
    mark_as_advanced(FREM_ARCHIVE_${archive})
    list(APPEND archives ${FREM_ARCHIVE_${archive}})
  endforeach()
  add_library(${name} INTERFACE)
  if(archives MATCHES NOTFOUND)
    target_link_libraries(${name} INTERFACE ${shared})
    return()
  endif()
  target_include_directories(${name} SYSTEM INTERFACE $<TARGET_PROPERTY:${shared},INTERFACE_INCLUDE_DIRECTORIES>)
  set(carries $<BOOL:$<TARGET_PROPERTY:FREM_CARRIES>>)
  target_link_libraries(${name} INTERFACE "$<${carries}:${archives};m>" $<$<NOT:${carries}>:${shared}>)
endfunction()

frem_library(frem_gsl PkgConfig::GSL gsl gslcblas)
frem_library(frem_yaml PkgConfig::YAML yaml)
frem_library(frem_jansson PkgConfig::JANSSON jansson)
frem_library(frem_nettle PkgConfig::NETTLE nettle)
frem_library(frem_utf8proc PkgConfig::UTF8PROC utf8proc)
frem_library(frem_csv frem_csv_shared csv)

# Which room calls which library; no one else links it.
set(FREM_LIBS_base frem_nettle frem_utf8proc Threads::Threads)
set(FREM_LIBS_publish frem_jansson)
set(FREM_LIBS_numeric frem_gsl frem_random123 frem_parts Threads::Threads)
set(FREM_LIBS_tables frem_csv frem_parts)
set(FREM_LIBS_import frem_jansson)
set(FREM_LIBS_analysis frem_jansson) # through publish/made.h
set(FREM_LIBS_scenario frem_yaml)
set(FREM_LIBS_output frem_jansson frem_parts)
set(FREM_LIBS_studio frem_jansson)
include(cmake/Parts.cmake)
