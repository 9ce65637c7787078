/* Batches: the changes of each lane, and everything compiled for the core. */
#include "model/batch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"
#include "model/courses.h"
#include "model/demand.h"
#include "model/mix.h"
#include "model/supply.h"

/* A series that is the same in all years, with a number for each of them. */
static const frem_series *spread_over_years(frem_batch *batch, const frem_series *series, unsigned flags) {
    const frem_model *model = batch->model;
    frem_series *wide = frem_batch_alloc(batch, 1, sizeof *wide);
    if (wide == NULL)
        return NULL;
    *wide = *series;
    wide->first_year = flags & FREM_F_ENTRY ? model->entry_first : model->base;
    size_t years = (size_t)(model->base + (int)model->steps - wide->first_year) +
                   (flags & FREM_F_BEYOND ? model->beyond : 0);
    wide->year = series->size;
    wide->size = years * series->size;
    wide->at = frem_batch_alloc(batch, wide->size, sizeof(double));
    for (size_t y = 0; y < years && wide->at != NULL; y++)
        memcpy(wide->at + y * series->size, series->at, series->size * sizeof(double));
    return wide;
}

/* What the lanes begin from: the scenario's series, by year where a change begins in one, so that all lanes have the
 * same dimensions. */
static void lay_out(frem_batch *batch, const frem_change *changes, size_t n_changes) {
    const frem_model *model = batch->model;
    for (size_t i = 0; i < model->scenario->parameters.count; i++)
        batch->layout[i] = &model->series[i];
    for (size_t c = 0; c < n_changes && batch->status == FREM_OK; c++) {
        size_t parameter = changes[c].parameter;
        const frem_series *series = batch->layout[parameter];
        unsigned flags = model->scenario->parameters.items[parameter]->field->flags;
        if (changes[c].first_year == 0 || series->at == NULL || series->year > 0 ||
            !(flags & (FREM_F_YEAR | FREM_F_ENTRY)))
            continue;
        batch->layout[parameter] = spread_over_years(batch, series, flags);
    }
}

static double changed(const frem_change *change, double by, double number) {
    switch (change->kind) {
    case FREM_CHANGE_SET:
        return by;
    case FREM_CHANGE_MULTIPLY:
        return number * by;
    case FREM_CHANGE_ADD:
        return number + by;
    }
    return (double)NAN;
}

/* How many ages a series holds; 1 where it is the same at all. */
size_t frem_series_ages(const frem_series *s) {
    const size_t others[] = {s->year, s->region, s->sex};
    size_t next = s->size;
    for (size_t i = 0; i < 3 && s->age > 0; i++)
        next = others[i] > s->age && others[i] < next ? others[i] : next;
    return s->age > 0 ? next / s->age : 1;
}

/* What a change does at an element of a series: one number, or that of the year or the age. */
static double number_at(const frem_change *change, const frem_series *series, size_t i, int year,
                        size_t ages) {
    const size_t last = change->n > 0 ? change->n - 1 : 0;
    if (change->by_year != NULL) {
        const size_t after = year > change->first_year ? (size_t)(year - change->first_year) : 0;
        return change->by_year[after < last ? after : last];
    }
    if (change->by_age != NULL && series->age > 0) {
        const size_t age = i / series->age % ages;
        return change->by_age[age < last ? age : last];
    }
    return change->number;
}

/* One change on a lane's own numbers. What the scenario leaves open (NaN) stays open. */
static void apply(const frem_change *change, frem_series *series) {
    const size_t years = series->year > 0 ? frem_series_years(series) : 0, ages = frem_series_ages(series);
    for (size_t i = 0; i < series->size; i++) {
        const int year =
            years > 0 ? series->first_year + (int)(i / series->year % years) : change->first_year;
        if (isnan(series->at[i]) || year < change->first_year)
            continue;
        series->at[i] = changed(change, number_at(change, series, i, year, ages), series->at[i]);
    }
}

/* A copy of a parameter's numbers as the changes of one lane make them. */
static frem_series *change_series(frem_batch *batch, size_t parameter, size_t lane,
                                  const frem_change *changes, size_t n) {
    const frem_series *base = batch->layout[parameter];
    frem_series *copy = frem_batch_alloc(batch, 1, sizeof *copy);
    if (copy == NULL)
        return NULL;
    *copy = *base;
    copy->at = frem_batch_alloc(batch, base->size, sizeof(double));
    if (copy->at == NULL)
        return NULL;
    memcpy(copy->at, base->at, base->size * sizeof(double));
    for (size_t c = 0; c < n; c++) {
        if (changes[c].parameter == parameter && changes[c].lane == lane)
            apply(&changes[c], copy);
    }
    return copy;
}

