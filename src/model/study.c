/* What becomes of the entry cohorts year by year: who studies, drops out, begins again and joins. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/programme.h"

/* What a fill does with one course of one entry cohort. Flows up to the base year are left out: which cohorts are
 * there from before it depends on the longest lane. */
typedef void (*on_course)(frem_view *view, const frem_stream *what, size_t entry, const frem_course *course,
                          const frem_course_part *parts, double *out);

static void each_course(frem_view *view, const frem_stream *what, size_t sex, on_course use, double *out) {
    for (size_t e = 0; e < what->entries; e++) {
        frem_cohort cohort;
        frem_cohort_of(view, what->programme, what->first + (int)e, what->region, sex, &cohort);
        for (size_t i = 0; i < cohort.n_courses; i++)
            use(view, what, e, &cohort.courses[i], cohort.parts, out);
    }
}

static void join(frem_view *view, const frem_stream *what, size_t entry, const frem_course *course,
                 const frem_course_part *parts, double *out) {
    double share = course->weight * frem_course_completion(parts, what->stages);
    size_t lag = (size_t)(course->joins - (what->first + (int)entry));
    for (int late = 0; late <= FREM_DELAY_MAX; late++) {
        double of = share * frem_programme_delay(view, what->programme, late);
        if (!(of > 0) || course->joins + late <= view->model->base)
            continue;
        double *at = out + (entry * what->lags + lag + (size_t)late) * what->shifts + course->shift + late;
        at[0] += of * course->younger;
        at[1] += of * (1 - course->younger);
    }
}

/* Both what studies at the count dates and what dropped out between them; `dropping` chooses. */
static void follow(frem_view *view, const frem_stream *what, size_t entry, const frem_course *course,
                   const frem_course_part *parts, double *out, bool dropping) {
    int year = what->first + (int)entry;
    for (size_t stage = 0; stage < what->stages; stage++) {
        double before = 0;
        for (size_t lag = 0; lag < what->lags; lag++) {
            double studying, dropped, time = 12.0 * (year + (int)lag) + view->model->count;
            frem_course_at(course, parts, what->stages, stage, time, &studying, &dropped);
            bool counts = !dropping || year + (int)lag > view->model->base;
            out[(entry * what->lags + lag) * what->stages + stage] +=
                counts ? course->weight * (dropping ? dropped - before : studying) : 0;
            before = dropped;
        }
    }
}

static void study(frem_view *view, const frem_stream *what, size_t entry, const frem_course *course,
                  const frem_course_part *parts, double *out) {
    follow(view, what, entry, course, parts, out, false);
}

static void drop(frem_view *view, const frem_stream *what, size_t entry, const frem_course *course,
                 const frem_course_part *parts, double *out) {
    follow(view, what, entry, course, parts, out, true);
}

/* The outcomes of one sex's entrants with their first dropout, before any begin again. @param out [entry][lag][...] */
typedef void (*of_sex)(frem_view *view, const frem_stream *what, size_t sex, double *out);

static void study_once(frem_view *view, const frem_stream *what, size_t sex, double *out) {
    each_course(view, what, sex, study, out);
}

static void drop_once(frem_view *view, const frem_stream *what, size_t sex, double *out) {
    each_course(view, what, sex, drop, out);
}

/* ---- those who begin again: their second studies are added to the cohort that they first started in ---- */

/* [entry][lag] share of the entrants that drops out the first time at a lag and begins again later. */
static void find_restarts(frem_view *view, const frem_stream *what, size_t sex, double *out) {
    const frem_again *again = &what->programme->begin_again;
    const frem_series *share = frem_view_series(view, &again->share);
    int until = view->model->base + (int)view->model->steps - 1;
    size_t cohorts = what->entries * what->lags;
    double *dropping = frem_view_numbers(view, cohorts * what->stages);
    if (dropping != NULL)
        drop_once(view, what, sex, dropping);
    for (size_t i = 0; i < cohorts && dropping != NULL; i++) {
        int year = what->first + (int)(i / what->lags + i % what->lags);
        double dropped = 0;
        for (size_t stage = 0; stage < what->stages; stage++)
            dropped += dropping[i * what->stages + stage];
        out[i] = dropped > 0 && year + again->after <= until
                     ? dropped * frem_series_at(share, year, what->region, sex, 0)
                     : 0;
    }
    free(dropping);
}

/* The last cohorts first: those who begin again in one of them may do so once more, which that cohort includes already. */
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

static void add_again(frem_view *view, const frem_stream *what, size_t sex, size_t width, bool older,
                      double *out) {
    if (!frem_begins_again(what->programme))
        return;
    double *restarts = frem_view_numbers(view, what->entries * what->lags);
    if (restarts == NULL)
        return;
    find_restarts(view, what, sex, restarts);
    add_restarts(what, restarts, width, older, out);
    free(restarts);
}

static void share_again(frem_view *view, const frem_stream *what, size_t sex, double *out) {
    size_t after = (size_t)what->programme->begin_again.after;
    double *restarts = frem_view_numbers(view, what->entries * what->lags);
    if (restarts == NULL)
        return;
    find_restarts(view, what, sex, restarts);
    for (size_t i = 0; i < what->entries * what->lags; i++) {
        if (restarts[i] > 0)
            out[i + after] += restarts[i];
    }
    add_restarts(what, restarts, 1, false, out);
    free(restarts);
}

static void study_sex(frem_view *view, const frem_stream *what, size_t sex, double *out) {
    each_course(view, what, sex, study, out);
    add_again(view, what, sex, what->stages, false, out);
}

static void drop_sex(frem_view *view, const frem_stream *what, size_t sex, double *out) {
    each_course(view, what, sex, drop, out);
    add_again(view, what, sex, what->stages, false, out);
}

void frem_joining_fill_sex(frem_view *view, const frem_stream *what, size_t sex, double *out) {
    each_course(view, what, sex, join, out);
    add_again(view, what, sex, what->shifts, true, out);
}

/* What becomes of an entry cohort as a whole, from what becomes of each sex. @param width numbers of an entry and lag */
static void all_sexes(frem_view *view, const frem_stream *what, of_sex fill, size_t width, double *out) {
    size_t n = what->entries * what->lags * width;
    if (what->sexes == 1) {
        fill(view, what, 0, out);
        return;
    }
    double *one = frem_view_numbers(view, n + what->sexes * what->entries);
    if (one == NULL)
        return;
    double *parts = one + n;
    frem_entrants_parts(view, what, parts);
    for (size_t sex = 0; sex < what->sexes; sex++) {
        memset(one, 0, n * sizeof *one);
        fill(view, what, sex, one);
        for (size_t i = 0; i < n; i++)
            out[i] += parts[i / (n / what->entries) * what->sexes + sex] * one[i];
    }
    free(one);
}

void frem_joining_fill(frem_view *view, const void *context, double *out) {
    const frem_stream *what = context;
    all_sexes(view, what, frem_joining_fill_sex, what->shifts, out);
}

void frem_studying_fill(frem_view *view, const void *context, double *out) {
    const frem_stream *what = context;
    all_sexes(view, what, study_once, what->stages, out);
}

void frem_students_fill(frem_view *view, const void *context, double *out) {
    const frem_stream *what = context;
    all_sexes(view, what, study_sex, what->stages, out);
}

void frem_dropping_fill(frem_view *view, const void *context, double *out) {
    const frem_stream *what = context;
    all_sexes(view, what, drop_sex, what->stages, out);
}

void frem_again_fill(frem_view *view, const void *context, double *out) {
    all_sexes(view, context, share_again, 1, out);
}
