/* What results depend on: points of the distributions, projected in lanes. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/sensitivity.h"
#include "base/number.h"
#include "base/problem.h"
#include "base/text.h"

static const frem_place in_command = {"fremskriv", 0, 0};

/* ---- inputs ---- */

static bool moves(const frem_random *u) {
    return u->n_parameters > 0;
}

/* One for each uncertainty that moves something. */
static frem_status list_movers(frem_sensitive *s, const frem_asking *a) {
    const frem_status status = frem_movers_randoms(a->arena, s->model, s->randoms, &s->movers);
    s->inputs = frem_arena_alloc(a->arena, s->movers.n + 1, sizeof *s->inputs);
    if (status != FREM_OK || s->inputs == NULL)
        return status != FREM_OK ? status : FREM_NO_MEMORY;
    for (size_t i = 0; i < s->movers.n; i++)
        s->inputs[i] = (frem_input){s->movers.items[i].key, s->movers.items[i].label, &s->movers.items[i]};
    s->n_inputs = s->movers.n;
    return FREM_OK;
}

/* The group that an uncertainty is in; NULL where it is in none. @param[out] which of the scenario's groups */
static const frem_random_group *group_of(const frem_randoms *u, size_t random, size_t *which) {
    for (*which = 0; *which < u->n_groups; (*which)++) {
        const frem_random_group *group = &u->groups[*which];
        for (size_t i = 0; i < group->n; i++) {
            if (group->members[i] == random)
                return group;
        }
    }
    return NULL;
}

/* "leaving (exits_helpers, exits_assistants)". */
static frem_status name_group(const frem_sensitive *s, const frem_asking *a, const frem_random_group *group,
                              size_t which, frem_input *input) {
    frem_text text = {0};
    *input = (frem_input){.key = s->model->scenario->correlated.items[which].head.key};
    for (size_t i = 0; i < group->n; i++)
        frem_text_print(&text, "%s%s", i > 0 ? ", " : "",
                        s->randoms->items[group->members[i]].given->head.key);
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++)
        input->label.text[lang] =
            text.failed ? NULL : frem_arena_print(a->arena, "%s (%s)", input->key, text.bytes);
    frem_text_free(&text);
    return input->label.text[0] != NULL && input->label.text[1] != NULL ? FREM_OK : FREM_NO_MEMORY;
}

/* Those that are correlated are one. What moves nothing goes with the first input: it makes no difference.
 * @param[out] input_of [number] */
static frem_status list_groups(frem_sensitive *s, const frem_asking *a, size_t *input_of) {
    const frem_randoms *u = s->randoms;
    size_t *of_group = frem_arena_alloc(a->arena, u->n_groups + 1, sizeof *of_group), mover = 0, which;
    if (of_group == NULL)
        return FREM_NO_MEMORY;
    for (size_t g = 0; g < u->n_groups; g++)
        of_group[g] = SIZE_MAX;
    s->n_inputs = 0;
    for (size_t i = 0; i < u->n; i++) {
        const frem_random_group *group = group_of(u, i, &which);
        const frem_mover *own = moves(&u->items[i]) ? &s->movers.items[mover++] : NULL;
        size_t input = 0;
        if (own != NULL && (group == NULL || of_group[which] == SIZE_MAX)) {
            input = s->n_inputs++;
            s->inputs[input] = (frem_input){own->key, own->label, own};
            if (group != NULL && name_group(s, a, group, which, &s->inputs[input]) != FREM_OK)
                return FREM_NO_MEMORY;
        }
        if (group != NULL && own != NULL)
            input = of_group[which] = of_group[which] == SIZE_MAX ? input : of_group[which];
        for (size_t k = 0; k < u->items[i].numbers; k++)
            input_of[u->items[i].dimension + k] = input;
    }
    return FREM_OK;
}

/* ---- points ---- */

/* Points on their way through the model. */
typedef struct projecting {
    const frem_sensitive *s;
    frem_cases cases;
    frem_workspaces workspaces;
} projecting;

/* Reports where there is no result: "unemployment = 0.03, completion = 0.71". @param address NULL where it cannot be projected */
static frem_status no_result(const projecting *p, const double *numbers, const char *address) {
    const frem_randoms *u = p->s->randoms;
    frem_text text = {0};
    char digits[32];
    for (size_t i = 0; i < u->n; i++) {
        if (!moves(&u->items[i]))
            continue;
        (void)frem_number_brief(digits, numbers[u->items[i].dimension], (double)NAN);
        frem_text_print(&text, "%s%s = %s", text.length > 0 ? ", " : "", u->items[i].given->head.key, digits);
    }
    const char *where = text.failed || text.bytes == NULL ? "" : text.bytes;
    const frem_status status =
        address == NULL ? FREM_PROBLEM(p->cases.diags, in_command, SENSITIVITY_POINT, where)
                        : FREM_PROBLEM(p->cases.diags, in_command, SENSITIVITY_LACKS, address, where);
    frem_text_free(&text);
    return status;
}

