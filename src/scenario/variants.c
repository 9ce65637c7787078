/* Variants, and what was known in a year: their layers in each file, and checks of their keys. */
#include <stdlib.h>
#include <string.h>

#include "scenario/draft.h"
#include "scenario/meant.h"

static bool name_is_good(const char *name) {
    size_t n = strlen(name);
    bool good = n > 0 && strchr(name, '.') == NULL && strcmp(name, "all") != 0 && strcmp(name, "base") != 0 &&
                name[0] != ' ' && name[n - 1] != ' ';
    for (size_t i = 0; i < n; i++)
        good = good && (unsigned char)name[i] >= 0x20 && name[i] != 0x7F;
    return good;
}

/* One of the layers below; those of the layer that is read have other names. */
static frem_draft_variant_layers *find(const frem_draft_named *named, const char *name) {
    ptrdiff_t at = named->names != NULL ? frem_index_find(named->names, name, strlen(name)) : -1;
    return at >= 0 ? &named->items[at] : NULL;
}

const frem_draft_variant_layers *frem_draft_find(const frem_draft *draft, const char *name) {
    return find(&draft->variants, name);
}

void frem_draft_named_free(frem_draft_named *named) {
    for (size_t i = 0; i < named->n; i++)
        free(named->items[i].layers);
    free(named->items);
    frem_index_free(named->names);
    *named = (frem_draft_named){.key = named->key};
}

static frem_status find_or_add(frem_draft_named *named, const char *name, frem_draft_variant_layers **out) {
    *out = find(named, name);
    if (*out != NULL && !(*out)->removed)
        return FREM_OK;
    void *items = named->items;
    frem_status status = frem_grow(&items, &named->capacity, named->n, sizeof *named->items);
    named->items = items;
    if (status != FREM_OK)
        return status;
    *out = &named->items[named->n++];
    **out = (frem_draft_variant_layers){.name = name};
    return FREM_OK;
}

/* Takes out those that were removed, and indexes the others. */
static frem_status settle(frem_draft_named *named) {
    size_t n = 0;
    for (size_t i = 0; i < named->n; i++) {
        if (named->items[i].removed)
            free(named->items[i].layers);
        else
            named->items[n++] = named->items[i];
    }
    named->n = n;
    frem_index_free(named->names);
    named->names = NULL;
    frem_status status = frem_index_new(&named->names);
    for (size_t i = 0; i < n && status == FREM_OK; i++)
        status = frem_index_add(named->names, named->items[i].name, strlen(named->items[i].name), NULL);
    return status;
}

/* Whether a variant may have a key; reported where not. */
static bool key_is_good(const frem_pair *pair, const char *path, bool of_years, frem_diags *diags) {
    frem_field field;
    frem_field variant = {.type = FREM_T_STRUCT, .kind = &frem_kind_variant};
    if (frem_field_inside(&variant, pair->key, &field))
        return true;
    size_t meant;
    const bool of_file = frem_field_inside(&frem_field_root, pair->key, &field);
    if (of_file && of_years)
        (void)FREM_PROBLEM(diags, pair->place, KNOWN_KEY, pair->key);
    else if (of_file)
        (void)FREM_PROBLEM(diags, pair->place, VARIANT_KEY, pair->key);
    else
        (void)frem_key_unknown(&frem_kind_variant, pair->key, pair->place, path, diags, &meant);
    return false;
}

/* What a file says of a variant: its keys without the label. */
static frem_status take(frem_draft *draft, frem_draft_named *named, const frem_pair *pair,
                        frem_diags *diags) {
    frem_merge merge = {.arena = draft->arena, .diags = diags};
    frem_reader reader = {.arena = draft->arena, .diags = diags};
    const char *path = frem_merge_path(&merge, named->key, pair->key);
    frem_draft_variant_layers *variant;
    frem_node *layer = frem_merge_copy(&merge, pair->value, 0);
    frem_status status = find_or_add(named, pair->key, &variant);
    if (layer == NULL || status != FREM_OK)
        return FREM_NO_MEMORY;
    layer->count = 0;
    for (size_t i = 0; i < pair->value->count; i++) {
        const frem_pair *key = &pair->value->pairs[i];
        if (strcmp(key->key, "label") == 0) {
            variant->label = (frem_label){{NULL}};
            variant->label_pair = NULL;
            if (frem_reader_left_out(&reader, path, key))
                continue;
            frem_site site = {&frem_kind_variant.fields[frem_kind_variant.n_fields - 1],
                              frem_merge_path(&merge, path, "label"), key->place};
            frem_read_label(&reader, &site, key->value, &variant->label);
            variant->label_pair = key;
        } else if (key_is_good(key, path, named == &draft->known, diags)) {
            layer->pairs[layer->count++] = *key;
        }
    }
    status = frem_grow((void **)&variant->layers, &variant->capacity, variant->n, sizeof *variant->layers);
    if (status != FREM_OK || merge.no_memory || reader.no_memory)
        return FREM_NO_MEMORY;
    variant->layers[variant->n++] = layer;
    return FREM_OK;
}

static frem_status take_pair(frem_draft *draft, frem_draft_named *named, const frem_pair *pair, bool over,
                             frem_diags *diags) {
    frem_reader reader = {.arena = draft->arena, .diags = diags};
    const bool of_years = named == &draft->known;
    if (of_years && !frem_is_year(pair->key)) {
        (void)FREM_PROBLEM(diags, pair->place, KNOWN_YEAR, pair->key);
    } else if (!of_years && !name_is_good(pair->key)) {
        (void)FREM_PROBLEM(diags, pair->place, VARIANT_NAME, pair->key);
    } else if (frem_node_is_null(pair->value)) {
        frem_merge merge = {.arena = draft->arena, .diags = diags};
        frem_draft_variant_layers *below = find(named, pair->key);
        if (below != NULL)
            below->removed = true;
        else if (over)
            frem_merge_nothing(&merge, pair->place, named->key, pair->key);
        return merge.no_memory ? FREM_NO_MEMORY : FREM_OK;
    } else if (pair->value->kind == FREM_MAPPING) {
        return take(draft, named, pair, diags);
    } else if (!frem_reader_left_out(&reader, named->key, pair)) {
        frem_site site = {NULL, frem_reader_path(&reader, named->key, pair->key), pair->place};
        frem_reader_wrong_form(&reader, &site, pair->value, "a mapping (key: value)",
                               "nøgler med værdier (nøgle: værdi)");
    }
    return reader.no_memory ? FREM_NO_MEMORY : FREM_OK;
}

frem_status frem_draft_take_named(frem_draft *draft, frem_draft_named *named, const frem_pair *pair,
                                  bool over, frem_diags *diags) {
    frem_reader reader = {.arena = draft->arena, .diags = diags};
    const frem_node *node = pair->value;
    size_t errors = frem_diags_errors(diags);
    frem_status status = FREM_OK;
    if (node->kind == FREM_MAPPING) {
        for (size_t i = 0; i < node->count && status == FREM_OK; i++)
            status = take_pair(draft, named, &node->pairs[i], over, diags);
    } else if (!frem_reader_left_out(&reader, "", pair)) {
        frem_site site = {NULL, named->key, pair->place};
        frem_reader_wrong_form(&reader, &site, node, "a mapping of names", "navne med indhold");
    } else {
        for (size_t i = 0; i < named->n; i++)
            named->items[i].removed = true;
    }
    draft->faulty = draft->faulty || frem_diags_errors(diags) > errors;
    return status == FREM_OK ? settle(named) : status;
}
