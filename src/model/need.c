/* Need by age as an index: healthy ageing, and years to death. */
#include <math.h>
#include <stdlib.h>

#include "base/problem.h"
#include "model/demand.h"
#include "numeric/numeric.h"

/* Need of a person by age, as the curve that healthy ageing reads. */
typedef struct need_curve {
    size_t ages;
    double *age;     /* 0, 1, 2, ... */
    double *need;    /* at each whole age */
    double *read_at; /* room for the ages that are read */
} need_curve;

/* Healthy ageing: every age above `from` has the need of a younger one, by the years that life became longer. */
static frem_status read_younger(frem_view *view, const frem_healthy *healthy, const need_curve *curve,
                                size_t step, double *out) {
    const frem_series *expected = frem_view_series(view, &healthy->life_expectancy);
    int base = view->model->base;
    double gain =
        frem_series_at(expected, base + (int)step, 0, 0, 0) - frem_series_at(expected, base, 0, 0, 0);
    double years = frem_view_number(view, &healthy->strength, 0) * gain;
    for (size_t a = 0; a < curve->ages; a++)
        curve->read_at[a] =
            (int64_t)a > healthy->from ? fmax((double)healthy->from, (double)a - years) : (double)a;
    return frem_curve(curve->age, curve->need, curve->ages, FREM_BETWEEN_SPLINE, curve->read_at, out,
                      curve->ages);
}

/* Years to death: those who die within some years have a need of their own. Mortality is held at its last year
 * and at the oldest age. */
static void mix_dying(frem_view *view, const frem_dying *dying, const need_curve *curve, size_t step,
                      double *out) {
    const frem_series *mortality = frem_view_series(view, &dying->mortality);
    double decedent = frem_view_number(view, &dying->decedent, 0);
    size_t last = view->model->steps - 1;
    for (size_t a = 0; a < curve->ages; a++) {
        double survives = 1;
        for (size_t k = 0; k < (size_t)dying->years; k++) {
            size_t t = step + k < last ? step + k : last, age = a + k < curve->ages ? a + k : curve->ages - 1;
            survives *= 1 - frem_series_at(mortality, view->model->base + (int)t, 0, 0, age);
        }
        out[a] = curve->need[a] * survives + decedent * (1 - survives);
    }
}

/* [region][step] need, then as an index. */
static frem_status fill_need(frem_view *view, const void *context, double *out) {
    const frem_need *need = context;
    const frem_model *model = view->model;
    const frem_people *people = &model->people;
    const frem_series *by_age = frem_view_series(view, &need->by_age);
    size_t ages = people->ages, steps = model->steps, regions = frem_index_count(model->regions);
    double *numbers = malloc(4 * ages * sizeof *numbers);
    if (numbers == NULL)
        return FREM_NO_MEMORY;
    need_curve curve = {ages, numbers, numbers + ages, numbers + 2 * ages};
    double *of_age = numbers + 3 * ages;
    frem_status status = FREM_OK;
    for (size_t a = 0; a < ages; a++) {
        curve.age[a] = (double)a;
        curve.need[a] = frem_series_at(by_age, model->base, 0, 0, a);
    }
    for (size_t t = 0; t < steps && status == FREM_OK; t++) {
        for (size_t a = 0; a < ages; a++)
            of_age[a] = curve.need[a];
        if (need->healthy_ageing.head.node != NULL)
            status = read_younger(view, &need->healthy_ageing, &curve, t, of_age);
        if (need->years_to_death.head.node != NULL)
            mix_dying(view, &need->years_to_death, &curve, t, of_age);
        for (size_t r = 0; r < regions && status == FREM_OK; r++) {
            double *at = &out[r * steps + t];
            *at = 0;
            for (size_t a = 0; a < ages; a++)
                *at += of_age[a] * people->at[(r * steps + t) * ages + a];
        }
    }
    for (size_t r = 0; r < regions && status == FREM_OK; r++) {
        double base = out[r * steps];
        for (size_t t = 0; t < steps; t++)
            out[r * steps + t] = base > 0 ? out[r * steps + t] / base : 0;
    }
    free(numbers);
    return status;
}

frem_status frem_batch_need(frem_batch *batch, const frem_need *need, frem_lanes *out) {
    return frem_batch_fill(batch, fill_need, need,
                           frem_index_count(batch->model->regions) * batch->model->steps, out);
}
