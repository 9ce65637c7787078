/** @file
 *  Series: wide tables made of the results, one row a year, ready to be pasted into a chart of one's own.
 */
#ifndef FREM_OUTPUT_TABLES_SERIES_H
#define FREM_OUTPUT_TABLES_SERIES_H

#include "frame/document.h"
#include "fremskriv/output.h"
#include "publish/stage.h"

/** The dimension whose keys are the columns of a wide table. */
typedef enum frem_across { FREM_ACROSS_MEASURES, FREM_ACROSS_PROFESSIONS, FREM_ACROSS_REGIONS } frem_across;

/** One wide table. Borrowed while it is used. */
typedef struct frem_wide {
    const char *file; /**< "series/paedagog-base-paedagog.csv" */
    const char *scenario, *variant;
    const char *profession; /**< NULL where the columns are professions */
    const char *region;     /**< NULL where the columns are regions */
    frem_across across;
    const char *const *columns; /**< keys, in the order of the results */
    const char *const *units;   /**< by column */
    size_t n_columns;
    int first_year;
    size_t n_years;
    const double *numbers; /**< [column][year]; NaN where the results have no row */
} frem_wide;

typedef frem_status (*frem_wide_use)(void *context, const frem_wide *table);

/** Hands over every wide table of a document, in order: of each scenario and variant the measures of each profession
 *  in the region to show people (its one group of regions, else all), the gap by profession where there are several,
 *  and the gap by region of each profession where there are several areas; no gap and no coverage of
 *  all professions together. Of uncertain results the medians, else the means. Nothing for
 *  documents that hold something else than projections. */
FREM_MUST_CHECK frem_status frem_series_each(const frem_document *document, frem_wide_use use, void *context);
/** Writes each to its file: header `year` and the keys, six decimals, nothing where there is no number. */
FREM_MUST_CHECK frem_status frem_write_series(const frem_document *document, frem_decimal decimal,
                                              frem_stage *stage);

#endif
