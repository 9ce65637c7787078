/* JSON-stat 1 (a dataset under its name, dimensions with id and size inside) and 2 (class "dataset"). */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"
#include "import/json.h"
#include "import/words.h"

typedef struct stat_reader {
    frem_import_table *table;
    frem_diags *diags;
    const frem_import_json *dataset;
    const frem_import_json *dimension;
} stat_reader;

static frem_status lacks(const stat_reader *reader, const frem_import_json *in, const char *what) {
    return FREM_PROBLEM(reader->diags, frem_import_place(reader->table, in->at), IMPORT_LACKS_PART, what);
}

/* A member of a kind; what names it for messages. */
static frem_status need(const stat_reader *reader, const frem_import_json *in, const char *key,
                        frem_import_json_kind kind, const frem_import_json **out) {
    *out = frem_import_json_member(in, key);
    return *out != NULL && (*out)->kind == kind ? FREM_OK : lacks(reader, *out != NULL ? *out : in, key);
}

static bool is_dataset(const frem_import_json *node) {
    return frem_import_json_member(node, "dimension") != NULL &&
           frem_import_json_member(node, "value") != NULL;
}

static bool has_text(const frem_import_json *node, const char *key, const char *text) {
    const char *found = frem_import_json_text(node, key);
    return found != NULL && strcmp(found, text) == 0;
}

static bool has(const frem_import_json *node, const char *key, frem_import_json_kind kind) {
    const frem_import_json *found = frem_import_json_member(node, key);
    return found != NULL && found->kind == kind;
}

/* What an office answers where it has no table to give: a text under one of these names, also inside "error". */
static const char *message_in(const frem_import_json *node) {
    static const char *const names[] = {"message", "errorMessage", "error", "detail", "title"};
    if (node != NULL && node->kind == FREM_IMPORT_JSON_ARRAY)
        node = node->first;
    if (has_text(node, "class", "error"))
        return frem_import_json_text(node, "label") != NULL ? frem_import_json_text(node, "label") : "error";
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (frem_import_json_text(node, names[i]) != NULL)
            return frem_import_json_text(node, names[i]);
    }
    const frem_import_json *inside = frem_import_json_member(node, "error");
    if (inside != NULL && inside->kind == FREM_IMPORT_JSON_ARRAY)
        inside = inside->first;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (frem_import_json_text(inside, names[i]) != NULL)
            return frem_import_json_text(inside, names[i]);
    }
    return frem_import_json_text(inside, "label");
}

/* JSON without a dataset: what it is, by what it has. */
static frem_status no_dataset(const stat_reader *reader, const frem_import_json *root) {
    const frem_place place = frem_import_place(reader->table, root->at);
    if (has_text(root, "class", "collection"))
        return FREM_PROBLEM(reader->diags, place, IMPORT_JSON_COLLECTION, "");
    if (has(root, "columns", FREM_IMPORT_JSON_ARRAY) && has(root, "data", FREM_IMPORT_JSON_ARRAY))
        return FREM_PROBLEM(reader->diags, place, IMPORT_JSON_OTHER, "PxWeb JSON");
    if (has(root, "dataSets", FREM_IMPORT_JSON_ARRAY) ||
        has(frem_import_json_member(root, "data"), "dataSets", FREM_IMPORT_JSON_ARRAY))
        return FREM_PROBLEM(reader->diags, place, IMPORT_JSON_OTHER, "SDMX-JSON");
    if (has(root, "variables", FREM_IMPORT_JSON_ARRAY) || has(root, "query", FREM_IMPORT_JSON_ARRAY) ||
        frem_import_json_member(root, "dimension") != NULL)
        return FREM_PROBLEM(reader->diags, place, IMPORT_JSON_NO_FIGURES, "");
    const char *message = message_in(root);
    if (message != NULL)
        return FREM_PROBLEM(reader->diags, place, IMPORT_JSON_MESSAGE, message);
    return FREM_PROBLEM(reader->diags, place, IMPORT_JSON_OTHER, "JSON");
}

/* Version 2 is the dataset itself; version 1 has it under a name, "dataset" as a rule, and may have several. */
static frem_status find_dataset(stat_reader *reader, const frem_import_json *root) {
    const frem_import_json *found = is_dataset(root) ? root : NULL;
    if (found == NULL && root->kind == FREM_IMPORT_JSON_OBJECT) {
        for (const frem_import_json *member = root->first; member != NULL; member = member->next) {
            if (!is_dataset(member))
                continue;
            if (found != NULL)
                return FREM_PROBLEM(reader->diags, frem_import_place(reader->table, member->at),
                                    IMPORT_TWO_DATASETS, member->key);
            found = member;
        }
    }
    reader->dataset = found;
    reader->dimension = frem_import_json_member(found, "dimension");
    return found != NULL ? FREM_OK : no_dataset(reader, root);
}

