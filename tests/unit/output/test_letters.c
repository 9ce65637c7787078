#include "unit/output/arena.h"

#include <string.h>

#include "output/charts/letters.h"

static void widths_add_up(void **state) {
    (void)state;
    /* 64 hundredths for a digit, 32 for a point or a blank, 62 for æ's neighbour å */
    assert_close(frem_letters_width("", 10.0, false), 0.0, 0.0);
    assert_close(frem_letters_width("1.234", 10.0, false), 10.0 * (4 * 0.64 + 0.32), 1e-9);
    assert_close(frem_letters_width("å", 10.0, false), 6.2, 1e-9);
    assert_true(frem_letters_width("abc", 10.0, true) > frem_letters_width("abc", 10.0, false));
    /* e with a combining acute is as wide as e alone; Han and emoji are wide */
    assert_close(frem_letters_width("e\xCC\x81", 10.0, false), frem_letters_width("e", 10.0, false), 0.0);
    assert_true(frem_letters_width("漢", 10.0, false) > 10.0);
}

static void a_clean_label_has_nothing_to_fear(void **state) {
    (void)state;
    assert_text(frem_letters_clean(arena, "a\nb\tc\x01"
                                          "d\x7F"),
                "a b c d ");
    assert_text(frem_letters_clean(arena, "x\xC2\x9By"), "x y");
    assert_text(frem_letters_clean(arena, "\xE2\x80\xAEx\xE2\x81\xA6y\xE2\x80\x8F"), "xy");
    assert_text(frem_letters_clean(arena, "a\xFF\xC3(b"), "a��(b");
    assert_text(frem_letters_clean(arena, "\xED\xA0\x80"), "���");
    assert_text(frem_letters_clean(arena, "Pædagoger `x` 'y' <z>"), "Pædagoger `x` 'y' <z>");
    assert_text(frem_letters_clean(arena, ""), "");
}

static void a_cut_text_fits_and_ends_in_dots(void **state) {
    (void)state;
    const char *text = "Social- og sundhedsassistenter";
    assert_ptr_equal(frem_letters_cut(arena, text, 14.0, false, 1000.0), text);
    for (double width = 20.0; width < 230.0; width += 7.0) {
        const char *cut = frem_letters_cut(arena, text, 14.0, false, width);
        const size_t n = strlen(cut);
        assert_true(frem_letters_width(cut, 14.0, false) <= width);
        if (cut != text) {
            assert_string_equal(cut + n - 3, "…");
            assert_memory_equal(cut, text, n - 3);
            assert_true(n == 3 || cut[n - 4] != ' ');
        }
    }
    /* no character is cut in two */
    const char *cut = frem_letters_cut(arena, "ææææææ", 10.0, false, 30.0);
    assert_text(cut, "ææ…");
}

static void lines_break_between_words(void **state) {
    (void)state;
    const char *lines[3] = {NULL};
    const double width = frem_letters_width("one two", 10.0, false) + 0.5;
    assert_int_equal(frem_letters_wrap(arena, "one two", 10.0, false, width, lines, 3), 1);
    assert_text(lines[0], "one two");
    assert_int_equal(frem_letters_wrap(arena, "one two one two", 10.0, false, width, lines, 3), 2);
    assert_text(lines[0], "one two");
    assert_text(lines[1], "one two");
    /* the last line is cut */
    assert_int_equal(frem_letters_wrap(arena, "one two one two one", 10.0, false, width, lines, 2), 2);
    assert_text(lines[1], "one t…");
    /* a word wider than the line is broken */
    assert_int_equal(frem_letters_wrap(arena, "onetwoonetwo", 10.0, false, width, lines, 3), 2);
    assert_text(lines[0], "onetwo");
    assert_text(lines[1], "onetwo");
    assert_int_equal(frem_letters_wrap(arena, "", 10.0, false, width, lines, 3), 1);
    assert_text(lines[0], "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(widths_add_up, begin, end),
        cmocka_unit_test_setup_teardown(a_clean_label_has_nothing_to_fear, begin, end),
        cmocka_unit_test_setup_teardown(a_cut_text_fits_and_ends_in_dots, begin, end),
        cmocka_unit_test_setup_teardown(lines_break_between_words, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
