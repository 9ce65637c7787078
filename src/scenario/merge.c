/* Laying one tree over another by the field table. */
#include <string.h>

#include "scenario/draft.h"

const frem_field frem_field_root = {.key = "scenario", .type = FREM_T_STRUCT, .kind = &frem_kind_scenario};

static bool find_in_kind(const frem_kind *kind, const char *key, frem_field *out) {
    for (size_t i = 0; i < kind->n_fields; i++) {
        if (strcmp(kind->fields[i].key, key) != 0)
            continue;
        *out = kind->fields[i];
        return true;
    }
    return false;
}

bool frem_field_inside(const frem_field *field, const char *key, frem_field *out) {
    *out = *field;
    switch (field->type) {
    case FREM_T_STRUCT:
        return find_in_kind(field->kind, key, out);
    case FREM_T_MAP:
        out->type = FREM_T_STRUCT;
        return true;
    case FREM_T_VALUES:
        out->type = FREM_T_VALUE;
        return true;
    case FREM_T_VALUE:
    case FREM_T_EARLIER:
        out->type = FREM_T_NUMBER;
        return frem_is_year(key) || find_in_kind(&frem_kind_value, key, out);
    case FREM_T_LABEL:
    case FREM_T_TEXT_MAP:
    case FREM_T_BIRTHS:
        out->type = FREM_T_TEXT;
        return true;
    case FREM_T_TEXT:
    case FREM_T_CHOICE:
    case FREM_T_WHOLE:
    case FREM_T_NUMBER:
    case FREM_T_DATE:
    case FREM_T_MONTH:
    case FREM_T_AGES:
    case FREM_T_TEXTS:
        break;
    }
    return false;
}

frem_node *frem_merge_copy(frem_merge *merge, const frem_node *like, size_t more) {
    frem_node *copy = frem_arena_alloc(merge->arena, 1, sizeof *copy);
    size_t count = like != NULL && like->kind == FREM_MAPPING ? like->count : 0;
    frem_pair *pairs = frem_arena_alloc(merge->arena, count + more + 1, sizeof *pairs);
    if (copy == NULL || pairs == NULL) {
        merge->no_memory = true;
        return NULL;
    }
    if (like != NULL)
        *copy = *like;
    if (count > 0)
        memcpy(pairs, like->pairs, count * sizeof *pairs);
    copy->kind = FREM_MAPPING;
    copy->pairs = pairs;
    copy->count = count;
    copy->slots = NULL;
    return copy;
}

/* An entry of a mapping that may still be changed; NULL where it has none of this key. */
static frem_pair *find_pair(frem_node *mapping, const char *key) {
    for (size_t i = 0; i < mapping->count; i++) {
        if (strcmp(mapping->pairs[i].key, key) == 0)
            return &mapping->pairs[i];
    }
    return NULL;
}

/* Puts a pair in the place of another one, or last. */
static void put_at(frem_merge *merge, frem_node *mapping, frem_pair *there, frem_pair pair) {
    if (there == NULL) {
        mapping->pairs[mapping->count++] = pair;
        return;
    }
    frem_pair *under = frem_arena_alloc(merge->arena, 1, sizeof *under);
    if (under == NULL) {
        merge->no_memory = true;
        return;
    }
    *under = *there;
    pair.under = under;
    *there = pair;
}

void frem_merge_put(frem_merge *merge, frem_node *mapping, frem_pair pair) {
    put_at(merge, mapping, find_pair(mapping, pair.key), pair);
}

const char *frem_merge_path(frem_merge *merge, const char *above, const char *key) {
    if (above[0] == '\0')
        return key;
    const char *path = frem_arena_print(merge->arena, "%s.%s", above, key);
    if (path == NULL)
        merge->no_memory = true;
    return path != NULL ? path : "";
}

void frem_merge_nothing(frem_merge *merge, frem_place place, const char *path, const char *key) {
    if (FREM_PROBLEM(merge->diags, place, NOTHING_TO_REMOVE, frem_merge_path(merge, path, key)) != FREM_OK)
        merge->no_memory = true;
}

static bool merges(const frem_field *field) {
    return field->type == FREM_T_STRUCT || field->type == FREM_T_MAP || field->type == FREM_T_VALUES;
}

/* A key's value, unless it is left out with `~`. */
static frem_node *given(const frem_node *node, const char *key) {
    const frem_pair *pair = frem_node_pair(node, key);
    return pair == NULL || frem_node_is_null(pair->value) ? NULL : pair->value;
}

/* A value that begins in a year keeps what it lies over for the years before. Of that, what begins no earlier itself is
 * never seen again. */
