/** @file
 *  Sweeps: a scenario projected at many points of its parameters, into one tidy table.
 */
#ifndef FREMSKRIV_SWEEP_H
#define FREMSKRIV_SWEEP_H

#include <stddef.h>

#include "fremskriv/frame.h"
#include "fremskriv/model.h"
#include "fremskriv/results.h"

#ifdef __cplusplus
extern "C" {
#endif

/** How the points of a sweep are chosen. */
typedef enum frem_design {
    FREM_DESIGN_GRID, /**< every combination; the last parameter changes fastest */
    FREM_DESIGN_SOBOL /**< points of a Sobol sequence, which fill the space evenly. The sequence is GSL's, which begins
                           at the middle (0.5, 0.5, ...), not at 0; nothing is random in it */
} frem_design;

/** What to vary and which rows are wanted. Zero-initialise for the defaults. Texts are borrowed for the call. */
typedef struct frem_sweep_options {
    /** "PATH=FROM:TO:STEP" or "PATH=A,B,C" for a grid, "PATH=FROM:TO" for a Sobol design; "PATH*=..." for factors,
     *  "PATH+=..." for what is added. A change touches the years after the base year (of entry cohorts: those who enter
     *  after it), those of " from YEAR" behind it, or the whole parameter where it does not differ by year. */
    const char *const *vary;
    size_t n_vary;
    frem_design design;
    size_t points; /**< of a Sobol design; 0 for a grid */
    /* Lists of keys as in results.csv, separated by commas; "every" for all that there are. NULL for the default. */
    const char *measures;    /**< default supply,demand,gap,shortage,coverage */
    const char *regions;     /**< "groups": the named groups; default all,groups */
    const char *years;       /**< years and spans such as 2030-2035; default every */
    const char *professions; /**< "each": all but their sum, the default */
    const char *sectors;     /**< default all */
} frem_sweep_options;

/** A sweep ready to run. Not for two threads at once. */
typedef struct frem_sweep frem_sweep;

/** Plans a sweep. All problems are collected; every number is checked against its parameter's range.
 *  @return FREM_USAGE for options that do not fit the models.
 *  @param models borrowed; must outlive the sweep.
 *  @param[out] out Owned by the caller; NULL unless FREM_OK. */
FREM_API FREM_MUST_CHECK frem_status frem_sweep_new(frem_sweep **out, const frem_model *const *models,
                                                    size_t n_models, const frem_sweep_options *options,
                                                    frem_diags *diags);
/** NULL is fine. */
FREM_API void frem_sweep_free(frem_sweep *sweep);
/** Points of all models together. */
FREM_API size_t frem_sweep_points(const frem_sweep *sweep);

/** Takes a part of the table: some points, in order. Columns: scenario, variant, point (from 1), one for each varied
 *  parameter, then year to value as in results.csv. @param part borrowed for the call. */
typedef frem_status (*frem_sweep_take)(void *context, const frem_frame *part);
/** Runs the sweep and hands the table out in parts, from the caller's thread; memory does not grow with the points.
 *  The same numbers for any number of threads. */
FREM_API FREM_MUST_CHECK frem_status frem_sweep_run(frem_sweep *sweep, const frem_run_options *options,
                                                    frem_sweep_take take, void *context, frem_diags *diags);

#ifdef __cplusplus
}
#endif
#endif
