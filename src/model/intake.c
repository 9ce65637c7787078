/* Who starts on a programme: a given intake, or applicants and places, with shocks and the size of the young
 * generation. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/problem.h"
#include "model/areas.h"
#include "model/mix.h"
#include "model/programme.h"

bool frem_intake_by_region(const frem_model *model, const frem_programme *programme) {
    const frem_value *values[] = {&programme->intake, &programme->places, &programme->applicants};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        if (frem_value_given(values[i]) && model->series[values[i]->parameter].region > 0)
            return true;
    }
    return false;
}

/* Persons of the group that intake follows, in the regions that its entrants are of. */
static double young(const frem_model *model, const frem_programme *programme, size_t step,
                    const double *factors) {
    const frem_area *area = frem_programme_area(model, programme);
    double sum = 0;
    for (size_t r = 0; r < frem_index_count(model->regions); r++) {
        if (area->has[r])
            sum += frem_model_persons_times(model, programme->intake_follows.population, r, step, factors);
    }
    return sum;
}

bool frem_intake_check(frem_batch *batch, const frem_programme *programme) {
    const frem_model *model = batch->model;
    const frem_young *follows = &programme->intake_follows;
    if (frem_value_given(&programme->places) && frem_value_given(&programme->applicants) &&
        frem_index_count(model->regions) > 1) {
        bool places = model->series[programme->places.parameter].region > 0;
        bool applicants = model->series[programme->applicants.parameter].region > 0;
        if (places != applicants) {
            FREM_BATCH_PROBLEM(batch, programme->places.head.place, PLACES_REGIONS, programme->head.path,
                               places ? "places" : "applicants", places ? "applicants" : "places");
            return false;
        }
    }
    if (follows->head.node == NULL)
        return true;
    if (!frem_model_can_tell(model, batch->diags, follows->population, &follows->head, "population")) {
        frem_batch_fail(batch, FREM_INVALID);
        return false;
    }
    if (young(model, programme, 0, NULL) > 0)
        return true;
    char ages[FREM_AGES_TEXT], year[16];
    frem_ages_text(ages, follows->population);
    (void)snprintf(year, sizeof year, "%d", model->base);
    FREM_BATCH_PROBLEM(batch, follows->head.place, NOBODY_TO_FOLLOW, follows->head.path, ages, year);
    return false;
}

/* A needed entry cohort that the scenario says nothing about. */
static void lacks_entry(frem_view *view, const frem_stream *what, const frem_value *value, int year) {
    frem_cohort cohort;
    char entry[16], joins[16];
    frem_cohort_of(view, what->programme, year, what->region, 0, &cohort);
    if (cohort.n_courses == 0)
        return; /* which is the problem that is reported */
    (void)snprintf(entry, sizeof entry, "%d", year);
    int late = frem_programme_latest(view, what->programme); /* those who come last are why it is needed */
    (void)snprintf(joins, sizeof joins, "%d", cohort.courses[0].joins + late);
    FREM_VIEW_PROBLEM(view, frem_entry_place(&what->programme->head, value->field->key), INTAKE_LACKING,
                      what->programme->head.path, entry, joins);
}

/* [entry] of a value by entry year; before the first year given as `earlier_intake` says. */
static void by_entry(frem_view *view, const frem_stream *what, const frem_value *value, double *out) {
    const frem_series *series = frem_view_series(view, value);
    size_t given = what->entries;
    for (size_t e = what->entries; e-- > 0;) {
        out[e] = frem_series_at(series, what->first + (int)e, what->region, 0, 0);
        given = isnan(out[e]) ? given : e; /* ends as the first year given */
    }
    if (given == what->entries) {
        lacks_entry(view, what, value, what->first);
        return;
    }
    for (size_t e = 0; e < what->entries; e++) {
        if (!isnan(out[e]))
            continue;
        if (e > given) {
            frem_view_lacks_year(view, value, what->first + (int)e);
            return;
        }
        if (what->programme->earlier_intake == FREM_EARLIER_REQUIRED) {
            lacks_entry(view, what, value, what->first + (int)e);
            return;
        }
        out[e] = what->programme->earlier_intake == FREM_EARLIER_HOLD ? out[given] : 0;
    }
}

/* The factor on intake, or on applicants where those are given. A year without a shock has none; the generation
 * counts from the base year on, for the years before are as they were. */
static double factor_of(frem_view *view, const frem_programme *programme, int year) {
    const frem_model *model = view->model;
    const frem_series *shock = frem_view_series(view, &programme->shock);
    double factor = shock->at != NULL ? frem_series_at(shock, year, 0, 0, 0) : 1;
    factor = isnan(factor) ? 1 : factor;
    if (programme->intake_follows.head.node == NULL || year <= model->base)
        return factor;
    const size_t step = frem_view_people_step(view, programme, (size_t)(year - model->base));
    const double *factors =
        frem_view_factors(view, programme->intake_follows.population, (size_t)(year - model->base));
    return factor * (young(model, programme, step, factors) / young(model, programme, 0, NULL));
}

/* Applicants who may be admitted, over the places that are in `out` already. */
static void admit(frem_view *view, const frem_stream *what, bool places, double *out) {
    const frem_programme *programme = what->programme;
    const frem_series *qualified = frem_view_series(view, &programme->qualified_share);
    double *applicants = frem_view_numbers(view, what->entries);
    if (applicants != NULL)
        by_entry(view, what, &programme->applicants, applicants);
    for (size_t e = 0; e < what->entries && applicants != NULL; e++) {
        int year = what->first + (int)e;
        double share = frem_series_at(qualified, year, 0, 0, 0);
        if (isnan(share) && applicants[e] > 0)
            frem_view_lacks_year(view, &programme->qualified_share, year);
        double admitted = applicants[e] > 0 ? applicants[e] * share * factor_of(view, programme, year) : 0;
        out[e] = places ? fmin(out[e], admitted) : admitted;
    }
    free(applicants);
}

/* Places without applicants are all filled, as long as a factor leaves as many who want them. */
void frem_intake_fill(frem_view *view, const void *context, double *out) {
    const frem_stream *what = context;
    const frem_programme *programme = what->programme;
    bool places = frem_value_given(&programme->places);
    if (frem_value_given(&programme->intake) || places)
        by_entry(view, what, places ? &programme->places : &programme->intake, out);
    if (frem_value_given(&programme->applicants)) {
        admit(view, what, places, out);
        return;
    }
    for (size_t e = 0; e < what->entries; e++) {
        double factor = factor_of(view, programme, what->first + (int)e);
        out[e] *= places ? fmin(factor, 1) : factor;
    }
}

void frem_places_fill(frem_view *view, const void *context, double *out) {
    const frem_stream *what = context;
    by_entry(view, what, &what->programme->places, out);
}
