#include "core/practicum.h"

#include <math.h>

/* Products of shares and totals miss whole numbers and ties by rounding alone; a place is never smaller than this. */
static const double NEARLY = 1e-9;

int64_t frem_places_whole(double places) {
    return (int64_t)(places + 0.5);
}

int64_t frem_places_floor(const int64_t *floors, size_t n) {
    int64_t sum = 0;
    for (size_t i = 0; floors != NULL && i < n; i++)
        sum += floors[i];
    return sum;
}

static int64_t floor_of(const int64_t *floors, size_t i) {
    return floors != NULL ? floors[i] : 0;
}

static int64_t ceiling_of(const int64_t *ceilings, size_t i) {
    return ceilings != NULL ? ceilings[i] : FREM_PLACES_MANY;
}

int64_t frem_places_room(const double *keys, size_t n, const int64_t *floors, const int64_t *ceilings) {
    int64_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        int64_t most = keys[i] > 0 ? ceiling_of(ceilings, i) : floor_of(floors, i);
        if (most == FREM_PLACES_MANY)
            return FREM_PLACES_MANY;
        sum += most;
    }
    return sum;
}

static frem_places_fault find_fault(int64_t total, const double *keys, size_t n, const int64_t *floors,
                                    const int64_t *ceilings) {
    bool free_of_ceilings = false;
    for (size_t i = 0; i < n; i++) {
        if (floor_of(floors, i) > ceiling_of(ceilings, i))
            return FREM_PLACES_CROSSED;
        free_of_ceilings = free_of_ceilings || ceiling_of(ceilings, i) == FREM_PLACES_MANY;
    }
    if (frem_places_floor(floors, n) > total)
        return FREM_PLACES_FLOORS;
    if (frem_places_room(keys, n, floors, ceilings) < total)
        return free_of_ceilings ? FREM_PLACES_KEYS : FREM_PLACES_CEILINGS;
    return FREM_PLACES_OK;
}

/* Parts whose number is settled, because a bound binds, carry FIXED; the others share what is left. */
#define FIXED (-1.0)

/* The quota of every part: in proportion to the keys of those that are free, the bound where one binds. In each round
 * either the broken floors or the broken ceilings are settled, whichever miss more in all: what they take from (or
 * leave to) the rest can then only break more bounds of the same kind, so that nothing settled has to be undone. */
static void find_quotas(int64_t total, const double *keys, size_t n, const int64_t *floors,
                        const int64_t *ceilings, double *quota, int64_t *out) {
    double left = (double)total;
    for (size_t i = 0; i < n; i++) {
        out[i] = floor_of(floors, i);
        quota[i] = keys[i] > 0 ? 0 : FIXED;
        left -= keys[i] > 0 ? 0 : (double)out[i];
    }
    for (;;) {
        double key = 0, missed = 0;
        bool broken = false;
        for (size_t i = 0; i < n; i++)
            key += quota[i] < 0 ? 0 : keys[i];
        for (size_t i = 0; i < n; i++) {
            if (quota[i] < 0)
                continue;
            double low = (double)floor_of(floors, i), high = (double)ceiling_of(ceilings, i);
            quota[i] = left > 0 ? left * (keys[i] / key) : 0;
            missed += quota[i] < low ? low - quota[i] : quota[i] > high ? high - quota[i] : 0;
            broken = broken || quota[i] < low || quota[i] > high;
        }
        if (!broken)
            return;
        double before = left;
        for (size_t i = 0; i < n; i++) {
            int64_t low = floor_of(floors, i), high = ceiling_of(ceilings, i);
            if (quota[i] < 0 ||
                !((missed >= 0 && quota[i] < (double)low) || (missed <= 0 && quota[i] > (double)high)))
                continue;
            out[i] = quota[i] < (double)low ? low : high;
            quota[i] = FIXED;
            before -= (double)out[i];
        }
        left = before;
    }
}

frem_places_fault frem_places_divide(int64_t total, const double *keys, size_t n, const int64_t *floors,
                                     const int64_t *ceilings, double *scratch, int64_t *out) {
    frem_places_fault fault = find_fault(total, keys, n, floors, ceilings);
    if (fault != FREM_PLACES_OK)
        return fault;
    find_quotas(total, keys, n, floors, ceilings, scratch, out);
    int64_t left = total;
    for (size_t i = 0; i < n; i++) {
        if (scratch[i] >= 0) {
            out[i] = (int64_t)(scratch[i] + NEARLY);
            scratch[i] -= (double)out[i]; /* the remainder, which may be a little under 0 */
        } else {
            scratch[i] = FIXED;
        }
        left -= out[i];
    }
    /* Bounds are whole, so one more place never breaks the ceiling of a part that has a remainder. */
    while (left > 0) {
        size_t best = n;
        for (size_t i = 0; i < n; i++) {
            if (scratch[i] > FIXED && out[i] < ceiling_of(ceilings, i) &&
                (best == n || scratch[i] > scratch[best] + NEARLY))
                best = i;
        }
        if (best == n)
            return FREM_PLACES_CEILINGS;
        out[best]++;
        scratch[best] -= 1;
        left--;
    }
    return FREM_PLACES_OK;
}

double frem_practicum_sta(double places, double ects) {
    return places * ects / FREM_ECTS_PER_STA;
}

frem_practicum_interval frem_practicum_share(frem_printed sta, double sta_total, frem_printed students) {
    double least = sta.number - sta.half, fewest = students.number - students.half;
    frem_practicum_interval figure = {
        .low = (least > 0 ? least : 0) / (sta_total * (students.number + students.half)),
        .number = sta.number / (sta_total * students.number),
        .high = fewest > 0 ? (sta.number + sta.half) / (sta_total * fewest) : HUGE_VAL,
    };
    return figure;
}

void frem_practicum_interval_add(frem_practicum_interval *sum, frem_printed printed) {
    sum->low += printed.number - printed.half;
    sum->number += printed.number;
    sum->high += printed.number + printed.half;
}

bool frem_practicum_interval_contradicts(frem_practicum_interval figure, frem_printed printed) {
    return figure.high < printed.number - printed.half - NEARLY ||
           figure.low > printed.number + printed.half + NEARLY;
}

void frem_practicum_needed(const double *intake, const double *load, size_t entries, size_t lags,
                           ptrdiff_t first, size_t steps, double *needed) {
    for (size_t t = 0; t < steps; t++) {
        needed[t] = 0;
        for (size_t e = 0; e < entries; e++) {
            ptrdiff_t lag = (ptrdiff_t)t - first - (ptrdiff_t)e;
            if (lag >= 0 && (size_t)lag < lags)
                needed[t] += intake[e] * load[e * lags + (size_t)lag];
        }
    }
}

double frem_practicum_carries(const double *load, const double *offered, size_t lags) {
    double sum = 0, least = HUGE_VAL;
    for (size_t lag = 0; lag < lags; lag++) {
        sum += load[lag];
        if (load[lag] > 0 && offered[lag] >= 0 && offered[lag] < least)
            least = offered[lag];
    }
    return sum > 0 ? least / sum : HUGE_VAL;
}
