#include <stdio.h>

#include "numeric/numeric.h"
#include "unit/tables/sample.h"

static const frem_place ASKED = {"s.yaml", 7, 3};

/* persons of one area by single ages first..last. */
static frem_reading by_group(sample *s, int first, int last) {
    return (frem_reading){.table = s->table,
                          .asked_at = ASKED,
                          .says_outside = true,
                          .age_form = FREM_AGE_GROUPS,
                          .age_spread = FREM_SPREAD_COUNTS,
                          .age_column = "from",
                          .age_to_column = "to",
                          .age_first = first,
                          .ages = (size_t)(last - first + 1),
                          .columns = {"persons"},
                          .n_columns = 1};
}

static frem_reading by_single_age(sample *s, int first, int last) {
    frem_reading reading = by_group(s, first, last);
    reading.age_form = FREM_AGE_SINGLE;
    reading.age_column = "age";
    reading.age_to_column = NULL;
    return reading;
}

static double sum(const double *values, size_t n) {
    double total = 0;
    for (size_t i = 0; i < n; i++)
        total += values[i];
    return total;
}

/* The groups of Copenhagen 2016: each sums to its count, single years pass through, no age is negative. */
static void groups_keep_their_sums(void **state) {
    (void)state;
    sample s;
    double out[81];
    sample_good(&s,
                "from,to,persons\n17,17,4800\n0,5,44546\n18,19,9700\n6,16,54742\n20,34,207712\n35,64,208978\n"
                "65,79,47722\n80,,13281\n");
    frem_reading reading = by_group(&s, 0, 80);
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_OK);
    assert_close(sum(out, 6), 44546, 1e-9);
    assert_close(sum(out + 6, 11), 54742, 1e-9);
    assert_close(out[17], 4800, 0);
    assert_close(sum(out + 18, 2), 9700, 1e-9);
    assert_close(sum(out + 20, 15), 207712, 1e-9);
    assert_close(sum(out + 35, 30), 208978, 1e-9);
    assert_close(sum(out + 65, 15), 47722, 1e-9);
    assert_close(out[80], 13281, 0);
    for (size_t a = 0; a < 81; a++)
        assert_true(out[a] >= 0);
    /* the curve goes through all closed groups at once */
    const int borders[] = {0, 6, 17, 18, 20, 35, 65, 80};
    const double sums[] = {44546, 54742, 4800, 9700, 207712, 208978, 47722};
    double curve[80];
    assert_int_equal(frem_spread(borders, sums, 7, curve), FREM_OK);
    for (size_t a = 0; a < 80; a++)
        assert_close(out[a], curve[a], 0);
    assert_true(out[20] < out[25]); /* not flat: ages near the small groups are fewer */
    sample_close(&s);
}

static void every_cell_of_the_shipped_shape(void **state) {
    (void)state;
    sample s;
    double out[2 * 2 * 10];
    sample_good(&s, "year,region,from,to,persons\n2018,a,0,3,40\n2018,a,4,8,50\n2018,a,9,,7\n2019,a,0,3,0\n"
                    "2019,a,4,8,10\n2019,a,9,,6\n2018,b,9,,5\n2018,b,4,8,1\n2018,b,0,3,4\n2019,b,0,8,9\n"
                    "2019,b,9,,4\n2017,b,0,1,1\n");
    frem_index *names;
    assert_int_equal(frem_index_new(&names), FREM_OK);
    assert_int_equal(frem_index_add(names, "a", 1, NULL), FREM_OK);
    assert_int_equal(frem_index_add(names, "b", 1, NULL), FREM_OK);
    frem_reading reading = by_group(&s, 0, 9);
    reading.axes[0] = (frem_axis){.what = "region", .column = "region", .names = names, .count = 2};
    reading.axes[1] =
        (frem_axis){.what = "year", .column = "year", .first = 2018, .count = 2, .skip_others = true};
    reading.n_axes = 2;
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_OK);
    assert_close(sum(out, 4), 40, 1e-12);
    assert_close(sum(out + 4, 5), 50, 1e-12);
    assert_close(out[9], 7, 0);
    assert_close(sum(out + 10, 4), 0, 0);
    assert_close(sum(out + 14, 5), 10, 1e-12);
    assert_close(sum(out + 20, 4), 4, 1e-12);
    assert_close(sum(out + 24, 5), 1, 1e-12);
    assert_close(out[29], 5, 0);
    for (size_t a = 30; a < 39; a++)
        assert_close(out[a], 1, 1e-12); /* one group of nine ages with nine persons is a straight line */
    assert_close(out[39], 4, 0);
    sample_close(&s);
    frem_index_free(names);
}

