/** @file
 *  Small mixed-integer programmes: the least cost of variables, some of them whole, between bounds and under linear
 *  conditions. GLPK solves them, a part that is opened on demand.
 */
#ifndef FREM_NUMERIC_MIP_H
#define FREM_NUMERIC_MIP_H

#include <stdbool.h>
#include <stddef.h>

#include "fremskriv/diag.h"

/** A variable. A bound that is not finite is none. */
typedef struct frem_mip_variable {
    double low, high; /**< low <= high; whole numbers where the variable is whole */
    double cost;      /**< of a unit */
    bool whole;
} frem_mip_variable;

/** A condition: low <= sum of factor * variable <= high. A bound that is not finite is none. */
typedef struct frem_mip_row {
    double low, high;
} frem_mip_row;

/** A factor of a condition; at most one for each row and variable. */
typedef struct frem_mip_term {
    size_t row, variable;
    double factor;
} frem_mip_term;

/** What is to be made least. All is borrowed. */
typedef struct frem_mip {
    const frem_mip_variable *variables;
    size_t n_variables;
    const frem_mip_row *rows;
    size_t n_rows;
    const frem_mip_term *terms;
    size_t n_terms;
    const double
        *start;   /**< values that meet all conditions, from which the search goes on; NULL: none known */
    double gap;   /**< so far may the cost lie above the least; >= 0 */
    size_t nodes; /**< of the search tree, at which the search ends; the time does not count, so that the same
                              programme has the same answer on every machine */
    int (*stop)(void *context); /**< asked now and then whether to stop; may be NULL */
    void *context;
} frem_mip;

/** What was found. */
typedef struct frem_mip_found {
    double *values; /**< [variable] the caller's room; whole ones are whole to the bit */
    double cost;
    double least; /**< no values that meet the conditions cost less */
    bool any;     /**< whether values were found: not always where the nodes ran out */
} frem_mip_found;

/** GLPK, opened. To be used by one thread, the one that opened it. */
typedef struct frem_mip_solver frem_mip_solver;

/** Opens GLPK. @param what needs it, for the problem: "solve --path". @param[out] out Owned by the caller.
 *  @return FREM_MISSING_PART with a problem where it is not installed or the program was built without it. */
FREM_MUST_CHECK frem_status frem_mip_open(frem_mip_solver **out, const char *what, frem_diags *diags);
/** NULL is fine. */
void frem_mip_close(frem_mip_solver *solver);
/** Solves a programme. The same programme has the same answer every time.
 *  @return FREM_NO_SOLUTION where no values meet the conditions; FREM_INTERRUPTED where `stop` asked to. */
FREM_MUST_CHECK frem_status frem_mip_least(frem_mip_solver *solver, const frem_mip *mip,
                                           frem_mip_found *found);

#endif
