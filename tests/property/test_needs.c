/* What comes, what goes and what has to be hired add up, in the rows of results.csv: in every shipped scenario and its
 * variants, and in ten thousand random worlds made through the model's own door; a failure names the world. */
#include <dirent.h>

#include "core/core.h"
#include "model/batch.h"
#include "unit/model/small.h"

/* Worlds of one shape are lanes of one batch: files are read once for so many. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SHAPES 40
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define SHAPES 40
#elif !defined(SHAPES)
#define SHAPES 625
#endif

/* ---- numbers ---- */

static double random_number(uint64_t *state, double low, double high) {
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    uint64_t x = *state ^ (*state >> 33);
    x *= UINT64_C(0xff51afd7ed558ccd);
    x ^= x >> 29;
    return low + (high - low) * ((double)(x >> 11) / 9007199254740992.0);
}

static bool on(uint64_t *state) {
    return random_number(state, 0, 1) < 0.5;
}

/* ---- the rows of one lane ---- */

static size_t seen[FREM_M_COUNT]; /* rows of each measure that are not 0 */

typedef struct cube {
    const char *world;
    size_t lane, professions, sectors, areas, steps;
    double *at; /* [step][area][profession, then all][measure]; NaN where there is no row */
} cube;

static double *cell(const cube *c, size_t t, size_t area, size_t p, size_t m) {
    return &c->at[((t * c->areas + area) * (c->professions + 1) + p) * FREM_M_COUNT + m];
}

static frem_status keep(void *context, const frem_result_row *row) {
    const cube *c = context;
    if (row->sector == c->sectors)
        *cell(c, row->step, row->area, row->profession, (size_t)row->measure) = row->value;
    seen[row->measure] += fabs(row->value) > 0;
    return FREM_OK;
}

static void fill(cube *c, const frem_batch *batch, const frem_core_results *r) {
    c->professions = r->professions;
    c->sectors = r->sectors;
    c->areas = r->areas;
    c->steps = r->steps;
    for (size_t i = 0; i < c->steps * c->areas * (c->professions + 1) * FREM_M_COUNT; i++)
        c->at[i] = (double)NAN;
    assert_int_equal(frem_results_each(batch, r, c->lane, NULL, keep, c), FREM_OK);
}

static double or_0(double x) {
    return isnan(x) ? 0 : x;
}

static double sum_of(const cube *c, size_t t, size_t area, size_t p, const frem_measure_id *measures,
                     size_t n, double *size) {
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        double x = or_0(*cell(c, t, area, p, (size_t)measures[i]));
        sum += x;
        *size += fabs(x);
    }
    return sum;
}

static void near(const cube *c, const char *rule, size_t t, size_t area, size_t p, double is, double wanted,
                 double size) {
    if (!(fabs(is - wanted) <= 1e-9 * (1 + size)))
        fail_msg("%s, lane %zu, step %zu, area %zu, profession %zu: %s: %.17g and %.17g", c->world, c->lane,
                 t, area, p, rule, is, wanted);
}

/* ---- the rules ---- */

#define SUM(c, t, area, p, size, ...)                                                                        \
    sum_of((c), (t), (area), (p), (const frem_measure_id[]){__VA_ARGS__},                                    \
           sizeof((const frem_measure_id[]){__VA_ARGS__}) / sizeof(frem_measure_id), (size))

/* The stock rises by those who come less those who go. */
static void check_persons(const cube *c, size_t t, size_t area, size_t p) {
    double before = *cell(c, t - 1, area, p, FREM_M_STOCK), size = fabs(before);
    double in = SUM(c, t, area, p, &size, FREM_M_GRADUATES, FREM_M_ARRIVALS, FREM_M_RETURNERS,
                    FREM_M_UPGRADES_IN, FREM_M_MOVES_IN);
    double out = SUM(c, t, area, p, &size, FREM_M_DEATHS, FREM_M_RETIREMENTS, FREM_M_OTHER_EXITS,
                     FREM_M_UPGRADES_OUT, FREM_M_MOVES_OUT);
    near(c, "rise of the stock", t, area, p, *cell(c, t, area, p, FREM_M_STOCK) - before, in - out, size);
}

