/* Reading values: a number, a path over years, a growth, columns of a table. */
#include "scenario/draft.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"
#include "tables/reading.h"

/* What each form is called in messages. */
static const struct {
    const char *en, *da;
} form_names[] = {
    [FREM_VALUE_NONE] = {"nothing", "ingenting"},
    [FREM_VALUE_NUMBER] = {"a number", "et tal"},
    [FREM_VALUE_PATH] = {"a path over years", "en udvikling over år"},
    [FREM_VALUE_GROWTH] = {"a growth", "en vækst"},
    [FREM_VALUE_TABLE] = {"a table", "en tabel"},
};

/* Which form a key belongs to; keys that are not here go with every form. */
static const struct {
    const char *key;
    frem_value_form form;
} form_keys[] = {
    {"value", FREM_VALUE_NUMBER}, {"between", FREM_VALUE_PATH},  {"then", FREM_VALUE_PATH},
    {"before", FREM_VALUE_PATH},  {"start", FREM_VALUE_GROWTH},  {"growth", FREM_VALUE_GROWTH},
    {"table", FREM_VALUE_TABLE},  {"column", FREM_VALUE_TABLE},  {"product", FREM_VALUE_TABLE},
    {"ratio", FREM_VALUE_TABLE},  {"sum", FREM_VALUE_TABLE},     {"where", FREM_VALUE_TABLE},
    {"keys", FREM_VALUE_TABLE},   {"outside", FREM_VALUE_TABLE}, {"over", FREM_VALUE_TABLE},
};

/* Keys that decide the form by standing there. */
static frem_value_form leading_form(const char *key) {
    if (frem_is_year(key))
        return FREM_VALUE_PATH;
    if (strcmp(key, "value") == 0)
        return FREM_VALUE_NUMBER;
    if (strcmp(key, "growth") == 0)
        return FREM_VALUE_GROWTH;
    return strcmp(key, "table") == 0 ? FREM_VALUE_TABLE : FREM_VALUE_NONE;
}

/* The entry of a key, unless it is left out with `~`. */
static const frem_pair *find_given(const frem_node *node, const char *key) {
    const frem_pair *pair = frem_node_pair(node, key);
    return pair != NULL && frem_node_is_null(pair->value) ? NULL : pair;
}

/* @param quiet a problem was told already that may be why there is no form. */
static frem_value_form find_form(frem_reader *reader, const frem_site *site, const frem_node *node,
                                 bool quiet) {
    frem_value_form form = FREM_VALUE_NONE;
    for (size_t i = 0; i < node->count; i++) {
        const frem_pair *pair = &node->pairs[i];
        frem_value_form here = leading_form(pair->key);
        if (here == FREM_VALUE_NONE || here == form ||
            (here != FREM_VALUE_PATH && frem_node_is_null(pair->value)))
            continue;
        if (form != FREM_VALUE_NONE) {
            (void)FREM_PROBLEM(reader->diags, pair->place, MIXED_VALUE, site->path, form_names[form].en,
                               form_names[here].en, form_names[form].da, form_names[here].da);
            return FREM_VALUE_NONE;
        }
        form = here;
    }
    if (form == FREM_VALUE_NONE && !quiet)
        (void)FREM_PROBLEM(reader->diags, node->place, NOT_A_VALUE, site->path);
    return form;
}

static void check_keys(frem_reader *reader, const frem_site *site, const frem_node *node,
                       frem_value_form form) {
    for (size_t k = 0; k < sizeof form_keys / sizeof *form_keys; k++) {
        const frem_pair *pair = find_given(node, form_keys[k].key);
        if (pair != NULL && form_keys[k].form != form)
            (void)FREM_PROBLEM(reader->diags, pair->place, VALUE_KEY_MISPLACED, site->path, pair->key,
                               form_names[form].en, form_names[form].da);
    }
}

static bool same_line(frem_place a, frem_place b) {
    return a.line == b.line && a.file != NULL && b.file != NULL && strcmp(a.file, b.file) == 0;
}

/* A number lies in the field's range once it is multiplied and added to. Where that is said elsewhere, in a layer above,
 * the problem is there. */
