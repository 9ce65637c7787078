#include "analysis/results.h"
#include "analysis/focus.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/judge.h"
#include "analysis/observed.h"
#include "base/index.h"
#include "base/problem.h"
#include "base/progress.h"
#include "model/batch.h"
#include "model/lane.h"

/* The factors that the stock of the base year was multiplied by, for the reader. */
static frem_status keep_scale(frem_arena *arena, const frem_model *model, const frem_core_results *r,
                              const double **out) {
    size_t n = r->professions * r->regions;
    *out = NULL;
    if (model->as_is->inputs.base_mode != FREM_BASE_SCALE)
        return FREM_OK;
    double *kept = frem_arena_alloc(arena, n, sizeof *kept);
    for (size_t i = 0; kept != NULL && i < n; i++)
        kept[i] = r->scale[i * r->lanes];
    *out = kept;
    return kept != NULL ? FREM_OK : FREM_NO_MEMORY;
}

/* Adds the tables of one projection. */
static frem_status add_tables(frem_results *results, const frem_model *model, const frem_batch *batch,
                              const frem_core_results *projection, const frem_row_filter *filter) {
    const frem_rows_place rows = {.lane = 0, .filter = filter};
    const char *name = model->scenario->name, *variant = model->scenario->variant;
    frem_status status = frem_results_rows_at(results->table, batch, projection, name, variant, &rows);
    if (status == FREM_OK && results->stock != NULL)
        status = frem_stock_rows(results->stock, model, projection, name, variant);
    if (status == FREM_OK && results->programmes != NULL)
        status = frem_programme_rows(results->programmes, model, batch, projection, name, variant);
    return status;
}

static frem_status project(frem_results *results, const frem_model *model, const frem_run_options *options,
                           frem_pool *pool, frem_isa isa, const frem_row_filter *filter, const double **scale,
                           frem_diags *diags) {
    frem_arena *arena;
    frem_core_results *projection;
    frem_batch *changed = NULL;
    frem_status status = frem_arena_new(&arena);
    if (status != FREM_OK)
        return status;
    if (options->n_changes > 0)
        status = frem_batch_new(&changed, model, 1, options->changes, options->n_changes, diags);
    const frem_batch *batch = changed != NULL ? changed : model->as_is;
    if (status == FREM_OK)
        status =
            frem_model_project(model, batch, results->stock != NULL, pool, isa, arena, &projection, diags);
    if (status == FREM_OK)
        status = keep_scale(results->arena, model, projection, scale);
    if (status == FREM_OK)
        status = add_tables(results, model, batch, projection, filter);
    frem_batch_free(changed);
    frem_arena_free(arena);
    return status;
}

/* A frame with columns of the kinds that their names have in every table. */
static frem_status new_frame(frem_frame **frame, const char *const *names, size_t n) {
    enum { MOST = 16 };
    frem_column_kind kinds[MOST];
    if (n > MOST)
        return FREM_DEFECT;
    for (size_t i = 0; i < n; i++) {
        bool whole = strcmp(names[i], "year") == 0 || strcmp(names[i], "age") == 0;
        kinds[i] = whole                            ? FREM_COLUMN_WHOLE
                   : strcmp(names[i], "value") == 0 ? FREM_COLUMN_NUMBER
                                                    : FREM_COLUMN_LABEL;
    }
    return frem_frame_new(frame, names, kinds, n);
}

frem_status frem_results_table_new(frem_frame **table) {
    static const char *const names[FREM_COL_COUNT] = {"scenario",   "variant", "year",    "region",
                                                      "profession", "sector",  "measure", "statistic",
                                                      "unit",       "value"};
    return new_frame(table, names, FREM_COL_COUNT);
}

static frem_status new_tables(frem_results *results, bool all) {
    frem_status status = frem_results_table_new(&results->table);
    if (status == FREM_OK && all)
        status = new_frame(&results->stock, frem_stock_columns, frem_stock_n_columns);
    if (status == FREM_OK && all)
        status = new_frame(&results->programmes, frem_programmes_columns, frem_programmes_n_columns);
    results->document.results = results->table;
    results->document.stock = results->stock;
    results->document.programmes = results->programmes;
    return status;
}

/* Problems of one scenario do not hide those of the next. */
static frem_status first_of(frem_status so_far, frem_status next) {
    return so_far == FREM_OK || (next != FREM_OK && next != FREM_INVALID) ? next : so_far;
}

