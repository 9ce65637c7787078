#include "support/check.h"

#include "fremskriv/status.h"

/* The exit statuses that the command line promises. */
static void test_exit_statuses(void **state) {
    (void)state;
    assert_int_equal(frem_status_exit(FREM_OK), 0);
    assert_int_equal(frem_status_exit(FREM_DEFECT), 1);
    assert_int_equal(frem_status_exit(FREM_NO_MEMORY), 1);
    assert_int_equal(frem_status_exit(FREM_USAGE), 2);
    assert_int_equal(frem_status_exit(FREM_MISSING_PART), 2);
    assert_int_equal(frem_status_exit(FREM_INVALID), 3);
    assert_int_equal(frem_status_exit(FREM_NO_SOLUTION), 4);
    assert_int_equal(frem_status_exit(FREM_UNWRITABLE), 5);
    assert_int_equal(frem_status_exit(FREM_INTERRUPTED), 130);
    assert_int_equal(frem_status_exit((frem_status)99), 1);
}

static void test_texts(void **state) {
    (void)state;
    assert_text(frem_status_text(FREM_NO_SOLUTION, FREM_EN), "no solution");
    assert_text(frem_status_text(FREM_NO_SOLUTION, FREM_DA), "ingen løsning");
    for (unsigned i = 0; i < FREM_STATUS_COUNT; i++)
        assert_string_not_equal(frem_status_text((frem_status)i, FREM_EN),
                                frem_status_text((frem_status)i, FREM_DA));
    assert_text(frem_status_text((frem_status)99, FREM_EN), "a defect in the program");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exit_statuses),
        cmocka_unit_test(test_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
