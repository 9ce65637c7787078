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

void frem_view_fail(frem_view *view, frem_status status) {
    view->status = view->status == FREM_OK ? status : view->status;
}

frem_status frem_view_end(frem_view *view) {
    frem_status status = view->status;
    view->status = FREM_OK;
    return status;
}

void frem_view_lacks_year(frem_view *view, const frem_value *value, int year) {
    char text[16];
    (void)snprintf(text, sizeof text, "%d", year);
    FREM_VIEW_PROBLEM(view, value->head.place, YEAR_LACKING, value->head.path, text);
}

bool frem_view_can_tell(frem_view *view, frem_age_range ages, const frem_entry *entry, const char *key) {
    if (view->status == FREM_OK && !frem_model_can_tell(view->model, view->diags, ages, entry, key))
        view->status = FREM_INVALID;
    return view->status == FREM_OK;
}

double *frem_view_numbers(frem_view *view, size_t n) {
    double *numbers = calloc(n > 0 ? n : 1, sizeof *numbers);
    if (numbers == NULL)
        frem_view_fail(view, FREM_NO_MEMORY);
    return numbers;
}

void frem_batch_fail(frem_batch *batch, frem_status status) {
    batch->failures += status != FREM_OK;
    batch->status = batch->status == FREM_OK ? status : batch->status;
}

void *frem_batch_alloc(frem_batch *batch, size_t count, size_t size) {
    void *memory = frem_arena_alloc(batch->arena, count, size);
    if (memory == NULL)
        frem_batch_fail(batch, FREM_NO_MEMORY);
    return memory;
}

bool frem_batch_take(frem_batch *batch, size_t lane) {
    frem_status status = frem_view_end(&batch->views[lane]);
    frem_batch_fail(batch, status);
    return status == FREM_OK;
}

void frem_batch_fill(frem_batch *batch, frem_fill fill, const void *context, size_t n, frem_lanes *out) {
    double *first = frem_batch_alloc(batch, n > 0 ? n : 1, sizeof *first);
    if (first == NULL)
        return;
    batch->differs = false;
    fill(&batch->views[0], context, first);
    *out = (frem_lanes){first, false};
    if (!frem_batch_take(batch, 0) || !batch->differs || batch->lanes == 1)
        return;
    double *all = frem_batch_alloc(batch, n * batch->lanes + 128, sizeof *all);
    double *one = frem_view_numbers(&batch->views[0], n);
    bool filled = frem_batch_take(batch, 0) && all != NULL;
    for (size_t lane = 0; lane < batch->lanes && filled; lane++) {
        memset(one, 0, n * sizeof *one);
        fill(&batch->views[lane], context, one);
        filled = frem_batch_take(batch, lane);
        for (size_t i = 0; i < n; i++)
            all[i * batch->lanes + lane] = one[i];
    }
    free(one);
    *out = (frem_lanes){all, true};
}

/* Copies a value's numbers with its own dimensions, in the order step, region, sex, age. */
void frem_value_fill(frem_view *view, const void *context, double *out) {
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
                        frem_view_lacks_year(view, value, model->base + (int)t);
                    *out++ = number;
                }
            }
        }
    }
}

void frem_batch_grid(frem_batch *batch, const frem_value *value, frem_grid *out) {
    const frem_model *model = batch->model;
    *out = (frem_grid){{NULL, false}, 0, 0, 0};
    if (!frem_value_given(value))
        return;
    const frem_series *s = frem_batch_layout(batch, value);
    size_t cells = s->sex || s->age ? frem_index_count(model->sexes) * model->ages : 1;
    size_t regions = s->region ? frem_index_count(model->regions) : 1;
    *out = (frem_grid){
        .step = s->year ? regions * cells : 0, .region = s->region ? cells : 0, .cell = cells > 1 ? 1 : 0};
    frem_batch_fill(batch, frem_value_fill, value, (s->year ? model->steps : 1) * regions * cells,
                    &out->values);
}

/* [step] of a value by year. */
static void fill_years(frem_view *view, const void *context, double *out) {
    const frem_value *value = context;
    const frem_series *series = frem_view_series(view, value);
    for (size_t t = 0; t < view->model->steps; t++)
        out[t] = frem_series_at(series, view->model->base + (int)t, 0, 0, 0);
}

void frem_batch_years(frem_batch *batch, const frem_value *value, frem_lanes *out) {
    if (frem_value_given(value))
        frem_batch_fill(batch, fill_years, value, batch->model->steps, out);
}

void frem_view_profile_of(frem_view *view, const frem_value *value, int year, size_t region, double total,
                          double *out) {
    const frem_model *model = view->model;
    const frem_series *s = frem_view_series(view, value);
    size_t sexes = frem_index_count(model->sexes);
    if (s->sex == 0 && sexes > 1) {
        FREM_VIEW_PROBLEM(view, value->head.place, PROFILE_NEEDS_SEX, value->head.path);
        return;
    }
    if (s->age == 0) {
        FREM_VIEW_PROBLEM(view, value->head.place, NO_AGES, value->head.path,
                          value->table != NULL ? value->table : value->head.key);
        return;
    }
    double sum = 0;
    for (size_t i = 0; i < sexes * model->ages; i++)
        sum += out[i] = frem_series_at(s, year, region, i / model->ages, i % model->ages);
    if (isnan(sum))
        frem_view_lacks_year(view, value, year);
    else if (!(sum > 0))
        FREM_VIEW_PROBLEM(view, value->head.place, PROFILE_EMPTY, value->head.path);
    for (size_t i = 0; i < sexes * model->ages && sum > 0; i++)
        out[i] /= isnan(total) ? sum : total;
}

void frem_view_profile(frem_view *view, const frem_value *value, double total, double *out) {
    frem_view_profile_of(view, value, view->model->base, 0, total, out);
}

const frem_value *frem_values_find(const frem_values *values, const char *name) {
    for (size_t i = 0; i < values->count; i++) {
        if (strcmp(values->items[i].key, name) == 0)
            return &values->items[i].value;
    }
    return NULL;
}
