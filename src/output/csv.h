/** @file
 *  What the writers of CSV share.
 */
#ifndef FREM_OUTPUT_CSV_H
#define FREM_OUTPUT_CSV_H

#include "base/text.h"

/** Appends a text cell, in quotes where it needs them. A text that a spreadsheet would take for a formula stays as it
 *  is: the file carries data (docs/decisions/0015-formulas-in-csv.md). */
void frem_csv_cell(frem_text *text, const char *cell, char separator);

#endif
