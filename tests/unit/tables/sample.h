/** @file
 *  Small tables in memory for the tests of src/tables, and their problems as exact texts.
 */
#ifndef FREM_TESTS_TABLES_SAMPLE_H
#define FREM_TESTS_TABLES_SAMPLE_H

#include <stdlib.h>
#include <string.h>

#include "support/check.h"
#include "tables/reading.h"
#include "tables/table.h"

typedef struct sample {
    frem_source source;
    frem_diags *diags;
    frem_table *table;
    frem_status status;
} sample;

/** Reads n bytes as the table t.csv. */
static inline void sample_open_bytes(sample *s, const char *bytes, size_t n) {
    *s = (sample){.source = {.name = "t.csv", .path = "t.csv", .bytes = bytes, .size = n}};
    assert_int_equal(frem_diags_new(&s->diags), FREM_OK);
    s->status = frem_table_read(&s->source, s->diags, &s->table);
    assert_int_equal(s->status == FREM_OK, s->table != NULL);
    assert_int_equal(s->status == FREM_OK, frem_diags_count(s->diags) == 0);
}

static inline void sample_open(sample *s, const char *text) {
    sample_open_bytes(s, text, strlen(text));
}

/** Reads a table that must be good. */
static inline void sample_good(sample *s, const char *text) {
    sample_open(s, text);
    assert_int_equal(s->status, FREM_OK);
}

static inline void sample_close(sample *s) {
    frem_table_free(s->table);
    frem_diags_free(s->diags);
}

static inline const char *sample_cell(const sample *s, size_t row, size_t column) {
    size_t n = 0;
    const char *text = frem_table_cell(s->table, row, column, &n);
    assert_int_equal(strlen(text), n);
    return text;
}

static inline void sample_check_problems(const frem_diags *diags, frem_lang lang, const char *const *want,
                                         size_t n, const char *file, int line) {
    for (size_t i = 0; i < n || i < frem_diags_count(diags); i++) {
        const frem_diag *diag = frem_diags_at(diags, i);
        char *text = diag != NULL ? frem_diag_text(diag, lang) : NULL;
        const char *expected = i < n ? want[i] : NULL;
        if (text == NULL || expected == NULL || strcmp(text, expected) != 0) {
            print_error("problem %zu is\n%s\nexpected\n%s\n", i, text != NULL ? text : "(none)",
                        expected != NULL ? expected : "(none)");
            free(text);
            _fail(file, line);
        }
        free(text);
    }
}

/** Fails unless the problems are exactly these texts, in this order. */
#define assert_problems(diags, ...)                                                                          \
    sample_check_problems((diags), FREM_EN, (const char *const[]){__VA_ARGS__},                              \
                          sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *), __FILE__,       \
                          __LINE__)

/** Opens a table that must fail with exactly these problems. */
#define assert_bad_table(text, ...)                                                                          \
    do {                                                                                                     \
        sample bad_;                                                                                         \
        sample_open(&bad_, (text));                                                                          \
        assert_int_equal(bad_.status, FREM_INVALID);                                                         \
        assert_problems(bad_.diags, __VA_ARGS__);                                                            \
        sample_close(&bad_);                                                                                 \
    } while (0)

#endif
