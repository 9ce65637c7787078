/* Places of a programme by specialisation and region, and practicum places needed against those on offer. */
#include <math.h>
#include <string.h>

#include "analysis/courses.h"
#include "analysis/practicum.h"
#include "model/areas.h"
#include "model/programme.h"

/* One programme. */
typedef struct course {
    frem_practicum_fill *fill;
    size_t place;
    const frem_programme *programme;
    const frem_practicum_programme *practicum; /* NULL where the scenario says nothing about its practicum */
    size_t regions, steps, stages;             /* regions: those that are reported */
    size_t world;                              /* all regions of the model */
    const frem_area *area;                     /* whose entrants they are */
    bool partial;                              /* whether they are of more regions than are reported */
    bool by_region;                            /* whether the intake is */
    bool divided;                              /* whether needs are known by region */
    double *numbers, *keys;                    /* [world] scratch */
    int64_t *whole;                            /* [world or specialisations] scratch */
    double *students; /* [stage][region][step] at the count dates; one region where they are not by region */
    double *needed;   /* likewise */
} course;

static frem_practicum_cell cell_of(const course *c, size_t step) {
    return (frem_practicum_cell){.year = c->fill->model->base + (int)step,
                                 .region = FREM_PRACTICUM_ALL,
                                 .programme = c->place,
                                 .school = FREM_PRACTICUM_ALL,
                                 .specialisation = FREM_PRACTICUM_ALL,
                                 .stage = FREM_PRACTICUM_ALL};
}

static void add(const course *c, frem_practicum_cell cell, enum frem_practicum_measure measure,
                double value) {
    cell.measure = measure;
    cell.value = value;
    frem_practicum_add(c->fill, cell);
}

static void keep(const course *c, frem_status status) {
    if (c->fill->status == FREM_OK)
        c->fill->status = status;
}

/* Whether a key divides the places among the regions. */
static bool has_split(const course *c) {
    return c->practicum != NULL && c->practicum->split.head.node != NULL;
}

/* ---- the part of the regions that are reported ---- */

/* Where the entrants' places are, of all regions that they are of: by the key of the split, else as graduates settle.
 * Into c->keys. */
static void find_keys(const course *c, size_t step) {
    const frem_batch *batch = c->fill->model->as_is;
    const frem_courses courses = {batch, NULL, 0};
    if (has_split(c)) {
        keep(c, frem_practicum_keys(c->fill->view, c->practicum, c->programme,
                                    c->fill->model->base + (int)step, c->keys));
        return;
    }
    memset(c->keys, 0, c->world * sizeof *c->keys);
    for (size_t k = 0; k < batch->inputs.n_programmes; k++) {
        for (size_t r = 0; batch->programme_of[k] == c->place && r < c->world; r++)
            c->keys[r] = frem_course_share(&courses, k, FREM_COURSE_INTAKE, r, step);
    }
}

/* How much of what a programme's total has belongs to the regions that are reported. */
static double part_of(const course *c, size_t step) {
    double part = 0;
    if (!c->partial)
        return 1;
    find_keys(c, step);
    for (size_t r = 0; r < c->regions; r++)
        part += c->keys[r];
    return part;
}

/* Who start in a year: all that a total covers. @return negative where the year is not told. */
static double entrants_of(const course *c, int year, bool *by_region) {
    double sum = 0;
    if (!frem_practicum_intake(c->fill->model->as_is, c->place, year, by_region, c->numbers))
        return -1;
    for (size_t r = 0; r < c->world; r++)
        sum += c->numbers[r];
    return sum;
}

/* ---- places ---- */

/* @return places of the regions that are reported. */
static int64_t add_whole_regions(const course *c, size_t step, int64_t total, const double *keys) {
    frem_practicum_cell cell = cell_of(c, step);
    int64_t own = 0;
    static const frem_practicum_programme no_bounds = {.floor = {.parameter = SIZE_MAX},
                                                       .ceiling = {.parameter = SIZE_MAX}};
    const frem_practicum_programme *bounds = c->practicum != NULL ? c->practicum : &no_bounds;
    keep(c, frem_practicum_divide(c->fill->view, bounds, cell.year, total, keys, c->whole));
    for (size_t r = 0; r < c->regions; r++) {
        c->numbers[r] = (double)c->whole[r];
        own += c->whole[r];
    }
    cell.measure = FREM_PM_PLACES;
    frem_practicum_add_regions(c->fill, cell, c->numbers);
    return own;
}

