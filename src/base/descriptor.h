/** @file
 *  Bytes of descriptors, hashed as they are read.
 */
#ifndef FREM_BASE_DESCRIPTOR_H
#define FREM_BASE_DESCRIPTOR_H

#include <stddef.h>
#include <stdint.h>

/** Takes the bytes that frem_fd_copy() reads. */
typedef void (*frem_fd_take)(void *context, const void *bytes, size_t n);
/** Reads bytes, hands them on and hashes them. @param[in,out] n at most so many; how many there were.
 *  @param take NULL for none. @param[out] sha256 65 bytes. @return 0, or the errno. */
int frem_fd_copy(int fd, uint64_t *n, frem_fd_take take, void *context, char sha256[65]);
/** SHA-256 of what is still to be read. @param[out] sha256 65 bytes. @param[out] size bytes read. @return 0, or the errno. */
int frem_fd_hash(int fd, char sha256[65], uint64_t *size);

#endif
