#include "unit/output/folder.h"

#include <math.h>

#include "output/html.h"
#include "output/report/report.h"
#include "output/report/writer.h"
#include "support/temp.h"

#define ROW(year, region, sector, measure, value)                                                            \
    { "s", "base", year, region, "p", sector, measure, "point", "fte", value }

static char *source_file(const char *name) {
    char *text = frem_temp_read(FREM_SOURCE_DIR "/src/output", name);
    assert_non_null(text);
    return text;
}

/** How often a word is in a text between two marks. */
static size_t count(const char *text, const char *before, const char *word, const char *after) {
    char wanted[128];
    size_t n = 0;
    (void)snprintf(wanted, sizeof wanted, "%s%s%s", before, word, after);
    for (const char *at = text; (at = strstr(at, wanted)) != NULL; at++)
        n++;
    return n;
}

static void both_languages_say_every_word(void **state) {
    (void)state;
    for (size_t i = 0; i < FREM_WORD_COUNT; i++) {
        const char *en = frem_report_word_text((frem_report_word)i, FREM_EN);
        const char *da = frem_report_word_text((frem_report_word)i, FREM_DA);
        assert_true(en[0] != '\0' && da[0] != '\0');
        /* what a sentence says, it says in both */
        static const char *const parts[] = {"year",      "n",       "d",    "base",      "last",   "list",
                                            "percent",   "values",  "all",  "what",      "before", "scenario",
                                            "statistic", "program", "unit", "reference", "file",   "measure"};
        for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
            if ((count(en, "{", parts[p], "}") > 0) != (count(da, "{", parts[p], "}") > 0))
                fail_msg("%s: only one language has {%s}", frem_report_word_key((frem_report_word)i),
                         parts[p]);
        }
    }
}

static void every_word_is_used(void **state) {
    (void)state;
    static const char *const files[] = {
        "report/page.html", "report/words.js",  "report/data.js",  "report/charts.js",
        "report/parts.js",  "report/table.js",  "report/sides.js", "report/page.js",
        "report/parts.c",   "report/figures.c", "report/report.c", "report/open.c",
        "report/sides.c",   "report/answer.c",  "report/focus.c",  "report/spread.js"};
    enum { FILES = sizeof files / sizeof *files };
    char *texts[FILES];
    for (size_t f = 0; f < FILES; f++)
        texts[f] = source_file(files[f]);
    for (size_t i = 0; i < FREM_WORD_COUNT; i++) {
        const char *key = frem_report_word_key((frem_report_word)i);
        size_t n = 0;
        for (size_t f = 0; f < FILES; f++)
            n += count(texts[f], "{{t:", key, "}}") + count(texts[f], "\"", key, "\"") +
                 count(texts[f], "words.", key, "") + count(texts[f], "FREM_WORD_", key, "");
        if (n == 0)
            fail_msg("nothing says %s", key);
    }
    for (size_t f = 0; f < FILES; f++)
        free(texts[f]);
}

static void assert_number(double value, unsigned shift, unsigned decimals, frem_lang lang,
                          const char *expected) {
    frem_text text = {0};
    frem_report_add_number(&text, value, shift, decimals, lang);
    assert_text(text.bytes, expected);
    frem_text_free(&text);
}

static void numbers_are_rounded_from_six_decimals(void **state) {
    (void)state;
    assert_number(1240.4, 0, 0, FREM_DA, "1.240");
    assert_number(1240.5, 0, 0, FREM_EN, "1,241");
    assert_number(-1234567.4, 0, 0, FREM_EN,
                  "\xE2\x88\x92"
                  "1,234,567");
    assert_number(2.675, 0, 2, FREM_DA, "2,68");                 /* the double is below 2.675 */
    assert_number(0.4999999, 0, 0, FREM_EN, "1");                /* the CSV says 0.500000 */
    assert_number(-0.4, 0, 0, FREM_EN, "0");                     /* no minus before nothing */
    assert_number(1.1355, 2, 1, FREM_DA, "113,6");               /* per cent */
    assert_number(1e15, 0, 0, FREM_EN, "1,000,000,000,000,000"); /* more digits than are counted exactly */
}

static void assert_html(const char *text, const char *expected) {
    frem_text out = {0};
    frem_html_add(&out, text);
    assert_text(out.bytes, expected);
    frem_text_free(&out);
}

