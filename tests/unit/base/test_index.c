#include "support/check.h"

#include <stdio.h>
#include <string.h>

#include "base/index.h"

static void test_order_and_duplicates(void **state) {
    (void)state;
    frem_index *index = NULL;
    size_t at = 99;
    assert_int_equal(frem_index_new(&index), FREM_OK);
    assert_int_equal(frem_index_find(index, "a", 1), -1);
    assert_int_equal(frem_index_add(index, "Odense", 6, &at), FREM_OK);
    assert_int_equal(at, 0);
    assert_int_equal(frem_index_add(index, "Assens kommune", 6, &at), FREM_OK);
    assert_int_equal(at, 1);
    assert_int_equal(frem_index_add(index, "Odense", 6, &at), FREM_OK);
    assert_int_equal(at, 0);
    assert_int_equal(frem_index_add(index, "Tønder", 7, NULL), FREM_OK);
    assert_int_equal(frem_index_count(index), 3);
    assert_text(frem_index_name(index, 1), "Assens");
    assert_null(frem_index_name(index, 3));
    assert_int_equal(frem_index_find(index, "Assens kommune", 6), 1);
    assert_int_equal(frem_index_find(index, "Assens kommune", 7), -1);
    assert_int_equal(frem_index_find(index, "assens", 6), -1);
    assert_text(frem_index_names(index)[2], "Tønder");
    frem_index_free(index);
    frem_index_free(NULL);
}

/* "Åbenrå" is one name, whether its rings are part of the letters or marks of their own. */
static void test_nfc(void **state) {
    (void)state;
    static const char apart[] = "A\xCC\x8A"
                                "benra\xCC\x8A",
                      whole[] = "\xC3\x85"
                                "benr\xC3\xA5";
    frem_index *index = NULL;
    size_t at = 99;
    assert_int_equal(frem_index_new(&index), FREM_OK);
    assert_int_equal(frem_index_add(index, apart, strlen(apart), NULL), FREM_OK);
    assert_text(frem_index_name(index, 0), whole);
    assert_int_equal(frem_index_find(index, whole, strlen(whole)), 0);
    assert_int_equal(frem_index_find(index, apart, strlen(apart)), 0);
    assert_int_equal(frem_index_add(index, whole, strlen(whole), &at), FREM_OK);
    assert_int_equal(at, 0);
    assert_int_equal(frem_index_count(index), 1);
    frem_index_free(index);
}

static void test_bytes_that_are_no_text(void **state) {
    (void)state;
    frem_index *index = NULL;
    assert_int_equal(frem_index_new(&index), FREM_OK);
    assert_int_equal(frem_index_add(index, "a\0b", 3, NULL), FREM_OK);
    assert_int_equal(frem_index_add(index, "a", 1, NULL), FREM_OK);
    assert_int_equal(frem_index_add(index, "\xFF", 1, NULL), FREM_OK);
    assert_int_equal(frem_index_add(index, "", 0, NULL), FREM_OK);
    assert_int_equal(frem_index_count(index), 4);
    assert_int_equal(frem_index_find(index, "a\0b", 3), 0);
    assert_int_equal(frem_index_find(index, "a\0c", 3), -1);
    assert_int_equal(frem_index_find(index, "\xFF", 1), 2);
    assert_int_equal(frem_index_find(index, "", 0), 3);
    frem_index_free(index);
}

static void test_many(void **state) {
    (void)state;
    frem_index *index = NULL;
    char name[32];
    assert_int_equal(frem_index_new(&index), FREM_OK);
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 20000; i++) {
            size_t at = 0;
            int n = snprintf(name, sizeof name, "name %d", i);
            assert_int_equal(frem_index_add(index, name, (size_t)n, &at), FREM_OK);
            assert_int_equal(at, i);
        }
    assert_int_equal(frem_index_count(index), 20000);
    assert_text(frem_index_name(index, 19999), "name 19999");
    frem_index_free(index);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order_and_duplicates),
        cmocka_unit_test(test_nfc),
        cmocka_unit_test(test_bytes_that_are_no_text),
        cmocka_unit_test(test_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
