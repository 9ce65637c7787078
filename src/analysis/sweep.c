/* The points of a sweep, projected in blocks of lanes. */
#include "analysis/sweep.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/judge.h"
#include "base/number.h"
#include "base/problem.h"
#include "base/progress.h"
#include "base/text.h"
#include "model/lane.h"

static const frem_place in_command = {"fremskriv", 0, 0};

/* ---- the plan ---- */

/* How many points, and where they come from. */
static frem_status plan_points(frem_sweep *sweep, const frem_sweep_options *options, frem_diags *diags) {
    bool sobol = options->design == FREM_DESIGN_SOBOL;
    if (sobol != (options->points > 0))
        return sobol ? FREM_PROBLEM(diags, in_command, DESIGN_POINTS, "")
                     : FREM_PROBLEM(diags, in_command, POINTS_DESIGN, "");
    if (sobol && sweep->n_varied > FREM_SOBOL_MAX) {
        char given[32], most[32];
        (void)snprintf(given, sizeof given, "%zu", sweep->n_varied);
        (void)snprintf(most, sizeof most, "%d", FREM_SOBOL_MAX);
        return FREM_PROBLEM(diags, in_command, SOBOL_DIMENSIONS, given, most);
    }
    sweep->points = sobol ? options->points : 1;
    for (size_t v = 0; v < sweep->n_varied && !sobol; v++) {
        if (__builtin_mul_overflow(sweep->points, sweep->varied[v].n_values, &sweep->points))
            sweep->points = SIZE_MAX;
    }
    if (sweep->points > FREM_SWEEP_POINTS_MAX) {
        char most[32];
        (void)snprintf(most, sizeof most, "%d", FREM_SWEEP_POINTS_MAX);
        return FREM_PROBLEM(diags, in_command, SWEEP_POINTS, most);
    }
    return sobol ? frem_sobol_new(&sweep->sequence, sweep->n_varied) : FREM_OK;
}

static frem_status read_filters(frem_sweep *sweep, const frem_sweep_options *o, frem_diags *diags) {
    const frem_row_choice rows = {.measures = o->measures != NULL ? o->measures
                                                                  : "supply,demand,gap,shortage,coverage",
                                  .regions = o->regions != NULL ? o->regions : "all,groups",
                                  .years = o->years != NULL ? o->years : "every",
                                  .professions = o->professions != NULL ? o->professions : "each",
                                  .sectors = o->sectors != NULL ? o->sectors : "all"};
    frem_row_filter *filters = frem_arena_alloc(sweep->arena, sweep->n_models, sizeof *filters);
    if (filters == NULL)
        return FREM_NO_MEMORY;
    const frem_status status =
        frem_row_filters_read(sweep->arena, sweep->models, sweep->n_models, &rows, filters, diags);
    for (size_t m = 0; m < sweep->n_models; m++)
        sweep->swept[m].filter = filters[m];
    return status;
}

static frem_status plan(frem_sweep *sweep, const frem_sweep_options *options, frem_diags *diags) {
    frem_status status = frem_models_named_apart(sweep->models, sweep->n_models, diags);
    for (size_t m = 0; m < sweep->n_models; m++) {
        frem_place place = {sweep->models[m]->scenario->source->path, 0, 0};
        sweep->swept[m].model = sweep->models[m];
        if (!frem_model_projects(sweep->models[m]))
            status = FREM_PROBLEM(diags, place, NOTHING_TO_PROJECT, place.file);
    }
    if (status != FREM_OK)
        return status;
    if (options->n_vary == 0)
        status = FREM_PROBLEM(diags, in_command, VARY_NOTHING, "");
    frem_status varied = frem_sweep_read_varied(sweep, options, diags);
    frem_status filters = read_filters(sweep, options, diags);
    if (status == FREM_OK)
        status = varied;
    if (status == FREM_OK)
        status = plan_points(sweep, options, diags);
    if (status == FREM_OK)
        status = filters;
    return status == FREM_INVALID ? FREM_USAGE : status; /* the scenario is good, the wish is not */
}

