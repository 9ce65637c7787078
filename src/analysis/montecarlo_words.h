/** @file
 *  What draws say, in sentences.
 */
#ifndef FREM_ANALYSIS_MONTECARLO_WORDS_H
#define FREM_ANALYSIS_MONTECARLO_WORDS_H

#include "analysis/results.h"

/** Adds sentences to results that were described: how likely a shortage is, how wide the gap, and which distributions were cut.
 *  Numbers are rounded as far as so many draws allow. @param n draws. */
FREM_MUST_CHECK frem_status frem_montecarlo_words(frem_results *results, const frem_model *const *models,
                                                  size_t n_models, size_t n);

#endif
