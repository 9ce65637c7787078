#include "support/check.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/platform.h"
#include "base/problem.h"

static frem_diags *diags_new(void) {
    frem_diags *diags = NULL;
    assert_int_equal(frem_diags_new(&diags), FREM_OK);
    return diags;
}

static void assert_diag(const frem_diags *diags, size_t i, frem_lang lang, const char *expected) {
    char *text = frem_diag_text(frem_diags_at(diags, i), lang);
    assert_non_null(text);
    assert_text(text, expected);
    free(text);
}

static void test_adding(void **state) {
    (void)state;
    frem_diags *diags = diags_new();
    char argument[] = "pop.csv";
    frem_place place = {"a.yaml", 4, 7};
    assert_int_equal(FREM_PROBLEM(diags, place, FILE_NOT_FOUND, argument, "., data"), FREM_INVALID);
    argument[0] = 'X'; /* arguments are copied */
    assert_int_equal(frem_diags_count(diags), 1);
    assert_int_equal(frem_diags_errors(diags), 1);
    assert_int_equal(frem_diags_warnings(diags), 0);
    const frem_diag *diag = frem_diags_at(diags, 0);
    assert_text(diag->name, "file-not-found");
    assert_int_equal(diag->severity, FREM_ERROR);
    assert_int_equal(diag->code, FREM_MSG_FILE_NOT_FOUND);
    assert_int_equal(diag->n_args, 2);
    assert_text(diag->args[0], "pop.csv");
    assert_null(frem_diags_at(diags, 1));
    assert_diag(diags, 0, FREM_EN,
                "a.yaml:4:7: error: no file 'pop.csv' was found\nhint: searched in: ., data");
    assert_diag(diags, 0, FREM_DA,
                "a.yaml:4:7: error: ingen fil 'pop.csv' blev fundet\nhint: søgt i: ., data");
    frem_diags_free(diags);
    frem_diags_free(NULL);
}

/* A file's name is copied too: what names it may be gone when the problem is shown. */
static void test_file_names_are_copied(void **state) {
    (void)state;
    frem_diags *diags = diags_new();
    char *name = strdup("b.yaml");
    (void)FREM_PROBLEM(diags, ((frem_place){name, 1, 2}), NAME_EMPTY, "");
    free(name);
    assert_diag(diags, 0, FREM_EN, "b.yaml:1:2: error: the file name is empty");
    frem_diags_free(diags);
}

static void test_dropped_without_a_collection(void **state) {
    (void)state;
    assert_int_equal(FREM_PROBLEM(NULL, FREM_NOWHERE, NAME_EMPTY, ""), FREM_INVALID);
    assert_int_equal(frem_diags_add(NULL, FREM_NOWHERE, FREM_MSG_COUNT, NULL, 0), FREM_DEFECT);
}

static void test_places(void **state) {
    (void)state;
    frem_diags *diags = diags_new();
    (void)FREM_PROBLEM(diags, FREM_NOWHERE, NAME_EMPTY, "");
    (void)FREM_PROBLEM(diags, ((frem_place){"f", 0, 0}), NAME_EMPTY, "");
    (void)FREM_PROBLEM(diags, ((frem_place){"f", 3, 0}), NAME_EMPTY, "");
    (void)FREM_PROBLEM(diags, ((frem_place){"f", 3, 9}), NAME_EMPTY, "");
    assert_diag(diags, 0, FREM_EN, "error: the file name is empty");
    assert_diag(diags, 1, FREM_EN, "f: error: the file name is empty");
    assert_diag(diags, 2, FREM_EN, "f:3: error: the file name is empty");
    assert_diag(diags, 3, FREM_DA, "f:3:9: error: filnavnet er tomt");
    frem_diags_free(diags);
}

static void test_hint_needs_its_arguments(void **state) {
    (void)state;
    frem_diags *diags = diags_new();
    frem_place place = {"x.yml", 0, 0};
    (void)FREM_PROBLEM(diags, place, FILE_MISSING, NULL);
    (void)FREM_PROBLEM(diags, place, FILE_MISSING, "x.yaml");
    (void)frem_diags_add(diags, place, FREM_MSG_FILE_MISSING, NULL, 0);
    assert_diag(diags, 0, FREM_EN, "x.yml: error: the file does not exist");
    assert_diag(diags, 1, FREM_EN, "x.yml: error: the file does not exist\nhint: did you mean 'x.yaml'?");
    assert_diag(diags, 2, FREM_EN, "x.yml: error: the file does not exist");
    /* An argument that is the whole hint. */
    (void)FREM_PROBLEM(diags, place, TABLE_NO_ROW, "a", "b", "", "");
    (void)FREM_PROBLEM(diags, place, TABLE_NO_ROW, "a", "b", "add it", "tilføj den");
    assert_diag(diags, 3, FREM_EN, "x.yml: error: a has no row for b");
    assert_diag(diags, 4, FREM_DA, "x.yml: error: a har ingen række for b\nhint: tilføj den");
    frem_diags_free(diags);
}

/* Nothing from a file reaches the terminal as a command, and a problem stays on its line. */
static void test_harmless(void **state) {
    (void)state;
    frem_diags *diags = diags_new();
    (void)FREM_PROBLEM(diags, ((frem_place){"a\nb", 0, 0}), NAME_ABSOLUTE,
                       "/æ\x1B[2J\n\t\x7F\xC2\x9B\xFF\xE2\x80\xAE{1}");
    char *text = frem_diag_text(frem_diags_at(diags, 0), FREM_EN);
    *strchr(text, '\n') = '\0';
    assert_text(text,
                "a\\nb: error: '/æ\\u001b[2J\\n\\t\\u007f\\u009b\\xFF\\u202e{1}' is an absolute file name");
    free(text);
    frem_diags_free(diags);
}

