/* Laying one tree over another by the field table. */
#include <math.h>
#include <string.h>

#include "base/number.h"
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
    case FREM_T_MATRIX:
    case FREM_T_LIST:
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

/* Expands a number to the mapping whose one value it gives, where the upper layer is a mapping. */
static frem_node *expand(frem_merge *merge, const frem_field *field, frem_node *lower,
                         const frem_node *upper) {
    frem_field inner;
    bool one = field->type == FREM_T_STRUCT && field->kind->shorthand != NULL && lower->kind == FREM_SCALAR &&
               upper->kind == FREM_MAPPING && frem_field_inside(field, field->kind->shorthand, &inner) &&
               inner.type == FREM_T_VALUE;
    frem_node *mapping = one ? frem_merge_wrap(merge, field->kind->shorthand, lower) : NULL;
    return mapping != NULL ? mapping : lower;
}

/* Whether a value that is no mapping can replace a mapping of a lower layer. */
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
        /* A mapping that is only extended keeps its place, so that its problems are reported once. */
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
    frem_node below = *lower; /* where something was left out of a layer its keys have no index any more */
    if (below.slots == NULL)
        frem_node_index(merge->arena, &below);
    frem_node *mapping = frem_merge_copy(merge, lower, upper->count);
    for (size_t i = 0; mapping != NULL && i < upper->count; i++)
        lay_pair(merge, field, &below, mapping, &upper->pairs[i], path);
    if (mapping != NULL)
        frem_node_index(merge->arena, mapping);
    return mapping;
}

bool frem_node_number(const frem_node *node, double *out) {
    return node != NULL && node->kind == FREM_SCALAR && !node->quoted &&
           frem_number_read(node->text, node->length, out) == FREM_NUMBER_OK;
}

bool frem_node_year(const frem_node *node, int64_t *year) {
    return node != NULL && node->kind == FREM_SCALAR &&
           frem_whole_read(node->text, node->length, year) == FREM_NUMBER_OK;
}

/* What is said about a value for the reader. */
static bool is_remark(const char *key) {
    return strcmp(key, "source") == 0 || strcmp(key, "unit") == 0 || strcmp(key, "note") == 0;
}

/* Whether a mapping that only changes a lower value may have a key. */
static bool is_of_change(const char *key) {
    return strcmp(key, "times") == 0 || strcmp(key, "add") == 0 || strcmp(key, "from") == 0 || is_remark(key);
}

bool frem_unknown_changes(const frem_node *unknown) {
    const frem_node *as = unknown != NULL && unknown->kind == FREM_MAPPING ? given(unknown, "as") : NULL;
    return as != NULL && as->kind == FREM_SCALAR &&
           (strcmp(as->text, "times") == 0 || strcmp(as->text, "add") == 0);
}

bool frem_change_is(const frem_node *node) {
    if (node == NULL)
        return false;
    const bool unknown = frem_unknown_changes(given(node, "unknown"));
    if (given(node, "times") == NULL && given(node, "add") == NULL && !unknown)
        return false;
    for (size_t i = 0; i < node->count; i++) {
        const frem_pair *pair = &node->pairs[i];
        if (!is_of_change(pair->key) && !frem_node_is_null(pair->value) &&
            !(unknown && strcmp(pair->key, "unknown") == 0))
            return false;
    }
    return true;
}

bool frem_change_read(const frem_node *node, frem_value_change *out) {
    *out = (frem_value_change){.times = 1, .from = NULL, .said = node};
    if (!frem_change_is(node))
        return false;
    const frem_node *times = given(node, "times"), *add = given(node, "add");
    out->from = given(node, "from");
    out->place = times != NULL ? times->place : add != NULL ? add->place : node->place;
    out->source = node->source;
    /* What is no number is reported when the mapping itself is read. */
    return (times == NULL || frem_node_number(times, &out->times)) &&
           (add == NULL || frem_node_number(add, &out->add));
}

frem_node *frem_merge_text(frem_merge *merge, const char *text, frem_place place, const frem_source *source) {
    frem_node *node = frem_arena_alloc(merge->arena, 1, sizeof *node);
    char *copy = frem_arena_text(merge->arena, text, strlen(text));
    if (node == NULL || copy == NULL) {
        merge->no_memory = true;
        return NULL;
    }
    *node = (frem_node){
        .kind = FREM_SCALAR, .place = place, .source = source, .text = copy, .length = strlen(copy)};
    return node;
}

frem_node *frem_merge_number(frem_merge *merge, double number, frem_place place, const frem_source *source) {
    char text[32] = "inf"; /* no number either when it is read */
    if (isfinite(number))
        (void)frem_number_shortest(text, number);
    return frem_merge_text(merge, text, place, source);
}

frem_node *frem_merge_wrap(frem_merge *merge, const char *key, frem_node *value) {
    frem_node *mapping = frem_merge_copy(merge, NULL, 8);
    if (mapping == NULL)
        return NULL;
    mapping->place = value->place;
    mapping->source = value->source;
    frem_merge_put(merge, mapping, (frem_pair){.key = key, .place = value->place, .value = value});
    return mapping;
}

/* Multiplies and adds in a copy of a value's mapping that has room for it. @return false where the value's own factor or
 * sum is no number, which is reported when it is read. */
