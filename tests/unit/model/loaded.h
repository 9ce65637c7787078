/** @file
 *  Small scenarios written into a folder and loaded as a user's are, their compiled numbers, problems and results.
 */
#ifndef FREM_TESTS_UNIT_MODEL_LOADED_H
#define FREM_TESTS_UNIT_MODEL_LOADED_H

#include "support/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fremskriv/results.h"
#include "model/lane.h"
#include "support/temp.h"

typedef struct loaded {
    char *folder;
    frem_sources *sources;
    frem_diags *diags;
    frem_scenario *scenario;
    frem_model *model;
    frem_results *results;
    frem_status status;
} loaded;

static inline void loaded_begin(loaded *l) {
    *l = (loaded){.folder = frem_temp_folder()};
    assert_int_equal(frem_sources_new(&l->sources, NULL, 0, NULL), FREM_OK);
    assert_int_equal(frem_diags_new(&l->diags), FREM_OK);
}

static inline void loaded_end(loaded *l) {
    frem_results_free(l->results);
    frem_model_free(l->model);
    frem_scenario_free(l->scenario);
    frem_diags_free(l->diags);
    frem_sources_free(l->sources);
    frem_temp_remove(l->folder);
}

/** A problem's text with file names relative to the folder. @return Owned by the caller (free()). */
static inline char *loaded_problem(const loaded *l, size_t i) {
    const frem_diag *diag = frem_diags_at(l->diags, i);
    assert_non_null(diag);
    char *text = frem_diag_text(diag, FREM_EN);
    assert_non_null(text);
    size_t n = strlen(l->folder) + 1;
    for (char *at = strstr(text, l->folder); at != NULL; at = strstr(at, l->folder))
        memmove(at, at + n, strlen(at + n) + 1);
    return text;
}

/** Loads and compiles a scenario, projects it for its problems; written as s.yaml beside its tables. */
static inline void loaded_try(loaded *l, const char *yaml) {
    frem_temp_write(l->folder, "s.yaml", yaml);
    char *path = frem_temp_path(l->folder, "s.yaml");
    l->status = frem_scenario_load(&l->scenario, l->sources, path, l->diags);
    if (l->status == FREM_OK)
        l->status = frem_model_new(&l->model, l->scenario, l->diags);
    const frem_model *const models[] = {l->model};
    const frem_run_options options = {.threads = 1};
    /* What is only odd is reported when it is projected for its results. */
    if (l->status == FREM_OK && frem_results_check(models, 1, &options, NULL) != FREM_OK)
        l->status = frem_results_check(models, 1, &options, l->diags);
    free(path);
    frem_diags_sort(l->diags);
}

/** The same for a scenario that must be good. */
static inline void loaded_good(loaded *l, const char *yaml) {
    loaded_try(l, yaml);
    for (size_t i = 0; i < frem_diags_count(l->diags) && l->status != FREM_OK; i++) {
        char *text = loaded_problem(l, i);
        print_message("%s\n", text);
        free(text);
    }
    assert_int_equal(l->status, FREM_OK);
}

/** The scenario has these errors and no others, whatever is odd besides, each with its place and hint, one after another. */
static inline void loaded_bad(loaded *l, const char *yaml, const char *expected) {
    loaded_try(l, yaml);
    char all[4096] = "";
    for (size_t i = 0; i < frem_diags_count(l->diags); i++) {
        if (frem_diags_at(l->diags, i)->severity != FREM_ERROR)
            continue;
        char *text = loaded_problem(l, i);
        size_t n = strlen(all);
        (void)snprintf(all + n, sizeof all - n, "%s\n", text);
        free(text);
    }
    assert_text(all, expected);
    assert_int_equal(l->status, FREM_INVALID);
}

/** A scenario of one file that has these problems. */
static inline void loaded_wrong(const char *yaml, const char *expected) {
    loaded l;
    loaded_begin(&l);
    loaded_bad(&l, yaml, expected);
    loaded_end(&l);
}

static inline void loaded_run(loaded *l) {
    const frem_run_options options = {.threads = 1};
    const frem_model *model = l->model;
    assert_int_equal(frem_results_new(&l->results, l->sources, &model, 1, &options, l->diags), FREM_OK);
}

/** The row of the results, or -1. */
static inline ptrdiff_t loaded_row(const loaded *l, int year, const char *region, const char *profession,
                                   const char *sector, const char *measure) {
    const frem_frame *frame = frem_results_table(l->results);
    static const char *const columns[] = {"region", "profession", "sector", "measure"};
    const char *const wanted[] = {region, profession, sector, measure};
    const int32_t *years = frem_frame_wholes(frame, (size_t)frem_frame_column(frame, "year"));
    ptrdiff_t found = -1;
    for (size_t row = 0; row < frem_frame_rows(frame); row++) {
        bool same = years[row] == year;
        for (size_t c = 0; c < 4 && same; c++) {
            size_t column = (size_t)frem_frame_column(frame, columns[c]);
            ptrdiff_t code = frem_frame_label_find(frame, column, wanted[c]);
            same = code >= 0 && frem_frame_label_codes(frame, column)[row] == (uint32_t)code;
        }
        if (same) {
            assert_int_equal(found, -1);
            found = (ptrdiff_t)row;
        }
    }
    return found;
}

/** A number of the results over all sectors; there must be one. */
static inline double loaded_result(const loaded *l, int year, const char *region, const char *profession,
                                   const char *measure) {
    const frem_frame *frame = frem_results_table(l->results);
    ptrdiff_t row = loaded_row(l, year, region, profession, "all", measure);
    if (row < 0)
        fail_msg("no row for %d, %s, %s, %s", year, region, profession, measure);
    return frem_frame_numbers(frame, (size_t)frem_frame_column(frame, "value"))[row];
}

/** A compiled number of lane 0. */
static inline double loaded_number(frem_lanes lanes, size_t i) {
    assert_non_null(lanes.at);
    assert_false(lanes.lane);
    return lanes.at[i];
}

/** What the core is given. */
static inline const frem_core_inputs *loaded_inputs(const loaded *l) {
    return &l->model->as_is->inputs;
}

#endif
