/* Moments and exact quantiles of many numbers. */
#include <gsl/gsl_sort.h>
#include <math.h>

#include "numeric/distribution.h"

void frem_moments(const double *numbers, size_t n, double *mean, double *sd) {
    double sum = 0, squares = 0;
    for (size_t i = 0; i < n; i++)
        sum += numbers[i];
    *mean = sum / (double)n;
    for (size_t i = 0; i < n; i++)
        squares += (numbers[i] - *mean) * (numbers[i] - *mean);
    *sd = n > 1 ? sqrt(squares / (double)(n - 1)) : 0;
}

/* Numbers are counted in bins of equal width between the least and the largest; only those of the bins that hold a place that
 * is asked for are put in order. */
enum { BINS = 1024, UNASKED = 0xFFFF };

typedef struct binned {
    const double *numbers;
    size_t n;
    double least, most;
    unsigned short *bin;       /* by number */
    size_t before[BINS + 1];   /* numbers in the bins before */
    unsigned short part[BINS]; /* by bin: its place among those asked for; UNASKED */
    size_t n_parts;
    size_t *begin; /* by part: where its numbers are */
    double *sorted;
} binned;

static void count(binned *b) {
    b->least = b->most = b->numbers[0];
    for (size_t i = 1; i < b->n; i++) {
        b->least = b->numbers[i] < b->least ? b->numbers[i] : b->least;
        b->most = b->numbers[i] > b->most ? b->numbers[i] : b->most;
    }
    size_t counts[BINS] = {0};
    const double width = b->most - b->least;
    for (size_t i = 0; i < b->n && width > 0; i++) {
        const double at = (b->numbers[i] - b->least) / width * BINS;
        b->bin[i] = (unsigned short)(at < BINS - 1 ? at : BINS - 1);
        counts[b->bin[i]]++;
    }
    b->before[0] = 0;
    for (size_t k = 0; k < BINS; k++) {
        b->before[k + 1] = b->before[k] + counts[k];
        b->part[k] = UNASKED;
    }
}

static size_t bin_of(const binned *b, size_t place) {
    size_t low = 0, high = BINS;
    while (high - low > 1) {
        const size_t middle = (low + high) / 2;
        if (b->before[middle] <= place)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static void ask(binned *b, size_t place) {
    const size_t bin = bin_of(b, place);
    if (b->part[bin] == UNASKED)
        b->part[bin] = (unsigned short)b->n_parts++;
}

/* Gathers the numbers of the bins that are asked for, each bin in order. */
static void gather(binned *b, size_t *end) {
    size_t used = 0;
    for (size_t k = 0; k < BINS; k++) {
        if (b->part[k] == UNASKED)
            continue;
        b->begin[b->part[k]] = end[b->part[k]] = used;
        used += b->before[k + 1] - b->before[k];
    }
    for (size_t i = 0; i < b->n; i++) {
        const unsigned short part = b->part[b->bin[i]];
        if (part != UNASKED)
            b->sorted[end[part]++] = b->numbers[i];
    }
    for (size_t k = 0; k < b->n_parts; k++)
        gsl_sort(b->sorted + b->begin[k], 1, end[k] - b->begin[k]);
}

static double at_place(const binned *b, size_t place) {
    const size_t bin = bin_of(b, place);
    return b->sorted[b->begin[b->part[bin]] + place - b->before[bin]];
}

void frem_quantiles(const double *numbers, size_t n, const double *shares, size_t n_shares, double *scratch,
                    unsigned short *bins, double *out) {
    size_t begin[2 * FREM_QUANTILES_MAX], end[2 * FREM_QUANTILES_MAX];
    binned b = {.numbers = numbers, .n = n, .bin = bins, .sorted = scratch, .begin = begin};
    count(&b);
    if (!(b.most > b.least)) {
        for (size_t q = 0; q < n_shares; q++)
            out[q] = b.least;
        return;
    }
    for (size_t q = 0; q < n_shares; q++) {
        const double place = (double)(n - 1) * shares[q];
        ask(&b, (size_t)place);
        ask(&b, (size_t)ceil(place));
    }
    gather(&b, end);
    for (size_t q = 0; q < n_shares; q++) {
        const double place = (double)(n - 1) * shares[q], below = floor(place);
        const double x = at_place(&b, (size_t)below), next = at_place(&b, (size_t)ceil(place));
        out[q] = x + (place - below) * (next - x);
    }
}
