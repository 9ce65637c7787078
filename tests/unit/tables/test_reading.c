#include <stdio.h>

#include "unit/tables/sample.h"

static const frem_place ASKED = {"s.yaml", 7, 3};

/* Regions 461 and 420, in this order. */
static frem_index *regions(void) {
    frem_index *index;
    assert_int_equal(frem_index_new(&index), FREM_OK);
    assert_int_equal(frem_index_add(index, "461", 3, NULL), FREM_OK);
    assert_int_equal(frem_index_add(index, "420", 3, NULL), FREM_OK);
    return index;
}

/* persons by region (461, 420) and year (2018, 2019). */
static frem_reading by_region_and_year(sample *s, const frem_index *names) {
    return (frem_reading){.table = s->table,
                          .asked_at = ASKED,
                          .says_outside = true,
                          .axes = {{.what = "region", .column = "code", .names = names, .count = 2},
                                   {.what = "year", .column = "year", .first = 2018, .count = 2}},
                          .n_axes = 2,
                          .columns = {"persons"},
                          .n_columns = 1};
}

static void assert_values(const double *values, const double *want, size_t n) {
    for (size_t i = 0; i < n; i++)
        assert_close(values[i], want[i], 0);
}

static void keys_find_their_place(void **state) {
    (void)state;
    sample s;
    double out[4];
    frem_index *names = regions();
    sample_good(&s, "year,code,persons\n2019,461,4\n2018,420,1\n2019,420,2\n2018,461,3\n");
    frem_reading reading = by_region_and_year(&s, names);
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_OK);
    assert_values(out, (const double[]){3, 4, 1, 2}, 4);
    sample_close(&s);
    frem_index_free(names);
}

/* A key that is no name, an empty one, and years outside are errors, or passed over where the reading says so. */
static void unknown_keys(void **state) {
    (void)state;
    sample s;
    double out[4] = {-1, -1, -1, -1};
    frem_index *names = regions();
    sample_good(
        &s,
        "year,code,persons\n02018,461,1\n2018,641,2\n2018,9999,3\n2020,420,4\n,420,5\n2019,,5\n202,461,6\n");
    frem_reading reading = by_region_and_year(&s, names);
    reading.axes[0].list = "regions.csv";
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_INVALID);
    const char *const of_regions[] = {
        "t.csv:3:6: error: unknown region '641'\nhint: did you mean '461'?",
        "t.csv:4:6: error: unknown region '9999'\nhint: regions.csv has no such row; rows that the scenario "
        "does "
        "not need are passed over where it has them and `where` leaves them out",
        "t.csv:7:6: error: missing cell: the key column 'code' is empty here"};
    assert_problems(s.diags, of_regions[0], of_regions[1], of_regions[2],
                    "t.csv:5:1: error: year 2020 is outside 2018..2019",
                    "t.csv:6:1: error: missing cell: the key column 'year' is empty here",
                    "t.csv:8:1: error: year 202 is outside 2018..2019");
    assert_values(out, (const double[]){-1, -1, -1, -1}, 4);
    frem_diags *again;
    assert_int_equal(frem_diags_new(&again), FREM_OK);
    reading.axes[0].skip_unknown = true;
    reading.axes[1].skip_others = true;
    reading.has_outside = true;
    assert_int_equal(frem_reading_fill(&reading, again, out), FREM_INVALID);
    assert_problems(again, "t.csv:6:1: error: missing cell: the key column 'year' is empty here",
                    "t.csv:8:1: error: year 202 is outside 1800..2300");
    frem_diags_free(again);
    sample_close(&s);
    sample_good(&s, "year,code,persons\n2018,461,1\n2018,641,2\n2020,420,4\n");
    reading.table = s.table;
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_OK);
    assert_values(out, (const double[]){1, 0, 0, 0}, 4);
    sample_close(&s);
    frem_index_free(names);
}

/* What is surely meant is taken; what then occurs twice is a second row. */
static void keys_in_other_words(void **state) {
    (void)state;
    sample s;
    double out[4];
    frem_index *names = regions();
    sample_good(&s, "year,code,persons\n2018.0,0461,1\n 2019, 461 ,2\n2018,420.0,3\n02019,\xC2\xA0"
                    "00420,4\n");
    frem_reading reading = by_region_and_year(&s, names);
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_OK);
    assert_values(out, (const double[]){1, 2, 3, 4}, 4);
    sample_close(&s);
    sample_good(&s, "year,code,persons\n2018,461,1\n2019,461,2\n2018,420,3\n2019,420,4\n2018, 0461,5\n");
    reading.table = s.table;
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_INVALID);
    assert_problems(s.diags,
                    "t.csv:6:1: error: a second row for region 461, year 2018\nhint: the first is at line 2; "
                    "they must differ in a key, or be separated by a filter");
    sample_close(&s);
    frem_index_free(names);
}

