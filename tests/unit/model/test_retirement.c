/* Retirement: ages by date of birth, the twelve-month mean, hazards, participation that moves. */
#include "model/batch.h"
#include "model/supply.h"
#include "unit/model/small.h"

/* People of 55 to 70 in the years 2018 to 2030; a test adds the profession's retirement. */
#define HEAD(count)                                                                                          \
    "fremskriv: 1\n"                                                                                         \
    "years: {base: 2018, until: 2030, count: " count "}\n"                                                   \
    "ages: {from: 55, to: 70}\n"                                                                             \
    "base_year: cohorts\n"                                                                                   \
    "regions: regions.csv\n"                                                                                 \
    "demand: {job: {employment: {p: 10}, follows: constant, split: equal}}\n"                                \
    "retirement_ages:\n"                                                                                     \
    "  pension: denmark/pension_age.csv\n"                                                                   \
    "  efterloen: denmark/efterloen_age.csv\n"                                                               \
    "  flat: {born: {\"1900-01-01\": 66}}\n"                                                                 \
    "  yearly: {year: {2018: 65, 2020: 66, between: step, then: hold}}\n"
#define PEOPLE "professions:\n  p:\n    cohorts: {persons: 1600, ages: {table: ages.csv, column: persons}}\n"

static void put_tables(const small *w) {
    small_put(w, "regions.csv", "code,name\nA,Alfa\n");
    char ages[1024] = "age,persons,rate,falls\n";
    for (int age = 55; age <= 70; age++) {
        /* 0.95 below 58, 0.9 to 60, then 0.08 less a year. */
        double rate = age < 58 ? 0.95 : age <= 60 ? 0.9 : 0.9 - 0.08 * (age - 60);
        (void)snprintf(ages + strlen(ages), sizeof ages - strlen(ages), "%d,100,%d.%02d,%s\n", age, 0,
                       (int)(100 * rate + 0.5), age < 63 ? "0.9" : "0.8");
    }
    small_put(w, "ages.csv", ages);
}

static void load(small *w, const char *yaml) {
    small_begin(w);
    put_tables(w);
    small_load(w, yaml);
}

static frem_view *view_of(small *w) {
    return &w->model->as_is->views[0];
}

static const frem_retirement *retirement_of(const small *w) {
    return &w->scenario->professions.items[0].retirement;
}

static double age_of(small *w, int age, int year) {
    return frem_model_retirement_age(view_of(w), retirement_of(w), age, year);
}

/* A date of birth in months since year 0. */
static double born(int year, int month, int day) {
    return 12.0 * year + (month - 1) + (day - 1) / 31.0;
}

static void a_rule_holds_from_its_day_on(void **state) {
    (void)state;
    small w;
    load(&w, HEAD("30 june") PEOPLE);
    /* The state pension age is 66.5 for births from 1 January 1955, 67 for births from 1 July. */
    const frem_births *pension = &w.model->births[0];
    assert_close(frem_births_age(pension, born(1955, 6, 30)), 66.5, 0);
    assert_close(frem_births_age(pension, born(1955, 7, 1)), 67, 0);
    assert_close(frem_births_age(pension, born(1953, 12, 31)), 65, 0);
    assert_close(frem_births_age(pension, born(1954, 1, 1)), 65.5, 0);
    assert_close(frem_births_age(pension, born(1962, 12, 31)), 67, 0);
    assert_close(frem_births_age(pension, born(1963, 1, 1)), 68, 0);
    assert_close(frem_births_age(pension, born(1900, 1, 1)), 65, 0);
    assert_close(frem_births_age(pension, born(1890, 5, 5)), 65, 0);
    assert_close(frem_births_age(pension, born(2010, 1, 1)), 72, 0);
    small_end(&w);
}

#define EXIT(age)                                                                                            \
    "    retirement: {kind: exit, age: " age ", leaves: {mean: 0, spread: 2}, earliest: 58, latest: 70}\n"

