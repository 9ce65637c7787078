/* How a folder beside an output is removed without losing what is not ours. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/platform.h"
#include "base/problem.h"
#include "base/text.h"
#include "publish/folder.h"
#include "publish/stage_inside.h"

/* Deeper trees are not ours. */
#define DEPTH_MAX 64

typedef struct settling {
    int at; /* the folder that holds both */
    const char *name;
    int target; /* the output; -1 while there is none */
    frem_stage_old mine, theirs;
    bool newer;
    bool keeps;
    int error; /* the first */
    const char *prefix;
    int depth;
} settling;

static void note(settling *s, int error) {
    if (s->error == 0)
        s->error = error != 0 ? error : EIO;
}

static void drop(settling *s, int at, const char *entry) {
    if (frem_file_remove(at, entry) != 0 && errno != ENOENT)
        note(s, errno);
}

/* The output where there is none by now: what is not ours must go somewhere. */
static int open_target(settling *s) {
    if (s->target < 0 && (frem_folder_make(s->at, s->name) == 0 || errno == EEXIST))
        s->target = frem_folder_open(s->at, s->name);
    return s->target;
}

/* Moves an entry to where it belongs in the output, over nothing. */
static void move(settling *s, int at, const char *entry, const char *path) {
    const char *last;
    const int folder = open_target(s) < 0 ? -1 : frem_folder_of(s->target, path, true, &last);
    if (folder < 0) {
        s->keeps = s->keeps || errno == ENOTDIR || errno == ELOOP;
        if (errno != ENOTDIR && errno != ELOOP)
            note(s, errno);
        return;
    }
    const int result = frem_file_rename_fresh(at, entry, folder, last);
    if (result != 0 && errno == EEXIST)
        s->keeps = true;
    else if (result != 0 || frem_folder_sync(folder) != 0)
        note(s, errno);
    frem_fd_drop(folder);
}

/* What the output has under a path. @return its folder, which the caller closes, or -1; *there only with a folder. */
static int look_there(const settling *s, const char *path, const char **last, frem_file_info *info,
                      bool *there) {
    const int folder = s->target < 0 ? -1 : frem_folder_of(s->target, path, false, last);
    if (s->target < 0)
        errno = ENOENT;
    *there = folder >= 0 && frem_file_look(folder, *last, info) == 0;
    return folder;
}

/* A file that is not ours. */
static void settle_file(settling *s, int at, const char *entry, const char *path,
                        const frem_file_info *info) {
    const char *last;
    frem_file_info other;
    bool there;
    const int folder = look_there(s, path, &last, &other, &there);
    if (folder < 0 && (errno == ENOTDIR || errno == ELOOP))
        s->keeps = true;
    else if (!there)
        move(s, at, entry, path);
    else if (frem_file_same(&other, info))
        drop(s, at, entry); /* it has its name there */
    else if (other.kind == FREM_FILE_REGULAR && frem_stage_lists(&s->theirs, path))
        drop(s, at, entry); /* replaced by one of ours, which was allowed */
    else if (!s->newer || other.kind == FREM_FILE_FOLDER)
        s->keeps = true;
    else if (frem_file_rename(at, entry, folder, last) != 0) /* saved anew while we exchanged the folders */
        note(s, errno);
    frem_fd_drop(folder);
}

static int visit(void *context, int at, const char *entry, const frem_file_info *info);

static void go_down(settling *s, int at, const char *entry, const char *path) {
    const char *prefix = s->prefix;
    if (s->depth == DEPTH_MAX) {
        note(s, ELOOP);
        return;
    }
    s->prefix = path;
    s->depth++;
    if (frem_folder_each(at, entry, visit, s) != 0)
        note(s, errno);
    s->depth--;
    s->prefix = prefix;
    if (frem_folder_drop(at, entry) != 0 && errno != ENOTEMPTY && errno != EEXIST)
        note(s, errno);
}

static void settle_folder(settling *s, int at, const char *entry, const char *path) {
    const char *last;
    frem_file_info other;
    bool there;
    const int folder = look_there(s, path, &last, &other, &there);
    const bool ours = s->mine.folders != NULL && frem_index_find(s->mine.folders, path, strlen(path)) >= 0;
    if (there ? other.kind == FREM_FILE_FOLDER : ours)
        go_down(s, at, entry, path);
    else if (there)
        s->keeps = true;
    else
        move(s, at, entry, path);
    frem_fd_drop(folder);
}

