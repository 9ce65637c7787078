/* Solving: what is to be found and for what, and the projections of values that are tried. */
#include "analysis/solve.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/address.h"
#include "analysis/judge.h"
#include "base/number.h"
#include "base/problem.h"
#include "base/text.h"

static const frem_place in_command = {"fremskriv", 0, 0};

/* ---- options ---- */

/* "ADDRESS=VALUE". */
static frem_status read_target(frem_solving *s, size_t i, const char *text, frem_diags *diags) {
    frem_target *target = &s->targets[i];
    const frem_status status =
        frem_target_read(s->arena, s->cases.model, text, FREM_ADDRESS_YEAR | FREM_ADDRESS_CHANGE,
                         &s->addresses[i], &target->wanted, diags);
    if (status != FREM_OK)
        return status;
    char *address = frem_address_text(&s->addresses[i]);
    target->address = address != NULL ? frem_arena_text(s->arena, address, strlen(address)) : NULL;
    free(address);
    if (target->address == NULL)
        return FREM_NO_MEMORY;
    target->tolerance = 1e-9 * fmax(1, fabs(target->wanted));
    for (size_t k = 0; k < i; k++) {
        if (s->targets[k].address != NULL &&
            frem_address_same(s->cases.model, &s->addresses[k], &s->addresses[i]))
            return FREM_PROBLEM(diags, in_command, GIVEN_TWICE, "--target", target->address);
    }
    return FREM_OK;
}

/* Bounds that are not given: the parameter's range. */
static frem_status default_bounds(const frem_model *model, frem_varying *unknown) {
    frem_parameter parameter;
    if (!frem_model_parameter(model, unknown->parameter, &parameter))
        return FREM_DEFECT;
    unknown->varied.from = parameter.min;
    unknown->varied.to = parameter.max;
    unknown->open = !isfinite(parameter.min) || !isfinite(parameter.max);
    return FREM_OK;
}

/* "PATH" alone, or as `sweep` has it: "PATH=MIN:MAX". */
static frem_status read_path(frem_solving *s, frem_varied *varied, const char *text, bool bare,
                             frem_diags *diags) {
    if (!bare)
        return frem_varied_read(s->arena, varied, text, FREM_DESIGN_SOBOL, diags);
    const char *path = frem_arena_text(s->arena, text, strlen(text));
    if (path == NULL)
        return FREM_NO_MEMORY;
    *varied = (frem_varied){.path = path, .column = path, .kind = FREM_CHANGE_SET};
    return FREM_OK;
}

static frem_status read_vary(frem_solving *s, size_t i, const char *text, int from, frem_diags *diags) {
    const frem_model *model = s->cases.model;
    frem_varying *unknown = &s->unknowns[i];
    frem_varied *varied = &unknown->varied;
    const bool bare = strchr(text, '=') == NULL;
    frem_status status = read_path(s, varied, text, bare, diags);
    for (size_t k = 0; k < i && status == FREM_OK; k++) {
        if (s->unknowns[k].varied.path != NULL && strcmp(s->unknowns[k].varied.path, varied->path) == 0)
            status = FREM_PROBLEM(diags, in_command, VARY_TWICE, varied->path);
    }
    if (status == FREM_OK && from > 0)
        varied->first_year = from;
    if (status == FREM_OK)
        status = frem_varied_find(model, varied, &unknown->parameter, diags);
    if (status == FREM_OK)
        status = frem_varied_total(model, unknown->parameter, varied, diags);
    if (status == FREM_OK && bare)
        status = default_bounds(model, unknown);
    else if (status == FREM_OK && varied->from >= varied->to)
        status = FREM_PROBLEM(diags, in_command, SOLVE_BOUNDS, varied->column);
    else if (status == FREM_OK)
        status = frem_varied_check(model, unknown->parameter, varied, diags);
    unknown->low = varied->from;
    unknown->high = varied->to;
    unknown->by_year = status == FREM_OK && frem_model_by_year(model, unknown->parameter);
    if (varied->first_year == 0)
        varied->first_year = model->base + 1;
    unknown->year = unknown->by_year ? varied->first_year : model->base;
    return status;
}

