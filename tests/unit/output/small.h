/** @file
 *  A small document made by hand, for the tests of the writers.
 */
#ifndef FREM_TESTS_UNIT_OUTPUT_SMALL_H
#define FREM_TESTS_UNIT_OUTPUT_SMALL_H

#include "support/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "frame/document.h"

#define SMALL_COLUMNS 10

/** A row of the results table. */
typedef struct small_row {
    const char *scenario, *variant;
    int year;
    const char *region, *profession, *sector, *measure, *statistic, *unit;
    double value;
} small_row;

/** A frame with the contract's columns. @return Owned by the caller. */
static inline frem_frame *small_frame(const small_row *rows, size_t n) {
    static const char *const names[SMALL_COLUMNS] = {"scenario",   "variant", "year",    "region",
                                                     "profession", "sector",  "measure", "statistic",
                                                     "unit",       "value"};
    static const frem_column_kind kinds[SMALL_COLUMNS] = {
        FREM_COLUMN_LABEL, FREM_COLUMN_LABEL, FREM_COLUMN_WHOLE, FREM_COLUMN_LABEL, FREM_COLUMN_LABEL,
        FREM_COLUMN_LABEL, FREM_COLUMN_LABEL, FREM_COLUMN_LABEL, FREM_COLUMN_LABEL, FREM_COLUMN_NUMBER};
    frem_frame *frame = NULL;
    assert_int_equal(frem_frame_new(&frame, names, kinds, SMALL_COLUMNS), FREM_OK);
    for (size_t i = 0; i < n; i++) {
        const small_row *r = &rows[i];
        const char *const labels[SMALL_COLUMNS] = {r->scenario,   r->variant, NULL,       r->region,
                                                   r->profession, r->sector,  r->measure, r->statistic,
                                                   r->unit,       NULL};
        frem_cell cells[SMALL_COLUMNS];
        for (size_t c = 0; c < SMALL_COLUMNS; c++) {
            if (labels[c] != NULL)
                assert_int_equal(frem_frame_label(frame, c, labels[c], &cells[c].label), FREM_OK);
        }
        cells[2].whole = r->year;
        cells[9].number = r->value;
        assert_int_equal(frem_frame_add(frame, cells), FREM_OK);
    }
    return frame;
}

/** All of a file. @return Owned by the caller (free()), NUL-terminated. */
static inline char *small_read(const char *path) {
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        fail_msg("%s is not there", path);
    char *text = calloc(1, 65536);
    assert_non_null(text);
    const size_t n = fread(text, 1, 65535, file);
    assert_int_equal(ferror(file), 0);
    assert_true(n < 65535);
    (void)fclose(file);
    return text;
}

/** Fails unless a file holds exactly this. */
static inline void assert_file(const char *path, const char *expected) {
    char *text = small_read(path);
    assert_text(text, expected);
    free(text);
}

#endif