/* Names after the dimension's own are known, and passed over or errors. */
static void known_names_of_others(void **state) {
    (void)state;
    sample s;
    double out[4];
    frem_index *names = regions();
    assert_int_equal(frem_index_add(names, "\xC3\x86r\xC3\xB8", 6, NULL), FREM_OK);
    sample_good(
        &s, "year,code,persons\n2018,461,1\n2019,461,2\n2018,420,3\n2019,420,4\n2018,\xC3\xA6R\xC3\x98 ,5\n");
    frem_reading reading = by_region_and_year(&s, names);
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_INVALID);
    assert_int_equal(frem_diags_count(s.diags), 1);
    reading.axes[0].skip_others = true;
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_OK);
    assert_values(out, (const double[]){1, 2, 3, 4}, 4);
    sample_close(&s);
    frem_index_free(names);
}

/* Sexes in Danish, English and StatBank's codes are two; one that no one has is said where the table is asked for. */
static void sexes_in_words(void **state) {
    (void)state;
    static const char *const pairs[][2] = {
        {"kvinder", "m\xC3\xA6nd"}, {"Kvinde", "Mand"}, {"K", "M"},    {"2", "1"},      {"f", "m"},
        {"female", "male"},         {"Women", "men"},   {"2.0", "01"}, {" F ", "MALES"}};
    double out[2];
    frem_index *both, *one;
    assert_int_equal(frem_index_new(&both), FREM_OK);
    assert_int_equal(frem_index_add(both, "f", 1, NULL), FREM_OK);
    assert_int_equal(frem_index_new(&one), FREM_OK);
    assert_int_equal(frem_index_add(one, "f", 1, NULL), FREM_OK);
    assert_int_equal(frem_index_add(both, "m", 1, NULL), FREM_OK);
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        sample s;
        char text[100];
        snprintf(text, sizeof text, "sex,persons\n%s,7\n%s,9\n", pairs[i][1], pairs[i][0]);
        sample_good(&s, text);
        frem_reading reading = {
            .table = s.table, .asked_at = ASKED, .n_axes = 1, .columns = {"persons"}, .n_columns = 1};
        reading.axes[0] =
            (frem_axis){.what = "sex", .column = "sex", .names = both, .count = 2, .kind = FREM_KEYS_SEXES};
        assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_OK);
        assert_values(out, (const double[]){9, 7}, 2);
        reading.axes[0].names = one;
        reading.axes[0].count = 1;
        assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_INVALID);
        assert_int_equal(frem_diags_count(s.diags), 1);
        assert_int_equal(frem_diags_at(s.diags, 0)->place.line, ASKED.line);
        sample_close(&s);
    }
    frem_index_free(both);
    frem_index_free(one);
}

/* Thousands in disguise are asked about once a column, and not where the column has decimals of another kind. */
static void thousands_in_disguise(void **state) {
    (void)state;
    static const struct {
        const char *text, *problem;
    } cases[] = {
        {"code,year,persons\n461,2018,950\n461,2019,1.234\n420,2018,12.500\n420,2019,870\n",
         "t.csv:3:10: warning: column 'persons': is '1.234' the number 1234 or 1.2340? Cells of this kind: "
         "2\n"
         "hint: write them like `1234` or like `1.2340`"},
        {"code;year;persons\n461;2018;950\n461;2019;1,850\n420;2018;2\n420;2019;870\n",
         "t.csv:3:10: warning: column 'persons': is '1,850' the number 1850 or 1,85? Cells of this kind: 1\n"
         "hint: write them like `1850` or like `1,85`"},
        {"code,year,persons\n461,2018,0.950\n461,2019,1.234\n420,2018,12.500\n420,2019,870\n", NULL},
        {"code,year,persons\n461,2018,1950.250\n461,2019,1.234\n420,2018,12.500\n420,2019,870\n", NULL},
        {"code,year,persons\n461,2018,1.5\n461,2019,1.234\n420,2018,12.500\n420,2019,870\n", NULL},
        {"code,year,persons\n461,2018,1\n461,2019,1234\n420,2018,12500\n420,2019,870\n", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sample s;
        double out[4];
        frem_index *names = regions();
        sample_good(&s, cases[i].text);
        frem_reading reading = by_region_and_year(&s, names);
        assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_OK);
        assert_int_equal(frem_diags_count(s.diags), 0);
        reading.counts = true;
        for (int again = 0; again < 2; again++)
            assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_OK);
        assert_int_equal(frem_diags_count(s.diags), cases[i].problem != NULL);
        if (cases[i].problem != NULL)
            assert_problems(s.diags, cases[i].problem);
        sample_close(&s);
        frem_index_free(names);
    }
}

