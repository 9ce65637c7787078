/* An answer as every writer but the CSV's and the workbook's renders it. */
#include "unit/output/answered.h"

#include <jansson.h>

#include "output/html.h"
#include "output/sqlite/base.h"
#include "output/write.h"

/** Writes an answer to the folder "out" by one writer. @return its status */
static frem_status write_out(frem_results *results, const char *format, frem_lang lang, frem_diags *diags) {
    const frem_write_options options = {.lang = lang};
    const frem_document *document = frem_results_document(results);
    const frem_writer *writer = frem_writers;
    frem_stage *stage = NULL;
    while (strcmp(writer->name, format) != 0)
        writer++;
    assert_int_equal(frem_stage_open(&stage, "out", NULL), FREM_OK);
    const frem_status status = writer->write(document, &options, stage, diags);
    assert_int_equal(frem_write_answer_files(document->answer, stage), FREM_OK);
    assert_int_equal(frem_write_manifest(document, stage), FREM_OK);
    if (status == FREM_OK)
        assert_int_equal(frem_stage_commit(stage, NULL), FREM_OK);
    else
        frem_stage_discard(stage);
    return status;
}

/* ---- JSON ---- */

static const json_t *get(const json_t *json, const char *key) {
    const json_t *value = json_object_get(json, key);
    if (value == NULL)
        fail_msg("no %s", key);
    return value;
}

