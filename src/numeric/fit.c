#include "numeric/fit.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>
#include <gsl/gsl_multifit_nlinear.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "numeric/status.h"

static const double difference = 1e-5; /* of the range, to each side, for derivatives */
static const double nothing = 1e-7;    /* a singular value so small, of the largest, is none */

enum {
    ROUNDS_MAX = 60, /* and 10 for each parameter */
    STEPS_MAX = 60,  /* of the trust region in a round */
    HALVINGS_MAX = 30,
    LOOKS_EACH = 8,    /* places of the sequence that are looked at for each start */
    WIDENINGS_MAX = 40 /* of the stretch in which a profile's limit is looked for */
};

/* Residuals at a place, and at another one near it. */
typedef struct sample {
    double *raw;  /* [n] */
    double *near; /* [n] at the place moved a little in every direction; of use where `asked` */
    bool asked;
    double *r; /* [n] what is squared: raw, or how far it is beyond the limit */
    double squares;
} sample;

struct frem_fit_kept {
    bool known;
    double *u, *raw, *slope; /* [p], [n], [n][p] */
};

/* A fit under way. Places are in 0..1 over the bounds. */
typedef struct task {
    const frem_fit *fit;
    size_t p, n;
    const bool *fixed; /* NULL: none */
    double limit;      /* residuals up to it count as 0 */
    bool *held;        /* [p] at a bound */
    size_t *free;      /* [n_free] those that are searched */
    size_t n_free;
    double *u, *trial, *step; /* [p] */
    sample here, there;       /* at u, and at trial */
    double *slope;            /* [n][p] of the raw residuals at u */
    double *places, *outs;    /* [2p + 2][p], [2p + 2][n] */
    frem_status status;       /* of what GSL called */
    double *memory;
} task;

/* ---- memory ---- */

frem_status frem_fit_kept_new(frem_fit_kept **out, size_t n_parameters, size_t n_residuals) {
    frem_fit_kept *kept = calloc(1, sizeof *kept);
    *out = kept;
    if (kept == NULL)
        return FREM_NO_MEMORY;
    kept->u = calloc(n_parameters + n_residuals + n_parameters * n_residuals, sizeof *kept->u);
    if (kept->u == NULL) {
        free(kept);
        *out = NULL;
        return FREM_NO_MEMORY;
    }
    kept->raw = kept->u + n_parameters;
    kept->slope = kept->raw + n_residuals;
    return FREM_OK;
}

void frem_fit_kept_free(frem_fit_kept *kept) {
    if (kept != NULL)
        free(kept->u);
    free(kept);
}

static void task_free(task *t) {
    free(t->memory);
    free(t->held);
    free(t->free);
}

static frem_status task_new(task *t, const frem_fit *fit, const bool *fixed) {
    const size_t p = fit->n_parameters, n = fit->n_residuals, cases = 2 * p + 2;
    *t = (task){.fit = fit, .p = p, .n = n, .fixed = fixed};
    t->memory = calloc(3 * p + 6 * n + n * p + cases * (p + n), sizeof *t->memory);
    t->held = calloc(p, sizeof *t->held);
    t->free = calloc(p, sizeof *t->free);
    if (t->memory == NULL || t->held == NULL || t->free == NULL)
        return FREM_NO_MEMORY;
    t->u = t->memory;
    t->trial = t->u + p;
    t->step = t->trial + p;
    t->here = (sample){.raw = t->step + p, .near = t->step + p + n, .r = t->step + p + 2 * n};
    t->there = (sample){.raw = t->here.r + n, .near = t->here.r + 2 * n, .r = t->here.r + 3 * n};
    t->slope = t->there.r + n;
    t->places = t->slope + n * p;
    t->outs = t->places + cases * p;
    return FREM_OK;
}

frem_status frem_fit_end_new(frem_fit_end *end, size_t n_parameters) {
    *end = (frem_fit_end){.at = calloc(n_parameters, sizeof *end->at),
                          .held = calloc(n_parameters, sizeof *end->held)};
    return end->at != NULL && end->held != NULL ? FREM_OK : FREM_NO_MEMORY;
}

