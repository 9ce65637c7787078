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

/* The years that observations of one year each span. @return how many there are. */
static size_t span(frem_backtest_work *b, const frem_observation *list, size_t n) {
    int first = 0, last = -1;
    size_t found = 0;
    for (size_t i = 0; i < n; i++) {
        const frem_address *address = &list[i].address;
        if (address->years != FREM_ADDRESS_YEAR)
            continue;
        first = found == 0 || address->first_year < first ? address->first_year : first;
        last = found == 0 || address->first_year > last ? address->first_year : last;
        found++;
    }
    b->first_year = first;
    b->n_years = (size_t)(last - first + 1);
    return found;
}

static frem_status add_series(frem_backtest_work *b, const frem_observation *list, size_t n, size_t i) {
    double *observed = frem_arena_alloc(b->arena, b->n_years, sizeof *observed);
    if (observed == NULL)
        return FREM_NO_MEMORY;
    for (size_t y = 0; y < b->n_years; y++)
        observed[y] = (double)NAN;
    for (size_t k = i; k < n; k++) {
        const frem_address *address = &list[k].address;
        if (address->years == FREM_ADDRESS_YEAR && same_number(address, &list[i].address))
            observed[address->first_year - b->first_year] = list[k].as->value;
    }
    b->series[b->n_series++] = (frem_observed_series){list[i].address, observed};
    return FREM_OK;
}

frem_status frem_backtest_series(frem_backtest_work *b) {
    frem_observation *list;
    size_t n;
    frem_status status = frem_observations_read(&list, &n, b->arena, b->model, b->diags);
    if (status != FREM_OK)
        return status;
    if (span(b, list, n) == 0)
        return FREM_PROBLEM(b->diags, ((frem_place){b->model->scenario->source->path, 0, 0}),
                            BACKTEST_NOTHING, "") == FREM_NO_MEMORY
                   ? FREM_NO_MEMORY
                   : FREM_USAGE;
    b->series = frem_arena_alloc(b->arena, n, sizeof *b->series);
    if (b->series == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < n && status == FREM_OK; i++) {
        bool known = list[i].address.years != FREM_ADDRESS_YEAR;
        for (size_t s = 0; s < b->n_series && !known; s++)
            known = same_number(&b->series[s].address, &list[i].address);
        if (!known)
            status = add_series(b, list, n, i);
    }
    return status;
}

frem_status frem_backtest_add(frem_backtest_work *b, const frem_forecast *forecast, double **projected) {
    const size_t n = b->n_series * b->n_years;
    *projected = frem_arena_alloc(b->arena, n, sizeof **projected);
    if (*projected == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < n; i++)
        (*projected)[i] = (double)NAN;
    const frem_status status =
        frem_grow((void **)&b->forecasts, &b->capacity, b->n_forecasts, sizeof *b->forecasts);
    if (status != FREM_OK)
        return status;
    b->forecasts[b->n_forecasts] = *forecast;
    b->forecasts[b->n_forecasts++].projected = *projected;
    return FREM_OK;
}