static void the_mean_over_twelve_months_of_birth_on_30_june(void **state) {
    (void)state;
    small w;
    load(&w, HEAD("30 june") PEOPLE EXIT("pension"));
    /* Aged 64 on 30 June 2018: born July 1953 to June 1954. Six months at 65, six at 65.5. */
    assert_close(age_of(&w, 64, 2018), (6 * 65 + 6 * 65.5) / 12, 1e-12);
    /* Aged 63: July 1954 to June 1955: six months at 66, six at 66.5. */
    assert_close(age_of(&w, 63, 2018), (6 * 66 + 6 * 66.5) / 12, 1e-12);
    /* Aged 62: July 1955 to June 1956: all at 67. Aged 65: July 1952 to June 1953: all at 65. */
    assert_close(age_of(&w, 62, 2018), 67, 1e-12);
    assert_close(age_of(&w, 65, 2018), 65, 1e-12);
    /* The same people a year later have the same age of retirement. */
    for (int age = 55; age < 70; age++)
        assert_close(age_of(&w, age + 1, 2019), age_of(&w, age, 2018), 1e-12);
    /* Aged 66 in 2029: July 1962 to June 1963: six months at 67, six at 68. */
    assert_close(age_of(&w, 66, 2029), 67.5, 1e-12);
    small_end(&w);
}

static void the_mean_over_twelve_months_of_birth_on_1_january(void **state) {
    (void)state;
    small w;
    load(&w, HEAD("1 january") PEOPLE EXIT("efterloen"));
    /* Aged 64 on 1 January 2018: born in 1953, all at 60. */
    assert_close(age_of(&w, 64, 2018), 60, 1e-12);
    /* Aged 63: born in 1954: 60.5 to June, 61 from July. */
    assert_close(age_of(&w, 63, 2018), 60.75, 1e-12);
    /* Aged 62: 1955: 61.5 and 62. Aged 61: 1956: 62.5 and 63. Aged 60: 1957, 63. */
    assert_close(age_of(&w, 62, 2018), 61.75, 1e-12);
    assert_close(age_of(&w, 61, 2018), 62.75, 1e-12);
    assert_close(age_of(&w, 60, 2018), 63, 1e-12);
    /* Aged 58: 1959: 63.5 and 64. Aged 60 in 2024: 1963, 65. */
    assert_close(age_of(&w, 58, 2018), 63.75, 1e-12);
    assert_close(age_of(&w, 60, 2024), 65, 1e-12);
    small_end(&w);
}

static void other_count_dates_move_the_months(void **state) {
    (void)state;
    small w;
    load(&w, HEAD("31 december") PEOPLE EXIT("efterloen"));
    /* Aged 64 on 31 December 2018: born in 1954. */
    assert_close(age_of(&w, 64, 2018), 60.75, 1e-12);
    small_end(&w);
    load(&w, HEAD("31 march") PEOPLE EXIT("pension"));
    /* Aged 64 on 31 March 2018: born April 1953 to March 1954: nine months at 65, three at 65.5. */
    assert_close(age_of(&w, 64, 2018), (9 * 65 + 3 * 65.5) / 12, 1e-12);
    small_end(&w);
}

static void ages_are_mixed_by_shares(void **state) {
    (void)state;
    small w;
    load(&w, HEAD("30 june") PEOPLE EXIT("{efterloen: 0.25, pension: 0.75}"));
    /* Aged 63 on 30 June 2018: July 1954 to June 1955. Pension (66, 66.5), efterloen (61, 61.5). */
    assert_close(age_of(&w, 63, 2018), 0.25 * 61.25 + 0.75 * 66.25, 1e-12);
    small_end(&w);
    load(&w, HEAD("30 june") PEOPLE EXIT("yearly"));
    assert_close(age_of(&w, 55, 2019), 65, 0);
    assert_close(age_of(&w, 70, 2020), 66, 0);
    small_end(&w);
}

/* Share of a normal distribution below z. */
static double below(double z) {
    return 0.5 * erfc(-z / sqrt(2));
}

/* F of model.md: normal, cut to 58..70. */
static double has_left(double age, double mean, double spread) {
    double lo = below((58 - mean) / spread), hi = below((70 - mean) / spread);
    double x = age < 58 ? 58 : age > 70 ? 70 : age;
    return (below((x - mean) / spread) - lo) / (hi - lo);
}

static double hazard(int age, double mean, double spread) {
    if (age + 1.5 >= 70)
        return 1;
    return (has_left(age + 1.5, mean, spread) - has_left(age + 0.5, mean, spread)) /
           (1 - has_left(age + 0.5, mean, spread));
}