void frem_fit_end_free(frem_fit_end *end) {
    free(end->at);
    free(end->held);
    *end = (frem_fit_end){0};
}

/* ---- residuals and their slope ---- */

static double inside(double u) {
    return u < 0 ? 0 : u > 1 ? 1 : u;
}

static double outwards(const frem_fit *fit, size_t k, double u) {
    if (u >= 1)
        return fit->max[k]; /* exactly */
    return fit->min[k] + u * (fit->max[k] - fit->min[k]);
}

static double inwards(const frem_fit *fit, size_t k, double x) {
    return inside((x - fit->min[k]) / (fit->max[k] - fit->min[k]));
}

static double sum_of_squares(const double *r, size_t n) {
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += r[i] * r[i];
    return sum;
}

/* A place near another one, moved in every direction by something of its own. */
static double nearby(double u, size_t k) {
    const double part = 0.6180339887498949 * (double)(k + 1), by = 0.01 * (0.5 + part - floor(part));
    return u + by <= 1 ? u + by : u - by;
}

/* What is squared of a residual. */
static double beyond(const task *t, double raw) {
    return fabs(raw) <= t->limit ? 0 : raw > 0 ? raw - t->limit : raw + t->limit;
}

/* How much of a residual's slope is left of it. */
static double part_of(const task *t, size_t i) {
    return t->limit > 0 && fabs(t->here.raw[i]) <= t->limit ? 0 : 1;
}

static frem_status residuals_at(task *t, const double *u, sample *s) {
    s->asked = t->fit->kept != NULL && t->fit->kept->known;
    for (size_t k = 0; k < t->p; k++) {
        t->places[k] = outwards(t->fit, k, inside(u[k]));
        t->places[t->p + k] = outwards(t->fit, k, nearby(inside(u[k]), k));
    }
    const frem_status status = t->fit->residuals(t->fit->context, s->asked ? 2 : 1, t->places, t->outs);
    memcpy(s->raw, t->outs, t->n * sizeof *s->raw);
    memcpy(s->near, t->outs + t->n, t->n * sizeof *s->near);
    for (size_t i = 0; i < t->n; i++)
        s->r[i] = beyond(t, s->raw[i]);
    s->squares = sum_of_squares(s->r, t->n);
    return status;
}

/* Whether the slope that was kept foretells the residuals here and near here. */
static bool still_holds(const task *t, const double *u, const sample *s) {
    const frem_fit_kept *kept = t->fit->kept;
    if (kept == NULL || !kept->known || !s->asked)
        return false;
    for (size_t i = 0; i < t->n; i++) {
        double here = kept->raw[i], near = here, far = 0;
        for (size_t k = 0; k < t->p; k++) {
            const double slope = kept->slope[i * t->p + k], by = inside(u[k]) - kept->u[k];
            const double there = nearby(inside(u[k]), k) - kept->u[k];
            here += slope * by;
            near += slope * there;
            far += fabs(slope) * (fabs(by) + fabs(there));
        }
        const double most = 1e-6 + 1e-8 * far;
        if (!(fabs(here - s->raw[i]) <= most && fabs(near - s->near[i]) <= most))
            return false;
    }
    return true;
}

/* The slope by differences to both sides inside the bounds, of the parameters that are not fixed. */
static frem_status differences(task *t, const double *u) {
    const size_t p = t->p, n = t->n;
    size_t cases = 0, at = 0;
    for (size_t k = 0; k < p; k++) {
        if (t->fixed != NULL && t->fixed[k])
            continue;
        for (int side = -1; side <= 1; side += 2, cases++) {
            for (size_t j = 0; j < p; j++)
                t->places[cases * p + j] =
                    outwards(t->fit, j, inside(u[j] + (j == k ? side * difference : 0)));
        }
    }
    const frem_status status =
        cases > 0 ? t->fit->residuals(t->fit->context, cases, t->places, t->outs) : FREM_OK;
    for (size_t k = 0; k < p && status == FREM_OK; k++) {
        const bool fixed = t->fixed != NULL && t->fixed[k];
        const double width = inside(u[k] + difference) - inside(u[k] - difference);
        for (size_t i = 0; i < n; i++)
            t->slope[i * p + k] = fixed ? 0 : (t->outs[(at + 1) * n + i] - t->outs[at * n + i]) / width;
        at += fixed ? 0 : 2;
    }
    return status;
}

