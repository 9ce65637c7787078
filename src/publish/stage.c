#include "publish/stage.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/descriptor.h"
#include "base/platform.h"
#include "base/problem.h"
#include "publish/folder.h"
#include "publish/stage_inside.h"

/* Splits a path into the folder and the name in it. "." and ".." have no name of their own, so that the real path
 * is taken. @return 0, -1 with errno, or 1 for the root. */
static int split_path(const char *path, char **parent, char **name) {
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/')
        n--;
    char *plain = strndup(path, n);
    if (plain == NULL)
        return -1;
    const char *slash = strrchr(plain, '/');
    const char *last = slash == NULL ? plain : slash + 1;
    if (strcmp(last, ".") == 0 || strcmp(last, "..") == 0) {
        char *real = frem_real_path(plain);
        free(plain);
        if (real == NULL)
            return -1;
        plain = real;
        slash = strrchr(plain, '/');
        last = slash + 1;
    }
    if (*last == '\0') {
        free(plain);
        return 1;
    }
    *name = strdup(last);
    if (slash == NULL)
        *parent = strdup(".");
    else
        *parent = strndup(plain, slash == plain ? 1 : (size_t)(slash - plain));
    free(plain);
    return *name == NULL || *parent == NULL ? -1 : 0;
}

/* Syncs the folder that holds a path, which was made just now. */
static int sync_above(const char *path) {
    const char *slash = strrchr(path, '/');
    char *above = slash == NULL ? strdup(".") : strndup(path, slash == path ? 1 : (size_t)(slash - path));
    const int fd = above == NULL ? -1 : frem_fd_open(FREM_HERE, above, FREM_OPEN_FOLDER, 0);
    const int result = fd < 0 ? (above != NULL && errno == EACCES ? 0 : -1) : frem_folder_sync(fd);
    frem_fd_drop(fd);
    const int error = errno;
    free(above);
    errno = error;
    return result;
}

/* Makes one parent when it is missing. @return 0, or -1 with errno. */
static int make_parent(frem_stage *stage, const char *path) {
    frem_file_info info;
    if (frem_file_reach(FREM_HERE, path, &info) == 0) {
        errno = ENOTDIR;
        return info.kind == FREM_FILE_FOLDER ? 0 : -1;
    }
    if (errno != ENOENT)
        return -1;
    void *made = stage->made;
    frem_status status = frem_grow(&made, &stage->made_capacity, stage->n_made, sizeof *stage->made);
    stage->made = made;
    char *copy = status == FREM_OK ? strdup(path) : NULL;
    if (copy == NULL) {
        errno = ENOMEM;
        return -1;
    }
    if (frem_folder_make(FREM_HERE, path) != 0) {
        int error = errno;
        free(copy);
        errno = error;
        return -1;
    }
    stage->made[stage->n_made++] = copy;
    return sync_above(path);
}

static frem_status make_parents(frem_stage *stage, frem_diags *diags) {
    frem_status status = FREM_OK;
    for (const char *at = stage->parent; *at != '\0' && status == FREM_OK;) {
        at += strspn(at, "/");
        at += strcspn(at, "/");
        char *path = strndup(stage->parent, (size_t)(at - stage->parent));
        if (path == NULL)
            return FREM_NO_MEMORY;
        if (make_parent(stage, path) != 0) {
            if (errno == ENOTDIR)
                status = frem_stage_unwritable(
                    FREM_PROBLEM(diags, FREM_NOWHERE, OUTPUT_PARENT_IS_FILE, stage->dir, path));
            else
                status = frem_stage_report_folder(stage, diags, errno);
        }
        free(path);
    }
    return status;
}

static frem_status report_link(const frem_stage *stage, frem_diags *diags) {
    char *target = frem_real_path(stage->dir); /* NULL for a link to nothing, and the hint is left out */
    frem_status status =
        frem_stage_unwritable(FREM_PROBLEM(diags, FREM_NOWHERE, OUTPUT_IS_LINK, stage->dir, target));
    free(target);
    return status;
}

int frem_stage_parent(const char *path) {
    const int fd = frem_fd_open(FREM_HERE, path, FREM_OPEN_FOLDER, 0);
    if (fd < 0 && errno == EACCES) /* a folder that may be passed through but not listed */
        return frem_fd_open(FREM_HERE, path, FREM_OPEN_PASS, 0);
    return fd;
}

