/* Every call of a command that changes the disk is made to fail, one after the other, or is the last one before the command
 * is killed. */
/* The checked calls of the C library would be defined inline here, in place of the ones below. */
#undef _FORTIFY_SOURCE

#include "support/check.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "publish/stage.h"
#include "publish/whole_file.h"
#include "support/temp.h"

/* What the calls below do. They stand before the C library's own, because the program is linked with them. */
static struct {
    int calls;         /* so far */
    int fail_at;       /* this call fails; 0 for none */
    int kill_at;       /* the process is killed before this call; 0 for none */
    bool fail_on;      /* and all after it */
    bool no_exchange;  /* the file system knows no flags for renameat2() */
    bool no_links;     /* nor links */
    bool no_unlink;    /* no file is removed */
    int signals_every; /* every so many calls that may wait one is interrupted by a signal; 0 for none */
    int waits;         /* such calls so far */
} faults;

static bool fails(void) {
    faults.calls++;
    if (faults.kill_at > 0 && faults.calls == faults.kill_at)
        (void)kill(getpid(), SIGKILL);
    bool now = faults.fail_at > 0 &&
               (faults.fail_on ? faults.calls >= faults.fail_at : faults.calls == faults.fail_at);
    if (now)
        errno = EIO;
    return now;
}

/* A signal comes while a call waits. */
static bool interrupted(void) {
    if (faults.signals_every == 0 || ++faults.waits % faults.signals_every != 0)
        return false;
    errno = EINTR;
    return true;
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

int linkat(int old_at, const char *old, int new_at, const char *new, int flags) {
    if (faults.no_links) {
        errno = EPERM;
        return -1;
    }
    return fails() ? -1 : (int)syscall(SYS_linkat, old_at, old, new_at, new, flags);
}

int unlinkat(int at, const char *name, int flags) {
    if (faults.no_unlink && flags == 0 && strstr(name, ".lock") == NULL) {
        errno = EIO;
        return -1;
    }
    return fails() ? -1 : (int)syscall(SYS_unlinkat, at, name, flags);
}

int mkdirat(int at, const char *name, mode_t mode) {
    return fails() ? -1 : (int)syscall(SYS_mkdirat, at, name, mode);
}

/* Nothing is waited for: a process that is killed loses nothing that the kernel has. */
int fsync(int fd) {
    (void)fd;
    return interrupted() || fails() ? -1 : 0;
}

int openat(int at, const char *name, int flags, ...) {
    va_list more;
    va_start(more, flags);
    const mode_t mode = (flags & O_CREAT) != 0 ? va_arg(more, mode_t) : 0;
    va_end(more);
    return interrupted() ? -1 : (int)syscall(SYS_openat, at, name, flags, mode);
}

int flock(int fd, int operation) {
    return interrupted() ? -1 : (int)syscall(SYS_flock, fd, operation);
}

ssize_t read(int fd, void *bytes, size_t n) {
    return interrupted() ? -1 : (ssize_t)syscall(SYS_read, fd, bytes, n);
}

ssize_t write(int fd, const void *bytes, size_t n) {
    return interrupted() ? -1 : (ssize_t)syscall(SYS_write, fd, bytes, n);
}

/* Closes all the same, as Linux does. */
int close(int fd) {
    const int result = (int)syscall(SYS_close, fd);
    return result == 0 && interrupted() ? -1 : result;
}

static void no_faults(void) {
    memset(&faults, 0, sizeof faults);
}

/* ---- worlds ---- */

/* The kinds of output folder that a commit meets. */
typedef enum kind { ABSENT, EMPTY, OURS, FOREIGN, NOT_OURS, KIND_COUNT } kind;

/* What a file system may lack. */
typedef enum lack { NOTHING, EXCHANGE, LINKS, BOTH, LACK_COUNT } lack;

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
    if (which == OURS || which == FOREIGN) {
        frem_temp_write(folder, "out/results.csv", "old results");
        frem_temp_write(folder, "out/charts/old.svg", "old chart");
        frem_temp_write(folder, "out/manifest.json",
                        "{\"program\": \"fremskriv\","
                        " \"outputs\": [{\"path\": \"results.csv\"}, {\"path\": \"charts/old.svg\"}]}");
    }
    if (which >= FOREIGN) {
        frem_temp_write(folder, "out/notes.txt", "mine");
        frem_temp_write(folder, "out/charts/mine.svg", "my chart");
        frem_temp_write(folder, "out/deep/plan.txt", "my plan");
        frem_temp_write(folder, "out/letters/2020/a.txt", "my letter");
    }
}

