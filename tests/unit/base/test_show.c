/* Problems with the lines of the files that they stand in. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/problem.h"
#include "base/show.h"
#include "support/check.h"
#include "support/temp.h"

/* A folder that the test runs in, as users do. */
typedef struct world {
    char *folder;
    char *before;
    frem_diags *diags;
    frem_sources *sources;
} world;

static int world_new(void **state) {
    world *w = calloc(1, sizeof *w);
    if (w == NULL)
        return -1;
    *state = w;
    w->folder = frem_temp_folder();
    w->before = getcwd(NULL, 0);
    if (chdir(w->folder) != 0 || frem_diags_new(&w->diags) != FREM_OK)
        return -1;
    return frem_sources_new(&w->sources, NULL, 0, NULL) == FREM_OK ? 0 : -1;
}

static int world_free(void **state) {
    world *w = *state;
    frem_diags_free(w->diags);
    frem_sources_free(w->sources);
    int result = chdir(w->before);
    free(w->before);
    frem_temp_remove(w->folder);
    free(w);
    return result;
}

static void put(world *w, const char *name, const char *text) {
    const frem_source *source;
    frem_temp_write(w->folder, name, text);
    assert_int_equal(frem_sources_open(w->sources, name, w->diags, &source), FREM_OK);
}

static void raise(world *w, const char *file, unsigned line, unsigned column) {
    (void)FREM_PROBLEM(w->diags, ((frem_place){file, line, column}), NAME_EMPTY, "");
}

static void assert_shown(world *w, const frem_show *how, const char *expected) {
    frem_text text = {0};
    frem_diags_sort(w->diags);
    assert_int_equal(frem_show_diags(w->diags, w->sources, how, &text), FREM_OK);
    assert_text(text.bytes, expected);
    frem_text_free(&text);
}

#define SAYS "error: the file name is empty\n"

static void test_caret_under_the_word(void **state) {
    world *w = *state;
    put(w, "a.yaml", "# one\nkeys:\n  completoin: 0.74 # why\n  list: [a, \"b c\", d]\n");
    raise(w, "a.yaml", 3, 3);
    raise(w, "a.yaml", 3, 15);
    raise(w, "a.yaml", 4, 9);
    raise(w, "a.yaml", 4, 13);
    frem_show how = {0};
    assert_shown(w, &how,
                 "a.yaml:3:3: " SAYS "    3 |   completoin: 0.74 # why\n"
                 "      |   ^~~~~~~~~~\n"
                 "a.yaml:3:15: " SAYS "    3 |   completoin: 0.74 # why\n"
                 "      |               ^~~~\n"
                 "a.yaml:4:9: " SAYS "    4 |   list: [a, \"b c\", d]\n"
                 "      |         ^\n"
                 "a.yaml:4:13: " SAYS "    4 |   list: [a, \"b c\", d]\n"
                 "      |             ^~~~~\n");
    assert_int_equal(frem_show_end(w->sources, (frem_place){"a.yaml", 3, 3}, NULL), 13);
    assert_int_equal(frem_show_end(w->sources, (frem_place){"a.yaml", 4, 13}, NULL), 18);
    assert_int_equal(frem_show_end(w->sources, (frem_place){"b.yaml", 4, 13}, NULL), 0);
    assert_int_equal(frem_show_end(w->sources, (frem_place){"a.yaml", 9, 1}, NULL), 0);
    assert_int_equal(frem_show_end(w->sources, (frem_place){"a.yaml", 1, 99}, NULL), 0);
    assert_int_equal(frem_show_end(NULL, (frem_place){"a.yaml", 3, 3}, NULL), 0);
}

