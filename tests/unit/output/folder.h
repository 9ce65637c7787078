/** @file
 *  A temporary folder to stand in, for the tests that write output folders.
 */
#ifndef FREM_TESTS_UNIT_OUTPUT_FOLDER_H
#define FREM_TESTS_UNIT_OUTPUT_FOLDER_H

#include "unit/output/small.h"

#include <ftw.h>
#include <unistd.h>

static char folder_path[4096];

/** cmocka setup: a new folder, which becomes the current one. */
static inline int folder_enter(void **state) {
    (void)state;
    const char *tmp = getenv("TMPDIR");
    (void)snprintf(folder_path, sizeof folder_path, "%s/frem-output-XXXXXX", tmp != NULL ? tmp : "/tmp");
    return mkdtemp(folder_path) != NULL && chdir(folder_path) == 0 ? 0 : -1;
}

static inline int folder_remove_one(const char *path, const struct stat *info, int kind, struct FTW *at) {
    (void)info;
    (void)kind;
    (void)at;
    return remove(path);
}

/** cmocka teardown. */
static inline int folder_leave(void **state) {
    (void)state;
    return chdir("/") == 0 ? nftw(folder_path, folder_remove_one, 8, FTW_DEPTH | FTW_PHYS) : -1;
}

static inline void folder_put(const char *path, const char *text) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

#endif
