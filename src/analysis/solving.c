/* What the ways of solving share: the projections of values that are tried. */
#include "analysis/solve.h"

#include <math.h>
#include <stdlib.h>

#include "base/number.h"
#include "base/problem.h"
#include "base/text.h"

static const frem_place in_command = {"fremskriv", 0, 0};

const char *frem_solve_brief(char out[32], double number, double other) {
    (void)frem_number_brief(out, number, other);
    return out;
}

double frem_solve_rounded(double number) {
    const double rounded = fabs(number) < 1e9 ? round(number * 1e6) / 1e6 : number;
    return rounded == 0 ? 0 : rounded; /* not -0 */
}

/* ---- projecting ---- */

/* Names the values of a case that cannot be projected. */
static frem_status say_refused(const frem_solving *s, const double *at) {
    frem_text list = {0};
    char number[32];
    for (size_t i = 0; i < s->n; i++) {
        (void)frem_number_shortest(number, at[i]);
        frem_text_print(&list, "%s%s = %s", i > 0 ? ", " : "", s->unknowns[i].varied.column, number);
    }
    const frem_status status =
        list.failed ? FREM_NO_MEMORY : FREM_PROBLEM(s->cases.diags, in_command, SOLVE_POINT, list.bytes);
    frem_text_free(&list);
    return status;
}

static frem_status project(frem_solving *s, const double *at, size_t n, double *out) {
    frem_change *changes = calloc(n * s->n + 1, sizeof *changes);
    size_t n_changes = 0;
    if (changes == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < n; i++) {
        for (size_t u = 0; u < s->n && !isnan(at[i * s->n]); u++) {
            const frem_varying *unknown = &s->unknowns[u];
            changes[n_changes++] = (frem_change){.parameter = unknown->parameter,
                                                 .lane = i,
                                                 .kind = unknown->varied.kind,
                                                 .number = at[i * s->n + u],
                                                 .first_year = unknown->varied.first_year};
        }
    }
    const frem_status status = frem_cases_at(&s->cases, n, changes, n_changes, out, NULL);
    free(changes);
    return status;
}

frem_status frem_solving_at(frem_solving *s, const double *at, size_t n, double *out) {
    s->cases.lacking = true;
    frem_status status = project(s, at, n, out);
    for (size_t i = 0; i < n && status == FREM_OK; i++) {
        if (isnan(at[i * s->n])) /* what the results have nothing at, they have nothing at there */
            status = frem_cases_known(&s->cases, out + i * s->n);
    }
    return status;
}

frem_status frem_solving_refuse(frem_solving *s, const double *at) {
    double *out = calloc(s->n, sizeof *out);
    s->cases.lacking = false;
    frem_status status = out != NULL ? project(s, at, 1, out) : FREM_NO_MEMORY;
    free(out);
    if (status == FREM_OK)
        return FREM_DEFECT;
    if (status == FREM_INVALID)
        status = say_refused(s, at);
    return status == FREM_INVALID ? FREM_NO_SOLUTION : status;
}

void frem_varying_begin(frem_varying *unknown, const frem_model *model) {
    const frem_series *series = &model->series[unknown->parameter];
    double present = 0;
    for (size_t i = 0; i < series->size; i++)
        present = isnan(series->at[i]) ? present : fmax(present, fabs(series->at[i]));
    if (unknown->open) {
        unknown->low = fmax(unknown->low, -2 * present);
        unknown->high = fmin(unknown->high, present > 0 ? 2 * present : 1);
    }
}
