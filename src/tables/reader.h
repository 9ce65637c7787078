/** @file
 *  A reading under way: what reading.c, reading_ages.c and select.c share.
 */
#ifndef FREM_TABLES_READER_H
#define FREM_TABLES_READER_H

#include <limits.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "tables/reading.h"
#include "tables/tally.h"

/** Ages in a table are 0..FREM_AGE_MAX; the registers' oldest age is 125. */
#define FREM_AGE_MAX 150
/** The last age of an open group. */
#define FREM_AGE_OPEN INT_MAX

/** A row that counts. */
typedef struct frem_read_row {
    size_t cell; /**< keys: place among the combinations of keys that the table distinguishes */
    double value;
    uint32_t row;   /**< of the table */
    uint32_t apart; /**< a bit for the value of the column apart_by; 0 where there is no such column */
    int from;       /**< first age */
    int to;         /**< last age, or FREM_AGE_OPEN */
} frem_read_row;

typedef struct frem_table_reader {
    const frem_reading *reading;
    frem_diags *diags;
    frem_arena *arena; /**< texts of messages and scratch */
    size_t key_columns[FREM_AXES_MAX];
    size_t
        strides[FREM_AXES_MAX]; /**< 0 for an axis that the table does not have: all its keys read the same */
    size_t value_columns[FREM_TERMS_MAX];
    size_t age_column;
    size_t age_to_column;
    size_t cells; /**< combinations of keys that the table distinguishes */
    size_t ages;  /**< 1 when there are none */
    frem_read_row *rows;
    size_t n_rows;
    double *values;   /**< cells * ages */
    uint32_t *filled; /**< for each value, 1 + the row that filled it first; 0 for none */
} frem_table_reader;

/** Says which of the filters no row passes, or that none passes all of them. Always raises something. */
FREM_MUST_CHECK frem_status frem_filters_empty(frem_table *table, const frem_filter *filters,
                                               size_t n_filters, frem_place asked_at, frem_diags *diags);

#endif
