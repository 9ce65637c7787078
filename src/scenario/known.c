/* The scenario as it was known in a year: what its paths say of later years is taken out, and what it lists under `known`
 * for that year and those before is laid over it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "scenario/draft.h"

/* A path all of whose points come later. */
typedef struct unknown {
    const char *path;
    const frem_node *node;
    frem_place place;
    const char *first_year;
} unknown;

/* Values that a scenario has: an end for those that nothing was known of. */
enum { UNKNOWN_MAX = 64 };

typedef struct cutter {
    frem_merge *merge;
    int year;
    unknown unknown[UNKNOWN_MAX];
    size_t n;
} cutter;

static bool is_later(const cutter *c, const char *key) {
    return frem_is_year(key) && strtol(key, NULL, 10) > c->year;
}

static size_t count_points(const cutter *c, const frem_node *value, bool later) {
    size_t n = 0;
    for (size_t i = 0; i < value->count; i++)
        n += frem_is_year(value->pairs[i].key) && is_later(c, value->pairs[i].key) == later;
    return n;
}

static void put_word(cutter *c, frem_node *mapping, const char *key, const char *word) {
    frem_node *node = frem_merge_text(c->merge, word, mapping->place, mapping->source);
    if (node != NULL)
        frem_merge_put(c->merge, mapping, (frem_pair){.key = key, .place = mapping->place, .value = node});
}

/* A path without its later points. What its last known point was holds from then on, unless it says otherwise. */
static frem_node *cut_points(cutter *c, frem_node *value) {
    frem_node *cut = frem_merge_copy(c->merge, value, 2);
    const frem_node *then = frem_node_get(value, "then"), *between = frem_node_get(value, "between");
    if (cut == NULL)
        return NULL;
    cut->count = 0;
    for (size_t i = 0; i < value->count; i++) {
        if (!is_later(c, value->pairs[i].key))
            cut->pairs[cut->count++] = value->pairs[i];
    }
    if (then == NULL || frem_node_is_null(then))
        put_word(c, cut, "then", "hold");
    if (between != NULL && between->kind == FREM_SCALAR && strcmp(between->text, "spline") == 0 &&
        count_points(c, cut, false) < 3)
        put_word(c, cut, "between", "linear");
    return cut;
}

/* A value as it was known. */
static frem_node *cut_value(cutter *c, frem_node *value, const char *path) {
    int64_t from;
    const frem_pair *earlier = frem_node_pair(value, "earlier");
    if (value->kind != FREM_MAPPING)
        return value;
    if (earlier != NULL && frem_node_year(frem_node_get(value, "from"), &from) && from > c->year)
        return cut_value(c, earlier->value, path);
    if (count_points(c, value, true) == 0)
        return value;
    if (count_points(c, value, false) > 0)
        return cut_points(c, value);
    for (size_t i = 0; i < value->count && c->n < UNKNOWN_MAX; i++) {
        const frem_pair *pair = &value->pairs[i];
        if (!is_later(c, pair->key))
            continue;
        c->unknown[c->n++] = (unknown){path, value, pair->place, pair->key};
        break;
    }
    return value;
}

/* All values of a tree. @return the tree itself where nothing in it comes later; NULL when out of memory. */
static frem_node *cut_all(cutter *c, const frem_field *field, frem_node *node, const char *path) {
    frem_node *cut = node;
    if (field->type == FREM_T_VALUE || field->type == FREM_T_EARLIER)
        return cut_value(c, node, path);
    if ((field->type != FREM_T_STRUCT && field->type != FREM_T_MAP && field->type != FREM_T_VALUES) ||
        node->kind != FREM_MAPPING)
        return node;
    for (size_t i = 0; i < node->count && cut != NULL; i++) {
        const frem_pair *pair = &node->pairs[i];
        frem_field inner;
        if (!frem_field_inside(field, pair->key, &inner))
            continue;
        frem_node *known = cut_all(c, &inner, pair->value, frem_merge_path(c->merge, path, pair->key));
        if (known == NULL)
            return NULL;
        if (known == pair->value)
            continue;
        cut = cut == node ? frem_merge_copy(c->merge, node, 0) : cut;
        if (cut != NULL)
            cut->pairs[i].value = known;
    }
    if (cut != NULL && cut != node)
        frem_node_index(c->merge->arena, cut);
    return cut;
}

