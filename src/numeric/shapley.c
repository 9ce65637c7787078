/* Shapley values: exact over all coalitions, or from orders that are drawn. */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdlib.h>

#include "numeric/numeric.h"

static size_t members_of(size_t coalition) {
    size_t n = 0;
    for (; coalition > 0; coalition &= coalition - 1)
        n++;
    return n;
}

void frem_shapley(size_t n, const double *values, double *out) {
    double weight[FREM_SHAPLEY_EXACT]; /* of a coalition that a player joins, by its members */
    for (size_t s = 0; s < n; s++) {
        weight[s] = 1.0 / (double)n;
        for (size_t k = 1; k <= s; k++)
            weight[s] *= (double)k / (double)(n - k); /* s! (n - s - 1)! / n! */
    }
    for (size_t i = 0; i < n; i++) {
        const size_t bit = (size_t)1 << i;
        out[i] = 0;
        for (size_t c = 0; c < (size_t)1 << n; c++) {
            if (!(c & bit))
                out[i] += weight[members_of(c)] * (values[c | bit] - values[c]);
        }
    }
}

frem_status frem_shapley_orders(size_t n, size_t orders, uint64_t seed, size_t *out) {
    frem_numeric_ready();
    gsl_rng *random = gsl_rng_alloc(gsl_rng_mt19937);
    if (random == NULL)
        return FREM_NO_MEMORY;
    gsl_rng_set(random, (unsigned long)(seed & 0xFFFFFFFFu));
    for (size_t o = 0; o + 1 < orders; o += 2) {
        size_t *order = out + o * n, *reverse = order + n;
        for (size_t i = 0; i < n; i++) {
            const size_t j = gsl_rng_uniform_int(random, (unsigned long)i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        for (size_t i = 0; i < n; i++)
            reverse[i] = order[n - 1 - i];
    }
    gsl_rng_free(random);
    return FREM_OK;
}

frem_status frem_shapley_sampled(size_t n, size_t orders, const size_t *order, const double *values,
                                 double *out, double *half) {
    const size_t pairs = orders / 2;
    double *added = calloc(pairs * n + 1, sizeof *added); /* [pair][player] */
    if (added == NULL)
        return FREM_NO_MEMORY;
    for (size_t o = 0; o < 2 * pairs; o++) {
        const double *value = values + o * (n + 1);
        for (size_t i = 0; i < n; i++)
            added[o / 2 * n + order[o * n + i]] += (value[i + 1] - value[i]) / 2;
    }
    frem_numeric_ready();
    const double t = gsl_cdf_tdist_Pinv(0.975, (double)(pairs - 1));
    for (size_t i = 0; i < n; i++) {
        double sum = 0, squares = 0;
        for (size_t p = 0; p < pairs; p++)
            sum += added[p * n + i];
        out[i] = sum / (double)pairs;
        for (size_t p = 0; p < pairs; p++)
            squares += (added[p * n + i] - out[i]) * (added[p * n + i] - out[i]);
        half[i] = t * sqrt(squares / (double)(pairs - 1) / (double)pairs);
    }
    free(added);
    return FREM_OK;
}
