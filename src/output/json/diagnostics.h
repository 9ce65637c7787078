/** @file
 *  Problems for programs such as editors: one JSON object a line; docs/diagnostics.schema.json describes it.
 */
#ifndef FREM_OUTPUT_JSON_DIAGNOSTICS_H
#define FREM_OUTPUT_JSON_DIAGNOSTICS_H

#include "base/text.h"
#include "fremskriv/diag.h"
#include "fremskriv/sources.h"

/** Appends the problems in their order. @param sources for the column where each problem ends; may be NULL.
 *  @return FREM_NO_MEMORY, else FREM_OK. */
FREM_MUST_CHECK frem_status frem_diagnostics_json(const frem_diags *diags, const frem_sources *sources,
                                                  frem_lang lang, frem_text *out);

#endif
