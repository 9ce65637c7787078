/* Rules that hold in any world, on random ones; a failure names the seed. */
#include <string.h>

#include "unit/core/random_world.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define FREM_SANITIZE
#endif
#endif

#if defined(FREM_SANITIZE) || defined(__SANITIZE_ADDRESS__)
#define WORLDS 600
#else
#define WORLDS 10000
#endif

static frem_arena *new_arena(void) {
    frem_arena *arena = NULL;
    assert_int_equal(frem_arena_new(&arena), FREM_OK);
    return arena;
}

static frem_core_results *project(random_world what, frem_arena *arena, frem_core_inputs *in) {
    return random_projected(what, NULL, FREM_ISA_BEST, true, arena, in);
}

static double measure(const frem_core_results *r, size_t p, size_t area, frem_core_measure m, size_t t) {
    return r->measures[frem_core_at(r, p, area, m, t)];
}

/* Fails unless a and b agree to 1e-9 of the size of what they are made of. */
static void near(uint64_t seed, const char *what, double a, double b, double size) {
    if (!(fabs(a - b) <= 1e-9 * (1 + size)))
        fail_msg("seed %ju, %s: %.17g and %.17g", (uintmax_t)seed, what, a, b);
}

/* Fails unless all of a part's n numbers are finite and not negative. */
static void sound(uint64_t seed, const char *what, const double *at, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (!isfinite(at[i]) || at[i] < 0)
            fail_msg("seed %ju, %s, number %zu: %.17g", (uintmax_t)seed, what, i, at[i]);
}

static void check_conserved(uint64_t seed, const frem_core_results *r, size_t p, size_t area, size_t t) {
    static const frem_core_measure in[] = {FREM_CORE_GRADUATES, FREM_CORE_IMMIGRANTS, FREM_CORE_RETURNERS,
                                           FREM_CORE_UPGRADES_IN, FREM_CORE_MOVES_IN};
    static const frem_core_measure out[] = {
        FREM_CORE_DEATHS,   FREM_CORE_EMIGRANTS,    FREM_CORE_PERMANENT, FREM_CORE_RETIREMENTS,
        FREM_CORE_AGED_OUT, FREM_CORE_UPGRADES_OUT, FREM_CORE_MOVES_OUT};
    double expected = measure(r, p, area, FREM_CORE_STOCK, t - 1);
    for (size_t i = 0; i < sizeof in / sizeof *in; i++)
        expected += measure(r, p, area, in[i], t);
    double size = expected;
    for (size_t i = 0; i < sizeof out / sizeof *out; i++)
        expected -= measure(r, p, area, out[i], t);
    near(seed, "conserved persons", measure(r, p, area, FREM_CORE_STOCK, t), expected, size);
}

static void worlds_use_every_part(void **state) {
    (void)state;
    /* What no world does, the rules below say nothing about. */
    size_t uses[FREM_CORE_MEASURES] = {0}, scaled = 0, unscalable = 0, followed = 0, floors = 0, posts = 0,
           moved = 0;
    for (uint64_t seed = 0; seed < 500; seed++) {
        frem_arena *arena = new_arena();
        frem_core_inputs in;
        frem_core_results *r = project((random_world){.seed = seed}, arena, &in);
        for (size_t p = 0; p < r->professions; p++) {
            for (int m = 0; m < FREM_CORE_MEASURES; m++)
                uses[m] += measure(r, p, r->areas - 1, (frem_core_measure)m, r->steps - 1) != 0;
            for (size_t i = 0; i < r->regions; i++) {
                scaled += r->scale[p * r->regions + i] != 1 && in.professions[p].commuting.at != NULL;
                unscalable += r->unscalable[p * r->regions + i];
            }
        }
        for (size_t j = 0; j < in.n_sectors; j++) {
            followed += in.sectors[j].driver == FREM_DRIVER_SECTOR;
            floors += in.sectors[j].floor.required.at != NULL;
            posts += in.sectors[j].of_posts;
        }
        for (size_t k = 0; k < in.n_transfers; k++)
            moved += in.transfers[k].shares.at != NULL;
        frem_arena_free(arena);
    }
    for (int m = 0; m < FREM_CORE_MEASURES; m++)
        assert_true(uses[m] > 50);
    assert_true(scaled > 50 && unscalable > 5 && followed > 50 && floors > 50 && posts > 50 && moved > 50);
}