static bool put_change(frem_merge *merge, const frem_value_change *change, frem_node *mapping) {
    const frem_node *times = given(mapping, "times"), *add = given(mapping, "add");
    double factor = 1, sum = 0;
    if ((times != NULL && !frem_node_number(times, &factor)) || (add != NULL && !frem_node_number(add, &sum)))
        return false;
    const struct {
        const char *key;
        bool needed;
        double number;
    } parts[] = {
        {"times", times != NULL || change->times < 1 || change->times > 1, factor * change->times},
        {"add", add != NULL || change->add < 0 || change->add > 0, sum * change->times + change->add},
    };
    for (size_t i = 0; i < 2; i++) {
        if (!parts[i].needed)
            continue;
        frem_node *number = frem_merge_number(merge, parts[i].number, change->place, change->source);
        if (number != NULL)
            frem_merge_put(merge, mapping,
                           (frem_pair){.key = parts[i].key, .place = change->place, .value = number});
    }
    return true;
}

/* A copy of a value's mapping without a key, with room. */
static frem_node *copy_without(frem_merge *merge, const frem_node *node, const char *key) {
    frem_node *copy = frem_merge_copy(merge, node, 8);
    size_t n = 0;
    for (size_t i = 0; copy != NULL && i < copy->count; i++) {
        if (key == NULL || strcmp(copy->pairs[i].key, key) != 0)
            copy->pairs[n++] = copy->pairs[i];
    }
    if (copy != NULL)
        copy->count = n;
    return copy;
}

/* A change of all years, also of what the value keeps of earlier ones. */
static frem_node *change_all(frem_merge *merge, const frem_value_change *change, frem_node *value) {
    frem_node *changed = copy_without(merge, value, NULL);
    if (changed == NULL)
        return NULL;
    if (!put_change(merge, change, changed))
        return value;
    const frem_pair *earlier = frem_node_pair(value, "earlier");
    frem_node *before = earlier != NULL ? frem_change_value(merge, change, earlier->value) : NULL;
    if (before != NULL)
        frem_merge_put(merge, changed,
                       (frem_pair){.key = "earlier", .place = earlier->place, .value = before});
    return changed;
}

/* A change from a year on. Where the value begins later itself, what it keeps is changed from that year on.
 * @param whole the value as it was written, which is kept. */
static frem_node *change_from(frem_merge *merge, const frem_value_change *change, frem_node *value,
                              frem_node *whole) {
    int64_t year, own;
    frem_node *earlier = given(value, "earlier");
    bool later = earlier != NULL && frem_node_year(change->from, &year) &&
                 frem_node_year(frem_node_get(value, "from"), &own) && own > year;
    frem_node *changed = copy_without(merge, value, later ? NULL : "earlier");
    if (changed == NULL)
        return NULL;
    if (!put_change(merge, change, changed))
        return value;
    frem_node *before = later ? frem_change_value(merge, change, earlier) : whole;
    if (!later)
        frem_merge_put(merge, changed,
                       (frem_pair){.key = "from", .place = change->from->place, .value = change->from});
    if (before != NULL)
        frem_merge_put(merge, changed,
                       (frem_pair){.key = "earlier", .place = change->from->place, .value = before});
    return changed;
}

static bool is_unknown(const frem_pair *pair) {
    return strcmp(pair->key, "unknown") == 0 && !frem_node_is_null(pair->value);
}

/* Whether a change takes out what is unknown of the value: `unknown: ~`. */
static bool makes_known(const frem_value_change *change) {
    const frem_pair *unknown = change->said != NULL ? frem_node_pair(change->said, "unknown") : NULL;
    return unknown != NULL && frem_node_is_null(unknown->value);
}

frem_node *frem_change_value(frem_merge *merge, const frem_value_change *change, frem_node *value) {
    double number;
    frem_node *plain = value;
    if (value->kind == FREM_SCALAR)
        plain = frem_node_number(value, &number) ? frem_merge_wrap(merge, "value", value) : NULL;
    if (plain == NULL || plain->kind != FREM_MAPPING)
        return NULL;
    if (makes_known(change)) {
        plain = value = copy_without(merge, plain, "unknown");
        if (plain == NULL)
            return NULL;
    }
    frem_node *changed =
        change->from != NULL ? change_from(merge, change, plain, value) : change_all(merge, change, plain);
    /* What is said of the change is said of the changed value. */
    for (size_t i = 0; changed != NULL && change->said != NULL && i < change->said->count; i++) {
        const frem_pair *pair = &change->said->pairs[i];
        if (changed != plain && (is_remark(pair->key) || is_unknown(pair)))
            frem_merge_put(merge, changed, *pair);
    }
    return changed;
}

frem_node *frem_change_start(frem_merge *merge, const frem_field *field, frem_place place,
                             const frem_source *source) {
    const char *text = field->preset != NULL ? field->preset : field->without;
    return text != NULL ? frem_merge_text(merge, text, place, source) : NULL;
}

frem_node *frem_change_settle(frem_merge *merge, const frem_field *field, frem_node *node) {
    frem_value_change change;
    if (!frem_change_read(node, &change))
        return node;
    frem_node *start = frem_change_start(merge, field, node->place, node->source);
    frem_node *changed = start != NULL ? frem_change_value(merge, &change, start) : NULL;
    return changed != NULL ? changed : node;
}
