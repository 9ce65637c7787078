/* Rules that hold in any scenario, on random ones written as files and seen in the results table; a failure names the
 * seed. */
#include <unistd.h>

#include "property/random_scenario.h"
#include "unit/model/small.h"

/* The sanitizers are slow, and the core's own random worlds run under them too. */
#if defined(__SANITIZE_ADDRESS__)
#define WORLDS 100
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WORLDS 100
#endif
#endif
#ifndef WORLDS
#define WORLDS 1000
#endif

/* The results of one scenario by place; NAN where there is no row. */
typedef struct cube {
    small w;
    double *at;
    size_t years, n[FREM_COL_COUNT]; /* labels of the columns */
} cube;

static char *folder; /* one for all: every scenario takes the place of the one before */

static int make_folder(void **state) {
    (void)state;
    /* Forty thousand small files: in memory where the machine has a place for that, unless asked otherwise. */
    if (access("/dev/shm", W_OK | X_OK) == 0)
        (void)setenv("TMPDIR", "/dev/shm", 0);
    folder = frem_temp_folder();
    return 0;
}

static int drop_folder(void **state) {
    (void)state;
    frem_temp_remove(folder);
    return 0;
}

static const frem_frame *table_of(const cube *c) {
    return frem_results_table(c->w.results);
}

static size_t at(const cube *c, size_t year, const size_t label[FREM_COL_COUNT]) {
    size_t i = year;
    for (size_t column = FREM_COL_REGION; column <= FREM_COL_MEASURE; column++)
        i = i * c->n[column] + label[column];
    return i;
}

static void fill(cube *c) {
    const frem_frame *t = table_of(c);
    size_t size = c->years = c->w.model->steps;
    for (size_t column = FREM_COL_REGION; column <= FREM_COL_MEASURE; column++)
        size *= c->n[column] = frem_frame_labels(t, column);
    c->at = malloc(size * sizeof *c->at);
    assert_non_null(c->at);
    for (size_t i = 0; i < size; i++)
        c->at[i] = (double)NAN;
    for (size_t row = 0; row < frem_frame_rows(t); row++) {
        size_t label[FREM_COL_COUNT];
        for (size_t column = FREM_COL_REGION; column <= FREM_COL_MEASURE; column++)
            label[column] = frem_frame_label_codes(t, column)[row];
        double *cell = &c->at[at(c, (size_t)(frem_frame_wholes(t, FREM_COL_YEAR)[row] - RANDOM_BASE), label)];
        assert_true(isnan(*cell));
        *cell = frem_frame_numbers(t, FREM_COL_VALUE)[row];
    }
}

static cube run_threads(random_scenario what, unsigned threads) {
    cube c = {.w = {.folder = folder}};
    random_scenario_write(what, folder);
    assert_int_equal(frem_diags_new(&c.w.diags), FREM_OK);
    assert_int_equal(frem_sources_new(&c.w.sources, NULL, 0, NULL), FREM_OK);
    char *path = frem_temp_path(folder, "w.yaml");
    frem_status status = frem_scenario_load(&c.w.scenario, c.w.sources, path, c.w.diags);
    if (status == FREM_OK)
        status = frem_model_new(&c.w.model, c.w.scenario, c.w.diags);
    const frem_model *models[] = {c.w.model};
    const frem_run_options options = {.threads = threads};
    if (status == FREM_OK)
        status = frem_results_new(&c.w.results, c.w.sources, models, 1, &options, c.w.diags);
    free(path);
    if (status != FREM_OK) {
        char *text = small_problem(&c.w);
        fail_msg("seed %ju: %s", (uintmax_t)what.seed, text);
    }
    fill(&c);
    return c;
}

static cube run(random_scenario what) {
    return run_threads(what, 1);
}

static void end(cube *c) {
    free(c->at);
    frem_results_free(c->w.results);
    frem_model_free(c->w.model);
    frem_scenario_free(c->w.scenario);
    frem_diags_free(c->w.diags);
    frem_sources_free(c->w.sources);
}

/* The code of a label, or -1. */
static ptrdiff_t code(const cube *c, size_t column, const char *label) {
    return frem_frame_label_find(table_of(c), column, label);
}