/* expansion + replacement - other inflow = what graduates and newcomers have to fill; expansion is the rise of demand. */
static void check_need(const cube *c, size_t t, size_t area, size_t p) {
    double demand = *cell(c, t, area, p, FREM_M_DEMAND), before = *cell(c, t - 1, area, p, FREM_M_DEMAND);
    double size = fabs(demand) + fabs(before);
    double hire = SUM(c, t, area, p, &size, FREM_M_EXPANSION, FREM_M_REPLACEMENT);
    double need = hire - SUM(c, t, area, p, &size, FREM_M_OTHER_INFLOW);
    near(c, "expansion", t, area, p, *cell(c, t, area, p, FREM_M_EXPANSION), demand - before, size);
    near(c, "recruitment", t, area, p, *cell(c, t, area, p, FREM_M_RECRUITMENT), hire, size);
    near(c, "need for graduates", t, area, p, *cell(c, t, area, p, FREM_M_GRADUATE_NEED), need, size);
}

/* Where every person of a profession works the same in all years, the gap rises by the work of the graduates less what
 * they had to fill: nothing is left out of replacement and inflow, and nothing is in them twice. fte: of a person. */
static void check_gap(const cube *c, size_t t, size_t area, size_t p, double fte) {
    double gap = *cell(c, t, area, p, FREM_M_GAP), before = *cell(c, t - 1, area, p, FREM_M_GAP), size = 0;
    double need = *cell(c, t, area, p, FREM_M_GRADUATE_NEED);
    double graduates = SUM(c, t, area, p, &size, FREM_M_GRADUATES) * fte;
    size += *cell(c, t, area, p, FREM_M_DEMAND) + *cell(c, t, area, p, FREM_M_SUPPLY) + fabs(need);
    near(c, "rise of the gap", t, area, p, gap - before, graduates - need, size);
}

/* @param fte by profession: of a person who works the same in all years; NaN for others. */
static size_t check(const cube *c, const double *fte) {
    size_t checked = 0;
    for (size_t t = 1; t < c->steps; t++)
        for (size_t area = 0; area < c->areas; area++)
            for (size_t p = 0; p <= c->professions; p++) {
                if (isnan(*cell(c, t, area, p, FREM_M_STOCK)))
                    continue;
                check_persons(c, t, area, p);
                check_need(c, t, area, p);
                if (fte != NULL && p < c->professions && !isnan(fte[p]))
                    check_gap(c, t, area, p, fte[p]);
                checked++;
            }
    return checked;
}

static cube new_cube(const char *world, const frem_core_results *r) {
    size_t n = r->steps * r->areas * (r->professions + 1) * FREM_M_COUNT;
    cube c = {.world = world, .at = malloc(n * sizeof *c.at)};
    assert_non_null(c.at);
    return c;
}

static frem_core_results *project(const frem_batch *batch, frem_arena *arena) {
    frem_core_results *r = NULL;
    assert_int_equal(frem_core_results_new(&batch->inputs, false, arena, &r), FREM_OK);
    assert_int_equal(frem_core_project(&batch->inputs, NULL, FREM_ISA_BEST, r), FREM_OK);
    return r;
}

/* ---- the shipped scenarios ---- */

static bool has_supply(const frem_scenario *scenario) {
    bool has = false;
    for (size_t p = 0; p < scenario->professions.count; p++)
        has = has || scenario->professions.items[p].supply != FREM_SUPPLY_NONE;
    return has;
}

/* @return rows checked; 0 where the scenario projects nothing */
static size_t check_variant(frem_draft *draft, const char *path, const char *variant) {
    frem_diags *diags = NULL;
    frem_scenario *scenario = NULL;
    frem_model *model = NULL;
    frem_arena *arena = NULL;
    char world[512];
    (void)snprintf(world, sizeof world, "%s, %s", path, variant != NULL ? variant : "base");
    assert_int_equal(frem_diags_new(&diags), FREM_OK);
    assert_int_equal(frem_arena_new(&arena), FREM_OK);
    frem_status status = frem_scenario_new(&scenario, draft, variant, diags);
    if (status == FREM_OK)
        status = frem_model_new(&model, scenario, diags);
    if (status != FREM_OK)
        fail_msg("%s: %s", world, frem_diag_text(frem_diags_at(diags, 0), FREM_EN));
    size_t checked = 0;
    if (scenario->professions.count > 0) {
        const frem_core_results *r = project(model->as_is, arena);
        cube c = new_cube(world, r);
        fill(&c, model->as_is, r);
        checked = check(&c, NULL);
        assert_true(checked > 0 || !has_supply(scenario)); /* staff of a need alone have no stock */
        free(c.at);
    }
    frem_arena_free(arena);
    frem_model_free(model);
    frem_scenario_free(scenario);
    frem_diags_free(diags);
    return checked;
}

