/* Programmes as streams of entrants for the core. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"
#include "model/courses.h"
#include "model/practicum.h"
#include "model/programme.h"
#include "scenario/calendar.h"

static size_t count_stages(const frem_programme *programme) {
    return programme->stages.count > 0 ? programme->stages.count : 1;
}

/* What a stage loses, or what a programme of one stage keeps. */
static const frem_value *outcome(const frem_programme *programme, size_t stage) {
    return programme->stages.count > 0 ? &programme->stages.items[stage].dropout : &programme->completion;
}

/* What says what becomes of people: the value at a place, NULL past the last. */
static const frem_value *telling(const frem_programme *programme, size_t i) {
    size_t stages = count_stages(programme);
    if (i < stages)
        return outcome(programme, i);
    return i == stages ? &programme->outside : i == stages + 1 ? &programme->begin_again.share : NULL;
}

const frem_value *frem_studied_by_region(const frem_batch *batch, const frem_programme *programme) {
    if (frem_batch_layout(batch, &programme->entry)->region > 0)
        return &programme->entry;
    for (size_t i = 0; telling(programme, i) != NULL; i++) {
        if (frem_batch_layout(batch, telling(programme, i))->region > 0)
            return telling(programme, i);
    }
    return NULL;
}

static bool differs_by_sex(const frem_batch *batch, const frem_programme *programme) {
    for (size_t i = 0; telling(programme, i) != NULL; i++) {
        if (frem_batch_layout(batch, telling(programme, i))->sex > 0)
            return true;
    }
    return false;
}

/* The stages that people of a region and sex meet in an entry cohort; a programme with one completion rate is one stage.
 * @param[out] length of all stages; NaN where the scenario does not tell the year.
 * @return the value that does not tell the year, or NULL. */
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
    if (reform->head.node == NULL || year < reform->from)
        return 0;
    return frem_value_given(&reform->shorter) ? frem_view_number(view, &reform->shorter, 0)
                                              : frem_view_number(view, &reform->ects, 0) / 60;
}

static frem_status check_length(frem_view *view, const frem_programme *programme, double length, double off) {
    char years[32], shorter[32], most[16];
    bool too_long = length > FREM_LENGTH_MAX + 1e-9;
    if (!too_long && !(off > length))
        return FREM_OK;
    frem_number_shortest(years, length);
    frem_number_shortest(shorter, off);
    (void)snprintf(most, sizeof most, "%d", FREM_LENGTH_MAX);
    if (too_long)
        return FREM_PROBLEM(view->diags, programme->head.place, COURSE_TOO_LONG, programme->head.path, years,
                            most);
    return FREM_PROBLEM(view->diags, programme->reform.head.place, REFORM_TOO_SHORT,
                        programme->reform.head.path, shorter, years);
}

/* The parts of an entry cohort that start and end together. What a reform takes off the length, it takes off the
 * calendar too. @param length before the reform. */
static frem_status courses_of(frem_view *view, const frem_programme *programme, int year, double length,
                              frem_course *courses, size_t *n) {
    const frem_model *model = view->model;
    double off = shorter_by(view, programme, year);
    frem_status status = check_length(view, programme, length, off);
    *n = 0;
    if (status != FREM_OK)
        return status;
    if (programme->starts.count == 0) {
        *n = frem_course_plain(courses, year, length - off, model->count);
        return FREM_OK;
    }
    double full = isnan(programme->full_length) ? length : programme->full_length;
    for (size_t i = 0; i < programme->starts.count && i < FREM_STARTS_MAX; i++) {
        const frem_start *start = &programme->starts.items[i];
        int month = frem_month_of(start->head.key, strlen(start->head.key));
        frem_course *course = &courses[(*n)++];
        if (!frem_course_start(course, year, month, start->ends, full, length - off, model->count)) {
            char years[32];
            frem_number_shortest(years, full);
            return FREM_PROBLEM(view->diags, start->head.place, END_FAR_FROM_LENGTH, start->head.path, years,
                                frem_months[start->ends - 1]);
        }
        course->weight = frem_view_number(view, &start->share, 0);
    }
    return FREM_OK;
}