/* Every age group of every municipality and year of the shipped population keeps its count. */
static void shipped_population(void **state) {
    (void)state;
    static const int first[] = {0, 6, 17, 20, 35, 65, 80, 81};
    enum { REGIONS = 98, YEARS = 25, GROUPS = 7, AGES = 81 };
    frem_diags *diags;
    frem_sources *sources;
    frem_index *names;
    const frem_source *source;
    frem_table *table;
    double *groups = calloc(REGIONS * YEARS * 81, sizeof *groups);
    double *ages = calloc(REGIONS * YEARS * AGES, sizeof *ages);
    assert_int_equal(frem_diags_new(&diags), FREM_OK);
    assert_int_equal(frem_sources_new(&sources, NULL, 0, NULL), FREM_OK);
    assert_int_equal(
        frem_sources_open(sources, FREM_SOURCE_DIR "/data/denmark/population.csv", diags, &source), FREM_OK);
    assert_int_equal(frem_table_read(source, diags, &table), FREM_OK);
    assert_int_equal(frem_table_rows(table), REGIONS * YEARS * GROUPS);
    assert_int_equal(frem_table_distinct(table, "municipality", NULL, 0, ASKED, diags, &names), FREM_OK);
    assert_int_equal(frem_index_count(names), REGIONS);
    frem_reading reading = {
        .table = table,
        .asked_at = ASKED,
        .says_outside = true,
        .axes = {{.what = "region", .column = "municipality", .names = names, .count = REGIONS},
                 {.what = "year", .column = "year", .first = 2016, .count = YEARS},
                 {.what = "age", .column = "age_from", .count = 81}},
        .n_axes = 3,
        .columns = {"persons"},
        .n_columns = 1,
        .has_outside = true};
    assert_int_equal(frem_reading_fill(&reading, diags, groups), FREM_OK);
    reading.n_axes = 2;
    reading.has_outside = false;
    reading.age_form = FREM_AGE_GROUPS;
    reading.age_column = "age_from";
    reading.age_to_column = "age_to";
    reading.ages = AGES;
    assert_int_equal(frem_reading_fill(&reading, diags, ages), FREM_OK);
    for (size_t cell = 0; cell < REGIONS * YEARS; cell++) {
        for (size_t g = 0; g < GROUPS; g++)
            assert_close(sum(ages + cell * AGES + first[g], (size_t)(first[g + 1] - first[g])),
                         groups[cell * 81 + (size_t)first[g]], 1e-9);
        for (size_t a = 0; a < AGES; a++)
            assert_true(ages[cell * AGES + a] >= 0);
    }
    assert_close(groups[2 * 81], 45519, 0); /* municipality 101, 2018, ages 0-5 */
    free(groups);
    free(ages);
    frem_index_free(names);
    frem_table_free(table);
    frem_sources_free(sources);
    frem_diags_free(diags);
}

/* Rows of the same group add up before they are spread: women and men of a table with a sex column. */
static void groups_add_up(void **state) {
    (void)state;
    sample s;
    double out[4];
    sample_good(&s, "sex,from,to,persons\nk,0,1,3\nm,0,1,5\nk,2,3,4\nm,2,3,4\n");
    frem_reading reading = by_group(&s, 0, 3);
    reading.add = true;
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_OK);
    for (size_t a = 0; a < 4; a++)
        assert_close(out[a], 4, 1e-12); /* 3 + 5 persons on 2 ages, and 4 + 4 on 2 */
    reading.add = false;
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_INVALID);
    assert_int_equal(frem_diags_count(s.diags), 2);
    char *text = frem_diag_text(frem_diags_at(s.diags, 0), FREM_EN);
    assert_text(text, "t.csv:3:1: error: a second row for age 0-1\nhint: the first is at line 2; they must "
                      "differ in a key, or be separated by a filter");
    free(text);
    sample_close(&s);
}

