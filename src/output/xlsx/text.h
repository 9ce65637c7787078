/** @file
 *  Texts as a workbook can hold them.
 */
#ifndef FREM_OUTPUT_XLSX_TEXT_H
#define FREM_OUTPUT_XLSX_TEXT_H

#include "base/index.h"
#include "base/text.h"

/** Units of UTF-16 that a cell can hold. */
#define FREM_CELL_MAX 32767

/** Adds a text without control characters and what XML can't hold (bytes that are no UTF-8 as U+FFFD); line ends stay.
 *  @param max units of UTF-16, as Excel counts: where there are more, the text is cut and ends in an ellipsis. */
void frem_add_cell(frem_text *out, const char *text, size_t max);

/** A name for a sheet: at most 31 units, none of []:*?/\', not one that Excel keeps for itself or reads as a cell, and
 *  without regard to case another than those in `taken`, which it is added to.
 *  @param[out] out Owned by the caller (free()). */
FREM_MUST_CHECK frem_status frem_sheet_name(frem_index *taken, const char *label, char **out);

#endif
