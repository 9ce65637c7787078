#include "scenario/tree.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <yaml.h>

#include "base/index.h"
#include "base/number.h"
#include "base/problem.h"
#include "scenario/tree_syntax.h"

/* Limits. Aliases count with all that they expand to, in depth and in number, so that walking the tree is as safe
 * as reading it. */
#define DEPTH_MAX 64
#define NODES_MAX 1000000
/* A file with more problems than this is not what its reader thinks it is. */
#define FAULTS_MAX 100
/* Mappings of up to this many keys are searched in order; larger ones get an index. */
#define FEW_KEYS 16
/* More names than this are not searched for the nearest. */
#define NEAREST_MAX 1000
#define SHOWN 60
#define NUMBER_BYTES 24
#define STANDARD_TAG "tag:yaml.org,2002:"

#define TEXT_OF(number) #number
#define TEXT(number) TEXT_OF(number)

/* A node and what the reader must know of it. The node comes first: every frem_node of the tree is one of these. */
typedef struct grown {
    frem_node node;
    size_t size;     /* nodes in it, itself too, aliases counted in full */
    unsigned height; /* levels of collections in it, itself too; 0 for a scalar */
    bool open;       /* its end is not read yet */
} grown;

/* A collection whose end is not read yet. */
typedef struct frame {
    grown *node;
    bool flow;       /* written with brackets */
    bool merge_list; /* the list behind a '<<' */
    void *children;  /* frem_pair or frem_node *, on the heap until the end */
    size_t count;
    size_t capacity;
    size_t size;
    unsigned height;
    /* Mappings only. */
    frem_index *index; /* the keys, once there are many; ordinals are those of children */
    bool has_key;      /* a key was read and its value is next */
    size_t
        plain_begin; /* in braces: where, in characters, the latest value begins; SIZE_MAX: it has quotes or brackets */
    size_t reported;        /* byte up to which texts without ':' are reported */
    bool drop;              /* that key was no good: its value goes nowhere */
    bool merging;           /* that key was '<<' */
    frem_place merge_place; /* of the '<<' ; line 0 before there is one */
    const frem_node *merge; /* its value when it can be merged */
} frame;

typedef struct reader {
    const frem_source *source;
    frem_arena *arena;
    frem_diags *diags;
    yaml_parser_t parser;
    frem_tree_scene scene;
    frem_tree_cursor cursor;
    frem_index *anchors;
    grown **anchored; /* by ordinal in anchors: the latest node of that name */
    size_t anchored_count;
    size_t anchored_capacity;
    frame frames[DEPTH_MAX];
    size_t depth;
    grown *root;
    size_t documents;
    size_t nodes;
    size_t faults;
} reader;

/* Remembers a problem and lets reading go on. */
static frem_status noted(reader *r, frem_status raised) {
    if (raised != FREM_INVALID)
        return raised;
    r->faults++;
    return FREM_OK;
}

static void print_line(char out[NUMBER_BYTES], frem_place place) {
    snprintf(out, NUMBER_BYTES, "%u", place.line);
}

/* The innermost open collection, or NULL. */
static frame *top(reader *r) {
    return r->depth > 0 ? &r->frames[r->depth - 1] : NULL;
}

static frem_status count_nodes(reader *r, size_t size, frem_place place) {
    if (size > NODES_MAX - r->nodes)
        return FREM_PROBLEM(r->diags, place, YAML_NODES, TEXT(NODES_MAX));
    r->nodes += size;
    return FREM_OK;
}

static frem_status register_anchor(reader *r, const char *name, grown *node) {
    size_t ordinal = 0;
    frem_status status = frem_index_add(r->anchors, name, strlen(name), &ordinal);
    if (status == FREM_OK && ordinal == r->anchored_count) {
        void *items = r->anchored;
        status = frem_grow(&items, &r->anchored_capacity, r->anchored_count, sizeof *r->anchored);
        r->anchored = items;
        r->anchored_count += status == FREM_OK;
    }
    if (status == FREM_OK)
        r->anchored[ordinal] = node;
    return status;
}

