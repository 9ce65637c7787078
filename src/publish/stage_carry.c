/* How files of others come from the output folder into the stage. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/descriptor.h"
#include "base/text.h"
#include "publish/folder.h"
#include "publish/stage_inside.h"

typedef struct carrying {
    const frem_stage *stage;
    const frem_stage_place *place;
    frem_index *moves; /* what can't have a second name */
    const char *prefix;
} carrying;

static int keep_for_later(carrying *c, const char *path) {
    if (frem_index_add(c->moves, path, strlen(path), NULL) == FREM_OK)
        return 0;
    errno = ENOMEM;
    return -1;
}

/* Whether a link was refused for what it would be a link to, or where: by a file system without them, by the rule that
 * protects files of other users, or for a file with too many names. */
static bool no_links(int error) {
    return error == EPERM || error == EACCES || error == EMLINK || error == ENOTSUP || error == ENOSYS ||
           error == EXDEV || error == EINVAL;
}

static int carry_file(carrying *c, int at, const char *entry, const char *path) {
    const char *last;
    const int folder = frem_folder_of(c->stage->fd, path, true, &last);
    if (folder < 0)
        return -1;
    const int result = linkat(at, entry, folder, last, 0);
    frem_fd_drop(folder);
    return result != 0 && no_links(errno) ? keep_for_later(c, path) : result;
}

/* Whether the stage has a folder of that name. */
static bool has_folder(const frem_stage *stage, const char *path) {
    struct stat info;
    const char *last;
    const int folder = frem_folder_of(stage->fd, path, false, &last);
    const bool there =
        folder >= 0 && fstatat(folder, last, &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(info.st_mode);
    frem_fd_drop(folder);
    return there;
}

/* Whether a file goes with the old folder: one of an earlier run, or one that the stage replaces. */
static bool stays_behind(const carrying *c, const char *path, const struct stat *info) {
    const frem_stage_place *place = c->place;
    if (frem_stage_has(c->stage, path))
        return true;
    return S_ISREG(info->st_mode) && frem_stage_lists(&place->old, path) &&
           frem_index_find(place->carried, path, strlen(path)) < 0;
}

static int visit(void *context, int at, const char *entry, const struct stat *info) {
    carrying *c = context;
    const char *prefix = c->prefix;
    frem_text path = {0};
    int result = 0;
    frem_text_print(&path, "%s%s%s", prefix, prefix[0] != '\0' ? "/" : "", entry);
    if (path.failed) {
        errno = ENOMEM;
        result = -1;
    } else if (!S_ISDIR(info->st_mode)) {
        if (!stays_behind(c, path.bytes, info))
            result = carry_file(c, at, entry, path.bytes);
    } else if (frem_index_find(c->place->old.folders, path.bytes, path.length) >= 0 ||
               has_folder(c->stage, path.bytes)) {
        c->prefix = path.bytes;
        result = frem_folder_each(at, entry, visit, c);
        c->prefix = prefix;
    } else {
        result = keep_for_later(c, path.bytes);
    }
    const int error = errno;
    frem_text_free(&path);
    errno = error;
    return result;
}

static int move(const carrying *c, const char *path) {
    const char *last;
    const int from = frem_folder_of(c->place->fd, path, false, &last);
    const int to = from < 0 ? -1 : frem_folder_of(c->stage->fd, path, true, &last);
    /* Nothing in the stage has the name: the visitor has looked. */
    const int result = to < 0 ? -1 : renameat(from, last, to, last);
    frem_fd_drop(from);
    frem_fd_drop(to);
    return result;
}

int frem_stage_carry(const frem_stage *stage, const frem_stage_place *place) {
    carrying c = {stage, place, NULL, ""};
    if (frem_index_new(&c.moves) != FREM_OK) {
        errno = ENOMEM;
        return -1;
    }
    int result = frem_folder_each(place->fd, ".", visit, &c);
    if (result == 0)
        result = frem_folder_sync_all(stage->parent_fd, stage->own);
    for (size_t i = 0; i < frem_index_count(c.moves) && result == 0; i++)
        result = move(&c, frem_index_name(c.moves, i));
    const int error = errno;
    frem_index_free(c.moves);
    errno = error;
    return result;
}

/* ---- what the folder looks like ---- */

/* Copies access lists and other attributes, as far as this user may. */
static void copy_attributes(int from, int to) {
    char names[4096], value[4096];
    const ssize_t n = flistxattr(from, names, sizeof names);
    for (ssize_t at = 0; at < n; at += (ssize_t)strlen(names + at) + 1) {
        const ssize_t size = fgetxattr(from, names + at, value, sizeof value);
        if (size >= 0)
            (void)fsetxattr(to, names + at, value, (size_t)size, 0);
    }
}

int frem_stage_dress(const frem_stage *stage, int folder) {
    struct stat old, own;
    if (fstat(folder, &old) != 0 || fstat(stage->fd, &own) != 0)
        return -1;
    /* Another user's folder becomes this one's where it can't be given back; its group must stay. */
    if ((old.st_uid != own.st_uid || old.st_gid != own.st_gid) &&
        fchown(stage->fd, old.st_uid, old.st_gid) != 0 && old.st_gid != own.st_gid &&
        fchown(stage->fd, (uid_t)-1, old.st_gid) != 0)
        return -1;
    copy_attributes(folder, stage->fd);
    return fchmod(stage->fd, old.st_mode & 07777);
}
