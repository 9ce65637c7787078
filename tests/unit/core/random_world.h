/** @file
 *  Random worlds for the core, number by number a function of seed, part, place and lane, so that the same
 * world can be made again with one thing changed: one of its lanes alone, its regions in another order, twice
 * the people.
 */
#ifndef FREM_TESTS_UNIT_CORE_RANDOM_WORLD_H
#define FREM_TESTS_UNIT_CORE_RANDOM_WORLD_H

#include "unit/core/random_parts.h"

/** Rates of those who joined lately. Off: no one, or rates of 0. */
static inline frem_core_recent random_recent(maker *m, size_t original, size_t kind) {
    size_t which = PART_RECENT + 40 * original + 20 * kind;
    bool on = random_on(m, which, 7);
    frem_core_recent it = {.years = on || m->what.spelled_out ? random_shape(m, which, 8, 1, 4) : 0};
    for (size_t k = 0; k < it.years; k++) {
        it.leaving[k] = random_grid(m, which + k, 0, 1, 0);
        if (!on)
            it.leaving[k] = (frem_grid){random_off(m, 1, 0), 0, 0, 0};
    }
    return it;
}

static inline frem_core_profession random_profession(maker *m, size_t original) {
    frem_core_profession it = {.has_stock = original == 0 || random_on(m, PART_STOCK + original, 7),
                               .labour_force = random_on(m, PART_STOCK + original, 8)};
    size_t cells = m->in.sexes * m->in.ages;
    it.stock.values = random_array(m, PART_STOCK + original, plain(1), regions_of(m, true), plain(cells), 0,
                                   100, m->what.persons);
    it.stock.region = cells;
    it.stock.cell = 1;
    /* Rates up to and with 1. */
    double most = random_on(m, PART_EXITS + original, 9) ? 0.3 : 1;
    for (size_t e = 0; e < FREM_EXIT_COUNT; e++)
        it.exits[e] =
            random_grid(m, PART_EXITS + 10 * original + e, e % 2 == 0 ? 0 : most, e % 2 == 0 ? most : 0, 0);
    it.participation = random_grid(m, PART_PARTICIPATION + original, 0, 1, 1);
    it.employment = random_grid(m, PART_EMPLOYMENT + original, 0.8, 1, 1);
    it.fte = random_grid(m, PART_FTE + original, 0.5, 1.1, 1);
    it.immigration = random_immigration(m, original);
    for (size_t kind = 0; kind < FREM_RECENT_COUNT; kind++)
        it.recent[kind] = random_recent(m, original, kind);
    it.returning = random_grid(m, PART_RETURNING + original, 0, 1, 0);
    random_moves(m, original, &it);
    random_commuting(m, original, &it);
    it.response = random_response(m, original);
    it.unit_cost =
        random_part(m, PART_UNIT_COST + original, plain(1), plain(1), plain(m->in.steps), 0.3, 0.7, 1, 0);
    return it;
}

/** @param region where the graduates go here, or -1. */
static inline frem_core_programme random_programme(maker *m, size_t k, ptrdiff_t region) {
    double share = region < 0 ? 1 : m->weight[region];
    frem_core_programme it = {.region = region, .first_step = -(ptrdiff_t)random_shape(m, 20, k, 0, 4)};
    it.profession = place_of(m->profession_of, m->professions, random_shape(m, 21, k, 0, m->professions - 1));
    it.entries = random_shape(m, 22, k, 1, 12);
    it.lags = random_shape(m, 23, k, 1, 5);
    it.shifts = random_shape(m, 24, k, 1, 5);
    it.stages = random_shape(m, 25, k, 0, 3);
    size_t stages = it.stages, lags = it.lags;
    it.intake = random_array(m, PART_INTAKE + k, plain(it.entries), plain(1), plain(1), 0, 200,
                             m->what.persons * share);
    it.joining = random_array(m, PART_JOINING + k, plain(it.entries), plain(lags), plain(it.shifts), 0,
                              1 / (double)(lags * it.shifts), 1);
    random_sexes_join(m, PART_JOINING + k, &it);
    it.dropping = random_part(m, PART_DROPPING + k, plain(it.entries), plain(lags), plain(stages), 0,
                              1 / (double)(lags * (stages + 1)), 1, 0);
    it.studying =
        random_part(m, PART_STUDYING + k, plain(it.entries), plain(lags), plain(stages), 0, 1, 1, 0);
    it.student_fte = random_part(m, PART_STUDENT_FTE + k, plain(1), plain(1), plain(stages), 0, 0.5, 1, 0);
    size_t cells = m->in.sexes * m->in.ages;
    it.entrants_entry = random_on(m, PART_ENTRANTS + k, 8) ? 0 : cells;
    it.entrants = random_array(m, PART_ENTRANTS + k, plain(it.entrants_entry > 0 ? it.entries : 1),
                               plain(m->in.sexes), plain(m->in.ages), 0, 2 / (double)cells, 1);
    it.to_region.values = random_array(m, PART_TO_REGION + k, plain(1), plain(m->in.steps),
                                       regions_of(m, true), 0, 1 / (double)m->regions, 1);
    it.to_region.step = m->in.regions;
    it.to_region.region = 1;
    return it;
}

