/* What answers the shortage of the year before: unemployment, and staff without a stock. */
#include "unit/core/world.h"

static const double hundred[] = {100}, one_tenth_idle[] = {0.9}, rate[] = {0.3}, least[] = {0.04},
                    most[] = {0.12};

/* 100 persons of one age, a tenth of them out of work: 90. Demand of 90 times a series. */
static void begin(world *w, size_t steps, const double *employment, const double *series) {
    world_begin(w, steps, 1, 1);
    w->professions[0].stock = by_cell(hundred);
    w->professions[0].employment = by_cell(one_tenth_idle);
    w->professions[0].response = (frem_core_response){given(rate), given(least), given(most)};
    w->in.n_sectors = 1;
    w->sectors[0].employment = given(employment);
    w->sectors[0].driver = FREM_DRIVER_SERIES;
    w->sectors[0].series = given(series);
}

/* 108 against 90 are short by a sixth: a year later 0.3 / 6 = 5 points fewer are idle, 95. These are short by 13 / 108, and
 * the next year has 3.6111 points fewer than the given tenth, 93.6111. Of 180 that lacks 0.4799: 14 points would be more
 * than there are above the least, 4 %: 96. A surplus of 51 on 45 would leave 44 % idle: no more than 12 %. */
static void unemployment_answers_a_year_later(void **state) {
    (void)state;
    const double employment[] = {90}, series[] = {1, 1.2, 1.2, 2, 0.5, 0.5};
    world w;
    begin(&w, 6, employment, series);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_SUPPLY, 90, 90, 95, 90 + 30 * 13.0 / 108, 96, 88);
    assert_measure(&w, 0, 0, FREM_CORE_EMPLOYED, 90, 90, 95, 90 + 30 * 13.0 / 108, 96, 88);
    assert_measure(&w, 0, 0, FREM_CORE_LABOUR_FORCE, 100, 100, 100, 100, 100, 100);
    assert_measure(&w, 0, 0, FREM_CORE_GAP, 0, -18, -13, 90 + 30 * 13.0 / 108 - 180, 51, 43);
    world_end(&w);
}

/* The base year lacks a tenth, and the given unemployment is that of a year that does: nothing is answered. And one that is
 * below the least already stays where it is. */
static void what_the_base_year_lacks_is_no_news(void **state) {
    (void)state;
    const double employment[] = {90}, vacancies[] = {10}, series[] = {1, 1, 1.25}, few_idle[] = {0.99};
    world w;
    begin(&w, 3, employment, series);
    w.sectors[0].vacancies = given(vacancies);
    world_project(&w);
    assert_true(w.out->measures[frem_core_at(w.out, 0, 0, FREM_CORE_SUPPLY, 2)] == 90);
    world_end(&w);
    begin(&w, 3, employment, series);
    w.professions[0].employment = by_cell(few_idle);
    const double higher[] = {1, 1.5, 1.5};
    w.sectors[0].series = given(higher);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_SUPPLY, 99, 99, 99);
    world_end(&w);
}

/* All who live in the first region work in the second, and answer what is short there. */
static void people_answer_where_they_work(void **state) {
    (void)state;
    const double employment[] = {0, 90}, series[] = {1, 1.2, 1.2, 1, 1.2, 1.2}, living[] = {100, 0};
    const double commuting[] = {0, 1, 0, 1};
    world w;
    begin(&w, 3, employment, series);
    w.in.regions = 2;
    w.professions[0].stock = by_region(living);
    w.professions[0].commuting = given(commuting);
    world_project(&w);
    assert_measure(&w, 0, 1, FREM_CORE_SUPPLY, 90, 90, 95);
    assert_measure(&w, 0, 0, FREM_CORE_SUPPLY, 0, 0, 0);
    world_end(&w);
}

/* Those who leave and come work by the unemployment of their year: a tenth of 100 leaves after step 0 and of 90 after
 * step 1, when 90 % are in work; of 81 after step 2, when 95 % are. */
