/* One unknown: the range is looked through on lanes, and what passes the target is narrowed. That a response is flat, turns,
 * jumps or meets the target more than once is found out, not assumed away. */
#include "analysis/solve.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/judge.h"
#include "base/number.h"
#include "base/problem.h"
#include "base/text.h"
#include "numeric/numeric.h"

static const frem_place in_command = {"fremskriv", 0, 0};

enum {
    PLACES = FREM_LANES - 1, /* of the first look; the last lane is the model as it is */
    SAMPLES_MAX = 512,
    TURNS_MAX = 4,   /* turns of the response that are looked at closer */
    EDGES_MAX = 3,   /* times that each end of a stretch that meets the target is looked at closer */
    WIDER_MAX = 3,   /* times that an open range is made wider */
    ANSWERS_MAX = 6, /* that are listed */
};

/* The response at one value. */
typedef struct sample {
    double at, miss; /* miss: the result less the target */
} sample;

/* Where the target is met: at one value, or at all of a stretch. */
typedef struct stretch {
    sample from;
    double until;
} stretch;

typedef struct search {
    frem_response response;
    double wanted, tolerance; /* a miss so small is none */
    double low, high;         /* bounds that are given, or the parameter's */
    bool open;                /* whether they may be made wider */
    sample samples[SAMPLES_MAX];
    size_t n; /* rising */
    double before;
    stretch answers[SAMPLES_MAX];
    size_t n_answers;
    bool jumps;
    sample jump;
} search;

/* ---- looking ---- */

static int by_value(const void *a, const void *b) {
    const double x = ((const sample *)a)->at, y = ((const sample *)b)->at;
    return (x > y) - (x < y);
}

/* Adds samples at some values, at most FREM_LANES. */
static frem_status look(search *s, const double *at, size_t n) {
    double values[FREM_LANES];
    if (s->n + n > SAMPLES_MAX)
        return FREM_OK;
    const frem_status status = frem_response_at(&s->response, at, n, values);
    for (size_t i = 0; i < n && status == FREM_OK; i++) {
        if (isnan(at[i]))
            s->before = values[i];
        else
            s->samples[s->n++] = (sample){at[i], values[i] - s->wanted};
    }
    qsort(s->samples, s->n, sizeof *s->samples, by_value);
    return status;
}

/* Evenly between two values, with both. */
static frem_status look_between(search *s, double low, double high, bool present) {
    double at[FREM_LANES];
    for (size_t i = 0; i < PLACES; i++)
        at[i] = i + 1 == PLACES ? high : low + (high - low) * (double)i / (PLACES - 1);
    at[PLACES] = (double)NAN;
    return look(s, at, present ? FREM_LANES : PLACES);
}

/* Between two samples, without them. */
static frem_status look_inside(search *s, double low, double high) {
    double at[FREM_LANES];
    for (size_t i = 0; i < FREM_LANES; i++)
        at[i] = low + (high - low) * (double)(i + 1) / (FREM_LANES + 1);
    return look(s, at, FREM_LANES);
}

static bool hits(const search *s, size_t i) {
    return fabs(s->samples[i].miss) <= s->tolerance;
}

static bool same_side(const search *s, size_t i, size_t j) {
    return !hits(s, i) && !hits(s, j) && (s->samples[i].miss > 0) == (s->samples[j].miss > 0);
}

/* Whether the response turns back at a sample before it meets the target: between its neighbours it may meet it twice. */
static bool turns(const search *s, size_t i) {
    return i > 0 && i + 1 < s->n && same_side(s, i - 1, i) && same_side(s, i, i + 1) &&
           fabs(s->samples[i].miss) < fabs(s->samples[i - 1].miss) - s->tolerance &&
           fabs(s->samples[i].miss) < fabs(s->samples[i + 1].miss) - s->tolerance;
}

static frem_status look_at_turns(search *s) {
    frem_status status = FREM_OK;
    for (size_t times = 0; times < TURNS_MAX; times++) {
        size_t at = 0;
        for (size_t i = 1; i + 1 < s->n; i++) {
            if (turns(s, i) && (at == 0 || fabs(s->samples[i].miss) < fabs(s->samples[at].miss)))
                at = i;
        }
        if (at == 0 || status != FREM_OK)
            return status;
        status = look_inside(s, s->samples[at - 1].at, s->samples[at + 1].at);
    }
    return status;
}

