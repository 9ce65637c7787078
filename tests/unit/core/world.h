/** @file
 *  A small world to project and work out by hand, and results compared bit by bit.
 */
#ifndef FREM_TESTS_UNIT_CORE_WORLD_H
#define FREM_TESTS_UNIT_CORE_WORLD_H

#include <stdio.h>
#include <string.h>

#include "core/core.h"
#include "support/check.h"

#define WORLD_MOST 4

/** A world of one sex and no parts; a test switches on what it is about. */
typedef struct world {
    frem_arena *arena;
    frem_core_inputs in;
    frem_core_profession professions[WORLD_MOST];
    frem_core_programme programmes[WORLD_MOST];
    frem_core_upgrade upgrades[WORLD_MOST];
    frem_core_sector sectors[WORLD_MOST];
    frem_core_group groups[WORLD_MOST];
    frem_core_results *out;
} world;

static inline void world_begin(world *w, size_t steps, size_t regions, size_t ages) {
    *w = (world){.in = {.lanes = 1, .steps = steps, .regions = regions, .sexes = 1, .ages = ages}};
    assert_int_equal(frem_arena_new(&w->arena), FREM_OK);
    w->in.oldest_share_index = ages;
    w->in.oldest_open = true;
    w->in.professions = w->professions;
    w->in.n_professions = 1;
    w->in.programmes = w->programmes;
    w->in.upgrades = w->upgrades;
    w->in.sectors = w->sectors;
    w->in.groups = w->groups;
    w->professions[0].has_stock = true;
}

static inline void world_end(world *w) {
    frem_arena_free(w->arena);
}

/** The same numbers in all lanes. */
static inline frem_lanes given(const double *at) {
    return (frem_lanes){at, false};
}

static inline frem_grid by_cell(const double *at) {
    return (frem_grid){given(at), 0, 0, 1};
}

static inline frem_grid by_step(const double *at) {
    return (frem_grid){given(at), 1, 0, 0};
}

static inline frem_grid by_region(const double *at) {
    return (frem_grid){given(at), 0, 1, 0};
}

static inline frem_grid by_region_and_cell(const double *at, size_t cells) {
    return (frem_grid){given(at), 0, cells, 1};
}

/** Fails unless n numbers of a lane of `many` are the bits of `one`, which has one lane. */
static inline void assert_same_bits(const double *one, const double *many, size_t n, size_t lanes,
                                    size_t lane, const char *what) {
    for (size_t i = 0; i < n; i++)
        if (memcmp(&one[i], &many[i * lanes + lane], sizeof one[i]) != 0)
            fail_msg("%s, number %zu of lane %zu of %zu: %.17g, expected %.17g", what, i, lane, lanes,
                     many[i * lanes + lane], one[i]);
}

/** Fails unless a lane of `many` has the bits of `one`, which has one lane. */
static inline void assert_same_lane(const frem_core_inputs *in, const frem_core_results *one,
                                    const frem_core_results *many, size_t lane) {
    size_t lanes = many->lanes, areas = one->areas, steps = one->steps, sectors = one->sectors;
    size_t professions = one->professions, programmes = one->programmes;
    assert_same_bits(one->measures, many->measures, professions * areas * FREM_CORE_MEASURES * steps, lanes,
                     lane, "measures");
    assert_same_bits(one->sector_demand, many->sector_demand, professions * areas * sectors * steps, lanes,
                     lane, "sector_demand");
    if (one->sector_unfilled != NULL)
        assert_same_bits(one->sector_unfilled, many->sector_unfilled, professions * areas * sectors * steps,
                         lanes, lane, "sector_unfilled");
    assert_same_bits(one->upgrade_courses, many->upgrade_courses,
                     one->upgrades * FREM_COURSE_MEASURES * one->regions * steps, lanes, lane,
                     "upgrade_courses");
    assert_same_bits(one->users, many->users, areas * sectors * steps, lanes, lane, "users");
    if (one->floors != NULL && many->floors != NULL)
        assert_same_bits(one->floors, many->floors, areas * sectors * FREM_FLOOR_MEASURES * steps, lanes,
                         lane, "floors");
    assert_same_bits(one->index, many->index, one->regions * sectors * steps, lanes, lane, "index");
    assert_same_bits(one->courses, many->courses, programmes * FREM_COURSE_MEASURES * steps, lanes, lane,
                     "courses");
    assert_same_bits(one->course_stages, many->course_stages, programmes * one->max_stages * 2 * steps, lanes,
                     lane, "course_stages");
    assert_same_bits(one->scale, many->scale, professions * one->regions, lanes, lane, "scale");
    if (one->cells != NULL && many->cells != NULL)
        assert_same_bits(one->cells, many->cells,
                         professions * (areas - one->regions) * steps * in->sexes * in->ages, lanes, lane,
                         "cells");
}

