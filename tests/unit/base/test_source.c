#include "support/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/source.h"
#include "support/temp.h"

/* A world of folders: scenarios/, two --data folders, the program's own. Tests stand in it. */
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
    static const char *const data[] = {"one", "two/"};
    return frem_sources_new(&w->sources, data, 2, "program") == FREM_OK ? 0 : -1;
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

static void assert_diag(const world *w, size_t i, const char *expected) {
    const frem_diag *diag = frem_diags_at(w->diags, i);
    assert_non_null(diag);
    char *text = frem_diag_text(diag, FREM_EN);
    assert_text(text, expected);
    free(text);
}

static const frem_source *open_file(world *w, const char *path) {
    const frem_source *source = NULL;
    assert_int_equal(frem_sources_open(w->sources, path, w->diags, &source), FREM_OK);
    assert_non_null(source);
    return source;
}

static const frem_place ASKED = {"scenarios/s.yaml", 5, 10};

static const frem_source *find_file(world *w, const frem_source *from, const char *name) {
    const frem_source *source = NULL;
    assert_int_equal(frem_sources_find(w->sources, from, from, name, ASKED, w->diags, &source), FREM_OK);
    assert_non_null(source);
    return source;
}

static void assert_not_found(world *w, const frem_source *from, const char *name, const char *expected) {
    const frem_source *source = NULL;
    size_t before = frem_diags_count(w->diags);
    assert_int_equal(frem_sources_find(w->sources, from, from, name, ASKED, w->diags, &source), FREM_INVALID);
    assert_null(source);
    assert_int_equal(frem_diags_count(w->diags), before + 1);
    assert_diag(w, before, expected);
}