/* @param numbers [n][numbers] of the distributions. @param[out] out [n][address] */
static frem_status project(projecting *p, const double *numbers, size_t n, double *out) {
    const frem_randoms *u = p->s->randoms;
    frem_change *changes = calloc(n * u->n_changes + 1, sizeof *changes);
    size_t refused = 0;
    if (changes == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < n; i++)
        frem_randoms_changes(u, numbers + i * u->numbers, i, changes + i * u->n_changes);
    frem_status status = frem_cases_at(&p->cases, n, changes, n * u->n_changes, out, &refused);
    free(changes);
    if (status == FREM_INVALID)
        return no_result(p, numbers + refused * u->numbers, NULL);
    for (size_t i = 0; i < n * p->cases.n_addresses && status == FREM_OK; i++) {
        if (!isfinite(out[i]))
            status = no_result(p, numbers + i / p->cases.n_addresses * u->numbers,
                               p->s->addresses.texts[i % p->cases.n_addresses]);
    }
    return status;
}

/* Independent numbers in (0, 1), one of each draw's numbers: as `montecarlo` draws. */
static frem_status at_draws(void *context, const double *points, size_t n, double *out) {
    projecting *p = context;
    const frem_randoms *u = p->s->randoms;
    double *numbers = malloc((n * u->numbers + 1) * sizeof *numbers),
           *scratch = malloc((u->numbers + 1) * sizeof *scratch);
    frem_status status = numbers != NULL && scratch != NULL ? FREM_OK : FREM_NO_MEMORY;
    if (status == FREM_OK) {
        memcpy(numbers, points, n * u->numbers * sizeof *numbers);
        for (size_t i = 0; i < n; i++)
            frem_randoms_draw(u, numbers + i * u->numbers, scratch);
        status = project(p, numbers, n, out);
    }
    free(scratch);
    free(numbers);
    return status;
}

/* One number in (0, 1) for each that moves something: its quantile, of a path in each year. */
static frem_status at_quantiles(void *context, const double *points, size_t n, double *out) {
    projecting *p = context;
    const frem_randoms *u = p->s->randoms;
    double *numbers = malloc((n * u->numbers + 1) * sizeof *numbers);
    if (numbers == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0, mover = 0; k < u->n; k++) {
            const double share = moves(&u->items[k]) ? points[i * p->s->movers.n + mover++] : 0.5;
            frem_random_at(&u->items[k], share, numbers + i * u->numbers + u->items[k].dimension);
        }
    }
    const frem_status status = project(p, numbers, n, out);
    free(numbers);
    return status;
}

/* ---- methods ---- */

static frem_status find_effects(frem_sensitive *s, const frem_asking *a, projecting *p) {
    size_t *each = frem_arena_alloc(a->arena, s->n_inputs + 1, sizeof *each);
    s->effects = frem_arena_alloc(a->arena, s->addresses.n * s->n_inputs + 1, sizeof *s->effects);
    if (each == NULL || s->effects == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < s->n_inputs; i++)
        each[i] = i;
    const frem_responses responses = {.numbers = s->n_inputs,
                                      .inputs = s->n_inputs,
                                      .input_of = each,
                                      .results = s->addresses.n,
                                      .at = at_quantiles,
                                      .context = p};
    s->evaluations = a->points * (s->n_inputs + 1);
    p->cases.total = s->evaluations;
    return frem_effects_find(&responses, a->points, a->options->seed, s->effects);
}

/* More numbers than this are not kept. */
#define VALUES_MAX 100000000

