/** @file
 *  Random numbers that have addresses: a number in (0, 1) is a function of (seed, parameter, index, draw), the index being
 *  the year or the age of a parameter that has several. It depends on no other parameter, order or thread.
 */
#ifndef FREM_NUMERIC_DRAWS_H
#define FREM_NUMERIC_DRAWS_H

#include <stddef.h>
#include <stdint.h>

#include "fremskriv/status.h"

typedef enum frem_sampling {
    FREM_SAMPLING_PLAIN,      /**< independent draws */
    FREM_SAMPLING_ANTITHETIC, /**< in pairs: u, then 1 - u */
    FREM_SAMPLING_LHS,  /**< Latin hypercube: one draw in each n-th of every number, in an order of its own */
    FREM_SAMPLING_SOBOL /**< Sobol sequence with Joe and Kuo's direction numbers, scrambled after Owen */
} frem_sampling;

enum {
    FREM_DRAWS_MAX = 1 << 24,
    FREM_DRAWS_SOBOL_MAX = 1024 /**< numbers of a draw that Sobol sequences have direction numbers for */
};

/** How numbers are drawn. Never changes after it is made. */
typedef struct frem_draws frem_draws;

/** @param n draws, 1..FREM_DRAWS_MAX. @param dimensions numbers of a draw.
 *  @param[out] out Owned by the caller.
 *  @return FREM_INVALID for too many of either. */
FREM_MUST_CHECK frem_status frem_draws_new(frem_draws **out, frem_sampling sampling, uint64_t seed, size_t n,
                                           size_t dimensions);
/** NULL is fine. */
void frem_draws_free(frem_draws *draws);

/** A parameter's address by its path: 64 bits of it. */
uint64_t frem_draws_parameter(const char *path);

/** A number in (0, 1).
 *  @param index the number's place among the parameter's.
 *  @param dimension its place among all numbers of a draw: which Sobol sequence it has; else not read.
 *  @param draw from 0. */
double frem_draws_at(const frem_draws *draws, uint64_t parameter, uint32_t index, size_t dimension,
                     uint32_t draw);

/** A point of the Sobol sequence itself, not scrambled, by index. @return in [0, 1). */
double frem_draws_sobol(const frem_draws *draws, size_t dimension, uint32_t draw);

#endif
