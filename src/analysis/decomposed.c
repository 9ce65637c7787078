/* Shares of causes in the order in which people read them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/decompose.h"

static int by_order(const void *a, const void *b) {
    const frem_decomposed_part *x = a, *y = b;
    if (x->cause.order != y->cause.order)
        return x->cause.order < y->cause.order ? -1 : 1;
    return strcmp(x->cause.key, y->cause.key);
}

frem_status frem_decomposed_take(frem_arena *arena, const frem_causes *causes, const frem_shares *shares,
                                 size_t address, double itself, frem_decomposed *out) {
    const size_t n = causes->n;
    frem_decomposed_part *parts = frem_arena_alloc(arena, n + 1, sizeof *parts);
    if (parts == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < n; i++)
        parts[i] = (frem_decomposed_part){causes->items[i], shares->value[address * n + i],
                                          shares->half[address * n + i]};
    qsort(parts, n, sizeof *parts, by_order);
    out->parts = parts;
    out->n_parts = n;
    if (!isnan(itself)) {
        memmove(parts + 1, parts, n * sizeof *parts);
        parts[0] = (frem_decomposed_part){frem_cause_itself(), itself, 0};
        out->n_parts++;
    }
    out->start = shares->none[address];
    out->end = shares->all[address];
    out->orders = shares->orders;
    return FREM_OK;
}
