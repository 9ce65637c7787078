/* The root of a function of one number between two ends of opposite sign: Brent's method, as GSL has it. */
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_roots.h>
#include <math.h>

#include "numeric/numeric.h"
#include "numeric/status.h"

/* GSL's function cannot fail: what failed is kept here, and NaN makes GSL stop. */
typedef struct finding {
    const frem_root_search *search;
    double at, value; /* nearest to 0 so far */
    frem_status status;
} finding;

static void keep(finding *f, double at, double value) {
    if (fabs(value) < fabs(f->value)) {
        f->at = at;
        f->value = value;
    }
}

static double function(double at, void *params) {
    finding *f = params;
    double value = (double)NAN;
    for (size_t end = 0; end < 2; end++) { /* known already */
        if (at == f->search->ends[end])
            return f->search->values[end];
    }
    if (f->status == FREM_OK)
        f->status = f->search->function(f->search->context, at, &value);
    if (f->status == FREM_OK)
        keep(f, at, value);
    return value;
}

frem_status frem_root_find(const frem_root_search *search, double *root, double *value) {
    enum { STEPS_MAX = 200 };
    frem_numeric_ready();
    finding f = {search, search->ends[0], search->values[0], FREM_OK};
    keep(&f, search->ends[1], search->values[1]);
    gsl_root_fsolver *solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
    if (solver == NULL)
        return FREM_NO_MEMORY;
    gsl_function of = {function, &f};
    int gsl = gsl_root_fsolver_set(solver, &of, search->ends[0], search->ends[1]);
    for (int i = 0; i < STEPS_MAX && gsl == GSL_SUCCESS && fabs(f.value) > search->tolerance; i++) {
        gsl = gsl_root_fsolver_iterate(solver);
        const double low = gsl_root_fsolver_x_lower(solver), high = gsl_root_fsolver_x_upper(solver);
        if (gsl_root_test_interval(low, high, 0, 4 * GSL_DBL_EPSILON) == GSL_SUCCESS)
            break; /* no number lies between: where the function jumps, it has no root */
    }
    gsl_root_fsolver_free(solver);
    *root = f.at;
    *value = f.value;
    return f.status != FREM_OK ? f.status : frem_numeric_status(gsl);
}
