/* Files, folders, memory and the loader as POSIX has them, with what Linux and the GNU C library know better where they are. */
#include "base/platform.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/xattr.h>
#endif
#ifdef FREM_PARTS_DLOPEN
#include <dlfcn.h>
#endif

#ifndef O_PATH /* Linux alone knows it */
#define O_PATH O_RDONLY
#endif

/* ---- files ---- */

static int system_folder(int at) {
    return at == FREM_HERE ? AT_FDCWD : at;
}

int frem_fd_open(int at, const char *name, int ways, unsigned permissions) {
    int flags = O_CLOEXEC;
    flags |= (ways & FREM_OPEN_WRITE) != 0 ? O_WRONLY : (ways & FREM_OPEN_BOTH) != 0 ? O_RDWR : O_RDONLY;
    flags |= (ways & (FREM_OPEN_MAKE | FREM_OPEN_FRESH)) != 0 ? O_CREAT : 0;
    flags |= (ways & FREM_OPEN_FRESH) != 0 ? O_EXCL : 0;
    flags |= (ways & FREM_OPEN_NO_LINK) != 0 ? O_NOFOLLOW : 0;
    flags |= (ways & FREM_OPEN_AT_ONCE) != 0 ? O_NONBLOCK | O_NOCTTY : 0;
    flags |= (ways & FREM_OPEN_FOLDER) != 0 ? O_DIRECTORY : 0;
    flags |= (ways & FREM_OPEN_PASS) != 0 ? O_PATH | O_DIRECTORY : 0;
    int fd;
    do
        fd = openat(system_folder(at), name, flags, (mode_t)permissions);
    while (fd < 0 && errno == EINTR);
    return fd;
}

ptrdiff_t frem_fd_read(int fd, void *bytes, size_t n) {
    ssize_t got;
    do
        got = read(fd, bytes, n);
    while (got < 0 && errno == EINTR);
    return got;
}

int frem_fd_write(int fd, const void *bytes, size_t n) {
    const char *at = bytes;
    while (n > 0) {
        const ssize_t written = write(fd, at, n);
        if (written == 0)
            return EIO; /* a file that takes nothing and gives no reason */
        if (written < 0 && errno != EINTR)
            return errno;
        at += written > 0 ? written : 0;
        n -= written > 0 ? (size_t)written : 0;
    }
    return 0;
}

int frem_fd_sync(int fd) {
    int result;
    do
        result = fsync(fd);
    while (result != 0 && errno == EINTR);
    return result;
}

int frem_fd_lock(int fd) {
    int result;
    do
        result = flock(fd, LOCK_EX | LOCK_NB);
    while (result != 0 && errno == EINTR);
    return result;
}

int frem_fd_permit(int fd, unsigned permissions) {
    return fchmod(fd, (mode_t)permissions);
}

/* Copies access lists and other attributes, as far as this user may. */
static void copy_attributes(int from, int to) {
#ifdef __linux__
    char names[4096], value[4096];
    const ssize_t n = flistxattr(from, names, sizeof names);
    for (ssize_t at = 0; at < n; at += (ssize_t)strlen(names + at) + 1) {
        const ssize_t size = fgetxattr(from, names + at, value, sizeof value);
        if (size >= 0)
            (void)fsetxattr(to, names + at, value, (size_t)size, 0);
    }
#else
    (void)from;
    (void)to;
#endif
}

int frem_fd_dress(int fd, int like) {
    struct stat old, own;
    if (fstat(like, &old) != 0 || fstat(fd, &own) != 0)
        return -1;
    /* Another user's folder becomes this one's where it can't be given back; its group must stay. */
    if ((old.st_uid != own.st_uid || old.st_gid != own.st_gid) && fchown(fd, old.st_uid, old.st_gid) != 0 &&
        old.st_gid != own.st_gid && fchown(fd, (uid_t)-1, old.st_gid) != 0)
        return -1;
    copy_attributes(like, fd);
    return fchmod(fd, old.st_mode & 07777);
}

int frem_fd_close(int fd) {
    /* After EINTR the descriptor is closed all the same; a second try could close another thread's. */
    return close(fd) == 0 || errno == EINTR ? 0 : errno;
}

