#include "support/check.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>

#include "base/pool.h"

#define ITEMS 20000
#define THREADS 4

typedef struct loop {
    atomic_int seen[ITEMS];
    atomic_size_t workers[THREADS];
    atomic_size_t begun;
    size_t fail_from; /* every item from here on fails */
    unsigned threads;
    atomic_int wrong_worker;
    atomic_int open_signals;
} loop;

static frem_status work(void *context, size_t item, unsigned worker) {
    loop *l = context;
    atomic_fetch_add(&l->begun, 1);
    atomic_fetch_add(&l->seen[item], 1);
    if (worker >= l->threads) {
        atomic_store(&l->wrong_worker, 1);
        return FREM_DEFECT;
    }
    atomic_fetch_add(&l->workers[worker], 1);
    sigset_t blocked;
    if (worker > 0 && (pthread_sigmask(SIG_BLOCK, NULL, &blocked) != 0 || !sigismember(&blocked, SIGINT)))
        atomic_store(&l->open_signals, 1);
    if (item < l->fail_from)
        return FREM_OK;
    return item == l->fail_from ? FREM_NO_SOLUTION : FREM_DEFECT;
}

static loop shared;

static loop *loop_new(unsigned threads) {
    memset(&shared, 0, sizeof shared);
    shared.fail_from = SIZE_MAX;
    shared.threads = threads;
    return &shared;
}

static void test_each_item_once(void **state) {
    (void)state;
    static const unsigned threads[] = {1, 2, 4};
    for (size_t t = 0; t < 3; t++) {
        frem_pool *pool = NULL;
        assert_int_equal(frem_pool_new(&pool, threads[t]), FREM_OK);
        assert_int_equal(frem_pool_threads(pool), threads[t]);
        for (int round = 0; round < 5; round++) {
            loop *l = loop_new(threads[t]);
            assert_int_equal(frem_pool_each(pool, ITEMS, work, l), FREM_OK);
            for (size_t i = 0; i < ITEMS; i++)
                assert_int_equal(atomic_load(&l->seen[i]), 1);
            size_t done = 0;
            for (size_t i = 0; i < THREADS; i++)
                done += atomic_load(&l->workers[i]);
            assert_int_equal(done, ITEMS);
            assert_int_equal(atomic_load(&l->wrong_worker), 0);
            assert_int_equal(atomic_load(&l->open_signals), 0);
        }
        frem_pool_free(pool);
    }
}

/* The lowest failed item decides, for any number of threads; far fewer than all items are begun. */
static void test_lowest_failure(void **state) {
    (void)state;
    for (unsigned threads = 1; threads <= THREADS; threads++)
        for (int round = 0; round < 200; round++) {
            frem_pool *pool = NULL;
            loop *l = loop_new(threads);
            l->fail_from = 10;
            assert_int_equal(frem_pool_new(&pool, threads), FREM_OK);
            assert_int_equal(frem_pool_each(pool, ITEMS, work, l), FREM_NO_SOLUTION);
            assert_true(atomic_load(&l->begun) <= 10 + threads);
            /* And the pool is as good as new. */
            l->fail_from = SIZE_MAX;
            assert_int_equal(frem_pool_each(pool, 50, work, l), FREM_OK);
            frem_pool_free(pool);
        }
}

static void test_small_loops(void **state) {
    (void)state;
    frem_pool *pool = NULL;
    assert_int_equal(frem_pool_new(&pool, 4), FREM_OK);
    for (size_t n = 0; n < 300; n++) { /* also more threads than items, and workers that wake too late */
        loop *l = loop_new(4);
        assert_int_equal(frem_pool_each(pool, n % 6, work, l), FREM_OK);
        for (size_t i = 0; i < 10; i++)
            assert_int_equal(atomic_load(&l->seen[i]), i < n % 6);
    }
    frem_pool_free(pool);
    frem_pool_free(NULL);
}

/* Two workers that wait for each other: they do run at the same time. */
static frem_status meet(void *context, size_t item, unsigned worker) {
    (void)item;
    (void)worker;
    (void)pthread_barrier_wait(context);
    return FREM_OK;
}

static void test_threads_run_together(void **state) {
    (void)state;
    frem_pool *pool = NULL;
    pthread_barrier_t barrier;
    assert_int_equal(pthread_barrier_init(&barrier, NULL, 3), 0);
    assert_int_equal(frem_pool_new(&pool, 3), FREM_OK);
    for (int i = 0; i < 20; i++)
        assert_int_equal(frem_pool_each(pool, 3, meet, &barrier), FREM_OK);
    frem_pool_free(pool);
    assert_int_equal(pthread_barrier_destroy(&barrier), 0);
}

typedef struct order {
    size_t next;
} order;

static frem_status in_order(void *context, size_t item, unsigned worker) {
    order *o = context;
    if (item != o->next++ || worker != 0)
        return FREM_DEFECT;
    return item == 7 ? FREM_INVALID : FREM_OK;
}

static void test_no_pool(void **state) {
    (void)state;
    order o = {0};
    assert_int_equal(frem_pool_threads(NULL), 1);
    assert_int_equal(frem_pool_each(NULL, 7, in_order, &o), FREM_OK);
    o.next = 0;
    assert_int_equal(frem_pool_each(NULL, 100, in_order, &o), FREM_INVALID);
    assert_int_equal(o.next, 8);
}

static void test_as_many_as_the_machine(void **state) {
    (void)state;
    frem_pool *pool = NULL;
    assert_int_equal(frem_pool_new(&pool, 0), FREM_OK);
    assert_true(frem_pool_threads(pool) >= 1);
    frem_pool_free(pool);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_item_once), cmocka_unit_test(test_lowest_failure),
        cmocka_unit_test(test_small_loops),    cmocka_unit_test(test_threads_run_together),
        cmocka_unit_test(test_no_pool),        cmocka_unit_test(test_as_many_as_the_machine),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
