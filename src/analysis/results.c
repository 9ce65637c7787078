#include "analysis/results.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"
#include "base/progress.h"

static frem_isa isa_of(const char *name) {
    static const char *const names[FREM_ISA_COUNT] = {[FREM_ISA_BEST] = "best",
                                                      [FREM_ISA_PLAIN] = "plain",
                                                      [FREM_ISA_AVX2] = "avx2",
                                                      [FREM_ISA_AVX512] = "avx512"};
    for (size_t i = 0; name != NULL && i < FREM_ISA_COUNT; i++) {
        if (strcmp(names[i], name) == 0)
            return (frem_isa)i;
    }
    return name == NULL ? FREM_ISA_BEST : FREM_ISA_COUNT;
}

/* Employment that no stock could be scaled to. */
static frem_status check_scaled(const frem_model *model, const frem_core_results *projection,
                                frem_diags *diags) {
    const frem_scenario *s = model->scenario;
    size_t regions = frem_index_count(model->regions);
    for (size_t i = 0; i < projection->professions * regions; i++) {
        if (!projection->unscalable[i])
            continue;
        const frem_profession *profession = &s->professions.items[i / regions];
        char fte[FREM_FIXED_MAX];
        (void)frem_number_fixed(
            fte,
            projection->measures[frem_core_at(projection, i / regions, i % regions, FREM_CORE_DEMAND, 0)], 1);
        return FREM_PROBLEM(diags, profession->cohorts.head.place, NOTHING_TO_SCALE, profession->head.path,
                            fte, model->region_names[i % regions]);
    }
    return FREM_OK;
}

/* Extras below 0 that take more than there is. */
static frem_status check_need(const frem_model *model, const frem_core_results *r, frem_diags *diags) {
    const frem_scenario *s = model->scenario;
    size_t regions = frem_index_count(model->regions), n = regions * r->sectors * r->steps;
    for (size_t i = 0; i < r->professions * n; i++) {
        size_t p = i / n, region = i % n / r->sectors / r->steps, j = i / r->steps % r->sectors;
        size_t t = i % r->steps;
        double need =
            r->sector_demand[(((p * r->areas + region) * r->sectors + j) * r->steps + t) * r->lanes];
        if (!(need < -1e-9))
            continue;
        const frem_sector *sector = &s->demand.items[j];
        char fte[FREM_FIXED_MAX], year[16];
        (void)frem_number_fixed(fte, need, 3);
        (void)snprintf(year, sizeof year, "%d", model->base + (int)t);
        return FREM_PROBLEM(diags, frem_entry_place(&sector->head, "extra"), NEGATIVE_NEED, sector->head.path,
                            s->professions.items[p].head.key, model->region_names[region], year, fte);
    }
    return FREM_OK;
}

/* The factors that the stock of the base year was multiplied by, for the reader. */
static frem_status keep_scale(frem_arena *arena, const frem_model *model, const frem_core_results *r,
                              const double **out) {
    size_t n = r->professions * frem_index_count(model->regions);
    *out = NULL;
    if (model->as_is->inputs.base_mode != FREM_BASE_SCALE)
        return FREM_OK;
    double *kept = frem_arena_alloc(arena, n, sizeof *kept);
    for (size_t i = 0; kept != NULL && i < n; i++)
        kept[i] = r->scale[i * r->lanes];
    *out = kept;
    return kept != NULL ? FREM_OK : FREM_NO_MEMORY;
}

static frem_status project(frem_results *results, const frem_model *model, frem_pool *pool, frem_isa isa,
                           const double **scale, frem_diags *diags) {
    frem_arena *arena;
    frem_core_results *projection;
    frem_status status = frem_arena_new(&arena);
    if (status != FREM_OK)
        return status;
    status = frem_core_results_new(&model->as_is->inputs, false, arena, &projection);
    if (status == FREM_OK)
        status = frem_core_project(&model->as_is->inputs, pool, isa, projection);
    if (status == FREM_OK)
        status = check_scaled(model, projection, diags);
    if (status == FREM_OK)
        status = check_need(model, projection, diags);
    if (status == FREM_OK)
        status = keep_scale(results->arena, model, projection, scale);
    if (status == FREM_OK)
        status =
            frem_results_rows(results->table, model, model->as_is, projection, model->scenario->name, "base");
    frem_arena_free(arena);
    return status;
}

