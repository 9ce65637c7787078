/** @file
 *  Sheets of Excel workbooks (.xlsx, .xlsm) as tables. A sheet becomes the text of a table, one line a row, so that all that
 *  reads tables reads it; its places are cells.
 */
#ifndef FREM_TABLES_WORKBOOK_H
#define FREM_TABLES_WORKBOOK_H

#include <stdbool.h>

#include "base/source.h"

/** Whether a file may be a workbook by its first bytes: a zip archive of no other kind, or
 *  what Office files with a password are. */
bool frem_may_be_workbook(const frem_source *source);
/** Takes a sheet out of a workbook, once: text as it is, without blanks around it; numbers by their stored value, whatever their
 *  format shows; dates as 2026-08-01, times as 08:30:00; TRUE and FALSE; formulas by their stored value.
 *  Problems, with their cells: an error such as #N/A, a formula without a stored value, merged cells, cells beside the table.
 *  A file that is damaged, protected, too large or no workbook is one problem.
 *  @param sheet its name; NULL: the only one. @param asked_at where the scenario names it.
 *  @param[out] out Borrowed from the sources. */
FREM_MUST_CHECK frem_status frem_workbook_sheet(frem_sources *sources, const frem_source *book,
                                                const char *sheet, frem_place asked_at, frem_diags *diags,
                                                const frem_source **out);

#endif
