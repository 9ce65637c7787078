/* Projections from earlier years, with what was known then. */
#include "analysis/backtest.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/cases.h"
#include "analysis/changed.h"
#include "analysis/judge.h"
#include "base/problem.h"
#include "base/progress.h"

static const frem_place in_command = {"fremskriv", 0, 0};

/* ---- one projection ---- */

/* Every series in every year from the base year on. */
static frem_status evaluate(frem_backtest_work *b, const frem_model *model, const frem_run_options *options,
                            double *projected, double *begin) {
    const size_t n_years = b->n_years - (size_t)(model->base - b->first_year), n = b->n_series * n_years;
    frem_address *addresses = calloc(n + 1, sizeof *addresses);
    double *values = calloc(n + 1, sizeof *values);
    frem_cases cases = {.model = model,
                        .addresses = addresses,
                        .n_addresses = n,
                        .isa = frem_results_isa(options->isa),
                        .diags = b->diags};
    frem_status status = addresses != NULL && values != NULL ? FREM_OK : FREM_NO_MEMORY;
    for (size_t i = 0; i < n && status == FREM_OK; i++) {
        addresses[i] = b->series[i / n_years].address;
        addresses[i].first_year = addresses[i].last_year = model->base + (int)(i % n_years);
    }
    if (status == FREM_OK)
        status = frem_pool_new(&cases.pool, options->threads);
    if (status == FREM_OK)
        status = frem_cases_at(&cases, 1, NULL, 0, values, NULL);
    for (size_t i = 0; i < n && status == FREM_OK; i++) {
        projected[i / n_years * b->n_years + (b->n_years - n_years) + i % n_years] = values[i];
        if (i % n_years == 0)
            begin[i / n_years] = values[i];
    }
    frem_pool_free(cases.pool);
    free(values);
    free(addresses);
    return status;
}

/* In what the scenario as it was known differs from the scenario as it is, the years aside. */
static frem_status list_known(frem_backtest_work *b, const frem_scenario *now, const frem_scenario *then,
                              int from) {
    const frem_run run = {.name = now->name, .variant = now->variant, .file = now->source->path};
    frem_said *here, *there;
    frem_differs *differs = NULL;
    size_t n_here, n_there, n = 0;
    frem_status status = frem_scenario_said(b->arena, &run, now, FREM_SAYING_EFFECTS, &here, &n_here);
    if (status == FREM_OK)
        status = frem_scenario_said(b->arena, &run, then, FREM_SAYING_EFFECTS, &there, &n_there);
    if (status == FREM_OK)
        status = frem_said_differ(b->arena, here, n_here, there, n_there, &differs, &n);
    for (size_t i = 0; i < n && status == FREM_OK; i++) {
        const frem_said *before = differs[i].before, *after = differs[i].after;
        if (strncmp(frem_differs_path(&differs[i]), "years.", 6) == 0)
            continue;
        status = frem_answer_add_row(b->results, b->known,
                                     (frem_answer_cell[]){{.text = now->name},
                                                          {.text = now->variant},
                                                          {.whole = from},
                                                          {.text = frem_differs_path(&differs[i])},
                                                          {.text = after != NULL ? after->as.value : "~"},
                                                          {.text = before != NULL ? before->as.value : "~"}});
    }
    return status;
}

/* Tables that reach beyond a year, whose later rows were read as they are. @return their names; "" for none. */
static const char *later_tables(frem_backtest_work *b, const frem_model *model) {
    frem_text names = {0};
    frem_text_add(&names, "");
    for (size_t i = 0; i < model->n_tables; i++) {
        const frem_table *table = model->tables[i].table;
        const ptrdiff_t year = table != NULL ? frem_table_column(table, "year") : -1;
        int64_t last = 0;
        for (size_t row = 0; year >= 0 && row < frem_table_rows(table); row++) {
            size_t n;
            int64_t at;
            const char *cell = frem_table_cell(table, row, (size_t)year, &n);
            if (frem_whole_read(cell, n, &at) == FREM_NUMBER_OK && at > last)
                last = at;
        }
        if (last > model->base)
            frem_text_print(&names, "%s%s", names.length > 0 ? ", " : "", model->tables[i].source->name);
    }
    const char *kept = names.failed ? NULL : frem_arena_text(b->arena, names.bytes, names.length);
    frem_text_free(&names);
    return kept;
}