static void persons_are_conserved(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < WORLDS; seed++) {
        frem_arena *arena = new_arena();
        frem_core_results *r = project((random_world){.seed = seed}, arena, NULL);
        for (size_t p = 0; p < r->professions; p++)
            for (size_t area = 0; area < r->areas; area++)
                for (size_t t = 1; t < r->steps; t++)
                    check_conserved(seed, r, p, area, t);
        frem_arena_free(arena);
    }
}

/* What the shares of a programme's entrants sum to, of the entry cohort that has most. */
static double most_entrants(const frem_core_inputs *in, size_t k) {
    const frem_core_programme *programme = &in->programmes[k];
    double most = 0;
    for (size_t e = 0; e < (programme->entrants_entry > 0 ? programme->entries : 1); e++) {
        double sum = 0;
        for (size_t c = 0; c < in->sexes * in->ages; c++)
            sum += programme->entrants.at[e * programme->entrants_entry + c];
        most = sum > most ? sum : most;
    }
    return most;
}

static void students_go_somewhere(void **state) {
    (void)state;
    /* Graduates who settle in the regions are no more than those who graduate, of entrants whose shares are
     * drawn to sum to anything. */
    for (uint64_t seed = 0; seed < WORLDS; seed++) {
        frem_arena *arena = new_arena();
        frem_core_inputs in;
        frem_core_results *r = project((random_world){.seed = seed}, arena, &in);
        for (size_t p = 0; p < r->professions; p++)
            for (size_t t = 1; t < r->steps && in.professions[p].has_stock; t++) {
                double most = 0;
                for (size_t k = 0; k < in.n_programmes; k++) {
                    if (in.programmes[k].profession != p)
                        continue;
                    double entrants = most_entrants(&in, k);
                    most += entrants *
                            r->courses[(k * FREM_COURSE_MEASURES + FREM_COURSE_GRADUATES) * r->steps + t];
                }
                double settled = measure(r, p, r->areas - 1, FREM_CORE_GRADUATES, t);
                near(seed, "settled graduates", settled > most ? settled : most, most, most);
            }
        frem_arena_free(arena);
    }
}

static void numbers_are_sound(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < WORLDS; seed++) {
        frem_arena *arena = new_arena();
        frem_core_inputs in;
        frem_core_results *r = project((random_world){.seed = seed}, arena, &in);
        size_t cells = in.sexes * in.ages;
        for (size_t p = 0; p < r->professions; p++)
            for (size_t area = 0; area < r->areas; area++)
                for (int m = 0; m < FREM_CORE_MEASURES; m++) {
                    const double *at = r->measures + frem_core_at(r, p, area, (frem_core_measure)m, 0);
                    if (m != FREM_CORE_GAP && m != FREM_CORE_RECRUITMENT)
                        sound(seed, "measures", at, r->steps);
                    for (size_t t = 0; t < r->steps; t++)
                        assert_true(isfinite(at[t]));
                }
        sound(seed, "sector demand", r->sector_demand, r->professions * r->areas * r->sectors * r->steps);
        if (r->sector_unfilled != NULL)
            sound(seed, "unfilled posts", r->sector_unfilled,
                  r->professions * r->areas * r->sectors * r->steps);
        sound(seed, "upgrades", r->upgrade_courses,
              r->upgrades * FREM_COURSE_MEASURES * r->regions * r->steps);
        sound(seed, "users", r->users, r->areas * r->sectors * r->steps);
        if (r->floors != NULL)
            sound(seed, "floors", r->floors, r->areas * r->sectors * FREM_FLOOR_MEASURES * r->steps);
        sound(seed, "index", r->index, r->regions * r->sectors * r->steps);
        sound(seed, "courses", r->courses, r->programmes * FREM_COURSE_MEASURES * r->steps);
        sound(seed, "stages", r->course_stages, r->programmes * r->max_stages * 2 * r->steps);
        sound(seed, "scale", r->scale, r->professions * r->regions);
        sound(seed, "cells", r->cells, r->professions * (r->areas - r->regions) * r->steps * cells);
        frem_arena_free(arena);
    }
}

