#include "support/check.h"

#include <string.h>

#include "base/file_name.h"

static void check(frem_index *taken, const char *name, const char *expected) {
    const char *safe = NULL;
    assert_int_equal(frem_safe_name(taken, name, &safe), FREM_OK);
    assert_text(safe, expected);
}

static void only_what_is_safe_in_a_file_name_stays(void **state) {
    (void)state;
    frem_index *taken = NULL;
    assert_int_equal(frem_index_new(&taken), FREM_OK);
    check(taken, "paedagog-syddanmark_2.v1", "paedagog-syddanmark_2.v1");
    check(taken, "Pædagog Ærø", "Pædagog_Ærø");
    check(taken, "../../etc/passwd", "_._.._etc_passwd");
    check(taken, ".hidden", "_hidden");
    check(taken, "a\nb\"c:d*e", "a_b_c_d_e");
    check(taken, "bl\xE5", "bl_");
    check(taken, "-x", "_x");
    check(taken, "ends. ", "ends._");
    check(taken, "dots..", "dots._");
    check(taken, "x\xE2\x80\xAEy", "x_y"); /* U+202E turns the writing round */
    check(taken, "", "_");
    frem_index_free(taken);
}

/* What Windows keeps for devices, in any case and with any ending. */
static void devices_are_no_names(void **state) {
    (void)state;
    frem_index *taken = NULL;
    assert_int_equal(frem_index_new(&taken), FREM_OK);
    check(taken, "CON", "_CON");
    check(taken, "aux.txt", "_aux.txt");
    check(taken, "Nul", "_Nul");
    check(taken, "prn.a.b", "_prn.a.b");
    check(taken, "COM1", "_COM1");
    check(taken, "lpt9.csv", "_lpt9.csv");
    check(taken, "com\xC2\xB2", "_com\xC2\xB2"); /* COM² */
    check(taken, "CONTRACT", "CONTRACT");
    check(taken, "con-x", "con-x");
    check(taken, "com10", "com10");
    check(taken, "COMA", "COMA");
    frem_index_free(taken);
}

static void names_differ_by_more_than_case(void **state) {
    (void)state;
    frem_index *taken = NULL;
    assert_int_equal(frem_index_new(&taken), FREM_OK);
    check(taken, "A b", "A_b");
    check(taken, "a b", "a_b-2");
    check(taken, "a_B", "a_B-3");
    check(taken, "A_b-2", "A_b-2-2");
    check(taken, "ØST", "ØST");
    check(taken, "øst", "øst-2");
    check(taken, "o\xCC\x88l", "\xC3\xB6l"); /* ö as two characters */
    check(taken, "\xC3\x96L", "\xC3\x96L-2");
    frem_index_free(taken);
}

static void check_path(frem_index *taken, const char *path, const char *expected) {
    const char *safe = NULL;
    assert_int_equal(frem_safe_path(taken, path, &safe), FREM_OK);
    assert_text(safe, expected);
}

static void paths_are_safe_part_by_part(void **state) {
    (void)state;
    frem_index *taken = NULL;
    assert_int_equal(frem_index_new(&taken), FREM_OK);
    check_path(taken, "./sub//x.csv", "sub/x.csv");
    check_path(taken, "sub/x.csv", "1/sub/x.csv");
    check_path(taken, "SUB/X.csv", "2/SUB/X.csv");
    check_path(taken, "-a/CON/.b.csv", "_a/_CON/_b.csv");
    check_path(taken, "../../etc/passwd", "etc/passwd");
    check_path(taken, "befolkning 2020.csv", "befolkning_2020.csv");
    frem_index_free(taken);
}

static void equal_names_become_distinct(void **state) {
    (void)state;
    frem_index *taken = NULL;
    assert_int_equal(frem_index_new(&taken), FREM_OK);
    check(taken, "a b", "a_b");
    check(taken, "a_b-2", "a_b-2");
    check(taken, "a/b", "a_b-3");
    check(taken, "a?b", "a_b-4");
    frem_index_free(taken);
}

static void a_long_name_is_cut_between_characters(void **state) {
    (void)state;
    char name[402] = "x";
    for (size_t i = 0; i < 200; i++)
        strcat(name, "ø");
    frem_index *taken = NULL;
    assert_int_equal(frem_index_new(&taken), FREM_OK);
    const char *safe = NULL;
    assert_int_equal(frem_safe_name(taken, name, &safe), FREM_OK);
    assert_int_equal(strlen(safe), 199); /* one byte and 99 times two */
    assert_memory_equal(safe, name, 199);
    frem_index_free(taken);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_what_is_safe_in_a_file_name_stays),
        cmocka_unit_test(devices_are_no_names),
        cmocka_unit_test(names_differ_by_more_than_case),
        cmocka_unit_test(paths_are_safe_part_by_part),
        cmocka_unit_test(equal_names_become_distinct),
        cmocka_unit_test(a_long_name_is_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
