/** @file
 *  The bench: figures with their spread, their goals and what they were the time before. It judges nothing.
 */
#ifndef FREM_TESTS_BENCH_BENCH_H
#define FREM_TESTS_BENCH_BENCH_H

#include <stdbool.h>
#include <stddef.h>

#include "core/core.h"

enum { FREM_BENCH_FIGURES_MAX = 96, FREM_BENCH_NAME_MAX = 64 };

/** One figure out of many runs. */
typedef struct frem_bench_figure {
    char name[FREM_BENCH_NAME_MAX]; /**< also its key in the file of the previous figures */
    const char *unit;               /**< "ms", "us", "MB", "x" (a ratio) */
    double goal;                    /**< the most that is wanted; 0 where nothing is */
    double median, min, max;
    double before; /**< the median of the previous bench; 0 where there is none */
    bool heading;  /**< a line between figures: its name alone is printed */
} frem_bench_figure;

/** What a bench found. */
typedef struct frem_bench {
    size_t rounds; /**< how often everything is measured */
    frem_bench_figure figures[FREM_BENCH_FIGURES_MAX];
    size_t n_figures;
} frem_bench;

void frem_bench_heading(frem_bench *bench, const char *text);
/** Adds a figure. @param goal 0 for none. @param samples sorted on return. */
void frem_bench_add(frem_bench *bench, const char *name, const char *unit, double goal, double *samples,
                    size_t n);
/** Reads the previous figures. @return false where there are none, or they are of another processor. */
bool frem_bench_before(frem_bench *bench, const char *path);
/** Keeps the medians for the next bench. @return false with a message on standard error. */
bool frem_bench_keep(const frem_bench *bench, const char *path);
void frem_bench_print(const frem_bench *bench);
/** The processor's name. @param[out] out of `size` bytes. */
void frem_bench_processor(char *out, size_t size);

/** Whole processes, taken in turn. @return false with a message on standard error. */
bool frem_bench_processes(frem_bench *bench);
/** Inside the engine, on one core. @return false with a message on standard error. */
bool frem_bench_engine(frem_bench *bench);

/** Makes a world of one profession, one programme and one sector. @param[out] out of the arena. @return false when out of
 * memory, which numbers alone may show only when projecting. */
bool frem_bench_world(frem_arena *arena, size_t regions, size_t ages, size_t steps, frem_core_inputs *out);

/** A projection of 16 lanes as bare as it can be written, with the sizes and upgrades of a world. */
typedef struct frem_bench_bare {
    const struct bare *world;
    double *sums; /**< [profession][step][supply, demand, gap, shortage][lane] */
} frem_bench_bare;
/** @param[out] out of the arena. @return false when out of memory. */
bool frem_bench_bare_new(frem_arena *arena, const frem_core_inputs *inputs, frem_bench_bare *out);
void frem_bench_bare_project(const frem_bench_bare *bare);

#define FREM_BENCH_SCENARIO FREM_SOURCE_DIR "/scenarios/paedagog-syddanmark.yaml"
/** The largest shipped scenario. */
#define FREM_BENCH_LARGE FREM_SOURCE_DIR "/scenarios/velfaerd-danmark.yaml"
/** A scenario whose change has ten causes, and the points of a sweep that are as many. */
#define FREM_BENCH_CAUSES FREM_SOURCE_DIR "/scenarios/sosu-danmark.yaml"
/** Two professions, each with its programme. */
#define FREM_BENCH_CARE FREM_SOURCE_DIR "/scenarios/sosu-danmark.yaml"
/** What its sweeps vary; the end and the step follow. */
#define FREM_BENCH_VARY "programmes.paedagog.completion=0.48:"
/** The published model of the validation, and its tables. */
#define FREM_BENCH_PUBLISHED FREM_SOURCE_DIR "/tests/validation/laerermod.yaml"
#define FREM_BENCH_PUBLISHED_DATA FREM_SOURCE_DIR "/tests/validation/laerermod/2020"

#endif
