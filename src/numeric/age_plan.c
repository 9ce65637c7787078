/* Ages inside groups, along cohorts: least squares whose matrix is the same for all regions, so that it is factored
 * once. Cells are in the order of cohorts, which keeps the matrix in a band as wide as there are years. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_linalg.h>

#include "numeric/numeric.h"
#include "numeric/status.h"

/* Regions, or groups, that are solved for together. */
enum { LANES = 8 };

static const double AGE_WEIGHT = 1, COHORT_WEIGHT = 1, SETTLED_WEIGHT = 30, MEAN_WEIGHT = 0.001;

/* A group of several ages in one year. */
typedef struct age_sum {
    size_t year, from, to; /* both ages included */
} age_sum;

struct frem_age_plan {
    size_t years, ages, cells;
    bool open;
    double *profile;  /* [year][age] */
    bool *joined;     /* [year][age] */
    double everybody; /* of the profile */
    size_t *cell_of;  /* [year][age] */
    bool *fixed;      /* [cell] a group of one age in which the profile has persons */
    bool any_fixed;
    size_t band;
    double *lower; /* [cell][band + 1] row i of the factor, its last element on the diagonal */
    double *upper; /* [cell][band + 1] column i of the factor, its first element on the diagonal */
    age_sum *sums;
    size_t n_sums;
    gsl_matrix *pulls; /* what a pull on one sum does to the others, factored */
};

/* ---- cells ---- */

/* Cell of an age in a year. */
static size_t cell(const frem_age_plan *plan, size_t year, size_t age) {
    return plan->cell_of[year * plan->ages + age];
}

/* The age of a cohort one year on; the number of ages where it has left. */
static size_t next_age(const frem_age_plan *plan, size_t age) {
    return age + 1 == plan->ages && plan->open ? age : age + 1;
}

static bool joins(const frem_age_plan *plan, size_t year, size_t age) {
    return age < plan->ages && plan->joined[year * plan->ages + age];
}

static void number_cells(frem_age_plan *plan) {
    size_t n = 0;
    /* A cohort is found by its age at the start of the year 0, counted from the oldest down, beyond birth. */
    for (size_t cohort = 0; cohort + 1 < plan->ages + plan->years; cohort++) {
        for (size_t year = 0; year < plan->years; year++) {
            size_t age = year + plan->ages - 1 - cohort;
            if (year + plan->ages > cohort && age < plan->ages)
                plan->cell_of[year * plan->ages + age] = n++;
        }
    }
}

/* What is done with a link between two cells. */
typedef void (*on_link)(void *context, size_t one, size_t other, double weight);

static void each_link(const frem_age_plan *plan, on_link what, void *context) {
    for (size_t year = 0; year < plan->years; year++) {
        for (size_t age = 0; age < plan->ages; age++) {
            size_t here = cell(plan, year, age), older = next_age(plan, age);
            if (age + 1 < plan->ages)
                what(context, here, cell(plan, year, age + 1), AGE_WEIGHT);
            if (year + 1 < plan->years && older < plan->ages)
                what(context, here, cell(plan, year + 1, older),
                     age >= FREM_SETTLED_AGE ? SETTLED_WEIGHT : COHORT_WEIGHT);
        }
    }
}

static void widen_band(void *context, size_t one, size_t other, double weight) {
    frem_age_plan *plan = context;
    (void)weight;
    size_t apart = one > other ? one - other : other - one;
    plan->band = apart > plan->band ? apart : plan->band;
}

/* Element of the matrix at or below the diagonal. */
static double *element(const frem_age_plan *plan, size_t row, size_t column) {
    return &plan->lower[row * (plan->band + 1) + plan->band + column - row];
}

/* weight * (r[one] - r[other])^2; what is fixed is on the right side. */
static void add_link(void *context, size_t one, size_t other, double weight) {
    const frem_age_plan *plan = context;
    if (!plan->fixed[one])
        *element(plan, one, one) += weight;
    if (!plan->fixed[other])
        *element(plan, other, other) += weight;
    if (!plan->fixed[one] && !plan->fixed[other])
        *element(plan, one > other ? one : other, one > other ? other : one) -= weight;
}

