/** @file
 *  The parts of random worlds that tie regions and professions together: moves, commuting, upgrades, staffing rules.
 */
#ifndef FREM_TESTS_UNIT_CORE_RANDOM_PARTS_H
#define FREM_TESTS_UNIT_CORE_RANDOM_PARTS_H

#include "unit/core/random_maker.h"

/** Numbers to be written one by one, by element and lane. */
typedef struct written {
    double *at;
    size_t width;
} written;

static inline written random_room(maker *m, size_t n, bool lane) {
    written to = {NULL, lane ? m->what.lanes : 1};
    /* From 1024 bytes on the arena aligns to 64. */
    to.at = frem_arena_alloc(m->arena, n * to.width + 128, sizeof *to.at);
    assert_non_null(to.at);
    return to;
}

/** The lane, as drawn, of lane l here. */
static inline size_t random_lane(const maker *m, size_t l) {
    return m->what.lane + l + (l == 3 ? m->what.lane_3 : 0);
}

/** Persons by step, region and cell. */
static inline frem_grid random_immigration(maker *m, size_t original) {
    size_t cells = m->in.sexes * m->in.ages, which = PART_IMMIGRATION + original;
    frem_grid grid = {{NULL, false}, m->in.regions * cells, cells, 1};
    grid.values = random_part(m, which, plain(m->in.steps), regions_of(m, true), plain(cells), 0, 5,
                              m->what.persons, 0);
    return grid;
}

/** [slot][from][to], off the diagonal 0..high over all that one comes from; on it low_own..high_own. The halves of a
 *  region keep what the whole kept, and share what comes to it. */
static inline frem_lanes random_square(maker *m, size_t which, size_t slots, double high, double low_own,
                                       double high_own) {
    size_t n = m->in.regions;
    bool lane = m->what.lanes > 1 && random_on(m, which, 5);
    bool varies = random_on(m, which, 5);
    written to = random_room(m, slots * n * n, lane);
    for (size_t i = 0; i < slots * n * n; i++)
        for (size_t l = 0; l < to.width; l++) {
            size_t a = i / n % n, b = i % n, from = m->region_of[a], there = m->region_of[b];
            double number = random_at(m, which, from, there, i / n / n, varies ? random_lane(m, l) : 0);
            double other = from == there ? 0 : m->weight[b] * high * number / (double)m->regions;
            to.at[i * to.width + l] = a == b ? low_own + (high_own - low_own) * number : other;
        }
    return (frem_lanes){to.at, lane};
}

static inline void random_moves(maker *m, size_t original, frem_core_profession *it) {
    size_t which = PART_MOVES + original, n = m->in.regions;
    axis regions = regions_of(m, false);
    it->moves_by_step = random_on(m, which, 7);
    it->moves_by_cell = random_on(m, which, 8) && random_on(m, which, 9);
    axis steps = plain(it->moves_by_step ? m->in.steps : 1);
    axis cells = plain(it->moves_by_cell ? m->in.sexes * m->in.ages : 1);
    switch (random_shape(m, 50, original, 0, 3)) {
    case 0:
        it->moves = random_off(m, steps.n * cells.n * n * n, 0);
        break;
    case 1:
        it->net_moves = random_off(m, steps.n * cells.n * n, 0);
        break;
    case 2:
        it->moves = random_square(m, which, steps.n * cells.n, 0.8, 0, 1);
        it->moves_outside = random_part(m, PART_OUTSIDE + original, steps, cells, regions, 0, 0.2, 1, 0);
        it->moves_factor = random_grid(m, PART_MOVES_FACTOR + 10 * original, 0.2, 1, 1);
        break;
    default:
        it->net_moves = random_array(m, which, steps, cells, regions, -0.6, 0.4, 1);
        break;
    }
}

/** Where no one commutes: everybody works where they live. */
static inline frem_lanes random_stay(maker *m) {
    size_t n = m->in.regions;
    if (!m->what.spelled_out)
        return (frem_lanes){NULL, false};
    written to = random_room(m, n * n, false);
    for (size_t r = 0; r < n; r++)
        to.at[r * n + r] = 1;
    return (frem_lanes){to.at, false};
}

