/** @file
 *  A buffered stream of bytes out, hashed as it goes. Errors are sticky and seen at close.
 */
#ifndef FREM_PUBLISH_SINK_H
#define FREM_PUBLISH_SINK_H

#include <stddef.h>
#include <stdint.h>

#include "base/text.h"
#include "fremskriv/status.h"

typedef struct frem_sink frem_sink;

/** What a sink does besides writing. */
enum {
    FREM_SINK_OWNS = 1 << 0,  /**< closing the sink closes the descriptor */
    FREM_SINK_HASHES = 1 << 1 /**< SHA-256 of all that is written; it takes longer than the writing */
};

/** Writes to a file descriptor. @param ways of FREM_SINK_OWNS and FREM_SINK_HASHES. */
FREM_MUST_CHECK frem_status frem_sink_fd(frem_sink **out, int fd, int ways);
/** Writes to a text in memory, which may hold any bytes. @param text borrowed until the sink is closed. */
FREM_MUST_CHECK frem_status frem_sink_memory(frem_sink **out, frem_text *text, int ways);

void frem_sink_write(frem_sink *sink, const void *bytes, size_t n);
void frem_sink_text(frem_sink *sink, const char *string);
void frem_sink_print(frem_sink *sink, const char *format, ...) __attribute__((format(printf, 2, 3)));
/** At least n writable bytes inside the sink's buffer (n <= 4096), for writers that format in place;
 *  frem_sink_advance() says how many were used. Never NULL. */
char *frem_sink_room(frem_sink *sink, size_t n);
void frem_sink_advance(frem_sink *sink, size_t n);

/** Flushes, and frees the sink. @param[out] sha256 65 bytes, only of a sink that hashes; or NULL. @param[out] size or NULL.
 *  @return FREM_UNWRITABLE with errno kept in *error (may be NULL) if any byte was lost. */
FREM_MUST_CHECK frem_status frem_sink_close(frem_sink *sink, char *sha256, uint64_t *size, int *error);

#endif
