/* Roots of several functions of as many unknowns: Newton's method from several starts at once, inside bounds. The step is the
 * least squares one of the unknowns that no bound holds, so that it is also there where the functions do not determine it. */
#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "numeric/numeric.h"
#include "numeric/status.h"

#define DIFFERENCE 1e-5 /* of the range of an unknown, for derivatives */
#define SINGULAR 1e-9   /* singular values so small beside the largest are 0 */
#define SHORTEST 1e-7   /* steps are made shorter down to this part of themselves */
#define STILL 1e-13     /* of the range: a step so small goes nowhere */

enum { ROUNDS_MAX = 80 };

/* One start on its way. Unknowns are from 0 to 1 in it. */
typedef struct walk {
    double *at, *values, *slopes; /* where it is: [n], [n], [function][unknown] */
    double *step, *next;          /* where it goes: [n] */
    double *sizes;                /* of the functions: what their unknowns do to them at the start */
    double part;                  /* of the step that is tried */
    bool begun, active, found;
} walk;

typedef struct walks {
    const frem_system *system;
    walk *items;
    double *memory;
    double *cases, *results; /* [case][n], n + 1 cases for each walk */
    gsl_matrix *a, *v;
    gsl_vector *s, *work, *b, *x;
} walks;

static double clamp(double at) {
    return at < 0 ? 0 : at > 1 ? 1 : at;
}

static double real(const frem_system *system, size_t j, double at) {
    return at <= 0   ? system->low[j]
           : at >= 1 ? system->high[j]
                     : system->low[j] + at * (system->high[j] - system->low[j]);
}

/* A difference that stays inside. */
static double difference(double at) {
    return at + DIFFERENCE > 1 ? -DIFFERENCE : DIFFERENCE;
}

static double distance(const walk *w, const double *values, size_t n) {
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += (values[i] / w->sizes[i]) * (values[i] / w->sizes[i]);
    return sqrt(sum);
}

/* ---- the step ---- */

/* The least squares step of the unknowns that are free. @return false where none is */
static bool least_squares(walks *all, walk *w, const bool *held) {
    const size_t n = all->system->n;
    size_t m = 0, places[FREM_SYSTEM_MAX];
    for (size_t j = 0; j < n; j++) {
        w->step[j] = 0;
        if (!held[j])
            places[m++] = j;
    }
    if (m == 0)
        return false;
    gsl_matrix_view a = gsl_matrix_submatrix(all->a, 0, 0, n, m),
                    v = gsl_matrix_submatrix(all->v, 0, 0, m, m);
    gsl_vector_view s = gsl_vector_subvector(all->s, 0, m), work = gsl_vector_subvector(all->work, 0, m),
                    b = gsl_vector_subvector(all->b, 0, n), x = gsl_vector_subvector(all->x, 0, m);
    for (size_t i = 0; i < n; i++) {
        gsl_vector_set(&b.vector, i, -w->values[i] / w->sizes[i]);
        for (size_t j = 0; j < m; j++)
            gsl_matrix_set(&a.matrix, i, j, w->slopes[i * n + places[j]] / w->sizes[i]);
    }
    if (gsl_linalg_SV_decomp(&a.matrix, &v.matrix, &s.vector, &work.vector) != GSL_SUCCESS)
        return false;
    const double least = SINGULAR * gsl_vector_get(&s.vector, 0);
    for (size_t j = 0; j < m; j++) {
        if (!(gsl_vector_get(&s.vector, j) > least))
            gsl_vector_set(&s.vector, j, 0); /* GSL leaves it out */
    }
    if (gsl_linalg_SV_solve(&a.matrix, &v.matrix, &s.vector, &b.vector, &x.vector) != GSL_SUCCESS)
        return false;
    for (size_t j = 0; j < m; j++)
        w->step[places[j]] = gsl_vector_get(&x.vector, j);
    return true;
}

/* A step that no bound holds back. @return false where it goes nowhere */
static bool find_step(walks *all, walk *w) {
    const size_t n = all->system->n;
    bool held[FREM_SYSTEM_MAX] = {false}, changed = true;
    double longest = 0;
    while (changed) {
        changed = false;
        if (!least_squares(all, w, held))
            return false;
        for (size_t j = 0; j < n; j++) {
            const bool stops = (w->at[j] <= 0 && w->step[j] < 0) || (w->at[j] >= 1 && w->step[j] > 0);
            changed = changed || (stops && !held[j]);
            held[j] = held[j] || stops;
        }
    }
    for (size_t j = 0; j < n; j++)
        longest = fmax(longest, fabs(w->step[j]));
    return isfinite(longest) && longest > STILL;
}

/* ---- walking ---- */

/* The place to try, and one beside it for each unknown. */
static void put_cases(walks *all, walk *w, double *cases) {
    const size_t n = all->system->n;
    for (size_t j = 0; j < n; j++)
        w->next[j] = w->begun ? clamp(w->at[j] + w->part * w->step[j]) : w->at[j];
    for (size_t k = 0; k <= n; k++) {
        for (size_t j = 0; j < n; j++)
            cases[k * n + j] = real(all->system, j, w->next[j] + (k == j + 1 ? difference(w->next[j]) : 0));
    }
}

/* What the unknowns do to a function from one end of their range to the other. */
static void find_sizes(walk *w, size_t n) {
    for (size_t i = 0; i < n; i++) {
        w->sizes[i] = 0;
        for (size_t j = 0; j < n; j++)
            w->sizes[i] = fmax(w->sizes[i], fabs(w->slopes[i * n + j]));
        if (!(w->sizes[i] > 0))
            w->sizes[i] = fmax(1, fabs(w->values[i]));
    }
}

