#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "numeric/numeric.h"

static bool groups_are_good(const int *borders, const double *sums, size_t n_groups) {
    if (n_groups == 0)
        return false;
    for (size_t g = 0; g < n_groups; g++) {
        if (borders[g] >= borders[g + 1] || !isfinite(sums[g]) || sums[g] < 0.0)
            return false;
    }
    return true;
}

static size_t ages_between(int from, int to) {
    return (size_t)((long long)to - from);
}

void frem_keep_sum(double *ages, size_t n, double sum) {
    double total = 0.0;
    for (size_t i = 0; i < n; i++) {
        ages[i] = fmax(ages[i], 0.0);
        total += ages[i];
    }
    /* A group too small to show in the cumulative count is spread evenly. */
    double before_last = 0.0;
    size_t largest = 0;
    for (size_t i = 0; i + 1 < n; i++) {
        ages[i] = total > 0.0 ? ages[i] * (sum / total) : sum / (double)n;
        before_last += ages[i];
        if (ages[i] > ages[largest])
            largest = i;
    }
    ages[n - 1] = sum - before_last;
    if (ages[n - 1] < 0.0) { /* by rounding, where the last age has hardly any persons */
        ages[largest] += ages[n - 1];
        ages[n - 1] = 0.0;
    }
}

/** Counts of one group from the cumulative curve at its ages' borders (n + 1 values), kept to the group's
 * sum. */
static void fill_group(const double *curve, double sum, double *ages, size_t n) {
    for (size_t i = 0; i < n; i++)
        ages[i] = curve[i + 1] - curve[i];
    frem_keep_sum(ages, n, sum);
}

frem_status frem_spread(const int *borders, const double *sums, size_t n_groups, double *out) {
    if (!groups_are_good(borders, sums, n_groups))
        return FREM_INVALID;

    const size_t n_ages = ages_between(borders[0], borders[n_groups]);
    const size_t n_points = n_groups + 1;
    frem_status status = FREM_NO_MEMORY;
    double *at_border = calloc(n_points, 2 * sizeof(double));
    double *at_age = calloc(n_ages + 1, 2 * sizeof(double));
    if (at_border == NULL || at_age == NULL)
        goto done;

    double *cumulated = at_border + n_points;
    for (size_t g = 0; g < n_points; g++) {
        at_border[g] = borders[g];
        cumulated[g] = g == 0 ? 0.0 : cumulated[g - 1] + sums[g - 1];
    }
    double *curve = at_age + n_ages + 1;
    for (size_t i = 0; i <= n_ages; i++)
        at_age[i] = (double)borders[0] + (double)i;

    status = frem_curve(at_border, cumulated, n_points, FREM_BETWEEN_SPLINE, at_age, curve, n_ages + 1);
    if (status != FREM_OK)
        goto done;
    for (size_t g = 0; g < n_groups; g++) {
        const size_t first = ages_between(borders[0], borders[g]);
        fill_group(curve + first, sums[g], out + first, ages_between(borders[g], borders[g + 1]));
    }

done:
    free(at_border);
    free(at_age);
    return status;
}
