#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/courses.h"
#include "analysis/judge.h"
#include "analysis/practicum.h"
#include "base/locale.h"
#include "base/problem.h"
#include "base/text.h"
#include "model/areas.h"
#include "model/programme.h"

/* Columns of practicum.csv, in order. */
enum column {
    SCENARIO,
    VARIANT,
    YEAR,
    REGION,
    PROGRAMME,
    SCHOOL,
    SPECIALISATION,
    STAGE,
    MEASURE,
    STATISTIC,
    UNIT,
    VALUE,
    COLUMNS
};

static const char *const column_names[COLUMNS] = {"scenario",  "variant",   "year",           "region",
                                                  "programme", "school",    "specialisation", "stage",
                                                  "measure",   "statistic", "unit",           "value"};

static const struct {
    const char *name, *unit;
    frem_label label;
} measures[FREM_PM_COUNT] = {
    [FREM_PM_PLACES] = {"places", "places", {{"Places", "Pladser"}}},
    [FREM_PM_INTAKE] = {"intake", "persons", {{"Intake", "Optag"}}},
    [FREM_PM_INTAKE_PLANNED] = {"intake_planned",
                                "persons",
                                {{"Intake without the limit", "Optag uden begrænsning"}}},
    [FREM_PM_STUDENTS] = {"students", "persons", {{"Students", "Studerende"}}},
    [FREM_PM_NEEDED] = {"places_needed", "places", {{"Practicum places needed", "Behov for praktikpladser"}}},
    [FREM_PM_OFFERED] = {"places_offered",
                         "places",
                         {{"Practicum places on offer", "Udbudte praktikpladser"}}},
    [FREM_PM_SHORTFALL] = {"shortfall", "places", {{"Practicum places missing", "Manglende praktikpladser"}}},
    [FREM_PM_SUPERVISORS] = {"supervisors_needed",
                             "fte",
                             {{"Practicum supervisors needed", "Behov for praktikvejledere"}}},
    [FREM_PM_STUDENTS_SHARE] = {"students_share", "ratio", {{"Share of students", "Andel af studerende"}}},
    [FREM_PM_STA_TOTAL] = {"sta_total", "sta", {{"STÅ of practicum", "Praktikkens STÅ"}}},
    [FREM_PM_STA_MUNICIPAL] = {"sta_municipal", "sta", {{"Municipal STÅ", "Kommunale STÅ"}}},
    [FREM_PM_STA_PUBLISHED] = {"sta_published",
                               "sta",
                               {{"Municipal STÅ, published", "Kommunale STÅ, offentliggjort"}}},
    [FREM_PM_SHARE] = {"practicum_share", "ratio", {{"Share of practicum", "Andel af praktik"}}},
    [FREM_PM_SHARE_PUBLISHED] = {"practicum_share_published", "ratio", {{"Published", "Offentliggjort"}}},
    [FREM_PM_DIFFERENCE] = {"practicum_share_difference", "ratio", {{"Difference", "Forskel"}}},
    [FREM_PM_OTHER_READING] = {"practicum_share_other_reading",
                               "ratio",
                               {{"In the other reading", "I den anden læsning"}}},
};

static void practicum_programme_rows(frem_practicum_fill *fill, size_t place);

static void practicum_school_rows(frem_practicum_fill *fill);

/* ---- filling ---- */

static void practicum_add(frem_practicum_fill *fill, frem_practicum_cell cell) {
    if (fill->status == FREM_OK)
        fill->status =
            frem_grow((void **)&fill->cells, &fill->cells_capacity, fill->n_cells, sizeof *fill->cells);
    if (fill->status == FREM_OK)
        fill->cells[fill->n_cells++] = cell;
}

/* Adds what is of single regions: each region, each group's sum. @param values [regions] */
static void practicum_add_regions(frem_practicum_fill *fill, frem_practicum_cell cell, const double *values) {
    const frem_model *model = fill->model;
    size_t regions = model->reported;
    for (size_t r = 0; r < regions && !model->one_area; r++) {
        cell.region = r;
        cell.value = values[r];
        practicum_add(fill, cell);
    }
    for (size_t g = 0; g < model->n_groups; g++) {
        cell.region = regions + g;
        cell.value = 0;
        for (size_t i = 0; i < model->groups[g].count; i++)
            cell.value += values[model->groups[g].regions[i]];
        practicum_add(fill, cell);
    }
}