static double hazard_at(const small *w, int age, int year) {
    const frem_grid *grid = &w->model->as_is->inputs.professions[0].exits[FREM_EXIT_RETIREMENT];
    assert_int_equal(grid->cell, 1);
    assert_int_equal(grid->region, 0);
    return grid->values.at[(size_t)(year - 2018) * grid->step + (size_t)(age - 55)];
}

static void a_flat_age_gives_one_curve_of_hazards(void **state) {
    (void)state;
    small w;
    load(&w,
         HEAD("30 june") PEOPLE "    retirement: {kind: exit, age: flat, leaves: {mean: -1.5, spread: 2.5, "
                                "response: 0.5}, earliest: 58, latest: 70}\n");
    /* 66 for all: the mean is 66 - 1.5, in every year. */
    for (int year = 2018; year <= 2030; year++)
        for (int age = 55; age <= 70; age++)
            assert_close(hazard_at(&w, age, year), hazard(age, 64.5, 2.5), 1e-12);
    /* No one of 56 leaves before 57.5; those of 57 may after their 58th birthday. */
    assert_close(hazard_at(&w, 56, 2018), 0, 0);
    assert_true(hazard_at(&w, 57, 2018) > 0);
    assert_close(hazard_at(&w, 69, 2018), 1, 0);
    /* A number on paper: F(64.5) = 0.5 but for the cut, so h(63) = (F(64.5) - F(63.5)) / (1 - F(63.5)).
     * z(58) = -2.6, z(63.5) = -0.4, z(64.5) = 0, z(70) = 2.2 with P = 0.00466, 0.34458, 0.5, 0.98610:
     * (0.5 - 0.34458) / (0.98610 - 0.34458) = 0.15542 / 0.64152 = 0.24227. */
    assert_close(hazard_at(&w, 63, 2018), 0.24227, 1e-5);
    small_end(&w);
}

static void leaving_follows_the_age_of_the_cohort(void **state) {
    (void)state;
    small w;
    load(&w,
         HEAD("30 june") PEOPLE "    retirement: {kind: exit, age: pension, leaves: {mean: -2, spread: 2, "
                                "response: 0.8}, earliest: 58, latest: 70}\n");
    /* The reference cohort, the youngest of 2018 who on average have reached their age: those of 65 (65.5 against 65;
     * those of 64 stand at 64.5 against 65.25). So the mean is 65 - 2 + 0.8 * (SA - 65). */
    assert_close(hazard_at(&w, 65, 2018), hazard(65, 63, 2), 1e-12);
    assert_close(hazard_at(&w, 64, 2018), hazard(64, 63 + 0.8 * 0.25, 2), 1e-12);
    assert_close(hazard_at(&w, 62, 2018), hazard(62, 63 + 0.8 * 2, 2), 1e-12);
    /* 66 in 2029: 67.5 as above. */
    assert_close(hazard_at(&w, 66, 2029), hazard(66, 63 + 0.8 * 2.5, 2), 1e-12);
    small_end(&w);
    /* Without response nothing moves; over response 1 more does. */
    load(&w,
         HEAD("30 june") PEOPLE "    retirement: {kind: exit, age: pension, leaves: {mean: -2, spread: 2, "
                                "response: 0}, earliest: 58, latest: 70}\n");
    for (int age = 55; age <= 70; age++)
        assert_close(hazard_at(&w, age, 2030), hazard(age, 63, 2), 1e-12);
    small_end(&w);
}

#define TWO_REGIONS                                                                                          \
    "professions:\n  p:\n    cohorts: {persons: {table: stock.csv, column: persons, outside: 0}}\n"

static double number_in(const frem_grid *grid, size_t lanes, size_t lane, size_t region, int age, int year) {
    size_t i = (size_t)(year - 2018) * grid->step + region * grid->region + (size_t)(age - 55) * grid->cell;
    return grid->values.at[grid->values.lane ? i * lanes + lane : i];
}

