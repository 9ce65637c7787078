#include "unit/core/random_world.h"
#include "unit/core/world.h"

static frem_arena *new_arena(void) {
    frem_arena *arena = NULL;
    assert_int_equal(frem_arena_new(&arena), FREM_OK);
    return arena;
}

/* Fails unless all lanes of two projections have the same bits. */
static void assert_same_results(const frem_core_inputs *in, const frem_core_results *a,
                                const frem_core_results *b) {
    /* A lane and step are as good as a step with more numbers. */
    frem_core_results x = *a, y = *b;
    assert_int_equal(a->lanes, b->lanes);
    x.steps = y.steps = a->steps * a->lanes;
    x.lanes = y.lanes = 1;
    assert_same_bits(a->scale, b->scale, a->professions * a->regions * a->lanes, 1, 0, "scale");
    x.scale = y.scale = a->scale;
    assert_same_lane(in, &x, &y, 0);
}

static void each_lane_is_a_projection_of_its_own(void **state) {
    (void)state;
    static const size_t widths[] = {FREM_LANES, 3 * FREM_LANES};
    for (uint64_t seed = 0; seed < 40; seed++)
        for (size_t i = 0; i < 2; i++) {
            frem_arena *arena = new_arena();
            frem_core_inputs in;
            random_world wide = {.seed = seed, .lanes = widths[i]};
            frem_core_results *many = random_projected(wide, NULL, FREM_ISA_BEST, true, arena, &in);
            for (size_t lane = 0; lane < widths[i]; lane++) {
                random_world single = {.seed = seed, .lanes = 1, .lane = lane};
                assert_same_lane(&in, random_projected(single, NULL, FREM_ISA_PLAIN, true, arena, NULL), many,
                                 lane);
            }
            frem_arena_free(arena);
        }
}

static void a_change_in_one_lane_changes_that_lane_only(void **state) {
    (void)state;
    size_t differences = 0;
    for (uint64_t seed = 0; seed < 20; seed++) {
        frem_arena *arena = new_arena();
        random_world before = {.seed = seed, .lanes = FREM_LANES}, after = before;
        after.lane_3 = 500;
        frem_core_results *a = random_projected(before, NULL, FREM_ISA_BEST, false, arena, NULL);
        frem_core_results *b = random_projected(after, NULL, FREM_ISA_BEST, false, arena, NULL);
        size_t n = a->professions * a->areas * FREM_CORE_MEASURES * a->steps * a->lanes;
        for (size_t i = 0; i < n; i++)
            if (memcmp(&a->measures[i], &b->measures[i], sizeof(double)) != 0) {
                assert_int_equal(i % FREM_LANES, 3);
                differences++;
            }
        frem_arena_free(arena);
    }
    assert_true(differences > 1000);
}

static void threads_change_no_bit(void **state) {
    (void)state;
    /* 40 regions * 4 professions * 120 cells * 15 years * 16 lanes are enough for threads to share the parts
     * of the block of lanes; with 128 lanes they share the blocks. */
    static const size_t widths[] = {FREM_LANES, 8 * FREM_LANES};
    for (size_t i = 0; i < 2; i++)
        for (int cells = 0; cells < 2; cells++) {
            frem_arena *arena = new_arena();
            frem_core_inputs in =
                random_inputs((random_world){.seed = 2024, .lanes = widths[i], .large = true}, arena);
            frem_core_results *alone = NULL, *shared = NULL;
            assert_int_equal(frem_core_results_new(&in, cells == 1, arena, &alone), FREM_OK);
            assert_int_equal(frem_core_results_new(&in, cells == 1, arena, &shared), FREM_OK);
            assert_int_equal(frem_core_project(&in, NULL, FREM_ISA_BEST, alone), FREM_OK);
            for (unsigned threads = 1; threads <= 4; threads *= 2) {
                frem_pool *pool = NULL;
                assert_int_equal(frem_pool_new(&pool, threads), FREM_OK);
                assert_int_equal(frem_core_project(&in, pool, FREM_ISA_BEST, shared), FREM_OK);
                assert_same_results(&in, alone, shared);
                frem_pool_free(pool);
            }
            frem_arena_free(arena);
        }
}

/* A random world in which upgrades alone tie regions: parts are switched off, and where the oldest age is open no one of it is
 * taken. */
static frem_core_inputs untied(random_world what, frem_arena *arena) {
    frem_core_inputs in = random_inputs(what, arena);
    frem_core_profession *professions = frem_arena_alloc(arena, in.n_professions, sizeof *professions);
    frem_core_programme *programmes = frem_arena_alloc(arena, in.n_programmes + 1, sizeof *programmes);
    frem_core_upgrade *upgrades = frem_arena_alloc(arena, in.n_upgrades + 1, sizeof *upgrades);
    assert_true(professions != NULL && programmes != NULL && upgrades != NULL);
    for (size_t p = 0; p < in.n_professions; p++) {
        static const frem_lanes off = {NULL, false};
        professions[p] = in.professions[p];
        professions[p].moves = professions[p].moves_outside = professions[p].net_moves = off;
        professions[p].commuting = professions[p].response.rate = off;
        professions[p].returning.values = off;
        professions[p].inflow_employed.values = professions[p].inflow_fte.values = off;
        professions[p].recent[0].years = professions[p].recent[1].years = 0;
    }
    for (size_t k = 0; k < in.n_programmes; k++) {
        programmes[k] = in.programmes[k];
        programmes[k].region = -1;
    }
    for (size_t u = 0; u < in.n_upgrades; u++) {
        upgrades[u] = in.upgrades[u];
        size_t profiles = upgrades[u].entrants_entry > 0 ? upgrades[u].entries : 1;
        size_t width = upgrades[u].entrants.lane ? in.lanes : 1, n = profiles * in.sexes * in.ages * width;
        double *entrants = frem_arena_alloc(arena, n + 128, sizeof *entrants);
        assert_non_null(entrants);
        for (size_t i = 0; i < n && upgrades[u].entrants.at != NULL; i++)
            if (!in.oldest_open || i / width % in.ages + 1 < in.ages)
                entrants[i] = upgrades[u].entrants.at[i];
        if (upgrades[u].entrants.at != NULL)
            upgrades[u].entrants.at = entrants;
    }
    in.professions = professions;
    in.programmes = programmes;
    in.upgrades = upgrades;
    return in;
}