/* The slope at u, which a sample is of. */
static frem_status slope_at(task *t, const double *u, const sample *s) {
    frem_fit_kept *kept = t->fit->kept;
    if (still_holds(t, u, s)) {
        memcpy(t->slope, kept->slope, t->n * t->p * sizeof *t->slope);
        return FREM_OK;
    }
    const frem_status status = differences(t, u);
    if (status == FREM_OK && kept != NULL && t->fixed == NULL) {
        memcpy(kept->u, u, t->p * sizeof *kept->u);
        memcpy(kept->raw, s->raw, t->n * sizeof *kept->raw);
        memcpy(kept->slope, t->slope, t->n * t->p * sizeof *kept->slope);
        kept->known = true;
    }
    return status;
}

static void list_free(task *t) {
    t->n_free = 0;
    for (size_t k = 0; k < t->p; k++) {
        if (!t->held[k] && (t->fixed == NULL || !t->fixed[k]))
            t->free[t->n_free++] = k;
    }
}

/* ---- the step of Gauss and Newton ---- */

/* A = U S V' of the slope of the free parameters, with rows of 0 where there are fewer residuals than parameters. */
typedef struct factors {
    gsl_matrix *u, *v, *square;
    gsl_vector *s, *work;
} factors;

static void factors_free(factors *f) {
    gsl_matrix_free(f->u);
    gsl_matrix_free(f->v);
    gsl_matrix_free(f->square);
    gsl_vector_free(f->s);
    gsl_vector_free(f->work);
}

static frem_status factors_new(factors *f, const task *t) {
    const size_t rows = t->n > t->n_free ? t->n : t->n_free, columns = t->n_free;
    frem_numeric_ready();
    *f = (factors){gsl_matrix_calloc(rows, columns), gsl_matrix_alloc(columns, columns),
                   gsl_matrix_alloc(columns, columns), gsl_vector_alloc(columns), gsl_vector_alloc(columns)};
    if (f->u == NULL || f->v == NULL || f->square == NULL || f->s == NULL || f->work == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < t->n; i++) {
        for (size_t k = 0; k < columns; k++)
            gsl_matrix_set(f->u, i, k, part_of(t, i) * t->slope[i * t->p + t->free[k]]);
    }
    return frem_numeric_status(gsl_linalg_SV_decomp_mod(f->u, f->square, f->v, f->s, f->work));
}

static bool counts(const factors *f, size_t i) {
    const double largest = gsl_vector_get(f->s, 0);
    return largest > 0 && gsl_vector_get(f->s, i) > nothing * largest;
}

/* The shortest step that the slope says is best; what moves nothing is not moved.
 * @param[out] gain by which the squares fall, were the residuals straight. */
static frem_status best_step(task *t, double *gain) {
    factors f;
    frem_status status = factors_new(&f, t);
    memset(t->step, 0, t->p * sizeof *t->step);
    *gain = 0;
    for (size_t i = 0; status == FREM_OK && i < t->n_free; i++) {
        double along = 0;
        if (!counts(&f, i))
            continue;
        for (size_t row = 0; row < t->n; row++)
            along += gsl_matrix_get(f.u, row, i) * t->here.r[row];
        *gain += along * along;
        for (size_t k = 0; k < t->n_free; k++)
            t->step[t->free[k]] -= gsl_matrix_get(f.v, k, i) * along / gsl_vector_get(f.s, i);
    }
    factors_free(&f);
    return status;
}

