# What `cmake --install` puts in place: the program, the library with its headers, pkg-config file and CMake package,
# the data and scenarios that the program looks up in ../share/fremskriv beside itself, and the documents.
include(CMakePackageConfigHelpers)

# All that is installed and has to be built before; tools/quickstart builds it and not the tests.
add_custom_target(frem_installed DEPENDS fremskriv frem_program frem_pages)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/fremskriv)
set(pkgconfig_dir ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

install(TARGETS frem_program RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS fremskriv EXPORT fremskriv-targets LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY include/fremskriv DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")
install(DIRECTORY data scenarios DESTINATION ${CMAKE_INSTALL_DATADIR}/fremskriv)
# The studio's page, where tools/studio has built it.
install(FILES ${PROJECT_BINARY_DIR}/studio.html DESTINATION ${CMAKE_INSTALL_DATADIR}/fremskriv OPTIONAL)
install(FILES COPYING CHANGELOG.md README.md LAESMIG.md DESTINATION ${CMAKE_INSTALL_DOCDIR} OPTIONAL)
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY examples DESTINATION ${CMAKE_INSTALL_DOCDIR})

# The .pc file finds the prefix from its own place, so that an installed tree can be moved.
file(RELATIVE_PATH FREM_PC_TO_PREFIX ${CMAKE_INSTALL_PREFIX}/${pkgconfig_dir} ${CMAKE_INSTALL_PREFIX})
string(REGEX REPLACE "/$" "" FREM_PC_TO_PREFIX "${FREM_PC_TO_PREFIX}")
configure_file(cmake/fremskriv.pc.in fremskriv.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/fremskriv.pc DESTINATION ${pkgconfig_dir})

set(FREM_DATA_DIR ${CMAKE_INSTALL_DATADIR}/fremskriv)
configure_package_config_file(cmake/fremskriv-config.cmake.in fremskriv-config.cmake
                              INSTALL_DESTINATION ${package_dir} PATH_VARS FREM_DATA_DIR)
# Before 1.0 a minor version may change the interface.
write_basic_package_version_file(fremskriv-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/fremskriv-config.cmake ${PROJECT_BINARY_DIR}/fremskriv-config-version.cmake
        DESTINATION ${package_dir})
install(EXPORT fremskriv-targets NAMESPACE fremskriv:: DESTINATION ${package_dir})
