#include "unit/output/folder.h"

#include "output/sqlite/sqlite.h"
#include "output/xlsx/text.h"
#include "output/xlsx/workbook.h"
#include "publish/stage.h"

static const small_row rows[] = {
    {"s", "base", 2018, "all", "p", "all", "supply", "point", "fte", 2.5},
    {"s", "base", 2018, "all", "p", "all", "demand", "point", "fte", 1234567.125},
    {"s", "base", 2019, "all", "p", "all", "supply", "point", "fte", -0.000001},
    {"s", "base", 2019, "all", "p", "all", "demand", "point", "fte", 1e-300},
    {"s", "base", 2019, "all", "p", "all", "gap", "point", "fte", -3},
};

static const frem_run run = {.name = "s",
                             .variant = "base",
                             .title = {{"Small", "Lille"}},
                             .file = "s.yaml",
                             .resolved = "",
                             .base_year = 2018};

/** The workbook's status; the stage keeps the file until it is discarded. */
static frem_status written(size_t max_rows, frem_stage **stage) {
    frem_frame *frame = small_frame(rows, sizeof rows / sizeof *rows);
    const frem_document document = {.results = frame, .scenarios = &run, .n_scenarios = 1};
    const frem_write_options options = {.lang = FREM_DA};
    frem_diags *diags = NULL;
    assert_int_equal(frem_diags_new(&diags), FREM_OK);
    assert_int_equal(frem_stage_open(stage, "out", diags), FREM_OK);
    const frem_status status = frem_write_xlsx_rows(&document, &options, max_rows, *stage, diags);
    frem_diags_free(diags);
    frem_frame_free(frame);
    return status;
}

/* Under whatever locale the tests run: the file is read back, and a decimal comma would not pass. */
static void a_workbook_is_whole(void **state) {
    (void)state;
    const size_t limits[] = {FREM_SHEET_ROWS, 6, 5, 3};
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        frem_stage *stage = NULL;
        const frem_status status = written(limits[i], &stage);
        if (status == FREM_MISSING_PART) { /* not built, or not installed here */
            frem_stage_discard(stage);
            skip();
        }
        assert_int_equal(status, FREM_OK);
        assert_text(frem_stage_at(stage, 0)->name, "results.xlsx");
        assert_null(frem_stage_at(stage, 1));
        frem_stage_discard(stage);
    }
}

/** The bytes of a file of the stage hold a text. */
static bool holds(frem_stage *stage, const char *name, const char *text) {
    char *path = frem_stage_path(stage, name);
    assert_non_null(path);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    static char bytes[1 << 20];
    const size_t n = fread(bytes, 1, sizeof bytes, file);
    assert_int_equal(fclose(file), 0);
    free(path);
    return memmem(bytes, n, text, strlen(text)) != NULL;
}

/* All that other analyses may put into a document: variants, assumptions, more tables, a seed. */
static void a_document_with_everything_in_it(void **state) {
    (void)state;
    static const small_row many[] = {
        {"s", "base", 2018, "all", "p", "all", "supply", "p50", "fte", 2.5},
        {"s", "base", 2018, "G", "p", "all", "gap", "p50", "fte", 1},
        {"s", "more", 2018, "all", "p", "all", "supply", "p50", "fte", 3.5},
        {"s", "more", 2019, "all", "p", "all", "demand", "p95", "fte", 3.5},
    };
    static const char *const groups[] = {"G", "H"}, *const regions[] = {"1"};
    const frem_run tolds[] = {{.name = "s",
                               .variant = "base",
                               .title = {{"S", "S"}},
                               .file = "s.yaml",
                               .resolved = "",
                               .groups = groups,
                               .n_groups = 2,
                               .regions = regions,
                               .n_regions = 1,
                               .base_year = 2018},
                              {.name = "s",
                               .variant = "more",
                               .title = {{"S", "S"}},
                               .file = "s.yaml",
                               .groups = groups,
                               .n_groups = 2,
                               .regions = regions,
                               .n_regions = 1,
                               .base_year = 2018}};
    static const frem_name names[] = {{"s", "profession", "p", {{"P", "P"}}},
                                      {"s", "profession", "p", {{"P once more", "P"}}},
                                      {NULL, "measure", "supply", {{"Supply", "Udbud"}}}};
    static const frem_assumption assumptions[] = {{"s",
                                                   "base",
                                                   "professions.p.x",
                                                   "0.74",
                                                   "ratio",
                                                   {{"a register", "et register"}},
                                                   "s.yaml",
                                                   7,
                                                   {{"Part", "Del"}},
                                                   .words = {{"74%", "74 %"}}},
                                                  {"s",
                                                   NULL,
                                                   "y",
                                                   "=1+1",
                                                   NULL,
                                                   {{NULL, NULL}},
                                                   "s.yaml",
                                                   0,
                                                   {{NULL, NULL}},
                                                   .words = {{"=1+1", "=1+1"}}}};
    static const frem_note notes[] = {{NULL, "split-by-key", "x", {{"A note", "En note"}}}};
    static const char *const command[] = {"run", "s.yaml"};
    frem_frame *frame = small_frame(many, sizeof many / sizeof *many);
    const frem_document document = {.results = frame,
                                    .stock = frame,
                                    .programmes = frame,
                                    .scenarios = tolds,
                                    .n_scenarios = 2,
                                    .names = names,
                                    .n_names = 3,
                                    .notes = notes,
                                    .n_notes = 1,
                                    .assumptions = assumptions,
                                    .n_assumptions = 2,
                                    .command = command,
                                    .n_command = 2,
                                    .has_seed = true,
                                    .seed = 18446744073709551615ULL};
    const frem_write_options options = {.lang = FREM_EN};
    frem_diags *diags = NULL;
    frem_stage *stage = NULL;
    assert_int_equal(frem_diags_new(&diags), FREM_OK);
    assert_int_equal(frem_stage_open(&stage, "out", diags), FREM_OK);
    const frem_status book = frem_write_xlsx(&document, &options, stage, diags);
    assert_true(book == FREM_OK || book == FREM_MISSING_PART);
    const frem_status base = frem_write_sqlite(&document, &options, stage, diags);
    assert_true(base == FREM_OK || base == FREM_MISSING_PART);
    if (base == FREM_OK) {
        assert_true(holds(stage, "results.sqlite", "18446744073709551615"));
        assert_true(holds(stage, "results.sqlite", "a register"));
        assert_false(holds(stage, "results.sqlite", "P once more"));
    }
    frem_stage_discard(stage);
    frem_diags_free(diags);
    frem_frame_free(frame);
}