/* A senior policy: in B the mean age of leaving is a year higher from 2028 on. 100 people in each region, aged 63 in 2028. */
static void begin_policy(small *w, const char *leaves) {
    small_begin(w);
    put_tables(w);
    small_put(w, "regions.csv", "code,name\nA,Alfa\nB,Beta\n");
    small_put(w, "stock.csv", "region,age,persons\nA,62,100\nB,62,100\n");
    char mean[1024] = "region,year,mean\n";
    for (int year = 2018; year <= 2030; year++)
        (void)snprintf(mean + strlen(mean), sizeof mean - strlen(mean), "A,%d,-1.5\nB,%d,%s\n", year, year,
                       year < 2028 ? "-1.5" : "-0.5");
    small_put(w, "mean.csv", mean);
    small_put(w, "policy.csv", "region,mean\nA,-1.5\nB,-0.5\n");
    char yaml[2048];
    (void)snprintf(yaml, sizeof yaml,
                   HEAD("30 june") TWO_REGIONS
                   "    retirement: {kind: exit, age: flat, leaves: {%s}, earliest: 58, latest: 70}\n",
                   leaves);
    small_load(w, yaml);
}

static void check_policy(const frem_grid *grid, size_t lanes, size_t lane) {
    for (int year = 2018; year <= 2030; year++)
        for (int age = 55; age <= 70; age++) {
            assert_close(number_in(grid, lanes, lane, 0, age, year), hazard(age, 64.5, 2.5), 1e-12);
            assert_close(number_in(grid, lanes, lane, 1, age, year),
                         hazard(age, year < 2028 ? 64.5 : 65.5, 2.5), 1e-12);
        }
    /* On paper, as 0.24227 below: z(58) = -3, z(63.5) = -0.8, z(64.5) = -0.4, z(70) = 1.8 with P = 0.00135, 0.21186,
     * 0.34458, 0.96407: (0.34458 - 0.21186) / (0.96407 - 0.21186) = 0.13272 / 0.75221 = 0.17644. */
    assert_close(number_in(grid, lanes, lane, 0, 63, 2028), 0.24227, 1e-5);
    assert_close(number_in(grid, lanes, lane, 1, 63, 2027), 0.24227, 1e-5);
    assert_close(number_in(grid, lanes, lane, 1, 63, 2028), 0.17644, 1e-5);
}

static void leaving_changes_in_a_year_and_a_region(void **state) {
    (void)state;
    static const char *const forms[] = {
        "mean: {table: mean.csv, column: mean}, spread: 2.5",
        "mean: {from: 2028, table: policy.csv, column: mean, earlier: -1.5}, spread: 2.5"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        small w;
        begin_policy(&w, forms[i]);
        check_policy(&w.model->as_is->inputs.professions[0].exits[FREM_EXIT_RETIREMENT], 1, 0);
        small_end(&w);
    }
    /* Spread and response too: only B's are other ones in 2020. No one's age moves, so a response changes nothing. */
    small w;
    begin_policy(&w,
                 "mean: -1.5, spread: {2018: 2.5, 2020: 2, between: step, then: hold}, response: {2018: 1, "
                 "2020: 0, between: step, then: hold}");
    const frem_grid *grid = &w.model->as_is->inputs.professions[0].exits[FREM_EXIT_RETIREMENT];
    assert_int_equal(grid->region, 0);
    assert_close(number_in(grid, 1, 0, 0, 62, 2019), hazard(62, 64.5, 2.5), 1e-12);
    assert_close(number_in(grid, 1, 0, 0, 62, 2020), hazard(62, 64.5, 2), 1e-12);
    small_end(&w);
}

/* A sweep adds a year to the mean from 2028 on, of what a table gives for each region. */
static void a_sweep_moves_leaving_from_a_year_on(void **state) {
    (void)state;
    small w;
    begin_policy(&w, "mean: {table: policy.csv, column: mean}, spread: 2.5");
    ptrdiff_t i = frem_model_find(w.model, "professions.p.retirement.leaves.mean");
    assert_true(i >= 0 && frem_model_by_year(w.model, (size_t)i));
    const frem_change change = {
        .parameter = (size_t)i, .lane = 1, .kind = FREM_CHANGE_ADD, .number = 1, .first_year = 2028};
    frem_batch *batch = NULL;
    assert_int_equal(frem_batch_new(&batch, w.model, 2, &change, 1, w.diags), FREM_OK);
    const frem_grid *grid = &batch->inputs.professions[0].exits[FREM_EXIT_RETIREMENT];
    for (int year = 2018; year <= 2030; year++)
        for (size_t lane = 0; lane < 2; lane++) {
            double add = lane == 1 && year >= 2028 ? 1 : 0;
            assert_close(number_in(grid, batch->lanes, lane, 0, 63, year), hazard(63, 64.5 + add, 2.5),
                         1e-12);
            assert_close(number_in(grid, batch->lanes, lane, 1, 63, year), hazard(63, 65.5 + add, 2.5),
                         1e-12);
        }
    frem_batch_free(batch);
    small_end(&w);
}

