/* Stocks and labour of the professions. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"
#include "model/areas.h"
#include "model/feedback.h"
#include "model/lane.h"
#include "model/mobility.h"
#include "model/split.h"
#include "model/supply.h"

/* 1 - unemployment. */
static void fill_employment(frem_view *view, const void *context, double *out) {
    const frem_model *model = view->model;
    const frem_value *value = context;
    const frem_series *s = frem_view_series(view, value);
    frem_value_fill(view, context, out);
    size_t n = (s->year ? model->steps : 1) * (s->region ? frem_index_count(model->regions) : 1) *
               (s->sex || s->age ? frem_index_count(model->sexes) * model->ages : 1);
    for (size_t i = 0; i < n; i++)
        out[i] = 1 - out[i];
}

static void employment_grid(frem_batch *batch, const frem_value *unemployment, frem_grid *out) {
    size_t failures = batch->failures;
    frem_batch_grid(batch, unemployment, out);
    if (batch->failures != failures || !frem_value_given(unemployment))
        return;
    const frem_series *s = frem_batch_layout(batch, unemployment);
    size_t n = (s->year ? batch->model->steps : 1) *
               (s->region ? frem_index_count(batch->model->regions) : 1) *
               (s->sex || s->age ? frem_index_count(batch->model->sexes) * batch->model->ages : 1);
    frem_batch_fill(batch, fill_employment, unemployment, n, &out->values);
}

/* The share of working time lost in a year. */
static double absence_at(frem_view *view, const frem_absence *absence, int year) {
    if (frem_value_given(&absence->share))
        return frem_series_at(frem_view_series(view, &absence->share), year, 0, 0, 0);
    return frem_series_at(frem_view_series(view, &absence->days), year, 0, 0, 0) /
           frem_series_at(frem_view_series(view, &absence->of), year, 0, 0, 0);
}

static bool has_absence(const frem_profession *profession) {
    return frem_value_given(&profession->absence.share) || frem_value_given(&profession->absence.days);
}

/* Whether FTE per employed person is given, in one way or the other. */
static bool has_hours(const frem_profession *profession) {
    return frem_value_given(&profession->fte_per_employed) || profession->part_time.head.node != NULL;
}

/* The values that FTE per employed person is made of. */
typedef struct fte_parts {
    const frem_series *own, *share, *hours;
} fte_parts;

/* The dimensions of effective FTE: those of what it is made of, and the year where there is absence. */
typedef struct fte_shape {
    size_t steps, regions, sexes, ages;
} fte_shape;

static fte_shape shape_of_fte(const frem_model *model, const frem_profession *profession, fte_parts parts) {
    const frem_series *all[] = {parts.own, parts.share, parts.hours};
    fte_shape shape = {has_absence(profession) ? model->steps : 1, 1, 1, 1};
    for (size_t i = 0; i < 3; i++) {
        if (all[i]->year)
            shape.steps = model->steps;
        if (all[i]->region)
            shape.regions = frem_index_count(model->regions);
        if (all[i]->sex || all[i]->age) {
            shape.sexes = frem_index_count(model->sexes);
            shape.ages = model->ages;
        }
    }
    return shape;
}

/* Says that all of the working time is lost. Years come in order, so that the base year is seen first. */
static void nobody_works(frem_view *view, const frem_absence *absence, double absent, int year) {
    char share[32], text[16];
    frem_number_shortest(share, absent);
    (void)snprintf(text, sizeof text, "%d", year);
    FREM_VIEW_PROBLEM(view, absence->head.place, NOBODY_WORKS, absence->head.path, share, text);
}

