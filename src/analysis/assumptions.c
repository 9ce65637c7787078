/* Every number of a scenario, and every other choice in it, with its place in the file and its source. */
#include <stdlib.h>
#include <string.h>

#include "analysis/assumptions.h"
#include "analysis/said_words.h"
#include "base/text.h"

/* A mapping of more entries is shown by its first and last ones. */
enum { ENTRIES_SHOWN = 12, ENTRIES_KEPT = 4 };

/* A walk through a scenario. */
typedef struct walk {
    frem_arena *arena;
    const frem_run *run;
    const frem_node *root;
    frem_saying saying;
    frem_said *list;
    size_t n, capacity;
    frem_status status;
} walk;

/* What an entry inherits from the mappings around it. */
typedef struct around {
    const char *path;
    const frem_pair *source;   /* `source` of the nearest one that has it */
    const frem_node *around;   /* that one */
    const frem_pair *replaced; /* the entry of a lower layer that the nearest one replaced as a whole */
    frem_label about;          /* what they are called; NULL texts for none */
    bool technical;            /* whether one of them is no number and holds none */
} around;

static bool is_word(const char *word, const char *const *words) {
    for (size_t i = 0; words[i] != NULL; i++) {
        if (strcmp(words[i], word) == 0)
            return true;
    }
    return false;
}

/* Names, and what an assumption has a member of its own for. */
static const char *const unsaid[] = {"fremskriv", "name", "report", "leads_to", "label",
                                     "source",    "unit", "note",   "keys",     NULL};
/* Keys that are shown with the entry that they describe, not as entries. */
static const char *const said_beside[] = {"source", "unit", "note", NULL};
/* What a table is read by. */
static const char *const of_table[] = {"table", "column", "product", "ratio", "sum", "sheet", NULL};

static const char *path_of(walk *w, const char *above, const char *key) {
    const char *path = above[0] == '\0' ? key : frem_arena_print(w->arena, "%s.%s", above, key);
    if (path == NULL)
        w->status = FREM_NO_MEMORY;
    return path != NULL ? path : "";
}

/* A value that is written on one line. */
typedef struct writing {
    frem_text *out;
    bool whole; /* also the middle of long mappings */
} writing;

static void add_short(const writing *w, const frem_node *node);

/* Entries of a mapping in braces, but those of some keys. @return whether there was any. */
static bool add_entries(const writing *w, const frem_node *node, const char *const *but,
                        const char *const *nor) {
    size_t shown = 0, n = 0, at = 0;
    for (size_t i = 0; i < node->count; i++)
        n += !is_word(node->pairs[i].key, but) && !is_word(node->pairs[i].key, nor);
    for (size_t i = 0; i < node->count; i++) {
        const frem_pair *pair = &node->pairs[i];
        if (is_word(pair->key, but) || is_word(pair->key, nor))
            continue;
        at++;
        if (!w->whole && n > ENTRIES_SHOWN && at > ENTRIES_KEPT && at + ENTRIES_KEPT <= n) {
            if (at == ENTRIES_KEPT + 1)
                frem_text_add(w->out, ", ...");
            continue;
        }
        frem_text_print(w->out, "%s%s: ", shown++ == 0 ? "{" : ", ", pair->key);
        add_short(w, pair->value);
    }
    if (shown > 0)
        frem_text_add(w->out, "}");
    return shown > 0;
}

/* A node on one line. */
static void add_short(const writing *w, const frem_node *node) {
    static const char *const none[] = {NULL};
    if (node->kind == FREM_SCALAR)
        frem_text_add_bytes(w->out, node->text, node->length);
    if (node->kind == FREM_MAPPING && !add_entries(w, node, none, none))
        frem_text_add(w->out, "{}");
    if (node->kind != FREM_SEQUENCE)
        return;
    for (size_t i = 0; i < node->count; i++) {
        frem_text_add(w->out, i == 0 ? "[" : ", ");
        add_short(w, node->items[i]);
    }
    frem_text_add(w->out, node->count == 0 ? "[]" : "]");
}

/* "TABLE: column", "TABLE: share * factor", "BOOK, SHEET: column". */
static void add_table(const writing *w, const frem_node *node) {
    static const char *const signs[] = {[1] = "", [2] = " * ", [3] = " / ", [4] = " + "};
    const frem_node *sheet = frem_node_get(node, "sheet");
    add_short(w, frem_node_get(node, "table"));
    if (sheet != NULL && !frem_node_is_null(sheet)) {
        frem_text_add(w->out, ", ");
        add_short(w, sheet);
    }
    for (size_t way = 1; way < sizeof signs / sizeof *signs; way++) {
        const frem_node *columns = frem_node_get(node, of_table[way]);
        if (columns == NULL || frem_node_is_null(columns))
            continue;
        frem_text_add(w->out, ": ");
        if (columns->kind != FREM_SEQUENCE)
            add_short(w, columns);
        for (size_t i = 0; columns->kind == FREM_SEQUENCE && i < columns->count; i++) {
            frem_text_add(w->out, i == 0 ? "" : signs[way]);
            add_short(w, columns->items[i]);
        }
    }
}