/* Takes a trial place if it is no worse. */
static frem_status try_place(task *t, bool *taken) {
    const frem_status status = residuals_at(t, t->trial, &t->there);
    *taken = status == FREM_OK && t->there.squares <= t->here.squares;
    if (*taken) {
        const sample here = t->here;
        memcpy(t->u, t->trial, t->p * sizeof *t->u);
        t->here = t->there;
        t->there = here;
    }
    return status;
}

/* Goes along the step as far as the first bound, at which that parameter is held. */
static frem_status go(task *t, bool *taken) {
    double share = 1;
    size_t first = t->p;
    for (size_t i = 0; i < t->n_free; i++) {
        const size_t k = t->free[i];
        const double there = t->u[k] + t->step[k], way = (there < 0 ? 0 : 1) - t->u[k];
        if (there < 0 || there > 1) {
            const double part = way / t->step[k];
            if (part < share) {
                share = part;
                first = k;
            }
        }
    }
    for (size_t k = 0; k < t->p; k++)
        t->trial[k] = inside(t->u[k] + share * t->step[k]);
    if (first < t->p)
        t->trial[first] = t->step[first] < 0 ? 0 : 1;
    const frem_status status = try_place(t, taken);
    if (*taken && first < t->p)
        t->held[first] = true;
    return status;
}

/* ---- GSL's trust region ---- */

static void spread_out(task *t, const gsl_vector *x) {
    memcpy(t->trial, t->u, t->p * sizeof *t->trial);
    for (size_t i = 0; i < t->n_free; i++)
        t->trial[t->free[i]] = inside(gsl_vector_get(x, i));
}

static int function(const gsl_vector *x, void *params, gsl_vector *f) {
    task *t = params;
    spread_out(t, x);
    if (t->status == FREM_OK)
        t->status = residuals_at(t, t->trial, &t->there);
    gsl_vector_set_zero(f);
    for (size_t i = 0; i < t->n; i++)
        gsl_vector_set(f, i, t->there.r[i]);
    return t->status == FREM_OK ? GSL_SUCCESS : GSL_EBADFUNC;
}

static int slope(const gsl_vector *x, void *params, gsl_matrix *df) {
    task *t = params;
    spread_out(t, x);
    if (t->status == FREM_OK)
        t->status = differences(t, t->trial);
    gsl_matrix_set_zero(df);
    for (size_t i = 0; i < t->n; i++) {
        for (size_t k = 0; k < t->n_free; k++)
            gsl_matrix_set(df, i, k, t->slope[i * t->p + t->free[k]]);
    }
    return t->status == FREM_OK ? GSL_SUCCESS : GSL_EBADFUNC;
}

static bool left_bounds(const gsl_vector *x) {
    for (size_t i = 0; i < x->size; i++) {
        if (gsl_vector_get(x, i) < 0 || gsl_vector_get(x, i) > 1)
            return true;
    }
    return false;
}

/* Searches with what is free until it settles, or leaves the bounds: what does is held there. */
static frem_status trust_region(task *t, bool *taken) {
    const size_t rows = t->n > t->n_free ? t->n : t->n_free;
    gsl_multifit_nlinear_parameters how = gsl_multifit_nlinear_default_parameters();
    gsl_multifit_nlinear_fdf of = {.f = function, .df = slope, .n = rows, .p = t->n_free, .params = t};
    how.scale = gsl_multifit_nlinear_scale_levenberg;
    how.solver = gsl_multifit_nlinear_solver_svd;
    frem_numeric_ready();
    gsl_vector *begin = gsl_vector_alloc(t->n_free);
    gsl_multifit_nlinear_workspace *w =
        gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust, &how, rows, t->n_free);
    frem_status status = begin != NULL && w != NULL ? FREM_OK : FREM_NO_MEMORY;
    for (size_t i = 0; i < t->n_free && status == FREM_OK; i++)
        gsl_vector_set(begin, i, t->u[t->free[i]]);
    int gsl = status == FREM_OK ? gsl_multifit_nlinear_init(begin, &of, w) : GSL_ENOMEM;
    for (size_t i = 0; i < STEPS_MAX && gsl == GSL_SUCCESS; i++) {
        int why = 0;
        gsl = gsl_multifit_nlinear_iterate(w);
        if (gsl == GSL_SUCCESS &&
            (left_bounds(w->x) || gsl_multifit_nlinear_test(1e-9, 1e-12, 0, &why, w) == GSL_SUCCESS))
            break;
    }
    *taken = false;
    const double before = t->here.squares;
    if (status == FREM_OK && t->status == FREM_OK) {
        spread_out(t, w->x);
        status = try_place(t, taken);
        *taken = *taken && t->here.squares < before;
        for (size_t i = 0; i < t->n_free && *taken; i++)
            t->held[t->free[i]] = gsl_vector_get(w->x, i) < 0 || gsl_vector_get(w->x, i) > 1;
    }
    gsl_multifit_nlinear_free(w);
    gsl_vector_free(begin);
    return status != FREM_OK ? status : t->status;
}