/* One scenario, and as many unknowns as targets. */
static frem_status check_counts(size_t n_models, const frem_solve_options *options, frem_diags *diags) {
    char unknowns[32], targets[32], most[32];
    (void)frem_number_shortest(unknowns, (double)options->n_vary);
    (void)frem_number_shortest(targets, (double)options->n_targets);
    (void)frem_number_shortest(most, FREM_UNKNOWNS_MAX);
    if (!(options->step >= 0) || !isfinite(options->step)) {
        (void)frem_number_shortest(most, options->step);
        return FREM_PROBLEM(diags, in_command, OPTION_VALUE, "--step", most, "0 …");
    }
    if (n_models != 1)
        return FREM_PROBLEM(diags, in_command, SOLVE_ONE_SCENARIO, "");
    if (options->n_vary == 0 || options->n_targets == 0)
        return FREM_PROBLEM(diags, in_command, SOLVE_NOTHING, "");
    if (options->n_vary != options->n_targets || options->n_vary > FREM_UNKNOWNS_MAX)
        return FREM_PROBLEM(diags, in_command, SOLVE_COUNTS, unknowns, targets, most);
    return FREM_OK;
}

/* Problems of one option do not hide those of the next. */
static frem_status worse(frem_status so_far, frem_status next) {
    return so_far == FREM_OK || next == FREM_NO_MEMORY ? next : so_far;
}

static frem_status read_options(frem_solving *s, const frem_solve_options *options, frem_diags *diags) {
    const frem_place place = {s->cases.model->scenario->source->path, 0, 0};
    frem_status status = FREM_OK;
    if (!frem_model_projects(s->cases.model))
        return FREM_PROBLEM(diags, place, NOTHING_TO_PROJECT, place.file);
    s->n = options->n_vary;
    s->step = options->step;
    s->unknowns = frem_arena_alloc(s->arena, s->n, sizeof *s->unknowns);
    s->targets = frem_arena_alloc(s->arena, s->n, sizeof *s->targets);
    s->addresses = frem_arena_alloc(s->arena, s->n, sizeof *s->addresses);
    if (s->unknowns == NULL || s->targets == NULL || s->addresses == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < s->n; i++) {
        s->unknowns[i] = (frem_varying){.value = (double)NAN};
        s->targets[i] = (frem_target){.address = NULL};
    }
    for (size_t i = 0; i < s->n; i++)
        status = worse(status, read_vary(s, i, options->vary[i], options->from, diags));
    for (size_t i = 0; i < s->n; i++)
        status = worse(status, read_target(s, i, options->targets[i], diags));
    s->cases.addresses = s->addresses;
    s->cases.n_addresses = s->n;
    return status;
}

/* ---- rounding ---- */

/* The nearest multiple of the step above or below a value; the other one where that lies outside the bounds that are given, or
 * the parameter's. NaN where both do. */
static double multiple(const frem_varying *unknown, double step, bool up) {
    const double at = unknown->value / step;
    const bool is_whole = fabs(at - round(at)) < 1e-9;
    for (size_t times = 0; times < 2; times++, up = !up) {
        const double value = (is_whole ? round(at) : up ? ceil(at) : floor(at)) * step;
        if (value >= unknown->varied.from && value <= unknown->varied.to)
            return value;
    }
    return (double)NAN;
}

/* No multiple of the step lies around a value. */
static frem_status no_multiple(const frem_solving *s, const frem_varying *unknown) {
    char step[32], low[32], high[32];
    (void)frem_number_shortest(step, s->step);
    (void)frem_number_shortest(low, unknown->varied.from);
    (void)frem_number_shortest(high, unknown->varied.to);
    const frem_status status =
        FREM_PROBLEM(s->cases.diags, in_command, SOLVE_STEP, unknown->varied.column, step, low, high);
    return status == FREM_INVALID ? FREM_NO_SOLUTION : status;
}

