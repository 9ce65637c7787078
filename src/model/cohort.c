/* Entry cohorts: which are needed, the stages that each meets, and the parts that start and end together. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"
#include "model/mix.h"
#include "model/programme.h"
#include "model/split.h"
#include "scenario/calendar.h"

static size_t count_stages(const frem_programme *programme) {
    return programme->stages.count > 0 ? programme->stages.count : 1;
}

/* What a stage loses, or what a programme of one stage keeps. */
static const frem_value *outcome(const frem_programme *programme, size_t stage) {
    return programme->stages.count > 0 ? &programme->stages.items[stage].dropout : &programme->completion;
}

/* What says what becomes of people: the value at a place, NULL past the last. */
static const frem_value *keyed_value(const frem_programme *programme, size_t i) {
    size_t stages = count_stages(programme);
    if (i < stages)
        return outcome(programme, i);
    return i == stages ? &programme->outside : i == stages + 1 ? &programme->begin_again.share : NULL;
}

const frem_value *frem_studied_by_region(const frem_batch *batch, const frem_programme *programme) {
    if (frem_batch_layout(batch, &programme->entry)->region > 0)
        return &programme->entry;
    for (size_t i = 0; keyed_value(programme, i) != NULL; i++) {
        if (frem_batch_layout(batch, keyed_value(programme, i))->region > 0)
            return keyed_value(programme, i);
    }
    return NULL;
}

static bool differs_by_sex(const frem_batch *batch, const frem_programme *programme) {
    for (size_t i = 0; keyed_value(programme, i) != NULL; i++) {
        if (frem_batch_layout(batch, keyed_value(programme, i))->sex > 0)
            return true;
    }
    return false;
}

/* The stages that people of a region and sex meet in an entry cohort; a programme with one completion rate is one stage.
 * @param[out] length of all stages; NaN where the scenario does not give the year.
 * @return the value that does not give the year, or NULL. */
static const frem_value *parts_of(frem_view *view, const frem_programme *programme, int year, size_t region,
                                  size_t sex, frem_course_part *parts, double *length) {
    bool staged = programme->stages.count > 0;
    const frem_value *lacking = NULL;
    *length = 0;
    for (size_t i = 0; i < count_stages(programme); i++) {
        const frem_value *lasts = staged ? &programme->stages.items[i].length : &programme->length;
        const frem_value *loses = outcome(programme, i);
        double years = frem_series_at(frem_view_series(view, lasts), year, 0, 0, 0);
        double rate = frem_series_at(frem_view_series(view, loses), year, region, sex, 0);
        if (isnan(years) || isnan(rate))
            lacking = isnan(years) ? lasts : loses;
        parts[i] = (frem_course_part){years, staged ? rate : 1 - rate};
        *length += years;
    }
    return lacking;
}

/* Years that a reform takes off an entry cohort's programme. */
static double shorter_by(frem_view *view, const frem_programme *programme, int year) {
    const frem_reform *reform = &programme->reform;
    const size_t k = (size_t)(programme - view->model->scenario->programmes.items);
    if (reform->head.node == NULL ||
        frem_view_year(view, frem_mix_part(view->model, FREM_PART_REFORM, k), year) < reform->from)
        return 0;
    return frem_value_given(&reform->shorter) ? frem_view_number(view, &reform->shorter, 0)
                                              : frem_view_number(view, &reform->ects, 0) / 60;
}

/* Whether a length is one that a cohort can have, and the reform leaves something of it; reports where not. */
static bool check_length(frem_view *view, const frem_programme *programme, double length, double off) {
    char years[32], shorter[32], most[16];
    bool too_long = length > FREM_LENGTH_MAX + 1e-9;
    if (!too_long && !(off > length))
        return true;
    frem_number_shortest(years, length);
    frem_number_shortest(shorter, off);
    (void)snprintf(most, sizeof most, "%d", FREM_LENGTH_MAX);
    if (too_long) {
        FREM_VIEW_PROBLEM(view, programme->head.place, COURSE_TOO_LONG, programme->head.path, years, most);
        return false;
    }
    FREM_VIEW_PROBLEM(view, programme->reform.head.place, REFORM_TOO_SHORT, programme->reform.head.path,
                      shorter, years);
    return false;
}

