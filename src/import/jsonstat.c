/* JSON-stat 1 (a dataset under its name, dimensions with id and size inside) and 2 (class "dataset"). jansson reads the
 * tree, and the text is walked beside it for the places of messages: the tree has none. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/index.h"
#include "base/number.h"
#include "base/problem.h"
#include "import/words.h"

/** A value of the tree and where it is in the text. */
typedef struct stat_node {
    json_t *json;    /**< borrowed from the root; NULL where there is none */
    const char *key; /**< of a member; NULL in arrays */
    size_t at;       /**< byte of the text */
} stat_node;

typedef struct stat_reader {
    frem_import_table *table;
    frem_diags *diags;
    stat_node dataset;
    stat_node dimension;
    bool no_memory; /**< a text could not be kept; looked at in the end */
} stat_reader;

/* ---- places: the text is known to be JSON here ---- */

static size_t skip_blanks(const char *text, size_t at) {
    return at + strspn(text + at, " \t\r\n");
}

static size_t after_string(const char *text, size_t at) {
    for (at++; text[at] != '"'; at++)
        at += text[at] == '\\';
    return at + 1;
}

static size_t after_value(const char *text, size_t at) {
    size_t depth = 0;
    do {
        if (text[at] == '"') {
            at = after_string(text, at);
        } else if (text[at] == '{' || text[at] == '[') {
            depth++;
            at++;
        } else if (text[at] == '}' || text[at] == ']') {
            depth--;
            at++;
        } else {
            at += depth > 0 ? 1 : strcspn(text + at, ",]} \t\r\n");
        }
    } while (depth > 0);
    return at;
}

/* The value that begins at or after a byte, behind its key in an object. */
static size_t value_from(const char *text, size_t at, bool object) {
    at = skip_blanks(text, at);
    if (object) {
        at = skip_blanks(text, after_string(text, at));
        at = skip_blanks(text, at + 1); /* the colon */
    }
    return at;
}

/** The children of a node in order. */
typedef struct stat_children {
    stat_node node; /**< the present one; json is NULL behind the last */
    json_t *of;
    const char *text;
    void *member;
    size_t index;
} stat_children;

static void take_child(stat_children *children) {
    const bool object = json_is_object(children->of);
    if (object) {
        children->node.key = children->member != NULL ? json_object_iter_key(children->member) : NULL;
        children->node.json = children->member != NULL ? json_object_iter_value(children->member) : NULL;
    } else {
        children->node.json = json_array_get(children->of, children->index);
    }
    if (children->node.json != NULL)
        children->node.at = value_from(children->text, children->node.at, object);
}

static stat_children first_child(const stat_reader *reader, stat_node of) {
    stat_children children = {.of = of.json, .text = reader->table->text, .node = {.at = of.at + 1}};
    children.member = json_object_iter(of.json);
    take_child(&children);
    return children;
}

static void next_child(stat_children *children) {
    const size_t end = skip_blanks(children->text, after_value(children->text, children->node.at));
    children->node.at = end + 1; /* behind the comma, or the closing bracket */
    children->member =
        children->member != NULL ? json_object_iter_next(children->of, children->member) : NULL;
    children->index++;
    take_child(children);
}

/* ---- the tree ---- */

static stat_node member(const stat_reader *reader, stat_node in, const char *key) {
    if (json_object_get(in.json, key) == NULL)
        return (stat_node){.at = in.at};
    stat_children children = first_child(reader, in);
    while (strcmp(children.node.key, key) != 0)
        next_child(&children);
    return children.node;
}

/* A text as the arena keeps it. @return NULL where json is no text, and with no_memory set when out of memory. */
static const char *text_of(stat_reader *reader, const json_t *json) {
    if (!json_is_string(json))
        return NULL;
    const char *text = frem_nfc(reader->table->arena, json_string_value(json), json_string_length(json));
    reader->no_memory = reader->no_memory || text == NULL;
    return text;
}

static const char *member_text(stat_reader *reader, stat_node in, const char *key) {
    return text_of(reader, json_object_get(in.json, key));
}

static bool number_of(const stat_reader *reader, stat_node node, int64_t *out) {
    const char *text = reader->table->text + node.at;
    return json_is_number(node.json) &&
           frem_whole_read(text, strcspn(text, ",]} \t\r\n"), out) == FREM_NUMBER_OK;
}

