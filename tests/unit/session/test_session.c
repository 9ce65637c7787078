/* Sessions whose files are all in memory: what an edit changes, what it leaves, and that nothing grows. */
#include "session/session.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/source.h"
#include "support/check.h"
#include "support/temp.h"

/* Seven people aged 60 to 66 in each of three places; each year the oldest become too old. */
#define SCENARIO                                                                                             \
    "fremskriv: 1\n"                                                                                         \
    "years: {base: 2020, until: 2024}\n"                                                                     \
    "ages: {from: 60, to: 66, oldest: leaves}\n"                                                             \
    "base_year: cohorts\n"                                                                                   \
    "regions: {table: areas.csv, group_by: side}\n"                                                          \
    "professions:\n"                                                                                         \
    "  p:\n"                                                                                                 \
    "    cohorts: {persons: %d, ages: {table: ages.csv, column: persons}, split: equal}\n"                   \
    "    participation: 0.9\n"                                                                               \
    "    death: 0.01\n"                                                                                      \
    "demand:\n"                                                                                              \
    "  job: {employment: {p: 30}, split: equal, follows: constant, standard: 1, share_change: {p: 0}}\n"
#define AGES "age,persons\n60,1\n61,1\n62,1\n63,1\n64,1\n65,1\n66,1\n"

static void put(frem_session *s, const char *path, const char *text) {
    assert_int_equal(frem_session_put(s, path, text, strlen(text)), FREM_OK);
}

static void put_scenario(frem_session *s, int persons) {
    char text[2048];
    (void)snprintf(text, sizeof text, SCENARIO, persons);
    put(s, "mem/s.yaml", text);
}

static frem_session *begin(void) {
    frem_session *s = NULL;
    assert_int_equal(frem_session_new(&s, NULL, 0, NULL), FREM_OK);
    put(s, "mem/areas.csv", "code,name,side\n1,En,west\n2,To,east\n3,Tre,east\n");
    put(s, "mem/ages.csv", AGES);
    put_scenario(s, 70);
    assert_int_equal(frem_session_open(s, "mem/s.yaml"), FREM_OK);
    return s;
}

static void must_run(frem_session *s, const frem_session_options *options) {
    const frem_status status = frem_session_run(s, options);
    char *problems = frem_session_problems_json(s, FREM_EN);
    if (status != FREM_OK)
        fail_msg("%s: %s", frem_status_text(status, FREM_EN), problems);
    free(problems);
}

static const frem_session_options all = {.run = {.threads = 1}};
static const frem_session_options stock = {
    .run = {.threads = 1,
            .rows = {.measures = "stock", .regions = "all", .years = "2020", .professions = "p"}}};

/* The one number of `stock`. */
static double one_number(frem_session *s) {
    const frem_frame *table = frem_session_table(s);
    assert_non_null(table);
    assert_int_equal(frem_frame_rows(table), 1);
    return frem_frame_numbers(table, (size_t)frem_frame_column(table, "value"))[0];
}

static const void *parsed(frem_session *s, const char *name) {
    const frem_source *source;
    for (size_t i = 0; (source = frem_sources_at(s->loaded.sources, i)) != NULL; i++) {
        if (strcmp(source->name, name) == 0)
            return frem_sources_parsed(s->loaded.sources, source);
    }
    return NULL;
}

static void an_edit_changes_the_numbers(void **state) {
    (void)state;
    frem_session *s = begin();
    assert_null(frem_session_table(s));
    must_run(s, &stock);
    assert_close(one_number(s), 70, 1e-9);
    put_scenario(s, 84);
    assert_null(frem_session_table(s));
    must_run(s, &stock);
    assert_close(one_number(s), 84, 1e-9);
    const char *sets[] = {"professions.p.cohorts.persons=7"};
    frem_session_options set = stock;
    set.sets = sets;
    set.n_sets = 1;
    must_run(s, &set);
    assert_close(one_number(s), 7, 1e-9);
    must_run(s, &stock);
    assert_close(one_number(s), 84, 1e-9);
    frem_session_free(s);
}