/* ---- a fit ---- */

/* Frees the held parameter by which the squares fall most inwards. @return whether there is one. */
static bool free_one(task *t) {
    const double least = 1e-12 * (1 + t->here.squares);
    double most = least;
    size_t best = t->p;
    for (size_t k = 0; k < t->p; k++) {
        double down = 0, length = 0;
        for (size_t i = 0; i < t->n; i++) {
            const double slope = part_of(t, i) * t->slope[i * t->p + k];
            down += slope * t->here.r[i];
            length += slope * slope;
        }
        const bool inward = t->u[k] <= 0 ? down < 0 : down > 0;
        if (!t->held[k] || !inward || !(length > 0) || down * down / length <= most)
            continue;
        most = down * down / length;
        best = k;
    }
    if (best < t->p)
        t->held[best] = false;
    return best < t->p;
}

/* One round: a step, or where that is no good a search. @param[out] over nothing is to be gained any more. */
static frem_status go_on(task *t, double enough, bool *over, bool *settled) {
    bool taken = false;
    double gain = 0;
    list_free(t);
    frem_status status = slope_at(t, t->u, &t->here);
    if (status == FREM_OK && t->n_free > 0)
        status = best_step(t, &gain);
    const bool little = gain <= enough * (1 + t->here.squares);
    if (status == FREM_OK && t->n_free > 0)
        status = go(t, &taken);
    for (size_t halving = 0; t->limit > 0 && !taken && !little && halving < HALVINGS_MAX && status == FREM_OK;
         halving++) { /* what is beyond a limit bends where others come to it */
        for (size_t k = 0; k < t->p; k++)
            t->step[k] /= 2;
        status = go(t, &taken);
    }
    if (status != FREM_OK)
        return status;
    if (!taken && !little) {
        if (!(t->limit > 0))
            status = trust_region(t, &taken);
        *over = !taken;
        *settled = gain <= 1e-6 * (1 + t->here.squares);
        return status;
    }
    if (little) {
        *settled = true;
        *over = !free_one(t);
    }
    return FREM_OK;
}

static frem_status run(task *t, double enough, frem_fit_end *end) {
    bool over = false;
    end->settled = false;
    for (size_t k = 0; k < t->p; k++) {
        t->u[k] = inwards(t->fit, k, end->at[k]);
        t->held[k] = end->held[k] && (t->u[k] <= 0 || t->u[k] >= 1);
    }
    frem_status status = residuals_at(t, t->u, &t->here);
    for (size_t round = 0; round < ROUNDS_MAX + 10 * t->p && !over && status == FREM_OK; round++)
        status = go_on(t, enough, &over, &end->settled);
    end->squares = sum_of_squares(t->here.raw, t->n);
    for (size_t k = 0; k < t->p; k++) {
        end->held[k] = t->held[k];
        if (t->fixed == NULL || !t->fixed[k])
            end->at[k] = outwards(t->fit, k, t->u[k]);
    }
    return status;
}

static frem_status fit_from(const frem_fit *fit, const bool *fixed, double enough, frem_fit_end *end) {
    task t;
    frem_status status = task_new(&t, fit, fixed);
    if (status == FREM_OK)
        status = run(&t, enough, end);
    task_free(&t);
    return status;
}