void frem_fd_drop(int fd) {
    const int error = errno;
    if (fd >= 0)
        (void)close(fd);
    errno = error;
}

static int keep_info(int result, const struct stat *info, frem_file_info *out) {
    if (result != 0)
        return -1;
    *out = (frem_file_info){.kind = S_ISREG(info->st_mode)   ? FREM_FILE_REGULAR
                                    : S_ISDIR(info->st_mode) ? FREM_FILE_FOLDER
                                    : S_ISLNK(info->st_mode) ? FREM_FILE_LINK
                                                             : FREM_FILE_OTHER,
                            .size = info->st_size > 0 ? (uint64_t)info->st_size : 0,
                            .device = (uint64_t)info->st_dev,
                            .inode = (uint64_t)info->st_ino,
                            .permissions = (unsigned)info->st_mode & 0777};
    return 0;
}

int frem_fd_look(int fd, frem_file_info *out) {
    struct stat info;
    return keep_info(fstat(fd, &info), &info, out);
}

int frem_file_look(int at, const char *name, frem_file_info *out) {
    struct stat info;
    return keep_info(fstatat(system_folder(at), name, &info, AT_SYMLINK_NOFOLLOW), &info, out);
}

int frem_file_reach(int at, const char *name, frem_file_info *out) {
    struct stat info;
    return keep_info(fstatat(system_folder(at), name, &info, 0), &info, out);
}

bool frem_file_same(const frem_file_info *a, const frem_file_info *b) {
    return a->device == b->device && a->inode == b->inode;
}

int frem_file_may_change(int at, const char *name, bool list) {
    return faccessat(system_folder(at), name, W_OK | X_OK | (list ? R_OK : 0), AT_EACCESS);
}