static void text_cannot_leave_its_element(void **state) {
    (void)state;
    assert_html("<a href='x' title=\"y\">&amp;</a>",
                "&lt;a href=&#39;x&#39; title=&quot;y&quot;&gt;&amp;amp;&lt;/a&gt;");
    assert_html("a\nb\x1B[2J\xC2\x9B", "a b [2J ");
    assert_html("s\xC3\xB8n \xF0\x9F\x91\xA9 \xFF!", "s\xC3\xB8n \xF0\x9F\x91\xA9 \xEF\xBF\xBD!");
}

static void json_cannot_leave_its_script(void **state) {
    (void)state;
    json_t *json = json_string("</script><!-- & \xE2\x80\xA8\xE2\x80\xA9 \"\\ \xC3\xB8");
    frem_text out = {0};
    assert_int_equal(frem_html_add_json(&out, json), FREM_OK);
    assert_text(out.bytes, "\"\\u003c/script\\u003e\\u003c!-- \\u0026 \\u2028\\u2029 \\\"\\\\ \xC3\xB8\"");
    frem_text_free(&out);
    json_decref(json);
}

static void a_hash_is_as_the_policy_wants_it(void **state) {
    (void)state;
    frem_text out = {0};
    /* known: SHA-256 of nothing and of "abc" */
    frem_html_add_hash(&out, "", 0);
    assert_text(out.bytes, "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='");
    frem_text_free(&out);
    frem_html_add_hash(&out, "abc", 3);
    assert_text(out.bytes, "'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='");
    frem_text_free(&out);
}

/** Reads a file as Chart.js. */
static frem_status read_chart(const char *path, const char **said) {
    static char text[512];
    frem_text chart = {0};
    frem_diags *diags = NULL;
    assert_int_equal(frem_diags_new(&diags), FREM_OK);
    const frem_status status = frem_report_read_chart(path, &chart, diags);
    text[0] = '\0';
    if (frem_diags_count(diags) > 0) {
        char *found = frem_diag_text(frem_diags_at(diags, 0), FREM_EN);
        (void)snprintf(text, sizeof text, "%s", found);
        free(found);
    }
    *said = text;
    frem_diags_free(diags);
    frem_text_free(&chart);
    return status;
}

static void without_chart_js_the_package_is_named(void **state) {
    (void)state;
    const char *said = NULL;
    assert_int_equal(read_chart("nowhere.js", &said), FREM_MISSING_PART);
    assert_int_equal(frem_status_exit(FREM_MISSING_PART), 2);
    assert_text(
        said, "nowhere.js: error: the report needs Chart.js, which can't be used: No such file or directory\n"
              "hint: install the Debian package libjs-chart.js");
    assert_int_equal(read_chart(".", &said), FREM_MISSING_PART);
    static const char *const unfit[] = {"", "x = '</SCRIPT>'", "x = '<!--'", "a\r\nb", "\xFF"};
    for (size_t i = 0; i < sizeof unfit / sizeof *unfit; i++) {
        folder_put("chart.js", unfit[i]);
        assert_int_equal(read_chart("chart.js", &said), FREM_MISSING_PART);
    }
    folder_put("chart.js", "window.Chart = 1;");
    assert_int_equal(read_chart("chart.js", &said), FREM_OK);
}

static bool keep_all(const void *context, size_t row) {
    (void)context;
    (void)row;
    return true;
}

static void curves_have_their_values_by_year(void **state) {
    (void)state;
    static const char *const dims[] = {"region", "measure"};
    static const small_row rows[] = {
        ROW(2020, "a", "all", "gap", 1.5), ROW(2022, "a", "all", "gap", -0.0000004),
        ROW(2020, "b", "all", "gap", 1234567.123456), ROW(2021, "b", "all", "gap", 10.0)};
    frem_frame *frame = small_frame(rows, 4);
    frem_curves curves;
    const frem_curves_plan plan = {frame, frame, dims, 2, "year", keep_all, NULL, false};
    assert_int_equal(frem_curves_build(&curves, &plan), FREM_OK);
    assert_int_equal(curves.n, 2);
    double value = 0;
    assert_int_equal(frem_curves_find(&curves, (const uint32_t[]){1, 0}), 1);
    assert_true(frem_curves_value(&curves, 1, 2021, &value));
    assert_close(value, 10.0, 0);
    assert_false(frem_curves_value(&curves, 0, 2021, &value));
    assert_int_equal(frem_curves_find(&curves, (const uint32_t[]){2, 0}), -1);
    assert_int_equal(frem_curves_code(&curves, 1, 0), 1);
    frem_text text = {0};
    frem_report_add_curves(&curves, &text);
    assert_text(text.bytes, "\"first\":[2020,2020],\"values\":[[1.5,null,0],[1234567.123456,10]]");
    frem_text_free(&text);
    frem_curves_free(&curves);

    static const char *const lacking[] = {"region", "value"};
    const frem_curves_plan wrong = {frame, frame, lacking, 2, "year", keep_all, NULL, false};
    assert_int_equal(frem_curves_build(&curves, &wrong), FREM_DEFECT);
    frem_curves_free(&curves);
    frem_frame_free(frame);
}

