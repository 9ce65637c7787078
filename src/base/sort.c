#include "base/sort.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Merges from[first..middle) and from[middle..end), both in order, into to. */
static void merge(const size_t *from, size_t *to, size_t first, size_t middle, size_t end,
                  frem_sort_order order, void *context) {
    size_t left = first, right = middle;
    for (size_t i = first; i < end; i++) {
        const bool take_left =
            left < middle && (right == end || order(from[left], from[right], context) <= 0);
        to[i] = take_left ? from[left++] : from[right++];
    }
}

frem_status frem_sort(size_t *numbers, size_t n, frem_sort_order order, void *context) {
    if (n < 2)
        return FREM_OK;
    size_t *other = n <= SIZE_MAX / sizeof *other ? malloc(n * sizeof *other) : NULL;
    if (other == NULL)
        return FREM_NO_MEMORY;
    size_t *from = numbers, *to = other;
    for (size_t width = 1; width < n; width = width <= n / 2 ? width * 2 : n) {
        for (size_t first = 0, end; first < n; first = end) {
            const size_t middle = width < n - first ? first + width : n;
            end = width < n - middle ? middle + width : n;
            merge(from, to, first, middle, end, order, context);
        }
        size_t *swap = from;
        from = to;
        to = swap;
    }
    if (from != numbers)
        memcpy(numbers, from, n * sizeof *numbers);
    free(other);
    return FREM_OK;
}
