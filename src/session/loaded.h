/** @file
 *  Scenario files with all that is made of them: drafts, the scenarios and variants that are asked for, their models.
 */
#ifndef FREM_SESSION_LOADED_H
#define FREM_SESSION_LOADED_H

#include <stdbool.h>
#include <stddef.h>

#include "fremskriv/results.h"
#include "model/model.h"

/** Which of a file's variants are loaded, and what is laid over them. Borrowed. */
typedef struct frem_load_choice {
    const char *const *sets;
    size_t n_sets;
    const char *const *variants; /**< names, "base" for the scenario itself; none: all */
    size_t n_variants;
} frem_load_choice;

/** What is loaded. Zero-initialise but for the sources. */
typedef struct frem_loaded {
    frem_sources *sources; /**< owned */
    frem_draft **drafts;   /**< by file */
    size_t n_drafts, drafts_capacity;
    frem_scenario **scenarios; /**< each file's own scenario, then its variants; those that were asked for */
    frem_model **models;       /**< by scenario; NULL where it could not be compiled */
    size_t n, capacity, models_capacity;
} frem_loaded;

/** Loads and compiles a scenario file. All problems of all variants are collected.
 *  @return FREM_INVALID where there is an error; what could be loaded is there. */
FREM_MUST_CHECK frem_status frem_loaded_add(frem_loaded *loaded, const char *path,
                                            const frem_load_choice *choice, frem_diags *diags);
/** Projects what was loaded and reports every problem, also where other scenarios could not be loaded.
 *  @param status of loading. @return the worse of it and what is found. */
FREM_MUST_CHECK frem_status frem_loaded_check(const frem_loaded *loaded, frem_status status,
                                              const frem_run_options *options, frem_diags *diags);
/** The first of two statuses that is not FREM_OK; one that is no problem of a scenario goes first. */
frem_status frem_loaded_worse(frem_status so_far, frem_status next);
/** Whether other scenarios are still looked at after a status. */
bool frem_loaded_goes_on(frem_status status);
/** Frees all but the sources. */
void frem_loaded_clear(frem_loaded *loaded);
/** Frees all of it; problems that are still to be shown keep copies of what they name. */
void frem_loaded_free(frem_loaded *loaded);

#endif
