/** @file
 *  What the files of this room share about a table; other rooms use tables/table.h.
 */
#ifndef FREM_TABLES_INSIDE_H
#define FREM_TABLES_INSIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/index.h"
#include "base/text.h"
#include "tables/table.h"

/** Where a row starts in its file. */
typedef struct frem_table_row {
    uint32_t offset; /**< byte in the source; always the start of a line */
    uint32_t line;   /**< from 1 */
} frem_table_row;

/** A column converted on demand. */
typedef struct frem_table_typed {
    double *numbers;
    int64_t *wholes;
    const frem_diags *told_numbers; /**< where the column's bad numbers were raised already */
    const frem_diags *told_wholes;
    bool told_thousands; /**< it was asked whether its numbers are thousands */
    bool sought;         /**< the column was asked for by its name */
} frem_table_typed;

/** The rows that the last filters let pass: a scenario asks for the same rows several times in a row. */
typedef struct frem_table_chosen {
    frem_text filters; /**< columns and texts of the filters; empty before the first */
    size_t *rows;
    size_t n_rows;
} frem_table_chosen;

/** Rows count the header as row 0 here, and only here. */
struct frem_table {
    const frem_source *source;
    char separator;   /**< of its cells: ',' or ';' */
    char decimal;     /**< of its numbers: '.', or ',' where semicolons part cells */
    bool says_parted; /**< its first line is "sep=;" */
    char *text;       /**< the cells' unquoted texts one after another, each with a NUL */
    uint32_t *starts; /**< start of each cell in text, row by row, and one more for the end */
    frem_table_row *rows;
    size_t n_rows;
    size_t columns;
    frem_index *names;
    frem_table_typed *typed; /**< one for each column */
    frem_table_chosen chosen;
    void *kept; /**< what readers have derived from it; owned */
    void (*forget)(void *kept);
};

/** Byte where a cell of the row that starts at `offset` begins; the end of the row when it has fewer cells. */
size_t frem_row_cell(const frem_source *source, char separator, size_t offset, size_t cell);
/** The first byte after a byte order mark. */
size_t frem_after_bom(const frem_source *source);
/** The byte after the line that holds byte `offset`. */
size_t frem_line_end(const frem_source *source, size_t offset);

/** Where the header is and how the file is written. */
typedef struct frem_dialect {
    size_t start; /**< byte of the header */
    size_t line;  /**< of the header: 2 below "sep=;" */
    char separator, decimal;
} frem_dialect;
/** Finds how a file is written. A file that is no CSV (a workbook, a PDF, UTF-16, lines that end with CR alone, columns
 *  parted by tabs or by commas and semicolons) is one problem that says what it is and how to save it. */
FREM_MUST_CHECK frem_status frem_dialect_find(const frem_source *source, frem_diags *diags,
                                              frem_dialect *out);
/** The place of the byte `at`, counted from a line's start at byte `offset` with number `line`. */
frem_place frem_row_place(const frem_source *source, size_t offset, size_t line, size_t at);

/** The names of a table's columns as a message lists them. */
void frem_table_add_names(frem_text *list, const frem_table *table);
/** Finds a column by name; an unknown one is a problem at `place`, with the nearest name. */
FREM_MUST_CHECK frem_status frem_table_need(const frem_table *table, const char *name, frem_place place,
                                            frem_diags *diags, size_t *column);

#endif