/* FTE per employed person: given, or of those who work full time and part time. */
static double fte_at(frem_view *view, const frem_profession *profession, fte_parts parts, int year, size_t r,
                     size_t sex, size_t age) {
    const double full = view->model->scenario->full_time_hours;
    if (parts.share->at == NULL || parts.hours->at == NULL)
        return parts.own->at != NULL ? frem_series_at(parts.own, year, r, sex, age) : 1;
    double share = frem_series_at(parts.share, year, r, sex, age),
           hours = frem_series_at(parts.hours, year, r, sex, age);
    if (hours > full) {
        char given[32], week[32];
        frem_number_shortest(given, hours);
        frem_number_shortest(week, full);
        const frem_entry *head = &profession->part_time.hours.head;
        FREM_VIEW_PROBLEM(view, head->place, PART_TIME_LONG, head->path, given, week);
    }
    return 1 - share + share * hours / full;
}

/* Effective FTE per employed person, at the base year's absence. */
static void fill_fte(frem_view *view, const void *context, double *out) {
    const frem_profession *profession = context;
    const frem_model *model = view->model;
    fte_parts parts = {frem_view_series(view, &profession->fte_per_employed),
                       frem_view_series(view, &profession->part_time.share),
                       frem_view_series(view, &profession->part_time.hours)};
    fte_shape shape = shape_of_fte(model, profession, parts);
    size_t each = shape.regions * shape.sexes * shape.ages;
    for (size_t i = 0; i < shape.steps * each; i++) {
        int year = model->base + (int)(i / each);
        double present = 1;
        if (has_absence(profession)) {
            double absent = absence_at(view, &profession->absence, year);
            if (!(absent < 1))
                nobody_works(view, &profession->absence, absent, year);
            present = (1 - absent) / (1 - absence_at(view, &profession->absence, model->base));
        }
        size_t r = i / (shape.sexes * shape.ages) % shape.regions, sex = i / shape.ages % shape.sexes;
        out[i] = present * fte_at(view, profession, parts, year, r, sex, i % shape.ages);
    }
}

static void fte_grid(frem_batch *batch, const frem_profession *profession, frem_grid *out) {
    if (!has_hours(profession) && !has_absence(profession))
        return;
    fte_parts parts = {frem_batch_layout(batch, &profession->fte_per_employed),
                       frem_batch_layout(batch, &profession->part_time.share),
                       frem_batch_layout(batch, &profession->part_time.hours)};
    fte_shape shape = shape_of_fte(batch->model, profession, parts);
    size_t cells = shape.sexes * shape.ages;
    *out = (frem_grid){.step = shape.steps > 1 ? shape.regions * cells : 0,
                       .region = shape.regions > 1 ? cells : 0,
                       .cell = cells > 1 ? 1 : 0};
    frem_batch_fill(batch, fill_fte, profession, shape.steps * shape.regions * cells, &out->values);
}

/* [region][cell] persons of the base year: a number by region, and its profile by sex and age.
 * @param weights scratch [regions] @param profile scratch [cells] */
static void stock_by_profile(frem_view *view, const frem_cohorts *cohorts, size_t profession, double *weights,
                             double *profile, double *out) {
    size_t cells = frem_index_count(view->model->sexes) * view->model->ages;
    frem_view_profile(view, &cohorts->ages, (double)NAN, profile);
    frem_model_by_region(view, &cohorts->persons, &cohorts->split, profession, weights);
    for (size_t i = 0; i < frem_index_count(view->model->regions) * cells; i++)
        out[i] = weights[i / cells] * profile[i % cells];
}

/* The same of persons that are by age already. */
static void stock_by_age(frem_view *view, const frem_cohorts *cohorts, size_t profession, double *weights,
                         double *out) {
    const frem_model *model = view->model;
    const frem_series *persons = frem_view_series(view, &cohorts->persons);
    size_t sexes = frem_index_count(model->sexes), cells = sexes * model->ages;
    const frem_entry *head = &cohorts->persons.head;
    if (frem_value_given(&cohorts->ages))
        FREM_VIEW_PROBLEM(view, cohorts->ages.head.place, KEY_NOT_USED, cohorts->head.path, "ages",
                          "`persons` is by age already", "`persons` er allerede efter alder");
    else if (persons->sex == 0 && sexes > 1)
        FREM_VIEW_PROBLEM(view, head->place, PROFILE_NEEDS_SEX, head->path);
    else if (persons->region == 0)
        frem_model_shares(view, &cohorts->split, profession, frem_model_area(model, head), head, weights);
    for (size_t i = 0; i < frem_index_count(model->regions) * cells; i++) {
        size_t r = i / cells, sex = i % cells / model->ages, a = i % model->ages;
        out[i] = frem_series_at(persons, model->base, r, sex, a) * (persons->region ? 1 : weights[r]);
    }
}

