#include "support/check.h"

#include <stdio.h>

#include "fremskriv/frame.h"

static const char *const names[] = {"region", "year", "value"};
static const frem_column_kind kinds[] = {FREM_COLUMN_LABEL, FREM_COLUMN_WHOLE, FREM_COLUMN_NUMBER};

static frem_frame *new_frame(void) {
    frem_frame *frame = NULL;
    assert_int_equal(frem_frame_new(&frame, names, kinds, 3), FREM_OK);
    assert_non_null(frame);
    return frame;
}

static void add(frem_frame *frame, const char *region, int year, double value) {
    frem_cell cells[3] = {{0}};
    assert_int_equal(frem_frame_label(frame, 0, region, &cells[0].label), FREM_OK);
    cells[1].whole = year;
    cells[2].number = value;
    assert_int_equal(frem_frame_add(frame, cells), FREM_OK);
}

static void rows_come_back_in_the_order_they_were_added(void **state) {
    (void)state;
    frem_frame *frame = new_frame();
    add(frame, "461", 2018, 20977.5);
    add(frame, "420", 2018, -1.0);
    add(frame, "461", 2019, 0.1);

    assert_int_equal(frem_frame_rows(frame), 3);
    const uint32_t expected_codes[] = {0, 1, 0};
    const int32_t expected_years[] = {2018, 2018, 2019};
    const double expected_values[] = {20977.5, -1.0, 0.1};
    assert_memory_equal(frem_frame_label_codes(frame, 0), expected_codes, sizeof expected_codes);
    assert_memory_equal(frem_frame_wholes(frame, 1), expected_years, sizeof expected_years);
    assert_memory_equal(frem_frame_numbers(frame, 2), expected_values, sizeof expected_values);
    frem_frame_free(frame);
}

static void labels_are_stored_once_and_found(void **state) {
    (void)state;
    frem_frame *frame = new_frame();
    char buffer[] = "Ærø";
    uint32_t code = 99;
    assert_int_equal(frem_frame_label(frame, 0, "Odense", &code), FREM_OK);
    assert_int_equal(code, 0);
    assert_int_equal(frem_frame_label(frame, 0, buffer, &code), FREM_OK);
    assert_int_equal(code, 1);
    buffer[0] = '?'; /* the frame keeps a copy */
    assert_int_equal(frem_frame_label(frame, 0, "Ærø", &code), FREM_OK);
    assert_int_equal(code, 1);

    assert_int_equal(frem_frame_labels(frame, 0), 2);
    assert_text(frem_frame_label_text(frame, 0, 1), "Ærø");
    assert_int_equal(frem_frame_label_find(frame, 0, "Ærø"), 1);
    assert_int_equal(frem_frame_label_find(frame, 0, "Fanø"), -1);
    frem_frame_free(frame);
}

static void columns_are_found_by_name_and_kind(void **state) {
    (void)state;
    frem_frame *frame = new_frame();
    add(frame, "461", 2018, 1.0);
    assert_int_equal(frem_frame_columns(frame), 3);
    assert_int_equal(frem_frame_column(frame, "value"), 2);
    assert_int_equal(frem_frame_column(frame, "age"), -1);
    assert_text(frem_frame_column_name(frame, 1), "year");
    assert_int_equal(frem_frame_column_kind(frame, 1), FREM_COLUMN_WHOLE);

    assert_null(frem_frame_wholes(frame, 0));
    assert_null(frem_frame_numbers(frame, 1));
    assert_null(frem_frame_label_codes(frame, 2));
    assert_null(frem_frame_numbers(frame, 3));
    assert_int_equal(frem_frame_labels(frame, 1), 0);
    assert_null(frem_frame_column_name(frame, 3));
    assert_null(frem_frame_label_text(frame, 0, 1));
    assert_int_equal(frem_frame_label_find(frame, 1, "461"), -1);
    frem_frame_free(frame);
}

static void a_row_that_is_refused_is_not_there(void **state) {
    (void)state;
    frem_frame *frame = new_frame();
    add(frame, "461", 2018, 1.0);

    frem_cell unknown[3] = {{.label = 7}, {.whole = 2018}, {.number = 1.0}};
    assert_int_equal(frem_frame_add(frame, unknown), FREM_DEFECT);
    frem_cell missing[3] = {{.label = 0}, {.whole = 2018}, {.number = (double)NAN}};
    assert_int_equal(frem_frame_add(frame, missing), FREM_DEFECT);
    frem_cell endless[3] = {{.label = 0}, {.whole = 2018}, {.number = -(double)INFINITY}};
    assert_int_equal(frem_frame_add(frame, endless), FREM_DEFECT);
    assert_int_equal(frem_frame_rows(frame), 1);

    uint32_t code = 0;
    assert_int_equal(frem_frame_label(frame, 1, "2018", &code), FREM_DEFECT);
    assert_int_equal(frem_frame_label(frame, 9, "461", &code), FREM_DEFECT);
    frem_frame_free(frame);
}

static void many_rows_keep_their_place(void **state) {
    (void)state;
    frem_frame *frame = new_frame();
    char region[16];
    uint32_t codes[98];
    for (int r = 0; r < 98; r++) {
        (void)snprintf(region, sizeof region, "%d", 101 + r);
        assert_int_equal(frem_frame_label(frame, 0, region, &codes[r]), FREM_OK);
    }
    const size_t n = 300000;
    for (size_t i = 0; i < n; i++) {
        const frem_cell cells[3] = {
            {.label = codes[i % 98]}, {.whole = (int32_t)(i % 23)}, {.number = (double)i / 8.0}};
        assert_int_equal(frem_frame_add(frame, cells), FREM_OK);
    }
    assert_int_equal(frem_frame_rows(frame), n);
    for (size_t i = 0; i < n; i++) {
        if (frem_frame_label_codes(frame, 0)[i] != i % 98 ||
            frem_frame_wholes(frame, 1)[i] != (int32_t)(i % 23))
            fail_msg("row %zu has lost its keys", i);
        if (fabs(frem_frame_numbers(frame, 2)[i] - (double)i / 8.0) > 0.0)
            fail_msg("row %zu has lost its value", i);
    }
    frem_frame_free(frame);
}

static void columns_must_have_names_of_their_own(void **state) {
    (void)state;
    frem_frame *frame = NULL;
    const char *const twice[] = {"year", "value", "year"};
    assert_int_equal(frem_frame_new(&frame, twice, kinds, 3), FREM_INVALID);
    assert_null(frame);
    assert_int_equal(frem_frame_new(&frame, names, kinds, 0), FREM_INVALID);
    assert_null(frame);
    frem_frame_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_come_back_in_the_order_they_were_added),
        cmocka_unit_test(labels_are_stored_once_and_found),
        cmocka_unit_test(columns_are_found_by_name_and_kind),
        cmocka_unit_test(a_row_that_is_refused_is_not_there),
        cmocka_unit_test(many_rows_keep_their_place),
        cmocka_unit_test(columns_must_have_names_of_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
