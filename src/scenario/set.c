/* Changes from outside the files: PATH=VALUE and PATH*=FACTOR. */
#include <string.h>

#include "base/number.h"
#include "base/number_problem.h"
#include "scenario/draft.h"

/* What laying a set carries along. */
typedef struct setter {
    frem_merge *merge;
    const frem_set *set;
    const frem_source *source; /* what the nodes that it makes belong to */
    bool fits;
} setter;

/* ---- reading ---- */

/* All nodes of a value belong to the file that the sets are laid over: tables that they name are looked for beside it. */
static void adopt(frem_node *node, const frem_source *source) {
    node->source = source;
    for (size_t i = 0; i < node->count; i++)
        adopt(node->kind == FREM_MAPPING ? node->pairs[i].value : node->items[i], source);
}

/* The value of a set as a file of its own, in which it stands where it does in the argument: so that whatever the tree
 * reader says of it has that place. */
static frem_status read_value(frem_draft *draft, const char *value, frem_place place, frem_diags *diags,
                              frem_node **out) {
    frem_text text = {0};
    for (unsigned line = 1; line < place.line; line++)
        frem_text_add(&text, "\n");
    frem_text_print(&text, "%*s%s", (int)place.column - 1, "", value);
    char *bytes = text.failed ? NULL : frem_arena_text(draft->arena, text.bytes, text.length);
    frem_source *source = frem_arena_alloc(draft->arena, 1, sizeof *source);
    size_t length = text.length;
    frem_text_free(&text);
    if (bytes == NULL || source == NULL)
        return FREM_NO_MEMORY;
    *source = (frem_source){.name = FREM_SET_FILE,
                            .path = FREM_SET_FILE,
                            .bytes = bytes,
                            .size = length,
                            .root = FREM_ROOT_COMMAND};
    frem_status status = frem_tree_read(source, draft->arena, diags, out);
    if (status == FREM_OK)
        adopt(*out, draft->source);
    return status;
}

/* The words of a path, each with its place. @return false where one is empty. */
static bool read_keys(frem_draft *draft, const char *path, size_t n, unsigned line, frem_set *set) {
    size_t words = 1;
    for (size_t i = 0; i < n; i++)
        words += path[i] == '.';
    set->keys = frem_arena_alloc(draft->arena, words, sizeof *set->keys);
    for (size_t i = 0; set->keys != NULL && i <= n;) {
        const char *end = memchr(path + i, '.', n - i);
        size_t length = end != NULL ? (size_t)(end - path) - i : n - i;
        if (length == 0)
            return false;
        set->keys[set->n_keys++] = (frem_pair){
            .key = frem_nfc(draft->arena, path + i, length),
            .place = {FREM_SET_FILE, line, (unsigned)frem_utf8_count(path, i) + 1},
        };
        i += length + 1;
    }
    return set->keys != NULL;
}

static frem_status read_set(frem_draft *draft, const char *given, unsigned line, frem_diags *diags,
                            frem_set *set) {
    const char *equals = strchr(given, '=');
    size_t n = equals != NULL ? (size_t)(equals - given) : 0;
    bool times = n > 0 && given[n - 1] == '*';
    frem_place start = {FREM_SET_FILE, line, 1};
    if (!frem_utf8_valid(given, strlen(given), NULL) || equals == NULL || equals[1] == '\0' ||
        !read_keys(draft, given, times ? n - 1 : n, line, set))
        return FREM_PROBLEM(diags, start, SET_FORM, given);
    for (size_t i = 0; i < set->n_keys; i++) {
        if (set->keys[i].key == NULL)
            return FREM_NO_MEMORY;
    }
    const char *value = equals + 1;
    frem_place place = {FREM_SET_FILE, line, (unsigned)frem_utf8_count(given, n + 1) + 1};
    if (!times)
        return read_value(draft, value, place, diags, &set->value);
    char *path = frem_arena_text(draft->arena, given, n - 1);
    if (path == NULL)
        return FREM_NO_MEMORY;
    frem_number_fault fault = frem_quantity_read(value, strlen(value), &set->factor);
    return fault == FREM_NUMBER_OK ? FREM_OK : frem_number_problem(diags, place, path, value, fault);
}

frem_status frem_sets_read(frem_draft *draft, const char *const *sets, size_t n, frem_diags *diags) {
    draft->sets = frem_arena_alloc(draft->arena, n + 1, sizeof *draft->sets);
    if (draft->sets == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < n; i++) {
        frem_set set = {0};
        frem_status status = read_set(draft, sets[i], (unsigned)i + 1, diags, &set);
        if (status == FREM_OK)
            draft->sets[draft->n_sets++] = set;
        else if (status != FREM_INVALID)
            return status;
        else
            draft->faulty = true;
    }
    return FREM_OK;
}

/* ---- multiplying ---- */

static const frem_pair *last_key(const setter *s) {
    return &s->set->keys[s->set->n_keys - 1];
}

