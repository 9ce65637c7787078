/* Batches of lanes: what differs between them, and that a lane is the scenario with its numbers, bit for bit. */
#include "analysis/judge.h"
#include "model/batch.h"
#include "unit/core/world.h"
#include "unit/model/small.h"

/* A world with every part on. In order: completion, length, response of leaving, unemployment, employment in sector
 * one, weight of a user group, standard. */
static const char world_yaml[] =
    "fremskriv: 1\n"
    "years: {base: 2018, until: 2026, count: 30 june}\n"
    "ages: {from: 20, to: 69, oldest: leaves}\n"
    "base_year: scale\n"
    "regions: {table: regions.csv, group_by: side}\n"
    "population: people.csv\n"
    "retirement_ages: {pension: denmark/pension_age.csv, efterloen: denmark/efterloen_age.csv}\n"
    "professions:\n"
    "  p:\n"
    "    cohorts: {persons: 1000, ages: {table: ages.csv, column: persons}, split: {by: employment}}\n"
    "    participation: 0.95\n"
    "    unemployment: %s\n"
    "    fte_per_employed: 0.9\n"
    "    absence: {share: {2018: 0.05, 2022: 0.04, between: linear, then: hold}}\n"
    "    death: 0.002\n"
    "    retirement:\n"
    "      kind: exit\n"
    "      age: {pension: 0.5, efterloen: 0.5}\n"
    "      leaves: {mean: 0, spread: 2, response: %s}\n"
    "      earliest: 55\n"
    "      latest: 69\n"
    "  q:\n"
    "    cohorts: {persons: {table: q.csv, column: persons}}\n"
    "    participation: {table: ages.csv, column: rate}\n"
    "    retirement: {kind: participation, age: pension, threshold: 50, response: 0.7}\n"
    "programmes:\n"
    "  s:\n"
    "    leads_to: p\n"
    "    intake: {2010: 40, 2020: 50, between: linear, then: hold}\n"
    "    length: %s\n"
    "    full_length: 3.5\n"
    "    completion: %s\n"
    "    starts: {september: {share: 0.7, ends: january}, february: {share: 0.3, ends: june}}\n"
    "    entry: {table: ages.csv, column: young}\n"
    "    graduates_to: {by: employment}\n"
    "  t:\n"
    "    leads_to: q\n"
    "    intake: {table: intake.csv, column: persons}\n"
    "    earlier_intake: hold\n"
    "    stages: {one: {length: 1, dropout: 0.1}, two: {length: 1.25, dropout: 0.2}}\n"
    "    entry: {table: ages.csv, column: young}\n"
    "demand:\n"
    "  one: {employment: {p: %s, q: 60}, split: {by: population, ages: 0-5}, follows: {population: 0-5}, "
    "share_change: {p: 0, q: 0}}\n"
    "  two:\n"
    "    employment: {p: 300, q: 100}\n"
    "    split: {by: population}\n"
    "    follows: {users: {small: {population: 0-5, weight: %s}, large: {population: 6+, use_rate: 0.3}}}\n"
    "    standard: %s\n";

/* Values of the scenario, in the order of world_yaml. */
typedef struct values {
    const char *unemployment, *response, *length, *completion, *employment, *weight, *standard;
} values;
static const values as_is = {"0.03", "0.8", "3.5", "0.74", "500", "2", "1"};

static void put_tables(const small *w) {
    char ages[4096] = "age,persons,young,rate\n";
    for (int age = 20; age <= 69; age++)
        (void)snprintf(ages + strlen(ages), sizeof ages - strlen(ages), "%d,%d,%d,0.%d\n", age,
                       age < 25 ? 0 : 100 - age, age > 30 ? 0 : 31 - age, 950 - (age - 20) * 11);
    small_put(w, "ages.csv", ages);
    char stock[8192] = "region,age,persons\n";
    for (int age = 20; age <= 69; age++)
        (void)snprintf(stock + strlen(stock), sizeof stock - strlen(stock), "A,%d,%d\nB,%d,2.5\n", age,
                       age % 7, age);
    small_put(w, "q.csv", stock);
    char people[8192] = "region,year,age_from,age_to,persons\n", intake[4096] = "region,year,persons\n";
    for (int year = 2018; year <= 2026; year++) {
        (void)snprintf(people + strlen(people), sizeof people - strlen(people),
                       "A,%d,0,5,%d\nA,%d,6,,%d\nB,%d,0,5,%d\nB,%d,6,,%d\n", year, 100 + 3 * (year - 2018),
                       year, 1000, year, 60 - (year - 2018), year, 700);
        (void)snprintf(intake + strlen(intake), sizeof intake - strlen(intake), "A,%d,10\nB,%d,%d\n", year,
                       year, year - 2015);
    }
    small_put(w, "people.csv", people);
    small_put(w, "intake.csv", intake);
    small_put(w, "regions.csv", "code,name,side\nA,Alfa,west\nB,Beta,west\n");
}