/* A node that begins at an event. anchor may be NULL. */
static frem_status begin_node(reader *r, frem_node_kind kind, yaml_mark_t mark, const yaml_char_t *anchor,
                              grown **out) {
    frem_place place = frem_tree_place(r->source, mark);
    frem_status status = count_nodes(r, 1, place);
    if (status != FREM_OK)
        return status;
    grown *node = frem_arena_alloc(r->arena, 1, sizeof *node);
    if (node == NULL)
        return FREM_NO_MEMORY;
    node->node.kind = kind;
    node->node.place = place;
    node->node.source = r->source;
    node->size = 1;
    *out = node;
    return anchor == NULL ? FREM_OK : register_anchor(r, (const char *)anchor, node);
}

/* The place of a key among the pairs; the count of pairs when it is new. A new one must be pushed next. */
static frem_status find_key(frame *f, const char *key, size_t *found) {
    const frem_pair *pairs = f->children;
    if (f->index == NULL) {
        for (*found = 0; *found < f->count; ++*found)
            if (strcmp(pairs[*found].key, key) == 0)
                return FREM_OK;
        if (f->count < FEW_KEYS)
            return FREM_OK;
        frem_status status = frem_index_new(&f->index);
        for (size_t i = 0; i < f->count && status == FREM_OK; i++)
            status = frem_index_add(f->index, pairs[i].key, strlen(pairs[i].key), NULL);
        if (status != FREM_OK)
            return status;
    }
    return frem_index_add(f->index, key, strlen(key), found);
}

static frem_status push_pair(frame *f, frem_pair pair) {
    frem_status status = frem_grow(&f->children, &f->capacity, f->count, sizeof pair);
    if (status == FREM_OK)
        ((frem_pair *)f->children)[f->count++] = pair;
    return status;
}

static frem_status duplicate_key(reader *r, frem_place place, const char *key, frem_place first) {
    char shown[4 * SHOWN + 4], line[NUMBER_BYTES];
    frem_tree_cut(key, strlen(key), SHOWN, shown);
    print_line(line, first);
    frem_status status = FREM_PROBLEM(r->diags, place, YAML_DUPLICATE_KEY, shown, line);
    return noted(r, frem_diags_relate(r->diags, status, first));
}

static frem_status take_merge_key(reader *r, frame *f, frem_place at) {
    f->drop = f->merge_place.line > 0;
    if (f->drop)
        return duplicate_key(r, at, "<<", f->merge_place);
    f->merging = true;
    f->merge_place = at;
    return FREM_OK;
}

static frem_status take_name(reader *r, frame *f, const char *key, frem_place at) {
    size_t found = 0;
    frem_status status = find_key(f, key, &found);
    if (status != FREM_OK)
        return status;
    f->drop = found < f->count;
    if (f->drop)
        return duplicate_key(r, at, key, ((frem_pair *)f->children)[found].place);
    return push_pair(f, (frem_pair){.key = key, .place = at});
}

static frem_status take_key(reader *r, frame *f, const frem_node *key, frem_place at, bool alias) {
    f->has_key = true;
    f->merging = false;
    f->drop = true;
    if (alias || key->kind != FREM_SCALAR)
        return noted(r, FREM_PROBLEM(r->diags, at, YAML_KEY_KIND, ""));
    if (key->length == 0)
        return noted(r, FREM_PROBLEM(r->diags, at, YAML_KEY_EMPTY, ""));
    if (frem_node_is_null(key))
        return noted(r, FREM_PROBLEM(r->diags, at, YAML_KEY_NULL, key->text));
    if (!key->quoted && frem_tree_foreign_blank(key->text) > 0)
        return noted(r, frem_tree_tell_blank(r->diags, at, key->text));
    if (!key->quoted && strcmp(key->text, "<<") == 0)
        return take_merge_key(r, f, at);
    return take_name(r, f, key->text, at);
}

