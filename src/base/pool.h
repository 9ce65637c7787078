/** @file
 *  A pool of worker threads for loops whose items are independent.
 */
#ifndef FREM_BASE_POOL_H
#define FREM_BASE_POOL_H

#include <stddef.h>

#include "fremskriv/status.h"

typedef struct frem_pool frem_pool;
/** One item of a loop. @param worker 0..threads-1, for scratch memory of its own. */
typedef frem_status (*frem_pool_work)(void *context, size_t item, unsigned worker);

/** @param threads 0 for as many as the machine lets the process use. Threads start at the first loop that has
 *  more than one item; a pool of one thread starts none. */
FREM_MUST_CHECK frem_status frem_pool_new(frem_pool **out, unsigned threads);
/** NULL is fine. */
void frem_pool_free(frem_pool *pool);
unsigned frem_pool_threads(const frem_pool *pool);
/** Runs work for items 0..n-1, the caller's thread taking part, and returns when all are done. After a failure
 *  no new item is started; the status of the lowest failed item is returned, the same for any number of threads.
 *  A NULL pool runs them in order. One loop at a time: neither from inside a loop nor from two threads at once. */
FREM_MUST_CHECK frem_status frem_pool_each(frem_pool *pool, size_t n, frem_pool_work work, void *context);

#endif
