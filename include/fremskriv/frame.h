/** @file
 *  The tidy table that every analysis fills and every writer renders.
 */
#ifndef FREMSKRIV_FRAME_H
#define FREMSKRIV_FRAME_H

#include <stddef.h>
#include <stdint.h>

#include "fremskriv/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum frem_column_kind {
    FREM_COLUMN_LABEL, /**< one of a short list of texts, stored once (region, measure, unit) */
    FREM_COLUMN_WHOLE, /**< a whole number (year, age) */
    FREM_COLUMN_NUMBER /**< a finite double (value); NaN for an empty cell where the column allows it */
} frem_column_kind;

/** A table: columns by name, rows in the order they were added. */
typedef struct frem_frame frem_frame;

/** @param names n_columns column names; copied. @param[out] out Owned by the caller. */
FREM_API FREM_MUST_CHECK frem_status frem_frame_new(frem_frame **out, const char *const *names,
                                                    const frem_column_kind *kinds, size_t n_columns);
/** NULL is fine. */
FREM_API void frem_frame_free(frem_frame *frame);

/** Lets cells of a number column be empty, as where a comparison has one side only; before the first row. An empty cell
 *  is NaN in frem_frame_numbers().
 *  @return FREM_DEFECT for a column of another kind. */
FREM_API FREM_MUST_CHECK frem_status frem_frame_allow_empty(frem_frame *frame, size_t column);
/** Whether cells of a column may be empty. */
FREM_API int frem_frame_allows_empty(const frem_frame *frame, size_t column);

/** A label's code in a label column; adds the label when new (copied). Codes count from 0 in order of addition. */
FREM_API FREM_MUST_CHECK frem_status frem_frame_label(frem_frame *frame, size_t column, const char *label,
                                                      uint32_t *code);

/** One cell to add; which member holds depends on the column's kind. */
typedef union frem_cell {
    uint32_t label;
    int32_t whole;
    double number;
} frem_cell;

/** Adds a row of as many cells as there are columns. */
FREM_API FREM_MUST_CHECK frem_status frem_frame_add(frem_frame *frame, const frem_cell *cells);

FREM_API size_t frem_frame_rows(const frem_frame *frame);
FREM_API size_t frem_frame_columns(const frem_frame *frame);
/** @return the place of a column, or -1. */
FREM_API ptrdiff_t frem_frame_column(const frem_frame *frame, const char *name);
/** @return Borrowed until the frame is freed. */
FREM_API const char *frem_frame_column_name(const frem_frame *frame, size_t column);
FREM_API frem_column_kind frem_frame_column_kind(const frem_frame *frame, size_t column);
/** Number of labels of a label column; 0 for others. */
FREM_API size_t frem_frame_labels(const frem_frame *frame, size_t column);
/** @return Borrowed until the frame is freed. */
FREM_API const char *frem_frame_label_text(const frem_frame *frame, size_t column, uint32_t code);
/** @return the code of a label, or -1. */
FREM_API ptrdiff_t frem_frame_label_find(const frem_frame *frame, size_t column, const char *label);

/** Columns as arrays of frem_frame_rows() elements. @return Borrowed until the next row is added; NULL for a column
 *  of another kind. */
FREM_API const uint32_t *frem_frame_label_codes(const frem_frame *frame, size_t column);
FREM_API const int32_t *frem_frame_wholes(const frem_frame *frame, size_t column);
FREM_API const double *frem_frame_numbers(const frem_frame *frame, size_t column);

#ifdef __cplusplus
}
#endif
#endif
