/** @file
 *  Every call to GSL. Pure functions over plain arrays; statuses say what GSL said.
 */
#ifndef FREM_NUMERIC_NUMERIC_H
#define FREM_NUMERIC_NUMERIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fremskriv/status.h"

/** Switches GSL's aborting error handler off, once for the process: the library's only global act. Called by
 * every function here that calls GSL; safe from several threads. */
void frem_numeric_ready(void);

/** How a path over years goes between its points. */
typedef enum frem_between {
    FREM_BETWEEN_STEP,   /**< the last point's value until the next point */
    FREM_BETWEEN_LINEAR, /**< a straight line */
    FREM_BETWEEN_SPLINE  /**< Steffen's monotone spline: never leaves the range of the two points beside it */
} frem_between;

/** A curve through n points at strictly rising x, read at m places; before the first and after the last point
 * it holds their value. One point is a constant. Spline with fewer than 3 points is linear. */
FREM_MUST_CHECK frem_status frem_curve(const double *x, const double *y, size_t n, frem_between between,
                                       const double *at, double *out, size_t m);

/** Spreads group sums to single ages: Steffen spline through the cumulative count at the group borders. Group
 * sums are kept exactly (the last age of a group takes the rounding), no age is negative. Closed groups only.
 *  @param borders n_groups+1 strictly rising whole ages; group g holds ages borders[g] .. borders[g+1]-1.
 *  @param sums n_groups counts >= 0.
 *  @param[out] out borders[n_groups]-borders[0] counts by single age. */
FREM_MUST_CHECK frem_status frem_spread(const int *borders, const double *sums, size_t n_groups, double *out);

/** Brings counts by age to their group's sum: negative ones are 0, the rest are multiplied (where all are 0, the sum is
 * spread evenly), the last age takes the rounding.
 *  @param[in,out] ages n >= 1 counts; @param sum >= 0. */
void frem_keep_sum(double *ages, size_t n, double sum);

/** The age from which on a region's part of a cohort changes little: few people move. */
enum { FREM_SETTLED_AGE = 60 };

/** How the ages of several years lie in groups. */
typedef struct frem_age_layout {
    size_t years, ages;
    const double *profile; /**< [year][age] persons >= 0 of a larger area, of which the shape counts */
    const bool *joined;    /**< [year][age] whether an age lies in one group with the age below it */
    bool open;             /**< whether the oldest age holds everybody older too */
} frem_age_layout;

/** Spreads group sums of several years to single ages so that cohorts hold. With r[a,y] the persons over the profile,
 *  it takes the r that keep every group's sum and make
 *      sum of (r[a+1,y] - r[a,y])^2 + c * (r[a+1,y+1] - r[a,y])^2 + (r[a,y] - m)^2 / 1000
 *  least: a region's part of the profile changes little from age to age and with a cohort's years. c is 1, and 30 from
 *  FREM_SETTLED_AGE on; m is the sum of all persons over that of the profile. All is linear in the sums: regions that
 *  sum to the profile's sums have ages that sum to the profile. Negative ages (rare) are then brought to 0 within their
 *  group. A group of one age is as it is. */
typedef struct frem_age_plan frem_age_plan;
/** @param[out] out Owned by the caller; the layout is copied.
 *  @return FREM_INVALID where the profile has no persons in a group of several ages. */
FREM_MUST_CHECK frem_status frem_age_plan_new(frem_age_plan **out, const frem_age_layout *layout);
/** NULL is fine. */
void frem_age_plan_free(frem_age_plan *plan);
/** Whether a plan is of this layout. */
bool frem_age_plan_fits(const frem_age_plan *plan, const frem_age_layout *layout);
/** @param[in,out] persons n regions, each [year][age]: a group's sum >= 0 on its first age, and 0 on its others,
 *  becomes its ages. */
FREM_MUST_CHECK frem_status frem_age_plan_spread(const frem_age_plan *plan, double *const *persons, size_t n);

/** A root that is looked for between two ends. */
typedef struct frem_root_search {
    double ends[2];   /**< rising */
    double values[2]; /**< of the function there; of opposite sign */
    double tolerance; /**< a value so near to 0 will do; > 0 */
    /** The function. @param[out] value of it. @return what is not FREM_OK ends the search, and is returned. */
    frem_status (*function)(void *context, double at, double *value);
    void *context;
} frem_root_search;
/** Finds a root by Brent's method, which needs a bracket alone: no derivative, no smoothness.
 *  @param[out] root where the function was nearest to 0. @param[out] value its value there: larger than the tolerance where
 *  the function jumps over 0.
 *  @return FREM_INVALID where the ends have the same sign. */
FREM_MUST_CHECK frem_status frem_root_find(const frem_root_search *search, double *root, double *value);

