#include "publish/partial.h"

#include <errno.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/descriptor.h"
#include "base/platform.h"
#include "base/problem.h"
#include "base/text.h"
#include "publish/folder.h"

/* Files of the folder; others are not ours. */
#define KEY_FILE "key.json"
#define BLOCK_NAME "block-%08zu.csv"
#define TEMPORARY ".writing"
enum { NAME_SIZE = 48 };

/* The last line of a block's file: block and sweep, and length and hash of the lines before. */
#define SEAL "block %08zu of %s: %020ju bytes, SHA-256 %s\n"
enum { KEY_SIZE = 65, SEAL_SIZE = 256 };

struct frem_partial {
    char *path;
    int fd;
    char key[KEY_SIZE];
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

/* FOLDER.partial; "." and ".." are resolved to the folder's own name. NULL with errno. */
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
        real = frem_real_path(folder);
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
        int made = frem_folder_make(FREM_HERE, path);
        int error = errno;
        *slash = '/';
        if (made != 0 && error != EEXIST) {
            errno = error;
            return -1;
        }
    }
    return frem_folder_make(FREM_HERE, path) == 0 || errno == EEXIST ? 0 : -1;
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

/* Walks through the folder: removes all files, or only finds the first that is not ours.
 * @param[out] foreign owned by the caller (free()); NULL where all are ours. @return 0, or the errno. */
static int look_through(const frem_partial *partial, bool remove, char **foreign) {
    frem_entries *folder = frem_entries_of(frem_fd_open(partial->fd, ".", FREM_OPEN_FOLDER, 0));
    int error = folder == NULL ? errno : 0, got = 1;
    const char *entry = NULL;
    *foreign = NULL;
    while (folder != NULL && error == 0 && *foreign == NULL &&
           (got = frem_entries_next(folder, &entry)) > 0) {
        if (!is_ours(entry)) {
            *foreign = strdup(entry);
            error = *foreign == NULL ? ENOMEM : 0;
        } else if (remove && frem_file_remove(partial->fd, entry) != 0) {
            error = errno;
        }
    }
    if (got < 0)
        error = errno;
    frem_entries_close(folder);
    return error;
}

/* ---- files ---- */

/* A file gets its name when it is on the disk. */
static int begin(const frem_partial *partial, frem_partial_file *file) {
    (void)snprintf(file->other, sizeof file->other, "%s" TEMPORARY, file->name);
    (void)frem_file_remove(partial->fd, file->other); /* of one who was killed */
    file->fd =
        frem_fd_open(partial->fd, file->other, FREM_OPEN_WRITE | FREM_OPEN_FRESH | FREM_OPEN_NO_LINK, 0666);
    if (file->fd < 0)
        return errno;
    if (frem_sink_fd(&file->sink, file->fd, FREM_SINK_HASHES) == FREM_OK)
        return 0;
    frem_fd_drop(file->fd);
    (void)frem_file_remove(partial->fd, file->other);
    return ENOMEM;
}

/* @return bytes of the line. */
static size_t seal_of(const frem_partial *partial, size_t block, uint64_t size, const char *sha256,
                      char seal[SEAL_SIZE]) {
    return (size_t)snprintf(seal, SEAL_SIZE, SEAL, block, partial->key, (uintmax_t)size, sha256);
}

int frem_partial_end(const frem_partial *partial, frem_partial_file *file, bool good) {
    int error = 0;
    char sha256[65], seal[SEAL_SIZE];
    uint64_t size;
    if (frem_sink_close(file->sink, sha256, &size, &error) != FREM_OK && error == 0)
        error = EIO;
    if (error == 0 && good && file->sealed)
        error = frem_fd_write(file->fd, seal, seal_of(partial, file->block, size, sha256, seal));
    if (error == 0 && good && frem_fd_sync(file->fd) != 0)
        error = errno;
    const int closed = frem_fd_close(file->fd);
    error = error != 0 ? error : closed;
    if (error == 0 && good && frem_file_rename(partial->fd, file->other, partial->fd, file->name) != 0)
        error = errno;
    if (error != 0 || !good)
        (void)frem_file_remove(partial->fd, file->other);
    return error;
}

int frem_partial_begin(const frem_partial *partial, size_t block, frem_partial_file *file) {
    (void)snprintf(file->name, sizeof file->name, BLOCK_NAME, block);
    file->block = block;
    file->sealed = true;
    return begin(partial, file);
}

static bool has(const frem_partial *partial, const char *name) {
    frem_file_info info;
    return frem_file_look(partial->fd, name, &info) == 0 && info.kind == FREM_FILE_REGULAR;
}

static void take_rows(void *context, const void *bytes, size_t n) {
    if (context != NULL)
        frem_sink_write(context, bytes, n);
}