static frem_status new_table(frem_frame **table) {
    static const char *const names[FREM_COL_COUNT] = {"scenario",   "variant", "year",    "region",
                                                      "profession", "sector",  "measure", "statistic",
                                                      "unit",       "value"};
    frem_column_kind kinds[FREM_COL_COUNT];
    for (size_t i = 0; i < FREM_COL_COUNT; i++)
        kinds[i] = i == FREM_COL_YEAR    ? FREM_COLUMN_WHOLE
                   : i == FREM_COL_VALUE ? FREM_COLUMN_NUMBER
                                         : FREM_COLUMN_LABEL;
    return frem_frame_new(table, names, kinds, FREM_COL_COUNT);
}

frem_status frem_results_names_check(const frem_model *const *models, size_t n, frem_diags *diags) {
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < i; j++) {
            if (strcmp(models[i]->scenario->name, models[j]->scenario->name) != 0)
                continue;
            frem_place place = {models[i]->scenario->source->path, 0, 0};
            return FREM_PROBLEM(diags, place, SCENARIO_TWICE, models[i]->scenario->name,
                                models[j]->scenario->source->path);
        }
    }
    return FREM_OK;
}

frem_status frem_results_new(frem_results **out, const frem_sources *sources, const frem_model *const *models,
                             size_t n_models, const frem_run_options *options, frem_diags *diags) {
    *out = NULL;
    frem_arena *arena;
    frem_pool *pool = NULL;
    frem_isa isa = isa_of(options->isa);
    if (isa == FREM_ISA_COUNT || !frem_isa_here(isa))
        return FREM_USAGE;
    frem_status status = frem_results_names_check(models, n_models, diags);
    for (size_t i = 0; i < n_models; i++) {
        /* A scenario of practicum alone has nothing that moves over years. */
        frem_place place = {models[i]->scenario->source->path, 0, 0};
        if (models[i]->scenario->professions.count == 0)
            status = FREM_PROBLEM(diags, place, NOTHING_TO_PROJECT, models[i]->scenario->source->path);
    }
    if (status == FREM_OK)
        status = frem_arena_new(&arena);
    if (status != FREM_OK)
        return status;
    frem_results *results = frem_arena_alloc(arena, 1, sizeof *results);
    if (results == NULL) {
        frem_arena_free(arena);
        return FREM_NO_MEMORY;
    }
    results->arena = arena;
    const double **scales = frem_arena_alloc(arena, n_models + 1, sizeof *scales);
    status = scales != NULL ? new_table(&results->table) : FREM_NO_MEMORY;
    if (status == FREM_OK)
        status = frem_pool_new(&pool, options->threads);
    for (size_t i = 0; i < n_models && status == FREM_OK; i++) {
        status = frem_progress_at(options->progress, FREM_PHASE_PROJECT, i, n_models);
        if (status == FREM_OK)
            status = project(results, models[i], pool, isa, &scales[i], diags);
    }
    if (status == FREM_OK)
        status = frem_progress_at(options->progress, FREM_PHASE_PROJECT, n_models, n_models);
    results->document.results = results->table;
    results->document.sources = sources;
    results->document.command = options->command;
    results->document.n_command = options->n_command;
    if (status == FREM_OK)
        status = frem_results_describe(results, models, scales, n_models);
    frem_pool_free(pool);
    if (status == FREM_OK)
        *out = results;
    else
        frem_results_free(results);
    return status;
}

void frem_results_free(frem_results *results) {
    if (results == NULL)
        return;
    frem_frame_free(results->table);
    frem_arena_free(results->arena);
}

const frem_frame *frem_results_table(const frem_results *results) {
    return results->table;
}

const frem_document *frem_results_document(const frem_results *results) {
    return &results->document;
}