/* One place after another, forwards and backwards, is what each is alone. */
static void test_places_in_any_order(void **state) {
    world *w = *state;
    put(w, "a.yaml", "# one\nkeys:\n  completoin: 0.74 # why\n  list: [a, \"b c\", d]\nlast: æøå\n");
    static const frem_place places[] = {
        {"a.yaml", 3, 3},  {"a.yaml", 3, 15}, {"a.yaml", 4, 9}, {"a.yaml", 4, 13}, {"a.yaml", 5, 7},
        {"a.yaml", 4, 99}, {"b.yaml", 1, 1},  {"a.yaml", 9, 1}, {"a.yaml", 2, 1},  {"a.yaml", 2, 0},
    };
    enum { N = sizeof places / sizeof *places };
    for (size_t step = 1; step < N; step++) {
        frem_show_at at = {0};
        for (size_t i = 0; i < N * N; i++) {
            frem_place place = places[i * step % N];
            assert_int_equal(frem_show_end(w->sources, place, &at), frem_show_end(w->sources, place, NULL));
        }
    }
}

/* Columns count characters; the screen counts columns of its own. */
static void test_wide_and_danish(void **state) {
    world *w = *state;
    put(w, "a.yaml", "æøå: gennemførelse\n日本: x\n\ta: b\r\ne\xCC\x81: x\n");
    raise(w, "a.yaml", 1, 6);
    raise(w, "a.yaml", 2, 1);
    raise(w, "a.yaml", 2, 5);
    raise(w, "a.yaml", 3, 2);
    raise(w, "a.yaml", 4, 5);
    frem_show how = {0};
    assert_shown(w, &how,
                 "a.yaml:1:6: " SAYS "    1 | æøå: gennemførelse\n"
                 "      |      ^~~~~~~~~~~~~\n"
                 "a.yaml:2:1: " SAYS "    2 | 日本: x\n"
                 "      | ^~~~\n"
                 "a.yaml:2:5: " SAYS "    2 | 日本: x\n"
                 "      |       ^\n"
                 "a.yaml:3:2: " SAYS "    3 | \ta: b\n"
                 "      | \t^\n"
                 "a.yaml:4:5: " SAYS "    4 | e\xCC\x81: x\n"
                 "      |    ^\n");
    assert_int_equal(frem_show_end(w->sources, (frem_place){"a.yaml", 2, 1}, NULL), 3);
}

/* What a terminal would act upon is shown as an escape, and the caret stays under its word. */
static void test_harmless(void **state) {
    world *w = *state;
    put(w, "a.csv", "a,\033[2J,\xE6,b\n");
    raise(w, "a.csv", 1, 3);
    raise(w, "a.csv", 1, 8);
    raise(w, "a.csv", 1, 10);
    frem_show how = {0};
    assert_shown(w, &how,
                 "a.csv:1:3: " SAYS "    1 | a,\\u001b[2J,\\xE6,b\n"
                 "      |   ^~~~~~\n"
                 "a.csv:1:8: " SAYS "    1 | a,\\u001b[2J,\\xE6,b\n"
                 "      |             ^~~~\n"
                 "a.csv:1:10: " SAYS "    1 | a,\\u001b[2J,\\xE6,b\n"
                 "      |                  ^\n");
}

static void test_cells(void **state) {
    world *w = *state;
    put(w, "a.csv", "\xEF\xBB\xBFyear,n\n2020,1.5\n2021,\n");
    raise(w, "a.csv", 1, 6);
    raise(w, "a.csv", 2, 1);
    raise(w, "a.csv", 3, 6);
    frem_show how = {0};
    assert_shown(w, &how,
                 "a.csv:1:6: " SAYS "    1 | year,n\n"
                 "      |      ^\n"
                 "a.csv:2:1: " SAYS "    2 | 2020,1.5\n"
                 "      | ^~~~\n"
                 "a.csv:3:6: " SAYS "    3 | 2021,\n"
                 "      |      ^\n");
    assert_int_equal(frem_show_end(w->sources, (frem_place){"a.csv", 3, 6}, NULL), 6);
}

/* A long line is cut around its word: never wider than asked for. */
static void test_long_lines(void **state) {
    world *w = *state;
    char text[401];
    memset(text, 'x', 400);
    text[400] = '\0';
    memcpy(text + 200, " word ", 6);
    put(w, "a.yaml", text);
    raise(w, "a.yaml", 1, 202);
    raise(w, "a.yaml", 1, 1);
    frem_show how = {.width = 48};
    assert_shown(w, &how,
                 "a.yaml:1:1: " SAYS "    1 | xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…\n"
                 "      | ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n"
                 "a.yaml:1:202: " SAYS "    1 | …xxxxxxxxxxxxxxxxxxx word xxxxxxxxxxxxx…\n"
                 "      |                      ^~~~~~~~~~~~~~~~~~\n");
}

