/* Factors on the people of some ages after the base year: worked out once a lane, read by all that follows people. */
#include "model/lane.h"

static bool has_age(frem_age_range ages, size_t age) {
    return !ages.given || ((int)age >= ages.from && (int)age <= ages.to);
}

/* What one factor makes of an age in a step. */
static double factor_at(const frem_view *view, const frem_people_factor *given, size_t age, size_t step) {
    const frem_series *series = view->series[given->factor.parameter];
    const int base = view->model->base, counted = base + (int)step;
    /* Who is 0 on 1 January is born in the year before. */
    const int born = counted - (int)age - 1;
    if (step == 0 || !has_age(given->ages, age) || (given->years == FREM_PEOPLE_BORN && born < base))
        return 1;
    return frem_series_at(series, given->years == FREM_PEOPLE_BORN ? born : counted, 0, 0, 0);
}

static void fill_factors(const frem_view *view, double *out) {
    const frem_population *given = &view->model->scenario->population;
    const size_t ages = view->model->people.ages;
    for (size_t i = 0; i < view->model->steps * ages; i++) {
        out[i] = 1;
        for (size_t f = 0; f < given->factors.count; f++)
            out[i] *= factor_at(view, &given->factors.items[f], i % ages, i / ages);
    }
}

static bool any_changed(const frem_batch *batch) {
    const frem_population *given = &batch->model->scenario->population;
    bool any = false;
    for (size_t f = 0; f < given->factors.count; f++)
        any = any || batch->changed[given->factors.items[f].factor.parameter];
    return any;
}

void frem_batch_factors(frem_batch *batch, size_t cases) {
    const frem_model *model = batch->model;
    if (model->scenario->population.factors.count == 0 || model->people.at == NULL)
        return;
    const bool differ = any_changed(batch);
    for (size_t lane = 0; lane < cases; lane++) {
        double *own = lane == 0 || differ
                          ? frem_batch_alloc(batch, model->steps * model->people.ages, sizeof *own)
                          : NULL;
        if (own == NULL && batch->status != FREM_OK)
            return;
        if (own != NULL)
            fill_factors(&batch->views[lane], own);
        batch->views[lane].factors = own != NULL ? own : batch->views[0].factors;
    }
}

const double *frem_view_factors(frem_view *view, frem_age_range ages, size_t step) {
    const frem_model *model = view->model;
    const frem_population *given = &model->scenario->population;
    bool any = false;
    for (size_t f = 0; f < given->factors.count && view->factors != NULL && step > 0; f++) {
        const frem_people_factor *one = &given->factors.items[f];
        if (ages.given && one->ages.given && (ages.to < one->ages.from || ages.from > one->ages.to))
            continue;
        any = true;
        (void)frem_view_series(view, &one->factor);
    }
    return any ? view->factors + step * model->people.ages : NULL;
}