static void test_sorting(void **state) {
    (void)state;
    static const struct {
        frem_place place;
        const char *what;
    } found[] = {
        {{"z.yaml", 9, 1}, "3"}, {{"a.csv", 2, 5}, "6"}, {{"z.yaml", 2, 8}, "1"}, {{"z.yaml", 2, 8}, "2"},
        {{"z.yaml", 2, 3}, "0"}, {{NULL, 0, 0}, "7"},    {{"a.csv", 2, 4}, "5"},  {{"a.csv", 1, 9}, "4"},
    };
    frem_diags *diags = diags_new();
    size_t n = sizeof found / sizeof found[0];
    for (size_t i = 0; i < n; i++)
        (void)FREM_PROBLEM(diags, found[i].place, NAME_ABSOLUTE, found[i].what);
    for (int round = 0; round < 2; round++) {
        frem_diags_sort(diags);
        for (size_t i = 0; i < n; i++)
            assert_int_equal(frem_diags_at(diags, i)->args[0][0], '0' + (int)i);
    }
    frem_diags_free(diags);
}

/* Every message: a name of its own, both languages, as many arguments in both (some differ by language). */
static int places_in(const char *text) {
    int places = 0;
    for (int i = 0; i < 6; i++) {
        const char place[] = {'{', (char)('0' + i), '}', '\0'},
                   number[] = {'{', (char)('0' + i), 'n', '}', '\0'};
        places += strstr(text, place) != NULL || strstr(text, number) != NULL;
    }
    return places;
}

/* Numbers of results have the language's marks; what is no number, and all that goes back into a file, has none. */
static void test_numbers(void **state) {
    (void)state;
    frem_diags *diags = diags_new();
    (void)FREM_PROBLEM(diags, FREM_NOWHERE, SOLVE_UNREACHED, "a.2035", "gap:x:all:2035 = -1234.5", "0",
                       "1209340", "-0.5", "1234.5");
    char *text = frem_diag_text(frem_diags_at(diags, 0), FREM_DA);
    assert_text(text, "error: ingen værdi af a.2035 fra 0 til 1.209.340 giver gap:x:all:2035 = -1234.5\n"
                      "hint: med -0,5 er tallet i bedste fald 1.234,5");
    free(text);
    text = frem_diag_text(frem_diags_at(diags, 0), FREM_EN);
    assert_text(text, "error: no value of a.2035 from 0 to 1209340 gives gap:x:all:2035 = -1234.5\n"
                      "hint: with -0.5 it is at best 1234.5");
    free(text);
    frem_diags_free(diags);
    diags = diags_new();
    (void)FREM_PROBLEM(diags, FREM_NOWHERE, SOLVE_MANY_UNREACHED, "x", "a.æ 1.5, b 12..1536; c.2035",
                       "v1.2 -3.25");
    text = frem_diag_text(frem_diags_at(diags, 0), FREM_DA);
    assert_text(text, "error: ingen værdier mellem grænserne giver x\n"
                      "hint: nærmest kommer a.æ 1,5, b 12..1.536; c.2035, som giver v1.2 -3,25");
    free(text);
    frem_diags_free(diags);
}

static void test_catalogue(void **state) {
    (void)state;
    static const struct {
        const char *code, *en, *da, *hint_en, *hint_da;
    } all[] = {
#define FREM_MESSAGE(code, severity, en, da, hint_en, hint_da) {#code, en, da, hint_en, hint_da},
#include "base/messages/all.def"
#undef FREM_MESSAGE
    };
    assert_int_equal(sizeof all / sizeof all[0], FREM_MSG_COUNT);
    for (size_t i = 0; i < FREM_MSG_COUNT; i++) {
        const char *name = frem_code_name((frem_code)i);
        assert_int_equal(strlen(name), strlen(all[i].code));
        assert_int_equal(strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-"), strlen(name));
        if (all[i].en[0] == '\0' || all[i].da[0] == '\0' ||
            (all[i].hint_en[0] == '\0') != (all[i].hint_da[0] == '\0'))
            fail_msg("%s lacks a text in one language", all[i].code);
        if (places_in(all[i].en) != places_in(all[i].da) ||
            places_in(all[i].hint_en) != places_in(all[i].hint_da))
            fail_msg("%s has another number of arguments in Danish than in English", all[i].code);
    }
    assert_text(frem_code_name(FREM_MSG_COUNT), "");
}

static void test_error_texts(void **state) {
    (void)state;
    assert_text(frem_error_text(ENOSPC), "No space left on device");
    assert_text(frem_error_text(-5), "unknown error");
}

static void test_many(void **state) {
    (void)state;
    frem_diags *diags = diags_new();
    for (unsigned i = 0; i < 20000; i++)
        assert_int_equal(FREM_PROBLEM(diags, ((frem_place){i % 2 ? "a" : "b", 20000 - i, 1}), NAME_EMPTY, ""),
                         FREM_INVALID);
    frem_diags_sort(diags);
    assert_int_equal(frem_diags_count(diags), 20000);
    assert_int_equal(frem_diags_at(diags, 0)->place.line, 2);
    assert_text(frem_diags_at(diags, 0)->place.file, "b");
    assert_int_equal(frem_diags_at(diags, 10000)->place.line, 1);
    frem_diags_free(diags);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_adding),
        cmocka_unit_test(test_file_names_are_copied),
        cmocka_unit_test(test_dropped_without_a_collection),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_hint_needs_its_arguments),
        cmocka_unit_test(test_harmless),
        cmocka_unit_test(test_sorting),
        cmocka_unit_test(test_catalogue),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_error_texts),
        cmocka_unit_test(test_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
