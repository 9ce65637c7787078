/** @file
 *  The projections of a document as series over years, over all sectors: what writers draw and tabulate.
 */
#ifndef FREM_FRAME_PROJECTED_H
#define FREM_FRAME_PROJECTED_H

#include <stdbool.h>
#include <stddef.h>

#include "frame/curves.h"
#include "frame/document.h"
#include "frame/measures.h"

/** Codes of a column that scenarios and variants have, each in the order of its rows. */
typedef struct frem_projected_order {
    uint32_t *codes; /**< [run][place] */
    size_t *n;       /**< by run */
    size_t most;     /**< places of each */
} frem_projected_order;

/** The series of one statistic, of all scenarios and variants, over the same years. Zero-initialise. */
typedef struct frem_projected {
    const frem_document *document;
    const frem_frame *frame; /**< the projections */
    int first_year;
    size_t n_years;      /**< 0 where there are none */
    frem_curves curves;  /**< by scenario, variant, region, profession and measure */
    double *values;      /**< [curve][year]; NaN where the results have nothing */
    ptrdiff_t *scenario; /**< by run: its codes, -1 for none */
    ptrdiff_t *variant;
    ptrdiff_t measures[FREM_M_COUNT]; /**< their codes, -1 for none */
    frem_projected_order regions, professions;
} frem_projected;

/** The statistic shown as the value: the projection itself, else the middle of its draws. @return Borrowed, static. */
const char *frem_projected_statistic(const frem_frame *projections);

/** What says how far an uncertain gap is known: quantiles from low to high, then the chance that it is a shortage. */
enum { FREM_SPREAD_QUANTILES = 5, FREM_SPREAD_SHORT = FREM_SPREAD_QUANTILES, FREM_SPREAD };
/** Quantiles that lie no further apart, in FTE, are of draws that all give the same: no chance is one. */
#define FREM_SPREAD_NONE 1e-6
extern const char *const frem_spread_statistics[FREM_SPREAD]; /**< p05, p25, p50, p75, p95, p_short */
/** Whether projections have all of them, and show the middle of their draws. */
bool frem_projected_is_uncertain(const frem_frame *projections);

/** Reads the series of a statistic.
 *  @param[out] out free with frem_projected_close(), on failure too. */
FREM_MUST_CHECK frem_status frem_projected_open(frem_projected *out, const frem_document *document,
                                                const char *statistic);
/** The same of the rows of a comparison, which has several numbers in each: the values are the places of the rows. */
FREM_MUST_CHECK frem_status frem_projected_open_rows(frem_projected *out, const frem_document *document,
                                                     const char *statistic);
void frem_projected_close(frem_projected *projected);

/** A series of a scenario or variant by its place in the document, of a region and a profession by their codes.
 *  @return Borrowed: n_years values; NULL where there is none. */
const double *frem_projected_at(const frem_projected *projected, size_t run, size_t region, size_t profession,
                                frem_measure_id measure);
/** The same by keys. */
const double *frem_projected_find(const frem_projected *projected, size_t run, const char *region,
                                  const char *profession, frem_measure_id measure);
/** The value of a year; NaN where there is none, as for a NULL series. @param year a place among the years. */
double frem_projected_value(const frem_projected *projected, size_t run, size_t region, size_t profession,
                            frem_measure_id measure, size_t year);
/** The same by the code of any measure, also one of none of the table's. @return as frem_projected_at(). */
const double *frem_projected_series(const frem_projected *projected, size_t run, size_t region,
                                    size_t profession, size_t measure);
/** The codes that a scenario or variant has in an order of the projections. @return Borrowed; NULL where n is 0. */
const uint32_t *frem_projected_codes(const frem_projected_order *order, size_t run, size_t *n);
/** The years that a scenario or variant has. @return whether it has any. */
bool frem_projected_years(const frem_projected *projected, size_t run, int *first, size_t *n);
/** Whether any year of a series has a value; a NULL series has none. */
bool frem_projected_has(const frem_projected *projected, const double *series);
/** The code of frem_document_region(). */
size_t frem_projected_region_code(const frem_projected *projected, size_t run);

#endif
