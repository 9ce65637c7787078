#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/number_problem.h"
#include "base/problem.h"
#include "scenario/calendar.h"
#include "scenario/draft.h"
#include "scenario/meant.h"
#include "scenario/read.h"
#include "tables/reading.h"

/* The most fields that a kind has; a test of the field table holds this. */
enum { FIELDS_MAX = 32 };

static void read_value(frem_reader *reader, const frem_site *site, const frem_node *node, frem_value *value);

static void read_values(frem_reader *reader, const frem_site *site, const frem_node *node,
                        frem_values *values);

static void reader_thousands(frem_reader *reader, const frem_site *site, const frem_node *node);

static void read_choice(frem_reader *reader, const frem_site *site, const frem_node *node, int *out);

static void read_whole(frem_reader *reader, const frem_site *site, const frem_node *node, int64_t *out);

static bool read_number(frem_reader *reader, const frem_site *site, const frem_node *node, double *out);

static void read_day(frem_reader *reader, const frem_site *site, const frem_node *node, frem_day *out);

static void read_ages(frem_reader *reader, const frem_site *site, const frem_node *node, frem_age_range *out);

static void read_births(frem_reader *reader, const frem_site *site, const frem_node *node, frem_births *out);

static void read_text(frem_reader *reader, const frem_site *site, const frem_node *node, const char **out);

static void read_text_map(frem_reader *reader, const frem_site *site, const frem_node *node,
                          frem_text_map *out);

bool frem_read_meant(const frem_node *node, const char *key) {
    if (node == NULL || node->kind != FREM_MAPPING)
        return false;
    for (size_t i = 0; i < node->count; i++) {
        const char *there = node->pairs[i].key;
        if (strcmp(there, key) == 0)
            return !frem_node_is_null(node->pairs[i].value);
        const char *danish = frem_key_danish(there, false);
        if (frem_nearest(there, &key, 1) != NULL || (danish != NULL && strcmp(danish, key) == 0))
            return true;
    }
    return false;
}

/* Reports a list or map that holds more than the program can take. */
static void reader_too_many(frem_reader *reader, const char *path, frem_place place, size_t count,
                            size_t most) {
    char given[24], allowed[24];
    (void)snprintf(given, sizeof given, "%zu", count);
    (void)snprintf(allowed, sizeof allowed, "%zu", most);
    (void)FREM_PROBLEM(reader->diags, place, TOO_MANY, path, given, allowed);
}