/* The parts of an entry cohort that start and end together. What a reform takes off the length, it takes off the
 * calendar too. @param length before the reform. */
static void courses_of(frem_view *view, const frem_programme *programme, int year, double length,
                       frem_course *courses, size_t *n) {
    const frem_model *model = view->model;
    double off = shorter_by(view, programme, year);
    *n = 0;
    if (!check_length(view, programme, length, off))
        return;
    if (programme->starts.count == 0) {
        *n = frem_course_plain(courses, year, length - off, model->count);
        return;
    }
    double full = isnan(programme->full_length) ? length : programme->full_length;
    for (size_t i = 0; i < programme->starts.count && i < FREM_STARTS_MAX; i++) {
        const frem_start *start = &programme->starts.items[i];
        int month = frem_month_of(start->head.key, strlen(start->head.key));
        frem_course *course = &courses[(*n)++];
        if (!frem_course_start(course, year, month, start->ends, full, length - off, model->count)) {
            char years[32];
            frem_number_shortest(years, full);
            FREM_VIEW_PROBLEM(view, start->head.place, END_FAR_FROM_LENGTH, start->head.path, years,
                              frem_months[start->ends - 1]);
            *n = 0;
            return;
        }
        course->weight = frem_view_number(view, &start->share, 0);
    }
}

void frem_cohort_of(frem_view *view, const frem_programme *programme, int year, size_t region, size_t sex,
                    frem_cohort *cohort) {
    double length;
    const frem_value *lacking = parts_of(view, programme, year, region, sex, cohort->parts, &length);
    cohort->n_courses = 0;
    if (lacking != NULL)
        frem_view_lacks_year(view, lacking, year);
    else
        courses_of(view, programme, year, length, cohort->courses, &cohort->n_courses);
}

double frem_programme_delay(frem_view *view, const frem_programme *programme, int years) {
    if (programme->delay.count == 0)
        return years == 0 ? 1 : 0;
    char key[16];
    (void)snprintf(key, sizeof key, "%d", years);
    const frem_value *share = frem_values_find(&programme->delay, key);
    return share != NULL ? frem_view_number(view, share, 0) : 0;
}

/* The shares of the starts, and of the delays, each sum to 1, in every lane. */
static void check_shares(frem_view *view, const frem_programme *programme) {
    double starts = 0, delays = 0;
    for (size_t i = 0; i < programme->starts.count; i++)
        starts += frem_view_number(view, &programme->starts.items[i].share, 0);
    for (int d = 0; d <= FREM_DELAY_MAX; d++)
        delays += frem_programme_delay(view, programme, d);
    const struct {
        const char *key;
        bool given;
        double sum;
    } sums[] = {{"starts", programme->starts.count > 0, starts}, {"delay", true, delays}};
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++) {
        if (!sums[i].given || fabs(sums[i].sum - 1) <= 1e-9)
            continue;
        char text[32];
        frem_number_brief(text, sums[i].sum, 1);
        FREM_VIEW_PROBLEM(view, frem_entry_place(&programme->head, sums[i].key), SHARES_SUM,
                          programme->head.path, text, sums[i].key);
        return;
    }
}

int frem_programme_latest(frem_view *view, const frem_programme *programme) {
    int longest = 0;
    for (int d = 1; d <= FREM_DELAY_MAX; d++)
        longest = frem_programme_delay(view, programme, d) > 0 ? d : longest;
    return longest;
}

