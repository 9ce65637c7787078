/** @file
 *  Curves: rows of a tidy table that differ in their year (or age) alone, found by their codes.
 */
#ifndef FREM_FRAME_CURVES_H
#define FREM_FRAME_CURVES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fremskriv/frame.h"

enum { FREM_CURVE_DIMS = 6 };

/** One value. */
typedef struct frem_curve_point {
    uint64_t key; /**< the codes of its curve in one number */
    int32_t axis; /**< year or age */
    double value;
} frem_curve_point;

/** Zero-initialise; free with frem_curves_free(). */
typedef struct frem_curves {
    size_t n_dims;
    uint64_t radix[FREM_CURVE_DIMS];
    frem_curve_point *points; /**< by key, then axis */
    size_t n_points;
    size_t *starts; /**< where each curve begins among the points; one more at the end */
    size_t n;       /**< number of curves, in the order of their codes */
} frem_curves;

/** What curves are made of. */
typedef struct frem_curves_plan {
    const frem_frame *frame;
    const frem_frame
        *codes; /**< whose codes label columns get; a row with a label that it lacks is left out */
    const char *const
        *dims; /**< label columns, or whole ones whose numbers are the codes; those that `codes` has not
                                   keep the codes of `frame` */
    size_t n_dims;
    const char *axis; /**< a whole column */
    bool (*keep)(const void *context, size_t row);
    const void *context;
    bool rows; /**< the values are the places of the rows, not the numbers of the column `value` */
} frem_curves_plan;

/** @return FREM_NO_MEMORY; FREM_DEFECT where a column is missing or of another kind. */
FREM_MUST_CHECK frem_status frem_curves_build(frem_curves *out, const frem_curves_plan *plan);
void frem_curves_free(frem_curves *curves);
/** @return the place of the curve with these codes, or -1. */
ptrdiff_t frem_curves_find(const frem_curves *curves, const uint32_t *codes);
/** @param place from frem_curves_find(); -1 has no values. @return whether there is a value. */
bool frem_curves_value(const frem_curves *curves, ptrdiff_t place, int32_t axis, double *value);
/** Code of a curve in one dimension. */
uint32_t frem_curves_code(const frem_curves *curves, size_t place, size_t dim);

#endif