static void leaving_has_every_year(void **state) {
    (void)state;
    small w;
    small_begin(&w);
    put_tables(&w);
    assert_int_equal(
        small_try(&w, HEAD("30 june") PEOPLE
                  "    retirement: {kind: exit, age: flat, leaves: {mean: {2028: -1, 2029: 0, then: "
                  "hold}, spread: 2}, earliest: 58, latest: 70}\n"),
        FREM_INVALID);
    char *text = small_problem(&w);
    assert_non_null(strstr(text, "professions.p.retirement.leaves.mean"));
    assert_non_null(strstr(text, "2018"));
    free(text);
    small_end(&w);
}

static void mixed_ages_have_each_its_own_reference(void **state) {
    (void)state;
    small w;
    load(&w, HEAD("30 june") PEOPLE
         "    retirement: {kind: exit, age: {efterloen: 0.5, pension: 0.5}, leaves: {mean: -0.6, spread: 2, "
         "response: 0.8}, earliest: 55, latest: 70}\n");
    /* Efterløn: those of 62 in 2018, born July 1955 to June 1956, have (62 + 62.5) / 2 = 62.25, and 62.5 is past it;
     * those of 61 have 63. Pension: those of 65 have 65. The mixed reference is (62.25 + 65) / 2 = 63.625.
     * Aged 62 in 2018: (62.25 + 67) / 2 = 64.625, one year more: mean 63.625 - 0.6 + 0.8 * 1 = 63.825. */
    assert_close(hazard_at(&w, 62, 2018), hazard(62, 63.825, 2), 1e-12);
    /* Aged 65 in 2018: efterløn 60 (born July 1952 to June 1953), pension 65: 62.5, which is 1.125 less. */
    assert_close(hazard_at(&w, 65, 2018), hazard(65, 63.625 - 0.6 - 0.8 * 1.125, 2), 1e-12);
    small_end(&w);
}

static void the_reference_cohort_has_reached_its_age_on_average(void **state) {
    (void)state;
    small w;
    /* Counted on 1 January 2018, those of 64 are 64.5 on average, which is their age; those of 65 have 63, those of 63
     * have 66. Without response everybody leaves around the age of the reference cohort, the youngest: 64.5. */
    load(&w,
         "fremskriv: 1\nyears: {base: 2018, until: 2020}\nages: {from: 55, to: 70}\nbase_year: cohorts\n"
         "regions: regions.csv\ndemand: {job: {employment: {p: 10}, follows: constant}}\n"
         "retirement_ages: {own: {born: {\"1900-01-01\": 63, \"1953-01-01\": 64.5, \"1954-01-01\": "
         "66}}}\n" PEOPLE
         "    retirement: {kind: exit, age: own, leaves: {mean: -1, spread: 2, response: 0}, earliest: 58, "
         "latest: 70}\n");
    for (int age = 55; age <= 70; age++)
        assert_close(hazard_at(&w, age, 2019), hazard(age, 63.5, 2), 1e-12);
    small_end(&w);
}

#define SHIFT(age, response)                                                                                 \
    "    participation: {table: ages.csv, column: rate}\n"                                                   \
    "    retirement: {kind: participation, age: " age ", threshold: 58, response: " response "}\n"

static double participation_at(const small *w, int age, int year) {
    const frem_grid *grid = &w->model->as_is->inputs.professions[0].participation;
    return grid->values.at[(size_t)(year - 2018) * grid->step + (size_t)(age - 55) * grid->cell];
}

/* The curve of ages.csv at whole ages. */
static double rate(int age) {
    return age < 58 ? 0.95 : age <= 60 ? 0.9 : floor(100 * (0.9 - 0.08 * (age - 60)) + 0.5) / 100;
}

