/* Programmes of a projection by stage and by specialisation, as rows of programmes.csv. */
#include <math.h>
#include <string.h>

#include "analysis/courses.h"
#include "analysis/results.h"

/* Columns of programmes.csv, in order. */
enum {
    SCENARIO,
    VARIANT,
    YEAR,
    REGION,
    PROGRAMME,
    SPECIALISATION,
    STAGE,
    MEASURE,
    STATISTIC,
    UNIT,
    VALUE,
    COLUMNS
};

const char *const frem_programmes_columns[] = {"scenario",  "variant",        "year",  "region",
                                               "programme", "specialisation", "stage", "measure",
                                               "statistic", "unit",           "value"};
const size_t frem_programmes_n_columns = COLUMNS;

/* Measures of a programme, in this order; a flow has no row in the base year. */
static const struct {
    size_t kind;
    frem_measure_id measure;
    bool by_stage;
} counted[] = {
    {FREM_COURSE_INTAKE, FREM_M_INTAKE, false},    {FREM_COURSE_STUDENTS, FREM_M_STUDENTS, true},
    {FREM_COURSE_DROPOUTS, FREM_M_DROPOUTS, true}, {FREM_COURSE_GRADUATES, FREM_M_GRADUATES, false},
    {FREM_COURSE_PLACES, FREM_M_PLACES, false},    {FREM_COURSE_AGAIN, FREM_M_BEGIN_AGAIN, false},
};
enum { N_COUNTED = sizeof counted / sizeof *counted };

/* A programme as a whole, one specialisation of it, or one stage. */
#define ALL SIZE_MAX
typedef struct part {
    size_t specialisation, stage;
} part;

/* The courses of one programme, which are adjacent: one, one a region, or one a start of the year. */
typedef struct span {
    size_t first, end;
} span;

/* A projection on its way into the frame. Areas are the groups and the sum of all. */
typedef struct fill {
    frem_frame *frame;
    const frem_model *model;
    frem_courses courses;
    size_t areas, steps;
    double *shares;         /* [course][kind][area][step] of what it has: graduates as they settle */
    size_t specialisations; /* the most of a programme */
    double *special;        /* [course][specialisation][kind][step] */
    span *spans;            /* [programme] */
    frem_cell cells[COLUMNS];
    uint32_t all[COLUMNS]; /* code of "all" */
    frem_status status;
} fill;

static void label(fill *f, size_t column, const char *name) {
    if (f->status == FREM_OK)
        f->status = frem_frame_label(f->frame, column, name, &f->cells[column].label);
}

/* The part of what a course has of a kind that is in a region; graduates are where they settle. */
static double share_here(const fill *f, const frem_course_whole *whole, size_t region) {
    return whole->kind == FREM_COURSE_GRADUATES ? frem_course_settled(&f->courses, whole, region)
                                                : frem_course_share(&f->courses, whole, region);
}

static double *shares_at(const fill *f, size_t k, size_t kind, size_t area) {
    return f->shares + ((k * FREM_COURSE_KINDS + kind) * f->areas + area) * f->steps;
}

/* Where the people and places of a course are. */
static void share_course(fill *f, size_t k) {
    const frem_core_inputs *in = &f->courses.batch->inputs;
    for (size_t i = 0; i < FREM_COURSE_KINDS * f->steps; i++) {
        size_t kind = i / f->steps, t = i % f->steps;
        const frem_course_whole whole = frem_course_divide(&f->courses, k, kind, t);
        for (size_t region = 0; region < f->courses.projection->regions; region++)
            shares_at(f, k, kind, f->areas - 1)[t] += share_here(f, &whole, region);
        for (size_t g = 0; g < in->n_groups; g++)
            for (size_t n = 0; n < in->groups[g].count; n++)
                shares_at(f, k, kind, g)[t] += share_here(f, &whole, in->groups[g].regions[n]);
    }
}

static size_t programme_of(const fill *f, size_t k) {
    const frem_batch *batch = f->courses.batch;
    size_t programmes = batch->inputs.n_programmes;
    return k < programmes ? batch->programme_of[k] : batch->upgrade_of[k - programmes];
}

/* The share that a specialisation has of an entry year; NaN where the scenario does not give it. Whether the shares
 * sum to 1 is asked where places are divided by them; shares that do not are no division. */
static double share_of(const fill *f, const frem_programme *programme, size_t i, int year) {
    double sum = 0, share = (double)NAN;
    for (size_t s = 0; s < programme->specialisations.count; s++) {
        const frem_value *value = &programme->specialisations.items[s].share;
        double number = frem_series_at(frem_view_series(&f->courses.batch->views[0], value), year, 0, 0, 0);
        share = s == i ? number : share;
        sum += number;
    }
    return fabs(sum - 1) <= 1e-9 ? share : (double)NAN;
}

