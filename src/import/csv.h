/** @file
 *  A StatBank CSV file under way: what import_csv.c and import_csv_layouts.c share.
 */
#ifndef FREM_IMPORT_CSV_H
#define FREM_IMPORT_CSV_H

#include "import/table.h"

/** A cell without quotes and the blanks around it. */
typedef struct frem_csv_cell {
    const char *text; /**< n bytes, no NUL */
    size_t n;
    size_t at; /**< byte of the file's text */
} frem_csv_cell;

typedef struct frem_csv_reader {
    frem_import_table *table;
    frem_diags *diags;
    char separator;
    size_t at;            /**< where the next record begins */
    frem_csv_cell *cells; /**< of the record; owned */
    size_t n_cells;
    size_t room;
    int sign;       /**< the decimal sign, once a figure has one; 0 before */
    size_t sign_at; /**< that figure */
    frem_tally numbers;
    frem_tally ragged;
    frem_tally blanks;
} frem_csv_reader;

/** Reads the next record. @param[out] more false at the end of the file. */
FREM_MUST_CHECK frem_status frem_csv_next(frem_csv_reader *reader, bool *more);
/** Cells of the record that hold something. */
size_t frem_csv_filled(const frem_csv_reader *reader);
/** The place of a value among those of a variable, added when new. */
FREM_MUST_CHECK frem_status frem_csv_key(frem_csv_reader *reader, size_t variable, frem_csv_cell cell,
                                         uint32_t *key);
/** Adds a figure, or raises what is wrong with it. @param column its name for messages. */
FREM_MUST_CHECK frem_status frem_csv_figure(frem_csv_reader *reader, const char *column, const uint32_t *keys,
                                            frem_csv_cell cell);
/** Adds a line of its own to the table's title. */
FREM_MUST_CHECK frem_status frem_csv_add_title(frem_csv_reader *reader, frem_csv_cell cell);
/** Passes over a note below the table, unless it is about the unit of the figures: that becomes part of the title. */
FREM_MUST_CHECK frem_status frem_csv_take_note(frem_csv_reader *reader);
/** Raises a record of the wrong length. */
void frem_csv_ragged(frem_csv_reader *reader, size_t want);

/** One row for each figure, or periods as the last columns; the record is the header. */
FREM_MUST_CHECK frem_status frem_csv_read_rows(frem_csv_reader *reader);
/** Values along both sides; the record is the first row of the heading. */
FREM_MUST_CHECK frem_status frem_csv_read_block(frem_csv_reader *reader);

#endif
