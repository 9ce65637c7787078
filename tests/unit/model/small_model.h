/** @file
 *  Scenarios of the tests of demand, in two parts: a head that many share, and what a test is about. See loaded.h.
 */
#ifndef FREM_TESTS_UNIT_MODEL_SMALL_MODEL_H
#define FREM_TESTS_UNIT_MODEL_SMALL_MODEL_H

#include "loaded.h"

/** A folder to write tables into; the project's own data/ can be read too. */
static inline loaded small_new(void) {
    loaded world;
    loaded_begin(&world);
    frem_sources_free(world.sources);
    assert_int_equal(frem_sources_new(&world.sources, NULL, 0, FREM_SOURCE_DIR), FREM_OK);
    return world;
}

/** Both parts of a scenario. @return Owned by the caller (free()). */
static inline char *small_text(const char *head, const char *tail) {
    char *text = NULL;
    assert_true(asprintf(&text, "%s%s", head, tail) > 0);
    return text;
}

/** Loads and compiles; fails unless all is well. */
static inline void small_good(loaded *world, const char *head, const char *tail) {
    char *text = small_text(head, tail);
    loaded_good(world, text);
    free(text);
}

/** Fails unless the scenario is refused with exactly this one error, "s.yaml:3:5: error: ...", whatever its hint. */
static inline void small_refused(loaded *world, const char *head, const char *tail, const char *problem) {
    char *text = small_text(head, tail);
    loaded_try(world, text);
    free(text);
    assert_int_equal(world->status, FREM_INVALID);
    size_t first = 0;
    while (first + 1 < frem_diags_count(world->diags) &&
           frem_diags_at(world->diags, first)->severity != FREM_ERROR)
        first++;
    char *found = loaded_problem(world, first);
    found[strcspn(found, "\n")] = '\0';
    assert_text(found, problem);
    free(found);
    if (frem_diags_errors(world->diags) > 1) {
        char *next = loaded_problem(world, first + 1);
        fail_msg("another problem: %s", next);
    }
}

/** A number of the results table; NaN where there is no such row. */
static inline double small_result(loaded *world, const char *region, const char *profession,
                                  const char *sector, const char *measure, int year) {
    if (world->results == NULL)
        loaded_run(world);
    ptrdiff_t row = loaded_row(world, year, region, profession, sector, measure);
    const frem_frame *table = frem_results_table(world->results);
    return row < 0 ? (double)NAN : frem_frame_numbers(table, (size_t)frem_frame_column(table, "value"))[row];
}

/** The compiled sector, one lane. */
static inline const frem_core_sector *small_sector(const loaded *world, size_t j) {
    return &loaded_inputs(world)->sectors[j];
}

#endif