frem_status frem_sweep_new(frem_sweep **out, const frem_model *const *models, size_t n_models,
                           const frem_sweep_options *options, frem_diags *diags) {
    *out = NULL;
    frem_arena *arena;
    frem_status status = frem_arena_new(&arena);
    if (status != FREM_OK)
        return status;
    frem_sweep *sweep = frem_arena_alloc(arena, 1, sizeof *sweep);
    if (sweep == NULL) {
        frem_arena_free(arena);
        return FREM_NO_MEMORY;
    }
    const frem_model **kept = frem_arena_alloc(arena, n_models + 1, sizeof *kept);
    *sweep = (frem_sweep){.arena = arena, .models = kept, .n_models = n_models};
    sweep->swept = frem_arena_alloc(arena, n_models + 1, sizeof *sweep->swept);
    status = kept != NULL && sweep->swept != NULL ? FREM_OK : FREM_NO_MEMORY;
    if (status == FREM_OK) {
        memcpy(kept, models, n_models * sizeof *kept);
        status = plan(sweep, options, diags);
    }
    if (status == FREM_OK)
        *out = sweep;
    else
        frem_sweep_free(sweep);
    return status;
}

void frem_sweep_free(frem_sweep *sweep) {
    if (sweep == NULL)
        return;
    frem_workspaces_end(&sweep->workspaces);
    frem_sobol_free(sweep->sequence);
    frem_arena_free(sweep->arena);
}

size_t frem_sweep_points(const frem_sweep *sweep) {
    return sweep->points * sweep->n_models;
}

frem_status frem_sweep_values(frem_sweep *sweep, size_t point, double *out) {
    if (sweep->sequence == NULL) {
        for (size_t v = sweep->n_varied; v-- > 0;) {
            out[v] = sweep->varied[v].values[point % sweep->varied[v].n_values];
            point /= sweep->varied[v].n_values;
        }
        return FREM_OK;
    }
    if (point < sweep->drawn) {
        frem_sobol_restart(sweep->sequence);
        sweep->drawn = 0;
    }
    frem_status status = FREM_OK;
    for (; sweep->drawn <= point && status == FREM_OK; sweep->drawn++)
        status = frem_sobol_next(sweep->sequence, sweep->unit);
    for (size_t v = 0; v < sweep->n_varied; v++)
        out[v] = sweep->varied[v].from + sweep->unit[v] * (sweep->varied[v].to - sweep->varied[v].from);
    return status;
}

/* ---- blocks ---- */

static size_t blocks_of_model(const frem_sweep *sweep) {
    return (sweep->points + FREM_LANES - 1) / FREM_LANES;
}

size_t frem_sweep_blocks(const frem_sweep *sweep) {
    return blocks_of_model(sweep) * sweep->n_models;
}

static size_t first_point(const frem_sweep *sweep, size_t block) {
    return block % blocks_of_model(sweep) * FREM_LANES;
}

size_t frem_sweep_block_points(const frem_sweep *sweep, size_t block) {
    size_t left = sweep->points - first_point(sweep, block);
    return left < FREM_LANES ? left : FREM_LANES;
}

frem_status frem_sweep_table(const frem_sweep *sweep, frem_frame **table) {
    static const char *const names[] = {"scenario", "variant", "point",     "year", "region", "profession",
                                        "sector",   "measure", "statistic", "unit", "value"};
    enum { NAMES = sizeof names / sizeof *names };
    size_t n = NAMES + sweep->n_varied;
    const char **all = calloc(n, sizeof *all);
    frem_column_kind *kinds = calloc(n, sizeof *kinds);
    frem_status status = all != NULL && kinds != NULL ? FREM_OK : FREM_NO_MEMORY;
    for (size_t i = 0; i < n && status == FREM_OK; i++) {
        bool varied = i >= FREM_SWEEP_VARIED && i < FREM_SWEEP_VARIED + sweep->n_varied;
        all[i] = i < FREM_SWEEP_VARIED ? names[i]
                 : varied              ? sweep->varied[i - FREM_SWEEP_VARIED].column
                                       : names[i - sweep->n_varied];
        kinds[i] = varied || i + 1 == n                                                ? FREM_COLUMN_NUMBER
                   : i == FREM_SWEEP_POINT || i == FREM_SWEEP_VARIED + sweep->n_varied ? FREM_COLUMN_WHOLE
                                                                                       : FREM_COLUMN_LABEL;
    }
    if (status == FREM_OK)
        status = frem_frame_new(table, all, kinds, n);
    free(all);
    free(kinds);
    return status;
}

/* A block that is worked on. */
typedef struct task {
    size_t block, points;
    const frem_swept *swept;
    double *values; /* [lane][varied] */
    frem_change *changes;
    bool failed; /* a point is no scenario, or there are no rows */
} task;

