#include <string.h>

#include "core/job.h"

#define FREM_DIMENSIONS 6

/* A zeroed array of the product of some sizes; room for one element where it is 0. */
static void *piece(frem_arena *arena, const size_t sizes[FREM_DIMENSIONS], size_t element) {
    size_t count = 1;
    for (size_t i = 0; i < FREM_DIMENSIONS; i++)
        if (__builtin_mul_overflow(count, sizes[i], &count))
            return NULL;
    return frem_arena_alloc(arena, count == 0 ? 1 : count, element);
}

static double *numbers(frem_arena *arena, const size_t sizes[FREM_DIMENSIONS]) {
    return piece(arena, sizes, sizeof(double));
}

static size_t most_stages(const frem_core_inputs *in) {
    size_t most = 0;
    for (size_t k = 0; k < in->n_programmes; k++)
        if (in->programmes[k].stages > most)
            most = in->programmes[k].stages;
    return most;
}

static bool has_floor(const frem_core_inputs *in) {
    for (size_t j = 0; j < in->n_sectors; j++)
        if (in->sectors[j].floor.required.at != NULL)
            return true;
    return false;
}

/* Whether a measure of groups and the sum is wanted. */
static bool is_wanted(const frem_core_wanted *wanted, size_t measure) {
    return wanted->measures == NULL || wanted->measures[measure] || measure == FREM_CORE_SUPPLY ||
           measure == FREM_CORE_DEMAND;
}

static bool keeps_regions(const frem_core_inputs *in, const frem_core_wanted *wanted) {
    return !wanted->no_regions || wanted->cells || !frem_core_goes_by_region(in);
}

bool frem_core_results_fit(const frem_core_results *r, const frem_core_inputs *in,
                           const frem_core_wanted *wanted) {
    for (size_t m = 0; m < FREM_CORE_MEASURES; m++)
        if (r->summed[m] != is_wanted(wanted, m))
            return false;
    return r->lanes == in->lanes && r->steps == in->steps && r->world == in->regions &&
           r->regions == in->regions - in->unreported && r->areas == r->regions + in->n_groups + 1 &&
           r->professions == in->n_professions && r->sectors == in->n_sectors &&
           r->programmes == in->n_programmes && r->upgrades == in->n_upgrades &&
           r->max_stages == most_stages(in) && (r->floors != NULL) == has_floor(in) &&
           (r->sector_unfilled != NULL) == (in->allocation != FREM_ALLOCATE_NONE) &&
           (r->cells != NULL) == wanted->cells && r->regions_kept == keeps_regions(in, wanted) &&
           r->sectors_summed == !wanted->no_sectors;
}

frem_status frem_core_results_new(const frem_core_inputs *in, bool cells, frem_arena *arena,
                                  frem_core_results **out) {
    return frem_core_results_of(in, &(frem_core_wanted){.cells = cells}, arena, out);
}

