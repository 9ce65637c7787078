#include "support/check.h"

#include <math.h>

#include "frame/figure.h"

static void assert_ticks(double low, double high, size_t most, double first, double step, size_t count,
                         int decimals) {
    const frem_ticks ticks = frem_ticks_over(low, high, most);
    assert_close(ticks.step, step, 1e-12 * step);
    assert_close(frem_ticks_low(&ticks), first, 1e-9 * step);
    assert_int_equal(ticks.count, count);
    assert_int_equal(ticks.decimals, decimals);
    assert_close(frem_ticks_high(&ticks), first + step * (double)(count - 1), 1e-9 * fabs(first + step));
}

static void ticks_are_round_and_span_the_values(void **state) {
    (void)state;
    assert_ticks(20518.0, 23534.0, 6, 20000.0, 1000.0, 5, 0);
    assert_ticks(-2027.0, 4075.0, 9, -3000.0, 1000.0, 9, 0);
    assert_ticks(0.0, 10.0, 6, 0.0, 2.0, 6, 0);
    assert_ticks(0.897, 1.0, 4, 0.85, 0.05, 4, 2);
    assert_ticks(0.0, 0.2, 11, 0.0, 0.02, 11, 2);
    assert_ticks(-1e-9, 3e-9, 5, -1e-9, 1e-9, 5, 9);
    assert_ticks(0.0, 99.0, 6, 0.0, 20.0, 6, 0);
}

static void a_range_that_is_empty_or_no_number_becomes_one(void **state) {
    (void)state;
    const struct {
        double low, high;
    } odd[] = {{5.0, 5.0},      {0.0, 0.0}, {-3.0, -3.0},  {(double)NAN, 1.0},
               {0.0, HUGE_VAL}, {2.0, 1.0}, {1e300, 1e300}};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        const frem_ticks ticks = frem_ticks_over(odd[i].low, odd[i].high, 5);
        assert_true(ticks.count >= 2 && ticks.count < 20);
        assert_true(isfinite(ticks.step) && ticks.step > 0.0);
        assert_true(frem_ticks_low(&ticks) < frem_ticks_high(&ticks));
    }
    const frem_ticks few = frem_ticks_over(0.0, 1.0, 0);
    assert_int_equal(few.count, 2);
}

static void the_range_holds_lines_bands_and_the_reference(void **state) {
    (void)state;
    const double line[] = {(double)NAN, 80.0, 90.0}, low[] = {75.0, (double)NAN, 85.0},
                 high[] = {95.0, HUGE_VAL, 96.0};
    const frem_figure_line lines[] = {{"a", line, FREM_ROLE_SUPPLY, false}};
    const frem_figure_band bands[] = {{"b", low, high, FREM_ROLE_WIDE}};
    const frem_figure_panel panels[] = {{.lines = lines, .n_lines = 1}, {.bands = bands, .n_bands = 1}};
    frem_figure figure = {.kind = FREM_FIGURE_LINES, .n_years = 3, .panels = panels, .n_panels = 1};
    double from = 0.0, to = 0.0;
    frem_figure_range(&figure, &from, &to);
    assert_close(from, 80.0, 0.0);
    assert_close(to, 90.0, 0.0);
    figure.n_panels = 2;
    figure.scale.has_reference = true;
    figure.scale.reference = 100.0;
    frem_figure_range(&figure, &from, &to);
    assert_close(from, 75.0, 0.0);
    assert_close(to, 100.0, 0.0);
    figure.scale.from_zero = true;
    frem_figure_range(&figure, &from, &to);
    assert_close(from, 0.0, 0.0);
}

static void an_axis_begins_at_zero_where_the_values_come_near_it(void **state) {
    (void)state;
    const double near[] = {40.0, 100.0}, far[] = {60.0, 100.0}, below[] = {-100.0, -40.0};
    const double *const series[] = {near, far, below};
    const double lows[] = {0.0, 60.0, -100.0}, highs[] = {100.0, 100.0, 0.0};
    for (size_t i = 0; i < 3; i++) {
        const frem_figure_line line = {"a", series[i], FREM_ROLE_SUPPLY, false};
        const frem_figure_panel panel = {.lines = &line, .n_lines = 1};
        const frem_figure figure = {.n_years = 2, .panels = &panel, .n_panels = 1};
        double low = 0.0, high = 0.0;
        frem_figure_range(&figure, &low, &high);
        assert_close(low, lows[i], 0.0);
        assert_close(high, highs[i], 0.0);
    }
}