/* What a tree has at a path. */
static const frem_node *node_at(const frem_node *node, const char *path) {
    while (node != NULL && *path != '\0') {
        const size_t n = strcspn(path, ".");
        const frem_node *next = NULL;
        for (size_t i = 0; node->kind == FREM_MAPPING && i < node->count; i++) {
            const char *key = node->pairs[i].key;
            if (strlen(key) == n && strncmp(key, path, n) == 0)
                next = node->pairs[i].value;
        }
        node = next;
        path += n + (path[n] == '.');
    }
    return node;
}

/* Reports paths of which nothing was known, where `known` does not say it. */
static frem_status report(const cutter *c, const frem_node *root, frem_diags *diags) {
    char year[16];
    frem_status status = FREM_OK;
    (void)snprintf(year, sizeof year, "%d", c->year);
    for (size_t i = 0; i < c->n && status != FREM_NO_MEMORY; i++) {
        const unknown *one = &c->unknown[i];
        if (node_at(root, one->path) == one->node)
            status = FREM_PROBLEM(diags, one->place, KNOWN_NOTHING, one->path, year, one->first_year);
    }
    return status;
}

static frem_node *lay(frem_merge *merge, frem_node *root, frem_node *over) {
    merge->layer++;
    return over != NULL ? frem_merge_field(merge, &frem_field_root, root, over, "") : NULL;
}

/* What was known in a year and those before it, the earliest first. */
static frem_node *lay_known(frem_merge *merge, const frem_draft *draft, int year, frem_node *root) {
    for (int y = 0; root != NULL && y <= year; y++) {
        const frem_draft_variant_layers *next = NULL;
        for (size_t i = 0; i < draft->known.n; i++) {
            const int at = (int)strtol(draft->known.items[i].name, NULL, 10);
            if (at >= y && at <= year && (next == NULL || at < (int)strtol(next->name, NULL, 10)))
                next = &draft->known.items[i];
        }
        if (next == NULL)
            break;
        y = (int)strtol(next->name, NULL, 10);
        for (size_t i = 0; root != NULL && i < next->n; i++)
            root = lay(merge, root, next->layers[i]);
    }
    return root;
}

/* {years: {base: YEAR, until: UNTIL}} */
static frem_node *span_of(frem_merge *merge, const frem_node *root, int year, int until) {
    const int numbers[] = {year, until};
    static const char *const keys[] = {"base", "until"};
    frem_node *years = frem_merge_copy(merge, NULL, 2);
    for (size_t i = 0; years != NULL && i < 2; i++) {
        frem_node *number = frem_merge_number(merge, numbers[i], root->place, root->source);
        if (number != NULL)
            frem_merge_put(merge, years, (frem_pair){.key = keys[i], .place = root->place, .value = number});
    }
    if (years == NULL)
        return NULL;
    years->place = root->place;
    years->source = root->source;
    return frem_merge_wrap(merge, "years", years);
}

frem_status frem_draft_known(frem_draft *draft, const frem_draft_variant_layers *variant, int year, int until,
                             frem_diags *diags, frem_node **root) {
    frem_node *now;
    const size_t errors = frem_diags_errors(diags);
    const frem_status laid = frem_draft_root(draft, variant, diags, &now);
    *root = NULL;
    if (laid != FREM_OK)
        return laid;
    frem_merge merge = {
        .arena = draft->arena, .diags = diags, .layer = draft->layers + (unsigned)draft->n_sets};
    cutter c = {.merge = &merge, .year = year};
    frem_node *then = cut_all(&c, &frem_field_root, now, "");
    if (then != NULL)
        then = lay_known(&merge, draft, year, then);
    if (then != NULL)
        then = lay(&merge, then, span_of(&merge, now, year, until));
    if (then == NULL || merge.no_memory)
        return FREM_NO_MEMORY;
    *root = then;
    const frem_status status = report(&c, then, diags);
    return status == FREM_OK && frem_diags_errors(diags) > errors ? FREM_INVALID : status;
}