static void arrive(walks *all, walk *w, const double *results) {
    const size_t n = all->system->n;
    w->found = true;
    for (size_t i = 0; i < n; i++) {
        w->at[i] = w->next[i];
        w->values[i] = results[i];
        w->found = w->found && fabs(results[i]) <= all->system->tolerances[i];
        for (size_t j = 0; j < n; j++)
            w->slopes[i * n + j] = (results[(j + 1) * n + i] - results[i]) / difference(w->next[j]);
    }
    if (!w->begun)
        find_sizes(w, n);
    w->begun = true;
    w->part = 1;
    w->active = !w->found && find_step(all, w);
}

static bool are_numbers(const double *results, size_t n) {
    bool numbers = true;
    for (size_t i = 0; i < n; i++)
        numbers = numbers && isfinite(results[i]);
    return numbers;
}

/* Goes on from the results of a place that was tried, or tries a shorter step. */
static void take(walks *all, walk *w, const double *results) {
    const size_t n = all->system->n;
    if (!are_numbers(results, (n + 1) * n)) {
        w->part *= 0.25;
        w->active = w->begun && w->part > SHORTEST;
        return;
    }
    if (!w->begun || distance(w, results, n) < (1 - 1e-4 * w->part) * distance(w, w->values, n)) {
        arrive(all, w, results);
        return;
    }
    w->part *= 0.25;
    w->active = w->part > SHORTEST;
}

static frem_status walk_all(walks *all) {
    const frem_system *system = all->system;
    const size_t n = system->n, each = (n + 1) * n;
    frem_status status = FREM_OK;
    for (size_t round = 0; round < ROUNDS_MAX && status == FREM_OK; round++) {
        size_t active = 0, taken = 0;
        for (size_t i = 0; i < system->n_starts; i++) {
            if (all->items[i].active)
                put_cases(all, &all->items[i], all->cases + active++ * each);
        }
        if (active == 0)
            break;
        status = system->functions(system->context, all->cases, active * (n + 1), all->results);
        for (size_t i = 0; i < system->n_starts && status == FREM_OK; i++) {
            if (all->items[i].active)
                take(all, &all->items[i], all->results + taken++ * each);
        }
    }
    return status;
}

static bool open_walks(walks *all) {
    const size_t n = all->system->n, starts = all->system->n_starts, each = 5 * n + n * n;
    all->items = calloc(starts, sizeof *all->items);
    all->memory = calloc(starts * (each + 2 * (n + 1) * n), sizeof *all->memory);
    all->a = gsl_matrix_calloc(n, n);
    all->v = gsl_matrix_calloc(n, n);
    all->s = gsl_vector_calloc(n);
    all->work = gsl_vector_calloc(n);
    all->b = gsl_vector_calloc(n);
    all->x = gsl_vector_calloc(n);
    if (all->items == NULL || all->memory == NULL || all->a == NULL || all->v == NULL || all->s == NULL ||
        all->work == NULL || all->b == NULL || all->x == NULL)
        return false;
    for (size_t i = 0; i < starts; i++) {
        double *m = all->memory + i * each;
        all->items[i] = (walk){.at = m,
                               .values = m + n,
                               .step = m + 2 * n,
                               .next = m + 3 * n,
                               .sizes = m + 4 * n,
                               .slopes = m + 5 * n,
                               .active = true};
        for (size_t j = 0; j < n; j++)
            all->items[i].at[j] = clamp(all->system->starts[i * n + j]);
    }
    all->cases = all->memory + starts * each;
    all->results = all->cases + starts * (n + 1) * n;
    return true;
}

static void close_walks(walks *all) {
    gsl_matrix_free(all->a);
    gsl_matrix_free(all->v);
    gsl_vector_free(all->s);
    gsl_vector_free(all->work);
    gsl_vector_free(all->b);
    gsl_vector_free(all->x);
    free(all->memory);
    free(all->items);
}

/* How much a direction of the unknowns moves the functions, beside the one that moves them most; and that direction. */
static double weakest(walks *all, const walk *w, double *direction) {
    const size_t n = all->system->n;
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++)
            gsl_matrix_set(all->a, i, j, w->slopes[i * n + j] / w->sizes[i]);
    }
    if (gsl_linalg_SV_decomp(all->a, all->v, all->s, all->work) != GSL_SUCCESS)
        return 0;
    for (size_t j = 0; j < n; j++)
        direction[j] = gsl_matrix_get(all->v, j, n - 1);
    const double most = gsl_vector_get(all->s, 0);
    return most > 0 ? gsl_vector_get(all->s, n - 1) / most : 0;
}

static void copy_ends(walks *all, frem_system_end *ends) {
    const size_t n = all->system->n;
    for (size_t i = 0; i < all->system->n_starts; i++) {
        const walk *w = &all->items[i];
        ends[i].begun = w->begun;
        ends[i].found = w->found;
        ends[i].distance = w->begun ? distance(w, w->values, n) : (double)INFINITY;
        ends[i].weakest = w->begun ? weakest(all, w, ends[i].direction) : 0;
        for (size_t j = 0; j < n; j++) {
            ends[i].at[j] = real(all->system, j, w->at[j]);
            ends[i].values[j] = w->begun ? w->values[j] : (double)NAN;
        }
        memcpy(ends[i].slopes, w->slopes, n * n * sizeof *w->slopes);
    }
}

frem_status frem_system_find(const frem_system *system, frem_system_end *ends) {
    walks all = {.system = system};
    if (system->n == 0 || system->n > FREM_SYSTEM_MAX || system->n_starts == 0)
        return FREM_DEFECT;
    frem_numeric_ready();
    frem_status status = open_walks(&all) ? walk_all(&all) : FREM_NO_MEMORY;
    if (status == FREM_OK)
        copy_ends(&all, ends);
    close_walks(&all);
    return status;
}
