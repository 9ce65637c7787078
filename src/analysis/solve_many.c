/* Several unknowns: Newton's method from several starts, all of them on lanes together. What no start reaches, what several
 * reach at different values, and what the targets do not determine is said with the unknowns that it comes of. */
#include "analysis/solve.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"
#include "base/text.h"
#include "numeric/numeric.h"

static const frem_place in_command = {"fremskriv", 0, 0};

enum {
    STARTS = 5,    /* the present values, the middle, and places of a Sobol sequence */
    WIDER_MAX = 3, /* times that open ranges are made wider */
};
#define UNDETERMINED 1e-7 /* what moves the targets so much less than something else does not move them */
#define DOUBTFUL                                                                                             \
    1e-3 /* the same where the starts end at different answers: derivatives have six digits at best */
#define BESIDE 1e-5 /* of its range: as far as derivatives are taken */
#define SAME 1e-6   /* of its range: values so near are one */

/* The search between some bounds. */
typedef struct search {
    frem_solving *solving;
    double *low, *high, *tolerances, *starts;
    frem_system_end ends[STARTS];
    const frem_system_end *best;
} search;

static frem_status functions(void *context, const double *at, size_t n, double *values) {
    frem_solving *s = context;
    const frem_status status = frem_solving_at(s, at, n, values);
    for (size_t i = 0; i < n * s->n && status == FREM_OK; i++)
        values[i] -= s->targets[i % s->n].wanted;
    return status;
}

/* The value that a parameter has when the answer would begin, for what is set; for a factor 1, for what is added 0. */
static double present(const frem_varying *unknown, const frem_model *model) {
    const frem_series *series = &model->series[unknown->parameter];
    double sum = 0;
    size_t n = 0;
    if (unknown->varied.kind != FREM_CHANGE_SET)
        return unknown->varied.kind == FREM_CHANGE_MULTIPLY ? 1 : 0;
    for (size_t i = 0; i < series->size; i++) {
        sum += isnan(series->at[i]) ? 0 : series->at[i];
        n += isnan(series->at[i]) ? 0 : 1;
    }
    return n > 0 ? sum / (double)n : (double)NAN;
}

static frem_status put_starts(search *s) {
    const size_t n = s->solving->n;
    frem_sobol *sequence = NULL;
    frem_status status = frem_sobol_new(&sequence, n); /* whose first point is the middle */
    for (size_t j = 0; j < n; j++) {
        const double at = present(&s->solving->unknowns[j], s->solving->cases.model),
                     share = (at - s->low[j]) / (s->high[j] - s->low[j]);
        s->starts[j] = isnan(share) ? 0.5 : share;
    }
    for (size_t i = 1; i < STARTS && status == FREM_OK; i++)
        status = frem_sobol_next(sequence, s->starts + i * n);
    frem_sobol_free(sequence);
    return status;
}

static frem_status open_search(search *s) {
    const size_t n = s->solving->n, each = 4 * n + n * n;
    double *memory = frem_arena_alloc(s->solving->arena, (3 + STARTS) * n + STARTS * each, sizeof *memory);
    if (memory == NULL)
        return FREM_NO_MEMORY;
    s->low = memory;
    s->high = memory + n;
    s->tolerances = memory + 2 * n;
    s->starts = memory + 3 * n;
    for (size_t i = 0; i < STARTS; i++) {
        double *m = memory + (3 + STARTS) * n + i * each;
        s->ends[i] = (frem_system_end){.at = m, .values = m + n, .direction = m + 2 * n, .slopes = m + 3 * n};
    }
    return FREM_OK;
}

static bool is_same(const search *s, const frem_system_end *a, const frem_system_end *b) {
    bool same = true;
    for (size_t j = 0; j < s->solving->n; j++)
        same = same && fabs(a->at[j] - b->at[j]) <= SAME * (s->high[j] - s->low[j]);
    return same;
}

/* Looks between the bounds as they are. */
static frem_status look(search *s) {
    const size_t n = s->solving->n;
    for (size_t j = 0; j < n; j++) {
        s->low[j] = s->solving->unknowns[j].low;
        s->high[j] = s->solving->unknowns[j].high;
        s->tolerances[j] = s->solving->targets[j].tolerance;
    }
    frem_status status = put_starts(s);
    const frem_system system = {.n = n,
                                .low = s->low,
                                .high = s->high,
                                .tolerances = s->tolerances,
                                .starts = s->starts,
                                .n_starts = STARTS,
                                .functions = functions,
                                .context = s->solving};
    if (status == FREM_OK)
        status = frem_system_find(&system, s->ends);
    s->best = &s->ends[0];
    for (size_t i = 1; i < STARTS && status == FREM_OK; i++) {
        const frem_system_end *end = &s->ends[i];
        if (s->best->found ? false
                           : end->found || end->distance < s->best->distance) /* infinite: not begun */
            s->best = end;
    }
    return status;
}

