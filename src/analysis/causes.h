/** @file
 *  Causes: what the parts of a scenario are called together when a result is explained by them.
 */
#ifndef FREM_ANALYSIS_CAUSES_H
#define FREM_ANALYSIS_CAUSES_H

#include "frame/document.h"
#include "model/mix.h"

/** A cause: some parts. */
typedef struct frem_cause {
    const char *key; /**< "intake", "demography:dagtilbud", or the name that --groups gives */
    frem_label label;
    size_t order; /**< among all that there may be, as people read them */
} frem_cause;

/** A group that is asked for: "NAME=PATTERN,PATTERN". */
typedef struct frem_asked_group {
    const char *name;
    const char *const *patterns;
    size_t n_patterns;
} frem_asked_group;

/** The causes found so far. */
typedef struct frem_causes {
    frem_arena *arena; /**< owns every text */
    const frem_asked_group *asked;
    size_t n_asked;
    bool one_demography; /**< the people of all sectors are one cause, not one a sector */
    frem_cause items[FREM_GROUPS_MAX];
    size_t n;
} frem_causes;

/** Reads groups as --groups gives them. @return FREM_USAGE with a problem. */
FREM_MUST_CHECK frem_status frem_causes_ask(frem_causes *causes, const char *const *texts, size_t n,
                                            frem_diags *diags);
/** Whether the groups that are asked for name parts of some models, which need not differ.
 *  @return FREM_USAGE, with a problem, for each pattern that none of them has anything at. */
FREM_MUST_CHECK frem_status frem_causes_known(const frem_causes *causes, const frem_model *const *models,
                                              size_t n_models, frem_diags *diags);
/** The cause that a part belongs to: the first group that is asked for and has it, else that of its kind; a new one where
 *  none of its parts was seen before.
 *  @param path as frem_mix_name() says it. @param sector whose people they are; NULL for all other parts.
 *  @param[out] cause its place. @return FREM_USAGE, with a problem, for more causes than FREM_GROUPS_MAX. */
FREM_MUST_CHECK frem_status frem_causes_of(frem_causes *causes, const char *path, const frem_sector *sector,
                                           size_t *cause, frem_diags *diags);
/** Says that a scenario cannot be projected with some causes as they are elsewhere: another scenario, or a year.
 *  @param which by the causes' places. */
FREM_MUST_CHECK frem_status frem_causes_refuse(const frem_causes *causes, uint64_t which,
                                               const char *scenario, const char *elsewhere,
                                               frem_diags *diags);
/** What a result does by itself, when no part moves. */
frem_cause frem_cause_itself(void);

#endif