static bool in_range(frem_reader *reader, const frem_site *site, const frem_node *node, double number,
                     const frem_value *value) {
    if (!frem_value_changes(value))
        return frem_reader_in_range(reader, site, node, number);
    double outcome = frem_value_changed(value, number);
    if (outcome >= site->field->min && outcome <= site->field->max && fabs(outcome) <= FREM_QUANTITY_MAX)
        return true;
    const char *key = isnan(value->add) ? "times" : "add";
    frem_place place = frem_entry_place(&value->head, key);
    bool beside = same_line(place, node->place);
    frem_status told = frem_field_outside_changed(site->field, site->path, number, value->times, value->add,
                                                  beside ? node->place : place, reader->diags);
    if (!beside)
        (void)frem_diags_relate(reader->diags, told, node->place);
    return false;
}

static void read_points(frem_reader *reader, const frem_site *site, const frem_node *node,
                        frem_value *value) {
    frem_field any = *site->field;
    any.min = -HUGE_VAL;
    any.max = HUGE_VAL;
    const frem_site wide = {&any, site->path, site->place};
    if (!(site->field->flags & (FREM_F_YEAR | FREM_F_ENTRY))) {
        (void)FREM_PROBLEM(reader->diags, node->place, NO_YEARS_HERE, site->path);
        return;
    }
    value->points.items = frem_reader_alloc(reader, node->count, sizeof *value->points.items);
    if (value->points.items == NULL)
        return;
    const frem_pair *last = NULL;
    for (size_t i = 0; i < node->count; i++) {
        const frem_pair *pair = &node->pairs[i];
        if (!frem_is_year(pair->key))
            continue;
        if (last != NULL && strcmp(pair->key, last->key) < 0)
            (void)FREM_PROBLEM(reader->diags, pair->place, NOT_ASCENDING, site->path, pair->key, last->key);
        frem_point point = {(int)strtol(pair->key, NULL, 10), 0, pair->place};
        if (frem_read_number(reader, &wide, pair->value, &point.number) &&
            in_range(reader, site, pair->value, point.number, value)) {
            value->points.items[value->points.count++] = point;
            if (isnan(value->times))
                frem_reader_thousands(reader, site, pair->value);
        }
        last = pair;
    }
    if (value->between == 1 + FREM_BETWEEN_SPLINE && value->points.count < 3)
        (void)FREM_PROBLEM(reader->diags, frem_entry_place(&value->head, "between"), SPLINE_NEEDS_POINTS,
                           site->path);
    if (value->then.head.node != NULL && value->then.hold && !isnan(value->then.growth))
        (void)FREM_PROBLEM(reader->diags, value->then.head.place, EITHER_OR, value->then.head.path, "hold",
                           "growth");
}

/* @param quiet a problem was told already that may be why there is no column. */
static void check_columns(frem_reader *reader, const frem_site *site, const frem_node *node,
                          const frem_value *value, bool quiet) {
    static const char *const ways[] = {"column", "product", "ratio", "sum"};
    const frem_texts one = {0}, *lists[] = {&one, &value->product, &value->ratio, &value->sum};
    const char *first = NULL;
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        const frem_pair *pair = find_given(node, ways[i]);
        if (pair == NULL)
            continue;
        const char *path = frem_reader_path(reader, site->path, ways[i]);
        if (first != NULL)
            (void)frem_diags_relate(
                reader->diags,
                FREM_PROBLEM(reader->diags, pair->place, EITHER_OR, site->path, first, ways[i]),
                find_given(node, first)->place);
        else if (lists[i] == &value->ratio && value->ratio.count > 0 && value->ratio.count != 2)
            (void)FREM_PROBLEM(reader->diags, pair->place, WRONG_FORM, path, "two columns", "to kolonner");
        else if (lists[i]->count > FREM_TERMS_MAX)
            frem_reader_too_many(reader, path, pair->place, lists[i]->count, FREM_TERMS_MAX);
        first = ways[i];
    }
    if (first == NULL && !quiet)
        frem_reader_missing(reader, site->path, node->place, "column", NULL,
                            "the column of the table to read", "kolonnen i tabellen, der læses");
}