static void groups_must_tile(void **state) {
    (void)state;
    sample s;
    double out[80];
    sample_good(&s, "kind,from,to,persons\na,0,5,1\na,7,16,2\na,16,79,3\n");
    frem_reading reading = by_group(&s, 0, 79);
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_INVALID);
    assert_problems(s.diags,
                    "t.csv:3:3: error: no age group covers age 6 for persons, between 0-5 and 7-16\n"
                    "hint: the group 0-5 is at line 2",
                    "t.csv:4:3: error: the age groups 7-16 and 16-79 overlap for persons\n"
                    "hint: the group 7-16 is at line 3");
    sample_close(&s);
    sample_good(&s, "kind,from,to,persons\na,80,,1\na,85,89,2\n");
    reading = by_group(&s, 80, 89);
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_INVALID);
    assert_problems(s.diags, "t.csv:3:3: error: the age groups 80+ and 85-89 overlap for persons\n"
                             "hint: the group 80+ is at line 2");
    sample_close(&s);
}

static void bad_groups(void **state) {
    (void)state;
    sample s;
    double out[10];
    sample_good(&s, "from,to,persons\n0,4,10\n9,5,1\n,7,1\n5,151,1\n-1,3,2\n");
    frem_reading reading = by_group(&s, 0, 9);
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_INVALID);
    assert_problems(s.diags, "t.csv:3:3: error: the group ends at age 5, before its first age 9",
                    "t.csv:4:1: error: missing cell: the key column 'from' is empty here",
                    "t.csv:5:3: error: age 151 is outside 0..150",
                    "t.csv:6:1: error: age -1 is outside 0..150");
    sample_close(&s);
    sample_good(&s, "from,to,persons\n0,4,10\n5,9,-3\n");
    reading = by_group(&s, 0, 9);
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_INVALID);
    assert_problems(s.diags,
                    "t.csv:3:5: error: -3 is negative; persons of an age group can't be spread to single "
                    "ages so");
    sample_close(&s);
}

static void ages_outside_the_array(void **state) {
    (void)state;
    sample s;
    double out[6];
    sample_good(&s, "from,to,persons\n0,3,8\n4,7,8\n8,,5\n");
    frem_reading reading = by_group(&s, 2, 6);
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_INVALID);
    assert_problems(s.diags, "t.csv:2:1: error: age 0-3 is outside the ages 2-6 that are read here",
                    "t.csv:3:1: error: age 4-7 is outside the ages 2-6 that are read here",
                    "t.csv:4:1: error: age 8+ is outside the ages 2-6 that are read here");
    reading.ages_outside_skip = true;
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_OK);
    for (size_t a = 0; a < 5; a++)
        assert_close(out[a], 2, 1e-12); /* 8 persons on 4 ages, twice: a straight line */
    sample_close(&s);
    sample_good(&s, "from,to,persons\n3,4,8\n");
    reading = by_group(&s, 1, 6);
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_INVALID);
    assert_problems(s.diags, "s.yaml:7:3: error: t.csv has no row for age 1-2; age 5-6\n"
                             "hint: if a missing row means zero, write `outside: 0`");
    reading.has_outside = true;
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_OK);
    assert_close(sum(out, 6), 8, 0);
    assert_close(out[2], 4, 1e-12);
    sample_close(&s);
}

