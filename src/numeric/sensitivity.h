/** @file
 *  What the inputs of a function do to its results: variance-based indices (Sobol), and elementary effects (Morris). The function is
 *  one of numbers in (0, 1), each independent of the others and evenly spread; an input is one or several of them.
 *
 *  Andrea Saltelli, Paola Annoni, Ivano Azzini, Francesca Campolongo, Marco Ratto and Stefano Tarantola: Variance based sensitivity
 *  analysis of model output, Computer Physics Communications 181 (2010). Michiel Jansen: Analysis of variance designs for model
 *  output, Computer Physics Communications 117 (1999). Max Morris: Factorial sampling plans for preliminary computational
 *  experiments, Technometrics 33 (1991). Francesca Campolongo, Jessica Cariboni and Andrea Saltelli: An effective screening design
 *  for sensitivity analysis of large models, Environmental Modelling & Software 22 (2007), for mu_star.
 */
#ifndef FREM_NUMERIC_SENSITIVITY_H
#define FREM_NUMERIC_SENSITIVITY_H

#include <stddef.h>
#include <stdint.h>

#include "fremskriv/status.h"

/** A function whose inputs are looked at. All is borrowed. */
typedef struct frem_responses {
    size_t numbers;         /**< that it is a function of */
    size_t inputs;          /**< that they are grouped into */
    const size_t *input_of; /**< [number] the input that it belongs to */
    size_t results;         /**< of each point */
    /** Its results at some points. @param points [n][numbers], each in (0, 1). @param[out] out [n][results]
     *  @return what is not FREM_OK ends the analysis, and is returned. */
    frem_status (*at)(void *context, const double *points, size_t n, double *out);
    void *context;
} frem_responses;

/** An estimate with a 95 % interval. */
typedef struct frem_estimate {
    double value, low, high;
} frem_estimate;

/** Indices of one input. Both NaN throughout where the result does not vary. */
typedef struct frem_indices {
    frem_estimate
        first; /**< the share of the variance that goes when the input alone is known; Saltelli's estimator */
    frem_estimate total; /**< the share that stays when all inputs but it are known; Jansen's estimator */
} frem_indices;

/** Base points of indices: powers of two. */
enum { FREM_INDICES_POINTS_MIN = 64, FREM_INDICES_POINTS_MAX = 1 << 18 };
/** How often the function is evaluated for n base points. */
size_t frem_indices_evaluations(const frem_responses *responses, size_t n);
/** Estimates indices from a scrambled Sobol sequence of twice as many dimensions as there are numbers (Latin hypercubes where that
 *  is more than FREM_DRAWS_SOBOL_MAX). Intervals: percentiles of 1000 bootstrap samples of the base points, in at most 1024 runs of
 *  points that follow each other, so that they keep what is even about the sequence.
 *  @param n base points, a power of two from FREM_INDICES_POINTS_MIN to FREM_INDICES_POINTS_MAX.
 *  @param[out] out [result][input]
 *  @return FREM_INVALID for another n. */
FREM_MUST_CHECK frem_status frem_indices_find(const frem_responses *responses, size_t n, uint64_t seed,
                                              frem_indices *out);

/** Effects of one input, each the change of the result over that of the number, from 0 to 1. */
typedef struct frem_effects {
    frem_estimate mu;      /**< mean: with its sign */
    frem_estimate mu_star; /**< mean of their sizes */
    frem_estimate sigma;   /**< standard deviation: how much the effect depends on the point */
} frem_effects;

/** Levels of each number, (k + 1/2) / 4, and how far a step goes. */
enum { FREM_EFFECTS_LEVELS = 4, FREM_EFFECTS_STEP = 2 };
/** Trajectories of effects. */
enum { FREM_EFFECTS_MIN = 4, FREM_EFFECTS_MAX = 4096 };
/** Finds elementary effects along trajectories, each of which moves every input once, in an order of its own, by half of the range,
 *  up from the lower two levels and down from the upper two. All numbers of an input move together. Intervals: percentiles of 1000
 *  bootstrap samples of the trajectories.
 *  @param trajectories FREM_EFFECTS_MIN to FREM_EFFECTS_MAX. @param[out] out [result][input]
 *  @return FREM_INVALID for another number. */
FREM_MUST_CHECK frem_status frem_effects_find(const frem_responses *responses, size_t trajectories,
                                              uint64_t seed, frem_effects *out);

#endif