static void an_edit_of_a_table_is_read(void **state) {
    (void)state;
    frem_session_options young = stock;
    young.run.rows.years = "2021";
    frem_session *s = begin();
    must_run(s, &young);
    /* Of seven ages one leaves, and of the others one in a hundred dies. */
    assert_close(one_number(s), 60 * 0.99, 1e-9);
    put(s, "./mem//ages.csv", "age,persons\n60,7\n61,0\n62,0\n63,0\n64,0\n65,0\n66,0\n");
    must_run(s, &young);
    assert_close(one_number(s), 70 * 0.99, 1e-9);
    frem_session_free(s);
}

static void an_edit_of_the_scenario_leaves_tables_parsed(void **state) {
    (void)state;
    frem_session *s = begin();
    must_run(s, &stock);
    const void *ages = parsed(s, "ages.csv"), *areas = parsed(s, "areas.csv");
    assert_non_null(ages);
    assert_non_null(areas);
    for (int i = 0; i < 3; i++) {
        put_scenario(s, 70 + i);
        must_run(s, &stock);
        assert_ptr_equal(parsed(s, "ages.csv"), ages);
        assert_ptr_equal(parsed(s, "areas.csv"), areas);
    }
    put(s, "mem/ages.csv", AGES);
    assert_null(parsed(s, "ages.csv"));
    assert_ptr_equal(parsed(s, "areas.csv"), areas);
    frem_session_free(s);
}

/* Bytes in use, as far as the C library counts them. */
static size_t in_use(void) {
    return mallinfo2().uordblks;
}

static void a_thousand_edits_take_no_memory(void **state) {
    (void)state;
    size_t before = 0;
    frem_session *s = begin();
    for (int i = 0; i < 2200; i++) {
        put_scenario(s, 70 + i % 7); /* frees what was made: what is left are the files and tables */
        if (i == 1100)               /* the allocator has found its sizes */
            before = in_use();
        if (i % 5 == 0)
            put(s, "mem/ages.csv", AGES);
        if (i % 11 == 0) { /* one that fails, too */
            put(s, "mem/s.yaml", "fremskriv: 1\nyears: {base: 2020, untl: 2024}\n");
            frem_session_problem problem;
            assert_int_equal(frem_session_run(s, &stock), FREM_INVALID);
            assert_int_equal(frem_session_problem_at(s, 0, FREM_DA, &problem), FREM_OK);
        } else {
            must_run(s, &stock);
        }
    }
    put_scenario(s, 70);
    const size_t after = in_use();
    if (after > before + 16384)
        fail_msg("%zu bytes before, %zu after a thousand edits", before, after);
    frem_session_free(s);
}

static void problems_have_their_range(void **state) {
    (void)state;
    frem_session *s = begin();
    frem_session_problem problem;
    put(s, "mem/s.yaml", "fremskriv: 1\nyears: {base: 2020, untl: 2024}\n");
    assert_int_equal(frem_session_run(s, &all), FREM_INVALID);
    assert_null(frem_session_table(s));
    bool found = false;
    for (size_t i = 0; i < frem_session_problems(s) && !found; i++) {
        assert_int_equal(frem_session_problem_at(s, i, FREM_EN, &problem), FREM_OK);
        found = strcmp(problem.name, "unknown-key") == 0;
    }
    assert_true(found);
    assert_text(problem.file, "mem/s.yaml");
    assert_int_equal(problem.severity, FREM_ERROR);
    assert_int_equal(problem.line, 2);
    assert_int_equal(problem.column, 21);
    assert_int_equal(problem.end_column, 25);
    assert_non_null(strstr(problem.message, "untl"));
    assert_non_null(strstr(problem.hint, "until"));
    assert_int_equal(frem_session_problem_at(s, 100, FREM_EN, &problem), FREM_USAGE);
    char *json = frem_session_problems_json(s, FREM_DA);
    assert_non_null(strstr(json, "\"end_column\": 25"));
    free(json);
    frem_session_free(s);
}

