/** @file
 *  What results depend on, in sentences and charts. Inside the room only.
 */
#ifndef FREM_ANALYSIS_SENSITIVITY_SAY_H
#define FREM_ANALYSIS_SENSITIVITY_SAY_H

#include "analysis/sensitivity.h"
#include "frame/answer.h"

/** The inputs of an address, what matters most first; equal ones stay in their order. @param[out] order [input] */
FREM_MUST_CHECK frem_status frem_sensitive_order(const frem_sensitive *s, size_t address, size_t *order);
/** How the results at all addresses are written in one column. */
frem_answer_digits frem_sensitive_digits(const frem_sensitive *all, size_t n);
/** Adds a paragraph and a chart of each address. */
FREM_MUST_CHECK frem_status frem_sensitive_say(frem_results *results, const frem_asking *asking,
                                               const frem_sensitive *all, size_t n);

#endif
