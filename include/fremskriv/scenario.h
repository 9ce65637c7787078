/** @file
 *  Scenarios: a YAML file read, checked against the field table and kept with the place of every value.
 */
#ifndef FREMSKRIV_SCENARIO_H
#define FREMSKRIV_SCENARIO_H

#include "fremskriv/diag.h"
#include "fremskriv/sources.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A scenario as typed fields. Never changes after it is loaded, so that threads may share it. */
typedef struct frem_scenario frem_scenario;

/** Reads a scenario file and checks everything that can be checked without its tables. All problems are collected.
 *  @param sources borrowed; must outlive the scenario and the diagnostics.
 *  @param path the file as named on the command line.
 *  @param[out] out Owned by the caller; NULL unless FREM_OK.
 *  @return FREM_INVALID when diags holds an error. */
FREM_API FREM_MUST_CHECK frem_status frem_scenario_load(frem_scenario **out, frem_sources *sources,
                                                        const char *path, frem_diags *diags);
/** NULL is fine. */
FREM_API void frem_scenario_free(frem_scenario *scenario);
/** The scenario's name: its key `name`, else the file's stem. @return Borrowed. */
FREM_API const char *frem_scenario_name(const frem_scenario *scenario);

#ifdef __cplusplus
}
#endif
#endif