static void shipped_scenarios_add_up(void **state) {
    (void)state;
    static const char folder[] = FREM_SOURCE_DIR "/scenarios";
    DIR *files = opendir(folder);
    size_t scenarios = 0;
    assert_non_null(files);
    for (struct dirent *file = readdir(files); file != NULL; file = readdir(files)) {
        const char *end = strrchr(file->d_name, '.');
        char path[512];
        if (end == NULL || strcmp(end, ".yaml") != 0)
            continue;
        (void)snprintf(path, sizeof path, "%s/%s", folder, file->d_name);
        frem_diags *diags = NULL;
        frem_sources *sources = NULL;
        frem_draft *draft = NULL;
        assert_int_equal(frem_diags_new(&diags), FREM_OK);
        assert_int_equal(frem_sources_new(&sources, NULL, 0, FREM_SOURCE_DIR), FREM_OK);
        assert_int_equal(frem_draft_new(&draft, sources, path, NULL, 0, diags), FREM_OK);
        bool projects = check_variant(draft, file->d_name, NULL) > 0;
        for (size_t v = 0; projects && v < frem_draft_variants(draft); v++)
            assert_true(check_variant(draft, file->d_name, frem_draft_variant(draft, v)) > 0);
        scenarios += projects;
        frem_draft_free(draft);
        frem_sources_free(sources);
        frem_diags_free(diags);
    }
    (void)closedir(files);
    assert_true(scenarios >= 8);
}

/* ---- random worlds ---- */

/* What differs between worlds of one shape; those that a shape has not are passed over. */
static const struct {
    const char *path;
    double low, high;
} varied[] = {
    {"professions.p.participation", 0.5, 1},
    {"professions.p.unemployment", 0, 0.2},
    {"professions.p.fte_per_employed", 0.4, 1.1},
    {"professions.p.death", 0, 0.1},
    {"professions.p.emigration", 0, 0.1},
    {"professions.p.permanent_exit", 0, 0.2},
    {"professions.p.returners", 0, 1},
    {"professions.p.immigration.persons", 0, 80},
    {"professions.p.feedback.unemployment.response", 0, 1},
    {"professions.p.feedback.untrained.share", 0, 1},
    {"professions.q.participation", 0.5, 1},
    {"professions.q.death", 0, 0.1},
    {"programmes.s.intake", 0, 150},
    {"programmes.s.completion", 0, 1},
    {"programmes.t.intake", 0, 60},
    {"programmes.t.completion", 0, 1},
    {"programmes.t.return_share", 0, 1},
    {"demand.one.standard", 0.6, 1.5},
    {"demand.two.standard", 0.6, 1.5},
};
enum { VARIED = sizeof varied / sizeof *varied };

/* Parts that a shape has. */
typedef struct shape {
    bool commutes, answers, leaves; /* leaves: a closed oldest age */
} shape;

static void put(FILE *out, bool wanted, const char *text) {
    if (wanted)
        (void)fputs(text, out);
}