/* Makes open ranges wider where the nearest place is at their end. @return false where none is. */
static bool widen(search *s) {
    bool wider = false;
    for (size_t j = 0; j < s->solving->n; j++) {
        frem_varying *unknown = &s->solving->unknowns[j];
        if (!unknown->open || s->best->at[j] < unknown->high)
            continue;
        unknown->high *= 8;
        wider = true;
    }
    return wider;
}

/* ---- what is no answer ---- */

static frem_status say(frem_status raised) {
    return raised == FREM_INVALID ? FREM_NO_SOLUTION : raised;
}

static void add_values(const search *s, frem_text *out, const frem_system_end *end) {
    char number[32];
    for (size_t j = 0; j < s->solving->n; j++)
        frem_text_print(out, "%s%s = %s", j > 0 ? ", " : "", s->solving->unknowns[j].varied.column,
                        frem_solve_brief(number, end->at[j], (double)NAN));
}

static void add_targets(const search *s, frem_text *out, const frem_system_end *end) {
    char number[32];
    for (size_t i = 0; i < s->solving->n; i++) {
        const frem_target *target = &s->solving->targets[i];
        const double value =
            end != NULL ? frem_solve_rounded(end->values[i] + target->wanted) : target->wanted;
        frem_text_print(out, "%s%s = %s", i > 0 ? ", " : "", target->address,
                        frem_solve_brief(number, value, end != NULL ? target->wanted : (double)NAN));
    }
}

/* What an unknown does to a target over its whole range, where any start ended. */
static double slope(const search *s, size_t i, size_t j) {
    double most = 0;
    for (size_t k = 0; k < STARTS; k++)
        most = fmax(most, fabs(s->ends[k].slopes[i * s->solving->n + j]));
    return most;
}

/* A target that nothing moves. @return whether it was said */
static bool say_flat(const search *s, frem_status *status) {
    const size_t n = s->solving->n;
    for (size_t i = 0; i < n; i++) {
        const frem_target *target = &s->solving->targets[i];
        char number[32];
        double most = 0;
        for (size_t j = 0; j < n; j++)
            most = fmax(most, slope(s, i, j));
        for (size_t k = 0; k < STARTS; k++) { /* NaN where a start led nowhere, which fmax leaves out */
            most = fmax(most, fabs(s->ends[k].values[i] - s->best->values[i]));
        }
        if (most > target->tolerance)
            continue;
        (void)frem_solve_brief(number, frem_solve_rounded(s->best->values[i] + target->wanted),
                               target->wanted);
        *status =
            say(FREM_PROBLEM(s->solving->cases.diags, in_command, SOLVE_MANY_FLAT, target->address, number));
        return true;
    }
    return false;
}

/* An unknown that moves nothing. @return whether it was said */
static bool say_idle(const search *s, frem_status *status) {
    const size_t n = s->solving->n;
    for (size_t j = 0; j < n; j++) {
        bool moves = false;
        for (size_t i = 0; i < n; i++)
            moves = moves || slope(s, i, j) > s->solving->targets[i].tolerance;
        if (moves)
            continue;
        *status = say(FREM_PROBLEM(s->solving->cases.diags, in_command, SOLVE_MANY_IDLE,
                                   s->solving->unknowns[j].varied.column));
        return true;
    }
    return false;
}

/* Unknowns that undo each other: those of the direction that moves the targets least. @return whether it was said */
static bool say_same(const search *s, double weakest, frem_status *status) {
    frem_text list = {0};
    double most = 0;
    size_t named = 0;
    if (s->best->weakest > weakest)
        return false;
    for (size_t j = 0; j < s->solving->n; j++)
        most = fmax(most, fabs(s->best->direction[j]));
    for (size_t j = 0; j < s->solving->n; j++) {
        if (fabs(s->best->direction[j]) > 0.01 * most)
            frem_text_print(&list, "%s%s", named++ > 0 ? ", " : "", s->solving->unknowns[j].varied.column);
    }
    *status = list.failed ? FREM_NO_MEMORY
                          : say(FREM_PROBLEM(s->solving->cases.diags, in_command, SOLVE_MANY_SAME,
                                             list.bytes != NULL ? list.bytes : ""));
    frem_text_free(&list);
    return true;
}