static frem_place place_of(const stat_reader *reader, stat_node node) {
    return frem_import_place(reader->table, node.at);
}

/* The key of an object that is there twice: the text before the byte where the reading ended. */
static const char *key_before(const stat_reader *reader, size_t end) {
    const char *text = reader->table->text;
    size_t from = end > 0 ? end - 1 : 0;
    while (from > 0 && text[from - 1] != '"')
        from--;
    return frem_arena_text(reader->table->arena, text + from, end > from ? end - 1 - from : 0);
}

/* Bytes of the token that could not be read; jansson has it in its text where it is short. */
static size_t token_before(const json_error_t *error, size_t end) {
    const char *near = strstr(error->text, " near '");
    const size_t n = near != NULL ? strlen(near) - strlen(" near ''") : 1;
    return n < end ? n : end;
}

static frem_status read_tree(const stat_reader *reader, json_t **root) {
    json_error_t error;
    const frem_import_table *table = reader->table;
    errno = 0;
    *root = json_loadb(table->text, table->size,
                       JSON_REJECT_DUPLICATES | JSON_DECODE_ANY | JSON_DECODE_INT_AS_REAL, &error);
    if (*root != NULL)
        return FREM_OK;
    if (errno == ENOMEM) /* the library seldom says so itself */
        return FREM_NO_MEMORY;
    const size_t end = error.position > 0 ? (size_t)error.position : 0;
    switch ((int)json_error_code(&error)) {
    case json_error_out_of_memory:
        return FREM_NO_MEMORY;
    case json_error_premature_end_of_input:
        return FREM_PROBLEM(reader->diags, frem_import_place(table, table->size), IMPORT_CUT_OFF, "JSON");
    case json_error_duplicate_key: {
        const char *key = key_before(reader, end);
        return key == NULL ? FREM_NO_MEMORY
                           : FREM_PROBLEM(reader->diags, frem_import_place(table, end - strlen(key) - 2),
                                          IMPORT_JSON_TWICE, key);
    }
    default:
        return FREM_PROBLEM(reader->diags, frem_import_place(table, end - token_before(&error, end)),
                            IMPORT_JSON_SYNTAX, "");
    }
}

static frem_status lacks(const stat_reader *reader, stat_node in, const char *what) {
    return FREM_PROBLEM(reader->diags, place_of(reader, in), IMPORT_LACKS_PART, what);
}

static frem_status expected(const stat_reader *reader, stat_node node, const char *what) {
    return FREM_PROBLEM(reader->diags, place_of(reader, node), IMPORT_JSON_EXPECTED, what);
}

/* A member of a kind; its key names it for messages. */
static frem_status need(const stat_reader *reader, stat_node in, const char *key, json_type type,
                        stat_node *out) {
    *out = member(reader, in, key);
    return out->json != NULL && json_typeof(out->json) == type ? FREM_OK : lacks(reader, *out, key);
}

static bool is_dataset(const json_t *json) {
    return json_object_get(json, "dimension") != NULL && json_object_get(json, "value") != NULL;
}

static bool has_text(const json_t *json, const char *key, const char *text) {
    const char *found = json_string_value(json_object_get(json, key));
    return found != NULL && strcmp(found, text) == 0;
}

static bool has_array(const json_t *json, const char *key) {
    return json_is_array(json_object_get(json, key));
}

static const json_t *first_if_array(const json_t *json) {
    return json_is_array(json) ? json_array_get(json, 0) : json;
}

/* What an office answers where it has no table to give: a text under one of these names, also inside "error". */
static const json_t *message_in(const json_t *json) {
    static const char *const names[] = {"message", "errorMessage", "error", "detail", "title"};
    json = first_if_array(json);
    if (has_text(json, "class", "error"))
        return json_object_get(json, json_is_string(json_object_get(json, "label")) ? "label" : "class");
    for (size_t deep = 0; deep < 2; deep++) {
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            if (json_is_string(json_object_get(json, names[i])))
                return json_object_get(json, names[i]);
        }
        if (deep == 0)
            json = first_if_array(json_object_get(json, "error"));
    }
    return json_object_get(json, "label");
}

