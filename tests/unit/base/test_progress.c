#include "support/check.h"

#include "base/progress.h"

typedef struct seen {
    int reports;
    frem_phase phase;
    uint64_t done;
    uint64_t total;
    int stop;
} seen;

static void note(void *context, frem_phase phase, uint64_t done, uint64_t total) {
    seen *s = context;
    s->reports++;
    s->phase = phase;
    s->done = done;
    s->total = total;
}

static int asked_to_stop(void *context) {
    return ((seen *)context)->stop;
}

static void test_reports_and_goes_on(void **state) {
    (void)state;
    seen s = {0};
    frem_progress progress = {.report = note, .stop = asked_to_stop, .context = &s};
    assert_int_equal(frem_progress_at(&progress, FREM_PHASE_WRITE, 3, 7), FREM_OK);
    assert_int_equal(s.reports, 1);
    assert_int_equal(s.phase, FREM_PHASE_WRITE);
    assert_int_equal(s.done, 3);
    assert_int_equal(s.total, 7);
}

static void test_stops(void **state) {
    (void)state;
    seen s = {.stop = 1};
    frem_progress progress = {.report = note, .stop = asked_to_stop, .context = &s};
    assert_int_equal(frem_progress_at(&progress, FREM_PHASE_READ, 0, 1), FREM_INTERRUPTED);
    assert_int_equal(s.reports, 1);
}

static void test_members_may_be_missing(void **state) {
    (void)state;
    frem_progress none = {.report = NULL};
    assert_int_equal(frem_progress_at(&none, FREM_PHASE_READ, 0, 1), FREM_OK);
    assert_int_equal(frem_progress_at(NULL, FREM_PHASE_READ, 0, 1), FREM_OK);
}

static void test_names(void **state) {
    (void)state;
    assert_text(frem_phase_text(FREM_PHASE_PROJECT, FREM_EN), "projecting");
    assert_text(frem_phase_text(FREM_PHASE_PROJECT, FREM_DA), "fremskriver");
    for (unsigned i = 0; i < FREM_PHASE_COUNT; i++)
        for (unsigned lang = 0; lang < FREM_LANG_COUNT; lang++)
            assert_string_not_equal(frem_phase_text((frem_phase)i, (frem_lang)lang), "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_reports_and_goes_on),
        cmocka_unit_test(test_stops),
        cmocka_unit_test(test_members_may_be_missing),
        cmocka_unit_test(test_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