/* A table's problem is reported by every run, though the table is not read again. */
static void problems_of_a_kept_table_come_again(void **state) {
    (void)state;
    frem_session *s = begin();
    put(s, "mem/ages.csv", "age,persons\n60,1\n61,1\n62,1\n63,1\n64,1\n65,x\n66,1\n");
    for (int i = 0; i < 3; i++) {
        frem_session_problem problem;
        put_scenario(s, 70 + i);
        assert_int_equal(frem_session_run(s, &all), FREM_INVALID);
        assert_int_equal(frem_session_problems(s), 1);
        assert_int_equal(frem_session_problem_at(s, 0, FREM_EN, &problem), FREM_OK);
        assert_text(problem.file, "mem/ages.csv");
        assert_int_equal(problem.line, 7);
        assert_int_equal(problem.column, 4);
    }
    put(s, "mem/ages.csv", AGES);
    must_run(s, &all);
    assert_int_equal(frem_session_problems(s), 0);
    frem_session_free(s);
}

/* A warning about a column is given by every run as well. */
static void warnings_of_a_kept_table_come_again(void **state) {
    (void)state;
    frem_session *s = begin();
    put(s, "mem/ages.csv",
        "age,persons\n60,1.000\n61,1.000\n62,1.000\n63,1.000\n64,1.000\n65,1.000\n66,1.000\n");
    for (int i = 0; i < 3; i++) {
        frem_session_problem problem;
        put_scenario(s, 70 + i);
        must_run(s, &all);
        assert_int_equal(frem_session_problems(s), 1);
        assert_int_equal(frem_session_problem_at(s, 0, FREM_EN, &problem), FREM_OK);
        assert_int_equal(problem.severity, FREM_WARNING);
        assert_text(problem.file, "mem/ages.csv");
    }
    frem_session_free(s);
}

static void rows_are_chosen(void **state) {
    (void)state;
    frem_session *s = begin();
    must_run(s, &all);
    const size_t whole = frem_frame_rows(frem_session_table(s));
    frem_session_options some = {.run = {.threads = 1,
                                         .rows = {.measures = "supply,gap",
                                                  .regions = "groups",
                                                  .years = "2021,2023-2024",
                                                  .professions = "p",
                                                  .sectors = "all"}}};
    must_run(s, &some);
    const frem_frame *table = frem_session_table(s);
    assert_int_equal(frem_frame_rows(table), 2 * 2 * 3); /* measures, groups, years */
    assert_true(whole > 12);
    const int32_t *years = frem_frame_wholes(table, (size_t)frem_frame_column(table, "year"));
    for (size_t i = 0; i < 12; i++)
        assert_true(years[i] == 2021 || years[i] == 2023 || years[i] == 2024);
    frem_session_problem problem;
    some.run.rows.measures = "suply";
    assert_int_equal(frem_session_run(s, &some), FREM_USAGE);
    assert_int_equal(frem_session_problem_at(s, 0, FREM_EN, &problem), FREM_OK);
    assert_non_null(strstr(problem.hint, "supply"));
    frem_session_free(s);
}

