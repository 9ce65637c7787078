#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/platform.h"
#include "base/problem.h"
#include "base/text.h"
#include "publish/folder.h"
#include "publish/stage_inside.h"

/* How often the folder may come or go under our hands before we give up. */
#define TRIES 4

/* What an attempt came to. */
typedef enum attempt {
    DONE,
    FAILED, /* errno tells; what was moved is to be settled */
    AGAIN   /* somebody else changed the folder: look once more */
} attempt;

static attempt failed(int error) {
    errno = error;
    return FAILED;
}

static attempt place_whole(const frem_stage *stage) {
    const int at = stage->parent_fd;
    if (frem_file_rename_fresh(at, stage->own, at, stage->name) != 0)
        return errno == EEXIST ? AGAIN : FAILED;
    if (frem_folder_sync(at) == 0)
        return DONE;
    const int error = errno;
    (void)frem_file_rename(at, stage->name, at, stage->own);
    return failed(error);
}

/* Gives the stage its other name, which tells that files of others may be in it. */
static int make_ready(frem_stage *stage) {
    if (stage->ready)
        return 0;
    char *name = frem_target_name(stage->name, FREM_BESIDE_READY, stage->tail);
    if (name == NULL)
        return -1;
    if (frem_file_rename_fresh(stage->parent_fd, stage->own, stage->parent_fd, name) != 0) {
        const int error = errno;
        free(name);
        errno = error;
        return -1;
    }
    free(stage->own);
    stage->own = name;
    stage->ready = true;
    return 0;
}

/* Where two names can't be exchanged: the old folder out, the new one in. A command that is killed in between leaves
 * no folder of the name, and the next one puts the old one back. */
static attempt replace_in_two(frem_stage *stage) {
    const int at = stage->parent_fd;
    char *old = frem_target_name(stage->name, FREM_BESIDE_OLD, stage->tail);
    if (old == NULL)
        return FAILED;
    int result = frem_file_rename_fresh(at, stage->name, at, old);
    if (result == 0) {
        result = frem_file_rename(at, stage->own, at, stage->name);
        int error = errno;
        if (result == 0 && frem_folder_sync(at) != 0) {
            error = errno;
            result = frem_file_rename(at, stage->name, at, stage->own) == 0 ? -1 : 0;
        }
        if (result != 0)
            (void)frem_file_rename(at, old, at, stage->name);
        errno = error;
    }
    if (result != 0) {
        const int error = errno;
        free(old);
        return failed(error);
    }
    free(stage->own);
    stage->own = old;
    return DONE;
}

static int exchange(const frem_stage *stage) {
    return frem_file_exchange(stage->parent_fd, stage->own, stage->name);
}

static attempt replace_whole(frem_stage *stage, const frem_stage_place *place) {
    if (make_ready(stage) != 0 || frem_stage_dress(stage, place->fd) != 0 ||
        frem_stage_carry(stage, place) != 0 || frem_folder_sync(stage->fd) != 0 ||
        frem_folder_sync(place->fd) != 0)
        return FAILED;
    if (exchange(stage) != 0) {
        if (errno == ENOENT)
            return AGAIN;
        return errno == ENOSYS ? replace_in_two(stage) : FAILED;
    }
    if (frem_folder_sync(stage->parent_fd) == 0)
        return DONE;
    const int error = errno;
    /* Where it can't be taken out again the new folder stands in its place, whole. */
    return exchange(stage) == 0 ? failed(error) : DONE;
}

static frem_status put_in_place(frem_stage *stage, frem_stage_place *place, frem_diags *diags) {
    frem_status status = FREM_OK;
    attempt result = AGAIN;
    for (int i = 0; i < TRIES && result == AGAIN && status == FREM_OK; i++) {
        frem_stage_place_free(place);
        status = frem_stage_look(stage, place, diags);
        if (status == FREM_OK)
            result = place->fd < 0 ? place_whole(stage) : replace_whole(stage, place);
    }
    if (status == FREM_OK && result != DONE)
        status = frem_stage_report_folder(stage, diags, result == AGAIN ? EBUSY : errno);
    return status;
}

/* A warning that something hidden is left. */
static frem_status tell_left(const frem_stage *stage, frem_settled settled, frem_diags *diags) {
    frem_text path = {0};
    frem_status status = FREM_OK;
    frem_text_print(&path, "%s/%s", stage->parent, stage->own);
    if (path.failed)
        status = FREM_NO_MEMORY;
    else if (settled == FREM_SETTLE_KEEPS)
        status = FREM_PROBLEM(diags, FREM_NOWHERE, OUTPUT_KEPT, path.bytes, stage->dir);
    else if (settled == FREM_SETTLE_FAILED)
        status =
            FREM_PROBLEM(diags, FREM_NOWHERE, OUTPUT_LEFT, path.bytes, stage->dir, frem_error_text(errno));
    frem_text_free(&path);
    return status;
}

/* Removes what has the stage's name now: the old folder, or the stage where it could not be put in place. */
static frem_status clear_up(frem_stage *stage, frem_status status, frem_diags *diags) {
    frem_settled settled = FREM_SETTLED;
    if (stage->ready)
        settled = frem_stage_settle(stage->parent_fd, stage->own, stage->name, status == FREM_OK);
    if (settled != FREM_SETTLED && tell_left(stage, settled, diags) != FREM_OK && status == FREM_OK)
        status = FREM_NO_MEMORY;
    if (status != FREM_OK)
        frem_stage_clear(stage);
    return status;
}

bool frem_stage_has(const frem_stage *stage, const char *name) {
    for (size_t i = 0; i < stage->n_files; i++)
        if (strcmp(stage->files[i].name, name) == 0)
            return true;
    return false;
}

frem_status frem_stage_whole(frem_stage *stage, frem_diags *diags) {
    if (stage->failed_error != 0)
        return frem_stage_report(stage, diags, stage->failed_name != NULL ? stage->failed_name : "",
                                 stage->failed_error);
    return stage->n_open > 0 || !frem_stage_has(stage, FREM_MANIFEST) ? FREM_DEFECT : FREM_OK;
}

frem_status frem_stage_check(frem_stage *stage, frem_diags *diags) {
    frem_stage_place place = {.fd = -1};
    frem_status status = frem_stage_whole(stage, diags);
    if (status == FREM_OK)
        status = frem_stage_look(stage, &place, diags);
    frem_stage_place_free(&place);
    return status;
}

frem_status frem_stage_commit(frem_stage *stage, frem_diags *diags) {
    frem_stage_place place = {.fd = -1};
    frem_target_lock lock = {.fd = -1};
    frem_status status = frem_stage_whole(stage, diags);
    if (status == FREM_OK && frem_folder_sync_all(stage->parent_fd, stage->own) != 0)
        status = frem_stage_report_folder(stage, diags, errno);
    if (status == FREM_OK)
        status = frem_stage_lock(stage, &lock, diags);
    if (status == FREM_OK)
        status = put_in_place(stage, &place, diags);
    if (status == FREM_OK && frem_stage_tell(stage, &place, diags) != FREM_OK)
        status = FREM_OK; /* the results are in their place: a warning less */
    status = clear_up(stage, status, diags);
    frem_target_give(&lock);
    frem_stage_place_free(&place);
    frem_stage_free(stage);
    return status;
}