static void load(small *w, values v) {
    char yaml[8192];
    (void)snprintf(yaml, sizeof yaml, world_yaml, v.unemployment, v.response, v.length, v.completion,
                   v.employment, v.weight, v.standard);
    small_begin(w);
    put_tables(w);
    small_load(w, yaml);
}

static frem_core_results *project(const frem_core_inputs *in, frem_arena *arena) {
    frem_core_results *r;
    assert_int_equal(frem_core_results_new(in, true, arena, &r), FREM_OK);
    assert_int_equal(frem_core_project(in, NULL, FREM_ISA_BEST, r), FREM_OK);
    return r;
}

static frem_batch *batch_of(const small *w, size_t cases, const frem_change *changes, size_t n) {
    frem_batch *batch = NULL;
    frem_status status = frem_batch_new(&batch, w->model, cases, changes, n, w->diags);
    small_must(w, status, __FILE__, __LINE__);
    return batch;
}

static frem_change set(const small *w, const char *path, size_t lane, double number) {
    ptrdiff_t i = frem_model_find(w->model, path);
    if (i < 0)
        fail_msg("there is no parameter %s", path);
    return (frem_change){.parameter = (size_t)i, .lane = lane, .kind = FREM_CHANGE_SET, .number = number};
}

/* Sixteen lanes of one changed parameter each, some none. */
static size_t many_changes(const small *w, frem_change *changes) {
    size_t n = 0;
    changes[n++] = set(w, "programmes.s.completion", 1, 0.8);
    changes[n++] = set(w, "programmes.s.length", 2, 2.5);
    changes[n++] = set(w, "programmes.s.length", 3, 4.5);
    changes[n++] = set(w, "professions.p.unemployment", 4, 0.1);
    changes[n++] = set(w, "professions.p.retirement.leaves.response", 5, 0);
    changes[n++] = set(w, "professions.q.retirement.response", 6, 0);
    changes[n++] = set(w, "demand.one.employment.p", 7, 700);
    changes[n++] = set(w, "demand.two.follows.users.small.weight", 8, 5);
    changes[n++] = set(w, "demand.two.standard", 9, 1.1);
    changes[n++] = set(w, "programmes.t.stages.two.length", 10, 3);
    changes[n++] = set(w, "professions.p.absence.share", 11, 0.2);
    changes[n++] = set(w, "demand.one.employment.q", 12, 90);
    changes[n++] = set(w, "professions.p.death", 13, 0.01);
    changes[n++] = (frem_change){.parameter = set(w, "programmes.t.intake", 14, 0).parameter,
                                 .lane = 14,
                                 .kind = FREM_CHANGE_MULTIPLY,
                                 .number = 1.5};
    changes[n++] = (frem_change){.parameter = set(w, "programmes.s.intake", 14, 0).parameter,
                                 .lane = 14,
                                 .kind = FREM_CHANGE_MULTIPLY,
                                 .number = 0.5};
    return n;
}