frem_status frem_cohort_of(frem_view *view, const frem_programme *programme, int year, size_t region,
                           size_t sex, frem_cohort *cohort) {
    double length;
    const frem_value *lacking = parts_of(view, programme, year, region, sex, cohort->parts, &length);
    if (lacking != NULL)
        return frem_view_lacks_year(view, lacking, year);
    return courses_of(view, programme, year, length, cohort->courses, &cohort->n_courses);
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
static frem_status check_shares(frem_view *view, const frem_programme *programme) {
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
        return FREM_PROBLEM(view->diags, frem_entry_place(&programme->head, sums[i].key), SHARES_SUM,
                            programme->head.path, text, sums[i].key);
    }
    return FREM_OK;
}

int frem_programme_latest(frem_view *view, const frem_programme *programme) {
    int longest = 0;
    for (int d = 1; d <= FREM_DELAY_MAX; d++)
        longest = frem_programme_delay(view, programme, d) > 0 ? d : longest;
    return longest;
}

/* The same of everybody: what does not tell the year for some region or sex lacks it. The parts are those of the last. */
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
static frem_status measure_lane(frem_view *view, frem_stream *what) {
    const frem_model *model = view->model;
    int until = model->base + (int)model->steps - 1, longest = 0;
    int late = frem_programme_latest(view, what->programme);
    double guess = (double)NAN; /* length of the cohort after, where a cohort's own is not told */
    for (int year = until; year >= model->entry_first; year--) {
        frem_cohort cohort;
        double length;
        const frem_value *lacking = all_parts_of(view, what, year, cohort.parts, &length);
        if (!isnan(length))
            guess = length;
        if (isnan(guess))
            return frem_view_lacks_year(view, lacking, year);
        frem_status status =
            courses_of(view, what->programme, year, guess, cohort.courses, &cohort.n_courses);
        if (status != FREM_OK)
            return status;
        bool needed = false;
        for (size_t i = 0; i < cohort.n_courses; i++)
            needed = needed || (cohort.courses[i].joins + late > model->base && cohort.courses[i].weight > 0);
        /* The base year's intake is told also where it has joined by the count of that year. */
        if (!needed && (year != model->base || lacking != NULL))
            continue;
        if (lacking != NULL)
            return frem_view_lacks_year(view, lacking, year);
        for (size_t i = 0; i < cohort.n_courses && needed; i++) {
            const frem_course *course = &cohort.courses[i];
            int lag = course->joins - year > course->shift ? course->joins - year : course->shift;
            longest = lag + late > longest ? lag + late : longest;
        }
        what->first = year < what->first ? year : what->first;
    }
    what->lags = (size_t)longest + 1 > what->lags ? (size_t)longest + 1 : what->lags;
    return FREM_OK;
}

frem_status frem_stream_measure(frem_batch *batch, const frem_programme *programme, frem_stream *what) {
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
        return FREM_PROBLEM(batch->diags, frem_entry_place(&programme->head, "stages"), TOO_MANY_STAGES,
                            programme->head.path, most);
    }
    what->profession =
        (size_t)frem_index_find(model->professions, programme->leads_to, strlen(programme->leads_to));
    frem_status status = FREM_OK;
    for (size_t lane = 0; lane < batch->lanes && status == FREM_OK; lane++) {
        status = check_shares(&batch->views[lane], programme);
        if (status == FREM_OK)
            status = measure_lane(&batch->views[lane], what);
    }
    what->entries = (size_t)(until - what->first + 1);
    what->profiles = what->profiles > 0 ? what->entries : 1;
    if (frem_begins_again(programme) && what->lags < what->entries)
        what->lags = what->entries; /* whoever begins again may be there as long as the years last */
    what->shifts = what->lags + 1;
    return status;
}

/* What a fill does with one course of one entry cohort. Flows up to the base year are left out: which cohorts are
 * there from before it depends on the longest lane. */
typedef void (*on_course)(frem_view *view, const frem_stream *what, size_t entry, const frem_course *course,
                          const frem_course_part *parts, double *out);

