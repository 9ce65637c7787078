/** @file
 *  A workbook that is being filled: sheets, cells, formats. Errors are sticky: after the first one, further calls do
 *  nothing. For src/output/xlsx*.c only.
 */
#ifndef FREM_OUTPUT_XLSX_BOOK_H
#define FREM_OUTPUT_XLSX_BOOK_H

#include "frame/document.h"
#include "fremskriv/diag.h"

#if defined(FREM_XLSXWRITER_LIBRARY) && defined(FREM_ZLIB_LIBRARY)
#define FREM_HAS_XLSX

#include <xlsxwriter.h>

#include "frame/projected.h"
#include "output/xlsx/text.h"

/** What is called of libxlsxwriter. */
#define FREM_XLSX_CALLS(X)                                                                                   \
    X(workbook_new_opt)                                                                                      \
    X(workbook_close)                                                                                        \
    X(workbook_add_worksheet)                                                                                \
    X(workbook_add_format)                                                                                   \
    X(workbook_add_chart)                                                                                    \
    X(workbook_set_properties)                                                                               \
    X(worksheet_write_string)                                                                                \
    X(worksheet_write_number)                                                                                \
    X(worksheet_write_formula_num)                                                                           \
    X(worksheet_merge_range)                                                                                 \
    X(worksheet_set_row)                                                                                     \
    X(worksheet_set_column)                                                                                  \
    X(worksheet_insert_chart_opt)                                                                            \
    X(worksheet_freeze_panes)                                                                                \
    X(worksheet_autofilter)                                                                                  \
    X(worksheet_set_landscape)                                                                               \
    X(worksheet_set_paper)                                                                                   \
    X(worksheet_set_margins)                                                                                 \
    X(worksheet_fit_to_pages)                                                                                \
    X(worksheet_repeat_rows)                                                                                 \
    X(worksheet_print_area)                                                                                  \
    X(worksheet_set_footer)                                                                                  \
    X(worksheet_set_h_pagebreaks)                                                                            \
    X(worksheet_gridlines)                                                                                   \
    X(format_set_bold)                                                                                       \
    X(format_set_font_size)                                                                                  \
    X(format_set_font_color)                                                                                 \
    X(format_set_num_format)                                                                                 \
    X(format_set_text_wrap)                                                                                  \
    X(format_set_align)                                                                                      \
    X(format_set_bottom)                                                                                     \
    X(format_set_bottom_color)                                                                               \
    X(format_set_bg_color)                                                                                   \
    X(chart_add_series)                                                                                      \
    X(chart_series_set_categories)                                                                           \
    X(chart_series_set_values)                                                                               \
    X(chart_series_set_name_range)                                                                           \
    X(chart_series_set_line)                                                                                 \
    X(chart_series_set_fill)                                                                                 \
    X(chart_series_set_points)                                                                               \
    X(chart_title_set_name)                                                                                  \
    X(chart_title_set_name_font)                                                                             \
    X(chart_legend_set_position)                                                                             \
    X(chart_chartarea_set_line)                                                                              \
    X(chart_set_series_gap)                                                                                  \
    X(chart_set_series_overlap)                                                                              \
    X(chart_axis_set_num_format)                                                                             \
    X(chart_axis_set_num_font)                                                                               \
    X(chart_axis_set_name)                                                                                   \
    X(chart_axis_set_name_font)                                                                              \
    X(chart_axis_set_line)                                                                                   \
    X(chart_axis_set_label_position)                                                                         \
    X(chart_axis_set_reverse)                                                                                \
    X(chart_axis_set_interval_unit)                                                                          \
    X(chart_axis_major_gridlines_set_line)

typedef struct frem_xlsx_calls {
#define FREM_XLSX_CALL(name) __typeof__(&name) name;
    FREM_XLSX_CALLS(FREM_XLSX_CALL)
#undef FREM_XLSX_CALL
} frem_xlsx_calls;

/** How cells look. */
typedef enum frem_look {
    FREM_LOOK_PLAIN,
    FREM_LOOK_TITLE,
    FREM_LOOK_SUBTITLE,
    FREM_LOOK_HEADING,     /**< of a part of a sheet */
    FREM_LOOK_HEADER,      /**< of a column of numbers: wrapped, to the right */
    FREM_LOOK_HEADER_TEXT, /**< of a column of texts */
    FREM_LOOK_WRAP,        /**< text over several lines */
    FREM_LOOK_YEAR,
    FREM_LOOK_COUNT, /**< FTE or persons, no decimals */
    FREM_LOOK_GAP,   /**< the same with its sign */
    FREM_LOOK_RATIO, /**< per cent */
    FREM_LOOK_MONEY, /**< one decimal */
    FREM_LOOK_VALUE, /**< of the whole table: three decimals */
    FREM_LOOKS
} frem_look;

typedef struct frem_sheet {
    lxw_worksheet *sheet;
    char *name;
    size_t cells; /**< that the file must hold in the end */
} frem_sheet;

typedef struct frem_book {
    const frem_document *document;
    const frem_projected *projected;
    const frem_projected *spread; /**< [FREM_SPREAD] of uncertain projections, else NULL */
    frem_lang lang;
    size_t max_rows;
    long long made; /**< as in frem_write_options */
    void *library;
    frem_xlsx_calls call;
    lxw_workbook *workbook;
    lxw_format *formats[FREM_LOOKS];
    frem_sheet *sheets;
    size_t n_sheets, sheets_capacity;
    size_t n_charts;
    frem_index *names; /**< of sheets, folded */
    frem_text text;    /**< of the cell that is being written */
    frem_status status;
} frem_book;