typedef struct projecting {
    const frem_sweep *sweep;
    task *tasks;
    frem_pool *inner; /* shares one block's work; NULL where the blocks are shared out */
    frem_isa isa;
    frem_block_take take;
    void *context;
} projecting;

/* The values and changes of a block's points. They are made one block after the other: a sequence has an order. */
static frem_status make_task(frem_sweep *sweep, size_t block, task *out) {
    size_t n = sweep->n_varied;
    *out = (task){.block = block,
                  .points = frem_sweep_block_points(sweep, block),
                  .swept = &sweep->swept[block / blocks_of_model(sweep)]};
    out->values = calloc(out->points * n, sizeof *out->values);
    out->changes = calloc(out->points * n, sizeof *out->changes);
    if (out->values == NULL || out->changes == NULL)
        return FREM_NO_MEMORY;
    frem_status status = FREM_OK;
    for (size_t lane = 0; lane < out->points && status == FREM_OK; lane++) {
        status = frem_sweep_values(sweep, first_point(sweep, block) + lane, out->values + lane * n);
        for (size_t v = 0; v < n; v++)
            out->changes[lane * n + v] =
                (frem_change){.parameter = out->swept->parameters[v],
                              .lane = lane,
                              .kind = sweep->varied[v].kind,
                              .number = out->values[lane * n + v],
                              .first_year = sweep->varied[v].first_year > 0 ? sweep->varied[v].first_year
                                                                            : out->swept->model->base + 1};
    }
    return status;
}

static void free_tasks(task *tasks, size_t n) {
    for (size_t i = 0; i < n && tasks != NULL; i++) {
        free(tasks[i].values);
        free(tasks[i].changes);
    }
    free(tasks);
}

/* Adds the rows of a block's points. */
static frem_status add_rows(const frem_sweep *sweep, const task *t, const frem_batch *batch,
                            const frem_core_results *projection, frem_frame *table) {
    size_t n = sweep->n_varied;
    frem_cell *cells = calloc(n + 1, sizeof *cells);
    frem_status status = cells != NULL ? FREM_OK : FREM_NO_MEMORY;
    for (size_t lane = 0; lane < t->points && status == FREM_OK; lane++) {
        frem_rows_place place = {lane, &t->swept->filter, cells, n + 1};
        cells[0].whole = (int32_t)(first_point(sweep, t->block) + lane + 1);
        for (size_t v = 0; v < n; v++)
            cells[1 + v].number = t->values[lane * n + v];
        status = frem_results_rows_at(table, batch, projection, t->swept->model->scenario->name,
                                      t->swept->model->scenario->variant, &place);
    }
    free(cells);
    return status;
}

static frem_case_batch batch_of(const projecting *p, const task *t) {
    return (frem_case_batch){t->swept->model,  t->points, t->changes, t->points * p->sweep->n_varied, NULL,
                             &t->swept->filter};
}

static frem_status project(const projecting *p, const task *t, unsigned worker, frem_frame *table) {
    frem_workspace *workspace = p->sweep->workspaces.of[worker];
    const frem_case_batch cases = batch_of(p, t);
    const frem_status status = frem_workspace_project(workspace, &cases, p->inner, p->isa, NULL);
    return status == FREM_OK ? add_rows(p->sweep, t, workspace->batch, workspace->projection, table) : status;
}

static frem_status do_task(void *context, size_t item, unsigned worker) {
    const projecting *p = context;
    frem_frame *table = NULL;
    task *t = &p->tasks[item];
    frem_status status = frem_sweep_table(p->sweep, &table);
    if (status == FREM_OK)
        status = project(p, t, worker, table);
    if (status == FREM_OK && frem_frame_rows(table) == 0)
        status = FREM_INVALID;
    t->failed = status == FREM_INVALID;
    if (status == FREM_OK)
        return p->take(p->context, t->block, table);
    frem_frame_free(table);
    return status;
}

/* Names the first point of a block that cannot be projected, after its problem. */
static frem_status explain(const projecting *p, const task *t, frem_diags *diags) {
    const frem_case_batch cases = batch_of(p, t);
    const size_t n = p->sweep->n_varied;
    size_t lane = 0;
    frem_text values = {0};
    char number[32], point[32];
    frem_status status = frem_workspace_refused(p->sweep->workspaces.of[0], &cases, p->isa, diags, &lane);
    if (status == FREM_OK)
        return FREM_PROBLEM(diags, in_command, SWEEP_EMPTY, "");
    for (size_t v = 0; v < n; v++) {
        frem_number_shortest(number, t->values[lane * n + v]);
        frem_text_print(&values, "%s%s=%s", v > 0 ? ", " : "", p->sweep->varied[v].column, number);
    }
    (void)snprintf(point, sizeof point, "%zu", first_point(p->sweep, t->block) + lane + 1);
    if (status == FREM_INVALID)
        status = FREM_PROBLEM(diags, in_command, SWEEP_POINT, point, values.failed ? "" : values.bytes);
    frem_text_free(&values);
    return status;
}

