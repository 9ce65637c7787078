/* Sectors: employment by region, drivers, standards, shares. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"
#include "model/model.h"

/* Named values of a sector by profession and region: employment, vacancies. */
typedef struct named {
    const frem_sector *sector;
    const frem_values *values;
} named;

/* [profession][region] of the base year. */
static frem_status fill_base(frem_view *view, const void *context, double *out) {
    const named *what = context;
    const frem_scenario *s = view->model->scenario;
    size_t regions = frem_index_count(view->model->regions);
    for (size_t p = 0; p < s->professions.count; p++) {
        const frem_value *value = frem_values_find(what->values, s->professions.items[p].head.key);
        if (value == NULL)
            continue;
        frem_status status = frem_model_by_region(view, value, &what->sector->split, p, out + p * regions);
        if (status != FREM_OK)
            return status;
    }
    return FREM_OK;
}

/* [profession][region][step]; totals are split like the sector. */
static frem_status fill_extra(frem_view *view, const void *context, double *out) {
    const frem_sector *sector = context;
    const frem_model *model = view->model;
    const frem_scenario *s = model->scenario;
    size_t regions = frem_index_count(model->regions);
    frem_arena *arena;
    frem_status status = frem_arena_new(&arena);
    if (status != FREM_OK)
        return status;
    double *shares = frem_arena_alloc(arena, regions, sizeof *shares);
    if (shares == NULL)
        status = FREM_NO_MEMORY;
    for (size_t p = 0; p < s->professions.count && status == FREM_OK; p++) {
        const frem_value *value = frem_values_find(&sector->extra, s->professions.items[p].head.key);
        if (value == NULL)
            continue;
        const frem_series *series = frem_view_series(view, value);
        if (series->region == 0)
            status = frem_model_shares(view, &sector->split, p, value->head.path, value->head.place, shares);
        for (size_t i = 0; i < regions * model->steps && status == FREM_OK; i++) {
            size_t r = i / model->steps;
            double number = frem_series_at(series, model->base + (int)(i % model->steps), r, 0, 0);
            out[p * regions * model->steps + i] = number * (series->region ? 1 : shares[r]);
        }
    }
    frem_arena_free(arena);
    return status;
}

/* [profession][step] changes of the shares; they sum to 0, and no share becomes negative. */
static frem_status fill_shift(frem_view *view, const void *context, double *out) {
    const frem_sector *sector = context;
    const frem_model *model = view->model;
    const frem_scenario *s = model->scenario;
    char number[32], year[16];
    for (size_t t = 0; t < model->steps; t++) {
        double sum = 0;
        for (size_t p = 0; p < s->professions.count; p++) {
            const frem_value *value =
                frem_values_find(&sector->share_change, s->professions.items[p].head.key);
            if (value != NULL)
                sum += out[p * model->steps + t] =
                    frem_series_at(frem_view_series(view, value), model->base + (int)t, 0, 0, 0);
        }
        if (fabs(sum) <= 1e-9)
            continue;
        frem_number_shortest(number, sum);
        (void)snprintf(year, sizeof year, "%d", model->base + (int)t);
        return FREM_PROBLEM(view->diags, frem_entry_place(&sector->head, "share_change"), CHANGES_SUM,
                            sector->head.path, number, year);
    }
    return FREM_OK;
}

/* [step] of a value by year. */
static frem_status fill_years(frem_view *view, const void *context, double *out) {
    const frem_value *value = context;
    const frem_series *series = frem_view_series(view, value);
    for (size_t t = 0; t < view->model->steps; t++)
        out[t] = frem_series_at(series, view->model->base + (int)t, 0, 0, 0);
    return FREM_OK;
}

/* [region][step] of an index of the scenario's own. */
static frem_status fill_series_driver(frem_view *view, const void *context, double *out) {
    const frem_value *value = context;
    const frem_model *model = view->model;
    const frem_series *series = frem_view_series(view, value);
    for (size_t i = 0; i < frem_index_count(model->regions) * model->steps; i++)
        out[i] = frem_series_at(series, model->base + (int)(i % model->steps), i / model->steps, 0, 0);
    return FREM_OK;
}

/* The user groups of a sector; `follows: {population: 0-5}` is one group of everybody of that age. */
static size_t count_groups(const frem_follows *follows) {
    return follows->population.given ? 1 : follows->users.count;
}

static frem_age_range group_ages(const frem_follows *follows, size_t group) {
    return follows->population.given ? follows->population : follows->users.items[group].population;
}

/* [group][region][step] persons. */
static frem_status fill_population(frem_view *view, const void *context, double *out) {
    const frem_follows *follows = context;
    const frem_model *model = view->model;
    size_t regions = frem_index_count(model->regions);
    for (size_t g = 0; g < count_groups(follows); g++) {
        for (size_t r = 0; r < regions; r++) {
            for (size_t t = 0; t < model->steps; t++)
                *out++ = frem_model_persons(model, group_ages(follows, g), r, t);
        }
    }
    return FREM_OK;
}