static inline frem_core_sector random_sector(maker *m, size_t j) {
    axis steps = plain(m->in.steps), professions = professions_of(m), regions = regions_of(m, true);
    double persons = m->what.persons;
    frem_core_sector it = {.driver = (frem_driver)random_shape(m, 30, j, 0, j == 0 ? 2 : 3),
                           .groups = random_shape(m, 31, j, 0, 3)};
    it.of_posts = it.driver == FREM_DRIVER_USERS && random_shape(m, 36, j, 0, 1) == 1;
    it.follows = j == 0 ? 0 : random_shape(m, 32, j, 0, j - 1);
    it.priority = random_shape(m, 33, 0, 0, 1) == 0 ? j : 10 - j;
    it.floor = random_floor(m, j);
    axis groups = plain(it.groups);
    it.population = random_array(m, PART_POPULATION + j, groups, regions, steps, 0, 1000, persons);
    it.use_rate = random_part(m, PART_USE_RATE + j, groups, regions_of(m, false), steps, 0, 1, 1, 1);
    it.weight = random_part(m, PART_WEIGHT + j, groups, plain(1), steps, 0.5, 2, 1, 1);
    it.series = random_array(m, PART_SERIES + j, plain(1), regions_of(m, false), steps, 0.8, 1.2, 1);
    it.vacancies = random_part(m, PART_VACANCIES + j, plain(1), professions, regions, 0, 5, persons, 0);
    it.standard = random_part(m, PART_STANDARD + j, plain(1), plain(1), steps, 0.9, 1.2, 1, 1);
    it.productivity = random_part(m, PART_PRODUCTIVITY + j, plain(1), plain(1), steps, 0.9, 1.2, 1, 1);
    it.extra = random_part(m, PART_EXTRA + j, professions, regions, steps, 0, 10, persons, 0);
    /* A shift of up to 0.1 from profession 1 to 0, each with at least 10/65 of the need: 3 have 10 to 20,
     * and 5. */
    bool shifts = m->professions > 1 && random_on(m, PART_SHIFT + j, 0);
    it.employment =
        random_array(m, PART_EMPLOYED + j, plain(1), professions, regions, shifts ? 10 : 0, 20, persons);
    if (!shifts) {
        it.shift = random_off(m, m->in.n_professions * m->in.steps, 0);
        return it;
    }
    double *shift = frem_arena_alloc(m->arena, m->in.n_professions * m->in.steps, sizeof *shift);
    assert_non_null(shift);
    for (size_t p = 0; p < m->in.n_professions; p++)
        for (size_t t = 0; t < m->in.steps; t++) {
            double amount = 0.1 * random_at(m, PART_SHIFT + j, t, 1, 1, 0);
            size_t original = m->profession_of[p];
            shift[p * m->in.steps + t] = original == 0 ? amount : original == 1 ? -amount : 0;
        }
    it.shift = (frem_lanes){shift, false};
    return it;
}

static inline void random_sizes(maker *m) {
    bool large = m->what.large;
    m->regions = large ? 40 : random_shape(m, 1, 0, 1, 4);
    m->professions = large ? 4 : random_shape(m, 2, 0, 1, 3);
    m->in.lanes = m->what.lanes;
    m->in.steps = large ? 15 : random_shape(m, 3, 0, 1, 8);
    m->in.sexes = large ? 2 : random_shape(m, 4, 0, 1, 2);
    m->in.ages = large ? 60 : random_shape(m, 5, 0, 1, 10);
    m->in.oldest_share_index = random_shape(m, 6, 0, 0, m->in.ages);
    m->in.oldest_open = random_shape(m, 7, 0, 0, 1) == 1;
    m->in.base_mode = (frem_base_mode)random_shape(m, 8, 0, 0, 2);
    m->in.allocation = (frem_allocation)random_shape(m, 12, 0, 0, 2);
    m->in.regions = m->regions + (m->what.split ? 1 : 0);
    m->in.n_professions = m->professions;
    for (size_t r = 0; r < m->in.regions; r++) {
        m->region_of[r] = r < m->regions ? r : m->regions - 1;
        m->weight[r] = m->what.split && r + 1 >= m->regions ? 0.5 : 1;
        if (m->what.reversed)
            m->region_of[r] = m->regions - 1 - r;
    }
    for (size_t p = 0; p < m->professions; p++)
        m->profession_of[p] = m->what.reversed ? m->professions - 1 - p : p;
}

