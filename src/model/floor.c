/* A staffing ratio as a floor under a sector's need (normering). */
#include <limits.h>
#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "base/problem.h"
#include "model/demand.h"
#include "model/mix.h"
#include "model/split.h"

/* Children whom a ratio is for: whole ages, and months of the next one (or all but some months of the first). */
static double count_children(frem_view *view, const frem_floor *floor, const frem_floor_group *group,
                             size_t region, size_t step) {
    double children = frem_view_persons(view, floor, group->population, region, step);
    int age = group->months > 0 ? group->population.to + 1 : group->population.from;
    if (!(fabs(group->months) > 0))
        return children;
    return children + group->months / 12 *
                          frem_view_persons(view, floor, (frem_age_range){true, age, age}, region, step);
}

/* Children of a group who are enrolled. */
static double enrolled(frem_view *view, const frem_floor *floor, const frem_floor_group *group, size_t region,
                       size_t step) {
    int year = view->model->base + (int)step;
    double share = frem_series_at(frem_view_series(view, &group->enrolment), year, region, 0, 0);
    return count_children(view, floor, group, region, step) * share;
}

/* [region][step] children whom the rule is for. */
static void fill_children(frem_view *view, const void *context, double *out) {
    const frem_floor *floor = context;
    const frem_model *model = view->model;
    for (size_t i = 0; i < frem_index_count(model->regions) * model->steps; i++) {
        out[i] = 0;
        for (size_t g = 0; g < floor->children.count; g++)
            out[i] += enrolled(view, floor, &floor->children.items[g], i / model->steps, i % model->steps);
    }
}

/* [region][step] FTE that the rule asks for. */
static void fill_required(frem_view *view, const void *context, double *out) {
    const frem_floor *floor = context;
    const frem_model *model = view->model;
    const frem_series *opening = frem_view_series(view, &floor->opening_factor);
    for (size_t i = 0; i < frem_index_count(model->regions) * model->steps; i++) {
        size_t r = i / model->steps, t = i % model->steps;
        int year = model->base + (int)t;
        double adults = 0;
        for (size_t g = 0; g < floor->children.count; g++) {
            const frem_floor_group *group = &floor->children.items[g];
            double ratio = frem_series_at(frem_view_series(view, &group->children_per_adult), year, 0, 0, 0);
            adults += enrolled(view, floor, group, r, t) / ratio;
        }
        out[i] = adults * frem_series_at(opening, year, 0, 0, 0);
    }
}

/* [profession] of a list; 0 where it does not name one. */
static void fill_list(frem_view *view, const void *context, double *out) {
    const frem_values *values = context;
    const frem_scenario *s = view->model->scenario;
    for (size_t p = 0; p < s->professions.count; p++) {
        const frem_value *value = frem_values_find(values, s->professions.items[p].head.key);
        out[p] = value != NULL ? frem_view_number(view, value, 0) : 0;
    }
}

/* [profession] shares of the missing staff. */
static void fill_marginal(frem_view *view, const void *context, double *out) {
    const frem_floor *floor = context;
    fill_list(view, &floor->marginal, out);
    double sum = 0;
    for (size_t p = 0; p < view->model->scenario->professions.count; p++)
        sum += out[p];
    if (fabs(sum - 1) <= 1e-9)
        return;
    char text[32];
    frem_number_brief(text, sum, 1);
    FREM_VIEW_PROBLEM(view, frem_entry_place(&floor->head, "marginal"), SHARES_SUM, floor->head.path, text,
                      "marginal");
}

/* [region] staff of the base year that counts beside the professions; a total is split like the sector. */
static void fill_other(frem_view *view, const void *context, double *out) {
    const frem_sector *sector = context;
    frem_model_by_region(view, &sector->floor.other_staff, &sector->split, 0, out);
}

static void fill_number(frem_view *view, const void *context, double *out) {
    *out = frem_view_number(view, context, 0);
}

/* Checks that the population has every age that a group counts. */
static bool can_tell(frem_batch *batch, const frem_floor_group *group) {
    frem_age_range ages = group->population;
    if (group->months > 0 && ages.to < INT_MAX)
        ages.to++;
    return frem_model_can_tell(batch->model, batch->diags, ages, &group->head, "population");
}

void frem_batch_floor(frem_batch *batch, const frem_sector *sector, frem_core_floor *out) {
    const frem_model *model = batch->model;
    const frem_floor *floor = &sector->floor;
    size_t regions = frem_index_count(model->regions), n = model->scenario->professions.count;
    for (size_t g = 0; g < floor->children.count; g++) {
        if (!can_tell(batch, &floor->children.items[g])) {
            frem_batch_fail(batch, FREM_INVALID);
            return;
        }
    }
    frem_batch_fill(batch, fill_required, floor, regions * model->steps, &out->required);
    frem_batch_fill(batch, fill_children, floor, regions * model->steps, &out->children);
    frem_batch_fill(batch, fill_list, &floor->staff, n, &out->staff_weight);
    frem_batch_fill(batch, fill_marginal, floor, n, &out->marginal);
    frem_batch_years(batch, &floor->phase, &out->phase);
    if (frem_value_given(&floor->other_staff))
        frem_batch_fill(batch, fill_other, sector, regions, &out->other_staff);
    if (frem_value_given(&floor->student_weight))
        frem_batch_fill(batch, fill_number, &floor->student_weight, 1, &out->student_weight);
}