static double lane0(frem_lanes numbers, size_t i, size_t lanes) {
    return numbers.at == NULL ? 0 : numbers.at[i * (numbers.lane ? lanes : 1)];
}

/* What becomes of an entry cohort at a lag, as shares of it. @param[out] of [kinds of the core] */
static void outcomes(const frem_core_programme *programme, size_t lanes, size_t e, size_t lag, double *of) {
    size_t at = e * programme->lags + lag;
    memset(of, 0, FREM_COURSE_MEASURES * sizeof *of);
    of[FREM_COURSE_INTAKE] = lag == 0 ? 1 : 0;
    for (size_t s = 0; s < programme->stages; s++) {
        of[FREM_COURSE_STUDENTS] += lane0(programme->studying, at * programme->stages + s, lanes);
        of[FREM_COURSE_DROPOUTS] += lane0(programme->dropping, at * programme->stages + s, lanes);
    }
    of[FREM_COURSE_AGAIN] = lane0(programme->again, at, lanes);
    for (size_t d = 0; d < programme->shifts; d++)
        of[FREM_COURSE_GRADUATES] += lane0(programme->joining, at * programme->shifts + d, lanes);
}

/* Adds one entry cohort of a course to a specialisation. @param[out] out [kind][step] */
static void specialise_cohort(const fill *f, size_t k, size_t e, double share, double *out) {
    const frem_batch *batch = f->courses.batch;
    size_t lanes = f->courses.projection->lanes;
    ptrdiff_t entry = frem_course_first(&f->courses, k) + (ptrdiff_t)e;
    bool upgrade = k >= batch->inputs.n_programmes, now = entry >= 0 && (size_t)entry < f->steps;
    double places = lane0(frem_course_places(&f->courses, k), e, lanes);
    if (now && places > 0)
        out[FREM_COURSE_PLACES * f->steps + (size_t)entry] += places * share;
    if (upgrade) {
        /* The entry years of earlier cohorts are not kept: only the intake can be divided. */
        double intake = now ? frem_course_number(&f->courses, k, FREM_COURSE_INTAKE, (size_t)entry) : 0;
        if (intake > 0)
            out[FREM_COURSE_INTAKE * f->steps + (size_t)entry] += intake * share;
        return;
    }
    const frem_core_programme *programme = &batch->inputs.programmes[k];
    double intake = lane0(programme->intake, e, lanes);
    for (size_t lag = 0; lag < programme->lags && intake > 0; lag++) {
        ptrdiff_t t = entry + (ptrdiff_t)lag;
        double of[FREM_COURSE_MEASURES];
        if (t < 0 || (size_t)t >= f->steps)
            continue;
        outcomes(programme, lanes, e, lag, of);
        for (size_t m = 0; m < FREM_COURSE_MEASURES; m++) {
            if (of[m] > 0)
                out[m * f->steps + (size_t)t] += intake * of[m] * share;
        }
    }
}

static size_t entries_of(const fill *f, size_t k) {
    const frem_core_inputs *in = &f->courses.batch->inputs;
    return k < in->n_programmes ? in->programmes[k].entries : in->upgrades[k - in->n_programmes].entries;
}

static void specialise(fill *f, size_t k) {
    const frem_programme *programme = &f->model->scenario->programmes.items[programme_of(f, k)];
    size_t each = FREM_COURSE_KINDS * f->steps;
    for (size_t i = 0; i < programme->specialisations.count; i++) {
        double *out = f->special + (k * f->specialisations + i) * each;
        for (size_t e = 0; e < entries_of(f, k); e++) {
            int year = f->model->base + (int)(frem_course_first(&f->courses, k) + (ptrdiff_t)e);
            specialise_cohort(f, k, e, share_of(f, programme, i, year), out);
        }
    }
}

/* What a part of a course has in all. */
static double number_of(const fill *f, size_t k, part of, size_t kind, size_t step) {
    const frem_core_results *r = f->courses.projection;
    size_t special = k * f->specialisations + of.specialisation;
    if (of.specialisation != ALL)
        return f->special[(special * FREM_COURSE_KINDS + kind) * f->steps + step];
    if (of.stage == ALL)
        return frem_course_number(&f->courses, k, kind, step);
    size_t which = kind == FREM_COURSE_STUDENTS ? 0 : 1;
    return r->course_stages[(((k * r->max_stages + of.stage) * 2 + which) * r->steps + step) * r->lanes];
}

static bool has(const fill *f, size_t s, part of, size_t i, size_t step) {
    size_t k = f->spans[s].first;
    bool upgrade = k >= f->courses.batch->inputs.n_programmes;
    if ((frem_measures[counted[i].measure].kind != FREM_LEVEL && step == 0) ||
        (of.stage != ALL && !counted[i].by_stage))
        return false;
    if (counted[i].kind == FREM_COURSE_AGAIN)
        return !upgrade && f->courses.batch->inputs.programmes[k].again.at != NULL;
    if (counted[i].kind == FREM_COURSE_PLACES)
        return frem_course_places(&f->courses, k).at != NULL;
    return !upgrade || of.specialisation == ALL || counted[i].kind == FREM_COURSE_INTAKE;
}

