/* Blocks that are not indented as deep as the key they belong under. YAML takes them for keys beside it, and each would
 * be a problem of its own; here they are one, and are put where they belong, so that all else is read as it was meant. */
#include <stdio.h>
#include <string.h>

#include "scenario/draft.h"
#include "scenario/meant.h"

typedef struct mender {
    frem_arena *arena;
    frem_diags *diags;
    bool no_memory;
} mender;

/* Whether a mapping is written without braces: it begins where its first key does. */
static bool is_block(const frem_node *node) {
    return node->kind == FREM_MAPPING && node->count > 0 && node->place.line == node->pairs[0].place.line &&
           node->place.column == node->pairs[0].place.column;
}

/* How many keys of a mapping a field could hold. */
static size_t count_fitting(const frem_field *field, const frem_node *mapping) {
    frem_field inner;
    size_t n = 0;
    for (size_t i = 0; i < mapping->count; i++)
        n += frem_field_inside(field, mapping->pairs[i].key, &inner);
    return n;
}

/* Whether a field may hold keys, and so a block under its key. */
static bool holds_keys(const frem_field *field) {
    return field->type == FREM_T_STRUCT || field->type == FREM_T_MAP || field->type == FREM_T_VALUES ||
           field->type == FREM_T_VALUE || field->type == FREM_T_EARLIER || field->type == FREM_T_TEXT_MAP ||
           field->type == FREM_T_BIRTHS;
}

/* Whether an entry of a map of structs is rather a key of the struct `item`. */
static bool is_key_of(const frem_field *item, const frem_pair *pair, bool empty_above) {
    frem_field inner;
    const frem_node *value = pair->value;
    bool known = frem_field_inside(item, pair->key, &inner);
    if (frem_node_is_null(value))
        return false;
    if (value->kind == FREM_SCALAR && value->length == 0)
        return known && empty_above;
    if (value->kind != FREM_MAPPING)
        return item->kind->shorthand == NULL && (known || empty_above);
    return known && holds_keys(&inner) && count_fitting(&inner, value) > count_fitting(item, value);
}

/* Whether an entry that a struct has no key for is one of the names or keys that `home` holds. */
static bool is_in_home(const frem_field *home, const frem_pair *pair, bool empty) {
    frem_field inner, item;
    if (!frem_field_inside(home, pair->key, &inner))
        return false;
    if (home->type == FREM_T_TEXT_MAP || home->type == FREM_T_BIRTHS)
        return empty && pair->value->kind == FREM_SCALAR && pair->value->length > 0;
    if (home->type != FREM_T_MAP)
        return home->type != FREM_T_VALUES || empty;
    if (pair->value->kind == FREM_MAPPING && pair->value->count > 0)
        return count_fitting(&inner, pair->value) > 0;
    /* A name without anything, or a key two levels too far left. */
    return empty && (pair->value->length == 0 || frem_field_inside(&inner, pair->key, &item));
}

/* Whether an entry belongs under the one before, `home`, which holds what `inner` says. */
static bool belongs(const frem_field *field, const frem_field *inner, const frem_pair *home,
                    const frem_pair *pair) {
    bool empty = home->value->kind != FREM_MAPPING;
    if (pair->place.column != home->place.column || pair->place.line <= home->place.line ||
        frem_node_pair(home->value, pair->key) != NULL)
        return false;
    if (field->type == FREM_T_MAP)
        return is_key_of(inner, pair, empty);
    if (field->type == FREM_T_VALUES) {
        frem_field key;
        return empty && frem_field_inside(inner, pair->key, &key);
    }
    if (field->type != FREM_T_STRUCT || frem_field_inside(field, pair->key, &(frem_field){0}))
        return false;
    frem_field exact;
    bool of_struct = inner->type == FREM_T_STRUCT && frem_field_inside(inner, pair->key, &exact);
    return of_struct || (inner->type != FREM_T_STRUCT && !frem_key_is_near(field->kind, pair->key) &&
                         is_in_home(inner, pair, empty));
}

static unsigned last_line(const frem_node *node) {
    unsigned last = node->place.line;
    for (size_t i = 0; i < node->count; i++) {
        const frem_node *below = node->kind == FREM_MAPPING ? node->pairs[i].value : node->items[i];
        unsigned line = last_line(below);
        last = line > last ? line : last;
        if (node->kind == FREM_MAPPING && node->pairs[i].place.line > last)
            last = node->pairs[i].place.line;
    }
    return last;
}

static void report(mender *m, const frem_pair *home, const frem_pair *first, const frem_pair *last) {
    char line[24], blanks[24];
    unsigned end = last_line(last->value), by = 2;
    if (home->value->kind == FREM_MAPPING && home->value->place.column > first->place.column)
        by = home->value->place.column - first->place.column;
    (void)snprintf(line, sizeof line, "%u", end > last->place.line ? end : last->place.line);
    (void)snprintf(blanks, sizeof blanks, "%u", by);
    (void)frem_diags_relate(
        m->diags, FREM_PROBLEM(m->diags, first->place, OUTDENTED, first->key, home->key, line, blanks),
        home->place);
}

/* Puts the n entries behind the i-th under it. */
static void move(mender *m, frem_node *node, size_t i, size_t n) {
    frem_pair *home = &node->pairs[i];
    const frem_node *value = home->value;
    size_t there = value->kind == FREM_MAPPING ? value->count : 0;
    frem_node *whole = frem_arena_alloc(m->arena, 1, sizeof *whole);
    frem_pair *pairs = frem_arena_alloc(m->arena, there + n, sizeof *pairs);
    if (whole == NULL || pairs == NULL) {
        m->no_memory = true;
        return;
    }
    if (there > 0)
        memcpy(pairs, value->pairs, there * sizeof *pairs);
    memcpy(pairs + there, home + 1, n * sizeof *pairs);
    *whole = (frem_node){.kind = FREM_MAPPING,
                         .place = pairs[0].place,
                         .source = value->source,
                         .pairs = pairs,
                         .count = there + n};
    home->value = whole;
    memmove(home + 1, home + 1 + n, (node->count - i - 1 - n) * sizeof *pairs);
    node->count -= n;
}

/* @param reported whether the node is part of a problem that is reported. */
static void mend(mender *m, const frem_field *field, frem_node *node, bool reported) {
    bool block = is_block(node);
    for (size_t i = 0; node->kind == FREM_MAPPING && i < node->count && !m->no_memory; i++) {
        frem_pair *home = &node->pairs[i];
        frem_field inner;
        size_t n = 0;
        if (!frem_field_inside(field, home->key, &inner))
            continue;
        bool may = block && holds_keys(&inner) && (frem_node_is_empty(home->value) || is_block(home->value));
        while (may && i + n + 1 < node->count && belongs(field, &inner, home, &node->pairs[i + n + 1]))
            n++;
        if (n > 0) {
            if (!reported)
                report(m, home, home + 1, home + n);
            move(m, node, i, n);
        }
        mend(m, &inner, home->value, reported || n > 0);
    }
}

frem_status frem_draft_mend(frem_draft *draft, frem_node *root, frem_diags *diags) {
    mender m = {.arena = draft->arena, .diags = diags};
    size_t errors = frem_diags_errors(diags);
    mend(&m, &frem_field_root, root, false);
    draft->faulty = draft->faulty || frem_diags_errors(diags) > errors;
    return m.no_memory ? FREM_NO_MEMORY : FREM_OK;
}