/* Checks the path of the output folder: it must be possible to exchange what is there for another folder beside it. */
static frem_status check_place(const frem_stage *stage, bool exists, const frem_file_info *info,
                               frem_diags *diags) {
    frem_file_info above;
    if (exists && info->kind == FREM_FILE_LINK)
        return report_link(stage, diags);
    if (exists && info->kind != FREM_FILE_FOLDER)
        return frem_stage_unwritable(FREM_PROBLEM(diags, FREM_NOWHERE, OUTPUT_IS_FILE, stage->dir));
    if (exists && frem_file_may_change(stage->parent_fd, stage->name, true) != 0)
        return frem_stage_report_folder(stage, diags, errno);
    if (frem_fd_look(stage->parent_fd, &above) != 0)
        return frem_stage_report_folder(stage, diags, errno);
    if (exists && (info->device != above.device || frem_file_is_mount(stage->parent_fd, stage->name)))
        return frem_stage_unwritable(FREM_PROBLEM(diags, FREM_NOWHERE, OUTPUT_IS_MOUNT, stage->dir));
    if (exists && frem_file_may_change(stage->parent_fd, ".", false) != 0)
        return frem_stage_unwritable(
            FREM_PROBLEM(diags, FREM_NOWHERE, OUTPUT_NOTHING_BESIDE, stage->dir, frem_error_text(errno)));
    return FREM_OK;
}

/* mkdtemp() would give a folder that only its owner can open; this one gets what the umask leaves. */
int frem_stage_make(frem_stage *stage) {
    for (unsigned i = 0; i < FREM_TARGET_TRIES; i++) {
        frem_target_tail(stage->tail, i);
        stage->own = frem_target_name(stage->name, FREM_BESIDE_WRITING, stage->tail);
        if (stage->own == NULL)
            return -1;
        if (frem_folder_make(stage->parent_fd, stage->own) == 0) {
            stage->fd = frem_folder_open(stage->parent_fd, stage->own);
            /* Held until the stage is freed: a sign that its owner lives, where the file system knows locks. */
            if (stage->fd >= 0)
                (void)frem_fd_lock(stage->fd);
            return stage->fd < 0 ? -1 : 0;
        }
        const int error = errno;
        free(stage->own);
        stage->own = NULL;
        errno = error;
        if (error != EEXIST)
            break;
    }
    return -1;
}

/* Clears what killed commands left and makes the stage, both under one lock: else another command could take the new
 * stage for one without an owner. */
static frem_status open_beside(frem_stage *stage, frem_diags *diags) {
    frem_file_info info;
    frem_target_lock lock;
    frem_status status = frem_stage_lock(stage, &lock, diags);
    if (status != FREM_OK)
        return status;
    status = frem_stage_recover(stage, &lock, diags);
    const bool exists = frem_file_look(stage->parent_fd, stage->name, &info) == 0;
    if (status == FREM_OK && !exists && errno != ENOENT)
        status = frem_stage_report_folder(stage, diags, errno);
    if (status == FREM_OK)
        status = check_place(stage, exists, &info, diags);
    if (status == FREM_OK && frem_stage_make(stage) != 0)
        status = errno == ENOMEM ? FREM_NO_MEMORY : frem_stage_report_folder(stage, diags, errno);
    frem_target_give(&lock);
    return status;
}

static frem_status open_all(frem_stage *stage, frem_diags *diags) {
    const int split = split_path(stage->dir, &stage->parent, &stage->name);
    frem_file_info info;
    if (split > 0)
        return frem_stage_unwritable(FREM_PROBLEM(diags, FREM_NOWHERE, OUTPUT_IS_ROOT, stage->dir));
    if (split < 0)
        return errno == ENOMEM ? FREM_NO_MEMORY : frem_stage_report_folder(stage, diags, errno);
    frem_status status = make_parents(stage, diags);
    if (status != FREM_OK)
        return status;
    stage->parent_fd = frem_stage_parent(stage->parent);
    if (stage->parent_fd < 0)
        return frem_stage_report_folder(stage, diags, errno);
    /* Before anything is made beside it. */
    if (frem_file_look(stage->parent_fd, stage->name, &info) == 0)
        status = check_place(stage, true, &info, diags);
    if (status == FREM_OK)
        status = open_beside(stage, diags);
    if (status != FREM_OK)
        return status;
    const char *between = strcmp(stage->parent, "/") == 0 ? "" : "/";
    if (asprintf(&stage->path, "%s%s%s", stage->parent, between, stage->own) < 0) {
        stage->path = NULL;
        return FREM_NO_MEMORY;
    }
    return FREM_OK;
}

frem_status frem_stage_open(frem_stage **out, const char *dir, frem_diags *diags) {
    *out = NULL;
    if (dir[0] == '\0')
        return frem_stage_unwritable(FREM_PROBLEM(diags, FREM_NOWHERE, OUTPUT_EMPTY, ""));
    frem_stage *stage = calloc(1, sizeof *stage);
    if (stage == NULL)
        return FREM_NO_MEMORY;
    stage->parent_fd = stage->fd = -1;
    stage->dir = strdup(dir);
    frem_status status = stage->dir == NULL ? FREM_NO_MEMORY : open_all(stage, diags);
    if (status != FREM_OK) {
        frem_stage_discard(stage);
        return status;
    }
    *out = stage;
    return FREM_OK;
}