/* JSON without a dataset: what it is, by what it has. */
static frem_status no_dataset(stat_reader *reader, stat_node root) {
    const frem_place place = place_of(reader, root);
    const json_t *json = root.json;
    if (has_text(json, "class", "collection"))
        return FREM_PROBLEM(reader->diags, place, IMPORT_JSON_COLLECTION, "");
    if (has_array(json, "columns") && has_array(json, "data"))
        return FREM_PROBLEM(reader->diags, place, IMPORT_JSON_OTHER, "PxWeb JSON");
    if (has_array(json, "dataSets") || has_array(json_object_get(json, "data"), "dataSets"))
        return FREM_PROBLEM(reader->diags, place, IMPORT_JSON_OTHER, "SDMX-JSON");
    if (has_array(json, "variables") || has_array(json, "query") ||
        json_object_get(json, "dimension") != NULL)
        return FREM_PROBLEM(reader->diags, place, IMPORT_JSON_NO_FIGURES, "");
    const char *message = text_of(reader, message_in(json));
    if (message != NULL)
        return FREM_PROBLEM(reader->diags, place, IMPORT_JSON_MESSAGE, message);
    return FREM_PROBLEM(reader->diags, place, IMPORT_JSON_OTHER, "JSON");
}

/* Version 2 is the dataset itself; version 1 has it under a name, "dataset" as a rule, and may have several. */
static frem_status find_dataset(stat_reader *reader, stat_node root) {
    stat_node found = is_dataset(root.json) ? root : (stat_node){0};
    if (found.json == NULL && json_is_object(root.json)) {
        for (stat_children each = first_child(reader, root); each.node.json != NULL; next_child(&each)) {
            if (!is_dataset(each.node.json))
                continue;
            if (found.json != NULL)
                return FREM_PROBLEM(reader->diags, place_of(reader, each.node), IMPORT_TWO_DATASETS,
                                    each.node.key);
            found = each.node;
        }
    }
    if (found.json == NULL)
        return no_dataset(reader, root);
    reader->dataset = found;
    reader->dimension = member(reader, found, "dimension");
    return FREM_OK;
}

/* ---- dimensions ---- */

/* The category IDs in order: an array, an object of places, or the labels' keys where there is one category. */
static frem_status order_categories(const stat_reader *reader, stat_node category, const char **ids,
                                    size_t n) {
    stat_node index = member(reader, category, "index");
    if (index.json == NULL)
        index = member(reader, category, "label");
    const bool array = json_is_array(index.json);
    if (index.json == NULL || (!array && !json_is_object(index.json)) ||
        (array ? json_array_size(index.json) : json_object_size(index.json)) != n)
        return lacks(reader, index, "index");
    int64_t at = 0;
    for (stat_children each = first_child(reader, index); each.node.json != NULL; next_child(&each), at++) {
        int64_t place = at;
        if (!array && json_is_number(each.node.json) && !number_of(reader, each.node, &place))
            place = -1;
        if ((array && !json_is_string(each.node.json)) || place < 0 || place >= (int64_t)n ||
            ids[place] != NULL)
            return expected(reader, each.node, array ? "'\"'" : "0, 1, 2 ...");
        ids[place] = array ? json_string_value(each.node.json) : each.node.key;
    }
    return FREM_OK;
}

/* The power of ten of a category's unit, by its multiplier or in words. @param[out] words what says so. */
static int unit_power(stat_reader *reader, stat_node unit, const char **words) {
    static const char *const names[] = {"label", "base", "symbol", "type"};
    int64_t power;
    *words = "multiplier";
    for (size_t i = sizeof names / sizeof *names; i-- > 0;) {
        const char *text = member_text(reader, unit, names[i]);
        *words = text != NULL ? text : *words;
    }
    if (number_of(reader, member(reader, unit, "multiplier"), &power) && power >= -12 && power <= 12)
        return (int)power;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *text = member_text(reader, unit, names[i]);
        const int found = text != NULL ? frem_import_power(text) : 0;
        if (found != 0) {
            *words = text;
            return found;
        }
    }
    return 0;
}

