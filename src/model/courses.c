/* Programmes as streams of entrants for the core. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"
#include "model/course.h"
#include "model/model.h"

/* LENGTH_MAX is in years, for all stages together: entry cohorts from before the base year are read as far back. */
enum { STAGES_MAX = 16, STARTS_MAX = 12, LENGTH_MAX = 12 };

/* What the fills of one programme share. */
typedef struct stream {
    const frem_programme *programme;
    size_t profession;
    int first; /* first entry year */
    size_t entries, lags, shifts, stages;
    size_t region; /* whose intake, where it is by region */
} stream;

static size_t count_stages(const frem_programme *programme) {
    return programme->stages.count > 0 ? programme->stages.count : 1;
}

/* The stages that an entry cohort meets; a programme with one completion rate is one stage.
 * @param[out] length of all stages; NaN where the scenario does not tell the year.
 * @return the value that does not tell the year, or NULL. */
static const frem_value *parts_of(frem_view *view, const frem_programme *programme, int year,
                                  frem_course_part *parts, double *length) {
    bool staged = programme->stages.count > 0;
    const frem_value *lacking = NULL;
    *length = 0;
    for (size_t i = 0; i < count_stages(programme); i++) {
        const frem_value *lasts = staged ? &programme->stages.items[i].length : &programme->length;
        const frem_value *loses = staged ? &programme->stages.items[i].dropout : &programme->completion;
        double years = frem_series_at(frem_view_series(view, lasts), year, 0, 0, 0);
        double rate = frem_series_at(frem_view_series(view, loses), year, 0, 0, 0);
        if (isnan(years) || isnan(rate))
            lacking = isnan(years) ? lasts : loses;
        parts[i] = (frem_course_part){years, staged ? rate : 1 - rate};
        *length += years;
    }
    return lacking;
}

/* The parts of an entry cohort that start and end together. */
static frem_status courses_of(frem_view *view, const frem_programme *programme, int year, double length,
                              frem_course *courses, size_t *n) {
    const frem_model *model = view->model;
    if (programme->starts.count == 0) {
        *n = frem_course_plain(courses, year, length, model->count);
        return FREM_OK;
    }
    static const char *const months[12] = {"january",   "february", "march",    "april",
                                           "may",       "june",     "july",     "august",
                                           "september", "october",  "november", "december"};
    double full = isnan(programme->full_length) ? length : programme->full_length;
    *n = 0;
    for (size_t i = 0; i < programme->starts.count && i < STARTS_MAX; i++) {
        const frem_start *start = &programme->starts.items[i];
        int month = 1;
        while (month < 12 && strcmp(months[month - 1], start->head.key) != 0)
            month++;
        frem_course *course = &courses[(*n)++];
        if (!frem_course_start(course, year, month, start->ends, full, length, model->count)) {
            char years[32];
            frem_number_shortest(years, full);
            return FREM_PROBLEM(view->diags, start->head.place, END_FAR_FROM_LENGTH, start->head.path, years,
                                months[start->ends - 1]);
        }
        course->weight = frem_view_number(view, &start->share, 0);
    }
    return FREM_OK;
}

/* The starts of every lane share out the whole intake. */
static frem_status check_starts(frem_view *view, const frem_programme *programme) {
    double sum = 0;
    for (size_t i = 0; i < programme->starts.count; i++)
        sum += frem_view_number(view, &programme->starts.items[i].share, 0);
    if (programme->starts.count == 0 || fabs(sum - 1) <= 1e-9)
        return FREM_OK;
    char text[32];
    frem_number_shortest(text, sum);
    return FREM_PROBLEM(view->diags, frem_entry_place(&programme->head, "starts"), SHARES_SUM,
                        programme->head.path, text, "starts");
}

static frem_status check_length(frem_view *view, const frem_programme *programme, double length) {
    if (!(length > LENGTH_MAX + 1e-9))
        return FREM_OK;
    char given[32], most[16];
    frem_number_shortest(given, length);
    (void)snprintf(most, sizeof most, "%d", LENGTH_MAX);
    return FREM_PROBLEM(view->diags, programme->head.place, COURSE_TOO_LONG, programme->head.path, given,
                        most);
}

/* One lane's part of measure(): the cohorts from the last year back to the first one needed. */
static frem_status measure_lane(frem_view *view, stream *what) {
    const frem_model *model = view->model;
    int until = model->base + (int)model->steps - 1, longest = 0;
    double guess = (double)NAN; /* length of the cohort after, where a cohort's own is not told */
    for (int year = until; year >= model->entry_first; year--) {
        frem_course_part parts[STAGES_MAX];
        frem_course courses[STARTS_MAX + 2];
        size_t n;
        double length;
        const frem_value *lacking = parts_of(view, what->programme, year, parts, &length);
        if (!isnan(length))
            guess = length;
        if (isnan(guess))
            return frem_view_lacks_year(view, lacking, year);
        frem_status status = check_length(view, what->programme, guess);
        if (status != FREM_OK)
            return status;
        status = courses_of(view, what->programme, year, guess, courses, &n);
        if (status != FREM_OK)
            return status;
        bool needed = false;
        for (size_t i = 0; i < n; i++)
            needed = needed || (courses[i].joins > model->base && courses[i].weight > 0);
        if (!needed)
            continue;
        if (lacking != NULL)
            return frem_view_lacks_year(view, lacking, year);
        for (size_t i = 0; i < n; i++) {
            longest = courses[i].joins - year > longest ? courses[i].joins - year : longest;
            longest = courses[i].shift > longest ? courses[i].shift : longest;
        }
        what->first = year < what->first ? year : what->first;
    }
    what->lags = (size_t)longest + 1 > what->lags ? (size_t)longest + 1 : what->lags;
    return FREM_OK;
}

