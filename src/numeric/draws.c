#include "numeric/draws.h"

#include <Random123/philox.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

enum { BITS = 32 };

struct frem_draws {
    frem_sampling sampling;
    uint64_t seed;
    uint32_t n;
    unsigned half;                /* half of the bits that numbers below n have, rounded up; at least 1 */
    uint32_t (*directions)[BITS]; /* [dimension] of Sobol sequences */
};

/* What random bits are for: they differ for one address by it. */
typedef enum purpose { FOR_NUMBERS, FOR_ORDER, FOR_SCRAMBLING } purpose;

/* 128 random bits of an address. The counter has 32 bits for the draw (or what takes its place), 32 for index and purpose, 64
 * for the parameter; the key is the seed. */
static philox4x32_ctr_t bits_at(const frem_draws *draws, uint64_t parameter, uint32_t index, purpose what,
                                uint32_t draw) {
    const philox4x32_key_t key = {{(uint32_t)draws->seed, (uint32_t)(draws->seed >> BITS)}};
    const philox4x32_ctr_t counter = {
        {draw, index << 2 | (uint32_t)what, (uint32_t)parameter, (uint32_t)(parameter >> BITS)}};
    return philox4x32(counter, key);
}

/* The middle of one of 2^52 parts of (0, 1), so that 1 less it is one of them too. */
static double unit(uint32_t high, uint32_t low) {
    const uint64_t part = ((uint64_t)high << BITS | low) >> 12;
    return ((double)part + 0.5) * 0x1p-52;
}

/* ---- Sobol sequences ---- */

enum { DEGREE_MAX = 13 };
typedef struct polynomial {
    unsigned degree, coefficients, m[DEGREE_MAX];
} polynomial;

static const polynomial polynomials[FREM_DRAWS_SOBOL_MAX - 1] = {
#define FREM_JOE_KUO(dimension, degree, coefficients, ...)                                                   \
    [(dimension)-2] = {(degree), (coefficients), {__VA_ARGS__}},
#include "numeric/joe_kuo.def"
#undef FREM_JOE_KUO
};

/* Direction numbers of a dimension, the first in the highest bit. */
static void fill_directions(size_t dimension, uint32_t v[BITS]) {
    const polynomial *p = dimension > 0 ? &polynomials[dimension - 1] : NULL;
    for (unsigned k = 0; k < BITS; k++) {
        if (p == NULL || k < p->degree) {
            v[k] = (p != NULL ? p->m[k] : 1u) << (BITS - 1 - k);
            continue;
        }
        v[k] = v[k - p->degree] ^ v[k - p->degree] >> p->degree;
        for (unsigned j = 1; j < p->degree; j++)
            v[k] ^= (p->coefficients >> (p->degree - 1 - j) & 1u) != 0 ? v[k - j] : 0;
    }
}

/* In the order of the numbers' Gray code, as the sequence is usually written: every 2^k-th beginning has the same points. */
static uint32_t sobol_bits(const frem_draws *draws, size_t dimension, uint32_t draw) {
    const uint32_t *v = draws->directions[dimension];
    uint32_t out = 0;
    for (uint32_t gray = draw ^ draw >> 1, k = 0; gray != 0; gray >>= 1, k++)
        out ^= (gray & 1u) != 0 ? v[k] : 0;
    return out;
}

double frem_draws_sobol(const frem_draws *draws, size_t dimension, uint32_t draw) {
    return sobol_bits(draws, dimension, draw) * 0x1p-32;
}

/* Owen's nested scrambling: each bit is turned or not by a random bit that the bits before it choose. One block of 128 random
 * bits serves the tree of 7 levels below a beginning. */
