#include "base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/platform.h"

/* Blocks grow from the first size to the last, so that small arenas stay small. */
#define FIRST_BLOCK ((size_t)4096)
#define LAST_BLOCK ((size_t)1 << 20)
/* From this size on a piece starts on a cache line, so that arrays of doubles suit vector loads. */
#define LARGE_PIECE ((size_t)1024)
#define LARGE_ALIGNMENT ((size_t)64)
/* From this size on a block is worth pages larger than the system's usual ones. */
#define LARGE_BLOCK ((size_t)4 << 20)

/* Its bytes follow it. */
typedef struct block {
    struct block *next;
    size_t used;
    size_t size;
    bool zeroed; /* as a whole; else each piece when it is taken */
} block;

struct frem_arena {
    block *blocks; /* the one that is being filled comes first */
    block *spare;  /* of what was cleared */
    size_t next_size;
};

frem_status frem_arena_new(frem_arena **out) {
    *out = calloc(1, sizeof **out);
    if (*out == NULL)
        return FREM_NO_MEMORY;
    (*out)->next_size = FIRST_BLOCK;
    return FREM_OK;
}

static void free_blocks(block *b) {
    for (block *next; b != NULL; b = next) {
        next = b->next;
        free(b);
    }
}

void frem_arena_free(frem_arena *arena) {
    if (arena == NULL)
        return;
    free_blocks(arena->blocks);
    free_blocks(arena->spare);
    free(arena);
}

void frem_arena_clear(frem_arena *arena) {
    for (block *b = arena->blocks, *next; b != NULL; b = next) {
        next = b->next;
        *b = (block){.next = arena->spare, .size = b->size};
        arena->spare = b;
    }
    arena->blocks = NULL;
}

/* What one large piece has to itself often comes from the kernel as zeros that are not touched. */
static block *block_new(size_t size, bool zeroed) {
    if (size > SIZE_MAX - sizeof(block))
        return NULL;
    block *b = zeroed ? calloc(1, sizeof *b + size) : malloc(sizeof *b + size);
    if (b == NULL)
        return NULL;
    if (size >= LARGE_BLOCK)
        frem_memory_large(b, sizeof *b + size);
    *b = (block){.size = size, .zeroed = zeroed};
    return b;
}

/* The place of a piece inside a block, or NULL when it does not fit. Only a text, aligned to 1, is not zeroed. */
static void *block_take(block *b, size_t bytes, size_t alignment) {
    if (b == NULL)
        return NULL;
    uintptr_t at = (uintptr_t)(b + 1) + b->used;
    size_t skip = (size_t)(-at & (uintptr_t)(alignment - 1));
    if (b->size - b->used < skip || b->size - b->used - skip < bytes)
        return NULL;
    char *piece = (char *)(b + 1) + b->used + skip;
    b->used += skip + bytes;
    return b->zeroed || alignment == 1 ? piece : memset(piece, 0, bytes);
}

/* The smallest spare block with room for a piece, out of the list; NULL where there is none. A small piece gets none that a
 * large one had to itself. */
static block *take_spare(frem_arena *arena, size_t bytes, bool alone) {
    block **best = NULL;
    for (block **at = &arena->spare; *at != NULL; at = &(*at)->next)
        if ((*at)->size >= bytes && (alone || (*at)->size <= LAST_BLOCK) &&
            (best == NULL || (*at)->size < (*best)->size))
            best = at;
    if (best == NULL)
        return NULL;
    block *taken = *best;
    *best = taken->next;
    return taken;
}

/* A piece that no block has room for: in a new block, which a large piece has to itself. */
static void *take_anew(frem_arena *arena, size_t bytes, size_t alignment) {
    bool alone = bytes > arena->next_size / 4;
    block *b = take_spare(arena, bytes + alignment, alone);
    if (b == NULL)
        b = block_new(alone ? bytes + alignment : arena->next_size, alone);
    if (b == NULL)
        return NULL;
    if (alone && arena->blocks != NULL) {
        /* Behind the first block, which still has room for small pieces. */
        b->next = arena->blocks->next;
        arena->blocks->next = b;
    } else {
        b->next = arena->blocks;
        arena->blocks = b;
    }
    if (!alone && arena->next_size < LAST_BLOCK)
        arena->next_size *= 2;
    return block_take(b, bytes, alignment);
}

void *frem_arena_owner(frem_arena **out, size_t size) {
    if (frem_arena_new(out) != FREM_OK)
        return NULL;
    void *owner = frem_arena_alloc(*out, 1, size);
    if (owner == NULL) {
        frem_arena_free(*out);
        *out = NULL;
    }
    return owner;
}

void *frem_arena_alloc(frem_arena *arena, size_t count, size_t size) {
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || bytes > SIZE_MAX / 2)
        return NULL;
    if (bytes == 0)
        bytes = 1; /* every piece has an address of its own */
    size_t alignment = bytes >= LARGE_PIECE ? LARGE_ALIGNMENT : alignof(max_align_t);
    void *piece = block_take(arena->blocks, bytes, alignment);
    return piece != NULL ? piece : take_anew(arena, bytes, alignment);
}

char *frem_arena_text(frem_arena *arena, const char *bytes, size_t n) {
    if (n >= SIZE_MAX / 2)
        return NULL;
    char *copy = block_take(arena->blocks, n + 1, 1);
    if (copy == NULL)
        copy = take_anew(arena, n + 1, 1);
    if (copy == NULL)
        return NULL;
    if (n > 0)
        memcpy(copy, bytes, n);
    copy[n] = '\0';
    return copy;
}

char *frem_arena_print(frem_arena *arena, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    char *text = NULL;
    int n = vsnprintf(NULL, 0, format, args);
    if (n >= 0)
        text = frem_arena_alloc(arena, (size_t)n + 1, 1);
    if (text != NULL)
        (void)vsnprintf(text, (size_t)n + 1, format, again);
    va_end(again);
    va_end(args);
    return text;
}

frem_status frem_grow(void **items, size_t *capacity, size_t count, size_t item_size) {
    if (count < *capacity)
        return FREM_OK;
    size_t wanted = *capacity < 8 ? 8 : *capacity;
    while (wanted <= count) {
        if (wanted > SIZE_MAX / 2)
            return FREM_NO_MEMORY;
        wanted *= 2;
    }
    if (item_size > 0 && wanted > SIZE_MAX / item_size)
        return FREM_NO_MEMORY;
    void *grown = realloc(*items, wanted * item_size);
    if (grown == NULL)
        return FREM_NO_MEMORY;
    *items = grown;
    *capacity = wanted;
    return FREM_OK;
}
