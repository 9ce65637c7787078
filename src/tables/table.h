/** @file
 *  Tidy CSV (RFC 4180, UTF-8 with or without BOM, LF or CRLF) with typed columns and exact places. Cells are parted by
 *  commas and decimals have a point; or, where the header is parted by semicolons, as a Danish spreadsheet writes it,
 *  decimals have a comma.
 */
#ifndef FREM_TABLES_TABLE_H
#define FREM_TABLES_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/number.h"
#include "base/source.h"
#include "fremskriv/diag.h"

typedef struct frem_table frem_table;

/** Reads a table: a header row of distinct, non-empty names and rows of as many cells. Collects all problems:
 *  a byte that is not UTF-8, an unclosed quote, text after a closing quote, ragged rows, blank lines inside the
 *  table, empty or double column names, no header, each with line and column (in characters); a file that is no CSV is
 *  one problem.
 *  @param source borrowed; must outlive the table.
 *  @param[out] out Owned by the caller. */
FREM_MUST_CHECK frem_status frem_table_read(const frem_source *source, frem_diags *diags, frem_table **out);
/** NULL is fine. */
void frem_table_free(frem_table *table);

/** Begins to use a table anew, as if it had been read now: problems of its columns are raised again, and no column has been
 *  asked for. */
void frem_table_begin(frem_table *table);

/** Keeps what took long to derive from the table for the next who derives it, in place of what was kept before.
 *  @param kept consumed. @param forget frees it, once the table is freed or something else is kept. */
void frem_table_keep(frem_table *table, void *kept, void (*forget)(void *kept));
/** @return what is kept, borrowed until something else is; NULL where nothing is. */
void *frem_table_kept(const frem_table *table);

const frem_source *frem_table_source(const frem_table *table);
size_t frem_table_rows(const frem_table *table);
size_t frem_table_columns(const frem_table *table);
/** @return the place of a column among the columns, or -1. */
ptrdiff_t frem_table_column(const frem_table *table, const char *name);
/** Whether a column has been asked for by its name. */
bool frem_table_sought(const frem_table *table, size_t column);
/** All column names in order, for frem_nearest(). @return Borrowed. */
const char *const *frem_table_column_names(const frem_table *table);
/** The text of a cell, unquoted. @param[out] n its bytes. @return Borrowed; NUL-terminated. */
const char *frem_table_cell(const frem_table *table, size_t row, size_t column, size_t *n);
/** Where a cell starts in its file. */
frem_place frem_table_place(const frem_table *table, size_t row, size_t column);
/** The place of a column's name in the header. */
frem_place frem_table_header_place(const frem_table *table, size_t column);

/** The mark of its decimals: '.', or ',' where semicolons part cells. */
char frem_table_decimal(const frem_table *table);
/** Whether its first line is no header but "sep=;". */
bool frem_table_says_parted(const frem_table *table);
/** A number as the table's cells have it. */
frem_number_fault frem_table_number(const frem_table *table, const char *text, size_t n, double *out);
/** A column as numbers (NaN where a cell is empty). Every cell that is neither empty nor a number is a problem.
 *  Converted once and kept; the same problems are raised once in one collection.
 *  @param[out] out Borrowed until frem_table_free(). */
FREM_MUST_CHECK frem_status frem_table_numbers(frem_table *table, size_t column, frem_diags *diags,
                                               const double **out);
/** A column as whole numbers; every cell that is not one is a problem, except that an empty one is
 *  FREM_TABLE_NO_WHOLE (an open end, as age_to of 80+). Converted once and kept. */
FREM_MUST_CHECK frem_status frem_table_wholes(frem_table *table, size_t column, frem_diags *diags,
                                              const int64_t **out);
#define FREM_TABLE_NO_WHOLE INT64_MIN

#endif