static frem_status each_course(frem_view *view, const frem_stream *what, size_t sex, on_course use,
                               double *out) {
    for (size_t e = 0; e < what->entries; e++) {
        frem_cohort cohort;
        frem_status status =
            frem_cohort_of(view, what->programme, what->first + (int)e, what->region, sex, &cohort);
        if (status != FREM_OK)
            return status;
        for (size_t i = 0; i < cohort.n_courses; i++)
            use(view, what, e, &cohort.courses[i], cohort.parts, out);
    }
    return FREM_OK;
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

/* What becomes of one sex's entrants, who drop out once: before anybody begins again. @param out [entry][lag][...] */
typedef frem_status (*of_sex)(frem_view *view, const frem_stream *what, size_t sex, double *out);

static frem_status study_once(frem_view *view, const frem_stream *what, size_t sex, double *out) {
    return each_course(view, what, sex, study, out);
}

static frem_status study_sex(frem_view *view, const frem_stream *what, size_t sex, double *out) {
    frem_status status = each_course(view, what, sex, study, out);
    return status == FREM_OK ? frem_again_add(view, what, sex, what->stages, false, out) : status;
}

frem_status frem_dropping_once(frem_view *view, const frem_stream *what, size_t sex, double *out) {
    return each_course(view, what, sex, drop, out);
}

static frem_status drop_sex(frem_view *view, const frem_stream *what, size_t sex, double *out) {
    frem_status status = each_course(view, what, sex, drop, out);
    return status == FREM_OK ? frem_again_add(view, what, sex, what->stages, false, out) : status;
}

frem_status frem_joining_fill_sex(frem_view *view, const frem_stream *what, size_t sex, double *out) {
    frem_status status = each_course(view, what, sex, join, out);
    return status == FREM_OK ? frem_again_add(view, what, sex, what->shifts, true, out) : status;
}

/* What becomes of an entry cohort as a whole, from what becomes of each sex. @param width numbers of an entry and lag */
static frem_status all_sexes(frem_view *view, const frem_stream *what, of_sex fill, size_t width,
                             double *out) {
    size_t n = what->entries * what->lags * width;
    if (what->sexes == 1)
        return fill(view, what, 0, out);
    double *one = malloc((n + what->sexes * what->entries) * sizeof *one), *parts = one + n;
    frem_status status = one != NULL ? frem_entrants_parts(view, what, parts) : FREM_NO_MEMORY;
    for (size_t sex = 0; sex < what->sexes && status == FREM_OK; sex++) {
        memset(one, 0, n * sizeof *one);
        status = fill(view, what, sex, one);
        for (size_t i = 0; i < n; i++)
            out[i] += parts[i / (n / what->entries) * what->sexes + sex] * one[i];
    }
    free(one);
    return status;
}

static frem_status fill_joining(frem_view *view, const void *context, double *out) {
    const frem_stream *what = context;
    return all_sexes(view, what, frem_joining_fill_sex, what->shifts, out);
}

frem_status frem_studying_fill(frem_view *view, const void *context, double *out) {
    const frem_stream *what = context;
    return all_sexes(view, what, study_once, what->stages, out);
}

static frem_status fill_studying(frem_view *view, const void *context, double *out) {
    const frem_stream *what = context;
    return all_sexes(view, what, study_sex, what->stages, out);
}

static frem_status fill_dropping(frem_view *view, const void *context, double *out) {
    const frem_stream *what = context;
    return all_sexes(view, what, drop_sex, what->stages, out);
}

static frem_status fill_again(frem_view *view, const void *context, double *out) {
    return all_sexes(view, context, frem_again_share, 1, out);
}

/* [stage] FTE that a student works. */
static frem_status fill_student_fte(frem_view *view, const void *context, double *out) {
    const frem_stream *what = context;
    for (size_t i = 0; i < what->programme->stages.count; i++)
        out[i] = frem_view_number(view, &what->programme->stages.items[i].student_fte, 0);
    return FREM_OK;
}

static bool students_work(const frem_programme *programme) {
    bool work = false;
    for (size_t i = 0; i < programme->stages.count; i++)
        work = work || frem_value_given(&programme->stages.items[i].student_fte);
    return work;
}

/* What becomes of a programme's people: all of them, or those of one region. */
static frem_status make_stream(frem_batch *batch, const frem_stream *what, bool by_region,
                               frem_core_programme *core) {
    const frem_model *model = batch->model;
    size_t cells = frem_index_count(model->sexes) * model->ages;
    size_t stages = what->entries * what->lags * what->stages;
    size_t joining = what->entries * what->lags * what->shifts;
    *core = (frem_core_programme){.profession = what->profession,
                                  .region = -1,
                                  .first_step = what->first - model->base,
                                  .entries = what->entries,
                                  .lags = what->lags,
                                  .shifts = what->shifts,
                                  .stages = what->stages,
                                  .entrants_entry = what->profiles > 1 ? cells : 0};
    frem_status parts[] = {
        frem_batch_fill(batch, fill_joining, what, joining, &core->joining),
        frem_batch_fill(batch, fill_studying, what, stages, &core->studying),
        frem_batch_fill(batch, fill_dropping, what, stages, &core->dropping),
        frem_begins_again(what->programme)
            ? frem_batch_fill(batch, fill_again, what, what->entries * what->lags, &core->again)
            : FREM_OK,
        frem_batch_fill(batch, frem_entrants_fill, what, what->profiles * cells, &core->entrants),
        students_work(what->programme)
            ? frem_batch_fill(batch, fill_student_fte, what, what->stages, &core->student_fte)
            : FREM_OK,
        frem_settling(batch, what, by_region, core),
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i] != FREM_OK)
            return parts[i];
    }
    return FREM_OK;
}

