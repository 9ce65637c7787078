/** @file
 *  Sweeps from the inside: the plan, and its points in blocks of lanes.
 */
#ifndef FREM_ANALYSIS_SWEEP_H
#define FREM_ANALYSIS_SWEEP_H

#include "analysis/results.h"
#include "analysis/workspace.h"
#include "fremskriv/sweep.h"

/** Points that a sweep may have for each model. */
enum { FREM_SWEEP_POINTS_MAX = 1000000 };

/** A parameter that is varied. */
typedef struct frem_varied {
    const char *path;
    const char *column; /**< its path; with "*" behind it for factors, "+" for what is added */
    frem_change_kind kind;
    int first_year; /**< from which on it is varied; 0: from the year after the base year */
    double *values; /**< of a grid, in order */
    size_t n_values;
    double from, to; /**< of a Sobol design */
    const char *
        doubtful; /**< one of its numbers as written, which may be thousands: "1.850"; NULL where there is none */
} frem_varied;

/** What a sweep does with one of its models. */
typedef struct frem_swept {
    const frem_model *model;
    size_t *parameters; /**< [varied] its places */
    frem_row_filter filter;
} frem_swept;

struct frem_sweep {
    frem_arena *arena;
    const frem_model *const *models;
    size_t n_models;
    frem_swept *swept; /**< [model] */
    frem_varied *varied;
    size_t n_varied;
    size_t points;              /**< of each model */
    frem_sobol *sequence;       /**< NULL for a grid */
    size_t drawn;               /**< points taken from the sequence so far */
    double *unit;               /**< [varied] scratch */
    frem_workspaces workspaces; /**< of the threads that project */
};

/** Blocks of a sweep: at most FREM_LANES points of one model each, in the order of the table. */
size_t frem_sweep_blocks(const frem_sweep *sweep);
/** How many points a block has. */
size_t frem_sweep_block_points(const frem_sweep *sweep, size_t block);

/** Takes the finished rows of a block, columns as frem_sweep_table() makes them. Called from several threads at once and
 *  in any order. @param rows owned by the taker. */
typedef frem_status (*frem_block_take)(void *context, size_t block, frem_frame *rows);
/** Projects blocks, several at once when the pool has threads for it. A point that cannot be projected is named in
 *  diags. @param blocks ascending. */
FREM_MUST_CHECK frem_status frem_sweep_project(frem_sweep *sweep, const size_t *blocks, size_t n,
                                               frem_pool *pool, frem_isa isa, frem_block_take take,
                                               void *context, frem_diags *diags);
/** An empty table with the columns of sweep.csv. @param[out] table Owned by the caller. */
FREM_MUST_CHECK frem_status frem_sweep_table(const frem_sweep *sweep, frem_frame **table);
/** Column of the first varied parameter in that table; the others follow. */
enum { FREM_SWEEP_POINT = 2, FREM_SWEEP_VARIED };
/** Results with an empty table, for the other files of its folder. @param[out] out Owned by the caller; borrows from
 *  the sweep's models. */
FREM_MUST_CHECK frem_status frem_sweep_results(const frem_sweep *sweep, const frem_sources *sources,
                                               const frem_run_options *options, frem_results **out);

/* --- inside the room --- */

/** The varied numbers of a point. @param point from 0. @param[out] out [varied] */
FREM_MUST_CHECK frem_status frem_sweep_values(frem_sweep *sweep, size_t point, double *out);
/** Reads one `--vary` text. @param arena owns what the parameter points to. */
FREM_MUST_CHECK frem_status frem_varied_read(frem_arena *arena, frem_varied *varied, const char *given,
                                             frem_design design, frem_diags *diags);
/** Finds a parameter that is varied, and whether it can be from its year on. @param[out] parameter its place. */
FREM_MUST_CHECK frem_status frem_varied_find(const frem_model *model, const frem_varied *varied,
                                             size_t *parameter, frem_diags *diags);
/** Whether all that it is varied to lies in the parameter's range. */
FREM_MUST_CHECK frem_status frem_varied_check(const frem_model *model, size_t parameter,
                                              const frem_varied *varied, frem_diags *diags);
/** Whether one value for the whole of a parameter says something: a total that is given for each region is none.
 *  @return FREM_INVALID, with a problem, where it does not. */
FREM_MUST_CHECK frem_status frem_varied_total(const frem_model *model, size_t parameter,
                                              const frem_varied *varied, frem_diags *diags);
/** Reads the `--vary` texts. */
FREM_MUST_CHECK frem_status frem_sweep_read_varied(frem_sweep *sweep, const frem_sweep_options *options,
                                                   frem_diags *diags);

#endif