static void put_profession(FILE *out, uint64_t *state, shape *is) {
    put(out, true,
        "  p:\n"
        "    cohorts: {persons: 1000, ages: {table: ages.csv, column: persons}, split: {by: population}}\n"
        "    participation: 0.9\n"
        "    unemployment: 0.05\n"
        "    fte_per_employed: 0.85\n");
    put(out, on(state), "    death: 0.01\n");
    put(out, on(state), "    emigration: 0.01\n");
    if (on(state)) {
        put(out, true, "    permanent_exit: 0.03\n");
        put(out, on(state), "    returners: 0.2\n");
    }
    put(out, on(state),
        "    immigration: {persons: 20, ages: {table: ages.csv, column: persons}, split: {by: "
        "population}}\n");
    put(out, on(state),
        "    retirement: {kind: exit, age: law, leaves: {mean: 0, spread: 1}, earliest: 31, latest: 37}\n");
    if (on(state))
        put(out, true,
            on(state) ? "    moves: {net: {table: net.csv, column: net}}\n"
                      : "    moves: {matrix: {table: moves.csv}}\n");
    is->commutes = on(state);
    put(out, is->commutes, "    commuting: {matrix: {table: work.csv}}\n");
    is->answers = on(state);
    bool fills = on(state);
    put(out, is->answers || fills, "    feedback:\n");
    put(out, is->answers, "      unemployment: {response: 0.2, least: 0.01, most: 0.3, source: drawn}\n");
    put(out, fills, "      untrained: {profession: u, share: 0.4, source: drawn}\n");
}

/* Writes a scenario of the shape that a seed has. */
static shape write_shape(const char *path, uint64_t *state) {
    FILE *out = fopen(path, "we");
    assert_non_null(out);
    shape is = {.leaves = on(state)};
    (void)fprintf(out,
                  "fremskriv: 1\nyears: {base: 2020, until: 2025}\nages: {from: 30, to: 36, oldest: %s}\n"
                  "base_year: %s\n",
                  is.leaves ? "leaves" : "open", on(state) ? "scale" : "cohorts");
    put(out, true,
        "regions: {table: regions.csv, group_by: side}\npopulation: people.csv\nretirement_ages: {law: "
        "{year: 34}}\n"
        "professions:\n");
    put_profession(out, state, &is);
    put(out, true,
        "  q:\n"
        "    cohorts: {persons: 400, ages: {table: ages.csv, column: persons}, split: {by: equal}}\n"
        "    participation: 0.8\n"
        "    death: 0.02\n"
        "  u: {supply: none}\n"
        "programmes:\n"
        "  s: {leads_to: p, intake: 60, length: 2, completion: 0.8, earlier_intake: hold,\n"
        "    entry: {table: ages.csv, column: entry, outside: 0}, graduates_to: {by: population}}\n");
    put(out, on(state),
        "  t: {from: p, leads_to: q, intake: 15, length: 1.5, completion: 0.7, return_share: 0.8, "
        "earlier_intake: hold,\n"
        "    entry: {table: ages.csv, column: persons}}\n");
    put(out, true,
        "demand:\n"
        "  one: {employment: {p: 500, q: 250, u: 50}, split: {by: population}, follows: {population: 0-5}, "
        "standard: 1}\n"
        "  two: {employment: {p: 150}, split: {by: population}, follows: constant, standard: 1, vacancies: "
        "{p: 10}}\n");
    assert_int_equal(fclose(out), 0);
    return is;
}

static void write_tables(const small *w) {
    char people[4096] = "region,year,age_from,age_to,persons\n";
    for (int year = 2020; year <= 2025; year++)
        for (int r = 0; r < 3; r++) {
            size_t n = strlen(people);
            (void)snprintf(people + n, sizeof people - n, "%c,%d,0,5,%d\n%c,%d,6,,%d\n", 'A' + r, year,
                           100 + 20 * r + (r == 1 ? -4 : 7) * (year - 2020), 'A' + r, year, 900 + 100 * r);
        }
    small_put(w, "people.csv", people);
    small_put(w, "regions.csv", "code,name,side\nA,Alfa,west\nB,Beta,west\nC,Ceta,east\n");
    small_put(w, "ages.csv", "age,persons,entry\n30,5,3\n31,6,1\n32,7,0\n33,9,0\n34,8,0\n35,6,0\n36,4,0\n");
    small_put(w, "net.csv", "region,net\nA,0.02\nB,-0.05\nC,0.01\n");
    small_put(w, "moves.csv", "from,to,share\nA,B,0.03\nA,outside,0.02\nB,C,0.1\nC,A,0.05\nC,B,0.01\n");
    small_put(w, "work.csv",
              "from,to,share\nA,A,0.9\nA,B,0.05\nB,B,0.8\nB,A,0.1\nB,outside,0.1\nC,C,0.95\nC,A,0.05\n");
}