/* The same for every region and sex: a value that lacks the year for one of them lacks it. The parts are those of the last. */
static const frem_value *all_parts_of(frem_view *view, const frem_stream *what, int year,
                                      frem_course_part *parts, double *length) {
    size_t regions = what->regional ? frem_index_count(view->model->regions) : 1;
    const frem_value *lacking = NULL;
    for (size_t i = 0; i < regions * what->sexes; i++) {
        const frem_value *one =
            parts_of(view, what->programme, year, i / what->sexes, i % what->sexes, parts, length);
        lacking = lacking != NULL ? lacking : one;
    }
    return lacking;
}

/* One lane's part of measuring: the cohorts from the last year back to the first one needed. */
static void measure_lane(frem_view *view, frem_stream *what) {
    const frem_model *model = view->model;
    int until = model->base + (int)model->steps - 1, longest = 0;
    int late = frem_programme_latest(view, what->programme);
    double guess = (double)NAN; /* length of the cohort after, where a cohort's own is not given */
    for (int year = until; year >= model->entry_first; year--) {
        frem_cohort cohort;
        double length;
        const frem_value *lacking = all_parts_of(view, what, year, cohort.parts, &length);
        if (!isnan(length))
            guess = length;
        if (isnan(guess)) {
            frem_view_lacks_year(view, lacking, year);
            return;
        }
        courses_of(view, what->programme, year, guess, cohort.courses, &cohort.n_courses);
        if (view->status != FREM_OK)
            return;
        bool needed = false;
        for (size_t i = 0; i < cohort.n_courses; i++)
            needed = needed || (cohort.courses[i].joins + late > model->base && cohort.courses[i].weight > 0);
        /* Keep the base year's cohort even if all have already joined: its intake is reported. */
        if (!needed && (year != model->base || lacking != NULL))
            continue;
        if (lacking != NULL) {
            frem_view_lacks_year(view, lacking, year);
            return;
        }
        for (size_t i = 0; i < cohort.n_courses && needed; i++) {
            const frem_course *course = &cohort.courses[i];
            int lag = course->joins - year > course->shift ? course->joins - year : course->shift;
            longest = lag + late > longest ? lag + late : longest;
        }
        what->first = year < what->first ? year : what->first;
    }
    what->lags = (size_t)longest + 1 > what->lags ? (size_t)longest + 1 : what->lags;
}

bool frem_begins_again(const frem_programme *programme) {
    return programme->begin_again.head.node != NULL;
}

bool frem_stream_measure(frem_batch *batch, const frem_programme *programme, frem_stream *what) {
    const frem_model *model = batch->model;
    int until = model->base + (int)model->steps - 1;
    *what = (frem_stream){.programme = programme,
                          .first = until,
                          .lags = 1,
                          .stages = count_stages(programme),
                          .sexes = 1,
                          .regional = frem_studied_by_region(batch, programme) != NULL,
                          .profiles = frem_batch_layout(batch, &programme->entry)->year > 0};
    if (differs_by_sex(batch, programme))
        what->sexes = frem_index_count(model->sexes);
    if (what->stages > FREM_STAGES_MAX) {
        char most[16];
        (void)snprintf(most, sizeof most, "%d", FREM_STAGES_MAX);
        FREM_BATCH_PROBLEM(batch, frem_entry_place(&programme->head, "stages"), TOO_MANY_STAGES,
                           programme->head.path, most);
        return false;
    }
    what->profession =
        (size_t)frem_index_find(model->professions, programme->leads_to, strlen(programme->leads_to));
    bool sound = true;
    for (size_t lane = 0; lane < batch->lanes && sound; lane++) {
        check_shares(&batch->views[lane], programme);
        measure_lane(&batch->views[lane], what);
        sound = frem_batch_take(batch, lane);
    }
    what->entries = (size_t)(until - what->first + 1);
    what->profiles = what->profiles > 0 ? what->entries : 1;
    if (frem_begins_again(programme) && what->lags < what->entries)
        what->lags = what->entries; /* those who begin again may be there until the last year */
    what->shifts = what->lags + 1;
    return sound;
}