static void moves_are_closed(void **state) {
    (void)state;
    /* No one comes from outside; without anyone moving there, as many arrive as leave. */
    for (uint64_t seed = 0; seed < WORLDS; seed++) {
        frem_arena *arena = new_arena();
        frem_core_inputs in;
        frem_core_results *r = project((random_world){.seed = seed}, arena, &in);
        for (size_t p = 0; p < r->professions; p++)
            for (size_t t = 1; t < r->steps; t++) {
                double out = measure(r, p, r->areas - 1, FREM_CORE_MOVES_OUT, t);
                double came = measure(r, p, r->areas - 1, FREM_CORE_MOVES_IN, t);
                bool closed = in.professions[p].moves_outside.at == NULL;
                near(seed, "closed moves", came, closed || came > out ? out : came, out);
            }
        frem_arena_free(arena);
    }
}

/* The same world whose people work where they live. */
static frem_core_results *project_at_home(frem_core_inputs in, frem_arena *arena) {
    frem_core_profession *professions = frem_arena_alloc(arena, in.n_professions, sizeof *professions);
    frem_core_results *out = NULL;
    assert_non_null(professions);
    for (size_t p = 0; p < in.n_professions; p++) {
        professions[p] = in.professions[p];
        professions[p].commuting.at = NULL;
        professions[p].inflow_fte.values.at = professions[p].inflow_employed.values.at = NULL;
    }
    in.professions = professions;
    assert_int_equal(frem_core_results_new(&in, false, arena, &out), FREM_OK);
    assert_int_equal(frem_core_project(&in, NULL, FREM_ISA_BEST, out), FREM_OK);
    return out;
}

static void commuting_brings_work_and_makes_none(void **state) {
    (void)state;
    /* What is supplied at work is what is supplied at home, less what a row sends outside, and what comes from there.
     * Unemployment that answers a shortage depends on where people work. */
    for (uint64_t seed = 0; seed < WORLDS / 10; seed++) {
        frem_arena *arena = new_arena();
        frem_core_inputs in;
        frem_core_results *r = project((random_world){.seed = seed}, arena, &in);
        frem_core_results *home = project_at_home(in, arena);
        size_t n = in.regions;
        for (size_t p = 0; p < r->professions && in.base_mode == FREM_BASE_COHORTS; p++)
            for (size_t t = 0; t < r->steps && in.professions[p].has_stock; t++) {
                const frem_core_profession *it = &in.professions[p];
                double wanted = 0, size = 0;
                if (it->response.rate.at != NULL)
                    break;
                for (size_t i = 0; i < n; i++) {
                    double row = it->commuting.at == NULL ? 1 : 0;
                    for (size_t to = 0; it->commuting.at != NULL && to < n; to++)
                        row += it->commuting.at[((it->commuting_by_step ? t : 0) * n + i) * n + to];
                    wanted += row * measure(home, p, i, FREM_CORE_SUPPLY, t);
                    size += measure(home, p, i, FREM_CORE_SUPPLY, t);
                    if (it->inflow_fte.values.at != NULL)
                        wanted += it->inflow_fte.values.at[t * it->inflow_fte.step + i];
                }
                near(seed, "supply at work", measure(r, p, r->areas - 1, FREM_CORE_SUPPLY, t), wanted, size);
            }
        frem_arena_free(arena);
    }
}

static double upgrade_course(const frem_core_results *r, size_t u, frem_core_course_measure m, size_t t) {
    double sum = 0;
    for (size_t region = 0; region < r->regions; region++)
        sum +=
            r->upgrade_courses[((u * FREM_COURSE_MEASURES + (size_t)m) * r->regions + region) * r->steps + t];
    return sum;
}

