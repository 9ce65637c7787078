/* Need by age as an index: healthy ageing, and years to death. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/number.h"
#include "base/problem.h"
#include "model/demand.h"
#include "model/mix.h"
#include "numeric/numeric.h"

/* Need of a person by age, as the curve that healthy ageing reads. */
typedef struct need_curve {
    size_t ages;
    double *age;     /* 0, 1, 2, ... */
    double *need;    /* at each whole age */
    double *read_at; /* room for the ages that are read */
} need_curve;

/* Healthy ageing: every age above `from` has the need of a younger one, by the years that life became longer. */
static void read_younger(frem_view *view, const frem_healthy *healthy, const need_curve *curve, size_t step,
                         double *out) {
    const frem_series *expected = frem_view_series(view, &healthy->life_expectancy);
    int base = view->model->base;
    double gain =
        frem_series_at(expected, base + (int)step, 0, 0, 0) - frem_series_at(expected, base, 0, 0, 0);
    double years = frem_view_number(view, &healthy->strength, 0) * gain;
    for (size_t a = 0; a < curve->ages; a++)
        curve->read_at[a] =
            (int64_t)a > healthy->from ? fmax((double)healthy->from, (double)a - years) : (double)a;
    frem_view_fail(view, frem_curve(curve->age, curve->need, curve->ages, FREM_BETWEEN_SPLINE, curve->read_at,
                                    out, curve->ages));
}

/* Years to death: who dies within some years needs something else than who survives. */
typedef struct dying_need {
    const frem_dying *given;
    const frem_series *mortality, *decedent, *ratio; /* at is NULL of the one that is not given */
    double *survivor;                                /* need of a survivor by age */
} dying_need;

/* The share of those aged a in a step who survive the years that count. Deaths per person-year become probabilities.
 * Mortality is held at the oldest age. */
static double survive(const frem_view *view, const dying_need *dying, size_t ages, size_t a, size_t step) {
    double deaths = 0;
    for (size_t k = 0; k < (size_t)dying->given->years; k++)
        deaths += frem_series_at(dying->mortality, view->model->base + (int)(step + k), 0, 0,
                                 a + k < ages ? a + k : ages - 1);
    return exp(-deaths);
}

static double decedent_at(const frem_view *view, const dying_need *dying, size_t a) {
    int base = view->model->base;
    return dying->ratio->at != NULL ? dying->survivor[a] * frem_series_at(dying->ratio, base, 0, 0, a)
                                    : frem_series_at(dying->decedent, base, 0, 0, a);
}

static void tell_negative(frem_view *view, const frem_need *need, size_t a, double average, double share,
                          double decedent) {
    char age[24], given[32], dies[32], wanted[32];
    (void)snprintf(age, sizeof age, "%zu", a);
    frem_number_shortest(given, average);
    frem_number_fixed(dies, share, 4);
    frem_number_shortest(wanted, decedent);
    FREM_VIEW_PROBLEM(view, frem_entry_place(&need->years_to_death.head, "decedent"), NEED_SURVIVORS,
                      need->years_to_death.head.path, age, given, dies, wanted);
}

/* The survivors' need, so that with the mortality of the base year the average of each age is what `by_age` says. */
static void find_survivors(frem_view *view, const frem_need *need, const need_curve *curve, dying_need *out) {
    const frem_dying *given = &need->years_to_death;
    out->given = given;
    out->mortality = frem_view_series(view, &given->mortality);
    out->decedent = frem_view_series(view, &given->decedent);
    out->ratio = frem_view_series(view, &given->decedent_ratio);
    for (size_t a = 0; a < curve->ages; a++) {
        double survives = survive(view, out, curve->ages, a, 0), dies = 1 - survives,
               average = curve->need[a];
        if (out->ratio->at != NULL) {
            double ratio = frem_series_at(out->ratio, view->model->base, 0, 0, a);
            out->survivor[a] = dies > 0 ? average / (survives + ratio * dies) : average;
            continue;
        }
        double decedent = frem_series_at(out->decedent, view->model->base, 0, 0, a);
        double left = average - decedent * dies;
        if (left < -1e-9 * average || (left < 0 && average <= 0))
            tell_negative(view, need, a, average, dies, decedent);
        out->survivor[a] = dies > 0 ? fmax(left, 0) / survives : average;
    }
}

static void mix_dying(frem_view *view, const dying_need *dying, const need_curve *curve, size_t step,
                      double *out) {
    for (size_t a = 0; a < curve->ages; a++) {
        double survives = survive(view, dying, curve->ages, a, step);
        out[a] = dying->survivor[a] * survives + decedent_at(view, dying, a) * (1 - survives);
    }
}

/* Need of each age in a step. The curve and the survivors of the step before hold unless `by_age` differs by year.
 * @param[out] out [age] */
static void find_need(frem_view *view, const frem_need *need, const frem_series *by_age, size_t step,
                      need_curve *curve, dying_need *dying, double *out) {
    bool dies = need->years_to_death.head.node != NULL, anew = step == 0 || by_age->year > 0;
    for (size_t a = 0; a < curve->ages && anew; a++) {
        curve->age[a] = (double)a;
        curve->need[a] = frem_series_at(by_age, view->model->base + (int)step, 0, 0, a);
    }
    if (dies && anew)
        find_survivors(view, need, curve, dying);
    for (size_t a = 0; a < curve->ages; a++)
        out[a] = curve->need[a];
    if (need->healthy_ageing.head.node != NULL)
        read_younger(view, &need->healthy_ageing, curve, step, out);
    if (dies)
        mix_dying(view, dying, curve, step, out);
}

/* [region][step] need, then as an index. */
static void fill_need(frem_view *view, const void *context, double *out) {
    const frem_need *need = context;
    const frem_model *model = view->model;
    const frem_people *people = &model->people;
    const frem_series *by_age = frem_view_series(view, &need->by_age);
    size_t ages = people->ages, steps = model->steps, regions = frem_index_count(model->regions);
    double *numbers = frem_view_numbers(view, 5 * ages);
    if (numbers == NULL)
        return;
    need_curve curve = {ages, numbers, numbers + ages, numbers + 2 * ages};
    double *of_age = numbers + 3 * ages;
    dying_need dying = {.survivor = numbers + 4 * ages};
    for (size_t t = 0; t < steps; t++) {
        const size_t of = frem_view_people_step(view, need, t);
        find_need(view, need, by_age, t, &curve, &dying, of_age);
        const double *factors = frem_view_factors(view, (frem_age_range){false, 0, 0}, t);
        for (size_t a = 0; a < ages && factors != NULL; a++)
            of_age[a] *= factors[a];
        for (size_t r = 0; r < regions; r++) {
            double *at = &out[r * steps + t];
            *at = 0;
            for (size_t a = 0; a < ages; a++)
                *at += of_age[a] * people->at[(r * steps + of) * ages + a];
        }
    }
    for (size_t r = 0; r < regions; r++) {
        double base = out[r * steps];
        for (size_t t = 0; t < steps; t++)
            out[r * steps + t] = base > 0 ? out[r * steps + t] / base : 0;
    }
    free(numbers);
}

void frem_batch_need(frem_batch *batch, const frem_need *need, frem_lanes *out) {
    frem_batch_fill(batch, fill_need, need, frem_index_count(batch->model->regions) * batch->model->steps,
                    out);
}
