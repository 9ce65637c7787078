/** @file
 *  Batches of lanes, compiled for the core.
 */
#ifndef FREM_MODEL_BATCH_H
#define FREM_MODEL_BATCH_H

#include "model/lane.h"

/** Compiles cases of one shape.
 *  @param cases number of lanes that matter, >= 1; the rest are copies of lane 0.
 *  @param[out] out Owned by the caller.
 *  @return FREM_USAGE for a change of something that is no given parameter or in no lane; FREM_INVALID for one that
 *  leaves the parameter's range, or whatever else the case's scenario file would be refused for before it is projected. */
FREM_MUST_CHECK frem_status frem_batch_new(frem_batch **out, const frem_model *model, size_t cases,
                                           const frem_change *changes, size_t n_changes, frem_diags *diags);
/** The same in memory of the caller's. @param[out] out Borrowed from the arena. */
FREM_MUST_CHECK frem_status frem_batch_in(frem_arena *arena, frem_batch **out, const frem_model *model,
                                          size_t cases, const frem_change *changes, size_t n_changes,
                                          frem_diags *diags);
/** Compiles cases of a mix (model/mix.h), as frem_batch_in(). @param mix its `on` has a number for each case. */
FREM_MUST_CHECK frem_status frem_batch_mixed(frem_arena *arena, frem_batch **out, const frem_model *model,
                                             size_t cases, const frem_mix *mix, frem_diags *diags);
/** Of frem_batch_new(). NULL is fine. */
void frem_batch_free(frem_batch *batch);

#endif
