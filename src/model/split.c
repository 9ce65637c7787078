/* Totals over regions: by a key, or by the regions' own numbers. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/problem.h"
#include "model/areas.h"
#include "model/lane.h"
#include "model/split.h"

/* The key itself, by region. */
static void read_key(frem_view *view, const frem_split *split, size_t profession, int year, double *key) {
    const frem_model *model = view->model;
    size_t n = frem_index_count(model->regions);
    if (split->by == FREM_SPLIT_EMPLOYMENT) {
        frem_model_employment(view, profession, key);
        return;
    }
    if (split->by == FREM_SPLIT_POPULATION && !frem_view_can_tell(view, split->ages, &split->head, "ages"))
        return;
    const frem_series *weights = frem_view_series(view, &split->weights);
    for (size_t r = 0; r < n; r++) {
        key[r] = split->by == FREM_SPLIT_POPULATION ? frem_model_persons(model, split->ages, r, 0)
                 : split->by == FREM_SPLIT_WEIGHTS  ? frem_series_at(weights, year, r, 0, 0)
                                                    : 1;
        if (isnan(key[r])) {
            frem_view_lacks_year(view, &split->weights, year);
            return;
        }
    }
}

/* A total that nothing divides, of the scenario's regions or of more. */
static void undivided(frem_view *view, const frem_area *area, const frem_entry *total) {
    if (area->name == NULL) {
        FREM_VIEW_PROBLEM(view, total->place, SPLIT_MISSING, total->path);
        return;
    }
    char regions[24];
    (void)snprintf(regions, sizeof regions, "%zu", area->count);
    FREM_VIEW_PROBLEM(view, total->place, COVERS_SPLIT, total->path, area->name, regions);
}

bool frem_split_by_year(frem_view *view, const frem_split *split) {
    return split->by == FREM_SPLIT_WEIGHTS && frem_view_series(view, &split->weights)->year > 0;
}

void frem_model_shares(frem_view *view, const frem_split *split, size_t profession, const frem_area *area,
                       const frem_entry *total, double *shares) {
    if (area->count > 1 && frem_split_by_year(view, split)) {
        FREM_VIEW_PROBLEM(view, split->weights.head.place, SPLIT_BY_YEAR, split->weights.head.path);
        return;
    }
    frem_model_shares_in(view, split, profession, area, total, view->model->base, shares);
}

void frem_model_shares_in(frem_view *view, const frem_split *split, size_t profession, const frem_area *area,
                          const frem_entry *total, int year, double *shares) {
    size_t n = frem_index_count(view->model->regions);
    if (area->count == 1) {
        for (size_t r = 0; r < n; r++)
            shares[r] = area->has[r] ? 1 : 0;
        return;
    }
    if (split->by == FREM_SPLIT_NONE) {
        undivided(view, area, total);
        return;
    }
    read_key(view, split, profession, year, shares);
    double sum = 0;
    for (size_t r = 0; r < n; r++) {
        if (area->has[r])
            sum += shares[r];
    }
    if (!(sum > 0))
        FREM_VIEW_PROBLEM(view, split->head.place, SPLIT_EMPTY, split->head.path);
    for (size_t r = 0; r < n; r++)
        shares[r] = area->has[r] && sum > 0 ? shares[r] / sum : 0;
}

void frem_model_by_region(frem_view *view, const frem_value *value, const frem_split *split,
                          size_t profession, double *out) {
    const frem_model *model = view->model;
    size_t n = frem_index_count(model->regions);
    const frem_series *series = frem_view_series(view, value);
    if (series->at != NULL && series->region == 0 && n > 1) {
        frem_model_shares(view, split, profession, frem_model_area(model, &value->head), &value->head, out);
        for (size_t r = 0; r < n; r++)
            out[r] *= frem_series_at(series, model->base, 0, 0, 0);
        return;
    }
    for (size_t r = 0; r < n; r++)
        out[r] = series->at != NULL ? frem_series_at(series, model->base, r, 0, 0) : 0;
}

void frem_model_employment(frem_view *view, size_t profession, double *out) {
    const frem_model *model = view->model;
    const frem_scenario *s = model->scenario;
    size_t n = frem_index_count(model->regions);
    /* The sectors' own problems are reported where the sectors are compiled. */
    frem_view quiet = *view;
    quiet.diags = NULL;
    double *one = frem_view_numbers(&quiet, n);
    memset(out, 0, n * sizeof *out);
    for (size_t j = 0; j < s->demand.count && one != NULL; j++) {
        const frem_sector *sector = &s->demand.items[j];
        const frem_value *value =
            frem_values_find(&sector->employment, s->professions.items[profession].head.key);
        if (value == NULL)
            continue;
        frem_model_by_region(&quiet, value, &sector->split, profession, one);
        for (size_t r = 0; r < n; r++)
            out[r] += one[r];
    }
    free(one);
    view->status = quiet.status;
}
