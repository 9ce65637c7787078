#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/folder.h"
#include "base/problem.h"
#include "base/stage_inside.h"

/* How often the folder may change under our hands before we give up. */
#define TRIES 4

/* What an attempt came to. */
typedef enum attempt {
    DONE,
    FAILED,    /* errno tells; nothing has changed */
    AGAIN,     /* somebody else changed the folder: look once more */
    ONE_BY_ONE /* no rename of the whole folder is possible here */
} attempt;

/* Whether a folder can't be renamed as a whole here: a mount point, or a file system without the exchange. */
static bool rename_refused(int error) {
    return error == EINVAL || error == ENOSYS || error == ENOTSUP || error == EBUSY || error == EXDEV;
}

/* Whether the program stands in the folder or below. Whoever started it there would be left in a removed folder. */
static bool stands_in(const struct stat *folder) {
    struct stat here, above;
    int at = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
    bool found = false, top = at < 0 || fstat(at, &here) != 0;
    while (!top && !found) {
        found = here.st_dev == folder->st_dev && here.st_ino == folder->st_ino;
        int next = openat(at, "..", O_PATH | O_DIRECTORY | O_CLOEXEC);
        (void)close(at);
        at = next;
        top =
            at < 0 || fstat(at, &above) != 0 || (above.st_dev == here.st_dev && above.st_ino == here.st_ino);
        here = top ? here : above;
    }
    if (at >= 0)
        (void)close(at);
    return found;
}

/* Whether the stage can take the folder's place without anybody noticing but by its files; if so, it gets the
 * folder's permissions. */
static bool can_stand_in(const frem_stage *stage) {
    struct stat old, own;
    return !stage->inside && fstatat(stage->parent_fd, stage->name, &old, AT_SYMLINK_NOFOLLOW) == 0 &&
           fstat(stage->fd, &own) == 0 && old.st_uid == own.st_uid && old.st_gid == own.st_gid &&
           !stands_in(&old) && fchmod(stage->fd, old.st_mode & 07777) == 0;
}

static attempt place_whole(const frem_stage *stage) {
    int at = stage->parent_fd;
    if (renameat2(at, stage->own, at, stage->name, RENAME_NOREPLACE) != 0) {
        if (errno == EEXIST)
            return AGAIN;
        /* A file system that knows no flags: a plain rename goes over nothing but an empty folder. */
        if (!rename_refused(errno) || renameat(at, stage->own, at, stage->name) != 0)
            return FAILED;
    }
    if (frem_folder_sync(at) == 0)
        return DONE;
    int error = errno;
    (void)renameat(at, stage->name, at, stage->own);
    errno = error;
    return FAILED;
}

static int exchange(const frem_stage *stage) {
    return renameat2(stage->parent_fd, stage->own, stage->parent_fd, stage->name, RENAME_EXCHANGE);
}

static attempt exchange_whole(const frem_stage *stage, frem_stage_old *old, bool *keep) {
    frem_stage_state state = FREM_STAGE_MIXED;
    if (exchange(stage) != 0) {
        if (errno == ENOENT)
            return AGAIN;
        return rename_refused(errno) ? ONE_BY_ONE : FAILED;
    }
    /* A file that somebody put there after we looked must not go with the old folder. */
    int looked = frem_stage_look(stage->parent_fd, stage->own, old, &state);
    if (looked == 0 && state == FREM_STAGE_OURS && frem_folder_sync(stage->parent_fd) == 0)
        return DONE;
    int error = errno;
    bool mixed = looked == 0 && state != FREM_STAGE_OURS;
    if (exchange(stage) != 0) {
        *keep =
            true; /* the new folder stands in its place and can't be taken out again: nothing is removed */
        return DONE;
    }
    errno = error;
    return mixed ? AGAIN : FAILED;
}

static frem_status put_in_place(frem_stage *stage, frem_diags *diags, bool *keep) {
    frem_stage_old old = {NULL, NULL};
    frem_status status = FREM_OK;
    attempt result = AGAIN;
    bool one_by_one = stage->inside;
    for (int i = 0; i < TRIES && result == AGAIN; i++) {
        frem_stage_state state;
        if (frem_stage_look(stage->parent_fd, stage->name, &old, &state) != 0) {
            result = FAILED;
            break;
        }
        if (state == FREM_STAGE_ABSENT)
            result = place_whole(stage);
        else if (state == FREM_STAGE_MIXED || one_by_one || !can_stand_in(stage))
            result = ONE_BY_ONE;
        else
            result = exchange_whole(stage, &old, keep);
    }
    if (result == ONE_BY_ONE)
        status = frem_stage_put_files(stage, &old, diags, keep);
    else if (result != DONE)
        status = frem_stage_report_folder(stage, diags, result == AGAIN ? EBUSY : errno);
    frem_stage_old_free(&old);
    return status;
}

static bool has_manifest(frem_stage *stage) {
    const frem_staged *file;
    for (size_t i = 0; (file = frem_stage_at(stage, i)) != NULL; i++)
        if (strcmp(file->name, FREM_MANIFEST) == 0)
            return true;
    return false;
}

frem_status frem_stage_commit(frem_stage *stage, frem_diags *diags) {
    bool keep = false;
    frem_status status = FREM_OK;
    if (stage->failed_error != 0)
        status = frem_stage_report(stage, diags, stage->failed_name != NULL ? stage->failed_name : "",
                                   stage->failed_error);
    else if (stage->n_open > 0 || !has_manifest(stage))
        status = FREM_DEFECT;
    else if (frem_folder_sync_all(stage->base_fd, stage->own) != 0)
        status = frem_stage_report_folder(stage, diags, errno);
    else
        status = put_in_place(stage, diags, &keep);
    if (!keep &&
        status == FREM_OK) /* what has the stage's name now: the old folder, the kept files, or nothing */
        (void)frem_folder_remove(stage->base_fd, stage->own);
    else if (!keep)
        frem_stage_clear(stage);
    frem_stage_free(stage);
    return status;
}