/* Those who were taken into an upgrade and those who studied before now study, have dropped out or completed. */
static void check_followed(uint64_t seed, const frem_core_upgrade *upgrade, const frem_core_results *r,
                           size_t u, size_t t) {
    double before = upgrade_course(r, u, FREM_COURSE_STUDENTS, t - 1);
    double taken = upgrade_course(r, u, FREM_COURSE_INTAKE, t - upgrade->take_lag);
    double now = upgrade_course(r, u, FREM_COURSE_STUDENTS, t) +
                 upgrade_course(r, u, FREM_COURSE_DROPOUTS, t) +
                 upgrade_course(r, u, FREM_COURSE_GRADUATES, t);
    near(seed, "upgrading people", now, before + taken, before + taken);
}

static void upgrades_take_what_they_receive(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < WORLDS; seed++) {
        frem_arena *arena = new_arena();
        frem_core_inputs in;
        frem_core_results *r = project((random_world){.seed = seed}, arena, &in);
        for (size_t t = 1; t < r->steps; t++)
            for (size_t p = 0; p < r->professions; p++) {
                double taken = 0, joined = 0;
                for (size_t u = 0; u < in.n_upgrades; u++) {
                    const frem_core_upgrade *it = &in.upgrades[u];
                    double back = it->returning.at == NULL ? 1 : it->returning.at[0];
                    if (!in.professions[it->from].has_stock || !in.professions[it->to].has_stock)
                        continue;
                    if (it->from == p) {
                        check_followed(seed, it, r, u, t);
                        taken += upgrade_course(r, u, FREM_COURSE_INTAKE, t - it->take_lag);
                        joined += back * upgrade_course(r, u, FREM_COURSE_DROPOUTS, t);
                    }
                    joined += it->to == p ? upgrade_course(r, u, FREM_COURSE_GRADUATES, t) : 0;
                }
                double out = measure(r, p, r->areas - 1, FREM_CORE_UPGRADES_OUT, t);
                near(seed, "upgrades out", out, taken, taken);
                near(seed, "upgrades in", measure(r, p, r->areas - 1, FREM_CORE_UPGRADES_IN, t), joined,
                     joined);
            }
        frem_arena_free(arena);
    }
}

static void allocation_leaves_no_more_than_is_short(void **state) {
    (void)state;
    /* A region's empty posts, all sectors, are what demand is above supply. */
    for (uint64_t seed = 0; seed < WORLDS; seed++) {
        frem_arena *arena = new_arena();
        frem_core_inputs in;
        frem_core_results *r = project((random_world){.seed = seed}, arena, &in);
        for (size_t p = 0; p < r->professions && in.allocation != FREM_ALLOCATE_NONE; p++)
            for (size_t area = 0; area < r->areas && in.professions[p].has_stock; area++)
                for (size_t t = 0; t < r->steps; t++)
                    near(seed, "unfilled posts", measure(r, p, area, FREM_CORE_POSTS_UNFILLED, t),
                         measure(r, p, area, FREM_CORE_SHORTAGE, t),
                         measure(r, p, area, FREM_CORE_DEMAND, t));
        frem_arena_free(arena);
    }
}

/* Stock by cell of an area past the regions. */
static double sum_of_cells(const frem_core_inputs *in, const frem_core_results *r, size_t p, size_t area,
                           size_t t) {
    size_t cells = in->sexes * in->ages, areas = r->areas - r->regions;
    const double *at = r->cells + ((p * areas + area - r->regions) * r->steps + t) * cells;
    double sum = 0;
    for (size_t c = 0; c < cells; c++)
        sum += at[c];
    return sum;
}