/* A changed model gives what the scenario with that number set gives, and stays as it is. */
static void a_model_is_projected_with_changes(void **state) {
    (void)state;
    const char *sets[] = {"professions.p.participation=0.45"};
    frem_session *s = begin();
    must_run(s, &(frem_session_options){.sets = sets, .n_sets = 1, .run = {.threads = 1}});
    const frem_frame *expected = frem_session_table(s);
    const size_t n = frem_frame_rows(expected);
    double *numbers = malloc(n * sizeof *numbers);
    memcpy(numbers, frem_frame_numbers(expected, (size_t)frem_frame_column(expected, "value")),
           n * sizeof *numbers);
    must_run(s, &all);
    const frem_model *model = frem_session_model(s, 0), *two[] = {model, model};
    const ptrdiff_t at = frem_model_find(model, "professions.p.participation");
    assert_true(at >= 0);
    frem_change change = {.parameter = (size_t)at, .kind = FREM_CHANGE_SET, .number = 0.45};
    frem_run_options options = {.threads = 1, .changes = &change, .n_changes = 1};
    frem_results *results = NULL;
    for (int i = 0; i < 2; i++) {
        change.kind = i == 0 ? FREM_CHANGE_SET : FREM_CHANGE_MULTIPLY; /* of 0.9 */
        change.number = i == 0 ? 0.45 : 0.5;
        assert_int_equal(frem_results_new(&results, s->loaded.sources, &model, 1, &options, s->diags),
                         FREM_OK);
        const frem_frame *table = frem_results_table(results);
        const double *values = frem_frame_numbers(table, (size_t)frem_frame_column(table, "value"));
        assert_int_equal(frem_frame_rows(table), n);
        for (size_t row = 0; row < n; row++)
            assert_close(values[row], numbers[row], 0);
        frem_written *written = NULL;
        const frem_write_options as_csv = {.formats = NULL};
        assert_int_equal(frem_write_memory(&written, results, &as_csv, NULL, s->diags), FREM_USAGE);
        frem_results_free(results);
    }
    free(numbers);
    assert_int_equal(frem_results_new(&results, s->loaded.sources, two, 2, &options, s->diags), FREM_USAGE);
    change.lane = 1;
    assert_int_equal(frem_results_new(&results, s->loaded.sources, &model, 1, &options, s->diags),
                     FREM_USAGE);
    change = (frem_change){.parameter = (size_t)at, .kind = FREM_CHANGE_SET, .number = 1.5};
    assert_int_equal(frem_results_new(&results, s->loaded.sources, &model, 1, &options, s->diags),
                     FREM_INVALID);
    assert_int_equal(frem_session_problems(s), 1);
    frem_session_free(s);
}

static void a_run_is_explained(void **state) {
    (void)state;
    frem_session *s = begin();
    char *json = NULL;
    assert_int_equal(frem_session_explain(s, NULL, &json), FREM_USAGE);
    must_run(s, &stock);
    assert_int_equal(frem_session_models(s), 1);
    assert_true(frem_model_find(frem_session_model(s, 0), "professions.p.death") >= 0);
    assert_null(frem_session_model(s, 1));
    assert_int_equal(frem_session_explain(s, "professions.p.death", &json), FREM_OK);
    assert_non_null(strstr(json, "0.01"));
    assert_non_null(strstr(json, "mem/s.yaml"));
    free(json);
    assert_int_equal(frem_session_explain(s, "professions.q", &json), FREM_INVALID);
    assert_int_equal(frem_session_problems(s), 1);
    assert_non_null(frem_session_table(s));
    frem_session_free(s);
}

