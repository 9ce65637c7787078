# Libraries from the system; the packages that carry them stand in tools/packages.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
pkg_check_modules(GSL REQUIRED IMPORTED_TARGET gsl)
pkg_check_modules(YAML REQUIRED IMPORTED_TARGET yaml-0.1)
pkg_check_modules(JANSSON REQUIRED IMPORTED_TARGET jansson)
pkg_check_modules(MD REQUIRED IMPORTED_TARGET libmd)
pkg_check_modules(UTF8PROC REQUIRED IMPORTED_TARGET libutf8proc)

# libcsv carries no .pc file.
find_path(CSV_INCLUDE_DIR csv.h REQUIRED)
find_library(CSV_LIBRARY csv REQUIRED)
add_library(frem_csv INTERFACE)
target_include_directories(frem_csv SYSTEM INTERFACE ${CSV_INCLUDE_DIR})
target_link_libraries(frem_csv INTERFACE ${CSV_LIBRARY})

# Which room calls which library; nobody else links it.
set(FREM_LIBS_base PkgConfig::MD PkgConfig::UTF8PROC PkgConfig::JANSSON Threads::Threads)
set(FREM_LIBS_numeric PkgConfig::GSL Threads::Threads)
set(FREM_LIBS_tables frem_csv)
set(FREM_LIBS_scenario PkgConfig::YAML)
set(FREM_LIBS_output PkgConfig::JANSSON frem_parts)
include(cmake/Parts.cmake)
