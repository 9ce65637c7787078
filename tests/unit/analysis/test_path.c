/* Paths of three years, worked by hand and listed. Half of those who begin in a year join in the next one and stay, so that
 * gaps are 5 (2021: those of 2020), then 5 + x21 / 2, + x22 / 2, + x23 / 2. */
#include <math.h>
#include <string.h>

#include "analysis/cases.h"
#include "analysis/judge.h"
#include "core/core.h"
#include "fremskriv/path.h"
#include "unit/model/small.h"

#define WORLD(intake)                                                                                        \
    "fremskriv: 1\n"                                                                                         \
    "years: {base: 2020, until: 2024}\n"                                                                     \
    "ages: {from: 20, to: 64}\n"                                                                             \
    "base_year: cohorts\n"                                                                                   \
    "professions:\n"                                                                                         \
    "  p:\n"                                                                                                 \
    "    cohorts: {persons: 100, ages: {table: ages.csv, column: persons, outside: 0}}\n"                    \
    "programmes:\n"                                                                                          \
    "  t:\n"                                                                                                 \
    "    label: {da: Kursus, en: Course}\n"                                                                  \
    "    leads_to: p\n"                                                                                      \
    "    length: 1\n"                                                                                        \
    "    completion: 0.5\n"                                                                                  \
    "    earlier_intake: hold\n"                                                                             \
    "    entry: {table: ages.csv, column: persons, outside: 0}\n" intake "demand:\n"                         \
    "  job: {employment: {p: 100}, follows: constant}\n"

#define OWN "    intake: {2020: 10, then: hold}\n"
#define INTAKE "programmes.t.intake"

enum { YEARS = 3, TOP = 10, STEP = 10 };

static void load(small *w, const char *text) {
    small_begin(w);
    small_put(w, "ages.csv", "age,persons\n20,1\n21,1\n");
    small_load(w, text);
}

static frem_status ask(const small *w, const frem_path_options *options, frem_results **out) {
    return frem_path(out, NULL, (const frem_model *const[]){w->model}, 1, options,
                     &(frem_run_options){.threads = 2}, w->diags);
}

static const double *numbers(const frem_results *results, const char *table, const char *column) {
    const frem_frame *frame = frem_results_answer(results, table);
    assert_non_null(frame);
    return frem_frame_numbers(frame, (size_t)frem_frame_column(frame, column));
}

/* ---- listed ---- */

typedef struct listed {
    const char *measure;
    double wanted[YEARS], half, most_change, before, high;
} listed;

typedef struct least {
    double miss, changes;
    double path[YEARS];
    size_t kept; /* paths that keep the limits */
} least;

static bool keeps(const listed *l, const double path[YEARS]) {
    double before = l->before;
    for (size_t y = 0; y < YEARS; y++) {
        if (path[y] > l->high || fabs(path[y] - before) > l->most_change * before + 1e-9)
            return false;
        before = path[y];
    }
    return true;
}

/* Projects every path and keeps the one that misses least, and of those the most even. */
static least list_all(const small *w, const listed *l, const char *parameter) {
    enum { LISTED = (TOP + 1) * (TOP + 1) * (TOP + 1) };
    static frem_change changes[LISTED * YEARS];
    static double paths[LISTED][YEARS], results[LISTED * YEARS];
    frem_address addresses[YEARS];
    const size_t place = (size_t)frem_model_find(w->model, parameter);
    for (size_t y = 0; y < YEARS; y++) {
        const int year = 2022 + (int)y;
        addresses[y] = (frem_address){l->measure, "p", "all", "all", FREM_ADDRESS_YEAR, year, year};
    }
    for (size_t i = 0; i < LISTED; i++) {
        size_t rest = i;
        for (size_t y = 0; y < YEARS; y++, rest /= TOP + 1) {
            paths[i][y] = (double)(STEP * (rest % (TOP + 1)));
            changes[i * YEARS + y] = (frem_change){.parameter = place,
                                                   .lane = i,
                                                   .kind = FREM_CHANGE_SET,
                                                   .number = paths[i][y],
                                                   .first_year = 2021 + (int)y};
        }
    }
    frem_cases cases = {.model = w->model,
                        .addresses = addresses,
                        .n_addresses = YEARS,
                        .isa = frem_results_isa(NULL),
                        .diags = w->diags};
    assert_int_equal(frem_cases_at(&cases, LISTED, changes, (size_t)LISTED * YEARS, results, NULL), FREM_OK);
    least best = {(double)INFINITY, (double)INFINITY, {0}, 0};
    for (size_t i = 0; i < LISTED; i++) {
        double miss = 0, changed = fabs(paths[i][0] - l->before);
        if (!keeps(l, paths[i]))
            continue;
        best.kept++;
        for (size_t y = 0; y < YEARS; y++) {
            miss += fmax(0, fabs(results[i * YEARS + y] - l->wanted[y]) - l->half);
            changed += y > 0 ? fabs(paths[i][y] - paths[i][y - 1]) : 0;
        }
        if (miss < best.miss - 1e-6 || (miss < best.miss + 1e-6 && changed < best.changes - 1e-6)) {
            const size_t kept = best.kept;
            best = (least){miss, changed, {paths[i][0], paths[i][1], paths[i][2]}, kept};
        }
    }
    return best;
}

