#include "base/pool.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct worker {
    frem_pool *pool;
    pthread_t thread;
    unsigned number;
} worker;

struct frem_pool {
    unsigned threads;
    pthread_mutex_t lock;
    pthread_cond_t begun;    /* a loop has begun, or the pool ends */
    pthread_cond_t finished; /* the last worker has left the loop */
    worker *workers;         /* threads - 1; the caller is worker 0 */
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

static unsigned machine_threads(void) {
    cpu_set_t allowed;
    long n = 0;
    if (sched_getaffinity(0, sizeof allowed, &allowed) == 0)
        n = CPU_COUNT(&allowed);
    if (n < 1) /* more processors than the set has room for */
        n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : (unsigned)n;
}

frem_status frem_pool_new(frem_pool **out, unsigned threads) {
    *out = NULL;
    frem_pool *pool = calloc(1, sizeof *pool);
    if (pool == NULL)
        return FREM_NO_MEMORY;
    pool->threads = threads == 0 ? machine_threads() : threads;
    pool->workers = calloc(pool->threads, sizeof *pool->workers);
    if (pool->workers == NULL) {
        free(pool);
        return FREM_NO_MEMORY;
    }
    /* With default attributes glibc's initialisers can't fail. */
    (void)pthread_mutex_init(&pool->lock, NULL);
    (void)pthread_cond_init(&pool->begun, NULL);
    (void)pthread_cond_init(&pool->finished, NULL);
    *out = pool;
    return FREM_OK;
}

void frem_pool_free(frem_pool *pool) {
    if (pool == NULL)
        return;
    (void)pthread_mutex_lock(&pool->lock);
    pool->ending = true;
    (void)pthread_cond_broadcast(&pool->begun);
    (void)pthread_mutex_unlock(&pool->lock);
    for (unsigned i = 0; i < pool->started; i++)
        (void)pthread_join(pool->workers[i].thread, NULL);
    (void)pthread_cond_destroy(&pool->finished);
    (void)pthread_cond_destroy(&pool->begun);
    (void)pthread_mutex_destroy(&pool->lock);
    free(pool->workers);
    free(pool);
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
        (void)pthread_mutex_lock(&pool->lock);
        if (!atomic_load(&pool->failed) || item < pool->failed_item) {
            pool->failed_item = item;
            pool->status = status;
        }
        atomic_store(&pool->failed, true);
        (void)pthread_mutex_unlock(&pool->lock);
    }
}

static void *worker_main(void *argument) {
    worker *self = argument;
    frem_pool *pool = self->pool;
    uint64_t seen = 0;
    (void)pthread_mutex_lock(&pool->lock);
    for (;;) {
        while (!pool->ending && pool->loops == seen)
            (void)pthread_cond_wait(&pool->begun, &pool->lock);
        if (pool->ending)
            break;
        seen = pool->loops;
        if (pool->work == NULL)
            continue; /* woke after the others had finished the loop */
        pool->busy++;
        (void)pthread_mutex_unlock(&pool->lock);
        run_items(pool, self->number);
        (void)pthread_mutex_lock(&pool->lock);
        if (--pool->busy == 0)
            (void)pthread_cond_signal(&pool->finished);
    }
    (void)pthread_mutex_unlock(&pool->lock);
    return NULL;
}

/* Starts threads up to the number that n items can use; where the system gives no more, fewer do the work. They
 * take no signals: those belong to the program's own threads. */
static void start_workers(frem_pool *pool, size_t n) {
    sigset_t all, before;
    size_t wanted = n - 1 < pool->threads - 1 ? n - 1 : pool->threads - 1;
    if (pool->started >= wanted)
        return;
    (void)sigfillset(&all);
    if (pthread_sigmask(SIG_SETMASK, &all, &before) != 0)
        return;
    while (pool->started < wanted) {
        worker *next = &pool->workers[pool->started];
        next->pool = pool;
        next->number = pool->started + 1;
        if (pthread_create(&next->thread, NULL, worker_main, next) != 0)
            break;
        pool->started++;
    }
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
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
    (void)pthread_mutex_lock(&pool->lock);
    pool->work = work;
    pool->context = context;
    pool->n = n;
    atomic_store(&pool->next, 0);
    atomic_store(&pool->failed, false);
    pool->status = FREM_OK;
    pool->loops++;
    (void)pthread_cond_broadcast(&pool->begun);
    (void)pthread_mutex_unlock(&pool->lock);

    run_items(pool, 0);

    (void)pthread_mutex_lock(&pool->lock);
    while (pool->busy > 0)
        (void)pthread_cond_wait(&pool->finished, &pool->lock);
    pool->work = NULL;
    frem_status status = pool->status;
    (void)pthread_mutex_unlock(&pool->lock);
    return status;
}
