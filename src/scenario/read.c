#include "scenario/read.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/problem.h"
#include "scenario/meant.h"

/* The most fields that a kind has; a test of the field table holds this. */
enum { FIELDS_MAX = 32 };

void *frem_reader_alloc(frem_reader *reader, size_t count, size_t size) {
    void *memory = frem_arena_alloc(reader->arena, count > 0 ? count : 1, size);
    if (memory == NULL)
        reader->no_memory = true;
    return memory;
}

const char *frem_reader_path(frem_reader *reader, const char *above, const char *key) {
    if (above[0] == '\0')
        return key;
    /* Every field of every value has a path: copied, since printing them would take as long as reading the file. */
    size_t n = strlen(above), m = strlen(key);
    char *path = frem_reader_alloc(reader, n + m + 2, 1);
    if (path == NULL)
        return "";
    memcpy(path, above, n);
    path[n] = '.';
    memcpy(path + n + 1, key, m + 1);
    return path;
}

void frem_reader_wrong_form(frem_reader *reader, const frem_site *site, const frem_node *node, const char *en,
                            const char *da) {
    frem_place place = node != NULL ? node->place : site->place;
    bool keys = strncmp(en, "a mapping", strlen("a mapping")) == 0;
    if (keys && node != NULL && node->kind == FREM_SEQUENCE)
        (void)FREM_PROBLEM(reader->diags, place, LIST_FOR_KEYS, site->path, en, da);
    else if (keys && node != NULL && node->kind == FREM_SCALAR)
        (void)FREM_PROBLEM(reader->diags, place, WORD_FOR_KEYS, site->path, en, da);
    else
        (void)FREM_PROBLEM(reader->diags, place, WRONG_FORM, site->path, en, da);
}

void frem_reader_too_many(frem_reader *reader, const char *path, frem_place place, size_t count,
                          size_t most) {
    char given[24], allowed[24];
    (void)snprintf(given, sizeof given, "%zu", count);
    (void)snprintf(allowed, sizeof allowed, "%zu", most);
    (void)FREM_PROBLEM(reader->diags, place, TOO_MANY, path, given, allowed);
}

bool frem_is_year(const char *key) {
    if (strlen(key) != 4)
        return false;
    for (size_t i = 0; i < 4; i++) {
        if (key[i] < '0' || key[i] > '9')
            return false;
    }
    return true;
}

bool frem_reader_name(frem_reader *reader, const frem_site *site, const frem_pair *pair) {
    size_t n = strlen(pair->key);
    bool good = n > 0 && strchr(pair->key, '.') == NULL && strcmp(pair->key, "all") != 0 &&
                pair->key[0] != ' ' && pair->key[n - 1] != ' ';
    if (!good)
        (void)FREM_PROBLEM(reader->diags, pair->place, BAD_NAME, site->path, pair->key);
    return good;
}

bool frem_reader_left_out(frem_reader *reader, const char *path, const frem_pair *pair) {
    if (!frem_node_is_empty(pair->value))
        return frem_node_is_null(pair->value);
    /* Not even `~`: rather forgotten than left out. */
    (void)FREM_PROBLEM(reader->diags, pair->place, NO_VALUE, frem_reader_path(reader, path, pair->key));
    return true;
}

bool frem_reader_compares(frem_reader *reader, size_t n) {
    /* Names that are compared in all for one that was meant. */
    enum { MOST = 1000000 };
    bool may = n <= MOST - reader->compared;
    reader->compared += may ? n : 0;
    return may;
}

static size_t find_field(const frem_kind *kind, const char *key) {
    size_t i = 0;
    while (i < kind->n_fields && strcmp(kind->fields[i].key, key) != 0)
        i++;
    return i;
}

/* Whether a mapping has all that its kind cannot do without. */
static bool is_whole(const frem_kind *kind, const frem_node *node) {
    /* Of these two one is enough. */
    bool whole = find_field(kind, "cohorts") == kind->n_fields || frem_check_meant(node, "cohorts") ||
                 frem_check_meant(node, "supply");
    for (size_t i = 0; node->kind == FREM_MAPPING && i < kind->n_fields && whole; i++)
        whole = !(kind->fields[i].flags & FREM_F_REQUIRED) || frem_check_meant(node, kind->fields[i].key);
    return whole;
}

/* A name that an upper layer adds and says too little of, where a layer below has nearly the same: it is reported.
 * @return whether it is one. */
static bool is_misspelt(frem_reader *reader, const frem_site *site, const frem_node *node,
                        const frem_pair *pair) {
    if (pair->under != NULL || pair->layer == 0 || is_whole(site->field->kind, pair->value) ||
        !frem_reader_compares(reader, node->count))
        return false;
    size_t n = 0;
    const char **known = frem_reader_alloc(reader, node->count, sizeof *known);
    for (size_t i = 0; known != NULL && i < node->count; i++) {
        if (node->pairs[i].layer < pair->layer && !frem_node_is_null(node->pairs[i].value))
            known[n++] = node->pairs[i].key;
    }
    const char *nearest = known != NULL ? frem_nearest(pair->key, known, n) : NULL;
    if (nearest != NULL)
        (void)FREM_PROBLEM(reader->diags, pair->place, NAME_BELOW, site->path, pair->key, nearest);
    return nearest != NULL;
}