/* Whether a note was given for the scenario itself: it is not repeated for its variants. */
static bool is_noted(const frem_practicum_fill *fill, const char *kind, const char *what, frem_label text) {
    for (size_t i = 0; i < fill->n_notes; i++) {
        const frem_note *note = &fill->notes[i];
        if (note->scenario == fill->scenario && strcmp(note->kind, kind) == 0 &&
            strcmp(note->what, what) == 0 && strcmp(note->text.text[FREM_EN], text.text[FREM_EN]) == 0)
            return true;
    }
    return false;
}

/* Adds a note; its texts are from the fill's arena (NULL is out of memory). */
static void practicum_tell(frem_practicum_fill *fill, const char *kind, const char *what, frem_label text) {
    const frem_scenario *s = fill->model->scenario;
    bool known = what != NULL && text.text[FREM_EN] != NULL && is_noted(fill, kind, what, text);
    if (known)
        return;
    for (size_t lang = 0; lang < FREM_LANG_COUNT && fill->scenario != s->name && text.text[lang] != NULL;
         lang++)
        text.text[lang] = frem_arena_print(fill->arena, "%s (%s)", text.text[lang], s->label.text[lang]);
    if (what == NULL || text.text[FREM_EN] == NULL || text.text[FREM_DA] == NULL)
        fill->status = FREM_NO_MEMORY;
    if (fill->status == FREM_OK)
        fill->status =
            frem_grow((void **)&fill->notes, &fill->notes_capacity, fill->n_notes, sizeof *fill->notes);
    if (fill->status == FREM_OK)
        fill->notes[fill->n_notes++] = (frem_note){fill->scenario, kind, what, text};
}

/* Keeps a text in the arena, and frees it. @return Borrowed; "" when out of memory. */
static const char *practicum_keep(frem_practicum_fill *fill, frem_text *text) {
    const char *kept = text->failed ? NULL : frem_arena_text(fill->arena, text->bytes, text->length);
    frem_text_free(text);
    if (kept == NULL)
        fill->status = FREM_NO_MEMORY;
    return kept != NULL ? kept : "";
}

/* A share in per cent as people of a language write it. @return Borrowed from the arena; "" when out of memory. */
static const char *practicum_per_cent(frem_practicum_fill *fill, double share, int decimals, frem_lang lang) {
    frem_text text = {0};
    frem_locale_number(&text, 100 * share, decimals, lang);
    /* Danish sets a blank before the sign, one at which no line breaks. */
    frem_text_add(&text, lang == FREM_DA ? "\u00a0%" : "%");
    return practicum_keep(fill, &text);
}

/* A number likewise, with up to two decimals. */
static const char *practicum_number(frem_practicum_fill *fill, double number, frem_lang lang) {
    frem_text text = {0};
    frem_locale_brief(&text, number, 2, lang);
    return practicum_keep(fill, &text);
}

/* A whole number. @return Borrowed from the arena; "" when out of memory. */
static const char *practicum_whole(frem_practicum_fill *fill, long number) {
    const char *text = frem_arena_print(fill->arena, "%ld", number);
    if (text == NULL)
        fill->status = FREM_NO_MEMORY;
    return text != NULL ? text : "";
}

const char *frem_practicum_words(frem_practicum_fill *fill, const char *pattern, const char *const *args,
                                 size_t n) {
    frem_text text = {0};
    for (const char *c = pattern; *c != '\0'; c++) {
        if (c[0] == '{' && c[1] >= '0' && (size_t)(c[1] - '0') < n && c[2] == '}') {
            frem_text_add(&text, args[c[1] - '0']);
            c += 2;
        } else {
            frem_text_add_bytes(&text, c, 1);
        }
    }
    const char *kept = text.failed ? NULL : frem_arena_text(fill->arena, text.bytes, text.length);
    frem_text_free(&text);
    return kept;
}