/* Whether a stretch that meets the target begins or ends between a sample and the next. */
static bool is_edge(const search *s, size_t i) {
    return (hits(s, i) && !hits(s, i + 1) && i > 0 && hits(s, i - 1)) ||
           (!hits(s, i) && hits(s, i + 1) && i + 2 < s->n && hits(s, i + 2));
}

static frem_status look_at_edges(search *s) {
    frem_status status = FREM_OK;
    for (size_t times = 0; times < EDGES_MAX; times++) {
        for (size_t i = s->n - 1; i-- > 0 && status == FREM_OK;) { /* what is added lies behind */
            if (is_edge(s, i))
                status = look_inside(s, s->samples[i].at, s->samples[i + 1].at);
        }
    }
    return status;
}

/* ---- answers ---- */

static frem_status miss_at(void *context, double at, double *value) {
    search *s = context;
    double result;
    const frem_status status = frem_response_at(&s->response, &at, 1, &result);
    *value = result - s->wanted;
    return status;
}

/* Narrows the place between two samples where the response passes the target. */
static frem_status narrow(search *s, const sample *low, const sample *high) {
    const frem_root_search root = {{low->at, high->at}, {low->miss, high->miss}, s->tolerance, miss_at, s};
    sample found;
    const frem_status status = frem_root_find(&root, &found.at, &found.miss);
    if (status != FREM_OK)
        return status;
    if (fabs(found.miss) <= 1000 * s->tolerance) {
        s->answers[s->n_answers++] = (stretch){found, found.at};
    } else if (!s->jumps || fabs(found.miss) < fabs(s->jump.miss)) {
        s->jumps = true;
        s->jump = found;
    }
    return FREM_OK;
}

/* Every sample that meets the target, and every place between two where the response passes it. */
static frem_status find_answers(search *s) {
    frem_status status = FREM_OK;
    s->n_answers = 0;
    for (size_t i = 0; i < s->n && status == FREM_OK; i++) {
        if (hits(s, i) && i > 0 && hits(s, i - 1))
            s->answers[s->n_answers - 1].until = s->samples[i].at;
        else if (hits(s, i))
            s->answers[s->n_answers++] = (stretch){s->samples[i], s->samples[i].at};
        else if (i + 1 < s->n && !hits(s, i + 1) && !same_side(s, i, i + 1))
            status = narrow(s, &s->samples[i], &s->samples[i + 1]);
    }
    return status;
}

static bool is_flat(const search *s) {
    double least = s->samples[0].miss, most = least;
    for (size_t i = 1; i < s->n; i++) {
        least = fmin(least, s->samples[i].miss);
        most = fmax(most, s->samples[i].miss);
    }
    return most - least <= s->tolerance;
}

/* Looks through the range, and where that has no end through wider ones until one holds an answer. */
static frem_status look_through(search *s) {
    double present = 0;
    const frem_series *series = &s->response.model->series[s->response.parameter];
    for (size_t i = 0; i < series->size; i++)
        present = isnan(series->at[i]) ? present : fmax(present, fabs(series->at[i]));
    if (s->open) {
        s->low = fmax(s->low, -2 * present);
        s->high = fmin(s->high, present > 0 ? 2 * present : 1);
    }
    frem_status status = look_between(s, s->low, s->high, true);
    for (size_t wider = 0; status == FREM_OK; wider++) {
        status = look_at_turns(s);
        if (status == FREM_OK)
            status = look_at_edges(s);
        if (status == FREM_OK)
            status = find_answers(s);
        if (status != FREM_OK || !s->open || s->n_answers > 0 || s->jumps || wider == WIDER_MAX || is_flat(s))
            break;
        status = look_between(s, s->high, 8 * s->high, false);
        s->high *= 8;
    }
    return status;
}

/* ---- what is no answer ---- */

/* A number for people: six digits, or as many more as make it differ from another. */
static const char *brief(char out[32], double number, double other) {
    (void)frem_number_brief(out, number, other);
    return out;
}

/* Without the noise of the last digits. */
static double rounded(double number) {
    return fabs(number) < 1e9 ? round(number * 1e6) / 1e6 : number;
}

