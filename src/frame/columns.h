/** @file
 *  Columns of a table by their names, for readers that know what a table should have.
 */
#ifndef FREM_FRAME_COLUMNS_H
#define FREM_FRAME_COLUMNS_H

#include <stddef.h>
#include <stdint.h>

#include "fremskriv/frame.h"

/** Columns by name. @return Borrowed; NULL where the table has none of that kind. */
const uint32_t *frem_column_codes(const frem_frame *frame, const char *column);
const int32_t *frem_column_wholes(const frem_frame *frame, const char *column);
const double *frem_column_numbers(const frem_frame *frame, const char *column);
/** The code of a label in a column, or -1. */
ptrdiff_t frem_column_code(const frem_frame *frame, const char *column, const char *label);
/** How many labels a column has; 0 where there is no such column. */
size_t frem_column_labels(const frem_frame *frame, const char *column);
/** The label of a code that the column has. @return Borrowed. */
const char *frem_column_label(const frem_frame *frame, const char *column, size_t code);

#endif
