/* Where graduates settle: outside, and in which regions. */
#include <math.h>
#include <stdlib.h>

#include "base/problem.h"
#include "model/areas.h"
#include "model/programme.h"
#include "model/split.h"

/* Where a total's people study: in its one region. What differs by region needs to know.
 * @return whether it does; reports where not. */
static bool find_region(frem_batch *batch, frem_stream *what) {
    const frem_area *area = frem_programme_area(batch->model, what->programme);
    const frem_value *value = frem_studied_by_region(batch, what->programme);
    while (area->count == 1 && !area->has[what->region])
        what->region++;
    if (area->count == 1 || value == NULL)
        return true;
    FREM_BATCH_PROBLEM(batch, value->head.place, OUTCOME_BY_REGION, value->head.path);
    return false;
}

bool frem_settling_check(frem_batch *batch, frem_stream *what, bool by_region) {
    const frem_programme *programme = what->programme;
    const frem_value *outside = &programme->outside;
    if (by_region && programme->graduates_to.head.node != NULL) {
        FREM_BATCH_PROBLEM(batch, frem_entry_place(&programme->head, "graduates_to"), SETTLE_TWICE,
                           programme->head.path);
        return false;
    }
    what->leaves = outside->head.node != NULL && (by_region || frem_batch_layout(batch, outside)->sex > 0);
    return by_region || find_region(batch, what);
}

/* Share of the graduates of a year who settle outside. */
static double outside_at(const frem_series *outside, const frem_stream *what, int year, size_t sex) {
    return outside->at != NULL ? frem_series_at(outside, year, what->region, sex, 0) : 0;
}

/* [step][region] where graduates settle, without those who leave where these are taken from each cohort. */
static void fill_to_region(frem_view *view, const void *context, double *out) {
    const frem_stream *what = context;
    const frem_programme *programme = what->programme;
    const frem_split *split = &programme->graduates_to;
    const frem_model *model = view->model;
    size_t regions = frem_index_count(model->regions);
    const frem_area *area = frem_programme_area(model, programme);
    if (split->head.node == NULL && area->count > 1) {
        FREM_VIEW_PROBLEM(view, programme->head.place, SETTLE_MISSING, programme->head.path);
        return;
    }
    const frem_series *outside = frem_view_series(view, &programme->outside);
    double *shares = frem_view_numbers(view, regions);
    for (size_t t = 0; t < model->steps && shares != NULL; t++) {
        int year = model->base + (int)t;
        double stay = what->leaves ? 1 : 1 - outside_at(outside, what, year, 0);
        if (t == 0 || frem_split_by_year(view, split))
            frem_model_shares_in(view, split, what->profession, area, &programme->head, year, shares);
        for (size_t r = 0; r < regions; r++)
            out[t * regions + r] = shares[r] * stay;
    }
    free(shares);
}

/* [sex][entry][lag][shift] share of the entrants that joins the stock. Flows from the base year on. */
static void fill_arriving(frem_view *view, const void *context, double *out) {
    const frem_stream *what = context;
    const frem_series *outside = frem_view_series(view, &what->programme->outside);
    int base = view->model->base, until = base + (int)view->model->steps - 1;
    for (size_t i = 0; i < what->sexes * what->entries; i++) {
        size_t sex = i / what->entries, e = i % what->entries;
        double *at = out + i * what->lags * what->shifts;
        if (e == 0)
            frem_joining_fill_sex(view, what, sex, at);
        for (size_t n = 0; n < what->lags * what->shifts && what->leaves; n++) {
            int year = what->first + (int)(e + n / what->shifts);
            if (year > base && year <= until)
                at[n] *= 1 - outside_at(outside, what, year, sex);
        }
    }
}

/* [entry][lag] share of the cohort that joins the stock: of all sexes, and with the shares of entrants as they are. */
static void fill_settled(frem_view *view, const void *context, double *out) {
    const frem_stream *what = context;
    size_t ages = view->model->ages, all = frem_index_count(view->model->sexes);
    size_t each = what->entries * what->lags * what->shifts, cells = all * ages;
    double *shares = frem_view_numbers(view, what->profiles * cells + what->sexes * each);
    if (shares == NULL)
        return;
    double *arriving = shares + what->profiles * cells;
    frem_entrants_fill(view, what, shares);
    fill_arriving(view, context, arriving);
    for (size_t i = 0; i < all * what->entries * what->lags; i++) {
        size_t sex = i / (what->entries * what->lags), at = i % (what->entries * what->lags);
        const double *profile = shares + (what->profiles > 1 ? at / what->lags : 0) * cells + sex * ages;
        double part = 0, join = 0;
        for (size_t a = 0; a < ages; a++)
            part += profile[a];
        for (size_t d = 0; d < what->shifts; d++)
            join += arriving[(what->sexes > 1 ? sex : 0) * each + at * what->shifts + d];
        out[at] += part * join;
    }
    free(shares);
}

void frem_settling(frem_batch *batch, const frem_stream *what, bool by_region, frem_core_programme *core) {
    size_t regions = frem_index_count(batch->model->regions);
    size_t cohorts = what->entries * what->lags, each = cohorts * what->shifts;
    size_t failures = batch->failures;
    if (!by_region) {
        frem_batch_fill(batch, fill_to_region, what, batch->model->steps * regions, &core->to_region.values);
        core->to_region.step = regions;
        core->to_region.region = 1;
    }
    if (batch->failures != failures || (!what->leaves && what->sexes == 1))
        return;
    core->arriving_sex = what->sexes > 1 ? each : 0;
    frem_batch_fill(batch, fill_arriving, what, what->sexes * each, &core->arriving);
    if (batch->failures == failures)
        frem_batch_fill(batch, fill_settled, what, cohorts, &core->settled);
}