/* Users per person in the base year. Where a region has nobody of that age, its group's rate holds. */
static double base_rate(const frem_model *model, const frem_series *users, frem_age_range ages,
                        size_t region) {
    size_t regions = frem_index_count(model->regions);
    double persons = frem_model_persons(model, ages, region, 0), number = 0;
    if (users->region && persons > 0)
        return frem_series_at(users, model->base, region, 0, 0) / persons;
    const frem_group *group = NULL;
    for (size_t g = 0; g < model->n_groups && users->region && group == NULL; g++) {
        for (size_t i = 0; i < model->groups[g].count; i++) {
            if (model->groups[g].regions[i] == region)
                group = &model->groups[g];
        }
    }
    persons = 0;
    for (size_t i = 0; i < (group != NULL ? group->count : regions); i++) {
        size_t r = group != NULL ? group->regions[i] : i;
        persons += frem_model_persons(model, ages, r, 0);
        number += users->region ? frem_series_at(users, model->base, r, 0, 0) : 0;
    }
    if (!users->region)
        number = users->at[0];
    return persons > 0 ? number / persons : 0;
}

/* [group][region][step] users per person. */
static frem_status fill_use_rate(frem_view *view, const void *context, double *out) {
    const frem_follows *follows = context;
    const frem_model *model = view->model;
    size_t regions = frem_index_count(model->regions);
    for (size_t g = 0; g < follows->users.count; g++) {
        const frem_user_group *group = &follows->users.items[g];
        const frem_series *rate = frem_view_series(view, &group->use_rate);
        const frem_series *users = frem_view_series(view, &group->users);
        for (size_t r = 0; r < regions; r++) {
            double base = users->at != NULL ? base_rate(model, users, group->population, r) : 1;
            for (size_t t = 0; t < model->steps; t++)
                *out++ = rate->at != NULL ? frem_series_at(rate, model->base + (int)t, r, 0, 0) : base;
        }
    }
    return FREM_OK;
}

/* [group][step] weights. */
static frem_status fill_weight(frem_view *view, const void *context, double *out) {
    const frem_follows *follows = context;
    for (size_t g = 0; g < follows->users.count; g++) {
        const frem_series *weight = frem_view_series(view, &follows->users.items[g].weight);
        for (size_t t = 0; t < view->model->steps; t++)
            *out++ = weight->at != NULL ? frem_series_at(weight, view->model->base + (int)t, 0, 0, 0) : 1;
    }
    return FREM_OK;
}

static frem_status add_users(frem_batch *batch, const frem_follows *follows, frem_core_sector *out) {
    const frem_model *model = batch->model;
    size_t cells = frem_index_count(model->regions) * model->steps;
    out->driver = FREM_DRIVER_USERS;
    out->groups = count_groups(follows);
    for (size_t g = 0; g < out->groups; g++) {
        const frem_entry *entry = follows->population.given ? &follows->head : &follows->users.items[g].head;
        if (!frem_model_can_tell(model, batch->diags, group_ages(follows, g), entry, "population"))
            return FREM_INVALID;
    }
    frem_status status =
        frem_batch_fill(batch, fill_population, follows, out->groups * cells, &out->population);
    if (status != FREM_OK || follows->population.given)
        return status;
    status = frem_batch_fill(batch, fill_use_rate, follows, out->groups * cells, &out->use_rate);
    return status == FREM_OK
               ? frem_batch_fill(batch, fill_weight, follows, out->groups * model->steps, &out->weight)
               : status;
}

/* Number i of a lane. */
static double lane_at(frem_lanes lanes, size_t i, size_t lane, size_t n_lanes) {
    return lanes.at == NULL ? 1 : lanes.at[lanes.lane ? i * n_lanes + lane : i];
}

/* Need of the base year in a region: employment and vacancies of a profession. */
static double need_of(const frem_batch *batch, const frem_core_sector *core, size_t p, size_t r,
                      size_t lane) {
    size_t at = p * frem_index_count(batch->model->regions) + r;
    return lane_at(core->employment, at, lane, batch->lanes) +
           (core->vacancies.at != NULL ? lane_at(core->vacancies, at, lane, batch->lanes) : 0);
}

static double need_of_all(const frem_batch *batch, const frem_core_sector *core, size_t r, size_t lane) {
    double total = 0;
    for (size_t p = 0; p < batch->model->scenario->professions.count; p++)
        total += need_of(batch, core, p, r, lane);
    return total;
}

