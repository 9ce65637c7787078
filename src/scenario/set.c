/* Changes from outside the files: PATH=VALUE, PATH*=FACTOR and PATH+=NUMBER, each perhaps from a year on. */
#include <string.h>

#include "base/number.h"
#include "base/number_problem.h"
#include "scenario/draft.h"
#include "scenario/meant.h"

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

/* Parses the value padded to its column in the argument, so that problems of the tree reader have their place there. */
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

/* Where " from YEAR" begins at the end of a text; its length where there is none. */
static size_t find_from(const char *text) {
    static const char word[] = " from ";
    size_t n = strlen(text), digits = 0;
    while (digits < n && text[n - 1 - digits] >= '0' && text[n - 1 - digits] <= '9')
        digits++;
    size_t room = sizeof word - 1 + digits;
    return digits > 0 && n > room && strncmp(text + n - room, word, sizeof word - 1) == 0 ? n - room : n;
}

/* What one set is read from. */
typedef struct argument {
    frem_draft *draft;
    frem_diags *diags;
    const char *given; /* all of it */
    unsigned line;
} argument;

static frem_place place_at(const argument *a, const char *at) {
    return (frem_place){FREM_SET_FILE, a->line,
                        (unsigned)frem_utf8_count(a->given, (size_t)(at - a->given)) + 1};
}

/* PATH=VALUE. A text may end as if it began in a year: what it is meant as, its field decides. */
static frem_status read_assigned(const argument *a, const char *value, size_t n, frem_set *set) {
    bool whole = value[n] == '\0';
    char *text = frem_arena_text(a->draft->arena, value, n);
    if (text == NULL)
        return FREM_NO_MEMORY;
    frem_status status = read_value(a->draft, text, place_at(a, value), a->diags, &set->value);
    if (status == FREM_OK && !whole && set->value->kind == FREM_SCALAR && !set->value->quoted)
        status = read_value(a->draft, value, place_at(a, value), a->diags, &set->whole);
    return status;
}

/* PATH*=FACTOR and PATH+=NUMBER. */
static frem_status read_changing(const argument *a, const char *path_end, const char *value, size_t n,
                                 frem_set *set) {
    char *path = frem_arena_text(a->draft->arena, a->given, (size_t)(path_end - a->given));
    char *text = frem_arena_text(a->draft->arena, value, n);
    if (path == NULL || text == NULL)
        return FREM_NO_MEMORY;
    double *number = *path_end == '*' ? &set->change.times : &set->change.add;
    frem_number_fault fault = frem_quantity_read(text, n, number);
    return fault == FREM_NUMBER_OK ? FREM_OK
                                   : frem_number_problem(a->diags, place_at(a, value), path, text, fault);
}

static frem_status read_set(const argument *a, frem_set *set) {
    const char *given = a->given, *equals = strchr(given, '=');
    bool changes = equals != NULL && equals > given && (equals[-1] == '*' || equals[-1] == '+');
    const char *path_end = equals == NULL ? given : equals - changes,
               *value = equals != NULL ? equals + 1 : "";
    if (!frem_utf8_valid(given, strlen(given), NULL) || value[0] == '\0' ||
        !read_keys(a->draft, given, (size_t)(path_end - given), a->line, set))
        return FREM_PROBLEM(a->diags, ((frem_place){FREM_SET_FILE, a->line, 1}), SET_FORM, given);
    for (size_t i = 0; i < set->n_keys; i++) {
        if (set->keys[i].key == NULL)
            return FREM_NO_MEMORY;
    }
    size_t n = find_from(value);
    set->change = (frem_value_change){
        .times = 1, .place = set->keys[set->n_keys - 1].place, .source = a->draft->source};
    if (value[n] != '\0') {
        const char *year = strrchr(value, ' ') + 1;
        frem_merge merge = {.arena = a->draft->arena};
        set->change.from = frem_merge_text(&merge, year, place_at(a, year), a->draft->source);
        if (merge.no_memory)
            return FREM_NO_MEMORY;
    }
    return changes ? read_changing(a, path_end, value, n, set) : read_assigned(a, value, n, set);
}

