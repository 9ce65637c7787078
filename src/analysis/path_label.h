/** @file
 *  What people call a parameter.
 */
#ifndef FREM_ANALYSIS_PATH_LABEL_H
#define FREM_ANALYSIS_PATH_LABEL_H

#include "frame/document.h"
#include "scenario/scenario.h"

/** A parameter in words: what its field is called, else the beginning of its help, and what it is of, by the scenario's own labels:
 *  "Completion: Pedagogue programme".
 *  @param path one of the scenario's parameters; another text is its own label.
 *  @param[out] label both languages, the arena's. */
FREM_MUST_CHECK frem_status frem_path_label(frem_arena *arena, const frem_scenario *scenario,
                                            const char *path, frem_label *label);

#endif