static void those_who_leave_work_as_in_their_year(void **state) {
    (void)state;
    const double employment[] = {90}, series[] = {1, 0.9 + 0.18, 0.972, 1}, death[] = {0.1};
    world w;
    begin(&w, 4, employment, series);
    w.professions[0].exits[FREM_EXIT_DEATH] = by_cell(death);
    world_project(&w);
    /* step 1: 81 in work for 97.2, a sixth is short */
    assert_measure(&w, 0, 0, FREM_CORE_SUPPLY, 90, 81, 81 * 0.95);
    assert_measure(&w, 0, 0, FREM_CORE_EXITS_FTE, 0, 9, 8.1, 8.1 * 0.95);
    world_end(&w);
}

/* 90 are there for 100, 110, 110 and 60 in two sectors. Half of what was short the year before goes to others: 0, 5, 10,
 * 10, from the sectors as their posts are. They have 8 posts of their own in the second. */
static void others_fill_what_was_short(void **state) {
    (void)state;
    const double half[] = {0.5, 0.5, 0.5, 0.5}, first[] = {75, 0}, second[] = {25, 8},
                 series[] = {1, 1.1, 1.1, 0.6};
    const double dear[] = {0.5, 0.5, 0.5, 0.5}, cheap[] = {0.3, 0.3, 0.3, 0.3};
    world w;
    begin(&w, 4, first, series);
    w.professions[0].response.rate.at = NULL;
    w.professions[0].filled = given(half);
    w.professions[0].filled_by = 1;
    w.professions[0].unit_cost = given(dear);
    w.professions[1] = (frem_core_profession){.has_stock = false, .unit_cost = given(cheap)};
    w.in.n_professions = 2;
    w.in.n_sectors = 2;
    w.in.allocation = FREM_ALLOCATE_PROPORTIONAL;
    w.sectors[1] = w.sectors[0];
    w.sectors[1].employment = given(second);
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_FILLED, 0, 5, 10, 10);
    assert_measure(&w, 0, 1, FREM_CORE_FILLED, 0, 5, 10, 10);
    assert_measure(&w, 0, 0, FREM_CORE_DEMAND, 100, 105, 100, 50);
    assert_measure(&w, 1, 0, FREM_CORE_DEMAND, 8, 13.8, 18.8, 14.8);
    assert_row(world_sector(&w, 0, 0, 0), 75, 78.75, 75, 37.5);
    assert_row(world_sector(&w, 1, 0, 0), 0, 3.75, 7.5, 7.5);
    assert_row(world_sector(&w, 1, 0, 1), 8, 10.05, 11.3, 7.3);
    assert_measure(&w, 0, 0, FREM_CORE_GAP, -10, -15, -10, 40);
    assert_measure(&w, 0, 0, FREM_CORE_SHORTAGE, 10, 15, 10, 0);
    assert_measure(&w, 0, 0, FREM_CORE_POSTS_UNFILLED, 10, 15, 10, 0);
    assert_measure(&w, 0, 0, FREM_CORE_RECRUITMENT, 0, 5, -5, -50);
    assert_measure(&w, 0, 0, FREM_CORE_COST, 50, 52.5, 50, 25);
    assert_measure(&w, 1, 0, FREM_CORE_COST, 2.4, 4.14, 5.64, 4.44);
    world_end(&w);
}

/* More was short than is asked for now: all of it goes, and no more. */
static void no_more_than_all_posts_are_filled(void **state) {
    (void)state;
    const double all_of_it[] = {1, 1, 1}, posts[] = {200, 0}, series[] = {1, 0.25, 0};
    world w;
    begin(&w, 3, posts, series);
    w.professions[0].response.rate.at = NULL;
    w.professions[0].filled = given(all_of_it);
    w.professions[0].filled_by = 1;
    w.professions[1].has_stock = false;
    w.in.n_professions = 2;
    world_project(&w);
    assert_measure(&w, 0, 0, FREM_CORE_DEMAND, 200, 0, 0);
    assert_measure(&w, 1, 0, FREM_CORE_DEMAND, 0, 50, 0);
    world_end(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unemployment_answers_a_year_later),
        cmocka_unit_test(what_the_base_year_lacks_is_no_news),
        cmocka_unit_test(people_answer_where_they_work),
        cmocka_unit_test(those_who_leave_work_as_in_their_year),
        cmocka_unit_test(others_fill_what_was_short),
        cmocka_unit_test(no_more_than_all_posts_are_filled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