static void open_group_by_shares(void **state) {
    (void)state;
    sample s;
    double out[6];
    const double shares[] = {0.5, 0.3, 0.2};
    sample_good(&s, "from,to,persons\n79,79,10\n80,,200\n");
    frem_reading reading = by_group(&s, 79, 84);
    reading.open_shares = shares;
    reading.n_open_shares = 3;
    reading.open_first = 80;
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_OK);
    const double spread[] = {10, 100, 60, 40, 0, 0}; /* 200 * 0.5, 0.3, 0.2; no one beyond */
    for (size_t a = 0; a < 6; a++)
        assert_close(out[a], spread[a], 1e-12);
    /* the array ends at 81, itself an open group: it takes 60 + 40 */
    reading.ages = 3;
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_OK);
    assert_close(out[1], 100, 1e-12);
    assert_close(out[2], 100, 1e-12);
    /* what is beyond is passed over: 60 of 200 stay at 81 */
    reading.ages_outside_skip = true;
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_OK);
    assert_close(out[2], 60, 1e-12);
    /* shares from 79 on: those of 80 and 81 are 0.3 and 0.2, kept to the sum: 200 * 3/5 and 2/5 */
    reading.ages_outside_skip = false;
    reading.open_first = 79;
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_OK);
    assert_close(out[0], 10, 0);
    assert_close(out[1], 120, 1e-12);
    assert_close(out[2], 80, 1e-12);
    sample_close(&s);
}

/* Shares whose products round: the group's sum is kept all the same. */
static void open_group_keeps_its_sum(void **state) {
    (void)state;
    sample s;
    double out[21], shares[21];
    for (size_t i = 0; i < 21; i++)
        shares[i] = 1.0 / 21;
    sample_good(&s, "from,to,persons\n80,,13281\n");
    frem_reading reading = by_group(&s, 80, 100);
    reading.open_shares = shares;
    reading.n_open_shares = 21;
    reading.open_first = 80;
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_OK);
    assert_close(sum(out, 21), 13281, 1e-9);
    assert_close(out[0], 13281.0 / 21, 1e-9);
    sample_close(&s);
}

static void open_group_without_shares(void **state) {
    (void)state;
    sample s;
    double out[6];
    const double shares[] = {0.5, 0.5};
    sample_good(&s, "from,to,persons\n80,,200\n");
    frem_reading reading = by_group(&s, 80, 84);
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_INVALID);
    reading.open_shares = shares;
    reading.n_open_shares = 2;
    reading.open_first = 81;
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_INVALID);
    reading.open_first = 78; /* 78 and 79: nothing from 80 on */
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_INVALID);
    assert_problems(
        s.diags,
        "t.csv:2:1: error: the open age group 80+ can't be spread to single ages without shares\n"
        "hint: give shares by single age from 80 on",
        "t.csv:2:1: error: the shares by age start at 81, after the first age of the open group 80+\n"
        "hint: give shares by single age from 80 on",
        "t.csv:2:1: error: the shares by age hold nothing for the open group 80+\n"
        "hint: give shares by single age from 80 on");
    reading = by_group(&s, 80, 80);
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_OK);
    assert_close(out[0], 200, 0);
    sample_close(&s);
}

static void levels_hold_for_every_age(void **state) {
    (void)state;
    sample s;
    double out[8];
    sample_good(&s, "from,to,persons\n60,62,0.8\n63,64,0.5\n65,,0.1\n");
    frem_reading reading = by_group(&s, 61, 67);
    reading.age_spread = FREM_SPREAD_LEVELS;
    reading.ages_outside_skip = true;
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_OK);
    const double want[] = {0.8, 0.8, 0.5, 0.5, 0.1, 0.1, 0.1};
    for (size_t a = 0; a < 7; a++)
        assert_close(out[a], want[a], 0);
    /* a level may be negative, and the open one needs no shares */
    sample_close(&s);
    sample_good(&s, "from,to,persons\n60,61,-0.5\n");
    reading = by_group(&s, 60, 61);
    reading.age_spread = FREM_SPREAD_LEVELS;
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_OK);
    assert_close(out[1], -0.5, 0);
    sample_close(&s);
}

static void single_ages(void **state) {
    (void)state;
    sample s;
    double out[4];
    sample_good(&s, "age,persons\n98,3\n100-,1\n97,4\n99,2\n");
    frem_reading reading = by_single_age(&s, 97, 100);
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_OK);
    for (size_t a = 0; a < 4; a++)
        assert_close(out[a], 4 - (double)a, 0);
    reading.ages = 3;
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_INVALID);
    assert_problems(s.diags, "t.csv:3:1: error: age 100+ is outside the ages 97-99 that are read here");
    reading.ages_outside_skip = true;
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_OK);
    sample_close(&s);
    /* a level for 100 and over holds for all higher ages */
    sample_good(&s, "age,persons\n99,0.25\n100+,0.5\n");
    reading = by_single_age(&s, 99, 102);
    reading.age_spread = FREM_SPREAD_LEVELS;
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_OK);
    assert_close(out[0], 0.25, 0);
    assert_close(out[3], 0.5, 0);
    sample_close(&s);
}

