#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/folder.h"
#include "base/problem.h"
#include "base/stage_inside.h"

/* Where a file that was replaced or removed is kept in the stage until the end. */
#define KEPT "fremskriv-kept.%zu"
#define KEPT_MAX 40

/* One file that was changed. */
typedef struct step {
    const char *name;
    bool kept; /* there was one before, now kept in the stage under the step's number */
} step;

/* What was done so far, so that it can be undone. */
typedef struct put {
    frem_stage *stage;
    int target; /* the output folder */
    step *steps;
    size_t n_steps;
    frem_index *made; /* folders that were not there before, outer ones first */
} put;

static void kept_name(char *out, size_t number) {
    (void)snprintf(out, KEPT_MAX, KEPT, number);
}

static int close_keeping_errno(int fd, int result) {
    int error = errno;
    if (fd >= 0)
        (void)close(fd);
    errno = error;
    return result;
}

/* Whether the file system knows no such rename. */
static bool rename_unknown(int error) {
    return error == EINVAL || error == ENOSYS || error == ENOTSUP;
}

/* Checks that a name can be put, before anything is changed, and notes which of its folders are missing.
 * @return 0, or -1 with errno (EISDIR or ENOTDIR where something stands in the way). */
static int check_name(put *p, const char *name) {
    struct stat info;
    for (const char *slash = strchr(name, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        size_t n = (size_t)(slash - name);
        char *folder = strndup(name, n);
        if (folder == NULL)
            return -1;
        int result = fstatat(p->target, folder, &info, AT_SYMLINK_NOFOLLOW);
        int error = errno;
        free(folder);
        errno = error;
        if (result != 0 && error == ENOENT) {
            errno = ENOMEM;
            if (frem_index_add(p->made, name, n, NULL) != FREM_OK)
                return -1;
        } else if (result != 0 || !S_ISDIR(info.st_mode)) {
            errno = result != 0 ? error : ENOTDIR;
            return -1;
        }
    }
    if (fstatat(p->target, name, &info, AT_SYMLINK_NOFOLLOW) != 0)
        return errno == ENOENT || errno == ENOTDIR ? 0 : -1;
    errno = EISDIR;
    return S_ISDIR(info.st_mode) ? -1 : 0;
}

/* Puts a new file over an old one and keeps the old one, so that at every moment one of them has the name where
 * the file system can exchange two names. @return 0, or -1 with errno and nothing changed. */
static int replace_file(int from, int to, const char *last, int keep, const char *kept) {
    if (renameat2(from, last, to, last, RENAME_EXCHANGE) == 0) {
        if (renameat(from, last, keep, kept) == 0)
            return 0;
        int error = errno;
        (void)renameat2(from, last, to, last, RENAME_EXCHANGE);
        errno = error;
        return -1;
    }
    if (!rename_unknown(errno) || renameat(to, last, keep, kept) != 0)
        return -1;
    if (renameat(from, last, to, last) == 0)
        return 0;
    int error = errno;
    (void)renameat(keep, kept, to, last);
    errno = error;
    return -1;
}

/* Puts a file where there is none. */
static int place_file(int from, int to, const char *last) {
    if (renameat2(from, last, to, last, RENAME_NOREPLACE) == 0)
        return 0;
    return rename_unknown(errno) ? renameat(from, last, to, last) : -1;
}

/* @return 0, or -1 with errno and nothing changed but folders made. */
static int put_one(put *p, const char *name) {
    struct stat info;
    char kept[KEPT_MAX];
    const char *last = NULL;
    int result = -1, from = frem_folder_of(p->stage->fd, name, false, &last);
    int to = from < 0 ? -1 : frem_folder_of(p->target, name, true, &last);
    if (to < 0)
        return close_keeping_errno(from, -1);
    kept_name(kept, p->n_steps);
    bool there = fstatat(to, last, &info, AT_SYMLINK_NOFOLLOW) == 0;
    if (there)
        result = replace_file(from, to, last, p->stage->fd, kept);
    else if (errno == ENOENT)
        result = place_file(from, to, last);
    if (result == 0) {
        p->steps[p->n_steps++] = (step){name, there};
        result = frem_folder_sync(to);
    }
    return close_keeping_errno(from, close_keeping_errno(to, result));
}

/* Takes away a file that the old manifest lists and the new one does not. Something else that has its name by now
 * stays. */
static int take_one(put *p, const char *name) {
    struct stat info;
    char kept[KEPT_MAX];
    const char *last = NULL;
    int folder = frem_folder_of(p->target, name, false, &last);
    if (folder < 0)
        return errno == ENOENT || errno == ENOTDIR || errno == ELOOP ? 0 : -1;
    int result = 0;
    kept_name(kept, p->n_steps);
    if (fstatat(folder, last, &info, AT_SYMLINK_NOFOLLOW) != 0) {
        result = errno == ENOENT ? 0 : -1;
    } else if (S_ISREG(info.st_mode)) {
        result = renameat(folder, last, p->stage->fd, kept);
        if (result == 0) {
            p->steps[p->n_steps++] = (step){name, true};
            result = frem_folder_sync(folder);
        }
    }
    return close_keeping_errno(folder, result);
}

/* @return 0, or -1 with errno. */
static int undo_one(put *p, size_t number) {
    char kept[KEPT_MAX];
    const char *last = NULL;
    const step *s = &p->steps[number];
    int folder = frem_folder_of(p->target, s->name, true, &last);
    if (folder < 0)
        return -1;
    kept_name(kept, number);
    int result = s->kept ? renameat(p->stage->fd, kept, folder, last) : unlinkat(folder, last, 0);
    if (result == 0)
        result = frem_folder_sync(folder);
    return close_keeping_errno(folder, result);
}

/* Puts everything back, last change first. */
static frem_status undo(put *p, frem_diags *diags, bool *keep) {
    frem_status status = FREM_UNWRITABLE;
    while (p->n_steps > 0) {
        p->n_steps--;
        if (undo_one(p, p->n_steps) == 0)
            continue;
        *keep = true;
        if (FREM_PROBLEM(diags, FREM_NOWHERE, OUTPUT_NOT_RESTORED, p->steps[p->n_steps].name, p->stage->dir,
                         frem_error_text(errno), p->stage->path) == FREM_NO_MEMORY)
            status = FREM_NO_MEMORY;
    }
    for (size_t i = frem_index_count(p->made); i-- > 0;)
        (void)unlinkat(p->target, frem_index_name(p->made, i), AT_REMOVEDIR);
    return status;
}

static bool is_staged(frem_stage *stage, const char *name) {
    const frem_staged *file;
    for (size_t i = 0; (file = frem_stage_at(stage, i)) != NULL; i++)
        if (strcmp(file->name, name) == 0)
            return true;
    return false;
}

static frem_status report(put *p, frem_diags *diags, const char *name) {
    if (errno != EISDIR && errno != ENOTDIR && errno != ELOOP)
        return frem_stage_report(p->stage, diags, name, errno);
    frem_status status = FREM_PROBLEM(diags, FREM_NOWHERE, OUTPUT_NAME_TAKEN, name, p->stage->dir);
    return status == FREM_NO_MEMORY ? status : FREM_UNWRITABLE;
}

/* Everything in order: the new files, the removals, the manifest. */
static frem_status put_all(put *p, const frem_stage_old *old, frem_diags *diags) {
    const frem_staged *file;
    for (size_t i = 0; (file = frem_stage_at(p->stage, i)) != NULL; i++)
        if (check_name(p, file->name) != 0)
            return report(p, diags, file->name);
    for (size_t i = 0; (file = frem_stage_at(p->stage, i)) != NULL; i++)
        if (strcmp(file->name, FREM_MANIFEST) != 0 && put_one(p, file->name) != 0)
            return report(p, diags, file->name);
    for (size_t i = 0; i < frem_index_count(old->names); i++) {
        const char *name = frem_index_name(old->names, i);
        if (!is_staged(p->stage, name) && take_one(p, name) != 0)
            return report(p, diags, name);
    }
    return put_one(p, FREM_MANIFEST) == 0 ? FREM_OK : report(p, diags, FREM_MANIFEST);
}

/* Removes folders that only held what the old manifest lists. */
static void remove_empty(int target, const frem_index *folders) {
    for (size_t i = frem_index_count(folders); i-- > 0;) {
        const char *last;
        int folder = frem_folder_of(target, frem_index_name(folders, i), false, &last);
        if (folder < 0)
            continue;
        (void)unlinkat(folder, last, AT_REMOVEDIR);
        (void)close(folder);
    }
}

frem_status frem_stage_put_files(frem_stage *stage, const frem_stage_old *old, frem_diags *diags,
                                 bool *keep) {
    put p = {.stage = stage, .target = -1};
    frem_status status = FREM_NO_MEMORY;
    p.steps = calloc(stage->n_files + frem_index_count(old->names), sizeof *p.steps);
    if (p.steps == NULL || frem_index_new(&p.made) != FREM_OK)
        goto done;
    p.target = frem_folder_open(stage->parent_fd, stage->name);
    if (p.target < 0) {
        status = frem_stage_report_folder(stage, diags, errno);
        goto done;
    }
    status = put_all(&p, old, diags);
    if (status == FREM_OK)
        remove_empty(p.target, old->folders);
    else if (undo(&p, diags, keep) == FREM_NO_MEMORY)
        status = FREM_NO_MEMORY;
done:
    if (p.target >= 0)
        (void)close(p.target);
    frem_index_free(p.made);
    free(p.steps);
    return status;
}
