/* Worlds without a scenario, of any size: what the core's time grows with. */
#include "bench/bench.h"

enum { LAGS = 5, SHIFTS = 5 };

/* n numbers that differ a little, around one. */
static frem_lanes numbers(frem_arena *arena, size_t n, double around) {
    double *at = frem_arena_alloc(arena, n, sizeof *at);
    for (size_t i = 0; at != NULL && i < n; i++)
        at[i] = around * (1 + 1e-3 * (double)(i % 97));
    return (frem_lanes){at, false};
}

static frem_grid by_step_and_cell(frem_arena *arena, const frem_core_inputs *in, double around) {
    size_t cells = in->sexes * in->ages;
    return (frem_grid){numbers(arena, in->steps * cells, around), cells, 0, 1};
}

/* A stock by region, sex and age with every way out, and rates that differ by year. */
static void fill_profession(frem_arena *arena, const frem_core_inputs *in, frem_core_profession *out) {
    size_t cells = in->sexes * in->ages;
    out->has_stock = true;
    out->stock = (frem_grid){numbers(arena, in->regions * cells, 10), 0, cells, 1};
    for (size_t e = 0; e < FREM_EXIT_COUNT; e++)
        out->exits[e] = by_step_and_cell(arena, in, 0.01);
    out->participation = by_step_and_cell(arena, in, 0.8);
    out->employment = by_step_and_cell(arena, in, 0.9);
    out->fte = by_step_and_cell(arena, in, 0.85);
}

/* Entrants of every year, of whom the same share settles in each region. */
static void fill_programme(frem_arena *arena, const frem_core_inputs *in, frem_core_programme *out) {
    *out = (frem_core_programme){.region = -1,
                                 .entries = in->steps,
                                 .lags = LAGS,
                                 .shifts = SHIFTS,
                                 .stages = 1,
                                 .intake = numbers(arena, in->steps, 500),
                                 .joining = numbers(arena, in->steps * LAGS * SHIFTS, 0.02),
                                 .dropping = numbers(arena, in->steps * LAGS, 0.02),
                                 .studying = numbers(arena, in->steps * LAGS, 0.5),
                                 .entrants = numbers(arena, in->sexes * in->ages, 0.01)};
    out->to_region = (frem_grid){numbers(arena, in->regions, 1 / (double)in->regions), 0, 1, 0};
}

bool frem_bench_world(frem_arena *arena, size_t regions, size_t ages, size_t steps, frem_core_inputs *out) {
    frem_core_profession *profession = frem_arena_alloc(arena, 1, sizeof *profession);
    frem_core_programme *programme = frem_arena_alloc(arena, 1, sizeof *programme);
    frem_core_sector *sector = frem_arena_alloc(arena, 1, sizeof *sector);
    if (profession == NULL || programme == NULL || sector == NULL)
        return false;
    *out = (frem_core_inputs){.lanes = 1,
                              .steps = steps,
                              .regions = regions,
                              .sexes = 2,
                              .ages = ages,
                              .oldest_share_index = ages / 2,
                              .oldest_open = true,
                              .base_mode = FREM_BASE_COHORTS,
                              .professions = profession,
                              .n_professions = 1,
                              .programmes = programme,
                              .n_programmes = 1,
                              .sectors = sector,
                              .n_sectors = 1};
    fill_profession(arena, out, profession);
    fill_programme(arena, out, programme);
    *sector = (frem_core_sector){.driver = FREM_DRIVER_CONSTANT, .employment = numbers(arena, regions, 100)};
    return true;
}