/* ---- the table ---- */

static int by_size(size_t a, size_t b) {
    return (a > b) - (a < b);
}

/* Rows by the columns, in the order of the scenario; `all` is last everywhere. */
static int by_columns(const void *left, const void *right) {
    const frem_practicum_cell *a = left, *b = right;
    const int order[] = {(a->year > b->year) - (a->year < b->year),
                         by_size(a->region, b->region),
                         by_size(a->programme, b->programme),
                         by_size(a->school, b->school),
                         by_size(a->specialisation, b->specialisation),
                         by_size(a->stage, b->stage),
                         (a->measure > b->measure) - (a->measure < b->measure)};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        if (order[i] != 0)
            return order[i];
    }
    return 0;
}

static const char *region_key(const frem_model *model, size_t region) {
    size_t regions = model->reported;
    if (region == FREM_PRACTICUM_ALL)
        return "all";
    return region < regions ? frem_index_name(model->regions, region) : model->groups[region - regions].name;
}

static frem_status add_row(frem_frame *frame, const frem_model *model, const frem_practicum_cell *cell) {
    const frem_scenario *s = model->scenario;
    const frem_programme *programme =
        cell->programme != FREM_PRACTICUM_ALL ? &s->programmes.items[cell->programme] : NULL;
    const char *keys[COLUMNS] = {
        [SCENARIO] = s->name,
        [VARIANT] = s->variant,
        [REGION] = region_key(model, cell->region),
        [PROGRAMME] = programme != NULL ? programme->head.key : "all",
        [SCHOOL] =
            cell->school != FREM_PRACTICUM_ALL ? s->practicum.schools.items[cell->school].head.key : "all",
        [SPECIALISATION] = programme != NULL && cell->specialisation != FREM_PRACTICUM_ALL
                               ? programme->specialisations.items[cell->specialisation].head.key
                               : "all",
        [STAGE] = programme != NULL && cell->stage != FREM_PRACTICUM_ALL
                      ? programme->stages.items[cell->stage].head.key
                      : "all",
        [MEASURE] = measures[cell->measure].name,
        [STATISTIC] = "point",
        [UNIT] = measures[cell->measure].unit,
    };
    frem_cell row[COLUMNS] = {[YEAR] = {.whole = cell->year}, [VALUE] = {.number = cell->value}};
    frem_status status = FREM_OK;
    for (size_t c = 0; c < COLUMNS && status == FREM_OK; c++) {
        if (keys[c] != NULL)
            status = frem_frame_label(frame, c, keys[c], &row[c].label);
    }
    return status == FREM_OK ? frem_frame_add(frame, row) : status;
}

static frem_status new_table(frem_frame **table) {
    frem_column_kind kinds[COLUMNS];
    for (size_t c = 0; c < COLUMNS; c++)
        kinds[c] = c == YEAR ? FREM_COLUMN_WHOLE : c == VALUE ? FREM_COLUMN_NUMBER : FREM_COLUMN_LABEL;
    return frem_frame_new(table, column_names, kinds, COLUMNS);
}

/* One scenario into the table. */
static frem_status fill_one(frem_results *results, const frem_model *model, frem_practicum_fill *fill) {
    frem_view view = model->as_is->views[0];
    bool again = fill->model != NULL && fill->model->scenario->draft == model->scenario->draft;
    fill->scenario = again ? fill->scenario : model->scenario->name;
    fill->model = model;
    fill->view = &view;
    fill->n_cells = 0;
    for (size_t k = 0; k < model->scenario->programmes.count; k++)
        practicum_programme_rows(fill, k);
    practicum_school_rows(fill);
    if (fill->n_cells > 0)
        qsort(fill->cells, fill->n_cells, sizeof *fill->cells, by_columns);
    for (size_t i = 0; i < fill->n_cells && fill->status == FREM_OK; i++)
        fill->status = add_row(results->table, model, &fill->cells[i]);
    return fill->status;
}

/* ---- what people call things ---- */

