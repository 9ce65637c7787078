#include "support/check.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "publish/whole_file.h"
#include "support/temp.h"

static frem_status put(bool fresh, const char *folder, const char *name, const char *text, size_t *errors) {
    frem_diags *diags = NULL;
    char *path = frem_temp_path(folder, name);
    assert_int_equal(frem_diags_new(&diags), FREM_OK);
    const frem_status status = fresh ? frem_whole_file_create(path, text, strlen(text), diags)
                                     : frem_whole_file_write(path, text, strlen(text), NULL, diags);
    *errors = frem_diags_errors(diags);
    frem_diags_free(diags);
    free(path);
    return status;
}

/* Writes, and checks what the file holds afterwards. */
static void check(bool fresh, const char *folder, const char *name, const char *text, frem_status expected,
                  const char *holds) {
    size_t errors;
    assert_int_equal(put(fresh, folder, name, text, &errors), expected);
    assert_int_equal(errors, expected == FREM_OK ? 0 : 1);
    char *found = frem_temp_read(folder, name);
    assert_text(found, holds);
    free(found);
}

static void test_written_and_replaced(void **state) {
    (void)state;
    char *folder = frem_temp_folder();
    check(false, folder, "a", "one\n", FREM_OK, "one\n");
    check(false, folder, "a", "two\n", FREM_OK, "two\n");
    char *names = frem_temp_list(folder);
    assert_text(names, "a\n");
    free(names);
    frem_temp_remove(folder);
}

static void test_created_once(void **state) {
    (void)state;
    char *folder = frem_temp_folder();
    check(true, folder, "a", "one\n", FREM_OK, "one\n");
    check(true, folder, "a", "two\n", FREM_UNWRITABLE, "one\n");
    char *names = frem_temp_list(folder);
    assert_text(names, "a\n");
    free(names);
    frem_temp_remove(folder);
}

/* A link has the name, wherever it leads, and so has a folder. */
static void test_not_created_through(void **state) {
    (void)state;
    size_t errors;
    char *folder = frem_temp_folder(), *link = frem_temp_path(folder, "link"),
         *sub = frem_temp_path(folder, "sub");
    assert_int_equal(symlink("nowhere", link), 0);
    assert_int_equal(mkdir(sub, 0777), 0);
    static const char *const names[] = {"link", "sub", "sub/", "none/a"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        assert_int_equal(put(true, folder, names[i], "one\n", &errors), FREM_UNWRITABLE);
        assert_int_equal(errors, 1);
    }
    char *found = frem_temp_list(folder);
    assert_text(found, "link@\nsub/\n");
    free(found);
    free(link);
    free(sub);
    frem_temp_remove(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_written_and_replaced),
        cmocka_unit_test(test_created_once),
        cmocka_unit_test(test_not_created_through),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