/* A folder of its own in the scratch folder. @return 0, or -1 with errno. */
static int open_scratch(frem_stage *stage, const char *scratch) {
    stage->name = strdup("fremskriv");
    stage->parent_fd = stage->name != NULL ? frem_stage_parent(scratch) : -1;
    if (stage->name == NULL)
        errno = ENOMEM;
    if (stage->parent_fd < 0 || frem_stage_make(stage) != 0)
        return -1;
    if (asprintf(&stage->path, "%s/%s", scratch, stage->own) >= 0)
        return 0;
    stage->path = NULL;
    errno = ENOMEM;
    return -1;
}

frem_status frem_stage_open_memory(frem_stage **out, const char *scratch, frem_diags *diags) {
    *out = NULL;
    frem_stage *stage = calloc(1, sizeof *stage);
    if (stage == NULL)
        return FREM_NO_MEMORY;
    stage->parent_fd = stage->fd = -1;
    stage->in_memory = true;
    stage->dir = strdup(scratch != NULL ? scratch : "");
    frem_status status = stage->dir == NULL ? FREM_NO_MEMORY : FREM_OK;
    if (status == FREM_OK && scratch != NULL && open_scratch(stage, scratch) != 0)
        status = errno == ENOMEM ? FREM_NO_MEMORY : frem_stage_report_folder(stage, diags, errno);
    if (status != FREM_OK) {
        frem_stage_discard(stage);
        return status;
    }
    *out = stage;
    return FREM_OK;
}

frem_status frem_stage_hand_out(frem_stage *stage, frem_diags *diags, frem_staged **files, size_t *n) {
    const frem_status status = frem_stage_whole(stage, diags);
    *files = NULL;
    *n = 0;
    if (status == FREM_OK) {
        (void)frem_stage_at(stage, 0); /* sorts them */
        *files = stage->files;
        *n = stage->n_files;
        stage->files = NULL;
        stage->n_files = 0;
    }
    frem_stage_discard(stage);
    return status;
}

void frem_stage_rules(frem_stage *stage, const frem_sources *read, bool force) {
    stage->read = read;
    stage->force = force;
}

/* Keeps the first failure. */
frem_status frem_stage_fail(frem_stage *stage, const char *name, int error) {
    if (stage->failed_error == 0) {
        stage->failed_error = error != 0 ? error : EIO;
        stage->failed_name = strdup(name);
    }
    return error == ENOMEM ? FREM_NO_MEMORY : FREM_UNWRITABLE;
}

/* Opens a file below the stage. @return a descriptor that the caller closes, or -1 with errno. */
static int open_below(frem_stage *stage, const char *name, int flags) {
    const char *last;
    if (!frem_name_inside(name)) {
        errno = EINVAL;
        return -1;
    }
    int folder = frem_folder_of(stage->fd, name, true, &last);
    if (folder < 0)
        return -1;
    const int fd = frem_fd_open(folder, last, flags | FREM_OPEN_NO_LINK | FREM_OPEN_AT_ONCE, 0666);
    frem_fd_drop(folder);
    return fd;
}

/* Opens a sink on a file of the stage on disk. @return 0, or the errno. */
static int open_on_disk(frem_stage *stage, const char *name, frem_stage_open_file *file) {
    file->fd = open_below(stage, name, FREM_OPEN_WRITE | FREM_OPEN_FRESH);
    if (file->fd < 0)
        return errno;
    if (frem_sink_fd(&file->sink, file->fd, FREM_SINK_HASHES) == FREM_OK)
        return 0;
    frem_fd_drop(file->fd);
    return ENOMEM;
}

/* The same in memory. */
static int open_in_memory(const frem_stage *stage, const char *name, frem_stage_open_file *file) {
    if (!frem_name_inside(name))
        return EINVAL;
    if (frem_stage_has(stage, name))
        return EEXIST;
    file->text = calloc(1, sizeof *file->text);
    if (file->text != NULL && frem_sink_memory(&file->sink, file->text, FREM_SINK_HASHES) == FREM_OK)
        return 0;
    free(file->text);
    return ENOMEM;
}

frem_status frem_stage_file(frem_stage *stage, const char *name, frem_sink **out) {
    *out = NULL;
    void *open_files = stage->open;
    frem_status status = frem_grow(&open_files, &stage->open_capacity, stage->n_open, sizeof *stage->open);
    stage->open = open_files;
    frem_stage_open_file file = {.fd = -1, .name = strdup(name)};
    int error = status != FREM_OK || file.name == NULL ? ENOMEM : 0;
    if (error == 0)
        error = stage->in_memory ? open_in_memory(stage, name, &file) : open_on_disk(stage, name, &file);
    if (error != 0) {
        free(file.name);
        return frem_stage_fail(stage, name, error);
    }
    stage->open[stage->n_open++] = file;
    *out = file.sink;
    return FREM_OK;
}