static void add_name(frem_name *names, size_t *n, const char *scenario, const char *column, const char *key,
                     frem_label label) {
    for (size_t i = 0; i < *n; i++) {
        if (names[i].scenario != NULL && scenario != NULL && strcmp(names[i].scenario, scenario) == 0 &&
            strcmp(names[i].column, column) == 0 && strcmp(names[i].key, key) == 0)
            return; /* the variants of a scenario call things what it calls them */
    }
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
        if (label.text[lang] == NULL)
            label.text[lang] = key;
    }
    names[(*n)++] = (frem_name){scenario, column, key, label};
}

static void name_schools(frem_name *names, size_t *n, const frem_scenario *s) {
    for (size_t i = 0; i < s->practicum.schools.count; i++)
        add_name(names, n, s->name, "school", s->practicum.schools.items[i].head.key,
                 s->practicum.schools.items[i].label);
}

/* The table's own words come first: they win over those of projections, such as what `intake` is called. */
static frem_status describe(frem_results *results, frem_practicum_fill *fill, const frem_model *const *models,
                            size_t n_models) {
    frem_document *document = &results->document;
    frem_status status = frem_results_describe(results, models, NULL, n_models);
    size_t room = FREM_PM_COUNT + 1 + document->n_names, n = 0;
    for (size_t i = 0; i < n_models; i++)
        room += models[i]->scenario->practicum.schools.count;
    frem_name *names = frem_arena_alloc(results->arena, room, sizeof *names);
    frem_note *notes = frem_arena_alloc(results->arena, fill->n_notes + 1, sizeof *notes);
    if (status != FREM_OK || names == NULL || notes == NULL)
        return status != FREM_OK ? status : FREM_NO_MEMORY;
    for (size_t m = 0; m < FREM_PM_COUNT; m++)
        add_name(names, &n, NULL, "measure", measures[m].name, measures[m].label);
    add_name(names, &n, NULL, "unit", "sta", (frem_label){{"STÅ", "STÅ"}});
    for (size_t i = 0; i < n_models; i++)
        name_schools(names, &n, models[i]->scenario);
    if (document->n_names > 0)
        memcpy(names + n, document->names, document->n_names * sizeof *names);
    document->names = names;
    document->n_names += n;
    /* What holds for a projection's numbers says nothing about these. */
    if (fill->n_notes > 0)
        memcpy(notes, fill->notes, fill->n_notes * sizeof *notes);
    document->notes = notes;
    document->n_notes = fill->n_notes;
    return FREM_OK;
}

static frem_status check_subject(const frem_model *model, frem_diags *diags) {
    const frem_scenario *s = model->scenario;
    bool about = s->practicum.head.node != NULL;
    for (size_t k = 0; k < s->programmes.count; k++)
        about = about || s->programmes.items[k].specialisations.count > 0;
    frem_place place = {s->source->path, 0, 0};
    return about ? FREM_OK : FREM_PROBLEM(diags, place, NO_PRACTICUM, "");
}

frem_status frem_practicum_new(frem_results **out, const frem_sources *sources,
                               const frem_model *const *models, size_t n_models,
                               const frem_run_options *options, frem_diags *diags) {
    *out = NULL;
    frem_status status = frem_models_named_apart(models, n_models, diags);
    for (size_t i = 0; i < n_models; i++) {
        frem_status one = check_subject(models[i], diags);
        status = status == FREM_OK ? one : status;
    }
    frem_results *results;
    if (status == FREM_OK)
        status = frem_results_empty(&results);
    if (status != FREM_OK)
        return status;
    frem_practicum_fill fill = {.arena = results->arena};
    results->document.kind = FREM_TABLE_PRACTICUM;
    results->document.sources = sources;
    results->document.command = options->command;
    results->document.n_command = options->n_command;
    status = new_table(&results->table);
    for (size_t i = 0; i < n_models && status == FREM_OK; i++)
        status = fill_one(results, models[i], &fill);
    results->document.results = results->table;
    if (status == FREM_OK)
        status = describe(results, &fill, models, n_models);
    free(fill.cells);
    free(fill.notes);
    if (status == FREM_OK)
        *out = results;
    else
        frem_results_free(results);
    return status;
}

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
    practicum_add(c->fill, cell);
}

