# The report's page, style and script become bytes in the library; Chart.js is read where it is installed when a report is
# written, so that the program keeps to the one that the system has.
find_file(FREM_CHART_JS chart.min.js PATHS /usr/share/javascript/chart.js NO_DEFAULT_PATH
          DOC "Chart.js as one file (Debian: libjs-chart.js)")
set(chart_js ${FREM_CHART_JS})
if(NOT chart_js)
  set(chart_js /usr/share/javascript/chart.js/chart.min.js)
endif()
set_property(SOURCE ${PROJECT_SOURCE_DIR}/src/output/report/report.c APPEND PROPERTY COMPILE_DEFINITIONS
             FREM_CHART_JS="${chart_js}")

function(frem_embed name)
  list(TRANSFORM ARGN PREPEND ${PROJECT_SOURCE_DIR}/src/output/report/ OUTPUT_VARIABLE files)
  set(source ${PROJECT_BINARY_DIR}/embedded/${name}.c)
  add_custom_command(
    OUTPUT ${source}
    COMMAND ${CMAKE_COMMAND} -D OUT=${source} -D NAME=frem_${name} -D "FILES=${files}"
            -P ${PROJECT_SOURCE_DIR}/cmake/Embed.cmake
    DEPENDS ${files} ${PROJECT_SOURCE_DIR}/cmake/Embed.cmake
    COMMENT "Embedding ${name}" VERBATIM)
  target_sources(frem_output PRIVATE ${source})
endfunction()

frem_embed(report_page page.html)
frem_embed(report_answer answer.html)
frem_embed(report_style report.css)
frem_embed(report_script words.js data.js charts.js spread.js parts.js table.js sides.js page.js)
