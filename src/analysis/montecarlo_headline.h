/** @file
 *  What draws say so far, for those who wait: the gap of the first profession in the last year.
 */
#ifndef FREM_ANALYSIS_MONTECARLO_HEADLINE_H
#define FREM_ANALYSIS_MONTECARLO_HEADLINE_H

#include "analysis/montecarlo_draws.h"

/** The row that is spoken of. */
typedef struct frem_headline {
    const frem_sample *drawing;
    size_t row;  /**< among the drawing's; SIZE_MAX for none */
    size_t next; /**< draws before which nothing is said again */
} frem_headline;

/** Chooses the gap of the first profession that has one, in the one group of the scenario or all regions together, in the last year. */
void frem_headline_choose(frem_headline *out, const frem_sample *drawing);
/** Says its middle, the ends of nine of ten draws and the chance of a shortage, anew after each twentieth of the draws so far.
 *  @param values [n] of the draws so far. @param scratch [n] and @param bins [n] are written. */
void frem_headline_say(frem_headline *headline, const double *values, size_t n, double *scratch,
                       unsigned short *bins);

#endif
