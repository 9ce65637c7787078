#include "base/descriptor.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <sha2.h>

int frem_fd_open(int at, const char *name, int flags, mode_t mode) {
    int fd;
    do
        fd = openat(at, name, flags | O_CLOEXEC, mode);
    while (fd < 0 && errno == EINTR);
    return fd;
}

ssize_t frem_fd_read(int fd, void *bytes, size_t n) {
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

int frem_fd_copy(int fd, uint64_t *n, frem_fd_take take, void *context, char sha256[65]) {
    SHA2_CTX hash;
    uint8_t buffer[16384];
    uint64_t done = 0;
    ssize_t got = 1;
    SHA256Init(&hash);
    while (done < *n && got > 0) {
        const size_t most = *n - done < sizeof buffer ? (size_t)(*n - done) : sizeof buffer;
        got = frem_fd_read(fd, buffer, most);
        if (got > 0) {
            SHA256Update(&hash, buffer, (size_t)got);
            if (take != NULL)
                take(context, buffer, (size_t)got);
            done += (uint64_t)got;
        }
    }
    const int error = got < 0 ? errno : 0;
    (void)SHA256End(&hash, sha256);
    *n = done;
    return error;
}

int frem_fd_hash(int fd, char sha256[65], uint64_t *size) {
    *size = UINT64_MAX;
    return frem_fd_copy(fd, size, NULL, NULL, sha256);
}
