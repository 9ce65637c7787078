#include "publish/whole_file.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/platform.h"
#include "base/problem.h"
#include "base/source.h"
#include "publish/folder.h"
#include "publish/target.h"

static frem_status unwritable(const char *path, int error, frem_diags *diags) {
    const frem_status reported =
        error == ENOMEM        ? FREM_NO_MEMORY
        : error == EWOULDBLOCK ? FREM_PROBLEM(diags, FREM_NOWHERE, WHOLE_FILE_BUSY, path)
        : error == EEXIST
            ? FREM_PROBLEM(diags, FREM_NOWHERE, WHOLE_FILE_EXISTS, path)
            : FREM_PROBLEM(diags, FREM_NOWHERE, WHOLE_FILE_UNWRITABLE, path, frem_error_text(error));
    return reported == FREM_NO_MEMORY ? reported : FREM_UNWRITABLE;
}

/* What a killed command has left. Folders are of outputs of the same name that are folders: not here. */
static int remove_left(void *context, const char *own, frem_beside kind, const frem_file_info *info) {
    const int *folder = context;
    if (kind == FREM_BESIDE_WRITING && info->kind == FREM_FILE_REGULAR)
        (void)frem_file_remove(*folder, own);
    return 0;
}

/* Makes and opens a file beside. @return a descriptor, or -1 with errno; *own is the caller's. */
static int open_beside(int folder, const char *name, unsigned mode, char **own) {
    for (unsigned i = 0; i < FREM_TARGET_TRIES; i++) {
        char tail[7];
        frem_target_tail(tail, i);
        *own = frem_target_name(name, FREM_BESIDE_WRITING, tail);
        const int fd =
            *own == NULL
                ? -1
                : frem_fd_open(folder, *own, FREM_OPEN_WRITE | FREM_OPEN_FRESH | FREM_OPEN_NO_LINK, mode);
        if (fd >= 0) { /* held until it is closed: a sign that its owner lives */
            (void)frem_fd_lock(fd);
            return fd;
        }
        const int error = errno;
        free(*own);
        *own = NULL;
        errno = error;
        if (error != EEXIST)
            break;
    }
    return -1;
}

/* Writes and syncs. @return 0 or the errno. */
static int fill(int fd, const void *bytes, size_t n) {
    const int error = frem_fd_write(fd, bytes, n);
    if (error != 0)
        return error;
    return frem_fd_sync(fd) == 0 ? 0 : errno;
}

/* The folder that holds a path, opened. @param[out] name its last part, borrowed. */
static int open_parent(const char *path, const char **name) {
    const char *slash = strrchr(path, '/');
    *name = slash != NULL ? slash + 1 : path;
    char *parent = slash == NULL   ? strdup(".")
                   : slash == path ? strdup("/")
                                   : strndup(path, (size_t)(slash - path));
    if (parent == NULL) {
        errno = ENOMEM;
        return -1;
    }
    const int fd = frem_fd_open(FREM_HERE, parent, FREM_OPEN_FOLDER, 0);
    const int error = errno;
    free(parent);
    errno = error;
    return fd;
}

/* Whether a file may take the name: there is none, or a plain one that may be replaced. @return 0 or the errno. */
static int check_place(int folder, const char *name, bool fresh, unsigned *mode, bool *exists) {
    frem_file_info info;
    *exists = frem_file_look(folder, name, &info) == 0;
    if (!*exists)
        return errno == ENOENT ? 0 : errno;
    if (fresh)
        return EEXIST;
    *mode = info.permissions;
    if (info.kind == FREM_FILE_FOLDER)
        return EISDIR;
    return info.kind == FREM_FILE_REGULAR ? 0 : info.kind == FREM_FILE_LINK ? ELOOP : EINVAL;
}

/* Renames the file into place; a fresh one over nothing. @return 0 or the errno. */
static int put_in_place(int folder, const char *own, const char *name, bool fresh) {
    if (!fresh)
        return frem_file_rename(folder, own, folder, name) == 0 ? 0 : errno;
    return frem_file_place_fresh(folder, own, name) == 0 ? 0 : errno;
}

/* Writes a file beside and puts it in place, while the place's lock is held. @return 0 or the errno. */
static int write_beside(int folder, const char *name, const void *bytes, size_t n, bool fresh) {
    char *own = NULL;
    unsigned mode = 0666;
    bool exists = false;
    int error = check_place(folder, name, fresh, &mode, &exists);
    if (error != 0)
        return error;
    const int fd = open_beside(folder, name, mode, &own);
    if (fd < 0)
        return errno;
    error = !exists || frem_fd_permit(fd, mode) == 0 ? fill(fd, bytes, n) : errno;
    const int closed = frem_fd_close(fd);
    error = error != 0 ? error : closed;
    if (error == 0)
        error = put_in_place(folder, own, name, fresh);
    if (error != 0)
        (void)frem_file_remove(folder, own);
    else if (frem_folder_sync(folder) != 0)
        error = errno;
    free(own);
    return error;
}

/* @return FREM_OK where no input has that path. */
static frem_status check_input(const char *path, const frem_sources *read, frem_diags *diags) {
    const frem_source *input = NULL;
    const frem_status status = frem_sources_same(read, FREM_HERE, path, &input);
    if (status != FREM_OK || input == NULL)
        return status;
    const frem_status reported = FREM_PROBLEM(diags, FREM_NOWHERE, WHOLE_FILE_IS_INPUT, path, input->path);
    return reported == FREM_NO_MEMORY ? reported : FREM_UNWRITABLE;
}

static frem_status write_whole(const char *path, const void *bytes, size_t n, bool fresh,
                               const frem_sources *read, frem_diags *diags) {
    const char *name;
    frem_target_lock lock = {.fd = -1};
    const frem_status status = check_input(path, read, diags);
    if (status != FREM_OK)
        return status;
    int folder = open_parent(path, &name);
    if (folder < 0)
        return unwritable(path, errno, diags);
    int error = name[0] == '\0' ? EISDIR : 0;
    if (error == 0 && frem_target_take(&lock, folder, name) != 0)
        error = errno;
    if (error == 0 && frem_target_each_left(&lock, name, remove_left, &folder) != 0)
        error = errno;
    if (error == 0)
        error = write_beside(folder, name, bytes, n, fresh);
    frem_target_give(&lock);
    frem_fd_drop(folder);
    return error == 0 ? FREM_OK : unwritable(path, error, diags);
}

frem_status frem_whole_file_write(const char *path, const void *bytes, size_t n, const frem_sources *read,
                                  frem_diags *diags) {
    return write_whole(path, bytes, n, false, read, diags);
}

frem_status frem_whole_file_create(const char *path, const void *bytes, size_t n, frem_diags *diags) {
    return write_whole(path, bytes, n, true, NULL, diags);
}