static frem_status find_indices(frem_sensitive *s, const frem_asking *a, projecting *p) {
    size_t *input_of = frem_arena_alloc(a->arena, s->randoms->numbers + 1, sizeof *input_of);
    frem_status status = input_of != NULL ? list_groups(s, a, input_of) : FREM_NO_MEMORY;
    if (status != FREM_OK)
        return status;
    const frem_responses responses = {.numbers = s->randoms->numbers,
                                      .inputs = s->n_inputs,
                                      .input_of = input_of,
                                      .results = s->addresses.n,
                                      .at = at_draws,
                                      .context = p};
    s->indices = frem_arena_alloc(a->arena, s->addresses.n * s->n_inputs + 1, sizeof *s->indices);
    if (s->indices == NULL)
        return FREM_NO_MEMORY;
    s->evaluations = frem_indices_evaluations(&responses, a->points);
    if (s->evaluations > VALUES_MAX / s->addresses.n) {
        char given[32];
        (void)snprintf(given, sizeof given, "%zu", s->evaluations);
        status = FREM_PROBLEM(a->diags, in_command, SENSITIVITY_MANY, given);
        return status == FREM_INVALID ? FREM_USAGE : status;
    }
    p->cases.total = s->evaluations;
    return frem_indices_find(&responses, a->points, a->options->seed, s->indices);
}

/* Reports why an end has no result: what the projection says, else that it is nothing. */
static frem_status explain_end(const frem_sensitive *s, const projecting *p, const frem_mover *m, size_t end,
                               size_t address) {
    frem_cases cases = p->cases;
    double *values = frem_arena_alloc(s->movers.arena, s->addresses.n, sizeof *values);
    const char *where = frem_arena_print(s->movers.arena, "%s = %s", m->key, m->ends[end].text[FREM_EN]);
    if (values == NULL || where == NULL)
        return FREM_NO_MEMORY;
    const frem_status status = frem_cases_at(&cases, 1, m->changes[end], m->n_changes, values, NULL);
    if (status == FREM_INVALID)
        return FREM_PROBLEM(cases.diags, in_command, SENSITIVITY_POINT, where);
    return status != FREM_OK
               ? status
               : FREM_PROBLEM(cases.diags, in_command, SENSITIVITY_LACKS, s->addresses.texts[address], where);
}

/* Both ends of each, or the model as it is alone. */
static frem_status try_movers(frem_sensitive *s, const projecting *p, bool ends) {
    const size_t n = s->movers.n;
    s->movers.n = ends ? n : 0;
    frem_status status = frem_movers_try(&s->movers, &p->cases);
    s->movers.n = n;
    if (status == FREM_OK)
        status = frem_cases_known(&p->cases, s->movers.base);
    for (size_t i = 0; i < n && ends && status == FREM_OK; i++) {
        for (size_t k = 0; k < FREM_ENDS * s->addresses.n && status == FREM_OK; k++) {
            const size_t end = k / s->addresses.n, address = k % s->addresses.n;
            if (!isfinite(s->movers.items[i].at[end][address]))
                status = explain_end(s, p, &s->movers.items[i], end, address);
        }
    }
    return status;
}

frem_status frem_sensitive_find(frem_sensitive *s, const frem_asking *a) {
    projecting p = {.s = s,
                    .cases = {.model = s->model,
                              .addresses = s->addresses.items,
                              .n_addresses = s->addresses.n,
                              .pool = a->pool,
                              .isa = a->isa,
                              .progress = a->progress,
                              .diags = a->diags}};
    p.cases.workspaces = &p.workspaces;
    frem_status status = list_movers(s, a);
    if (status == FREM_OK)
        status = try_movers(s, &p, a->method == FREM_TORNADO);
    s->evaluations = 1 + FREM_ENDS * s->movers.n;
    if (status == FREM_OK && a->method == FREM_MORRIS)
        status = find_effects(s, a, &p);
    if (status == FREM_OK && a->method == FREM_SOBOL)
        status = find_indices(s, a, &p);
    frem_workspaces_end(&p.workspaces);
    return status;
}

double frem_sensitive_weight(const frem_sensitive *s, size_t address, size_t input) {
    const size_t at = address * s->n_inputs + input;
    double weight = 0;
    if (s->indices != NULL)
        weight = s->indices[at].total.value;
    else if (s->effects != NULL)
        weight = s->effects[at].mu_star.value;
    else
        weight = frem_mover_width(&s->movers, s->inputs[input].mover, address);
    return isnan(weight) ? 0 : weight;
}

bool frem_sensitive_moves(const frem_sensitive *s, size_t address, size_t input) {
    const double least = s->indices != NULL ? 5e-7 : 1e-9 * (1 + fabs(s->movers.base[address]));
    const double weight = s->indices != NULL ? s->indices[address * s->n_inputs + input].total.high
                                             : frem_sensitive_weight(s, address, input);
    return weight >= least;
}

bool frem_index_is_clear(const frem_estimate *index) {
    return index->low >= 5e-7;
}