static frem_status merge_fault(reader *r, frem_place at) {
    return noted(r, FREM_PROBLEM(r->diags, at, YAML_MERGE, ""));
}

/* The items of an inline list were looked at one by one; those of an aliased list are looked at here. */
static frem_status take_merge(reader *r, frame *f, const frem_node *value, frem_place at, bool alias) {
    if (value->kind == FREM_SCALAR)
        return merge_fault(r, at);
    if (value->kind == FREM_SEQUENCE && alias)
        for (size_t i = 0; i < value->count; i++)
            if (value->items[i]->kind != FREM_MAPPING)
                return merge_fault(r, at);
    f->merge = value;
    return FREM_OK;
}

static frem_status take_item(reader *r, frame *f, frem_node *item, frem_place at) {
    if (f->merge_list && item->kind != FREM_MAPPING)
        return merge_fault(r, at);
    frem_status status = frem_grow(&f->children, &f->capacity, f->count, sizeof item);
    if (status == FREM_OK)
        ((frem_node **)f->children)[f->count++] = item;
    return status;
}

/* Puts a finished node where it belongs.
 * @param at its place; for an alias, that of the alias. */
static frem_status attach(reader *r, grown *child, frem_place at, bool alias) {
    frame *f = top(r);
    if (f == NULL) {
        r->root = child;
        return FREM_OK;
    }
    f->size += child->size;
    if (f->height < child->height)
        f->height = child->height;
    if (f->node->node.kind == FREM_SEQUENCE)
        return take_item(r, f, &child->node, at);
    if (!f->has_key)
        return take_key(r, f, &child->node, at, alias);
    f->has_key = false;
    if (f->drop)
        return FREM_OK;
    if (f->merging)
        return take_merge(r, f, &child->node, at, alias);
    ((frem_pair *)f->children)[f->count - 1].value = &child->node;
    return FREM_OK;
}

static frem_status merge_mapping(frame *f, const frem_node *from) {
    frem_status status = FREM_OK;
    for (size_t i = 0; i < from->count && status == FREM_OK; i++) {
        size_t found = 0;
        status = find_key(f, from->pairs[i].key, &found);
        if (status == FREM_OK && found == f->count)
            status = push_pair(f, from->pairs[i]);
    }
    return status;
}

static frem_status merge(frame *f) {
    if (f->merge == NULL || f->merge->kind == FREM_MAPPING)
        return f->merge == NULL ? FREM_OK : merge_mapping(f, f->merge);
    frem_status status = FREM_OK;
    for (size_t i = 0; i < f->merge->count && status == FREM_OK; i++)
        status = merge_mapping(f, f->merge->items[i]);
    return status;
}

/* What the syntax messages need of the innermost bracket. */
static void note_bracket(reader *r) {
    const frame *f = top(r);
    r->scene.bracket = f != NULL && f->flow ? f->node->node.place : FREM_NOWHERE;
    r->scene.braces = f != NULL && f->node->node.kind == FREM_MAPPING;
}

static void frame_free(frame *f) {
    free(f->children);
    frem_index_free(f->index);
    *f = (frame){0};
}

static frem_status end_collection(reader *r) {
    frame *f = top(r);
    grown *done = f->node;
    frem_node *node = &done->node;
    bool mapping = node->kind == FREM_MAPPING;
    frem_status status = mapping ? merge(f) : FREM_OK;
    if (status != FREM_OK)
        return status;
    size_t child_size = mapping ? sizeof(frem_pair) : sizeof(frem_node *);
    if (f->count > 0) {
        void *children = frem_arena_alloc(r->arena, f->count, child_size);
        if (children == NULL)
            return FREM_NO_MEMORY;
        memcpy(children, f->children, f->count * child_size);
        if (mapping)
            node->pairs = children;
        else
            node->items = children;
    }
    node->count = f->count;
    frem_node_index(r->arena, node);
    done->size = f->size + 1;
    done->height = f->height + 1;
    done->open = false;
    frame_free(f);
    r->depth--;
    note_bracket(r);
    return attach(r, done, node->place, false);
}