static void set_lack(lack what) {
    faults.no_exchange = what == EXCHANGE || what == BOTH;
    faults.no_links = what == LINKS || what == BOTH;
}

static frem_stage *write_stage(const char *folder, frem_diags *diags) {
    frem_stage *stage = NULL;
    char *out = frem_temp_path(folder, "out");
    frem_status status = frem_stage_open(&stage, out, diags);
    free(out);
    if (status != FREM_OK)
        return NULL;
    put(stage, "deep/er/new.csv", "new deep");
    put(stage, "results.csv", "new results");
    put(stage, "manifest.json",
        "{\"program\": \"fremskriv\","
        " \"outputs\": [{\"path\": \"results.csv\"}, {\"path\": \"deep/er/new.csv\"}]}");
    return stage;
}

/* Writes and commits; the commit's call number fail_at fails. */
static frem_status commit(const char *folder, frem_diags *diags, int fail_at) {
    frem_stage *stage = write_stage(folder, diags);
    assert_non_null(stage);
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

/* The files of others, each with its name in the output folder. */
static const char *const foreign[] = {"notes.txt: mine\n", "charts/mine.svg: my chart\n",
                                      "deep/plan.txt: my plan\n", "letters/2020/a.txt: my letter\n"};
enum { FOREIGN_COUNT = 4 };

static void assert_holds_foreign(const char *now, kind which, const char *before_each) {
    for (int i = 0; i < FOREIGN_COUNT && which >= FOREIGN; i++) {
        char *line = NULL;
        assert_true(asprintf(&line, "%s%s", before_each, foreign[i]) > 0);
        if (strstr(now, line) == NULL)
            fail_msg("'%s' is lost:\n%s", line, now);
        free(line);
    }
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
    assert_null(strstr(*after, ".out"));
    assert_holds_foreign(*after, which, "out/");
    frem_diags_free(diags);
    frem_temp_remove(folder);
}

static size_t errors_named(const frem_diags *diags, const char *text) {
    size_t n = 0;
    for (size_t i = 0; i < frem_diags_count(diags); i++) {
        char *said = frem_diag_text(frem_diags_at(diags, i), FREM_EN);
        n += strncmp(said, "error:", 6) == 0 && strstr(said, text) != NULL;
        free(said);
    }
    return n;
}

/* The next command into the place, without faults, ends as if nothing had happened. */
static void assert_next_is_right(const char *folder, const char *after) {
    frem_diags *diags = NULL;
    const bool no_exchange = faults.no_exchange, no_links = faults.no_links;
    no_faults();
    faults.no_exchange = no_exchange;
    faults.no_links = no_links;
    assert_int_equal(frem_diags_new(&diags), FREM_OK);
    assert_int_equal(commit(folder, diags, 0), FREM_OK);
    char *now = snapshot(folder);
    assert_text(now, after);
    free(now);
    frem_diags_free(diags);
}

/* ---- failures ---- */

/* One call fails: the folder is as it was or as it should become, and the problem is reported. What could not be removed is
 * beside it and hidden, and the next command clears it. */
static void fail_once(kind which, lack what) {
    char *before, *after;
    int failures = 0;
    no_faults();
    set_lack(what);
    expected_worlds(which, &before, &after);
    const int calls = faults.calls;
    for (int k = 1; k <= calls; k++) {
        char *folder = frem_temp_folder();
        frem_diags *diags = NULL;
        assert_int_equal(frem_diags_new(&diags), FREM_OK);
        make_world(folder, which);
        const frem_status status = commit(folder, diags, k);
        char *now = snapshot(folder);
        if (status == FREM_OK) {
            assert_non_null(strstr(now, after)); /* what is hidden comes first */
            assert_int_equal(frem_diags_errors(diags), 0);
        } else {
            failures++;
            assert_int_equal(status, FREM_UNWRITABLE);
            if (strstr(now, ".out") == NULL)
                assert_text(now, before);
            else
                assert_non_null(strstr(now, before));
            assert_int_equal(frem_diags_errors(diags), 1);
            assert_int_equal(errors_named(diags, "Input/output error"), 1);
        }
        free(now);
        assert_next_is_right(folder, after);
        set_lack(what);
        frem_diags_free(diags);
        frem_temp_remove(folder);
    }
    assert_true(failures >= 4);
    free(before);
    free(after);
}

static void test_one_failure(void **state) {
    (void)state;
    for (int which = ABSENT; which < KIND_COUNT; which++) {
        if (which == NOT_OURS)
            continue;
        fail_once((kind)which, NOTHING);
        fail_once((kind)which, BOTH);
    }
}

/* Everything fails from one call on, so that nothing can be put back either: nothing of others is lost, nor an old file
 * unless the new ones are in place. */
static void fail_for_good(kind which, lack what) {
    char *before, *after;
    no_faults();
    set_lack(what);
    expected_worlds(which, &before, &after);
    const int calls = faults.calls;
    for (int k = 1; k <= calls; k++) {
        char *folder = frem_temp_folder();
        frem_diags *diags = NULL;
        assert_int_equal(frem_diags_new(&diags), FREM_OK);
        make_world(folder, which);
        faults.fail_on = true;
        const frem_status status = commit(folder, diags, k);
        faults.fail_on = false;
        char *now = snapshot(folder);
        if (status != FREM_OK) {
            assert_int_equal(status, FREM_UNWRITABLE);
            assert_non_null(strstr(now, ": old results"));
            assert_non_null(strstr(now, ": old chart"));
        } else {
            assert_non_null(strstr(now, "out/results.csv: new results"));
        }
        assert_holds_foreign(now, which, "");
        free(now);
        assert_next_is_right(folder, after);
        set_lack(what);
        frem_diags_free(diags);
        frem_temp_remove(folder);
    }
    free(before);
    free(after);
}

static void test_no_way_back(void **state) {
    (void)state;
    for (int which = OURS; which < NOT_OURS; which++) {
        fail_for_good((kind)which, NOTHING);
        fail_for_good((kind)which, BOTH);
    }
}

/* Old files that can't be removed are not left among the new ones. */
static void test_nothing_is_removed(void **state) {
    (void)state;
    no_faults();
    char *folder = frem_temp_folder();
    frem_diags *diags = NULL;
    assert_int_equal(frem_diags_new(&diags), FREM_OK);
    make_world(folder, OURS);
    faults.no_unlink = true;
    assert_int_equal(commit(folder, diags, 0), FREM_OK);
    char *out = frem_temp_path(folder, "out"), *list = frem_temp_list(out);
    assert_text(list, "deep/\ndeep/er/\ndeep/er/new.csv\nmanifest.json\nresults.csv\n");
    free(list);
    char *text = frem_diag_text(frem_diags_at(diags, 1), FREM_EN);
    assert_non_null(strstr(text, "could not be removed: Input/output error"));
    free(text);
    no_faults();
    assert_int_equal(commit(folder, diags, 0), FREM_OK);
    list = frem_temp_list(folder);
    assert_text(list,
                "out/\nout/deep/\nout/deep/er/\nout/deep/er/new.csv\nout/manifest.json\nout/results.csv\n");
    free(list);
    free(out);
    frem_diags_free(diags);
    frem_temp_remove(folder);
}

/* ---- kills ---- */

/* A command from its beginning to its end, killed before its call number k. @return whether it was. */
static bool killed_at(const char *folder, int k) {
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        frem_diags *diags = NULL;
        faults.calls = 0;
        faults.kill_at = k;
        if (frem_diags_new(&diags) != FREM_OK)
            _exit(1);
        frem_stage *stage = write_stage(folder, diags);
        _exit(stage == NULL || frem_stage_commit(stage, diags) != FREM_OK ? 1 : 0);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) ? WTERMSIG(status) == SIGKILL : WEXITSTATUS(status) == 0);
    return WIFSIGNALED(status);
}