static void test_files_apart(void **state) {
    world *w = *state;
    put(w, "a.yaml", "a: 1\n");
    put(w, "b.yaml", "b: 1\n");
    raise(w, "b.yaml", 1, 1);
    raise(w, "a.yaml", 1, 1);
    (void)FREM_PROBLEM(w->diags, ((frem_place){"b.yaml", 1, 4}), UNUSUAL_NUMBER, "b", "1", "0", "0.5",
                       "share", "andel");
    raise(w, "gone.yaml", 1, 1);
    frem_show how = {.lang = FREM_DA};
    assert_shown(w, &how,
                 "b.yaml:1:1: error: filnavnet er tomt\n"
                 "    1 | b: 1\n"
                 "      | ^\n"
                 "b.yaml:1:4: warning: b: 1 er usædvanligt: fra 0 til 0.5 er almindeligt\n"
                 "    1 | b: 1\n"
                 "      |    ^\n"
                 "hint: enheden er andel\n"
                 "\n"
                 "a.yaml:1:1: error: filnavnet er tomt\n"
                 "    1 | a: 1\n"
                 "      | ^\n"
                 "\n"
                 "gone.yaml:1:1: error: filnavnet er tomt\n");
    frem_text count = {0};
    frem_show_count(w->diags, FREM_EN, &count);
    frem_show_count(w->diags, FREM_DA, &count);
    assert_text(count.bytes, "3 errors, 1 warning\n3 fejl, 1 advarsel\n");
    frem_text_free(&count);
}

/* YAML ends lines at marks that a table does not end them at: no line is better than a wrong one. */
static void test_doubtful_lines(void **state) {
    world *w = *state;
    put(w, "a.yaml", "a: 1\rb: 2\nc: 3\n");
    put(w, "b.yaml", "a: \xC2\x85\nc: 3\n");
    raise(w, "a.yaml", 2, 1);
    raise(w, "b.yaml", 2, 1);
    frem_show how = {0};
    assert_shown(w, &how, "a.yaml:2:1: " SAYS "\nb.yaml:2:1: " SAYS);
}

static void test_colours(void **state) {
    world *w = *state;
    put(w, "a.yaml", "a: 1\n");
    raise(w, "a.yaml", 1, 4);
    frem_show how = {.colour = true};
    assert_shown(w, &how,
                 "\033[1ma.yaml:1:4: \033[1;31merror:\033[0m the file name is empty\n"
                 "\033[2m    1 | \033[0ma: 1\n"
                 "\033[2m      | \033[0m   \033[1;31m^\033[0m\n");
}

static void test_related(void **state) {
    world *w = *state;
    assert_int_equal(frem_diags_relate(w->diags, FREM_OK, (frem_place){"a.yaml", 1, 1}), FREM_OK);
    raise(w, "a.yaml", 7, 1);
    char name[] = "a.yaml";
    assert_int_equal(frem_diags_relate(w->diags, FREM_INVALID, (frem_place){name, 3, 5}), FREM_INVALID);
    name[0] = 'X'; /* copied */
    const frem_diag *diag = frem_diags_at(w->diags, 0);
    assert_text(diag->related.file, "a.yaml");
    assert_int_equal(diag->related.line, 3);
    assert_int_equal(diag->related.column, 5);
    raise(w, "a.yaml", 8, 1);
    assert_null(frem_diags_at(w->diags, 1)->related.file);
    assert_int_equal(frem_diags_relate(NULL, FREM_INVALID, diag->related), FREM_INVALID);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, world_new, world_free)
    const struct CMUnitTest tests[] = {
        TEST(test_caret_under_the_word),
        TEST(test_places_in_any_order),
        TEST(test_wide_and_danish),
        TEST(test_harmless),
        TEST(test_cells),
        TEST(test_long_lines),
        TEST(test_files_apart),
        TEST(test_doubtful_lines),
        TEST(test_colours),
        TEST(test_related),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
