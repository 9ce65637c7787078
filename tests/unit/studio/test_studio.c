/* Calls of the studio on a scenario small enough to work by hand: seven persons of 60 to 66 in one place, of whom nine in ten work
 * and none dies; each year the oldest leave. Ten are needed. */
#include "studio/studio.h"

#include <stdint.h>
#include <string.h>

#include <jansson.h>

#include "support/check.h"

#define SCENARIO                                                                                             \
    "fremskriv: 1\n"                                                                                         \
    "years: {base: 2020, until: 2022}\n"                                                                     \
    "ages: {from: 60, to: 66, oldest: leaves}\n"                                                             \
    "base_year: cohorts\n"                                                                                   \
    "regions: {table: areas.csv, group_by: side}\n"                                                          \
    "professions:\n"                                                                                         \
    "  p:\n"                                                                                                 \
    "    label: {da: Pe, en: Pee}\n"                                                                         \
    "    cohorts: {persons: 70, ages: {table: ages.csv, column: persons}, split: equal}\n"                   \
    "    participation: 0.9\n"                                                                               \
    "    death: 0\n"                                                                                         \
    "demand:\n"                                                                                              \
    "  job: {employment: {p: 10}, split: equal, follows: constant, standard: 1, share_change: {p: 0}}\n"     \
    "variants:\n"                                                                                            \
    "  half: {professions: {p: {participation: 0.45}}}\n"

static void put(frem_studio *studio, const char *path, const char *text) {
    assert_int_equal(frem_studio_put(studio, path, text, strlen(text)), FREM_OK);
}

/* The answer of a call; its status must be this one. */
static json_t *ask(frem_studio *studio, const char *call, const char *request, const char *status) {
    (void)frem_studio_ask(studio, call, request, strlen(request));
    json_t *answer = json_loads(frem_studio_answer(studio), 0, NULL);
    if (answer == NULL)
        fail_msg("%s: no JSON: %s", call, frem_studio_answer(studio));
    assert_string_equal(json_string_value(json_object_get(json_object_get(answer, "status"), "name")),
                        status);
    assert_true(json_is_array(json_object_get(answer, "problems")));
    return answer;
}

static void say(frem_studio *studio, const char *call, const char *request, const char *status) {
    json_decref(ask(studio, call, request, status));
}

static frem_studio *begin(void) {
    frem_studio *studio = frem_studio_new(FREM_SOURCE_DIR, NULL);
    assert_non_null(studio);
    put(studio, "mem/areas.csv", "code,name,side\n1,En,west\n");
    put(studio, "mem/ages.csv", "age,persons\n60,1\n61,1\n62,1\n63,1\n64,1\n65,1\n66,1\n");
    put(studio, "mem/s.yaml", SCENARIO);
    say(studio, "open", "{\"path\": \"mem/s.yaml\"}", "ok");
    return studio;
}

static const json_t *column(const json_t *answer, size_t table, const char *name) {
    const json_t *columns =
        json_object_get(json_array_get(json_object_get(answer, "tables"), table), "columns");
    for (size_t i = 0; i < json_array_size(columns); i++) {
        const json_t *one = json_array_get(columns, i);
        if (strcmp(json_string_value(json_object_get(one, "name")), name) == 0)
            return one;
    }
    fail_msg("no column %s", name);
    return NULL;
}

static const void *buffer(const frem_studio *studio, const json_t *holder, size_t *size) {
    const size_t i = (size_t)json_integer_value(json_object_get(holder, "buffer"));
    *size = frem_studio_buffer_size(studio, i);
    return frem_studio_buffer(studio, i);
}

static void run_gives_columns(void **state) {
    (void)state;
    frem_studio *studio = begin();
    json_t *answer = ask(studio, "run",
                         "{\"variants\": [\"base\"], \"rows\": {\"measures\": \"gap\", \"regions\": \"all\", "
                         "\"professions\": \"p\"}}",
                         "ok");
    size_t size = 0;
    const double *values = buffer(studio, column(answer, 0, "value"), &size);
    /* 70, 60 and 50 persons; 63, 54 and 45 of them work. */
    assert_int_equal(size, 3 * sizeof *values);
    assert_close(values[0], 53, 1e-9);
    assert_close(values[1], 44, 1e-9);
    assert_close(values[2], 35, 1e-9);
    const int32_t *years = buffer(studio, column(answer, 0, "year"), &size);
    assert_int_equal(size, 3 * sizeof *years);
    assert_int_equal(years[2], 2022);
    const json_t *measure = column(answer, 0, "measure");
    const uint32_t *codes = buffer(studio, measure, &size);
    assert_string_equal(json_string_value(json_array_get(json_object_get(measure, "labels"), codes[1])),
                        "gap");
    const json_t *name =
        json_object_get(json_object_get(json_object_get(answer, "names"), "profession"), "p");
    assert_string_equal(json_string_value(json_object_get(name, "da")), "Pe");
    json_decref(answer);
    frem_studio_free(studio);
}