/* The changes of every lane. @return how many */
static size_t draw_changes(const frem_model *model, uint64_t *state, frem_change *changes,
                           double numbers[FREM_LANES][VARIED]) {
    size_t n = 0;
    for (size_t v = 0; v < VARIED; v++) {
        ptrdiff_t parameter = frem_model_find(model, varied[v].path);
        for (size_t lane = 0; lane < FREM_LANES; lane++) {
            numbers[lane][v] = random_number(state, varied[v].low, varied[v].high);
            if (parameter >= 0)
                changes[n++] = (frem_change){.parameter = (size_t)parameter,
                                             .lane = lane,
                                             .kind = FREM_CHANGE_SET,
                                             .number = numbers[lane][v]};
        }
    }
    return n;
}

/* Sixteen worlds of one shape. @return rows checked */
static size_t check_shape(small *w, uint64_t seed, const char *path) {
    uint64_t state = seed * UINT64_C(0x9e3779b97f4a7c15) + 1;
    char world[64];
    (void)snprintf(world, sizeof world, "shape %ju", (uintmax_t)seed);
    const shape is = write_shape(path, &state);
    assert_int_equal(frem_diags_new(&w->diags), FREM_OK);
    assert_int_equal(frem_sources_new(&w->sources, NULL, 0, NULL), FREM_OK);
    small_must(w, frem_scenario_load(&w->scenario, w->sources, path, w->diags), __FILE__, __LINE__);
    small_must(w, frem_model_new(&w->model, w->scenario, w->diags), __FILE__, __LINE__);
    static frem_change changes[VARIED * FREM_LANES];
    static double numbers[FREM_LANES][VARIED];
    size_t n = draw_changes(w->model, &state, changes, numbers), checked = 0;
    frem_batch *batch = NULL;
    frem_arena *arena = NULL;
    small_must(w, frem_batch_new(&batch, w->model, FREM_LANES, changes, n, w->diags), __FILE__, __LINE__);
    assert_int_equal(frem_arena_new(&arena), FREM_OK);
    const frem_core_results *r = project(batch, arena);
    cube c = new_cube(world, r);
    for (c.lane = 0; c.lane < FREM_LANES; c.lane++) {
        const double *of = numbers[c.lane];
        bool same = !is.commutes && !is.answers;
        const double fte[] = {same ? of[0] * (1 - of[1]) * of[2] : (double)NAN, of[10], (double)NAN};
        fill(&c, batch, r);
        checked += check(&c, fte);
    }
    free(c.at);
    frem_arena_free(arena);
    frem_batch_free(batch);
    frem_model_free(w->model);
    frem_scenario_free(w->scenario);
    frem_sources_free(w->sources);
    frem_diags_free(w->diags);
    return checked;
}

static void random_worlds_add_up(void **state) {
    (void)state;
    small w;
    small_begin(&w);
    frem_sources_free(w.sources);
    frem_diags_free(w.diags);
    write_tables(&w);
    memset(seen, 0, sizeof seen);
    char *path = frem_temp_path(w.folder, "w.yaml");
    /* Three professions with their sum, three regions with their groups and all of them, five years; u has no stock. */
    for (uint64_t seed = 0; seed < SHAPES; seed++)
        assert_int_equal(check_shape(&w, seed, path), FREM_LANES * 5 * 6 * 3);
    free(path);
    frem_temp_remove(w.folder);
    /* What no world has, the rules say nothing about. */
    static const frem_measure_id had[] = {
        FREM_M_GRADUATES,    FREM_M_ARRIVALS,    FREM_M_RETURNERS,    FREM_M_UPGRADES_IN,  FREM_M_MOVES_IN,
        FREM_M_DEATHS,       FREM_M_RETIREMENTS, FREM_M_OTHER_EXITS,  FREM_M_UPGRADES_OUT, FREM_M_MOVES_OUT,
        FREM_M_OTHER_INFLOW, FREM_M_FILLED,      FREM_M_GRADUATE_NEED};
    for (size_t i = 0; i < sizeof had / sizeof *had; i++)
        assert_true(seen[had[i]] > 100 * SHAPES);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shipped_scenarios_add_up),
        cmocka_unit_test(random_worlds_add_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
