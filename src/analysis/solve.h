/** @file
 *  Solving from the inside: unknowns and targets, evaluated on lanes.
 */
#ifndef FREM_ANALYSIS_SOLVE_H
#define FREM_ANALYSIS_SOLVE_H

#include "analysis/cases.h"
#include "analysis/results.h"
#include "analysis/sweep.h"
#include "fremskriv/solve.h"

/** Most unknowns that are solved for together. */
enum { FREM_UNKNOWNS_MAX = 32 };

/** A parameter whose value is looked for. */
typedef struct frem_varying {
    frem_varied varied;
    size_t parameter; /**< its place */
    bool by_year;     /**< whether it may differ by year */
    int year; /**< from which on the value holds; the base year for a parameter that changes as a whole */
    double low, high; /**< bounds that are given, or the parameter's; finite once they are looked between */
    bool open;        /**< whether they may be made wider */
    double value;     /**< the answer */
} frem_varying;

/** A result that is wanted. */
typedef struct frem_target {
    const char *address; /**< with every part said */
    double wanted;
    double tolerance; /**< a miss so small is none */
    double reached;
    double before; /**< without the answer */
} frem_target;

/** As many unknowns as targets. */
typedef struct frem_solving {
    frem_arena *arena;
    frem_varying *unknowns;
    frem_target *targets;
    frem_address *addresses; /**< of the targets */
    size_t n;
    double step; /**< answers are multiples of it; 0 for any */
    frem_cases cases;
    frem_workspaces workspaces;
} frem_solving;

/** Projects the model with several values of the unknowns.
 *  @param at [case][unknown]; a case that begins with NaN is the model as it is.
 *  @param[out] out [case][target] the result; NaN where the scenario cannot be projected with the case's values, such as
 *  shares that do not sum to 1.
 *  @return FREM_USAGE, with a problem, where the results of the model as it is have nothing at an address. */
FREM_MUST_CHECK frem_status frem_solving_at(frem_solving *solving, const double *at, size_t n, double *out);
/** Says why the scenario cannot be projected with some values, and names them. @param at [unknown] such values.
 *  @return FREM_NO_SOLUTION */
FREM_MUST_CHECK frem_status frem_solving_refuse(frem_solving *solving, const double *at);
/** Finds the one value of one unknown. @return as frem_solve_new(); `value`, `reached` and `before` are filled in. */
FREM_MUST_CHECK frem_status frem_solve_one(frem_solving *solving);
/** The same of several unknowns. */
FREM_MUST_CHECK frem_status frem_solve_many(frem_solving *solving);
/** Bounds of an open unknown that are looked between first: what lies around its present values. */
void frem_varying_begin(frem_varying *unknown, const frem_model *model);
/** The answer as results: tables, sentences, a scenario that holds it, and figures where a folder is written. */
FREM_MUST_CHECK frem_status frem_solving_answer(frem_solving *solving, const frem_sources *sources,
                                                const frem_run_options *run, frem_results **out);

/** A number for people in messages: six digits, or as many more as make it differ from another. @return out */
const char *frem_solve_brief(char out[32], double number, double other);
/** Without the noise of the last digits. */
double frem_solve_rounded(double number);

#endif