static double least_of(const frem_results *results, size_t row) {
    return numbers(results, "tradeoff", "below")[row] + numbers(results, "tradeoff", "above")[row];
}

/* The path found misses as little as the best of all, and is as even. */
static void is_the_best(const small *w, const listed *l, const char *parameter, double band, size_t row) {
    char texts[YEARS][64];
    const char *targets[YEARS], *vary[] = {parameter};
    frem_results *results;
    for (size_t y = 0; y < YEARS; y++) {
        (void)snprintf(texts[y], sizeof texts[y], "%s:p::%d=%d", l->measure, 2022 + (int)y,
                       (int)l->wanted[y]);
        targets[y] = texts[y];
    }
    char bounded[64];
    (void)snprintf(bounded, sizeof bounded, "%s=0:%d", parameter, STEP * TOP);
    vary[0] = bounded;
    const frem_path_options options = {vary,           1,           targets, YEARS, band, STEP,
                                       l->most_change, (double)NAN, 2021,    2023};
    const least best = list_all(w, l, parameter);
    assert_true(best.kept > 10);
    assert_int_equal(ask(w, &options, &results), FREM_OK);
    const double *path = numbers(results, "solution", "value");
    assert_close(least_of(results, row), best.miss, 1e-6);
    assert_close(numbers(results, "tradeoff", "changes")[row], best.changes, 1e-6);
    assert_true(keeps(l, path));
    for (size_t y = 0; y < YEARS; y++)
        assert_true(fmod(path[y], STEP) == 0);
    frem_results_free(results);
}

static void the_best_of_all_paths_is_found(void **state) {
    (void)state;
    small w;
    load(&w, WORLD(OWN));
    /* 5 + 5 + 20 = 30, + 30 = 60, + 45 = 105: 40, 60 and 90 in all. No limit but the bounds. */
    listed l = {"gap", {30, 60, 105}, 0, (double)INFINITY, 10, 100};
    const least free_one = list_all(&w, &l, INTAKE);
    assert_close(free_one.miss, 0, 1e-9);
    assert_true(free_one.path[0] == 50 && free_one.path[1] == 60 && free_one.path[2] == 90);
    is_the_best(&w, &l, INTAKE, 0, 4);
    /* Half as much again at most: the rows of the trade-off are 1/4, 1/2, 1 and 2 times that. */
    for (size_t i = 0; i < 12; i++) {
        const double s = (double)i;
        const listed limited = {
            "gap", {12 + 3 * s, 20 + 4 * s, 41 + 2 * s}, (double)(i % 3) * 2, 1.0 + 0.25 * s, 10, 100};
        is_the_best(&w, &limited, INTAKE, (double)(i % 3) * 4, 2);
    }
    /* A late need, which the limit on rising binds; and a wide band, inside which the most even path counts. */
    for (size_t i = 0; i < 6; i++) {
        const double s = (double)i;
        const listed late = {"gap", {15, 20 + 2 * s, 90 + 5 * s}, 0, 1 + 0.25 * s, 10, 100},
                     wide = {"gap", {20 + s, 45 - 3 * s, 60 + 6 * s}, 12, 1.5, 10, 100};
        is_the_best(&w, &late, INTAKE, 0, 2);
        is_the_best(&w, &wide, INTAKE, 24, 2);
    }
    small_end(&w);
}