/** Projects with one lane; every instruction set that this machine has, and the wide kernel, must give the
 * same. */
static inline void world_project(world *w) {
    static const size_t widths[] = {1, FREM_LANES, 2 * FREM_LANES};
    assert_int_equal(frem_core_results_new(&w->in, true, w->arena, &w->out), FREM_OK);
    assert_int_equal(frem_core_project(&w->in, NULL, FREM_ISA_PLAIN, w->out), FREM_OK);
    for (int isa = 0; isa < FREM_ISA_COUNT; isa++)
        for (size_t i = 0; i < sizeof widths / sizeof *widths && frem_isa_here((frem_isa)isa); i++) {
            frem_core_inputs in = w->in;
            frem_core_results *out = NULL;
            in.lanes = widths[i];
            assert_int_equal(frem_core_results_new(&in, true, w->arena, &out), FREM_OK);
            assert_int_equal(frem_core_project(&in, NULL, (frem_isa)isa, out), FREM_OK);
            for (size_t lane = 0; lane < in.lanes; lane++)
                assert_same_lane(&in, w->out, out, lane);
        }
}

static inline void world_check(const double *actual, const double *expected, size_t n, const char *what,
                               const char *file, int line) {
    for (size_t t = 0; t < n; t++) {
        char name[120];
        (void)snprintf(name, sizeof name, "%s in step %zu", what, t);
        frem_check_close(actual[t], expected[t], 1e-9, name, file, line);
    }
}

/** Numbers in a row of a result with one lane, from step 0 on. */
#define assert_row(actual, ...)                                                                              \
    world_check((actual), (const double[]){__VA_ARGS__},                                                     \
                sizeof((const double[]){__VA_ARGS__}) / sizeof(double), #actual, __FILE__, __LINE__)

/** A measure of a profession and area, year by year. */
#define assert_measure(w, p, area, m, ...)                                                                   \
    world_check((w)->out->measures + frem_core_at((w)->out, (p), (area), (m), 0),                            \
                (const double[]){__VA_ARGS__}, sizeof((const double[]){__VA_ARGS__}) / sizeof(double), #m,   \
                __FILE__, __LINE__)

/** Stock by cell of the sum over all regions (area = number of groups) or of a group. @return one lane's
 * cells */
static inline const double *world_cells(const world *w, size_t p, size_t group, size_t t) {
    size_t cells = w->in.sexes * w->in.ages, areas = w->in.n_groups + 1;
    return w->out->cells + ((p * areas + group) * w->in.steps + t) * cells;
}

static inline const double *world_course(const world *w, size_t k, frem_core_course_measure m) {
    return w->out->courses + (k * FREM_COURSE_MEASURES + (size_t)m) * w->in.steps;
}

/** @param which 0 students, 1 dropouts */
static inline const double *world_stage(const world *w, size_t k, size_t stage, size_t which) {
    return w->out->course_stages + ((k * w->out->max_stages + stage) * 2 + which) * w->in.steps;
}

static inline const double *world_sector(const world *w, size_t p, size_t area, size_t j) {
    return w->out->sector_demand + ((p * w->out->areas + area) * w->in.n_sectors + j) * w->in.steps;
}

static inline const double *world_unfilled(const world *w, size_t p, size_t area, size_t j) {
    return w->out->sector_unfilled + ((p * w->out->areas + area) * w->in.n_sectors + j) * w->in.steps;
}

/* [step] in all regions together. */
static inline const double *world_upgrade(const world *w, size_t u, frem_core_course_measure m) {
    const double *at =
        w->out->upgrade_courses + (u * FREM_COURSE_MEASURES + (size_t)m) * w->in.regions * w->in.steps;
    double *sum = frem_arena_alloc(w->arena, w->in.steps, sizeof *sum);
    assert_non_null(sum);
    for (size_t i = 0; i < w->in.regions * w->in.steps; i++)
        sum[i % w->in.steps] += at[i];
    return sum;
}

static inline const double *world_users(const world *w, size_t area, size_t j) {
    return w->out->users + (area * w->in.n_sectors + j) * w->in.steps;
}

static inline const double *world_floor(const world *w, size_t area, size_t j, frem_core_floor_measure m) {
    return w->out->floors + ((area * w->in.n_sectors + j) * FREM_FLOOR_MEASURES + (size_t)m) * w->in.steps;
}

static inline const double *world_index(const world *w, size_t r, size_t j) {
    return w->out->index + (r * w->in.n_sectors + j) * w->in.steps;
}

#endif