frem_status frem_core_results_of(const frem_core_inputs *in, const frem_core_wanted *wanted,
                                 frem_arena *arena, frem_core_results **out) {
    frem_core_results *r = frem_arena_alloc(arena, 1, sizeof *r);
    if (r == NULL)
        return FREM_NO_MEMORY;
    size_t lanes = in->lanes, steps = in->steps, regions = in->regions, sectors = in->n_sectors;
    size_t professions = in->n_professions, programmes = in->n_programmes, groups = in->n_groups + 1;
    size_t stages = most_stages(in);
    r->lanes = lanes;
    r->steps = steps;
    r->regions_kept = keeps_regions(in, wanted);
    r->sectors_summed = !wanted->no_sectors;
    for (size_t m = 0; m < FREM_CORE_MEASURES; m++)
        r->summed[m] = is_wanted(wanted, m);
    frem_core_results_open(r, in);
    const size_t places = frem_core_places(r);
    r->professions = professions;
    r->sectors = sectors;
    r->programmes = programmes;
    r->upgrades = in->n_upgrades;
    r->max_stages = stages;
    r->measures = numbers(arena, (size_t[]){professions, places, FREM_CORE_MEASURES, steps, lanes, 1});
    r->sector_demand = numbers(arena, (size_t[]){professions, places, sectors, steps, lanes, 1});
    if (in->allocation != FREM_ALLOCATE_NONE)
        r->sector_unfilled = numbers(arena, (size_t[]){professions, places, sectors, steps, lanes, 1});
    r->upgrade_courses =
        numbers(arena, (size_t[]){in->n_upgrades, FREM_COURSE_MEASURES, in->regions, steps, lanes, 1});
    r->users = numbers(arena, (size_t[]){places, sectors, steps, lanes, 1, 1});
    if (has_floor(in))
        r->floors = numbers(arena, (size_t[]){places, sectors, FREM_FLOOR_MEASURES, steps, lanes, 1});
    r->index = numbers(arena, (size_t[]){r->regions_kept ? regions : 1, sectors, steps, lanes, 1, 1});
    r->courses = numbers(arena, (size_t[]){programmes, FREM_COURSE_MEASURES, steps, lanes, 1, 1});
    r->course_stages = numbers(arena, (size_t[]){programmes, stages, 2, steps, lanes, 1});
    r->scale = numbers(arena, (size_t[]){professions, regions, lanes, 1, 1, 1});
    r->arena = arena;
    r->doubtful = piece(arena, (size_t[]){lanes, 1, 1, 1, 1, 1}, sizeof(bool));
    r->unscalable = piece(arena, (size_t[]){professions, regions, 1, 1, 1, 1}, sizeof(bool));
    if (wanted->cells)
        r->cells = numbers(arena, (size_t[]){professions, groups, steps, in->sexes, in->ages, lanes});
    if (r->measures == NULL || r->sector_demand == NULL || r->users == NULL || r->index == NULL ||
        r->courses == NULL || r->course_stages == NULL || r->scale == NULL || r->unscalable == NULL ||
        r->doubtful == NULL || (wanted->cells && r->cells == NULL) ||
        (in->allocation != FREM_ALLOCATE_NONE && r->sector_unfilled == NULL) || r->upgrade_courses == NULL ||
        (has_floor(in) && r->floors == NULL))
        return FREM_NO_MEMORY;
    *out = r;
    return FREM_OK;
}

void frem_core_results_open(frem_core_results *r, const frem_core_inputs *in) {
    bool moved = r->measures != NULL && r->regions < r->world && r->regions_kept;
    r->world = r->regions = in->regions;
    r->areas = in->regions + in->n_groups + 1;
    /* A result that the model lacks is never written: an earlier projection may have moved other numbers there. */
    if (moved)
        memset(r->measures, 0,
               frem_core_at(r, r->professions, 0, (frem_core_measure)0, 0) * sizeof *r->measures);
}

/* Moves the rows of the first `kept` areas, and of those from `next` on, together. rows: [block][area][n]. */
static void drop_areas(double *rows, size_t blocks, size_t areas, size_t kept, size_t next, size_t n) {
    double *to = rows;
    for (size_t i = 0; i < blocks * areas && rows != NULL; i++) {
        if (i % areas >= kept && i % areas < next)
            continue;
        memmove(to, rows + i * n, n * sizeof *rows);
        to += n;
    }
}

void frem_core_results_close(frem_core_results *r, const frem_core_inputs *in) {
    size_t kept = in->regions - in->unreported, each = r->steps * r->lanes;
    if (in->unreported == 0)
        return;
    drop_areas(r->scale, r->professions, in->regions, kept, in->regions, r->lanes);
    r->regions = kept;
    if (!r->regions_kept) {
        r->areas -= in->unreported;
        return;
    }
    drop_areas(r->measures, r->professions, r->areas, kept, in->regions, FREM_CORE_MEASURES * each);
    drop_areas(r->sector_demand, r->professions, r->areas, kept, in->regions, r->sectors * each);
    drop_areas(r->sector_unfilled, r->professions, r->areas, kept, in->regions, r->sectors * each);
    drop_areas(r->users, 1, r->areas, kept, in->regions, r->sectors * each);
    drop_areas(r->floors, 1, r->areas, kept, in->regions, r->sectors * FREM_FLOOR_MEASURES * each);
    r->areas -= in->unreported;
}