/** Most unknowns of a system. */
enum { FREM_SYSTEM_MAX = 32 };
/** Functions of as many unknowns, which are to be 0 together. */
typedef struct frem_system {
    size_t n;
    const double *low, *high; /**< [unknown] bounds, low < high */
    const double *tolerances; /**< [function] a value so near to 0 will do; > 0 */
    const double *starts;     /**< [start][unknown] from 0 at the lower bound to 1 at the upper one */
    size_t n_starts;
    /** The functions in several cases at once. @param at [case][unknown] @param[out] values [case][function]
     *  where they have none, infinite or NaN: such places are not gone to.
     *  @return what is not FREM_OK ends the search, and is returned. */
    frem_status (*functions)(void *context, const double *at, size_t n, double *values);
    void *context;
} frem_system;
/** Where one start led. Its arrays are the caller's. */
typedef struct frem_system_end {
    bool
        begun; /**< false: the functions have no values at the start, so that it led nowhere; values are NaN, slopes 0 */
    bool found;
    double *at, *values; /**< [unknown], [function]: nearest to 0, by `distance` */
    double *slopes;      /**< [function][unknown] there, for the whole range of the unknown */
    double distance;     /**< of the values from 0, each by what the unknowns do to it */
    double
        *direction; /**< [unknown] the change of the unknowns that moves the functions least; of length 1 */
    double weakest; /**< how much that moves them, beside the one that moves them most; 0: not at all */
} frem_system_end;
/** Looks for roots by Newton's method from several starts at once, with derivatives by differences; all starts are evaluated
 *  together. The functions need not be smooth or determine the unknowns: then an end is where nothing brings them nearer to 0.
 *  @param[out] ends [start] */
FREM_MUST_CHECK frem_status frem_system_find(const frem_system *system, frem_system_end *ends);

/** Most dimensions of a Sobol sequence. */
enum { FREM_SOBOL_MAX = 40 };
/** A Sobol sequence: points that fill the unit cube evenly, always the same ones. GSL's begins at the middle of the cube
 *  and leaves out the corner of zeros. */
typedef struct frem_sobol frem_sobol;
/** @param[out] out Owned by the caller. @return FREM_INVALID for 0 dimensions or more than FREM_SOBOL_MAX. */
FREM_MUST_CHECK frem_status frem_sobol_new(frem_sobol **out, size_t dimensions);
/** NULL is fine. */
void frem_sobol_free(frem_sobol *sequence);
/** Begins again at the first point. */
void frem_sobol_restart(frem_sobol *sequence);
/** The next point. @param[out] point [dimension], each in (0, 1) */
FREM_MUST_CHECK frem_status frem_sobol_next(frem_sobol *sequence, double *point);

/** Most players of an exact Shapley value: 4096 coalitions. */
enum { FREM_SHAPLEY_EXACT = 12 };
/** Shapley values: what each of n players adds to a coalition's value, averaged over all orders of joining it. They sum to the
 *  value of all less that of none. For two populations they are Das Gupta's effects.
 *  @param n at most FREM_SHAPLEY_EXACT. @param values [coalition] by the bits of its players: 1 << n of them.
 *  @param[out] out [player] */
void frem_shapley(size_t n, const double *values, double *out);
/** Draws orders of players, each followed by its reverse: what the one puts early, the other puts late.
 *  @param orders even. @param[out] out [order][place] the player. The same for a seed everywhere. */
FREM_MUST_CHECK frem_status frem_shapley_orders(size_t n, size_t orders, uint64_t seed, size_t *out);
/** Shapley values estimated from orders, and half the width of their 95 % intervals: Student's t over pairs of an order and
 *  its reverse. The estimates sum as exact values do.
 *  @param orders even, at least 4, as drawn. @param values [order][0..n] of the coalitions that the players join one by one,
 *  that of none first. @param[out] half [player] */
FREM_MUST_CHECK frem_status frem_shapley_sampled(size_t n, size_t orders, const size_t *order,
                                                 const double *values, double *out, double *half);

/** Standard normal distribution function. */
double frem_normal_cdf(double z);

/** The distribution of the age of leaving: normal with mean and spread (standard deviation), cut to
 *  [earliest, latest] and rescaled, so F(earliest) = 0 and F(latest) = 1. spread = 0: everybody at the mean.
 */
typedef struct frem_leaving {
    double mean;     /**< years */
    double spread;   /**< years, >= 0 */
    double earliest; /**< years */
    double latest;   /**< years, > earliest */
} frem_leaving;

/** F(age): share that has left at exact age `age`. */
double frem_leaving_cdf(const frem_leaving *leaving, double age);
/** Hazard of a step for people counted at whole age a (a+1/2 on average):
 *  (F(a+1.5) - F(a+0.5)) / (1 - F(a+0.5)); 1 from `latest` on (a + 1.5 >= latest, or where 1 - F(a+0.5) is
 * 0); in [0, 1]. Computed from upper tails where F is near 1, so that nothing cancels. */
double frem_leaving_hazard(const frem_leaving *leaving, int age);

#endif
