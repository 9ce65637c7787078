/* What answers a shortage: untrained staff, unemployment and pay. */
#include "model/feedback.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"

double frem_view_pay(frem_view *view, const frem_profession *profession, int year) {
    const frem_pay *pay = &profession->feedback.pay;
    if (!frem_pay_given(profession))
        return 1;
    const frem_series *index = frem_view_series(view, &pay->index);
    double change = frem_series_at(index, year, 0, 0, 0) / frem_series_at(index, view->model->base, 0, 0, 0);
    return pow(change, frem_view_number(view, &pay->elasticity, 0));
}

static void fill_number(frem_view *view, const void *context, double *out) {
    *out = frem_view_number(view, context, 0);
}

/* Bounds that leave room between them. */
static void fill_least(frem_view *view, const void *context, double *out) {
    const frem_unemployment *answer = context;
    double most = frem_view_number(view, &answer->most, 1);
    *out = frem_view_number(view, &answer->least, 0);
    if (*out < most)
        return;
    char low[32], high[32];
    frem_number_shortest(low, *out);
    frem_number_shortest(high, most);
    FREM_VIEW_PROBLEM(view, answer->least.head.place, ORDER_WRONG, answer->head.path, "least", low, "most",
                      high);
}

void frem_batch_feedback(frem_batch *batch, const frem_profession *profession, frem_core_profession *out) {
    const frem_feedback *feedback = &profession->feedback;
    const frem_unemployment *answer = &feedback->unemployment;
    const frem_index *professions = batch->model->professions;
    if (answer->head.node != NULL) {
        frem_batch_fill(batch, fill_number, &answer->response, 1, &out->response.rate);
        frem_batch_fill(batch, fill_least, answer, 1, &out->response.least);
        frem_batch_fill(batch, fill_number, &answer->most, 1, &out->response.most);
    }
    if (feedback->untrained.head.node == NULL)
        return;
    const char *by = feedback->untrained.profession;
    ptrdiff_t place = frem_index_find(professions, by, strlen(by));
    if (place < 0)
        frem_batch_fail(batch, FREM_DEFECT); /* the scenario was checked */
    out->filled_by = place >= 0 ? (size_t)place : 0;
    frem_batch_years(batch, &feedback->untrained.share, &out->filled);
}