static frem_status say_unreached(const search *s) {
    frem_text wanted = {0}, values = {0}, reached = {0};
    add_targets(s, &wanted, NULL);
    add_values(s, &values, s->best);
    add_targets(s, &reached, s->best);
    const frem_status status =
        wanted.failed || values.failed || reached.failed
            ? FREM_NO_MEMORY
            : say(FREM_PROBLEM(s->solving->cases.diags, in_command, SOLVE_MANY_UNREACHED, wanted.bytes,
                               values.bytes, reached.bytes));
    frem_text_free(&wanted);
    frem_text_free(&values);
    frem_text_free(&reached);
    return status;
}

/* Whether a start found an answer that none before it did. */
static bool is_fresh(const search *s, size_t i) {
    bool fresh = s->ends[i].found;
    for (size_t k = 0; k < i && fresh; k++)
        fresh = !s->ends[k].found || !is_same(s, &s->ends[k], &s->ends[i]);
    return fresh;
}

static frem_status say_several(const search *s) {
    frem_text wanted = {0}, list = {0};
    for (size_t i = 0; i < STARTS; i++) {
        if (!is_fresh(s, i))
            continue;
        frem_text_add(&list, list.length > 0 ? "; " : "");
        add_values(s, &list, &s->ends[i]);
    }
    add_targets(s, &wanted, NULL);
    const frem_status status = list.failed || wanted.failed
                                   ? FREM_NO_MEMORY
                                   : say(FREM_PROBLEM(s->solving->cases.diags, in_command, SOLVE_MANY_SEVERAL,
                                                      wanted.bytes, list.bytes));
    frem_text_free(&wanted);
    frem_text_free(&list);
    return status;
}

/* ---- the answer ---- */

/* Says why no start led anywhere: with it, or with one of its values a little further, the scenario cannot be projected. */
static frem_status refuse_starts(const search *s) {
    const size_t n = s->solving->n;
    double at[FREM_UNKNOWNS_MAX], results[FREM_UNKNOWNS_MAX];
    frem_status status = FREM_OK;
    for (size_t i = 0; i < STARTS * (n + 1) && status == FREM_OK; i++) {
        memcpy(at, s->ends[i % STARTS].at, n * sizeof *at);
        if (i >= STARTS) {
            const size_t j = i / STARTS - 1;
            const double range = s->high[j] - s->low[j];
            at[j] += at[j] + BESIDE * range > s->high[j] ? -BESIDE * range : BESIDE * range;
        }
        status = frem_solving_at(s->solving, at, 1, results);
        if (status == FREM_OK && isnan(results[0]))
            return frem_solving_refuse(s->solving, at);
    }
    return status == FREM_OK ? FREM_DEFECT : status;
}

/* Values that are found hold alone only where the targets determine them, and no others were found. */
static frem_status judge(const search *s) {
    frem_status status = FREM_OK;
    size_t answers = 0;
    for (size_t i = 0; i < STARTS; i++)
        answers += is_fresh(s, i) ? 1 : 0;
    if (answers > 0) {
        const bool same = say_same(s, answers > 1 ? DOUBTFUL : UNDETERMINED, &status);
        return same || answers == 1 ? status : say_several(s);
    }
    if (!s->best->begun)
        return refuse_starts(s);
    if (say_flat(s, &status) || say_idle(s, &status) || say_same(s, UNDETERMINED, &status))
        return status;
    return say_unreached(s);
}

static frem_status look_wider(search *s) {
    frem_status status = look(s);
    for (size_t wider = 0; wider < WIDER_MAX && status == FREM_OK && !s->best->found && widen(s); wider++)
        status = look(s);
    return status;
}

/* The results without the answer, which also says whether there are results at all. */
static frem_status find_before(frem_solving *solving, double *at) {
    double before[FREM_UNKNOWNS_MAX];
    at[0] = (double)NAN;
    const frem_status status = frem_solving_at(solving, at, 1, before);
    for (size_t i = 0; i < solving->n && status == FREM_OK; i++)
        solving->targets[i].before = before[i];
    return status;
}

frem_status frem_solve_many(frem_solving *solving) {
    search s = {.solving = solving};
    for (size_t j = 0; j < solving->n; j++)
        frem_varying_begin(&solving->unknowns[j], solving->cases.model);
    frem_status status = open_search(&s);
    if (status == FREM_OK)
        status = find_before(solving, s.low);
    if (status == FREM_OK)
        status = look_wider(&s);
    if (status == FREM_OK)
        status = judge(&s);
    for (size_t j = 0; j < solving->n && status == FREM_OK; j++) {
        solving->unknowns[j].value = s.best->at[j];
        solving->targets[j].reached = s.best->values[j] + solving->targets[j].wanted;
    }
    return status;
}
