/** @file
 *  Many projections one after the other, in memory that is taken once. Every verb that projects more than one case goes
 *  through it; a thread that projects at the same time as others has one of its own. Inside the room only.
 *
 *      frem_workspace *workspace;
 *      status = frem_workspace_new(&workspace);
 *      for (each block of up to FREM_LANES cases)
 *          status = frem_workspace_project(workspace, &cases, pool, isa, diags);
 *          for (each lane)
 *              status = frem_results_each(workspace->batch, workspace->projection, lane, ...);
 *      frem_workspace_free(workspace);
 *
 *  Cases of one model after the other are the cheapest: the results of the model before are used again, too. A filter that
 *  leaves groups and sums alone, and a few measures, makes them cheaper still.
 */
#ifndef FREM_ANALYSIS_WORKSPACE_H
#define FREM_ANALYSIS_WORKSPACE_H

#include "analysis/results.h"
#include "model/lane.h"
#include "model/model.h"

/** What was projected last. */
typedef struct frem_workspace {
    const frem_batch *batch;              /**< borrowed until the next projection; NULL where that failed */
    const frem_core_results *projection;  /**< the same */
    struct frem_workspace_memory *memory; /**< its own */
} frem_workspace;

/** Cases of one shape. */
typedef struct frem_case_batch {
    const frem_model *model;
    size_t n; /**< lanes that matter, >= 1 */
    const frem_change *changes;
    size_t n_changes;
    const frem_mix *mix;           /**< NULL: the changes; else what each lane takes, without changes */
    const frem_row_filter *filter; /**< which rows will be read; NULL: all. What no row needs is not kept. */
} frem_case_batch;

/** One workspace for each thread of a pool. */
typedef struct frem_workspaces {
    frem_workspace **of; /**< [worker] */
    size_t n;
} frem_workspaces;
/** Makes as many as there are threads. Those that are there stay. The caller calls frem_workspaces_end(), also after a
 *  failure. */
FREM_MUST_CHECK frem_status frem_workspaces_for(frem_workspaces *workspaces, const frem_pool *pool);
void frem_workspaces_end(frem_workspaces *workspaces);

/** @param[out] out Owned by the caller. */
FREM_MUST_CHECK frem_status frem_workspace_new(frem_workspace **out);
/** NULL is fine. */
void frem_workspace_free(frem_workspace *workspace);
/** Compiles cases, projects them and looks whether they can be used (frem_projection_check()).
 *  @param pool shares the work of the cases; NULL where threads have cases of their own.
 *  @return as frem_batch_new() and frem_projection_check(). */
FREM_MUST_CHECK frem_status frem_workspace_project(frem_workspace *workspace, const frem_case_batch *cases,
                                                   frem_pool *pool, frem_isa isa, frem_diags *diags);
/** The same of one case alone: which of those that cannot be projected together it is, and what is wrong with it.
 *  @param case_at its lane among the cases. */
FREM_MUST_CHECK frem_status frem_workspace_alone(frem_workspace *workspace, const frem_case_batch *cases,
                                                 size_t case_at, frem_isa isa, frem_diags *diags);
/** The first case that cannot be projected alone, with its problem in diags; workers may not share these, so that cases that
 *  a worker could not project are looked through again.
 *  @param[out] which its lane. @return as frem_workspace_project(); FREM_OK where each of them can be. */
FREM_MUST_CHECK frem_status frem_workspace_refused(frem_workspace *workspace, const frem_case_batch *cases,
                                                   frem_isa isa, frem_diags *diags, size_t *which);

#endif
