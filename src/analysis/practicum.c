#include "analysis/practicum.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"
#include "base/text.h"

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

/* ---- filling ---- */

void frem_practicum_add(frem_practicum_fill *fill, frem_practicum_cell cell) {
    if (fill->status == FREM_OK)
        fill->status =
            frem_grow((void **)&fill->cells, &fill->cells_capacity, fill->n_cells, sizeof *fill->cells);
    if (fill->status == FREM_OK)
        fill->cells[fill->n_cells++] = cell;
}

void frem_practicum_add_regions(frem_practicum_fill *fill, frem_practicum_cell cell, const double *values) {
    const frem_model *model = fill->model;
    size_t regions = model->reported;
    for (size_t r = 0; r < regions && !model->one_area; r++) {
        cell.region = r;
        cell.value = values[r];
        frem_practicum_add(fill, cell);
    }
    for (size_t g = 0; g < model->n_groups; g++) {
        cell.region = regions + g;
        cell.value = 0;
        for (size_t i = 0; i < model->groups[g].count; i++)
            cell.value += values[model->groups[g].regions[i]];
        frem_practicum_add(fill, cell);
    }
}

/* What is told of the scenario itself is not told again of its variants. */
static bool is_told(const frem_practicum_fill *fill, const char *kind, const char *what, frem_label text) {
    for (size_t i = 0; i < fill->n_notes; i++) {
        const frem_note *note = &fill->notes[i];
        if (note->scenario == fill->scenario && strcmp(note->kind, kind) == 0 &&
            strcmp(note->what, what) == 0 && strcmp(note->text.text[FREM_EN], text.text[FREM_EN]) == 0)
            return true;
    }
    return false;
}

void frem_practicum_tell(frem_practicum_fill *fill, const char *kind, const char *what, frem_label text) {
    const frem_scenario *s = fill->model->scenario;
    bool known = what != NULL && text.text[FREM_EN] != NULL && is_told(fill, kind, what, text);
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

/* A number with its unit and the decimal sign of the language. */
static const char *in_words(frem_practicum_fill *fill, const char *number, const char *unit, frem_lang lang) {
    char *text = frem_arena_print(fill->arena, "%s%s", number, unit);
    if (text == NULL) {
        fill->status = FREM_NO_MEMORY;
        return "";
    }
    char *point = strchr(text, '.');
    if (point != NULL && lang == FREM_DA)
        *point = ',';
    return text;
}

const char *frem_practicum_per_cent(frem_practicum_fill *fill, double share, int decimals, frem_lang lang) {
    char fixed[FREM_FIXED_MAX];
    (void)frem_number_fixed(fixed, 100 * share, decimals);
    /* Danish sets a blank before the sign, one at which no line breaks. */
    return in_words(fill, fixed, lang == FREM_DA ? "\u00a0%" : "%", lang);
}

const char *frem_practicum_number(frem_practicum_fill *fill, double number, frem_lang lang) {
    char fixed[FREM_FIXED_MAX];
    size_t n = frem_number_fixed(fixed, number, 2);
    while (fixed[n - 1] == '0')
        fixed[--n] = '\0';
    if (fixed[n - 1] == '.')
        fixed[--n] = '\0';
    return in_words(fill, fixed, "", lang);
}

const char *frem_practicum_whole(frem_practicum_fill *fill, long number) {
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
        frem_practicum_programme_rows(fill, k);
    frem_practicum_school_rows(fill);
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
    frem_status status = frem_results_names_check(models, n_models, diags);
    for (size_t i = 0; i < n_models; i++) {
        frem_status one = check_subject(models[i], diags);
        status = status == FREM_OK ? one : status;
    }
    frem_arena *arena;
    if (status == FREM_OK)
        status = frem_arena_new(&arena);
    if (status != FREM_OK)
        return status;
    frem_results *results = frem_arena_alloc(arena, 1, sizeof *results);
    if (results == NULL) {
        frem_arena_free(arena);
        return FREM_NO_MEMORY;
    }
    frem_practicum_fill fill = {.arena = arena};
    results->arena = arena;
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
