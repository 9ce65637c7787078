#include "base/index.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/text.h"

/* Slots of the hash table, a power of two; at most half of them are taken. */
#define FIRST_SLOTS ((size_t)16)

struct frem_index {
    frem_arena *arena;
    const char **names;
    size_t count;
    size_t capacity;
    size_t *lengths; /* of the names, in bytes */
    size_t lengths_capacity;
    size_t *slots; /* ordinal + 1; 0 is free */
    size_t n_slots;
    size_t first_slots[FIRST_SLOTS]; /* those of a small index */
};

frem_status frem_index_new(frem_index **out) {
    *out = NULL;
    frem_index *index = calloc(1, sizeof *index);
    if (index == NULL)
        return FREM_NO_MEMORY;
    index->n_slots = FIRST_SLOTS;
    index->slots = index->first_slots;
    if (frem_arena_new(&index->arena) != FREM_OK) {
        frem_index_free(index);
        return FREM_NO_MEMORY;
    }
    *out = index;
    return FREM_OK;
}

static void slots_free(frem_index *index) {
    if (index->slots != index->first_slots)
        free(index->slots);
}

void frem_index_free(frem_index *index) {
    if (index == NULL)
        return;
    frem_arena_free(index->arena);
    free(index->names);
    free(index->lengths);
    slots_free(index);
    free(index);
}

/* FNV-1a, 64 bits. */
static size_t hash(const char *bytes, size_t n) {
    uint64_t h = UINT64_C(14695981039346656037);
    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)bytes[i]) * UINT64_C(1099511628211);
    return (size_t)(h ^ (h >> 32));
}

/* The slot that holds a name in NFC, or the free one where it belongs. */
static size_t slot_of(const frem_index *index, const char *name, size_t n) {
    size_t slot = hash(name, n) & (index->n_slots - 1);
    for (; index->slots[slot] != 0; slot = (slot + 1) & (index->n_slots - 1)) {
        size_t ordinal = index->slots[slot] - 1;
        if (index->lengths[ordinal] == n && memcmp(index->names[ordinal], name, n) == 0)
            break;
    }
    return slot;
}

static frem_status slots_double(frem_index *index) {
    size_t n_slots = index->n_slots * 2;
    size_t *slots = calloc(n_slots, sizeof *slots);
    if (slots == NULL)
        return FREM_NO_MEMORY;
    slots_free(index);
    index->slots = slots;
    index->n_slots = n_slots;
    for (size_t i = 0; i < index->count; i++)
        index->slots[slot_of(index, index->names[i], index->lengths[i])] = i + 1;
    return FREM_OK;
}

/* Room for one more name in all of the arrays. */
static frem_status index_reserve(frem_index *index) {
    void *names = index->names, *lengths = index->lengths;
    frem_status status = frem_grow(&names, &index->capacity, index->count, sizeof *index->names);
    index->names = names;
    if (status == FREM_OK)
        status = frem_grow(&lengths, &index->lengths_capacity, index->count, sizeof *index->lengths);
    index->lengths = lengths;
    if (status == FREM_OK && (index->count + 1) * 2 > index->n_slots)
        status = slots_double(index);
    return status;
}

static frem_status add_nfc(frem_index *index, const char *name, size_t n, size_t *ordinal) {
    frem_status status = index_reserve(index);
    if (status != FREM_OK)
        return status;
    size_t slot = slot_of(index, name, n);
    if (index->slots[slot] == 0) {
        const char *copy = frem_arena_text(index->arena, name, n);
        if (copy == NULL)
            return FREM_NO_MEMORY;
        index->names[index->count] = copy;
        index->lengths[index->count] = n;
        index->slots[slot] = ++index->count;
    }
    if (ordinal != NULL)
        *ordinal = index->slots[slot] - 1;
    return FREM_OK;
}

/* A name that is not NFC at first sight, brought to NFC in an arena of its own, which the caller frees. */
static const char *to_nfc(const char *name, size_t n, frem_arena **arena) {
    return frem_arena_new(arena) == FREM_OK ? frem_nfc(*arena, name, n) : NULL;
}

frem_status frem_index_add(frem_index *index, const char *name, size_t n, size_t *ordinal) {
    /* A NUL cuts a name short in NFC's plain text; such names are no UTF-8 and are kept as they are. */
    if (frem_nfc_plain(name, n) || !frem_utf8_valid(name, n, NULL))
        return add_nfc(index, name, n, ordinal);
    frem_arena *arena = NULL;
    const char *nfc = to_nfc(name, n, &arena);
    frem_status status = nfc == NULL ? FREM_NO_MEMORY : add_nfc(index, nfc, strlen(nfc), ordinal);
    frem_arena_free(arena);
    return status;
}

static ptrdiff_t find_nfc(const frem_index *index, const char *name, size_t n) {
    size_t held = index->slots[slot_of(index, name, n)];
    return held == 0 ? -1 : (ptrdiff_t)(held - 1);
}

ptrdiff_t frem_index_find(const frem_index *index, const char *name, size_t n) {
    if (frem_nfc_plain(name, n) || !frem_utf8_valid(name, n, NULL))
        return find_nfc(index, name, n);
    frem_arena *arena = NULL;
    const char *nfc = to_nfc(name, n, &arena);
    ptrdiff_t found = nfc == NULL ? -1 : find_nfc(index, nfc, strlen(nfc));
    frem_arena_free(arena);
    return found;
}

size_t frem_index_count(const frem_index *index) {
    return index->count;
}

const char *frem_index_name(const frem_index *index, size_t ordinal) {
    return ordinal < index->count ? index->names[ordinal] : NULL;
}

const char *const *frem_index_names(const frem_index *index) {
    return index->names;
}
