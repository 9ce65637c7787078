/* A draft of two scenarios: the one's tree with parts of the other's. */
#include <string.h>

#include "scenario/draft.h"

/* What mixing carries along. */
typedef struct mixing {
    frem_merge merge;
    frem_draft_choose choose;
    void *context;
} mixing;

static frem_node *mix(mixing *m, const frem_field *field, frem_node *a, frem_node *b, const char *path);

/* The value of a key; NULL where there is none, or nothing in it. */
static frem_node *value_of(const frem_node *mapping, const char *key) {
    const frem_pair *pair = frem_node_pair(mapping, key);
    return pair != NULL && !frem_node_is_null(pair->value) ? pair->value : NULL;
}

/* One key of a mapping, which one of the two may lack. @return NULL where the mixed tree has it not. */
static frem_node *mix_key(mixing *m, const frem_field *field, const frem_node *a, const frem_node *b,
                          const char *key, const char *above) {
    frem_node *first = value_of(a, key), *second = value_of(b, key);
    const char *path = frem_merge_path(&m->merge, above, key);
    frem_field inner = *field;
    if (!frem_field_inside(field, key, &inner))
        inner.type = FREM_T_TEXT;
    if (first == NULL && second == NULL)
        return NULL;
    if (first != NULL && second != NULL)
        return mix(m, &inner, first, second, path);
    return m->choose(m->context, &inner, path, first, second) ? second : first;
}

static void put(mixing *m, frem_node *out, const frem_pair *like, frem_node *value) {
    frem_pair pair = *like;
    pair.value = value;
    if (value != NULL)
        frem_merge_put(&m->merge, out, pair);
}

static frem_node *mix(mixing *m, const frem_field *field, frem_node *a, frem_node *b, const char *path) {
    if (a == b)
        return a;
    if (field->type == FREM_T_VALUE || !frem_draft_merges(field, a, b))
        return m->choose(m->context, field, path, a, b) ? b : a;
    frem_node *out = frem_merge_copy(&m->merge, NULL, a->count + b->count);
    for (size_t i = 0; i < a->count && out != NULL; i++)
        put(m, out, &a->pairs[i], mix_key(m, field, a, b, a->pairs[i].key, path));
    for (size_t i = 0; i < b->count && out != NULL; i++) {
        if (frem_node_pair(a, b->pairs[i].key) == NULL)
            put(m, out, &b->pairs[i], mix_key(m, field, a, b, b->pairs[i].key, path));
    }
    if (out != NULL) {
        out->place = a->place;
        out->source = a->source;
        frem_node_index(m->merge.arena, out);
    }
    return out;
}

static frem_status root_of(const frem_scenario *scenario, frem_node **root) {
    const frem_draft_variant_layers *variant = frem_draft_find(scenario->draft, scenario->variant);
    return frem_draft_root(scenario->draft, variant, NULL, root);
}

frem_status frem_draft_mixed(frem_draft **out, const frem_scenario *a, const frem_scenario *b,
                             frem_draft_choose choose, void *context) {
    frem_node *first = NULL, *second = NULL, *root;
    frem_arena *arena = NULL;
    *out = NULL;
    frem_status status = root_of(a, &first);
    if (status == FREM_OK)
        status = root_of(b, &second);
    if (status == FREM_OK)
        status = frem_arena_new(&arena);
    if (status != FREM_OK)
        return status;
    mixing m = {.merge = {.arena = arena}, .choose = choose, .context = context};
    frem_draft *draft = frem_arena_alloc(arena, 1, sizeof *draft);
    root = mix(&m, &frem_field_root, first, second, "");
    if (draft == NULL || root == NULL || m.merge.no_memory) {
        frem_arena_free(arena);
        return FREM_NO_MEMORY;
    }
    *draft = (frem_draft){.arena = arena, .sources = a->sources, .source = a->source};
    draft->files = draft->base.root = root;
    draft->own = root;
    *out = draft;
    return FREM_OK;
}