/* Places of one entry year. */
static void add_places(const course *c, size_t step) {
    frem_practicum_cell cell = cell_of(c, step);
    bool by_region;
    double sum = entrants_of(c, cell.year, &by_region);
    if (sum < 0)
        return;
    int64_t total = frem_places_whole(sum);
    if (has_split(c) || c->partial) {
        find_keys(c, step);
        total = add_whole_regions(c, step, total, c->keys);
    } else if (by_region && total > 0) {
        memcpy(c->keys, c->numbers, c->world * sizeof *c->keys);
        (void)add_whole_regions(c, step, total, c->keys);
    }
    add(c, cell, FREM_PM_INTAKE, sum * part_of(c, step));
    add(c, cell, FREM_PM_PLACES, (double)total);
    if (c->programme->specialisations.count > 0) {
        keep(c, frem_practicum_specialise(c->fill->view, c->programme, cell.year, total, c->whole));
        for (size_t i = 0; i < c->programme->specialisations.count && c->fill->status == FREM_OK; i++) {
            frem_practicum_cell one = cell;
            one.specialisation = i;
            add(c, one, FREM_PM_PLACES, (double)c->whole[i]);
        }
    }
}

/* What a reader must know of places by region. */
static void tell_key(const course *c) {
    static const char *const words[FREM_LANG_COUNT] = {
        "{0}: places by region follow the key of the split, not what the regions have agreed",
        "{0}: pladser efter område følger fordelingens nøgle, ikke hvad områderne har aftalt"};
    frem_label text;
    if (!has_split(c) || c->area->count < 2)
        return;
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++)
        text.text[lang] = FREM_PRACTICUM_WORDS(c->fill, words[lang], c->practicum->split.head.path);
    frem_practicum_tell(c->fill, "split-by-key", c->practicum->split.head.path, text);
}

/* ---- capacity ---- */

static size_t at(const course *c, size_t stage, size_t region, size_t step) {
    return (stage * c->regions + region) * c->steps + step;
}

/* Students and needs that one of the programme's streams adds, stage by stage. */
static frem_status add_stream(const course *c, size_t k, frem_arena *arena) {
    const frem_batch *batch = c->fill->model->as_is;
    const frem_core_programme *stream = &batch->inputs.programmes[k];
    size_t entries = stream->entries, lags = stream->lags, cells = lags * c->stages;
    size_t studying_lanes = stream->studying.lane ? batch->lanes : 1;
    size_t intake_lanes = stream->intake.lane ? batch->lanes : 1;
    size_t region = stream->region >= 0 ? (size_t)stream->region : 0;
    if (region >= c->regions)
        return FREM_OK;
    double *intake = frem_arena_alloc(arena, entries, sizeof *intake);
    double *studying = frem_arena_alloc(arena, entries * cells, sizeof *studying);
    double *load = frem_arena_alloc(arena, entries * cells, sizeof *load);
    double *one = frem_arena_alloc(arena, entries * lags, sizeof *one);
    double *sum = frem_arena_alloc(arena, c->steps, sizeof *sum);
    if (intake == NULL || studying == NULL || load == NULL || one == NULL || sum == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < entries * cells; i++)
        studying[i] = stream->studying.at[i * studying_lanes];
    for (size_t e = 0; e < entries; e++) {
        intake[e] = stream->intake.at[e * intake_lanes];
        int year = c->fill->model->base + (int)stream->first_step + (int)e;
        frem_status status =
            frem_practicum_load(c->fill->view, c->practicum, c->programme, year,
                                (frem_studying){studying + e * cells, lags, c->stages}, load + e * cells);
        if (status != FREM_OK)
            return status;
    }
    const double *what[] = {studying, load};
    double *into[] = {c->students, c->needed};
    for (size_t w = 0; w < 2; w++) {
        for (size_t s = 0; s < c->stages; s++) {
            for (size_t i = 0; i < entries * lags; i++)
                one[i] = what[w][i * c->stages + s];
            frem_practicum_needed(intake, one, entries, lags, stream->first_step, c->steps, sum);
            for (size_t t = 0; t < c->steps; t++)
                into[w][at(c, s, region, t)] += sum[t];
        }
    }
    return FREM_OK;
}

