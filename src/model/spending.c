/* What each region spends, at fixed prices, as an index. */
#include "model/demand.h"

/* [region][step] */
static void fill_spending(frem_view *view, const void *context, double *out) {
    const frem_spending *spending = context;
    const frem_model *model = view->model;
    const frem_series *amount = frem_view_series(view, &spending->amount);
    const frem_series *deflator = frem_view_series(view, &spending->deflator);
    for (size_t r = 0; r < frem_index_count(model->regions); r++) {
        double base =
            frem_series_at(amount, model->base, r, 0, 0) * frem_series_at(deflator, model->base, 0, 0, 0);
        for (size_t t = 0; t < model->steps; t++) {
            int year = model->base + (int)t;
            double spent = frem_series_at(amount, year, r, 0, 0) * frem_series_at(deflator, year, 0, 0, 0);
            *out++ = base > 0 ? spent / base : 0;
        }
    }
}

void frem_batch_spending(frem_batch *batch, const frem_spending *spending, frem_lanes *out) {
    frem_batch_fill(batch, fill_spending, spending,
                    frem_index_count(batch->model->regions) * batch->model->steps, out);
}
