/* How files of others come from the output folder into the stage. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/platform.h"
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
    const int result = frem_file_link(at, entry, folder, last);
    frem_fd_drop(folder);
    return result != 0 && no_links(errno) ? keep_for_later(c, path) : result;
}

/* Whether the stage has a folder of that name. */
static bool has_folder(const frem_stage *stage, const char *path) {
    frem_file_info info;
    const char *last;
    const int folder = frem_folder_of(stage->fd, path, false, &last);
    const bool there =
        folder >= 0 && frem_file_look(folder, last, &info) == 0 && info.kind == FREM_FILE_FOLDER;
    frem_fd_drop(folder);
    return there;
}

/* Whether a file goes with the old folder: one of an earlier run, or one that the stage replaces. */
static bool stays_behind(const carrying *c, const char *path, const frem_file_info *info) {
    const frem_stage_place *place = c->place;
    if (frem_stage_has(c->stage, path))
        return true;
    return info->kind == FREM_FILE_REGULAR && frem_stage_lists(&place->old, path) &&
           frem_index_find(place->carried, path, strlen(path)) < 0;
}

static int visit(void *context, int at, const char *entry, const frem_file_info *info) {
    carrying *c = context;
    const char *prefix = c->prefix;
    frem_text path = {0};
    int result = 0;
    frem_text_print(&path, "%s%s%s", prefix, prefix[0] != '\0' ? "/" : "", entry);
    if (path.failed) {
        errno = ENOMEM;
        result = -1;
    } else if (info->kind != FREM_FILE_FOLDER) {
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
    const int result = to < 0 ? -1 : frem_file_rename(from, last, to, last);
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

int frem_stage_dress(const frem_stage *stage, int folder) {
    return frem_fd_dress(stage->fd, folder);
}