frem_status frem_sets_read(frem_draft *draft, const char *const *sets, size_t n, frem_diags *diags) {
    draft->sets = frem_arena_alloc(draft->arena, n + 1, sizeof *draft->sets);
    if (draft->sets == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < n; i++) {
        frem_set set = {0};
        frem_status status = read_set(&(argument){draft, diags, sets[i], (unsigned)i + 1}, &set);
        if (status == FREM_OK)
            draft->sets[draft->n_sets++] = set;
        else if (status != FREM_INVALID)
            return status;
        else
            draft->faulty = true;
    }
    return FREM_OK;
}

/* ---- changing what is there ---- */

static const frem_pair *last_key(const setter *s) {
    return &s->set->keys[s->set->n_keys - 1];
}

static frem_node *text_node(setter *s, const char *text) {
    return frem_merge_text(s->merge, text, last_key(s)->place, s->source);
}

/* Says that a set begins in a year and can't. */
static frem_node *refuse_from(setter *s, const char *path) {
    s->fits = false;
    (void)FREM_PROBLEM(s->merge->diags, s->set->change.from->place, SET_FROM, path,
                       s->set->change.from->text);
    return NULL;
}

/* A number that is no value: it has no years. */
static frem_node *change_number(setter *s, const frem_node *lower) {
    const frem_value_change *change = &s->set->change;
    double number;
    return frem_node_number(lower, &number)
               ? frem_merge_number(s->merge, number * change->times + change->add, last_key(s)->place,
                                   s->source)
               : NULL;
}

/* Every value of a map of values. */
static frem_node *change_values(setter *s, frem_node *lower) {
    frem_node *changed = lower->kind == FREM_MAPPING ? frem_merge_copy(s->merge, lower, 0) : NULL;
    for (size_t i = 0; changed != NULL && i < changed->count; i++) {
        frem_node *value = changed->pairs[i].value;
        if (!frem_node_is_null(value))
            value = frem_change_value(s->merge, &s->set->change, value);
        if (value == NULL)
            return NULL;
        changed->pairs[i].value = value;
    }
    return changed;
}

/* Changes the one value of a mapping that a plain number gives. */
static frem_node *change_one(setter *s, const char *key, frem_node *lower) {
    frem_node *mapping = lower->kind == FREM_SCALAR ? frem_merge_wrap(s->merge, key, lower)
                                                    : frem_merge_copy(s->merge, lower, 1);
    const frem_pair *pair = frem_node_pair(mapping, key);
    frem_node *value = pair != NULL ? frem_change_value(s->merge, &s->set->change, pair->value) : NULL;
    if (value == NULL)
        return NULL;
    frem_merge_put(s->merge, mapping, (frem_pair){.key = key, .place = last_key(s)->place, .value = value});
    return mapping;
}

/* The key of the one value that a plain number gives in a mapping; NULL where there is none. */
static const char *one_value(const frem_field *field) {
    frem_field inner;
    bool one = field->type == FREM_T_STRUCT && field->kind->shorthand != NULL &&
               frem_field_inside(field, field->kind->shorthand, &inner) && inner.type == FREM_T_VALUE;
    return one ? field->kind->shorthand : NULL;
}

static bool is_value(const frem_field *field) {
    return field->type == FREM_T_VALUE || field->type == FREM_T_EARLIER;
}

static frem_node *change_it(setter *s, const frem_field *field, frem_node *lower, const char *path) {
    bool plain = field->type == FREM_T_NUMBER || field->type == FREM_T_WHOLE;
    frem_node *changed = NULL;
    if (plain && s->set->change.from != NULL)
        return refuse_from(s, path);
    if (lower == NULL || frem_node_is_null(lower))
        lower = frem_change_start(s->merge, field, last_key(s)->place, s->source);
    if (lower != NULL && is_value(field))
        changed = frem_change_value(s->merge, &s->set->change, frem_change_settle(s->merge, field, lower));
    else if (lower != NULL && plain)
        changed = change_number(s, lower);
    else if (lower != NULL && field->type == FREM_T_VALUES)
        changed = change_values(s, lower);
    else if (lower != NULL && one_value(field) != NULL)
        changed = change_one(s, one_value(field), lower);
    if (changed == NULL && !s->merge->no_memory) {
        s->fits = false;
        (void)FREM_PROBLEM(s->merge->diags, last_key(s)->place, SET_NOT_NUMBER, path);
    }
    return changed;
}

