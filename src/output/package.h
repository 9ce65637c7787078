/** @file
 *  datapackage.json: every table of the output folder, described as Frictionless Data asks.
 */
#ifndef FREM_OUTPUT_PACKAGE_H
#define FREM_OUTPUT_PACKAGE_H

#include "base/stage.h"
#include "frame/document.h"
#include "fremskriv/output.h"

/** Describes the tables that the stage holds by now; writes nothing where it holds none, as a package of nothing is
 *  not valid. With carried tables, whose columns only their readers know, it is a plain data package, else a
 *  tabular one. */
FREM_MUST_CHECK frem_status frem_write_package(const frem_document *document, frem_decimal decimal,
                                               frem_stage *stage);

#endif
