#include "support/check.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static void test_growing(void **state) {
    (void)state;
    frem_text text = {0};
    assert_null(text.bytes);
    frem_text_add_bytes(&text, "", 0);
    assert_text(text.bytes, "");
    frem_text_add(&text, "sup");
    frem_text_print(&text, "%s %04d", "ply", 18);
    frem_text_add_bytes(&text, ", and more", 1);
    assert_text(text.bytes, "supply 0018,");
    assert_int_equal(text.length, 12);
    for (int i = 0; i < 1000; i++)
        frem_text_add(&text, "0123456789");
    assert_int_equal(strlen(text.bytes), 10012);
    assert_false(text.failed);
    frem_text_free(&text);
    assert_null(text.bytes);
}

static void test_failure_is_sticky(void **state) {
    (void)state;
    frem_text text = {0};
    frem_text_add(&text, "a");
    frem_text_add_bytes(&text, "b", SIZE_MAX - 1);
    assert_true(text.failed);
    frem_text_add(&text, "c");
    assert_text(text.bytes, "a");
    frem_text_free(&text);
}

static void assert_bad_at(const char *bytes, size_t n, size_t expected) {
    size_t bad = 999;
    assert_false(frem_utf8_valid(bytes, n, &bad));
    assert_int_equal(bad, expected);
}

static void test_utf8(void **state) {
    (void)state;
    assert_true(frem_utf8_valid("", 0, NULL));
    assert_true(frem_utf8_valid("abc æøå € 𝄞", strlen("abc æøå € 𝄞"), NULL));
    assert_true(frem_utf8_valid("\xF4\x8F\xBF\xBF", 4, NULL)); /* U+10FFFF, the last */
    assert_bad_at("ab\xFF", 3, 2);
    assert_bad_at("a\xC3", 2, 1);            /* cut short */
    assert_bad_at("a\xC3(", 3, 1);           /* no continuation */
    assert_bad_at("\xC0\xAF", 2, 0);         /* overlong '/' */
    assert_bad_at("\xE0\x9F\xBF", 3, 0);     /* overlong */
    assert_bad_at("\xED\xA0\x80", 3, 0);     /* surrogate */
    assert_bad_at("\xF4\x90\x80\x80", 4, 0); /* U+110000 */
    assert_bad_at("\xF0\x8F\xBF\xBF", 4, 0); /* overlong */
    assert_bad_at("x\0y", 3, 1);             /* NUL */
    assert_bad_at("\x80", 1, 0);             /* lone continuation */
    assert_bad_at("f\xF8r", 3, 1);           /* "før" in Latin-1 */
    /* A bad byte is found wherever it is among many good ones, 0x01 and 0x7F among them. */
    for (size_t at = 0; at < 24; at++) {
        char bytes[25] = "abc\x01\x7F"
                         "defghijklmnopqrstuvw";
        bytes[at] = '\0';
        assert_bad_at(bytes, 24, at);
        bytes[at] = '\x80';
        assert_bad_at(bytes, 24, at);
    }
}

static void test_counts_and_widths(void **state) {
    (void)state;
    assert_int_equal(frem_utf8_count("pædagog", 8), 7);
    assert_int_equal(frem_utf8_width("pædagog", 8), 7);
    assert_int_equal(frem_utf8_count("o\xCC\x88", 3), 2); /* o and a combining diaeresis */
    assert_int_equal(frem_utf8_width("o\xCC\x88", 3), 1);
    assert_int_equal(frem_utf8_width("漢字", 6), 4);
    assert_int_equal(frem_utf8_width("a\nb", 3), 2);
}

static void test_step(void **state) {
    (void)state;
    int32_t point;
    assert_int_equal(frem_utf8_step("\xC3\xA6"
                                    "d",
                                    3, &point),
                     2);
    assert_int_equal(point, 0xE6);
    assert_int_equal(frem_utf8_step("\xC3", 1, &point), 1);
    assert_int_equal(point, -1);
}

static void test_nfc(void **state) {
    (void)state;
    frem_arena *arena = NULL;
    assert_int_equal(frem_arena_new(&arena), FREM_OK);
    /* "å" as a with a combining ring above becomes one character. */
    assert_text(frem_nfc(arena,
                         "A\xCC\x8A"
                         "benr\xC3\xA5",
                         9),
                "\xC3\x85"
                "benr\xC3\xA5");
    assert_text(frem_nfc(arena, "Åbenrå, etc", 8), "Åbenrå");
    assert_text(frem_nfc(arena, "abcdef", 3), "abc");
    /* Hangul is composed too, and what is no UTF-8 is left alone. */
    assert_text(frem_nfc(arena, "\xE1\x84\x80\xE1\x85\xA1", 6), "가");
    assert_text(frem_nfc(arena, "\xFF\xCC\x8A", 3), "\xFF\xCC\x8A");
    assert_true(frem_nfc_plain("Ærø", 5));
    assert_false(frem_nfc_plain("a\xCC\x8A", 3));
    frem_arena_free(arena);
}

static void test_nearest(void **state) {
    (void)state;
    static const char *const known[] = {"intake", "completion", "length", "Sønderborg", "run", "employed"};
    assert_text(frem_nearest("intak", known, 6), "intake");
    assert_text(frem_nearest("itnake", known, 6), "intake"); /* a swap costs one: 1 of 6 */
    assert_text(frem_nearest("competion", known, 6), "completion");
    assert_text(frem_nearest("sonderborg", known, 6), "Sønderborg");
    assert_text(frem_nearest("RUN", known, 6), "run");
    assert_text(frem_nearest("urn", known, 6), "run"); /* 1 of 3 is a third, not more */
    assert_null(frem_nearest("arm", known, 6));
    assert_null(frem_nearest("inflow", known, 6));
    assert_null(frem_nearest("", known, 6));
    assert_null(frem_nearest("x", NULL, 0));
    char endless[500];
    memset(endless, 'a', sizeof endless - 1);
    endless[sizeof endless - 1] = '\0';
    assert_null(frem_nearest(endless, known, 6));
    /* Transcribed letters are no difference, either way. */
    static const char *const written[] = {"oeae", "aarhus", "ældre", "pæd_øå"};
    assert_text(frem_nearest("øæ", written, 4), "oeae");
    assert_text(frem_nearest("ÖÄ", written, 4), "oeae");
    assert_text(frem_nearest("Århus", written, 4), "aarhus");
    assert_text(frem_nearest("aeldre", written, 4), "ældre");
    assert_text(frem_nearest("paed_oeaa", written, 4), "pæd_øå");
    /* Of equally near ones that which begins alike for longer, then the first. */
    static const char *const codes[] = {"510", "560", "561"};
    assert_text(frem_nearest("5610", codes, 3), "561");
    static const char *const twins[] = {"share_a", "share_b"};
    assert_text(frem_nearest("share_c", twins, 2), "share_a");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_growing), cmocka_unit_test(test_failure_is_sticky),
        cmocka_unit_test(test_utf8),    cmocka_unit_test(test_counts_and_widths),
        cmocka_unit_test(test_step),    cmocka_unit_test(test_nfc),
        cmocka_unit_test(test_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
