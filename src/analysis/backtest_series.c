/* What was observed, by the number that it is of, and forecasts of it. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/backtest.h"
#include "base/problem.h"

static bool same_number(const frem_address *a, const frem_address *b) {
    return strcmp(a->measure, b->measure) == 0 && strcmp(a->profession, b->profession) == 0 &&
           strcmp(a->region, b->region) == 0 && strcmp(a->sector, b->sector) == 0;
}

/* The years from the first that is observed or projected from to the last that is observed. */
static void span(frem_backtest_work *b, const frem_observation *list, size_t n, const int *from,
                 size_t n_from) {
    int first = list[0].address.first_year, last = list[0].address.last_year;
    for (size_t i = 1; i < n; i++) {
        const frem_address *address = &list[i].address;
        first = address->first_year < first ? address->first_year : first;
        last = address->last_year > last ? address->last_year : last;
    }
    for (size_t i = 0; i < n_from; i++)
        first = from[i] < first ? from[i] : first;
    b->first_year = first;
    b->n_years = (size_t)(last - first + 1);
}

static size_t find_series(const frem_backtest_work *b, const frem_address *address) {
    size_t s = 0;
    while (s < b->n_series && !same_number(&b->series[s].address, address))
        s++;
    return s;
}

static frem_status add_series(frem_backtest_work *b, const frem_observation *list, size_t n, size_t i) {
    double *observed = frem_arena_alloc(b->arena, b->n_years, sizeof *observed);
    if (observed == NULL)
        return FREM_NO_MEMORY;
    bool levels = false;
    for (size_t y = 0; y < b->n_years; y++)
        observed[y] = (double)NAN;
    for (size_t k = i; k < n; k++) {
        const frem_address *address = &list[k].address;
        if (address->years != FREM_ADDRESS_YEAR || !same_number(address, &list[i].address))
            continue;
        observed[address->first_year - b->first_year] = list[k].as->value;
        levels = true;
    }
    b->series[b->n_series++] = (frem_observed_series){list[i].address, observed, levels};
    return FREM_OK;
}

frem_status frem_backtest_series(frem_backtest_work *b, const int *from, size_t n_from) {
    frem_observation *list;
    size_t n;
    frem_status status = frem_observations_read(&list, &n, b->arena, b->model, b->diags);
    if (status != FREM_OK)
        return status;
    if (n == 0)
        return FREM_PROBLEM(b->diags, ((frem_place){b->model->scenario->source->path, 0, 0}),
                            BACKTEST_NOTHING, "") == FREM_NO_MEMORY
                   ? FREM_NO_MEMORY
                   : FREM_USAGE;
    span(b, list, n, from, n_from);
    b->series = frem_arena_alloc(b->arena, n, sizeof *b->series);
    b->changes = frem_arena_alloc(b->arena, n, sizeof *b->changes);
    size_t *series_of = frem_arena_alloc(b->arena, n, sizeof *series_of);
    if (b->series == NULL || b->changes == NULL || series_of == NULL)
        return FREM_NO_MEMORY;
    b->observed = list;
    b->series_of = series_of;
    b->n_observed = n;
    for (size_t i = 0; i < n && status == FREM_OK; i++) {
        const frem_address *address = &list[i].address;
        const size_t s = find_series(b, address);
        series_of[i] = s;
        if (s == b->n_series)
            status = add_series(b, list, n, i);
        if (status == FREM_OK && address->years == FREM_ADDRESS_CHANGE)
            b->changes[b->n_changes++] = (frem_observed_change){*address, s, list[i].as->value};
    }
    return status;
}

/* Numbers that are not known. */
static double *unknown(frem_arena *arena, size_t n) {
    double *out = frem_arena_alloc(arena, n + 1, sizeof *out);
    for (size_t i = 0; i < n && out != NULL; i++)
        out[i] = (double)NAN;
    return out;
}

frem_status frem_backtest_add(frem_backtest_work *b, const frem_forecast *forecast, double **projected,
                              double **begin) {
    *projected = unknown(b->arena, b->n_series * b->n_years);
    *begin = unknown(b->arena, b->n_series);
    if (*projected == NULL || *begin == NULL)
        return FREM_NO_MEMORY;
    const frem_status status =
        frem_grow((void **)&b->forecasts, &b->capacity, b->n_forecasts, sizeof *b->forecasts);
    if (status != FREM_OK)
        return status;
    b->forecasts[b->n_forecasts] = *forecast;
    b->forecasts[b->n_forecasts].projected = *projected;
    b->forecasts[b->n_forecasts++].begin = *begin;
    return FREM_OK;
}
