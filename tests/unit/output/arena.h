/** @file
 *  An arena for each test.
 */
#ifndef FREM_TESTS_UNIT_OUTPUT_ARENA_H
#define FREM_TESTS_UNIT_OUTPUT_ARENA_H

#include "support/check.h"

#include "base/arena.h"

static frem_arena *arena;

static int begin(void **state) {
    (void)state;
    return frem_arena_new(&arena) == FREM_OK ? 0 : -1;
}

static int end(void **state) {
    (void)state;
    frem_arena_free(arena);
    return 0;
}

#endif
