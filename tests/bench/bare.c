/* A projection as bare as it can be written: fixed loops over 16 lanes, rates combined before, nothing looked at, nothing kept
 * but the sums. What it computes has the form of the model (docs/model.md) and made-up numbers; its time is what counts. */
#include <stdlib.h>
#include <string.h>

#include "bench/bench.h"

enum { LANES = FREM_LANES, STUDY = 3, FIRST_AGE = 20, LAST_AGE = 50 };

/* A half of the lanes. */
enum { HALF = 8, HALVES = LANES / HALF };
typedef double half __attribute__((vector_size(HALF * sizeof(double)), aligned(8), may_alias));

typedef struct bare {
    size_t regions, professions, cells, ages, steps, sectors, upgrades;
    size_t (*ways)[2]; /* [upgrade] from, to */
    double *survival;  /* [profession][step][cell] */
    double *weight;    /* [profession][step][cell] FTE for each person */
    double *stock;     /* [profession][region][cell] */
    double *arriving;  /* [profession][step][cell][lane], divided alike among regions */
    double *share;     /* [upgrade][step][cell][lane] */
    double *need;      /* [profession][region][sector] */
    double *index;     /* [region][sector][step][lane] */
    double *people;    /* [profession][cell][lane] of one region, or of the country */
    double *taken;     /* [upgrade][step][cell][lane] */
} bare;

static double *numbers(frem_arena *arena, size_t n, double around) {
    double *at = frem_arena_alloc(arena, n, sizeof *at);
    for (size_t i = 0; at != NULL && i < n; i++)
        at[i] = around * (1 + 1e-3 * (double)(i % 97));
    return at;
}

/* Who is taken by an upgrade in a step, and who was taken some years ago and joins. share: NULL where it is to be found. */
static void upgrade(const bare *w, size_t u, size_t t, bool find) {
    for (size_t c = 0; c < w->cells; c++) {
        size_t age = c % w->ages;
        if (age < FIRST_AGE || age >= LAST_AGE)
            continue;
        double *old = w->people + (w->ways[u][0] * w->cells + c) * LANES;
        double *new = w->people + (w->ways[u][1] * w->cells + c) * LANES;
        double *share = w->share + ((u * w->steps + t) * w->cells + c) * LANES;
        double *taken = w->taken + ((u * w->steps + t) * w->cells + c) * LANES;
        for (size_t l = 0; l < LANES && find; l++) {
            double part = 10 / (old[l] + 1);
            share[l] = part < 1 ? part : 1;
        }
        for (size_t h = 0; h < LANES; h += HALF) {
            half here = *(half *)(old + h), gone = here * *(half *)(share + h);
            *(half *)(taken + h) = gone;
            *(half *)(old + h) = here - gone;
        }
        if (t < STUDY || age < FIRST_AGE + STUDY)
            continue;
        const double *back = taken - (STUDY * w->cells + STUDY) * LANES;
        for (size_t h = 0; h < LANES; h += HALF) {
            half x = *(const half *)(back + h);
            *(half *)(new + h) += x * 0.75;
            *(half *)(old + h) += x * 0.25;
        }
    }
}

/* One step of a profession: supply is measured, the rest is a year older, others arrive. */
static void step(const bare *w, size_t p, size_t t, double supply[LANES]) {
    const double *survival = w->survival + (p * w->steps + t) * w->cells;
    const double *weight = w->weight + (p * w->steps + t) * w->cells;
    half *people = (half *)(w->people + p * w->cells * LANES), sum[HALVES] = {{0}};
    const half *arriving = (const half *)(w->arriving + (p * w->steps + t) * w->cells * LANES);
    for (size_t c = w->cells; c-- > 0;) {
        size_t to = c + 1 < w->cells ? c + 1 : c;
        for (size_t h = 0; h < HALVES; h++) {
            half x = people[c * HALVES + h];
            sum[h] += x * weight[c];
            x = x * survival[c];
            if (to < LAST_AGE)
                x += arriving[to * HALVES + h];
            people[to * HALVES + h] = x;
        }
    }
    memcpy(supply, sum, sizeof sum);
}