/* Whether a scenario has something that moves over years; practicum alone has not. */
static frem_status check_projects(const frem_model *model, frem_diags *diags) {
    const char *path = model->scenario->source->path;
    return frem_model_projects(model)
               ? FREM_OK
               : FREM_PROBLEM(diags, ((frem_place){path, 0, 0}), NOTHING_TO_PROJECT, path);
}

static bool goes_on(frem_status status) {
    return status == FREM_OK || status == FREM_INVALID;
}

/* Projects every model into the tables. @param[out] scales by model */
static frem_status project_all(frem_results *results, const frem_model *const *models, size_t n_models,
                               const frem_run_options *options, frem_isa isa, const double **scales,
                               frem_diags *diags) {
    frem_pool *pool = NULL;
    frem_row_filter *filters = frem_arena_alloc(results->arena, n_models + 1, sizeof *filters);
    frem_status status = filters == NULL ? FREM_NO_MEMORY
                                         : frem_row_filters_read(results->arena, models, n_models,
                                                                 &options->rows, filters, diags);
    if (status == FREM_INVALID)
        return FREM_USAGE; /* the scenario is good, the wish is not */
    if (status == FREM_OK)
        status = frem_pool_new(&pool, options->threads);
    for (size_t i = 0; i < n_models && goes_on(status); i++) {
        frem_status one = frem_progress_at(options->progress, FREM_PHASE_PROJECT, i, n_models);
        if (one == FREM_OK)
            one = project(results, models[i], options, pool, isa, &filters[i], &scales[i], diags);
        status = first_of(status, one);
    }
    if (status == FREM_OK)
        status = frem_progress_at(options->progress, FREM_PHASE_PROJECT, n_models, n_models);
    frem_pool_free(pool);
    return status;
}

frem_status frem_results_new(frem_results **out, const frem_sources *sources, const frem_model *const *models,
                             size_t n_models, const frem_run_options *options, frem_diags *diags) {
    *out = NULL;
    frem_isa isa = frem_results_isa(options->isa);
    if (isa == FREM_ISA_COUNT || (options->n_changes > 0 && n_models != 1))
        return FREM_USAGE;
    frem_status status = frem_models_named_apart(models, n_models, diags);
    for (size_t i = 0; i < n_models; i++) {
        status = first_of(status, check_projects(models[i], diags));
        status = first_of(status, frem_observations_check(models[i], diags));
    }
    frem_results *results = NULL;
    if (status == FREM_OK)
        status = frem_results_empty(&results);
    if (status != FREM_OK)
        return status;
    const double **scales = frem_arena_alloc(results->arena, n_models + 1, sizeof *scales);
    status = scales != NULL ? new_tables(results, options->with_tables != 0) : FREM_NO_MEMORY;
    if (status == FREM_OK)
        status = project_all(results, models, n_models, options, isa, scales, diags);
    results->changed = options->n_changes > 0;
    results->document.chosen = (frem_chosen){options->rows.measures != NULL, options->rows.regions != NULL,
                                             options->rows.years != NULL};
    results->document.sources = sources;
    results->document.command = options->command;
    results->document.n_command = options->n_command;
    if (status == FREM_OK)
        status = frem_results_describe(results, models, scales, n_models);
    if (status == FREM_OK)
        status = frem_results_focus(results, models, n_models, options, diags);
    if (status == FREM_OK)
        status = frem_results_name(results, options->with_names);
    if (status == FREM_OK)
        *out = results;
    else
        frem_results_free(results);
    return status;
}

frem_status frem_results_empty(frem_results **out) {
    frem_arena *arena;
    *out = frem_arena_owner(&arena, sizeof **out);
    if (*out == NULL)
        return FREM_NO_MEMORY;
    (*out)->arena = arena;
    return FREM_OK;
}

void frem_results_free(frem_results *results) {
    if (results == NULL)
        return;
    frem_frame_free(results->table);
    frem_frame_free(results->compared);
    frem_frame_free(results->stock);
    frem_frame_free(results->programmes);
    for (size_t i = 0; i < FREM_ANSWER_TABLES_MAX; i++)
        frem_frame_free(results->answers[i]);
    frem_curves_free(&results->values);
    frem_arena_free(results->arena);
}

const frem_frame *frem_results_table(const frem_results *results) {
    return results->table;
}

const frem_document *frem_results_document(const frem_results *results) {
    return &results->document;
}

const frem_frame *frem_results_answer(const frem_results *results, const char *table) {
    const frem_answer *answer = results->document.answer;
    for (size_t i = 0; answer != NULL && i < answer->n_tables; i++) {
        if (strcmp(answer->tables[i].name, table) == 0)
            return answer->tables[i].frame;
    }
    return NULL;
}
