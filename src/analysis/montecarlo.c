#include "fremskriv/montecarlo.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/address_list.h"
#include "analysis/answer.h"
#include "analysis/cases.h"
#include "analysis/focus.h"
#include "analysis/judge.h"
#include "analysis/montecarlo_draws.h"
#include "analysis/montecarlo_words.h"
#include "base/problem.h"

static const frem_place in_command = {"fremskriv", 0, 0};

enum { DRAWS = 1024, SOBOL_NUMBERS = 50 };
#define MEMORY ((size_t)256000000)

static frem_sampling sampling_of(const char *name, size_t numbers) {
    static const char *const names[] = {[FREM_SAMPLING_PLAIN] = "plain",
                                        [FREM_SAMPLING_ANTITHETIC] = "antithetic",
                                        [FREM_SAMPLING_LHS] = "lhs",
                                        [FREM_SAMPLING_SOBOL] = "sobol"};
    for (size_t i = 0; name != NULL && i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i], name) == 0)
            return (frem_sampling)i;
    }
    return numbers <= SOBOL_NUMBERS ? FREM_SAMPLING_SOBOL : FREM_SAMPLING_LHS;
}

static frem_status usage(frem_status status) {
    return status == FREM_INVALID ? FREM_USAGE : status;
}

/* The draws of a model, or what speaks against them. */
static frem_status make_draws(frem_sample *d, const frem_montecarlo_options *o) {
    const frem_scenario *s = d->model->scenario;
    const frem_sampling sampling = sampling_of(o->sampling, d->randoms->numbers);
    char given[32], most[32];
    if (d->randoms->n == 0)
        return FREM_PROBLEM(d->diags, ((frem_place){s->source->path, 0, 0}), DRAWS_NOTHING, s->name);
    if (d->n > FREM_DRAWS_MAX) {
        (void)snprintf(given, sizeof given, "%zu", d->n);
        (void)snprintf(most, sizeof most, "%d", FREM_DRAWS_MAX);
        return usage(FREM_PROBLEM(d->diags, in_command, DRAWS_RANGE, given, most));
    }
    if (sampling == FREM_SAMPLING_SOBOL && d->randoms->numbers > FREM_DRAWS_SOBOL_MAX) {
        (void)snprintf(given, sizeof given, "%zu", d->randoms->numbers);
        (void)snprintf(most, sizeof most, "%d", FREM_DRAWS_SOBOL_MAX);
        return usage(FREM_PROBLEM(d->diags, in_command, DRAWS_SOBOL, given, most));
    }
    return frem_draws_new(&d->draws, sampling, o->seed, d->n, d->randoms->numbers);
}

/* ---- draws that are kept ---- */

static const frem_answer_column kept_columns[] = {
    FREM_ANSWER_SCENARIO,
    {.name = "draw", .kind = FREM_COLUMN_WHOLE, .meaning = "number of the draw, from 1"},
    {.name = "address",
     .kind = FREM_COLUMN_LABEL,
     .meaning = "which result, MEASURE:PROFESSION:REGION:YEAR[:SECTOR]"},
    {.name = "value",
     .kind = FREM_COLUMN_NUMBER,
     .meaning = "the result, in the unit of the measure",
     .empty = true},
};

static frem_status add_kept_table(frem_results *results, size_t *table) {
    const frem_answer_table kept = {.name = "draws",
                                    .file = "draws.csv",
                                    .title = {{"Draws that were kept", "Trækninger, der blev gemt"}},
                                    .columns = kept_columns,
                                    .n_columns = sizeof kept_columns / sizeof *kept_columns,
                                    .long_one = true};
    return frem_answer_add_table(results, &kept, table);
}

static frem_status add_kept(frem_results *results, size_t table, const frem_model *model,
                            const frem_address_list *k, size_t draw, const double *values) {
    frem_status status = FREM_OK;
    for (size_t a = 0; a < k->n && status == FREM_OK; a++)
        status = frem_answer_add_row(results, table,
                                     (frem_answer_cell[]){{.text = model->scenario->name},
                                                          {.text = model->scenario->variant},
                                                          {.whole = (int)(draw + 1)},
                                                          {.text = k->texts[a]},
                                                          {.number = values[a]}});
    return status;
}

/* Projects the draws for the addresses alone, some at a time. */
static frem_status keep_draws(frem_results *results, size_t table, frem_sample *d,
                              const frem_address_list *k) {
    enum { TOGETHER = 512 };
    const frem_randoms *u = d->randoms;
    frem_cases cases = {.model = d->model,
                        .addresses = k->items,
                        .n_addresses = k->n,
                        .pool = d->pool,
                        .isa = d->isa,
                        .workspaces = &d->workspaces,
                        .progress = d->progress,
                        .total = d->n,
                        .diags = d->diags};
    double *numbers = malloc((TOGETHER * u->numbers + 1) * sizeof *numbers);
    double *values = malloc((TOGETHER * k->n + 1) * sizeof *values);
    frem_change *changes = malloc((TOGETHER * u->n_changes + 1) * sizeof *changes);
    frem_status status = numbers != NULL && values != NULL && changes != NULL ? FREM_OK : FREM_NO_MEMORY;
    for (size_t first = 0; first < d->n && status == FREM_OK; first += TOGETHER) {
        const size_t n = d->n - first < TOGETHER ? d->n - first : TOGETHER;
        status = frem_sample_changes(d, first, n, numbers, changes);
        if (status == FREM_OK)
            status = frem_cases_at(&cases, n, changes, n * u->n_changes, values, NULL);
        for (size_t i = 0; i < n && status == FREM_OK; i++)
            status = add_kept(results, table, d->model, k, first + i, values + i * k->n);
    }
    free(changes);
    free(values);
    free(numbers);
    return status;
}

