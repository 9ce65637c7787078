/* The files of a draft: each with all that it extends, lowest first. */
#include <stdlib.h>
#include <string.h>

#include "base/roots.h"
#include "scenario/draft.h"
#include "scenario/meant.h"

/* A limit on the files of a scenario, so that a chain of `extends` ends. */
#define FILES_MAX 64
#define TEXT_OF(number) #number
#define TEXT(number) TEXT_OF(number)

/* A file that has been read. */
typedef struct known {
    const frem_source *source;
    frem_node *root; /* NULL: it has problems, which are reported */
} known;

/* A file that is being read, and the one that extends it. */
typedef struct link link;
struct link {
    const frem_source *source;
    const link *above;
};

typedef struct stack {
    frem_draft *draft;
    frem_diags *diags;
    known known[FILES_MAX];
    size_t n_known;
    known layers[FILES_MAX]; /* lowest first; a file may be here several times */
    size_t n_layers, visits;
} stack;

/* "a.yaml -> b.yaml -> a.yaml", the file that is extended by all others first. */
static void add_chain(frem_text *text, const link *at, const frem_source *first) {
    if (!frem_path_same(at->source->path, first->path))
        add_chain(text, at->above, first);
    frem_text_print(text, "%s -> ", at->source->path);
}

static frem_status check_cycle(stack *s, const link *chain, const frem_source *found, frem_place place) {
    const link *at = chain;
    while (at != NULL && !frem_path_same(at->source->path, found->path))
        at = at->above;
    if (at == NULL)
        return FREM_OK;
    frem_text text = {0};
    add_chain(&text, chain, found);
    frem_text_add(&text, found->path);
    frem_status status =
        text.failed ? FREM_NO_MEMORY : FREM_PROBLEM(s->diags, place, EXTENDS_CYCLE, text.bytes);
    frem_text_free(&text);
    return status;
}

/* The tree of a file, read once. */
static frem_status read_once(stack *s, const frem_source *source, frem_node **root) {
    for (size_t i = 0; i < s->n_known; i++) {
        if (s->known[i].source->path != source->path)
            continue;
        *root = s->known[i].root;
        return *root != NULL ? FREM_OK : FREM_INVALID;
    }
    frem_status status = frem_tree_read(source, s->draft->arena, s->diags, root);
    if (status == FREM_OK)
        status = frem_draft_mend(s->draft, *root, s->diags);
    s->known[s->n_known++] = (known){source, *root};
    return status;
}

static frem_status visit(stack *s, const frem_source *source, const link *above, frem_place place);

/* One name of `extends`. */
static frem_status extend(stack *s, const link *chain, const frem_node *name) {
    const frem_source *found;
    frem_status status = frem_sources_find(s->draft->sources, s->draft->source, chain->source, name->text,
                                           name->place, s->diags, &found);
    if (status == FREM_OK)
        status = check_cycle(s, chain, found, name->place);
    return status == FREM_OK ? visit(s, found, chain, name->place) : status;
}

/* What a file extends, in order. All problems are found. */
static frem_status extend_all(stack *s, const link *chain, const frem_pair *pair) {
    frem_reader reader = {.arena = s->draft->arena, .diags = s->diags};
    frem_field field = {.key = "extends", .type = FREM_T_TEXTS};
    frem_site site = {&field, field.key, pair->place};
    frem_texts texts = {0};
    size_t errors = frem_diags_errors(s->diags);
    if (frem_reader_left_out(&reader, "", pair))
        return frem_diags_errors(s->diags) > errors ? FREM_INVALID : FREM_OK;
    frem_read_texts(&reader, &site, pair->value, &texts);
    if (reader.no_memory)
        return FREM_NO_MEMORY;
    bool alone = pair->value->kind == FREM_SCALAR;
    frem_status result = frem_diags_errors(s->diags) > errors ? FREM_INVALID : FREM_OK;
    size_t n = alone ? 1 : pair->value->count;
    for (size_t i = 0; i < n && texts.count == n; i++) {
        frem_status status = extend(s, chain, alone ? pair->value : pair->value->items[i]);
        if (status != FREM_OK && status != FREM_INVALID)
            return status;
        result = status != FREM_OK ? status : result;
    }
    return result;
}

/* Whether a file has nothing of a scenario in it. Keys that hold texts are in many files. */
static bool is_foreign(const frem_node *root) {
    bool foreign = root->kind == FREM_SCALAR || (root->kind == FREM_MAPPING && root->count > 0);
    for (size_t i = 0; root->kind == FREM_MAPPING && i < root->count && foreign; i++) {
        const char *key = root->pairs[i].key;
        size_t n = strlen(key);
        foreign = !frem_key_is_near(&frem_kind_scenario, key) &&
                  (frem_key_is_text(key, n) || !frem_key_in_scenario(key, n));
    }
    return foreign;
}

