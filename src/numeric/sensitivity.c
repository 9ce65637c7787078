#include "numeric/sensitivity.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "numeric/distribution.h"
#include "numeric/draws.h"

/* ---- the bootstrap ---- */

enum { SAMPLES = 1000, RUNS = 1024 };

/* Where bootstrap samples, orders and levels have their random numbers. */
enum { FOR_SAMPLES = 1, FOR_LEVELS, FOR_ORDER, FOR_POINTS };

/* Samples of items, what is estimated from each, and room. */
typedef struct bootstrap {
    size_t items, estimates;
    uint32_t *drawn; /* [sample][item] */
    double *samples; /* [sample][estimate] */
    double *column, *scratch;
    unsigned short *bins;
} bootstrap;

static void bootstrap_end(bootstrap *b) {
    free(b->drawn);
    free(b->samples);
    free(b->column);
    free(b->scratch);
    free(b->bins);
}

/* The caller ends it, also after a failure. */
static frem_status bootstrap_begin(bootstrap *b, size_t items, size_t estimates, uint64_t seed) {
    frem_draws *draws = NULL;
    *b = (bootstrap){.items = items,
                     .estimates = estimates,
                     .drawn = malloc(SAMPLES * items * sizeof *b->drawn),
                     .samples = malloc((SAMPLES * estimates + 1) * sizeof *b->samples),
                     .column = malloc(SAMPLES * sizeof *b->column),
                     .scratch = malloc(SAMPLES * sizeof *b->scratch),
                     .bins = malloc(SAMPLES * sizeof *b->bins)};
    if (b->drawn == NULL || b->samples == NULL || b->column == NULL || b->scratch == NULL || b->bins == NULL)
        return FREM_NO_MEMORY;
    const frem_status status = frem_draws_new(&draws, FREM_SAMPLING_PLAIN, seed, SAMPLES, 1);
    for (size_t s = 0; s < SAMPLES && status == FREM_OK; s++) {
        for (size_t i = 0; i < items; i++) {
            const double u = frem_draws_at(draws, FOR_SAMPLES, (uint32_t)i, 0, (uint32_t)s);
            const size_t at = (size_t)(u * (double)items);
            b->drawn[s * items + i] = (uint32_t)(at < items ? at : items - 1);
        }
    }
    frem_draws_free(draws);
    return status;
}

/* An estimate with the interval that holds 95 % of its samples; one that does not vary in a sample has none there. */
static frem_estimate estimate_of(const bootstrap *b, size_t estimate, double value) {
    static const double shares[] = {0.025, 0.975};
    double ends[2] = {(double)NAN, (double)NAN};
    size_t n = 0;
    for (size_t s = 0; s < SAMPLES; s++) {
        const double sample = b->samples[s * b->estimates + estimate];
        if (isfinite(sample))
            b->column[n++] = sample;
    }
    if (n > 0 && isfinite(value))
        frem_quantiles(b->column, n, shares, 2, b->scratch, b->bins, ends);
    return (frem_estimate){value, ends[0], ends[1]};
}

/* ---- Sobol indices ---- */

size_t frem_indices_evaluations(const frem_responses *r, size_t n) {
    return n * (r->inputs + 2);
}

/* Two independent points for each of n, and mixtures of them: the first but for one input, which is the second's. */
typedef struct design {
    const frem_responses *r;
    frem_draws *draws;
    size_t n, each; /* points of a base point: inputs + 2 */
    double *values; /* [base point][each][result] */
} design;

/* The points that belong to a base point. */
static void fill_points(const design *d, size_t base, double *points) {
    const size_t numbers = d->r->numbers;
    double *first = points, *second = points + numbers;
    for (size_t k = 0; k < 2 * numbers; k++)
        points[k] = frem_draws_at(d->draws, FOR_POINTS, (uint32_t)k, k, (uint32_t)base);
    for (size_t i = 0; i < d->r->inputs; i++) {
        double *mixed = points + (2 + i) * numbers;
        for (size_t k = 0; k < numbers; k++)
            mixed[k] = d->r->input_of[k] == i ? second[k] : first[k];
    }
}