/* Of all regions that are reported, or of all that a total covers; a stage or (FREM_PRACTICUM_ALL) all stages. */
static double sum_of(const course *c, const double *numbers, size_t stage, size_t step) {
    double sum = 0;
    for (size_t s = 0; s < c->stages; s++) {
        for (size_t r = 0; r < (c->by_region ? c->regions : 1) && (stage == FREM_PRACTICUM_ALL || s == stage);
             r++)
            sum += numbers[at(c, s, r, step)];
    }
    return sum;
}

/* Needs by region: where the students start, or by the split's key. */
static void need_by_region(const course *c, size_t step, double *out) {
    double all = sum_of(c, c->needed, FREM_PRACTICUM_ALL, step);
    if (!c->by_region)
        find_keys(c, step);
    for (size_t r = 0; r < c->regions; r++) {
        out[r] = c->by_region ? 0 : all * c->keys[r];
        for (size_t s = 0; s < c->stages && c->by_region; s++)
            out[r] += c->needed[at(c, s, r, step)];
    }
}

/* FTE that supervising one student in practicum takes. */
static double supervision_of(const course *c, int year) {
    const frem_series *hours = frem_view_series(c->fill->view, &c->practicum->supervision_hours);
    return frem_series_at(hours, year, 0, 0, 0) / c->fill->model->scenario->full_time_hours;
}

/* Places needed, all of them or of a stage, and those who supervise the students in them. */
static void add_needed(const course *c, frem_practicum_cell cell, double needed) {
    add(c, cell, FREM_PM_NEEDED, needed);
    if (frem_value_given(&c->practicum->supervision_hours))
        add(c, cell, FREM_PM_SUPERVISORS, needed * supervision_of(c, cell.year));
}

/* The same by region. `supervisors` is scratch. */
static void add_needed_regions(const course *c, frem_practicum_cell cell, const double *need,
                               double *supervisors) {
    cell.measure = FREM_PM_NEEDED;
    frem_practicum_add_regions(c->fill, cell, need);
    if (!frem_value_given(&c->practicum->supervision_hours))
        return;
    double each = supervision_of(c, cell.year);
    for (size_t r = 0; r < c->regions; r++)
        supervisors[r] = need[r] * each;
    cell.measure = FREM_PM_SUPERVISORS;
    frem_practicum_add_regions(c->fill, cell, supervisors);
}

/* Needs, places on offer and what is missing in one year. A shortfall of all regions is the sum of theirs, before what
 * others have to spare. @return the shortfall, or -1 where nothing is on offer to compare with. */
static double add_year(const course *c, size_t step, double *need) {
    frem_practicum_cell cell = cell_of(c, step);
    frem_view *view = c->fill->view;
    const double part = part_of(c, step), all = part * sum_of(c, c->needed, FREM_PRACTICUM_ALL, step);
    bool offered = frem_value_given(&c->practicum->offer);
    bool offered_by_region = offered && frem_view_series(view, &c->practicum->offer)->region > 0;
    double offer =
        offered ? frem_practicum_offer(view, c->practicum, cell.year, &c->fill->model->own, -1) : 0;
    offer *= offered_by_region ? 1 : part;
    double missing = all > offer ? all - offer : 0;
    for (size_t s = 0; s < c->stages && c->programme->stages.count > 0; s++) {
        frem_practicum_cell one = cell;
        one.stage = s;
        add(c, one, FREM_PM_STUDENTS, part * sum_of(c, c->students, s, step));
        add_needed(c, one, part * sum_of(c, c->needed, s, step));
    }
    if (c->divided) {
        need_by_region(c, step, need);
        add_needed_regions(c, cell, need, c->numbers);
    }
    if (c->divided && offered_by_region) {
        missing = 0;
        for (size_t r = 0; r < c->regions; r++) {
            c->numbers[r] =
                frem_practicum_offer(view, c->practicum, cell.year, &c->fill->model->own, (ptrdiff_t)r);
            need[r] = need[r] > c->numbers[r] ? need[r] - c->numbers[r] : 0;
            missing += need[r];
        }
        cell.measure = FREM_PM_OFFERED;
        frem_practicum_add_regions(c->fill, cell, c->numbers);
        cell.measure = FREM_PM_SHORTFALL;
        frem_practicum_add_regions(c->fill, cell, need);
    }
    cell = cell_of(c, step);
    add(c, cell, FREM_PM_STUDENTS, part * sum_of(c, c->students, FREM_PRACTICUM_ALL, step));
    add_needed(c, cell, all);
    if (!offered)
        return -1;
    add(c, cell, FREM_PM_OFFERED, offer);
    add(c, cell, FREM_PM_SHORTFALL, missing);
    return missing;
}