static uint32_t scramble(const frem_draws *draws, uint64_t parameter, uint32_t index, uint32_t bits) {
    enum { LEVELS = 7 };
    uint32_t out = 0;
    for (unsigned level = 0; level < BITS; level += LEVELS) {
        const unsigned n = BITS - level < LEVELS ? BITS - level : LEVELS;
        const uint32_t before = level > 0 ? bits >> (BITS - level) : 0;
        /* A beginning by its bits with a 1 before them, which says how many there are; level 28 leaves room for that. */
        const philox4x32_ctr_t random =
            bits_at(draws, parameter, index, FOR_SCRAMBLING, UINT32_C(1) << level | before);
        uint32_t node = 1;
        for (unsigned k = 0; k < n; k++) {
            const uint32_t bit = bits >> (BITS - 1 - level - k) & 1u;
            const uint32_t turn = random.v[node / BITS] >> (node % BITS) & 1u;
            out = out << 1 | (bit ^ turn);
            node = node << 1 | bit;
        }
    }
    return out;
}

/* ---- Latin hypercubes ---- */

/* The place of a draw in a random order of all: a Feistel network on numbers of 2 * half bits, gone through again while it
 * leaves the numbers below n. */
static uint32_t place_of(const frem_draws *draws, uint64_t parameter, uint32_t index, uint32_t draw) {
    enum { ROUNDS = 8 };
    const uint32_t mask = (UINT32_C(1) << draws->half) - 1;
    uint32_t at = draw;
    do {
        uint32_t left = at >> draws->half, right = at & mask;
        for (uint32_t round = 0; round < ROUNDS; round++) {
            const philox4x32_ctr_t random = bits_at(draws, parameter, index, FOR_ORDER, round << 16 | right);
            const uint32_t next = (left ^ random.v[0]) & mask;
            left = right;
            right = next;
        }
        at = left << draws->half | right;
    } while (at >= draws->n);
    return at;
}

/* ---- */

frem_status frem_draws_new(frem_draws **out, frem_sampling sampling, uint64_t seed, size_t n,
                           size_t dimensions) {
    *out = NULL;
    if (n == 0 || n > FREM_DRAWS_MAX ||
        (sampling == FREM_SAMPLING_SOBOL && dimensions > FREM_DRAWS_SOBOL_MAX))
        return FREM_INVALID;
    frem_draws *draws = calloc(1, sizeof *draws);
    if (draws == NULL)
        return FREM_NO_MEMORY;
    *draws = (frem_draws){.sampling = sampling, .seed = seed, .n = (uint32_t)n, .half = 1};
    while ((UINT64_C(1) << 2 * draws->half) < n)
        draws->half++;
    if (sampling == FREM_SAMPLING_SOBOL) {
        draws->directions = calloc(dimensions + 1, sizeof *draws->directions);
        if (draws->directions == NULL) {
            free(draws);
            return FREM_NO_MEMORY;
        }
        for (size_t d = 0; d < dimensions; d++)
            fill_directions(d, draws->directions[d]);
    }
    *out = draws;
    return FREM_OK;
}

void frem_draws_free(frem_draws *draws) {
    if (draws == NULL)
        return;
    free(draws->directions);
    free(draws);
}

uint64_t frem_draws_parameter(const char *path) {
    uint64_t hash = UINT64_C(0xCBF29CE484222325); /* FNV-1a */
    for (const char *c = path; *c != '\0'; c++)
        hash = (hash ^ (unsigned char)*c) * UINT64_C(0x100000001B3);
    return hash;
}

double frem_draws_at(const frem_draws *draws, uint64_t parameter, uint32_t index, size_t dimension,
                     uint32_t draw) {
    const bool pairs = draws->sampling == FREM_SAMPLING_ANTITHETIC;
    const philox4x32_ctr_t random = bits_at(draws, parameter, index, FOR_NUMBERS, pairs ? draw / 2 : draw);
    const double number = unit(random.v[0], random.v[1]);
    switch (draws->sampling) {
    case FREM_SAMPLING_PLAIN:
        return number;
    case FREM_SAMPLING_ANTITHETIC:
        return draw % 2 == 0 ? number : 1 - number;
    case FREM_SAMPLING_LHS:
        return fmin((place_of(draws, parameter, index, draw) + number) / draws->n, 1 - 0x1p-53);
    case FREM_SAMPLING_SOBOL:
        return unit(scramble(draws, parameter, index, sobol_bits(draws, dimension, draw)), random.v[0]);
    }
    return number;
}
