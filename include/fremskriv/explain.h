/** @file
 *  Explanations: the place of each value of a scenario, its source, and the values of lower layers that it replaced.
 */
#ifndef FREMSKRIV_EXPLAIN_H
#define FREMSKRIV_EXPLAIN_H

#include <stddef.h>

#include "fremskriv/diag.h"
#include "fremskriv/model.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What scenarios say, as explained. */
typedef struct frem_explanation frem_explanation;

/** Explains scenarios as they are after `extends`, variants and sets.
 *  @param models borrowed, with their scenarios; must outlive the explanation.
 *  @param path what to explain, dotted: one value, something inside it (which explains the value), or a mapping (which
 *  explains all below it); NULL: everything. Copied.
 *  @param[out] out Owned by the caller; NULL unless FREM_OK.
 *  @return FREM_INVALID, with a problem, where no model has the path. */
FREM_API FREM_MUST_CHECK frem_status frem_explanation_new(frem_explanation **out,
                                                          const frem_model *const *models, size_t n_models,
                                                          const char *path, frem_diags *diags);
/** Explains in what scenarios differ from what they extend, and variants from their scenarios: both values with their places.
 *  As frem_explanation_new() otherwise; a path where nothing differs is no error. */
FREM_API FREM_MUST_CHECK frem_status frem_explanation_changes(frem_explanation **out,
                                                              const frem_model *const *models,
                                                              size_t n_models, const char *path,
                                                              frem_diags *diags);
/** NULL is fine. */
FREM_API void frem_explanation_free(frem_explanation *explanation);
/** The explanation for people. @param width columns of the terminal.
 *  @return Owned by the caller (free()); NULL when out of memory. */
FREM_API char *frem_explanation_text(const frem_explanation *explanation, frem_lang lang, size_t width);
/** The explanation as JSON; see docs/explain.md. @return Owned by the caller (free()); NULL when out of memory. */
FREM_API char *frem_explanation_json(const frem_explanation *explanation);

#ifdef __cplusplus
}
#endif
#endif
