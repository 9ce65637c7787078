/** @file
 *  Explanations from the inside: what the writers of the output room render.
 */
#ifndef FREM_ANALYSIS_EXPLAIN_H
#define FREM_ANALYSIS_EXPLAIN_H

#include "analysis/changed.h"
#include "fremskriv/explain.h"
#include "model/model.h"

/** What the layer above did with an entry of a lower one. */
typedef enum frem_over {
    FREM_OVER_REPLACED, /**< took its place */
    FREM_OVER_CHANGED,  /**< changed something in it, or multiplied it */
    FREM_OVER_KEPT,     /**< kept it for the years before its own `from` */
    FREM_OVER_COUNT
} frem_over;

/** What a lower layer said. */
typedef struct frem_lower {
    const char *value; /**< "~": left out */
    const char *unit;
    frem_label source; /**< NULL texts where it says none */
    frem_place place;
    frem_over over;
} frem_lower;

/** The numbers of a parameter as the model reads them: by year, and over the other dimensions either their sum or the
 *  lowest and highest. NaN where there are none. */
typedef struct frem_read_numbers {
    bool given;
    bool by_year, by_region, by_sex, by_age;
    bool of_entry; /**< years are of entry */
    bool summed;   /**< low and high are the sum */
    int first_year;
    size_t years; /**< 1 where it is the same in all */
    const double *low, *high;
} frem_read_numbers;

/** One value with all that is known of it. */
typedef struct frem_explained {
    const frem_said *said;
    const frem_lower *lower; /**< the nearest layer first */
    size_t n_lower;
    const frem_source **tables; /**< files that it is read from */
    size_t n_tables;
    const char *const *allowed; /**< words; NULL where it is no choice */
    size_t n_allowed;
    bool parameter; /**< whether it can be varied without compiling anew */
    frem_read_numbers numbers;
    const frem_area *covers; /**< regions that it is the total of; NULL where it is none */
    bool split;              /**< whether it is one total that is split by a key ... */
    frem_label split_words;  /**< ... and what that means */
} frem_explained;

/** What one scenario or variant says. */
typedef struct frem_explained_scenario {
    const frem_model *model;
    frem_run run;
    const frem_explained *values;
    size_t n;
    frem_against against; /**< of changes: what the scenario is held against */
    const frem_differs *changes;
    size_t n_changes;
} frem_explained_scenario;

struct frem_explanation {
    frem_arena *arena;
    const char *path; /**< as asked for; NULL: everything */
    bool changed;     /**< whether it is about what differs from what is extended, and not about values */
    bool one;         /**< whether each scenario has one value at most, which is shown in full */
    frem_explained_scenario *scenarios;
    size_t n_scenarios;
};

/** Whether a value is a number that has a range. */
bool frem_explained_has_range(const frem_explained *value);

/** Finds the values of a path among the entries of a scenario: those at it or below it, or the one that contains it.
 *  @return how many; none where there is no such path. */
size_t frem_said_find(const frem_said *said, size_t n, const char *path, size_t *first);

#endif