static void keep(const course *c, frem_status status) {
    if (c->fill->status == FREM_OK)
        c->fill->status = status;
}

/* Keeps what is wrong with a question to the model. */
static void keep_view(const course *c) {
    keep(c, frem_view_end(c->fill->view));
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
        frem_practicum_keys(c->fill->view, c->practicum, c->programme, c->fill->model->base + (int)step,
                            c->keys);
        keep_view(c);
        return;
    }
    memset(c->keys, 0, c->world * sizeof *c->keys);
    for (size_t k = 0; k < batch->inputs.n_programmes; k++) {
        if (batch->programme_of[k] != c->place)
            continue;
        const frem_course_whole whole = frem_course_divide(&courses, k, FREM_COURSE_INTAKE, step);
        for (size_t r = 0; r < c->world; r++)
            c->keys[r] = frem_course_share(&courses, &whole, r);
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

/* Students who start in a year: all that a total covers. @return negative where the year is not given. */
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
    frem_practicum_divide(c->fill->view, bounds, cell.year, total, keys, c->whole);
    keep_view(c);
    for (size_t r = 0; r < c->regions; r++) {
        c->numbers[r] = (double)c->whole[r];
        own += c->whole[r];
    }
    cell.measure = FREM_PM_PLACES;
    practicum_add_regions(c->fill, cell, c->numbers);
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
        frem_practicum_specialise(c->fill->view, c->programme, cell.year, total, c->whole);
        keep_view(c);
        for (size_t i = 0; i < c->programme->specialisations.count && c->fill->status == FREM_OK; i++) {
            frem_practicum_cell one = cell;
            one.specialisation = i;
            add(c, one, FREM_PM_PLACES, (double)c->whole[i]);
        }
    }
}

/* What a reader must know of places by region. */
static void tell_key(const course *c) {
    frem_label text;
    if (!has_split(c) || c->area->count < 2)
        return;
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++)
        text.text[lang] =
            FREM_PRACTICUM_WORDS(c->fill, frem_word_text(FREM_W_NOTE_PLACES_SPLIT, (frem_lang)lang),
                                 c->practicum->split.head.path);
    practicum_tell(c->fill, "split-by-key", c->practicum->split.head.path, text);
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
        frem_practicum_load(c->fill->view, c->practicum, c->programme, year,
                            (frem_studying){studying + e * cells, lags, c->stages}, load + e * cells);
    }
    const frem_status status = frem_view_end(c->fill->view);
    if (status != FREM_OK)
        return status;
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
    practicum_add_regions(c->fill, cell, need);
    if (!frem_value_given(&c->practicum->supervision_hours))
        return;
    double each = supervision_of(c, cell.year);
    for (size_t r = 0; r < c->regions; r++)
        supervisors[r] = need[r] * each;
    cell.measure = FREM_PM_SUPERVISORS;
    practicum_add_regions(c->fill, cell, supervisors);
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
        practicum_add_regions(c->fill, cell, c->numbers);
        cell.measure = FREM_PM_SHORTFALL;
        practicum_add_regions(c->fill, cell, need);
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
    double all = part_of(c, worst) * sum_of(c, c->needed, FREM_PRACTICUM_ALL, worst);
    frem_label text;
    for (size_t l = 0; l < FREM_LANG_COUNT; l++) {
        frem_lang lang = (frem_lang)l;
        text.text[l] = FREM_PRACTICUM_WORDS(
            c->fill, frem_word_text(FREM_W_NOTE_PLACES_MISSING, lang), name_of(c, lang),
            practicum_whole(c->fill, (long)years), practicum_whole(c->fill, (long)c->steps),
            practicum_whole(c->fill, c->fill->model->base + (long)worst),
            practicum_number(c->fill, all, lang), practicum_number(c->fill, missing, lang));
    }
    practicum_tell(c->fill, "shortfall", c->practicum->offer.head.path, text);
}