static frem_node *keep_earlier(frem_merge *merge, frem_node *lower, frem_node *upper) {
    const frem_pair *from = frem_node_pair(upper, "from");
    int64_t year, below;
    if (from == NULL || frem_node_is_null(from->value) || frem_node_pair(upper, "earlier") != NULL)
        return upper;
    while (frem_node_year(from->value, &year) && frem_node_year(frem_node_get(lower, "from"), &below) &&
           below >= year && given(lower, "earlier") != NULL)
        lower = given(lower, "earlier");
    frem_node *kept = frem_merge_copy(merge, upper, 1);
    if (kept != NULL)
        frem_merge_put(merge, kept, (frem_pair){.key = "earlier", .place = from->place, .value = lower});
    return kept;
}

/* A value over another: it changes what is there, or takes its place. */
static frem_node *lay_value(frem_merge *merge, const frem_field *field, frem_node *lower, frem_node *upper) {
    frem_value_change change;
    frem_node *changed = NULL;
    if (frem_change_read(upper, &change))
        changed = frem_change_value(merge, &change, frem_change_settle(merge, field, lower));
    return changed != NULL ? changed : keep_earlier(merge, lower, upper);
}

/* A number that stands for the one value of a mapping, as that mapping, where the upper layer is one. */
static frem_node *expand(frem_merge *merge, const frem_field *field, frem_node *lower,
                         const frem_node *upper) {
    frem_field inner;
    bool one = field->type == FREM_T_STRUCT && field->kind->shorthand != NULL && lower->kind == FREM_SCALAR &&
               upper->kind == FREM_MAPPING && frem_field_inside(field, field->kind->shorthand, &inner) &&
               inner.type == FREM_T_VALUE;
    frem_node *mapping = one ? frem_merge_wrap(merge, field->kind->shorthand, lower) : NULL;
    return mapping != NULL ? mapping : lower;
}

/* Whether a value that is no mapping can stand where one of a lower layer does. */
static bool may_replace(const frem_field *field, const frem_node *upper) {
    bool word = upper->kind == FREM_SCALAR && !frem_node_is_null(upper);
    if (field->type == FREM_T_STRUCT)
        return upper->kind != FREM_SEQUENCE && (!word || field->kind->shorthand != NULL);
    return field->type != FREM_T_MAP || (upper->kind != FREM_SEQUENCE && !word);
}

/* One entry of the upper mapping, into a copy of the lower one: what was put there before has other keys. */
static void lay_pair(frem_merge *merge, const frem_field *field, const frem_node *below_it,
                     frem_node *mapping, const frem_pair *upper, const char *path) {
    const frem_pair *lower = frem_node_pair(below_it, upper->key);
    bool below = lower != NULL && !frem_node_is_null(lower->value);
    frem_pair laid = *upper;
    frem_field inner;
    laid.layer = merge->layer;
    if (below && frem_node_is_empty(upper->value)) {
        /* Nothing, not even `~`: what is below stays, so that it is one problem. */
        if (FREM_PROBLEM(merge->diags, upper->place, NO_VALUE, frem_merge_path(merge, path, upper->key)) ==
            FREM_NO_MEMORY)
            merge->no_memory = true;
        return;
    }
    if (below && lower->value->kind == FREM_MAPPING && frem_field_inside(field, upper->key, &inner) &&
        !may_replace(&inner, upper->value)) {
        frem_reader reader = {.diags = merge->diags};
        frem_site site = {&inner, frem_merge_path(merge, path, upper->key), upper->place};
        frem_reader_wrong_form(&reader, &site, upper->value, "a mapping (key: value)",
                               "nøgler med værdier (nøgle: værdi)");
        return;
    }
    if (frem_node_is_null(upper->value)) {
        if (!below)
            frem_merge_nothing(merge, upper->place, path, upper->key);
    } else if (below && frem_field_inside(field, upper->key, &inner)) {
        laid.value = frem_merge_field(merge, &inner, lower->value, upper->value,
                                      frem_merge_path(merge, path, upper->key));
        /* What is only added to stands where it stood: a problem of the whole is told there, once. */
        if (merges(&inner) && lower->value->kind == FREM_MAPPING && upper->value->kind == FREM_MAPPING) {
            laid.place = lower->place;
            laid.layer = lower->layer;
        }
    }
    if (laid.value != NULL)
        put_at(merge, mapping, lower != NULL ? &mapping->pairs[lower - below_it->pairs] : NULL, laid);
}

frem_node *frem_merge_field(frem_merge *merge, const frem_field *field, frem_node *lower, frem_node *upper,
                            const char *path) {
    if (lower == NULL || frem_node_is_null(lower))
        return upper;
    if (field->type == FREM_T_VALUE || field->type == FREM_T_EARLIER)
        return lay_value(merge, field, lower, upper);
    lower = expand(merge, field, lower, upper);
    if (!merges(field) || lower->kind != FREM_MAPPING || upper->kind != FREM_MAPPING)
        return upper;
    frem_node *mapping = frem_merge_copy(merge, lower, upper->count);
    for (size_t i = 0; mapping != NULL && i < upper->count; i++)
        lay_pair(merge, field, lower, mapping, &upper->pairs[i], path);
    if (mapping != NULL)
        frem_node_index(merge->arena, mapping);
    return mapping;
}