/* The units of categories. @param ids [n] the categories in the order of the variable's values */
static frem_status note_units(stat_reader *reader, frem_import_variable *variable, stat_node units,
                              const char *const *ids, size_t n) {
    frem_index *places = NULL;
    if (!json_is_object(units.json))
        return FREM_OK;
    frem_status status = frem_index_new(&places);
    for (size_t i = 0; i < n && status == FREM_OK; i++)
        status = frem_index_add(places, ids[i], strlen(ids[i]), NULL);
    stat_children each = first_child(reader, units);
    for (; each.node.json != NULL && status == FREM_OK; next_child(&each)) {
        const char *words;
        const ptrdiff_t i = frem_index_find(places, each.node.key, strlen(each.node.key));
        const int power = i >= 0 ? unit_power(reader, each.node, &words) : 0;
        if (i >= 0)
            frem_import_note_units(reader->table, &variable->values[i].power, words, power, each.node.at);
    }
    frem_index_free(places);
    return status;
}

/* Adds the values of ids, which are texts of the tree, with their labels. */
static frem_status add_values(stat_reader *reader, frem_import_variable *variable, stat_node category,
                              const char *const *ids, size_t n) {
    const json_t *labels = json_object_get(category.json, "label");
    for (size_t i = 0; i < n; i++) {
        uint32_t place;
        bool added;
        const char *code = frem_nfc(reader->table->arena, ids[i], strlen(ids[i]));
        if (code == NULL)
            return FREM_NO_MEMORY;
        const frem_status status = frem_import_add_value(
            reader->table, variable, code, text_of(reader, json_object_get(labels, ids[i])), &place, &added);
        if (status != FREM_OK)
            return status;
        if (!added)
            return FREM_PROBLEM(reader->diags, place_of(reader, category), IMPORT_VALUE_TWICE, code,
                                variable->code);
    }
    return FREM_OK;
}

static frem_status add_dimension(stat_reader *reader, const json_t *id, size_t n) {
    stat_node dimension, category;
    frem_status status = need(reader, reader->dimension, json_string_value(id), JSON_OBJECT, &dimension);
    if (status == FREM_OK)
        status = need(reader, dimension, "category", JSON_OBJECT, &category);
    if (status != FREM_OK)
        return status;
    const char *name = text_of(reader, id), *label = member_text(reader, dimension, "label");
    const char **ids = calloc(n, sizeof *ids);
    frem_import_variable *variable =
        name != NULL ? frem_import_add_variable(reader->table, name, label, dimension.at) : NULL;
    status = ids != NULL && variable != NULL ? order_categories(reader, category, ids, n) : FREM_NO_MEMORY;
    if (status == FREM_OK)
        status = add_values(reader, variable, category, ids, n);
    if (status == FREM_OK)
        status = note_units(reader, variable, member(reader, category, "unit"), ids, n);
    free(ids);
    return status;
}

/* The number of a dimension's categories, which some write as a text. @return 0 where it is none. */
static size_t size_of(const stat_reader *reader, stat_node size) {
    const char *text = json_string_value(size.json);
    int64_t n = 0;
    const bool good = text != NULL ? frem_whole_read(text, strlen(text), &n) == FREM_NUMBER_OK
                                   : number_of(reader, size, &n);
    return good && n > 0 && n <= (int64_t)FREM_IMPORT_CELLS_MAX ? (size_t)n : 0;
}

static frem_status add_dimensions(stat_reader *reader) {
    const stat_node inside =
        json_object_get(reader->dataset.json, "id") != NULL ? reader->dataset : reader->dimension;
    stat_node ids, sizes;
    frem_status status = need(reader, inside, "id", JSON_ARRAY, &ids);
    if (status == FREM_OK)
        status = need(reader, inside, "size", JSON_ARRAY, &sizes);
    if (status != FREM_OK)
        return status;
    if (json_array_size(sizes.json) != json_array_size(ids.json) || json_array_size(ids.json) == 0)
        return lacks(reader, sizes, "size");
    stat_children size = first_child(reader, sizes);
    for (size_t i = 0; size.node.json != NULL && status == FREM_OK; i++, next_child(&size)) {
        const size_t n = size_of(reader, size.node);
        const json_t *id = json_array_get(ids.json, i);
        status =
            n > 0 && json_is_string(id) ? add_dimension(reader, id, n) : lacks(reader, size.node, "size");
    }
    return status;
}

/* ---- figures ---- */