/* Many points together, so that the function may share them out. */
static frem_status evaluate(const design *d) {
    enum { TOGETHER = 1024 };
    const size_t bases = TOGETHER / d->each + 1, width = d->each * d->r->numbers;
    double *points = malloc(bases * width * sizeof *points);
    frem_status status = points != NULL ? FREM_OK : FREM_NO_MEMORY;
    for (size_t first = 0; first < d->n && status == FREM_OK; first += bases) {
        const size_t n = d->n - first < bases ? d->n - first : bases;
        for (size_t b = 0; b < n; b++)
            fill_points(d, first + b, points + b * width);
        status = d->r->at(d->r->context, points, n * d->each, d->values + first * d->each * d->r->results);
    }
    free(points);
    return status;
}

/* Sums over a run of base points, of which the indices are ratios. Results are taken less their mean, which changes no index and
 * makes the errors small. */
typedef struct sums {
    double values, squares; /* of both points */
    double *first, *total;  /* [input] */
} sums;

typedef struct summing {
    const design *d;
    size_t result, runs;
    double mean;
    sums *of; /* [run] */
    double *memory;
} summing;

static double value_of(const summing *s, size_t base, size_t point) {
    return s->d->values[(base * s->d->each + point) * s->d->r->results + s->result];
}

static void add_base(const summing *s, size_t base, sums *to) {
    const double a = value_of(s, base, 0) - s->mean, b = value_of(s, base, 1) - s->mean;
    to->values += a + b;
    to->squares += a * a + b * b;
    for (size_t i = 0; i < s->d->r->inputs; i++) {
        const double mixed = value_of(s, base, 2 + i) - s->mean;
        to->first[i] += b * (mixed - a);
        to->total[i] += (a - mixed) * (a - mixed) / 2;
    }
}

static void sum_up(summing *s) {
    const size_t n = s->d->n, inputs = s->d->r->inputs;
    s->mean = 0;
    for (size_t base = 0; base < n; base++)
        s->mean += (value_of(s, base, 0) + value_of(s, base, 1)) / (2 * (double)n);
    memset(s->memory, 0, s->runs * 2 * inputs * sizeof *s->memory);
    for (size_t run = 0; run < s->runs; run++) {
        s->of[run] = (sums){0, 0, s->memory + run * 2 * inputs, s->memory + run * 2 * inputs + inputs};
        for (size_t base = run * (n / s->runs); base < (run + 1) * (n / s->runs); base++)
            add_base(s, base, &s->of[run]);
    }
}

/* The indices of some runs, each as often as it is drawn. @param drawn [run]; NULL: each once.
 * @param[out] out [2 * input], first and total; NaN where nothing varies. */
static void estimate(const summing *s, const uint32_t *drawn, double *out) {
    const size_t inputs = s->d->r->inputs;
    const double n = (double)s->d->n;
    double values = 0, squares = 0;
    for (size_t i = 0; i < 2 * inputs; i++)
        out[i] = 0;
    for (size_t k = 0; k < s->runs; k++) {
        const sums *run = &s->of[drawn != NULL ? drawn[k] : k];
        values += run->values;
        squares += run->squares;
        for (size_t i = 0; i < inputs; i++) {
            out[2 * i] += run->first[i];
            out[2 * i + 1] += run->total[i];
        }
    }
    const double mean = values / (2 * n), variance = squares / (2 * n) - mean * mean;
    /* What is left of equal results is rounding. */
    const double least = 1e-24 * (s->mean * s->mean + 1e-300);
    for (size_t i = 0; i < 2 * inputs; i++)
        out[i] = variance > least ? out[i] / n / variance : (double)NAN;
}

/* @param out [input] */
static void estimate_all(const summing *s, bootstrap *b, double *values, frem_indices *out) {
    estimate(s, NULL, values);
    for (size_t k = 0; k < SAMPLES; k++)
        estimate(s, b->drawn + k * b->items, b->samples + k * b->estimates);
    for (size_t i = 0; i < s->d->r->inputs; i++)
        out[i] = (frem_indices){estimate_of(b, 2 * i, values[2 * i]),
                                estimate_of(b, 2 * i + 1, values[2 * i + 1])};
}

