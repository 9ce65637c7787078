/* Batches and their results in memory that is used again. */
#include "analysis/workspace.h"

#include <stdlib.h>

#include "analysis/judge.h"
#include "model/batch.h"
#include "model/mix.h"

typedef struct frem_workspace_memory {
    frem_arena *cases, *results; /* of the last batch, and of its results */
    const frem_model *model;     /* whose results they are; NULL: no one's */
    const frem_model *doubtful;  /* of which some case needed a closer look: all is kept of it */
    frem_core_results *last;
} frem_workspace_memory;

frem_status frem_workspace_new(frem_workspace **out) {
    frem_workspace *workspace = calloc(1, sizeof *workspace);
    frem_workspace_memory *memory = calloc(1, sizeof *memory);
    *out = NULL;
    if (workspace == NULL || memory == NULL) {
        free(workspace);
        free(memory);
        return FREM_NO_MEMORY;
    }
    workspace->memory = memory;
    frem_status status = frem_arena_new(&memory->cases);
    if (status == FREM_OK)
        status = frem_arena_new(&memory->results);
    if (status == FREM_OK)
        *out = workspace;
    else
        frem_workspace_free(workspace);
    return status;
}

void frem_workspace_free(frem_workspace *workspace) {
    if (workspace == NULL)
        return;
    frem_arena_free(workspace->memory->cases);
    frem_arena_free(workspace->memory->results);
    free(workspace->memory);
    free(workspace);
}

frem_status frem_workspaces_for(frem_workspaces *workspaces, const frem_pool *pool) {
    const size_t wanted = frem_pool_threads(pool);
    if (wanted <= workspaces->n)
        return FREM_OK;
    frem_workspace **grown = realloc(workspaces->of, wanted * sizeof(frem_workspace *));
    frem_status status = grown != NULL ? FREM_OK : FREM_NO_MEMORY;
    if (status == FREM_OK)
        workspaces->of = grown;
    while (status == FREM_OK && workspaces->n < wanted) {
        status = frem_workspace_new(&workspaces->of[workspaces->n]);
        workspaces->n += status == FREM_OK;
    }
    return status;
}

void frem_workspaces_end(frem_workspaces *workspaces) {
    for (size_t i = 0; i < workspaces->n; i++)
        frem_workspace_free(workspaces->of[i]);
    free(workspaces->of);
    *workspaces = (frem_workspaces){NULL, 0};
}

/* Room for the results of a batch: that of the one before, where it was of the same model. */
static frem_status make_room(frem_workspace_memory *memory, const frem_batch *batch,
                             const frem_core_wanted *wanted) {
    if (memory->model == batch->model && frem_core_results_fit(memory->last, &batch->inputs, wanted))
        return FREM_OK;
    memory->model = NULL;
    frem_arena_clear(memory->results);
    frem_status status = frem_core_results_of(&batch->inputs, wanted, memory->results, &memory->last);
    if (status == FREM_OK)
        memory->model = batch->model;
    return status;
}

static frem_status project(frem_workspace_memory *memory, const frem_batch *batch,
                           const frem_core_wanted *wanted, frem_pool *pool, frem_isa isa) {
    frem_status status = make_room(memory, batch, wanted);
    return status == FREM_OK ? frem_core_project(&batch->inputs, pool, isa, memory->last) : status;
}

static bool any_doubtful(const frem_core_results *results, size_t lanes) {
    bool any = false;
    for (size_t l = 0; l < lanes; l++)
        any = any || results->doubtful[l];
    return any;
}

frem_status frem_workspace_project(frem_workspace *workspace, const frem_case_batch *cases, frem_pool *pool,
                                   frem_isa isa, frem_diags *diags) {
    static const frem_core_wanted everything = {false, false, false, NULL};
    frem_workspace_memory *memory = workspace->memory;
    frem_batch *batch = NULL;
    frem_core_wanted wanted = everything;
    bool measures[FREM_CORE_MEASURES];
    workspace->batch = NULL;
    workspace->projection = NULL;
    frem_arena_clear(memory->cases);
    frem_status status = cases->mix != NULL ? frem_batch_mixed(memory->cases, &batch, cases->model, cases->n,
                                                               cases->mix, diags)
                                            : frem_batch_in(memory->cases, &batch, cases->model, cases->n,
                                                            cases->changes, cases->n_changes, diags);
    if (memory->doubtful != cases->model)
        frem_row_filter_wants(cases->filter, cases->model, measures, &wanted);
    if (status == FREM_OK)
        status = project(memory, batch, &wanted, pool, isa);
    /* What is wrong may be seen only where all is kept. */
    if (status == FREM_OK && memory->doubtful != cases->model && any_doubtful(memory->last, cases->n)) {
        memory->doubtful = cases->model;
        status = project(memory, batch, &everything, pool, isa);
    }
    if (status == FREM_OK)
        status = frem_projection_check(batch, memory->last, cases->n, diags);
    if (status == FREM_OK) {
        workspace->batch = batch;
        workspace->projection = memory->last;
    }
    return status;
}

frem_status frem_workspace_alone(frem_workspace *workspace, const frem_case_batch *cases, size_t case_at,
                                 frem_isa isa, frem_diags *diags) {
    frem_change *changes = calloc(cases->n_changes + 1, sizeof *changes);
    frem_mix mix = cases->mix != NULL ? *cases->mix : (frem_mix){.on = NULL};
    frem_case_batch one = *cases;
    if (changes == NULL)
        return FREM_NO_MEMORY;
    one.n = 1;
    one.changes = changes;
    one.n_changes = 0;
    for (size_t i = 0; i < cases->n_changes; i++) {
        if (cases->changes[i].lane != case_at)
            continue;
        changes[one.n_changes] = cases->changes[i];
        changes[one.n_changes++].lane = 0;
    }
    mix.on = mix.on != NULL ? mix.on + case_at : NULL;
    one.mix = cases->mix != NULL ? &mix : NULL;
    const frem_status status = frem_workspace_project(workspace, &one, NULL, isa, diags);
    free(changes);
    return status;
}

frem_status frem_workspace_refused(frem_workspace *workspace, const frem_case_batch *cases, frem_isa isa,
                                   frem_diags *diags, size_t *which) {
    frem_status status = FREM_OK;
    for (size_t i = 0; i < cases->n && status == FREM_OK; i++) {
        *which = i;
        status = frem_workspace_alone(workspace, cases, i, isa, diags);
    }
    return status;
}