/* Syncs and closes a descriptor. @return 0 or the errno. */
static int sync_and_close(int fd) {
    const int error = frem_fd_sync(fd) == 0 ? 0 : errno;
    const int closed = frem_fd_close(fd);
    return error != 0 ? error : closed;
}

/* Adds a written file; its name and bytes are consumed. */
static frem_status add_file(frem_stage *stage, char *name, const char *sha256, uint64_t size, char *bytes) {
    void *files = stage->files;
    frem_status status = frem_grow(&files, &stage->files_capacity, stage->n_files, sizeof *stage->files);
    stage->files = files;
    if (status != FREM_OK) {
        status = frem_stage_fail(stage, name, ENOMEM);
        free(name);
        free(bytes);
        return status;
    }
    frem_staged *added = &stage->files[stage->n_files++];
    added->name = name;
    added->size = size;
    added->bytes = bytes;
    memcpy(added->sha256, sha256, sizeof added->sha256);
    stage->sorted = false;
    return FREM_OK;
}

frem_status frem_stage_close_file(frem_stage *stage, frem_sink *sink) {
    size_t i = 0;
    while (i < stage->n_open && stage->open[i].sink != sink)
        i++;
    if (i == stage->n_open)
        return FREM_DEFECT;
    frem_stage_open_file file = stage->open[i];
    stage->open[i] = stage->open[--stage->n_open];

    char sha256[65], *bytes = NULL;
    uint64_t size;
    int lost = 0;
    frem_status closed = frem_sink_close(file.sink, sha256, &size, &lost);
    int error = file.text == NULL ? sync_and_close(file.fd) : 0;
    if (file.text != NULL)
        bytes = file.text->bytes != NULL ? file.text->bytes : strdup("");
    if (file.text != NULL && bytes == NULL)
        error = ENOMEM;
    free(file.text);
    if (closed == FREM_OK && error == 0)
        return add_file(stage, file.name, sha256, size, bytes);
    frem_status status = frem_stage_fail(stage, file.name, lost != 0 ? lost : error);
    free(bytes);
    free(file.name);
    return status;
}

char *frem_stage_path(frem_stage *stage, const char *name) {
    const char *last;
    char *path = NULL;
    if (!frem_name_inside(name)) {
        (void)frem_stage_fail(stage, name, EINVAL);
        return NULL;
    }
    int folder = frem_folder_of(stage->fd, name, true, &last);
    if (folder < 0) {
        (void)frem_stage_fail(stage, name, errno);
        return NULL;
    }
    frem_fd_drop(folder);
    if (asprintf(&path, "%s/%s", stage->path, name) < 0) {
        (void)frem_stage_fail(stage, name, ENOMEM);
        return NULL;
    }
    return path;
}

static void take_bytes(void *context, const void *bytes, size_t n) {
    frem_text_add_bytes(context, bytes, n);
}

/* Reads and hashes a file, into a text where there is one. @return 0, or the errno. */
static int read_file(int fd, frem_text *text, char sha256[65], uint64_t *size) {
    frem_file_info info;
    if (frem_fd_look(fd, &info) != 0)
        return errno;
    if (info.kind != FREM_FILE_REGULAR)
        return EINVAL;
    *size = UINT64_MAX;
    const int error = frem_fd_copy(fd, size, text != NULL ? take_bytes : NULL, text, sha256);
    return error == 0 && text != NULL && (text->failed || text->bytes == NULL) ? ENOMEM : error;
}

frem_status frem_stage_adopt(frem_stage *stage, const char *name) {
    char sha256[65];
    uint64_t size = 0;
    frem_text text = {0};
    int fd = open_below(stage, name, 0);
    if (fd < 0)
        return frem_stage_fail(stage, name, errno);
    int error = read_file(fd, stage->in_memory ? &text : NULL, sha256, &size);
    int sync_error = stage->in_memory ? frem_fd_close(fd) : sync_and_close(fd);
    char *copy = strdup(name);
    if (error == 0)
        error = copy == NULL ? ENOMEM : sync_error;
    if (error == 0)
        return add_file(stage, copy, sha256, size, text.bytes);
    frem_text_free(&text);
    free(copy);
    return frem_stage_fail(stage, name, error);
}

void frem_stage_discard(frem_stage *stage) {
    if (stage == NULL)
        return;
    frem_stage_clear(stage);
    frem_stage_free(stage);
}
