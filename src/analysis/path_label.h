/** @file
 *  What people call a parameter.
 */
#ifndef FREM_ANALYSIS_PATH_LABEL_H
#define FREM_ANALYSIS_PATH_LABEL_H

#include "frame/document.h"
#include "scenario/scenario.h"

/** A parameter in words: what its field means, up to the first clause, and what it is of, by the scenario's own labels: "Share of
 *  an entry cohort that completes: Pedagogue".
 *  @param path one of the scenario's parameters; another text is its own label.
 *  @param[out] label both languages, the arena's. */
FREM_MUST_CHECK frem_status frem_path_label(frem_arena *arena, const frem_scenario *scenario,
                                            const char *path, frem_label *label);

#endif