/* A value or table as the scenario gives it, without what is said about it. */
static void add_given(const writing *w, const frem_node *node) {
    static const char *const value[] = {"value", NULL}, *const none[] = {NULL};
    if (node->kind != FREM_MAPPING) {
        add_short(w, node);
        return;
    }
    frem_text rest = {0};
    const writing aside = {&rest, w->whole};
    const frem_node *number = frem_node_get(node, "value");
    bool table = frem_node_get(node, "table") != NULL;
    if (number != NULL)
        add_short(w, number);
    else if (table)
        add_table(w, node);
    bool led = number != NULL || table;
    if (add_entries(&aside, node, unsaid, number != NULL ? value : table ? of_table : none)) {
        frem_text_add(w->out, led ? " " : "");
        frem_text_add(w->out, rest.bytes != NULL ? rest.bytes : "");
    } else if (!led) {
        frem_text_add(w->out, "{}");
    }
    w->out->failed = w->out->failed || rest.failed;
    frem_text_free(&rest);
}

const char *frem_said_value(frem_arena *arena, const frem_node *node, bool whole) {
    frem_text text = {0};
    add_given(&(writing){&text, whole}, node);
    const char *value =
        text.failed ? NULL : frem_arena_text(arena, text.bytes != NULL ? text.bytes : "", text.length);
    frem_text_free(&text);
    return value;
}

static bool same_place(frem_place a, frem_place b) {
    return a.line == b.line && a.column == b.column && strcmp(a.file, b.file) == 0;
}

frem_place frem_said_place(const frem_pair *pair) {
    const frem_pair *under = pair->under;
    if (under == NULL || pair->value->kind != FREM_MAPPING || !same_place(pair->place, under->place))
        return pair->place;
    /* A layer changed something inside: the place is that of the changed part. */
    for (size_t i = 0; i < pair->value->count; i++) {
        const frem_pair *inner = &pair->value->pairs[i];
        const frem_pair *before = frem_node_pair(under->value, inner->key);
        bool moved = before == NULL && strcmp(inner->place.file, pair->place.file) != 0;
        if (moved || (before != NULL && before->value != inner->value))
            return frem_said_place(inner);
    }
    return pair->place;
}

static void add(walk *w, frem_said said) {
    if (w->status == FREM_OK)
        w->status = frem_grow((void **)&w->list, &w->capacity, w->n, sizeof *w->list);
    if (w->status == FREM_OK)
        w->list[w->n++] = said;
}

/* A `source` further out speaks of an entry that was written with it, not of what a layer put in its place. */
static frem_label inherited(around at, const frem_pair *pair, frem_place place) {
    const frem_pair *source = at.source;
    bool together = source != NULL && strcmp(source->place.file, place.file) == 0 &&
                    (pair->under == NULL || source->under != NULL);
    return together ? frem_said_label(at.around, "source") : (frem_label){{NULL, NULL}};
}

/* The name of a mapping, behind those of the mappings around it: "Care helpers · Basic course". */
static frem_label about_of(walk *w, frem_label above, const frem_node *named, const char *key) {
    frem_label own = named != NULL ? frem_said_label(named, "label") : (frem_label){{NULL, NULL}};
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
        const char *text = own.text[lang] != NULL ? own.text[lang] : key;
        own.text[lang] =
            above.text[lang] != NULL ? frem_arena_print(w->arena, "%s · %s", above.text[lang], text) : text;
        if (own.text[lang] == NULL)
            w->status = FREM_NO_MEMORY;
    }
    return own;
}

/* The value in words of each language. */
static frem_label words_of(walk *w, const frem_field *field, const char *unit, const frem_node *node) {
    frem_label words = {{NULL, NULL}};
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
        const frem_saying_words how = {w->root, field, unit, (frem_lang)lang};
        words.text[lang] = frem_said_words(w->arena, &how, node);
        if (words.text[lang] == NULL)
            w->status = FREM_NO_MEMORY;
    }
    return words;
}

/* Whether the scenario's own file gives what is at a place, or the command. */
static bool is_own(const walk *w, frem_place place) {
    return strncmp(place.file, "--", 2) == 0 ||
           (w->root->source != NULL && strcmp(place.file, w->root->source->path) == 0);
}

/* Whether a field is of a number, or of what a need follows. */
static bool counts(const frem_field *field, const char *path) {
    return field->type == FREM_T_VALUE || field->type == FREM_T_VALUES || field->type == FREM_T_NUMBER ||
           field->type == FREM_T_WHOLE || field->type == FREM_T_LIST || strstr(path, ".follows.") != NULL;
}

