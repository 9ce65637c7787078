#include <math.h>
#include <stdbool.h>

#include <gsl/gsl_errno.h>
#include <gsl/gsl_interp.h>

#include "numeric/numeric.h"
#include "numeric/status.h"

static bool points_are_good(const double *x, const double *y, size_t n) {
    if (n == 0)
        return false;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(x[i]) || !isfinite(y[i]))
            return false;
        if (i > 0 && !(x[i - 1] < x[i]))
            return false;
    }
    return true;
}

/** Reads the curve at one place strictly inside the points' range. */
static frem_status read_inside(const gsl_interp *interp, const double *x, const double *y, size_t n,
                               double at, double *out) {
    const size_t k = gsl_interp_bsearch(x, at, 0, n - 1);
    if (interp == NULL) {
        *out = y[k];
        return FREM_OK;
    }

    double value = 0.0;
    const frem_status status = frem_numeric_status(gsl_interp_eval_e(interp, x, y, at, NULL, &value));
    if (status != FREM_OK)
        return status;
    if (!isfinite(value)) /* points so far apart that their difference overflows */
        return FREM_INVALID;

    /* Both curves stay between the two points; rounding must not carry them over. */
    *out = fmin(fmax(value, fmin(y[k], y[k + 1])), fmax(y[k], y[k + 1]));
    return FREM_OK;
}

frem_status frem_curve(const double *x, const double *y, size_t n, frem_between between, const double *at,
                       double *out, size_t m) {
    frem_numeric_ready();
    if (!points_are_good(x, y, n))
        return FREM_INVALID;

    frem_status status = FREM_OK;
    gsl_interp *interp = NULL; /* none for a step or a constant */
    if (between != FREM_BETWEEN_STEP && n > 1) {
        const gsl_interp_type *type =
            between == FREM_BETWEEN_SPLINE && n >= 3 ? gsl_interp_steffen : gsl_interp_linear;
        interp = gsl_interp_alloc(type, n);
        if (interp == NULL)
            return FREM_NO_MEMORY;
        status = frem_numeric_status(gsl_interp_init(interp, x, y, n));
        if (status != FREM_OK)
            goto done;
    }

    for (size_t i = 0; i < m; i++) {
        if (isnan(at[i])) {
            status = FREM_INVALID;
            goto done;
        }
        if (at[i] <= x[0])
            out[i] = y[0];
        else if (at[i] >= x[n - 1])
            out[i] = y[n - 1];
        else
            status = read_inside(interp, x, y, n, at[i], &out[i]);
        if (status != FREM_OK)
            goto done;
    }

done:
    gsl_interp_free(interp);
    return status;
}