static const char *name(const cube *c, size_t column, size_t label) {
    return frem_frame_label_text(table_of(c), column, (uint32_t)label);
}

/* A measure of a region and profession over all sectors; NAN where there is no row. */
static double value(const cube *c, size_t year, size_t region, size_t profession, const char *measure) {
    size_t label[FREM_COL_COUNT] = {0};
    ptrdiff_t m = code(c, FREM_COL_MEASURE, measure);
    label[FREM_COL_REGION] = region;
    label[FREM_COL_PROFESSION] = profession;
    label[FREM_COL_SECTOR] = (size_t)code(c, FREM_COL_SECTOR, "all");
    label[FREM_COL_MEASURE] = (size_t)m;
    return m < 0 ? (double)NAN : c->at[at(c, year, label)];
}

static double or_0(double x) {
    return isnan(x) ? 0 : x;
}

static void near(const cube *c, uint64_t seed, const char *what, double a, double b, double size) {
    if (!(fabs(a - b) <= 1e-9 * (1 + size)))
        fail_msg("seed %ju, %s: %.17g and %.17g (%s)", (uintmax_t)seed, what, a, b, c->w.folder);
}

static void persons_are_conserved(const cube *c, uint64_t seed) {
    for (size_t t = 1; t < c->years; t++)
        for (size_t r = 0; r < c->n[FREM_COL_REGION]; r++)
            for (size_t p = 0; p < c->n[FREM_COL_PROFESSION]; p++) {
                double before = value(c, t - 1, r, p, "stock"), after = value(c, t, r, p, "stock");
                if (isnan(before) && isnan(after))
                    continue; /* one profession has no sum of all */
                double in = or_0(value(c, t, r, p, "graduates"));
                double out = or_0(value(c, t, r, p, "deaths")) + or_0(value(c, t, r, p, "retirements")) +
                             or_0(value(c, t, r, p, "other_exits"));
                near(c, seed, "conserved persons", after, before + in - out, before + in);
            }
}

static bool adds_up(const char *measure) {
    static const char *const ratios[] = {"coverage", "share_55_plus", "trained_share",
                                         "children_per_adult_required", "children_per_adult"};
    for (size_t i = 0; i < sizeof ratios / sizeof *ratios; i++) {
        if (strcmp(measure, ratios[i]) == 0)
            return false;
    }
    return true;
}

/* Whether a measure can be below 0. */
static bool has_sign(const char *measure) {
    static const char *const signed_ones[] = {"gap", "recruitment_need", "expansion", "graduate_need"};
    for (size_t i = 0; i < sizeof signed_ones / sizeof *signed_ones; i++) {
        if (strcmp(measure, signed_ones[i]) == 0)
            return true;
    }
    return false;
}

static void numbers_are_sound(const cube *c, uint64_t seed) {
    const frem_frame *t = table_of(c);
    for (size_t row = 0; row < frem_frame_rows(t); row++) {
        double number = frem_frame_numbers(t, FREM_COL_VALUE)[row];
        const char *measure = name(c, FREM_COL_MEASURE, frem_frame_label_codes(t, FREM_COL_MEASURE)[row]);
        if (!isfinite(number) || (number < 0 && !has_sign(measure)))
            fail_msg("seed %ju, row %zu: %s is %.17g", (uintmax_t)seed, row, measure, number);
    }
}

/* What a group's number should be: the sum over its regions. */
static void check_area(const cube *c, uint64_t seed, size_t year, size_t label[FREM_COL_COUNT], size_t area) {
    const frem_model *model = c->w.model;
    size_t regions = frem_index_count(model->regions);
    const frem_group *group = area < regions + model->n_groups ? &model->groups[area - regions] : NULL;
    double sum = 0, size = 0;
    for (size_t i = 0; i < (group != NULL ? group->count : regions); i++) {
        label[FREM_COL_REGION] = group != NULL ? group->regions[i] : i;
        double part = or_0(c->at[at(c, year, label)]);
        sum += part;
        size += fabs(part);
    }
    label[FREM_COL_REGION] = area;
    near(c, seed, "a sum of regions", or_0(c->at[at(c, year, label)]), sum, size);
}

