# `cpack --config build/CPackConfig.cmake` makes a package for Debian of what is installed: `apt install ./fremskriv_*.deb`
# puts `fremskriv` on the path, with data, scenarios, manual pages and completion.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME fremskriv)
set(CPACK_PACKAGE_VERSION ${PROJECT_VERSION})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Project supply of and demand for welfare professions in Denmark")
set(CPACK_PACKAGE_CONTACT "fremskriv <fremskriv@localhost>")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Parts that are opened when they are asked for: workbooks (written and read), databases, charts in PDF and PNG, reports, paths of intakes.
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS
    "libxlsxwriter4, zlib1g, libsqlite3-0, librsvg2-2, fonts-dejavu-core, libjs-chart.js, libglpk40, libzip4, libexpat1")
include(CPack)