/* What would start if the places on offer did not limit it, and where they do. */
static void add_planned(const course *c, frem_arena *arena) {
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
        text.text[l] = FREM_PRACTICUM_WORDS(c->fill, frem_word_text(FREM_W_NOTE_PLACES_LIMIT, lang),
                                            name_of(c, lang), practicum_whole(c->fill, (long)limited),
                                            practicum_whole(c->fill, c->fill->model->base + (long)first),
                                            practicum_number(c->fill, started, lang),
                                            practicum_number(c->fill, planned[first], lang));
    }
    practicum_tell(c->fill, "capped", c->practicum->offer.head.path, text);
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

/* Rows and notes of one programme: places, and needed against on offer. */
static void practicum_programme_rows(frem_practicum_fill *fill, size_t place) {
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

/* What one school, or all of them, adds up to. */
typedef struct total {
    double sta;                       /* of the students' practicum */
    frem_practicum_interval students; /* shares, summing to 1 where nothing is amiss */
    frem_practicum_interval taken;    /* STÅ that the municipalities take */
} total;

static frem_practicum_cell schools_cell_of(const frem_practicum_fill *fill, size_t school, size_t region) {
    return (frem_practicum_cell){.year = fill->model->base,
                                 .region = region,
                                 .programme = FREM_PRACTICUM_ALL,
                                 .school = school,
                                 .specialisation = FREM_PRACTICUM_ALL,
                                 .stage = FREM_PRACTICUM_ALL};
}

static void schools_add(frem_practicum_fill *fill, frem_practicum_cell cell,
                        enum frem_practicum_measure measure, double value) {
    cell.measure = measure;
    cell.value = value;
    practicum_add(fill, cell);
}

/* "schools.fyn" as a path that a reader finds in the scenario. */
static const char *path_of(frem_practicum_fill *fill, size_t school) {
    return fill->model->scenario->practicum.schools.items[school].head.path;
}

static const char *schools_name_of(const frem_practicum_fill *fill, size_t school, frem_lang lang) {
    const frem_practicum_school *s = &fill->model->scenario->practicum.schools.items[school];
    return s->label.text[lang] != NULL ? s->label.text[lang] : s->head.key;
}

/* A published share that the other published figures do not give. */
static const char *share_words(frem_practicum_fill *fill, const char *who, double sta, double sta_total,
                               double share, double published, frem_lang lang) {
    return FREM_PRACTICUM_WORDS(fill, frem_word_text(FREM_W_NOTE_SHARE, lang), who,
                                practicum_per_cent(fill, published, 1, lang),
                                practicum_number(fill, sta, lang), practicum_number(fill, sta_total, lang),
                                practicum_per_cent(fill, share, 1, lang));
}

static void tell_row(frem_practicum_fill *fill, const frem_practicum_row *row, double sta_total,
                     double share) {
    frem_label text;
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
        const char *who = frem_arena_print(fill->arena, "%s (%s)", fill->model->region_names[row->region],
                                           schools_name_of(fill, row->school, (frem_lang)lang));
        text.text[lang] = share_words(fill, who != NULL ? who : "", row->sta.number, sta_total, share,
                                      row->published.number, (frem_lang)lang);
    }
    practicum_tell(fill, "contradiction", fill->model->scenario->practicum.municipalities.head.path, text);
}

/* One municipality under one school. */
static void schools_add_row(frem_practicum_fill *fill, const frem_practicum_row *row, double school_sta) {
    frem_practicum_interval share = frem_practicum_share(row->sta, school_sta, row->students);
    frem_practicum_cell cell = schools_cell_of(fill, row->school, row->region);
    schools_add(fill, cell, FREM_PM_STUDENTS_SHARE, row->students.number);
    schools_add(fill, cell, FREM_PM_STA_TOTAL, school_sta * row->students.number);
    schools_add(fill, cell, FREM_PM_STA_MUNICIPAL, row->sta.number);
    schools_add(fill, cell, FREM_PM_SHARE, share.number);
    schools_add(fill, cell, FREM_PM_SHARE_PUBLISHED, row->published.number);
    schools_add(fill, cell, FREM_PM_DIFFERENCE, share.number - row->published.number);
    if (frem_practicum_interval_contradicts(share, row->published))
        tell_row(fill, row, school_sta * row->students.number, share.number);
}