static inline void random_programmes(maker *m) {
    size_t drawn = random_shape(m, 9, 0, 0, 4);
    frem_core_programme *programmes = frem_arena_alloc(m->arena, 2 * drawn + 1, sizeof *programmes);
    assert_non_null(programmes);
    m->in.programmes = programmes;
    for (size_t k = 0; k < drawn; k++) {
        if (random_shape(m, 26, k, 0, 1) == 0) {
            programmes[m->in.n_programmes++] = random_programme(m, k, -1);
            continue;
        }
        size_t region = random_shape(m, 27, k, 0, m->regions - 1);
        for (size_t r = 0; r < m->in.regions; r++)
            if (m->region_of[r] == region)
                programmes[m->in.n_programmes++] = random_programme(m, k, (ptrdiff_t)r);
    }
}

static inline void random_groups(maker *m) {
    size_t n = random_shape(m, 11, 0, 0, 3);
    frem_core_group *groups = frem_arena_alloc(m->arena, n + 1, sizeof *groups);
    assert_non_null(groups);
    for (size_t g = 0; g < n; g++) {
        size_t *regions = frem_arena_alloc(m->arena, m->in.regions, sizeof *regions);
        assert_non_null(regions);
        groups[g].regions = regions;
        for (size_t r = 0; r < m->in.regions; r++)
            if (random_shape(m, 40 + g, m->region_of[r], 0, 1) == 1)
                regions[groups[g].count++] = r;
    }
    m->in.groups = groups;
    m->in.n_groups = n;
}

/** Posts that move between sectors: a share of the need, or fewer than any need; some in other professions. */
static inline void random_transfers(maker *m) {
    axis steps = plain(m->in.steps);
    m->in.n_transfers = m->in.n_sectors < 2 ? 0 : random_shape(m, 34, 0, 0, 2);
    frem_core_transfer *transfers = frem_arena_alloc(m->arena, m->in.n_transfers + 1, sizeof *transfers);
    assert_non_null(transfers);
    for (size_t k = 0; k < m->in.n_transfers; k++) {
        size_t part = PART_TRANSFER + 10 * k, from = random_shape(m, 35, k, 0, m->in.n_sectors - 1);
        transfers[k] = (frem_core_transfer){.from = from, .to = (from + 1) % m->in.n_sectors};
        if (random_on(m, (unsigned)part, 0))
            transfers[k].share = random_array(m, (unsigned)part, plain(1), plain(1), steps, 0, 0.4, 1);
        else
            transfers[k].fte = random_array(m, (unsigned)part, plain(1), regions_of(m, true), steps, 0, 1e-6,
                                            m->what.persons);
        if (random_on(m, (unsigned)part, 1))
            transfers[k].shares = random_array(m, (unsigned)part + 1, plain(1), professions_of(m), steps, 0,
                                               1 / (double)m->professions, 1);
    }
    m->in.transfers = transfers;
}

/** Makes a world. @return inputs that are borrowed from the arena */
static inline frem_core_inputs random_inputs(random_world what, frem_arena *arena) {
    maker *m = frem_arena_alloc(arena, 1, sizeof *m);
    assert_non_null(m);
    m->what = what;
    m->what.lanes = what.lanes == 0 ? 1 : what.lanes;
    m->what.persons = what.persons > 0 ? what.persons : 1;
    m->arena = arena;
    random_sizes(m);
    frem_core_profession *professions = frem_arena_alloc(arena, m->professions, sizeof *professions);
    m->in.n_sectors = random_shape(m, 10, 0, 0, 3);
    frem_core_sector *sectors = frem_arena_alloc(arena, m->in.n_sectors + 1, sizeof *sectors);
    assert_non_null(professions);
    assert_non_null(sectors);
    for (size_t p = 0; p < m->professions; p++)
        professions[p] = random_profession(m, m->profession_of[p]);
    random_filling(m, professions);
    for (size_t j = 0; j < m->in.n_sectors; j++)
        sectors[j] = random_sector(m, j);
    m->in.professions = professions;
    m->in.sectors = sectors;
    random_transfers(m);
    random_programmes(m);
    random_upgrades(m);
    random_groups(m);
    return m->in;
}

/** Makes a world and projects it. @param in may be NULL */
static inline frem_core_results *random_projected(random_world what, frem_pool *pool, frem_isa isa,
                                                  bool cells, frem_arena *arena, frem_core_inputs *in) {
    frem_core_results *out = NULL;
    frem_core_inputs made = random_inputs(what, arena);
    assert_int_equal(frem_core_results_new(&made, cells, arena, &out), FREM_OK);
    assert_int_equal(frem_core_project(&made, pool, isa, out), FREM_OK);
    if (in != NULL)
        *in = made;
    return out;
}

#endif
