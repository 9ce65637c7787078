/* The factors on the stock of step 0 where people commute. Who lives in region r fills c[r][w] of a post in region w:
 * sum over r of x[r] * c[r][w] = employment[w] - inflow[w] is solved for x, the FTE that must live in r. */
#include "core/kernel.h"

/* A pivot below this, of shares up to 1, is rounding. */
#define FREM_SINGULAR 1e-12
/* A difference below this, of all that is employed, is rounding. */
#define FREM_ROUNDING 1e-9

static double size_of(double x) {
    return x < 0 ? -x : x;
}

static double number(const frem_core_work *w, const frem_lanes *from, size_t i, size_t lane) {
    if (from->at == NULL)
        return 0;
    return from->lane ? from->at[i * w->in->lanes + w->lane + lane] : from->at[i];
}

/* Splits the n x n matrix into a lower and an upper triangle in place, rows exchanged. Returns n, or the column
 * without a pivot. */
static size_t factorise(double *a, size_t *pivots, size_t n) {
    for (size_t k = 0; k < n; k++) {
        size_t best = k;
        for (size_t i = k + 1; i < n; i++)
            if (size_of(a[i * n + k]) > size_of(a[best * n + k]))
                best = i;
        pivots[k] = best;
        if (size_of(a[best * n + k]) <= FREM_SINGULAR)
            return k;
        for (size_t j = 0; best != k && j < n; j++) {
            double held = a[k * n + j];
            a[k * n + j] = a[best * n + j];
            a[best * n + j] = held;
        }
        for (size_t i = k + 1; i < n; i++) {
            double part = a[i * n + k] / a[k * n + k];
            a[i * n + k] = part;
            for (size_t j = k + 1; part != 0 && j < n; j++)
                a[i * n + j] -= part * a[k * n + j];
        }
    }
    return n;
}

/* Solves with the triangles; x: right side in, solution out. */
static void solve(const double *a, const size_t *pivots, size_t n, double *x) {
    for (size_t k = 0; k < n; k++) {
        double held = x[pivots[k]];
        x[pivots[k]] = x[k];
        x[k] = held;
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++)
            x[i] -= a[i * n + j] * x[j];
    for (size_t i = n; i-- > 0;) {
        for (size_t j = i + 1; j < n; j++)
            x[i] -= a[i * n + j] * x[j];
        x[i] /= a[i * n + i];
    }
}

/* Posts by workplace that residents must fill. Returns the size that differences are small against. */
static double posts(const frem_core_work *w, size_t p, size_t lane, double *x) {
    const frem_core_inputs *in = w->in;
    double size = 0;
    for (size_t r = 0; r < in->regions; r++) {
        double employment = 0;
        for (size_t j = 0; j < in->n_sectors; j++)
            employment += number(w, &in->sectors[j].employment, p * in->regions + r, lane);
        x[r] = employment - number(w, &in->professions[p].inflow_fte.values,
                                   r * in->professions[p].inflow_fte.region, lane);
        size += size_of(x[r]);
    }
    return size;
}

/* The factor on one region's stock; false where there is none. */
static bool factor_of(double wanted, double fte, double rounding, double *factor) {
    *factor = 1;
    if (fte == 0 || wanted < 0) {
        if (fte != 0 && wanted >= -rounding)
            *factor = 0;
        return size_of(wanted) <= rounding;
    }
    *factor = wanted / fte;
    return true;
}

static size_t factorise_commuting(const frem_core_work *w, size_t p, size_t lane,
                                  const frem_core_scratch *scratch) {
    size_t n = w->in->regions;
    for (size_t i = 0; i < n * n; i++)
        scratch->matrix[i] = number(w, &w->in->professions[p].commuting, i % n * n + i / n, lane);
    return factorise(scratch->matrix, scratch->pivots, n);
}

void frem_core_scale(const frem_core_work *w, size_t p, size_t lanes, const frem_core_scratch *scratch) {
    const frem_lanes *commuting = &w->in->professions[p].commuting;
    size_t n = w->in->regions, rank = n;
    const double *fte = scratch->regions;
    double *x = scratch->regions + n * lanes;
    double *scale = w->out->scale + p * n * w->in->lanes + w->lane;
    for (size_t lane = 0; lane < lanes; lane++) {
        double rounding = FREM_ROUNDING * posts(w, p, lane, x);
        if (commuting->at == NULL)
            rounding = 0;
        else if (lane == 0 || commuting->lane)
            rank = factorise_commuting(w, p, lane, scratch);
        if (commuting->at != NULL && rank == n)
            solve(scratch->matrix, scratch->pivots, n, x);
        for (size_t r = 0; r < n; r++) {
            double factor = 1;
            bool scalable = rank == n ? factor_of(x[r], fte[r * lanes + lane], rounding, &factor) : r != rank;
            if (!scalable)
                w->unscalable[p * n + r] = true;
            scale[r * w->in->lanes + lane] = factor;
        }
    }
}
