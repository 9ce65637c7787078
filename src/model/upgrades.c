/* Programmes whose entrants come from the stock of another profession. */
#include <math.h>
#include <string.h>

#include "base/problem.h"
#include "model/areas.h"
#include "model/courses.h"
#include "model/programme.h"

/* One start of the year of an upgrade. */
typedef struct upgrade {
    frem_stream stream;      /* first, so that its fills can be used */
    const frem_start *start; /* NULL for a programme without a calendar */
    size_t course;           /* its place among a cohort's courses */
    int take_lag;
    double waited; /* years from the start to the count date at which its people are out of the old stock */
} upgrade;

/* What a fill does with the part of an entry cohort that belongs to the start.
 * @param weight share of this start's people. @param out [lag] of the cohort. */
typedef void (*on_course)(frem_view *view, const upgrade *what, int year, const frem_course *course,
                          const frem_course_part *parts, double weight, double *out);

/* People of one region and sex. @param out [entry][lag] */
static void each_course(frem_view *view, const upgrade *what, size_t region, size_t sex, on_course use,
                        double *out) {
    const frem_stream *stream = &what->stream;
    for (size_t e = 0; e < stream->entries; e++) {
        frem_cohort cohort;
        int year = stream->first + (int)e;
        frem_cohort_of(view, stream->programme, year, region, sex, &cohort);
        double *at = out + e * stream->lags;
        if (what->start != NULL && what->course < cohort.n_courses)
            use(view, what, year, &cohort.courses[what->course], cohort.parts, 1, at);
        for (size_t i = 0; what->start == NULL && i < cohort.n_courses; i++)
            use(view, what, year, &cohort.courses[i], cohort.parts, cohort.courses[i].weight, at);
    }
}

/* Blocks of [entry][lag], one for each region and sex that fare differently. */
static size_t blocks(const upgrade *what, const frem_model *model) {
    return (what->stream.regional ? frem_index_count(model->regions) : 1) * what->stream.sexes;
}

static void each_people(frem_view *view, const upgrade *what, on_course use, double *out) {
    size_t sexes = what->stream.sexes, each = what->stream.entries * what->stream.lags;
    for (size_t i = 0; i < blocks(what, view->model); i++)
        each_course(view, what, i / sexes, i % sexes, use, out + i * each);
}

static void join(frem_view *view, const upgrade *what, int year, const frem_course *course,
                 const frem_course_part *parts, double weight, double *out) {
    double share = weight * frem_course_completion(parts, what->stream.stages);
    for (int late = 0; late <= FREM_DELAY_MAX; late++) {
        double of = share * frem_programme_delay(view, what->stream.programme, late);
        if (of > 0)
            out[course->joins - year + late] += of;
    }
}

static void follow(frem_view *view, const upgrade *what, int year, const frem_course *course,
                   const frem_course_part *parts, double weight, double *out, bool dropping) {
    for (size_t stage = 0; stage < what->stream.stages; stage++) {
        double before = 0;
        for (size_t lag = 0; lag < what->stream.lags; lag++) {
            double studying, dropped, time = 12.0 * (year + (int)lag) + view->model->count;
            frem_course_at(course, parts, what->stream.stages, stage, time, &studying, &dropped);
            out[lag] += weight * (dropping ? dropped - before : studying);
            before = dropped;
        }
    }
}

static void study(frem_view *view, const upgrade *what, int year, const frem_course *course,
                  const frem_course_part *parts, double weight, double *out) {
    follow(view, what, year, course, parts, weight, out, false);
}

static void drop(frem_view *view, const upgrade *what, int year, const frem_course *course,
                 const frem_course_part *parts, double weight, double *out) {
    follow(view, what, year, course, parts, weight, out, true);
}

static void fill_joining(frem_view *view, const void *context, double *out) {
    each_people(view, context, join, out);
}

static void fill_studying(frem_view *view, const void *context, double *out) {
    each_people(view, context, study, out);
}

static void fill_dropping(frem_view *view, const void *context, double *out) {
    each_people(view, context, drop, out);
}

/* [entry] of the programme as a whole becomes the start's part. */
static void take_part(frem_view *view, const upgrade *what, double *out) {
    for (size_t e = 0; e < what->stream.entries && what->start != NULL; e++)
        out[e] *= frem_view_number(view, &what->start->share, 0);
}

static void fill_intake(frem_view *view, const void *context, double *out) {
    const upgrade *what = context;
    frem_intake_fill(view, &what->stream, out);
    take_part(view, what, out);
}

static void fill_places(frem_view *view, const void *context, double *out) {
    const upgrade *what = context;
    frem_places_fill(view, &what->stream, out);
    take_part(view, what, out);
}

/* [profile][cell] shares by age when they are taken: some have had a birthday since they started. No one in the stock is
 * older than its oldest age. */
static void fill_entrants(frem_view *view, const void *context, double *out) {
    const upgrade *what = context;
    size_t ages = view->model->ages;
    frem_entrants_fill(view, &what->stream, out);
    size_t rows = what->stream.profiles * frem_index_count(view->model->sexes);
    for (size_t row = 0; row < rows; row++) {
        double *at = out + row * ages, older = 0;
        for (size_t a = 0; a < ages; a++) {
            double leaving = a + 1 < ages ? at[a] * what->waited : 0;
            at[a] += older - leaving;
            older = leaving;
        }
    }
}