static void in_json_every_table_is_a_member(void **state) {
    (void)state;
    frem_results *results = answered_new(true);
    assert_int_equal(write_out(results, "json", FREM_DA, NULL), FREM_OK);
    json_t *json = json_load_file("out/causes.json", JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(json);
    assert_text(json_string_value(get(json, "table")), "causes");
    assert_null(json_object_get(json, "columns")); /* no projections */
    const json_t *answer = get(json, "answer");
    assert_text(json_string_value(get(answer, "verb")), "decompose");
    assert_text(json_string_value(get(get(answer, "title"), "da")), "Lille & rund");
    assert_int_equal(json_array_size(get(answer, "sentences")), 2);
    assert_text(json_string_value(get(json_array_get(get(answer, "sentences"), 0), "en")), ANSWERED_ENGLISH);
    assert_text(json_string_value(get(json_array_get(get(answer, "sentences"), 0), "da")), ANSWERED_DANISH);
    const json_t *causes = get(get(answer, "tables"), "causes");
    assert_int_equal(json_integer_value(get(causes, "rows")), 4);
    const json_t *columns = get(causes, "columns");
    assert_int_equal(json_array_size(columns), 7);
    const json_t *cause = json_array_get(columns, 2), *share = get(json_array_get(columns, 5), "values");
    assert_text(json_string_value(get(cause, "meaning")), "What changes it");
    assert_text(json_string_value(json_array_get(get(cause, "levels"), 1)), "professions.p.retirement");
    assert_true(json_is_null(json_array_get(share, 0)));
    assert_true(json_real_value(json_array_get(share, 1)) == 0.666667);
    const json_t *exact = get(json_array_get(columns, 6), "values");
    assert_true(json_number_value(json_array_get(exact, 1)) == -20 + 1e-9);
    assert_int_equal(json_integer_value(get(get(get(answer, "tables"), "draws"), "rows")), 3);
    assert_text(json_string_value(get(json_array_get(get(json, "names"), 0), "key")), "base");
    json_decref(json);
    frem_results_free(results);
}

/* ---- SQLite ---- */

#ifdef FREM_SQLITE_LIBRARY

static int append_row(void *out, int n, char **cells, char **names) {
    (void)names;
    for (int i = 0; i < n; i++) {
        (void)strcat(out, cells[i] != NULL ? cells[i] : "NULL");
        (void)strcat(out, i + 1 < n ? "|" : "\n");
    }
    return 0;
}

static void assert_sql(const frem_base *base, const char *sql, const char *expected) {
    char out[4096] = "";
    assert_int_equal(base->call.sqlite3_exec(base->database, sql, append_row, out, NULL), SQLITE_OK);
    assert_text(out, expected);
}

static void in_sqlite_every_table_is_a_table(void **state) {
    (void)state;
    frem_results *results = answered_new(true);
    frem_base base;
    frem_status status = write_out(results, "sqlite", FREM_EN, NULL);
    frem_results_free(results);
    if (status == FREM_MISSING_PART)
        skip();
    assert_int_equal(status, FREM_OK);
    assert_int_equal(frem_base_open(&base, "out/causes.sqlite", NULL), FREM_OK);
    assert_sql(&base, "SELECT cause, year, value, share FROM causes",
               "start|2020|1250.0|NULL\nprofessions.p.retirement|2022|-20.0|0.666667\n"
               "programmes.p.intake|2022|-10.0|0.333333\nend|2022|1220.0|NULL\n");
    assert_sql(&base, "SELECT exact - value > 0.9e-9 FROM causes", "1\n1\n1\n1\n"); /* not rounded */
    assert_sql(&base, "SELECT count(*), sum(result) FROM draws", "3|6000.0\n");
    assert_sql(&base,
               "SELECT cause, scenario_en, scenario_da, variant_en, variant_da FROM causes_named LIMIT 1",
               "start|Small|Lille|As it is|Som det er\n");
    assert_sql(&base, "SELECT verb, title_da FROM answer", "decompose|Lille & rund\n");
    assert_sql(&base, "SELECT number, da FROM answer_sentences WHERE number = 2", "2|Sådan er det.\n");
    assert_sql(&base,
               "SELECT heading_da FROM answer_columns WHERE \"table\" = 'causes' AND \"column\" = 'value'",
               "Årsværk\n");
    assert_sql(&base, "SELECT name FROM sqlite_master WHERE name = 'results'", "");
    assert_int_equal(frem_base_close(&base), FREM_OK);
}

#endif

/* ---- charts ---- */

static void charts_are_its_figures(void **state) {
    (void)state;
    frem_results *results = answered_new(true);
    assert_int_equal(write_out(results, "svg", FREM_DA, NULL), FREM_OK);
    frem_results_free(results);
    char *causes = small_read("out/charts/causes.svg"), *gap = small_read("out/charts/gap.svg");
    assert_non_null(strstr(causes, "Hvorfor gabet ændrer sig"));
    assert_non_null(strstr(causes, "1.250"));
    assert_non_null(strstr(gap, "90 % af trækkene"));
    free(causes);
    free(gap);
}

static void an_answer_without_figures_says_so(void **state) {
    (void)state;
    frem_results *results = answered_new(false);
    frem_diags *diags = NULL;
    assert_int_equal(frem_diags_new(&diags), FREM_OK);
    assert_int_equal(write_out(results, "svg", FREM_DA, diags), FREM_OK);
    assert_int_equal(frem_diags_count(diags), 1);
    assert_int_equal(frem_diags_warnings(diags), 1);
    frem_diags_free(diags);
    frem_results_free(results);
    assert_file("out/answer.yaml", "fremskriv: 1\n"); /* which every folder has */
}

/* ---- the page ---- */

static size_t times(const char *text, const char *piece) {
    size_t n = 0;
    for (const char *at = text; (at = strstr(at, piece)) != NULL; at++)
        n++;
    return n;
}

static char *page_of(bool figures, frem_lang lang) {
    frem_results *results = answered_new(figures);
    assert_int_equal(write_out(results, "html", lang, NULL), FREM_OK);
    frem_results_free(results);
    return small_read("out/report.html");
}

static void the_page_has_sentences_charts_and_tables(void **state) {
    (void)state;
    char *page = page_of(true, FREM_DA);
    assert_non_null(strstr(page, "<html lang=\"da\">"));
    assert_non_null(strstr(page, "<h1><bdi>Lille &amp; rund</bdi></h1>"));
    assert_non_null(
        strstr(page, "Gabet falder med 30: flere går på pension &lt;end&gt; før &amp; færre begynder."));
    assert_int_equal(times(page, "<svg "), 2);
    assert_non_null(strstr(page, "<th scope=\"row\"><bdi>programmes.p.intake</bdi></th><td>2022</td><td>"));
    assert_non_null(strstr(page, "<td>33,3 %</td>"));
    assert_null(strstr(page, ">exact<")); /* a column for files alone */
    assert_non_null(strstr(page, "<bdi>3</bdi> rækker i <bdi>draws.csv</bdi>"));
    assert_non_null(strstr(page, "fremskriv decompose s.yaml -o DIR"));
    free(page);
    page = page_of(false, FREM_EN);
    assert_int_equal(times(page, "<svg "), 0);
    assert_null(strstr(page, "head-charts"));
    free(page);
}

/* Nothing in it runs or is loaded, and its style is the one that the policy names. */
static void the_page_needs_no_script(void **state) {
    (void)state;
    char *page = page_of(true, FREM_EN);
    assert_int_equal(times(page, "<script"), 0);
    assert_int_equal(times(page, " style="), 0);
    assert_int_equal(times(page, "<style>"), 1);
    assert_non_null(strstr(page, "content=\"default-src 'none'; style-src 'sha256-"));
    const char *style = strstr(page, "<style>") + strlen("<style>");
    frem_text hash = {0};
    frem_html_add_hash(&hash, style, (size_t)(strstr(style, "</style>") - style));
    assert_non_null(strstr(page, hash.bytes));
    frem_text_free(&hash);
    free(page);
}

/* ---- the workbook ---- */

/* Its writer reads what it wrote back: every sheet has its cells, every chart is there (xlsx/check.c). What the cells say is
 * looked at by tests/output_sheets. */
static void the_workbook_is_whole(void **state) {
    (void)state;
    for (int figures = 0; figures < 2; figures++) {
        frem_results *results = answered_new(figures != 0);
        const frem_status status = write_out(results, "xlsx", FREM_DA, NULL);
        frem_results_free(results);
        if (status == FREM_MISSING_PART)
            skip();
        assert_int_equal(status, FREM_OK);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(in_json_every_table_is_a_member, folder_enter, folder_leave),
#ifdef FREM_SQLITE_LIBRARY
        cmocka_unit_test_setup_teardown(in_sqlite_every_table_is_a_table, folder_enter, folder_leave),
#endif
        cmocka_unit_test_setup_teardown(charts_are_its_figures, folder_enter, folder_leave),
        cmocka_unit_test_setup_teardown(the_page_has_sentences_charts_and_tables, folder_enter, folder_leave),
        cmocka_unit_test_setup_teardown(the_page_needs_no_script, folder_enter, folder_leave),
        cmocka_unit_test_setup_teardown(the_workbook_is_whole, folder_enter, folder_leave),
        cmocka_unit_test_setup_teardown(an_answer_without_figures_says_so, folder_enter, folder_leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