static frem_status no_solution(frem_status raised) {
    return raised == FREM_INVALID ? FREM_NO_SOLUTION : raised;
}

static const sample *nearest(const search *s) {
    size_t best = 0;
    for (size_t i = 1; i < s->n; i++)
        best = fabs(s->samples[i].miss) < fabs(s->samples[best].miss) ? i : best;
    return &s->samples[best];
}

static frem_status say_several(const search *s, const char *target) {
    frem_text list = {0};
    char number[32], low[32], high[32];
    for (size_t i = 0; i < s->n_answers && i < ANSWERS_MAX; i++) {
        frem_text_print(&list, "%s%s", i > 0 ? ", " : "", brief(number, s->answers[i].from.at, (double)NAN));
        if (s->answers[i].until > s->answers[i].from.at)
            frem_text_print(&list, "..%s", brief(number, s->answers[i].until, (double)NAN));
    }
    if (s->n_answers > ANSWERS_MAX)
        frem_text_add(&list, ", ...");
    const frem_status status =
        list.failed
            ? FREM_NO_MEMORY
            : FREM_PROBLEM(s->response.diags, in_command, SOLVE_SEVERAL, s->response.varied->column, target,
                           list.bytes, brief(low, s->low, (double)NAN), brief(high, s->high, (double)NAN));
    frem_text_free(&list);
    return status;
}

/* Says why there is no one answer. @param target "gap:ssh:all:2035 = 0". */
static frem_status refuse(const search *s, const char *target, const char *address) {
    char low[32], high[32], at[32], reached[32];
    const char *column = s->response.varied->column;
    frem_diags *diags = s->response.diags;
    const sample *near = s->jumps ? &s->jump : nearest(s);
    (void)brief(low, s->low, (double)NAN);
    (void)brief(high, s->high, (double)NAN);
    (void)brief(at, near->at, (double)NAN);
    (void)brief(reached, rounded(near->miss + s->wanted), s->wanted);
    if (is_flat(s))
        return FREM_PROBLEM(diags, in_command, SOLVE_FLAT, column, address, reached, low, high);
    if (s->n_answers > 0)
        return say_several(s, target);
    if (s->jumps)
        return FREM_PROBLEM(diags, in_command, SOLVE_JUMP, column, target, at, reached);
    return FREM_PROBLEM(diags, in_command, SOLVE_UNREACHED, column, target, low, high, at, reached);
}

/* ---- the command ---- */

/* "ADDRESS=VALUE". */
static frem_status read_target(frem_solution *solution, const char *text, frem_diags *diags) {
    const char *sign = text != NULL ? strrchr(text, '=') : NULL;
    if (text == NULL)
        return FREM_PROBLEM(diags, in_command, SOLVE_NOTHING, "");
    if (sign == NULL ||
        frem_quantity_read(sign + 1, strlen(sign + 1), &solution->answer.wanted) != FREM_NUMBER_OK)
        return FREM_PROBLEM(diags, in_command, TARGET_FORM, text);
    const char *address = frem_arena_text(solution->arena, text, (size_t)(sign - text));
    return address == NULL ? FREM_NO_MEMORY
                           : frem_address_read(&solution->address, solution->model, address,
                                               FREM_ADDRESS_YEAR | FREM_ADDRESS_CHANGE, in_command, diags);
}

/* Bounds that are not given: the parameter's range. */
static frem_status default_bounds(search *s, frem_varied *varied) {
    frem_parameter parameter;
    if (!frem_model_parameter(s->response.model, s->response.parameter, &parameter))
        return FREM_DEFECT;
    varied->from = parameter.min;
    varied->to = parameter.max;
    s->open = !isfinite(parameter.min) || !isfinite(parameter.max);
    return FREM_OK;
}

