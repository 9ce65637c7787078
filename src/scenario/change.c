/* Changes of a value: a factor and a sum over what a lower layer says, perhaps from a year on. They are laid into the
 * value's own mapping, so that reading knows nothing of layers. */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "scenario/draft.h"

bool frem_node_number(const frem_node *node, double *out) {
    return node != NULL && node->kind == FREM_SCALAR && !node->quoted &&
           frem_number_read(node->text, node->length, out) == FREM_NUMBER_OK;
}

bool frem_node_year(const frem_node *node, int64_t *year) {
    return node != NULL && node->kind == FREM_SCALAR &&
           frem_whole_read(node->text, node->length, year) == FREM_NUMBER_OK;
}

/* A key's value, unless it is left out with `~`. */
static frem_node *given(const frem_node *node, const char *key) {
    const frem_pair *pair = frem_node_pair(node, key);
    return pair == NULL || frem_node_is_null(pair->value) ? NULL : pair->value;
}

/* What is said about a value for the reader. */
static bool is_remark(const char *key) {
    return strcmp(key, "source") == 0 || strcmp(key, "unit") == 0 || strcmp(key, "note") == 0;
}

/* What may stand in a mapping that is nothing but a change. */
static bool is_of_change(const char *key) {
    return strcmp(key, "times") == 0 || strcmp(key, "add") == 0 || strcmp(key, "from") == 0 || is_remark(key);
}

bool frem_change_is(const frem_node *node) {
    if (node == NULL || (given(node, "times") == NULL && given(node, "add") == NULL))
        return false;
    for (size_t i = 0; i < node->count; i++) {
        if (!is_of_change(node->pairs[i].key) && !frem_node_is_null(node->pairs[i].value))
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
    out->place = times != NULL ? times->place : add->place;
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

frem_node *frem_change_value(frem_merge *merge, const frem_value_change *change, frem_node *value) {
    double number;
    frem_node *plain = value;
    if (value->kind == FREM_SCALAR)
        plain = frem_node_number(value, &number) ? frem_merge_wrap(merge, "value", value) : NULL;
    if (plain == NULL || plain->kind != FREM_MAPPING)
        return NULL;
    frem_node *changed =
        change->from != NULL ? change_from(merge, change, plain, value) : change_all(merge, change, plain);
    /* What is said of the change is said of the changed value. */
    for (size_t i = 0; changed != NULL && change->said != NULL && i < change->said->count; i++) {
        const frem_pair *pair = &change->said->pairs[i];
        if (is_remark(pair->key) && changed != plain)
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
