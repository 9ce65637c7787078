/* Drafts: made, asked for their variants, laid together. */
#include "scenario/draft.h"

#include <stdlib.h>
#include <string.h>

/* Whether what lies over a field is merged with it. */
bool frem_draft_merges(const frem_field *field, const frem_node *a, const frem_node *b) {
    return (field->type == FREM_T_STRUCT || field->type == FREM_T_MAP || field->type == FREM_T_VALUES) &&
           a->kind == FREM_MAPPING && b->kind == FREM_MAPPING;
}

frem_node *frem_draft_order(frem_merge *merge, const frem_field *field, frem_node *node,
                            const frem_node *order) {
    if (node == order || !frem_draft_merges(field, node, order))
        return node;
    frem_node *ordered = frem_merge_copy(merge, node, 0);
    if (ordered == NULL)
        return NULL;
    size_t n = 0;
    for (size_t pass = 0; pass < 2; pass++) {
        const frem_node *from = pass == 0 ? order : node;
        for (size_t i = 0; i < from->count; i++) {
            const char *key = from->pairs[i].key;
            const frem_pair *pair = frem_node_pair(node, key), *model = frem_node_pair(order, key);
            if (pair == NULL || (pass == 1 && model != NULL))
                continue;
            frem_field inner;
            ordered->pairs[n] = *pair;
            if (model != NULL && frem_field_inside(field, key, &inner))
                ordered->pairs[n].value = frem_draft_order(merge, &inner, pair->value, model->value);
            n++;
        }
    }
    frem_node_index(merge->arena, ordered);
    return merge->no_memory ? NULL : ordered;
}

frem_status frem_draft_new(frem_draft **out, frem_sources *sources, const char *path, const char *const *sets,
                           size_t n_sets, frem_diags *diags) {
    *out = NULL;
    frem_arena *arena;
    const frem_source *source;
    frem_status status = frem_sources_open_scenario(sources, path, diags, &source);
    if (status != FREM_OK)
        return status;
    frem_draft *draft = frem_arena_owner(&arena, sizeof *draft);
    if (draft == NULL)
        return FREM_NO_MEMORY;
    *draft = (frem_draft){.arena = arena,
                          .sources = sources,
                          .source = source,
                          .variants = {.key = "variants"},
                          .known = {.key = "known"}};
    /* Both are read, so that the problems of both are reported. */
    frem_status read = frem_draft_read(draft, diags), set = frem_sets_read(draft, sets, n_sets, diags);
    status = read != FREM_OK ? read : set;
    if (status == FREM_OK) {
        draft->trees = frem_arena_alloc(arena, draft->variants.n + 1, sizeof *draft->trees);
        status = draft->trees != NULL ? FREM_OK : FREM_NO_MEMORY;
    }
    if (status == FREM_OK)
        *out = draft;
    else
        frem_draft_free(draft);
    return status;
}

void frem_draft_free(frem_draft *draft) {
    if (draft == NULL)
        return;
    frem_draft_named_free(&draft->variants);
    frem_draft_named_free(&draft->known);
    frem_arena_free(draft->arena);
}

size_t frem_draft_variants(const frem_draft *draft) {
    return draft->variants.n;
}

const char *frem_draft_variant(const frem_draft *draft, size_t i) {
    return i < draft->variants.n ? draft->variants.items[i].name : NULL;
}

/* Lays the sets over a tree. */
static void lay_sets(frem_merge *merge, const frem_draft *draft, frem_node *root, frem_draft_tree *tree) {
    tree->faulty = false;
    for (size_t i = 0; i < draft->n_sets && root->kind == FREM_MAPPING; i++) {
        merge->layer++;
        tree->faulty = !frem_set_apply(merge, &draft->sets[i], root, &root) || tree->faulty;
    }
    tree->root = root;
}

static frem_status make_variant(frem_draft *draft, const frem_draft_variant_layers *variant,
                                frem_diags *diags, frem_draft_tree *tree) {
    frem_merge merge = {.arena = draft->arena, .diags = diags, .layer = draft->layers};
    frem_node *root = draft->files, *order;
    for (size_t i = 0; i < variant->n && root->kind == FREM_MAPPING; i++) {
        frem_node *laid = frem_merge_field(&merge, &frem_field_root, root, variant->layers[i], "");
        if (laid == NULL)
            return FREM_NO_MEMORY;
        root = laid;
        merge.layer++;
    }
    lay_sets(&merge, draft, root, tree);
    if (merge.no_memory)
        return FREM_NO_MEMORY;
    /* Entries that a set added to the scenario come before those that a variant added. */
    frem_status status = frem_draft_root(draft, NULL, diags, &order);
    if (status != FREM_OK && status != FREM_INVALID)
        return status;
    tree->root = frem_draft_order(&merge, &frem_field_root, tree->root, order);
    return merge.no_memory ? FREM_NO_MEMORY : FREM_OK;
}

frem_status frem_draft_root(frem_draft *draft, const frem_draft_variant_layers *variant, frem_diags *diags,
                            frem_node **root) {
    frem_draft_tree *tree = variant == NULL ? &draft->base : &draft->trees[variant - draft->variants.items];
    frem_status status = FREM_OK;
    if (tree->root == NULL && variant != NULL) {
        status = make_variant(draft, variant, diags, tree);
    } else if (tree->root == NULL) {
        frem_merge merge = {.arena = draft->arena, .diags = diags, .layer = draft->layers};
        lay_sets(&merge, draft, draft->files, tree);
        status = merge.no_memory ? FREM_NO_MEMORY : FREM_OK;
    }
    *root = tree->root;
    if (status == FREM_NO_MEMORY)
        tree->root = NULL;
    return status != FREM_OK ? status : tree->faulty ? FREM_INVALID : FREM_OK;
}