/* The streams of one programme: one, or one for each region that has an intake of its own. */
static frem_status add_streams(frem_batch *batch, size_t place, frem_core_programme *streams, size_t *n) {
    const frem_model *model = batch->model;
    const frem_programme *programme = &model->scenario->programmes.items[place];
    size_t regions = frem_index_count(model->regions);
    frem_stream what;
    bool by_region = frem_intake_by_region(model, programme);
    frem_status status = frem_intake_check(batch, programme);
    if (status == FREM_OK)
        status = frem_stream_measure(batch, programme, &what);
    frem_core_programme core;
    if (status == FREM_OK)
        status = frem_settling_check(batch, &what, by_region);
    for (size_t r = 0; r < (by_region ? regions : 1) && status == FREM_OK; r++) {
        what.region = by_region ? r : what.region;
        if (r == 0 || what.regional)
            status = make_stream(batch, &what, by_region, &core);
        if (status == FREM_OK && r == 0)
            status = frem_entrants_warn(batch, &what);
        if (status == FREM_OK)
            status = frem_batch_fill(batch, frem_practicum_intake_fill, &what, what.entries, &core.intake);
        if (status == FREM_OK && frem_value_given(&programme->places))
            status = frem_batch_fill(batch, frem_places_fill, &what, what.entries, &batch->places[*n]);
        core.region = by_region ? (ptrdiff_t)r : -1;
        batch->programme_of[*n] = place;
        streams[(*n)++] = core;
    }
    return status;
}

frem_status frem_batch_courses(frem_batch *batch) {
    const frem_model *model = batch->model;
    const frem_scenario *s = model->scenario;
    size_t most = s->programmes.count * frem_index_count(model->regions) + 1;
    frem_core_programme *streams = frem_arena_alloc(batch->arena, most, sizeof *streams);
    batch->programme_of = frem_arena_alloc(batch->arena, most, sizeof *batch->programme_of);
    batch->places = frem_arena_alloc(batch->arena, most, sizeof *batch->places);
    if (streams == NULL || batch->programme_of == NULL || batch->places == NULL)
        return FREM_NO_MEMORY;
    frem_status status = FREM_OK;
    for (size_t k = 0; k < s->programmes.count; k++) {
        if (s->programmes.items[k].from != NULL)
            continue; /* an upgrade */
        frem_status one = add_streams(batch, k, streams, &batch->inputs.n_programmes);
        if (one != FREM_OK)
            status = one;
    }
    batch->inputs.programmes = streams;
    return status;
}