/* The ages once for each sex: 1 + 10, 2 + 20, 3 + 30 persons. */
static void ages_once_for_each_sex(void **state) {
    (void)state;
    sample s;
    double out[3];
    sample_good(&s, "sex,age,persons\nm,0,1\nm,1,2\nm,2,3\nf,0,10\nf,1,20\nf,2,30\n");
    frem_reading reading = by_single_age(&s, 0, 2);
    reading.add = true;
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_OK);
    for (size_t a = 0; a < 3; a++)
        assert_close(out[a], 11 * ((double)a + 1), 0);
    /* the first row of an age is the one that a second is held against */
    reading.add = false;
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_INVALID);
    assert_problems(s.diags,
                    "t.csv:5:1: error: a second row for age 0\nhint: the first is at line 2; they must "
                    "differ in a key, or be separated by a filter",
                    "t.csv:6:1: error: a second row for age 1\nhint: the first is at line 3; they must "
                    "differ in a key, or be separated by a filter",
                    "t.csv:7:1: error: a second row for age 2\nhint: the first is at line 4; they must "
                    "differ in a key, or be separated by a filter");
    sample_close(&s);
    /* groups from one age on are distinguished by where they end, whatever their order: 4 + 3 persons of 0-1, 5 of 0-2 */
    sample_good(&s, "from,to,persons\n0,1,4\n0,2,5\n0,1,3\n");
    reading = by_group(&s, 0, 2);
    reading.add = true;
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_INVALID);
    assert_int_equal(frem_diags_errors(s.diags), 1); /* one overlap, of 0-2 with 0-1 */
    sample_close(&s);
}

static void bad_single_ages(void **state) {
    (void)state;
    sample s;
    double out[4];
    sample_good(&s, "age,persons\n1,3\nTOT,1\n,4\n1.5,2\n151,1\n-,1\n");
    frem_reading reading = by_single_age(&s, 0, 3);
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_INVALID);
    const char *hint = "hint: an age is a whole number; 100- or 100+ is everybody from 100 on";
    char total[128], half[128], dash[128];
    snprintf(total, sizeof total, "t.csv:3:1: error: 'TOT' is not an age\n%s", hint);
    snprintf(half, sizeof half, "t.csv:5:1: error: '1.5' is not an age\n%s", hint);
    snprintf(dash, sizeof dash, "t.csv:7:1: error: '-' is not an age\n%s", hint);
    assert_problems(s.diags, total, "t.csv:4:1: error: missing cell: the key column 'age' is empty here",
                    half, "t.csv:6:1: error: age 151 is outside 0..150", dash);
    sample_close(&s);
    sample_good(&s, "age,persons\n0,3\n2,1\n2,1\n");
    reading = by_single_age(&s, 0, 3);
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_INVALID);
    reading.add = true;
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_INVALID);
    assert_problems(
        s.diags,
        "t.csv:4:1: error: a second row for age 2\nhint: the first is at line 3; they must differ "
        "in a key, or be separated by a filter",
        "s.yaml:7:3: error: t.csv has no row for age 1; age 3\n"
        "hint: if a missing row means zero, write `outside: 0`");
    sample_close(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(groups_keep_their_sums),
        cmocka_unit_test(shipped_population),
        cmocka_unit_test(every_cell_of_the_shipped_shape),
        cmocka_unit_test(groups_add_up),
        cmocka_unit_test(groups_must_tile),
        cmocka_unit_test(bad_groups),
        cmocka_unit_test(ages_outside_the_array),
        cmocka_unit_test(open_group_by_shares),
        cmocka_unit_test(open_group_keeps_its_sum),
        cmocka_unit_test(open_group_without_shares),
        cmocka_unit_test(levels_hold_for_every_age),
        cmocka_unit_test(single_ages),
        cmocka_unit_test(ages_once_for_each_sex),
        cmocka_unit_test(bad_single_ages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
