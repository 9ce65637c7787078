#include "support/check.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"

static void test_pieces_are_zero_aligned_and_apart(void **state) {
    (void)state;
    frem_arena *arena = NULL;
    assert_int_equal(frem_arena_new(&arena), FREM_OK);
    unsigned char *pieces[500];
    size_t sizes[500];
    for (size_t i = 0; i < 500; i++) {
        sizes[i] = 1 + i * 37 % 3000;
        pieces[i] = frem_arena_alloc(arena, sizes[i], 1);
        assert_non_null(pieces[i]);
        assert_int_equal((uintptr_t)pieces[i] % (sizes[i] >= 1024 ? 64 : 16), 0);
        for (size_t k = 0; k < sizes[i]; k++)
            assert_int_equal(pieces[i][k], 0);
        memset(pieces[i], (int)(i % 251) + 1, sizes[i]);
    }
    /* Nothing has overwritten anything. */
    for (size_t i = 0; i < 500; i++)
        for (size_t k = 0; k < sizes[i]; k++)
            assert_int_equal(pieces[i][k], i % 251 + 1);
    frem_arena_free(arena);
}

/* Memory that had another use before: small pieces, which share a block, and large ones, which have their own. */
static void test_pieces_of_used_memory_are_zero(void **state) {
    (void)state;
    for (int round = 0; round < 3; round++) {
        frem_arena *arena = NULL;
        assert_int_equal(frem_arena_new(&arena), FREM_OK);
        for (size_t i = 0; i < 300; i++) {
            size_t size = i % 50 == 49 ? 20000 : 8 + i;
            unsigned char *piece = frem_arena_alloc(arena, size, 1);
            assert_non_null(piece);
            for (size_t k = 0; k < size; k++)
                assert_int_equal(piece[k], 0);
            memset(piece, 0xA5, size);
            static const char *const texts[] = {"", "o", "od", "odd"};
            assert_text(frem_arena_text(arena, "odd", i % 4), texts[i % 4]);
        }
        frem_arena_free(arena);
    }
}

/* Small pieces, large ones and texts, the same each time. @return the addresses together. */
static uintptr_t fill_and_dirty(frem_arena *arena) {
    uintptr_t places = 0;
    for (size_t i = 0; i < 400; i++) {
        size_t size = i % 50 == 49 ? 3000000 + i : 8 + i * 7 % 2000;
        unsigned char *piece = frem_arena_alloc(arena, size, 1);
        assert_non_null(piece);
        assert_int_equal((uintptr_t)piece % (size >= 1024 ? 64 : 16), 0);
        for (size_t k = 0; k < size; k++)
            assert_int_equal(piece[k], 0);
        memset(piece, 0xA5, size);
        places = places * 31 + (uintptr_t)piece;
        assert_text(frem_arena_text(arena, "odd", 3), "odd");
    }
    return places;
}

static void test_a_cleared_arena_gives_zeros_in_the_memory_that_it_has(void **state) {
    (void)state;
    frem_arena *arena = NULL;
    assert_int_equal(frem_arena_new(&arena), FREM_OK);
    (void)fill_and_dirty(arena);
    frem_arena_clear(arena);
    uintptr_t second = fill_and_dirty(arena);
    for (int i = 0; i < 3; i++) {
        frem_arena_clear(arena);
        uintptr_t again = fill_and_dirty(arena);
        frem_arena_clear(arena);
        assert_true(fill_and_dirty(arena) == again || again == second); /* no new memory is taken */
    }
    frem_arena_clear(arena);
    frem_arena_free(arena);
}

static void test_large_piece_keeps_the_small_block(void **state) {
    (void)state;
    frem_arena *arena = NULL;
    assert_int_equal(frem_arena_new(&arena), FREM_OK);
    char *first = frem_arena_alloc(arena, 16, 1);
    double *large = frem_arena_alloc(arena, 1 << 20, sizeof(double));
    char *second = frem_arena_alloc(arena, 16, 1);
    assert_non_null(large);
    assert_int_equal((uintptr_t)large % 64, 0);
    large[(1 << 20) - 1] = 1.0;
    assert_ptr_equal(second, first + 16);
    frem_arena_free(arena);
}

static void test_overflow_is_refused(void **state) {
    (void)state;
    frem_arena *arena = NULL;
    assert_int_equal(frem_arena_new(&arena), FREM_OK);
    assert_null(frem_arena_alloc(arena, SIZE_MAX / 4, 8));
    assert_null(frem_arena_alloc(arena, SIZE_MAX, 1));
    assert_null(frem_arena_text(arena, "x", SIZE_MAX));
    /* No bytes are still a piece of their own. */
    char *a = frem_arena_alloc(arena, 0, 8), *b = frem_arena_alloc(arena, 0, 8);
    assert_non_null(a);
    assert_ptr_not_equal(a, b);
    frem_arena_free(arena);
    frem_arena_free(NULL);
}

static void test_texts(void **state) {
    (void)state;
    frem_arena *arena = NULL;
    assert_int_equal(frem_arena_new(&arena), FREM_OK);
    assert_text(frem_arena_text(arena, "pædagog", 3), "pæ");
    assert_text(frem_arena_text(arena, NULL, 0), "");
    assert_text(frem_arena_print(arena, "%s in %d", "demand", 2018), "demand in 2018");
    frem_arena_free(arena);
}

static void test_grow_doubles_and_keeps(void **state) {
    (void)state;
    int *items = NULL;
    void *raw = NULL;
    size_t capacity = 0, growths = 0;
    for (size_t count = 0; count < 1000; count++) {
        size_t before = capacity;
        assert_int_equal(frem_grow(&raw, &capacity, count, sizeof *items), FREM_OK);
        growths += capacity != before;
        items = raw;
        items[count] = (int)count;
    }
    for (int i = 0; i < 1000; i++)
        assert_int_equal(items[i], i);
    assert_int_equal(capacity, 1024);
    assert_int_equal(growths, 8); /* 8, 16, ..., 1024 */
    assert_int_equal(frem_grow(&raw, &capacity, SIZE_MAX / 2 + 1, 1), FREM_NO_MEMORY);
    assert_int_equal(items[999], 999);
    free(raw);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pieces_are_zero_aligned_and_apart),
        cmocka_unit_test(test_pieces_of_used_memory_are_zero),
        cmocka_unit_test(test_a_cleared_arena_gives_zeros_in_the_memory_that_it_has),
        cmocka_unit_test(test_large_piece_keeps_the_small_block),
        cmocka_unit_test(test_overflow_is_refused),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_grow_doubles_and_keeps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