static frem_status estimate_results(const design *d, uint64_t seed, frem_indices *out) {
    const size_t inputs = d->r->inputs, runs = d->n < RUNS ? d->n : RUNS;
    summing s = {.d = d,
                 .runs = runs,
                 .of = malloc(runs * sizeof *s.of),
                 .memory = malloc((runs * 2 * inputs + 1) * sizeof *s.memory)};
    double *values = malloc((2 * inputs + 1) * sizeof *values);
    bootstrap b;
    frem_status status = bootstrap_begin(&b, runs, 2 * inputs, seed);
    if (s.of == NULL || s.memory == NULL || values == NULL)
        status = FREM_NO_MEMORY;
    for (; s.result < d->r->results && status == FREM_OK; s.result++) {
        sum_up(&s);
        estimate_all(&s, &b, values, out + s.result * inputs);
    }
    bootstrap_end(&b);
    free(values);
    free(s.memory);
    free(s.of);
    return status;
}

frem_status frem_indices_find(const frem_responses *r, size_t n, uint64_t seed, frem_indices *out) {
    const size_t numbers = 2 * r->numbers;
    design d = {.r = r, .n = n, .each = r->inputs + 2};
    if (n < FREM_INDICES_POINTS_MIN || n > FREM_INDICES_POINTS_MAX || (n & (n - 1)) != 0)
        return FREM_INVALID;
    frem_status status =
        frem_draws_new(&d.draws, numbers <= FREM_DRAWS_SOBOL_MAX ? FREM_SAMPLING_SOBOL : FREM_SAMPLING_LHS,
                       seed, n, numbers);
    d.values = malloc((n * d.each * r->results + 1) * sizeof *d.values);
    if (d.values == NULL)
        status = FREM_NO_MEMORY;
    if (status == FREM_OK)
        status = evaluate(&d);
    if (status == FREM_OK)
        status = estimate_results(&d, seed, out);
    free(d.values);
    frem_draws_free(d.draws);
    return status;
}

/* ---- elementary effects ---- */

/* Trajectories: where each begins, and in which order its inputs move. */
typedef struct walks {
    const frem_responses *r;
    frem_draws *draws;
    size_t n;
    size_t *order;   /* [input] of the trajectory at hand */
    double *effects; /* [trajectory][input][result] */
} walks;

static double level_at(size_t level) {
    return ((double)level + 0.5) / FREM_EFFECTS_LEVELS;
}

static size_t begins_at(const walks *w, size_t walk, size_t input) {
    const double u = frem_draws_at(w->draws, FOR_LEVELS, (uint32_t)input, 0, (uint32_t)walk);
    const size_t level = (size_t)(u * FREM_EFFECTS_LEVELS);
    return level < FREM_EFFECTS_LEVELS ? level : FREM_EFFECTS_LEVELS - 1;
}

/* Every order is as likely: Fisher and Yates. */
static void fill_order(const walks *w, size_t walk) {
    for (size_t i = 0; i < w->r->inputs; i++)
        w->order[i] = i;
    for (size_t left = w->r->inputs; left > 1; left--) {
        const double u = frem_draws_at(w->draws, FOR_ORDER, (uint32_t)left, 0, (uint32_t)walk);
        const size_t at = (size_t)(u * (double)left), pick = at < left ? at : left - 1;
        const size_t other = w->order[pick];
        w->order[pick] = w->order[left - 1];
        w->order[left - 1] = other;
    }
}

static bool goes_up(size_t level) {
    return level < FREM_EFFECTS_LEVELS - FREM_EFFECTS_STEP;
}

/* @param points [inputs + 1][number] */
static void fill_walk(const walks *w, size_t walk, double *points) {
    const size_t numbers = w->r->numbers;
    for (size_t k = 0; k < numbers; k++)
        points[k] = level_at(begins_at(w, walk, w->r->input_of[k]));
    fill_order(w, walk);
    for (size_t step = 0; step < w->r->inputs; step++) {
        double *before = points + step * numbers, *after = before + numbers;
        memcpy(after, before, numbers * sizeof *after);
        const size_t level = begins_at(w, walk, w->order[step]);
        for (size_t k = 0; k < numbers; k++) {
            if (w->r->input_of[k] == w->order[step])
                after[k] = level_at(goes_up(level) ? level + FREM_EFFECTS_STEP : level - FREM_EFFECTS_STEP);
        }
    }
}