static void check_sum(uint64_t seed, const frem_core_inputs *in, const frem_core_results *r, size_t p,
                      size_t t) {
    for (size_t area = r->regions; area < r->areas; area++) {
        size_t g = area - r->regions;
        size_t count = g < in->n_groups ? in->groups[g].count : r->regions;
        for (int m = 0; m < FREM_CORE_MEASURES; m++) {
            double sum = 0, size = 0;
            for (size_t i = 0; i < count; i++) {
                size_t member = g < in->n_groups ? in->groups[g].regions[i] : i;
                double part = measure(r, p, member, (frem_core_measure)m, t);
                sum += part;
                size += fabs(part);
            }
            near(seed, "a sum of regions", measure(r, p, area, (frem_core_measure)m, t), sum, size);
        }
        double stock = measure(r, p, area, FREM_CORE_STOCK, t);
        near(seed, "a sum of cells", sum_of_cells(in, r, p, area, t), stock, stock);
        double demand = 0;
        for (size_t j = 0; j < r->sectors; j++)
            demand += r->sector_demand[((p * r->areas + area) * r->sectors + j) * r->steps + t];
        near(seed, "a sum of sectors", demand, measure(r, p, area, FREM_CORE_DEMAND, t), demand);
    }
}

static void parts_sum_to_the_whole(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < WORLDS; seed++) {
        frem_arena *arena = new_arena();
        frem_core_inputs in;
        frem_core_results *r = project((random_world){.seed = seed}, arena, &in);
        for (size_t p = 0; p < r->professions; p++)
            for (size_t t = 0; t < r->steps; t++)
                check_sum(seed, &in, r, p, t);
        frem_arena_free(arena);
    }
}

/* Fails unless b is a times a factor. */
static void times(uint64_t seed, const char *what, const double *a, const double *b, size_t n,
                  double factor) {
    for (size_t i = 0; i < n; i++)
        near(seed, what, b[i], factor * a[i], fabs(a[i]));
}

static void twice_the_people_are_twice_everything(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < WORLDS; seed++) {
        frem_arena *arena = new_arena();
        frem_core_inputs in;
        frem_core_results *a = project((random_world){.seed = seed}, arena, &in);
        frem_core_results *b = project((random_world){.seed = seed, .persons = 2}, arena, NULL);
        size_t rows = a->areas * a->sectors * a->steps, groups = a->areas - a->regions;
        times(seed, "measures", a->measures, b->measures,
              a->professions * a->areas * FREM_CORE_MEASURES * a->steps, 2);
        times(seed, "sector demand", a->sector_demand, b->sector_demand, a->professions * rows, 2);
        if (a->sector_unfilled != NULL)
            times(seed, "unfilled posts", a->sector_unfilled, b->sector_unfilled, a->professions * rows, 2);
        times(seed, "upgrades", a->upgrade_courses, b->upgrade_courses,
              a->upgrades * FREM_COURSE_MEASURES * a->regions * a->steps, 2);
        times(seed, "users", a->users, b->users, rows, 2);
        if (a->floors != NULL)
            times(seed, "floors", a->floors, b->floors, rows * FREM_FLOOR_MEASURES, 2);
        times(seed, "courses", a->courses, b->courses, a->programmes * FREM_COURSE_MEASURES * a->steps, 2);
        times(seed, "stages", a->course_stages, b->course_stages,
              a->programmes * a->max_stages * 2 * a->steps, 2);
        times(seed, "cells", a->cells, b->cells, a->professions * groups * a->steps * in.sexes * in.ages, 2);
        times(seed, "index", a->index, b->index, a->regions * a->sectors * a->steps, 1);
        times(seed, "scale", a->scale, b->scale, a->professions * a->regions, 1);
        frem_arena_free(arena);
    }
}

/* Fails unless profession p of a has the totals of profession q of b: of all regions, and of each group. */
static void same_totals(uint64_t seed, const frem_core_results *a, size_t p, const frem_core_results *b,
                        size_t q) {
    for (size_t g = 0; g < a->areas - a->regions; g++)
        for (size_t t = 0; t < a->steps; t++) {
            double size = measure(a, p, a->regions + g, FREM_CORE_SUPPLY, t) +
                          measure(a, p, a->regions + g, FREM_CORE_DEMAND, t);
            for (int m = 0; m < FREM_CORE_MEASURES; m++) {
                double x = measure(a, p, a->regions + g, (frem_core_measure)m, t);
                near(seed, "a total", measure(b, q, b->regions + g, (frem_core_measure)m, t), x,
                     fabs(x) + size);
            }
            for (size_t j = 0; j < a->sectors; j++) {
                size_t at = ((p * a->areas + a->regions + g) * a->sectors + j) * a->steps + t;
                size_t there = ((q * b->areas + b->regions + g) * b->sectors + j) * b->steps + t;
                near(seed, "a sector's total", b->sector_demand[there], a->sector_demand[at], size);
            }
        }
}