/** Opens the library. @return FREM_MISSING_PART with a diagnostic where it is not installed; frem_book_free() is due in any
 *  case. */
FREM_MUST_CHECK frem_status frem_book_load(frem_book *book, frem_diags *diags);
/** Begins the workbook. @param folder for temporary files.
 *  @return FREM_OK, and frem_book_free() is due; after a failure too. */
FREM_MUST_CHECK frem_status frem_book_open(frem_book *book, const char *path, const char *folder);
/** Writes the file. @return FREM_UNWRITABLE with errno where the library could not. */
FREM_MUST_CHECK frem_status frem_book_close(frem_book *book);
void frem_book_free(frem_book *book);

/** Adds a sheet. @param streamed its rows are written in order and not kept in memory.
 *  @return its number; 0 after a failure. */
size_t frem_book_sheet(frem_book *book, const char *name, bool streamed);

/** Writes a cell; an empty text leaves it empty. Whatever it begins with, a text is a text. */
void frem_cell_text(frem_book *book, size_t sheet, size_t row, size_t column, const char *text,
                    frem_look look);
/** The same of a text that frem_add_cell() has cleaned already. */
void frem_cell_clean(frem_book *book, size_t sheet, size_t row, size_t column, const char *text,
                     frem_look look);
/** Writes a number with all its digits; NaN leaves the cell empty. */
void frem_cell_exact(frem_book *book, size_t sheet, size_t row, size_t column, double value, frem_look look);
/** Writes a number with the six decimals of results.csv; NaN leaves the cell empty. */
void frem_cell_number(frem_book *book, size_t sheet, size_t row, size_t column, double value, frem_look look);
/** Writes a formula, with its value for programs that do not compute. */
void frem_cell_formula(frem_book *book, size_t sheet, size_t row, size_t column, const char *formula,
                       double value, frem_look look);
/** A paragraph over several columns, as high as it needs. @param wide characters that fit in a line. */
void frem_cell_paragraph(frem_book *book, size_t sheet, size_t row, size_t last_column, size_t wide,
                         const char *text, frem_look look);
/** Lines that a text takes, each at most `wide` characters. */
size_t frem_text_lines(const char *text, size_t wide);
/** Lines that a column's head takes at such a width, at most 4. */
size_t frem_head_lines(const char *text, size_t wide);
/** Height of a row in points. */
void frem_row_height(frem_book *book, size_t sheet, size_t row, double height);
/** Width of columns in characters. */
void frem_column_width(frem_book *book, size_t sheet, size_t first, size_t last, double width);
/** Landscape on A4, one page wide, page numbers below. @param repeat rows that head each page; 0 for none. */
void frem_sheet_print(frem_book *book, size_t sheet, size_t first_repeated, size_t repeat);
/** Prints the rows up to one alone, of so many columns. */
void frem_sheet_print_rows(frem_book *book, size_t sheet, size_t last_row, size_t columns);

/** Freezes the rows up to the header and gives its columns filters. */
void frem_sheet_filter(frem_book *book, size_t sheet, size_t header, size_t last_row, size_t columns);
/** Says in the first row that a sheet has the first rows of a table alone. @param file the CSV file that has them all. */
void frem_sheet_cut(frem_book *book, size_t sheet, size_t kept, size_t rows, const char *file);

/** The label in the book's language. @return Borrowed. */
const char *frem_book_label(const frem_book *book, const char *scenario, const char *column, const char *key);
/** The profession in the first scenario that has it. @return Borrowed. */
const char *frem_book_profession(const frem_book *book, size_t profession);

/** Sheets, in this order. */
void frem_book_front(frem_book *book);
void frem_book_professions(frem_book *book);
void frem_book_changes(frem_book *book);
void frem_book_assumptions(frem_book *book);
void frem_book_notes(frem_book *book);
void frem_book_sources(frem_book *book);
void frem_book_results(frem_book *book);
/** Of an answer a sheet for each table, and one with the numbers of its figures and charts of them. */
void frem_book_answer(frem_book *book);

/** One column of a chart. */
typedef struct frem_chart_series {
    size_t column;
    unsigned color;         /**< 0xRRGGBB */
    const unsigned *colors; /**< by row; NULL: one for all */
    bool unseen;            /**< takes room alone: what bars begin behind */
} frem_chart_series;

typedef enum frem_chart_kind {
    FREM_CHART_LINES,
    FREM_CHART_GAP,
    FREM_CHART_STACK,
    FREM_CHART_BARS /**< stacked to the right, the first row on top */
} frem_chart_kind;

/** A chart of columns of the table above whose header is in row `header`. */
typedef struct frem_chart {
    frem_chart_kind kind;
    const char *title, *unit;
    const char *number; /**< format of the axis; NULL: whole numbers */
    size_t sheet, header, n_rows, categories;
    const frem_chart_series *series;
    size_t n_series;
    const double *values; /**< of FREM_CHART_GAP: what decides the colour of each column */
    size_t row, column;   /**< its corner */
} frem_chart;

/** Rows of 20 pixels that a chart takes, and its size. */
enum { FREM_CHART_ROWS = 16, FREM_CHART_WIDTH = 620, FREM_CHART_HEIGHT = 310 };

void frem_book_chart(frem_book *book, const frem_chart *chart);

/** Reads a written workbook back: every part is whole, and sheets have the cells that were written.
 *  @return FREM_UNWRITABLE where something was lost. */
FREM_MUST_CHECK frem_status frem_xlsx_check(const char *path, const frem_sheet *sheets, size_t n_sheets,
                                            size_t n_charts, frem_diags *diags);

#endif
#endif