/* A map whose items are structs of a kind. */
static void read_map(frem_reader *reader, const frem_site *site, const frem_node *node, void *into) {
    const frem_kind *kind = site->field->kind;
    if (node->kind != FREM_MAPPING) {
        frem_reader_wrong_form(reader, site, node, "a mapping of names", "navne med indhold");
        return;
    }
    size_t errors = frem_diags_errors(reader->diags);
    struct {
        void *items;
        size_t count;
    } map = {frem_reader_alloc(reader, node->count, kind->size), 0};
    if (map.items == NULL)
        return;
    for (size_t i = 0; i < node->count; i++) {
        const frem_pair *pair = &node->pairs[i];
        if (!frem_reader_name(reader, site, pair) || frem_reader_left_out(reader, site->path, pair) ||
            is_misspelt(reader, site, node, pair))
            continue;
        frem_read_kind(reader, kind, pair->value, (char *)map.items + map.count * kind->size, pair->key,
                       frem_reader_path(reader, site->path, pair->key), pair->place);
        map.count++;
    }
    if (map.count == 0 && frem_diags_errors(reader->diags) == errors)
        (void)FREM_PROBLEM(reader->diags, site->place, NOTHING_IN, site->path);
    memcpy(into, &map, sizeof map);
}

static void read_field(frem_reader *reader, const frem_site *site, const frem_node *node, void *at) {
    switch (site->field->type) {
    case FREM_T_TEXT:
        frem_read_text(reader, site, node, at);
        break;
    case FREM_T_LABEL:
        frem_read_label(reader, site, node, at);
        break;
    case FREM_T_CHOICE:
        frem_read_choice(reader, site, node, at);
        break;
    case FREM_T_WHOLE:
        frem_read_whole(reader, site, node, at);
        break;
    case FREM_T_NUMBER:
        *(double *)at = (double)NAN; /* one that can't be read is as if it were not given */
        if (frem_read_number(reader, site, node, at))
            frem_reader_thousands(reader, site, node);
        break;
    case FREM_T_DATE:
        frem_read_day(reader, site, node, at);
        break;
    case FREM_T_MONTH:
        frem_read_month(reader, site, node, at);
        break;
    case FREM_T_AGES:
        frem_read_ages(reader, site, node, at);
        break;
    case FREM_T_TEXTS:
        frem_read_texts(reader, site, node, at);
        break;
    case FREM_T_TEXT_MAP:
        frem_read_text_map(reader, site, node, at);
        break;
    case FREM_T_BIRTHS:
        frem_read_births(reader, site, node, at);
        break;
    case FREM_T_VALUE:
        frem_read_value(reader, site, node, at);
        break;
    case FREM_T_VALUES:
        frem_read_values(reader, site, node, at);
        break;
    case FREM_T_EARLIER: /* frem_read_value() knows what it is the value of */
        break;
    case FREM_T_STRUCT:
        frem_read_kind(reader, site->field->kind, node, at, site->field->key, site->path, site->place);
        break;
    case FREM_T_MAP:
        read_map(reader, site, node, at);
        break;
    }
}

/* A field that the file leaves out: its default, or the defaults inside it where it is a mapping. Most have none of
 * these, and then need no path either. */
static void leave_out(frem_reader *reader, const frem_field *field, const char *above, frem_place place,
                      void *at) {
    if (field->type == FREM_T_NUMBER)
        *(double *)at = (double)NAN;
    if (field->preset == NULL && field->type != FREM_T_VALUE && field->type != FREM_T_STRUCT)
        return;
    frem_site site = {field, frem_reader_path(reader, above, field->key), place};
    if (field->preset != NULL) {
        frem_node *preset = frem_reader_alloc(reader, 1, sizeof *preset); /* values keep their node */
        if (preset == NULL)
            return;
        *preset = (frem_node){.kind = FREM_SCALAR, .place = place, .text = field->preset};
        preset->source = reader->scenario->source;
        preset->length = strlen(field->preset);
        read_field(reader, &site, preset, at);
    } else if (field->type == FREM_T_VALUE) {
        frem_read_value(reader, &site, NULL, at);
    } else {
        frem_entry *entry = at;
        *entry = (frem_entry){field->key, site.path, NULL, place, reader->covers};
        for (size_t i = 0; i < field->kind->n_fields; i++) {
            const frem_field *inner = &field->kind->fields[i];
            void *inside = (char *)at + inner->offset;
            /* A value of a mapping that is not there is no parameter, whatever its default. */
            if (inner->type == FREM_T_VALUE)
                frem_read_value(reader,
                                &(frem_site){inner, frem_reader_path(reader, site.path, inner->key), place},
                                NULL, inside);
            else
                leave_out(reader, inner, site.path, place, inside);
        }
    }
}