static frem_status read_vary(search *s, frem_solution *solution, const frem_solve_options *options,
                             frem_diags *diags) {
    frem_varied *varied = &solution->varied;
    const bool bare = options->vary != NULL && strchr(options->vary, '=') == NULL;
    if (options->vary == NULL)
        return FREM_PROBLEM(diags, in_command, SOLVE_NOTHING, "");
    frem_status status = FREM_OK;
    if (bare) {
        const char *path = frem_arena_text(solution->arena, options->vary, strlen(options->vary));
        if (path == NULL)
            return FREM_NO_MEMORY;
        *varied = (frem_varied){.path = path, .column = path, .kind = FREM_CHANGE_SET};
    } else {
        status = frem_varied_read(solution->arena, varied, options->vary, FREM_DESIGN_SOBOL, diags);
    }
    if (status == FREM_OK && options->from > 0)
        varied->first_year = options->from;
    if (status == FREM_OK)
        status = frem_varied_find(solution->model, varied, &s->response.parameter, diags);
    if (status == FREM_OK && bare)
        status = default_bounds(s, varied);
    else if (status == FREM_OK && varied->from >= varied->to)
        status = FREM_PROBLEM(diags, in_command, SOLVE_BOUNDS, varied->column);
    else if (status == FREM_OK)
        status = frem_varied_check(solution->model, s->response.parameter, varied, diags);
    s->low = varied->from;
    s->high = varied->to;
    const bool by_year = status == FREM_OK && frem_model_by_year(solution->model, s->response.parameter);
    if (varied->first_year == 0)
        varied->first_year = solution->model->base + 1;
    solution->by_year = by_year;
    solution->answer.year = by_year ? varied->first_year : solution->model->base;
    return status;
}

static frem_status read_options(search *s, frem_solution *solution, const frem_solve_options *options,
                                frem_diags *diags) {
    const frem_place place = {solution->model->scenario->source->path, 0, 0};
    if (!frem_model_projects(solution->model))
        return FREM_PROBLEM(diags, place, NOTHING_TO_PROJECT, place.file);
    const frem_status vary = read_vary(s, solution, options, diags);
    const frem_status target = read_target(solution, options->target, diags);
    const frem_status status = vary != FREM_OK ? vary : target;
    return status == FREM_INVALID ? FREM_USAGE : status; /* the scenario is good, the wish is not */
}

/* Whether there is one value that gives the target. */
static bool is_one(const search *s) {
    return s->n_answers == 1 && s->answers[0].until == s->answers[0].from.at && !is_flat(s);
}

static frem_status answer(search *s, frem_solution *solution) {
    frem_text target = {0};
    char *address = frem_address_text(&solution->address), wanted[32];
    frem_solved *a = &solution->answer;
    s->wanted = a->wanted;
    s->tolerance = 1e-9 * fmax(1, fabs(s->wanted));
    frem_status status = address == NULL ? FREM_NO_MEMORY : look_through(s);
    (void)frem_number_shortest(wanted, s->wanted);
    frem_text_print(&target, "%s = %s", address, wanted);
    if (status == FREM_OK && target.failed)
        status = FREM_NO_MEMORY;
    if (status == FREM_OK && !is_one(s))
        status = no_solution(refuse(s, target.bytes, address));
    if (status == FREM_OK) {
        a->parameter = solution->varied.column;
        a->address = frem_arena_text(solution->arena, address, strlen(address));
        a->value = s->answers[0].from.at;
        a->reached = s->answers[0].from.miss + s->wanted;
        a->before = s->before;
        a->lower = s->low;
        a->upper = s->high;
        status = a->address != NULL ? FREM_OK : FREM_NO_MEMORY;
    }
    frem_text_free(&target);
    free(address);
    return status;
}

frem_status frem_solve(frem_solution **out, const frem_model *model, const frem_solve_options *options,
                       const frem_run_options *run, frem_diags *diags) {
    frem_arena *arena = NULL;
    search *s = calloc(1, sizeof *s);
    *out = NULL;
    frem_status status = s != NULL ? frem_arena_new(&arena) : FREM_NO_MEMORY;
    frem_solution *solution = status == FREM_OK ? frem_arena_alloc(arena, 1, sizeof *solution) : NULL;
    if (solution == NULL) {
        frem_arena_free(arena);
        free(s);
        return FREM_NO_MEMORY;
    }
    *solution = (frem_solution){.arena = arena, .model = model};
    s->response = (frem_response){.model = model,
                                  .varied = &solution->varied,
                                  .address = &solution->address,
                                  .isa = frem_results_isa(run->isa),
                                  .progress = run->progress,
                                  .diags = diags};
    status = s->response.isa == FREM_ISA_COUNT ? FREM_USAGE : read_options(s, solution, options, diags);
    if (status == FREM_OK)
        status = frem_pool_new(&s->response.pool, run->threads);
    if (status == FREM_OK)
        status = answer(s, solution);
    frem_workspaces_end(&s->response.workspaces);
    frem_pool_free(s->response.pool);
    free(s);
    if (status == FREM_OK)
        *out = solution;
    else
        frem_arena_free(arena);
    return status;
}

