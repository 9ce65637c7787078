#include "base/pool.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/platform.h"

typedef struct worker {
    frem_pool *pool;
    frem_thread *thread;
    unsigned number;
} worker;

struct frem_pool {
    unsigned threads;
    frem_mutex *lock;
    frem_condition *begun;    /* a loop has begun, or the pool ends */
    frem_condition *finished; /* the last worker has left the loop */
    worker *workers;          /* threads - 1; the caller is worker 0 */
    unsigned started;
    unsigned busy;  /* workers inside the loop; under the lock, as all that follows */
    uint64_t loops; /* begun so far: a worker sees by it that there is a new one */
    bool ending;
    /* The loop. */
    frem_pool_work work;
    void *context;
    size_t n;
    atomic_size_t next; /* items are taken in order, without the lock */
    atomic_bool failed;
    size_t failed_item;
    frem_status status;
};

static void free_pool(frem_pool *pool) {
    frem_condition_free(pool->finished);
    frem_condition_free(pool->begun);
    frem_mutex_free(pool->lock);
    free(pool->workers);
    free(pool);
}

frem_status frem_pool_new(frem_pool **out, unsigned threads) {
    *out = NULL;
    frem_pool *pool = calloc(1, sizeof *pool);
    if (pool == NULL)
        return FREM_NO_MEMORY;
    pool->threads = threads == 0 ? frem_processors() : threads;
    pool->workers = calloc(pool->threads, sizeof *pool->workers);
    pool->lock = frem_mutex_new();
    pool->begun = frem_condition_new();
    pool->finished = frem_condition_new();
    if (pool->workers == NULL || pool->lock == NULL || pool->begun == NULL || pool->finished == NULL) {
        free_pool(pool);
        return FREM_NO_MEMORY;
    }
    *out = pool;
    return FREM_OK;
}

void frem_pool_free(frem_pool *pool) {
    if (pool == NULL)
        return;
    frem_mutex_lock(pool->lock);
    pool->ending = true;
    frem_condition_wake_all(pool->begun);
    frem_mutex_unlock(pool->lock);
    for (unsigned i = 0; i < pool->started; i++)
        frem_thread_join(pool->workers[i].thread);
    free_pool(pool);
}

unsigned frem_pool_threads(const frem_pool *pool) {
    return pool == NULL ? 1 : pool->threads;
}

/* Takes items until none is left. Items are taken in order and every taken one is finished, so the lowest failed
 * item is the same for any number of threads. */
static void run_items(frem_pool *pool, unsigned number) {
    while (!atomic_load(&pool->failed)) {
        size_t item = atomic_fetch_add(&pool->next, 1);
        if (item >= pool->n)
            return;
        frem_status status = pool->work(pool->context, item, number);
        if (status == FREM_OK)
            continue;
        frem_mutex_lock(pool->lock);
        if (!atomic_load(&pool->failed) || item < pool->failed_item) {
            pool->failed_item = item;
            pool->status = status;
        }
        atomic_store(&pool->failed, true);
        frem_mutex_unlock(pool->lock);
    }
}

static void worker_main(void *argument) {
    worker *self = argument;
    frem_pool *pool = self->pool;
    uint64_t seen = 0;
    frem_mutex_lock(pool->lock);
    for (;;) {
        while (!pool->ending && pool->loops == seen)
            frem_condition_wait(pool->begun, pool->lock);
        if (pool->ending)
            break;
        seen = pool->loops;
        if (pool->work == NULL)
            continue; /* woke after the others had finished the loop */
        pool->busy++;
        frem_mutex_unlock(pool->lock);
        run_items(pool, self->number);
        frem_mutex_lock(pool->lock);
        if (--pool->busy == 0)
            frem_condition_wake_one(pool->finished);
    }
    frem_mutex_unlock(pool->lock);
}

/* Starts threads up to the number that n items can use; where the system gives no more, fewer do the work. */
static void start_workers(frem_pool *pool, size_t n) {
    const size_t wanted = n - 1 < pool->threads - 1 ? n - 1 : pool->threads - 1;
    while (pool->started < wanted) {
        worker *next = &pool->workers[pool->started];
        next->pool = pool;
        next->number = pool->started + 1;
        next->thread = frem_thread_new(worker_main, next);
        if (next->thread == NULL)
            return;
        pool->started++;
    }
}

static frem_status run_in_order(size_t n, frem_pool_work work, void *context) {
    frem_status status = FREM_OK;
    for (size_t item = 0; item < n && status == FREM_OK; item++)
        status = work(context, item, 0);
    return status;
}

frem_status frem_pool_each(frem_pool *pool, size_t n, frem_pool_work work, void *context) {
    if (pool == NULL || pool->threads == 1 || n <= 1)
        return run_in_order(n, work, context);
    start_workers(pool, n);
    frem_mutex_lock(pool->lock);
    pool->work = work;
    pool->context = context;
    pool->n = n;
    atomic_store(&pool->next, 0);
    atomic_store(&pool->failed, false);
    pool->status = FREM_OK;
    pool->loops++;
    frem_condition_wake_all(pool->begun);
    frem_mutex_unlock(pool->lock);

    run_items(pool, 0);

    frem_mutex_lock(pool->lock);
    while (pool->busy > 0)
        frem_condition_wait(pool->finished, pool->lock);
    pool->work = NULL;
    frem_status status = pool->status;
    frem_mutex_unlock(pool->lock);
    return status;
}
