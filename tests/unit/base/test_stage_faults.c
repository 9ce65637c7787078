/* Every call of the commit that can fail is made to fail, one after the other. */
#include "support/check.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/stage.h"
#include "support/temp.h"

/* What the calls below do. They stand before the C library's own, because the program is linked with them. */
static struct {
    int calls;        /* so far */
    int fail_at;      /* this call fails; 0 for none */
    bool fail_on;     /* and all after it */
    bool no_exchange; /* the file system knows no flags for renameat2() */
} faults;

static bool fails(void) {
    faults.calls++;
    bool now = faults.fail_at > 0 &&
               (faults.fail_on ? faults.calls >= faults.fail_at : faults.calls == faults.fail_at);
    if (now)
        errno = EIO;
    return now;
}

int renameat2(int old_at, const char *old, int new_at, const char *new, unsigned flags) {
    if (faults.no_exchange && flags != 0) {
        errno = EINVAL;
        return -1;
    }
    return fails() ? -1 : (int)syscall(SYS_renameat2, old_at, old, new_at, new, flags);
}

int renameat(int old_at, const char *old, int new_at, const char *new) {
    return fails() ? -1 : (int)syscall(SYS_renameat2, old_at, old, new_at, new, 0);
}

int fsync(int fd) {
    return fails() ? -1 : (int)syscall(SYS_fsync, fd);
}

/* The kinds of output folder that a commit meets. */
typedef enum kind { ABSENT, EMPTY, OURS, FOREIGN, KIND_COUNT } kind;

static void put(frem_stage *stage, const char *name, const char *text) {
    frem_sink *sink = NULL;
    assert_int_equal(frem_stage_file(stage, name, &sink), FREM_OK);
    frem_sink_text(sink, text);
    assert_int_equal(frem_stage_close_file(stage, sink), FREM_OK);
}

static void make_world(const char *folder, kind which) {
    char *out = frem_temp_path(folder, "out");
    if (which != ABSENT)
        assert_int_equal(mkdir(out, 0755), 0);
    free(out);
    if (which >= OURS) {
        frem_temp_write(folder, "out/results.csv", "old results");
        frem_temp_write(folder, "out/charts/old.svg", "old chart");
        frem_temp_write(folder, "out/manifest.json",
                        "{\"outputs\": [{\"path\": \"results.csv\"}, {\"path\": \"charts/old.svg\"}]}");
    }
    if (which == FOREIGN)
        frem_temp_write(folder, "out/notes.txt", "mine");
}

/* Writes and commits; the commit's call number fail_at fails. */
static frem_status commit(const char *folder, frem_diags *diags, int fail_at) {
    frem_stage *stage = NULL;
    char *out = frem_temp_path(folder, "out");
    assert_int_equal(frem_stage_open(&stage, out, diags), FREM_OK);
    free(out);
    put(stage, "deep/er/new.csv", "new deep");
    put(stage, "results.csv", "new results");
    put(stage, "manifest.json",
        "{\"outputs\": [{\"path\": \"results.csv\"}, {\"path\": \"deep/er/new.csv\"}]}");
    faults.calls = 0;
    faults.fail_at = fail_at;
    frem_status status = frem_stage_commit(stage, diags);
    faults.fail_at = 0;
    return status;
}

/* All names and contents, one after the other. */
static char *snapshot(const char *folder) {
    char *list = frem_temp_list(folder), *all = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&all, &size);
    assert_non_null(out);
    for (char *line = list, *end; (end = strchr(line, '\n')) != NULL; line = end + 1) {
        *end = '\0';
        char *text = end[-1] == '/' ? NULL : frem_temp_read(folder, line);
        fprintf(out, "%s: %s\n", line, text != NULL ? text : "");
        free(text);
    }
    assert_int_equal(fclose(out), 0);
    free(list);
    return all;
}

/* The folder before, and after a commit without faults. */
static void expected_worlds(kind which, char **before, char **after) {
    char *folder = frem_temp_folder();
    frem_diags *diags = NULL;
    assert_int_equal(frem_diags_new(&diags), FREM_OK);
    make_world(folder, which);
    *before = snapshot(folder);
    assert_int_equal(commit(folder, diags, 0), FREM_OK);
    *after = snapshot(folder);
    assert_non_null(strstr(*after, "out/results.csv: new results"));
    assert_null(strstr(*after, "old"));
    if (which == FOREIGN)
        assert_non_null(strstr(*after, "out/notes.txt: mine"));
    frem_diags_free(diags);
    frem_temp_remove(folder);
}

