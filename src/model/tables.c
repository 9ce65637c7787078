/* Tables that a scenario names: read once, their columns for region, year, sex and age found. */
#include <stdlib.h>
#include <string.h>

#include "base/problem.h"
#include "base/text.h"
#include "model/model.h"
#include "tables/workbook.h"

/* The file that a name was found to be before, asked from the same file; NULL where it was not asked. */
static const frem_source *known_source(const frem_model *model, const frem_source *from, const char *name) {
    for (size_t i = model->n_table_names; i-- > 0;) {
        const frem_table_name *known = &model->table_names[i];
        if (known->scalar != NULL && known->scalar->source == from && strcmp(known->scalar->text, name) == 0)
            return known->file;
    }
    return NULL;
}

void *frem_model_alloc(frem_model *model, size_t count, size_t size) {
    void *memory = frem_arena_alloc(model->arena, count, size);
    if (memory == NULL)
        frem_model_fail(model, FREM_NO_MEMORY);
    return memory;
}

static void forget_table(void *table) {
    frem_table_free(table);
}

/* Takes a table that the sources have parsed already, or parses it and leaves it to them. One with problems is parsed by
 * every model, so that each reports them. */
static frem_status read_table(const frem_model *model, frem_read_table *out) {
    frem_sources *sources = model->scenario->sources;
    out->table = frem_sources_parsed(sources, out->source);
    if (out->table != NULL) {
        frem_table_begin(out->table);
        return FREM_OK;
    }
    const size_t problems = frem_diags_count(model->diags);
    const frem_status status = frem_table_read(out->source, model->diags, &out->table);
    out->owned = status != FREM_OK || frem_diags_count(model->diags) > problems ||
                 !frem_sources_keep(sources, out->source, out->table, forget_table);
    return status;
}

static bool same_sheet(const char *a, const char *b) {
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* What a table is read from: the file, or a sheet of it. */
static frem_status find_source(const frem_model *model, const frem_entry *head, frem_read_table *read) {
    const frem_place place = frem_entry_place(head, read->sheet != NULL ? "sheet" : "table");
    if (frem_may_be_workbook(read->file))
        return frem_workbook_sheet(model->scenario->sources, read->file, read->sheet, place, model->diags,
                                   &read->source);
    read->source = read->file;
    return read->sheet == NULL ? FREM_OK : FREM_PROBLEM(model->diags, place, SHEET_OF_FILE, read->file->path);
}

/* A table that was read before, perhaps by another name of its sheet; NULL for none. */
static const frem_read_table *known_table(const frem_model *model, const frem_read_table *read) {
    for (size_t i = 0; i < model->n_tables; i++) {
        const frem_read_table *known = &model->tables[i];
        if (read->source != NULL ? known->source == read->source
                                 : known->file == read->file && same_sheet(known->sheet, read->sheet))
            return known;
    }
    return NULL;
}

/* The table of a file or of its sheet. */
static frem_status find_table(frem_model *model, const frem_entry *head, frem_read_table *read) {
    const frem_read_table *known = known_table(model, read);
    frem_status status = FREM_OK;
    if (known == NULL)
        status = find_source(model, head, read);
    if (known == NULL && read->source != NULL)
        known = known_table(model, read);
    if (known != NULL) {
        *read = *known;
        return known->table != NULL ? FREM_OK : FREM_INVALID;
    }
    if (status != FREM_NO_MEMORY && frem_grow((void **)&model->tables, &model->tables_capacity,
                                              model->n_tables, sizeof *model->tables) != FREM_OK)
        status = FREM_NO_MEMORY;
    if (status == FREM_NO_MEMORY)
        return status;
    /* One that could not be read is kept too, so that it is reported once. */
    if (status == FREM_OK)
        status = read_table(model, read);
    if (read->source == NULL)
        read->source = read->file;
    model->tables[model->n_tables++] = *read;
    return status;
}

frem_table *frem_model_table(frem_model *model, const frem_entry *head, const char *name, const char *sheet) {
    /* Layers may have given the mapping and the name in it in two files. */
    const frem_node *named_by = head->node;
    const frem_node *scalar =
        named_by == NULL || named_by->kind == FREM_SCALAR ? named_by : frem_node_get(named_by, "table");
    const frem_source *from = scalar != NULL ? scalar->source : model->scenario->source;
    frem_read_table read = {.file = known_source(model, from, name), .sheet = sheet};
    frem_status status = FREM_OK;
    if (read.file == NULL)
        status = frem_sources_find(model->scenario->sources, model->scenario->source, from, name,
                                   frem_entry_place(head, "table"), model->diags, &read.file);
    if (status == FREM_OK)
        status = frem_grow((void **)&model->table_names, &model->table_names_capacity, model->n_table_names,
                           sizeof *model->table_names);
    if (status == FREM_OK) {
        status = find_table(model, head, &read);
        model->table_names[model->n_table_names++] =
            (frem_table_name){scalar, read.file, read.source != NULL ? read.source : read.file};
    }
    frem_model_fail(model, status);
    return status == FREM_OK ? read.table : NULL;
}

/* Says that a table has no such column. */
static void unknown_column(frem_model *model, const frem_table *table, frem_place place, const char *path,
                           const char *name) {
    FREM_MODEL_PROBLEM(model, place, UNKNOWN_COLUMN, path, frem_table_source(table)->path, name,
                       frem_nearest(name, frem_table_column_names(table), frem_table_columns(table)));
}

bool frem_model_find_column(frem_model *model, const frem_table *table, const frem_entry *head,
                            const char *key, const char *name, size_t *column) {
    const ptrdiff_t place = frem_table_column(table, name);
    *column = place >= 0 ? (size_t)place : 0;
    if (place < 0)
        unknown_column(model, table, frem_entry_place(head, key), head->path, name);
    return place >= 0;
}

const double *frem_model_numbers(frem_model *model, frem_table *table, size_t column) {
    const double *numbers = NULL;
    const frem_status status = frem_table_numbers(table, column, model->diags, &numbers);
    frem_model_fail(model, status);
    return status == FREM_OK ? numbers : NULL;
}

const int64_t *frem_model_wholes(frem_model *model, frem_table *table, size_t column) {
    const int64_t *numbers = NULL;
    const frem_status status = frem_table_wholes(table, column, model->diags, &numbers);
    frem_model_fail(model, status);
    return status == FREM_OK ? numbers : NULL;
}

size_t *frem_model_rows(frem_model *model, frem_table *table, const frem_filter *filters, size_t n_filters,
                        size_t *n) {
    size_t *rows = NULL;
    *n = 0;
    frem_model_fail(model, frem_table_select(table, filters, n_filters, model->diags, &rows, n));
    return rows;
}

const char *frem_model_column(const frem_table *table, const frem_text_map *keys, const char *dimension) {
    static const char *const usual[][2] = {
        {"region", "region"},     {"region", "municipality"},
        {"region", "code"},       {"year", "year"},
        {"sex", "sex"},           {"age", "age"},
        {"age_from", "age_from"}, {"age_to", "age_to"},
    };
    for (size_t i = 0; i < keys->count; i++) {
        if (strcmp(keys->items[i].key, dimension) == 0)
            return keys->items[i].text;
    }
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        if (strcmp(usual[i][0], dimension) == 0 && frem_table_column(table, usual[i][1]) >= 0)
            return usual[i][1];
    }
    return NULL;
}