static inline void random_commuting(maker *m, size_t original, frem_core_profession *it) {
    size_t which = PART_COMMUTING + original;
    axis regions = regions_of(m, true);
    bool by_step = random_on(m, which, 7), on = random_on(m, which, 0);
    axis steps = plain(by_step ? m->in.steps : 1);
    it->commuting = on ? random_square(m, which, steps.n, 0.4, 0.5, 0.6) : random_stay(m);
    it->commuting_by_step = on && by_step;
    frem_grid inflow = {{NULL, false}, by_step ? m->in.regions : 0, 1, 0};
    it->inflow_fte = it->inflow_employed = inflow;
    it->inflow_fte.values =
        random_part(m, PART_INFLOW + 10 * original, plain(1), steps, regions, 0, 20, m->what.persons, 0);
    it->inflow_employed.values =
        random_part(m, PART_INFLOW + 10 * original + 1, plain(1), steps, regions, 0, 20, m->what.persons, 0);
}

/** Unemployment that answers a shortage; off: by nothing. */
static inline frem_core_response random_response(maker *m, size_t original) {
    size_t which = PART_FEEDBACK + 10 * original;
    axis one = plain(1);
    frem_core_response it = {.rate = random_part(m, which, one, one, one, 0, 1.5, 1, 0)};
    if (it.rate.at == NULL)
        return it;
    it.least = random_array(m, which + 1, one, one, one, 0, 0.05, 1);
    it.most = random_array(m, which + 2, one, one, one, 0.06, 0.3, 1);
    return it;
}

/** Posts that go to the first profession as drawn that has no stock. */
static inline void random_filling(maker *m, frem_core_profession *professions) {
    size_t by = m->professions;
    for (size_t original = m->professions; original-- > 0;)
        if (!professions[place_of(m->profession_of, m->professions, original)].has_stock)
            by = original;
    for (size_t p = 0; p < m->professions && by < m->professions; p++) {
        if (!professions[p].has_stock)
            continue;
        professions[p].filled_by = place_of(m->profession_of, m->professions, by);
        professions[p].filled = random_part(m, PART_FEEDBACK + 10 * m->profession_of[p] + 3, plain(1),
                                            plain(1), plain(m->in.steps), 0, 1, 1, 0);
    }
}

/** A staffing rule; off: one that asks for no one. */
static inline frem_core_floor random_floor(maker *m, size_t j) {
    size_t which = PART_FLOOR + 20 * j, n = m->in.n_professions;
    bool on = random_on(m, which, 0);
    axis steps = plain(m->in.steps), regions = regions_of(m, true);
    double persons = m->what.persons;
    frem_core_floor it = {.required = {NULL, false}};
    if (!on && !m->what.spelled_out)
        return it;
    it.required = on ? random_array(m, which + 1, plain(1), regions, steps, 0, 120, persons)
                     : random_off(m, m->in.regions * m->in.steps, 0);
    it.children = random_part(m, which + 5, plain(1), regions, steps, 0, 500, persons, 0);
    it.staff_weight = random_part(m, which + 2, plain(1), plain(1), professions_of(m), 0, 1, 1, 1);
    it.other_staff = random_part(m, which + 3, plain(1), plain(1), regions, 0, 20, persons, 0);
    it.student_weight = random_part(m, which + 4, plain(1), plain(1), plain(1), 0, 1, 1, 0);
    it.phase = random_part(m, which + 5, plain(1), plain(1), steps, 0, 1, 1, 1);
    written marginal = random_room(m, n, false);
    double sum = 0;
    for (size_t p = 0; p < n; p++)
        sum += marginal.at[p] = 0.1 + random_at(m, which + 6, m->profession_of[p], 0, 0, 0);
    for (size_t p = 0; p < n; p++)
        marginal.at[p] /= sum;
    it.marginal = (frem_lanes){marginal.at, false};
    return it;
}

/** The sexes of a programme join in shares of their own, none above that of all. */
static inline void random_sexes_join(maker *m, size_t which, frem_core_programme *it) {
    size_t n = it->entries * it->lags * it->shifts, lanes = it->joining.lane ? m->what.lanes : 1;
    if (!random_on(m, which, 8))
        return;
    it->arriving_sex = n;
    written of = random_room(m, m->in.sexes * n, it->joining.lane);
    for (size_t i = 0; i < m->in.sexes * n * lanes; i++) {
        size_t sex = i / lanes / n;
        of.at[i] = it->joining.at[i % (n * lanes)] * random_at(m, which, sex, i / lanes % n, 5, 0);
    }
    it->arriving = (frem_lanes){of.at, it->joining.lane};
}