/* Whether the output folder's own files are all of one run. */
static void assert_not_mixed(const char *now, kind which, lack what) {
    const bool old = strstr(now, "\nout/results.csv: old results") != NULL;
    const bool old_chart = strstr(now, "\nout/charts/old.svg: old chart") != NULL;
    const bool new = strstr(now, "\nout/results.csv: new results") != NULL;
    const bool new_deep = strstr(now, "\nout/deep/er/new.csv: new deep") != NULL;
    if (old != old_chart || new != new_deep || (old && new))
        fail_msg("mixed:\n%s", now);
    /* Where two names can't be exchanged there may be no folder for a moment. */
    if (which == OURS || which == FOREIGN)
        assert_true(old || new || what == EXCHANGE || what == BOTH);
}

/* As assert_next_is_right() for a command that ends without results: it clears what was left, too. */
static void assert_cleared(const char *folder, kind which, const char *before, const char *after) {
    frem_diags *diags = NULL;
    assert_int_equal(frem_diags_new(&diags), FREM_OK);
    frem_stage_discard(write_stage(folder, diags));
    assert_int_equal(frem_diags_count(diags), 0);
    char *now = snapshot(folder);
    if (strcmp(now, after) != 0)
        assert_text(now, before);
    assert_holds_foreign(now, which, "out/");
    free(now);
    frem_diags_free(diags);
}

