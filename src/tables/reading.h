/** @file
 *  Reading a value out of a tidy table into a dense array: key columns matched to model indices, age groups spread
 *  to single ages, a column or a sum, product or ratio of columns.
 */
#ifndef FREM_TABLES_READING_H
#define FREM_TABLES_READING_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/index.h"
#include "tables/keys.h"
#include "tables/table.h"

/** One dimension of the dense array. */
typedef struct frem_axis {
    const char *what;        /**< for messages: "region", "year", "sex", "profession" */
    const char *column;      /**< the table's column; NULL when the table does not have the dimension */
    const frem_index *names; /**< keys by name; NULL for whole numbers first..first+count-1 */
    int64_t first;           /**< first whole number when names is NULL */
    size_t count;            /**< length of the dimension: its keys are the first of the names */
    bool
        skip_others; /**< rows of the names after those, or of other years, are passed over (true) or errors (false) */
    bool skip_unknown;  /**< rows of a key that is no name are passed over (true), or are errors (false) */
    frem_key_kind kind; /**< what the names are */
    const char *list;   /**< the file that lists the names, which messages name; NULL for none */
} frem_axis;

/** Only rows whose cell in `column` is `value`: as a key (frem_key_normal()), as a number, or in a column of sexes as a
 *  sex. */
typedef struct frem_filter {
    const char *column;
    const char *value;
    frem_place place; /**< where the scenario asks for it */
    bool also;        /**< one more value that the column of the filter before may have */
} frem_filter;

/** How the value columns of a row become one number. */
typedef enum frem_row_value {
    FREM_ROW_PRODUCT, /**< column * column * ... ; one column alone is itself */
    FREM_ROW_SUM,     /**< column + column + ... */
    FREM_ROW_RATIO    /**< first column / second column; 0/0 is 0, x/0 is an error */
} frem_row_value;

/** How an age column is read. */
typedef enum frem_age_form {
    FREM_AGE_NONE,   /**< no ages */
    FREM_AGE_SINGLE, /**< one column of single ages; "100-" or "100+" is the open age 100 */
    FREM_AGE_GROUPS  /**< two columns, from and to (both included); empty `to` is an open group */
} frem_age_form;

typedef enum frem_age_spread {
    FREM_SPREAD_COUNTS, /**< a group's number is a count: spread with sums kept (Steffen through the cumulative) */
    FREM_SPREAD_GROUPS, /**< a group's count is on its first age, its other ages are FREM_AGE_JOINED: for a caller that
                             spreads it by itself */
    FREM_SPREAD_LEVELS /**< a group's number is a rate: every age of the group has it */
} frem_age_spread;

/** Of an age that is in the group of the age below it (FREM_SPREAD_GROUPS). */
#define FREM_AGE_JOINED (-(double)INFINITY)

#define FREM_AXES_MAX 6
#define FREM_TERMS_MAX 4

/** What to read. The dense array has the axes in order, then age innermost when there are ages. Several rows on
 *  one cell add up when `add` is set, and are an error (a double key) when not. */
