#include "base/stage.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sha2.h>

#include "base/arena.h"
#include "base/folder.h"
#include "base/problem.h"
#include "base/stage_inside.h"

/* So that .NAME.XXXXXX is not longer than the file system's 255 bytes. */
#define NAME_PART_MAX 200
#define TRIES 100

frem_status frem_stage_report(const frem_stage *stage, frem_diags *diags, const char *name, int error) {
    frem_status status =
        FREM_PROBLEM(diags, FREM_NOWHERE, OUTPUT_FILE_UNWRITABLE, name, stage->dir, frem_error_text(error));
    return status == FREM_NO_MEMORY ? status : FREM_UNWRITABLE;
}

frem_status frem_stage_report_folder(const frem_stage *stage, frem_diags *diags, int error) {
    frem_status status =
        FREM_PROBLEM(diags, FREM_NOWHERE, OUTPUT_FOLDER_UNWRITABLE, stage->dir, frem_error_text(error));
    return status == FREM_NO_MEMORY ? status : FREM_UNWRITABLE;
}

/* A problem of the folder's name becomes the status that the program promises for it. */
static frem_status unwritable(frem_status raised) {
    return raised == FREM_NO_MEMORY ? raised : FREM_UNWRITABLE;
}

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
        char *real = realpath(plain, NULL);
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
    int fd = above == NULL ? -1 : open(above, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int result = fd < 0 ? (above != NULL && errno == EACCES ? 0 : -1) : frem_folder_sync(fd);
    int error = errno;
    if (fd >= 0)
        (void)close(fd);
    free(above);
    errno = error;
    return result;
}

/* Makes one parent when it is missing. @return 0, or -1 with errno. */
static int make_parent(frem_stage *stage, const char *path) {
    struct stat info;
    if (stat(path, &info) == 0) {
        errno = ENOTDIR;
        return S_ISDIR(info.st_mode) ? 0 : -1;
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
    if (mkdir(path, 0777) != 0) {
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
                status =
                    unwritable(FREM_PROBLEM(diags, FREM_NOWHERE, OUTPUT_PARENT_IS_FILE, stage->dir, path));
            else
                status = frem_stage_report_folder(stage, diags, errno);
        }
        free(path);
    }
    return status;
}

static frem_status report_link(const frem_stage *stage, frem_diags *diags) {
    char *target = realpath(stage->dir, NULL); /* NULL for a link to nothing, and the hint is left out */
    frem_status status = unwritable(FREM_PROBLEM(diags, FREM_NOWHERE, OUTPUT_IS_LINK, stage->dir, target));
    free(target);
    return status;
}

