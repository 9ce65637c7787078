/* Those who joined a stock some years ago and leave otherwise than the others: immigrants by a stay rate, graduates by years
 * in the field. */
#include <math.h>
#include <stdlib.h>

#include "base/problem.h"
#include "model/lane.h"
#include "model/mobility.h"

/* Whole years of a name; the scenario was checked for them. */
static size_t years_of(const frem_named_value *item) {
    return (size_t)strtoul(item->key, NULL, 10);
}

/* The share of immigrants who are still there by years since they came, as named: NaN where nothing is. Returns the last
 * year named. */
static size_t named_shares(frem_view *view, const frem_values *stay, double share[FREM_RECENT_YEARS + 1]) {
    size_t last = 0;
    share[0] = 1;
    for (size_t k = 1; k <= FREM_RECENT_YEARS; k++)
        share[k] = (double)NAN;
    for (size_t i = 0; i < stay->count; i++) {
        size_t k = years_of(&stay->items[i]);
        share[k] = frem_view_number(view, &stay->items[i].value, 1);
        last = k > last ? k : last;
    }
    return last;
}

/* More cannot stay for longer. */
static void check_fall(frem_view *view, const frem_values *stay, size_t years, double before) {
    for (size_t i = 0; i < stay->count; i++) {
        const frem_named_value *item = &stay->items[i];
        if (years_of(item) == years && frem_view_number(view, &item->value, 1) > before)
            FREM_VIEW_PROBLEM(view, item->place, STAY_RISES, item->value.head.path, item->key);
    }
}

/* [years] rate at which immigrants leave in each year: between the years named as many leave every year. */
static void fill_stay(frem_view *view, const void *context, double *out) {
    const frem_values *stay = context;
    double share[FREM_RECENT_YEARS + 1];
    size_t last = named_shares(view, stay, share);
    for (size_t from = 0, to = 1; to <= last; to++) {
        if (isnan(share[to]))
            continue;
        check_fall(view, stay, to, share[from]);
        double step = (share[from] - share[to]) / (double)(to - from);
        for (size_t k = from; k < to; k++) {
            double here = share[from] - step * (double)(k - from);
            out[k] = here > 0 ? fmin(step / here, 1) : 0;
        }
        from = to;
    }
}

static void stay_of(frem_batch *batch, const frem_values *stay, frem_core_recent *out) {
    frem_lanes rates = {NULL, false};
    for (size_t i = 0; i < stay->count; i++)
        out->years = years_of(&stay->items[i]) > out->years ? years_of(&stay->items[i]) : out->years;
    if (out->years == 0)
        return;
    frem_batch_fill(batch, fill_stay, stay, out->years, &rates);
    for (size_t k = 0; k < out->years && rates.at != NULL; k++)
        out->leaving[k].values = (frem_lanes){rates.at + k * (rates.lane ? batch->lanes : 1), rates.lane};
}

static void graduates_of(frem_batch *batch, const frem_values *exit, frem_core_recent *out) {
    size_t failures = batch->failures;
    for (size_t i = 0; i < exit->count && batch->failures == failures; i++) {
        size_t years = years_of(&exit->items[i]);
        out->years = years > out->years ? years : out->years;
        frem_batch_grid(batch, &exit->items[i].value, &out->leaving[years - 1]);
    }
}

void frem_batch_recent(frem_batch *batch, const frem_profession *profession, frem_core_profession *out) {
    size_t failures = batch->failures;
    stay_of(batch, &profession->immigration.stay, &out->recent[FREM_RECENT_IMMIGRANTS]);
    if (batch->failures == failures)
        graduates_of(batch, &profession->graduate_exit, &out->recent[FREM_RECENT_GRADUATES]);
}