static void read_walk(const walks *w, size_t walk, const double *values) {
    const double far = (double)FREM_EFFECTS_STEP / FREM_EFFECTS_LEVELS;
    const size_t results = w->r->results;
    fill_order(w, walk);
    for (size_t step = 0; step < w->r->inputs; step++) {
        const size_t input = w->order[step];
        const double sign = goes_up(begins_at(w, walk, input)) ? 1 : -1;
        for (size_t k = 0; k < results; k++)
            w->effects[(walk * w->r->inputs + input) * results + k] =
                sign * (values[(step + 1) * results + k] - values[step * results + k]) / far;
    }
}

static frem_status walk_all(const walks *w) {
    enum { TOGETHER = 1024 };
    const size_t each = w->r->inputs + 1, width = each * w->r->numbers, many = TOGETHER / each + 1;
    double *points = malloc((many * width + 1) * sizeof *points),
           *values = malloc((many * each * w->r->results + 1) * sizeof *values);
    frem_status status = points != NULL && values != NULL ? FREM_OK : FREM_NO_MEMORY;
    for (size_t first = 0; first < w->n && status == FREM_OK; first += many) {
        const size_t n = w->n - first < many ? w->n - first : many;
        for (size_t i = 0; i < n; i++)
            fill_walk(w, first + i, points + i * width);
        status = w->r->at(w->r->context, points, n * each, values);
        for (size_t i = 0; i < n && status == FREM_OK; i++)
            read_walk(w, first + i, values + i * each * w->r->results);
    }
    free(values);
    free(points);
    return status;
}

/* Mean, mean size and standard deviation of one input's effects in the trajectories that are drawn. @param drawn NULL: each once.
 * @param[out] out [3] */
static void summarise(const walks *w, size_t input, size_t result, const uint32_t *drawn, double *out) {
    double sum = 0, size = 0, squares = 0;
    for (size_t i = 0; i < w->n; i++) {
        const size_t walk = drawn != NULL ? drawn[i] : i;
        const double effect = w->effects[(walk * w->r->inputs + input) * w->r->results + result];
        sum += effect;
        size += fabs(effect);
        squares += effect * effect;
    }
    const double n = (double)w->n, mean = sum / n, rest = (squares - n * mean * mean) / (n - 1);
    out[0] = mean;
    out[1] = size / n;
    out[2] = rest > 1e-24 * squares ? sqrt(rest) : 0;
}

static frem_status summarise_all(const walks *w, uint64_t seed, frem_effects *out) {
    const size_t inputs = w->r->inputs;
    bootstrap b;
    frem_status status = bootstrap_begin(&b, w->n, 3, seed);
    for (size_t result = 0; result < w->r->results && status == FREM_OK; result++) {
        for (size_t i = 0; i < inputs; i++) {
            double value[3];
            summarise(w, i, result, NULL, value);
            for (size_t s = 0; s < SAMPLES; s++)
                summarise(w, i, result, b.drawn + s * b.items, b.samples + s * b.estimates);
            out[result * inputs + i] = (frem_effects){
                estimate_of(&b, 0, value[0]), estimate_of(&b, 1, value[1]), estimate_of(&b, 2, value[2])};
        }
    }
    bootstrap_end(&b);
    return status;
}

frem_status frem_effects_find(const frem_responses *r, size_t trajectories, uint64_t seed,
                              frem_effects *out) {
    walks w = {.r = r, .n = trajectories};
    if (trajectories < FREM_EFFECTS_MIN || trajectories > FREM_EFFECTS_MAX)
        return FREM_INVALID;
    frem_status status = frem_draws_new(&w.draws, FREM_SAMPLING_PLAIN, seed, trajectories, 1);
    w.order = malloc((r->inputs + 1) * sizeof *w.order);
    w.effects = malloc((trajectories * r->inputs * r->results + 1) * sizeof *w.effects);
    if (w.order == NULL || w.effects == NULL)
        status = FREM_NO_MEMORY;
    if (status == FREM_OK)
        status = walk_all(&w);
    if (status == FREM_OK)
        status = summarise_all(&w, seed, out);
    free(w.effects);
    free(w.order);
    frem_draws_free(w.draws);
    return status;
}
