#include "support/check.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "publish/stage.h"
#include "support/temp.h"

/* The tests stand in a folder of their own. */
typedef struct world {
    char *folder;
    char *before;
    frem_diags *diags;
    mode_t mask;
} world;

static int world_new(void **state) {
    world *w = calloc(1, sizeof *w);
    if (w == NULL)
        return -1;
    *state = w;
    w->mask = umask(022);
    w->folder = frem_temp_folder();
    w->before = getcwd(NULL, 0);
    return chdir(w->folder) == 0 && frem_diags_new(&w->diags) == FREM_OK ? 0 : -1;
}

static int world_free(void **state) {
    world *w = *state;
    (void)umask(w->mask);
    frem_diags_free(w->diags);
    int result = chdir(w->before);
    free(w->before);
    frem_temp_remove(w->folder);
    free(w);
    return result;
}

static void assert_files(const world *w, const char *expected) {
    char *list = frem_temp_list(w->folder);
    assert_text(list, expected);
    free(list);
}

static void assert_content(const world *w, const char *name, const char *expected) {
    char *text = frem_temp_read(w->folder, name);
    assert_non_null(text);
    assert_text(text, expected);
    free(text);
}

static void assert_diag(const world *w, size_t i, const char *expected) {
    const frem_diag *diag = frem_diags_at(w->diags, i);
    assert_non_null(diag);
    char *text = frem_diag_text(diag, FREM_EN);
    assert_text(text, expected);
    free(text);
}

static frem_stage *open_stage(world *w, const char *dir) {
    frem_stage *stage = NULL;
    assert_int_equal(frem_stage_open(&stage, dir, w->diags), FREM_OK);
    return stage;
}

static void put(frem_stage *stage, const char *name, const char *text) {
    frem_sink *sink = NULL;
    assert_int_equal(frem_stage_file(stage, name, &sink), FREM_OK);
    frem_sink_text(sink, text);
    assert_int_equal(frem_stage_close_file(stage, sink), FREM_OK);
}

/* A manifest that lists what the stage holds so far. */
static void put_manifest(frem_stage *stage) {
    frem_sink *sink = NULL;
    const frem_staged *file;
    assert_int_equal(frem_stage_file(stage, FREM_MANIFEST, &sink), FREM_OK);
    frem_sink_text(sink, "{\"program\": \"fremskriv\", \"outputs\": [");
    for (size_t i = 0; (file = frem_stage_at(stage, i)) != NULL; i++)
        frem_sink_print(sink, "%s{\"path\": \"%s\", \"sha256\": \"%s\"}", i > 0 ? ", " : "", file->name,
                        file->sha256);
    frem_sink_text(sink, "]}\n");
    assert_int_equal(frem_stage_close_file(stage, sink), FREM_OK);
}

/* A whole stage with results.csv, CHART and the manifest. */
static frem_stage *fill_stage(world *w, const char *dir, const char *results, const char *chart) {
    frem_stage *stage = open_stage(w, dir);
    put(stage, "results.csv", results);
    put(stage, chart, "chart");
    put_manifest(stage);
    return stage;
}

static void write_output(world *w, const char *dir, const char *results, const char *chart) {
    size_t before = frem_diags_errors(w->diags);
    assert_int_equal(frem_stage_commit(fill_stage(w, dir, results, chart), w->diags), FREM_OK);
    assert_int_equal(frem_diags_errors(w->diags), before);
}

/* The same with --force. */
static void force_output(world *w, const char *dir, const char *results, const char *chart) {
    frem_stage *stage = fill_stage(w, dir, results, chart);
    frem_stage_rules(stage, NULL, true);
    assert_int_equal(frem_stage_commit(stage, w->diags), FREM_OK);
}

/* A commit that is refused: the problem is reported, and nothing is changed. */
static void refuse_output(world *w, frem_stage *stage, const char *expected) {
    size_t n = frem_diags_count(w->diags);
    assert_int_equal(frem_stage_check(stage, w->diags), FREM_UNWRITABLE);
    assert_int_equal(frem_stage_commit(stage, w->diags), FREM_UNWRITABLE);
    assert_int_equal(frem_diags_count(w->diags), n + 2);
    assert_diag(w, n, expected);
    assert_diag(w, n + 1, expected);
}

