/** @file
 *  Solving: the value of a parameter that gives a result.
 */
#ifndef FREMSKRIV_SOLVE_H
#define FREMSKRIV_SOLVE_H

#include <stddef.h>

#include "fremskriv/diag.h"
#include "fremskriv/model.h"
#include "fremskriv/results.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What is to be found, and for what. Texts are borrowed for the call. */
typedef struct frem_solve_options {
    /** "PATH" or "PATH=MIN:MAX", "PATH*=MIN:MAX" for a factor, "PATH+=MIN:MAX" for what is added: the bounds that are looked
     *  between. Without them, the parameter's range; where that has no end, what lies around the present value: 0 to twice as
     *  much, and on to 1024 times as much where that holds no answer. */
    const char *vary;
    /** "ADDRESS=VALUE", of a year or a change: fremskriv/address.h. */
    const char *target;
    /** The first year that the value is for (entry cohorts where the years are of entry): what lies before is decided.
     *  0: the year after the base year. A parameter that cannot differ by year changes as a whole. */
    int from;
} frem_solve_options;

/** An answer. */
typedef struct frem_solution frem_solution;

/** What an answer says. Texts are borrowed from it. */
typedef struct frem_solved {
    const char *parameter; /**< the path; with "*" behind it for a factor, "+" for what is added */
    int year; /**< from which on the value holds; the base year for a parameter that changes as a whole */
    double value;
    double lower, upper; /**< it was looked for between these */
    const char *address; /**< with every part said */
    double wanted, reached;
    double before; /**< the value at the address without the answer */
} frem_solved;

/** Finds the value. The range is looked through in a batch of lanes at 15 places, where the response turns or lies flat in
 *  further ones, and each place where it passes the target is narrowed by Brent's method.
 *  @param model borrowed; must outlive the solution.
 *  @param run how to project: threads, isa, progress; and the command for what is written.
 *  @param[out] out Owned by the caller; NULL unless FREM_OK.
 *  @return FREM_USAGE, with a problem, for options that do not fit the model; FREM_NO_SOLUTION where no value gives the
 *  target, or several do, or the result does not move, or jumps past it: the problem says which, with the nearest that was
 *  reached and where. */
FREM_API FREM_MUST_CHECK frem_status frem_solve(frem_solution **out, const frem_model *model,
                                                const frem_solve_options *options,
                                                const frem_run_options *run, frem_diags *diags);
/** NULL is fine. */
FREM_API void frem_solution_free(frem_solution *solution);
/** @return Borrowed until the solution is freed. */
FREM_API const frem_solved *frem_solution_answer(const frem_solution *solution);

#ifdef __cplusplus
}
#endif
#endif