/* An error is placed under its word; mended, the same call gives a table again. */
static void problems_are_placed(void **state) {
    (void)state;
    frem_studio *studio = begin();
    json_t *answer =
        ask(studio, "run", "{\"path\": \"mem/s.yaml\", \"text\": \"fremskriv: 1\\nyeers: 1\\n\"}", "invalid");
    const json_t *problems = json_object_get(answer, "problems");
    assert_null(json_object_get(answer, "tables"));
    bool found = false;
    for (size_t i = 0; i < json_array_size(problems); i++) {
        const json_t *one = json_array_get(problems, i);
        if (strcmp(json_string_value(json_object_get(one, "name")), "unknown-key") != 0)
            continue;
        found = true;
        assert_string_equal(json_string_value(json_object_get(one, "file")), "mem/s.yaml");
        assert_int_equal(json_integer_value(json_object_get(one, "line")), 2);
        assert_int_equal(json_integer_value(json_object_get(one, "column")), 1);
        assert_int_equal(json_integer_value(json_object_get(one, "end_column")), 6);
    }
    assert_true(found);
    json_decref(answer);
    put(studio, "mem/s.yaml", SCENARIO);
    say(studio, "run", "", "ok");
    frem_studio_free(studio);
}

static void questions_are_answered(void **state) {
    (void)state;
    frem_studio *studio = begin();
    size_t size = 0;
    /* 0.2 of 50 persons are the ten that are needed. */
    json_t *answer =
        ask(studio, "solve",
            "{\"vary\": \"professions.p.participation\", \"targets\": [\"gap:p:all:2022=0\"]}", "ok");
    const double *values = buffer(studio, column(answer, 0, "value"), &size);
    assert_close(values[0], 0.2, 1e-6);
    json_decref(answer);
    /* 45 fewer work in 2020 where half do: 31.5 of 70. */
    answer = ask(studio, "compare",
                 "{\"rows\": {\"measures\": \"supply\", \"years\": \"2020\", \"regions\": \"all\", "
                 "\"professions\": \"p\"}}",
                 "ok");
    values = buffer(studio, column(answer, 0, "difference"), &size);
    assert_close(values[size / sizeof *values - 1], -31.5, 1e-9);
    json_decref(answer);
    /* A hundredth of the 45 who work in 2022. */
    answer = ask(studio, "rank", "{\"of\": [\"supply:p:all:2022\"]}", "ok");
    const json_t *ranks = json_object_get(answer, "ranks");
    bool found = false;
    for (size_t i = 0; i < json_array_size(ranks); i++) {
        const json_t *one = json_array_get(ranks, i);
        if (strcmp(json_string_value(json_object_get(one, "path")), "professions.p.participation") != 0)
            continue;
        found = true;
        assert_close(json_number_value(json_array_get(json_object_get(one, "moves"), 0)), 0.45, 1e-9);
    }
    assert_true(found);
    json_decref(answer);
    say(studio, "solve", "{\"vary\": \"nothing\", \"targets\": \"gap:p:all:2022=0\"}", "usage");
    say(studio, "montecarlo", "{\"draws\": 16}", "invalid"); /* nothing is uncertain */
    frem_studio_free(studio);
}

static void parameters_are_described(void **state) {
    (void)state;
    frem_studio *studio = begin();
    say(studio, "parameters", "", "usage"); /* nothing was run */
    say(studio, "run", "{\"variants\": \"base\"}", "ok");
    json_t *answer = ask(studio, "parameters", "{\"path\": \"professions.p.participation\"}", "ok");
    const json_t *one = json_array_get(json_object_get(answer, "parameters"), 0);
    assert_string_equal(json_string_value(json_object_get(one, "path")), "professions.p.participation");
    assert_string_equal(json_string_value(json_object_get(one, "value")), "0.9");
    assert_string_equal(json_string_value(json_object_get(json_object_get(one, "owner"), "en")), "Pee");
    assert_close(json_number_value(json_object_get(json_object_get(one, "allowed"), "maximum")), 1, 0);
    json_decref(answer);
    frem_studio_free(studio);
}

/* Only what the engine has read, and the program's scenarios, are given out. */
static void other_files_are_not_read(void **state) {
    (void)state;
    frem_studio *studio = begin();
    size_t size = 0;
    say(studio, "run", "", "ok");
    json_t *answer = ask(studio, "read", "{\"path\": \"mem/areas.csv\"}", "ok");
    const char *text = buffer(studio, answer, &size);
    assert_int_equal(size, strlen("code,name,side\n1,En,west\n"));
    assert_memory_equal(text, "code,name,side\n", 15);
    json_decref(answer);
    say(studio, "read", "{\"path\": \"/etc/passwd\"}", "invalid");
    say(studio, "read", "{\"path\": \"" FREM_SOURCE_DIR "/scenarios/../COPYING\"}", "invalid");
    say(studio, "read", "{\"path\": \"" FREM_SOURCE_DIR "/scenarios/sosu-danmark.yaml\"}", "ok");
    frem_studio_free(studio);
}

static void what_is_no_request_is_refused(void **state) {
    (void)state;
    frem_studio *studio = begin();
    say(studio, "run", "{", "usage");
    say(studio, "run", "[1]", "usage");
    say(studio, "walk", "{}", "usage");
    say(studio, "solve", "{\"vary\": 7, \"targets\": {}}", "usage");
    say(studio, "open", "{}", "usage");
    say(studio, "export", "{\"formats\": [\"csv\"]}", "usage");
    say(studio, "run", "", "ok");
    json_t *answer = ask(studio, "export", "{\"formats\": [\"csv\"]}", "ok");
    assert_true(json_array_size(json_object_get(answer, "files")) > 2);
    json_decref(answer);
    frem_studio_free(studio);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(run_gives_columns),        cmocka_unit_test(problems_are_placed),
        cmocka_unit_test(questions_are_answered),   cmocka_unit_test(parameters_are_described),
        cmocka_unit_test(other_files_are_not_read), cmocka_unit_test(what_is_no_request_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