static void fill_stock(frem_view *view, const void *context, double *out) {
    const frem_profession *profession = context;
    const frem_model *model = view->model;
    const frem_cohorts *cohorts = &profession->cohorts;
    size_t regions = frem_index_count(model->regions);
    size_t p = (size_t)(profession - model->scenario->professions.items);
    double *weights = frem_view_numbers(view, regions + frem_index_count(model->sexes) * model->ages);
    if (weights == NULL)
        return;
    if (frem_view_series(view, &cohorts->persons)->age > 0)
        stock_by_age(view, cohorts, p, weights, out);
    else if (frem_value_given(&cohorts->ages))
        stock_by_profile(view, cohorts, p, weights, weights + regions, out);
    else
        FREM_VIEW_PROBLEM(view, cohorts->persons.head.place, NO_PROFILE, cohorts->head.path);
    free(weights);
}

/* [step] mio. kr. per FTE. */
static void fill_unit_cost(frem_view *view, const void *context, double *out) {
    const frem_value *value = context;
    const frem_series *series = frem_view_series(view, value);
    for (size_t t = 0; t < view->model->steps; t++) {
        int year = view->model->base + (int)t;
        out[t] = frem_series_at(series, year, 0, 0, 0) / 1e6;
        if (isnan(out[t])) {
            frem_view_lacks_year(view, value, year);
            return;
        }
    }
}

static void stock_of(frem_batch *batch, const frem_profession *profession, frem_core_profession *out) {
    const frem_model *model = batch->model;
    size_t cells = frem_index_count(model->sexes) * model->ages, regions = frem_index_count(model->regions);
    out->has_stock = true;
    out->labour_force = profession->supply == FREM_SUPPLY_LABOUR_FORCE;
    out->stock = (frem_grid){.region = cells, .cell = 1};
    frem_batch_fill(batch, fill_stock, profession, regions * cells, &out->stock.values);
    frem_batch_grid(batch, &profession->death, &out->exits[FREM_EXIT_DEATH]);
    frem_batch_grid(batch, &profession->emigration, &out->exits[FREM_EXIT_EMIGRATION]);
    frem_batch_grid(batch, &profession->permanent_exit, &out->exits[FREM_EXIT_PERMANENT]);
    frem_batch_retirement(batch, profession, out);
    employment_grid(batch, &profession->unemployment, &out->employment);
    fte_grid(batch, profession, &out->fte);
    frem_batch_mobility(batch, profession, out);
    frem_batch_feedback(batch, profession, out);
    frem_batch_recent(batch, profession, out);
}

static void supply_of(frem_batch *batch, const frem_profession *profession, frem_core_profession *out) {
    size_t failures = batch->failures;
    if (profession->supply != FREM_SUPPLY_NONE)
        stock_of(batch, profession, out);
    if (batch->failures == failures && frem_value_given(&profession->unit_cost))
        frem_batch_fill(batch, fill_unit_cost, &profession->unit_cost, batch->model->steps, &out->unit_cost);
}

void frem_batch_supply(frem_batch *batch) {
    const frem_scenario *s = batch->model->scenario;
    frem_core_profession *professions = frem_batch_alloc(batch, s->professions.count, sizeof *professions);
    if (professions == NULL)
        return;
    batch->inputs.professions = professions;
    batch->inputs.n_professions = s->professions.count;
    for (size_t p = 0; p < s->professions.count; p++)
        supply_of(batch, &s->professions.items[p], &professions[p]);
}