/* A table without a row, as a scenario without years would have, still is a workbook and a database. */
static void an_empty_table(void **state) {
    (void)state;
    frem_frame *frame = small_frame(NULL, 0);
    const frem_document document = {.results = frame, .scenarios = &run, .n_scenarios = 1};
    const frem_write_options options = {.lang = FREM_EN};
    frem_stage *stage = NULL;
    assert_int_equal(frem_stage_open(&stage, "out", NULL), FREM_OK);
    const frem_status book = frem_write_xlsx(&document, &options, stage, NULL);
    assert_true(book == FREM_OK || book == FREM_MISSING_PART);
    const frem_status base = frem_write_sqlite(&document, &options, stage, NULL);
    assert_true(base == FREM_OK || base == FREM_MISSING_PART);
    frem_stage_discard(stage);
    frem_frame_free(frame);
}

static void cells_hold_what_xml_can(void **state) {
    (void)state;
    static const struct {
        const char *text, *cell;
        size_t max;
    } cases[] = {
        {"=1+1", "=1+1", 100},
        {"a\001b\tc\nd\r\n", "ab c\nd\n", 100},
        {"\xC2\x85x\x7F", "x", 100},
        {"\xFFy", "\xEF\xBF\xBDy", 100},
        {"\xEF\xBF\xBE!", "!", 100},
        {"12345", "12345", 5},
        {"123456", "1234\xE2\x80\xA6", 5},
        {"123\xF0\x9F\x98\x80", "123\xF0\x9F\x98\x80", 5}, /* an emoji is two units */
        {"1234\xF0\x9F\x98\x80", "1234\xE2\x80\xA6", 5},
        {"123\xF0\x9F\x98\x80z", "123\xE2\x80\xA6", 5},
        {"", "", 5},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        frem_text text = {0};
        frem_add_cell(&text, cases[i].text, cases[i].max);
        assert_false(text.failed);
        assert_text(text.bytes, cases[i].cell);
        frem_text_free(&text);
    }
}

static void sheets_have_names_that_excel_takes(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"Pædagoger", "Pædagoger"},
        {"PÆDAGOGER", "PÆDAGOGER (2)"}, /* Excel does not distinguish case */
        {"a/b[c]:*?\\", "a-b-c-----"},
        {"'x'", "\xE2\x80\x99x\xE2\x80\x99"},
        {"History", "History_"},
        {"A1", "A1_"},
        {"R", "R_"},
        {"2030", "_2030"},
        {"", "-"},
        {"  ", "- (2)"},
        {"two\nlines ", "two lines"},
        {"0123456789 0123456789 0123456789", "0123456789 0123456789 01234567\xE2\x80\xA6"},
        {"0123456789 0123456789 0123456789 x", "0123456789 0123456789 0123\xE2\x80\xA6 (2)"},
    };
    frem_index *taken = NULL;
    assert_int_equal(frem_index_new(&taken), FREM_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *name = NULL;
        assert_int_equal(frem_sheet_name(taken, cases[i][0], &name), FREM_OK);
        assert_text(name, cases[i][1]);
        free(name);
    }
    frem_index_free(taken);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_workbook_is_whole, folder_enter, folder_leave),
        cmocka_unit_test_setup_teardown(a_document_with_everything_in_it, folder_enter, folder_leave),
        cmocka_unit_test_setup_teardown(an_empty_table, folder_enter, folder_leave),
        cmocka_unit_test(cells_hold_what_xml_can),
        cmocka_unit_test(sheets_have_names_that_excel_takes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
