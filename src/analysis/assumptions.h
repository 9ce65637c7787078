/** @file
 *  What a scenario says, entry by entry: the one walk that both the documents of results and explanations are made from.
 */
#ifndef FREM_ANALYSIS_ASSUMPTIONS_H
#define FREM_ANALYSIS_ASSUMPTIONS_H

#include "analysis/said_words.h"
#include "base/arena.h"
#include "frame/document.h"
#include "scenario/scenario.h"

/** One entry of a scenario. */
typedef struct frem_said {
    frem_assumption as;
    const frem_field *field;
    const frem_pair *pair; /**< the entry; NULL for a default. Its `under` is what lower layers said */
    const frem_pair
        *around;      /**< the entry of a lower layer that is gone because a mapping around it was replaced
                                  as a whole; NULL mostly */
    frem_place place; /**< of what decided it last: inside a value where a layer changed no more than that */
} frem_said;

/** How much of a scenario is listed. */
typedef enum frem_saying {
    FREM_SAYING_NUMBERS, /**< what it decides, without names and defaults */
    FREM_SAYING_EFFECTS, /**< also defaults that hold in the mappings that it has */
    FREM_SAYING_ALL      /**< also titles and labels */
} frem_saying;

/** Entries of a scenario in the order of its resolved tree.
 *  @param run name, variant and file of it; borrowed.
 *  @param[out] list Borrowed from the arena; entries borrow from the scenario. */
FREM_MUST_CHECK frem_status frem_scenario_said(frem_arena *arena, const frem_run *run,
                                               const frem_scenario *scenario, frem_saying saying,
                                               frem_said **list, size_t *n);
/** The same of a tree that is no scenario yet, such as what a scenario extends. */
FREM_MUST_CHECK frem_status frem_tree_said(frem_arena *arena, const frem_run *run, const frem_node *root,
                                           frem_saying saying, frem_said **list, size_t *n);
/** A value as its file writes it, on one line and without what is said about it.
 *  @param whole also the middle of long ones, which is left out else.
 *  @return Borrowed from the arena; NULL when out of memory. */
const char *frem_said_value(frem_arena *arena, const frem_node *node, bool whole);
/** Where an entry was last decided: see frem_said.place. */
frem_place frem_said_place(const frem_pair *pair);

#endif
