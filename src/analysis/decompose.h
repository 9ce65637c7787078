/** @file
 *  What the files of decomposing share. Inside the room only.
 */
#ifndef FREM_ANALYSIS_DECOMPOSE_H
#define FREM_ANALYSIS_DECOMPOSE_H

#include "analysis/causes.h"
#include "analysis/game.h"
#include "base/pool.h"
#include "fremskriv/address.h"
#include "fremskriv/decompose.h"

/** What is asked. All is borrowed. */
typedef struct frem_why {
    const frem_model *const *models; /**< one, or two: the reference and the other */
    size_t n_models;
    const frem_address *addresses;
    size_t n_addresses;
    const frem_decompose_options *options;
    const frem_run_options *run;
    frem_pool *pool;
    frem_isa isa;
    frem_arena *arena; /**< lives as long as the results */
    frem_diags *diags;
} frem_why;

/** A cause with its part in the change. */
typedef struct frem_decomposed_part {
    frem_cause cause;
    double value, half; /**< half: of the interval; 0 where exact */
} frem_decomposed_part;

/** One address explained. */
typedef struct frem_decomposed {
    double start, end;
    frem_decomposed_part *parts; /**< as people read them; they sum to end - start */
    size_t n_parts;
    size_t orders; /**< drawn; 0: exact */
} frem_decomposed;

/** Explains n addresses with a change over the same years, of the first model. @param[out] out [address] */
FREM_MUST_CHECK frem_status frem_decompose_years(const frem_why *why, const frem_address *addresses, size_t n,
                                                 frem_decomposed *out);
/** Whether two models have one shape, so that parts of the one fit into the other; reports where not. */
FREM_MUST_CHECK frem_status frem_decompose_shapes(const frem_why *why);
/** Explains how the second model differs from the first, at every address. @param[out] out [address] */
FREM_MUST_CHECK frem_status frem_decompose_two(const frem_why *why, frem_decomposed *out);
/** Shares are put into words' order. @param causes as the bits of the game count them. @param itself what is there without
 *  any cause; NaN: nothing. */
FREM_MUST_CHECK frem_status frem_decomposed_take(frem_arena *arena, const frem_causes *causes,
                                                 const frem_shares *shares, size_t address, double itself,
                                                 frem_decomposed *out);
/** The answer's table, words and chart. */
FREM_MUST_CHECK frem_status frem_decomposed_answer(frem_results *results, const frem_why *why,
                                                   const frem_decomposed *all);

#endif
