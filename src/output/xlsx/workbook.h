/** @file
 *  results.xlsx: the results as a workbook for a spreadsheet.
 */
#ifndef FREM_OUTPUT_XLSX_WORKBOOK_H
#define FREM_OUTPUT_XLSX_WORKBOOK_H

#include "frame/document.h"
#include "fremskriv/output.h"
#include "publish/stage.h"

/** Rows of a sheet in Excel. */
#define FREM_SHEET_ROWS 1048576u

/** A writer of frem_writers: results.xlsx (practicum.xlsx); docs/workbook.md describes the sheets. */
FREM_MUST_CHECK frem_status frem_write_xlsx(const frem_document *document, const frem_write_options *options,
                                            frem_stage *stage, frem_diags *diags);
/** The same with sheets of at most max_rows rows (>= 3): a longer table is cut, and its sheet says so. */
FREM_MUST_CHECK frem_status frem_write_xlsx_rows(const frem_document *document,
                                                 const frem_write_options *options, size_t max_rows,
                                                 frem_stage *stage, frem_diags *diags);

#endif
