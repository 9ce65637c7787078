/** @file
 *  Least squares inside bounds: GSL's trust region (multifit nlinear), with what the data say of each parameter.
 *
 *  Inside, every parameter runs from 0 to 1 over its bounds. A parameter whose search leaves its bounds is projected onto
 *  the bound and held there; it is freed again where the sum of squares falls inwards, one at a time, so that a fit ends at
 *  a place where no single parameter can be moved for the better.
 */
#ifndef FREM_NUMERIC_FIT_H
#define FREM_NUMERIC_FIT_H

#include "numeric/numeric.h"

/** A slope that was found, taken again wherever it still holds: that is looked at each time. */
typedef struct frem_fit_kept frem_fit_kept;

/** What is fitted. All is borrowed. */
typedef struct frem_fit {
    size_t n_parameters, n_residuals; /**< 1 or more each */
    const double *min, *max;          /**< [parameter] min < max */
    /** Residuals, each over its tolerance, at many places in one call.
     *  @param at [place][parameter] inside the bounds. @param[out] out [place][residual], finite.
     *  @return what is not FREM_OK ends the fit, and is returned. */
    frem_status (*residuals)(void *context, size_t n, const double *at, double *out);
    void *context;
    frem_fit_kept *kept; /**< of frem_fit_kept_new(), for several fits of one problem; NULL: none */
} frem_fit;

/** @param[out] out Owned by the caller. */
FREM_MUST_CHECK frem_status frem_fit_kept_new(frem_fit_kept **out, size_t n_parameters, size_t n_residuals);
/** NULL is fine. */
void frem_fit_kept_free(frem_fit_kept *kept);

/** Where a fit ended. */
typedef struct frem_fit_end {
    double *at;     /**< [parameter] */
    bool *held;     /**< [parameter] at a bound, which it would leave */
    double squares; /**< sum of the squared residuals */
    bool
        settled; /**< false where no step was better although the slope is not 0: at a kink, or out of steps */
} frem_fit_end;

/** @param[out] end to be freed by frem_fit_end_free(), also after a failure. */
FREM_MUST_CHECK frem_status frem_fit_end_new(frem_fit_end *end, size_t n_parameters);
/** Zeros are fine. */
void frem_fit_end_free(frem_fit_end *end);

/** Fits from one place on. @param fixed [parameter] which of them stay as they are; NULL: none.
 *  @param[in,out] end its `at` is where the search begins, and `held` what is first held there. */
FREM_MUST_CHECK frem_status frem_fit_from(const frem_fit *fit, const bool *fixed, frem_fit_end *end);

/** Fits from several places: the one that is given, and those that fit best of a Sobol sequence through the bounds.
 *  @param[in,out] ends n; the first one's `at` is where the search begins. The best comes first: the one from the given
 *  place where none is better by more than a millionth part, or a millionth of a tolerance squared. */
FREM_MUST_CHECK frem_status frem_fit_search(const frem_fit *fit, frem_fit_end *ends, size_t n);

/** Goes on from an end to the nearest place where no residual is larger than a limit, as far as steps along the slope lead
 *  there. @param[in,out] end changed only where it is found. @param[out] found whether it is. */
FREM_MUST_CHECK frem_status frem_fit_inside(const frem_fit *fit, double limit, frem_fit_end *end,
                                            bool *found);

/** What the residuals say of the parameters around a fit. */
typedef struct frem_fit_spread {
    double *covariance; /**< [parameter][parameter] of those that are free and found out; NaN of the others */
    size_t *
        together; /**< [parameter] 0: found out; 1..: parameters of one number can be moved together, and no residual
                         changes; alone of its number: it does so by itself */
    size_t n_together;
    size_t rank; /**< how many numbers of those that are free are found out */
} frem_fit_spread;

/** @param[out] spread to be freed by frem_fit_spread_free(), also after a failure. */
FREM_MUST_CHECK frem_status frem_fit_spread_new(const frem_fit *fit, const frem_fit_end *end,
                                                frem_fit_spread *spread);
/** Zeros are fine. */
void frem_fit_spread_free(frem_fit_spread *spread);

/** How far a parameter can be moved, the others fitted anew, until the sum of squares has risen (profile likelihood).
 *  @param spread of this end. @param parameter which. @param side -1 down, 1 up. @param rise of the sum of squares.
 *  @param[out] limit the parameter's value there. @param[out] open whether the bound is reached before. */
FREM_MUST_CHECK frem_status frem_fit_profile(const frem_fit *fit, const frem_fit_end *end,
                                             const frem_fit_spread *spread, size_t parameter, int side,
                                             double rise, double *limit, bool *open);

#endif