static void a_lane_without_change_is_the_scenario(void **state) {
    (void)state;
    small w;
    frem_arena *arena;
    frem_change changes[32];
    load(&w, as_is);
    assert_int_equal(frem_arena_new(&arena), FREM_OK);
    frem_core_results *base = project(&w.model->as_is->inputs, arena);
    frem_batch *batch = batch_of(&w, 16, changes, many_changes(&w, changes));
    frem_core_results *many = project(&batch->inputs, arena);
    assert_int_equal(many->lanes, 16);
    assert_same_lane(&batch->inputs, base, many, 0);
    assert_same_lane(&batch->inputs, base, many, 15);
    frem_batch_free(batch);
    /* Fewer cases than lanes: the rest are copies of the first. */
    frem_change one = set(&w, "programmes.s.completion", 1, 0.8);
    batch = batch_of(&w, 2, &one, 1);
    many = project(&batch->inputs, arena);
    for (size_t lane = 0; lane < 16; lane++)
        if (lane != 1)
            assert_same_lane(&batch->inputs, base, many, lane);
    frem_batch_free(batch);
    frem_arena_free(arena);
    small_end(&w);
}

static void sixteen_lanes_are_sixteen_projections(void **state) {
    (void)state;
    small w;
    frem_arena *arena;
    frem_change changes[32];
    load(&w, as_is);
    assert_int_equal(frem_arena_new(&arena), FREM_OK);
    size_t n = many_changes(&w, changes);
    frem_batch *batch = batch_of(&w, 16, changes, n);
    frem_core_results *many = project(&batch->inputs, arena);
    frem_core_results *base = project(&w.model->as_is->inputs, arena);
    for (size_t lane = 0; lane < 16; lane++) {
        frem_change own[32];
        size_t n_own = 0;
        for (size_t i = 0; i < n; i++) {
            if (changes[i].lane != lane)
                continue;
            own[n_own] = changes[i];
            own[n_own++].lane = 0;
        }
        frem_batch *alone = batch_of(&w, 1, own, n_own);
        assert_int_equal(alone->lanes, 1);
        frem_core_results *one = project(&alone->inputs, arena);
        assert_same_lane(&alone->inputs, one, many, lane);
        /* And the change is one. */
        double change = 0;
        for (size_t i = 0; i < one->professions * one->areas * FREM_CORE_MEASURES * one->steps; i++)
            change += fabs(one->measures[i] - base->measures[i]);
        if (n_own > 0 ? !(change > 1e-3) : change != 0)
            fail_msg("lane %zu differs by %g in all", lane, change);
        frem_batch_free(alone);
    }
    frem_batch_free(batch);
    frem_arena_free(arena);
    small_end(&w);
}

static void a_changed_lane_is_the_changed_file(void **state) {
    (void)state;
    static const struct {
        const char *path;
        double number;
        values v;
    } cases[] = {
        {"programmes.s.completion", 0.8, {"0.03", "0.8", "3.5", "0.8", "500", "2", "1"}},
        {"programmes.s.length", 3.25, {"0.03", "0.8", "3.25", "0.74", "500", "2", "1"}},
        {"professions.p.unemployment", 0.1, {"0.1", "0.8", "3.5", "0.74", "500", "2", "1"}},
        {"professions.p.retirement.leaves.response", 0.3, {"0.03", "0.3", "3.5", "0.74", "500", "2", "1"}},
        {"demand.one.employment.p", 700, {"0.03", "0.8", "3.5", "0.74", "700", "2", "1"}},
        {"demand.two.follows.users.small.weight", 5, {"0.03", "0.8", "3.5", "0.74", "500", "5", "1"}},
        {"demand.two.standard", 1.1, {"0.03", "0.8", "3.5", "0.74", "500", "2", "1.1"}},
    };
    small w;
    frem_arena *arena;
    frem_change changes[16];
    size_t n = sizeof cases / sizeof *cases;
    load(&w, as_is);
    assert_int_equal(frem_arena_new(&arena), FREM_OK);
    for (size_t i = 0; i < n; i++)
        changes[i] = set(&w, cases[i].path, i + 1, cases[i].number);
    frem_batch *batch = batch_of(&w, n + 1, changes, n);
    frem_core_results *many = project(&batch->inputs, arena);
    for (size_t i = 0; i < n; i++) {
        small other;
        load(&other, cases[i].v);
        frem_core_results *one = project(&other.model->as_is->inputs, arena);
        assert_same_lane(&other.model->as_is->inputs, one, many, i + 1);
        small_end(&other);
    }
    frem_batch_free(batch);
    frem_arena_free(arena);
    small_end(&w);
}