static void double_keys(void **state) {
    (void)state;
    sample s;
    double out[4];
    frem_index *names = regions();
    sample_good(
        &s, "code,year,persons\n461,2018,1\n461,2019,2\n420,2018,3\n461,2018,10\n420,2019,4\n461,2018,100\n");
    frem_reading reading = by_region_and_year(&s, names);
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_INVALID);
    assert_problems(
        s.diags,
        "t.csv:5:1: error: a second row for region 461, year 2018\nhint: the first is at line 2; they "
        "must differ in a key, or be separated by a filter",
        "t.csv:7:1: error: a second row for region 461, year 2018\nhint: the first is at line 2; they "
        "must differ in a key, or be separated by a filter");
    reading.add = true;
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_OK);
    assert_values(out, (const double[]){111, 2, 3, 4}, 4);
    sample_close(&s);
    frem_index_free(names);
}

static void missing_rows(void **state) {
    (void)state;
    sample s;
    double out[12];
    frem_index *names = regions();
    sample_good(&s, "code,year,persons\n461,2018,1\n461,2019,2\n420,2019,3\n");
    frem_reading reading = by_region_and_year(&s, names);
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_INVALID);
    reading.axes[1].first = 2017; /* 2017..2022 for two regions are 12; three are there */
    reading.axes[1].count = 6;
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_INVALID);
    assert_problems(
        s.diags,
        "s.yaml:7:3: error: t.csv has no row for region 420, year 2018\n"
        "hint: if a missing row means zero, write `outside: 0`",
        "s.yaml:7:3: error: t.csv has no row for region 461, year 2017; region 461, year 2020; region "
        "461, year 2021, and 6 more\nhint: if a missing row means zero, write `outside: 0`");
    reading.has_outside = true;
    reading.outside = -7;
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_OK);
    assert_values(out, (const double[]){-7, 1, 2, -7, -7, -7, -7, -7, 3, -7, -7, -7}, 12);
    sample_close(&s);
    frem_index_free(names);
}

/* An empty cell is missing, unless the reading says what is outside the table. */
static void empty_cells(void **state) {
    (void)state;
    sample s;
    double out[4];
    frem_index *names = regions();
    sample_good(&s, "code,year,persons,fte\n461,2018,1,2\n461,2019,,2\n420,2018,3,\n420,2019,4,2\n");
    frem_reading reading = by_region_and_year(&s, names);
    reading.columns[1] = "fte";
    reading.n_columns = 2;
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_INVALID);
    const char *hint =
        "hint: write the number, or say in the scenario what an empty cell means, as `outside: 0`";
    char first[256], second[256];
    snprintf(first, sizeof first, "t.csv:3:10: error: missing cell: column 'persons' is empty here\n%s",
             hint);
    snprintf(second, sizeof second, "t.csv:4:12: error: missing cell: column 'fte' is empty here\n%s", hint);
    assert_problems(s.diags, first, second);
    reading.has_outside = true;
    reading.outside = 9;
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_OK);
    assert_values(out, (const double[]){2, 9, 9, 8}, 4);
    sample_close(&s);
    frem_index_free(names);
}

static double one_value(sample *s, frem_row_value row_value, size_t n_columns) {
    double out = -1;
    frem_reading reading = {.table = s->table,
                            .asked_at = ASKED,
                            .columns = {"a", "b", "c"},
                            .n_columns = n_columns,
                            .row_value = row_value};
    assert_int_equal(frem_reading_fill(&reading, s->diags, &out), FREM_OK);
    return out;
}

static void columns_make_a_value(void **state) {
    (void)state;
    sample s;
    sample_good(&s, "a,b,c\n3,4,5\n");
    assert_close(one_value(&s, FREM_ROW_PRODUCT, 1), 3, 0);
    assert_close(one_value(&s, FREM_ROW_PRODUCT, 3), 60, 0); /* 3 * 4 * 5 */
    assert_close(one_value(&s, FREM_ROW_SUM, 3), 12, 0);     /* 3 + 4 + 5 */
    assert_close(one_value(&s, FREM_ROW_RATIO, 2), 0.75, 0); /* 3 / 4 */
    sample_close(&s);
    sample_good(&s, "a,b,c\n0,0,5\n");
    assert_close(one_value(&s, FREM_ROW_RATIO, 2), 0, 0);
    sample_close(&s);
}

static void values_that_are_none(void **state) {
    (void)state;
    sample s;
    double out;
    sample_good(&s, "a,b,c\n3,0,1e10\n");
    frem_reading ratio = {.table = s.table,
                          .asked_at = ASKED,
                          .columns = {"a", "b"},
                          .n_columns = 2,
                          .row_value = FREM_ROW_RATIO};
    frem_reading product = {.table = s.table, .asked_at = ASKED, .columns = {"c", "c"}, .n_columns = 2};
    assert_int_equal(frem_reading_fill(&ratio, s.diags, &out), FREM_INVALID);
    assert_int_equal(frem_reading_fill(&product, s.diags, &out), FREM_INVALID);
    assert_problems(s.diags, "t.csv:2:3: error: 'a' is divided by 'b', which is 0 here",
                    "t.csv:2:5: error: the value that column 'c' makes here is too large to count "
                    "with\nhint: numbers go up to 1e15");
    sample_close(&s);
}