void frem_model_check_keys(frem_model *model, const frem_table *table, const frem_text_map *keys,
                           const char *path) {
    static const char *const known[] = {"region", "year", "sex", "age", "age_from", "age_to"};
    size_t n = sizeof known / sizeof *known;
    for (size_t i = 0; i < keys->count; i++) {
        const frem_text_pair *key = &keys->items[i];
        size_t k = 0;
        while (k < n && strcmp(known[k], key->key) != 0)
            k++;
        if (k == n)
            FREM_MODEL_PROBLEM(model, key->place, UNKNOWN_DIMENSION, path, key->key,
                               frem_nearest(key->key, known, n));
        else if (frem_table_column(table, key->text) < 0)
            unknown_column(model, table, key->place, path, key->text);
    }
}

const frem_filter *frem_model_filters(frem_model *model, const frem_text_map *where) {
    frem_filter *filters = frem_model_alloc(model, where->count + 1, sizeof *filters);
    for (size_t i = 0; i < where->count && filters != NULL; i++)
        filters[i] = (frem_filter){where->items[i].key, where->items[i].text, where->items[i].place,
                                   where->items[i].also};
    return filters;
}

frem_place frem_model_outside(const frem_reading *reading, double min, double max) {
    size_t *rows = NULL, n = 0;
    const double *numbers = NULL;
    frem_place place = reading->asked_at;
    ptrdiff_t column = reading->n_columns == 1 ? frem_table_column(reading->table, reading->columns[0]) : -1;
    if (column < 0 ||
        frem_table_select(reading->table, reading->filters, reading->n_filters, NULL, &rows, &n) != FREM_OK ||
        frem_table_numbers(reading->table, (size_t)column, NULL, &numbers) != FREM_OK)
        n = 0;
    for (size_t i = 0; i < n; i++) {
        if (numbers[rows[i]] < min || numbers[rows[i]] > max) {
            place = frem_table_place(reading->table, rows[i], (size_t)column);
            break;
        }
    }
    free(rows);
    return place;
}

frem_axis frem_model_region_axis(const frem_model *model, const frem_table *table, const char *column) {
    /* A scenario without regions has no list of them; the program's own tables hold the whole country, whatever the
     * rows of a scenario's own regions' table. */
    bool whole = model->one_area || frem_table_source(table)->root == FREM_ROOT_PROGRAM;
    return (frem_axis){.what = "region",
                       .column = column,
                       .names = model->region_keys,
                       .count = frem_index_count(model->regions),
                       .skip_others = true,
                       .skip_unknown = whole,
                       .list = model->regions_file};
}

void frem_model_ages(const frem_table *table, const frem_text_map *keys, frem_reading *reading) {
    const char *from = frem_model_column(table, keys, "age_from");
    const char *to = frem_model_column(table, keys, "age_to");
    const char *single = frem_model_column(table, keys, "age");
    if (from != NULL && to != NULL) {
        reading->age_form = FREM_AGE_GROUPS;
        reading->age_column = from;
        reading->age_to_column = to;
    } else if (single != NULL) {
        reading->age_form = FREM_AGE_SINGLE;
        reading->age_column = single;
    }
}
