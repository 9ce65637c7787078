#include "support/check.h"

#include <string.h>

#include "output/names.h"

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
    check(taken, "x\xE2\x80\xAEy", "x_y"); /* U+202E turns the writing round */
    check(taken, "", "_");
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
        cmocka_unit_test(equal_names_become_distinct),
        cmocka_unit_test(a_long_name_is_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
