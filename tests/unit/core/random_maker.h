/** @file
 *  What random worlds are made of: number by number a function of seed, part, place and lane, so that the same world
 *  can be made again with one thing changed: one of its lanes alone, its regions in another order, twice the people.
 */
#ifndef FREM_TESTS_UNIT_CORE_RANDOM_MAKER_H
#define FREM_TESTS_UNIT_CORE_RANDOM_MAKER_H

#include "core/core.h"
#include "support/check.h"

/** What to make. Zero where nothing is said. */
typedef struct random_world {
    uint64_t seed;
    size_t lanes;     /**< 1, or a multiple of FREM_LANES */
    size_t lane;      /**< the lane of the wide world that lane 0 is */
    size_t lane_3;    /**< added to the lane of lane 3: other numbers there */
    double persons;   /**< factor on every count of persons and FTE; 0: 1 */
    bool reversed;    /**< regions and professions in reverse order */
    bool split;       /**< the last region in two equal halves */
    bool spelled_out; /**< parts that are off are given as numbers that change nothing */
    bool large;       /**< enough work for threads */
} random_world;

enum { RANDOM_MOST = 48 };

/** A random world in the making; all memory is the arena's. */
typedef struct maker {
    random_world what;
    frem_arena *arena;
    frem_core_inputs in;
    size_t regions, professions;                               /* before splitting */
    size_t region_of[RANDOM_MOST], profession_of[RANDOM_MOST]; /* the place here -> in the world as drawn */
    double weight[RANDOM_MOST];                                /* of a region: 0.5 for a half */
} maker;

/** An axis of an array. */
typedef struct axis {
    size_t n;
    const size_t *of;     /* NULL: as they come */
    const double *weight; /* NULL: 1 */
} axis;

/** The parts of a world, for addresses: each has room for a number behind it. */
enum {
    PART_SHAPE,
    PART_STOCK = 100,
    PART_EXITS = 200,
    PART_PARTICIPATION = 300,
    PART_EMPLOYMENT = 400,
    PART_FTE = 500,
    PART_TO_REGION = 600,
    PART_INTAKE = 700,
    PART_JOINING = 800,
    PART_DROPPING = 900,
    PART_STUDYING = 1000,
    PART_ENTRANTS = 1100,
    PART_POPULATION = 1200,
    PART_USE_RATE = 1300,
    PART_WEIGHT = 1400,
    PART_SERIES = 1500,
    PART_EMPLOYED = 1600,
    PART_VACANCIES = 1700,
    PART_STANDARD = 1800,
    PART_PRODUCTIVITY = 1900,
    PART_SHIFT = 2000,
    PART_EXTRA = 2100,
    PART_IMMIGRATION = 2200,
    PART_RETURNING = 2300,
    PART_MOVES = 2400,
    PART_OUTSIDE = 2500,
    PART_COMMUTING = 2600,
    PART_INFLOW = 2700,
    PART_UNIT_COST = 2900,
    PART_STUDENT_FTE = 3000,
    PART_FLOOR = 3100,
    PART_FEEDBACK = 3300,
    PART_MOVES_FACTOR = 3400,
    PART_TRANSFER = 3500,
    PART_RECENT = 3600,
    PART_UPGRADE = 4000
};