static int kill_at_every_call(kind which, lack what) {
    char *before, *after;
    no_faults();
    set_lack(what);
    expected_worlds(which, &before, &after);
    int k = 1;
    for (bool killed = true; killed; k++) {
        char *folder = frem_temp_folder();
        make_world(folder, which);
        killed = killed_at(folder, k);
        char *now = snapshot(folder), *framed = NULL;
        assert_true(asprintf(&framed, "\n%s", now) > 0);
        assert_not_mixed(framed, which, what);
        assert_holds_foreign(framed, which, "");
        free(framed);
        free(now);
        if (k % 2 == 0)
            assert_cleared(folder, which, before, after);
        assert_next_is_right(folder, after);
        set_lack(what);
        frem_temp_remove(folder);
    }
    free(before);
    free(after);
    return k;
}

static void test_killed(void **state) {
    (void)state;
    for (int which = ABSENT; which < KIND_COUNT; which++) {
        for (int what = NOTHING; what < LACK_COUNT; what++)
            assert_true(kill_at_every_call((kind)which, (lack)what) > (which >= FOREIGN ? 25 : 12));
    }
}

/* A stage whose owner lives is not cleared, whatever its process is called. */
static void test_the_living_are_left_alone(void **state) {
    (void)state;
    no_faults();
    char *folder = frem_temp_folder();
    frem_diags *diags = NULL;
    assert_int_equal(frem_diags_new(&diags), FREM_OK);
    make_world(folder, FOREIGN);
    frem_stage *first = write_stage(folder, diags), *second = write_stage(folder, diags);
    assert_int_equal(frem_stage_commit(second, diags), FREM_OK);
    assert_int_equal(frem_stage_commit(first, diags), FREM_OK);
    char *now = snapshot(folder);
    assert_null(strstr(now, ".out"));
    assert_holds_foreign(now, FOREIGN, "out/");
    free(now);
    frem_diags_free(diags);
    frem_temp_remove(folder);
}

