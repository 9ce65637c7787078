/* Intake that practicum places limit. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/areas.h"
#include "model/practicum.h"
#include "model/programme.h"

/* The most that may start in one year. @param scratch [lags * (stages + 2)] */
static double most_of(frem_view *view, const frem_practicum_programme *practicum, const frem_stream *what,
                      size_t entry, const double *studying, double *scratch) {
    size_t lags = what->lags, stages = what->stages;
    double *load = scratch, *sum = load + lags * stages, *offered = sum + lags;
    int year = what->first + (int)entry, until = view->model->base + (int)view->model->steps - 1;
    ptrdiff_t region = frem_intake_by_region(view->model, what->programme) ? (ptrdiff_t)what->region : -1;
    const frem_area *area = frem_programme_area(view->model, what->programme);
    frem_studying at = {studying + entry * lags * stages, lags, stages};
    frem_practicum_load(view, practicum, what->programme, year, at, load);
    for (size_t lag = 0; lag < lags; lag++) {
        sum[lag] = 0;
        for (size_t s = 0; s < stages; s++)
            sum[lag] += load[lag * stages + s];
        /* After the last year as many places are taken to be on offer as in it; else the last cohorts, whose practicum
         * comes later, would be without a limit. */
        int when = year + (int)lag < until ? year + (int)lag : until;
        offered[lag] = frem_practicum_offer(view, practicum, when, area, region);
    }
    return frem_practicum_carries(sum, offered, lags);
}

void frem_practicum_intake_fill(frem_view *view, const void *context, double *out) {
    const frem_stream *what = context;
    const frem_practicum_programme *practicum = frem_practicum_of(view->model->scenario, what->programme);
    frem_intake_fill(view, what, out);
    if (practicum == NULL || practicum->caps_intake != FREM_YES)
        return;
    size_t cohort = what->lags * what->stages;
    double *studying = frem_view_numbers(view, what->entries * cohort + cohort + 2 * what->lags);
    if (studying == NULL)
        return;
    frem_studying_fill(view, what, studying);
    for (size_t e = 0; e < what->entries && view->status == FREM_OK; e++) {
        if (what->first + (int)e > view->model->base)
            out[e] =
                fmin(out[e], most_of(view, practicum, what, e, studying, studying + what->entries * cohort));
    }
    free(studying);
}

frem_status frem_practicum_planned(const frem_batch *batch, size_t stream, double *out) {
    const frem_core_programme *core = &batch->inputs.programmes[stream];
    frem_stream what = {.programme = &batch->model->scenario->programmes.items[batch->programme_of[stream]],
                        .profession = core->profession,
                        .first = batch->model->base + (int)core->first_step,
                        .entries = core->entries,
                        .lags = core->lags,
                        .shifts = core->shifts,
                        .stages = core->stages,
                        .sexes = 1,
                        .region = core->region >= 0 ? (size_t)core->region : 0};
    frem_intake_fill(&batch->views[0], &what, out);
    return frem_view_end(&batch->views[0]);
}
