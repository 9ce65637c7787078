/** @file
 *  A table over years on a terminal: a column of names, then a column for each year.
 */
#ifndef FREM_OUTPUT_TERMINAL_TABLE_H
#define FREM_OUTPUT_TERMINAL_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "fremskriv/status.h"

/** Years, rising, each once. Zero-initialise; free `at` with free(). */
typedef struct frem_terminal_years {
    int32_t *at;
    size_t n, capacity;
} frem_terminal_years;

FREM_MUST_CHECK frem_status frem_terminal_years_add(frem_terminal_years *years, int32_t year);
/** Removes the i-th. */
void frem_terminal_years_remove(frem_terminal_years *years, size_t i);
/** Leaves those that matter: the base year, the next, every fifth, the first and the last that there are. */
void frem_terminal_years_choose(frem_terminal_years *years, int32_t base);

/** Blanks between two columns. */
#define FREM_TERMINAL_GAP 2

/** Writes the cell of a year. */
typedef void (*frem_terminal_cell)(frem_text *out, const void *context, int32_t year);

/** Removes the year in the middle where the table is wider than the terminal and has more than two.
 *  @param names columns that the names take. @param cells columns that the widest cell takes.
 *  @return whether it had room for all. */
bool frem_terminal_fit(frem_terminal_years *years, size_t names, size_t cells, size_t width);
/** Columns that the widest cell of a row takes, at least `least`. @param out as of frem_text_measured() */
size_t frem_terminal_widest(const frem_terminal_years *years, frem_terminal_cell cell, const void *context,
                            size_t least, frem_text *out);
/** The years over the cells, behind a name or blanks; and the end of their line. */
void frem_terminal_heads(frem_text *out, const frem_terminal_years *years, size_t cells);
/** A name behind blanks, filled up to where the cells begin. */
void frem_terminal_name(frem_text *out, size_t names, size_t indent, const char *label);
/** The cells of a row, and its end. */
void frem_terminal_cells(frem_text *out, const frem_terminal_years *years, size_t cells,
                         frem_terminal_cell cell, const void *context);

#endif