/* The category IDs in order: an array, an object of places, or the labels' keys where there is one category. */
static frem_status order_categories(const stat_reader *reader, const frem_import_json *category,
                                    const char **ids, size_t n) {
    const frem_import_json *index = frem_import_json_member(category, "index");
    if (index == NULL)
        index = frem_import_json_member(category, "label");
    if (index == NULL)
        return lacks(reader, category, "index");
    if (index->n != n || (index->kind != FREM_IMPORT_JSON_ARRAY && index->kind != FREM_IMPORT_JSON_OBJECT))
        return lacks(reader, index, "index");
    size_t at = 0;
    for (const frem_import_json *entry = index->first; entry != NULL; entry = entry->next, at++) {
        int64_t place = (int64_t)at;
        const char *id = entry->key;
        if (index->kind == FREM_IMPORT_JSON_ARRAY)
            id = entry->kind == FREM_IMPORT_JSON_STRING ? entry->text : NULL;
        else if (entry->kind == FREM_IMPORT_JSON_NUMBER &&
                 frem_whole_read(reader->table->text + entry->at, entry->end - entry->at, &place) !=
                     FREM_NUMBER_OK)
            place = -1;
        if (id == NULL || place < 0 || place >= (int64_t)n || ids[place] != NULL)
            return FREM_PROBLEM(reader->diags, frem_import_place(reader->table, entry->at),
                                IMPORT_JSON_EXPECTED,
                                index->kind == FREM_IMPORT_JSON_ARRAY ? "'\"'" : "0, 1, 2 ...");
        ids[place] = id;
    }
    return FREM_OK;
}

/* The power of ten of a category's unit, by its multiplier or in words. @param[out] words what says so. */
static int unit_power(const stat_reader *reader, const frem_import_json *unit, const char **words) {
    static const char *const names[] = {"label", "base", "symbol", "type"};
    const frem_import_json *multiplier = frem_import_json_member(unit, "multiplier");
    int64_t power;
    *words = "multiplier";
    for (size_t i = sizeof names / sizeof *names; i-- > 0;)
        *words =
            frem_import_json_text(unit, names[i]) != NULL ? frem_import_json_text(unit, names[i]) : *words;
    if (multiplier != NULL && multiplier->kind == FREM_IMPORT_JSON_NUMBER &&
        frem_whole_read(reader->table->text + multiplier->at, multiplier->end - multiplier->at, &power) ==
            FREM_NUMBER_OK &&
        power >= -12 && power <= 12)
        return (int)power;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *text = frem_import_json_text(unit, names[i]);
        const int found = text != NULL ? frem_import_power(text) : 0;
        if (found != 0) {
            *words = text;
            return found;
        }
    }
    return 0;
}

static void note_units(stat_reader *reader, frem_import_variable *variable, const frem_import_json *units) {
    for (size_t i = 0; units != NULL && i < variable->n_values; i++) {
        const char *words;
        const frem_import_json *unit = frem_import_json_member(units, variable->values[i].code);
        if (unit == NULL)
            continue;
        const int power = unit_power(reader, unit, &words);
        frem_import_note_units(reader->table, &variable->values[i].power, words, power, unit->at);
    }
}

static frem_status add_dimension(stat_reader *reader, const frem_import_json *id, size_t n) {
    const frem_import_json *dimension, *category;
    frem_status status = need(reader, reader->dimension, id->text, FREM_IMPORT_JSON_OBJECT, &dimension);
    if (status == FREM_OK)
        status = need(reader, dimension, "category", FREM_IMPORT_JSON_OBJECT, &category);
    if (status != FREM_OK)
        return status;
    const frem_import_json *labels = frem_import_json_member(category, "label");
    const char **ids = frem_arena_alloc(reader->table->arena, n, sizeof *ids);
    frem_import_variable *variable = frem_import_add_variable(
        reader->table, id->text, frem_import_json_text(dimension, "label"), dimension->at);
    if (ids == NULL || variable == NULL)
        return FREM_NO_MEMORY;
    status = order_categories(reader, category, ids, n);
    for (size_t i = 0; status == FREM_OK && i < n; i++) {
        uint32_t place;
        bool added;
        status = frem_import_add_value(reader->table, variable, ids[i], frem_import_json_text(labels, ids[i]),
                                       &place, &added);
        if (status == FREM_OK && !added)
            status = FREM_PROBLEM(reader->diags, frem_import_place(reader->table, category->at),
                                  IMPORT_VALUE_TWICE, ids[i], id->text);
    }
    if (status == FREM_OK)
        note_units(reader, variable, frem_import_json_member(category, "unit"));
    return status;
}

