/** @file
 *  The results as series: what stands in results.csv for one measure of one profession in one region, by year. Over
 *  all sectors; of the statistics the point, else the median, else the mean.
 */
#ifndef FREM_OUTPUT_CUBE_H
#define FREM_OUTPUT_CUBE_H

#include <stdbool.h>
#include <stddef.h>

#include "frame/document.h"

/** Series of the regions that people look at: the whole, and the named groups. */
typedef struct frem_cube {
    const frem_document *document;
    const char **professions; /**< keys in the order of the results */
    size_t n_professions;
    const char **regions; /**< keys: "all", then groups in the order of the scenarios */
    size_t n_regions;
    int first_year;
    size_t n_years;
    size_t n_measures;
    double *values; /**< [told][profession][region][measure][year]; NaN where the results have nothing */
} frem_cube;

/** @param document a table of results. @param[out] out Owned by the caller: frem_cube_free(); on failure too. */
FREM_MUST_CHECK frem_status frem_cube_fill(frem_cube *out, const frem_document *document);
void frem_cube_free(frem_cube *cube);

/** @param told, profession, region places in the document and the cube.
 *  @return n_years values, borrowed; NULL where the measure is not in the results. */
const double *frem_cube_series(const frem_cube *cube, size_t told, size_t profession, size_t region,
                               const char *measure);
/** Whether any year of the series has a value; a NULL series has none. */
bool frem_cube_has(const frem_cube *cube, const double *series);
/** The region to show of a scenario: its group where it has one alone, else the whole. */
size_t frem_cube_region(const frem_cube *cube, size_t told);

#endif
