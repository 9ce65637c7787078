/* Sensitivity: what is asked, and the distributions of what a command varies. */
#include "analysis/sensitivity.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/answer.h"
#include "analysis/judge.h"
#include "analysis/sweep.h"
#include "base/problem.h"
#include "numeric/draws.h"

static const frem_place in_command = {"fremskriv", 0, 0};

const char *const frem_method_names[FREM_METHODS] = {"tornado", "morris", "sobol"};

enum { TRAJECTORIES = 20, BASE_POINTS = 1024 };

static frem_status usage(frem_status raised) {
    return raised == FREM_INVALID ? FREM_USAGE : raised;
}

/* ---- options ---- */

static frem_status read_method(frem_asking *a) {
    const char *name = a->options->method;
    a->method = name == NULL ? FREM_TORNADO : FREM_METHODS;
    for (size_t i = 0; name != NULL && i < FREM_METHODS; i++) {
        if (strcmp(name, frem_method_names[i]) == 0)
            a->method = (frem_sensitivity_method)i;
    }
    return a->method < FREM_METHODS ? FREM_OK
                                    : usage(FREM_PROBLEM(a->diags, in_command, OPTION_VALUE, "--method", name,
                                                         "tornado, morris, sobol"));
}

/* How many points, with what speaks against another number. */
static frem_status read_points(frem_asking *a) {
    static const size_t least[] = {0, FREM_EFFECTS_MIN, FREM_INDICES_POINTS_MIN},
                        most[] = {0, FREM_EFFECTS_MAX, FREM_INDICES_POINTS_MAX},
                        usual[] = {0, TRAJECTORIES, BASE_POINTS};
    const size_t n = a->options->points;
    char given[32], low[32], high[32];
    a->points = n > 0 ? n : usual[a->method];
    (void)snprintf(given, sizeof given, "%zu", n);
    (void)snprintf(low, sizeof low, "%zu", least[a->method]);
    (void)snprintf(high, sizeof high, "%zu", most[a->method]);
    if (n > 0 && a->method == FREM_TORNADO)
        return usage(FREM_PROBLEM(a->diags, in_command, SENSITIVITY_POINTS_NONE, ""));
    if (a->points < least[a->method] || a->points > most[a->method])
        return usage(FREM_PROBLEM(a->diags, in_command, SENSITIVITY_POINTS_RANGE, given, low, high,
                                  frem_method_names[a->method]));
    if (a->method == FREM_SOBOL && (a->points & (a->points - 1)) != 0) {
        size_t below = least[a->method];
        while (2 * below < n)
            below *= 2;
        (void)snprintf(low, sizeof low, "%zu", below);
        (void)snprintf(high, sizeof high, "%zu", 2 * below);
        return usage(FREM_PROBLEM(a->diags, in_command, SENSITIVITY_POINTS_POWER, given, low, high));
    }
    return FREM_OK;
}

static frem_status read_options(frem_asking *a, const frem_run_options *run) {
    frem_status status = read_method(a);
    if (status == FREM_OK)
        status = read_points(a);
    if (status == FREM_OK && a->options->n_of == 0)
        status = usage(FREM_PROBLEM(a->diags, in_command, SENSITIVITY_OF, ""));
    a->isa = frem_results_isa(run->isa);
    return status == FREM_OK && a->isa == FREM_ISA_COUNT ? FREM_USAGE : status;
}

/* ---- what a command varies ---- */

/* As if the scenario said `PATH: {uniform: {min: FROM, max: TO}}`. */
static frem_status make_random(const frem_asking *a, const frem_model *model, const frem_varied *varied,
                               size_t parameter, frem_random *out) {
    frem_uncertain *given = frem_arena_alloc(a->arena, 1, sizeof *given);
    size_t *parameters = frem_arena_alloc(a->arena, 1, sizeof *parameters);
    if (given == NULL || parameters == NULL)
        return FREM_NO_MEMORY;
    *given = (frem_uncertain){.head = {.key = varied->column, .path = varied->column, .place = in_command},
                              .path = FREM_UNCERTAIN_LEVEL};
    *parameters = parameter;
    *out = (frem_random){.given = given,
                         .distribution = {.kind = FREM_DISTRIBUTION_UNIFORM,
                                          .min = varied->from,
                                          .max = varied->to,
                                          .least = -HUGE_VAL,
                                          .most = HUGE_VAL},
                         .kind = varied->kind,
                         .parameters = parameters,
                         .n_parameters = 1,
                         .first_year = varied->first_year > 0 ? varied->first_year : model->base + 1,
                         .numbers = 1,
                         .address = frem_draws_parameter(varied->column),
                         .least = -HUGE_VAL,
                         .most = HUGE_VAL};
    return frem_distribution_ready(&out->distribution);
}