/* Demand by sector sums to that of all sectors. */
static void check_sectors(const cube *c, uint64_t seed, size_t year, size_t label[FREM_COL_COUNT]) {
    size_t all = (size_t)code(c, FREM_COL_SECTOR, "all");
    label[FREM_COL_MEASURE] = (size_t)code(c, FREM_COL_MEASURE, "demand");
    double sum = 0;
    for (size_t j = 0; j < all; j++) {
        label[FREM_COL_SECTOR] = j;
        sum += or_0(c->at[at(c, year, label)]);
    }
    label[FREM_COL_SECTOR] = all;
    near(c, seed, "a sum of sectors", or_0(c->at[at(c, year, label)]), sum, sum);
}

static void parts_sum_to_the_whole(const cube *c, uint64_t seed) {
    size_t regions = frem_index_count(c->w.model->regions), label[FREM_COL_COUNT] = {0};
    /* Labels stand in the order of areas: regions, groups, all. */
    assert_int_equal(code(c, FREM_COL_REGION, "all"), (ptrdiff_t)c->n[FREM_COL_REGION] - 1);
    for (size_t t = 0; t < c->years; t++)
        for (size_t p = 0; p < c->n[FREM_COL_PROFESSION]; p++) {
            label[FREM_COL_PROFESSION] = p;
            for (size_t area = 0; area < c->n[FREM_COL_REGION]; area++) {
                label[FREM_COL_REGION] = area;
                check_sectors(c, seed, t, label);
            }
            for (size_t i = 0; i < c->n[FREM_COL_SECTOR] * c->n[FREM_COL_MEASURE]; i++) {
                label[FREM_COL_SECTOR] = i / c->n[FREM_COL_MEASURE];
                label[FREM_COL_MEASURE] = i % c->n[FREM_COL_MEASURE];
                bool adds = adds_up(name(c, FREM_COL_MEASURE, label[FREM_COL_MEASURE]));
                for (size_t area = regions; area < c->n[FREM_COL_REGION] && adds; area++)
                    check_area(c, seed, t, label, area);
            }
        }
}

/* Every row of a is in b, by name, times a factor where it adds up. */
static void same(const cube *a, const cube *b, uint64_t seed, const char *what, bool totals_only,
                 double factor) {
    size_t map[FREM_COL_COUNT][64];
    for (size_t column = FREM_COL_REGION; column <= FREM_COL_MEASURE; column++) {
        assert_true(a->n[column] <= 64);
        for (size_t i = 0; i < a->n[column]; i++)
            map[column][i] = (size_t)code(b, column, name(a, column, i));
    }
    const frem_frame *t = table_of(a);
    size_t regions = frem_index_count(a->w.model->regions);
    for (size_t row = 0; row < frem_frame_rows(t); row++) {
        size_t label[FREM_COL_COUNT] = {0};
        if (totals_only && frem_frame_label_codes(t, FREM_COL_REGION)[row] < regions)
            continue;
        for (size_t column = FREM_COL_REGION; column <= FREM_COL_MEASURE; column++) {
            label[column] = map[column][frem_frame_label_codes(t, column)[row]];
            if (label[column] == (size_t)-1)
                fail_msg("seed %ju, %s: a label is not there", (uintmax_t)seed, what);
        }
        double x = frem_frame_numbers(t, FREM_COL_VALUE)[row];
        double y = b->at[at(b, (size_t)(frem_frame_wholes(t, FREM_COL_YEAR)[row] - RANDOM_BASE), label)];
        bool adds = adds_up(name(b, FREM_COL_MEASURE, label[FREM_COL_MEASURE]));
        /* Gaps and recruitment are differences of numbers in the thousands. */
        near(a, seed, what, y, adds ? factor * x : x, fabs(x) + (adds ? 1000 : 0));
    }
}

static void twice_the_people_are_twice_everything(const cube *a, uint64_t seed) {
    cube b = run((random_scenario){.seed = seed, .doubled = true});
    assert_int_equal(frem_frame_rows(table_of(a)), frem_frame_rows(table_of(&b)));
    same(a, &b, seed, "twice the people", false, 2);
    end(&b);
}

