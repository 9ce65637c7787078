/* Inside the engine, on one core: reading, compiling, and projections of one lane and of sixteen. */
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "bench/bench.h"
#include "model/batch.h"
#include "model/lane.h"
#include "model/model.h"

/* A sample is as many projections as take about this long, so that the clock's steps do not show. */
static const double SAMPLE_MS = 1.0;

/* A batch with room for its results. */
typedef struct target {
    frem_batch *batch;
    frem_arena *arena;
    frem_core_results *results;
    size_t repeats; /* projections of a sample */
} target;

static double now_us(void) {
    struct timespec at;
    (void)clock_gettime(CLOCK_MONOTONIC, &at);
    return 1e6 * (double)at.tv_sec + 1e-3 * (double)at.tv_nsec;
}

/* Time that the processor worked for this thread: other work on the machine shows less in it. */
static double worked_us(void) {
    struct timespec at;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
    return 1e6 * (double)at.tv_sec + 1e-3 * (double)at.tv_nsec;
}

static bool failed(const char *what) {
    (void)fprintf(stderr, "bench: %s failed\n", what);
    return false;
}

/* Keeps the thread on the core it is on. Where that is refused the scheduler decides. */
static void stay_here(void) {
    int core = sched_getcpu();
    cpu_set_t only;
    CPU_ZERO(&only);
    if (core >= 0) {
        CPU_SET((size_t)core, &only);
        (void)sched_setaffinity(0, sizeof only, &only);
    }
}

/* Shares that must sum to 1 in every lane are left alone. */
static bool may_vary(const frem_parameter *parameter) {
    return strstr(parameter->path, ".starts.") == NULL &&
           strstr(parameter->path, ".retirement.age.") == NULL && parameter->max > 0;
}

/* A batch of one lane, or of sixteen that differ in one parameter or in all that may. */
static bool make(target *t, const frem_model *model, size_t lanes, bool all, frem_diags *diags) {
    size_t n = lanes > 1 ? frem_model_parameters(model) : 0, count = 0;
    frem_change *changes = calloc(n * lanes + 1, sizeof *changes);
    if (changes == NULL)
        return failed("memory");
    for (size_t i = 0; i < n; i++) {
        frem_parameter parameter;
        if (!frem_model_parameter(model, i, &parameter) || !may_vary(&parameter) ||
            (!all && strcmp(parameter.path, "programmes.paedagog.completion") != 0))
            continue;
        for (size_t lane = 0; lane < lanes; lane++)
            changes[count++] = (frem_change){.parameter = i,
                                             .lane = lane,
                                             .kind = FREM_CHANGE_MULTIPLY,
                                             .number = 1 - 1e-3 * (double)lane};
    }
    frem_status status = frem_batch_new(&t->batch, model, lanes, changes, count, diags);
    free(changes);
    if (status == FREM_OK)
        status = frem_arena_new(&t->arena);
    if (status == FREM_OK)
        status = frem_core_results_new(&t->batch->inputs, false, t->arena, &t->results);
    return status == FREM_OK || failed("compiling");
}

static void drop(target *t) {
    frem_batch_free(t->batch);
    frem_arena_free(t->arena);
}

static bool project(const target *t, frem_isa isa, size_t times) {
    for (size_t i = 0; i < times; i++) {
        if (frem_core_project(&t->batch->inputs, NULL, isa, t->results) != FREM_OK)
            return failed("projecting");
    }
    return true;
}

/* How many projections make a sample; warms up besides. */
static bool choose_repeats(target *t, frem_isa isa) {
    t->repeats = 1;
    for (;;) {
        double before = now_us();
        if (!project(t, isa, t->repeats))
            return false;
        if (now_us() - before >= 1e3 * SAMPLE_MS)
            return true;
        t->repeats *= 2;
    }
}

enum { ONE, SIXTEEN, SIXTEEN_ALL, TARGETS };