/* The matrix is positive definite: each cell has MEAN_WEIGHT, or is fixed with 1. */
static void factor(const frem_age_plan *plan) {
    for (size_t i = 0; i < plan->cells; i++) {
        size_t start = i > plan->band ? i - plan->band : 0;
        for (size_t j = start; j <= i; j++) {
            size_t first = j > plan->band && j - plan->band > start ? j - plan->band : start;
            double rest = *element(plan, i, j);
            for (size_t k = first; k < j; k++)
                rest -= *element(plan, i, k) * *element(plan, j, k);
            *element(plan, i, j) = j < i ? rest / *element(plan, j, j) : sqrt(rest);
        }
    }
}

/* The factor's columns, so that both ways of solving read along rows. */
static void turn(const frem_age_plan *plan) {
    for (size_t i = 0; i < plan->cells; i++) {
        for (size_t j = i > plan->band ? i - plan->band : 0; j <= i; j++)
            plan->upper[j * (plan->band + 1) + i - j] = *element(plan, i, j);
    }
}

/* (x - sum of weights * others) / diagonal, lane by lane, the sum kept out of memory. @param others one row after
 * another */
static void reduce(double *restrict x, const double *restrict weights, const double *restrict others,
                   size_t n, double diagonal) {
    double rest[LANES];
    for (size_t l = 0; l < LANES; l++)
        rest[l] = x[l];
    for (size_t k = 0; k < n; k++) {
#pragma GCC unroll 8
        for (size_t l = 0; l < LANES; l++)
            rest[l] -= weights[k] * others[k * LANES + l];
    }
    double own = 1 / diagonal;
    for (size_t l = 0; l < LANES; l++)
        x[l] = rest[l] * own;
}

/* Solves for several right sides. @param[in,out] x [cell][LANES]; @param first nothing but 0 before this cell. */
static void solve(const frem_age_plan *plan, double *x, size_t first) {
    size_t band = plan->band, n = plan->cells;
    for (size_t i = first; i < n; i++) {
        size_t from = i > first + band ? i - band : first;
        reduce(x + i * LANES, element(plan, i, from), x + from * LANES, i - from, *element(plan, i, i));
    }
    for (size_t i = n; i-- > 0;) {
        const double *row = plan->upper + i * (band + 1);
        reduce(x + i * LANES, row + 1, x + (i + 1) * LANES, n - 1 - i < band ? n - 1 - i : band, row[0]);
    }
}

/* ---- groups ---- */

static bool find_sums(frem_age_plan *plan) {
    for (size_t year = 0; year < plan->years; year++) {
        for (size_t from = 0, to; from < plan->ages; from = to + 1) {
            double persons = plan->profile[year * plan->ages + from];
            for (to = from; joins(plan, year, to + 1); to++)
                persons += plan->profile[year * plan->ages + to + 1];
            plan->everybody += persons;
            bool single = to == from;
            if (single && persons > 0) {
                plan->fixed[cell(plan, year, from)] = true;
                plan->any_fixed = true;
            }
            if (!single && !(persons > 0))
                return false;
            if (!single)
                plan->sums[plan->n_sums++] = (age_sum){year, from, to};
        }
    }
    return plan->n_sums > 0;
}

static double profile_at(const frem_age_plan *plan, const age_sum *sum, size_t age) {
    return plan->profile[sum->year * plan->ages + age];
}

/* Adds pulls to the cells of a group. @param pulls one a lane */
static void pull(const frem_age_plan *plan, const age_sum *sum, const double *pulls, double *x) {
    for (size_t age = sum->from; age <= sum->to; age++) {
        double *at = x + cell(plan, sum->year, age) * LANES;
        for (size_t l = 0; l < LANES; l++)
            at[l] += pulls[l] * profile_at(plan, sum, age);
    }
}

/* A group's persons in one lane. */
static double sum_up(const frem_age_plan *plan, const age_sum *sum, const double *x, size_t lane) {
    double persons = 0;
    for (size_t age = sum->from; age <= sum->to; age++)
        persons += x[cell(plan, sum->year, age) * LANES + lane] * profile_at(plan, sum, age);
    return persons;
}

static size_t first_cell(const frem_age_plan *plan, const age_sum *sum) {
    size_t first = plan->cells;
    for (size_t age = sum->from; age <= sum->to; age++)
        first = cell(plan, sum->year, age) < first ? cell(plan, sum->year, age) : first;
    return first;
}

