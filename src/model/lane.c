/* What a lane sees of the scenario, and the arrays that are filled from it: once where no lane differs, else lane by lane. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/problem.h"
#include "model/lane.h"

const frem_series *frem_batch_layout(const frem_batch *batch, const frem_value *value) {
    static const frem_series none = {0};
    return value->parameter == SIZE_MAX ? &none : batch->layout[value->parameter];
}

const frem_series *frem_view_series(frem_view *view, const frem_value *value) {
    static const frem_series none = {0};
    if (value->parameter == SIZE_MAX)
        return &none;
    *view->differs = *view->differs || view->changed[value->parameter];
    return view->series[value->parameter];
}

double frem_view_number(frem_view *view, const frem_value *value, double otherwise) {
    const frem_series *series = frem_view_series(view, value);
    return series->at != NULL ? series->at[0] : otherwise;
}

frem_status frem_view_lacks_year(frem_view *view, const frem_value *value, int year) {
    char text[16];
    (void)snprintf(text, sizeof text, "%d", year);
    return FREM_PROBLEM(view->diags, value->head.place, YEAR_LACKING, value->head.path, text);
}

frem_status frem_batch_fill(frem_batch *batch, frem_fill fill, const void *context, size_t n,
                            frem_lanes *out) {
    double *first = frem_arena_alloc(batch->arena, n > 0 ? n : 1, sizeof *first);
    if (first == NULL)
        return FREM_NO_MEMORY;
    batch->differs = false;
    frem_status status = fill(&batch->views[0], context, first);
    bool differs = batch->differs;
    *out = (frem_lanes){first, false};
    if (status != FREM_OK || !differs || batch->lanes == 1)
        return status;
    double *all = frem_arena_alloc(batch->arena, n * batch->lanes + 128, sizeof *all);
    double *one = malloc((n > 0 ? n : 1) * sizeof *one);
    if (all == NULL || one == NULL) {
        free(one);
        return FREM_NO_MEMORY;
    }
    for (size_t lane = 0; lane < batch->lanes && status == FREM_OK; lane++) {
        memset(one, 0, n * sizeof *one);
        status = fill(&batch->views[lane], context, one);
        for (size_t i = 0; i < n; i++)
            all[i * batch->lanes + lane] = one[i];
    }
    free(one);
    *out = (frem_lanes){all, true};
    return status;
}

/* Copies a value's numbers with its own dimensions, in the order step, region, sex, age. */
frem_status frem_value_fill(frem_view *view, const void *context, double *out) {
    const frem_value *value = context;
    const frem_model *model = view->model;
    const frem_series *s = frem_view_series(view, value);
    size_t steps = s->year ? model->steps : 1, regions = s->region ? frem_index_count(model->regions) : 1;
    bool cells = s->sex || s->age;
    size_t sexes = cells ? frem_index_count(model->sexes) : 1, ages = cells ? model->ages : 1;
    for (size_t t = 0; t < steps; t++) {
        for (size_t r = 0; r < regions; r++) {
            for (size_t sex = 0; sex < sexes; sex++) {
                for (size_t a = 0; a < ages; a++) {
                    double number = frem_series_at(s, model->base + (int)t, r, sex, a);
                    if (isnan(number))
                        return frem_view_lacks_year(view, value, model->base + (int)t);
                    *out++ = number;
                }
            }
        }
    }
    return FREM_OK;
}

frem_status frem_batch_grid(frem_batch *batch, const frem_value *value, frem_grid *out) {
    const frem_model *model = batch->model;
    *out = (frem_grid){{NULL, false}, 0, 0, 0};
    if (!frem_value_given(value))
        return FREM_OK;
    const frem_series *s = frem_batch_layout(batch, value);
    size_t cells = s->sex || s->age ? frem_index_count(model->sexes) * model->ages : 1;
    size_t regions = s->region ? frem_index_count(model->regions) : 1;
    *out = (frem_grid){
        .step = s->year ? regions * cells : 0, .region = s->region ? cells : 0, .cell = cells > 1 ? 1 : 0};
    return frem_batch_fill(batch, frem_value_fill, value, (s->year ? model->steps : 1) * regions * cells,
                           &out->values);
}

/* [step] of a value by year. */
static frem_status fill_years(frem_view *view, const void *context, double *out) {
    const frem_value *value = context;
    const frem_series *series = frem_view_series(view, value);
    for (size_t t = 0; t < view->model->steps; t++)
        out[t] = frem_series_at(series, view->model->base + (int)t, 0, 0, 0);
    return FREM_OK;
}

frem_status frem_batch_years(frem_batch *batch, const frem_value *value, frem_lanes *out) {
    return frem_value_given(value) ? frem_batch_fill(batch, fill_years, value, batch->model->steps, out)
                                   : FREM_OK;
}

frem_status frem_view_profile_of(frem_view *view, const frem_value *value, int year, size_t region,
                                 double total, double *out) {
    const frem_model *model = view->model;
    const frem_series *s = frem_view_series(view, value);
    size_t sexes = frem_index_count(model->sexes);
    if (s->sex == 0 && sexes > 1)
        return FREM_PROBLEM(view->diags, value->head.place, PROFILE_NEEDS_SEX, value->head.path);
    if (s->age == 0)
        return FREM_PROBLEM(view->diags, value->head.place, NO_AGES, value->head.path,
                            value->table != NULL ? value->table : value->head.key);
    double sum = 0;
    for (size_t i = 0; i < sexes * model->ages; i++)
        sum += out[i] = frem_series_at(s, year, region, i / model->ages, i % model->ages);
    if (isnan(sum))
        return frem_view_lacks_year(view, value, year);
    if (!(sum > 0))
        return FREM_PROBLEM(view->diags, value->head.place, PROFILE_EMPTY, value->head.path);
    for (size_t i = 0; i < sexes * model->ages; i++)
        out[i] /= isnan(total) ? sum : total;
    return FREM_OK;
}

frem_status frem_view_profile(frem_view *view, const frem_value *value, double total, double *out) {
    return frem_view_profile_of(view, value, view->model->base, 0, total, out);
}

const frem_value *frem_values_find(const frem_values *values, const char *name) {
    for (size_t i = 0; i < values->count; i++) {
        if (strcmp(values->items[i].key, name) == 0)
            return &values->items[i].value;
    }
    return NULL;
}
