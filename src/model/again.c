/* Dropouts who begin again: their second studies are added to what becomes of the cohort that they first started in. */
#include <stdlib.h>
#include <string.h>

#include "model/programme.h"

bool frem_begins_again(const frem_programme *programme) {
    return programme->begin_again.head.node != NULL;
}

/* [entry][lag] share of the entrants that drops out the first time at a lag and begins again later. */
static frem_status find_restarts(frem_view *view, const frem_stream *what, size_t sex, double *out) {
    const frem_again *again = &what->programme->begin_again;
    const frem_series *share = frem_view_series(view, &again->share);
    int until = view->model->base + (int)view->model->steps - 1;
    size_t cohorts = what->entries * what->lags;
    double *dropping = calloc(cohorts * what->stages, sizeof *dropping);
    frem_status status = dropping != NULL ? frem_dropping_once(view, what, sex, dropping) : FREM_NO_MEMORY;
    for (size_t i = 0; i < cohorts && status == FREM_OK; i++) {
        int year = what->first + (int)(i / what->lags + i % what->lags);
        double dropped = 0;
        for (size_t stage = 0; stage < what->stages; stage++)
            dropped += dropping[i * what->stages + stage];
        out[i] = dropped > 0 && year + again->after <= until
                     ? dropped * frem_series_at(share, year, what->region, sex, 0)
                     : 0;
    }
    free(dropping);
    return status;
}

/* The last cohorts first: whoever begins again in one of them may do so once more, and that is in it already. */
static void add_restarts(const frem_stream *what, const double *restarts, size_t width, bool older,
                         double *out) {
    for (size_t i = what->entries * what->lags; i-- > 0;) {
        size_t e = i / what->lags, later = i % what->lags + (size_t)what->programme->begin_again.after;
        if (!(restarts[i] > 0))
            continue;
        const double *from = out + (e + later) * what->lags * width;
        double *to = out + (e * what->lags + later) * width;
        for (size_t k = 0; k < (what->lags - later) * width; k++) {
            if (from[k] > 0)
                to[k + (older ? later : 0)] += restarts[i] * from[k];
        }
    }
}

frem_status frem_again_add(frem_view *view, const frem_stream *what, size_t sex, size_t width, bool older,
                           double *out) {
    if (!frem_begins_again(what->programme))
        return FREM_OK;
    double *restarts = malloc(what->entries * what->lags * sizeof *restarts);
    frem_status status = restarts != NULL ? find_restarts(view, what, sex, restarts) : FREM_NO_MEMORY;
    if (status == FREM_OK)
        add_restarts(what, restarts, width, older, out);
    free(restarts);
    return status;
}

frem_status frem_again_share(frem_view *view, const frem_stream *what, size_t sex, double *out) {
    size_t after = (size_t)what->programme->begin_again.after;
    double *restarts = malloc(what->entries * what->lags * sizeof *restarts);
    frem_status status = restarts != NULL ? find_restarts(view, what, sex, restarts) : FREM_NO_MEMORY;
    for (size_t i = 0; i < what->entries * what->lags && status == FREM_OK; i++) {
        if (restarts[i] > 0)
            out[i + after] += restarts[i];
    }
    if (status == FREM_OK)
        add_restarts(what, restarts, 1, false, out);
    free(restarts);
    return status;
}
