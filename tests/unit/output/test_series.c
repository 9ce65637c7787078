/* Wide tables of the results. */
#include "unit/output/folder.h"

#include "output/tables/series.h"

static const char *const west[] = {"west"}, *const sides[] = {"west", "east"};

/* What was handed over, one line a table. */
typedef struct seen {
    char text[4096];
    size_t n, tables;
} seen;

static void say(seen *to, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void say(seen *to, const char *format, ...) {
    va_list args;
    va_start(args, format);
    int n = vsnprintf(to->text + to->n, sizeof to->text - to->n, format, args);
    va_end(args);
    assert_true(n >= 0 && (size_t)n < sizeof to->text - to->n);
    to->n += (size_t)n;
}

static frem_status see(void *context, const frem_wide *table) {
    seen *to = context;
    say(to, "%s %d+%zu", table->file, table->first_year, table->n_years);
    for (size_t c = 0; c < table->n_columns; c++) {
        say(to, " %s/%s", table->columns[c], table->units[c]);
        for (size_t y = 0; y < table->n_years; y++) {
            double number = table->numbers[c * table->n_years + y];
            if (isnan(number))
                say(to, y > 0 ? ",-" : "=-");
            else
                say(to, y > 0 ? ",%g" : "=%g", number);
        }
    }
    say(to, "\n");
    to->tables++;
    return FREM_OK;
}

/* @param run NULL: the one scenario of the rows, without groups. */
static void expect(const small_row *rows, size_t n, const frem_run *run, const char *expected) {
    frem_frame *frame = small_frame(rows, n);
    const frem_run own = {.name = rows[0].scenario, .variant = rows[0].variant};
    const frem_document document = {
        .results = frame, .scenarios = run != NULL ? run : &own, .n_scenarios = 1};
    seen is = {.n = 0};
    assert_int_equal(frem_series_each(&document, see, &is), FREM_OK);
    assert_text(is.text, expected);
    frem_frame_free(frame);
}

static const frem_run one_group = {.name = "s", .variant = "base", .groups = west, .n_groups = 1};
static const frem_run two_groups = {.name = "s", .variant = "base", .groups = sides, .n_groups = 2};

#define ROW(year, region, profession, sector, measure, value)                                                \
    { "s", "base", year, region, profession, sector, measure, "point", "fte", value }

static void measures_of_the_region_to_show(void **state) {
    (void)state;
    static const small_row rows[] = {
        ROW(2020, "1", "p", "all", "supply", 1),    ROW(2020, "west", "p", "all", "supply", 2),
        ROW(2020, "west", "p", "job", "supply", 9), ROW(2020, "all", "p", "all", "supply", 3),
        ROW(2021, "1", "p", "all", "supply", 4),    ROW(2021, "west", "p", "all", "supply", 5),
        ROW(2021, "west", "p", "all", "exits", 6),  ROW(2021, "all", "p", "all", "supply", 7),
    };
    /* One group is what people look at; of several they look at all. */
    expect(rows, 8, &one_group, "series/s-base-p.csv 2020+2 supply/fte=2,5 exits/fte=-,6\n");
    expect(rows, 8, &two_groups, "series/s-base-p.csv 2020+2 supply/fte=3,7\n");
    expect(rows, 8, NULL, "series/s-base-p.csv 2020+2 supply/fte=3,7\n");
}

static void gaps_stand_side_by_side(void **state) {
    (void)state;
    static const small_row rows[] = {
        ROW(2020, "2", "q", "all", "gap", 1),    ROW(2020, "1", "q", "all", "gap", 2),
        ROW(2020, "all", "q", "all", "gap", 3),  ROW(2020, "all", "p", "all", "gap", 4),
        ROW(2020, "all", "r", "all", "cost", 5),
    };
    expect(rows, 5, NULL,
           "series/s-base-q.csv 2020+1 gap/fte=3\n"
           "series/s-base-p.csv 2020+1 gap/fte=4\n"
           "series/s-base-r.csv 2020+1 cost/fte=5\n"
           "series/s-base-gap.csv 2020+1 q/fte=3 p/fte=4\n"
           "series/s-base-q-gap-by-region.csv 2020+1 2/fte=1 1/fte=2 all/fte=3\n");
}

static void uncertain_results_show_their_middle(void **state) {
    (void)state;
    static const small_row rows[] = {
        {"s", "v", 2020, "all", "p", "all", "gap", "mean", "fte", 1},
        {"s", "v", 2020, "all", "p", "all", "gap", "p95", "fte", 2},
        {"s", "v", 2020, "all", "p", "all", "gap", "p50", "fte", 3},
        {"s", "v", 2020, "all", "p", "all", "gap", "point", "fte", 4},
    };
    expect(rows, 2, NULL, "series/s-v-p.csv 2020+1 gap/fte=1\n");
    expect(rows, 3, NULL, "series/s-v-p.csv 2020+1 gap/fte=3\n");
    expect(rows, 4, NULL, "series/s-v-p.csv 2020+1 gap/fte=4\n");
}

/* Names are cut at whole characters, and two that come out alike get endings. */
static void long_names_still_tell_tables_apart(void **state) {
    (void)state;
    char name[304] = "";
    for (size_t i = 0; i < 150; i++)
        (void)strcat(name, "ø");
    const small_row rows[] = {
        {name, "base", 2020, "all", "p", "all", "gap", "point", "fte", 1},
        {name, "base", 2020, "all", "p/", "all", "gap", "point", "fte", 1},
        {name, "base", 2020, "all", "p:", "all", "gap", "point", "fte", 1},
    };
    char expected[2048] = "", cut[128] = "";
    for (size_t i = 0; i < 40; i++)
        (void)strcat(cut, "ø");
    (void)snprintf(expected, sizeof expected,
                   "series/%s-base-p.csv 2020+1 gap/fte=1\nseries/%s-base-p_.csv 2020+1 gap/fte=1\n"
                   "series/%s-base-p_-2.csv 2020+1 gap/fte=1\nseries/%s-base-gap.csv 2020+1 p/fte=1 "
                   "p//fte=1 p:/fte=1\n",
                   cut, cut, cut, cut);
    expect(rows, 3, NULL, expected);
}

static void files_have_empty_cells_and_the_decimal_asked_for(void **state) {
    (void)state;
    static const small_row rows[] = {
        ROW(2020, "all", "p", "all", "supply", 0.5),
        ROW(2021, "all", "p", "all", "a;\"b\"", -1.25),
    };
    frem_frame *frame = small_frame(rows, 2);
    const frem_run run = {.name = "s", .variant = "base"};
    const frem_document document = {.results = frame, .scenarios = &run, .n_scenarios = 1};
    frem_stage *stage = NULL;
    assert_int_equal(frem_stage_open(&stage, "out", NULL), FREM_OK);
    assert_int_equal(frem_write_series(&document, FREM_DECIMAL_COMMA, stage), FREM_OK);
    char *path = frem_stage_path(stage, "series/s-base-p.csv");
    assert_non_null(path);
    assert_file(path, "\xEF\xBB\xBF"
                      "year;supply;\"a;\"\"b\"\"\"\n2020;0,500000;\n2021;;-1,250000\n");
    free(path);
    frem_stage_discard(stage);
    frem_frame_free(frame);
}

static void practicum_has_none(void **state) {
    (void)state;
    seen is = {.n = 0};
    const frem_document document = {.kind = FREM_TABLE_PRACTICUM};
    assert_int_equal(frem_series_each(&document, see, &is), FREM_OK);
    assert_int_equal(is.tables, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measures_of_the_region_to_show),
        cmocka_unit_test(gaps_stand_side_by_side),
        cmocka_unit_test(uncertain_results_show_their_middle),
        cmocka_unit_test(long_names_still_tell_tables_apart),
        cmocka_unit_test_setup_teardown(files_have_empty_cells_and_the_decimal_asked_for, folder_enter,
                                        folder_leave),
        cmocka_unit_test(practicum_has_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