/* Weighted users of the base year in a region. */
static double users_of(const frem_batch *batch, const frem_core_sector *core, size_t r, size_t lane) {
    size_t steps = batch->model->steps, L = batch->lanes;
    double users = 0;
    for (size_t g = 0; g < core->groups; g++) {
        size_t at = (g * frem_index_count(batch->model->regions) + r) * steps;
        users += lane_at(core->population, at, lane, L) * lane_at(core->use_rate, at, lane, L) *
                 lane_at(core->weight, g * steps, lane, L);
    }
    return users;
}

/* Employment without users to follow could not be projected. */
static frem_status check_users(frem_batch *batch, const frem_sector *sector, const frem_core_sector *core) {
    const frem_model *model = batch->model;
    size_t regions = frem_index_count(model->regions);
    for (size_t i = 0; core->driver == FREM_DRIVER_USERS && i < batch->lanes * regions; i++) {
        size_t lane = i / regions, r = i % regions;
        if (users_of(batch, core, r, lane) > 0 || need_of_all(batch, core, r, lane) == 0)
            continue;
        char year[16];
        (void)snprintf(year, sizeof year, "%d", model->base);
        return FREM_PROBLEM(batch->diags, sector->follows.head.place, NOTHING_TO_FOLLOW, sector->head.path,
                            model->region_names[r], year);
    }
    return FREM_OK;
}

/* A profession's base share and its changes never sum below 0. */
static frem_status check_shares(frem_batch *batch, const frem_sector *sector, const frem_core_sector *core) {
    const frem_model *model = batch->model;
    const frem_scenario *s = model->scenario;
    size_t regions = frem_index_count(model->regions), n = s->professions.count;
    for (size_t i = 0; core->shift.at != NULL && i < batch->lanes * regions * n; i++) {
        size_t lane = i / n / regions, r = i / n % regions, p = i % n;
        double total = need_of_all(batch, core, r, lane);
        for (size_t t = 0; t < model->steps && total > 0; t++) {
            double share = need_of(batch, core, p, r, lane) / total +
                           lane_at(core->shift, p * model->steps + t, lane, batch->lanes);
            if (share >= -1e-12)
                continue;
            char year[16], text[FREM_FIXED_MAX];
            (void)snprintf(year, sizeof year, "%d", model->base + (int)t);
            (void)frem_number_fixed(text, share, 6);
            return FREM_PROBLEM(batch->diags, frem_entry_place(&sector->head, "share_change"), NEGATIVE_SHARE,
                                sector->head.path, s->professions.items[p].head.key, text, year);
        }
    }
    return FREM_OK;
}

static frem_status sector_of(frem_batch *batch, const frem_sector *sector, frem_core_sector *out) {
    const frem_model *model = batch->model;
    size_t regions = frem_index_count(model->regions), n = model->scenario->professions.count;
    const frem_follows *follows = &sector->follows;
    named employment = {sector, &sector->employment}, vacancies = {sector, &sector->vacancies};
    frem_status parts[] = {
        frem_batch_fill(batch, fill_base, &employment, n * regions, &out->employment),
        sector->vacancies.count > 0
            ? frem_batch_fill(batch, fill_base, &vacancies, n * regions, &out->vacancies)
            : FREM_OK,
        frem_value_given(&sector->standard)
            ? frem_batch_fill(batch, fill_years, &sector->standard, model->steps, &out->standard)
            : FREM_OK,
        frem_value_given(&sector->productivity)
            ? frem_batch_fill(batch, fill_years, &sector->productivity, model->steps, &out->productivity)
            : FREM_OK,
        sector->share_change.count > 0
            ? frem_batch_fill(batch, fill_shift, sector, n * model->steps, &out->shift)
            : FREM_OK,
        sector->extra.count > 0
            ? frem_batch_fill(batch, fill_extra, sector, n * regions * model->steps, &out->extra)
            : FREM_OK,
        frem_value_given(&follows->series) ? frem_batch_fill(batch, fill_series_driver, &follows->series,
                                                             regions * model->steps, &out->series)
                                           : FREM_OK,
        count_groups(follows) > 0 ? add_users(batch, follows, out) : FREM_OK,
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i] != FREM_OK)
            return parts[i];
    }
    if (frem_value_given(&follows->series))
        out->driver = FREM_DRIVER_SERIES;
    frem_status status = check_users(batch, sector, out);
    return status == FREM_OK ? check_shares(batch, sector, out) : status;
}

frem_status frem_batch_demand(frem_batch *batch) {
    const frem_scenario *s = batch->model->scenario;
    frem_core_sector *sectors = frem_arena_alloc(batch->arena, s->demand.count, sizeof *sectors);
    if (sectors == NULL)
        return FREM_NO_MEMORY;
    batch->inputs.sectors = sectors;
    batch->inputs.n_sectors = s->demand.count;
    frem_status status = FREM_OK;
    for (size_t j = 0; j < s->demand.count; j++) {
        frem_status one = sector_of(batch, &s->demand.items[j], &sectors[j]);
        if (one != FREM_OK)
            status = one;
    }
    return status;
}