static ino_t inode(const char *path) {
    struct stat info;
    assert_int_equal(stat(path, &info), 0);
    return info.st_ino;
}

static void test_new_folder(void **state) {
    world *w = *state;
    frem_stage *stage = open_stage(w, "out");
    put(stage, "results.csv", "abc");
    char *path = frem_stage_path(stage, "charts/gap.png");
    assert_non_null(path);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    assert_true(fputs("", file) >= 0);
    assert_int_equal(fclose(file), 0);
    free(path);
    assert_int_equal(frem_stage_adopt(stage, "charts/gap.png"), FREM_OK);
    /* Sorted by name, hashed (the digests of "" and "abc"). */
    const frem_staged *first = frem_stage_at(stage, 0), *second = frem_stage_at(stage, 1);
    assert_text(first->name, "charts/gap.png");
    assert_text(first->sha256, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_int_equal(first->size, 0);
    assert_text(second->name, "results.csv");
    assert_text(second->sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_int_equal(second->size, 3);
    assert_null(frem_stage_at(stage, 2));
    put_manifest(stage);
    assert_int_equal(access("out", F_OK), -1);
    assert_int_equal(frem_stage_commit(stage, w->diags), FREM_OK);
    assert_files(w, "out/\nout/charts/\nout/charts/gap.png\nout/manifest.json\nout/results.csv\n");
    assert_content(w, "out/results.csv", "abc");
}

static void test_permissions_are_the_umasks(void **state) {
    world *w = *state;
    struct stat info;
    (void)umask(027);
    write_output(w, "a/out", "r", "charts/a.svg");
    static const struct {
        const char *path;
        mode_t mode;
    } wanted[] = {{"a", 0750}, {"a/out", 0750}, {"a/out/charts", 0750}, {"a/out/results.csv", 0640}};
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(stat(wanted[i].path, &info), 0);
        assert_int_equal(info.st_mode & 07777, wanted[i].mode);
    }
    /* A folder that was there keeps its own. */
    assert_int_equal(chmod("a/out", 0700), 0);
    write_output(w, "a/out", "s", "charts/a.svg");
    assert_int_equal(stat("a/out", &info), 0);
    assert_int_equal(info.st_mode & 07777, 0700);
}

static void test_forms_of_the_name(void **state) {
    world *w = *state;
    write_output(w, "one/", "1", "c");
    write_output(w, "x/y/z///", "2", "c");
    write_output(w, "./two", "3", "c");
    char *absolute = frem_temp_path(w->folder, "three");
    write_output(w, absolute, "4", "c");
    free(absolute);
    assert_files(w, "one/\none/c\none/manifest.json\none/results.csv\n"
                    "three/\nthree/c\nthree/manifest.json\nthree/results.csv\n"
                    "two/\ntwo/c\ntwo/manifest.json\ntwo/results.csv\n"
                    "x/\nx/y/\nx/y/z/\nx/y/z/c\nx/y/z/manifest.json\nx/y/z/results.csv\n");
}

static void test_empty_folder(void **state) {
    world *w = *state;
    assert_int_equal(mkdir("out", 0755), 0);
    write_output(w, "out", "new", "c");
    assert_files(w, "out/\nout/c\nout/manifest.json\nout/results.csv\n");
}

/* Ours alone: exchanged as a whole, nothing old stays, and that is reported. */
static void test_exchange(void **state) {
    world *w = *state;
    write_output(w, "out", "old", "charts/old.svg");
    assert_int_equal(frem_diags_count(w->diags), 0);
    ino_t before = inode("out");
    write_output(w, "out", "new", "charts/new.svg");
    assert_int_not_equal(inode("out"), before);
    assert_files(w, "out/\nout/charts/\nout/charts/new.svg\nout/manifest.json\nout/results.csv\n");
    assert_content(w, "out/results.csv", "new");
    assert_diag(w, 0,
                "warning: files of an earlier run were removed from 'out': charts/old.svg\n"
                "hint: this run does not write them, and they would not belong to its results");
    /* The same files anew are nothing to report. */
    write_output(w, "out", "newer", "charts/new.svg");
    assert_int_equal(frem_diags_count(w->diags), 1);
}

/* Files and folders of others come along, the same ones, and what only the old manifest lists goes. */
static void test_foreign_file(void **state) {
    world *w = *state;
    write_output(w, "out", "old", "charts/old.svg");
    frem_temp_write(w->folder, "out/notes.txt", "mine");
    frem_temp_write(w->folder, "out/letters/a.txt", "mine too");
    assert_int_equal(symlink("../elsewhere", "out/link"), 0);
    ino_t before = inode("out"), notes = inode("out/notes.txt"), letters = inode("out/letters");
    write_output(w, "out", "new", "figures/new.svg");
    assert_int_not_equal(inode("out"), before);
    assert_int_equal(inode("out/notes.txt"), notes);
    assert_int_equal(inode("out/letters"), letters);
    assert_files(w, "out/\nout/figures/\nout/figures/new.svg\nout/letters/\nout/letters/a.txt\nout/link@\n"
                    "out/manifest.json\nout/notes.txt\nout/results.csv\n");
    assert_content(w, "out/results.csv", "new");
    assert_content(w, "out/notes.txt", "mine");
    struct stat info;
    assert_int_equal(stat("out/notes.txt", &info), 0);
    assert_int_equal(info.st_nlink, 1);
    char *manifest = frem_temp_read(w->folder, "out/manifest.json");
    assert_non_null(strstr(manifest, "figures/new.svg"));
    free(manifest);
}

/* A foreign file in a listed folder, an empty folder of someone's, a link under a listed name. */
static void test_foreign_below(void **state) {
    world *w = *state;
    write_output(w, "out", "old", "charts/old.svg");
    frem_temp_write(w->folder, "out/charts/mine.svg", "mine");
    write_output(w, "out", "new", "c");
    assert_files(w, "out/\nout/c\nout/charts/\nout/charts/mine.svg\nout/manifest.json\nout/results.csv\n");

    write_output(w, "two", "old", "charts/old.svg");
    assert_int_equal(mkdir("two/empty", 0755), 0);
    write_output(w, "two", "new", "charts/old.svg");
    assert_int_equal(access("two/empty", F_OK), 0);

    write_output(w, "three", "old", "charts/old.svg");
    frem_temp_write(w->folder, "elsewhere", "mine");
    assert_int_equal(unlink("three/charts/old.svg"), 0);
    assert_int_equal(symlink("../../elsewhere", "three/charts/old.svg"), 0);
    assert_int_equal(unlink("three/results.csv"), 0);
    assert_int_equal(symlink("../elsewhere", "three/results.csv"), 0);
    refuse_output(
        w, fill_stage(w, "three", "new", "c"),
        "error: files in the output folder 'three' are not replaced, because no manifest of fremskriv lists "
        "them: results.csv\n"
        "hint: move them, give another folder with -o, or replace them with --force");
    force_output(w, "three", "new", "c");
    assert_content(w, "elsewhere", "mine"); /* nothing is written through a link */
    assert_content(w, "three/results.csv", "new");
    assert_content(w, "three/charts/old.svg", "mine"); /* a link is not what the manifest lists, and stays */
}

/* A file of others is replaced only by force, and named. */
static void test_force(void **state) {
    world *w = *state;
    for (int i = 1; i <= 7; i++) {
        char name[] = "out/c0";
        name[5] = (char)('0' + i);
        frem_temp_write(w->folder, name, "mine");
    }
    frem_temp_write(w->folder, "out/results.csv", "mine");
    ino_t before = inode("out");
    refuse_output(
        w, fill_stage(w, "out", "new", "d"),
        "error: files in the output folder 'out' are not replaced, because no manifest of fremskriv lists "
        "them: results.csv\n"
        "hint: move them, give another folder with -o, or replace them with --force");
    assert_int_equal(inode("out"), before);
    assert_content(w, "out/results.csv", "mine");
    frem_stage *stage = open_stage(w, "out");
    for (int i = 1; i <= 7; i++) {
        char name[] = "c0";
        name[1] = (char)('0' + i);
        put(stage, name, "new");
    }
    put_manifest(stage);
    refuse_output(
        w, stage,
        "error: files in the output folder 'out' are not replaced, because no manifest of fremskriv lists "
        "them: c1, c2, c3, c4, c5 … (7)\n"
        "hint: move them, give another folder with -o, or replace them with --force");
    force_output(w, "out", "new", "d");
    assert_content(w, "out/results.csv", "new");
    assert_content(w, "out/c1", "mine");
    /* From then on it is ours. */
    write_output(w, "out", "newer", "d");
    assert_content(w, "out/results.csv", "newer");
}

/* A file of an earlier run that someone has worked on: kept where the new run does not write it. */
static void test_changed_file(void **state) {
    world *w = *state;
    write_output(w, "out", "old", "results.xlsx");
    frem_temp_write(w->folder, "out/results.xlsx", "with my charts");
    write_output(w, "out", "new", "c");
    assert_content(w, "out/results.xlsx", "with my charts");
    assert_diag(w, 0,
                "warning: files of an earlier run in 'out' were changed since and are kept, but do not "
                "belong to these "
                "results: results.xlsx");
    write_output(w, "out", "newer", "c");
    assert_content(w, "out/results.xlsx", "with my charts");
    assert_int_equal(frem_diags_count(w->diags), 1);
}

/* A manifest may list what it likes: nothing outside its folder is touched, nor what it lists by another name. */
static void test_manifest_is_distrusted(void **state) {
    world *w = *state;
    char *list = NULL;
    frem_temp_write(w->folder, "precious", "mine");
    frem_temp_write(w->folder, "out/sub/file", "mine");
    assert_true(
        asprintf(
            &list,
            "{\"program\": \"fremskriv\", \"outputs\": [{\"path\": \"../precious\"}, {\"path\": "
            "\"%s/precious\"},"
            " {\"path\": 7}, 8, {\"path\": \"sub/../../precious\"}, {\"path\": \"sub\"}, {\"path\": \"\"},"
            " {\"path\": \"missing\"}, {\"path\": \"gone/missing\"}]}",
            w->folder) > 0);
    frem_temp_write(w->folder, "out/manifest.json", list);
    free(list);
    write_output(w, "out", "new", "c");
    assert_files(w, "out/\nout/c\nout/manifest.json\nout/results.csv\nout/sub/\nout/sub/file\nprecious\n");
    assert_int_equal(frem_diags_count(w->diags), 0);
}

static void test_alien_manifests(void **state) {
    world *w = *state;
    static const char *const aliens[] = {
        "not json",
        "",
        "[]",
        "{}",
        "{\"outputs\": \"results.csv\"}",
        "{\"name\": \"a web page\"}",
        "{\"outputs\": [{\"path\": \"keep.txt\"}]}",
        "{\"program\": \"other\", \"outputs\": [{\"path\": \"keep.txt\"}]}",
        "{\"program\": \"fremskriv\", \"outputs\": [], \"outputs\": [{\"path\": \"keep.txt\"}]}",
    };
    for (size_t i = 0; i < sizeof aliens / sizeof aliens[0]; i++) {
        char name[] = "out0", path[] = "out0/manifest.json", kept[] = "out0/keep.txt";
        name[3] = path[3] = kept[3] = (char)('0' + i);
        frem_temp_write(w->folder, path, aliens[i]);
        frem_temp_write(w->folder, kept, "mine");
        frem_stage *stage = fill_stage(w, name, "new", "c");
        assert_int_equal(frem_stage_commit(stage, w->diags), FREM_UNWRITABLE);
        assert_content(w, path, aliens[i]);
        force_output(w, name, "new", "c");
        assert_content(w, kept, "mine");
    }
}

/* Who runs the program in the output folder would be left in the old one. */
static void test_current_folder(void **state) {
    world *w = *state;
    write_output(w, "out", "old", "charts/old.svg");
    assert_int_equal(chdir("out"), 0);
    refuse_output(
        w, fill_stage(w, ".", "new", "charts/new.svg"),
        "error: the command runs in the output folder '.', which would be exchanged for a new one\n"
        "hint: give a folder of its own, such as -o results, or run the command from another folder");
    assert_int_equal(chdir("charts"), 0);
    refuse_output(
        w, fill_stage(w, "..", "new", "charts/new.svg"),
        "error: the command runs in the output folder '..', which would be exchanged for a new one\n"
        "hint: give a folder of its own, such as -o results, or run the command from another folder");
    assert_int_equal(chdir(w->folder), 0);
    assert_files(w, "out/\nout/charts/\nout/charts/old.svg\nout/manifest.json\nout/results.csv\n");
    assert_content(w, "out/results.csv", "old");
}

/* ---- what was read ---- */

/* Reads a file, so that it counts as an input. */
static frem_sources *read_file(world *w, const char *path) {
    frem_sources *sources = NULL;
    const frem_source *source;
    assert_int_equal(frem_sources_new(&sources, NULL, 0, NULL), FREM_OK);
    assert_int_equal(frem_sources_open(sources, path, w->diags, &source), FREM_OK);
    return sources;
}

/* By whatever name it was read, and whether the command would write it or remove it. */
static void test_inputs_are_kept(void **state) {
    world *w = *state;
    write_output(w, "out", "old", "charts/old.svg");
    frem_temp_write(w->folder, "elsewhere.csv", "mine");
    assert_int_equal(symlink("out", "alias"), 0);
    assert_int_equal(symlink("../out/results.csv", "out/self"), 0);
    assert_int_equal(link("elsewhere.csv", "out/hard"), 0);
    static const struct {
        const char *read, *written, *named;
        bool removed; /* the stage does not have it */
    } cases[] = {
        {"out/results.csv", "c", "results.csv", false},
        {"alias/results.csv", "c", "results.csv", false},
        {"out/self", "c", "results.csv", false},
        {"./out/../alias/../out//results.csv", "c", "results.csv", false},
        {"elsewhere.csv", "hard", "hard", false},
        {"out/charts/old.svg", "c", "charts/old.svg", true},
        {"out/manifest.json", "c", "manifest.json", false},
        {"out/self", "SELF", "SELF", false}, /* by case only */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        frem_sources *sources = read_file(w, cases[i].read);
        for (int force = 0; force < 2; force++) {
            frem_stage *stage = fill_stage(w, "out", "new", cases[i].written);
            frem_stage_rules(stage, sources, force != 0);
            size_t n = frem_diags_count(w->diags);
            assert_int_equal(frem_stage_commit(stage, w->diags), FREM_UNWRITABLE);
            bool named = false;
            for (; n < frem_diags_count(w->diags); n++) {
                const frem_diag *diag = frem_diags_at(w->diags, n);
                named = named || (strcmp(diag->name, "output-is-input") == 0 &&
                                  strcmp(diag->args[0], cases[i].named) == 0 &&
                                  strcmp(diag->args[2], cases[i].read) == 0);
            }
            assert_true(named);
            assert_content(w, "out/results.csv", "old");
        }
        frem_sources_free(sources);
    }
    /* Reading a file of others in the folder harms nothing: it stays, the same file. */
    frem_temp_write(w->folder, "out/table.csv", "mine");
    frem_sources *sources = read_file(w, "out/table.csv");
    ino_t before = inode("out/table.csv");
    frem_stage *stage = fill_stage(w, "out", "new", "charts/old.svg");
    frem_stage_rules(stage, sources, false);
    assert_int_equal(frem_stage_commit(stage, w->diags), FREM_OK);
    assert_int_equal(inode("out/table.csv"), before);
    frem_sources_free(sources);
}

static void assert_refused(world *w, const char *dir, const char *expected) {
    frem_stage *stage = NULL;
    char *before = frem_temp_list(w->folder);
    size_t n = frem_diags_count(w->diags);
    assert_int_equal(frem_stage_open(&stage, dir, w->diags), FREM_UNWRITABLE);
    assert_null(stage);
    assert_int_equal(frem_diags_count(w->diags), n + 1);
    assert_diag(w, n, expected);
    assert_files(w, before);
    free(before);
}

static void test_refused(void **state) {
    world *w = *state;
    char *expected = NULL, *real = realpath(w->folder, NULL);
    frem_temp_write(w->folder, "file", "");
    frem_temp_write(w->folder, "real/x", "");
    assert_int_equal(symlink("real", "link"), 0);
    assert_int_equal(symlink("nothing", "dangling"), 0);
    assert_refused(w, "file",
                   "error: the output folder 'file' is a file\n"
                   "hint: give another folder with -o, or move the file");
    assert_refused(w, "file/",
                   "error: the output folder 'file/' is a file\n"
                   "hint: give another folder with -o, or move the file");
    assert_refused(w, "file/a/out",
                   "error: the output folder 'file/a/out' can't be made: 'file' is a file\n"
                   "hint: give another folder with -o, or move the file");
    assert_true(asprintf(&expected,
                         "error: the output folder 'link/' is a symbolic link\n"
                         "hint: give the folder that it points to: %s/real",
                         real) > 0);
    assert_refused(w, "link/", expected);
    assert_refused(w, "dangling", "error: the output folder 'dangling' is a symbolic link");
    assert_refused(w, "", "error: the name of the output folder is empty\nhint: give a folder with -o DIR");
    assert_refused(w, "/", "error: '/' can't be an output folder\nhint: give a folder below it with -o");
    assert_refused(w, "missing/.",
                   "error: the output folder 'missing/.' can't be written: No such file or directory\n"
                   "hint: give a folder that you may write in with -o");
    free(expected);
    free(real);
}

static void test_read_only(void **state) {
    world *w = *state;
    if (geteuid() == 0)
        skip(); /* root may write everywhere */
    assert_int_equal(mkdir("parent", 0755), 0);
    assert_int_equal(mkdir("parent/out", 0755), 0);
    assert_int_equal(mkdir("kept", 0555), 0);
    assert_refused(w, "kept",
                   "error: the output folder 'kept' can't be written: Permission denied\n"
                   "hint: give a folder that you may write in with -o");
    assert_int_equal(chmod("parent", 0555), 0);
    assert_refused(w, "parent/new",
                   "error: the output folder 'parent/new' can't be written: Permission denied\n"
                   "hint: give a folder that you may write in with -o");
    /* Nothing can be made beside this one. */
    assert_refused(w, "parent/out",
                   "error: nothing can be written beside the output folder 'parent/out': Permission denied\n"
                   "hint: give a folder below it, such as 'parent/out/results'");
    assert_int_equal(chmod("parent", 0755), 0);
    assert_files(w, "kept/\nparent/\nparent/out/\n");
}

static void test_discard_removes_what_it_made(void **state) {
    world *w = *state;
    assert_int_equal(mkdir("there", 0755), 0);
    frem_stage *stage = open_stage(w, "there/a/b/out");
    put(stage, "charts/x.svg", "x");
    frem_sink *open_sink = NULL;
    assert_int_equal(frem_stage_file(stage, "half.csv", &open_sink), FREM_OK);
    frem_sink_text(open_sink, "half");
    frem_stage_discard(stage);
    frem_stage_discard(NULL);
    assert_files(w, "there/\n");
    /* A parent that someone else uses by now stays. */
    stage = open_stage(w, "there/a/b/out");
    frem_temp_write(w->folder, "there/a/other", "");
    frem_stage_discard(stage);
    assert_files(w, "there/\nthere/a/\nthere/a/other\n");
}

static void test_bad_names(void **state) {
    world *w = *state;
    static const char *const names[] = {"../x", "/tmp/x", "a/../../x", "", "a//b"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        frem_sink *sink = NULL;
        frem_stage *stage = open_stage(w, "out");
        assert_int_equal(frem_stage_file(stage, names[i], &sink), FREM_UNWRITABLE);
        assert_null(frem_stage_path(stage, names[i]));
        assert_int_equal(frem_stage_adopt(stage, names[i]), FREM_UNWRITABLE);
        frem_stage_discard(stage);
    }
    assert_files(w, "");
}

/* The first failure is kept: commit reports it, though the caller went on. */
static void test_failure_is_kept(void **state) {
    world *w = *state;
    write_output(w, "out", "old", "c");
    frem_sink *sink = NULL;
    frem_stage *stage = open_stage(w, "out");
    put(stage, "results.csv", "new");
    assert_int_equal(frem_stage_file(stage, "results.csv", &sink), FREM_UNWRITABLE);
    assert_int_equal(frem_stage_adopt(stage, "missing.xlsx"), FREM_UNWRITABLE);
    put_manifest(stage);
    assert_int_equal(frem_stage_commit(stage, w->diags), FREM_UNWRITABLE);
    assert_int_equal(frem_diags_count(w->diags), 1);
    assert_diag(w, 0,
                "error: 'results.csv' can't be written in the output folder 'out': File exists\n"
                "hint: the output folder is as it was");
    assert_files(w, "out/\nout/c\nout/manifest.json\nout/results.csv\n");
    assert_content(w, "out/results.csv", "old");
}

static void test_adopts_only_files(void **state) {
    world *w = *state;
    frem_temp_write(w->folder, "elsewhere", "far");
    static const char *const names[] = {"folder", "link", "pipe"};
    for (size_t i = 0; i < 3; i++) {
        frem_stage *stage = open_stage(w, "out");
        char *path = frem_stage_path(stage, names[i]);
        assert_int_equal(i == 0   ? mkdir(path, 0755)
                         : i == 1 ? symlink("../elsewhere", path)
                                  : mkfifo(path, 0600),
                         0);
        free(path);
        assert_int_equal(frem_stage_adopt(stage, names[i]), FREM_UNWRITABLE);
        frem_stage_discard(stage);
    }
    assert_files(w, "elsewhere\n");
}

static void test_defects(void **state) {
    world *w = *state;
    frem_sink *sink = NULL;
    frem_stage *stage = open_stage(w, "out");
    put(stage, "results.csv", "x");
    assert_int_equal(frem_stage_commit(stage, w->diags), FREM_DEFECT); /* no manifest */
    stage = open_stage(w, "out");
    put_manifest(stage);
    assert_int_equal(frem_stage_file(stage, "half.csv", &sink), FREM_OK);
    assert_int_equal(frem_stage_commit(stage, w->diags), FREM_DEFECT); /* a file is open */
    assert_files(w, "");
}

/* Folders and links where files go: seen before anything is changed. */
static void test_names_taken(void **state) {
    world *w = *state;
    frem_temp_write(w->folder, "out/results.csv/mine", "mine");
    frem_temp_write(w->folder, "two/charts", "mine");
    static const struct {
        const char *dir, *expected;
    } cases[] = {
        {"out", "error: 'results.csv' can't be written: a folder of that name, or a link, is in 'out'\n"
                "hint: move it, or give another folder with -o"},
        {"two", "error: 'charts/c.svg' can't be written: a folder of that name, or a link, is in 'two'\n"
                "hint: move it, or give another folder with -o"},
    };
    for (size_t i = 0; i < 2; i++) {
        frem_stage *stage = open_stage(w, cases[i].dir);
        put(stage, "a/first.csv", "x");
        put(stage, "results.csv", "x");
        put(stage, "charts/c.svg", "x");
        put_manifest(stage);
        assert_int_equal(frem_stage_commit(stage, w->diags), FREM_UNWRITABLE);
        assert_diag(w, i, cases[i].expected);
    }
    assert_files(w, "out/\nout/results.csv/\nout/results.csv/mine\ntwo/\ntwo/charts\n");
}

static void test_two_stages_at_once(void **state) {
    world *w = *state;
    frem_stage *first = open_stage(w, "new/out"), *second = open_stage(w, "new/out");
    put(first, "results.csv", "first");
    put(second, "results.csv", "second");
    put_manifest(first);
    put_manifest(second);
    assert_int_equal(frem_stage_commit(second, w->diags), FREM_OK);
    assert_int_equal(frem_stage_commit(first, w->diags), FREM_OK);
    assert_files(w, "new/\nnew/out/\nnew/out/manifest.json\nnew/out/results.csv\n");
    assert_content(w, "new/out/results.csv", "first");
}

static void test_long_name(void **state) {
    world *w = *state;
    char name[251];
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    write_output(w, name, "x", "c");
    assert_int_equal(access(name, F_OK), 0);
}

int main(void) {
#define IN_WORLD(test) cmocka_unit_test_setup_teardown(test, world_new, world_free)
    const struct CMUnitTest tests[] = {
        IN_WORLD(test_new_folder),
        IN_WORLD(test_permissions_are_the_umasks),
        IN_WORLD(test_forms_of_the_name),
        IN_WORLD(test_empty_folder),
        IN_WORLD(test_exchange),
        IN_WORLD(test_foreign_file),
        IN_WORLD(test_foreign_below),
        IN_WORLD(test_force),
        IN_WORLD(test_changed_file),
        IN_WORLD(test_inputs_are_kept),
        IN_WORLD(test_manifest_is_distrusted),
        IN_WORLD(test_alien_manifests),
        IN_WORLD(test_current_folder),
        IN_WORLD(test_refused),
        IN_WORLD(test_read_only),
        IN_WORLD(test_discard_removes_what_it_made),
        IN_WORLD(test_bad_names),
        IN_WORLD(test_failure_is_kept),
        IN_WORLD(test_adopts_only_files),
        IN_WORLD(test_defects),
        IN_WORLD(test_names_taken),
        IN_WORLD(test_two_stages_at_once),
        IN_WORLD(test_long_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
