/* The draft as one file that runs alone, and the order of keys that makes it say the same. */
#include <string.h>

#include "scenario/draft.h"

static bool same_text(const char *a, const char *b) {
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

bool frem_draft_same(const frem_node *a, const frem_node *b) {
    if (a == b)
        return true;
    if (a->kind != b->kind || a->count != b->count)
        return false;
    bool equal = a->kind != FREM_SCALAR ||
                 (a->quoted == b->quoted && a->source == b->source && same_text(a->text, b->text));
    for (size_t i = 0; i < a->count && equal; i++) {
        if (a->kind == FREM_SEQUENCE)
            equal = frem_draft_same(a->items[i], b->items[i]);
        else
            equal = same_text(a->pairs[i].key, b->pairs[i].key) &&
                    frem_draft_same(a->pairs[i].value, b->pairs[i].value);
    }
    return equal;
}

static frem_node *new_scalar(frem_merge *merge, const frem_node *like, const char *text, bool quoted) {
    frem_node *node = frem_arena_alloc(merge->arena, 1, sizeof *node);
    if (node == NULL) {
        merge->no_memory = true;
        return NULL;
    }
    *node = (frem_node){.kind = FREM_SCALAR,
                        .place = like->place,
                        .source = like->source,
                        .text = text,
                        .length = strlen(text),
                        .quoted = quoted};
    return node;
}

/* What must lie over `base` to make it `variant`. NULL where nothing must, or when out of memory. */
static frem_node *difference(frem_merge *merge, const frem_field *field, const frem_node *base,
                             const frem_node *variant) {
    if (frem_draft_same(base, variant))
        return NULL;
    if (!frem_draft_merges(field, base, variant)) {
        frem_node *whole = frem_arena_alloc(merge->arena, 1, sizeof *whole);
        merge->no_memory = merge->no_memory || whole == NULL;
        if (whole != NULL)
            *whole = *variant;
        return whole;
    }
    frem_node *out = frem_merge_copy(merge, NULL, base->count + variant->count);
    for (size_t i = 0; out != NULL && i < variant->count; i++) {
        frem_pair pair = variant->pairs[i];
        const frem_pair *below = frem_node_pair(base, pair.key);
        frem_field inner = *field;
        if (below == NULL && frem_node_is_null(pair.value))
            continue;
        if (below != NULL) {
            bool known = frem_field_inside(field, pair.key, &inner);
            inner.type = known ? inner.type : FREM_T_TEXT;
            pair.value = difference(merge, &inner, below->value, pair.value);
        }
        if (pair.value != NULL)
            frem_merge_put(merge, out, pair);
    }
    for (size_t i = 0; out != NULL && i < base->count; i++) {
        frem_pair pair = base->pairs[i];
        if (frem_node_pair(variant, pair.key) != NULL || frem_node_is_null(pair.value))
            continue;
        pair.value = new_scalar(merge, base, "~", false);
        if (pair.value != NULL)
            frem_merge_put(merge, out, pair);
    }
    return out != NULL && out->count > 0 ? out : NULL;
}

/* The scenario with the name that its results have, after the version of the format, which comes first: the resolved
 * file has another name. With room for the variants. */
static frem_node *with_name(frem_merge *merge, const frem_node *root, const char *name) {
    frem_node *named = frem_merge_copy(merge, root, 2);
    const frem_pair *given = frem_node_pair(root, "name");
    if (named == NULL || (given != NULL && !frem_node_is_null(given->value)))
        return named;
    size_t first = root->count > 0 ? 1 : 0;
    if (given != NULL) {
        frem_merge_put(merge, named,
                       (frem_pair){.key = "name", .value = new_scalar(merge, root, name, true)});
        return named;
    }
    memmove(named->pairs + first + 1, named->pairs + first, (root->count - first) * sizeof *named->pairs);
    named->pairs[first] =
        (frem_pair){.key = "name", .place = root->place, .value = new_scalar(merge, root, name, true)};
    named->count++;
    return named;
}

static frem_node *variant_node(frem_merge *merge, frem_draft *draft,
                               const frem_draft_variant_layers *variant) {
    frem_node *base, *tree;
    if (frem_draft_root(draft, NULL, NULL, &base) != FREM_OK ||
        frem_draft_root(draft, variant, NULL, &tree) != FREM_OK) {
        merge->no_memory = true;
        return NULL;
    }
    frem_node *differs = difference(merge, &frem_field_root, base, tree);
    frem_node *out = frem_merge_copy(merge, NULL, 1 + (differs != NULL ? differs->count : 0));
    if (out != NULL && variant->label_pair != NULL)
        frem_merge_put(merge, out, *variant->label_pair);
    for (size_t i = 0; out != NULL && differs != NULL && i < differs->count; i++)
        frem_merge_put(merge, out, differs->pairs[i]);
    return out;
}

frem_status frem_scenario_resolve(const frem_scenario *scenario, const char *const *variants, size_t n,
                                  frem_node **root) {
    frem_draft *draft = scenario->draft;
    frem_merge merge = {.arena = draft->arena};
    frem_node *base;
    frem_status status = frem_draft_root(draft, NULL, NULL, &base);
    if (status != FREM_OK)
        return status;
    frem_node *out = with_name(&merge, base, scenario->name);
    frem_node *all = frem_merge_copy(&merge, NULL, n);
    for (size_t i = 0; i < n && all != NULL; i++) {
        const frem_draft_variant_layers *variant = frem_draft_find(draft, variants[i]);
        frem_node *value = variant != NULL ? variant_node(&merge, draft, variant) : NULL;
        if (value != NULL)
            frem_merge_put(&merge, all, (frem_pair){.key = variant->name, .value = value});
    }
    if (out != NULL && all != NULL && all->count > 0)
        frem_merge_put(&merge, out, (frem_pair){.key = "variants", .value = all});
    *root = out;
    return merge.no_memory || out == NULL || all == NULL ? FREM_NO_MEMORY : FREM_OK;
}