/* Adds the entry of a key. */
static void assume(walk *w, const frem_field *field, const char *path, const frem_pair *pair, around at) {
    const frem_node *node = pair->value;
    const char *value = frem_said_value(w->arena, node, false);
    if (value == NULL)
        w->status = FREM_NO_MEMORY;
    const frem_label own = frem_said_label(node, "source");
    const char *unit = frem_said_scalar(node, "unit");
    frem_place place = frem_said_place(pair);
    bool in_file = node->source != NULL && strcmp(place.file, node->source->path) == 0;
    frem_assumption as = {.scenario = w->run->name,
                          .variant = w->run->variant,
                          .path = path,
                          .value = value,
                          .unit = unit != NULL ? unit : field->unit,
                          .source = own.text[FREM_EN] != NULL ? own : inherited(at, pair, place),
                          .file = in_file ? node->source->name : place.file,
                          .line = place.line,
                          .help = field->help,
                          .words = words_of(w, field, unit != NULL ? unit : field->unit, node),
                          .about = at.about,
                          .own = is_own(w, place),
                          .technical = at.technical || !counts(field, path)};
    add(w, (frem_said){as, field, pair, at.replaced, place});
}

/* A default, as the scenario would write it. */
static void assume_preset(walk *w, const frem_field *field, const char *path, around at) {
    const frem_node node = {.kind = FREM_SCALAR, .text = field->preset, .length = strlen(field->preset)};
    frem_assumption as = {.scenario = w->run->name,
                          .variant = w->run->variant,
                          .path = path,
                          .value = field->preset,
                          .unit = field->unit,
                          .help = field->help,
                          .words = words_of(w, field, field->unit, &node),
                          .about = at.about,
                          .technical = at.technical || !counts(field, path)};
    add(w, (frem_said){.as = as, .field = field});
}

/* An entry made in place of a given one: it replaces the same entry of the lower layers. */
static frem_pair *stand_in(walk *w, const frem_pair *pair, const char *key, frem_node node) {
    frem_pair *shown = frem_arena_alloc(w->arena, 1, sizeof *shown);
    frem_node *value = frem_arena_alloc(w->arena, 1, sizeof *value);
    if (shown == NULL || value == NULL) {
        w->status = FREM_NO_MEMORY;
        return NULL;
    }
    *value = node;
    *shown = *pair;
    shown->key = key;
    shown->value = value;
    return shown;
}

/* What is inside a mapping: it may have taken the place of a word or a number, or of nothing (`~`). */
static around inside(around at, const frem_pair *pair) {
    const frem_pair *under = pair->under;
    while (under != NULL && under->value->kind == FREM_MAPPING)
        under = under->under;
    at.replaced = under != NULL ? under : at.replaced;
    return at;
}

static void walk_kind(walk *w, const frem_field *field, const frem_kind *kind, const frem_pair *pair,
                      around above);

/* Values by name; a single name has the whole share. */
static void walk_values(walk *w, const frem_field *field, const frem_pair *pair, around at) {
    const frem_node *node = pair->value;
    frem_node one = {.kind = FREM_SCALAR, .source = node->source, .text = "1", .length = 1};
    const frem_pair *alone = node->kind == FREM_SCALAR ? stand_in(w, pair, node->text, one) : NULL;
    if (alone != NULL)
        assume(w, field, path_of(w, at.path, node->text), alone, at);
    for (size_t i = 0; node->kind == FREM_MAPPING && i < node->count; i++) {
        const frem_pair *named = &node->pairs[i];
        around named_at = inside(at, pair);
        named_at.about = about_of(
            w, at.about, frem_node_get(frem_node_get(w->root, "professions"), named->key), named->key);
        if (!frem_node_is_null(named->value))
            assume(w, field, path_of(w, at.path, named->key), named, named_at);
    }
}

/* Items of a list, each an entry by itself. */
static void walk_list(walk *w, const frem_field *field, const frem_pair *pair, around at) {
    const frem_node *list = pair->value;
    for (size_t i = 0; list->kind == FREM_SEQUENCE && i < list->count && w->status == FREM_OK; i++) {
        const char *key = frem_arena_print(w->arena, "%zu", i + 1);
        frem_pair *item = key != NULL ? stand_in(w, pair, key, *list->items[i]) : NULL;
        if (item == NULL) {
            w->status = FREM_NO_MEMORY;
            return;
        }
        item->place = list->items[i]->place;
        item->under = NULL;
        assume(w, field, path_of(w, at.path, key), item, at);
    }
}