static inline uint64_t random_mix(uint64_t x) {
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

/** The number in [0, 1) at an address. */
static inline double random_at(const maker *m, size_t which, size_t a, size_t b, size_t c, size_t lane) {
    const size_t address[] = {which, a, b, c, lane};
    uint64_t x = random_mix(m->what.seed + UINT64_C(0x9e3779b97f4a7c15));
    for (size_t i = 0; i < 5; i++)
        x = random_mix(x ^ (address[i] + UINT64_C(0x9e3779b97f4a7c15) * (i + 1)));
    return (double)(x >> 11) / 9007199254740992.0;
}

/** A whole number from low to high. */
static inline size_t random_shape(const maker *m, size_t which, size_t a, size_t low, size_t high) {
    return low + (size_t)(random_at(m, PART_SHAPE, which, a, 0, 0) * (double)(high - low + 1));
}

static inline bool random_on(const maker *m, size_t which, size_t a) {
    return random_at(m, which, a, 0, 1, 1000000) < 0.7;
}

static inline axis plain(size_t n) {
    return (axis){n, NULL, NULL};
}

/** An array over three axes of numbers in [low, high), times a factor; a fifth of them are `low`. */
static inline frem_lanes random_array(maker *m, size_t which, axis a, axis b, axis c, double low, double high,
                                      double factor) {
    size_t lanes = m->what.lanes, n = a.n * b.n * c.n, at = 0;
    bool varies = random_at(m, which, 1, 2, 3, 2000000) < 0.5;
    bool lane = varies && lanes > 1;
    size_t width = lane ? lanes : 1;
    /* From 1024 bytes on the arena aligns to 64. */
    double *to = frem_arena_alloc(m->arena, n * width + 128, sizeof *to);
    assert_non_null(to);
    for (size_t i = 0; i < n; i++) {
        size_t x = i / (b.n * c.n), y = i / c.n % b.n, z = i % c.n;
        double weight = factor;
        weight *= a.weight != NULL ? a.weight[x] : 1;
        weight *= b.weight != NULL ? b.weight[y] : 1;
        weight *= c.weight != NULL ? c.weight[z] : 1;
        x = a.of != NULL ? a.of[x] : x;
        y = b.of != NULL ? b.of[y] : y;
        z = c.of != NULL ? c.of[z] : z;
        for (size_t l = 0; l < width; l++) {
            size_t there = varies ? m->what.lane + l + (l == 3 ? m->what.lane_3 : 0) : 0;
            double number = random_at(m, which, x, y, z, there);
            to[at++] = weight * (number < 0.2 ? low : low + (high - low) * (number - 0.2) / 0.8);
        }
    }
    return (frem_lanes){to, lane};
}

/** A part that is off: nothing, or so many times the number that changes nothing. */
static inline frem_lanes random_off(maker *m, size_t n, double neutral) {
    if (!m->what.spelled_out)
        return (frem_lanes){NULL, false};
    double *to = frem_arena_alloc(m->arena, n + 1, sizeof *to);
    assert_non_null(to);
    for (size_t i = 0; i < n; i++)
        to[i] = neutral;
    return (frem_lanes){to, false};
}

static inline frem_lanes random_part(maker *m, size_t which, axis a, axis b, axis c, double low, double high,
                                     double factor, double neutral) {
    if (!random_on(m, which, 0))
        return random_off(m, a.n * b.n * c.n, neutral);
    return random_array(m, which, a, b, c, low, high, factor);
}

static inline axis regions_of(const maker *m, bool shared) {
    return (axis){m->in.regions, m->region_of, shared ? m->weight : NULL};
}

static inline axis professions_of(const maker *m) {
    return (axis){m->in.n_professions, m->profession_of, NULL};
}

/** A grid that varies along some of its dimensions. */
static inline frem_grid random_grid(maker *m, size_t which, double low, double high, double neutral) {
    frem_grid grid = {{NULL, false}, 0, 0, 0};
    if (!random_on(m, which, 0)) {
        grid.values = random_off(m, 1, neutral);
        return grid;
    }
    axis steps = plain(random_on(m, which, 1) ? m->in.steps : 1);
    axis regions = random_on(m, which, 2) ? regions_of(m, false) : plain(1);
    axis cells = plain(random_on(m, which, 3) ? m->in.sexes * m->in.ages : 1);
    grid.values = random_array(m, which, steps, regions, cells, low, high, 1);
    grid.step = steps.n > 1 ? regions.n * cells.n : 0;
    grid.region = regions.n > 1 ? cells.n : 0;
    grid.cell = cells.n > 1 ? 1 : 0;
    return grid;
}

static inline size_t place_of(const size_t *of, size_t n, size_t original) {
    for (size_t i = 0; i < n; i++)
        if (of[i] == original)
            return i;
    return n;
}

#endif
