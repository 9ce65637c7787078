/** @file
 *  Small worlds written as scenario and tables in a temporary folder, loaded and projected through the public doors.
 */
#ifndef FREM_TESTS_UNIT_MODEL_SMALL_H
#define FREM_TESTS_UNIT_MODEL_SMALL_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/results.h"
#include "support/check.h"
#include "support/temp.h"

/** A world from its folder to its results; what was not made is NULL. */
typedef struct small {
    char *folder;
    frem_diags *diags;
    frem_sources *sources;
    frem_scenario *scenario;
    frem_model *model;
    frem_results *results;
} small;

static inline void small_begin(small *w) {
    *w = (small){.folder = frem_temp_folder()};
    assert_int_equal(frem_diags_new(&w->diags), FREM_OK);
    assert_int_equal(frem_sources_new(&w->sources, NULL, 0, FREM_SOURCE_DIR), FREM_OK);
}

static inline void small_end(small *w) {
    frem_results_free(w->results);
    frem_model_free(w->model);
    frem_scenario_free(w->scenario);
    frem_diags_free(w->diags);
    frem_sources_free(w->sources);
    frem_temp_remove(w->folder);
}

/** A table of the world; before its scenario. */
static inline void small_put(const small *w, const char *name, const char *text) {
    frem_temp_write(w->folder, name, text);
}

/** Loads and compiles w.yaml with this content, and projects it for its problems. */
static inline frem_status small_try(small *w, const char *yaml) {
    frem_temp_write(w->folder, "w.yaml", yaml);
    char *path = frem_temp_path(w->folder, "w.yaml");
    frem_status status = frem_scenario_load(&w->scenario, w->sources, path, w->diags);
    if (status == FREM_OK)
        status = frem_model_new(&w->model, w->scenario, w->diags);
    const frem_model *const models[] = {w->model};
    const frem_run_options options = {.threads = 1};
    /* What is only odd is reported when it is projected for its results. */
    if (status == FREM_OK && frem_results_check(models, 1, &options, NULL) != FREM_OK)
        status = frem_results_check(models, 1, &options, w->diags);
    free(path);
    return status;
}

/** The first problem as people read it, from behind the folder's name on. @return Owned by the caller (free()). */
static inline char *small_problem(const small *w) {
    const frem_diag *diag = frem_diags_at(w->diags, 0);
    for (size_t i = 0; frem_diags_errors(w->diags) > 0 && diag->severity != FREM_ERROR; i++)
        diag = frem_diags_at(w->diags, i);
    if (diag == NULL)
        return strdup("no problem");
    char *text = frem_diag_text(diag, FREM_EN);
    assert_non_null(text);
    size_t n = strlen(w->folder) + 1;
    if (strncmp(text, w->folder, n - 1) == 0)
        memmove(text, text + n, strlen(text + n) + 1);
    return text;
}

static inline void small_must(const small *w, frem_status status, const char *file, int line) {
    if (status == FREM_OK)
        return;
    char *text = small_problem(w);
    print_error("%s: %s\n", frem_status_text(status, FREM_EN), text);
    free(text);
    _fail(file, line);
}

/** Loads and compiles; the test fails with the first problem. */
#define small_load(w, yaml) small_must((w), small_try((w), (yaml)), __FILE__, __LINE__)

static inline frem_status small_project_try(small *w) {
    const frem_model *models[] = {w->model};
    const frem_run_options options = {.threads = 1};
    return frem_results_new(&w->results, w->sources, models, 1, &options, w->diags);
}

/** Loads, compiles and projects. */
#define small_run(w, yaml)                                                                                   \
    do {                                                                                                     \
        small_load((w), (yaml));                                                                             \
        small_must((w), small_project_try(w), __FILE__, __LINE__);                                           \
    } while (0)

/** The key of a sum, or of what does not apply. */
#define ALL "all"
/** Where no row may be. */
#define NONE ((double)NAN)

/** Whether a row has this key. */
static inline bool small_is(const frem_frame *t, size_t row, enum frem_results_column column,
                            const char *key) {
    uint32_t code = frem_frame_label_codes(t, (size_t)column)[row];
    return strcmp(frem_frame_label_text(t, (size_t)column, code), key) == 0;
}

/** The row of the results, or -1. */
static inline ptrdiff_t small_row(const small *w, int year, const char *region, const char *profession,
                                  const char *sector, const char *measure) {
    const frem_frame *t = frem_results_table(w->results);
    ptrdiff_t found = -1;
    for (size_t row = 0; row < frem_frame_rows(t); row++) {
        if (frem_frame_wholes(t, FREM_COL_YEAR)[row] != year || !small_is(t, row, FREM_COL_REGION, region) ||
            !small_is(t, row, FREM_COL_PROFESSION, profession) ||
            !small_is(t, row, FREM_COL_SECTOR, sector) || !small_is(t, row, FREM_COL_MEASURE, measure))
            continue;
        assert_int_equal(found, -1); /* no row occurs twice */
        found = (ptrdiff_t)row;
    }
    return found;
}

/** A number of the results; the test fails when there is no such row. */
static inline double small_value(const small *w, int year, const char *region, const char *profession,
                                 const char *sector, const char *measure) {
    ptrdiff_t row = small_row(w, year, region, profession, sector, measure);
    if (row < 0)
        fail_msg("no row %d, %s, %s, %s, %s", year, region, profession, sector, measure);
    return frem_frame_numbers(frem_results_table(w->results), FREM_COL_VALUE)[row];
}

static inline void small_check(const small *w, int base, const char *region, const char *profession,
                               const char *sector, const char *measure, const double *expected, size_t n,
                               const char *file, int line) {
    for (size_t i = 0; i < n; i++) {
        int year = base + (int)i;
        char what[160];
        (void)snprintf(what, sizeof what, "%s of %s, %s, %s in %d", measure, region, profession, sector,
                       year);
        if (!isnan(expected[i]))
            frem_check_close(small_value(w, year, region, profession, sector, measure), expected[i], 1e-9,
                             what, file, line);
        else if (small_row(w, year, region, profession, sector, measure) >= 0)
            fail_msg("%s should not be there", what);
    }
}

/** Numbers of a measure, year by year from `base` on; NONE where no row may be. */
#define assert_years(w, base, region, profession, sector, measure, ...)                                      \
    small_check((w), (base), (region), (profession), (sector), (measure), (const double[]){__VA_ARGS__},     \
                sizeof((const double[]){__VA_ARGS__}) / sizeof(double), __FILE__, __LINE__)

/** The scenario is refused, and the first problem is this one: "w.yaml:LINE:COLUMN: error: ...\nhint: ...". */
static inline void small_refuses(const char *yaml, const char *const tables[][2], size_t n_tables,
                                 const char *problem) {
    small w;
    small_begin(&w);
    for (size_t i = 0; i < n_tables; i++)
        small_put(&w, tables[i][0], tables[i][1]);
    frem_status status = small_try(&w, yaml);
    if (status == FREM_OK)
        status = small_project_try(&w);
    char *text = small_problem(&w);
    assert_text(text, problem);
    assert_int_equal(status, FREM_INVALID);
    free(text);
    small_end(&w);
}

#endif