static void participation_is_read_where_it_has_the_same_distance(void **state) {
    (void)state;
    small w;
    load(&w, HEAD("1 january") PEOPLE SHIFT("pension", "1"));
    /* In the base year the curve is itself, to the bit. */
    for (int age = 55; age <= 70; age++)
        assert_close(participation_at(&w, age, 2018), rate(age), 0);
    /* Aged 65 on 1 January: born 1952 (65) seen from 2018, born 1954 (65.5, 66; mean 65.75) from 2020: d = 0.75,
     * read at 64.25. On the straight stretch the spline is the line: 0.9 - 0.08 * 4.25 = 0.56. */
    assert_close(participation_at(&w, 65, 2020), 0.56, 1e-12);
    /* Aged 66: born 1951 (65) and, seen from 2030, born 1963 (68): d = 3, read at 63. */
    assert_close(participation_at(&w, 66, 2030), rate(63), 1e-12);
    /* Aged 59: born 1958 (67) and born 1970 (69): read at the threshold, 58, not at 57. */
    assert_close(participation_at(&w, 59, 2030), rate(58), 1e-12);
    /* At the threshold and below nothing moves. */
    for (int age = 55; age <= 58; age++)
        assert_close(participation_at(&w, age, 2030), rate(age), 0);
    small_end(&w);
}

static void participation_shifts_no_further_than_the_response(void **state) {
    (void)state;
    small w;
    load(&w, HEAD("1 january") PEOPLE SHIFT("pension", "0.5"));
    /* As above with half of d: 65 in 2020 is read at 64.625. */
    assert_close(participation_at(&w, 65, 2020), 0.9 - 0.08 * 4.625, 1e-12);
    /* More people work at every age than in the base year, none of them more than at the threshold, and a
     * monotone curve stays monotone where the age of retirement rises no faster than age. */
    for (int year = 2018; year <= 2030; year++)
        for (int age = 55; age <= 70; age++) {
            assert_true(participation_at(&w, age, year) >= rate(age) - 1e-12);
            assert_true(participation_at(&w, age, year) <= (age < 58 ? 0.95 : 0.9) + 1e-12);
            if (age > 55)
                assert_true(participation_at(&w, age, year) <= participation_at(&w, age - 1, year) + 1e-12);
        }
    small_end(&w);
}

/* From 2025 on people respond half as much, in B not at all. */
static void participation_responds_by_year_and_region(void **state) {
    (void)state;
    small w;
    small_begin(&w);
    put_tables(&w);
    small_put(&w, "regions.csv", "code,name\nA,Alfa\nB,Beta\n");
    small_put(&w, "stock.csv", "region,age,persons\nA,62,100\nB,62,100\n");
    small_put(&w, "response.csv", "region,response\nA,0.5\nB,0\n");
    small_load(&w, HEAD("1 january")
                       TWO_REGIONS SHIFT("pension", "{from: 2025, table: response.csv, earlier: 1, column: "
                                                    "response}"));
    const frem_grid *grid = &w.model->as_is->inputs.professions[0].participation;
    /* As above: 65 in 2020 is read at 64.25, 66 in 2030 is read 3 years younger at 63; half of it is 64.5. */
    for (size_t r = 0; r < 2; r++)
        assert_close(number_in(grid, 1, 0, r, 65, 2020), 0.56, 1e-12);
    assert_close(number_in(grid, 1, 0, 0, 66, 2030), 0.9 - 0.08 * 4.5, 1e-12);
    assert_close(number_in(grid, 1, 0, 1, 66, 2030), rate(66), 0);
    small_end(&w);
}

static void a_neutral_shift_changes_no_bit(void **state) {
    (void)state;
    static const char *const neutral[] = {HEAD("1 january") PEOPLE SHIFT("pension", "0"),
                                          HEAD("1 january") PEOPLE SHIFT("flat", "1")};
    for (size_t i = 0; i < 2; i++) {
        small w;
        load(&w, neutral[i]);
        for (int year = 2018; year <= 2030; year++)
            for (int age = 55; age <= 70; age++)
                assert_close(participation_at(&w, age, year), rate(age), 0);
        assert_null(w.model->as_is->inputs.professions[0].exits[FREM_EXIT_RETIREMENT].values.at);
        small_end(&w);
    }
}