/* A scalar that the set makes. */
static frem_node *text_node(setter *s, const char *text) {
    frem_node *node = frem_arena_alloc(s->merge->arena, 1, sizeof *node);
    char *copy = frem_arena_text(s->merge->arena, text, strlen(text));
    if (node == NULL || copy == NULL) {
        s->merge->no_memory = true;
        return NULL;
    }
    *node = (frem_node){.kind = FREM_SCALAR,
                        .place = last_key(s)->place,
                        .source = s->source,
                        .text = copy,
                        .length = strlen(copy)};
    return node;
}

static frem_node *number_node(setter *s, double number) {
    char text[32];
    (void)frem_number_shortest(text, number);
    return text_node(s, text);
}

static bool read_number(const frem_node *node, double *out) {
    return node != NULL && node->kind == FREM_SCALAR && !node->quoted &&
           frem_number_read(node->text, node->length, out) == FREM_NUMBER_OK;
}

/* A mapping of one key. */
static frem_node *wrap(setter *s, const char *key, frem_node *value) {
    frem_node *mapping = frem_merge_copy(s->merge, NULL, 2);
    if (mapping == NULL)
        return NULL;
    mapping->place = value->place;
    mapping->source = value->source;
    frem_merge_put(s->merge, mapping, (frem_pair){.key = key, .place = value->place, .value = value});
    return mapping;
}

/* A value with `times`, also in what it keeps of earlier years. NULL where it has no numbers. */
static frem_node *multiply_value(setter *s, frem_node *value) {
    double number = 1;
    if (value->kind == FREM_SCALAR)
        value = read_number(value, &number) ? wrap(s, "value", value) : NULL;
    if (value == NULL || value->kind != FREM_MAPPING)
        return NULL;
    const frem_pair *times = frem_node_pair(value, "times"), *earlier = frem_node_pair(value, "earlier");
    bool counts = times != NULL && !frem_node_is_null(times->value);
    number = 1;
    if (counts && !read_number(times->value, &number))
        return value; /* told when it is read */
    frem_node *scaled = frem_merge_copy(s->merge, value, 1);
    frem_node *factor = number_node(s, number * s->set->factor);
    if (scaled == NULL || factor == NULL)
        return NULL;
    frem_merge_put(s->merge, scaled, (frem_pair){.key = "times", .place = factor->place, .value = factor});
    frem_node *before = earlier != NULL ? multiply_value(s, earlier->value) : NULL;
    if (before != NULL)
        frem_merge_put(s->merge, scaled,
                       (frem_pair){.key = "earlier", .place = earlier->place, .value = before});
    return scaled;
}

static frem_node *multiply(setter *s, const frem_field *field, frem_node *lower, const char *path) {
    double number;
    frem_node *product = NULL;
    frem_field inner;
    if (lower == NULL || frem_node_is_null(lower))
        lower = field->preset != NULL ? text_node(s, field->preset) : NULL;
    if (lower != NULL && (field->type == FREM_T_VALUE || field->type == FREM_T_EARLIER)) {
        product = multiply_value(s, lower);
    } else if (lower != NULL && (field->type == FREM_T_NUMBER || field->type == FREM_T_WHOLE)) {
        if (read_number(lower, &number))
            product = number_node(s, number * s->set->factor);
    } else if (lower != NULL && field->type == FREM_T_STRUCT && field->kind->shorthand != NULL &&
               frem_field_inside(field, field->kind->shorthand, &inner) && inner.type == FREM_T_VALUE) {
        const char *key = field->kind->shorthand;
        frem_node *mapping =
            lower->kind == FREM_SCALAR ? wrap(s, key, lower) : frem_merge_copy(s->merge, lower, 1);
        const frem_pair *pair = frem_node_pair(mapping, key);
        frem_node *value = pair != NULL ? multiply_value(s, pair->value) : NULL;
        if (value != NULL) {
            frem_merge_put(s->merge, mapping,
                           (frem_pair){.key = key, .place = last_key(s)->place, .value = value});
            product = mapping;
        }
    }
    if (product == NULL && !s->merge->no_memory) {
        s->fits = false;
        (void)FREM_PROBLEM(s->merge->diags, last_key(s)->place, SET_NOT_NUMBER, path);
    }
    return product;
}

/* ---- following the path ---- */

/* What may stand at a key: the names of a kind's fields, or those that a map has. @return their number. */
static size_t list_known(const frem_field *field, const frem_node *node, const char **out, size_t room) {
    const frem_kind *kind = field->type == FREM_T_STRUCT                                   ? field->kind
                            : field->type == FREM_T_VALUE || field->type == FREM_T_EARLIER ? &frem_kind_value
                                                                                           : NULL;
    size_t n = 0;
    for (size_t i = 0; kind != NULL && i < kind->n_fields && n < room; i++) {
        bool ours = kind != &frem_kind_scenario || (strcmp(kind->fields[i].key, "extends") != 0 &&
                                                    strcmp(kind->fields[i].key, "variants") != 0);
        if (ours)
            out[n++] = kind->fields[i].key;
    }
    for (size_t i = 0;
         kind == NULL && node != NULL && node->kind == FREM_MAPPING && i < node->count && n < room; i++) {
        if (!frem_node_is_null(node->pairs[i].value))
            out[n++] = node->pairs[i].key;
    }
    return n;
}