static void tell_sum(frem_practicum_fill *fill, size_t school, frem_word words,
                     const char *const sum[FREM_LANG_COUNT], const char *const said[FREM_LANG_COUNT]) {
    frem_label text;
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++)
        text.text[lang] =
            FREM_PRACTICUM_WORDS(fill, frem_word_text(words, (frem_lang)lang),
                                 schools_name_of(fill, school, (frem_lang)lang), sum[lang], said[lang]);
    practicum_tell(fill, "contradiction", path_of(fill, school), text);
}

/* Shares that do not sum to 1, and STÅ that do not sum to the school's. */
static void check_sums(frem_practicum_fill *fill, size_t school, const total *sum) {
    const frem_practicum_school *s = &fill->model->scenario->practicum.schools.items[school];
    const char *found[FREM_LANG_COUNT], *said[FREM_LANG_COUNT];
    if (frem_practicum_interval_contradicts(sum->students, (frem_printed){1, 0})) {
        for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
            found[lang] = practicum_per_cent(fill, sum->students.number, 2, (frem_lang)lang);
            said[lang] = practicum_per_cent(fill, 1, 0, (frem_lang)lang);
        }
        tell_sum(fill, school, FREM_W_NOTE_SHARES_SUM, found, said);
    }
    if (!frem_value_given(&s->sta) ||
        !frem_practicum_interval_contradicts(sum->taken, frem_practicum_printed(&s->sta)))
        return;
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
        found[lang] = practicum_number(fill, sum->taken.number, (frem_lang)lang);
        said[lang] = practicum_number(fill, s->sta.number, (frem_lang)lang);
    }
    tell_sum(fill, school, FREM_W_NOTE_STA_SUM, found, said);
}

/* Says how the dimensioning was read, and what the other reading would give. */
static void tell_reading(frem_practicum_fill *fill, size_t school, const total *sum, double other_sta) {
    const frem_practicum *practicum = &fill->model->scenario->practicum;
    const frem_practicum_school *s = &practicum->schools.items[school];
    double counted = frem_view_number(fill->view, &s->dimensioning, 0);
    double ects = frem_view_number(fill->view, &practicum->ects, 0);
    frem_label text;
    for (size_t l = 0; l < FREM_LANG_COUNT; l++) {
        frem_lang lang = (frem_lang)l;
        const char *name = schools_name_of(fill, school, lang),
                   *number = practicum_number(fill, counted, lang);
        const char *points = practicum_number(fill, ects, lang);
        const char *share = practicum_per_cent(fill, sum->taken.number / sum->sta, 1, lang);
        const char *other = practicum_per_cent(fill, sum->taken.number / other_sta, 1, lang);
        text.text[lang] =
            s->dimensioning_is == FREM_DIMENSIONING_PLACES
                ? FREM_PRACTICUM_WORDS(fill, frem_word_text(FREM_W_NOTE_READ_PLACES, lang), name, number,
                                       points, practicum_number(fill, sum->sta, lang), share, other)
                : FREM_PRACTICUM_WORDS(fill, frem_word_text(FREM_W_NOTE_READ_STA, lang), name, number, share,
                                       points, practicum_number(fill, other_sta, lang), other);
    }
    practicum_tell(fill, "reading", path_of(fill, school), text);
}

/* The published share against the computed one, which is in the table already.
 * @param taken what the judgement goes by: the school's own sum where it is published, which is rounded once. */
static void compare(frem_practicum_fill *fill, size_t school, const frem_value *published, double computed,
                    frem_practicum_interval taken, double sta) {
    frem_practicum_interval share = {taken.low / sta, taken.number / sta, taken.high / sta};
    frem_practicum_cell cell = schools_cell_of(fill, school, FREM_PRACTICUM_ALL);
    if (!frem_value_given(published))
        return;
    frem_printed printed = frem_practicum_printed(published);
    schools_add(fill, cell, FREM_PM_SHARE_PUBLISHED, printed.number);
    schools_add(fill, cell, FREM_PM_DIFFERENCE, computed - printed.number);
    if (!frem_practicum_interval_contradicts(share, printed))
        return;
    frem_label text;
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
        const char *who = school == FREM_PRACTICUM_ALL ? frem_word_text(FREM_W_ALL_SCHOOLS, (frem_lang)lang)
                                                       : schools_name_of(fill, school, (frem_lang)lang);
        text.text[lang] =
            share_words(fill, who, taken.number, sta, share.number, printed.number, (frem_lang)lang);
    }
    practicum_tell(fill, "contradiction", published->head.path, text);
}

