#include "unit/core/world.h"

static void plain_and_best_are_always_here(void **state) {
    (void)state;
    assert_true(frem_isa_here(FREM_ISA_BEST));
    assert_true(frem_isa_here(FREM_ISA_PLAIN));
    assert_false(frem_isa_here(FREM_ISA_COUNT));
#if !defined(__x86_64__)
    assert_false(frem_isa_here(FREM_ISA_AVX2));
    assert_false(frem_isa_here(FREM_ISA_AVX512));
#endif
}

static void an_absent_instruction_set_is_refused(void **state) {
    (void)state;
    world w;
    world_begin(&w, 1, 1, 1);
    assert_int_equal(frem_core_results_new(&w.in, false, w.arena, &w.out), FREM_OK);
    for (int isa = 0; isa <= FREM_ISA_COUNT; isa++)
        assert_int_equal(frem_core_project(&w.in, NULL, (frem_isa)isa, w.out),
                         frem_isa_here((frem_isa)isa) ? FREM_OK : FREM_DEFECT);
    world_end(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_and_best_are_always_here),
        cmocka_unit_test(an_absent_instruction_set_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
