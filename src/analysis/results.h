/** @file
 *  Results from the inside: the document that writers render.
 */
#ifndef FREM_ANALYSIS_RESULTS_H
#define FREM_ANALYSIS_RESULTS_H

#include "frame/answer.h"
#include "frame/curves.h"
#include "frame/document.h"
#include "frame/measures.h"
#include "fremskriv/results.h"
#include "model/lane.h"
#include "model/model.h"

/** What writers need. @return Borrowed until the results are freed. */
const frem_document *frem_results_document(const frem_results *results);

/** Writes out the resolved scenarios and lists the assumptions, which only folders need. */
FREM_MUST_CHECK frem_status frem_results_resolve(frem_results *results);

/* --- inside the room --- */

enum { FREM_ANSWER_TABLES_MAX = 8 };

struct frem_results {
    frem_arena *arena;
    frem_frame *table;
    frem_frame *compared;            /**< what the table compares; NULL where it is no comparison */
    frem_frame *stock, *programmes;  /**< NULL where they were not asked for */
    struct frem_answer_kept *answer; /**< analysis/answer.h; NULL where there is none */
    frem_frame *answers[FREM_ANSWER_TABLES_MAX]; /**< the frames of its tables, in their order */
    frem_document document;
    bool changed; /**< numbers were changed in memory, which no scenario says: no files are written of it */
    frem_curves values; /**< of the projections, by what they are about; made when a value is asked for */
    bool has_values;
    frem_run *run;                   /**< the document's scenarios */
    const frem_model *const *models; /**< by run */
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

/** One row of the results of a projection: places of what it is about, the last one (as many as there are) being the
 *  sum of all. */
typedef struct frem_result_row {
    size_t step, area, profession, sector; /**< area as in frem_core_results */
    frem_measure_id measure;
    double value;
} frem_result_row;
/** Takes one row. @return what is not FREM_OK ends the rows. */
typedef frem_status (*frem_row_take)(void *context, const frem_result_row *row);

/** Which rows are wanted, by the places of a frem_result_row. NULL: all of them. */
typedef struct frem_row_filter {
    const bool *steps, *areas, *professions, *sectors, *measures;
} frem_row_filter;

/** Reads lists of keys as filters, [model]; a list that is NULL leaves all. A word that means nothing in any model is a
 *  problem. @param arena owns what the filters point to. */
FREM_MUST_CHECK frem_status frem_row_filters_read(frem_arena *arena, const frem_model *const *models,
                                                  size_t n_models, const frem_row_choice *rows,
                                                  frem_row_filter *filters, frem_diags *diags);

/** What the core must keep for the rows that a filter leaves. @param measures room for out->measures. */
void frem_row_filter_wants(const frem_row_filter *filter, const frem_model *model,
                           bool measures[FREM_CORE_MEASURES], frem_core_wanted *out);
/** The rows of one lane of a projection that a filter leaves, in the order of results.csv. */
FREM_MUST_CHECK frem_status frem_results_each(const frem_batch *batch, const frem_core_results *projection,
                                              size_t lane, const frem_row_filter *filter, frem_row_take take,
                                              void *context);
/** The same of the first lanes, area by area and year by year for all of them, since they lie beside each other in memory.
 *  @param contexts [lanes] what `take` gets with the rows of each. */
FREM_MUST_CHECK frem_status frem_results_lanes(const frem_batch *batch, const frem_core_results *projection,
                                               size_t lanes, const frem_row_filter *filter,
                                               frem_row_take take, void *const *contexts);
/** An empty table with the columns of results.csv. @param[out] table Owned by the caller. */
FREM_MUST_CHECK frem_status frem_results_table_new(frem_frame **table);
/** Adds the columns of `with_names` to the table; needs the document's names. NULL: nothing. */
FREM_MUST_CHECK frem_status frem_results_name(frem_results *results, const frem_lang *lang);
/** Room for results with nothing in them. @param[out] out Owned by the caller. */
FREM_MUST_CHECK frem_status frem_results_empty(frem_results **out);

/** Adds the rows of one projected scenario, lane 0. */
FREM_MUST_CHECK frem_status frem_results_rows(frem_frame *frame, const frem_model *model,
                                              const frem_batch *batch, const frem_core_results *projection,
                                              const char *scenario, const char *variant);
/** Columns of stock.csv and of programmes.csv, in order. */
extern const char *const frem_stock_columns[], *const frem_programmes_columns[];
extern const size_t frem_stock_n_columns, frem_programmes_n_columns;
/** Adds the stock of one projected scenario by sex and age, lane 0: of the groups of regions, and of all.
 *  @param projection with its cells. */
FREM_MUST_CHECK frem_status frem_stock_rows(frem_frame *frame, const frem_model *model,
                                            const frem_core_results *projection, const char *scenario,
                                            const char *variant);
/** Adds the programmes of one projected scenario, lane 0: of the groups of regions, and of all, each programme by
 *  specialisation, by stage, and as a whole. */
FREM_MUST_CHECK frem_status frem_programme_rows(frem_frame *frame, const frem_model *model,
                                                const frem_batch *batch, const frem_core_results *projection,
                                                const char *scenario, const char *variant);
/** Where rows come from and go to: a lane, the rows of it that are wanted, and the cells between variant and
 *  year. */
typedef struct frem_rows_place {
    size_t lane;
    const frem_row_filter *filter; /**< NULL: all */
    const frem_cell *inserted;
    size_t n_inserted;
} frem_rows_place;
/** Statistics of many projections of one scenario. */
typedef struct frem_statistics {
    const frem_result_row
        *rows; /**< what they are of, in the order of results.csv; their values are not read */
    size_t n;
    const char *const *names; /**< "mean", "p05", ... */
    const bool *ratios;       /**< which of them are shares of the projections, whatever the measure's unit */
    size_t n_names;
    const double *values; /**< [row][name]; NaN for none */
} frem_statistics;
/** Adds the rows of statistics. */
FREM_MUST_CHECK frem_status frem_results_statistics(frem_frame *frame, const frem_model *model,
                                                    const char *scenario, const char *variant,
                                                    const frem_statistics *all);
/** Adds rows of one projected scenario. */
FREM_MUST_CHECK frem_status frem_results_rows_at(frem_frame *frame, const frem_batch *batch,
                                                 const frem_core_results *projection, const char *scenario,
                                                 const char *variant, const frem_rows_place *place);
/** Names of keys and notes for the reader, for all models; kept in the results' document.
 *  @param scales by model: factors [profession][region] on the stock of the base year; NULL, or NULL for a
 *  model, where nothing was scaled. */
FREM_MUST_CHECK frem_status frem_results_describe(frem_results *results, const frem_model *const *models,
                                                  const double *const *scales, size_t n_models);
/** What a total that is split by a key means for figures of single regions. @return false when out of memory. */
bool frem_split_told(frem_arena *arena, const frem_split_note *split, frem_label *out);
/** Which numbers cover more regions than the scenario's own, so that they are a part by a key until one's own take their place;
 *  texts stay NULL where there are none. @return false when out of memory. */
bool frem_covers_told(frem_arena *arena, const frem_model *model, frem_label *out);
/** Which ages inside the population's groups the scenario asks for, in every language: they are interpolated. Its texts
 *  stay NULL where there are none. @return false when out of memory. */
bool frem_ages_told(frem_arena *arena, const frem_model *model, frem_label *out);
/** Whether another model (the scenario itself, of a variant) asks for all of these ages too. */
bool frem_ages_told_by(const frem_model *model, const frem_model *other);
/** The document's assumptions: what each scenario gives, in the order of its file, and for a variant what it gives
 *  otherwise than its base ("~" for what it leaves out). Needs the document's scenarios. */
FREM_MUST_CHECK frem_status frem_results_assume(frem_results *results);
/** Finds the types of the columns of the document's carried tables, which only folders describe. */
FREM_MUST_CHECK frem_status frem_results_carry(frem_results *results);

#endif
