/* Numbers as people of a language write them. */
#include "base/locale.h"
#include "support/check.h"

/* The text of a number in both languages. */
static void expect(void (*add)(frem_text *out, double value, frem_lang lang), double value,
                   const char *english, const char *danish) {
    const char *const wanted[FREM_LANG_COUNT] = {[FREM_EN] = english, [FREM_DA] = danish};
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
        frem_text text = {0};
        add(&text, value, (frem_lang)lang);
        assert_false(text.failed);
        assert_string_equal(text.bytes, wanted[lang]);
        frem_text_free(&text);
    }
}

static void with_two(frem_text *out, double value, frem_lang lang) {
    frem_locale_number(out, value, 2, lang);
}

static void up_to_two(frem_text *out, double value, frem_lang lang) {
    frem_locale_brief(out, value, 2, lang);
}

static void whole(frem_text *out, double value, frem_lang lang) {
    frem_locale_brief(out, value, 0, lang);
}

static void numbers_have_the_marks_of_the_language(void **state) {
    (void)state;
    expect(with_two, 1234567.5, "1,234,567.50", "1.234.567,50");
    expect(with_two, -999, "-999.00", "-999,00");
    expect(with_two, -1000, "-1,000.00", "-1.000,00");
}

static void zeros_at_the_end_are_left_out_of_brief_numbers(void **state) {
    (void)state;
    expect(up_to_two, 1234.5, "1,234.5", "1.234,5");
    expect(up_to_two, 1200, "1,200", "1.200");
    expect(up_to_two, 0.004, "0", "0");
    expect(whole, 1200, "1,200", "1.200");
}

static void exact_numbers_have_all_their_digits(void **state) {
    (void)state;
    expect(frem_locale_exact, 0.8371, "0.8371", "0,8371");
    expect(frem_locale_exact, 16000.25, "16,000.25", "16.000,25");
    expect(frem_locale_exact, 1e-7, "1e-7", "1e-7"); /* an exponent has no thousands */
    expect(frem_locale_exact, 1.5e-7, "1.5e-7", "1,5e-7");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_have_the_marks_of_the_language),
        cmocka_unit_test(zeros_at_the_end_are_left_out_of_brief_numbers),
        cmocka_unit_test(exact_numbers_have_all_their_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
