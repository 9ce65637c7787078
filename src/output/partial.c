#include "output/partial.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jansson.h>

#include "base/folder.h"
#include "base/problem.h"
#include "base/text.h"

/* Files of the folder; others are not ours. */
#define KEY_FILE "key.json"
#define BLOCK_NAME "block-%08zu.csv"
#define TEMPORARY ".writing"
enum { NAME_SIZE = 48 };

struct frem_partial {
    char *path;
    int fd;
};

static frem_status unwritable(const char *path, int error, frem_diags *diags) {
    if (error == ENOMEM)
        return FREM_NO_MEMORY;
    frem_status status =
        FREM_PROBLEM(diags, FREM_NOWHERE, OUTPUT_FOLDER_UNWRITABLE, path, frem_error_text(error));
    return status == FREM_NO_MEMORY ? status : FREM_UNWRITABLE;
}

frem_status frem_partial_lost(const frem_partial *partial, int error, frem_diags *diags) {
    return unwritable(partial->path, error, diags);
}

/* FOLDER.partial; "." and ".." stand for the folders that they are. NULL with errno. */
static char *path_beside(const char *folder) {
    size_t n = strlen(folder);
    while (n > 1 && folder[n - 1] == '/')
        n--;
    const char *last = folder + n;
    while (last > folder && last[-1] != '/')
        last--;
    size_t length = (size_t)(folder + n - last);
    char *real = NULL, *path = NULL;
    if (length <= 2 && strncmp(last, "..", length) == 0) {
        real = realpath(folder, NULL);
        if (real == NULL)
            return NULL;
        folder = real;
        n = strlen(real);
    }
    if (asprintf(&path, "%.*s.partial", (int)n, folder) < 0) {
        path = NULL;
        errno = ENOMEM;
    }
    free(real);
    return path;
}

/* Makes a folder and those above it. @return 0, or -1 with errno. */
static int make_folders(char *path) {
    for (char *slash = path + 1; (slash = strchr(slash, '/')) != NULL; slash++) {
        *slash = '\0';
        int made = mkdir(path, 0777);
        int error = errno;
        *slash = '/';
        if (made != 0 && error != EEXIST) {
            errno = error;
            return -1;
        }
    }
    return mkdir(path, 0777) == 0 || errno == EEXIST ? 0 : -1;
}

static bool is_block(const char *name) {
    size_t n = strlen("block-"),
           digits = strspn(name + (strncmp(name, "block-", n) == 0 ? n : 0), "0123456789");
    return strncmp(name, "block-", n) == 0 && digits >= 8 && strcmp(name + n + digits, ".csv") == 0;
}

static bool is_ours(const char *name) {
    size_t n = strlen(name), t = strlen(TEMPORARY);
    if (strcmp(name, KEY_FILE) == 0 || is_block(name))
        return true;
    return n > t && strcmp(name + n - t, TEMPORARY) == 0 &&
           (strncmp(name, "block-", 6) == 0 || strncmp(name, "key", 3) == 0);
}

/* Walks through the folder: removes all files, or only tells the first that is not ours.
 * @param[out] foreign owned by the caller (free()); NULL where all are ours. @return 0, or the errno. */