static frem_status find_pulls(frem_age_plan *plan) {
    double *x = calloc(plan->cells, LANES * sizeof *x);
    plan->pulls = gsl_matrix_alloc(plan->n_sums, plan->n_sums);
    if (x == NULL || plan->pulls == NULL) {
        free(x);
        return FREM_NO_MEMORY;
    }
    for (size_t s = 0; s < plan->n_sums; s += LANES) {
        size_t first = plan->cells, lanes = plan->n_sums - s < LANES ? plan->n_sums - s : LANES;
        memset(x, 0, plan->cells * LANES * sizeof *x);
        for (size_t l = 0; l < lanes; l++) {
            double one[LANES] = {0};
            one[l] = 1;
            pull(plan, &plan->sums[s + l], one, x);
            size_t begins = first_cell(plan, &plan->sums[s + l]);
            first = begins < first ? begins : first;
        }
        solve(plan, x, first);
        for (size_t other = 0; other < plan->n_sums; other++) {
            for (size_t l = 0; l < lanes; l++)
                gsl_matrix_set(plan->pulls, other, s + l, sum_up(plan, &plan->sums[other], x, l));
        }
    }
    free(x);
    return frem_numeric_status(gsl_linalg_cholesky_decomp1(plan->pulls));
}

/* ---- the plan ---- */

static frem_status make(frem_age_plan *plan, const frem_age_layout *layout) {
    size_t n = layout->years * layout->ages;
    plan->years = layout->years;
    plan->ages = layout->ages;
    plan->open = layout->open;
    plan->cells = n;
    plan->profile = malloc(n * sizeof *plan->profile);
    plan->joined = malloc(n * sizeof *plan->joined);
    plan->cell_of = malloc(n * sizeof *plan->cell_of);
    plan->fixed = calloc(n, sizeof *plan->fixed);
    plan->sums = malloc(n * sizeof *plan->sums);
    if (plan->profile == NULL || plan->joined == NULL || plan->cell_of == NULL || plan->fixed == NULL ||
        plan->sums == NULL)
        return FREM_NO_MEMORY;
    memcpy(plan->profile, layout->profile, n * sizeof *plan->profile);
    memcpy(plan->joined, layout->joined, n * sizeof *plan->joined);
    number_cells(plan);
    if (!find_sums(plan))
        return FREM_INVALID;
    each_link(plan, widen_band, plan);
    plan->lower = calloc(n, (plan->band + 1) * sizeof *plan->lower);
    plan->upper = calloc(n, (plan->band + 1) * sizeof *plan->upper);
    if (plan->lower == NULL || plan->upper == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < n; i++)
        *element(plan, i, i) = plan->fixed[i] ? 1 : MEAN_WEIGHT;
    each_link(plan, add_link, plan);
    factor(plan);
    turn(plan);
    return find_pulls(plan);
}

frem_status frem_age_plan_new(frem_age_plan **out, const frem_age_layout *layout) {
    frem_numeric_ready();
    *out = NULL;
    frem_age_plan *plan = calloc(1, sizeof *plan);
    frem_status status = plan != NULL ? make(plan, layout) : FREM_NO_MEMORY;
    if (status == FREM_OK)
        *out = plan;
    else
        frem_age_plan_free(plan);
    return status;
}

void frem_age_plan_free(frem_age_plan *plan) {
    if (plan == NULL)
        return;
    free(plan->profile);
    free(plan->joined);
    free(plan->cell_of);
    free(plan->fixed);
    free(plan->sums);
    free(plan->lower);
    free(plan->upper);
    gsl_matrix_free(plan->pulls);
    free(plan);
}

bool frem_age_plan_fits(const frem_age_plan *plan, const frem_age_layout *layout) {
    size_t n = layout->years * layout->ages;
    return plan->years == layout->years && plan->ages == layout->ages && plan->open == layout->open &&
           memcmp(plan->joined, layout->joined, n * sizeof *plan->joined) == 0 &&
           memcmp(plan->profile, layout->profile, n * sizeof *plan->profile) == 0;
}

/* ---- spreading ---- */