static void fill_returning(frem_view *view, const void *context, double *out) {
    const upgrade *what = context;
    out[0] = frem_view_number(view, &what->stream.programme->return_share, 1);
}

static void add_start(frem_batch *batch, const upgrade *what, size_t from, frem_core_upgrade *core,
                      frem_lanes *places) {
    const frem_model *model = batch->model;
    const frem_stream *stream = &what->stream;
    size_t cells = frem_index_count(model->sexes) * model->ages, block = stream->entries * stream->lags;
    size_t outcomes = blocks(what, model) * block;
    *core = (frem_core_upgrade){.from = from,
                                .to = stream->profession,
                                .first_step = stream->first - model->base,
                                .entries = stream->entries,
                                .lags = stream->lags,
                                .take_lag = (size_t)what->take_lag,
                                .region_outcomes = stream->regional ? stream->sexes * block : 0,
                                .sex_outcomes = stream->sexes > 1 ? block : 0,
                                .entrants_entry = stream->profiles > 1 ? cells : 0,
                                .regions = frem_programme_area(model, stream->programme)->has};
    frem_batch_fill(batch, fill_intake, what, stream->entries, &core->intake);
    frem_batch_fill(batch, fill_entrants, what, stream->profiles * cells, &core->entrants);
    frem_batch_fill(batch, fill_joining, what, outcomes, &core->joining);
    frem_batch_fill(batch, fill_dropping, what, outcomes, &core->dropping);
    frem_batch_fill(batch, fill_studying, what, outcomes, &core->studying);
    frem_batch_fill(batch, fill_returning, what, 1, &core->returning);
    if (frem_value_given(&stream->programme->places))
        frem_batch_fill(batch, fill_places, what, stream->entries, places);
}

/* What a programme gives by region. */
static const char *by_region(const frem_model *model, const frem_programme *programme) {
    const frem_value *values[] = {&programme->intake, &programme->places};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        if (frem_value_given(values[i]) && model->series[values[i]->parameter].region > 0)
            return values[i]->field->key;
    }
    return "applicants";
}

/* One upgrade of the core for each start of the year. */
static void add_upgrade(frem_batch *batch, size_t place, frem_core_upgrade *upgrades, size_t *n) {
    const frem_model *model = batch->model;
    const frem_programme *programme = &model->scenario->programmes.items[place];
    if (frem_index_count(model->regions) > 1 && frem_intake_by_region(model, programme)) {
        FREM_BATCH_PROBLEM(batch, frem_entry_place(&programme->head, by_region(model, programme)),
                           UPGRADE_BY_REGION, programme->head.path);
        return;
    }
    if (frem_index_count(model->regions) > 1 && frem_batch_layout(batch, &programme->entry)->region > 0) {
        FREM_BATCH_PROBLEM(batch, programme->entry.head.place, UPGRADE_BY_REGION, programme->head.path);
        return;
    }
    upgrade what = {.start = NULL};
    frem_cohort cohort;
    if (!frem_intake_check(batch, programme) || !frem_stream_measure(batch, programme, &what.stream))
        return;
    frem_cohort_of(&batch->views[0], programme, what.stream.first, 0, 0, &cohort);
    if (!frem_batch_take(batch, 0))
        return;
    size_t from = (size_t)frem_index_find(model->professions, programme->from, strlen(programme->from));
    size_t starts = programme->starts.count > 0 ? programme->starts.count : 1;
    size_t failures = batch->failures;
    for (size_t i = 0; i < starts && batch->failures == failures; i++) {
        what.start = programme->starts.count > 0 ? &programme->starts.items[i] : NULL;
        what.course = i;
        what.take_lag = frem_course_taken(&cohort.courses[i], model->count, &what.waited) - what.stream.first;
        /* Counted the day before the start: taken at the end of the start's own year. */
        if (what.take_lag < 0) {
            what.take_lag = 0;
            what.waited += 1;
        }
        add_start(batch, &what, from, &upgrades[*n], &batch->upgrade_places[*n]);
        batch->upgrade_of[(*n)++] = place;
    }
    if (batch->failures == failures)
        frem_entrants_warn(batch, &what.stream);
}

void frem_batch_upgrades(frem_batch *batch) {
    const frem_scenario *s = batch->model->scenario;
    size_t most = s->programmes.count * FREM_STARTS_MAX + 1;
    frem_core_upgrade *upgrades = frem_batch_alloc(batch, most, sizeof *upgrades);
    batch->upgrade_of = frem_batch_alloc(batch, most, sizeof *batch->upgrade_of);
    batch->upgrade_places = frem_batch_alloc(batch, most, sizeof *batch->upgrade_places);
    if (upgrades == NULL || batch->upgrade_of == NULL || batch->upgrade_places == NULL)
        return;
    for (size_t k = 0; k < s->programmes.count; k++) {
        if (s->programmes.items[k].from != NULL)
            add_upgrade(batch, k, upgrades, &batch->inputs.n_upgrades);
    }
    batch->inputs.upgrades = upgrades;
}