/* Whether the arrays of a batch that differ between lanes are these. */
static void check_strides(const small *w, const char *path, double number, const char *expected) {
    frem_change change = set(w, path, 1, number);
    frem_batch *batch = batch_of(w, 2, &change, 1);
    const frem_core_inputs *in = &batch->inputs;
    char found[512] = "";
    const struct {
        const char *name;
        frem_lanes lanes;
    } arrays[] = {
        {"p.stock", in->professions[0].stock.values},
        {"p.death", in->professions[0].exits[FREM_EXIT_DEATH].values},
        {"p.retirement", in->professions[0].exits[FREM_EXIT_RETIREMENT].values},
        {"p.participation", in->professions[0].participation.values},
        {"p.employment", in->professions[0].employment.values},
        {"p.fte", in->professions[0].fte.values},
        {"q.stock", in->professions[1].stock.values},
        {"q.participation", in->professions[1].participation.values},
        {"s.intake", in->programmes[0].intake},
        {"s.joining", in->programmes[0].joining},
        {"s.dropping", in->programmes[0].dropping},
        {"s.studying", in->programmes[0].studying},
        {"s.entrants", in->programmes[0].entrants},
        {"s.to_region", in->programmes[0].to_region.values},
        {"t.intake", in->programmes[1].intake},
        {"t.joining", in->programmes[1].joining},
        {"one.employment", in->sectors[0].employment},
        {"one.population", in->sectors[0].population},
        {"two.employment", in->sectors[1].employment},
        {"two.use_rate", in->sectors[1].use_rate},
        {"two.weight", in->sectors[1].weight},
        {"two.standard", in->sectors[1].standard},
    };
    for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
        if (arrays[i].lanes.lane)
            (void)snprintf(found + strlen(found), sizeof found - strlen(found), " %s", arrays[i].name);
    assert_text(found, expected);
    frem_batch_free(batch);
}

static void only_what_depends_on_a_change_is_kept_by_lane(void **state) {
    (void)state;
    small w;
    load(&w, as_is);
    check_strides(&w, "programmes.s.completion", 0.8, " s.joining s.dropping s.studying");
    check_strides(&w, "programmes.s.intake", 50, " s.intake");
    check_strides(&w, "programmes.t.intake", 50, " t.intake");
    check_strides(&w, "professions.p.unemployment", 0.1, " p.employment");
    check_strides(&w, "professions.p.retirement.leaves.mean", 1, " p.retirement");
    check_strides(&w, "professions.q.retirement.response", 1, " q.participation");
    check_strides(&w, "professions.p.absence.share", 0.1, " p.fte");
    check_strides(&w, "professions.p.cohorts.persons", 900, " p.stock");
    check_strides(&w, "demand.two.standard", 1.1, " two.standard");
    check_strides(&w, "demand.two.follows.users.small.weight", 3, " two.weight");
    /* The stock and the graduates are split by employment. */
    check_strides(&w, "demand.one.employment.p", 900, " p.stock s.to_region one.employment");
    check_strides(&w, "demand.one.employment.q", 90, " one.employment");
    small_end(&w);
}

/* Changes that would be refused in a file are refused in a lane, whichever it is. */
static void check_refused(const small *w, const frem_change *changes, size_t n, frem_status expected,
                          const char *name) {
    for (size_t lane = 0; lane < 3; lane++) {
        frem_change there[2];
        frem_diags *diags;
        frem_batch *batch;
        for (size_t i = 0; i < n; i++) {
            there[i] = changes[i];
            there[i].lane += lane;
        }
        assert_int_equal(frem_diags_new(&diags), FREM_OK);
        frem_status status = frem_batch_new(&batch, w->model, 3, there, n, diags);
        if (status == FREM_OK) { /* only the projection shows it */
            frem_arena *arena;
            frem_core_results *r;
            assert_int_equal(frem_arena_new(&arena), FREM_OK);
            assert_int_equal(frem_core_results_new(&batch->inputs, false, arena, &r), FREM_OK);
            assert_int_equal(frem_core_project(&batch->inputs, NULL, FREM_ISA_BEST, r), FREM_OK);
            status = frem_projection_check(batch, r, 3, diags);
            frem_arena_free(arena);
            frem_batch_free(batch);
        } else {
            assert_null(batch);
        }
        assert_int_equal(status, expected);
        if (name != NULL) {
            assert_true(frem_diags_count(diags) > 0);
            assert_text(frem_diags_at(diags, 0)->name, name);
        }
        frem_diags_free(diags);
    }
}

