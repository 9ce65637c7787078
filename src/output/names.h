/** @file
 *  Names that the writers share: files of the output folder.
 */
#ifndef FREM_OUTPUT_NAMES_H
#define FREM_OUTPUT_NAMES_H

#include "base/index.h"
#include "frame/document.h"
#include "fremskriv/status.h"

#define FREM_RESULTS_CSV "results.csv"
#define FREM_PRACTICUM_CSV "practicum.csv"
#define FREM_TABLES_FOLDER "tables/"

/** The file of the document's table. @return Borrowed, static. */
const char *frem_table_file(const frem_document *document);

/** A name as a part of a file name: letters, digits, '.', '_', '-' and visible characters beyond ASCII stay, all
 *  else becomes '_', and so does a leading '.'; at most 200 bytes; a name that `taken` has already (from another
 *  name) gets "-2", "-3", ... after it. Adds the result to taken.
 *  @param[out] out Borrowed from taken. */
FREM_MUST_CHECK frem_status frem_safe_name(frem_index *taken, const char *name, const char **out);

#endif