/* The files in memory are those of a folder, byte for byte. */
static void an_export_is_a_folder_in_memory(void **state) {
    (void)state;
    const char *formats[] = {"csv", "json", "svg", "xlsx", "sqlite"};
    frem_write_options options = {.formats = formats, .n_formats = 5};
    char *folder = frem_temp_folder(), *out = frem_temp_path(folder, "out");
    frem_written *written = NULL;
    frem_session *s = begin();
    assert_int_equal(frem_session_export(s, &options, folder, &written), FREM_USAGE);
    must_run(s, &stock); /* the chosen rows are of the table alone */
    assert_int_equal(frem_session_export(s, &options, NULL, &written), FREM_USAGE);
    assert_int_equal(frem_session_export(s, &options, folder, &written), FREM_OK);
    const frem_run_options whole = {.threads = 1, .with_tables = 1};
    frem_results *results = NULL;
    frem_model *const *models = s->loaded.models;
    assert_int_equal(
        frem_results_new(&results, s->loaded.sources, (const frem_model *const *)models, 1, &whole, s->diags),
        FREM_OK);
    char *left = frem_temp_list(folder);
    assert_text(left, ""); /* nothing is left in the scratch folder */
    free(left);
    assert_int_equal(frem_write_folder(results, out, &options, s->diags), FREM_OK);
    char *list = frem_temp_list(out);
    size_t files = 0;
    for (const char *at = list; (at = strchr(at, '\n')) != NULL; at++)
        files += at[-1] != '/';
    free(list);
    assert_int_equal(frem_written_count(written), files);
    frem_written_file file;
    for (size_t i = 0; frem_written_at(written, i, &file); i++) {
        char *name = frem_temp_path("out", file.name), *path = frem_temp_path(folder, name);
        FILE *there = fopen(path, "rb");
        char *bytes = malloc(file.size + 2);
        assert_non_null(there);
        assert_int_equal(fread(bytes, 1, file.size + 1, there), file.size);
        if (memcmp(bytes, file.bytes, file.size) != 0)
            fail_msg("%s differs", file.name);
        free(bytes);
        (void)fclose(there);
        free(path);
        free(name);
    }
    assert_true(files > 6);
    frem_written_free(written);
    frem_results_free(results);
    frem_session_free(s);
    free(out);
    frem_temp_remove(folder);
}

static void chosen_rows_are_written_as_they_are(void **state) {
    (void)state;
    static const char *const csv[] = {"csv"};
    frem_session *s = begin();
    frem_write_options options = {csv, 1, FREM_DECIMAL_POINT, FREM_EN, 0, false};
    frem_written *written = NULL;
    frem_written_file file;
    size_t lines = 0, of_stock = 0;
    must_run(s, &stock);
    assert_int_equal(frem_write_memory(&written, s->results, &options, NULL, s->diags), FREM_OK);
    for (size_t i = 0; frem_written_at(written, i, &file); i++) {
        if (strcmp(file.name, "results.csv") != 0)
            continue;
        for (const char *line = file.bytes; *line != '\0'; line = strchr(line, '\n') + 1) {
            const char *end = strchr(line, '\n'), *found = strstr(line, ",stock,");
            lines++;
            of_stock += found != NULL && found < end;
        }
    }
    assert_true(lines > 1);
    assert_int_equal(of_stock, lines - 1); /* and the header */
    frem_written_free(written);
    frem_session_free(s);
}

static void nothing_is_run_before_it_is_opened(void **state) {
    (void)state;
    frem_session *s = NULL;
    assert_int_equal(frem_session_new(&s, NULL, 0, NULL), FREM_OK);
    assert_int_equal(frem_session_run(s, &all), FREM_USAGE);
    assert_int_equal(frem_session_problems(s), 0);
    assert_int_equal(frem_session_open(s, "mem/none.yaml"), FREM_OK);
    assert_int_equal(frem_session_run(s, &all), FREM_INVALID);
    assert_int_equal(frem_session_problems(s), 1);
    frem_session_free(s);
    frem_session_free(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_edit_changes_the_numbers),
        cmocka_unit_test(an_edit_of_a_table_is_read),
        cmocka_unit_test(an_edit_of_the_scenario_leaves_tables_parsed),
        cmocka_unit_test(a_thousand_edits_take_no_memory),
        cmocka_unit_test(problems_have_their_range),
        cmocka_unit_test(problems_of_a_kept_table_come_again),
        cmocka_unit_test(warnings_of_a_kept_table_come_again),
        cmocka_unit_test(rows_are_chosen),
        cmocka_unit_test(a_model_is_projected_with_changes),
        cmocka_unit_test(a_run_is_explained),
        cmocka_unit_test(an_export_is_a_folder_in_memory),
        cmocka_unit_test(chosen_rows_are_written_as_they_are),
        cmocka_unit_test(nothing_is_run_before_it_is_opened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