/* One instruction set: the targets in turn, so that a ratio's two sides are measured within a few ms. */
static bool measure_isa(frem_bench *bench, target targets[TARGETS], frem_isa isa, const char *name) {
    static const char *const what[TARGETS] = {"1 lane", "16 lanes, one parameter differs",
                                              "16 lanes, all that may differ"};
    size_t n = bench->rounds;
    double *samples = calloc(n * (TARGETS + 2), sizeof *samples);
    bool good = samples != NULL;
    for (int i = 0; i < TARGETS && good; i++)
        good = choose_repeats(&targets[i], isa);
    for (size_t round = 0; round < n && good; round++) {
        for (size_t i = 0; i < TARGETS && good; i++) {
            double before = now_us();
            good = project(&targets[i], isa, targets[i].repeats);
            samples[i * n + round] = (now_us() - before) / (double)targets[i].repeats;
        }
        samples[TARGETS * n + round] = samples[SIXTEEN * n + round] / samples[round];
        samples[(TARGETS + 1) * n + round] = samples[SIXTEEN_ALL * n + round] / samples[round];
    }
    char text[FREM_BENCH_NAME_MAX];
    for (size_t i = 0; i < TARGETS && good; i++) {
        (void)snprintf(text, sizeof text, "%s: %s", name, what[i]);
        frem_bench_add(bench, text, "us", i == ONE ? 1000 : 0, samples + i * n, n);
    }
    for (size_t i = SIXTEEN; i < TARGETS && good; i++) {
        (void)snprintf(text, sizeof text, "%s: %s / 1 lane", name, i == SIXTEEN ? "16 lanes" : "16 all");
        frem_bench_add(bench, text, "x", 3, samples + (TARGETS + i - SIXTEEN) * n, n);
    }
    free(samples);
    return good;
}

static bool measure_projections(frem_bench *bench, const frem_model *model, frem_diags *diags) {
    static const struct {
        frem_isa isa;
        const char *name;
    } sets[] = {{FREM_ISA_PLAIN, "plain"}, {FREM_ISA_AVX2, "avx2"}, {FREM_ISA_AVX512, "avx512"}};
    target targets[TARGETS] = {{NULL, NULL, NULL, 1}, {NULL, NULL, NULL, 1}, {NULL, NULL, NULL, 1}};
    bool good = make(&targets[ONE], model, 1, false, diags) &&
                make(&targets[SIXTEEN], model, FREM_LANES, false, diags) &&
                make(&targets[SIXTEEN_ALL], model, FREM_LANES, true, diags);
    frem_bench_heading(bench, "One projection on one core, by instruction set");
    for (size_t i = 0; i < sizeof sets / sizeof *sets && good; i++) {
        if (frem_isa_here(sets[i].isa))
            good = measure_isa(bench, targets, sets[i].isa, sets[i].name);
    }
    for (int i = 0; i < TARGETS; i++)
        drop(&targets[i]);
    return good;
}

/* What is measured of reading and compiling. */
enum { READ, MODEL, COMPILE_ONE, COMPILE_16, PARTS };

/* Everything anew: sources are kept for a whole command, so each round has its own. */
static bool measure_parts(double *samples, size_t n, size_t round) {
    static const char *const names[PARTS] = {"reading", "compiling", "compiling one lane",
                                             "compiling 16 lanes"};
    frem_sources *sources = NULL;
    frem_scenario *scenario = NULL;
    frem_model *model = NULL;
    frem_diags *diags = NULL;
    target one = {NULL, NULL, NULL, 1}, sixteen = {NULL, NULL, NULL, 1};
    bool good =
        frem_diags_new(&diags) == FREM_OK && frem_sources_new(&sources, NULL, 0, FREM_SOURCE_DIR) == FREM_OK;
    double took[PARTS];
    for (int part = 0; part < PARTS && good; part++) {
        double before = now_us();
        switch (part) {
        case READ:
            good = frem_scenario_load(&scenario, sources, FREM_BENCH_SCENARIO, diags) == FREM_OK;
            break;
        case MODEL:
            good = frem_model_new(&model, scenario, diags) == FREM_OK;
            break;
        case COMPILE_ONE:
            good = frem_batch_new(&one.batch, model, 1, NULL, 0, diags) == FREM_OK;
            break;
        default:
            good = make(&sixteen, model, FREM_LANES, true, diags);
            break;
        }
        took[part] = (now_us() - before) / 1e3;
        samples[(size_t)part * n + round] = took[part];
        if (!good)
            (void)failed(names[part]);
    }
    drop(&one);
    drop(&sixteen);
    frem_model_free(model);
    frem_scenario_free(scenario);
    frem_sources_free(sources);
    frem_diags_free(diags);
    return good;
}