/** What becomes of the entry cohorts of an upgrade: who was taken studies until they complete or drop out, at the
 *  latest at the last lag. */
static inline void random_calendar(maker *m, size_t which, frem_core_upgrade *it) {
    bool lane = m->what.lanes > 1 && random_on(m, which, 5), varies = random_on(m, which, 5);
    bool by_region = random_on(m, which, 6), by_sex = random_on(m, which, 7);
    size_t each = it->entries * it->lags, sexes = by_sex ? m->in.sexes : 1;
    size_t blocks = sexes * (by_region ? m->in.regions : 1);
    it->region_outcomes = by_region ? sexes * each : 0;
    it->sex_outcomes = by_sex ? each : 0;
    written joining = random_room(m, blocks * each, lane);
    written dropping = random_room(m, blocks * each, lane);
    written studying = random_room(m, blocks * each, lane);
    for (size_t i = 0; i < blocks * it->entries; i++)
        for (size_t l = 0; l < joining.width; l++) {
            double left = 1;
            size_t block = i / it->entries, region = by_region ? m->region_of[block / sexes] : 0;
            size_t e = i % it->entries + 100 * region + 10000 * (block % sexes);
            for (size_t lag = it->take_lag; lag < it->lags; lag++) {
                size_t at = (i * it->lags + lag) * joining.width + l;
                size_t there = varies ? random_lane(m, l) : 0;
                bool last = lag + 1 == it->lags;
                double joins = left * 0.6 * random_at(m, which, e, lag, 0, there);
                double drops = last ? left - joins : left * 0.3 * random_at(m, which, e, lag, 1, there);
                left = last ? 0 : left - joins - drops;
                joining.at[at] = joins;
                dropping.at[at] = drops;
                studying.at[at] = left;
            }
        }
    it->joining = (frem_lanes){joining.at, lane};
    it->dropping = (frem_lanes){dropping.at, lane};
    it->studying = (frem_lanes){studying.at, lane};
}

static inline frem_core_upgrade random_upgrade(maker *m, size_t u, bool empty) {
    size_t which = PART_UPGRADE + 10 * u, cells = m->in.sexes * m->in.ages;
    size_t from = random_shape(m, 60, u, 0, m->professions - 1);
    size_t to = (from + random_shape(m, 61, u, 0, 2)) % m->professions;
    frem_core_upgrade it = {.first_step = -(ptrdiff_t)random_shape(m, 62, u, 0, 5)};
    it.from = place_of(m->profession_of, m->professions, from);
    it.to = place_of(m->profession_of, m->professions, to);
    it.entries = random_shape(m, 63, u, 1, 12);
    it.take_lag = random_shape(m, 64, u, 0, 1);
    it.lags = it.take_lag + random_shape(m, 65, u, 1, 5);
    it.intake =
        empty ? (frem_lanes){random_room(m, it.entries, false).at, false}
              : random_array(m, which + 1, plain(1), plain(1), plain(it.entries), 0, 200, m->what.persons);
    it.entrants_entry = random_on(m, which + 2, 8) ? 0 : cells;
    it.entrants = random_array(m, which + 2, plain(1), plain(it.entrants_entry > 0 ? it.entries : 1),
                               plain(cells), 0, 2 / (double)cells, 1);
    it.returning = random_part(m, which + 3, plain(1), plain(1), plain(1), 0, 1, 1, 1);
    random_calendar(m, which + 4, &it);
    return it;
}

/** Up to 3; spelled out, one more that takes no one. */
static inline void random_upgrades(maker *m) {
    size_t drawn = random_shape(m, 13, 0, 0, 3), n = drawn + (m->what.spelled_out ? 1 : 0);
    frem_core_upgrade *upgrades = frem_arena_alloc(m->arena, n + 1, sizeof *upgrades);
    assert_non_null(upgrades);
    for (size_t u = 0; u < n; u++)
        upgrades[u] = random_upgrade(m, u, u == drawn);
    m->in.upgrades = upgrades;
    m->in.n_upgrades = n;
}

#endif
