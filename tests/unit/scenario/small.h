/* A scenario file of a test: its text is written to a folder and loaded. */
#ifndef FREM_TESTS_SMALL_SCENARIO_H
#define FREM_TESTS_SMALL_SCENARIO_H

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "scenario/scenario.h"
#include "support/check.h"
#include "support/temp.h"

/* Everything that must be there, with one profession and one sector; tests add lines below it. No table is read. */
#define FREM_SMALL_TOP                                                                                       \
    "fremskriv: 1\n"                                                                                         \
    "years: {base: 2020, until: 2024}\n"                                                                     \
    "base_year: cohorts\n"                                                                                   \
    "regions: regions.csv\n"                                                                                 \
    "population: population.csv\n"
#define FREM_SMALL_SECTOR                                                                                    \
    "demand:\n"                                                                                              \
    "  pleje: {employment: {sosu: 50}, follows: constant}\n"
#define FREM_SMALL_PROFESSION                                                                                \
    "professions:\n"                                                                                         \
    "  sosu:\n"                                                                                              \
    "    cohorts: {persons: 100, ages: {table: ages.csv, column: n}}\n"

typedef struct frem_small {
    char *folder;
    char *path;
    frem_sources *sources;
    frem_diags *diags;
    frem_scenario *scenario;
    frem_status status;
} frem_small;

static void small_load(frem_small *small, const char *yaml) {
    *small = (frem_small){.folder = frem_temp_folder()};
    small->path = frem_temp_path(small->folder, "small.yaml");
    frem_temp_write(small->folder, "small.yaml", yaml);
    assert_int_equal(frem_sources_new(&small->sources, NULL, 0, NULL), FREM_OK);
    assert_int_equal(frem_diags_new(&small->diags), FREM_OK);
    small->status = frem_scenario_load(&small->scenario, small->sources, small->path, small->diags);
    frem_diags_sort(small->diags);
}

static void small_free(frem_small *small) {
    frem_scenario_free(small->scenario);
    frem_diags_free(small->diags);
    frem_sources_free(small->sources);
    free(small->path);
    frem_temp_remove(small->folder);
}

/* What was said, one line a problem or hint, file names without their folder. @return owned by the caller. */
static char *small_said(const frem_small *small) {
    frem_text all = {0};
    frem_text_add(&all, "");
    for (size_t i = 0; i < frem_diags_count(small->diags); i++) {
        char *text = frem_diag_text(frem_diags_at(small->diags, i), FREM_EN);
        assert_non_null(text);
        size_t folder =
            strncmp(text, small->folder, strlen(small->folder)) == 0 ? strlen(small->folder) + 1 : 0;
        frem_text_print(&all, "%s\n", text + folder);
        free(text);
    }
    assert_false(all.failed);
    return all.bytes;
}

/* Loads a file that must be without problems. */
static inline void small_good(frem_small *small, const char *yaml) {
    small_load(small, yaml);
    char *said = small_said(small);
    assert_text(said, "");
    free(said);
    assert_int_equal(small->status, FREM_OK);
    assert_non_null(small->scenario);
}

/* Loads a file and compares all that is said of it. */
static inline void small_bad(const char *yaml, const char *says) {
    frem_small small;
    small_load(&small, yaml);
    char *said = small_said(&small);
    assert_text(said, says);
    free(said);
    assert_int_equal(small.status, FREM_INVALID);
    assert_null(small.scenario);
    small_free(&small);
}

#endif
