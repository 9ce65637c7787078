/** @file
 *  What moves a result: numbers of a scenario, each moved by itself between a low and a high end while all others stay.
 *
 *      frem_cases cases = {.model = model, .addresses = &address, .n_addresses = 1, .isa = frem_results_isa(NULL)};
 *      frem_movers movers;
 *      status = frem_movers_most(arena, &cases, 3, &movers);
 *      for (size_t i = 0; i < movers.n; i++)
 *          ... movers.items[i].label, .at[FREM_END_LOW][0], .at[FREM_END_HIGH][0], beside movers.base[0]
 */
#ifndef FREM_ANALYSIS_MOVERS_H
#define FREM_ANALYSIS_MOVERS_H

#include "analysis/cases.h"
#include "base/arena.h"
#include "frame/document.h"
#include "model/uncertain.h"

enum { FREM_END_LOW, FREM_END_HIGH, FREM_ENDS };

/** Something that is moved. */
typedef struct frem_mover {
    const char *key;            /**< path of a parameter, or key of what the scenario says is uncertain */
    frem_label label;           /**< for people */
    frem_label ends[FREM_ENDS]; /**< what it is at each end: "71.4%", "-10%" */
    const frem_change *changes[FREM_ENDS]; /**< [n_changes] that bring it there; lanes are not read */
    size_t n_changes;
    double *at
        [FREM_ENDS]; /**< [address] the results there, once they are tried; NaN where it cannot be moved so far */
} frem_mover;

/** Several of them, in the arena that they were made in. */
typedef struct frem_movers {
    frem_arena *arena;
    frem_mover *items;
    size_t n;
    bool uncertain; /**< from the scenario's `uncertain`, at the 10 % and 90 % quantiles; else by a tenth */
    double *base;   /**< [address] the results as the scenario is, once they are tried */
} frem_movers;

/** The shares of draws below the low and the high end of what is uncertain. */
#define FREM_MOVER_LOW 0.1
#define FREM_MOVER_HIGH 0.9

/** What may move a scenario's results: all that it says is uncertain, at the 10 % and 90 % quantiles; where it says nothing,
 *  each of the model's parameters (frem_movers_parameters()).
 *  @param arena must outlive the movers, as must the model. */
FREM_MUST_CHECK frem_status frem_movers_of(frem_arena *arena, const frem_model *model, frem_movers *out);
/** Distributions at their 10 % and 90 % quantiles. @param randoms borrowed. */
FREM_MUST_CHECK frem_status frem_movers_randoms(frem_arena *arena, const frem_model *model,
                                                const frem_randoms *randoms, frem_movers *out);
/** Parameters moved by a tenth of themselves, or by one year where they are ages or years; less far where that would leave their
 *  range. One that is 0, or has no room to move, is left out.
 *  @param parameters their places; NULL: all that the model has. @param first_year as in frem_change: all years for 0. */
FREM_MUST_CHECK frem_status frem_movers_parameters(frem_arena *arena, const frem_model *model,
                                                   const size_t *parameters, size_t n, int first_year,
                                                   frem_movers *out);
/** Projects the model as it is and with each mover at each of its ends, in lanes, and fills in `base` and `at`.
 *  @param cases the model, the addresses, and how to project. Those that cannot be projected have NaN. */
FREM_MUST_CHECK frem_status frem_movers_try(frem_movers *movers, const frem_cases *cases);
/** How far a mover takes a result: from the lowest of base, low and high end to the highest. 0 where it is not known. */
double frem_mover_width(const frem_movers *movers, const frem_mover *mover, size_t address);
/** Puts those first that take a result furthest; equal ones stay in their order. */
FREM_MUST_CHECK frem_status frem_movers_rank(frem_movers *movers, size_t address);
/** The movers of a scenario (frem_movers_of()) that move the first of the addresses the most, the strongest first; those that do
 *  not move it are left out.
 *  @param most so many at most. @return as frem_cases_at(); FREM_USAGE, with a problem, where the results have nothing at
 *  the address. */
FREM_MUST_CHECK frem_status frem_movers_most(frem_arena *arena, const frem_cases *cases, size_t most,
                                             frem_movers *out);

#endif