static int look_through(const frem_partial *partial, bool remove, char **foreign) {
    int fd = openat(partial->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *folder = fd >= 0 ? fdopendir(fd) : NULL;
    int error = folder == NULL ? errno : 0;
    if (folder == NULL && fd >= 0)
        (void)close(fd);
    *foreign = NULL;
    while (folder != NULL && error == 0 && *foreign == NULL) {
        errno = 0;
        const struct dirent *entry = readdir(folder);
        if (entry == NULL) {
            error = errno;
            break;
        }
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (!is_ours(entry->d_name)) {
            *foreign = strdup(entry->d_name);
            error = *foreign == NULL ? ENOMEM : 0;
        } else if (remove && unlinkat(partial->fd, entry->d_name, 0) != 0) {
            error = errno;
        }
    }
    if (folder != NULL)
        (void)closedir(folder);
    return error;
}

/* ---- files ---- */

/* A file gets its name when it is on the disk. */
static int begin(const frem_partial *partial, frem_partial_file *file) {
    (void)snprintf(file->other, sizeof file->other, "%s" TEMPORARY, file->name);
    (void)unlinkat(partial->fd, file->other, 0); /* of one who was killed */
    file->fd = openat(partial->fd, file->other, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (file->fd < 0)
        return errno;
    if (frem_sink_fd(&file->sink, file->fd, 0) == FREM_OK)
        return 0;
    (void)close(file->fd);
    (void)unlinkat(partial->fd, file->other, 0);
    return ENOMEM;
}

int frem_partial_end(const frem_partial *partial, frem_partial_file *file, bool good) {
    int error = 0;
    if (frem_sink_close(file->sink, NULL, NULL, &error) != FREM_OK && error == 0)
        error = EIO;
    if (error == 0 && good && fsync(file->fd) != 0)
        error = errno;
    if (close(file->fd) != 0 && error == 0 && errno != EINTR)
        error = errno;
    if (error == 0 && good && renameat(partial->fd, file->other, partial->fd, file->name) != 0)
        error = errno;
    if (error != 0 || !good)
        (void)unlinkat(partial->fd, file->other, 0);
    return error;
}

int frem_partial_begin(const frem_partial *partial, size_t block, frem_partial_file *file) {
    (void)snprintf(file->name, sizeof file->name, BLOCK_NAME, block);
    return begin(partial, file);
}

static bool has(const frem_partial *partial, const char *name) {
    struct stat info;
    return fstatat(partial->fd, name, &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(info.st_mode);
}

bool frem_partial_has(const frem_partial *partial, size_t block) {
    char name[NAME_SIZE];
    (void)snprintf(name, sizeof name, BLOCK_NAME, block);
    return has(partial, name);
}

int frem_partial_read(const frem_partial *partial, size_t block, frem_sink *sink) {
    char name[NAME_SIZE], buffer[16384];
    (void)snprintf(name, sizeof name, BLOCK_NAME, block);
    int fd = openat(partial->fd, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0)
        return errno;
    int error = 0;
    for (;;) {
        ssize_t got = read(fd, buffer, sizeof buffer);
        if (got == 0 || (got < 0 && errno != EINTR)) {
            error = got < 0 ? errno : 0;
            break;
        }
        if (got > 0)
            frem_sink_write(sink, buffer, (size_t)got);
    }
    (void)close(fd);
    return error;
}

/* ---- the key ---- */

static bool has_key(const frem_partial *partial, const char *key) {
    int fd = openat(partial->fd, KEY_FILE, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0)
        return false;
    json_t *json = json_loadfd(fd, 0, NULL);
    const char *found = json_string_value(json_object_get(json, "key"));
    bool same = found != NULL && strcmp(found, key) == 0;
    json_decref(json);
    (void)close(fd);
    return same;
}

static int write_key(const frem_partial *partial, const char *key) {
    frem_partial_file file = {.name = KEY_FILE};
    int error = begin(partial, &file);
    if (error != 0)
        return error;
    frem_sink_print(file.sink, "{\"key\": \"%s\"}\n", key);
    return frem_partial_end(partial, &file, true);
}

/* Leaves what is of this sweep and nothing else. */
static frem_status take_over(const frem_partial *partial, const char *key, frem_diags *diags) {
    char *foreign;
    int error = look_through(partial, false, &foreign);
    if (error != 0)
        return unwritable(partial->path, error, diags);
    if (foreign != NULL) {
        frem_status status = FREM_PROBLEM(diags, FREM_NOWHERE, PARTIAL_FOREIGN, partial->path, foreign);
        free(foreign);
        return status == FREM_NO_MEMORY ? status : FREM_UNWRITABLE;
    }
    if (has_key(partial, key))
        return FREM_OK;
    frem_status status =
        has(partial, KEY_FILE) ? FREM_PROBLEM(diags, FREM_NOWHERE, PARTIAL_ANEW, partial->path) : FREM_OK;
    if (status != FREM_OK)
        return status;
    error = look_through(partial, true, &foreign);
    free(foreign);
    if (error == 0)
        error = write_key(partial, key);
    return error == 0 ? FREM_OK : unwritable(partial->path, error, diags);
}

frem_status frem_partial_open(frem_partial **out, const char *folder, const char *key, frem_diags *diags) {
    *out = NULL;
    frem_partial *partial = calloc(1, sizeof *partial);
    if (partial == NULL)
        return FREM_NO_MEMORY;
    partial->fd = -1;
    partial->path = path_beside(folder);
    frem_status status = FREM_OK;
    if (partial->path == NULL)
        status = unwritable(folder, errno, diags);
    else if (make_folders(partial->path) != 0 ||
             (partial->fd = frem_folder_open(AT_FDCWD, partial->path)) < 0)
        status = unwritable(partial->path, errno, diags);
    /* A file system without locks has only one who writes, as far as we can know. */
    if (status == FREM_OK && flock(partial->fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        status = FREM_PROBLEM(diags, FREM_NOWHERE, PARTIAL_BUSY, partial->path);
        status = status == FREM_NO_MEMORY ? status : FREM_UNWRITABLE;
    }
    if (status == FREM_OK)
        status = take_over(partial, key, diags);
    if (status == FREM_OK)
        *out = partial;
    else
        frem_partial_close(partial, false);
    return status;
}

const char *frem_partial_path(const frem_partial *partial) {
    return partial->path;
}

void frem_partial_close(frem_partial *partial, bool remove) {
    if (partial == NULL)
        return;
    char *foreign = NULL;
    /* What somebody else has put there stays, and so does the folder then. */
    if (remove && partial->fd >= 0 && look_through(partial, true, &foreign) == 0 && foreign == NULL)
        (void)rmdir(partial->path);
    free(foreign);
    if (partial->fd >= 0)
        (void)close(partial->fd);
    free(partial->path);
    free(partial);
}
