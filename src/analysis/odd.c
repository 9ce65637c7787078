#include "analysis/odd.h"

#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "base/problem.h"
#include "model/lane.h"

/* A change of supply within a year that no labour market makes, and the FTE below which a share is too uncertain to report. */
static const double JUMP = 0.3, FEW_FTE = 50;
/* Factors on the stock of the base year that differences of sources and rates explain, and the persons, before or
 * after, below which a factor is too uncertain to report. */
static const double LEAST_FACTOR = 0.5, MOST_FACTOR = 2, FEW_PERSONS = 50;

static frem_status warn(const frem_model *model, size_t p, size_t step, double change, frem_diags *diags) {
    const frem_profession *profession = &model->scenario->professions.items[p];
    char share[FREM_FIXED_MAX], from[16], to[16];
    (void)frem_number_fixed(share, 100 * fabs(change), 0);
    (void)snprintf(from, sizeof from, "%d", model->base + (int)step - 1);
    (void)snprintf(to, sizeof to, "%d", model->base + (int)step);
    return change < 0 ? FREM_PROBLEM(diags, profession->head.place, SUPPLY_FALLS, profession->head.path,
                                     share, from, to)
                      : FREM_PROBLEM(diags, profession->head.place, SUPPLY_RISES, profession->head.path,
                                     share, from, to);
}

/* ---- the scale of the base year ---- */

/* The stock of a region, or of several, before and after it is scaled. */
typedef struct scaled {
    double before, after;
} scaled;

static scaled stock_of(const frem_core_inputs *in, const frem_core_results *r, size_t p, size_t region) {
    const frem_grid *stock = &in->professions[p].stock;
    scaled of = {0, 0};
    for (size_t c = 0; c < in->sexes * in->ages; c++) {
        size_t i = region * stock->region + c * stock->cell;
        of.before += stock->values.at[stock->values.lane ? i * in->lanes : i];
    }
    of.after = of.before * r->scale[(p * r->regions + region) * r->lanes];
    return of;
}

/* How far a factor is from 1, as its logarithm; 0 where it is common or there are too few people. */
static double how_odd(scaled of) {
    double factor = of.after / of.before;
    if (fmax(of.before, of.after) < FEW_PERSONS || !(of.before > 0) ||
        (factor >= LEAST_FACTOR && factor <= MOST_FACTOR))
        return 0;
    return fabs(log(factor));
}

static frem_status warn_scaled(const frem_model *model, size_t p, scaled all, scaled worst,
                               const char *region, size_t regions, frem_diags *diags) {
    const frem_profession *profession = &model->scenario->professions.items[p];
    char in_all[32], there[32], count[24];
    frem_number_brief(in_all, all.after / all.before, 1);
    frem_number_brief(there, worst.after / worst.before, 1);
    (void)snprintf(count, sizeof count, "%zu", regions);
    frem_place place = frem_entry_place(&profession->cohorts.head, "persons");
    return region == NULL ? FREM_PROBLEM(diags, place, STOCK_SCALED, profession->cohorts.head.path, in_all)
                          : FREM_PROBLEM(diags, place, STOCK_SCALED_REGIONS, profession->cohorts.head.path,
                                         in_all, there, region, count);
}

/* Stocks that `base_year: scale` makes something else of: in all, or in a region. Once a profession. */
static frem_status look_at_scale(const frem_model *model, const frem_core_results *r, size_t p,
                                 frem_diags *diags) {
    const frem_core_inputs *in = &model->as_is->inputs;
    scaled all = {0, 0}, worst = {1, 1};
    const char *region = NULL;
    size_t regions = 0;
    for (size_t i = 0; i < r->regions; i++) {
        scaled here = stock_of(in, r, p, i);
        all.before += here.before;
        all.after += here.after;
        regions += how_odd(here) > 0;
        if (how_odd(here) > how_odd(worst) || (how_odd(here) > 0 && region == NULL)) {
            worst = here;
            region = model->region_names[i];
        }
    }
    if (!(how_odd(all) > 0) && regions == 0)
        return FREM_OK;
    /* Where all regions have the factor that all have together, none is the worst. */
    if (fabs(how_odd(worst) - how_odd(all)) < 1e-6 * how_odd(all))
        region = NULL;
    return warn_scaled(model, p, all, worst, r->regions > 1 ? region : NULL, regions, diags);
}

frem_status frem_results_odd(const frem_model *model, const frem_core_results *projection,
                             frem_diags *diags) {
    size_t all = projection->areas - 1; /* the sum of all regions */
    frem_status status = FREM_OK;
    for (size_t p = 0; p < projection->professions && status == FREM_OK; p++) {
        const frem_core_inputs *in = &model->as_is->inputs;
        if (in->base_mode == FREM_BASE_SCALE && in->professions[p].has_stock)
            status = look_at_scale(model, projection, p, diags);
        for (size_t t = 1; t < projection->steps; t++) {
            double before = projection->measures[frem_core_at(projection, p, all, FREM_CORE_SUPPLY, t - 1)];
            double now = projection->measures[frem_core_at(projection, p, all, FREM_CORE_SUPPLY, t)];
            if (fmax(before, now) < FEW_FTE || fabs(now - before) < JUMP * before || !(before > 0))
                continue;
            status = warn(model, p, t, now / before - 1, diags);
            break;
        }
    }
    return status;
}
