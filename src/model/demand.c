/* Sectors: employment by region, standards, substitution, extra need, and what they follow. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"
#include "model/areas.h"
#include "model/demand.h"
#include "model/split.h"

/* Named values of a sector by profession and region: employment, vacancies. */
typedef struct named {
    const frem_sector *sector;
    const frem_values *values;
} named;

void frem_view_staff(frem_view *view, const frem_sector *sector, const frem_values *values, double *out) {
    const frem_scenario *s = view->model->scenario;
    size_t regions = frem_index_count(view->model->regions);
    for (size_t p = 0; p < s->professions.count; p++) {
        const frem_value *value = frem_values_find(values, s->professions.items[p].head.key);
        if (value != NULL)
            frem_model_by_region(view, value, &sector->split, p, out + p * regions);
    }
}

/* [profession][region] of the base year. */
static void fill_base(frem_view *view, const void *context, double *out) {
    const named *what = context;
    frem_view_staff(view, what->sector, what->values, out);
}

/* `extra` as given; totals are split like the sector. */
static void add_given(frem_view *view, const frem_sector *sector, double *shares, double *out) {
    const frem_model *model = view->model;
    const frem_scenario *s = model->scenario;
    size_t regions = frem_index_count(model->regions);
    for (size_t p = 0; p < s->professions.count; p++) {
        const frem_value *value = frem_values_find(&sector->extra, s->professions.items[p].head.key);
        if (value == NULL)
            continue;
        const frem_series *series = frem_view_series(view, value);
        if (series->region == 0)
            frem_model_shares(view, &sector->split, p, frem_model_area(model, &value->head), &value->head,
                              shares);
        for (size_t i = 0; i < regions * model->steps; i++) {
            size_t r = i / model->steps;
            double number = frem_series_at(series, model->base + (int)(i % model->steps), r, 0, 0);
            out[p * regions * model->steps + i] += number * (series->region ? 1 : shares[r]);
        }
    }
}

/* [profession][region][step] need beside the driver: as given, and what money pays for. */
static void fill_extra(frem_view *view, const void *context, double *out) {
    const frem_sector *sector = context;
    double *shares = frem_view_numbers(view, frem_index_count(view->model->regions));
    if (shares == NULL)
        return;
    add_given(view, sector, shares, out);
    if (sector->budget.head.node != NULL)
        frem_view_budget(view, sector, out);
    free(shares);
}

/* ---- substitution ---- */

/* Says that a list of shares, or of changes of them, has the wrong sum in a year. */
static void bad_sum(frem_view *view, const frem_sector *sector, bool changes, double sum, size_t t) {
    const char *key = changes ? "share_change" : "shares";
    frem_place place = frem_entry_place(&sector->head, key);
    char number[32], year[16];
    frem_number_brief(number, sum, changes ? 0 : 1);
    (void)snprintf(year, sizeof year, "%d", view->model->base + (int)t);
    if (changes)
        FREM_VIEW_PROBLEM(view, place, CHANGES_SUM, sector->head.path, number, year);
    else
        FREM_VIEW_PROBLEM(view, place, SHARES_SUM_YEAR, sector->head.path, number, year);
}

/* Whether staff of a profession in a region count in the sector's shares: a total is all that it covers, and numbers by
 * region are those of the regions that the sector covers. */
static bool counts_in_shares(frem_view *view, const frem_sector *sector, const frem_values *values, size_t p,
                             size_t region) {
    const frem_value *value = frem_values_find(values, view->model->scenario->professions.items[p].head.key);
    return value == NULL || frem_view_series(view, value)->region == 0 ||
           frem_model_area(view->model, &sector->head)->has[region];
}

/* Professions' shares of a sector's need in the base year, all regions that it covers together.
 * @param[out] out [profession] */
static void base_shares(frem_view *view, const frem_sector *sector, double *out) {
    size_t regions = frem_index_count(view->model->regions), n = view->model->scenario->professions.count;
    const frem_values *lists[] = {&sector->employment, &sector->vacancies};
    double *staff = frem_view_numbers(view, n * regions), total = 0;
    memset(out, 0, n * sizeof *out);
    for (size_t l = 0; l < 2 && staff != NULL; l++) {
        memset(staff, 0, n * regions * sizeof *staff);
        frem_view_staff(view, sector, lists[l], staff);
        for (size_t i = 0; i < n * regions; i++) {
            if (!counts_in_shares(view, sector, lists[l], i / regions, i % regions))
                continue;
            out[i / regions] += staff[i];
            total += staff[i];
        }
    }
    for (size_t p = 0; p < n && total > 0; p++)
        out[p] /= total;
    free(staff);
}

/* [profession][step] how shares change: given as changes, which sum to 0, or as shares, which sum to 1 and are
 * compared with the base year's own. */