static frem_status say_later(frem_backtest_work *b, const frem_model *model) {
    const char *names = later_tables(b, model);
    if (names == NULL || names[0] == '\0')
        return names == NULL ? FREM_NO_MEMORY : FREM_OK;
    if (b->later != NULL && b->later_than == model->base && strcmp(b->later, names) == 0)
        return FREM_OK; /* said of the variant before */
    b->later = names;
    b->later_than = model->base;
    return frem_answer_say(
        b->results,
        frem_arena_print(
            b->arena,
            "Rows after %d of these tables were read as they are now: %s. What was published by then "
            "goes under `known`.",
            model->base, names),
        frem_arena_print(
            b->arena,
            "Rækker efter %d i disse tabeller er læst, som de er nu: %s. Det, der var offentliggjort "
            "dengang, skrives under `known`.",
            model->base, names));
}

static frem_status misused(frem_status reported) {
    return reported == FREM_INVALID ? FREM_USAGE : reported;
}

/* What a projection from a year must have: something to be judged, and all that was observed later. A flow has nothing in the
 * year itself, from which on it could have changed. */
static frem_status check_forecast(frem_backtest_work *b, const frem_forecast *forecast) {
    bool any = false;
    char year[16];
    for (size_t i = 0; i < b->n_observed; i++) {
        const frem_address *address = &b->observed[i].address;
        const double *projected = forecast->projected + b->series_of[i] * b->n_years;
        if (address->last_year <= forecast->from || address->first_year < forecast->from)
            continue;
        if (isnan(projected[address->last_year - b->first_year]))
            return frem_observation_nothing(&b->observed[i], b->diags);
        any = any || !isnan(projected[address->first_year - b->first_year]);
    }
    (void)snprintf(year, sizeof year, "%d", forecast->from);
    return any ? FREM_OK : misused(FREM_PROBLEM(b->diags, in_command, BACKTEST_EMPTY, year));
}

static frem_status compile(const frem_scenario *now, int from, int until, frem_diags *diags,
                           frem_scenario **then, frem_model **known) {
    const frem_status status = frem_scenario_known(then, now, from, until, diags);
    return status == FREM_OK ? frem_model_new(known, *then, diags) : status;
}

/* The scenario as it was known. Its warnings are those of the scenario, which have been shown, and of its shorter years. */
static frem_status compile_quietly(const frem_backtest_work *b, const frem_scenario *now, int from,
                                   frem_scenario **then, frem_model **known) {
    const int until = b->first_year + (int)b->n_years - 1;
    frem_diags *quiet = NULL;
    frem_status status = frem_diags_new(&quiet);
    if (status == FREM_OK)
        status = compile(now, from, until, quiet, then, known);
    frem_diags_free(quiet);
    if (status != FREM_INVALID)
        return status;
    frem_model_free(*known);
    frem_scenario_free(*then);
    *known = NULL;
    *then = NULL;
    return compile(now, from, until, b->diags, then, known);
}

/* Adds the forecast of a scenario from a year. */
static frem_status project_from(frem_backtest_work *b, const frem_model *model, int from,
                                const frem_run_options *options) {
    const frem_scenario *now = model->scenario;
    frem_scenario *then = NULL;
    frem_model *known = NULL;
    double *projected, *begin;
    char year[16];
    const bool variant = strcmp(now->variant, "base") != 0;
    const frem_forecast forecast = {now->name, now->variant, variant ? now->label.text[FREM_EN] : NULL,
                                    from,      NULL,         NULL};
    frem_status status = compile_quietly(b, now, from, &then, &known);
    if (status == FREM_OK)
        status = frem_backtest_add(b, &forecast, &projected, &begin);
    if (status == FREM_OK)
        status = evaluate(b, known, options, projected, begin);
    (void)snprintf(year, sizeof year, "%d", from);
    if (status == FREM_INVALID)
        status = FREM_PROBLEM(b->diags, in_command, BACKTEST_FROM, now->name, year);
    if (status == FREM_OK)
        status = check_forecast(b, &b->forecasts[b->n_forecasts - 1]);
    if (status == FREM_OK)
        status = list_known(b, now, then, from);
    if (status == FREM_OK)
        status = say_later(b, known);
    frem_model_free(known);
    frem_scenario_free(then);
    return status;
}

/* ---- all of it ---- */