void frem_range_text(char out[32], double number) {
    if (isfinite(number))
        frem_number_shortest(out, number);
    else
        memcpy(out, number > 0 ? "∞" : "-∞", number > 0 ? sizeof "∞" : sizeof "-∞");
}

/* Checks that the numbers of a changed parameter are in the range given by frem_model_parameter(). */
static void check_range(frem_batch *batch, size_t parameter, const frem_series *series) {
    const frem_value *value = batch->model->scenario->parameters.items[parameter];
    char given[32], lo[32], hi[32];
    for (size_t i = 0; i < series->size; i++) {
        double number = series->at[i];
        if (isnan(batch->layout[parameter]->at[i]) ||
            (number >= value->field->min && number <= value->field->max && isfinite(number)))
            continue;
        frem_range_text(given, number);
        frem_range_text(lo, value->field->min);
        frem_range_text(hi, value->field->max);
        FREM_BATCH_PROBLEM(batch, value->head.place, OUT_OF_RANGE, value->head.path, given, lo, hi,
                           value->field->unit, frem_unit_text(value->field->unit, FREM_DA));
        return;
    }
}

/* What a lane sees; the first change that cannot be made ends it. */
static void make_view(frem_batch *batch, size_t lane, const frem_change *changes, size_t n_changes) {
    size_t n = batch->model->scenario->parameters.count;
    const frem_series **series = frem_batch_alloc(batch, n + 1, sizeof *series);
    for (size_t i = 0; i < n && series != NULL; i++)
        series[i] = batch->layout[i];
    for (size_t c = 0; c < n_changes && batch->status == FREM_OK; c++) {
        size_t parameter = changes[c].parameter;
        if (changes[c].lane != lane)
            continue;
        if (batch->model->series[parameter].at == NULL) {
            frem_batch_fail(batch, FREM_USAGE);
            return;
        }
        batch->changed[parameter] = true;
        if (series[parameter] == batch->layout[parameter])
            series[parameter] = change_series(batch, parameter, lane, changes, n_changes);
        if (series[parameter] != NULL)
            check_range(batch, parameter, series[parameter]);
    }
    batch->views[lane] = (frem_view){.model = batch->model,
                                     .series = series,
                                     .changed = batch->changed,
                                     .differs = &batch->differs,
                                     .diags = batch->diags};
}

/* The groups in which any two cases differ. */
static uint64_t mixed_groups(const frem_mix *mix, size_t cases) {
    uint64_t mixed = 0;
    for (size_t lane = 1; lane < cases; lane++)
        mixed |= mix->on[lane] ^ mix->on[0];
    return mixed;
}

/* What a lane of a mix sees. */
static void mix_view(frem_batch *batch, size_t lane, const frem_mix *mix, uint64_t mixed) {
    const size_t n = batch->model->scenario->parameters.count;
    const uint64_t on = mix->on[lane];
    const frem_series **series = frem_batch_alloc(batch, n + 1, sizeof *series);
    for (size_t i = 0; i < n && series != NULL; i++) {
        const size_t group = mix->group[i];
        series[i] = group == FREM_MIX_NONE ? batch->layout[i] : mix->series[on >> group & 1][i];
    }
    batch->views[lane] = (frem_view){.model = batch->model,
                                     .series = series,
                                     .changed = batch->changed,
                                     .differs = &batch->differs,
                                     .mix = mix,
                                     .on = on,
                                     .mixed = mixed,
                                     .diags = batch->diags};
}

static void mix_views(frem_batch *batch, size_t cases, const frem_mix *mix) {
    const frem_model *model = batch->model;
    const uint64_t mixed = mixed_groups(mix, cases);
    for (size_t i = 0; i < model->scenario->parameters.count; i++) {
        const size_t group = mix->group[i];
        batch->layout[i] = group == FREM_MIX_NONE ? &model->series[i] : mix->series[0][i];
        batch->changed[i] = group != FREM_MIX_NONE && (mixed >> group & 1) != 0;
    }
    for (size_t lane = 0; lane < cases && batch->status == FREM_OK; lane++)
        mix_view(batch, lane, mix, mixed);
}