static frem_status add_figure(stat_reader *reader, stat_node value, const uint32_t *keys) {
    double number = (double)NAN;
    const char *text = reader->table->text + value.at;
    const char *words = json_string_value(value.json);
    if (json_is_number(value.json)) {
        if (frem_import_read_figure(reader->table, keys, text, strcspn(text, ",]} \t\r\n"), &number) !=
            FREM_NUMBER_OK) /* too large for its unit */
            return expected(reader, value, "0, null");
    } else if (!json_is_null(value.json) &&
               (words == NULL || !frem_import_is_missing(words, strlen(words)))) {
        return expected(reader, value, "0, null");
    }
    return frem_import_add_cell(reader->table, keys, number, value.at);
}

/* Values by their places in an object: those that are not there are missing. @param[out] all one for each cell */
static frem_status spread_object(stat_reader *reader, stat_node value, stat_node *all, size_t cells) {
    for (stat_children each = first_child(reader, value); each.node.json != NULL; next_child(&each)) {
        int64_t place;
        if (frem_whole_read(each.node.key, strlen(each.node.key), &place) != FREM_NUMBER_OK || place < 0 ||
            place >= (int64_t)cells || all[place].json != NULL)
            return expected(reader, each.node, "\"0\", \"1\", \"2\" ...");
        all[place] = each.node;
    }
    return FREM_OK;
}

static frem_status spread_array(stat_reader *reader, stat_node value, stat_node *all, size_t cells,
                                const char *cube) {
    if (json_array_size(value.json) != cells) {
        char has[32], want[32];
        snprintf(has, sizeof has, "%zu", json_array_size(value.json));
        snprintf(want, sizeof want, "%zu", cells);
        return FREM_PROBLEM(reader->diags, place_of(reader, value), IMPORT_COUNT, has, want, cube);
    }
    size_t i = 0;
    for (stat_children each = first_child(reader, value); each.node.json != NULL; next_child(&each))
        all[i++] = each.node;
    return FREM_OK;
}

static frem_status add_figures(stat_reader *reader) {
    frem_import_table *table = reader->table;
    const stat_node value = member(reader, reader->dataset, "value");
    const size_t cells = frem_import_cube(table);
    const char *cube = frem_import_cube_text(table);
    if (cube == NULL)
        return FREM_NO_MEMORY;
    if (cells == 0)
        return FREM_PROBLEM(reader->diags, place_of(reader, value), IMPORT_CUBE, cube);
    if (!json_is_array(value.json) && !json_is_object(value.json))
        return lacks(reader, value, "value");
    uint32_t *keys = frem_arena_alloc(table->arena, table->n_variables, sizeof *keys);
    stat_node *all = calloc(cells, sizeof *all);
    frem_status status = keys != NULL && all != NULL ? FREM_OK : FREM_NO_MEMORY;
    if (status == FREM_OK)
        status = json_is_array(value.json) ? spread_array(reader, value, all, cells, cube)
                                           : spread_object(reader, value, all, cells);
    for (size_t i = 0; status == FREM_OK && i < cells; i++) {
        status = all[i].json != NULL ? add_figure(reader, all[i], keys)
                                     : frem_import_add_cell(table, keys, (double)NAN, value.at);
        frem_import_next_keys(table, keys);
    }
    free(all);
    return status;
}

static frem_status read_root(stat_reader *reader, json_t *json) {
    const stat_node root = {.json = json, .at = skip_blanks(reader->table->text, 0)};
    frem_status status = find_dataset(reader, root);
    if (status != FREM_OK)
        return status;
    const json_t *extension = json_object_get(reader->dataset.json, "extension");
    reader->table->is_json = true;
    reader->table->title = member_text(reader, reader->dataset, "label");
    reader->table->id = text_of(reader, json_object_get(json_object_get(extension, "px"), "tableid"));
    status = add_dimensions(reader);
    return status == FREM_OK ? add_figures(reader) : status;
}

frem_status frem_import_read_jsonstat(frem_import_table *table, frem_diags *diags) {
    stat_reader reader = {.table = table, .diags = diags};
    json_t *root;
    frem_status status = read_tree(&reader, &root);
    if (status != FREM_OK)
        return status;
    status = read_root(&reader, root);
    json_decref(root);
    return status == FREM_OK && reader.no_memory ? FREM_NO_MEMORY : status;
}