/* ---- models ---- */

static frem_status add_model(frem_results *results, frem_sample *d, const frem_montecarlo_options *o,
                             size_t kept) {
    static const bool ratios[FREM_STATISTICS] = {[FREM_STATISTIC_SHORT] = true};
    const frem_scenario *s = d->model->scenario;
    frem_address_list k = {0};
    double *values = NULL;
    frem_status status = make_draws(d, o);
    if (status == FREM_OK)
        status = frem_address_list_read(&k, results->arena, &d->model, 1, o->keep, o->n_keep,
                                        FREM_ADDRESS_YEAR | FREM_ADDRESS_CHANGE, NULL, d->diags);
    if (status == FREM_OK)
        status = frem_sample_begin(d);
    if (status == FREM_OK) {
        values = malloc((d->n_rows * FREM_STATISTICS + 1) * sizeof *values);
        status = values != NULL ? frem_sample_statistics(d, values) : FREM_NO_MEMORY;
    }
    const frem_statistics all = {d->rows, d->n_rows, frem_statistic_names, ratios, FREM_STATISTICS, values};
    if (status == FREM_OK)
        status = frem_results_statistics(results->table, d->model, s->name, s->variant, &all);
    if (status == FREM_OK && k.n > 0)
        status = keep_draws(results, kept, d, &k);
    free(values);
    return status;
}

static frem_status add_models(frem_results *results, const frem_model *const *models, size_t n_models,
                              const frem_montecarlo_options *o, const frem_run_options *run, frem_isa isa,
                              size_t kept, frem_diags *diags) {
    frem_row_choice rows = run->rows;
    frem_row_filter *filters = frem_arena_alloc(results->arena, n_models + 1, sizeof *filters);
    frem_pool *pool = NULL;
    if (rows.measures == NULL)
        rows.measures = "supply,demand,gap,shortage";
    frem_status status = filters != NULL
                             ? frem_row_filters_read(results->arena, models, n_models, &rows, filters, diags)
                             : FREM_NO_MEMORY;
    if (status == FREM_OK)
        status = frem_pool_new(&pool, run->threads);
    for (size_t i = 0; i < n_models && status == FREM_OK; i++) {
        frem_sample d = {.model = models[i],
                         .randoms = models[i]->randoms,
                         .n = o->draws > 0 ? o->draws : DRAWS,
                         .memory = o->memory > 0 ? o->memory : MEMORY,
                         .filter = filters[i],
                         .pool = pool,
                         .isa = isa,
                         .progress = run->progress,
                         .diags = diags};
        status = add_model(results, &d, o, kept);
        frem_sample_end(&d);
    }
    frem_pool_free(pool);
    return status;
}

static frem_status begin(frem_results **out, const frem_montecarlo_options *o, const frem_run_options *run,
                         const frem_sources *sources, size_t *kept) {
    static const frem_label title = {{"How far the results are known", "Hvor sikre resultaterne er"}};
    frem_status status = frem_results_empty(out);
    if (status != FREM_OK)
        return status;
    frem_results *results = *out;
    status = frem_results_table_new(&results->table);
    results->document.kind = FREM_TABLE_RESULTS;
    results->document.results = results->table;
    results->document.sources = sources;
    results->document.command = run->command;
    results->document.n_command = run->n_command;
    results->document.chosen =
        (frem_chosen){run->rows.measures != NULL, run->rows.regions != NULL, run->rows.years != NULL};
    results->document.has_seed = true;
    results->document.seed = o->seed;
    if (status == FREM_OK)
        status = frem_answer_beside(results, "montecarlo", &title);
    if (status == FREM_OK && o->n_keep > 0)
        status = add_kept_table(results, kept);
    return status;
}

frem_status frem_montecarlo(frem_results **out, const frem_sources *sources, const frem_model *const *models,
                            size_t n_models, const frem_montecarlo_options *options,
                            const frem_run_options *run, frem_diags *diags) {
    *out = NULL;
    const frem_isa isa = frem_results_isa(run->isa);
    if (isa == FREM_ISA_COUNT)
        return FREM_USAGE;
    frem_status status = frem_models_named_apart(models, n_models, diags);
    for (size_t i = 0; i < n_models && status == FREM_OK; i++) {
        const frem_place place = {models[i]->scenario->source->path, 0, 0};
        if (!frem_model_projects(models[i]))
            status = FREM_PROBLEM(diags, place, NOTHING_TO_PROJECT, place.file);
    }
    if (status != FREM_OK)
        return status;
    frem_results *results = NULL;
    size_t kept = 0;
    status = begin(&results, options, run, sources, &kept);
    if (status == FREM_OK)
        status = add_models(results, models, n_models, options, run, isa, kept, diags);
    if (status == FREM_OK)
        status = frem_results_describe(results, models, NULL, n_models);
    if (status == FREM_OK)
        status = frem_results_focus(results, models, n_models, run, diags);
    if (status == FREM_OK)
        status = frem_results_name(results, run->with_names);
    if (status == FREM_OK)
        status =
            frem_montecarlo_words(results, models, n_models, options->draws > 0 ? options->draws : DRAWS);
    if (status == FREM_OK)
        status = frem_answer_say_base(results, models, n_models, NULL);
    if (status == FREM_OK)
        *out = results;
    else
        frem_results_free(results);
    return status;
}