/* A container's volume may be a mount with the device number of its parent; only statx() reports it as a mount. */
bool frem_file_is_mount(int at, const char *name) {
#ifdef STATX_ATTR_MOUNT_ROOT
    struct statx info;
    return statx(system_folder(at), name, AT_SYMLINK_NOFOLLOW, STATX_TYPE, &info) == 0 &&
           (info.stx_attributes_mask & info.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
#else
    (void)at;
    (void)name;
    return false;
#endif
}

int frem_file_remove(int at, const char *name) {
    return unlinkat(system_folder(at), name, 0);
}

int frem_file_rename(int at, const char *from, int to_at, const char *to) {
    return renameat(system_folder(at), from, system_folder(to_at), to);
}

/* Renames over nothing where the system can; ENOSYS where it can't. */
static int rename_over_nothing(int at, const char *from, int to_at, const char *to) {
#ifdef RENAME_NOREPLACE
    if (renameat2(at, from, to_at, to, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno == EINVAL || errno == ENOTSUP) /* a file system that knows no flags */
        errno = ENOSYS;
#else
    (void)at;
    (void)from;
    (void)to_at;
    (void)to;
    errno = ENOSYS;
#endif
    return -1;
}

int frem_file_rename_fresh(int at, const char *from, int to_at, const char *to) {
    struct stat info;
    const int from_at = system_folder(at), into = system_folder(to_at);
    if (rename_over_nothing(from_at, from, into, to) == 0)
        return 0;
    if (errno != ENOSYS)
        return -1;
    if (fstatat(into, to, &info, AT_SYMLINK_NOFOLLOW) == 0) {
        errno = EEXIST;
        return -1;
    }
    return renameat(from_at, from, into, to);
}

int frem_file_place_fresh(int at, const char *from, const char *to) {
    const int folder = system_folder(at);
    if (rename_over_nothing(folder, from, folder, to) == 0)
        return 0;
    if (errno != ENOSYS || linkat(folder, from, folder, to, 0) != 0)
        return -1;
    (void)unlinkat(folder, from, 0);
    return 0;
}

int frem_file_exchange(int at, const char *a, const char *b) {
#ifdef RENAME_EXCHANGE
    const int folder = system_folder(at);
    if (renameat2(folder, a, folder, b, RENAME_EXCHANGE) == 0)
        return 0;
    if (errno == EINVAL || errno == ENOTSUP)
        errno = ENOSYS;
#else
    (void)at;
    (void)a;
    (void)b;
    errno = ENOSYS;
#endif
    return -1;
}

int frem_file_link(int at, const char *name, int to_at, const char *to) {
    return linkat(system_folder(at), name, system_folder(to_at), to, 0);
}

const void *frem_file_map(const char *path, size_t *size) {
    struct stat info;
    const int fd = frem_fd_open(FREM_HERE, path, 0, 0);
    *size = 0;
    if (fd >= 0 && fstat(fd, &info) == 0 && info.st_size > 0)
        *size = (size_t)info.st_size;
    void *bytes = *size > 0 ? mmap(NULL, *size, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
    frem_fd_drop(fd);
    return bytes == MAP_FAILED ? NULL : bytes;
}

void frem_file_unmap(const void *bytes, size_t size) {
    if (bytes != NULL)
        (void)munmap((void *)(uintptr_t)bytes, size);
}

/* ---- memory ---- */

void frem_memory_large(void *at, size_t bytes) {
#if defined(MADV_HUGEPAGE)
    /* Whole pages alone. */
    const uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
    const uintptr_t first = ((uintptr_t)at + page - 1) / page * page,
                    end = ((uintptr_t)at + bytes) / page * page;
    if (end > first)
        (void)madvise((void *)first, end - first, MADV_HUGEPAGE);
#else
    (void)at, (void)bytes;
#endif
}

/* ---- folders ---- */

int frem_folder_make(int at, const char *name) {
    return mkdirat(system_folder(at), name, 0777);
}

int frem_folder_drop(int at, const char *name) {
    return unlinkat(system_folder(at), name, AT_REMOVEDIR);
}

uint64_t frem_folder_room(const char *path) {
    struct statvfs room;
    return statvfs(path, &room) == 0 ? (uint64_t)room.f_bavail * room.f_frsize : UINT64_MAX;
}

char *frem_real_path(const char *path) {
    return realpath(path, NULL);
}

char *frem_current_folder(void) {
    char path[PATH_MAX];
    return getcwd(path, sizeof path) != NULL ? strdup(path) : NULL;
}

struct frem_entries {
    DIR *folder;
};

frem_entries *frem_entries_of(int fd) {
    if (fd < 0)
        return NULL;
    frem_entries *entries = malloc(sizeof *entries);
    DIR *folder = entries != NULL ? fdopendir(fd) : NULL;
    if (folder == NULL) {
        const int error = entries != NULL ? errno : ENOMEM;
        (void)close(fd);
        free(entries);
        errno = error;
        return NULL;
    }
    entries->folder = folder;
    return entries;
}

int frem_entries_next(frem_entries *entries, const char **name) {
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(entries->folder);
        if (entry == NULL && errno == EINTR)
            continue;
        if (entry == NULL)
            return errno == 0 ? 0 : -1;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        *name = entry->d_name;
        return 1;
    }
}

void frem_entries_rewind(frem_entries *entries) {
    rewinddir(entries->folder);
}

int frem_entries_folder(const frem_entries *entries) {
    return dirfd(entries->folder);
}

void frem_entries_close(frem_entries *entries) {
    const int error = errno;
    if (entries != NULL)
        (void)closedir(entries->folder);
    free(entries);
    errno = error;
}

/* ---- parts: none is found where they are linked or left out, or where there is no loader ---- */

#ifdef FREM_PARTS_DLOPEN

void *frem_shared_open(const char *file, bool stays) {
    return dlopen(file, RTLD_NOW | RTLD_LOCAL | (stays ? RTLD_NODELETE : 0));
}

void *frem_shared_find(void *shared, const char *name) {
    return dlsym(shared, name);
}

void frem_shared_close(void *shared) {
    (void)dlclose(shared);
}

#else

void *frem_shared_open(const char *file, bool stays) {
    (void)file;
    (void)stays;
    return NULL;
}

void *frem_shared_find(void *shared, const char *name) {
    (void)shared;
    (void)name;
    return NULL;
}

void frem_shared_close(void *shared) {
    (void)shared;
}

#endif
