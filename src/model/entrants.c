/* Entrants by sex and age at entry. */
#include <math.h>
#include <stdlib.h>

#include "base/number.h"
#include "base/problem.h"
#include "model/programme.h"

void frem_entrants_fill(frem_view *view, const void *context, double *out) {
    const frem_stream *what = context;
    const frem_value *given = &what->programme->entry_total, *entry = &what->programme->entry;
    size_t cells = frem_index_count(view->model->sexes) * view->model->ages;
    double total = frem_view_number(view, given, (double)NAN);
    if (total <= 0) {
        FREM_VIEW_PROBLEM(view, given->head.place, TOTAL_ZERO, given->head.path);
        return;
    }
    for (size_t e = 0; e < what->profiles; e++)
        frem_view_profile_of(view, entry, what->first + (int)e, what->region, total, out + e * cells);
}

void frem_entrants_parts(frem_view *view, const frem_stream *what, double *parts) {
    size_t ages = view->model->ages, all = frem_index_count(view->model->sexes), sexes = what->sexes;
    double *shares = frem_view_numbers(view, what->profiles * all * ages);
    if (shares != NULL)
        frem_entrants_fill(view, what, shares);
    for (size_t e = 0; e < what->entries && shares != NULL; e++) {
        const double *profile = shares + (what->profiles > 1 ? e : 0) * all * ages;
        double sum = 0;
        for (size_t sex = 0; sex < sexes; sex++) {
            double *part = &parts[e * sexes + sex];
            *part = 0;
            for (size_t a = 0; a < ages; a++)
                *part += profile[sex * ages + a];
            sum += *part;
        }
        for (size_t sex = 0; sex < sexes; sex++)
            parts[e * sexes + sex] /= sum;
    }
    free(shares);
}

/* A published total is of one table: entrants of several years or regions have one each.
 * @return whether it is; reports where not. */
static bool check_total(frem_batch *batch, const frem_stream *what) {
    const frem_series *entry = frem_batch_layout(batch, &what->programme->entry);
    if (entry->year == 0 && entry->region == 0)
        return true;
    FREM_BATCH_PROBLEM(batch, what->programme->entry_total.head.place, KEY_NOT_USED,
                       what->programme->head.path, "entry_total",
                       "`entry` differs by year or region, and each has a sum of its own",
                       "`entry` varierer med år eller område, og hver har sin egen sum");
    return false;
}

void frem_entrants_warn(frem_batch *batch, const frem_stream *what) {
    const frem_model *model = batch->model;
    const frem_value *given = &what->programme->entry_total;
    size_t cells = frem_index_count(model->sexes) * model->ages;
    /* The sum is reported once for the scenario, not for every batch that is made of it. */
    if (!frem_value_given(given) || !check_total(batch, what) || model->diags == NULL)
        return;
    frem_view *view = &batch->views[0];
    double *shares = frem_view_numbers(view, cells), sum = 0;
    if (shares != NULL)
        frem_entrants_fill(view, what, shares);
    for (size_t i = 0; i < cells && shares != NULL; i++)
        sum += shares[i];
    free(shares);
    if (!frem_batch_take(batch, 0) || fabs(sum - 1) <= 1e-9)
        return;
    char text[32];
    frem_number_brief(text, sum, 1);
    FREM_BATCH_PROBLEM(batch, given->head.place, ENTRY_SHARES_SUM, what->programme->head.path, text);
}