frem_status frem_fit_from(const frem_fit *fit, const bool *fixed, frem_fit_end *end) {
    return fit_from(fit, fixed, 1e-15, end);
}

frem_status frem_fit_inside(const frem_fit *fit, double limit, frem_fit_end *end, bool *found) {
    task t;
    frem_fit_end inner;
    frem_status status = task_new(&t, fit, NULL), made = frem_fit_end_new(&inner, fit->n_parameters);
    *found = false;
    if (status == FREM_OK && made == FREM_OK) {
        memcpy(inner.at, end->at, fit->n_parameters * sizeof *inner.at);
        memcpy(inner.held, end->held, fit->n_parameters * sizeof *inner.held);
        t.limit = limit;
        status = run(&t, 1e-15, &inner);
        *found = status == FREM_OK && t.here.squares <= 1e-12;
    }
    if (*found) {
        const frem_fit_end before = *end;
        *end = inner;
        inner = before;
    }
    frem_fit_end_free(&inner);
    task_free(&t);
    return status == FREM_OK ? made : status;
}

/* ---- several starts ---- */

typedef struct look {
    size_t at;
    double squares;
} look;

static int by_squares(const void *a, const void *b) {
    const look *x = a, *y = b;
    const int order = (x->squares > y->squares) - (x->squares < y->squares);
    return order != 0 ? order : (x->at > y->at) - (x->at < y->at);
}

/* Places through the bounds. Beyond the dimensions that a sequence has, its own are taken again, shifted. */
static frem_status fill_places(const frem_fit *fit, double *at, size_t n) {
    const size_t p = fit->n_parameters, dimensions = p < FREM_SOBOL_MAX ? p : FREM_SOBOL_MAX;
    double point[FREM_SOBOL_MAX];
    frem_sobol *sequence = NULL;
    frem_status status = frem_sobol_new(&sequence, dimensions);
    for (size_t i = 0; i < n && status == FREM_OK; i++) {
        status = frem_sobol_next(sequence, point);
        for (size_t k = 0; k < p && status == FREM_OK; k++) {
            const double shifted = point[k % dimensions] + 0.6180339887498949 * (double)(k / dimensions);
            at[i * p + k] = outwards(fit, k, shifted - floor(shifted));
        }
    }
    frem_sobol_free(sequence);
    return status;
}

/* The places that fit best as the starts of all ends but the first. */
static frem_status choose_starts(const frem_fit *fit, frem_fit_end *ends, size_t n) {
    const size_t p = fit->n_parameters, places = LOOKS_EACH * (n - 1);
    double *at = calloc(places * p, sizeof *at), *out = calloc(places * fit->n_residuals, sizeof *out);
    look *looks = calloc(places, sizeof *looks);
    frem_status status = at != NULL && out != NULL && looks != NULL ? FREM_OK : FREM_NO_MEMORY;
    if (status == FREM_OK)
        status = fill_places(fit, at, places);
    if (status == FREM_OK)
        status = fit->residuals(fit->context, places, at, out);
    for (size_t i = 0; i < places && status == FREM_OK; i++)
        looks[i] = (look){i, sum_of_squares(out + i * fit->n_residuals, fit->n_residuals)};
    if (status == FREM_OK)
        qsort(looks, places, sizeof *looks, by_squares);
    for (size_t i = 1; i < n && status == FREM_OK; i++)
        memcpy(ends[i].at, at + looks[i - 1].at * p, p * sizeof *at);
    free(looks);
    free(out);
    free(at);
    return status;
}

frem_status frem_fit_search(const frem_fit *fit, frem_fit_end *ends, size_t n) {
    frem_status status = n > 1 ? choose_starts(fit, ends, n) : FREM_OK;
    size_t best = 0;
    for (size_t i = 0; i < n && status == FREM_OK; i++) {
        status = frem_fit_from(fit, NULL, &ends[i]);
        if (status == FREM_OK && ends[i].squares < ends[best].squares - 1e-6 * (1 + ends[best].squares))
            best = i;
    }
    const frem_fit_end first = ends[0];
    ends[0] = ends[best];
    ends[best] = first;
    return status;
}