/* One call fails: the folder is as it was, nothing is left beside it, and the problem is told. */
static void fail_once(kind which, bool no_exchange) {
    char *before, *after;
    int failures = 0;
    faults.no_exchange = no_exchange;
    faults.fail_on = false;
    expected_worlds(which, &before, &after);
    int calls = faults.calls;
    for (int k = 1; k <= calls; k++) {
        char *folder = frem_temp_folder();
        frem_diags *diags = NULL;
        assert_int_equal(frem_diags_new(&diags), FREM_OK);
        make_world(folder, which);
        frem_status status = commit(folder, diags, k);
        char *now = snapshot(folder);
        if (status == FREM_OK) {
            assert_text(now, after);
            assert_int_equal(frem_diags_count(diags), 0);
        } else {
            failures++;
            assert_int_equal(status, FREM_UNWRITABLE);
            assert_text(now, before);
            assert_int_equal(frem_diags_count(diags), 1);
            char *text = frem_diag_text(frem_diags_at(diags, 0), FREM_EN);
            assert_non_null(strstr(text, "Input/output error"));
            free(text);
        }
        free(now);
        frem_diags_free(diags);
        frem_temp_remove(folder);
    }
    assert_true(failures >= calls - 1);
    free(before);
    free(after);
}

static void test_one_failure(void **state) {
    (void)state;
    for (int which = ABSENT; which < KIND_COUNT; which++) {
        fail_once((kind)which, false);
        fail_once((kind)which, true);
    }
}

/* Everything fails from one call on, so that nothing can be put back either: no old file is lost. */
static void fail_for_good(kind which, bool no_exchange) {
    char *before, *after;
    int told = 0;
    faults.no_exchange = no_exchange;
    faults.fail_on = true;
    expected_worlds(which, &before, &after);
    int calls = faults.calls;
    for (int k = 1; k <= calls; k++) {
        char *folder = frem_temp_folder();
        frem_diags *diags = NULL;
        assert_int_equal(frem_diags_new(&diags), FREM_OK);
        make_world(folder, which);
        frem_status status = commit(folder, diags, k);
        char *now = snapshot(folder);
        if (status != FREM_OK) {
            assert_int_equal(status, FREM_UNWRITABLE);
            assert_non_null(strstr(now, ": old results"));
            assert_non_null(strstr(now, ": old chart"));
        }
        if (which == FOREIGN)
            assert_non_null(strstr(now, "out/notes.txt: mine"));
        for (size_t i = 0; i < frem_diags_count(diags); i++)
            told += strcmp(frem_diags_at(diags, i)->name, "output-not-restored") == 0;
        free(now);
        frem_diags_free(diags);
        frem_temp_remove(folder);
    }
    assert_true(which != FOREIGN || told > 0);
    free(before);
    free(after);
}

static void test_no_way_back(void **state) {
    (void)state;
    for (int which = OURS; which < KIND_COUNT; which++) {
        fail_for_good((kind)which, false);
        fail_for_good((kind)which, true);
    }
}

/* A full disk is seen when a file is closed, and told at the commit. */
static void test_sync_of_a_file(void **state) {
    (void)state;
    char *folder = frem_temp_folder(), *out = frem_temp_path(folder, "out");
    frem_diags *diags = NULL;
    frem_stage *stage = NULL;
    frem_sink *sink = NULL;
    faults.no_exchange = faults.fail_on = false;
    assert_int_equal(frem_diags_new(&diags), FREM_OK);
    assert_int_equal(frem_stage_open(&stage, out, diags), FREM_OK);
    assert_int_equal(frem_stage_file(stage, "results.csv", &sink), FREM_OK);
    faults.calls = 0;
    faults.fail_at = 1;
    assert_int_equal(frem_stage_close_file(stage, sink), FREM_UNWRITABLE);
    faults.fail_at = 0;
    put(stage, "manifest.json", "{}");
    assert_int_equal(frem_stage_commit(stage, diags), FREM_UNWRITABLE);
    assert_text(frem_diags_at(diags, 0)->args[0], "results.csv");
    assert_text(frem_diags_at(diags, 0)->args[2], "Input/output error");
    char *now = snapshot(folder);
    assert_text(now, "");
    free(now);
    free(out);
    frem_diags_free(diags);
    frem_temp_remove(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_failure),
        cmocka_unit_test(test_no_way_back),
        cmocka_unit_test(test_sync_of_a_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