static frem_status read_vary(const frem_asking *a, const frem_model *model, const char *text,
                             frem_varied *varied, frem_random *out) {
    size_t parameter = 0;
    frem_status status = frem_varied_read(a->arena, varied, text, FREM_DESIGN_SOBOL, a->diags);
    if (status == FREM_OK && !(varied->from < varied->to))
        status = FREM_PROBLEM(a->diags, in_command, SOLVE_BOUNDS, varied->column);
    if (status == FREM_OK)
        status = frem_varied_find(model, varied, &parameter, a->diags);
    if (status == FREM_OK)
        status = frem_varied_check(model, parameter, varied, a->diags);
    if (status == FREM_OK)
        status = frem_varied_total(model, parameter, varied, a->diags);
    return status == FREM_OK ? make_random(a, model, varied, parameter, out) : status;
}

frem_status frem_varied_randoms(const frem_asking *a, const frem_model *model, const frem_randoms **out) {
    const size_t n = a->options->n_vary;
    frem_randoms *randoms = frem_arena_alloc(a->arena, 1, sizeof *randoms);
    frem_varied *varied = frem_arena_alloc(a->arena, n, sizeof *varied);
    frem_random *items = frem_arena_alloc(a->arena, n, sizeof *items);
    frem_status status = randoms != NULL && varied != NULL && items != NULL ? FREM_OK : FREM_NO_MEMORY;
    for (size_t i = 0; i < n && status != FREM_NO_MEMORY; i++) {
        frem_status one = read_vary(a, model, a->options->vary[i], &varied[i], &items[i]);
        for (size_t k = 0; k < i && one == FREM_OK; k++) {
            if (varied[k].path != NULL && strcmp(varied[k].path, varied[i].path) == 0)
                one = FREM_PROBLEM(a->diags, in_command, VARY_TWICE, varied[i].path);
        }
        items[i].dimension = i;
        status = one != FREM_OK ? one : status;
    }
    if (status == FREM_OK)
        *randoms = (frem_randoms){.items = items, .n = n, .numbers = n, .n_changes = n};
    *out = randoms;
    return usage(status);
}

/* ---- models ---- */

static frem_status begin_model(frem_sensitive *s, const frem_asking *a) {
    const frem_scenario *scenario = s->model->scenario;
    const frem_place place = {scenario->source->path, 0, 0};
    if (!frem_model_projects(s->model))
        return FREM_PROBLEM(a->diags, place, NOTHING_TO_PROJECT, place.file);
    s->randoms = s->model->randoms;
    frem_status status =
        frem_address_list_read(&s->addresses, a->arena, &s->model, 1, a->options->of, a->options->n_of,
                               FREM_ADDRESS_YEAR | FREM_ADDRESS_CHANGE, "--of", a->diags);
    if (a->options->n_vary > 0) {
        const frem_status varied = frem_varied_randoms(a, s->model, &s->randoms);
        status = status == FREM_OK || varied == FREM_NO_MEMORY ? varied : status;
    }
    if (status == FREM_OK && s->randoms->n_changes == 0)
        status = FREM_PROBLEM(a->diags, place, SENSITIVITY_NOTHING, scenario->name);
    return status;
}

static frem_status find_all(frem_sensitive *all, const frem_model *const *models, size_t n,
                            const frem_asking *a) {
    frem_status status = FREM_OK;
    for (size_t m = 0; m < n && status != FREM_NO_MEMORY; m++) {
        all[m] = (frem_sensitive){.model = models[m]};
        const frem_status one = begin_model(&all[m], a);
        status = one != FREM_OK ? one : status;
    }
    for (size_t m = 0; m < n && status == FREM_OK; m++)
        status = frem_sensitive_find(&all[m], a);
    return status;
}

static frem_status make_answer(frem_results *results, frem_asking *a, const frem_model *const *models,
                               size_t n, unsigned threads) {
    frem_sensitive *all = frem_arena_alloc(a->arena, n + 1, sizeof *all);
    frem_status status = all != NULL ? frem_pool_new(&a->pool, threads) : FREM_NO_MEMORY;
    if (status == FREM_OK)
        status = find_all(all, models, n, a);
    frem_pool_free(a->pool);
    a->pool = NULL;
    return status == FREM_OK ? frem_sensitive_answer(results, a, all, n) : status;
}

frem_status frem_sensitivity_new(frem_results **out, const frem_sources *sources,
                                 const frem_model *const *models, size_t n_models,
                                 const frem_sensitivity_options *options, const frem_run_options *run,
                                 frem_diags *diags) {
    static const frem_label title = {{"What the results depend on", "Hvad resultaterne afhænger af"}};
    frem_asking a = {.options = options, .progress = run->progress, .diags = diags};
    frem_results *results = NULL;
    *out = NULL;
    frem_status status = read_options(&a, run);
    if (status == FREM_OK)
        status = frem_models_named_apart(models, n_models, diags);
    if (status == FREM_OK)
        status = frem_answer_new(&results, "sensitivity", &title, models, n_models, sources, run);
    if (status != FREM_OK)
        return status;
    a.arena = frem_answer_arena(results);
    results->document.has_seed = a.method != FREM_TORNADO;
    results->document.seed = options->seed;
    status = make_answer(results, &a, models, n_models, run->threads);
    if (status == FREM_OK)
        *out = results;
    else
        frem_results_free(results);
    return status;
}