/* Which entry cohorts are needed, and how many years after entry anybody in any lane still joins. */
static frem_status measure(frem_batch *batch, stream *what) {
    const frem_model *model = batch->model;
    int until = model->base + (int)model->steps - 1;
    what->first = until;
    what->lags = 1;
    what->stages = count_stages(what->programme);
    if (what->stages > STAGES_MAX) {
        char most[16];
        (void)snprintf(most, sizeof most, "%d", STAGES_MAX);
        return FREM_PROBLEM(batch->diags, frem_entry_place(&what->programme->head, "stages"), TOO_MANY_STAGES,
                            what->programme->head.path, most);
    }
    frem_status status = FREM_OK;
    for (size_t lane = 0; lane < batch->lanes && status == FREM_OK; lane++) {
        status = check_starts(&batch->views[lane], what->programme);
        if (status == FREM_OK)
            status = measure_lane(&batch->views[lane], what);
    }
    what->entries = (size_t)(until - what->first + 1);
    what->shifts = what->lags + 1;
    return status;
}

/* A needed entry cohort that the scenario says nothing about. */
static frem_status lacks_intake(frem_view *view, const stream *what, int year) {
    frem_course_part parts[STAGES_MAX];
    frem_course courses[STARTS_MAX + 2];
    size_t n = 0;
    double length;
    char entry[16], joins[16];
    (void)parts_of(view, what->programme, year, parts, &length);
    frem_status status = courses_of(view, what->programme, year, length, courses, &n);
    if (status != FREM_OK)
        return status;
    (void)snprintf(entry, sizeof entry, "%d", year);
    (void)snprintf(joins, sizeof joins, "%d", courses[0].joins);
    return FREM_PROBLEM(view->diags, frem_entry_place(&what->programme->head, "intake"), INTAKE_LACKING,
                        what->programme->head.path, entry, joins);
}

/* [entry] persons who start. */
static frem_status fill_intake(frem_view *view, const void *context, double *out) {
    const stream *what = context;
    const frem_programme *programme = what->programme;
    const frem_series *intake = frem_view_series(view, &programme->intake);
    size_t given = what->entries;
    for (size_t e = what->entries; e-- > 0;) {
        out[e] = frem_series_at(intake, what->first + (int)e, what->region, 0, 0);
        given = isnan(out[e]) ? given : e; /* ends as the first year given */
    }
    if (given == what->entries)
        return lacks_intake(view, what, what->first);
    for (size_t e = 0; e < what->entries; e++) {
        if (!isnan(out[e]))
            continue;
        if (e > given)
            return frem_view_lacks_year(view, &programme->intake, what->first + (int)e);
        if (programme->earlier_intake == FREM_EARLIER_REQUIRED)
            return lacks_intake(view, what, what->first + (int)e);
        out[e] = programme->earlier_intake == FREM_EARLIER_HOLD ? out[given] : 0;
    }
    return FREM_OK;
}

/* What a fill does with one course of one entry cohort. Flows up to the base year are left out: which cohorts are
 * there from before it depends on the longest lane. */
typedef void (*on_course)(const frem_view *view, const stream *what, size_t entry, const frem_course *course,
                          const frem_course_part *parts, double *out);

static frem_status each_course(frem_view *view, const stream *what, on_course use, double *out) {
    for (size_t e = 0; e < what->entries; e++) {
        frem_course_part parts[STAGES_MAX];
        frem_course courses[STARTS_MAX + 2];
        size_t n = 0;
        double length;
        int year = what->first + (int)e;
        const frem_value *lacking = parts_of(view, what->programme, year, parts, &length);
        if (lacking != NULL)
            return frem_view_lacks_year(view, lacking, year);
        frem_status status = courses_of(view, what->programme, year, length, courses, &n);
        if (status != FREM_OK)
            return status;
        for (size_t i = 0; i < n; i++)
            use(view, what, e, &courses[i], parts, out);
    }
    return FREM_OK;
}

static void join(const frem_view *view, const stream *what, size_t entry, const frem_course *course,
                 const frem_course_part *parts, double *out) {
    if (course->joins <= view->model->base)
        return;
    double share = course->weight * frem_course_completion(parts, what->stages);
    size_t lag = (size_t)(course->joins - (what->first + (int)entry));
    double *at = out + (entry * what->lags + lag) * what->shifts + course->shift;
    at[0] += share * course->younger;
    at[1] += share * (1 - course->younger);
}

