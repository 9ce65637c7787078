/* Tasks that move from one sector to another over the years, with their posts. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"
#include "model/areas.h"
#include "model/demand.h"
#include "model/split.h"

/* The place of a sector; unknown names were reported when reading. */
static size_t sector_named(const frem_model *model, const char *name) {
    ptrdiff_t place = frem_index_find(model->sectors, name, strlen(name));
    return place >= 0 ? (size_t)place : 0;
}

/* [region][step] posts that have moved; a total is split like the sector that gives them. */
static void fill_fte(frem_view *view, const void *context, double *out) {
    const frem_transfer *transfer = context;
    const frem_model *model = view->model;
    const frem_sector *from = &model->scenario->demand.items[sector_named(model, transfer->from)];
    const frem_series *series = frem_view_series(view, &transfer->fte);
    size_t regions = frem_index_count(model->regions);
    double *shares = frem_view_numbers(view, regions);
    if (shares != NULL && series->region == 0)
        frem_model_shares(view, &from->split, 0, frem_model_area(model, &transfer->fte.head),
                          &transfer->fte.head, shares);
    for (size_t i = 0; i < regions * model->steps && shares != NULL; i++) {
        size_t r = i / model->steps;
        double number = frem_series_at(series, model->base + (int)(i % model->steps), r, 0, 0);
        out[i] = series->region == 0 ? number * shares[r] : number;
    }
    free(shares);
}

/* [profession][step] who fills the posts where they arrive. */
static void fill_shares(frem_view *view, const void *context, double *out) {
    const frem_transfer *transfer = context;
    const frem_model *model = view->model;
    const frem_scenario *s = model->scenario;
    for (size_t t = 0; t < model->steps; t++) {
        double sum = 0;
        for (size_t p = 0; p < s->professions.count; p++) {
            const frem_value *value = frem_values_find(&transfer->shares, s->professions.items[p].head.key);
            double share = value != NULL
                               ? frem_series_at(frem_view_series(view, value), model->base + (int)t, 0, 0, 0)
                               : 0;
            sum += share;
            out[p * model->steps + t] = share;
        }
        if (fabs(sum - 1) > 1e-9) {
            char number[32], year[16];
            frem_number_brief(number, sum, 1);
            (void)snprintf(year, sizeof year, "%d", model->base + (int)t);
            FREM_VIEW_PROBLEM(view, frem_entry_place(&transfer->head, "shares"), SHARES_SUM_YEAR,
                              transfer->head.path, number, year);
        }
    }
}

static void transfer_of(frem_batch *batch, const frem_transfer *transfer, frem_core_transfer *out) {
    const frem_model *model = batch->model;
    size_t steps = model->steps;
    out->from = sector_named(model, transfer->from);
    out->to = sector_named(model, transfer->to);
    size_t failures = batch->failures;
    frem_batch_years(batch, &transfer->share, &out->share);
    if (frem_value_given(&transfer->fte))
        frem_batch_fill(batch, fill_fte, transfer, frem_index_count(model->regions) * steps, &out->fte);
    if (batch->failures == failures && transfer->shares.count > 0)
        frem_batch_fill(batch, fill_shares, transfer, model->scenario->professions.count * steps,
                        &out->shares);
}

void frem_batch_transfers(frem_batch *batch) {
    const frem_scenario *s = batch->model->scenario;
    frem_core_transfer *transfers = frem_batch_alloc(batch, s->transfers.count + 1, sizeof *transfers);
    if (transfers == NULL)
        return;
    batch->inputs.transfers = transfers;
    batch->inputs.n_transfers = s->transfers.count;
    for (size_t k = 0; k < s->transfers.count; k++)
        transfer_of(batch, &s->transfers.items[k], &transfers[k]);
}
