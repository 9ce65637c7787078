#include "base/whole_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/folder.h"
#include "base/problem.h"
#include "base/sink.h"

/* Names tried for the file beside, before there is given up. */
#define TRIES 100u

static frem_status unwritable(const char *path, int error, frem_diags *diags) {
    const frem_status told = error == ENOMEM   ? FREM_NO_MEMORY
                             : error == EEXIST ? FREM_PROBLEM(diags, FREM_NOWHERE, WHOLE_FILE_EXISTS, path)
                                               : FREM_PROBLEM(diags, FREM_NOWHERE, WHOLE_FILE_UNWRITABLE,
                                                              path, frem_error_text(error));
    return told == FREM_NO_MEMORY ? told : FREM_UNWRITABLE;
}

/* Makes and opens `.NAME.NUMBER` in a folder. @return a descriptor, or -1 with errno; *own is the caller's. */
static int open_beside(int folder, const char *name, mode_t mode, char **own) {
    for (unsigned i = 0; i < TRIES; i++) {
        if (asprintf(own, ".%.200s.%ld-%u", name, (long)getpid(), i) < 0) {
            *own = NULL;
            errno = ENOMEM;
            return -1;
        }
        const int fd = openat(folder, *own, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode);
        if (fd >= 0)
            return fd;
        const int error = errno;
        free(*own);
        *own = NULL;
        errno = error;
        if (error != EEXIST)
            break;
    }
    return -1;
}

/* Writes, syncs and closes. @return 0 or the errno. */
static int fill(int fd, const void *bytes, size_t n) {
    frem_sink *sink;
    int error = ENOMEM;
    if (frem_sink_fd(&sink, fd, 0) == FREM_OK) {
        frem_sink_write(sink, bytes, n);
        if (frem_sink_close(sink, NULL, NULL, &error) == FREM_OK)
            error = fsync(fd) == 0 ? 0 : errno;
    }
    if (close(fd) != 0 && error == 0 && errno != EINTR)
        error = errno;
    return error;
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
    const int fd = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const int error = errno;
    free(parent);
    errno = error;
    return fd;
}

/* Whether a file may take the name: there is none, or a plain one that may be replaced. @return 0 or the errno. */
static int check_place(int folder, const char *name, bool fresh, mode_t *mode, bool *exists) {
    struct stat info;
    *exists = fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0;
    if (!*exists)
        return errno == ENOENT ? 0 : errno;
    if (fresh)
        return EEXIST;
    *mode = info.st_mode & 0777;
    if (S_ISDIR(info.st_mode))
        return EISDIR;
    return S_ISREG(info.st_mode) ? 0 : S_ISLNK(info.st_mode) ? ELOOP : EINVAL;
}

/* Renames the file into place; a fresh one over nothing. @return 0 or the errno. */
static int put_in_place(int folder, const char *own, const char *name, bool fresh) {
    if (!fresh)
        return renameat(folder, own, folder, name) == 0 ? 0 : errno;
    if (renameat2(folder, own, folder, name, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return errno;
    /* A file system that knows no flags: a second name, which is never taken from another file. */
    if (linkat(folder, own, folder, name, 0) != 0)
        return errno;
    (void)unlinkat(folder, own, 0);
    return 0;
}

static frem_status write_whole(const char *path, const void *bytes, size_t n, bool fresh, frem_diags *diags) {
    const char *name;
    char *own = NULL;
    mode_t mode = 0666;
    bool exists = false;
    const int folder = open_parent(path, &name);
    if (folder < 0)
        return unwritable(path, errno, diags);
    int error = name[0] == '\0' ? EISDIR : check_place(folder, name, fresh, &mode, &exists);
    int fd = -1;
    if (error == 0) {
        fd = open_beside(folder, name, mode, &own);
        error = fd < 0 ? errno : 0;
    }
    if (fd >= 0) {
        const bool kept = !exists || fchmod(fd, mode) == 0;
        error = kept ? fill(fd, bytes, n) : errno;
        if (!kept)
            (void)close(fd);
    }
    if (error == 0)
        error = put_in_place(folder, own, name, fresh);
    if (error == 0 && frem_folder_sync(folder) != 0)
        error = errno;
    else if (error != 0 && own != NULL)
        (void)unlinkat(folder, own, 0);
    free(own);
    (void)close(folder);
    return error == 0 ? FREM_OK : unwritable(path, error, diags);
}

frem_status frem_whole_file_write(const char *path, const void *bytes, size_t n, frem_diags *diags) {
    return write_whole(path, bytes, n, false, diags);
}

frem_status frem_whole_file_create(const char *path, const void *bytes, size_t n, frem_diags *diags) {
    return write_whole(path, bytes, n, true, diags);
}
