#include "base/descriptor.h"

#include <errno.h>

#include "base/hash.h"
#include "base/platform.h"

int frem_fd_copy(int fd, uint64_t *n, frem_fd_take take, void *context, char sha256[65]) {
    frem_hash hash;
    uint8_t buffer[16384];
    uint64_t done = 0;
    ptrdiff_t got = 1;
    frem_hash_begin(&hash);
    while (done < *n && got > 0) {
        const size_t most = *n - done < sizeof buffer ? (size_t)(*n - done) : sizeof buffer;
        got = frem_fd_read(fd, buffer, most);
        if (got > 0) {
            frem_hash_add(&hash, buffer, (size_t)got);
            if (take != NULL)
                take(context, buffer, (size_t)got);
            done += (uint64_t)got;
        }
    }
    const int error = got < 0 ? errno : 0;
    frem_hash_text(&hash, sha256);
    *n = done;
    return error;
}

int frem_fd_hash(int fd, char sha256[65], uint64_t *size) {
    *size = UINT64_MAX;
    return frem_fd_copy(fd, size, NULL, NULL, sha256);
}