/* Fails unless what adds up is the same where regions and some measures are not kept. */
static void assert_same_sums(const frem_core_results *all, const frem_core_results *lean) {
    const size_t steps = all->steps * all->lanes, by_sector = all->sectors * steps;
    assert_false(lean->regions_kept);
    assert_int_equal(lean->regions, all->regions);
    for (size_t area = all->regions; area < all->areas; area++) {
        const size_t a = frem_core_place(all, area), b = frem_core_place(lean, area);
        for (size_t p = 0; p < all->professions; p++) {
            const size_t from = p * frem_core_places(all) + a, to = p * frem_core_places(lean) + b;
            for (size_t m = 0; m < FREM_CORE_MEASURES; m++)
                if (lean->summed[m])
                    assert_same_bits(all->measures + frem_core_at(all, p, area, (frem_core_measure)m, 0),
                                     lean->measures + frem_core_at(lean, p, area, (frem_core_measure)m, 0),
                                     steps, 1, 0, "sum");
            assert_same_bits(all->sector_demand + from * by_sector, lean->sector_demand + to * by_sector,
                             by_sector, 1, 0, "sum by sector");
        }
        assert_same_bits(all->users + a * by_sector, lean->users + b * by_sector, by_sector, 1, 0, "users");
    }
    assert_memory_equal(all->doubtful, lean->doubtful, all->lanes);
}

static void regions_by_themselves_are_all_regions_together(void **state) {
    (void)state;
    size_t upgrades = 0;
    for (uint64_t seed = 0; seed < 400; seed++) {
        frem_arena *arena = new_arena();
        random_world what = {
            .seed = seed, .lanes = seed % 2 == 0 ? FREM_LANES : 1, .persons = (double)(seed % 3 + 1)};
        frem_core_inputs in = untied(what, arena);
        frem_core_results *together = NULL, *apart = NULL, *lean = NULL;
        static const bool measures[FREM_CORE_MEASURES] = {
            [FREM_CORE_STOCK] = true, [FREM_CORE_FILLED] = true};
        const frem_core_wanted few = {.no_regions = true, .measures = measures};
        /* Where stock by age and sex is kept, all regions are stepped together. */
        assert_int_equal(frem_core_results_new(&in, true, arena, &together), FREM_OK);
        assert_int_equal(frem_core_results_new(&in, false, arena, &apart), FREM_OK);
        assert_int_equal(frem_core_results_of(&in, &few, arena, &lean), FREM_OK);
        assert_true(lean->summed[FREM_CORE_STOCK] && lean->summed[FREM_CORE_SUPPLY]);
        assert_false(lean->summed[FREM_CORE_DEATHS]);
        double *cells = together->cells;
        for (int twice = 0; twice < 2; twice++) {
            together->cells = cells;
            assert_int_equal(frem_core_project(&in, NULL, FREM_ISA_BEST, together), FREM_OK);
            assert_int_equal(frem_core_project(&in, NULL, FREM_ISA_BEST, apart), FREM_OK);
            together->cells = NULL;
            assert_same_results(&in, together, apart);
            assert_true(frem_core_results_fit(lean, &in, &few) && !frem_core_results_fit(apart, &in, &few));
            assert_int_equal(frem_core_project(&in, NULL, FREM_ISA_BEST, lean), FREM_OK);
            assert_same_sums(apart, lean);
        }
        upgrades += in.n_upgrades;
        frem_arena_free(arena);
    }
    assert_true(upgrades > 300);
}

static void other_numbers_of_lanes_are_refused(void **state) {
    (void)state;
    world w;
    world_begin(&w, 1, 1, 1);
    assert_int_equal(frem_core_results_new(&w.in, false, w.arena, &w.out), FREM_OK);
    w.in.lanes = 8;
    assert_int_equal(frem_core_project(&w.in, NULL, FREM_ISA_BEST, w.out), FREM_DEFECT);
    w.in.lanes = 0;
    assert_int_equal(frem_core_project(&w.in, NULL, FREM_ISA_BEST, w.out), FREM_DEFECT);
    world_end(&w);
}

static void a_projection_too_large_is_out_of_memory(void **state) {
    (void)state;
    /* The years alone overflow the scratch; nothing of the results is touched before that is seen. */
    world w;
    world_begin(&w, 1, 1, 1);
    assert_int_equal(frem_core_results_new(&w.in, false, w.arena, &w.out), FREM_OK);
    w.in.steps = SIZE_MAX / 4;
    assert_int_equal(frem_core_project(&w.in, NULL, FREM_ISA_BEST, w.out), FREM_NO_MEMORY);
    world_end(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_lane_is_a_projection_of_its_own),
        cmocka_unit_test(a_change_in_one_lane_changes_that_lane_only),
        cmocka_unit_test(threads_change_no_bit),
        cmocka_unit_test(regions_by_themselves_are_all_regions_together),
        cmocka_unit_test(other_numbers_of_lanes_are_refused),
        cmocka_unit_test(a_projection_too_large_is_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
