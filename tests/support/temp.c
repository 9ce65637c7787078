#include "support/temp.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "support/check.h"

char *frem_temp_path(const char *folder, const char *name) {
    char *path = NULL;
    assert_true(asprintf(&path, "%s/%s", folder, name) > 0);
    return path;
}

char *frem_temp_folder(void) {
    const char *where = getenv("TMPDIR");
    char *folder =
        frem_temp_path(where != NULL && where[0] != '\0' ? where : "/tmp", "fremskriv-test.XXXXXX");
    assert_non_null(mkdtemp(folder));
    return folder;
}

static void remove_below(const char *folder) {
    struct dirent **entries = NULL;
    int n = scandir(folder, &entries, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        const char *name = entries[i]->d_name;
        if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0) {
            char *path = frem_temp_path(folder, name);
            if (unlink(path) != 0)
                remove_below(path);
            free(path);
        }
        free(entries[i]);
    }
    free(entries);
    (void)rmdir(folder);
}

void frem_temp_remove(char *folder) {
    remove_below(folder);
    free(folder);
}

void frem_temp_write(const char *folder, const char *name, const char *text) {
    char *path = frem_temp_path(folder, name);
    for (size_t i = strlen(folder) + 1; path[i] != '\0'; i++) {
        if (path[i] != '/')
            continue;
        path[i] = '\0';
        (void)mkdir(path, 0777);
        path[i] = '/';
    }
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    assert_int_equal(fclose(file), 0);
    free(path);
}

char *frem_temp_read(const char *folder, const char *name) {
    char *path = frem_temp_path(folder, name), *text = NULL;
    size_t capacity = 0;
    FILE *file = fopen(path, "re");
    free(path);
    if (file == NULL)
        return NULL;
    if (getdelim(&text, &capacity, '\0', file) < 0 && text != NULL)
        text[0] = '\0';
    assert_int_equal(fclose(file), 0);
    return text;
}

static void list_below(const char *folder, const char *prefix, FILE *out) {
    struct dirent **entries = NULL;
    int n = scandir(folder, &entries, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        const char *name = entries[i]->d_name;
        struct stat info;
        char *path = frem_temp_path(folder, name), *below = NULL;
        assert_true(asprintf(&below, "%s%s/", prefix, name) > 0);
        if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0 && lstat(path, &info) == 0) {
            bool is_folder = S_ISDIR(info.st_mode), is_link = S_ISLNK(info.st_mode);
            fprintf(out, "%s%s%s\n", prefix, name, is_folder ? "/" : is_link ? "@" : "");
            if (is_folder)
                list_below(path, below, out);
        }
        free(below);
        free(path);
        free(entries[i]);
    }
    free(entries);
}

char *frem_temp_list(const char *folder) {
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    assert_non_null(out);
    list_below(folder, "", out);
    assert_int_equal(fclose(out), 0);
    return text;
}