/* Whether a folder is a mount point. Volumes of containers may be one on their parent's own device. */
static bool is_mount_point(int at, const char *name) {
    struct statx info;
    return statx(at, name, AT_SYMLINK_NOFOLLOW, STATX_TYPE, &info) == 0 &&
           (info.stx_attributes_mask & info.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
}

/* Looks at what stands where the output folder goes, and opens the folder that the stage will stand in. That is
 * the one beside, except where the output folder is a mount point (a container's volume) or its
 * parent may not be written: then no rename could move a folder there, and the stage stands inside. */
static frem_status open_base(frem_stage *stage, frem_diags *diags) {
    struct stat info, above;
    stage->parent_fd = open(stage->parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (stage->parent_fd < 0 && errno == EACCES) /* a folder that may be passed through but not listed */
        stage->parent_fd = open(stage->parent, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (stage->parent_fd < 0 || fstat(stage->parent_fd, &above) != 0)
        return frem_stage_report_folder(stage, diags, errno);
    bool exists = fstatat(stage->parent_fd, stage->name, &info, AT_SYMLINK_NOFOLLOW) == 0;
    if (!exists && errno != ENOENT)
        return frem_stage_report_folder(stage, diags, errno);
    if (exists && S_ISLNK(info.st_mode))
        return report_link(stage, diags);
    if (exists && !S_ISDIR(info.st_mode))
        return unwritable(FREM_PROBLEM(diags, FREM_NOWHERE, OUTPUT_IS_FILE, stage->dir));
    if (exists && faccessat(stage->parent_fd, stage->name, R_OK | W_OK | X_OK, AT_EACCESS) != 0)
        return frem_stage_report_folder(stage, diags, errno);

    stage->inside = exists && (info.st_dev != above.st_dev || is_mount_point(stage->parent_fd, stage->name) ||
                               faccessat(stage->parent_fd, ".", W_OK | X_OK, AT_EACCESS) != 0);
    stage->base_fd = stage->inside ? frem_folder_open(stage->parent_fd, stage->name)
                                   : fcntl(stage->parent_fd, F_DUPFD_CLOEXEC, 0);
    return stage->base_fd < 0 ? frem_stage_report_folder(stage, diags, errno) : FREM_OK;
}

/* The i-th name to try: .NAME. and six characters that begin with this process's number, so that two processes
 * seldom meet. Which name it becomes is decided by making the folder, not by the name. */
static char *own_name(const frem_stage *stage, unsigned i) {
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
    char tail[7] = "";
    uint64_t number = (uint64_t)getpid() * TRIES + i;
    for (size_t k = 6; k-- > 0; number /= sizeof letters - 1)
        tail[k] = letters[number % (sizeof letters - 1)];
    char *name = NULL;
    if (asprintf(&name, ".%.*s.%s", NAME_PART_MAX, stage->name, tail) < 0) {
        errno = ENOMEM;
        return NULL;
    }
    return name;
}

/* mkdtemp() would give a folder that only its owner can open; this one gets what the umask leaves. */
static int make_own_folder(frem_stage *stage) {
    for (unsigned i = 0; i < TRIES; i++) {
        char *name = own_name(stage, i);
        if (name == NULL)
            return -1;
        if (mkdirat(stage->base_fd, name, 0777) == 0) {
            stage->own = name;
            stage->fd = frem_folder_open(stage->base_fd, name);
            return stage->fd < 0 ? -1 : 0;
        }
        int error = errno;
        free(name);
        errno = error;
        if (error != EEXIST)
            break;
    }
    return -1;
}

static frem_status open_all(frem_stage *stage, frem_diags *diags) {
    int split = split_path(stage->dir, &stage->parent, &stage->name);
    if (split > 0)
        return unwritable(FREM_PROBLEM(diags, FREM_NOWHERE, OUTPUT_IS_ROOT, stage->dir));
    if (split < 0)
        return errno == ENOMEM ? FREM_NO_MEMORY : frem_stage_report_folder(stage, diags, errno);
    frem_status status = make_parents(stage, diags);
    if (status == FREM_OK)
        status = open_base(stage, diags);
    if (status != FREM_OK)
        return status;
    if (make_own_folder(stage) != 0)
        return errno == ENOMEM ? FREM_NO_MEMORY : frem_stage_report_folder(stage, diags, errno);
    const char *between = strcmp(stage->parent, "/") == 0 ? "" : "/";
    int printed = stage->inside
                      ? asprintf(&stage->path, "%s%s%s/%s", stage->parent, between, stage->name, stage->own)
                      : asprintf(&stage->path, "%s%s%s", stage->parent, between, stage->own);
    if (printed < 0) {
        stage->path = NULL;
        return FREM_NO_MEMORY;
    }
    return FREM_OK;
}

frem_status frem_stage_open(frem_stage **out, const char *dir, frem_diags *diags) {
    *out = NULL;
    if (dir[0] == '\0')
        return unwritable(FREM_PROBLEM(diags, FREM_NOWHERE, OUTPUT_EMPTY, ""));
    frem_stage *stage = calloc(1, sizeof *stage);
    if (stage == NULL)
        return FREM_NO_MEMORY;
    stage->parent_fd = stage->base_fd = stage->fd = -1;
    stage->dir = strdup(dir);
    frem_status status = stage->dir == NULL ? FREM_NO_MEMORY : open_all(stage, diags);
    if (status != FREM_OK) {
        frem_stage_discard(stage);
        return status;
    }
    *out = stage;
    return FREM_OK;
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
    int fd = openat(folder, last, flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666);
    int error = errno;
    (void)close(folder);
    errno = error;
    return fd;
}

frem_status frem_stage_file(frem_stage *stage, const char *name, frem_sink **out) {
    *out = NULL;
    void *open_files = stage->open;
    frem_status status = frem_grow(&open_files, &stage->open_capacity, stage->n_open, sizeof *stage->open);
    stage->open = open_files;
    char *copy = strdup(name);
    if (status != FREM_OK || copy == NULL) {
        free(copy);
        return frem_stage_fail(stage, name, ENOMEM);
    }
    int fd = open_below(stage, name, O_WRONLY | O_CREAT | O_EXCL);
    if (fd < 0) {
        status = frem_stage_fail(stage, name, errno);
        free(copy);
        return status;
    }
    if (frem_sink_fd(out, fd, FREM_SINK_HASHES) != FREM_OK) {
        (void)close(fd);
        free(copy);
        return frem_stage_fail(stage, name, ENOMEM);
    }
    stage->open[stage->n_open++] = (frem_stage_open_file){*out, fd, copy};
    return FREM_OK;
}

/* Syncs and closes a descriptor. @return 0 or the errno. */
static int sync_and_close(int fd) {
    int error = fsync(fd) == 0 ? 0 : errno;
    if (close(fd) != 0 && error == 0 && errno != EINTR)
        error = errno;
    return error;
}

/* Adds a written file; its name is consumed. */
static frem_status add_file(frem_stage *stage, char *name, const char *sha256, uint64_t size) {
    void *files = stage->files;
    frem_status status = frem_grow(&files, &stage->files_capacity, stage->n_files, sizeof *stage->files);
    stage->files = files;
    if (status != FREM_OK) {
        status = frem_stage_fail(stage, name, ENOMEM);
        free(name);
        return status;
    }
    frem_staged *added = &stage->files[stage->n_files++];
    added->name = name;
    added->size = size;
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

    char sha256[65];
    uint64_t size;
    int lost = 0;
    frem_status closed = frem_sink_close(file.sink, sha256, &size, &lost);
    int error = sync_and_close(file.fd);
    if (closed == FREM_OK && error == 0)
        return add_file(stage, file.name, sha256, size);
    frem_status status = frem_stage_fail(stage, file.name, lost != 0 ? lost : error);
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
    (void)close(folder);
    if (asprintf(&path, "%s/%s", stage->path, name) < 0) {
        (void)frem_stage_fail(stage, name, ENOMEM);
        return NULL;
    }
    return path;
}

/* @return 0 or the errno. */
static int hash_file(int fd, char sha256[65], uint64_t *size) {
    SHA2_CTX hash;
    uint8_t buffer[16384];
    SHA256Init(&hash);
    for (;;) {
        ssize_t got = read(fd, buffer, sizeof buffer);
        if (got == 0)
            break;
        if (got < 0 && errno != EINTR)
            return errno;
        if (got > 0) {
            SHA256Update(&hash, buffer, (size_t)got);
            *size += (uint64_t)got;
        }
    }
    (void)SHA256End(&hash, sha256);
    return 0;
}

frem_status frem_stage_adopt(frem_stage *stage, const char *name) {
    struct stat info;
    char sha256[65];
    uint64_t size = 0;
    int fd = open_below(stage, name, O_RDONLY);
    if (fd < 0)
        return frem_stage_fail(stage, name, errno);
    int error = 0;
    if (fstat(fd, &info) != 0)
        error = errno;
    else if (!S_ISREG(info.st_mode))
        error = EINVAL;
    if (error == 0)
        error = hash_file(fd, sha256, &size);
    int sync_error = sync_and_close(fd);
    char *copy = strdup(name);
    if (error == 0)
        error = copy == NULL ? ENOMEM : sync_error;
    if (error == 0)
        return add_file(stage, copy, sha256, size);
    free(copy);
    return frem_stage_fail(stage, name, error);
}

static int compare_staged(const void *a, const void *b) {
    return strcmp(((const frem_staged *)a)->name, ((const frem_staged *)b)->name);
}

const frem_staged *frem_stage_at(frem_stage *stage, size_t i) {
    if (!stage->sorted && stage->n_files > 1)
        qsort(stage->files, stage->n_files, sizeof *stage->files, compare_staged);
    stage->sorted = true;
    return i < stage->n_files ? &stage->files[i] : NULL;
}

void frem_stage_clear(frem_stage *stage) {
    if (stage->own != NULL)
        (void)frem_folder_remove(stage->base_fd, stage->own);
    for (size_t i = stage->n_made; i-- > 0;)
        (void)rmdir(stage->made[i]); /* one that somebody else uses by now is not empty and stays */
}

static void close_open(int fd) {
    if (fd >= 0)
        (void)close(fd);
}

void frem_stage_free(frem_stage *stage) {
    for (size_t i = 0; i < stage->n_open; i++) {
        frem_status lost = frem_sink_close(stage->open[i].sink, NULL, NULL, NULL);
        (void)lost; /* the file goes with the stage */
        close_open(stage->open[i].fd);
        free(stage->open[i].name);
    }
    free(stage->open);
    for (size_t i = 0; i < stage->n_files; i++)
        free((char *)(uintptr_t)stage->files[i].name);
    free(stage->files);
    for (size_t i = 0; i < stage->n_made; i++)
        free(stage->made[i]);
    free(stage->made);
    close_open(stage->fd);
    close_open(stage->base_fd);
    close_open(stage->parent_fd);
    free(stage->dir);
    free(stage->parent);
    free(stage->name);
    free(stage->own);
    free(stage->path);
    free(stage->failed_name);
    free(stage);
}

void frem_stage_discard(frem_stage *stage) {
    if (stage == NULL)
        return;
    frem_stage_clear(stage);
    frem_stage_free(stage);
}