static void halves_of_a_region_make_the_same_totals(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < WORLDS; seed++) {
        frem_arena *arena = new_arena();
        frem_core_results *a = project((random_world){.seed = seed}, arena, NULL);
        frem_core_results *b = project((random_world){.seed = seed, .split = true}, arena, NULL);
        assert_int_equal(b->regions, a->regions + 1);
        for (size_t p = 0; p < a->professions; p++)
            same_totals(seed, a, p, b, p);
        frem_arena_free(arena);
    }
}

static void the_order_of_regions_and_professions_is_free(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < WORLDS; seed++) {
        frem_arena *arena = new_arena();
        frem_core_results *a = project((random_world){.seed = seed}, arena, NULL);
        frem_core_results *b = project((random_world){.seed = seed, .reversed = true}, arena, NULL);
        for (size_t p = 0; p < a->professions; p++)
            same_totals(seed, a, p, b, a->professions - 1 - p);
        frem_arena_free(arena);
    }
}

static void same_bits(uint64_t seed, const char *what, const double *a, const double *b, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (memcmp(&a[i], &b[i], sizeof *a) != 0)
            fail_msg("seed %ju, %s, number %zu: %.17g and %.17g", (uintmax_t)seed, what, i, a[i], b[i]);
}

static void same_results(uint64_t seed, const frem_core_inputs *in, const frem_core_results *a,
                         const frem_core_results *b) {
    size_t steps = a->steps * a->lanes, rows = a->areas * a->sectors * steps, groups = a->areas - a->regions;
    same_bits(seed, "measures", a->measures, b->measures,
              a->professions * a->areas * FREM_CORE_MEASURES * steps);
    same_bits(seed, "sector demand", a->sector_demand, b->sector_demand, a->professions * rows);
    if (a->sector_unfilled != NULL)
        same_bits(seed, "unfilled posts", a->sector_unfilled, b->sector_unfilled, a->professions * rows);
    same_bits(seed, "upgrades", a->upgrade_courses, b->upgrade_courses,
              a->upgrades * FREM_COURSE_MEASURES * a->regions * steps);
    same_bits(seed, "users", a->users, b->users, rows);
    same_bits(seed, "index", a->index, b->index, a->regions * a->sectors * steps);
    same_bits(seed, "courses", a->courses, b->courses, a->programmes * FREM_COURSE_MEASURES * steps);
    same_bits(seed, "stages", a->course_stages, b->course_stages, a->programmes * a->max_stages * 2 * steps);
    same_bits(seed, "scale", a->scale, b->scale, a->professions * a->regions * a->lanes);
    same_bits(seed, "cells", a->cells, b->cells, a->professions * groups * steps * in->sexes * in->ages);
    assert_memory_equal(a->unscalable, b->unscalable, a->professions * a->regions * sizeof(bool));
}

static void neutral_parts_change_no_bit(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < WORLDS; seed++) {
        frem_arena *arena = new_arena();
        frem_core_inputs in;
        frem_core_results *a = project((random_world){.seed = seed}, arena, &in);
        frem_core_results *b = project((random_world){.seed = seed, .spelled_out = true}, arena, NULL);
        same_results(seed, &in, a, b);
        frem_arena_free(arena);
    }
}

static void instruction_sets_change_no_bit(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < WORLDS / 20; seed++)
        for (size_t lanes = 1; lanes <= FREM_LANES; lanes += FREM_LANES - 1) {
            frem_arena *arena = new_arena();
            random_world what = {.seed = seed, .lanes = lanes};
            frem_core_inputs in;
            frem_core_results *a = random_projected(what, NULL, FREM_ISA_PLAIN, true, arena, &in);
            for (int isa = 0; isa < FREM_ISA_COUNT; isa++)
                if (frem_isa_here((frem_isa)isa))
                    same_results(seed, &in, a,
                                 random_projected(what, NULL, (frem_isa)isa, true, arena, NULL));
            frem_arena_free(arena);
        }
}