static bool measure_compiling(frem_bench *bench) {
    static const char *const names[PARTS] = {"scenario read and checked", "tables read, model compiled",
                                             "of it: compiling one lane", "compiling 16 lanes, all differ"};
    size_t n = bench->rounds;
    double *samples = calloc(PARTS * n, sizeof *samples);
    bool good = samples != NULL && measure_parts(samples, n, 0);
    for (size_t round = 0; round < n && good; round++)
        good = measure_parts(samples, n, round);
    frem_bench_heading(bench, "Reading and compiling, in the process");
    for (size_t part = 0; part < PARTS && good; part++)
        frem_bench_add(bench, names[part], "ms", 0, samples + part * n, n);
    free(samples);
    return good;
}

/* What is read of one scenario. */
typedef struct loaded {
    frem_sources *sources;
    frem_scenario *scenario;
    frem_model *model;
    frem_diags *diags;
} loaded;

static bool load(loaded *all, const char *path) {
    return (frem_diags_new(&all->diags) == FREM_OK &&
            frem_sources_new(&all->sources, NULL, 0, FREM_SOURCE_DIR) == FREM_OK &&
            frem_scenario_load(&all->scenario, all->sources, path, all->diags) == FREM_OK &&
            frem_model_new(&all->model, all->scenario, all->diags) == FREM_OK) ||
           failed(path);
}

static void unload(loaded *all) {
    frem_model_free(all->model);
    frem_scenario_free(all->scenario);
    frem_sources_free(all->sources);
    frem_diags_free(all->diags);
}

/* The largest scenario, one projection of one lane. */
static bool measure_large(frem_bench *bench) {
    loaded all = {NULL, NULL, NULL, NULL};
    target one = {NULL, NULL, NULL, 1};
    double *samples = calloc(bench->rounds, sizeof *samples);
    bool good = samples != NULL && load(&all, FREM_BENCH_LARGE) &&
                make(&one, all.model, 1, false, all.diags) && project(&one, FREM_ISA_BEST, 1);
    for (size_t round = 0; round < bench->rounds && good; round++) {
        double before = now_us();
        good = project(&one, FREM_ISA_BEST, 1);
        samples[round] = (now_us() - before) / 1e3;
    }
    frem_bench_heading(bench, "One large projection on one core, best instruction set");
    if (good)
        frem_bench_add(bench, "velfaerd-danmark: 1 lane", "ms", 0, samples, bench->rounds);
    drop(&one);
    unload(&all);
    free(samples);
    return good;
}

enum { DRAW_ALL, DRAW_SUMS, DRAW_BARE, DRAW_COMPILED, DRAWS };

/* What a draw of the largest scenario takes: 16 lanes with two parameters that differ, with everything kept, and with what
 * the sums of supply, demand, gap and shortage need; a bare kernel of the same world; and compiling the lanes. In us of one
 * lane. */
static bool measure_draw(const loaded *all, const target *kept, const target *sums,
                         const frem_bench_bare *bare, double took[DRAWS]) {
    for (int i = 0; i < DRAWS; i++) {
        target made = {NULL, NULL, NULL, 1};
        double before = worked_us();
        bool good = true;
        if (i == DRAW_BARE)
            frem_bench_bare_project(bare);
        else if (i == DRAW_COMPILED)
            good = make(&made, all->model, FREM_LANES, false, all->diags);
        else
            good = project(i == DRAW_ALL ? kept : sums, FREM_ISA_BEST, 1);
        took[i] = (worked_us() - before) / FREM_LANES;
        drop(&made);
        if (!good)
            return false;
    }
    return true;
}