/* FIPS 180-2, appendix B: the digests of "abc" and of nothing. */
static void test_sha256(void **state) {
    (void)state;
    char hex[65];
    frem_sha256("abc", 3, hex);
    assert_text(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    frem_sha256("", 0, hex);
    assert_text(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void test_open(void **state) {
    world *w = *state;
    frem_temp_write(w->folder, "scenarios/s.yaml", "abc");
    const frem_source *source = open_file(w, "scenarios/s.yaml");
    assert_text(source->name, "scenarios/s.yaml");
    assert_text(source->path, "scenarios/s.yaml");
    assert_text(source->bytes, "abc");
    assert_int_equal(source->size, 3);
    char hex[65];
    frem_sha256(source->bytes, source->size, hex);
    assert_text(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_int_equal(source->root, FREM_ROOT_COMMAND);
    /* Read once: a change in between is not seen. */
    frem_temp_write(w->folder, "scenarios/s.yaml", "changed");
    assert_ptr_equal(open_file(w, "scenarios/s.yaml"), source);
    assert_ptr_equal(frem_sources_at(w->sources, 0), source);
    assert_null(frem_sources_at(w->sources, 1));
}

static void test_empty_file(void **state) {
    world *w = *state;
    frem_temp_write(w->folder, "empty.csv", "");
    const frem_source *source = open_file(w, "empty.csv");
    assert_int_equal(source->size, 0);
    assert_text(source->bytes, "");
}

static void test_open_errors(void **state) {
    world *w = *state;
    const frem_source *source = NULL;
    frem_temp_write(w->folder, "scenarios/first.yaml", "");
    assert_int_equal(mkfifo("pipe", 0600), 0);
    static const struct {
        const char *path, *expected;
    } cases[] = {
        {"scenarios/frist.yaml", "scenarios/frist.yaml: error: the file does not exist\n"
                                 "hint: did you mean 'scenarios/first.yaml'?"},
        {"nowhere/x.yaml", "nowhere/x.yaml: error: the folder 'nowhere' does not exist"},
        {"scenarios/first.yaml/x", "scenarios/first.yaml/x: error: the file does not exist"},
        {"scenarios", "scenarios: error: this is a folder, not a file\nhint: name a file in the folder, such "
                      "as scenarios/first.yaml"},
        {"pipe", "pipe: error: this is not a plain file (a pipe, a device or a socket)\n"
                 "hint: save the content to a file and name that"},
        {"/dev/zero", "/dev/zero: error: this is not a plain file (a pipe, a device or a socket)\n"
                      "hint: save the content to a file and name that"},
        {"", "error: the file name is empty"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_int_equal(frem_sources_open(w->sources, cases[i].path, w->diags, &source), FREM_INVALID);
        assert_null(source);
        assert_diag(w, i, cases[i].expected);
    }
    assert_null(frem_sources_at(w->sources, 0));
}

static void test_denied(void **state) {
    world *w = *state;
    const frem_source *source = NULL;
    if (geteuid() == 0)
        skip(); /* root may read everything */
    frem_temp_write(w->folder, "secret.yaml", "");
    assert_int_equal(chmod("secret.yaml", 0), 0);
    assert_int_equal(frem_sources_open(w->sources, "secret.yaml", w->diags, &source), FREM_INVALID);
    assert_diag(w, 0, "secret.yaml: error: the file may not be read (permission denied)");
}

/* 256 MiB and a byte, which the file system does not store. */
static void test_too_large(void **state) {
    world *w = *state;
    const frem_source *source = NULL;
    frem_temp_write(w->folder, "huge.csv", "");
    assert_int_equal(truncate("huge.csv", (off_t)256 * 1024 * 1024 + 1), 0);
    assert_int_equal(frem_sources_open(w->sources, "huge.csv", w->diags, &source), FREM_INVALID);
    assert_diag(w, 0,
                "huge.csv: error: the file is larger than 256 MiB\n"
                "hint: split the file, or leave out rows and columns that are not used");
}

static void test_search_order(void **state) {
    world *w = *state;
    static const struct {
        const char *path;
        frem_root root;
    } places[] = {
        {"scenarios/t.csv", FREM_ROOT_BESIDE},
        {"one/t.csv", FREM_ROOT_DATA},
        {"two/t.csv", FREM_ROOT_DATA},
        {"program/data/t.csv", FREM_ROOT_PROGRAM},
        {"program/scenarios/t.csv", FREM_ROOT_PROGRAM},
    };
    frem_temp_write(w->folder, "scenarios/s.yaml", "");
    for (size_t i = 0; i < 5; i++)
        frem_temp_write(w->folder, places[i].path, places[i].path);
    /* Each time the first place is removed, the next one is found by a new reader. */
    for (size_t i = 0; i < 5; i++) {
        const frem_source *source = find_file(w, open_file(w, "scenarios/s.yaml"), "t.csv");
        assert_text(source->name, "t.csv");
        assert_text(source->path, places[i].path);
        assert_text(source->bytes, places[i].path);
        assert_int_equal(source->root, places[i].root);
        assert_int_equal(unlink(places[i].path), 0);
        static const char *const data[] = {"one", "two/"};
        frem_sources_free(w->sources);
        assert_int_equal(frem_sources_new(&w->sources, data, 2, "program"), FREM_OK);
    }
    assert_not_found(w, open_file(w, "scenarios/s.yaml"), "t.csv",
                     "scenarios/s.yaml:5:10: error: no file 't.csv' was found\n"
                     "hint: searched in: scenarios, one, two/, program/data, program/scenarios");
}

/* The folder of the file that names it, wherever that one was found. */
static void test_beside_a_found_file(void **state) {
    world *w = *state;
    frem_temp_write(w->folder, "s.yaml", "");
    frem_temp_write(w->folder, "one/deep/base.yaml", "");
    frem_temp_write(w->folder, "one/deep/t.csv", "deep");
    frem_temp_write(w->folder, "t.csv", "here");
    const frem_source *s = open_file(w, "s.yaml");
    const frem_source *base = find_file(w, s, "deep/base.yaml");
    assert_text(base->path, "one/deep/base.yaml");
    assert_int_equal(base->root, FREM_ROOT_DATA);
    assert_text(find_file(w, base, "t.csv")->path, "one/deep/t.csv");
    assert_int_equal(find_file(w, base, "t.csv")->root, FREM_ROOT_BESIDE);
    assert_text(find_file(w, s, "t.csv")->path, "t.csv");
    /* Without a file that names it, as for --set. */
    assert_text(find_file(w, NULL, "deep/t.csv")->path, "one/deep/t.csv");
}

static void test_one_content_under_two_names(void **state) {
    world *w = *state;
    frem_temp_write(w->folder, "s.yaml", "");
    frem_temp_write(w->folder, "scenarios/s.yaml", "");
    frem_temp_write(w->folder, "scenarios/t.csv", "x");
    const frem_source *a = find_file(w, open_file(w, "scenarios/s.yaml"), "t.csv");
    const frem_source *b = find_file(w, open_file(w, "s.yaml"), "scenarios/t.csv");
    assert_ptr_not_equal(a, b);
    assert_ptr_equal(a->bytes, b->bytes);
    assert_text(a->name, "t.csv");
    assert_text(b->name, "scenarios/t.csv");
    assert_ptr_equal(find_file(w, open_file(w, "s.yaml"), "scenarios/t.csv"), b);
}

static void test_links_are_followed(void **state) {
    world *w = *state;
    frem_temp_write(w->folder, "elsewhere/t.csv", "far");
    frem_temp_write(w->folder, "scenarios/s.yaml", "");
    assert_int_equal(symlink("../elsewhere/t.csv", "scenarios/t.csv"), 0);
    assert_text(find_file(w, open_file(w, "scenarios/s.yaml"), "t.csv")->bytes, "far");
}

#define LEADS_OUT(name)                                                                                      \
    "scenarios/s.yaml:5:10: error: '" name "' leads out of the folders that a scenario reads from\n"         \
    "hint: '..' may lead into the folder of the scenario that is run, the one above it, or a --data "        \
    "folder: "                                                                                               \
    "name the file's folder with --data"

static void test_names_that_lead_out(void **state) {
    world *w = *state;
    frem_temp_write(w->folder, "work/plan/s.yaml", "");
    frem_temp_write(w->folder, "work/plan/..t.csv", "dots");
    frem_temp_write(w->folder, "t.csv", "");
    frem_temp_write(w->folder, "work2/t.csv", ""); /* its path begins as that of a root does */
    assert_int_equal(chdir("work"), 0);
    const frem_source *s = open_file(w, "plan/s.yaml");
    assert_not_found(w, s, "../../t.csv", LEADS_OUT("../../t.csv"));
    assert_not_found(w, s, "../../work2/t.csv", LEADS_OUT("../../work2/t.csv"));
    assert_not_found(w, s, "../../nowhere/t.csv", LEADS_OUT("../../nowhere/t.csv"));
    assert_not_found(w, s, "a/../../../../../../../../../../../../etc/passwd",
                     LEADS_OUT("a/../../../../../../../../../../../../etc/passwd"));
    assert_not_found(
        w, s, "/etc/passwd",
        "scenarios/s.yaml:5:10: error: '/etc/passwd' is an absolute file name\n"
        "hint: write a name relative to this file's folder, or put the file in a folder given with "
        "--data");
    assert_not_found(
        w, s, "C:\\data\\t.csv",
        "scenarios/s.yaml:5:10: error: 'C:\\data\\t.csv' is an absolute file name\n"
        "hint: write a name relative to this file's folder, or put the file in a folder given with "
        "--data");
    assert_not_found(w, s, "", "scenarios/s.yaml:5:10: error: the file name is empty");
    assert_text(find_file(w, s, "..t.csv")->bytes, "dots");
    /* Without a scenario there is nothing that ".." could be seen from. */
    const frem_source *none = NULL;
    assert_int_equal(frem_sources_find(w->sources, NULL, s, "../t.csv", ASKED, NULL, &none), FREM_INVALID);
}

/* The folder of the scenario, the one above it and the --data folders can be reached with "..". */
static void test_names_that_lead_up(void **state) {
    world *w = *state;
    frem_temp_write(w->folder, "work/plan/kommune/s.yaml", "");
    frem_temp_write(w->folder, "work/plan/t.csv", "above");
    frem_temp_write(w->folder, "work/plan/kommune/t.csv", "beside");
    frem_temp_write(w->folder, "work/plan/other/b.yaml", "");
    frem_temp_write(w->folder, "work/plan/other/t.csv", "other");
    frem_temp_write(w->folder, "one/t.csv", "data");
    frem_temp_write(w->folder, "one/deep/b.yaml", "");
    const frem_source *s = open_file(w, "work/plan/kommune/s.yaml");
    const frem_source *above = find_file(w, s, "../t.csv");
    assert_text(above->bytes, "above");
    assert_text(above->path, "work/plan/t.csv"); /* without the detour */
    assert_text(above->name, "../t.csv");
    assert_int_equal(above->root, FREM_ROOT_BESIDE);
    assert_text(find_file(w, s, "x/../t.csv")->path, "work/plan/kommune/t.csv");
    assert_text(find_file(w, s, "../../../one/t.csv")->bytes, "data"); /* a --data folder */
    assert_not_found(
        w, s, "../none.csv",
        "scenarios/s.yaml:5:10: error: no file '../none.csv' was found\nhint: searched in: work/plan");
    /* Seen from the file that names it, not from the scenario: and never from the other folders. */
    const frem_source *other = find_file(w, s, "../other/b.yaml"), *found = NULL;
    assert_int_equal(frem_sources_find(w->sources, s, other, "../other/t.csv", ASKED, w->diags, &found),
                     FREM_OK);
    assert_text(found->bytes, "other");
    assert_int_equal(frem_sources_find(w->sources, s, other, "../../t.csv", ASKED, NULL, &found),
                     FREM_INVALID);
    const frem_source *deep = find_file(w, s, "deep/b.yaml");
    assert_int_equal(frem_sources_find(w->sources, s, deep, "../t.csv", ASKED, w->diags, &found), FREM_OK);
    assert_text(found->path, "one/t.csv");
    /* Another scenario of the command does not open its folders to this one. */
    const frem_source *far = open_file(w, "one/deep/b.yaml");
    assert_int_equal(frem_sources_find(w->sources, far, far, "../../work/plan/t.csv", ASKED, NULL, &found),
                     FREM_INVALID);
}

/* What counts is where the file lies: a link in a reachable folder does not lead ".." out of it. */
static void test_links_do_not_lead_up(void **state) {
    world *w = *state;
    frem_temp_write(w->folder, "work/plan/s.yaml", "");
    frem_temp_write(w->folder, "work/t.csv", "above");
    frem_temp_write(w->folder, "secret/sub/t.csv", "secret");
    frem_temp_write(w->folder, "secret/t.csv", "secret");
    assert_int_equal(symlink("../../secret/sub", "work/plan/link"), 0);
    assert_int_equal(symlink("../secret/t.csv", "work/linked.csv"), 0);
    assert_int_equal(symlink("work/plan", "entry"), 0);
    const frem_source *s = open_file(w, "work/plan/s.yaml"), *none = NULL;
    assert_int_equal(frem_sources_find(w->sources, s, s, "link/../t.csv", ASKED, NULL, &none), FREM_INVALID);
    assert_int_equal(frem_sources_find(w->sources, s, s, "../linked.csv", ASKED, NULL, &none), FREM_INVALID);
    /* A folder that is itself a link: ".." is above what it points to, as for the kernel. */
    const frem_source *through = find_file(w, open_file(w, "entry/s.yaml"), "../t.csv");
    assert_text(through->bytes, "above");
    assert_text(through->path, "entry/../t.csv");
}

static void test_backslashes(void **state) {
    world *w = *state;
    frem_temp_write(w->folder, "s.yaml", "");
    frem_temp_write(w->folder, "odd\\name.csv", "odd");
    const frem_source *s = open_file(w, "s.yaml");
    assert_text(find_file(w, s, "odd\\name.csv")->bytes, "odd"); /* where there is such a file it is meant */
#define SLASH(better) " was found: folders are parted by '/', not by a backslash\nhint: write '" better "'"
    assert_not_found(w, s, "tables\\x.csv",
                     "scenarios/s.yaml:5:10: error: no file 'tables\\x.csv'" SLASH("tables/x.csv"));
    assert_not_found(w, s, "..\\x.csv",
                     "scenarios/s.yaml:5:10: error: no file '..\\x.csv'" SLASH("../x.csv"));
    /* "tables\nurses.csv" in double quotes */
    assert_not_found(w, s, "tables\nurses.csv",
                     "scenarios/s.yaml:5:10: error: no file 'tables\\nurses.csv'" SLASH("tables/nurses.csv"));
}

/* What is in the way is an error, and never passed over for a file of that name further on. */
static void test_unusable_where_found(void **state) {
    world *w = *state;
    frem_temp_write(w->folder, "scenarios/s.yaml", "");
    frem_temp_write(w->folder, "one/t.csv", "");
    assert_int_equal(mkfifo("scenarios/t.csv", 0600), 0);
    assert_not_found(
        w, open_file(w, "scenarios/s.yaml"), "t.csv",
        "scenarios/s.yaml:5:10: error: 't.csv' was found as 'scenarios/t.csv', which is not a plain file\n"
        "hint: name a file, or move what is in its way");
}

static void test_nowhere_to_search(void **state) {
    world *w = *state;
    frem_sources_free(w->sources);
    assert_int_equal(frem_sources_new(&w->sources, NULL, 0, NULL), FREM_OK);
    frem_temp_write(w->folder, "s.yaml", "");
    assert_not_found(w, open_file(w, "s.yaml"), "t.csv",
                     "scenarios/s.yaml:5:10: error: no file 't.csv' was found\nhint: searched in: .");
    assert_not_found(w, NULL, "t.csv", "scenarios/s.yaml:5:10: error: no file 't.csv' was found");
}

/* ---- files in memory ---- */

static void put(world *w, const char *path, const char *text) {
    assert_int_equal(frem_sources_put(w->sources, path, text, strlen(text)), FREM_OK);
}

static void forget_number(void *parsed) {
    ++*(int *)parsed;
}

static void test_put(void **state) {
    world *w = *state;
    const frem_source *found = NULL, *other = NULL;
    static int forgotten, kept; /* until the sources are freed */
    frem_temp_write(w->folder, "scenarios/s.yaml", "on disk");
    frem_temp_write(w->folder, "one/t.csv", "on disk");
    const frem_source *s = open_file(w, "scenarios/s.yaml");
    assert_int_equal(frem_sources_find(w->sources, s, s, "t.csv", ASKED, w->diags, &other), FREM_OK);
    assert_text(other->bytes, "on disk");
    /* In place of the file, for every name that it was found by. */
    assert_true(frem_sources_keep(w->sources, s, &forgotten, forget_number));
    assert_false(frem_sources_keep(w->sources, s, &forgotten, forget_number));
    assert_true(frem_sources_keep(w->sources, other, &kept, forget_number));
    assert_ptr_equal(frem_sources_parsed(w->sources, s), &forgotten);
    put(w, "./scenarios//s.yaml", "put");
    assert_text(s->bytes, "put");
    assert_int_equal(s->size, 3);
    assert_ptr_equal(open_file(w, "scenarios/s.yaml"), s);
    assert_int_equal(forgotten, 1);
    assert_null(frem_sources_parsed(w->sources, s));
    assert_ptr_equal(frem_sources_parsed(w->sources, other), &kept);
    assert_int_equal(kept, 0);
    assert_text(other->bytes, "on disk");
    /* Where there is none, in each of the places that are looked in, in their order. */
    put(w, "program/data/u.csv", "of the program");
    assert_int_equal(frem_sources_find(w->sources, s, s, "u.csv", ASKED, w->diags, &found), FREM_OK);
    assert_text(found->bytes, "of the program");
    assert_int_equal(found->root, FREM_ROOT_PROGRAM);
    put(w, "scenarios/u.csv", "beside");
    assert_int_equal(frem_sources_find(w->sources, s, s, "u.csv", ASKED, w->diags, &found), FREM_OK);
    assert_text(found->bytes, "beside");
    assert_int_equal(found->root, FREM_ROOT_BESIDE);
    assert_int_equal(frem_sources_put(w->sources, "scenarios/empty.csv", NULL, 0), FREM_OK);
    assert_text(open_file(w, "scenarios/empty.csv")->bytes, "");
    assert_int_equal(frem_sources_put(w->sources, "big", "x", (size_t)257 << 20), FREM_INVALID);
    assert_int_equal(frem_diags_count(w->diags), 0);
}

int main(void) {
#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, world_new, world_free)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sha256),
        IN_WORLD(test_open),
        IN_WORLD(test_empty_file),
        IN_WORLD(test_open_errors),
        IN_WORLD(test_denied),
        IN_WORLD(test_too_large),
        IN_WORLD(test_search_order),
        IN_WORLD(test_beside_a_found_file),
        IN_WORLD(test_one_content_under_two_names),
        IN_WORLD(test_links_are_followed),
        IN_WORLD(test_names_that_lead_out),
        IN_WORLD(test_names_that_lead_up),
        IN_WORLD(test_links_do_not_lead_up),
        IN_WORLD(test_backslashes),
        IN_WORLD(test_unusable_where_found),
        IN_WORLD(test_nowhere_to_search),
        IN_WORLD(test_put),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
