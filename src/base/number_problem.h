/** @file
 *  What the number reader found wrong, as a diagnostic: the same words in scenarios, tables and options.
 */
#ifndef FREM_BASE_NUMBER_PROBLEM_H
#define FREM_BASE_NUMBER_PROBLEM_H

#include "base/number.h"
#include "fremskriv/diag.h"

/** @param what names the number for people: a path, "column persons". @param text the offending text.
 *  @return FREM_INVALID or FREM_NO_MEMORY; FREM_OK when fault is FREM_NUMBER_OK. */
frem_status frem_number_problem(frem_diags *diags, frem_place place, const char *what, const char *text,
                                frem_number_fault fault);
/** The same where decimals have another mark. @param decimal '.' or ','. */
frem_status frem_number_problem_as(frem_diags *diags, frem_place place, const char *what, const char *text,
                                   frem_number_fault fault, char decimal);
/** A quantity of the command line, where nothing around it shows what was meant.
 *  @param counts whether it is a number of persons, FTE, places or money: "9.000" is then refused, which may be 9000 or 9.
 *  @param[out] out undefined after an error. @return FREM_OK, FREM_INVALID or FREM_NO_MEMORY. */
FREM_MUST_CHECK frem_status frem_quantity_given(frem_diags *diags, frem_place place, const char *what,
                                                const char *bytes, size_t n, bool counts, double *out);
/** Refuses a number that may be one or a thousand times as much. @return FREM_OK where it is not. */
FREM_MUST_CHECK frem_status frem_thousands_refused(frem_diags *diags, frem_place place, const char *what,
                                                   const char *bytes, size_t n);

#endif