/* The same world with its last regions unreported. */
static frem_core_results *project_fewer(frem_core_inputs in, size_t unreported, frem_arena *arena) {
    frem_core_group *groups = frem_arena_alloc(arena, in.n_groups + 1, sizeof *groups);
    frem_core_results *out = NULL;
    assert_non_null(groups);
    in.unreported = unreported;
    for (size_t g = 0; g < in.n_groups; g++) {
        groups[g] = in.groups[g];
        while (groups[g].count > 0 && groups[g].regions[groups[g].count - 1] >= in.regions - unreported)
            groups[g].count--;
    }
    in.groups = groups;
    assert_int_equal(frem_core_results_new(&in, true, arena, &out), FREM_OK);
    /* What an earlier projection has left is no result. */
    for (int again = 0; again < 2; again++)
        assert_int_equal(frem_core_project(&in, NULL, FREM_ISA_BEST, out), FREM_OK);
    return out;
}

static void regions_that_are_not_reported_change_no_bit(void **state) {
    (void)state;
    size_t tied = 0, alone = 0;
    for (uint64_t seed = 0; seed < WORLDS / 5; seed++) {
        frem_arena *arena = new_arena();
        frem_core_inputs in;
        frem_core_results *all = project((random_world){.seed = seed}, arena, &in);
        size_t kept = 1 + seed % in.regions, n = FREM_CORE_MEASURES * all->steps;
        frem_core_results *some = project_fewer(in, in.regions - kept, arena);
        assert_int_equal(some->regions, kept);
        assert_int_equal(some->areas, kept + in.n_groups + 1);
        for (size_t p = 0; p < in.n_professions; p++) {
            tied += frem_core_is_tied(&in, p) && kept < in.regions;
            alone += !frem_core_is_tied(&in, p) && kept < in.regions;
            for (size_t r = 0; r < kept; r++)
                assert_memory_equal(some->measures + frem_core_at(some, p, r, (frem_core_measure)0, 0),
                                    all->measures + frem_core_at(all, p, r, (frem_core_measure)0, 0),
                                    n * sizeof(double));
            assert_memory_equal(some->scale + p * kept, all->scale + p * in.regions, kept * sizeof(double));
            double sum = 0;
            for (size_t r = 0; r < kept; r++)
                sum += measure(some, p, r, FREM_CORE_DEMAND, 0);
            near(seed, "sum of the reported", measure(some, p, kept + in.n_groups, FREM_CORE_DEMAND, 0), sum,
                 fabs(sum));
        }
        for (size_t r = 0; r < kept; r++)
            assert_memory_equal(some->users + r * in.n_sectors * some->steps,
                                all->users + r * in.n_sectors * all->steps,
                                in.n_sectors * some->steps * sizeof(double));
        assert_memory_equal(some->upgrade_courses, all->upgrade_courses,
                            in.n_upgrades * FREM_COURSE_MEASURES * in.regions * all->steps * sizeof(double));
        frem_arena_free(arena);
    }
    assert_true(tied > WORLDS / 100 && alone > WORLDS / 100);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(worlds_use_every_part),
        cmocka_unit_test(persons_are_conserved),
        cmocka_unit_test(students_go_somewhere),
        cmocka_unit_test(numbers_are_sound),
        cmocka_unit_test(moves_are_closed),
        cmocka_unit_test(commuting_brings_work_and_makes_none),
        cmocka_unit_test(upgrades_take_what_they_receive),
        cmocka_unit_test(allocation_leaves_no_more_than_is_short),
        cmocka_unit_test(parts_sum_to_the_whole),
        cmocka_unit_test(twice_the_people_are_twice_everything),
        cmocka_unit_test(halves_of_a_region_make_the_same_totals),
        cmocka_unit_test(the_order_of_regions_and_professions_is_free),
        cmocka_unit_test(neutral_parts_change_no_bit),
        cmocka_unit_test(instruction_sets_change_no_bit),
        cmocka_unit_test(regions_that_are_not_reported_change_no_bit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