typedef struct frem_reading {
    frem_table *table;
    frem_place asked_at; /**< where the scenario asks for the table */
    const frem_filter *filters;
    size_t n_filters;
    frem_axis axes[FREM_AXES_MAX];
    size_t n_axes;
    size_t wanted; /**< so many keys of the first axis come first that the scenario has itself; 0 for all */
    frem_place others_at; /**< why the others are read, where there are any */
    frem_age_form age_form;
    frem_age_spread age_spread;
    const char *age_column;    /**< single ages, or the first age of a group */
    const char *age_to_column; /**< the last age of a group */
    int age_first;             /**< first age of the dense array */
    size_t ages;               /**< ages in the dense array */
    bool gaps;                 /**< ages between groups may have no row (true), or that is an error (false) */
    bool ages_outside_skip;    /**< ages outside the array are passed over (true) or are errors (false) */
    /** Shares of persons by single age, from open_first on, or NULL. Those from the open group's first age on are
     *  scaled to its count; what lies beyond the array is on its last age, or passed over with ages_outside_skip.
     *  NULL: an open group puts everything on its first age where the array ends there, and is an error
     *  otherwise. Levels need none. */
    const double *open_shares;
    size_t n_open_shares;
    int open_first; /**< the age that open_shares starts at: at or below the open group's first age */
    const char *columns[FREM_TERMS_MAX];
    frem_place column_places[FREM_TERMS_MAX];
    size_t n_columns;
    frem_row_value row_value;
    bool
        counts; /**< the columns hold persons, FTE, places or money: numbers that may be thousands are asked about */
    bool add;
    /** With `add` and ages: a column of sexes; rows that agree in it too are duplicates. NULL: all add up. */
    const char *apart_by;
    bool has_outside; /**< cells that no row fills are `outside` (true), or errors (false) */
    double outside;
    bool says_outside; /**< the scenario has a key `outside` for this, which messages may name as a cure */
} frem_reading;

/** Reads. Problems: unknown columns (with the nearest), keys that match nothing, double keys, missing cells (the
 *  first ones named with their keys, with the number of the others), bad numbers, gaps or overlaps between age
 *  groups, negative counts in groups that are spread.
 *  @param[out] out as many doubles as the axes and ages multiply to, filled on success. */
FREM_MUST_CHECK frem_status frem_reading_fill(const frem_reading *reading, frem_diags *diags, double *out);

/** Distinct texts of a column in order of appearance, filtered.
 *  @param[out] index Owned by the caller. */
FREM_MUST_CHECK frem_status frem_table_distinct(frem_table *table, const char *column,
                                                const frem_filter *filters, size_t n_filters,
                                                frem_place asked_at, frem_diags *diags, frem_index **index);
/** Distinct texts of a column among some rows, in order of appearance.
 *  @param rows NULL: the first n_rows of the table. @param[out] index Owned by the caller.
 *  @param[out] firsts the row that each text is first in; owned by the caller (free()). */
FREM_MUST_CHECK frem_status frem_table_texts(const frem_table *table, size_t column, const size_t *rows,
                                             size_t n_rows, frem_index **index, size_t **firsts);
/** Raises a text that is no known key at a place: an empty cell, or an unknown key with the nearest known one.
 *  @param what "region", "sex", ... @param n_names of the names, those that the hint may give; 0 gives none.
 *  @param list the file that lists the names, or NULL.
 *  @return FREM_INVALID or FREM_NO_MEMORY. */
frem_status frem_table_unknown_key(const frem_table *table, size_t row, size_t column, const char *what,
                                   const char *const *names, size_t n_names, const char *list,
                                   frem_diags *diags);
/** Numbers of a column that may be thousands, "1.850". A column with decimals of any other kind, "0.850" or "12.5", has
 *  decimals and is not asked about. Zero-initialise. */
typedef struct frem_thousands {
    size_t first; /**< row of the first */
    size_t count;
    bool decimals; /**< some number has other decimals */
} frem_thousands;
void frem_thousands_look(frem_thousands *found, const frem_table *table, size_t row, size_t column);
/** Warns once a column. @return FREM_OK or FREM_NO_MEMORY. */
FREM_MUST_CHECK frem_status frem_thousands_raise(const frem_thousands *found, frem_table *table,
                                                 size_t column, frem_diags *diags);
/** Reports each value of a list of values that no row has: of the others there are rows. */
FREM_MUST_CHECK frem_status frem_filters_known(frem_table *table, const frem_filter *filters,
                                               size_t n_filters, frem_diags *diags);
/** The rows that pass all filters, in order. @param[out] rows Owned by the caller (free()). */
FREM_MUST_CHECK frem_status frem_table_select(frem_table *table, const frem_filter *filters, size_t n_filters,
                                              frem_diags *diags, size_t **rows, size_t *n_rows);

#endif
