/** @file
 *  An index: names in order, found by name. Regions, professions, sectors and table keys use it.
 */
#ifndef FREM_BASE_INDEX_H
#define FREM_BASE_INDEX_H

#include <stddef.h>

#include "fremskriv/status.h"

typedef struct frem_index frem_index;

/** @param[out] out Owned by the caller. */
FREM_MUST_CHECK frem_status frem_index_new(frem_index **out);
/** NULL is fine. */
void frem_index_free(frem_index *index);
/** Adds a name (copied, compared in NFC) unless it is there; either way *ordinal is its place. ordinal may be
 * NULL. The caller sees a duplicate by comparing frem_index_count() before and after. */
FREM_MUST_CHECK frem_status frem_index_add(frem_index *index, const char *name, size_t n, size_t *ordinal);
/** @return the place of a name, or -1. */
ptrdiff_t frem_index_find(const frem_index *index, const char *name, size_t n);
size_t frem_index_count(const frem_index *index);
/** @return Borrowed until the index is freed; NUL-terminated. */
const char *frem_index_name(const frem_index *index, size_t ordinal);
/** All names, for frem_nearest(). @return Borrowed until the next addition. */
const char *const *frem_index_names(const frem_index *index);

#endif
