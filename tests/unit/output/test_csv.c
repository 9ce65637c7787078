#include "unit/output/small.h"

#include <unistd.h>

#include "output/write.h"
#include "publish/sink.h"

static const small_row rows[] = {
    {"skole", "base", 2018, "461", "paedagog", "all", "supply", "point", "fte", 20977.0},
    {"skole", "base", 2018, "461", "paedagog", "all", "coverage", "point", "ratio", 2.0 / 3.0},
    {"skole", "base", 2018, "Syd, øst", "paedagog", "0-5 \"små\"", "gap", "point", "fte", -1234.5},
    {"skole", "base", 2019, " bred ", "a\nb", "x;y", "=1+1", "-2", "", -0.0000001},
};

/** The frame as the writer gives it. @return Owned by the caller. */
static char *written(const frem_frame *frame, frem_decimal decimal) {
    char path[] = "/tmp/frem-csv-XXXXXX";
    const int fd = mkstemp(path);
    assert_true(fd >= 0);
    frem_sink *sink = NULL;
    assert_int_equal(frem_sink_fd(&sink, fd, FREM_SINK_OWNS), FREM_OK);
    assert_int_equal(frem_write_csv(frame, decimal, sink), FREM_OK);
    assert_int_equal(frem_sink_close(sink, NULL, NULL, NULL), FREM_OK);
    char *text = small_read(path);
    assert_int_equal(unlink(path), 0);
    return text;
}

static void the_whole_table_with_points(void **state) {
    (void)state;
    frem_frame *frame = small_frame(rows, sizeof rows / sizeof *rows);
    char *text = written(frame, FREM_DECIMAL_POINT);
    /* -1234.5 has an exact half; -0.0000001 rounds to 0, which has no sign */
    assert_text(text, "scenario,variant,year,region,profession,sector,measure,statistic,unit,value\n"
                      "skole,base,2018,461,paedagog,all,supply,point,fte,20977.000000\n"
                      "skole,base,2018,461,paedagog,all,coverage,point,ratio,0.666667\n"
                      "skole,base,2018,\"Syd, øst\",paedagog,\"0-5 \"\"små\"\"\",gap,point,fte,-1234.500000\n"
                      "skole,base,2019,\" bred \",\"a\nb\",x;y,=1+1,-2,,0.000000\n");
    free(text);
    frem_frame_free(frame);
}

static void the_whole_table_for_a_danish_spreadsheet(void **state) {
    (void)state;
    frem_frame *frame = small_frame(rows, sizeof rows / sizeof *rows);
    char *text = written(frame, FREM_DECIMAL_COMMA);
    assert_text(text,
                "\xEF\xBB\xBFscenario;variant;year;region;profession;sector;measure;statistic;unit;value\n"
                "skole;base;2018;461;paedagog;all;supply;point;fte;20977,000000\n"
                "skole;base;2018;461;paedagog;all;coverage;point;ratio;0,666667\n"
                "skole;base;2018;Syd, øst;paedagog;\"0-5 \"\"små\"\"\";gap;point;fte;-1234,500000\n"
                "skole;base;2019;\" bred \";\"a\nb\";\"x;y\";=1+1;-2;;0,000000\n");
    free(text);
    frem_frame_free(frame);
}

static void a_table_without_rows_has_its_header(void **state) {
    (void)state;
    frem_frame *frame = small_frame(NULL, 0);
    char *text = written(frame, FREM_DECIMAL_POINT);
    assert_text(text, "scenario,variant,year,region,profession,sector,measure,statistic,unit,value\n");
    free(text);
    frem_frame_free(frame);
}

static void marks_of_every_kind_are_quoted(void **state) {
    (void)state;
    static const char *const labels[][2] = {
        {"a,b", "\"a,b\""}, {"a\rb", "\"a\rb\""}, {"\"", "\"\"\"\""},       {"\ta", "\"\ta\""},
        {"a ", "\"a \""},   {"a b", "a b"},       {"@cmd", "@cmd"},         {"+1", "+1"},
        {"'a'", "'a'"},     {"æøå", "æøå"},       {"\"\"", "\"\"\"\"\"\""},
    };
    static const char *const names[] = {"a \"b\""};
    static const frem_column_kind kinds[] = {FREM_COLUMN_LABEL};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        frem_frame *frame = NULL;
        assert_int_equal(frem_frame_new(&frame, names, kinds, 1), FREM_OK);
        frem_cell cell;
        assert_int_equal(frem_frame_label(frame, 0, labels[i][0], &cell.label), FREM_OK);
        assert_int_equal(frem_frame_add(frame, &cell), FREM_OK);
        char expected[64];
        (void)snprintf(expected, sizeof expected, "\"a \"\"b\"\"\"\n%s\n", labels[i][1]);
        char *text = written(frame, FREM_DECIMAL_POINT);
        assert_text(text, expected);
        free(text);
        frem_frame_free(frame);
    }
}

static void whole_numbers_of_every_size_are_written(void **state) {
    (void)state;
    static const char *const names[] = {"age", "value"};
    static const frem_column_kind kinds[] = {FREM_COLUMN_WHOLE, FREM_COLUMN_NUMBER};
    const frem_cell lines[][2] = {{{.whole = INT32_MIN}, {.number = 1e15}},
                                  {{.whole = 0}, {.number = -0.0}},
                                  {{.whole = INT32_MAX}, {.number = 999999.9999999}}};
    frem_frame *frame = NULL;
    assert_int_equal(frem_frame_new(&frame, names, kinds, 2), FREM_OK);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(frem_frame_add(frame, lines[i]), FREM_OK);
    char *text = written(frame, FREM_DECIMAL_POINT);
    assert_text(text,
                "age,value\n-2147483648,1000000000000000.000000\n0,0.000000\n2147483647,1000000.000000\n");
    free(text);
    frem_frame_free(frame);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_whole_table_with_points),
        cmocka_unit_test(the_whole_table_for_a_danish_spreadsheet),
        cmocka_unit_test(a_table_without_rows_has_its_header),
        cmocka_unit_test(marks_of_every_kind_are_quoted),
        cmocka_unit_test(whole_numbers_of_every_size_are_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