/* Shows a tag as people write it. */
static void show_tag(const char *tag, char out[4 * SHOWN + 6]) {
    bool standard = strncmp(tag, STANDARD_TAG, strlen(STANDARD_TAG)) == 0;
    const char *rest = standard ? tag + strlen(STANDARD_TAG) : tag;
    memcpy(out, "!!", 2);
    frem_tree_cut(rest, strlen(rest), SHOWN, out + (standard ? 2 : 0));
}

/* Whether a scalar's text is what its tag says. */
static bool tag_fits(const frem_node *scalar, const char *type) {
    int64_t whole;
    double number;
    if (strcmp(type, "int") == 0)
        return frem_whole_read(scalar->text, scalar->length, &whole) == FREM_NUMBER_OK;
    if (strcmp(type, "float") == 0)
        return frem_number_read(scalar->text, scalar->length, &number) == FREM_NUMBER_OK;
    if (strcmp(type, "bool") == 0)
        return strcmp(scalar->text, "true") == 0 || strcmp(scalar->text, "false") == 0;
    return scalar->length == 0 || strcmp(scalar->text, "~") == 0 || strcmp(scalar->text, "null") == 0;
}

static frem_status check_tag(reader *r, frem_node *node, const yaml_char_t *given) {
    static const struct {
        const char *type;
        frem_node_kind kind;
    } known[] = {{"str", FREM_SCALAR},  {"int", FREM_SCALAR},  {"float", FREM_SCALAR}, {"bool", FREM_SCALAR},
                 {"null", FREM_SCALAR}, {"map", FREM_MAPPING}, {"seq", FREM_SEQUENCE}};
    if (given == NULL)
        return FREM_OK;
    const char *tag = (const char *)given;
    char shown[4 * SHOWN + 6];
    show_tag(tag, shown);
    size_t prefix = strlen(STANDARD_TAG), i = 0, n = sizeof known / sizeof known[0];
    const char *type = strncmp(tag, STANDARD_TAG, prefix) == 0 ? tag + prefix : "";
    while (i < n && strcmp(type, known[i].type) != 0)
        i++;
    if (i == n)
        return noted(r, FREM_PROBLEM(r->diags, node->place, YAML_TAG, shown));
    bool text = strcmp(type, "str") == 0;
    if (node->kind != known[i].kind || (node->kind == FREM_SCALAR && !text && !tag_fits(node, type)))
        return noted(r, FREM_PROBLEM(r->diags, node->place, YAML_TAG_FIT, shown));
    node->quoted = text;
    return FREM_OK;
}

/* Whether a ':' follows a key in braces, perhaps after blanks, breaks and comments. */
static bool has_colon(const frem_source *source, size_t end) {
    const char *bytes = source->bytes;
    for (;;) {
        end += strspn(bytes + end, " \t\r\n");
        if (bytes[end] != '#')
            return bytes[end] == ':';
        end += strcspn(bytes + end, "\r\n");
    }
}

/* `{2018: 3,5}` reads as a key 5 without a value: libyaml asks for no ':'. Such a text is no key, or two of them would
 * be one given twice. @param[out] bare whether the scalar is one. */