static void a_change_that_a_file_could_not_make_is_refused(void **state) {
    (void)state;
    small w;
    load(&w, as_is);
    const struct {
        frem_change change[2];
        size_t n;
        const char *name;
    } cases[] = {
        {{set(&w, "programmes.s.completion", 0, 1.1)}, 1, "out-of-range"},
        {{set(&w, "programmes.s.completion", 0, (double)NAN)}, 1, "out-of-range"},
        {{set(&w, "demand.two.standard", 0, HUGE_VAL)}, 1, "out-of-range"},
        {{set(&w, "programmes.s.starts.september.share", 0, 0.5)}, 1, "shares-sum"},
        {{set(&w, "professions.p.retirement.age.pension", 0, 0.4)}, 1, "shares-sum"},
        {{set(&w, "programmes.t.stages.one.length", 0, 12)}, 1, "course-too-long"},
        {{set(&w, "professions.p.absence.share", 0, 1)}, 1, "nobody-works"},
        {{set(&w, "demand.one.share_change.p", 0, 0.1)}, 1, "changes-sum"},
        /* q has 60 of 560 FTE. */
        {{set(&w, "demand.one.share_change.p", 0, 0.2), set(&w, "demand.one.share_change.q", 0, -0.2)},
         2,
         "negative-share"},
        {{set(&w, "demand.two.follows.users.small.weight", 0, 0),
          set(&w, "demand.two.follows.users.large.use_rate", 0, 0)},
         2,
         "nothing-to-follow"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        check_refused(&w, cases[i].change, cases[i].n, FREM_INVALID, cases[i].name);
    frem_change nowhere = set(&w, "programmes.s.completion", 3, 0.9);
    check_refused(&w, &nowhere, 1, FREM_USAGE, NULL);
    nowhere =
        (frem_change){.parameter = frem_model_parameters(w.model), .kind = FREM_CHANGE_SET, .number = 1};
    check_refused(&w, &nowhere, 1, FREM_USAGE, NULL);
    small_end(&w);
}

/* A change that begins in a year is the file with the value as a path that begins there. */
static void a_change_may_begin_in_a_year(void **state) {
    (void)state;
    static const struct {
        const char *path;
        double number;
        values v;
    } cases[] = {
        {"programmes.s.completion",
         0.8,
         {"0.03", "0.8", "3.5", "{2000: 0.74, 2019: 0.8, between: step, then: hold}", "500", "2", "1"}},
        {"programmes.s.length",
         4,
         {"0.03", "0.8", "{2000: 3.5, 2019: 4, between: step, then: hold}", "0.74", "500", "2", "1"}},
        {"professions.p.unemployment",
         0.1,
         {"{2018: 0.03, 2019: 0.1, then: hold}", "0.8", "3.5", "0.74", "500", "2", "1"}},
        {"demand.two.standard",
         1.1,
         {"0.03", "0.8", "3.5", "0.74", "500", "2", "{2018: 1, 2019: 1.1, then: hold}"}},
        {"demand.two.follows.users.small.weight",
         5,
         {"0.03", "0.8", "3.5", "0.74", "500", "{2018: 2, 2019: 5, then: hold}", "1"}},
        {"professions.p.retirement.leaves.response",
         0,
         {"0.03", "{2018: 0.8, 2019: 0, then: hold}", "3.5", "0.74", "500", "2", "1"}},
        /* This does not differ by year: it changes as a whole. */
        {"demand.one.employment.p", 700, {"0.03", "0.8", "3.5", "0.74", "700", "2", "1"}},
    };
    small w;
    frem_arena *arena;
    enum { CASES = sizeof cases / sizeof *cases };
    frem_change changes[CASES];
    load(&w, as_is);
    assert_int_equal(frem_arena_new(&arena), FREM_OK);
    for (size_t i = 0; i < CASES; i++) {
        changes[i] = set(&w, cases[i].path, i + 1, cases[i].number);
        changes[i].first_year = 2019;
        assert_int_equal(frem_model_by_year(w.model, changes[i].parameter), i < 6);
    }
    frem_batch *batch = batch_of(&w, CASES + 1, changes, CASES);
    frem_core_results *many = project(&batch->inputs, arena);
    frem_core_results *plain = project(&w.model->as_is->inputs, arena);
    assert_same_lane(&w.model->as_is->inputs, plain, many, 0);
    for (size_t i = 0; i < CASES; i++) {
        small other;
        load(&other, cases[i].v);
        frem_core_results *one = project(&other.model->as_is->inputs, arena);
        assert_same_lane(&other.model->as_is->inputs, one, many, i + 1);
        small_end(&other);
    }
    frem_batch_free(batch);
    frem_arena_free(arena);
    small_end(&w);
}

/* A path that the scenario gives keeps its earlier years, by value and by factor. */
static void earlier_years_keep_their_numbers(void **state) {
    (void)state;
    small w;
    load(&w, as_is);
    frem_change changes[] = {set(&w, "programmes.s.intake", 0, 7),
                             set(&w, "professions.p.absence.share", 0, 2)};
    changes[0].first_year = changes[1].first_year = 2019;
    changes[1].kind = FREM_CHANGE_MULTIPLY;
    frem_batch *batch = batch_of(&w, 1, changes, 2);
    const frem_series *intake = batch->views[0].series[changes[0].parameter];
    const frem_series *absence = batch->views[0].series[changes[1].parameter];
    assert_close(frem_series_at(intake, 2010, 0, 0, 0), 40, 0);
    assert_close(frem_series_at(intake, 2018, 0, 0, 0), 48, 1e-12);
    assert_close(frem_series_at(intake, 2019, 0, 0, 0), 7, 0);
    assert_close(frem_series_at(intake, 2026, 0, 0, 0), 7, 0);
    assert_true(isnan(frem_series_at(intake, 2009, 0, 0, 0)));
    assert_close(frem_series_at(absence, 2018, 0, 0, 0), 0.05, 0);
    assert_close(frem_series_at(absence, 2022, 0, 0, 0), 0.08, 1e-15);
    frem_batch_free(batch);
    small_end(&w);
}

/* Finds two things wrong, and goes on. Context: whose years are lacking. */
static void fail_twice(frem_view *view, const void *context, double *out) {
    out[0] = frem_view_series(view, context)->at[0];
    frem_view_lacks_year(view, context, 2018);
    frem_view_lacks_year(view, context, 2019);
}

/* What is found wrong first is reported, once; the next part is tried all the same, and no other lane of the same. */
static void each_part_reports_its_first_problem(void **state) {
    (void)state;
    small w;
    load(&w, as_is);
    frem_change changes[] = {set(&w, "professions.p.unemployment", 0, 0.1),
                             set(&w, "professions.p.unemployment", 1, 0.2)};
    frem_batch *batch = batch_of(&w, 2, changes, 2);
    const frem_value *value = w.scenario->parameters.items[changes[0].parameter];
    size_t before = frem_diags_count(w.diags);
    for (size_t part = 1; part <= 2; part++) {
        frem_lanes out = {NULL, false};
        frem_batch_fill(batch, fail_twice, value, 1, &out);
        assert_int_equal(batch->failures, part);
        assert_int_equal(frem_diags_count(w.diags), before + part);
        assert_int_equal(batch->views[0].status, FREM_OK);
        assert_false(out.lane);
    }
    assert_int_equal(batch->status, FREM_INVALID);
    frem_batch_free(batch);
    small_end(&w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_change_may_begin_in_a_year),
        cmocka_unit_test(earlier_years_keep_their_numbers),
        cmocka_unit_test(a_lane_without_change_is_the_scenario),
        cmocka_unit_test(sixteen_lanes_are_sixteen_projections),
        cmocka_unit_test(a_changed_lane_is_the_changed_file),
        cmocka_unit_test(only_what_depends_on_a_change_is_kept_by_lane),
        cmocka_unit_test(a_change_that_a_file_could_not_make_is_refused),
        cmocka_unit_test(each_part_reports_its_first_problem),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