frem_status frem_sweep_project(frem_sweep *sweep, const size_t *blocks, size_t n, frem_pool *pool,
                               frem_isa isa, frem_block_take take, void *context, frem_diags *diags) {
    projecting p = {.sweep = sweep, .isa = isa, .take = take, .context = context};
    p.tasks = calloc(n + 1, sizeof *p.tasks);
    frem_status status = p.tasks != NULL ? frem_workspaces_for(&sweep->workspaces, pool) : FREM_NO_MEMORY;
    for (size_t i = 0; i < n && status == FREM_OK; i++)
        status = make_task(sweep, blocks[i], &p.tasks[i]);
    if (status == FREM_OK) {
        p.inner = n == 1 ? pool : NULL;
        status = frem_pool_each(n == 1 ? NULL : pool, n, do_task, &p);
    }
    /* Workers may not share the problems, so they are looked for again. */
    for (size_t i = 0; i < n && status == FREM_INVALID; i++) {
        if (p.tasks[i].failed) {
            status = explain(&p, &p.tasks[i], diags);
            break;
        }
    }
    free_tasks(p.tasks, n);
    return status;
}

/* ---- in order ---- */

/* Parts of the table that are finished and wait for their turn. */
typedef struct waiting {
    size_t first;
    frem_frame **parts;
} waiting;

static frem_status keep_part(void *context, size_t block, frem_frame *rows) {
    const waiting *w = context;
    w->parts[block - w->first] = rows;
    return FREM_OK;
}

frem_status frem_sweep_run(frem_sweep *sweep, const frem_run_options *options, frem_sweep_take take,
                           void *context, frem_diags *diags) {
    frem_isa isa = frem_results_isa(options->isa);
    frem_pool *pool = NULL;
    if (isa == FREM_ISA_COUNT)
        return FREM_USAGE;
    frem_status status = frem_pool_new(&pool, options->threads);
    size_t blocks = frem_sweep_blocks(sweep), wave = status == FREM_OK ? frem_pool_threads(pool) : 0;
    size_t *numbers = calloc(wave + 1, sizeof *numbers), done = 0;
    waiting w = {0, calloc(wave + 1, sizeof *w.parts)};
    if (status == FREM_OK && (numbers == NULL || w.parts == NULL))
        status = FREM_NO_MEMORY;
    for (size_t n = 0; w.first < blocks && status == FREM_OK; w.first += n) {
        status = frem_progress_at(options->progress, FREM_PHASE_PROJECT, done, frem_sweep_points(sweep));
        n = blocks - w.first < wave ? blocks - w.first : wave;
        for (size_t i = 0; i < n; i++)
            numbers[i] = w.first + i;
        if (status == FREM_OK)
            status = frem_sweep_project(sweep, numbers, n, pool, isa, keep_part, &w, diags);
        for (size_t i = 0; i < n; i++) {
            if (status == FREM_OK)
                status = take(context, w.parts[i]);
            frem_frame_free(w.parts[i]);
            w.parts[i] = NULL;
            done += frem_sweep_block_points(sweep, w.first + i);
        }
    }
    free(numbers);
    free(w.parts);
    frem_pool_free(pool);
    return status;
}

frem_status frem_sweep_results(const frem_sweep *sweep, const frem_sources *sources,
                               const frem_run_options *options, frem_results **out) {
    frem_results *results = NULL;
    frem_status status = frem_results_empty(&results);
    if (status != FREM_OK)
        return status;
    status = frem_sweep_table(sweep, &results->table);
    results->document.kind = FREM_TABLE_SWEEP;
    results->document.results = results->table;
    results->document.sources = sources;
    results->document.command = options->command;
    results->document.n_command = options->n_command;
    if (status == FREM_OK)
        status = frem_results_describe(results, sweep->models, NULL, sweep->n_models);
    if (status == FREM_OK)
        *out = results;
    else
        frem_results_free(results);
    return status;
}