/** n areas over 10 years with 4 main measures, 6 others and 10 sectors each, and the sum over areas. */
static frem_report_level level_of(size_t n_areas, size_t *kept, size_t *rows) {
    static const char *const measures[] = {"supply", "demand", "gap", "coverage", "a",
                                           "b",      "c",      "d",   "e",        "f"};
    const char **areas = calloc(n_areas + 1, sizeof *areas);
    small_row *made = calloc((n_areas + 1) * 200, sizeof *made);
    char(*names)[8] = calloc(n_areas, sizeof *names);
    assert_true(areas != NULL && made != NULL && names != NULL);
    size_t n = 0;
    for (size_t a = 0; a <= n_areas; a++) {
        if (a < n_areas) {
            (void)snprintf(names[a], sizeof names[a], "%05u", (unsigned)(a % 100000));
            areas[a] = names[a];
        }
        for (int year = 2020; year < 2030; year++) {
            for (size_t m = 0; m < 20; m++)
                made[n++] =
                    (small_row)ROW(year, a < n_areas ? areas[a] : "all", m < 10 ? "all" : measures[m - 10],
                                   m < 10 ? measures[m] : "demand", 1.0);
        }
    }
    const frem_run run = {.name = "s",
                          .variant = "base",
                          .title = {{"t", "t"}},
                          .regions = areas,
                          .n_regions = n_areas,
                          .base_year = 2020};
    frem_frame *frame = small_frame(made, n);
    const frem_document document = {.results = frame, .scenarios = &run, .n_scenarios = 1};
    frem_report report = {.document = &document};
    assert_int_equal(frem_report_open(&report), FREM_OK);
    *kept = report.series.n_points;
    *rows = n;
    const frem_report_level level = report.level;
    assert_int_equal(report.start.last, 2029);
    frem_report_close(&report);
    frem_frame_free(frame);
    free(areas);
    free(made);
    free(names);
    return level;
}

static void large_results_leave_out_what_single_regions_have(void **state) {
    (void)state;
    size_t kept = 0, rows = 0;
    assert_int_equal(level_of(100, &kept, &rows), FREM_REPORT_ALL);
    assert_int_equal(kept, rows);
    assert_int_equal(level_of(700, &kept, &rows), FREM_REPORT_MAIN);
    assert_int_equal(kept, 700 * 40 + 200);
    assert_int_equal(level_of(3100, &kept, &rows), FREM_REPORT_WIDE);
    assert_int_equal(kept, 200);
}

static void write_small(const frem_document *document, frem_lang lang, frem_status expected) {
    frem_stage *stage = NULL;
    frem_diags *diags = NULL;
    const frem_write_options options = {.lang = lang};
    assert_int_equal(frem_diags_new(&diags), FREM_OK);
    assert_int_equal(frem_stage_open(&stage, "out", diags), FREM_OK);
    assert_int_equal(frem_write_report(document, &options, stage, diags), expected);
    frem_stage_discard(stage);
    frem_diags_free(diags);
}

static void a_page_without_anything_is_still_a_page(void **state) {
    (void)state;
    frem_frame *frame = small_frame(NULL, 0);
    frem_document document = {.results = frame};
    write_small(&document, FREM_DA, FREM_OK);
    document.kind = FREM_TABLE_PRACTICUM;
    write_small(&document, FREM_EN, FREM_USAGE);
    frem_frame_free(frame);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_languages_say_every_word),
        cmocka_unit_test(every_word_is_used),
        cmocka_unit_test(numbers_are_rounded_from_six_decimals),
        cmocka_unit_test(text_cannot_leave_its_element),
        cmocka_unit_test(json_cannot_leave_its_script),
        cmocka_unit_test(a_hash_is_as_the_policy_wants_it),
        cmocka_unit_test_setup_teardown(without_chart_js_the_package_is_named, folder_enter, folder_leave),
        cmocka_unit_test(curves_have_their_values_by_year),
        cmocka_unit_test(large_results_leave_out_what_single_regions_have),
        cmocka_unit_test_setup_teardown(a_page_without_anything_is_still_a_page, folder_enter, folder_leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