static frem_status check_bare_key(reader *r, const yaml_event_t *event, bool *bare) {
    frame *f = top(r);
    *bare = false;
    if (f == NULL || !f->flow || f->node->node.kind != FREM_MAPPING || f->has_key ||
        event->start_mark.index == event->end_mark.index)
        return FREM_OK;
    frem_tree_bare text = {.place = frem_tree_place(r->source, event->start_mark), .before_begin = SIZE_MAX};
    text.begin = frem_tree_seek(r->source, &r->cursor, event->start_mark.index);
    text.end = frem_tree_seek(r->source, &r->cursor, event->end_mark.index);
    if (has_colon(r->source, text.end))
        return FREM_OK;
    *bare = f->has_key = f->drop = true;
    f->merging = false;
    if (text.begin < f->reported)
        return FREM_OK;
    if (f->count > 0 && f->plain_begin != SIZE_MAX) {
        text.before = ((const frem_pair *)f->children)[f->count - 1].key;
        text.before_begin = frem_tree_seek(r->source, &r->cursor, f->plain_begin);
    }
    return noted(r, frem_tree_bare_key(r->source, &text, r->diags, &f->reported));
}

/* Remembers where a value without quotes begins: what follows its ',' may be part of it. */
static void note_plain(frame *f, const yaml_event_t *event, bool plain) {
    if (f != NULL && f->flow && f->has_key && event->start_mark.index != event->end_mark.index)
        f->plain_begin = plain ? event->start_mark.index : SIZE_MAX;
}

static frem_status take_scalar(reader *r, const yaml_event_t *event) {
    const char *value = (const char *)event->data.scalar.value;
    size_t length = event->data.scalar.length;
    bool plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    grown *made = NULL;
    frem_status status = begin_node(r, FREM_SCALAR, event->start_mark, event->data.scalar.anchor, &made);
    if (status != FREM_OK)
        return status;
    frem_node *node = &made->node;
    if (memchr(value, '\0', length) != NULL) {
        status = noted(r, FREM_PROBLEM(r->diags, node->place, YAML_NUL, ""));
        length = strlen(value);
    }
    node->text = frem_nfc(r->arena, value, length);
    if (node->text == NULL)
        return FREM_NO_MEMORY;
    node->length = strlen(node->text);
    node->quoted = !plain;
    if (status == FREM_OK)
        status = check_tag(r, node, event->data.scalar.tag);
    bool bare = false;
    if (status == FREM_OK)
        status = check_bare_key(r, event, &bare);
    if (status != FREM_OK || bare)
        return status;
    note_plain(top(r), event, plain);
    /* YAML has no such value; libyaml lets it pass inside brackets. */
    if (status == FREM_OK && !node->quoted && strcmp(node->text, "-") == 0)
        status = noted(r, FREM_PROBLEM(r->diags, node->place, YAML_DASH_ALONE, ""));
    return status == FREM_OK ? attach(r, made, node->place, false) : status;
}

static frem_status begin_collection(reader *r, const yaml_event_t *event) {
    bool mapping = event->type == YAML_MAPPING_START_EVENT;
    frem_place place = frem_tree_place(r->source, event->start_mark);
    if (r->depth == DEPTH_MAX)
        return FREM_PROBLEM(r->diags, place, YAML_DEPTH, TEXT(DEPTH_MAX));
    const yaml_char_t *anchor =
        mapping ? event->data.mapping_start.anchor : event->data.sequence_start.anchor;
    const yaml_char_t *tag = mapping ? event->data.mapping_start.tag : event->data.sequence_start.tag;
    grown *node = NULL;
    frem_status status =
        begin_node(r, mapping ? FREM_MAPPING : FREM_SEQUENCE, event->start_mark, anchor, &node);
    if (status == FREM_OK)
        status = check_tag(r, &node->node, tag);
    if (status != FREM_OK)
        return status;
    node->open = true;
    frame *parent = top(r);
    if (parent != NULL)
        parent->plain_begin = SIZE_MAX;
    bool merge_list = !mapping && parent != NULL && parent->has_key && parent->merging && !parent->drop;
    bool flow = mapping ? event->data.mapping_start.style == YAML_FLOW_MAPPING_STYLE
                        : event->data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
    r->frames[r->depth++] =
        (frame){.node = node, .flow = flow, .merge_list = merge_list, .plain_begin = SIZE_MAX};
    note_bracket(r);
    return FREM_OK;
}

