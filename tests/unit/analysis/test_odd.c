/* What is legal but odd in a projection: how much the stock of the base year is scaled. */
#include "unit/model/loaded.h"

/* Two regions with a stock and an employment of their own; everybody works full time. */
static void check(const char *stock_a, const char *fte_a, const char *stock_b, const char *fte_b,
                  const char *expected) {
    loaded l;
    char rows[256];
    loaded_begin(&l);
    frem_temp_write(l.folder, "regions.csv", "code,name\n1,One\n2,Two\n");
    frem_temp_write(l.folder, "ages.csv", "age,persons\n20,1\n21,1\n");
    (void)snprintf(rows, sizeof rows, "code,persons,fte\n1,%s,%s\n2,%s,%s\n", stock_a, fte_a, stock_b, fte_b);
    frem_temp_write(l.folder, "numbers.csv", rows);
    loaded_good(&l, "fremskriv: 1\n"
                    "years: {base: 2020, until: 2021}\n"
                    "ages: {from: 20, to: 21}\n"
                    "base_year: scale\n"
                    "regions: regions.csv\n"
                    "professions:\n"
                    "  p:\n"
                    "    cohorts:\n"
                    "      persons: {table: numbers.csv, column: persons}\n"
                    "      ages: {table: ages.csv, column: persons}\n"
                    "demand:\n"
                    "  job: {employment: {p: {table: numbers.csv, column: fte}}, follows: constant}\n");
    loaded_run(&l);
    assert_int_equal(frem_diags_count(l.diags), expected != NULL);
    if (expected != NULL) {
        char *text = loaded_problem(&l, 0);
        assert_non_null(strstr(text, expected));
        free(text);
    }
    loaded_end(&l);
}

static void factors_that_are_common_are_let_pass(void **state) {
    (void)state;
    check("100", "200", "100", "50", NULL);
    check("100", "130", "1000", "900", NULL);
}

static void the_furthest_factor_is_named_with_the_number_of_regions(void **state) {
    (void)state;
    /* 100 become 300, 1000 become 400: 700 of 1100 in all; a third is further from 1 than two fifths. */
    check("100", "300", "1000", "400",
          "multiplies the stock by 0.636364 in all, in 'One' by 3; regions below 0.5 or above 2: 2");
    check("100", "201", "1000", "900",
          "by 1.00091 in all, in 'One' by 2.01; regions below 0.5 or above 2: 1");
    check("100", "0", "1000", "900", "by 0.818182 in all, in 'One' by 0; regions below 0.5 or above 2: 1");
}

static void the_same_factor_everywhere_is_one_factor(void **state) {
    (void)state;
    check("100", "4000", "200", "8000", "multiplies the stock by 40 to fit the employment");
}

static void few_people_tell_nothing(void **state) {
    (void)state;
    check("8", "49", "1000", "1000", NULL);
    check("49", "2", "1000", "1000", NULL);
    check("8", "51", "1000", "1000", "in 'One' by 6.375; regions below 0.5 or above 2: 1");
    /* No region has many, and all together have. */
    check("10", "40", "10", "40", "multiplies the stock by 4 to fit the employment");
}

/* A programme of one region, `One` of those that the table lists; how many problems it has. */
static void graduates(const char *regions, const char *where, const char *profession, const char *programme,
                      bool warned) {
    loaded l;
    char yaml[2048];
    loaded_begin(&l);
    frem_temp_write(l.folder, "regions.csv", regions);
    frem_temp_write(l.folder, "ages.csv", "age,persons\n20,1\n21,1\n22,1\n23,1\n24,1\n");
    frem_temp_write(l.folder, "to.csv", "from,to,share\n1,1,0.9\n1,outside,0.1\n");
    (void)snprintf(yaml, sizeof yaml,
                   "fremskriv: 1\n"
                   "years: {base: 2020, until: 2022}\n"
                   "ages: {from: 20, to: 24}\n"
                   "base_year: cohorts\n"
                   "regions: {table: regions.csv%s, group_by: part}\n"
                   "professions:\n"
                   "  p:\n"
                   "    cohorts: {persons: 100, ages: {table: ages.csv, column: persons}, split: equal}\n%s"
                   "programmes:\n"
                   "  course: {leads_to: p, length: 1, completion: 0.8, earlier_intake: hold,\n"
                   "    entry: {table: ages.csv, column: persons}, %s}\n"
                   "demand:\n"
                   "  job: {employment: {p: 10}, split: equal, follows: constant}\n",
                   where, profession, programme);
    loaded_good(&l, yaml);
    assert_int_equal(frem_diags_count(l.diags), warned);
    if (warned) {
        char *text = loaded_problem(&l, 0);
        assert_non_null(strstr(text, "programmes.course: all graduates stay in One for good"));
        free(text);
    }
    loaded_end(&l);
}

/* One region alone keeps all that it trains, unless something takes some of them elsewhere, other regions are entitled
 * to some, or there are no other regions. */
static void one_region_does_not_keep_every_graduate(void **state) {
    (void)state;
    static const char two[] = "code,name,part\n1,One,a\n2,Two,a\n", *only = ", where: {code: 1}";
    static const char own[] = "intake: {2020: 10, then: hold}";
    graduates(two, only, "", own, true);
    graduates(two, only, "", "intake: {2020: 10, then: hold}, outside: 0", true);
    graduates(two, only, "", "intake: {2020: 10, then: hold}, outside: {2020: 0, 2021: 0.1, then: hold}",
              false);
    graduates(two, only, "    moves: {matrix: to.csv}\n", own, false);
    graduates(two, only, "    commuting: {matrix: to.csv}\n", own, false);
    graduates(two, only, "", "graduates_to: equal, intake: {2020: 10, then: hold, covers: a}", false);
    graduates(two, "", "", "graduates_to: equal, intake: {2020: 10, then: hold}", false);
    graduates("code,name,part\n1,One,a\n", "", "", own, false);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(factors_that_are_common_are_let_pass),
        cmocka_unit_test(the_furthest_factor_is_named_with_the_number_of_regions),
        cmocka_unit_test(the_same_factor_everywhere_is_one_factor),
        cmocka_unit_test(few_people_tell_nothing),
        cmocka_unit_test(one_region_does_not_keep_every_graduate),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