/* Registers a value that is given among the scenario's values. */
static void keep(frem_reader *reader, frem_value *value) {
    if (frem_grow((void **)&reader->parameters, &reader->parameter_capacity, reader->n_parameters,
                  sizeof *reader->parameters) != FREM_OK) {
        reader->no_memory = true;
        return;
    }
    value->parameter = reader->n_parameters;
    reader->parameters[reader->n_parameters++] = value;
}

static void read_one(frem_reader *reader, const frem_site *site, const frem_node *node, frem_value *value);

/* `from`, and the value of the years before it. */
static void read_earlier(frem_reader *reader, const frem_site *site, const frem_node *node,
                         frem_value *value) {
    const frem_pair *from = find_given(node, "from"), *earlier = find_given(node, "earlier");
    if (from == NULL && earlier != NULL)
        frem_reader_missing(reader, site->path, earlier->place, "from", NULL,
                            "the first year that the value itself holds for",
                            "det første år, som værdien selv gælder for");
    if (from == NULL)
        return;
    if (!(site->field->flags & (FREM_F_YEAR | FREM_F_ENTRY))) {
        (void)FREM_PROBLEM(reader->diags, from->place, NO_YEARS_HERE, site->path);
    } else if (earlier == NULL && value->from > 0) {
        (void)FREM_PROBLEM(reader->diags, from->place, FROM_NOTHING, site->path, from->value->text);
    } else if (earlier != NULL) {
        value->earlier = frem_reader_alloc(reader, 1, sizeof *value->earlier);
        frem_site inside = {site->field, frem_reader_path(reader, site->path, "earlier"), earlier->place};
        if (value->earlier != NULL)
            read_one(reader, &inside, earlier->value, value->earlier);
    }
}

/* Which regions a value is the total of. What it keeps of earlier years says that for itself. */
static void find_covers(frem_reader *reader, const frem_site *site, const frem_node *node,
                        frem_value *value) {
    bool total = (site->field->flags & FREM_F_TOTAL) != 0;
    const frem_pair *own = node->kind == FREM_MAPPING ? find_given(node, "covers") : NULL;
    if (own != NULL && !total)
        (void)FREM_PROBLEM(reader->diags, own->place, KEY_NOT_USED, site->path, "covers",
                           "it is no total of regions", "den er ingen total over områder");
    if (!total)
        return;
    if (own == NULL) {
        value->head.covers = reader->covers;
        reader->covers_used = true;
    } else if (own->value->kind == FREM_SCALAR) {
        value->head.covers = (frem_covers){own->value->text, own->place};
    }
}

static void read_forms(frem_reader *reader, const frem_site *site, const frem_node *node, frem_value *value) {
    size_t errors = frem_diags_errors(reader->diags);
    frem_read_fields(reader, &frem_kind_value, node, (char *)value, site->path, node->place, true);
    bool quiet = frem_diags_errors(reader->diags) > errors;
    value->form = find_form(reader, site, node, quiet);
    if (value->form != FREM_VALUE_NONE)
        check_keys(reader, site, node, value->form);
    if (value->form == FREM_VALUE_PATH)
        read_points(reader, site, node, value);
    if (value->form == FREM_VALUE_TABLE)
        check_columns(reader, site, node, value, quiet);
    if (value->form == FREM_VALUE_GROWTH && !quiet && find_given(node, "start") == NULL)
        frem_reader_missing(reader, site->path, node->place, "start", NULL, "the value of the base year",
                            "basisårets værdi");
    if (value->form == FREM_VALUE_GROWTH && !(site->field->flags & (FREM_F_YEAR | FREM_F_ENTRY)))
        (void)FREM_PROBLEM(reader->diags, node->place, NO_YEARS_HERE, site->path);
    const double *numbers[] = {&value->number, &value->start, &value->outside};
    static const char *const keys[] = {"value", "start", "outside"};
    for (size_t i = 0; i < 3; i++) {
        if (isnan(*numbers[i]))
            continue;
        const frem_node *number = frem_node_get(node, keys[i]);
        /* Who writes `times` has said what the figure counts. */
        if (in_range(reader, site, number, *numbers[i], value) && isnan(value->times))
            frem_reader_thousands(reader, site, number);
    }
    read_earlier(reader, site, node, value);
}

