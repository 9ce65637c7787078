/** @file
 *  Names that the writers share: files of the output folder.
 */
#ifndef FREM_OUTPUT_NAMES_H
#define FREM_OUTPUT_NAMES_H

#include "base/file_name.h"
#include "base/text.h"
#include "frame/document.h"
#include "fremskriv/status.h"

#define FREM_RESULTS_CSV "results.csv"
#define FREM_PRACTICUM_CSV "practicum.csv"
#define FREM_STOCK_CSV "stock.csv"
#define FREM_PROGRAMMES_CSV "programmes.csv"
#define FREM_COMPARE_CSV "compare.csv"
#define FREM_SWEEP_CSV "sweep.csv"
#define FREM_TABLES_FOLDER "tables/"

/** What the document's table is called: "results", "practicum", "compare", "sweep", "solution". @return Borrowed, static. */
const char *frem_document_table(const frem_document *document);

/** The file of the document's table. @return Borrowed, static. */
const char *frem_table_file(const frem_document *document);

/** The table's file with another ending: "results.xlsx". @return Owned by the caller (free()); NULL when out of
 *  memory. */
char *frem_table_file_as(const frem_document *document, const char *ending);

/** Where a source was found, in a word. @return Borrowed, static. */
const char *frem_root_name(frem_root root);

/** The value as results.csv shows it, with six decimals, so that every format says the same. */
double frem_value_shown(double value);

/** Adds what a scenario or variant is called among those of the document: its title, its variant, or both. */
void frem_add_run(frem_text *out, const frem_document *document, size_t run, frem_lang lang);
/** The same for one side of a table or a chart: with its area, where the others are of areas that are called otherwise. */
void frem_add_side(frem_text *out, const frem_document *document, size_t run, frem_lang lang);

#endif
