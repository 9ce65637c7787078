/** @file
 *  Sorting numbers of things by a comparison that needs more than the two, which the C library's qsort() has no way for.
 */
#ifndef FREM_BASE_SORT_H
#define FREM_BASE_SORT_H

#include <stddef.h>

#include "fremskriv/status.h"

/** @return below 0, 0 or above 0: the order of two numbers. */
typedef int (*frem_sort_order)(size_t a, size_t b, void *context);

/** Sorts numbers in place; those of equal order stay as they were. @return FREM_NO_MEMORY, with the numbers unsorted. */
FREM_MUST_CHECK frem_status frem_sort(size_t *numbers, size_t n, frem_sort_order order, void *context);

#endif