static frem_status unknown_alias(reader *r, const char *name, frem_place at) {
    size_t n = frem_index_count(r->anchors);
    const char *nearest = n > NEAREST_MAX ? NULL : frem_nearest(name, frem_index_names(r->anchors), n);
    char shown[4 * SHOWN + 4];
    frem_tree_cut(name, strlen(name), SHOWN, shown);
    return noted(r, FREM_PROBLEM(r->diags, at, YAML_UNKNOWN_ALIAS, shown, nearest));
}

static frem_status take_alias(reader *r, const yaml_event_t *event) {
    const char *name = (const char *)event->data.alias.anchor;
    frem_place at = frem_tree_place(r->source, event->start_mark);
    ptrdiff_t ordinal = frem_index_find(r->anchors, name, strlen(name));
    grown *target = ordinal < 0 ? NULL : r->anchored[ordinal];
    frem_status status = FREM_OK;
    if (target == NULL) {
        status = unknown_alias(r, name, at);
    } else if (target->open) {
        char line[NUMBER_BYTES], shown[4 * SHOWN + 4];
        print_line(line, target->node.place);
        frem_tree_cut(name, strlen(name), SHOWN, shown);
        status = noted(r, FREM_PROBLEM(r->diags, at, YAML_ALIAS_CYCLE, shown, line));
    } else {
        if (r->depth + target->height > DEPTH_MAX)
            return FREM_PROBLEM(r->diags, at, YAML_DEPTH, TEXT(DEPTH_MAX));
        status = count_nodes(r, target->size, at);
        return status == FREM_OK ? attach(r, target, at, true) : status;
    }
    if (status != FREM_OK)
        return status;
    /* A node is needed here for the rest to be read; a mapping satisfies values and merges alike. */
    status = begin_node(r, FREM_MAPPING, event->start_mark, NULL, &target);
    return status == FREM_OK ? attach(r, target, at, false) : status;
}

static frem_status take_event(reader *r, const yaml_event_t *event) {
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (r->documents++ > 0)
            return FREM_PROBLEM(r->diags, frem_tree_place(r->source, event->start_mark), YAML_SECOND_DOCUMENT,
                                "");
        return FREM_OK;
    case YAML_ALIAS_EVENT:
        return take_alias(r, event);
    case YAML_SCALAR_EVENT:
        return take_scalar(r, event);
    case YAML_SEQUENCE_START_EVENT:
    case YAML_MAPPING_START_EVENT:
        return begin_collection(r, event);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        return end_collection(r);
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_END_EVENT:
        return FREM_OK;
    }
    return FREM_DEFECT;
}

/* Remembers the latest event for messages about what follows it. The end of a document is no text. */
static void note_event(reader *r, const yaml_event_t *event) {
    if (event->type == YAML_DOCUMENT_END_EVENT)
        return;
    bool scalar = event->type == YAML_SCALAR_EVENT;
    bool plain = scalar && event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    r->scene.last = plain ? FREM_LAST_PLAIN : scalar ? FREM_LAST_QUOTED : FREM_LAST_OTHER;
    r->scene.last_start = event->start_mark;
    r->scene.last_end = event->end_mark;
}

static frem_status read_events(reader *r) {
    frem_status status = FREM_OK;
    for (bool more = true; more && status == FREM_OK;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&r->parser, &event))
            return frem_tree_syntax(&r->parser, &r->scene);
        more = event.type != YAML_STREAM_END_EVENT;
        status = take_event(r, &event);
        note_event(r, &event);
        if (status == FREM_OK && more && r->faults >= FAULTS_MAX)
            status = FREM_PROBLEM(r->diags, frem_tree_place(r->source, event.start_mark), YAML_MANY,
                                  TEXT(FAULTS_MAX));
        yaml_event_delete(&event);
    }
    if (status != FREM_OK || r->faults > 0)
        return status != FREM_OK ? status : FREM_INVALID;
    const frem_node *root = r->root != NULL ? &r->root->node : NULL;
    if (root == NULL || (root->kind == FREM_SCALAR && !root->quoted && root->length == 0))
        return FREM_PROBLEM(r->diags, ((frem_place){r->source->path, 1, 1}), YAML_EMPTY, "");
    return FREM_OK;
}