/* @return the place of the field that was probably meant, or the number of fields. */
static size_t unknown_key(frem_reader *reader, const frem_kind *kind, const frem_pair *pair,
                          const char *path) {
    size_t meant = kind->n_fields;
    if (frem_key_unknown(kind, pair->key, pair->place, path, reader->diags, &meant) == FREM_NO_MEMORY)
        reader->no_memory = true;
    return meant;
}

/* The keys that stand there, in the order of the file. */
static void read_pairs(frem_reader *reader, const frem_kind *kind, const frem_node *node, char *into,
                       const char *path, bool years_beside, bool *read, bool *meant) {
    for (size_t i = 0; i < node->count; i++) {
        const frem_pair *pair = &node->pairs[i];
        size_t which = find_field(kind, pair->key);
        if (which == kind->n_fields) {
            if (!years_beside || !frem_is_year(pair->key))
                which = unknown_key(reader, kind, pair, path);
            meant[which] = true;
        } else if (frem_reader_left_out(reader, path, pair)) {
            meant[which] = frem_node_is_empty(pair->value);
        } else {
            frem_site site = {&kind->fields[which], frem_reader_path(reader, path, pair->key), pair->place};
            read_field(reader, &site, pair->value, into + site.field->offset);
            read[which] = true;
        }
    }
}

void frem_read_fields(frem_reader *reader, const frem_kind *kind, const frem_node *node, char *into,
                      const char *path, frem_place place, bool years_beside) {
    /* One more than there are fields, for keys that mean none of them. */
    bool read[FIELDS_MAX + 1] = {false}, meant[FIELDS_MAX + 1] = {false};
    read_pairs(reader, kind, node, into, path, years_beside, read, meant);
    for (size_t i = 0; i < kind->n_fields; i++) {
        const frem_field *field = &kind->fields[i];
        if (read[i])
            continue;
        /* A misspelt key has been told of already. */
        if (field->flags & FREM_F_REQUIRED && !meant[i])
            frem_reader_missing(reader, path, place, field->key, field, field->help.text[FREM_EN],
                                field->help.text[FREM_DA]);
        leave_out(reader, field, path, place, into + field->offset);
    }
}

/* What totals in a mapping cover, before its keys are read: in whatever order they stand. */
static frem_covers covers_of(const frem_reader *reader, const frem_kind *kind, const frem_node *node) {
    const frem_pair *pair = frem_node_pair(node, "covers");
    bool given = pair != NULL && pair->value->kind == FREM_SCALAR && !frem_node_is_null(pair->value);
    return given && find_field(kind, "covers") < kind->n_fields
               ? (frem_covers){pair->value->text, pair->place}
               : reader->covers;
}

/* Reads what is in a mapping, with what it says of its totals. */
static void read_inside(frem_reader *reader, const frem_kind *kind, const frem_node *node,
                        frem_entry *entry) {
    const frem_covers around = reader->covers, here = covers_of(reader, kind, node);
    const bool used_around = reader->covers_used;
    size_t errors = frem_diags_errors(reader->diags);
    entry->covers = reader->covers = here;
    reader->covers_used = kind->total;
    frem_read_fields(reader, kind, node, (char *)entry, entry->path, entry->place, false);
    if (!reader->covers_used && here.text != around.text && frem_diags_errors(reader->diags) == errors)
        (void)FREM_PROBLEM(reader->diags, here.place, COVERS_NOTHING,
                           frem_reader_path(reader, entry->path, "covers"));
    reader->covers = around;
    reader->covers_used = reader->covers_used || used_around;
}

void frem_read_kind(frem_reader *reader, const frem_kind *kind, const frem_node *node, void *into,
                    const char *key, const char *path, frem_place place) {
    frem_entry *entry = into;
    entry->key = key;
    entry->path = path;
    entry->place = place;
    entry->node = node;
    frem_pair stand_in = {.key = kind->shorthand, .place = node->place};
    frem_node scalar = {
        .kind = FREM_MAPPING, .place = node->place, .source = node->source, .pairs = &stand_in, .count = 1};
    if (node->kind != FREM_MAPPING) {
        if (kind->shorthand == NULL || node->kind != FREM_SCALAR) {
            frem_site site = {NULL, path[0] != '\0' ? path : kind->name, place};
            entry->node = NULL; /* as if it were not given: nothing inside it is asked for */
            frem_reader_wrong_form(reader, &site, node, "a mapping (key: value)",
                                   "nøgler med værdier (nøgle: værdi)");
            return;
        }
        /* The stand-in is read only; nobody writes through it. */
        memcpy(&stand_in.value, &node, sizeof node);
        node = &scalar;
    }
    read_inside(reader, kind, node, entry);
}

frem_place frem_entry_place(const frem_entry *entry, const char *key) {
    const frem_pair *pair = frem_node_pair(entry->node, key);
    return pair != NULL ? pair->place : entry->place;
}
