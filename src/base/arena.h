/** @file
 *  An arena: many small pieces of memory with one lifetime.
 */
#ifndef FREM_BASE_ARENA_H
#define FREM_BASE_ARENA_H

#include <stddef.h>

#include "fremskriv/status.h"

typedef struct frem_arena frem_arena;

/** @param[out] out Owned by the caller. */
FREM_MUST_CHECK frem_status frem_arena_new(frem_arena **out);
/** An arena with a zeroed object in it that is to own it. @return the object; NULL when out of memory, without an arena. */
void *frem_arena_owner(frem_arena **out, size_t size);
/** Frees everything that came from the arena. NULL is fine. */
void frem_arena_free(frem_arena *arena);
/** Forgets everything that came from the arena and keeps its memory for what comes next. */
void frem_arena_clear(frem_arena *arena);
/** Zeroed memory, aligned for any type (64 bytes for pieces of 1024 bytes or more).
 *  @return Borrowed from the arena; NULL when out of memory or when count*size overflows. */
void *frem_arena_alloc(frem_arena *arena, size_t count, size_t size);
/** A copy of n bytes with a terminating NUL. @return Borrowed from the arena; NULL when out of memory. */
char *frem_arena_text(frem_arena *arena, const char *bytes, size_t n);
/** printf into the arena. @return Borrowed from the arena; NULL when out of memory. */
char *frem_arena_print(frem_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Makes room for one more element in a plain growing array (capacity doubles).
 *  @param items the array, from malloc or NULL; moved when it grows; the caller frees it. */
FREM_MUST_CHECK frem_status frem_grow(void **items, size_t *capacity, size_t count, size_t item_size);

#endif