static void stacked_parts_sum_on_either_side_of_zero(void **state) {
    (void)state;
    const double in[] = {3.0, 5.0}, more[] = {1.0, (double)NAN}, out[] = {-2.0, -7.0};
    const frem_figure_part parts[] = {
        {"in", in, FREM_ROLE_IN}, {"more", more, FREM_ROLE_IN}, {"out", out, FREM_ROLE_OUT}};
    const frem_figure figure = {.kind = FREM_FIGURE_COLUMNS, .n_years = 2, .parts = parts, .n_parts = 3};
    double low = 0.0, high = 0.0;
    frem_figure_range(&figure, &low, &high);
    assert_close(low, -7.0, 0.0);
    assert_close(high, 5.0, 0.0);
}

static void a_tornado_has_the_widest_swing_first(void **state) {
    (void)state;
    const frem_swing swings[] = {{"narrow", 9.0, 11.0, "9", "11"},
                                 {"wide", 20.0, 4.0, "a", "b"},
                                 {"narrow too", 11.0, 9.0, "c", "d"},
                                 {"one side", 12.0, 15.0, "e", "f"}};
    const char *const order[] = {"wide", "one side", "narrow", "narrow too"};
    frem_arena *arena = NULL;
    const frem_figure_bar *bars = NULL;
    assert_int_equal(frem_arena_new(&arena), FREM_OK);
    assert_int_equal(frem_figure_tornado(arena, swings, 4, 10.0, &bars), FREM_OK);
    for (size_t i = 0; i < 4; i++) {
        assert_text(bars[i].label, order[i]);
        assert_int_equal(bars[i].n_stretches, 2);
        assert_close(bars[i].stretches[0].from, 10.0, 0.0);
        assert_close(bars[i].stretches[1].from, 10.0, 0.0);
    }
    assert_close(bars[0].stretches[0].to, 20.0, 0.0);
    assert_int_equal(bars[0].stretches[0].role, FREM_ROLE_SURPLUS);
    assert_int_equal(bars[0].stretches[1].role, FREM_ROLE_SHORTAGE);
    assert_text(bars[0].stretches[1].text, "b");
    assert_int_equal(bars[1].stretches[0].role, FREM_ROLE_SURPLUS);
    frem_arena_free(arena);
}

static void a_waterfall_goes_on_where_it_was(void **state) {
    (void)state;
    const frem_step steps[] = {{"from", 100.0, true, "100"},
                               {"up", 30.0, false, "+30"},
                               {"down", -150.0, false, "-150"},
                               {"to", -20.0, true, "-20"}};
    const double from[] = {0.0, 100.0, 130.0, 0.0}, to[] = {100.0, 130.0, -20.0, -20.0};
    const frem_role roles[] = {FREM_ROLE_TOTAL, FREM_ROLE_SURPLUS, FREM_ROLE_SHORTAGE, FREM_ROLE_TOTAL};
    frem_arena *arena = NULL;
    const frem_figure_bar *bars = NULL;
    assert_int_equal(frem_arena_new(&arena), FREM_OK);
    assert_int_equal(frem_figure_waterfall(arena, steps, 4, &bars), FREM_OK);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(bars[i].n_stretches, 1);
        assert_close(bars[i].stretches[0].from, from[i], 1e-12);
        assert_close(bars[i].stretches[0].to, to[i], 1e-12);
        assert_int_equal(bars[i].stretches[0].role, roles[i]);
    }
    const frem_figure figure = {.kind = FREM_FIGURE_BARS, .bars = bars, .n_bars = 4};
    double low = 0.0, high = 0.0;
    frem_figure_range(&figure, &low, &high);
    assert_close(low, -20.0, 1e-12);
    assert_close(high, 130.0, 1e-12);
    frem_arena_free(arena);
}

static void series_of_equal_rank_have_roles_of_their_own(void **state) {
    (void)state;
    for (size_t i = 0; i < FREM_SERIES_ROLES; i++) {
        for (size_t k = 0; k < i; k++)
            assert_int_not_equal(frem_role_of_series(i), frem_role_of_series(k));
        assert_true(frem_role_of_series(i) < FREM_ROLE_COUNT);
    }
    assert_int_equal(frem_role_of_series(FREM_SERIES_ROLES), frem_role_of_series(0));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ticks_are_round_and_span_the_values),
        cmocka_unit_test(a_range_that_is_empty_or_no_number_becomes_one),
        cmocka_unit_test(the_range_holds_lines_bands_and_the_reference),
        cmocka_unit_test(an_axis_begins_at_zero_where_the_values_come_near_it),
        cmocka_unit_test(stacked_parts_sum_on_either_side_of_zero),
        cmocka_unit_test(a_tornado_has_the_widest_swing_first),
        cmocka_unit_test(a_waterfall_goes_on_where_it_was),
        cmocka_unit_test(series_of_equal_rank_have_roles_of_their_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