static frem_status add_dimensions(stat_reader *reader) {
    const frem_import_json *inside =
        frem_import_json_member(reader->dataset, "id") != NULL ? reader->dataset : reader->dimension;
    const frem_import_json *ids, *sizes;
    frem_status status = need(reader, inside, "id", FREM_IMPORT_JSON_ARRAY, &ids);
    if (status == FREM_OK)
        status = need(reader, inside, "size", FREM_IMPORT_JSON_ARRAY, &sizes);
    if (status != FREM_OK)
        return status;
    if (sizes->n != ids->n || ids->n == 0)
        return lacks(reader, sizes, "size");
    const frem_import_json *size = sizes->first; /* numbers, which some write as texts */
    for (const frem_import_json *id = ids->first; id != NULL && status == FREM_OK;
         id = id->next, size = size->next) {
        int64_t n = 0;
        const bool text = size->kind == FREM_IMPORT_JSON_STRING;
        const char *digits = text ? size->text : reader->table->text + size->at;
        const size_t length = text ? strlen(size->text) : size->end - size->at;
        const bool good = id->kind == FREM_IMPORT_JSON_STRING &&
                          (text || size->kind == FREM_IMPORT_JSON_NUMBER) &&
                          frem_whole_read(digits, length, &n) == FREM_NUMBER_OK && n > 0 &&
                          n <= (int64_t)FREM_IMPORT_CELLS_MAX;
        status = good ? add_dimension(reader, id, (size_t)n) : lacks(reader, size, "size");
    }
    return status;
}

static frem_status add_figure(stat_reader *reader, const frem_import_json *value, const uint32_t *keys) {
    double number = (double)NAN;
    const char *text = reader->table->text;
    if (value->kind == FREM_IMPORT_JSON_NUMBER) {
        if (frem_import_read_figure(reader->table, keys, text + value->at, value->end - value->at, &number) !=
            FREM_NUMBER_OK) /* too large for its unit: the number itself was read before */
            return FREM_PROBLEM(reader->diags, frem_import_place(reader->table, value->at),
                                IMPORT_JSON_EXPECTED, "0, null");
    } else if (value->kind != FREM_IMPORT_JSON_NULL &&
               !(value->kind == FREM_IMPORT_JSON_STRING &&
                 frem_import_is_missing(value->text, strlen(value->text)))) {
        return FREM_PROBLEM(reader->diags, frem_import_place(reader->table, value->at), IMPORT_JSON_EXPECTED,
                            "0, null");
    }
    return frem_import_add_cell(reader->table, keys, number, value->at);
}

/* Values by their places in an object: those that are not there are missing. */
static frem_status spread_object(stat_reader *reader, const frem_import_json *value,
                                 const frem_import_json **all, size_t cells) {
    for (const frem_import_json *entry = value->first; entry != NULL; entry = entry->next) {
        int64_t place;
        if (frem_whole_read(entry->key, strlen(entry->key), &place) != FREM_NUMBER_OK || place < 0 ||
            place >= (int64_t)cells || all[place] != NULL)
            return FREM_PROBLEM(reader->diags, frem_import_place(reader->table, entry->at),
                                IMPORT_JSON_EXPECTED, "\"0\", \"1\", \"2\" ...");
        all[place] = entry;
    }
    return FREM_OK;
}

static frem_status add_figures(stat_reader *reader) {
    frem_import_table *table = reader->table;
    const frem_import_json *value = frem_import_json_member(reader->dataset, "value");
    const size_t cells = frem_import_cube(table);
    const char *cube = frem_import_cube_text(table);
    if (cube == NULL)
        return FREM_NO_MEMORY;
    if (cells == 0)
        return FREM_PROBLEM(reader->diags, frem_import_place(table, value->at), IMPORT_CUBE, cube);
    const bool array = value->kind == FREM_IMPORT_JSON_ARRAY;
    if (!array && value->kind != FREM_IMPORT_JSON_OBJECT)
        return lacks(reader, value, "value");
    if (array && value->n != cells) {
        char has[32], want[32];
        snprintf(has, sizeof has, "%zu", value->n);
        snprintf(want, sizeof want, "%zu", cells);
        return FREM_PROBLEM(reader->diags, frem_import_place(table, value->at), IMPORT_COUNT, has, want,
                            cube);
    }
    uint32_t *keys = frem_arena_alloc(table->arena, table->n_variables, sizeof *keys);
    const frem_import_json **all = array ? NULL : calloc(cells, sizeof *all);
    frem_status status = keys != NULL && (array || all != NULL) ? FREM_OK : FREM_NO_MEMORY;
    if (status == FREM_OK && !array)
        status = spread_object(reader, value, all, cells);
    const frem_import_json *next = value->first;
    for (size_t i = 0; status == FREM_OK && i < cells; i++) {
        const frem_import_json *one = array ? next : all[i];
        status = one != NULL ? add_figure(reader, one, keys)
                             : frem_import_add_cell(table, keys, (double)NAN, value->at);
        frem_import_next_keys(table, keys);
        if (array)
            next = next->next;
    }
    free(all);
    return status;
}

frem_status frem_import_read_jsonstat(frem_import_table *table, frem_diags *diags) {
    stat_reader reader = {.table = table, .diags = diags};
    frem_import_json *root;
    frem_status status = frem_import_json_read(table, diags, &root);
    if (status == FREM_OK)
        status = find_dataset(&reader, root);
    if (status != FREM_OK)
        return status;
    const frem_import_json *extension = frem_import_json_member(reader.dataset, "extension");
    table->is_json = true;
    table->title = frem_import_json_text(reader.dataset, "label");
    table->id = frem_import_json_text(frem_import_json_member(extension, "px"), "tableid");
    status = add_dimensions(&reader);
    return status == FREM_OK ? add_figures(&reader) : status;
}