/* A change with no value below it, as the value that it makes of what the field is without. NULL where there is nothing to
 * change. */
static const frem_node *settle(frem_reader *reader, const frem_site *site, const frem_node *given) {
    frem_merge merge = {.arena = reader->arena, .diags = reader->diags};
    frem_node *change = frem_merge_copy(&merge, given, 0); /* the tree is not the reader's */
    frem_node *value = change != NULL ? frem_change_settle(&merge, site->field, change) : NULL;
    frem_value_change read;
    reader->no_memory = reader->no_memory || merge.no_memory;
    if (value != change || value == NULL)
        return value;
    if (frem_change_read(given, &read))
        (void)FREM_PROBLEM(reader->diags, given->place, CHANGE_NOTHING, site->path);
    return frem_change_read(given, &read) ? NULL : given; /* what is no number is reported when it is read */
}

/* A value without registering it. */
static void read_one(frem_reader *reader, const frem_site *site, const frem_node *node, frem_value *value) {
    size_t errors = frem_diags_errors(reader->diags);
    value->field = site->field;
    value->parameter = SIZE_MAX;
    value->head = (frem_entry){site->field->key, site->path, node, site->place, {NULL, FREM_NOWHERE}};
    value->number = value->start = value->growth = value->outside = value->then.growth = value->times =
        value->add = (double)NAN;
    if (node == NULL)
        return;
    if (frem_change_is(node)) {
        node = settle(reader, site, node);
        if (node == NULL)
            return;
        value->head.node = node;
    }
    find_covers(reader, site, node, value);
    if (node->kind == FREM_SCALAR) {
        if (frem_read_number(reader, site, node, &value->number)) {
            value->form = FREM_VALUE_NUMBER;
            frem_reader_thousands(reader, site, node);
        }
    } else if (node->kind == FREM_MAPPING) {
        read_forms(reader, site, node, value);
    } else {
        frem_reader_wrong_form(reader, site, node, "a number, or a mapping",
                               "et tal eller nøgler med værdier");
    }
    /* A value with a problem is none: what builds on it would only repeat the problem. */
    if (frem_diags_errors(reader->diags) > errors)
        value->form = FREM_VALUE_NONE;
}

void frem_read_value(frem_reader *reader, const frem_site *site, const frem_node *node, frem_value *value) {
    read_one(reader, site, node, value);
    if (frem_value_given(value))
        keep(reader, value);
}

void frem_read_values(frem_reader *reader, const frem_site *site, const frem_node *node,
                      frem_values *values) {
    /* One name alone stands for all of it: `age: pension`. */
    static const frem_node one = {.kind = FREM_SCALAR, .text = "1", .length = 1};
    double ignored;
    bool alone = node->kind == FREM_SCALAR && site->field->min >= 0 && site->field->max <= 1 &&
                 frem_number_read(node->text, node->length, &ignored) != FREM_NUMBER_OK;
    if (node->kind != FREM_MAPPING && !alone) {
        frem_reader_wrong_form(reader, site, node, "numbers by name", "tal efter navn");
        return;
    }
    size_t n = alone ? 1 : node->count, errors = frem_diags_errors(reader->diags);
    values->items = frem_reader_alloc(reader, n, sizeof *values->items);
    if (values->items == NULL)
        return;
    for (size_t i = 0; i < n; i++) {
        const char *key = alone ? node->text : node->pairs[i].key;
        const frem_node *given = alone ? &one : node->pairs[i].value;
        frem_place place = alone ? node->place : node->pairs[i].place;
        if (!alone && frem_reader_left_out(reader, site->path, &node->pairs[i]))
            continue;
        frem_named_value *item = &values->items[values->count++];
        item->key = key;
        item->place = place;
        frem_site inside = {site->field, frem_reader_path(reader, site->path, key), place};
        frem_read_value(reader, &inside, given, &item->value);
    }
    if (values->count == 0 && frem_diags_errors(reader->diags) == errors)
        (void)FREM_PROBLEM(reader->diags, site->place, NOTHING_IN, site->path);
}
