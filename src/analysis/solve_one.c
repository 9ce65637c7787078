/* One unknown: the range is looked through on lanes, and what passes the target is narrowed. That a response is flat, turns,
 * jumps or meets the target more than once is found out, not assumed away. */
#include "analysis/solve.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"
#include "base/text.h"
#include "numeric/numeric.h"

static const frem_place in_command = {"fremskriv", 0, 0};

enum {
    PLACES = FREM_LANES - 1, /* of the first look; the last lane is the model as it is */
    SAMPLES_MAX = 512,
    TURNS_MAX = 4,   /* turns of the response that are looked at closer */
    ENDS_MAX = 3,    /* times that each end of what can be projected is looked at closer */
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
    frem_solving *solving;
    double wanted, tolerance; /* a miss so small is none */
    double low, high;         /* bounds that are given, or the parameter's */
    sample samples[SAMPLES_MAX];
    size_t n; /* rising */
    double before;
    stretch answers[SAMPLES_MAX];
    size_t n_answers;
    bool jumps;
    sample jump;
    bool refused[2];  /* whether the scenario cannot be projected below the first sample, or above the last */
    double beyond[2]; /* a value there */
} search;

/* ---- looking ---- */

static int by_value(const void *a, const void *b) {
    const double x = ((const sample *)a)->at, y = ((const sample *)b)->at;
    return (x > y) - (x < y);
}

static bool is_refused(const search *s, size_t i) {
    return isnan(s->samples[i].miss);
}

/* Leaves out values with which the scenario cannot be projected, and what lies behind them: the longest run of samples that
 * have a result stays. */
static void leave_out_refused(search *s) {
    size_t first = 0, n = 0;
    for (size_t i = 0, from = 0; i <= s->n; i++) {
        if (i < s->n && !is_refused(s, i))
            continue;
        if (i - from > n) {
            first = from;
            n = i - from;
        }
        from = i + 1;
    }
    if (first > 0 && n > 0) {
        s->refused[0] = true;
        s->beyond[0] = s->samples[first - 1].at;
    }
    if (first + n < s->n && n > 0) {
        s->refused[1] = true;
        s->beyond[1] = s->samples[first + n].at;
    }
    memmove(s->samples, s->samples + first, n * sizeof *s->samples);
    s->n = n;
}

/* Adds samples at some values, at most FREM_LANES. */
static frem_status look(search *s, const double *at, size_t n) {
    double values[FREM_LANES];
    if (s->n + n > SAMPLES_MAX)
        return FREM_OK;
    const frem_status status = frem_solving_at(s->solving, at, n, values);
    for (size_t i = 0; i < n && status == FREM_OK; i++) {
        if (isnan(at[i]))
            s->before = values[i];
        else
            s->samples[s->n++] = (sample){at[i], values[i] - s->wanted};
    }
    qsort(s->samples, s->n, sizeof *s->samples, by_value);
    leave_out_refused(s);
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

static frem_status look_inside(search *s, double low, double high);

/* Looks how far the scenario can be projected, where that ends inside the bounds. */
static frem_status look_at_ends(search *s) {
    frem_status status = FREM_OK;
    for (size_t times = 0; times < ENDS_MAX && s->n > 0 && status == FREM_OK; times++) {
        if (s->refused[0])
            status = look_inside(s, s->beyond[0], s->samples[0].at);
        if (s->refused[1] && status == FREM_OK)
            status = look_inside(s, s->samples[s->n - 1].at, s->beyond[1]);
    }
    if (s->n > 0 && s->refused[0])
        s->low = s->samples[0].at;
    if (s->n > 0 && s->refused[1])
        s->high = s->samples[s->n - 1].at;
    return status;
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
    const frem_status status = frem_solving_at(s->solving, &at, 1, &result);
    *value = result - s->wanted;
    return status == FREM_OK && isnan(result) ? frem_solving_refuse(s->solving, &at) : status;
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
    const bool open = s->solving->unknowns[0].open;
    frem_status status = look_between(s, s->low, s->high, true);
    if (status == FREM_OK)
        status = s->n > 0 ? look_at_ends(s) : frem_solving_refuse(s->solving, &s->low);
    for (size_t wider = 0; status == FREM_OK; wider++) {
        status = look_at_turns(s);
        if (status == FREM_OK)
            status = look_at_edges(s);
        if (status == FREM_OK)
            status = find_answers(s);
        if (status != FREM_OK || !open || s->n_answers > 0 || s->jumps || wider == WIDER_MAX || is_flat(s))
            break;
        if (s->refused[1])
            break;
        status = look_between(s, s->high, 8 * s->high, false);
        s->high *= 8;
        if (status == FREM_OK)
            status = look_at_ends(s);
    }
    return status;
}

/* ---- what is no answer ---- */

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
        frem_text_print(&list, "%s%s", i > 0 ? "; " : "",
                        frem_solve_brief(number, s->answers[i].from.at, (double)NAN));
        if (s->answers[i].until > s->answers[i].from.at)
            frem_text_print(&list, "..%s", frem_solve_brief(number, s->answers[i].until, (double)NAN));
    }
    if (s->n_answers > ANSWERS_MAX)
        frem_text_add(&list, "; ...");
    const frem_status status = list.failed
                                   ? FREM_NO_MEMORY
                                   : FREM_PROBLEM(s->solving->cases.diags, in_command, SOLVE_SEVERAL,
                                                  s->solving->unknowns[0].varied.column, target, list.bytes,
                                                  frem_solve_brief(low, s->low, (double)NAN),
                                                  frem_solve_brief(high, s->high, (double)NAN));
    frem_text_free(&list);
    return status;
}

