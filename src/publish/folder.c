#include "publish/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/descriptor.h"
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
    return frem_fd_open(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0);
}

int frem_folder_of(int at, const char *name, bool make, const char **last) {
    int folder = frem_folder_open(at, ".");
    for (const char *slash; folder >= 0 && (slash = strchr(name, '/')) != NULL; name = slash + 1) {
        char *part = strndup(name, (size_t)(slash - name));
        int next = -1;
        if (part != NULL && (!make || mkdirat(folder, part, 0777) == 0 || errno == EEXIST))
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

/* The entries of an open folder, one at a time; "." and ".." are passed over.
 * @return 1 with the next, 0 at the end, -1 with errno. */
static int next_entry(DIR *entries, const struct dirent **out) {
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(entries);
        if (entry == NULL && errno == EINTR)
            continue;
        if (entry == NULL)
            return errno == 0 ? 0 : -1;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        *out = entry;
        return 1;
    }
}

/* Opens a folder's entries. @return NULL with errno. */
static DIR *open_entries(int at, const char *name) {
    int fd = frem_folder_open(at, name);
    DIR *entries = fd < 0 ? NULL : fdopendir(fd);
    if (entries == NULL)
        frem_fd_drop(fd);
    return entries;
}

static void close_entries(DIR *entries) {
    int error = errno;
    (void)closedir(entries);
    errno = error;
}

static int walk_down(int at, const char *name, const char *prefix, int depth, frem_folder_visit visit,
                     void *context, bool *go_on) {
    DIR *entries = open_entries(at, name);
    if (entries == NULL)
        return -1;
    int result = -1;
    const struct dirent *entry = NULL;
    int got;
    while (*go_on && (got = next_entry(entries, &entry)) != 0) {
        struct stat info;
        frem_text path = {0};
        if (got < 0 || fstatat(dirfd(entries), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0)
            goto done;
        frem_text_print(&path, "%s%s%s", prefix, prefix[0] != '\0' ? "/" : "", entry->d_name);
        int below = 0;
        if (path.failed || depth == DEPTH_MAX) {
            errno = path.failed ? ENOMEM : ELOOP;
            below = -1;
        } else {
            *go_on = visit(context, path.bytes, S_ISDIR(info.st_mode), S_ISREG(info.st_mode));
            if (*go_on && S_ISDIR(info.st_mode))
                below =
                    walk_down(dirfd(entries), entry->d_name, path.bytes, depth + 1, visit, context, go_on);
        }
        int error = errno;
        frem_text_free(&path);
        errno = error;
        if (below != 0)
            goto done;
    }
    result = 0;
done:
    close_entries(entries);
    return result;
}

int frem_folder_walk(int at, const char *name, frem_folder_visit visit, void *context) {
    bool go_on = true;
    return walk_down(at, name, "", 0, visit, context, &go_on);
}

int frem_folder_each(int at, const char *name, frem_folder_entry visit, void *context) {
    DIR *entries = open_entries(at, name);
    if (entries == NULL)
        return -1;
    int result = 0, got = 0;
    const struct dirent *entry = NULL;
    while (result == 0 && (got = next_entry(entries, &entry)) > 0) {
        struct stat info;
        if (fstatat(dirfd(entries), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0)
            result = visit(context, dirfd(entries), entry->d_name, &info);
        else if (errno != ENOENT) /* gone by now */
            result = -1;
    }
    close_entries(entries);
    return got < 0 ? -1 : result;
}

static int sync_down(int at, const char *name, int depth) {
    DIR *entries = open_entries(at, name);
    if (entries == NULL)
        return -1;
    int result = 0, got = 0;
    const struct dirent *entry = NULL;
    while (result == 0 && (got = next_entry(entries, &entry)) > 0) {
        struct stat info;
        result = fstatat(dirfd(entries), entry->d_name, &info, AT_SYMLINK_NOFOLLOW);
        if (result == 0 && S_ISDIR(info.st_mode) && depth < DEPTH_MAX)
            result = sync_down(dirfd(entries), entry->d_name, depth + 1);
    }
    if (result == 0 && (got < 0 || frem_folder_sync(dirfd(entries)) != 0))
        result = -1;
    close_entries(entries);
    return result;
}

int frem_folder_sync_all(int at, const char *name) {
    return sync_down(at, name, 0);
}

static int remove_down(int at, const char *name, int depth) {
    DIR *entries = open_entries(at, name);
    if (entries == NULL)
        return -1;
    int result = 0, got;
    const struct dirent *entry = NULL;
    while ((got = next_entry(entries, &entry)) > 0) {
        if (unlinkat(dirfd(entries), entry->d_name, 0) == 0)
            continue;
        /* A folder gives EISDIR, or EPERM by the letter of POSIX. */
        if (depth < DEPTH_MAX && remove_down(dirfd(entries), entry->d_name, depth + 1) == 0)
            continue;
        result = -1;
    }
    int error = errno;
    (void)closedir(entries);
    errno = error;
    if (result == 0 && got == 0)
        return unlinkat(at, name, AT_REMOVEDIR);
    return -1;
}

int frem_folder_remove(int at, const char *name) {
    return remove_down(at, name, 0);
}