frem_status frem_tree_read(const frem_source *source, frem_arena *arena, frem_diags *diags,
                           frem_node **root) {
    *root = NULL;
    frem_status status = frem_tree_check_encoding(source, diags);
    if (status != FREM_OK)
        return status;
    reader r = {
        .source = source, .arena = arena, .diags = diags, .scene = {.source = source, .diags = diags}};
    if (!yaml_parser_initialize(&r.parser))
        return FREM_NO_MEMORY;
    size_t bom = frem_tree_bom(source);
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)source->bytes + bom, source->size - bom);
    status = frem_index_new(&r.anchors);
    if (status == FREM_OK)
        status = read_events(&r);
    if (status == FREM_OK)
        *root = &r.root->node;
    while (r.depth > 0)
        frame_free(&r.frames[--r.depth]);
    free(r.anchored);
    frem_index_free(r.anchors);
    yaml_parser_delete(&r.parser);
    return status;
}

/* Mappings of fewer keys are looked through as fast. */
enum { INDEXED_FROM = 32 };

/* FNV-1a */
static uint32_t hash_of(const char *key) {
    uint32_t hash = UINT32_C(2166136261);
    for (; *key != '\0'; key++)
        hash = (hash ^ (unsigned char)*key) * UINT32_C(16777619);
    return hash;
}

void frem_node_index(frem_arena *arena, frem_node *node) {
    uint32_t n = INDEXED_FROM;
    node->slots = NULL;
    if (node->kind != FREM_MAPPING || node->count < INDEXED_FROM || node->count > UINT32_MAX / 4)
        return;
    while (n < 2 * node->count)
        n *= 2;
    uint32_t *slots = frem_arena_alloc(arena, n, sizeof *slots);
    if (slots == NULL)
        return;
    for (uint32_t i = 0; i < node->count; i++) {
        uint32_t at = hash_of(node->pairs[i].key) & (n - 1);
        while (slots[at] != 0)
            at = (at + 1) & (n - 1);
        slots[at] = i + 1;
    }
    node->slots = slots;
    node->n_slots = n;
}

const frem_pair *frem_node_pair(const frem_node *node, const char *key) {
    if (node == NULL || node->kind != FREM_MAPPING)
        return NULL;
    if (node->slots != NULL) {
        uint32_t mask = node->n_slots - 1;
        for (uint32_t at = hash_of(key) & mask; node->slots[at] != 0; at = (at + 1) & mask) {
            if (strcmp(node->pairs[node->slots[at] - 1].key, key) == 0)
                return &node->pairs[node->slots[at] - 1];
        }
        return NULL;
    }
    for (size_t i = 0; i < node->count; i++)
        if (strcmp(node->pairs[i].key, key) == 0)
            return &node->pairs[i];
    return NULL;
}

const frem_node *frem_node_get(const frem_node *node, const char *key) {
    const frem_pair *pair = frem_node_pair(node, key);
    return pair != NULL ? pair->value : NULL;
}

bool frem_node_is_null(const frem_node *node) {
    return node != NULL && node->kind == FREM_SCALAR && !node->quoted &&
           (strcmp(node->text, "~") == 0 || strcmp(node->text, "null") == 0);
}

bool frem_is_year(const char *key) {
    if (strlen(key) != 4)
        return false;
    for (size_t i = 0; i < 4; i++) {
        if (key[i] < '0' || key[i] > '9')
            return false;
    }
    return true;
}