/* A key that means `extends` where there is none: without what lies below hardly anything else in the file is right. */
static const frem_pair *misspelt_extends(const frem_node *root) {
    static const char *const name[] = {"extends"};
    frem_field field;
    for (size_t i = 0; root->kind == FREM_MAPPING && frem_node_pair(root, name[0]) == NULL && i < root->count;
         i++) {
        const frem_pair *pair = &root->pairs[i];
        const char *translated = frem_key_danish(pair->key, false);
        if (!frem_field_inside(&frem_field_root, pair->key, &field) &&
            (frem_nearest(pair->key, name, 1) != NULL ||
             (translated != NULL && strcmp(translated, name[0]) == 0)))
            return pair;
    }
    return NULL;
}

static frem_status visit(stack *s, const frem_source *source, const link *above, frem_place place) {
    link here = {source, above};
    frem_node *root;
    if (s->visits++ == FILES_MAX)
        return FREM_PROBLEM(s->diags, place, EXTENDS_MANY, TEXT(FILES_MAX));
    if (s->visits > FILES_MAX)
        return FREM_INVALID;
    frem_status status = read_once(s, source, &root);
    if (status != FREM_OK)
        return status;
    if (is_foreign(root))
        return root->kind == FREM_SCALAR ? FREM_PROBLEM(s->diags, root->place, NOT_A_SCENARIO,
                                                        "it has no keys", "den har ingen nøgler")
                                         : FREM_PROBLEM(s->diags, root->place, NOT_A_SCENARIO,
                                                        "none of its keys is one of a scenario",
                                                        "ingen af dens nøgler hører til et scenarie");
    const frem_pair *misspelt = misspelt_extends(root);
    if (misspelt != NULL)
        return FREM_PROBLEM(s->diags, misspelt->place, UNKNOWN_KEY, misspelt->key, frem_kind_scenario.name,
                            "extends");
    if (root->kind != FREM_MAPPING && above != NULL)
        return FREM_PROBLEM(s->diags, root->place, WRONG_FORM, frem_kind_scenario.name,
                            "a mapping (key: value)", "nøgler med værdier (nøgle: værdi)");
    const frem_pair *extends = frem_node_pair(root, "extends");
    if (extends != NULL)
        status = extend_all(s, &here, extends);
    s->layers[s->n_layers++] = (known){source, root};
    return status;
}

/* What a file lays over others: all but what is about files, and its name unless it is the file itself. */
static frem_node *own_keys(frem_merge *merge, const frem_node *root, bool itself) {
    frem_node *own = frem_merge_copy(merge, root, 0);
    if (own == NULL)
        return NULL;
    own->count = 0;
    for (size_t i = 0; i < root->count; i++) {
        const char *key = root->pairs[i].key;
        bool taken = strcmp(key, "extends") == 0 || strcmp(key, "variants") == 0 ||
                     strcmp(key, "known") == 0 || (!itself && strcmp(key, "name") == 0);
        if (!taken)
            own->pairs[own->count++] = root->pairs[i];
    }
    return own;
}

static frem_status lay_all(stack *s) {
    frem_draft *draft = s->draft;
    frem_node *own = s->layers[s->n_layers - 1].root;
    draft->own = own;
    if (own->kind != FREM_MAPPING) {
        draft->files = own; /* reported when it is read as a scenario */
        return FREM_OK;
    }
    size_t errors = frem_diags_errors(s->diags);
    for (size_t i = 0; i < s->n_layers; i++) {
        frem_merge merge = {.arena = draft->arena, .diags = s->diags, .layer = (unsigned)i};
        frem_node *root = s->layers[i].root, *keys = own_keys(&merge, root, i + 1 == s->n_layers);
        draft->below = draft->files;
        if (keys != NULL)
            draft->files = frem_merge_field(&merge, &frem_field_root, draft->files, keys, "");
        if (merge.no_memory || keys == NULL)
            return FREM_NO_MEMORY;
        frem_draft_named *named[] = {&draft->variants, &draft->known};
        frem_status status = FREM_OK;
        for (size_t k = 0; k < 2 && status == FREM_OK; k++) {
            const frem_pair *pair = frem_node_pair(root, named[k]->key);
            if (pair != NULL)
                status = frem_draft_take_named(draft, named[k], pair, i > 0, s->diags);
        }
        if (status != FREM_OK)
            return status;
    }
    draft->faulty = draft->faulty || frem_diags_errors(s->diags) > errors;
    draft->layers = (unsigned)s->n_layers;
    draft->files->place = own->place;
    draft->files->source = own->source;
    return FREM_OK;
}

frem_status frem_draft_read(frem_draft *draft, frem_diags *diags) {
    stack *s = calloc(1, sizeof *s);
    if (s == NULL)
        return FREM_NO_MEMORY;
    s->draft = draft;
    s->diags = diags;
    frem_status status = visit(s, draft->source, NULL, FREM_NOWHERE);
    if (status == FREM_OK)
        status = lay_all(s);
    free(s);
    return status;
}