void frem_solution_free(frem_solution *solution) {
    if (solution != NULL)
        frem_arena_free(solution->arena);
}

const frem_solved *frem_solution_answer(const frem_solution *solution) {
    return &solution->answer;
}

/* ---- tables ---- */

static frem_status add_label(frem_frame *frame, size_t column, const char *text, frem_cell *cell) {
    return frem_frame_label(frame, column, text, &cell->label);
}

static frem_status fill_solution(const frem_solution *solution, frem_frame **out) {
    static const char *const names[] = {"scenario", "variant", "parameter", "year",
                                        "value",    "lower",   "upper"};
    static const frem_column_kind kinds[] = {FREM_COLUMN_LABEL, FREM_COLUMN_LABEL,  FREM_COLUMN_LABEL,
                                             FREM_COLUMN_WHOLE, FREM_COLUMN_NUMBER, FREM_COLUMN_NUMBER,
                                             FREM_COLUMN_NUMBER};
    const frem_solved *a = &solution->answer;
    frem_cell cells[7] = {[3] = {.whole = a->year},
                          [4] = {.number = a->value},
                          [5] = {.number = a->lower},
                          [6] = {.number = a->upper}};
    frem_status status = frem_frame_new(out, names, kinds, 7);
    if (status == FREM_OK)
        status = add_label(*out, 0, solution->model->scenario->name, &cells[0]);
    if (status == FREM_OK)
        status = add_label(*out, 1, solution->model->scenario->variant, &cells[1]);
    if (status == FREM_OK)
        status = add_label(*out, 2, a->parameter, &cells[2]);
    return status == FREM_OK ? frem_frame_add(*out, cells) : status;
}

static frem_status fill_targets(const frem_solution *solution, frem_frame **out) {
    static const char *const names[] = {"scenario", "variant", "address", "wanted", "reached", "difference"};
    static const frem_column_kind kinds[] = {FREM_COLUMN_LABEL,  FREM_COLUMN_LABEL,  FREM_COLUMN_LABEL,
                                             FREM_COLUMN_NUMBER, FREM_COLUMN_NUMBER, FREM_COLUMN_NUMBER};
    const frem_solved *a = &solution->answer;
    frem_cell cells[6] = {
        [3] = {.number = a->wanted}, [4] = {.number = a->reached}, [5] = {.number = a->reached - a->wanted}};
    frem_status status = frem_frame_new(out, names, kinds, 6);
    if (status == FREM_OK)
        status = add_label(*out, 0, solution->model->scenario->name, &cells[0]);
    if (status == FREM_OK)
        status = add_label(*out, 1, solution->model->scenario->variant, &cells[1]);
    if (status == FREM_OK)
        status = add_label(*out, 2, a->address, &cells[2]);
    return status == FREM_OK ? frem_frame_add(*out, cells) : status;
}

frem_status frem_solution_results(const frem_solution *solution, const frem_sources *sources,
                                  const frem_run_options *options, frem_results **out) {
    frem_results *results = NULL;
    frem_status status = frem_results_empty(&results);
    *out = NULL;
    if (status != FREM_OK)
        return status;
    status = fill_solution(solution, &results->table);
    if (status == FREM_OK)
        status = fill_targets(solution, &results->targets);
    results->document.kind = FREM_TABLE_SOLUTION;
    results->document.results = results->table;
    results->document.targets = results->targets;
    results->document.sources = sources;
    results->document.command = options->command;
    results->document.n_command = options->n_command;
    if (status == FREM_OK)
        status = frem_results_describe(results, &solution->model, NULL, 1);
    if (status == FREM_OK)
        *out = results;
    else
        frem_results_free(results);
    return status;
}