/* Something must have come after each year. */
static frem_status check_years(const frem_backtest_work *b, const frem_backtest_options *backtest) {
    const int last = b->first_year + (int)b->n_years - 1;
    frem_status status = FREM_OK;
    for (size_t i = 0; i < backtest->n_from && status == FREM_OK; i++) {
        char year[16], until[16];
        (void)snprintf(year, sizeof year, "%d", backtest->from[i]);
        (void)snprintf(until, sizeof until, "%d", last);
        if (backtest->from[i] >= last)
            status = misused(FREM_PROBLEM(b->diags, in_command, BACKTEST_LATE, year, until));
        for (size_t k = 0; k < i && status == FREM_OK; k++) {
            if (backtest->from[k] == backtest->from[i])
                status = misused(FREM_PROBLEM(b->diags, in_command, GIVEN_TWICE, "--from", year));
        }
    }
    for (size_t i = 0; i < backtest->n_folders && status == FREM_OK; i++) {
        for (size_t k = 0; k < i && status == FREM_OK; k++) {
            if (strcmp(backtest->folders[k], backtest->folders[i]) == 0)
                status = misused(
                    FREM_PROBLEM(b->diags, in_command, GIVEN_TWICE, "--against", backtest->folders[i]));
        }
    }
    return status;
}

static frem_status add_known_table(frem_backtest_work *b) {
    static const frem_answer_column columns[] = {FREM_ANSWER_SCENARIO,
                                                 {.name = "from",
                                                  .kind = FREM_COLUMN_WHOLE,
                                                  .meaning = "year that it is projected from",
                                                  .heading = {{"From", "Fra"}}},
                                                 {.name = "path",
                                                  .kind = FREM_COLUMN_LABEL,
                                                  .meaning = "the value's dotted name in the scenario",
                                                  .heading = {{"Path", "Sti"}}},
                                                 {.name = "known",
                                                  .kind = FREM_COLUMN_LABEL,
                                                  .meaning = "the value as it was known then; ~: none",
                                                  .heading = {{"Known then", "Kendt dengang"}}},
                                                 {.name = "now",
                                                  .kind = FREM_COLUMN_LABEL,
                                                  .meaning = "the value as the scenario has it; ~: none",
                                                  .heading = {{"Now", "Nu"}}}};
    const frem_answer_table table = {.name = "backtest_known",
                                     .title = {{"What was known then", "Det, der var kendt dengang"}},
                                     .columns = columns,
                                     .n_columns = sizeof columns / sizeof *columns,
                                     .long_one = true};
    return frem_answer_add_table(b->results, &table, &b->known);
}

static frem_status fill(frem_backtest_work *b, const frem_model *const *models, size_t n_models,
                        const frem_backtest_options *backtest, const frem_run_options *options) {
    frem_status status = frem_backtest_series(b, backtest->from, backtest->n_from);
    if (status == FREM_OK)
        status = check_years(b, backtest);
    if (status == FREM_OK)
        status = frem_backtest_tables(b);
    if (status == FREM_OK)
        status = add_known_table(b);
    const uint64_t n = (uint64_t)(n_models * backtest->n_from);
    for (size_t i = 0; i < n && status == FREM_OK; i++) {
        status = frem_progress_at(options->progress, FREM_PHASE_PROJECT, i, n);
        if (status == FREM_OK)
            status =
                project_from(b, models[i / backtest->n_from], backtest->from[i % backtest->n_from], options);
    }
    for (size_t i = 0; i < backtest->n_folders && status == FREM_OK; i++)
        status = frem_backtest_folder(b, b->model->scenario->sources, backtest->folders[i]);
    if (status == FREM_OK)
        status = frem_backtest_judge(b);
    return status == FREM_OK ? frem_backtest_draw(b) : status;
}

frem_status frem_backtest(frem_results **out, const frem_sources *sources, const frem_model *const *models,
                          size_t n_models, const frem_backtest_options *backtest,
                          const frem_run_options *options, frem_diags *diags) {
    frem_backtest_work b = {.model = models[0], .diags = diags};
    *out = NULL;
    if (backtest->n_from + backtest->n_folders == 0)
        return misused(FREM_PROBLEM(diags, in_command, BACKTEST_WHEN, ""));
    for (size_t i = 1; i < n_models; i++) {
        if (models[i]->scenario->draft != models[0]->scenario->draft)
            return misused(FREM_PROBLEM(diags, in_command, ONE_WITH_VARIANTS, "backtest"));
    }
    b.several = n_models > 1 || backtest->n_folders > 0;
    frem_status status = frem_answer_new(&b.results, "backtest", &models[0]->scenario->title, models,
                                         n_models, sources, options);
    if (status != FREM_OK)
        return status;
    b.arena = frem_answer_arena(b.results);
    status = fill(&b, models, n_models, backtest, options);
    free(b.forecasts);
    if (status == FREM_OK)
        *out = b.results;
    else
        frem_results_free(b.results);
    return status;
}