static void compile(frem_batch *batch) {
    const frem_model *model = batch->model;
    frem_core_inputs *inputs = &batch->inputs;
    *inputs = (frem_core_inputs){
        .lanes = batch->lanes,
        .steps = model->steps,
        .regions = frem_index_count(model->regions),
        .unreported = frem_index_count(model->regions) - model->reported,
        .sexes = frem_index_count(model->sexes),
        .ages = model->ages,
        .oldest_share_index = model->age_first >= 55 ? 0 : (size_t)(55 - model->age_first),
        .oldest_open = model->scenario->ages.oldest == FREM_OLDEST_OPEN,
        .base_mode = (frem_base_mode)model->scenario->base_mode,
    };
    frem_core_group *groups = frem_batch_alloc(batch, model->n_groups + 1, sizeof *groups);
    if (groups == NULL)
        return;
    for (size_t g = 0; g < model->n_groups; g++)
        groups[g] = (frem_core_group){model->groups[g].regions, model->groups[g].count};
    inputs->groups = groups;
    inputs->n_groups = model->n_groups;
    /* All are tried, so that problems of each are seen in one run. */
    frem_batch_supply(batch);
    frem_batch_courses(batch);
    frem_batch_upgrades(batch);
    frem_batch_demand(batch);
    frem_batch_transfers(batch);
}

/* What the lanes see, and what is compiled of it: changes of the model, or a mix. */
static void make_views(frem_batch *batch, size_t cases, const frem_change *changes, size_t n_changes,
                       const frem_mix *mix) {
    size_t n = batch->model->scenario->parameters.count;
    batch->views = frem_batch_alloc(batch, batch->lanes, sizeof *batch->views);
    batch->changed = frem_batch_alloc(batch, n + 1, sizeof *batch->changed);
    batch->layout = frem_batch_alloc(batch, n + 1, sizeof *batch->layout);
    for (size_t c = 0; c < n_changes; c++) {
        if (changes[c].lane >= cases || changes[c].parameter >= n)
            frem_batch_fail(batch, FREM_USAGE);
    }
    if (batch->status == FREM_OK && mix != NULL)
        mix_views(batch, cases, mix);
    else if (batch->status == FREM_OK)
        lay_out(batch, changes, n_changes);
    for (size_t lane = 0; lane < cases && batch->status == FREM_OK && mix == NULL; lane++)
        make_view(batch, lane, changes, n_changes);
    if (batch->status == FREM_OK)
        frem_batch_factors(batch, cases);
    for (size_t lane = cases; lane < batch->lanes && batch->status == FREM_OK; lane++)
        batch->views[lane] = batch->views[0];
    if (batch->status == FREM_OK)
        compile(batch);
}

/* @param mix NULL: changes. */
static frem_status batch_in(frem_arena *arena, frem_batch **out, const frem_model *model, size_t cases,
                            const frem_change *changes, size_t n_changes, const frem_mix *mix,
                            frem_diags *diags) {
    *out = NULL;
    size_t lanes = cases <= 1 ? 1 : (cases + FREM_LANES - 1) / FREM_LANES * FREM_LANES;
    frem_batch *batch = frem_arena_alloc(arena, 1, sizeof *batch);
    if (batch == NULL)
        return FREM_NO_MEMORY;
    *batch = (frem_batch){.arena = arena, .model = model, .lanes = lanes, .diags = diags};
    make_views(batch, cases, changes, n_changes, mix);
    if (batch->status == FREM_OK)
        *out = batch;
    return batch->status;
}

frem_status frem_batch_in(frem_arena *arena, frem_batch **out, const frem_model *model, size_t cases,
                          const frem_change *changes, size_t n_changes, frem_diags *diags) {
    return batch_in(arena, out, model, cases, changes, n_changes, NULL, diags);
}

frem_status frem_batch_mixed(frem_arena *arena, frem_batch **out, const frem_model *model, size_t cases,
                             const frem_mix *mix, frem_diags *diags) {
    return batch_in(arena, out, model, cases, NULL, 0, mix, diags);
}

frem_status frem_batch_new(frem_batch **out, const frem_model *model, size_t cases,
                           const frem_change *changes, size_t n_changes, frem_diags *diags) {
    *out = NULL;
    frem_arena *arena;
    frem_status status = frem_arena_new(&arena);
    if (status == FREM_OK)
        status = frem_batch_in(arena, out, model, cases, changes, n_changes, diags);
    if (status != FREM_OK)
        frem_arena_free(arena);
    return status;
}

void frem_batch_free(frem_batch *batch) {
    if (batch != NULL)
        frem_arena_free(batch->arena);
}