/* A shortage is bent where nothing lacks. */
static void a_bent_response_is_followed(void **state) {
    (void)state;
    small w;
    load(&w, WORLD(OWN) "  more: {employment: {p: 47}, follows: constant}\n");
    for (size_t i = 0; i < 4; i++) {
        const listed bent = {"shortage", {0, 0, 0}, 0, 1.0 + (double)i, 10, 100};
        is_the_best(&w, &bent, INTAKE, 0, 2);
    }
    small_end(&w);
}

/* ---- limits ---- */

static void applicants_limit_the_places(void **state) {
    (void)state;
    static const char *const vary[] = {"programmes.t.places=0:200"}, *const targets[] = {
                                                                         "gap:p::2022-2024=300"};
    const frem_path_options options = {vary, 1, targets, 1, 0, 10, (double)NAN, (double)NAN, 2021, 2023};
    frem_results *results;
    small w;
    load(
        &w,
        WORLD("    places: {2020: 10, then: hold}\n    applicants: {2020: 80, 2022: 65, then: hold, between: "
              "step}\n    qualified_share: 1\n"));
    assert_int_equal(ask(&w, &options, &results), FREM_OK);
    const double *upper = numbers(results, "solution", "upper"),
                 *value = numbers(results, "solution", "value");
    assert_true(upper[0] == 80 && upper[1] == 60 && upper[2] == 60);
    assert_true(value[0] == 80 && value[1] == 60 && value[2] == 60);
    frem_results_free(results);
    small_end(&w);
}

/* Half of the year is practicum: 30 places carry 60 who begin. */
static void practicum_limits_the_intake(void **state) {
    (void)state;
    static const char *const vary[] = {INTAKE}, *const targets[] = {"gap:p::2022-2024=300"};
    const frem_path_options options = {vary, 1, targets, 1, 0, 25, (double)NAN, (double)NAN, 2021, 2023};
    frem_results *results;
    small w;
    load(&w, WORLD(OWN) "practicum: {programmes: {t: {share: 0.5, offer: 30, caps_intake: true}}}\n");
    assert_int_equal(ask(&w, &options, &results), FREM_OK);
    const double *upper = numbers(results, "solution", "upper"),
                 *value = numbers(results, "solution", "value");
    for (size_t y = 0; y < YEARS; y++)
        assert_true(upper[y] == 50 && value[y] == 50);
    assert_close(numbers(results, "targets", "reached")[2], 5 + 3 * 25, 1e-9);
    frem_results_free(results);
    small_end(&w);
}

static void refuses(const frem_path_options *options, frem_status status, const char *want, frem_lang lang) {
    frem_results *results;
    small w;
    load(&w, WORLD(OWN));
    assert_int_equal(ask(&w, options, &results), status);
    assert_null(results);
    char *text = frem_diag_text(frem_diags_at(w.diags, 0), lang);
    assert_text(text, want);
    free(text);
    small_end(&w);
}