/* A commit waits for the command that holds the place. */
static void test_a_commit_waits(void **state) {
    (void)state;
    const struct timespec moment = {0, 200000000};
    char *before, *after;
    int status = 0;
    no_faults();
    expected_worlds(FOREIGN, &before, &after);
    char *folder = frem_temp_folder(), *lock = frem_temp_path(folder, ".out.lock");
    frem_diags *diags = NULL;
    assert_int_equal(frem_diags_new(&diags), FREM_OK);
    make_world(folder, FOREIGN);
    frem_stage *stage = write_stage(folder, diags);
    const int held = open(lock, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    assert_int_equal(flock(held, LOCK_EX), 0);
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        (void)close(held); /* the parent's is open still */
        _exit(frem_stage_commit(stage, diags) == FREM_OK ? 0 : 1);
    }
    assert_int_equal(nanosleep(&moment, NULL), 0);
    assert_int_equal(waitpid(child, &status, WNOHANG), 0);
    char *now = snapshot(folder);
    assert_non_null(strstr(now, before)); /* what is hidden comes first */
    free(now);
    assert_int_equal(close(held), 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    frem_stage_discard(stage); /* of which nothing is left on the disk: the child has put it in place */
    now = snapshot(folder);
    assert_text(now, after);
    free(now);
    free(lock);
    free(before);
    free(after);
    frem_diags_free(diags);
    frem_temp_remove(folder);
}

/* A file of others that is saved under its name again after a kill: neither version is lost. */
static void test_two_versions_are_kept(void **state) {
    (void)state;
    int kept = 0;
    for (int k = 1; k < 60; k++) {
        no_faults();
        faults.no_links = true; /* notes.txt is moved into the stage, and is nowhere else for a moment */
        char *folder = frem_temp_folder();
        frem_diags *diags = NULL;
        assert_int_equal(frem_diags_new(&diags), FREM_OK);
        make_world(folder, FOREIGN);
        const bool killed = killed_at(folder, k);
        char *there = frem_temp_read(folder, "out/notes.txt");
        if (killed && there == NULL) {
            frem_temp_write(folder, "out/notes.txt", "anew");
            assert_int_equal(commit(folder, diags, 0), FREM_OK);
            char *now = snapshot(folder);
            assert_non_null(strstr(now, "out/notes.txt: anew"));
            assert_non_null(strstr(now, "/notes.txt: mine"));
            assert_non_null(strstr(now, "out/letters/2020/a.txt: my letter"));
            assert_text(frem_diags_at(diags, 0)->name, "output-kept");
            free(now);
            kept++;
        }
        free(there);
        frem_diags_free(diags);
        frem_temp_remove(folder);
    }
    assert_true(kept > 0);
}

/* ---- signals ---- */

/* A signal that interrupts a call changes nothing. */
static void test_signals(void **state) {
    (void)state;
    char *before, *after;
    no_faults();
    expected_worlds(FOREIGN, &before, &after);
    for (int every = 2; every <= 7; every++) {
        char *folder = frem_temp_folder(), *file = frem_temp_path(folder, "table.csv");
        frem_diags *diags = NULL;
        assert_int_equal(frem_diags_new(&diags), FREM_OK);
        make_world(folder, FOREIGN);
        faults.signals_every = every;
        const frem_status status = commit(folder, diags, 0);
        const frem_status whole = frem_whole_file_write(file, "a,b\n", 4, NULL, diags);
        faults.signals_every = 0;
        assert_int_equal(status, FREM_OK);
        assert_int_equal(whole, FREM_OK);
        assert_true(faults.waits > 40);
        assert_int_equal(unlink(file), 0);
        char *now = snapshot(folder);
        assert_text(now, after);
        free(now);
        free(file);
        frem_diags_free(diags);
        frem_temp_remove(folder);
    }
    free(before);
    free(after);
}

/* A full disk is seen when a file is closed, and reported at the commit. */
static void test_sync_of_a_file(void **state) {
    (void)state;
    char *folder = frem_temp_folder(), *out = frem_temp_path(folder, "out");
    frem_diags *diags = NULL;
    frem_stage *stage = NULL;
    frem_sink *sink = NULL;
    no_faults();
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

/* A file of its own that a killed command was writing goes with the next one into the same place. */
static void test_whole_file_killed(void **state) {
    (void)state;
    int left = 0;
    no_faults();
    char *folder = frem_temp_folder(), *file = frem_temp_path(folder, "table.csv");
    frem_temp_write(folder, "table.csv", "old");
    for (int k = 1; k <= 8; k++) {
        frem_diags *diags = NULL;
        const pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            faults.calls = 0;
            faults.kill_at = k;
            _exit(frem_whole_file_write(file, "new", 3, NULL, NULL) == FREM_OK ? 0 : 1);
        }
        int status = 0;
        assert_int_equal(waitpid(child, &status, 0), child);
        char *list = frem_temp_list(folder), *now = frem_temp_read(folder, "table.csv");
        left += strstr(list, ".table.csv.writing-") != NULL;
        assert_true(strcmp(now, "old") == 0 || strcmp(now, "new") == 0);
        free(list);
        free(now);
        assert_int_equal(frem_diags_new(&diags), FREM_OK);
        assert_int_equal(frem_whole_file_write(file, "old", 3, NULL, diags), FREM_OK);
        list = frem_temp_list(folder);
        assert_text(list, "table.csv\n");
        free(list);
        frem_diags_free(diags);
    }
    assert_true(left > 0);
    free(file);
    frem_temp_remove(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_failure),
        cmocka_unit_test(test_no_way_back),
        cmocka_unit_test(test_nothing_is_removed),
        cmocka_unit_test(test_killed),
        cmocka_unit_test(test_the_living_are_left_alone),
        cmocka_unit_test(test_a_commit_waits),
        cmocka_unit_test(test_two_versions_are_kept),
        cmocka_unit_test(test_signals),
        cmocka_unit_test(test_sync_of_a_file),
        cmocka_unit_test(test_whole_file_killed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