/* Whether a name may be used for a profession, sector, ... ; reports it when not. */
static bool reader_name(frem_reader *reader, const frem_site *site, const frem_pair *pair) {
    size_t n = strlen(pair->key);
    bool good = n > 0 && (site->field->flags & FREM_F_PATHS || strchr(pair->key, '.') == NULL) &&
                strcmp(pair->key, "all") != 0 && pair->key[0] != ' ' && pair->key[n - 1] != ' ';
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
    bool whole = find_field(kind, "cohorts") == kind->n_fields || frem_read_meant(node, "cohorts") ||
                 frem_read_meant(node, "supply");
    for (size_t i = 0; node->kind == FREM_MAPPING && i < kind->n_fields && whole; i++)
        whole = !(kind->fields[i].flags & FREM_F_REQUIRED) || frem_read_meant(node, kind->fields[i].key);
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
        if (!reader_name(reader, site, pair) || frem_reader_left_out(reader, site->path, pair) ||
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

/* A list whose items are structs of a kind, named by their places. */
static void read_list(frem_reader *reader, const frem_site *site, const frem_node *node, void *into) {
    const frem_kind *kind = site->field->kind;
    if (node->kind != FREM_SEQUENCE) {
        frem_reader_wrong_form(reader, site, node, "a list of mappings (- key: value)",
                               "en liste af nøgler med værdier (- nøgle: værdi)");
        return;
    }
    struct {
        void *items;
        size_t count;
    } list = {frem_reader_alloc(reader, node->count, kind->size), node->count};
    if (list.items == NULL)
        return;
    if (node->count == 0)
        (void)FREM_PROBLEM(reader->diags, site->place, NOTHING_IN, site->path);
    for (size_t i = 0; i < node->count; i++) {
        const char *key = frem_arena_print(reader->arena, "%zu", i + 1);
        if (key == NULL) {
            reader->no_memory = true;
            return;
        }
        frem_read_kind(reader, kind, node->items[i], (char *)list.items + i * kind->size, key,
                       frem_reader_path(reader, site->path, key), node->items[i]->place);
    }
    memcpy(into, &list, sizeof list);
}

/* A square of numbers, row by row. */
static void read_matrix(frem_reader *reader, const frem_site *site, const frem_node *node, frem_square *out) {
    const size_t n = node->kind == FREM_SEQUENCE ? node->count : 0;
    bool square = n > 0;
    for (size_t i = 0; i < n && square; i++)
        square = node->items[i]->kind == FREM_SEQUENCE && node->items[i]->count == n;
    if (!square) {
        frem_reader_wrong_form(reader, site, node,
                               "as many rows as columns of numbers, such as [[1, 0.5], [0.5, 1]]",
                               "lige mange rækker og kolonner af tal, fx [[1, 0.5], [0.5, 1]]");
        return;
    }
    double *items = frem_reader_alloc(reader, n * n, sizeof *items);
    bool good = items != NULL;
    for (size_t i = 0; good && i < n * n; i++)
        good = read_number(reader, site, node->items[i / n]->items[i % n], &items[i]);
    if (good)
        *out = (frem_square){items, n};
}

static void read_field(frem_reader *reader, const frem_site *site, const frem_node *node, void *at) {
    switch (site->field->type) {
    case FREM_T_TEXT:
        read_text(reader, site, node, at);
        break;
    case FREM_T_LABEL:
        frem_read_label(reader, site, node, at);
        break;
    case FREM_T_CHOICE:
        read_choice(reader, site, node, at);
        break;
    case FREM_T_WHOLE:
        read_whole(reader, site, node, at);
        break;
    case FREM_T_NUMBER:
        *(double *)at = (double)NAN; /* one that can't be read is as if it were not given */
        if (read_number(reader, site, node, at))
            reader_thousands(reader, site, node);
        break;
    case FREM_T_DATE:
        read_day(reader, site, node, at);
        break;
    case FREM_T_MONTH:
        frem_read_month(reader, site, node, at);
        break;
    case FREM_T_AGES:
        read_ages(reader, site, node, at);
        break;
    case FREM_T_TEXTS:
        frem_read_texts(reader, site, node, at);
        break;
    case FREM_T_TEXT_MAP:
        read_text_map(reader, site, node, at);
        break;
    case FREM_T_BIRTHS:
        read_births(reader, site, node, at);
        break;
    case FREM_T_VALUE:
        read_value(reader, site, node, at);
        break;
    case FREM_T_VALUES:
        read_values(reader, site, node, at);
        break;
    case FREM_T_EARLIER: /* read_value() knows what it is the value of */
        break;
    case FREM_T_STRUCT:
        frem_read_kind(reader, site->field->kind, node, at, site->field->key, site->path, site->place);
        break;
    case FREM_T_MAP:
        read_map(reader, site, node, at);
        break;
    case FREM_T_MATRIX:
        read_matrix(reader, site, node, at);
        break;
    case FREM_T_LIST:
        read_list(reader, site, node, at);
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
        read_value(reader, &site, NULL, at);
    } else {
        frem_entry *entry = at;
        *entry = (frem_entry){field->key, site.path, NULL, place, reader->covers};
        for (size_t i = 0; i < field->kind->n_fields; i++) {
            const frem_field *inner = &field->kind->fields[i];
            void *inside = (char *)at + inner->offset;
            /* A value of a mapping that is not there is no parameter, whatever its default. */
            if (inner->type == FREM_T_VALUE)
                read_value(reader,
                           &(frem_site){inner, frem_reader_path(reader, site.path, inner->key), place}, NULL,
                           inside);
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

/* Reads the keys of a mapping in the order of the file. */
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

/* The fields of a kind from a mapping, without touching its entry.
 *  @param years_beside years are among the keys and are left to the caller. */
static void read_fields(frem_reader *reader, const frem_kind *kind, const frem_node *node, char *into,
                        const char *path, frem_place place, bool years_beside) {
    /* One more than there are fields, for keys that mean none of them. */
    bool read[FIELDS_MAX + 1] = {false}, meant[FIELDS_MAX + 1] = {false};
    read_pairs(reader, kind, node, into, path, years_beside, read, meant);
    for (size_t i = 0; i < kind->n_fields; i++) {
        const frem_field *field = &kind->fields[i];
        if (read[i])
            continue;
        /* A misspelt key has been reported already. */
        if (field->flags & FREM_F_REQUIRED && !meant[i])
            frem_reader_missing(reader, path, place, field->key, field, field->help.text[FREM_EN],
                                field->help.text[FREM_DA]);
        leave_out(reader, field, path, place, into + field->offset);
    }
}

/* What totals in a mapping cover, before its keys are read: in any order of the keys. */
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
    read_fields(reader, kind, node, (char *)entry, entry->path, entry->place, false);
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
        /* The substitute is only read. */
        memcpy(&stand_in.value, &node, sizeof node);
        node = &scalar;
    }
    read_inside(reader, kind, node, entry);
}

static bool is_scalar(frem_reader *reader, const frem_site *site, const frem_node *node, const char *en,
                      const char *da) {
    if (node->kind == FREM_SCALAR)
        return true;
    frem_reader_wrong_form(reader, site, node, en, da);
    return false;
}

static void read_text(frem_reader *reader, const frem_site *site, const frem_node *node, const char **out) {
    if (!is_scalar(reader, site, node, "a text", "en tekst"))
        return;
    if (node->length == 0 || frem_node_is_null(node))
        (void)FREM_PROBLEM(reader->diags, node->place, NOTHING_IN, site->path);
    else
        *out = node->text;
}

void frem_read_label(frem_reader *reader, const frem_site *site, const frem_node *node, frem_label *out) {
    static const char *const languages[FREM_LANG_COUNT] = {[FREM_EN] = "en", [FREM_DA] = "da"};
    if (node->kind == FREM_SCALAR) {
        const char *both = NULL;
        read_text(reader, site, node, &both);
        for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++)
            out->text[lang] = both;
        return;
    }
    if (node->kind != FREM_MAPPING || node->count == 0) {
        frem_reader_wrong_form(reader, site, node, "a text, or {da: ..., en: ...}",
                               "en tekst eller {da: ..., en: ...}");
        return;
    }
    for (size_t i = 0; i < node->count; i++) {
        const frem_pair *pair = &node->pairs[i];
        if (strcmp(pair->key, "da") != 0 && strcmp(pair->key, "en") != 0) {
            (void)FREM_PROBLEM(reader->diags, pair->place, UNKNOWN_KEY, pair->key, site->path,
                               frem_nearest(pair->key, languages, FREM_LANG_COUNT));
            continue;
        }
        const char **text = &out->text[strcmp(pair->key, "da") == 0 ? FREM_DA : FREM_EN];
        frem_site inside = {site->field, frem_reader_path(reader, site->path, pair->key), pair->place};
        read_text(reader, &inside, pair->value, text);
        for (size_t lang = 0; lang < FREM_LANG_COUNT;
             lang++) { /* one language is used for the other where only one is given */
            if (out->text[lang] == NULL)
                out->text[lang] = *text;
        }
    }
}

/* The scalars. Each reports what is wrong and leaves `out` alone then; a whole number is -1. */
static void read_choice(frem_reader *reader, const frem_site *site, const frem_node *node, int *out) {
    if (!is_scalar(reader, site, node, "one word", "ét ord"))
        return;
    char words[128];
    const char *known[16];
    size_t n = 0;
    (void)strncpy(words, site->field->choices, sizeof words - 1);
    words[sizeof words - 1] = '\0';
    for (char *word = words; word != NULL;) {
        char *end = strchr(word, '|');
        if (end != NULL)
            *end++ = '\0';
        known[n++] = word;
        word = end;
    }
    for (size_t i = 0; i < n; i++) {
        if (known[i][0] != '\0' && strcmp(known[i], node->text) == 0) {
            *out = (int)i;
            return;
        }
    }
    size_t given = known[0][0] == '\0' ? 1 : 0; /* an empty first word is "not given" */
    frem_text list = {0};
    for (size_t i = given; i < n; i++)
        frem_text_print(&list, "%s%s", i > given ? ", " : "", known[i]);
    (void)FREM_PROBLEM(reader->diags, node->place, NOT_A_CHOICE, site->path, node->text,
                       list.bytes != NULL ? list.bytes : "",
                       frem_nearest(node->text, known + given, n - given));
    reader->no_memory = reader->no_memory || list.failed;
    frem_text_free(&list);
}

/* Whether a number lies in the field's range; reports it at node when not. */
static bool reader_in_range(frem_reader *reader, const frem_site *site, const frem_node *node,
                            double number) {
    if (number >= site->field->min && number <= site->field->max)
        return true;
    (void)frem_field_outside(site->field, site->path, number, node->place, reader->diags);
    return false;
}

/* Says what keeps a scalar from being a number. */
static void not_a_number(frem_reader *reader, const frem_site *site, const frem_node *node,
                         frem_number_fault fault) {
    if (node->quoted && fault == FREM_NUMBER_OK)
        (void)FREM_PROBLEM(reader->diags, node->place, NUMBER_QUOTED, site->path, node->text);
    else
        (void)frem_number_problem(reader->diags, node->place, site->path, node->text, fault);
}

static bool read_number(frem_reader *reader, const frem_site *site, const frem_node *node, double *out) {
    if (!is_scalar(reader, site, node, "a number", "et tal"))
        return false;
    double number = 0;
    frem_number_fault fault = frem_quantity_read(node->text, node->length, &number);
    if (fault != FREM_NUMBER_OK || node->quoted) {
        not_a_number(reader, site, node, fault);
        return false;
    }
    if (!reader_in_range(reader, site, node, number))
        return false;
    *out = number;
    return true;
}

/* Warns of a number of a unit that counts, in which thousands may have been meant: 1.850. */
static void reader_thousands(frem_reader *reader, const frem_site *site, const frem_node *node) {
    char first[FREM_MEANT_MAX], second[FREM_MEANT_MAX];
    if (node != NULL && node->kind == FREM_SCALAR && frem_unit_counts(site->field->unit) &&
        frem_number_thousands(node->text, node->length, '.') &&
        frem_number_meant(node->text, node->length, '.', first, second))
        (void)FREM_PROBLEM(reader->diags, node->place, NUMBER_THOUSANDS, site->path, node->text, first,
                           second);
}

static void read_whole(frem_reader *reader, const frem_site *site, const frem_node *node, int64_t *out) {
    *out = -1;
    if (!is_scalar(reader, site, node, "a whole number", "et helt tal"))
        return;
    int64_t number = 0;
    frem_number_fault fault = frem_whole_read(node->text, node->length, &number);
    if (fault != FREM_NUMBER_OK || node->quoted)
        not_a_number(reader, site, node, fault);
    else if (reader_in_range(reader, site, node, (double)number))
        *out = number;
}

void frem_read_month(frem_reader *reader, const frem_site *site, const frem_node *node, int *out) {
    if (!is_scalar(reader, site, node, "a month", "en måned"))
        return;
    int month = frem_month_of(node->text, node->length);
    if (month > 0)
        *out = month;
    else
        (void)FREM_PROBLEM(reader->diags, node->place, NOT_A_MONTH, site->path, node->text,
                           frem_nearest(node->text, frem_months, 12));
}

static void read_day(frem_reader *reader, const frem_site *site, const frem_node *node, frem_day *out) {
    if (!is_scalar(reader, site, node, "a day of the year", "en dag på året"))
        return;
    const char *blank = strchr(node->text, ' ');
    int64_t day = 0;
    if (blank != NULL && frem_whole_read(node->text, (size_t)(blank - node->text), &day) == FREM_NUMBER_OK) {
        int month = frem_month_of(blank + 1, strlen(blank + 1));
        if (month > 0 && day >= 1 && day <= frem_month_days(month)) {
            *out = (frem_day){month, (int)day};
            return;
        }
    }
    (void)FREM_PROBLEM(reader->diags, node->place, NOT_A_DAY, site->path, node->text);
}

static void read_ages(frem_reader *reader, const frem_site *site, const frem_node *node,
                      frem_age_range *out) {
    if (!is_scalar(reader, site, node, "an age range", "et aldersinterval"))
        return;
    const char *text = node->text;
    size_t n = node->length;
    const char *dash = memchr(text, '-', n);
    int64_t from = -1, to = -1;
    bool good;
    if (n > 0 && text[n - 1] == '+') {
        good = frem_whole_read(text, n - 1, &from) == FREM_NUMBER_OK;
        to = INT_MAX;
    } else if (dash != NULL) {
        good = frem_whole_read(text, (size_t)(dash - text), &from) == FREM_NUMBER_OK &&
               frem_whole_read(dash + 1, n - (size_t)(dash + 1 - text), &to) == FREM_NUMBER_OK && to <= 130;
    } else {
        good = frem_whole_read(text, n, &from) == FREM_NUMBER_OK;
        to = from;
    }
    if (good && text[0] != '+' && from >= 0 && from <= 130 && to >= from)
        *out = (frem_age_range){true, (int)from, (int)to};
    else
        (void)FREM_PROBLEM(reader->diags, node->place, NOT_AGES, site->path, text);
}

bool frem_birth_read(const char *text, frem_birth *out) {
    static const int days[12] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int digits[10];
    for (size_t i = 0; i < 10; i++) {
        bool dash = i == 4 || i == 7;
        if (dash ? text[i] != '-' : text[i] < '0' || text[i] > '9')
            return false;
        digits[i] = text[i] - '0';
    }
    out->year = 1000 * digits[0] + 100 * digits[1] + 10 * digits[2] + digits[3];
    out->month = 10 * digits[5] + digits[6];
    out->day = 10 * digits[8] + digits[9];
    return text[10] == '\0' && out->year >= 1800 && out->month >= 1 && out->month <= 12 && out->day >= 1 &&
           out->day <= days[out->month - 1];
}

static void read_births(frem_reader *reader, const frem_site *site, const frem_node *node, frem_births *out) {
    if (node->kind != FREM_MAPPING || node->count == 0) {
        frem_reader_wrong_form(reader, site, node, "ages by date of birth", "aldre efter fødselsdato");
        return;
    }
    out->items = frem_reader_alloc(reader, node->count, sizeof *out->items);
    if (out->items == NULL)
        return;
    for (size_t i = 0; i < node->count; i++) {
        frem_birth *birth = &out->items[out->count];
        const frem_pair *pair = &node->pairs[i];
        if (!frem_birth_read(pair->key, birth)) {
            (void)FREM_PROBLEM(reader->diags, pair->place, NOT_A_DATE, site->path, pair->key);
        } else if (i > 0 && strcmp(pair->key, node->pairs[i - 1].key) <= 0) {
            (void)FREM_PROBLEM(reader->diags, pair->place, NOT_ASCENDING, site->path, pair->key,
                               node->pairs[i - 1].key);
        } else if (read_number(reader, site, pair->value, &birth->number)) {
            out->count++;
        }
    }
}

void frem_read_texts(frem_reader *reader, const frem_site *site, const frem_node *node, frem_texts *out) {
    if (node->kind == FREM_MAPPING) {
        frem_reader_wrong_form(reader, site, node, "a list of texts", "en liste af tekster");
        return;
    }
    bool alone = node->kind == FREM_SCALAR;
    size_t n = alone ? 1 : node->count;
    if (n == 0)
        (void)FREM_PROBLEM(reader->diags, site->place, NOTHING_IN, site->path);
    const char **items = frem_reader_alloc(reader, n, sizeof *items);
    if (items == NULL)
        return;
    out->items = items;
    for (size_t i = 0; i < n; i++) {
        read_text(reader, site, alone ? node : node->items[i], &items[out->count]);
        if (items[out->count] != NULL)
            out->count++;
    }
}

/* The text of one name, or the several where the field takes them. */
static void read_named_texts(frem_reader *reader, const frem_site *site, const frem_pair *pair,
                             frem_text_map *out) {
    const frem_site inside = {site->field, frem_reader_path(reader, site->path, pair->key), pair->place};
    const bool several = site->field->flags & FREM_F_SEVERAL;
    const frem_node *node = pair->value;
    const size_t first = out->count;
    if (node->kind == FREM_SEQUENCE && !several && strcmp(site->field->key, "where") == 0) {
        (void)FREM_PROBLEM(reader->diags, node->place, WHERE_LIST, inside.path);
        return;
    }
    const bool list = node->kind == FREM_SEQUENCE && several;
    if (list && node->count == 0)
        (void)FREM_PROBLEM(reader->diags, node->place, NOTHING_IN, inside.path);
    for (size_t i = 0; i < (list ? node->count : 1); i++) {
        const frem_node *one = list ? node->items[i] : node;
        frem_text_pair *item = &out->items[out->count];
        *item = (frem_text_pair){pair->key, NULL, out->count > first, list ? one->place : pair->place};
        read_text(reader, &inside, one, &item->text);
        out->count += item->text != NULL;
    }
}

static void read_text_map(frem_reader *reader, const frem_site *site, const frem_node *node,
                          frem_text_map *out) {
    if (node->kind == FREM_SCALAR) {
        const char *key = site->field->key;
        (void)FREM_PROBLEM(reader->diags, node->place, TEXT_FOR_KEYS, site->path, key,
                           strcmp(key, "keys") == 0 ? "region" : "name", node->text);
        return;
    }
    if (node->kind != FREM_MAPPING) {
        frem_reader_wrong_form(reader, site, node, "a mapping of texts by name", "tekster efter navn");
        return;
    }
    size_t room = 0;
    for (size_t i = 0; i < node->count; i++)
        room += node->pairs[i].value->kind == FREM_SEQUENCE ? node->pairs[i].value->count : 1;
    out->items = frem_reader_alloc(reader, room, sizeof *out->items);
    for (size_t i = 0; i < node->count && out->items != NULL; i++)
        read_named_texts(reader, site, &node->pairs[i], out);
}

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
    {"value", FREM_VALUE_NUMBER}, {"between", FREM_VALUE_PATH}, {"then", FREM_VALUE_PATH},
    {"before", FREM_VALUE_PATH},  {"start", FREM_VALUE_GROWTH}, {"growth", FREM_VALUE_GROWTH},
    {"table", FREM_VALUE_TABLE},  {"column", FREM_VALUE_TABLE}, {"product", FREM_VALUE_TABLE},
    {"ratio", FREM_VALUE_TABLE},  {"sum", FREM_VALUE_TABLE},    {"where", FREM_VALUE_TABLE},
    {"sheet", FREM_VALUE_TABLE},  {"keys", FREM_VALUE_TABLE},   {"outside", FREM_VALUE_TABLE},
    {"over", FREM_VALUE_TABLE},
};

/* Keys whose presence decides the form. */
static frem_value_form leading_form(const frem_pair *pair) {
    const char *key = pair->key;
    if (frem_is_year(key))
        return FREM_VALUE_PATH;
    if (strcmp(key, "value") == 0 || (strcmp(key, "unknown") == 0 && !frem_unknown_changes(pair->value)))
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

/* Whether what a value says is unknown is something about its numbers. */
static bool unknown_changes(const frem_node *node) {
    return frem_unknown_changes(frem_node_get(node, "unknown"));
}

/* @param quiet a problem was reported already that may be why there is no form. */
static frem_value_form find_form(frem_reader *reader, const frem_site *site, const frem_node *node,
                                 bool quiet) {
    frem_value_form form = FREM_VALUE_NONE;
    for (size_t i = 0; i < node->count; i++) {
        const frem_pair *pair = &node->pairs[i];
        frem_value_form here = leading_form(pair);
        if (here == FREM_VALUE_NONE || here == form ||
            (here != FREM_VALUE_PATH && frem_node_is_null(pair->value)))
            continue;
        if (form != FREM_VALUE_NONE && frem_node_pair(node, "unknown") != NULL && !unknown_changes(node)) {
            const frem_value_form other = form != FREM_VALUE_NUMBER ? form : here;
            (void)FREM_PROBLEM(reader->diags, frem_node_pair(node, "unknown")->place, UNKNOWN_NUMBER,
                               site->path, form_names[other].en, form_names[other].da);
            return FREM_VALUE_NONE;
        }
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
        return reader_in_range(reader, site, node, number);
    double outcome = frem_value_changed(value, number);
    if (outcome >= site->field->min && outcome <= site->field->max && fabs(outcome) <= FREM_QUANTITY_MAX)
        return true;
    const char *key = isnan(value->add) ? "times" : "add";
    frem_place place = frem_entry_place(&value->head, key);
    bool beside = same_line(place, node->place);
    frem_status reported =
        frem_field_outside_changed(site->field, site->path, number, value->times, value->add,
                                   beside ? node->place : place, reader->diags);
    if (!beside)
        (void)frem_diags_relate(reader->diags, reported, node->place);
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
        if (read_number(reader, &wide, pair->value, &point.number) &&
            in_range(reader, site, pair->value, point.number, value)) {
            value->points.items[value->points.count++] = point;
            if (isnan(value->times))
                reader_thousands(reader, site, pair->value);
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

/* @param quiet a problem was reported already that may be why there is no column. */
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
            reader_too_many(reader, path, pair->place, lists[i]->count, FREM_TERMS_MAX);
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
        /* What a variant keeps of a value that is unknown below has its start: only what holds from then on is sought. */
        if (value->earlier != NULL)
            value->earlier->unknown.head.node = NULL;
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
    read_fields(reader, &frem_kind_value, node, (char *)value, site->path, node->place, true);
    bool quiet = frem_diags_errors(reader->diags) > errors;
    value->form = find_form(reader, site, node, quiet);
    if (value->form != FREM_VALUE_NONE)
        check_keys(reader, site, node, value->form);
    frem_read_unknown(reader, site, value);
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
            reader_thousands(reader, site, number);
    }
    if (value->unknown.head.node != NULL && value->unknown.as == FREM_UNKNOWN_VALUE && isnan(value->number))
        value->number = value->unknown.start; /* in range, as min and max are */
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
        if (read_number(reader, site, node, &value->number)) {
            value->form = FREM_VALUE_NUMBER;
            reader_thousands(reader, site, node);
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

static void read_value(frem_reader *reader, const frem_site *site, const frem_node *node, frem_value *value) {
    read_one(reader, site, node, value);
    if (frem_value_given(value))
        keep(reader, value);
}

static void read_values(frem_reader *reader, const frem_site *site, const frem_node *node,
                        frem_values *values) {
    /* A single name has the whole share: `age: pension`. */
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
        read_value(reader, &inside, given, &item->value);
    }
    if (values->count == 0 && frem_diags_errors(reader->diags) == errors)
        (void)FREM_PROBLEM(reader->diags, site->place, NOTHING_IN, site->path);
}