/* ---- what the residuals say ---- */

void frem_fit_spread_free(frem_fit_spread *spread) {
    free(spread->covariance);
    free(spread->together);
    *spread = (frem_fit_spread){0};
}

/* Numbers the parameters that no residual holds. @param lost [free][free] how the directions that move nothing project. */
static void number_together(const task *t, const double *lost, frem_fit_spread *spread) {
    enum { UNSEEN = 0 };
    const size_t n = t->n_free;
    for (size_t pass = 0; pass < n; pass++) {
        if (lost[pass * n + pass] <= 1e-6 || spread->together[t->free[pass]] != UNSEEN)
            continue;
        const size_t number = ++spread->n_together;
        spread->together[t->free[pass]] = number;
        for (bool more = true; more;) { /* all that move with one of the number */
            more = false;
            for (size_t i = 0; i < n; i++) {
                for (size_t j = 0; j < n && spread->together[t->free[i]] == number; j++) {
                    if (fabs(lost[i * n + j]) <= 1e-6 || spread->together[t->free[j]] != UNSEEN)
                        continue;
                    spread->together[t->free[j]] = number;
                    more = true;
                }
            }
        }
    }
}

static void fill_covariance(const task *t, const factors *f, double *covariance) {
    const frem_fit *fit = t->fit;
    for (size_t a = 0; a < t->n_free; a++) {
        for (size_t b = 0; b < t->n_free; b++) {
            const size_t j = t->free[a], k = t->free[b];
            double sum = 0;
            for (size_t i = 0; i < t->n_free; i++) {
                const double s = gsl_vector_get(f->s, i);
                if (counts(f, i))
                    sum += gsl_matrix_get(f->v, a, i) * gsl_matrix_get(f->v, b, i) / (s * s);
            }
            covariance[j * t->p + k] = sum * (fit->max[j] - fit->min[j]) * (fit->max[k] - fit->min[k]);
        }
    }
}

static frem_status fill_spread(task *t, frem_fit_spread *spread) {
    const size_t n = t->n_free;
    factors f;
    double *lost = calloc(n * n, sizeof *lost);
    frem_status status = factors_new(&f, t);
    if (lost == NULL)
        status = FREM_NO_MEMORY;
    if (status == FREM_OK)
        fill_covariance(t, &f, spread->covariance);
    for (size_t i = 0; i < n && status == FREM_OK; i++) {
        spread->rank += counts(&f, i);
        for (size_t a = 0; a < n && !counts(&f, i); a++) {
            for (size_t b = 0; b < n; b++)
                lost[a * n + b] += gsl_matrix_get(f.v, a, i) * gsl_matrix_get(f.v, b, i);
        }
    }
    if (status == FREM_OK)
        number_together(t, lost, spread);
    factors_free(&f);
    free(lost);
    return status;
}

frem_status frem_fit_spread_new(const frem_fit *fit, const frem_fit_end *end, frem_fit_spread *spread) {
    const size_t p = fit->n_parameters;
    task t;
    *spread = (frem_fit_spread){.covariance = calloc(p * p, sizeof *spread->covariance),
                                .together = calloc(p, sizeof *spread->together)};
    frem_status status = task_new(&t, fit, NULL);
    if (spread->covariance == NULL || spread->together == NULL)
        status = FREM_NO_MEMORY;
    for (size_t i = 0; i < p * p && status == FREM_OK; i++)
        spread->covariance[i] = (double)NAN;
    for (size_t k = 0; k < p && status == FREM_OK; k++) {
        t.u[k] = inwards(fit, k, end->at[k]);
        t.held[k] = end->held[k];
    }
    if (status == FREM_OK)
        status = residuals_at(&t, t.u, &t.here);
    if (status == FREM_OK)
        status = slope_at(&t, t.u, &t.here);
    list_free(&t);
    if (status == FREM_OK && t.n_free > 0)
        status = fill_spread(&t, spread);
    for (size_t k = 0; k < p && status == FREM_OK; k++) {
        for (size_t j = 0; j < p && spread->together[k] > 0; j++)
            spread->covariance[k * p + j] = spread->covariance[j * p + k] = (double)NAN;
    }
    task_free(&t);
    return status;
}

