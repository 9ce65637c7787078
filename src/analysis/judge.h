/** @file
 *  Whether a projection can be used, and what is odd about it: one place for every command that projects. Inside the room
 *  only.
 */
#ifndef FREM_ANALYSIS_JUDGE_H
#define FREM_ANALYSIS_JUDGE_H

#include "model/lane.h"
#include "model/model.h"

/** Whether the first lanes of a projection can be used: numbers that are too large together, employment that no stock
 *  could be scaled to, employment without anything to follow, and needs below 0 are problems. All are reported, each
 *  once a profession, programme or sector. Only the lanes that the core has doubts about are looked at.
 *  @param batch what was projected. @param projection of it.
 *  @return FREM_INVALID where there is a problem. */
FREM_MUST_CHECK frem_status frem_projection_check(const frem_batch *batch,
                                                  const frem_core_results *projection, size_t lanes,
                                                  frem_diags *diags);
/** Whether a scenario has something to project; one of practicum alone has not. */
bool frem_model_projects(const frem_model *model);
/** Projects a scenario and reports every problem and whatever is odd.
 *  @param batch of one lane: the model as it is, or changed. @param cells whether stock by age and sex is kept.
 *  @param[out] out Borrowed from the arena; of no use where the status is not FREM_OK. */
FREM_MUST_CHECK frem_status frem_model_project(const frem_model *model, const frem_batch *batch, bool cells,
                                               frem_pool *pool, frem_isa isa, frem_arena *arena,
                                               frem_core_results **out, frem_diags *diags);
/** The instruction set of a name, NULL being the best. @return FREM_ISA_COUNT for one that this machine lacks. */
frem_isa frem_results_isa(const char *name);
/** Two scenarios of one command have two names; variants share that of theirs. */
FREM_MUST_CHECK frem_status frem_models_named_apart(const frem_model *const *models, size_t n,
                                                    frem_diags *diags);

#endif
