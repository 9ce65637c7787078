/** @file
 *  datapackage.json: every table of the output folder, described as Frictionless Data asks.
 */
#ifndef FREM_OUTPUT_TABLES_PACKAGE_H
#define FREM_OUTPUT_TABLES_PACKAGE_H

#include "frame/document.h"
#include "fremskriv/output.h"
#include "output/json.h"
#include "publish/stage.h"

/** Describes the tables that the stage holds by now; writes nothing where it holds none, as a package of nothing is
 *  not valid. A carried table without known columns makes it a plain data package, else it is a tabular
 *  one. */
FREM_MUST_CHECK frem_status frem_write_package(const frem_document *document, frem_decimal decimal,
                                               frem_stage *stage);

/** Names of the variants of the scenario whose first one is at `first`, "base" for the scenario itself.
 *  @return Owned; NULL when out of memory. */
json_t *frem_variants_list(const frem_document *document, size_t first);

#endif