/* All unknown columns and bad numbers of a reading are reported at once. */
static void unknown_columns(void **state) {
    (void)state;
    sample s;
    double out[4];
    frem_index *names = regions();
    sample_good(&s, "code,aar,persons\n461,2018,x\n");
    frem_reading reading = by_region_and_year(&s, names);
    frem_filter filter = {"status", "observed", {"s.yaml", 8, 9}, false};
    reading.filters = &filter;
    reading.n_filters = 1;
    reading.columns[1] = "person";
    reading.column_places[1] = (frem_place){"s.yaml", 9, 11};
    reading.n_columns = 2;
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_INVALID);
    assert_problems(
        s.diags, "s.yaml:8:9: error: t.csv has no column 'status' (it has code, aar, persons)",
        "s.yaml:7:3: error: t.csv has no column 'year' (it has code, aar, persons)",
        "t.csv:2:10: error: persons: 'x' is not a number\nhint: write it like 1122, 0.74 or 1.5e3",
        "s.yaml:9:11: error: t.csv has no column 'person' (it has code, aar, persons)\n"
        "hint: did you mean 'persons'?");
    sample_close(&s);
    frem_index_free(names);
}

static void filters_choose_rows(void **state) {
    (void)state;
    sample s;
    double out[4] = {0};
    frem_index *names = regions();
    sample_good(
        &s, "code,year,kind,persons\n461,2018,a,1\n461,2018,b,2\n461,2019,b,3\n420,2018,b,4\n420,2019,b,5\n");
    frem_reading reading = by_region_and_year(&s, names);
    frem_filter filter = {"kind", "b", {"s.yaml", 8, 9}, false};
    reading.filters = &filter;
    reading.n_filters = 1;
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_OK);
    assert_values(out, (const double[]){2, 3, 4, 5}, 4);
    filter.value = "bb";
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_INVALID);
    assert_problems(s.diags, "s.yaml:8:9: error: t.csv has no row where 'kind' is 'bb'\n"
                             "hint: 'kind' is one of a, b");
    reading.has_outside = true;
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_OK);
    assert_values(out, (const double[]){0, 0, 0, 0}, 4);
    sample_close(&s);
    frem_index_free(names);
}

/* A dimension that the table does not have: its values hold for every key. */
static void dimension_without_a_column(void **state) {
    (void)state;
    sample s;
    double out[8];
    frem_index *names = regions();
    sample_good(&s, "code,year,persons\n461,2018,1\n461,2019,2\n420,2018,3\n420,2019,4\n");
    frem_reading reading = by_region_and_year(&s, names);
    reading.axes[2] = reading.axes[1];
    reading.axes[1] = (frem_axis){.what = "sex", .count = 2};
    reading.n_axes = 3;
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_OK);
    assert_values(out, (const double[]){1, 2, 1, 2, 3, 4, 3, 4}, 8);
    sample_close(&s);
    frem_index_free(names);
}

static void many_problems_in_one_column(void **state) {
    (void)state;
    sample s;
    double out[4];
    char text[512] = "code,year,persons\n";
    for (int i = 0; i < 23; i++)
        strcat(text, "999,2018,1\n");
    frem_index *names = regions();
    sample_good(&s, text);
    frem_reading reading = by_region_and_year(&s, names);
    assert_int_equal(frem_reading_fill(&reading, s.diags, out), FREM_INVALID);
    assert_int_equal(frem_diags_count(s.diags), 21);
    char *last = frem_diag_text(frem_diags_at(s.diags, 20), FREM_DA);
    assert_text(last, "t.csv:22:1: error: og 3 flere fejl af samme slags i kolonnen 'code', herfra og ned");
    free(last);
    sample_close(&s);
    frem_index_free(names);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_find_their_place),
        cmocka_unit_test(unknown_keys),
        cmocka_unit_test(thousands_in_disguise),
        cmocka_unit_test(keys_in_other_words),
        cmocka_unit_test(known_names_of_others),
        cmocka_unit_test(sexes_in_words),
        cmocka_unit_test(double_keys),
        cmocka_unit_test(missing_rows),
        cmocka_unit_test(empty_cells),
        cmocka_unit_test(columns_make_a_value),
        cmocka_unit_test(values_that_are_none),
        cmocka_unit_test(unknown_columns),
        cmocka_unit_test(filters_choose_rows),
        cmocka_unit_test(dimension_without_a_column),
        cmocka_unit_test(many_problems_in_one_column),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
