#include "publish/folder.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/platform.h"
#include "base/text.h"

/* Deeper trees are not ours. */
#define DEPTH_MAX 64

bool frem_name_inside(const char *name) {
    for (const char *part = name;; part++) {
        size_t n = strcspn(part, "/");
        if (n == 0 || (n == 1 && part[0] == '.') || (n == 2 && part[0] == '.' && part[1] == '.'))
            return false;
        part += n;
        if (*part == '\0')
            return true;
    }
}

int frem_folder_open(int at, const char *name) {
    return frem_fd_open(at, name, FREM_OPEN_FOLDER | FREM_OPEN_NO_LINK, 0);
}

int frem_folder_of(int at, const char *name, bool make, const char **last) {
    int folder = frem_folder_open(at, ".");
    for (const char *slash; folder >= 0 && (slash = strchr(name, '/')) != NULL; name = slash + 1) {
        char *part = strndup(name, (size_t)(slash - name));
        int next = -1;
        if (part != NULL && (!make || frem_folder_make(folder, part) == 0 || errno == EEXIST))
            next = frem_folder_open(folder, part);
        int error = errno;
        free(part);
        errno = error;
        frem_fd_drop(folder);
        folder = next;
    }
    *last = name;
    return folder;
}

int frem_folder_sync(int fd) {
    if (frem_fd_sync(fd) == 0 || errno == EINVAL || errno == ENOTSUP || errno == EBADF)
        return 0;
    return -1;
}

/* Opens a folder's entries. @return NULL with errno. */
static frem_entries *open_entries(int at, const char *name) {
    return frem_entries_of(frem_folder_open(at, name));
}

static int walk_down(int at, const char *name, const char *prefix, int depth, frem_folder_visit visit,
                     void *context, bool *go_on) {
    frem_entries *entries = open_entries(at, name);
    if (entries == NULL)
        return -1;
    int result = -1;
    const char *entry = NULL;
    int got;
    while (*go_on && (got = frem_entries_next(entries, &entry)) != 0) {
        frem_file_info info;
        frem_text path = {0};
        if (got < 0 || frem_file_look(frem_entries_folder(entries), entry, &info) != 0)
            goto done;
        frem_text_print(&path, "%s%s%s", prefix, prefix[0] != '\0' ? "/" : "", entry);
        int below = 0;
        if (path.failed || depth == DEPTH_MAX) {
            errno = path.failed ? ENOMEM : ELOOP;
            below = -1;
        } else {
            *go_on =
                visit(context, path.bytes, info.kind == FREM_FILE_FOLDER, info.kind == FREM_FILE_REGULAR);
            if (*go_on && info.kind == FREM_FILE_FOLDER)
                below = walk_down(frem_entries_folder(entries), entry, path.bytes, depth + 1, visit, context,
                                  go_on);
        }
        int error = errno;
        frem_text_free(&path);
        errno = error;
        if (below != 0)
            goto done;
    }
    result = 0;
done:
    frem_entries_close(entries);
    return result;
}

int frem_folder_walk(int at, const char *name, frem_folder_visit visit, void *context) {
    bool go_on = true;
    return walk_down(at, name, "", 0, visit, context, &go_on);
}

int frem_folder_each(int at, const char *name, frem_folder_entry visit, void *context) {
    frem_entries *entries = open_entries(at, name);
    if (entries == NULL)
        return -1;
    int result = 0, got = 0;
    const char *entry = NULL;
    while (result == 0 && (got = frem_entries_next(entries, &entry)) > 0) {
        frem_file_info info;
        if (frem_file_look(frem_entries_folder(entries), entry, &info) == 0)
            result = visit(context, frem_entries_folder(entries), entry, &info);
        else if (errno != ENOENT) /* gone by now */
            result = -1;
    }
    frem_entries_close(entries);
    return got < 0 ? -1 : result;
}

static int sync_down(int at, const char *name, int depth) {
    frem_entries *entries = open_entries(at, name);
    if (entries == NULL)
        return -1;
    int result = 0, got = 0;
    const char *entry = NULL;
    while (result == 0 && (got = frem_entries_next(entries, &entry)) > 0) {
        frem_file_info info;
        result = frem_file_look(frem_entries_folder(entries), entry, &info);
        if (result == 0 && info.kind == FREM_FILE_FOLDER && depth < DEPTH_MAX)
            result = sync_down(frem_entries_folder(entries), entry, depth + 1);
    }
    if (result == 0 && (got < 0 || frem_folder_sync(frem_entries_folder(entries)) != 0))
        result = -1;
    frem_entries_close(entries);
    return result;
}

int frem_folder_sync_all(int at, const char *name) {
    return sync_down(at, name, 0);
}

static int remove_down(int at, const char *name, int depth) {
    frem_entries *entries = open_entries(at, name);
    if (entries == NULL)
        return -1;
    int result = 0, got;
    const char *entry = NULL;
    while ((got = frem_entries_next(entries, &entry)) > 0) {
        if (frem_file_remove(frem_entries_folder(entries), entry) == 0)
            continue;
        /* A folder gives EISDIR, or EPERM by the letter of POSIX. */
        if (depth < DEPTH_MAX && remove_down(frem_entries_folder(entries), entry, depth + 1) == 0)
            continue;
        result = -1;
    }
    frem_entries_close(entries);
    if (result == 0 && got == 0)
        return frem_folder_drop(at, name);
    return -1;
}

int frem_folder_remove(int at, const char *name) {
    return remove_down(at, name, 0);
}