/* Says that the path names nothing from a word on. */
static frem_node *unknown(setter *s, const frem_field *field, const frem_node *node, size_t k) {
    enum { KNOWN_MAX = 1000 };
    const char **known = frem_arena_alloc(s->merge->arena, KNOWN_MAX, sizeof *known);
    frem_text path = {0}, better = {0};
    if (known == NULL) {
        s->merge->no_memory = true;
        return NULL;
    }
    const char *nearest = frem_nearest(s->set->keys[k].key, known, list_known(field, node, known, KNOWN_MAX));
    for (size_t i = 0; i < s->set->n_keys; i++) {
        const char *dot = i > 0 ? "." : "", *key = s->set->keys[i].key;
        frem_text_print(&path, "%s%s", dot, key);
        frem_text_print(&better, "%s%s", dot, i == k && nearest != NULL ? nearest : key);
    }
    s->fits = false;
    s->merge->no_memory = s->merge->no_memory || path.failed || better.failed;
    if (!path.failed && !better.failed)
        (void)FREM_PROBLEM(s->merge->diags, s->set->keys[k].place, SET_UNKNOWN, path.bytes,
                           nearest != NULL ? better.bytes : NULL);
    frem_text_free(&path);
    frem_text_free(&better);
    return NULL;
}

/* What stands at a word, as a mapping: a word alone stands for the key that it is short for. NULL where it is nothing. */
static frem_node *as_mapping(setter *s, const frem_field *field, frem_node *node) {
    double number;
    if (node == NULL || node->kind != FREM_SCALAR)
        return node;
    if (frem_node_is_null(node))
        return NULL;
    if (field->type == FREM_T_STRUCT && field->kind->shorthand != NULL)
        return wrap(s, field->kind->shorthand, node);
    if (field->type == FREM_T_VALUE || field->type == FREM_T_EARLIER)
        return wrap(s, "value", node);
    frem_node *all = field->type == FREM_T_VALUES && !read_number(node, &number) ? text_node(s, "1") : NULL;
    return all != NULL ? wrap(s, node->text, all) : NULL;
}

/* Whether a name that a map does not have may be added to it: only with all that it needs. */
static bool may_add(const setter *s, const frem_field *field, size_t k) {
    if (field->type != FREM_T_MAP && field->type != FREM_T_VALUES)
        return true;
    bool last = k + 1 == s->set->n_keys && s->set->value != NULL && !frem_node_is_null(s->set->value);
    return last && (field->type == FREM_T_VALUES || s->set->value->kind == FREM_MAPPING);
}

static frem_node *lay(setter *s, const frem_field *field, frem_node *node, size_t k, const char *path);

/* What comes to stand at the last word. NULL where the set does not fit. */
static frem_node *finish(setter *s, const frem_field *field, const frem_pair *there, const char *path) {
    frem_node *lower = there != NULL ? there->value : NULL;
    if (s->set->value == NULL)
        return multiply(s, field, lower, path);
    if (!frem_node_is_null(s->set->value))
        return frem_merge_field(s->merge, field, lower, s->set->value, path);
    if (lower == NULL || frem_node_is_null(lower))
        frem_merge_nothing(s->merge, last_key(s)->place, "", path);
    return s->set->value;
}

/* Lays word k and all after it over what stands there. */
static frem_node *lay(setter *s, const frem_field *field, frem_node *node, size_t k, const char *path) {
    const frem_pair *word = &s->set->keys[k];
    bool own = field->kind == &frem_kind_scenario &&
               (strcmp(word->key, "extends") == 0 || strcmp(word->key, "variants") == 0);
    frem_field inner;
    node = as_mapping(s, field, node);
    const frem_pair *there = frem_node_pair(node, word->key);
    bool absent = there == NULL || frem_node_is_null(there->value);
    if (own || !frem_field_inside(field, word->key, &inner) || (absent && !may_add(s, field, k)))
        return unknown(s, field, node, k);
    const char *below = frem_merge_path(s->merge, path, word->key);
    bool last = k + 1 == s->set->n_keys;
    frem_node *value = last ? finish(s, &inner, there, below)
                            : lay(s, &inner, there != NULL ? there->value : NULL, k + 1, below);
    frem_node *mapping = value != NULL ? frem_merge_copy(s->merge, node, 1) : NULL;
    if (mapping == NULL)
        return NULL;
    if (node == NULL || node->kind != FREM_MAPPING) {
        mapping->place = word->place;
        mapping->source = value->source;
    }
    frem_pair pair = {.key = word->key, .place = word->place, .value = value, .layer = s->merge->layer};
    if (!last && !absent) {
        pair.place = there->place;
        pair.layer = there->layer;
    }
    frem_merge_put(s->merge, mapping, pair);
    return mapping;
}

bool frem_set_apply(frem_merge *merge, const frem_set *set, frem_node *tree, frem_node **root) {
    setter s = {.merge = merge, .set = set, .source = tree->source, .fits = true};
    frem_node *laid = lay(&s, &frem_field_root, tree, 0, "");
    *root = laid != NULL ? laid : tree;
    return s.fits;
}