static void the_order_of_things_is_free(const cube *a, uint64_t seed) {
    cube b = run((random_scenario){.seed = seed, .reversed = true});
    assert_int_equal(frem_frame_rows(table_of(a)), frem_frame_rows(table_of(&b)));
    same(a, &b, seed, "another order", false, 1);
    end(&b);
}

static void halves_of_a_region_make_the_same_totals(const cube *a, uint64_t seed) {
    cube b = run((random_scenario){.seed = seed, .split = true});
    assert_int_equal(frem_index_count(b.w.model->regions), frem_index_count(a->w.model->regions) + 1);
    same(a, &b, seed, "halves", true, 1);
    end(&b);
}

/* Posts that change sector: each profession's need in each region is what it is when they do not. */
static void transfers_conserve_posts(const cube *a, uint64_t seed) {
    cube b = run((random_scenario){.seed = seed, .kept = true});
    for (size_t y = 0; y < a->years; y++) {
        for (size_t r = 0; r < a->n[FREM_COL_REGION]; r++) {
            for (size_t p = 0; p < a->n[FREM_COL_PROFESSION]; p++) {
                double x = or_0(value(a, y, r, p, "demand"));
                near(a, seed, "posts that move", x, or_0(value(&b, y, r, p, "demand")), fabs(x));
            }
        }
    }
    end(&b);
}

static bool same_place(const cube *a, size_t row, const cube *b, size_t other) {
    const frem_frame *t = table_of(a), *u = table_of(b);
    if (frem_frame_wholes(t, FREM_COL_YEAR)[row] != frem_frame_wholes(u, FREM_COL_YEAR)[other])
        return false;
    for (size_t column = FREM_COL_REGION; column <= FREM_COL_MEASURE; column++) {
        if (strcmp(name(a, column, frem_frame_label_codes(t, column)[row]),
                   name(b, column, frem_frame_label_codes(u, column)[other])) != 0)
            return false;
    }
    return true;
}

static void neutral_parts_change_no_bit(const cube *a, uint64_t seed) {
    cube b = run((random_scenario){.seed = seed, .spelled_out = true});
    const frem_frame *t = table_of(a), *u = table_of(&b);
    /* Rows in the order of a, with rows of what was spelled out between them. */
    size_t other = 0;
    for (size_t row = 0; row < frem_frame_rows(t); row++, other++) {
        while (other < frem_frame_rows(u) && !same_place(a, row, &b, other))
            other++;
        if (other == frem_frame_rows(u))
            fail_msg("seed %ju: row %zu is not there", (uintmax_t)seed, row);
        double x = frem_frame_numbers(t, FREM_COL_VALUE)[row],
               y = frem_frame_numbers(u, FREM_COL_VALUE)[other];
        if (memcmp(&x, &y, sizeof x) != 0)
            fail_msg("seed %ju, row %zu: %.17g and %.17g", (uintmax_t)seed, row, x, y);
    }
    end(&b);
}

static void every_rule_holds_in_every_world(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < WORLDS; seed++) {
        cube c = run((random_scenario){.seed = seed});
        persons_are_conserved(&c, seed);
        numbers_are_sound(&c, seed);
        parts_sum_to_the_whole(&c, seed);
        twice_the_people_are_twice_everything(&c, seed);
        the_order_of_things_is_free(&c, seed);
        halves_of_a_region_make_the_same_totals(&c, seed);
        neutral_parts_change_no_bit(&c, seed);
        transfers_conserve_posts(&c, seed);
        end(&c);
    }
}

static void threads_change_no_bit(void **state) {
    (void)state;
    for (uint64_t seed = 0; seed < WORLDS / 4; seed++) {
        cube a = run_threads((random_scenario){.seed = seed}, 1),
             b = run_threads((random_scenario){.seed = seed}, 3);
        size_t rows = frem_frame_rows(table_of(&a));
        assert_int_equal(frem_frame_rows(table_of(&b)), rows);
        assert_memory_equal(frem_frame_numbers(table_of(&a), FREM_COL_VALUE),
                            frem_frame_numbers(table_of(&b), FREM_COL_VALUE), rows * sizeof(double));
        end(&a);
        end(&b);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_rule_holds_in_every_world),
        cmocka_unit_test(threads_change_no_bit),
    };
    return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
