/** @file
 *  The results of one scenario or variant as series over years, for figures.
 */
#ifndef FREM_OUTPUT_FIGURE_CUBE_H
#define FREM_OUTPUT_FIGURE_CUBE_H

#include "base/arena.h"
#include "frame/document.h"

/** Measures that figures show. */
typedef enum frem_figure_cube_measure {
    FREM_FIGURE_CUBE_SUPPLY,
    FREM_FIGURE_CUBE_DEMAND,
    FREM_FIGURE_CUBE_GAP,
    FREM_FIGURE_CUBE_COVERAGE,
    FREM_FIGURE_CUBE_GRADUATES,
    FREM_FIGURE_CUBE_ARRIVALS,
    FREM_FIGURE_CUBE_RETURNERS,
    FREM_FIGURE_CUBE_UPGRADES_IN,
    FREM_FIGURE_CUBE_MOVES_IN,
    FREM_FIGURE_CUBE_RETIREMENTS,
    FREM_FIGURE_CUBE_DEATHS,
    FREM_FIGURE_CUBE_OTHER_EXITS,
    FREM_FIGURE_CUBE_UPGRADES_OUT,
    FREM_FIGURE_CUBE_MOVES_OUT,
    FREM_FIGURE_CUBE_COUNT
} frem_figure_cube_measure;
/** Its key in the results. @return Borrowed, static. */
const char *frem_figure_cube_key(frem_figure_cube_measure measure);

/** The values of a statistic over all sectors, by region, profession, measure and year; NaN where there is none. */
typedef struct frem_figure_cube {
    const frem_frame *results;
    int first_year;
    size_t n_years;              /**< 0 where the results have nothing of the scenario */
    size_t regions, professions; /**< labels of these columns */
    double *values;
    bool *given; /**< by region, profession and measure: whether there is any value */
} frem_figure_cube;

/** Fills a cube from the rows of a scenario and a variant. A frame that lacks a column of the results gives an empty one.
 *  @param[out] out its values are borrowed from the arena. */
FREM_MUST_CHECK frem_status frem_figure_cube_fill(frem_figure_cube *out, frem_arena *arena,
                                                  const frem_frame *results, const char *scenario,
                                                  const char *variant, const char *statistic);

/** A series by its labels' codes. @return Borrowed: n_years values; NULL where there is none. */
const double *frem_figure_cube_at(const frem_figure_cube *cube, size_t region, size_t profession,
                                  frem_figure_cube_measure measure);
/** The same by keys. */
const double *frem_figure_cube_find(const frem_figure_cube *cube, const char *region, const char *profession,
                                    frem_figure_cube_measure measure);
/** Whether the results have a statistic at all. */
bool frem_figure_cube_has_statistic(const frem_frame *results, const char *statistic);

/* --- shared with other tables of the same kind --- */

/** Columns by name. @return Borrowed; NULL where the frame has none of that kind. */
const uint32_t *frem_codes_of(const frem_frame *frame, const char *column);
const int32_t *frem_wholes_of(const frem_frame *frame, const char *column);
const double *frem_numbers_of(const frem_frame *frame, const char *column);
/** @return the code of a key in a column, or -1. */
ptrdiff_t frem_code_of(const frem_frame *frame, const char *column, const char *key);

#endif