/* What a set says, as its field reads it: from a year on where it says so. NULL where that cannot be. */
static frem_node *assigned(setter *s, const frem_field *field, const char *path) {
    const frem_set *set = s->set;
    const char *one = one_value(field);
    if (set->change.from == NULL)
        return set->value;
    if (!is_value(field) && one == NULL)
        return set->whole != NULL ? set->whole : refuse_from(s, path);
    frem_node *value = set->value;
    if (frem_node_is_null(value) || value->kind == FREM_SEQUENCE || frem_node_pair(value, "from") != NULL)
        return refuse_from(s, path);
    value = value->kind == FREM_SCALAR ? frem_merge_wrap(s->merge, "value", value)
                                       : frem_merge_copy(s->merge, value, 1);
    if (value != NULL)
        frem_merge_put(
            s->merge, value,
            (frem_pair){.key = "from", .place = set->change.from->place, .value = set->change.from});
    return value != NULL && one != NULL ? frem_merge_wrap(s->merge, one, value) : value;
}

/* ---- following the path ---- */

/* The keys that are possible: the names of a kind's fields, or those that a map has. @return their number. */
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

/* The rest of a path with each word that does not fit replaced by the nearest that does, as far as there is one.
 * @param[out] mended whether any was. */
static void mend_rest(setter *s, frem_field field, const frem_node *node, size_t k, frem_text *out,
                      bool *mended) {
    enum { KNOWN_MAX = 1000 };
    const char **known = frem_arena_alloc(s->merge->arena, KNOWN_MAX, sizeof *known);
    s->merge->no_memory = s->merge->no_memory || known == NULL;
    for (; known != NULL && k < s->set->n_keys; k++) {
        const char *key = s->set->keys[k].key, *translated = frem_key_danish(key, true);
        bool names = field.type == FREM_T_MAP || field.type == FREM_T_VALUES;
        frem_field inner;
        if (!frem_field_inside(&field, key, &inner) || (names && frem_node_get(node, key) == NULL)) {
            key = frem_nearest(key, known, list_known(&field, node, known, KNOWN_MAX));
            if (key == NULL && !names && translated != NULL && frem_field_inside(&field, translated, &inner))
                key = translated;
            if (key == NULL || !frem_field_inside(&field, key, &inner))
                return;
            *mended = true;
        }
        frem_text_print(out, "%s%s", k > 0 ? "." : "", key);
        field = inner;
        node = frem_node_get(node, key);
    }
}

/* Lists the paths in a tree that contain the words of the set's path one after the other, the first of them in one text.
 * @param count how many there are. */
static void find_inside(const setter *s, const frem_node *node, const char *path, frem_text *out,
                        size_t *count) {
    enum { LISTED = 6 };
    for (size_t i = 0; node != NULL && node->kind == FREM_MAPPING && i < node->count; i++) {
        frem_text below = {0};
        const frem_node *at = node;
        size_t k = 0;
        frem_text_print(&below, "%s%s%s", path, path[0] != '\0' ? "." : "", node->pairs[i].key);
        for (; k < s->set->n_keys && at != NULL &&
               (k > 0 || strcmp(node->pairs[i].key, s->set->keys[0].key) == 0);
             k++)
            at = frem_node_get(at, s->set->keys[k].key);
        if (k == s->set->n_keys && at != NULL && path[0] != '\0' && (*count)++ < LISTED) {
            frem_text_print(out, "%s%s", *count > 1 ? "', '" : "", path);
            for (k = 0; k < s->set->n_keys; k++)
                frem_text_print(out, ".%s", s->set->keys[k].key);
        }
        if (!below.failed)
            find_inside(s, node->pairs[i].value, below.bytes, out, count);
        frem_text_free(&below);
    }
}