static const char *name_of(const course *c, frem_lang lang) {
    return c->programme->label.text[lang] != NULL ? c->programme->label.text[lang] : c->programme->head.key;
}

static void tell_shortfall(const course *c, size_t years, size_t worst, double missing) {
    static const char *const words[FREM_LANG_COUNT] = {
        "{0}: practicum places are missing in {1} of {2} years, most in {3}: {4} needed, {5} missing",
        "{0}: der mangler praktikpladser i {1} af {2} år, flest i {3}: behov {4}, mangler {5}"};
    double all = part_of(c, worst) * sum_of(c, c->needed, FREM_PRACTICUM_ALL, worst);
    frem_label text;
    for (size_t l = 0; l < FREM_LANG_COUNT; l++) {
        frem_lang lang = (frem_lang)l;
        text.text[l] = FREM_PRACTICUM_WORDS(
            c->fill, words[l], name_of(c, lang), frem_practicum_whole(c->fill, (long)years),
            frem_practicum_whole(c->fill, (long)c->steps),
            frem_practicum_whole(c->fill, c->fill->model->base + (long)worst),
            frem_practicum_number(c->fill, all, lang), frem_practicum_number(c->fill, missing, lang));
    }
    frem_practicum_tell(c->fill, "shortfall", c->practicum->offer.head.path, text);
}

/* What would start if the places on offer did not limit it, and where they do. */
static void add_planned(const course *c, frem_arena *arena) {
    static const char *const words[FREM_LANG_COUNT] = {
        "{0}: places on offer limit the intake in {1} of the years, first in {2}: {3} instead of {4}",
        "{0}: de udbudte praktikpladser begrænser optaget i {1} af årene, først i {2}: {3} i stedet for {4}"};
    const frem_batch *batch = c->fill->model->as_is;
    double *planned = frem_arena_alloc(arena, c->steps, sizeof *planned);
    if (planned == NULL)
        keep(c, FREM_NO_MEMORY);
    for (size_t k = 0; k < batch->inputs.n_programmes && c->fill->status == FREM_OK; k++) {
        const frem_core_programme *stream = &batch->inputs.programmes[k];
        if (batch->programme_of[k] != c->place || stream->region >= (ptrdiff_t)c->regions)
            continue;
        double *one = frem_arena_alloc(arena, stream->entries, sizeof *one);
        keep(c, one != NULL ? frem_practicum_planned(batch, k, one) : FREM_NO_MEMORY);
        for (size_t e = 0; e < stream->entries && c->fill->status == FREM_OK; e++) {
            ptrdiff_t step = stream->first_step + (ptrdiff_t)e;
            if (step >= 0 && (size_t)step < c->steps)
                planned[step] += one[e];
        }
    }
    size_t limited = 0, first = 0;
    double started = 0;
    for (size_t t = 0; t < c->steps && c->fill->status == FREM_OK; t++) {
        frem_practicum_cell cell = cell_of(c, t);
        bool by_region;
        double sum = entrants_of(c, cell.year, &by_region), part = part_of(c, t);
        if (sum < 0)
            continue;
        sum *= part;
        planned[t] *= part;
        add(c, cell, FREM_PM_INTAKE_PLANNED, planned[t]);
        if (!(sum < planned[t]))
            continue;
        first = limited++ == 0 ? t : first;
        started = first == t ? sum : started;
    }
    if (limited == 0 || c->fill->status != FREM_OK)
        return;
    frem_label text;
    for (size_t l = 0; l < FREM_LANG_COUNT; l++) {
        frem_lang lang = (frem_lang)l;
        text.text[l] = FREM_PRACTICUM_WORDS(c->fill, words[l], name_of(c, lang),
                                            frem_practicum_whole(c->fill, (long)limited),
                                            frem_practicum_whole(c->fill, c->fill->model->base + (long)first),
                                            frem_practicum_number(c->fill, started, lang),
                                            frem_practicum_number(c->fill, planned[first], lang));
    }
    frem_practicum_tell(c->fill, "capped", c->practicum->offer.head.path, text);
}

