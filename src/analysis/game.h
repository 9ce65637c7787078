/** @file
 *  Results shared out over causes: each set of causes has a value, and Shapley values say what each cause adds.
 */
#ifndef FREM_ANALYSIS_GAME_H
#define FREM_ANALYSIS_GAME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/** A game of at most 64 causes. */
typedef struct frem_game {
    size_t causes;
    size_t addresses; /**< values of each set */
    /** Values of n sets, which rise and differ. @param on bits of the causes of each. @param[out] out [set][address] */
    frem_status (*play)(void *context, const uint64_t *on, size_t n, double *out);
    void *context;
    size_t
        orders; /**< to draw, made even; 0: all sets of up to FREM_CAUSES_EXACT causes, else FREM_ORDERS_DEFAULT */
    uint64_t seed;
} frem_game;

/** Most causes of which all sets are played; orders that are drawn of more where nothing is said. Fewer than the least give
 *  intervals that hold less than they say, since an order and its reverse take few values. */
enum { FREM_CAUSES_EXACT = 12, FREM_ORDERS_DEFAULT = 256, FREM_ORDERS_MIN = 64, FREM_ORDERS_MAX = 100000 };

/** What came of it. Arrays are the arena's. */
typedef struct frem_shares {
    double *none, *all;   /**< [address] values of no cause, and of all */
    double *value, *half; /**< [address][cause]; half the width of 95 % intervals, 0 where exact */
    size_t orders;        /**< drawn; 0: exact */
} frem_shares;

/** Plays the sets that are needed and shares the values out. */
FREM_MUST_CHECK frem_status frem_game_share(const frem_game *game, frem_arena *arena, frem_shares *out);

#endif