/* ---- profiles ---- */

/* What is looked for: the root of the rise against the one that is asked for, which is straight for straight residuals. */
typedef struct profile {
    const frem_fit *fit;
    const frem_fit_end *best;
    const frem_fit_spread *spread;
    size_t parameter;
    double rise;
    bool *fixed;
    frem_fit_end end;
} profile;

/* Fits the others with the parameter at a value. */
static frem_status risen_at(void *context, double x, double *value) {
    profile *f = context;
    const size_t p = f->fit->n_parameters, k = f->parameter;
    const double *covariance = f->spread->covariance, own = covariance[k * p + k];
    for (size_t j = 0; j < p; j++) {
        const double with = covariance[j * p + k], moved = (x - f->best->at[k]) * with / own;
        const double there = f->best->at[j] + (j != k && isfinite(moved) ? moved : 0);
        f->end.at[j] = fmin(fmax(there, f->fit->min[j]), f->fit->max[j]);
        f->end.held[j] = f->best->held[j];
    }
    f->end.at[k] = x;
    const frem_status status = fit_from(f->fit, f->fixed, 1e-9, &f->end);
    *value = sqrt(fmax(0, f->end.squares - f->best->squares)) - sqrt(f->rise);
    return status;
}

/* Goes outwards until the squares have risen enough. @param[out] ends, values of a stretch that holds the limit. */
static frem_status widen(profile *f, int side, double bound, double ends[2], double values[2], bool *open) {
    const size_t p = f->fit->n_parameters, k = f->parameter;
    const double own = f->spread->covariance[k * p + k], range = f->fit->max[k] - f->fit->min[k];
    double width = isfinite(own) && own > 0 ? sqrt(own * f->rise) : range;
    frem_status status = FREM_OK;
    ends[0] = f->best->at[k];
    values[0] = -sqrt(f->rise);
    for (size_t i = 0; i < WIDENINGS_MAX && status == FREM_OK; i++) {
        const double there = f->best->at[k] + side * width;
        const bool last = side > 0 ? there >= bound : there <= bound;
        ends[1] = last ? bound : there;
        status = risen_at(f, ends[1], &values[1]);
        if (status != FREM_OK || values[1] >= -1e-6)
            return status;
        if (last)
            break;
        ends[0] = ends[1];
        values[0] = values[1];
        width *= 2;
    }
    *open = true;
    return status;
}

frem_status frem_fit_profile(const frem_fit *fit, const frem_fit_end *end, const frem_fit_spread *spread,
                             size_t parameter, int side, double rise, double *limit, bool *open) {
    const double bound = side > 0 ? fit->max[parameter] : fit->min[parameter];
    profile f = {fit, end, spread, parameter, rise, calloc(fit->n_parameters, sizeof(bool)), {0}};
    double ends[2] = {0}, values[2] = {0}, value;
    frem_status status = frem_fit_end_new(&f.end, fit->n_parameters);
    *limit = bound;
    *open = side > 0 ? end->at[parameter] >= bound : end->at[parameter] <= bound;
    if (f.fixed == NULL)
        status = FREM_NO_MEMORY;
    if (status == FREM_OK && !*open) {
        f.fixed[parameter] = true;
        status = widen(&f, side, bound, ends, values, open);
        *limit = ends[1];
    }
    if (status == FREM_OK && !*open && values[1] > 1e-6) {
        frem_root_search root = {{ends[0], ends[1]}, {values[0], values[1]}, 1e-6, risen_at, &f};
        if (side < 0)
            root = (frem_root_search){{ends[1], ends[0]}, {values[1], values[0]}, 1e-6, risen_at, &f};
        status = frem_root_find(&root, limit, &value);
    }
    frem_fit_end_free(&f.end);
    free(f.fixed);
    return status;
}
