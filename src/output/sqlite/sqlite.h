/** @file
 *  results.sqlite: the results and all that belongs to them as one database, for people who ask in SQL.
 */
#ifndef FREM_OUTPUT_SQLITE_SQLITE_H
#define FREM_OUTPUT_SQLITE_SQLITE_H

#include "frame/document.h"
#include "fremskriv/output.h"
#include "publish/stage.h"

/** A writer of frem_writers: results.sqlite (practicum.sqlite); docs/sqlite.md describes tables and views. */
FREM_MUST_CHECK frem_status frem_write_sqlite(const frem_document *document,
                                              const frem_write_options *options, frem_stage *stage,
                                              frem_diags *diags);

/** The views of results.sqlite, in the order they are made. @return SQL, borrowed, static. */
const char *frem_sqlite_views(void);

#endif