/* Passes a block's rows to a sink, and checks them by its last line. @param size of the rows. */
static int check_block(const frem_partial *partial, size_t block, int fd, uint64_t size, frem_sink *sink) {
    char sha256[65], expected[SEAL_SIZE], found[SEAL_SIZE];
    uint64_t rows = size;
    int error = frem_fd_copy(fd, &rows, take_rows, sink, sha256);
    const size_t n = seal_of(partial, block, size, sha256, expected);
    size_t used = 0;
    ptrdiff_t got = 1;
    while (error == 0 && used < n && got > 0) {
        got = frem_fd_read(fd, found + used, n - used);
        used += got > 0 ? (size_t)got : 0;
        error = got < 0 ? errno : 0;
    }
    return error == 0 && (rows != size || used != n || memcmp(found, expected, n) != 0) ? EBADMSG : error;
}

int frem_partial_read(const frem_partial *partial, size_t block, frem_sink *sink) {
    char name[NAME_SIZE], seal[SEAL_SIZE], no_hash[65];
    frem_file_info info;
    (void)snprintf(name, sizeof name, BLOCK_NAME, block);
    memset(no_hash, '0', sizeof no_hash - 1);
    no_hash[sizeof no_hash - 1] = '\0';
    const size_t n = seal_of(partial, block, 0, no_hash, seal); /* as long as every seal */
    const int fd = frem_fd_open(partial->fd, name, FREM_OPEN_NO_LINK | FREM_OPEN_AT_ONCE, 0);
    if (fd < 0)
        return errno;
    int error = frem_fd_look(fd, &info) == 0 ? 0 : errno;
    if (error == 0 && (info.kind != FREM_FILE_REGULAR || info.size < n))
        error = EBADMSG;
    if (error == 0)
        error = check_block(partial, block, fd, (uint64_t)info.size - n, sink);
    frem_fd_drop(fd);
    return error;
}

frem_status frem_partial_has(const frem_partial *partial, size_t block, bool *has_it, frem_diags *diags) {
    const int error = frem_partial_read(partial, block, NULL);
    char name[NAME_SIZE];
    *has_it = error == 0;
    if (error == 0 || error == ENOENT)
        return FREM_OK;
    if (error != EBADMSG)
        return frem_partial_lost(partial, error, diags);
    (void)snprintf(name, sizeof name, BLOCK_NAME, block);
    return FREM_PROBLEM(diags, FREM_NOWHERE, PARTIAL_DAMAGED, partial->path, name);
}

/* ---- the key ---- */

static bool has_key(const frem_partial *partial, const char *key) {
    char bytes[1024];
    size_t used = 0;
    ptrdiff_t got;
    const int fd = frem_fd_open(partial->fd, KEY_FILE, FREM_OPEN_NO_LINK | FREM_OPEN_AT_ONCE, 0);
    if (fd < 0)
        return false;
    while (used < sizeof bytes && (got = frem_fd_read(fd, bytes + used, sizeof bytes - used)) > 0)
        used += (size_t)got;
    json_t *json = json_loadb(bytes, used, 0, NULL);
    const char *found = json_string_value(json_object_get(json, "key"));
    bool same = found != NULL && strcmp(found, key) == 0;
    json_decref(json);
    frem_fd_drop(fd);
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

/* Inputs in the folder would be taken for blocks, or removed. */
static frem_status check_inputs(const frem_partial *partial, const frem_sources *read, frem_diags *diags) {
    const frem_source *input;
    frem_sources_within(read, partial->fd, &input);
    if (input == NULL)
        return FREM_OK;
    const frem_status reported =
        FREM_PROBLEM(diags, FREM_NOWHERE, PARTIAL_IS_INPUT, partial->path, input->path);
    return reported == FREM_NO_MEMORY ? reported : FREM_UNWRITABLE;
}

frem_status frem_partial_open(frem_partial **out, const char *folder, const char *key,
                              const frem_sources *read, frem_diags *diags) {
    *out = NULL;
    frem_partial *partial = calloc(1, sizeof *partial);
    if (partial == NULL)
        return FREM_NO_MEMORY;
    partial->fd = -1;
    (void)snprintf(partial->key, sizeof partial->key, "%s", key);
    partial->path = path_beside(folder);
    frem_status status = FREM_OK;
    if (partial->path == NULL)
        status = unwritable(folder, errno, diags);
    else if (make_folders(partial->path) != 0 ||
             (partial->fd = frem_folder_open(FREM_HERE, partial->path)) < 0)
        status = unwritable(partial->path, errno, diags);
    /* A file system without locks has only one who writes, as far as we can know. */
    if (status == FREM_OK && frem_fd_lock(partial->fd) != 0 && errno == EWOULDBLOCK) {
        status = FREM_PROBLEM(diags, FREM_NOWHERE, PARTIAL_BUSY, partial->path);
        status = status == FREM_NO_MEMORY ? status : FREM_UNWRITABLE;
    }
    if (status == FREM_OK)
        status = check_inputs(partial, read, diags);
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
    /* Files of others are kept, and then so is the folder. */
    if (remove && partial->fd >= 0 && look_through(partial, true, &foreign) == 0 && foreign == NULL)
        (void)frem_folder_drop(FREM_HERE, partial->path);
    free(foreign);
    if (partial->fd >= 0)
        frem_fd_drop(partial->fd);
    free(partial->path);
    free(partial);
}