static void limits_that_leave_nothing_are_refused(void **state) {
    (void)state;
    static const char *const vary[] = {INTAKE}, *const narrow[] = {INTAKE "=31:39"},
                             *const two[] = {INTAKE, INTAKE}, *const factor[] = {INTAKE "*=1:2"},
                             *const text[] = {"professions.p.cohorts.persons"};
    static const char *const target[] = {"gap:p::2022-2024=0"}, *const early[] = {"gap:p::2021=0"},
                             *const mixed[] = {"gap:p::2022-2024=0", "coverage:p::2022=1"},
                             *const change[] = {"gap:p::2022..2024=0"};
    const double none = (double)NAN;
    refuses(&(frem_path_options){vary, 1, target, 1, 0, 25, 0.1, none, 0, 0}, FREM_NO_SOLUTION,
            "fremskriv: error: " INTAKE ": no number of whole groups of 25 lies from 9 to 11 in 2021\n"
            "hint: smaller groups (--step), wider bounds (--vary PATH=MIN:MAX) or a larger --most-change "
            "leave one; it "
            "was 10 the year before",
            FREM_EN);
    refuses(&(frem_path_options){narrow, 1, target, 1, 0, 10, none, none, 0, 0}, FREM_NO_SOLUTION,
            "fremskriv: error: " INTAKE ": intet tal af hele hold på 10 ligger fra 31 til 39 i 2021\n"
            "hint: mindre hold (--step), videre grænser (--vary PATH=MIN:MAX) eller en større --most-change "
            "giver et; "
            "året før var det 10",
            FREM_DA);
    refuses(&(frem_path_options){(const char *const[]){INTAKE "=20:90"}, 1, target, 1, 0, 10, none, 15, 0, 0},
            FREM_NO_SOLUTION,
            "fremskriv: error: --together 15: in 2021 at least 20 begin, by the other limits\n"
            "hint: a larger --together or --most-change leaves some, or lower bounds (--vary PATH=MIN:MAX); "
            "10 begin in the year before: numbers are of those who begin, not of places",
            FREM_EN);
    refuses(&(frem_path_options){vary, 1, early, 1, 0, 1, none, none, 0, 0}, FREM_NO_SOLUTION,
            "fremskriv: error: " INTAKE " moves gap:p:all:2021 in no year\n"
            "hint: those who begin must come through before the years of the target; another profession or "
            "region may "
            "lie behind",
            FREM_EN);
    refuses(&(frem_path_options){two, 2, target, 1, 0, 1, none, none, 0, 0}, FREM_USAGE,
            "fremskriv: error: '" INTAKE "' is varied twice", FREM_EN);
    refuses(&(frem_path_options){factor, 1, target, 1, 0, 1, none, none, 0, 0}, FREM_USAGE,
            "fremskriv: error: --vary " INTAKE "*: a path is of the numbers of each year themselves\n"
            "hint: PATH or PATH=MIN:MAX, and --from for its first year",
            FREM_EN);
    refuses(&(frem_path_options){text, 1, target, 1, 0, 1, none, none, 0, 0}, FREM_USAGE,
            "fremskriv: error: professions.p.cohorts.persons is not one number a year\n"
            "hint: a path is of a total, such as the intake of a programme; one by region has no path",
            FREM_EN);
    refuses(&(frem_path_options){vary, 1, mixed, 2, 0, 1, none, none, 0, 0}, FREM_USAGE,
            "fremskriv: error: the targets of a path have one unit: gap is in fte, coverage in ratio\n"
            "hint: what lies outside the band is summed over all of them",
            FREM_EN);
    refuses(
        &(frem_path_options){vary, 1, change, 1, 0, 1, none, none, 0, 0}, FREM_USAGE,
        "fremskriv: error: 'gap:p::2022..2024': the year '2022..2024' is not written like 2035, 2030-2040\n"
        "hint: the years here are 2020 to 2024",
        FREM_EN);
    refuses(&(frem_path_options){vary, 1, target, 1, 0, 1, none, none, 2023, 2022}, FREM_USAGE,
            "fremskriv: error: there is no path from 2023 to 2022 here\n"
            "hint: --from and --until lie between 2021 and 2024, in this order",
            FREM_EN);
    refuses(&(frem_path_options){vary, 1, target, 1, -1, 1, none, none, 0, 0}, FREM_USAGE,
            "fremskriv: error: --band: '-1' is not one of 0 …", FREM_EN);
}

static int stop(void *context) {
    return ++*(int *)context == 5;
}

static void it_can_be_stopped(void **state) {
    (void)state;
    static const char *const vary[] = {INTAKE}, *const target[] = {"gap:p::2022-2024=30"};
    const frem_path_options options = {vary, 1, target, 1, 0, 1, (double)NAN, (double)NAN, 0, 0};
    frem_results *results;
    int asked = 0;
    const frem_progress progress = {.stop = stop, .context = &asked};
    small w;
    load(&w, WORLD(OWN));
    assert_int_equal(frem_path(&results, NULL, (const frem_model *const[]){w.model}, 1, &options,
                               &(frem_run_options){.threads = 1, .progress = &progress}, w.diags),
                     FREM_INTERRUPTED);
    assert_null(results);
    small_end(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_best_of_all_paths_is_found),
        cmocka_unit_test(a_bent_response_is_followed),
        cmocka_unit_test(applicants_limit_the_places),
        cmocka_unit_test(practicum_limits_the_intake),
        cmocka_unit_test(limits_that_leave_nothing_are_refused),
        cmocka_unit_test(it_can_be_stopped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