static frem_status add_capacity(course *c, frem_arena *arena) {
    const frem_batch *batch = c->fill->model->as_is;
    size_t n = c->stages * c->regions * c->steps, years = 0, worst = 0;
    double *need = frem_arena_alloc(arena, c->regions, sizeof *need), most = 0;
    c->students = frem_arena_alloc(arena, n, sizeof *c->students);
    c->needed = frem_arena_alloc(arena, n, sizeof *c->needed);
    if (need == NULL || c->students == NULL || c->needed == NULL)
        return FREM_NO_MEMORY;
    for (size_t k = 0; k < batch->inputs.n_programmes; k++) {
        if (batch->programme_of[k] != c->place)
            continue;
        c->by_region = batch->inputs.programmes[k].region >= 0;
        frem_status status = add_stream(c, k, arena);
        if (status != FREM_OK)
            return status;
    }
    c->divided = c->by_region || (has_split(c) && c->area->count > 1);
    for (size_t t = 0; t < c->steps; t++) {
        double missing = add_year(c, t, need);
        years += missing > 0;
        worst = missing > most ? t : worst;
        most = missing > most ? missing : most;
    }
    if (years > 0)
        tell_shortfall(c, years, worst, most);
    if (c->practicum->caps_intake == FREM_YES)
        add_planned(c, arena);
    return c->fill->status;
}

void frem_practicum_programme_rows(frem_practicum_fill *fill, size_t place) {
    const frem_model *model = fill->model;
    const frem_programme *programme = &model->scenario->programmes.items[place];
    course c = {.fill = fill,
                .place = place,
                .programme = programme,
                .practicum = frem_practicum_of(model->scenario, programme),
                .regions = model->reported,
                .world = frem_index_count(model->regions),
                .area = frem_programme_area(model, programme),
                .steps = model->steps,
                .stages = programme->stages.count > 0 ? programme->stages.count : 1};
    size_t specialisations = programme->specialisations.count;
    if ((specialisations == 0 && c.practicum == NULL) || fill->status != FREM_OK)
        return;
    frem_arena *arena;
    fill->status = frem_arena_new(&arena);
    if (fill->status != FREM_OK)
        return;
    for (size_t r = c.regions; r < c.world && !frem_intake_by_region(model, programme); r++)
        c.partial = c.partial || c.area->has[r];
    c.numbers = frem_arena_alloc(arena, c.world, sizeof *c.numbers);
    c.keys = frem_arena_alloc(arena, c.world, sizeof *c.keys);
    c.whole = frem_arena_alloc(arena, c.world + specialisations, sizeof *c.whole);
    if (c.numbers == NULL || c.keys == NULL || c.whole == NULL)
        fill->status = FREM_NO_MEMORY;
    for (size_t t = 0; t < c.steps && fill->status == FREM_OK; t++)
        add_places(&c, t);
    tell_key(&c);
    bool loaded =
        c.practicum != NULL && (c.practicum->stages.count > 0 || frem_value_given(&c.practicum->share) ||
                                frem_value_given(&c.practicum->weeks));
    if (loaded && fill->status == FREM_OK)
        keep(&c, add_capacity(&c, arena));
    frem_arena_free(arena);
}