static total add_school(frem_practicum_fill *fill, size_t school) {
    const frem_model *model = fill->model;
    const frem_practicum_school *s = &model->scenario->practicum.schools.items[school];
    frem_dimensioning reading = (frem_dimensioning)s->dimensioning_is;
    total sum = {.sta = frem_practicum_school_sta(fill->view, s, reading)};
    double other = frem_practicum_school_sta(fill->view, s,
                                             reading == FREM_DIMENSIONING_PLACES ? FREM_DIMENSIONING_STA
                                                                                 : FREM_DIMENSIONING_PLACES);
    double ects = frem_view_number(fill->view, &model->scenario->practicum.ects, FREM_ECTS_PER_STA);
    for (size_t i = 0; i < model->n_practicum_rows; i++) {
        const frem_practicum_row *row = &model->practicum_rows[i];
        if (row->school != school)
            continue;
        frem_practicum_interval_add(&sum.students, row->students);
        frem_practicum_interval_add(&sum.taken, row->sta);
    }
    tell_reading(fill, school, &sum, other);
    for (size_t i = 0; i < model->n_practicum_rows; i++) {
        if (model->practicum_rows[i].school == school)
            schools_add_row(fill, &model->practicum_rows[i], sum.sta);
    }
    frem_practicum_cell cell = schools_cell_of(fill, school, FREM_PRACTICUM_ALL);
    schools_add(fill, cell, FREM_PM_PLACES, sum.sta * FREM_ECTS_PER_STA / ects);
    schools_add(fill, cell, FREM_PM_STUDENTS_SHARE, sum.students.number);
    schools_add(fill, cell, FREM_PM_STA_TOTAL, sum.sta);
    schools_add(fill, cell, FREM_PM_STA_MUNICIPAL, sum.taken.number);
    if (frem_value_given(&s->sta))
        schools_add(fill, cell, FREM_PM_STA_PUBLISHED, s->sta.number);
    schools_add(fill, cell, FREM_PM_SHARE, sum.taken.number / sum.sta);
    schools_add(fill, cell, FREM_PM_OTHER_READING, sum.taken.number / other);
    check_sums(fill, school, &sum);
    frem_practicum_interval taken = sum.taken;
    if (frem_value_given(&s->sta)) {
        taken = (frem_practicum_interval){0, 0, 0};
        frem_practicum_interval_add(&taken, frem_practicum_printed(&s->sta));
    }
    compare(fill, school, &s->published, sum.taken.number / sum.sta, taken, sum.sta);
    return sum;
}

/* Rows and notes of the schools: shares of the practicum in STÅ. */
static void practicum_school_rows(frem_practicum_fill *fill) {
    const frem_practicum *practicum = &fill->model->scenario->practicum;
    total all = {0};
    if (practicum->schools.count == 0)
        return;
    for (size_t i = 0; i < practicum->schools.count; i++) {
        total one = add_school(fill, i);
        all.sta += one.sta;
        all.taken.low += one.taken.low;
        all.taken.number += one.taken.number;
        all.taken.high += one.taken.high;
    }
    frem_practicum_cell cell = schools_cell_of(fill, FREM_PRACTICUM_ALL, FREM_PRACTICUM_ALL);
    schools_add(fill, cell, FREM_PM_STA_TOTAL, all.sta);
    schools_add(fill, cell, FREM_PM_STA_MUNICIPAL, all.taken.number);
    schools_add(fill, cell, FREM_PM_SHARE, all.taken.number / all.sta);
    compare(fill, FREM_PRACTICUM_ALL, &practicum->published, all.taken.number / all.sta, all.taken, all.sta);
}