static void refuses(const char *yaml, const char *problem) {
    small w;
    small_begin(&w);
    put_tables(&w);
    frem_status status = small_try(&w, yaml);
    char *text = small_problem(&w);
    assert_text(text, problem);
    assert_int_equal(status, FREM_INVALID);
    free(text);
    small_end(&w);
}

static void nobody_retires_twice(void **state) {
    (void)state;
    refuses(
        HEAD("1 january") PEOPLE "    participation: {table: ages.csv, column: falls}\n" EXIT("flat"),
        "w.yaml:15:5: error: professions.p.participation falls after age 62, where people already leave "
        "the stock\nhint: people would retire twice: keep it level from there, or use kind: participation");
    /* The same in a later year only. */
    small w;
    small_begin(&w);
    put_tables(&w);
    char years[4096] = "age,year,rate\n";
    for (int year = 2018; year <= 2030; year++)
        for (int age = 55; age <= 70; age++)
            (void)snprintf(years + strlen(years), sizeof years - strlen(years), "%d,%d,%s\n", age, year,
                           year == 2025 && age == 66 ? "0.8" : "0.9");
    small_put(&w, "years.csv", years);
    assert_int_equal(small_try(&w, HEAD("1 january") PEOPLE
                               "    participation: {table: years.csv, column: rate}\n" EXIT("flat")),
                     FREM_INVALID);
    char *text = small_problem(&w);
    assert_non_null(strstr(text, "falls after age 65"));
    free(text);
    small_end(&w);
    /* A fall below the earliest age is fine. */
    load(&w, HEAD("1 january") PEOPLE "    participation: {table: ages.csv, column: falls}\n"
                                      "    retirement: {kind: exit, age: flat, leaves: {mean: 0, spread: 2}, "
                                      "earliest: 63, latest: 70}\n");
    small_end(&w);
}

static void shares_of_ages_sum_to_1(void **state) {
    (void)state;
    refuses(HEAD("1 january") PEOPLE EXIT("{efterloen: 0.5, pension: 0.4}"),
            "w.yaml:15:30: error: the shares of professions.p.retirement.age sum to 0.9, not to 1");
}

static void a_rule_covers_the_oldest(void **state) {
    (void)state;
    refuses("fremskriv: 1\nyears: {base: 2018, until: 2020}\nbase_year: cohorts\nregions: regions.csv\n"
            "ages: {from: 55, to: 70}\n"
            "retirement_ages: {young: {born: {\"1950-01-01\": 65}}}\n"
            "demand: {job: {employment: {p: 10}, follows: constant}}\n" PEOPLE,
            "w.yaml:6:19: error: retirement_ages.young has no age for people born before 1950\n"
            "hint: begin with an early date such as 1900-01-01");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rule_holds_from_its_day_on),
        cmocka_unit_test(the_mean_over_twelve_months_of_birth_on_30_june),
        cmocka_unit_test(the_mean_over_twelve_months_of_birth_on_1_january),
        cmocka_unit_test(other_count_dates_move_the_months),
        cmocka_unit_test(ages_are_mixed_by_shares),
        cmocka_unit_test(a_flat_age_gives_one_curve_of_hazards),
        cmocka_unit_test(leaving_follows_the_age_of_the_cohort),
        cmocka_unit_test(leaving_changes_in_a_year_and_a_region),
        cmocka_unit_test(a_sweep_moves_leaving_from_a_year_on),
        cmocka_unit_test(leaving_has_every_year),
        cmocka_unit_test(mixed_ages_have_each_its_own_reference),
        cmocka_unit_test(the_reference_cohort_has_reached_its_age_on_average),
        cmocka_unit_test(participation_is_read_where_it_has_the_same_distance),
        cmocka_unit_test(participation_shifts_no_further_than_the_response),
        cmocka_unit_test(participation_responds_by_year_and_region),
        cmocka_unit_test(a_neutral_shift_changes_no_bit),
        cmocka_unit_test(nobody_retires_twice),
        cmocka_unit_test(shares_of_ages_sum_to_1),
        cmocka_unit_test(a_rule_covers_the_oldest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
