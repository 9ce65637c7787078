/** @file
 *  Results from the inside: the document that writers render.
 */
#ifndef FREM_ANALYSIS_RESULTS_H
#define FREM_ANALYSIS_RESULTS_H

#include "frame/document.h"
#include "fremskriv/results.h"
#include "model/model.h"

/** What writers need. @return Borrowed until the results are freed. */
const frem_document *frem_results_document(const frem_results *results);

/** Writes out the resolved scenarios, which only folders need. */
FREM_MUST_CHECK frem_status frem_results_resolve(frem_results *results);

/* --- inside the room --- */

struct frem_results {
    frem_arena *arena;
    frem_frame *table;
    frem_document document;
    frem_told *told;                 /**< the document's scenarios */
    const frem_model *const *models; /**< by told */
};

/** Columns of results.csv, in order. */
enum frem_results_column {
    FREM_COL_SCENARIO,
    FREM_COL_VARIANT,
    FREM_COL_YEAR,
    FREM_COL_REGION,
    FREM_COL_PROFESSION,
    FREM_COL_SECTOR,
    FREM_COL_MEASURE,
    FREM_COL_STATISTIC,
    FREM_COL_UNIT,
    FREM_COL_VALUE,
    FREM_COL_COUNT
};

/** Measures of results.csv, in the order of the contract, with unit and label. */
typedef struct frem_measure {
    const char *name, *unit;
    frem_label label;
} frem_measure;
enum frem_measure_place {
    FREM_M_SUPPLY,
    FREM_M_DEMAND,
    FREM_M_GAP,
    FREM_M_SHORTAGE,
    FREM_M_RECRUITMENT,
    FREM_M_POSTS_UNFILLED,
    FREM_M_STUDENT_FTE,
    FREM_M_COVERAGE,
    FREM_M_STOCK,
    FREM_M_LABOUR_FORCE,
    FREM_M_EMPLOYED,
    FREM_M_INTAKE,
    FREM_M_DROPOUTS,
    FREM_M_GRADUATES,
    FREM_M_RETIREMENTS,
    FREM_M_DEATHS,
    FREM_M_OTHER_EXITS,
    FREM_M_ARRIVALS,
    FREM_M_RETURNERS,
    FREM_M_UPGRADES_IN,
    FREM_M_UPGRADES_OUT,
    FREM_M_MOVES_IN,
    FREM_M_MOVES_OUT,
    FREM_M_STUDENTS,
    FREM_M_USERS,
    FREM_M_SHARE_55,
    FREM_M_PLACES,
    FREM_M_PLACES_UNFILLED,
    FREM_M_COST,
    FREM_M_COUNT
};
extern const frem_measure frem_measures[FREM_M_COUNT];

/** Two scenarios of one command have two names. */
FREM_MUST_CHECK frem_status frem_results_names_check(const frem_model *const *models, size_t n,
                                                     frem_diags *diags);
/** Adds the rows of one projected scenario, lane 0. */
FREM_MUST_CHECK frem_status frem_results_rows(frem_frame *frame, const frem_model *model,
                                              const frem_batch *batch, const frem_core_results *projection,
                                              const char *scenario, const char *variant);
/** What people call things, and what they must be told, for all models; kept in the results' document.
 *  @param scales by model: factors [profession][region] on the stock of the base year; NULL, or NULL for a
 *  model, where nothing was scaled. */
FREM_MUST_CHECK frem_status frem_results_describe(frem_results *results, const frem_model *const *models,
                                                  const double *const *scales, size_t n_models);

#endif