/* How far results are from what is wanted, as the largest miss among the targets by their size; infinite where there are none. */
static double distance(const frem_solving *s, const double *results) {
    double most = isnan(results[0]) ? (double)INFINITY : 0;
    for (size_t i = 0; i < s->n; i++)
        most = fmax(most, fabs(results[i] - s->targets[i].wanted) / fmax(1, fabs(s->targets[i].wanted)));
    return most;
}

/* Makes the answer multiples of the step: of all that are one up or down (of many unknowns the nearest) those that miss the
 * targets least. */
static frem_status round_answer(frem_solving *s) {
    enum { TRIED_MAX = 6 };
    const size_t n = s->n <= TRIED_MAX ? (size_t)1 << s->n : 1;
    double *at = calloc(n * s->n, sizeof *at), *results = calloc(n * s->n, sizeof *results);
    frem_status status = at != NULL && results != NULL ? FREM_OK : FREM_NO_MEMORY;
    size_t best = 0;
    for (size_t k = 0; k < n && status == FREM_OK; k++) {
        for (size_t i = 0; i < s->n; i++) {
            const double share = s->unknowns[i].value / s->step;
            const bool up = s->n <= TRIED_MAX ? (k >> i & 1u) != 0 : share - floor(share) >= 0.5;
            at[k * s->n + i] = multiple(&s->unknowns[i], s->step, up);
            if (isnan(at[k * s->n + i]) && status == FREM_OK)
                status = no_multiple(s, &s->unknowns[i]);
        }
    }
    if (status == FREM_OK)
        status = frem_solving_at(s, at, n, results);
    for (size_t k = 1; k < n && status == FREM_OK; k++)
        best = distance(s, results + k * s->n) < distance(s, results + best * s->n) ? k : best;
    if (status == FREM_OK && isnan(results[best * s->n]))
        status = frem_solving_refuse(s, at + best * s->n);
    for (size_t i = 0; i < s->n && status == FREM_OK; i++) {
        s->unknowns[i].value = at[best * s->n + i];
        s->unknowns[i].low = fmin(s->unknowns[i].low, s->unknowns[i].value);
        s->unknowns[i].high = fmax(s->unknowns[i].high, s->unknowns[i].value);
        s->targets[i].reached = results[best * s->n + i];
    }
    free(at);
    free(results);
    return status;
}

/* ---- the command ---- */

static frem_status solve(frem_solving *s, const frem_solve_options *options, frem_diags *diags) {
    const frem_status read = read_options(s, options, diags);
    if (read != FREM_OK)
        return read == FREM_INVALID ? FREM_USAGE : read; /* the scenario is good, the wish is not */
    frem_status status = frem_workspaces_for(&s->workspaces, s->cases.pool);
    s->cases.workspaces = &s->workspaces;
    if (status == FREM_OK)
        status = s->n == 1 ? frem_solve_one(s) : frem_solve_many(s);
    return status == FREM_OK && s->step > 0 ? round_answer(s) : status;
}

frem_status frem_solve_new(frem_results **out, const frem_sources *sources, const frem_model *const *models,
                           size_t n_models, const frem_solve_options *options, const frem_run_options *run,
                           frem_diags *diags) {
    frem_solving s = {.cases = {.model = n_models > 0 ? models[0] : NULL,
                                .isa = frem_results_isa(run->isa),
                                .progress = run->progress,
                                .diags = diags}};
    *out = NULL;
    if (s.cases.isa == FREM_ISA_COUNT)
        return FREM_USAGE;
    frem_status status = check_counts(n_models, options, diags);
    if (status != FREM_OK)
        return status == FREM_INVALID ? FREM_USAGE : status;
    status = frem_arena_new(&s.arena);
    if (status == FREM_OK)
        status = frem_pool_new(&s.cases.pool, run->threads);
    if (status == FREM_OK)
        status = solve(&s, options, diags);
    if (status == FREM_OK)
        status = frem_solving_answer(&s, sources, run, out);
    frem_workspaces_end(&s.workspaces);
    frem_pool_free(s.cases.pool);
    frem_arena_free(s.arena);
    return status;
}