static void fill_shift(frem_view *view, const void *context, double *out) {
    const frem_sector *sector = context;
    const frem_model *model = view->model;
    size_t steps = model->steps, n = model->scenario->professions.count;
    bool changes = sector->share_change.count > 0;
    const frem_values *values = changes ? &sector->share_change : &sector->shares;
    double *base = frem_view_numbers(view, n);
    if (base != NULL && !changes)
        base_shares(view, sector, base);
    for (size_t t = 0; t < steps && base != NULL; t++) {
        double sum = 0;
        for (size_t p = 0; p < n; p++) {
            const frem_value *value =
                frem_values_find(values, model->scenario->professions.items[p].head.key);
            double number = value != NULL
                                ? frem_series_at(frem_view_series(view, value), model->base + (int)t, 0, 0, 0)
                                : 0;
            sum += number;
            out[p * steps + t] = number - base[p];
        }
        if (fabs(sum - (changes ? 0 : 1)) > 1e-9)
            bad_sum(view, sector, changes, sum, t);
    }
    free(base);
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

/* The first step in which a profession's base share and its changes sum below 0; steps where none does.
 * @param[out] share there. */
static size_t find_negative(const frem_batch *batch, const frem_core_sector *core, size_t p, double *share) {
    size_t regions = frem_index_count(batch->model->regions), steps = batch->model->steps;
    for (size_t i = 0; i < batch->lanes * regions; i++) {
        size_t lane = i / regions, r = i % regions;
        double total = r < batch->model->reported ? need_of_all(batch, core, r, lane) : 0;
        for (size_t t = 0; t < steps && total > 0; t++) {
            *share = need_of(batch, core, p, r, lane) / total +
                     lane_at(core->shift, p * steps + t, lane, batch->lanes);
            if (*share < -1e-12)
                return t;
        }
    }
    return steps;
}

/* Shares of the staff are never negative; each profession's first that is. */
static void check_shares(frem_batch *batch, const frem_sector *sector, const frem_core_sector *core) {
    const frem_model *model = batch->model;
    const frem_scenario *s = model->scenario;
    const char *key = sector->shares.count > 0 ? "shares" : "share_change";
    for (size_t p = 0; core->shift.at != NULL && p < s->professions.count; p++) {
        double share = 0;
        size_t t = find_negative(batch, core, p, &share);
        if (t == model->steps)
            continue;
        char year[16], text[FREM_FIXED_MAX];
        (void)snprintf(year, sizeof year, "%d", model->base + (int)t);
        (void)frem_number_fixed(text, share, 6);
        FREM_BATCH_PROBLEM(batch, frem_entry_place(&sector->head, key), NEGATIVE_SHARE, sector->head.path,
                           s->professions.items[p].head.key, text, year);
    }
}

static void sector_of(frem_batch *batch, const frem_sector *sector, frem_core_sector *out) {
    const frem_model *model = batch->model;
    size_t regions = frem_index_count(model->regions), n = model->scenario->professions.count;
    named employment = {sector, &sector->employment}, vacancies = {sector, &sector->vacancies};
    bool shifts = sector->share_change.count > 0 || sector->shares.count > 0;
    bool extra = sector->extra.count > 0 || sector->budget.head.node != NULL;
    size_t failures = batch->failures;
    frem_batch_fill(batch, fill_base, &employment, n * regions, &out->employment);
    if (sector->vacancies.count > 0)
        frem_batch_fill(batch, fill_base, &vacancies, n * regions, &out->vacancies);
    frem_batch_years(batch, &sector->standard, &out->standard);
    frem_batch_years(batch, &sector->productivity, &out->productivity);
    if (shifts)
        frem_batch_fill(batch, fill_shift, sector, n * model->steps, &out->shift);
    if (extra)
        frem_batch_fill(batch, fill_extra, sector, n * regions * model->steps, &out->extra);
    frem_batch_users(batch, sector, out);
    if (sector->floor.head.node != NULL)
        frem_batch_floor(batch, sector, &out->floor);
    if (batch->failures == failures)
        check_shares(batch, sector, out);
}

/* Which sector is filled first. */
static void set_priorities(const frem_scenario *s, const frem_index *names, frem_core_sector *sectors) {
    for (size_t i = 0; i < s->allocation.order.count; i++) {
        const char *name = s->allocation.order.items[i];
        ptrdiff_t j = frem_index_find(names, name, strlen(name));
        if (j >= 0) /* unknown names were reported when reading */
            sectors[j].priority = i;
    }
}

void frem_batch_demand(frem_batch *batch) {
    const frem_scenario *s = batch->model->scenario;
    frem_core_sector *sectors = frem_batch_alloc(batch, s->demand.count, sizeof *sectors);
    if (sectors == NULL)
        return;
    batch->inputs.sectors = sectors;
    batch->inputs.n_sectors = s->demand.count;
    batch->inputs.allocation = (frem_allocation)s->allocation.rule;
    set_priorities(s, batch->model->sectors, sectors);
    for (size_t j = 0; j < s->demand.count; j++)
        sector_of(batch, &s->demand.items[j], &sectors[j]);
}
