#include "numeric/distribution.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_linalg.h>
#include <math.h>

#include "numeric/numeric.h"
#include "numeric/status.h"

/* The share of an uncut triangular distribution below x. */
static double triangular_below(const frem_distribution *d, double x) {
    const double width = d->max - d->min, left = d->mode - d->min, right = d->max - d->mode;
    if (x <= d->min)
        return 0;
    if (x >= d->max)
        return 1;
    if (x < d->mode)
        return (x - d->min) * (x - d->min) / (width * left);
    return right > 0 ? 1 - (d->max - x) * (d->max - x) / (width * right) : 1;
}

static double triangular_at(const frem_distribution *d, double u) {
    const double width = d->max - d->min, left = d->mode - d->min;
    if (u * width < left)
        return d->min + sqrt(u * width * left);
    return d->max - sqrt((1 - u) * width * (d->max - d->mode));
}

/* The share of the uncut distribution below x, or above it: each by its own function, so that tails keep their digits. */
static double share(const frem_distribution *d, double x, bool above) {
    switch (d->kind) {
    case FREM_DISTRIBUTION_NORMAL:
        return (above ? gsl_cdf_gaussian_Q : gsl_cdf_gaussian_P)(x - d->mean, d->sd);
    case FREM_DISTRIBUTION_LOGNORMAL:
        if (x <= 0)
            return above ? 1 : 0;
        return (above ? gsl_cdf_lognormal_Q : gsl_cdf_lognormal_P)(x, log(d->mean), d->sd);
    case FREM_DISTRIBUTION_BETA:
        x = fmin(fmax((x - d->min) / (d->max - d->min), 0), 1);
        return (above ? gsl_cdf_beta_Q : gsl_cdf_beta_P)(x, d->a, d->b);
    case FREM_DISTRIBUTION_TRIANGULAR:
        return above ? 1 - triangular_below(d, x) : triangular_below(d, x);
    case FREM_DISTRIBUTION_UNIFORM:
        return (above ? gsl_cdf_flat_Q : gsl_cdf_flat_P)(x, d->min, d->max);
    }
    return (double)NAN;
}

/* The inverse of both. */
static double place(const frem_distribution *d, double u, bool above) {
    switch (d->kind) {
    case FREM_DISTRIBUTION_NORMAL:
        return d->mean + (above ? gsl_cdf_gaussian_Qinv : gsl_cdf_gaussian_Pinv)(u, d->sd);
    case FREM_DISTRIBUTION_LOGNORMAL:
        return d->mean * exp((above ? gsl_cdf_gaussian_Qinv : gsl_cdf_gaussian_Pinv)(u, d->sd));
    case FREM_DISTRIBUTION_BETA:
        return d->min + (d->max - d->min) * (above ? gsl_cdf_beta_Qinv : gsl_cdf_beta_Pinv)(u, d->a, d->b);
    case FREM_DISTRIBUTION_TRIANGULAR:
        return triangular_at(d, above ? 1 - u : u);
    case FREM_DISTRIBUTION_UNIFORM:
        return (above ? gsl_cdf_flat_Qinv : gsl_cdf_flat_Pinv)(u, d->min, d->max);
    }
    return (double)NAN;
}

bool frem_distribution_is_one(const frem_distribution *d) {
    switch (d->kind) {
    case FREM_DISTRIBUTION_NORMAL:
        return isfinite(d->mean) && d->sd > 0;
    case FREM_DISTRIBUTION_LOGNORMAL:
        return d->mean > 0 && d->sd > 0;
    case FREM_DISTRIBUTION_BETA:
        return d->mean > d->min && d->mean < d->max && d->sd > 0 &&
               d->sd * d->sd < (d->mean - d->min) * (d->max - d->mean);
    case FREM_DISTRIBUTION_TRIANGULAR:
        return d->min <= d->mode && d->mode <= d->max && d->min < d->max;
    case FREM_DISTRIBUTION_UNIFORM:
        return d->min < d->max;
    }
    return false;
}

frem_status frem_distribution_ready(frem_distribution *d) {
    frem_numeric_ready();
    if (!frem_distribution_is_one(d) || !(d->least < d->most))
        return FREM_INVALID;
    if (d->kind == FREM_DISTRIBUTION_BETA) {
        const double width = d->max - d->min, mean = (d->mean - d->min) / width, sd = d->sd / width;
        const double size = mean * (1 - mean) / (sd * sd) - 1;
        d->a = mean * size;
        d->b = (1 - mean) * size;
    }
    d->below = isinf(d->least) ? 0 : share(d, d->least, false);
    d->above = isinf(d->most) ? 0 : share(d, d->most, true);
    return 1 - d->below - d->above >= 1e-9 ? FREM_OK : FREM_INVALID;
}

double frem_distribution_at(const frem_distribution *d, double u) {
    const double kept = 1 - d->below - d->above, from_below = d->below + u * kept;
    const double x =
        from_below <= 0.5 ? place(d, from_below, false) : place(d, d->above + (1 - u) * kept, true);
    return fmin(fmax(x, d->least), d->most);
}

double frem_distribution_outside(const frem_distribution *d, double from, double to) {
    const double kept = 1 - d->below - d->above;
    const double below = from <= d->least ? 0 : fmax(share(d, from, false) - d->below, 0);
    const double above = to >= d->most ? 0 : fmax(share(d, to, true) - d->above, 0);
    return fmin((below + above) / kept, 1);
}

void frem_distribution_moments(const frem_distribution *d, double *mean, double *sd) {
    const double square = d->sd * d->sd;
    *mean = d->mean;
    *sd = d->sd;
    switch (d->kind) {
    case FREM_DISTRIBUTION_NORMAL:
    case FREM_DISTRIBUTION_BETA:
        break;
    case FREM_DISTRIBUTION_LOGNORMAL:
        *mean = d->mean * exp(square / 2);
        *sd = *mean * sqrt(expm1(square));
        break;
    case FREM_DISTRIBUTION_TRIANGULAR:
        *mean = (d->min + d->mode + d->max) / 3;
        *sd = sqrt((d->min * d->min + d->mode * d->mode + d->max * d->max - d->min * d->mode -
                    d->min * d->max - d->mode * d->max) /
                   18);
        break;
    case FREM_DISTRIBUTION_UNIFORM:
        *mean = (d->min + d->max) / 2;
        *sd = (d->max - d->min) / sqrt(12);
        break;
    }
}

double frem_normal_at(double u) {
    return gsl_cdf_ugaussian_Pinv(u);
}

frem_status frem_cholesky(double *matrix, size_t n) {
    frem_numeric_ready();
    gsl_matrix_view view = gsl_matrix_view_array(matrix, n, n);
    const frem_status status = frem_numeric_status(gsl_linalg_cholesky_decomp1(&view.matrix));
    for (size_t i = 0; i < n; i++) {
        for (size_t j = i + 1; j < n; j++)
            matrix[i * n + j] = 0;
    }
    return status;
}
