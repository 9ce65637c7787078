/** @file
 *  System calls on descriptors that go on where a signal interrupts them.
 */
#ifndef FREM_BASE_DESCRIPTOR_H
#define FREM_BASE_DESCRIPTOR_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/** openat(), close-on-exec. @return a descriptor that the caller closes, or -1 with errno. */
int frem_fd_open(int at, const char *name, int flags, mode_t mode);
/** read(). @return as read(), never EINTR. */
ssize_t frem_fd_read(int fd, void *bytes, size_t n);
/** Writes all of it. @return 0, or the errno. */
int frem_fd_write(int fd, const void *bytes, size_t n);
/** fsync(). @return 0, or -1 with errno. */
int frem_fd_sync(int fd);
/** flock() for one alone, without waiting. @return 0, or -1 with errno: EWOULDBLOCK where another holds it. */
int frem_fd_lock(int fd);
/** Closes a descriptor that was written. @return 0, or the errno: some file systems report a lost write only here. */
int frem_fd_close(int fd);
/** Closes and keeps errno; nothing for a negative descriptor. */
void frem_fd_drop(int fd);
/** Takes the bytes that frem_fd_copy() reads. */
typedef void (*frem_fd_take)(void *context, const void *bytes, size_t n);
/** Reads bytes, hands them on and hashes them. @param[in,out] n at most so many; how many there were.
 *  @param take NULL for none. @param[out] sha256 65 bytes. @return 0, or the errno. */
int frem_fd_copy(int fd, uint64_t *n, frem_fd_take take, void *context, char sha256[65]);
/** SHA-256 of what is still to be read. @param[out] sha256 65 bytes. @param[out] size bytes read. @return 0, or the errno. */
int frem_fd_hash(int fd, char sha256[65], uint64_t *size);

#endif