static void add_part(fill *f, size_t s, part of, size_t area, size_t step) {
    for (size_t i = 0; i < N_COUNTED && f->status == FREM_OK; i++) {
        double sum = 0;
        if (!has(f, s, of, i, step))
            continue;
        for (size_t k = f->spans[s].first; k < f->spans[s].end; k++)
            sum += number_of(f, k, of, counted[i].kind, step) * shares_at(f, k, counted[i].kind, area)[step];
        if (isnan(sum))
            continue;
        const frem_measure *measure = &frem_measures[counted[i].measure];
        label(f, MEASURE, measure->name);
        label(f, UNIT, measure->unit);
        f->cells[VALUE].number = sum;
        if (f->status == FREM_OK)
            f->status = frem_frame_add(f->frame, f->cells);
    }
}

/* One programme in one area and year. */
static void add_programme(fill *f, size_t s, size_t area, size_t step) {
    const frem_programme *programme = &f->model->scenario->programmes.items[s];
    if (f->spans[s].first == f->spans[s].end)
        return;
    bool upgrade = f->spans[s].first >= f->courses.batch->inputs.n_programmes;
    label(f, PROGRAMME, programme->head.key);
    f->cells[STAGE].label = f->all[STAGE];
    for (size_t i = 0; i < programme->specialisations.count; i++) {
        label(f, SPECIALISATION, programme->specialisations.items[i].head.key);
        add_part(f, s, (part){i, ALL}, area, step);
    }
    f->cells[SPECIALISATION].label = f->all[SPECIALISATION];
    for (size_t i = 0; i < programme->stages.count && !upgrade; i++) {
        label(f, STAGE, programme->stages.items[i].head.key);
        add_part(f, s, (part){ALL, i}, area, step);
    }
    f->cells[STAGE].label = f->all[STAGE];
    add_part(f, s, (part){ALL, ALL}, area, step);
}

/* Which courses belong to which programme, and where their people are. */
static void prepare(fill *f, frem_arena *arena) {
    const frem_scenario *s = f->model->scenario;
    size_t n = frem_courses_count(&f->courses);
    for (size_t p = 0; p < s->programmes.count; p++)
        f->specialisations = s->programmes.items[p].specialisations.count > f->specialisations
                                 ? s->programmes.items[p].specialisations.count
                                 : f->specialisations;
    f->spans = frem_arena_alloc(arena, s->programmes.count + 1, sizeof *f->spans);
    f->shares = frem_arena_alloc(arena, n * FREM_COURSE_KINDS * f->areas * f->steps + 1, sizeof(double));
    f->special =
        frem_arena_alloc(arena, n * f->specialisations * FREM_COURSE_KINDS * f->steps + 1, sizeof(double));
    if (f->spans == NULL || f->shares == NULL || f->special == NULL) {
        f->status = FREM_NO_MEMORY;
        return;
    }
    for (size_t k = 0; k < n; k++) {
        span *of = &f->spans[programme_of(f, k)];
        of->first = of->end == 0 ? k : of->first;
        of->end = k + 1;
        share_course(f, k);
        specialise(f, k);
    }
}

frem_status frem_programme_rows(frem_frame *frame, const frem_model *model, const frem_batch *batch,
                                const frem_core_results *projection, const char *scenario,
                                const char *variant) {
    fill f = {.frame = frame,
              .model = model,
              .courses = {batch, projection, 0},
              .areas = model->n_groups + 1,
              .steps = projection->steps,
              .status = FREM_OK};
    frem_arena *arena;
    frem_status status = frem_arena_new(&arena);
    if (status != FREM_OK)
        return status;
    label(&f, SCENARIO, scenario);
    label(&f, VARIANT, variant);
    label(&f, STATISTIC, "point");
    label(&f, SPECIALISATION, "all");
    label(&f, STAGE, "all");
    f.all[SPECIALISATION] = f.cells[SPECIALISATION].label;
    f.all[STAGE] = f.cells[STAGE].label;
    if (f.status == FREM_OK)
        prepare(&f, arena);
    for (size_t t = 0; t < f.steps; t++) {
        f.cells[YEAR].whole = model->base + (int32_t)t;
        for (size_t area = 0; area < f.areas && f.status == FREM_OK; area++) {
            label(&f, REGION, area < model->n_groups ? model->groups[area].name : "all");
            for (size_t s = 0; s < model->scenario->programmes.count; s++)
                add_programme(&f, s, area, t);
        }
    }
    frem_arena_free(arena);
    return f.status;
}
