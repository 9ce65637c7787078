#include "analysis/changed.h"

#include <string.h>

#include "scenario/draft.h"

/* ---- whether two entries say the same ---- */

static bool same_text(const char *a, const char *b) {
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* Whether a key belongs to what a value is, and not to what is said about it. */
static bool counts(const frem_pair *pair) {
    static const char *const beside[] = {"source", "unit", "note", "label"};
    bool is = !frem_node_is_null(pair->value);
    for (size_t i = 0; i < sizeof beside / sizeof *beside && is; i++)
        is = strcmp(pair->key, beside[i]) != 0;
    return is;
}

static size_t count(const frem_node *node) {
    size_t n = 0;
    for (size_t i = 0; i < node->count; i++)
        n += counts(&node->pairs[i]);
    return n;
}

/* 0.03 of {value: 0.03, source: ...}. */
static const frem_node *plain(const frem_node *node) {
    const frem_node *value = node->kind == FREM_MAPPING ? frem_node_get(node, "value") : NULL;
    return value != NULL && count(node) == 1 ? value : node;
}

/* Whether two files lie in one folder: what they name is looked for there. */
static bool same_folder(const frem_source *a, const frem_source *b) {
    if (a == b || a == NULL || b == NULL)
        return a == b;
    const char *end = strrchr(a->path, '/'), *other = strrchr(b->path, '/');
    const size_t n = end != NULL ? (size_t)(end - a->path) : 0;
    return n == (other != NULL ? (size_t)(other - b->path) : 0) && strncmp(a->path, b->path, n) == 0;
}

static bool same_node(const frem_node *a, const frem_node *b, bool table);

static bool same_pairs(const frem_node *a, const frem_node *b) {
    bool same = count(a) == count(b);
    for (size_t i = 0; i < a->count && same; i++) {
        const frem_pair *one = &a->pairs[i], *other = frem_node_pair(b, one->key);
        if (counts(one))
            same = other != NULL && counts(other) &&
                   same_node(one->value, other->value, strcmp(one->key, "table") == 0);
    }
    return same;
}

/* @param table whether it names a table, which is looked for beside the file. */
static bool same_node(const frem_node *a, const frem_node *b, bool table) {
    a = plain(a);
    b = plain(b);
    if (a == b)
        return true;
    if (a->kind != b->kind)
        return false;
    if (a->kind == FREM_SCALAR)
        return same_text(a->text, b->text) && (!table || same_folder(a->source, b->source));
    if (a->kind == FREM_MAPPING)
        return same_pairs(a, b);
    bool same = a->count == b->count;
    for (size_t i = 0; i < a->count && same; i++)
        same = same_node(a->items[i], b->items[i], false);
    return same;
}

bool frem_said_same_value(const frem_said *a, const frem_said *b) {
    if (a->pair == NULL || b->pair == NULL) /* one is a default */
        return same_text(a->as.value, b->as.value);
    return same_text(a->as.unit, b->as.unit) && same_node(a->pair->value, b->pair->value, false);
}

bool frem_said_same(const frem_said *a, const frem_said *b) {
    bool same = frem_said_same_value(a, b);
    for (size_t lang = 0; lang < FREM_LANG_COUNT && same; lang++)
        same = same_text(a->as.source.text[lang], b->as.source.text[lang]);
    return same;
}

/* ---- lists ---- */

const frem_said *frem_said_at(const frem_said *list, size_t n, const char *path, size_t hint) {
    for (size_t i = 0; i < n; i++) {
        const frem_said *at = &list[(hint + i) % n];
        if (strcmp(at->as.path, path) == 0)
            return at;
    }
    return NULL;
}

frem_status frem_said_differ(frem_arena *arena, const frem_said *before, size_t n_before,
                             const frem_said *after, size_t n_after, frem_differs **out, size_t *n) {
    *n = 0;
    *out = frem_arena_alloc(arena, n_before + n_after + 1, sizeof **out);
    if (*out == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < n_after; i++) {
        const frem_said *was = frem_said_at(before, n_before, after[i].as.path, i);
        if (was != NULL ? !frem_said_same(was, &after[i]) : after[i].pair != NULL)
            (*out)[(*n)++] = (frem_differs){was, &after[i]};
    }
    for (size_t i = 0; i < n_before; i++) {
        if (before[i].pair != NULL && frem_said_at(after, n_after, before[i].as.path, i) == NULL)
            (*out)[(*n)++] = (frem_differs){&before[i], NULL};
    }
    return FREM_OK;
}

const char *frem_differs_path(const frem_differs *differs) {
    return differs->after != NULL ? differs->after->as.path : differs->before->as.path;
}

/* ---- a scenario and what it extends ---- */

static frem_status find_base(const frem_scenario *scenario, frem_against *against, const frem_node **base) {
    frem_draft *draft = scenario->draft;
    frem_node *root = NULL;
    frem_status status = FREM_OK;
    *against = FREM_AGAINST_NOTHING;
    if (strcmp(scenario->variant, "base") != 0) {
        status = frem_draft_root(draft, NULL, NULL, &root);
        *against = FREM_AGAINST_SCENARIO;
    } else if (draft->below != NULL) {
        root = draft->below;
        *against = FREM_AGAINST_EXTENDED;
    } else if (draft->n_sets > 0) {
        root = draft->files;
        *against = FREM_AGAINST_FILE;
    }
    *base = root;
    return status;
}

/* A side with another text for its value. */
static frem_status show_as(frem_arena *arena, const frem_said **side, const frem_node *node, bool whole) {
    frem_said *shown = frem_arena_alloc(arena, 1, sizeof *shown);
    if (shown == NULL)
        return FREM_NO_MEMORY;
    *shown = **side;
    shown->as.value = frem_said_value(arena, node, whole);
    *side = shown;
    return shown->as.value != NULL ? FREM_OK : FREM_NO_MEMORY;
}

/* A value without what it keeps for the years before its own `from`. NULL where it does not keep the other side. */
static frem_node *without_earlier(frem_arena *arena, const frem_node *value, const frem_node *other) {
    const frem_node *earlier = frem_node_get(value, "earlier");
    frem_merge merge = {.arena = arena};
    frem_node *rest =
        earlier != NULL && same_node(earlier, other, false) ? frem_merge_copy(&merge, value, 0) : NULL;
    if (rest == NULL)
        return NULL;
    rest->count = 0;
    for (size_t i = 0; i < value->count; i++) {
        if (strcmp(value->pairs[i].key, "earlier") != 0)
            rest->pairs[rest->count++] = value->pairs[i];
    }
    return rest;
}

/* What a value keeps of the one beside it is not shown twice; values that differ in the middle alone are shown in full. */
static frem_status show_apart(frem_arena *arena, frem_differs *one) {
    if (one->before == NULL || one->after == NULL || one->before->pair == NULL || one->after->pair == NULL)
        return FREM_OK;
    const frem_node *before = one->before->pair->value, *after = one->after->pair->value;
    const frem_node *rest = without_earlier(arena, after, before);
    if (rest != NULL)
        return show_as(arena, &one->after, rest, false);
    if (strcmp(one->before->as.value, one->after->as.value) != 0 || same_node(before, after, false))
        return FREM_OK;
    const frem_status status = show_as(arena, &one->before, before, true);
    return status == FREM_OK ? show_as(arena, &one->after, after, true) : status;
}

frem_status frem_scenario_changed(frem_arena *arena, const frem_run *run, const frem_scenario *scenario,
                                  frem_against *against, frem_differs **out, size_t *n) {
    const frem_node *base;
    frem_said *before = NULL, *after = NULL;
    size_t n_before = 0, n_after = 0;
    frem_status status = find_base(scenario, against, &base);
    if (status == FREM_OK && base != NULL)
        status = frem_tree_said(arena, run, base, FREM_SAYING_EFFECTS, &before, &n_before);
    if (status == FREM_OK && base != NULL)
        status = frem_scenario_said(arena, run, scenario, FREM_SAYING_EFFECTS, &after, &n_after);
    if (status == FREM_OK)
        status = frem_said_differ(arena, before, n_before, after, n_after, out, n);
    for (size_t i = 0; status == FREM_OK && i < *n; i++)
        status = show_apart(arena, &(*out)[i]);
    return status;
}
