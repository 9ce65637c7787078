/** @file
 *  In what scenarios differ: a scenario from what it extends, a variant from its scenario, any from each other. Entries are
 *  held against each other by their paths; `explain --changed`, `compare --assumptions`, the report and the workbook read
 *  this.
 */
#ifndef FREM_ANALYSIS_CHANGED_H
#define FREM_ANALYSIS_CHANGED_H

#include "analysis/assumptions.h"

/** What a scenario is held against. */
typedef enum frem_against {
    FREM_AGAINST_NOTHING,  /**< it extends nothing and is changed by nothing */
    FREM_AGAINST_EXTENDED, /**< the files that it extends */
    FREM_AGAINST_SCENARIO, /**< the scenario that it is a variant of */
    FREM_AGAINST_FILE      /**< itself without --set */
} frem_against;

/** One entry that differs. Either side may be NULL: it has no such entry, not even a default. */
typedef struct frem_differs {
    const frem_said *before, *after;
} frem_differs;

/** The path of an entry that differs. */
const char *frem_differs_path(const frem_differs *differs);
/** Whether two entries say the same: value and unit. A table is the same where it is named in one folder. */
bool frem_said_same_value(const frem_said *a, const frem_said *b);
/** The same, and their sources too. */
bool frem_said_same(const frem_said *a, const frem_said *b);
/** An entry by its path. @param hint where it probably is. @return NULL where there is none. */
const frem_said *frem_said_at(const frem_said *list, size_t n, const char *path, size_t hint);
/** What differs between two lists, in the order of the second; what only the first has comes last. What is a default on one
 *  side and not there on the other is left out.
 *  @param[out] out Borrowed from the arena; entries borrow from the lists. */
FREM_MUST_CHECK frem_status frem_said_differ(frem_arena *arena, const frem_said *before, size_t n_before,
                                             const frem_said *after, size_t n_after, frem_differs **out,
                                             size_t *n);
/** In what a scenario differs from what it extends, a variant from its scenario.
 *  @param run name, variant and file of it; borrowed.
 *  @param[out] against what it is held against: with FREM_AGAINST_NOTHING nothing differs.
 *  @param[out] out Borrowed from the arena. */
FREM_MUST_CHECK frem_status frem_scenario_changed(frem_arena *arena, const frem_run *run,
                                                  const frem_scenario *scenario, frem_against *against,
                                                  frem_differs **out, size_t *n);

#endif
