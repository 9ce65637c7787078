#include "publish/sink.h"

#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/platform.h"

/* What the file system likes to get at once; larger than the room a writer may ask for. */
#define BUFFER_SIZE ((size_t)65536)
#define ROOM_MAX ((size_t)4096)

struct frem_sink {
    frem_hash hash;
    uint64_t size;
    size_t used;
    int fd;          /* -1 of one in memory */
    frem_text *text; /* NULL of one that writes to a descriptor */
    bool owned, hashes;
    int error; /* the first errno; from then on bytes are dropped */
    char buffer[BUFFER_SIZE];
};

frem_status frem_sink_fd(frem_sink **out, int fd, int ways) {
    frem_sink *sink = malloc(sizeof *sink);
    *out = sink;
    if (sink == NULL)
        return FREM_NO_MEMORY;
    frem_hash_begin(&sink->hash);
    sink->size = 0;
    sink->used = 0;
    sink->fd = fd;
    sink->text = NULL;
    sink->owned = (ways & FREM_SINK_OWNS) != 0;
    sink->hashes = (ways & FREM_SINK_HASHES) != 0;
    sink->error = 0;
    return FREM_OK;
}

frem_status frem_sink_memory(frem_sink **out, frem_text *text, int ways) {
    const frem_status status = frem_sink_fd(out, -1, ways & ~FREM_SINK_OWNS);
    if (status == FREM_OK)
        (*out)->text = text;
    return status;
}

/* @return 0, or the errno. */
static int pass_on(frem_sink *sink, const void *bytes, size_t n) {
    if (sink->text == NULL)
        return frem_fd_write(sink->fd, bytes, n);
    frem_text_add_bytes(sink->text, bytes, n);
    return sink->text->failed ? ENOMEM : 0;
}

static void put(frem_sink *sink, const void *data, size_t n) {
    const uint8_t *bytes = data;
    if (sink->hashes)
        frem_hash_add(&sink->hash, bytes, n);
    sink->size += n;
    if (sink->error == 0)
        sink->error = pass_on(sink, bytes, n);
}

static void flush(frem_sink *sink) {
    if (sink->used > 0 && sink->error == 0)
        put(sink, sink->buffer, sink->used);
    sink->used = 0;
}

void frem_sink_write(frem_sink *sink, const void *bytes, size_t n) {
    if (n > BUFFER_SIZE - sink->used)
        flush(sink);
    if (n >= BUFFER_SIZE) {
        if (sink->error == 0)
            put(sink, bytes, n);
        return;
    }
    if (n > 0)
        memcpy(sink->buffer + sink->used, bytes, n);
    sink->used += n;
}

void frem_sink_text(frem_sink *sink, const char *string) {
    frem_sink_write(sink, string, strlen(string));
}

void frem_sink_print(frem_sink *sink, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    char *room = frem_sink_room(sink, ROOM_MAX);
    int n = vsnprintf(room, ROOM_MAX, format, args);
    if (n >= 0 && (size_t)n < ROOM_MAX) {
        frem_sink_advance(sink, (size_t)n);
    } else {
        char *text = NULL;
        n = n < 0 ? n : vasprintf(&text, format, again);
        if (n >= 0)
            frem_sink_write(sink, text, (size_t)n);
        else if (sink->error == 0)
            sink->error = ENOMEM;
        if (n >= 0)
            free(text);
    }
    va_end(again);
    va_end(args);
}

char *frem_sink_room(frem_sink *sink, size_t n) {
    if (n > BUFFER_SIZE - sink->used)
        flush(sink);
    return sink->buffer + sink->used;
}

void frem_sink_advance(frem_sink *sink, size_t n) {
    sink->used += n;
}

frem_status frem_sink_close(frem_sink *sink, char *sha256, uint64_t *size, int *error) {
    flush(sink);
    const int closed = sink->owned ? frem_fd_close(sink->fd) : 0;
    if (sink->error == 0)
        sink->error = closed;
    if (sha256 != NULL)
        frem_hash_text(&sink->hash, sha256);
    if (size != NULL)
        *size = sink->size;
    if (error != NULL)
        *error = sink->error;
    frem_status status = sink->error == 0 ? FREM_OK : FREM_UNWRITABLE;
    free(sink);
    return status;
}