/* Says that the path names nothing from a word on. */
static frem_node *unknown(setter *s, const frem_field *field, const frem_node *node, size_t k) {
    frem_text path = {0}, better = {0};
    bool mended = false;
    size_t inside = 0;
    for (size_t i = 0; i < s->set->n_keys; i++) {
        frem_text_print(&path, "%s%s", i > 0 ? "." : "", s->set->keys[i].key);
        if (i < k)
            frem_text_print(&better, "%s%s", i > 0 ? "." : "", s->set->keys[i].key);
    }
    mend_rest(s, *field, node, k, &better, &mended);
    if (!mended) {
        frem_text_free(&better);
        better = (frem_text){0};
        if (k == 0)
            find_inside(s, node, "", &better, &inside);
        if (k == 0 && inside == 0 && s->set->n_keys == 1 && strchr(s->set->keys[0].key, '/') != NULL) {
            /* As in the name of a file. */
            frem_text_add(&better, s->set->keys[0].key);
            for (char *slash = better.bytes; slash != NULL && (slash = strchr(slash, '/')) != NULL;)
                *slash = '.';
        }
    }
    s->fits = false;
    s->merge->no_memory = s->merge->no_memory || path.failed || better.failed;
    if (!path.failed && !better.failed)
        (void)FREM_PROBLEM(s->merge->diags, s->set->keys[k].place, SET_UNKNOWN, path.bytes, better.bytes);
    frem_text_free(&path);
    frem_text_free(&better);
    return NULL;
}

/* The node as a mapping; a scalar is expanded by the field's shorthand. NULL where there is no node. */
static frem_node *as_mapping(setter *s, const frem_field *field, frem_node *node) {
    double number;
    if (node == NULL || node->kind != FREM_SCALAR)
        return node;
    if (frem_node_is_null(node))
        return NULL;
    if (field->type == FREM_T_STRUCT && field->kind->shorthand != NULL)
        return frem_merge_wrap(s->merge, field->kind->shorthand, node);
    if (field->type == FREM_T_VALUE || field->type == FREM_T_EARLIER)
        return frem_merge_wrap(s->merge, "value", node);
    frem_node *all =
        field->type == FREM_T_VALUES && !frem_node_number(node, &number) ? text_node(s, "1") : NULL;
    return all != NULL ? frem_merge_wrap(s->merge, node->text, all) : NULL;
}

/* Whether a name that a map does not have may be added to it: only with all that it needs. */
static bool may_add(const setter *s, const frem_field *field, size_t k) {
    if (field->type != FREM_T_MAP && field->type != FREM_T_VALUES)
        return true;
    bool last = k + 1 == s->set->n_keys;
    if (s->set->value == NULL) /* what is left out may count as something that can be changed */
        return last && field->type == FREM_T_VALUES && field->without != NULL;
    return last && !frem_node_is_null(s->set->value) &&
           (field->type == FREM_T_VALUES || s->set->value->kind == FREM_MAPPING);
}

static frem_node *lay(setter *s, const frem_field *field, frem_node *node, size_t k, const char *path);

/* The new value at the last word. NULL where the set does not fit. */
static frem_node *finish(setter *s, const frem_field *field, const frem_pair *there, const char *path) {
    frem_node *lower = there != NULL ? there->value : NULL;
    if (s->set->value == NULL)
        return change_it(s, field, lower, path);
    frem_node *value = assigned(s, field, path);
    if (value == NULL)
        return NULL;
    if (!frem_node_is_null(value))
        return frem_merge_field(s->merge, field, lower, value, path);
    if (lower == NULL || frem_node_is_null(lower))
        frem_merge_nothing(s->merge, last_key(s)->place, "", path);
    return value;
}

/* Lays word k and all after it over a node. */
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