/* Says why there is no one answer. @param target "gap:ssh:all:2035 = 0". */
static frem_status refuse(const search *s, const char *target, const char *address) {
    char low[32], high[32], at[32], reached[32];
    const char *column = s->solving->unknowns[0].varied.column;
    frem_diags *diags = s->solving->cases.diags;
    const sample *near = s->jumps ? &s->jump : nearest(s);
    (void)frem_solve_brief(low, s->low, (double)NAN);
    (void)frem_solve_brief(high, s->high, (double)NAN);
    (void)frem_solve_brief(at, near->at, (double)NAN);
    (void)frem_solve_brief(reached, frem_solve_rounded(near->miss + s->wanted), s->wanted);
    if (is_flat(s))
        return FREM_PROBLEM(diags, in_command, SOLVE_FLAT, column, address, reached, low, high);
    if (s->n_answers > 0)
        return say_several(s, target);
    if (s->jumps)
        return FREM_PROBLEM(diags, in_command, SOLVE_JUMP, column, target, at, reached);
    return FREM_PROBLEM(diags, in_command, SOLVE_UNREACHED, column, target, low, high, at, reached);
}

/* Whether there is one value that gives the target. */
static bool is_one(const search *s) {
    return s->n_answers == 1 && s->answers[0].until == s->answers[0].from.at && !is_flat(s);
}

frem_status frem_solve_one(frem_solving *solving) {
    frem_varying *unknown = &solving->unknowns[0];
    frem_target *target = &solving->targets[0];
    frem_text text = {0};
    char wanted[32];
    search *s = calloc(1, sizeof *s);
    if (s == NULL)
        return FREM_NO_MEMORY;
    frem_varying_begin(unknown, solving->cases.model);
    *s = (search){.solving = solving,
                  .wanted = target->wanted,
                  .tolerance = target->tolerance,
                  .low = unknown->low,
                  .high = unknown->high};
    frem_status status = look_through(s);
    (void)frem_number_shortest(wanted, s->wanted);
    frem_text_print(&text, "%s = %s", target->address, wanted);
    if (status == FREM_OK && text.failed)
        status = FREM_NO_MEMORY;
    if (status == FREM_OK && !is_one(s))
        status = no_solution(refuse(s, text.bytes, target->address));
    if (status == FREM_OK) {
        unknown->value = s->answers[0].from.at;
        target->reached = s->answers[0].from.miss + s->wanted;
        target->before = s->before;
        unknown->low = s->low;
        unknown->high = s->high;
    }
    frem_text_free(&text);
    free(s);
    return status;
}