static int visit(void *context, int at, const char *entry, const frem_file_info *info) {
    settling *s = context;
    frem_text path = {0};
    frem_text_print(&path, "%s%s%s", s->prefix, s->prefix[0] != '\0' ? "/" : "", entry);
    if (path.failed)
        note(s, ENOMEM);
    else if (info->kind == FREM_FILE_FOLDER)
        settle_folder(s, at, entry, path.bytes);
    else if (info->kind != FREM_FILE_REGULAR || !frem_stage_lists(&s->mine, path.bytes))
        settle_file(s, at, entry, path.bytes, info);
    else if (strcmp(path.bytes, FREM_MANIFEST) != 0)
        drop(s, at, entry);
    frem_text_free(&path);
    return 0;
}

/* The manifest goes last: what it lists is ours as long as it is there. */
static void finish(settling *s, int own_fd, const char *own) {
    if (s->error != 0 || s->keeps)
        return;
    if (frem_stage_lists(&s->mine, FREM_MANIFEST))
        drop(s, own_fd, FREM_MANIFEST);
    if (s->error == 0 && frem_folder_drop(s->at, own) != 0)
        note(s, errno);
}

frem_settled frem_stage_settle(int at, const char *own, const char *name, bool newer) {
    settling s = {.at = at, .name = name, .target = -1, .newer = newer, .prefix = ""};
    const int fd = frem_folder_open(at, own);
    if (fd < 0)
        return errno == ENOENT ? FREM_SETTLED : FREM_SETTLE_FAILED;
    s.target = frem_folder_open(at, name);
    if (s.target < 0 && errno != ENOENT)
        note(&s, errno);
    if (s.error == 0 && (frem_stage_old_read(&s.mine, fd) != 0 ||
                         (s.target >= 0 && frem_stage_old_read(&s.theirs, s.target) != 0)))
        note(&s, errno);
    if (s.error == 0 && frem_folder_each(fd, ".", visit, &s) != 0)
        note(&s, errno);
    finish(&s, fd, own);
    frem_stage_old_free(&s.mine);
    frem_stage_old_free(&s.theirs);
    frem_fd_drop(s.target);
    frem_fd_drop(fd);
    errno = s.error;
    return s.error != 0 ? FREM_SETTLE_FAILED : s.keeps ? FREM_SETTLE_KEEPS : FREM_SETTLED;
}

/* ---- what others have left ---- */

typedef struct recovery {
    const frem_stage *stage;
    frem_diags *diags;
    frem_status status;
} recovery;

static void tell_kept(recovery *r, const char *own) {
    frem_text path = {0};
    frem_text_print(&path, "%s/%s", r->stage->parent, own);
    if (path.failed ||
        FREM_PROBLEM(r->diags, FREM_NOWHERE, OUTPUT_KEPT, path.bytes, r->stage->dir) != FREM_OK)
        r->status = FREM_NO_MEMORY;
    frem_text_free(&path);
}

/* What can't be removed stays for the next command: it keeps nobody from writing. */
static int recover_one(void *context, const char *own, frem_beside kind, const frem_file_info *info) {
    recovery *r = context;
    const int at = r->stage->parent_fd;
    frem_file_info there;
    if (info->kind != FREM_FILE_FOLDER) {
        (void)frem_file_remove(at, own);
    } else if (kind == FREM_BESIDE_WRITING) {
        (void)frem_folder_remove(at, own);
    } else if (kind == FREM_BESIDE_OLD && frem_file_look(at, r->stage->name, &there) != 0) {
        if (frem_file_rename(at, own, at, r->stage->name) != 0)
            return -1;
        (void)frem_folder_sync(at);
    } else if (frem_stage_settle(at, own, r->stage->name, false) == FREM_SETTLE_KEEPS) {
        tell_kept(r, own);
    }
    return 0;
}

frem_status frem_stage_recover(const frem_stage *stage, const frem_target_lock *lock, frem_diags *diags) {
    recovery r = {stage, diags, FREM_OK};
    if (frem_target_each_left(lock, stage->name, recover_one, &r) != 0)
        return frem_stage_report_folder(stage, diags, errno);
    return r.status;
}
