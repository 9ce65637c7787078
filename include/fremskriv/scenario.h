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

/** A scenario file with all that it extends, laid over each other, before it is read as typed fields. Not for two
 *  threads at once. */
typedef struct frem_draft frem_draft;

/** Reads a scenario file and the files that it extends.
 *  @param sources borrowed; must outlive the draft and the diagnostics.
 *  @param path the file as named on the command line.
 *  @param sets "PATH=VALUE", "PATH*=FACTOR" and "PATH+=NUMBER", each perhaps with " from YEAR" behind it, laid over the
 *  scenario and over each of its variants, in order; copied.
 *  The place of a problem in the N-th is "--set:N:COLUMN".
 *  @param[out] out Owned by the caller; NULL unless FREM_OK. It must outlive its scenarios.
 *  @return FREM_INVALID when a file could not be read. Problems in variants and sets are reported too; they make
 *  frem_scenario_new() return FREM_INVALID, so that one run reports all problems of a file. */
FREM_API FREM_MUST_CHECK frem_status frem_draft_new(frem_draft **out, frem_sources *sources, const char *path,
                                                    const char *const *sets, size_t n_sets,
                                                    frem_diags *diags);
/** NULL is fine. */
FREM_API void frem_draft_free(frem_draft *draft);
/** The number of variants, without the scenario itself. */
FREM_API size_t frem_draft_variants(const frem_draft *draft);
/** The name of a variant, in the order of the files. @return Borrowed; NULL past the end. */
FREM_API const char *frem_draft_variant(const frem_draft *draft, size_t i);

/** A scenario as typed fields. Never changes after it is made, so that threads may share it. */
typedef struct frem_scenario frem_scenario;

/** Reads a draft, or one of its variants, as typed fields and checks everything that can be checked without tables. All
 *  problems are collected.
 *  @param draft borrowed; must outlive the scenario.
 *  @param variant a name among the draft's variants; NULL or "base" for the scenario itself; an unknown one is an error.
 *  @param[out] out Owned by the caller; NULL unless FREM_OK.
 *  @return FREM_INVALID when there was an error in it, or before in its draft. */
FREM_API FREM_MUST_CHECK frem_status frem_scenario_new(frem_scenario **out, frem_draft *draft,
                                                       const char *variant, frem_diags *diags);

/** The short way: a draft without sets and its scenario, without variants; the scenario owns the draft.
 *  @param sources borrowed; must outlive the scenario and the diagnostics.
 *  @param path the file as named on the command line.
 *  @param[out] out Owned by the caller; NULL unless FREM_OK.
 *  @return FREM_INVALID when diags holds an error. */
FREM_API FREM_MUST_CHECK frem_status frem_scenario_load(frem_scenario **out, frem_sources *sources,
                                                        const char *path, frem_diags *diags);
/** NULL is fine. */
FREM_API void frem_scenario_free(frem_scenario *scenario);
/** The scenario's name: its key `name`, else the file's stem; its variants have the same. @return Borrowed. */
FREM_API const char *frem_scenario_name(const frem_scenario *scenario);
/** "base" for the scenario itself, else the variant's name. @return Borrowed. */
FREM_API const char *frem_scenario_variant(const frem_scenario *scenario);

#ifdef __cplusplus
}
#endif
#endif