/* Both what studies at the count dates and what dropped out between them; `dropping` chooses. */
static void follow(const frem_view *view, const stream *what, size_t entry, const frem_course *course,
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

static void study(const frem_view *view, const stream *what, size_t entry, const frem_course *course,
                  const frem_course_part *parts, double *out) {
    follow(view, what, entry, course, parts, out, false);
}

static void drop(const frem_view *view, const stream *what, size_t entry, const frem_course *course,
                 const frem_course_part *parts, double *out) {
    follow(view, what, entry, course, parts, out, true);
}

static frem_status fill_joining(frem_view *view, const void *context, double *out) {
    return each_course(view, context, join, out);
}

static frem_status fill_studying(frem_view *view, const void *context, double *out) {
    return each_course(view, context, study, out);
}

static frem_status fill_dropping(frem_view *view, const void *context, double *out) {
    return each_course(view, context, drop, out);
}

static frem_status fill_entrants(frem_view *view, const void *context, double *out) {
    const stream *what = context;
    return frem_view_profile(view, &what->programme->entry, out);
}

/* [step][region] where graduates settle. */
static frem_status fill_to_region(frem_view *view, const void *context, double *out) {
    const stream *what = context;
    const frem_programme *programme = what->programme;
    const frem_model *model = view->model;
    size_t regions = frem_index_count(model->regions);
    if (programme->graduates_to.head.node == NULL && regions > 1)
        return FREM_PROBLEM(view->diags, programme->head.place, SETTLE_MISSING, programme->head.path);
    frem_status status = frem_model_shares(view, &programme->graduates_to, what->profession,
                                           programme->head.path, programme->head.place, out);
    const frem_series *outside = frem_view_series(view, &programme->outside);
    for (size_t t = model->steps; t-- > 0 && status == FREM_OK;) {
        double here = outside->at != NULL ? 1 - frem_series_at(outside, model->base + (int)t, 0, 0, 0) : 1;
        for (size_t r = 0; r < regions; r++)
            out[t * regions + r] = out[r] * here; /* step 0, the shares themselves, is written last */
    }
    return status;
}

/* The streams of one programme: one, or one for each region that has an intake of its own. */
static frem_status add_streams(frem_batch *batch, size_t place, frem_core_programme *streams, size_t *n) {
    const frem_model *model = batch->model;
    const frem_scenario *s = model->scenario;
    const frem_programme *programme = &s->programmes.items[place];
    size_t regions = frem_index_count(model->regions), cells = frem_index_count(model->sexes) * model->ages;
    stream what = {.programme = programme};
    for (size_t p = 0; p < s->professions.count; p++) {
        if (strcmp(s->professions.items[p].head.key, programme->leads_to) == 0)
            what.profession = p;
    }
    bool by_region = model->series[programme->intake.parameter].region > 0;
    const char *settles =
        frem_node_get(programme->head.node, "graduates_to") != NULL ? "graduates_to" : "outside";
    if (by_region && frem_node_get(programme->head.node, settles) != NULL)
        return FREM_PROBLEM(batch->diags, frem_entry_place(&programme->head, settles), SETTLE_TWICE,
                            programme->head.path);
    frem_status status = measure(batch, &what);
    if (status != FREM_OK)
        return status;
    frem_core_programme core = {.profession = what.profession,
                                .region = -1,
                                .first_step = what.first - model->base,
                                .entries = what.entries,
                                .lags = what.lags,
                                .shifts = what.shifts,
                                .stages = what.stages};
    frem_status parts[] = {
        frem_batch_fill(batch, fill_joining, &what, what.entries * what.lags * what.shifts, &core.joining),
        frem_batch_fill(batch, fill_studying, &what, what.entries * what.lags * what.stages, &core.studying),
        frem_batch_fill(batch, fill_dropping, &what, what.entries * what.lags * what.stages, &core.dropping),
        frem_batch_fill(batch, fill_entrants, &what, cells, &core.entrants),
        by_region
            ? FREM_OK
            : frem_batch_fill(batch, fill_to_region, &what, model->steps * regions, &core.to_region.values),
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i] != FREM_OK)
            return parts[i];
    }
    core.to_region.step = regions;
    core.to_region.region = 1;
    for (what.region = 0; what.region < (by_region ? regions : 1) && status == FREM_OK; what.region++) {
        status = frem_batch_fill(batch, fill_intake, &what, what.entries, &core.intake);
        core.region = by_region ? (ptrdiff_t)what.region : -1;
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
    if (streams == NULL || batch->programme_of == NULL)
        return FREM_NO_MEMORY;
    frem_status status = FREM_OK;
    for (size_t k = 0; k < s->programmes.count; k++) {
        frem_status one = add_streams(batch, k, streams, &batch->inputs.n_programmes);
        if (one != FREM_OK)
            status = one;
    }
    batch->inputs.programmes = streams;
    return status;
}
