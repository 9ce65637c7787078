/** @file
 *  Probability distributions of one number, cut where asked, by their inverse distribution functions; and what is read of many
 *  draws: quantiles, mean and spread.
 */
#ifndef FREM_NUMERIC_DISTRIBUTION_H
#define FREM_NUMERIC_DISTRIBUTION_H

#include <stdbool.h>
#include <stddef.h>

#include "fremskriv/status.h"

typedef enum frem_distribution_kind {
    FREM_DISTRIBUTION_NORMAL,     /**< mean, sd */
    FREM_DISTRIBUTION_LOGNORMAL,  /**< mean: the median; sd: of the logarithm */
    FREM_DISTRIBUTION_BETA,       /**< mean and sd, from min to max */
    FREM_DISTRIBUTION_TRIANGULAR, /**< min, mode, max */
    FREM_DISTRIBUTION_UNIFORM     /**< min, max */
} frem_distribution_kind;

/** A distribution. Numbers that its kind does not name are not read. */
typedef struct frem_distribution {
    frem_distribution_kind kind;
    double mean, sd, min, mode, max;
    double least, most; /**< it is cut to these and rescaled; infinite where it is not */
    /* by frem_distribution_ready() */
    double a, b;         /**< of beta */
    double below, above; /**< shares of the uncut distribution below least and above most */
} frem_distribution;

/** Whether the numbers give a distribution: sd > 0 (of beta small enough for its mean), min <= mode <= max, min < max, a
 *  positive median. */
bool frem_distribution_is_one(const frem_distribution *distribution);
/** Makes a distribution ready. @return FREM_INVALID where its numbers give none, or cutting leaves less than 1e-9 of it. */
FREM_MUST_CHECK frem_status frem_distribution_ready(frem_distribution *distribution);
/** The number below which a share u of the distribution lies, 0 < u < 1; inside the cuts. */
double frem_distribution_at(const frem_distribution *distribution, double u);
/** The share of a ready distribution that lies outside from..to. */
double frem_distribution_outside(const frem_distribution *distribution, double from, double to);
/** The mean and the standard deviation of a distribution as if it were not cut. */
void frem_distribution_moments(const frem_distribution *distribution, double *mean, double *sd);

/** The number below which a share u of the standard normal distribution lies. */
double frem_normal_at(double u);

/** The lower triangle whose product with its transpose is a matrix of correlations. @param[in,out] matrix [n][n], symmetric.
 *  @return FREM_INVALID where it is not positive definite. */
FREM_MUST_CHECK frem_status frem_cholesky(double *matrix, size_t n);

/** Mean, and the standard deviation with n - 1 below (0 of one number). Sums run in the order of the numbers. */
void frem_moments(const double *numbers, size_t n, double *mean, double *sd);
/** Most quantiles at once. */
enum { FREM_QUANTILES_MAX = 16 };
/** Quantiles of type 7 (Hyndman and Fan): with the numbers in order x[0..n-1] and h = (n - 1) p, x[h] on a straight line
 *  between the two whole h beside it. Exact: the same as by sorting.
 *  @param n >= 1. @param shares 0..1, at most FREM_QUANTILES_MAX. @param scratch [n] and @param bins [n] are written. */
void frem_quantiles(const double *numbers, size_t n, const double *shares, size_t n_shares, double *scratch,
                    unsigned short *bins, double *out);

#endif
