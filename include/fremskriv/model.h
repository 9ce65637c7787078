/** @file
 *  Models: a scenario and its tables compiled for the simulation core, with every parameter by name.
 */
#ifndef FREMSKRIV_MODEL_H
#define FREMSKRIV_MODEL_H

#include <stddef.h>

#include "fremskriv/diag.h"
#include "fremskriv/scenario.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A compiled scenario. Never changes after it is made, so that threads may share it. */
typedef struct frem_model frem_model;

/** Reads the scenario's tables and compiles it. All problems are collected.
 *  @param scenario borrowed; must outlive the model.
 *  @param[out] out Owned by the caller; NULL unless FREM_OK. */
FREM_API FREM_MUST_CHECK frem_status frem_model_new(frem_model **out, const frem_scenario *scenario,
                                                    frem_diags *diags);
/** NULL is fine. */
FREM_API void frem_model_free(frem_model *model);

/** One named parameter: a number of the scenario that may be varied without compiling anew. */
typedef struct frem_parameter {
    const char *path; /**< "programmes.paedagog.completion"; borrowed from the scenario */
    const char *unit; /**< NULL where it has none */
    double min, max;  /**< allowed range of each of its numbers */
} frem_parameter;

FREM_API size_t frem_model_parameters(const frem_model *model);
/** @return false past the end. */
FREM_API int frem_model_parameter(const frem_model *model, size_t i, frem_parameter *out);
/** @return the place of a parameter among them, or -1. */
FREM_API ptrdiff_t frem_model_find(const frem_model *model, const char *path);

/** What a change does with a parameter. */
typedef enum frem_change_kind {
    FREM_CHANGE_SET,      /**< every number of the parameter becomes `number` */
    FREM_CHANGE_MULTIPLY, /**< every number of the parameter is multiplied by `number` */
    FREM_CHANGE_ADD       /**< `number` is added to every number of the parameter */
} frem_change_kind;

/** One parameter changed; see `changes` of frem_run_options. */
typedef struct frem_change {
    size_t parameter; /**< frem_model_find() */
    size_t lane;      /**< 0; the library projects other cases in others */
    frem_change_kind kind;
    double number;
    /** 0: every year. Else this year and the later ones (entry cohorts where the years are of entry); a parameter
     *  that is one number for all years keeps it before this year, and one that cannot differ by year changes as a
     *  whole. */
    int first_year;
    /** Where not NULL, in place of `number`: one for `first_year` and each year after it, the last of which holds on; or one
     *  for each age that the parameter has. Borrowed, with `n` numbers. */
    const double *by_year, *by_age;
    size_t n;
} frem_change;

/** Whether a parameter may differ by year, so that a change can begin in one. */
FREM_API int frem_model_by_year(const frem_model *model, size_t parameter);

#ifdef __cplusplus
}
#endif
#endif