static void needs(const bare *w, size_t p, size_t r, size_t t, double demand[LANES]) {
    memset(demand, 0, LANES * sizeof *demand);
    for (size_t j = 0; j < w->sectors; j++) {
        const double *index = w->index + ((r * w->sectors + j) * w->steps + t) * LANES;
        double base = w->need[(p * w->regions + r) * w->sectors + j];
        for (size_t l = 0; l < LANES; l++)
            demand[l] += base * index[l];
    }
}

/* All years of one region, or of the country, where the shares that upgrades take are found. */
static void live(const bare *w, size_t r, bool country, double *sums) {
    double supply[LANES], demand[LANES];
    for (size_t i = 0; i < w->professions * w->cells * LANES; i++)
        w->people[i] = w->stock[(i / LANES / w->cells * w->regions + r) * w->cells + i / LANES % w->cells];
    for (size_t t = 0; t < w->steps; t++) {
        for (size_t u = 0; u < w->upgrades; u++)
            upgrade(w, u, t, country);
        for (size_t p = 0; p < w->professions; p++) {
            double *to = sums + (p * w->steps + t) * 4 * LANES;
            step(w, p, t, supply);
            if (country)
                continue;
            needs(w, p, r, t, demand);
            for (size_t l = 0; l < LANES; l++) {
                double gap = supply[l] - demand[l];
                to[l] += supply[l];
                to[LANES + l] += demand[l];
                to[2 * LANES + l] += gap;
                to[3 * LANES + l] += gap < 0 ? -gap : 0;
            }
        }
    }
}

bool frem_bench_bare_new(frem_arena *arena, const frem_core_inputs *in, frem_bench_bare *out) {
    bare *w = frem_arena_alloc(arena, 1, sizeof *w);
    size_t(*ways)[2] = frem_arena_alloc(arena, in->n_upgrades + 1, sizeof *ways);
    if (w == NULL || ways == NULL)
        return false;
    size_t cells = in->sexes * in->ages, steps = in->steps, professions = in->n_professions;
    *w =
        (bare){in->regions, professions, cells, in->ages, steps, in->n_sectors, in->n_upgrades, .ways = ways};
    for (size_t u = 0; u < in->n_upgrades; u++) {
        ways[u][0] = in->upgrades[u].from;
        ways[u][1] = in->upgrades[u].to;
    }
    w->survival = numbers(arena, professions * steps * cells, 0.9);
    w->weight = numbers(arena, professions * steps * cells, 0.7);
    w->stock = numbers(arena, professions * in->regions * cells, 10);
    w->arriving = numbers(arena, professions * steps * cells * LANES, 0.1);
    w->share = numbers(arena, (in->n_upgrades + 1) * steps * cells * LANES, 0);
    w->need = numbers(arena, professions * in->regions * in->n_sectors + 1, 50);
    w->index = numbers(arena, in->regions * in->n_sectors * steps * LANES + 1, 1);
    w->people = numbers(arena, professions * cells * LANES, 0);
    w->taken = numbers(arena, (in->n_upgrades + 1) * steps * cells * LANES, 0);
    out->sums = numbers(arena, professions * steps * 4 * LANES, 0);
    out->world = w;
    return w->survival != NULL && w->weight != NULL && w->stock != NULL && w->arriving != NULL &&
           w->share != NULL && w->need != NULL && w->index != NULL && w->people != NULL && w->taken != NULL &&
           out->sums != NULL;
}

void frem_bench_bare_project(const frem_bench_bare *bench) {
    const bare *w = bench->world;
    memset(bench->sums, 0, w->professions * w->steps * 4 * LANES * sizeof *bench->sums);
    if (w->upgrades > 0)
        live(w, 0, true, bench->sums);
    for (size_t r = 0; r < w->regions; r++)
        live(w, r, false, bench->sums);
}
