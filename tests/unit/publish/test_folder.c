#include "support/check.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "publish/folder.h"
#include "support/temp.h"

static void test_names_inside(void **state) {
    (void)state;
    static const char *const inside[] = {"a", "a/b.csv", ".hidden", "..a", "a/..b/c", "a b"};
    static const char *const outside[] = {"",       "/", "/a",  "..",   "../a", "a/..",
                                          "a/../b", ".", "./a", "a//b", "a/"};
    for (size_t i = 0; i < sizeof inside / sizeof inside[0]; i++)
        assert_true(frem_name_inside(inside[i]));
    for (size_t i = 0; i < sizeof outside / sizeof outside[0]; i++)
        assert_false(frem_name_inside(outside[i]));
}

static int open_folder(const char *folder) {
    int fd = frem_folder_open(AT_FDCWD, folder);
    assert_true(fd >= 0);
    return fd;
}

static void test_folder_of(void **state) {
    (void)state;
    char *folder = frem_temp_folder(), *link = frem_temp_path(folder, "link");
    const char *last = NULL;
    int at = open_folder(folder);
    frem_temp_write(folder, "file", "");
    assert_int_equal(symlink("a", link), 0);

    assert_int_equal(frem_folder_of(at, "a/b/c.csv", false, &last), -1);
    assert_int_equal(errno, ENOENT);
    int found = frem_folder_of(at, "a/b/c.csv", true, &last);
    assert_true(found >= 0);
    assert_text(last, "c.csv");
    assert_int_equal(close(found), 0);
    found = frem_folder_of(at, "plain", false, &last);
    assert_true(found >= 0);
    assert_text(last, "plain");
    assert_int_equal(close(found), 0);
    assert_int_equal(frem_folder_of(at, "file/x", true, &last), -1);
    assert_int_equal(errno, ENOTDIR);
    assert_int_equal(frem_folder_of(at, "link/x", true, &last), -1); /* a link to a folder */
    assert_true(errno == ENOTDIR || errno == ELOOP);

    char *list = frem_temp_list(folder);
    assert_text(list, "a/\na/b/\nfile\nlink@\n");
    free(list);
    assert_int_equal(close(at), 0);
    free(link);
    frem_temp_remove(folder);
}

static void test_remove_follows_no_link(void **state) {
    (void)state;
    char *folder = frem_temp_folder(), *link = frem_temp_path(folder, "old/link");
    int at = open_folder(folder);
    frem_temp_write(folder, "kept/file", "kept");
    frem_temp_write(folder, "old/a/b/c", "");
    frem_temp_write(folder, "old/d", "");
    assert_int_equal(symlink("../kept", link), 0);
    assert_int_equal(frem_folder_sync_all(at, "old"), 0);
    assert_int_equal(frem_folder_remove(at, "old"), 0);
    assert_int_equal(frem_folder_remove(at, "old"), -1);
    assert_int_equal(errno, ENOENT);
    char *list = frem_temp_list(folder);
    assert_text(list, "kept/\nkept/file\n");
    free(list);
    assert_int_equal(close(at), 0);
    free(link);
    frem_temp_remove(folder);
}

typedef struct visits {
    int folders, files, others, limit;
    size_t bytes;
} visits;

static bool visit(void *context, const char *name, bool is_folder, bool is_regular) {
    visits *v = context;
    v->folders += is_folder;
    v->files += is_regular;
    v->others += !is_folder && !is_regular;
    v->bytes += strlen(name);
    return --v->limit > 0;
}

static void test_walk(void **state) {
    (void)state;
    char *folder = frem_temp_folder(), *pipe = frem_temp_path(folder, "w/pipe");
    int at = open_folder(folder);
    frem_temp_write(folder, "w/a/b/c", "");
    frem_temp_write(folder, "w/d", "");
    assert_int_equal(mkfifo(pipe, 0600), 0);
    visits v = {.limit = 100};
    assert_int_equal(frem_folder_walk(at, "w", visit, &v), 0);
    assert_int_equal(v.folders, 2);
    assert_int_equal(v.files, 2);
    assert_int_equal(v.others, 1);
    assert_int_equal(v.bytes, 14); /* a, a/b, a/b/c, d, pipe: 1 + 3 + 5 + 1 + 4 */
    v = (visits){.limit = 1};
    assert_int_equal(frem_folder_walk(at, "w", visit, &v), 0);
    assert_int_equal(v.folders + v.files + v.others, 1);
    assert_int_equal(frem_folder_walk(at, "nothing", visit, &v), -1);
    assert_int_equal(errno, ENOENT);
    assert_int_equal(close(at), 0);
    free(pipe);
    frem_temp_remove(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_inside),
        cmocka_unit_test(test_folder_of),
        cmocka_unit_test(test_remove_follows_no_link),
        cmocka_unit_test(test_walk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