static void walk_field(walk *w, const frem_field *field, const frem_pair *pair, around at) {
    bool name = field->type == FREM_T_LABEL || is_word(field->key, unsaid);
    bool said_with = is_word(field->key, said_beside);
    if (frem_node_is_null(pair->value) || said_with || (name && w->saying != FREM_SAYING_ALL))
        return;
    at.path = path_of(w, at.path, pair->key);
    at.technical = at.technical || (field->flags & FREM_F_FRAME) != 0;
    if (field->type == FREM_T_VALUES)
        walk_values(w, field, pair, at);
    else if (field->type == FREM_T_STRUCT)
        walk_kind(w, field, field->kind, pair, at);
    else if (field->type == FREM_T_LIST)
        walk_list(w, field, pair, at);
    else if (field->type != FREM_T_MAP)
        assume(w, field, at.path, pair, at);
    for (size_t i = 0; field->type == FREM_T_MAP && i < pair->value->count; i++) {
        const frem_pair *named = &pair->value->pairs[i];
        around one = inside(at, pair);
        one.path = path_of(w, at.path, named->key);
        one.about = about_of(w, at.about, named->value, named->key);
        if (!frem_node_is_null(named->value))
            walk_kind(w, field, field->kind, named, one);
    }
}

static const frem_field *field_of(const frem_kind *kind, const char *key) {
    for (size_t i = 0; i < kind->n_fields; i++) {
        if (strcmp(kind->fields[i].key, key) == 0)
            return &kind->fields[i];
    }
    return NULL;
}

/* Whether a field says how the table of its mapping is read: it is shown with the table. */
static bool is_of_table(const frem_field *field) {
    return field->type == FREM_T_TEXT || field->type == FREM_T_TEXTS || field->type == FREM_T_TEXT_MAP;
}

/* Defaults of what a mapping leaves out. */
static void walk_presets(walk *w, const frem_kind *kind, const frem_node *node, bool has_table, around at) {
    for (size_t i = 0; i < kind->n_fields && w->saying != FREM_SAYING_NUMBERS; i++) {
        const frem_field *field = &kind->fields[i];
        const frem_pair *given = frem_node_pair(node, field->key);
        bool left_out = given == NULL || frem_node_is_null(given->value);
        if (left_out && field->preset != NULL && !(has_table && is_of_table(field)))
            assume_preset(w, field, path_of(w, at.path, field->key), at);
    }
}

/* @param field what the mapping is a field of. */
static void walk_kind(walk *w, const frem_field *field, const frem_kind *kind, const frem_pair *pair,
                      around at) {
    const frem_node *node = pair->value;
    if (node->kind != FREM_MAPPING && kind->shorthand == NULL)
        return;
    if (node->kind == FREM_MAPPING) {
        at = inside(at, pair);
    } else {
        frem_pair *word = stand_in(w, pair, kind->shorthand, *node);
        frem_node mapping = {.kind = FREM_MAPPING, .place = node->place, .source = node->source, .count = 1};
        mapping.pairs = word;
        const frem_pair *whole = word != NULL ? stand_in(w, pair, pair->key, mapping) : NULL;
        if (whole == NULL)
            return;
        node = whole->value;
    }
    if (frem_said_label(node, "source").text[FREM_EN] != NULL) {
        at.source = frem_node_pair(node, "source");
        at.around = node;
    }
    const frem_field *table = field_of(kind, "table");
    bool has_table = table != NULL && frem_said_scalar(node, "table") != NULL;
    if (has_table && field != NULL)
        assume(w, field, at.path, pair, at);
    for (size_t i = 0; i < node->count; i++) {
        const frem_field *inner = field_of(kind, node->pairs[i].key);
        if (inner != NULL && !(has_table && is_of_table(inner)))
            walk_field(w, inner, &node->pairs[i], at);
    }
    walk_presets(w, kind, node, has_table, at);
}

frem_status frem_tree_said(frem_arena *arena, const frem_run *run, const frem_node *root, frem_saying saying,
                           frem_said **list, size_t *n) {
    walk w = {.arena = arena, .run = run, .saying = saying, .status = FREM_OK};
    frem_node copy = *root;
    w.root = root;
    const frem_pair whole = {.key = "", .place = root->place, .value = &copy};
    walk_kind(&w, NULL, &frem_kind_scenario, &whole, (around){.path = ""});
    *n = w.n;
    *list = frem_arena_alloc(arena, w.n + 1, sizeof **list);
    if (*list == NULL)
        w.status = FREM_NO_MEMORY;
    else if (w.n > 0)
        memcpy(*list, w.list, w.n * sizeof **list);
    free(w.list);
    return w.status;
}

frem_status frem_scenario_said(frem_arena *arena, const frem_run *run, const frem_scenario *scenario,
                               frem_saying saying, frem_said **list, size_t *n) {
    return frem_tree_said(arena, run, scenario->head.node, saying, list, n);
}