/* The right sides before any pull: the regions' mean ratios, and neighbours whose ratio is fixed. */
static void begin(const frem_age_plan *plan, double *const *persons, size_t n, double *right) {
    memset(right, 0, plan->cells * LANES * sizeof *right);
    for (size_t l = 0; l < n; l++) {
        double all = 0;
        for (size_t i = 0; i < plan->cells; i++)
            all += persons[l][i];
        for (size_t i = 0; i < plan->cells; i++) {
            size_t at = plan->cell_of[i];
            right[at * LANES + l] =
                plan->fixed[at] ? persons[l][i] / plan->profile[i] : MEAN_WEIGHT * all / plan->everybody;
        }
    }
}

/* Right sides of regions. */
typedef struct leaning {
    const frem_age_plan *plan;
    double *right; /* [cell][LANES] */
} leaning;

static void lean(void *context, size_t one, size_t other, double weight) {
    const leaning *to = context;
    const bool *fixed = to->plan->fixed;
    if (fixed[one] == fixed[other])
        return;
    size_t known = fixed[one] ? one : other, unknown = fixed[one] ? other : one;
    for (size_t l = 0; l < LANES; l++)
        to->right[unknown * LANES + l] += weight * to->right[known * LANES + l];
}

/* What the right sides give before any pull: the mean ratio throughout where nothing is fixed. */
static void solve_free(const frem_age_plan *plan, double *right, double *x) {
    leaning to = {plan, right};
    if (plan->any_fixed)
        each_link(plan, lean, &to);
    for (size_t i = 0; i < plan->cells * LANES; i++)
        x[i] = plan->any_fixed ? right[i] : right[i] / MEAN_WEIGHT;
    if (plan->any_fixed)
        solve(plan, x, 0);
}

/* Pulls on the groups' sums until they hold. @param x what the right sides give by themselves. */
static frem_status hold_sums(const frem_age_plan *plan, double *const *persons, size_t n, const double *x,
                             gsl_vector *pulls, double *right) {
    int gsl = GSL_SUCCESS;
    for (size_t l = 0; l < n && gsl == GSL_SUCCESS; l++) {
        for (size_t s = 0; s < plan->n_sums; s++) {
            const age_sum *sum = &plan->sums[s];
            gsl_vector_set(pulls, s,
                           persons[l][sum->year * plan->ages + sum->from] - sum_up(plan, sum, x, l));
        }
        gsl = gsl_linalg_cholesky_svx(plan->pulls, pulls);
        for (size_t s = 0; s < plan->n_sums; s++) {
            double lanes[LANES] = {0};
            lanes[l] = gsl_vector_get(pulls, s);
            pull(plan, &plan->sums[s], lanes, right);
        }
    }
    return frem_numeric_status(gsl);
}

static void hand_out(const frem_age_plan *plan, const double *x, size_t lane, double *persons) {
    for (size_t s = 0; s < plan->n_sums; s++) {
        const age_sum *sum = &plan->sums[s];
        double *group = persons + sum->year * plan->ages + sum->from, whole = group[0];
        for (size_t age = sum->from; age <= sum->to; age++)
            group[age - sum->from] =
                x[cell(plan, sum->year, age) * LANES + lane] * profile_at(plan, sum, age);
        frem_keep_sum(group, sum->to - sum->from + 1, whole);
    }
}

frem_status frem_age_plan_spread(const frem_age_plan *plan, double *const *persons, size_t n) {
    double *right = malloc(2 * plan->cells * LANES * sizeof *right);
    gsl_vector *pulls = gsl_vector_alloc(plan->n_sums);
    frem_status status = right != NULL && pulls != NULL ? FREM_OK : FREM_NO_MEMORY;
    for (size_t r = 0; r < n && status == FREM_OK; r += LANES) {
        size_t lanes = n - r < LANES ? n - r : LANES;
        double *x = right + plan->cells * LANES;
        begin(plan, persons + r, lanes, right);
        solve_free(plan, right, x);
        status = hold_sums(plan, persons + r, lanes, x, pulls, right);
        solve(plan, right, 0);
        for (size_t l = 0; l < lanes && status == FREM_OK; l++)
            hand_out(plan, right, l, persons[r + l]);
    }
    free(right);
    gsl_vector_free(pulls);
    return status;
}
