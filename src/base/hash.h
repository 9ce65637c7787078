/** @file
 *  SHA-256, of every file that is read or written.
 */
#ifndef FREM_BASE_HASH_H
#define FREM_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#include <nettle/sha2.h>

/** Room for a hash in hexadecimal, with its NUL. */
enum { FREM_HASH_TEXT = 65 };

/** A hash under way. */
typedef struct frem_hash {
    struct sha256_ctx context;
} frem_hash;

static inline void frem_hash_begin(frem_hash *hash) {
    sha256_init(&hash->context);
}
static inline void frem_hash_add(frem_hash *hash, const void *bytes, size_t n) {
    sha256_update(&hash->context, n, bytes);
}
/** Ends it. @param[out] text in hexadecimal, small letters. */
void frem_hash_text(frem_hash *hash, char text[FREM_HASH_TEXT]);

#endif
