/** @file
 *  A population table under way: what import_population.c and import_plan.c share.
 */
#ifndef FREM_IMPORT_POPULATION_H
#define FREM_IMPORT_POPULATION_H

#include "import/choose.h"

/** Ages as the file groups them. */
typedef struct frem_span {
    int from;
    int to;    /**< -1 for an open group */
    int group; /**< of the result; -1 for none */
} frem_span;

/** Which figures of one file count, and for what: for each value of each variable its place on one of the axes area, year,
 *  age and other, -1 where it is left out. The figures on one place of "other" after another add up: sexes, marital
 *  statuses. */
typedef struct frem_plan {
    const frem_import_table *table;
    const frem_import_options *options;
    frem_diags *diags;
    frem_index *names; /**< municipalities by folded name; NULL for none */
    const int *codes;  /**< of the names */
    frem_import_areas level;
    frem_import_kind *kinds;
    int32_t **places;
    size_t *strides; /**< on the axis of its kind */
    int *areas;      /**< codes, ascending */
    size_t n_areas;
    int *years; /**< ascending */
    size_t n_years;
    frem_span *spans; /**< ascending */
    size_t n_spans;
    size_t n_others;
    frem_import_ages *groups;
    size_t n_groups;
    bool observed;
    bool christiansoe;                 /**< left out */
    size_t nowhere_areas;              /**< "Uoplyst" and "Udlandet", left out */
    size_t other_areas, other_periods; /**< left out */
} frem_plan;

/** Fills the plan from table, options, diags, names, codes and level. Its arrays are borrowed from the table's arena. */
FREM_MUST_CHECK frem_status frem_import_plan(frem_plan *plan);
/** "0-5", "17", "80+". */
void frem_import_span_text(int from, int to, char out[32]);

#endif
