/** @file
 *  The writer of report.html.
 */
#ifndef FREM_OUTPUT_REPORT_WRITER_H
#define FREM_OUTPUT_REPORT_WRITER_H

#include "output/write.h"

/** Writes report.html: the results for a browser, in one file that loads nothing. Of results too large to send it
 *  leaves out what single regions have, and says so.
 *  @return FREM_MISSING_PART where Chart.js is not installed; FREM_USAGE for a document that holds no projection. */
FREM_MUST_CHECK frem_status frem_write_report(const frem_document *document,
                                              const frem_write_options *options, frem_stage *stage,
                                              frem_diags *diags);

#endif