static bool measure_draws(frem_bench *bench) {
    static const char *const names[DRAWS + 1] = {"everything kept", "sums of four measures",
                                                 "bare kernel of those sums", "compiling",
                                                 "sums / bare kernel"};
    static const bool measures[FREM_CORE_MEASURES] = {[FREM_CORE_GAP] = true, [FREM_CORE_SHORTAGE] = true};
    loaded all = {NULL, NULL, NULL, NULL};
    target kept = {NULL, NULL, NULL, 1}, sums = kept;
    frem_bench_bare bare = {NULL, NULL};
    size_t n = bench->rounds;
    double took[DRAWS], *samples = calloc((DRAWS + 1) * n, sizeof *samples);
    const frem_core_wanted few = {.no_regions = true, .no_sectors = true, .measures = measures};
    bool good = samples != NULL && load(&all, FREM_BENCH_LARGE) &&
                make(&kept, all.model, FREM_LANES, false, all.diags) &&
                make(&sums, all.model, FREM_LANES, false, all.diags) &&
                frem_core_results_of(&sums.batch->inputs, &few, sums.arena, &sums.results) == FREM_OK &&
                frem_bench_bare_new(sums.arena, &sums.batch->inputs, &bare) &&
                measure_draw(&all, &kept, &sums, &bare, took);
    for (size_t round = 0; round < n && good; round++) {
        good = measure_draw(&all, &kept, &sums, &bare, took);
        for (size_t i = 0; i < DRAWS; i++)
            samples[i * n + round] = took[i];
        samples[DRAWS * n + round] = took[DRAW_SUMS] / took[DRAW_BARE];
    }
    frem_bench_heading(bench, "A draw of velfaerd-danmark, processor time of 1/16 of 16 lanes");
    for (size_t i = 0; i <= DRAWS && good; i++)
        frem_bench_add(bench, names[i], i < DRAWS ? "us" : "x", i < DRAWS ? 0 : 2, samples + i * n, n);
    drop(&kept);
    drop(&sums);
    unload(&all);
    free(samples);
    return good;
}

/* The sizes of worlds that are compared: the first, and with one size doubled each. */
enum { WORLDS = 4 };
static const struct {
    const char *name;
    size_t regions, ages, steps;
} sizes[WORLDS] = {{"regions", 40, 60, 20},
                   {"twice the regions", 80, 60, 20},
                   {"twice the ages", 40, 120, 20},
                   {"twice the years", 40, 60, 40}};

/* One projection of each world in turn, in us. */
static bool measure_worlds(const frem_core_inputs inputs[WORLDS], frem_core_results *const results[WORLDS],
                           double took[WORLDS]) {
    for (size_t w = 0; w < WORLDS; w++) {
        double before = now_us();
        if (frem_core_project(&inputs[w], NULL, FREM_ISA_BEST, results[w]) != FREM_OK)
            return failed("projecting");
        took[w] = now_us() - before;
    }
    return true;
}

/* Whether time grows no faster than what is projected. */
static bool measure_growth(frem_bench *bench) {
    frem_arena *arena = NULL;
    frem_core_inputs inputs[WORLDS];
    frem_core_results *results[WORLDS];
    double took[WORLDS];
    size_t n = bench->rounds;
    double *samples = calloc(WORLDS * n, sizeof *samples);
    bool good = samples != NULL && frem_arena_new(&arena) == FREM_OK;
    for (size_t w = 0; w < WORLDS && good; w++)
        good = frem_bench_world(arena, sizes[w].regions, sizes[w].ages, sizes[w].steps, &inputs[w]) &&
               frem_core_results_new(&inputs[w], false, arena, &results[w]) == FREM_OK;
    good = good && measure_worlds(inputs, results, took);
    for (size_t round = 0; round < n && good; round++) {
        good = measure_worlds(inputs, results, took);
        for (size_t w = 1; w < WORLDS; w++)
            samples[w * n + round] = took[w] / took[0];
    }
    frem_bench_heading(bench, "Growth: a world twice as large / 40 regions, 60 ages, 20 years");
    for (size_t w = 1; w < WORLDS && good; w++)
        frem_bench_add(bench, sizes[w].name, "x", 2.2, samples + w * n, n);
    frem_arena_free(arena);
    free(samples);
    return good;
}

bool frem_bench_engine(frem_bench *bench) {
    loaded all = {NULL, NULL, NULL, NULL};
    stay_here();
    bool good = measure_compiling(bench) && load(&all, FREM_BENCH_SCENARIO) &&
                measure_projections(bench, all.model, all.diags) && measure_large(bench) &&
                measure_draws(bench) && measure_growth(bench);
    unload(&all);
    return good;
}
