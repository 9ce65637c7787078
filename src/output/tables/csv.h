/** @file
 *  What the writers of CSV share.
 */
#ifndef FREM_OUTPUT_TABLES_CSV_H
#define FREM_OUTPUT_TABLES_CSV_H

#include "base/text.h"

/** What a table begins with: a byte order mark where decimals have a comma, since a Danish spreadsheet takes a file without
 *  one for another encoding than UTF-8; else nothing. */
const char *frem_csv_mark(char decimal);
/** Appends a text cell, in quotes where it needs them. A text that a spreadsheet would take for a formula stays as it
 *  is: the file carries data (docs/decisions/0015-formulas-in-csv.md). */
void frem_csv_cell(frem_text *text, const char *cell, char separator);

#endif
