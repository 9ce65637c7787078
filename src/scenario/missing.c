/* What is missing: keys that a mapping lacks, and where and how to write them. */
#include <string.h>

#include "base/problem.h"
#include "scenario/draft.h"

/* Levels of required keys inside a required key that are shown. */
enum { SKETCH_DEPTH = 3 };

/* What a field can hold where that is little to say: its choices, or the only number. */
static void sketch_scalar(frem_text *text, const frem_field *field) {
    if (field != NULL && field->type == FREM_T_CHOICE)
        frem_text_add(text, field->choices + (field->choices[0] == '|'));
    else if (field != NULL && field->type == FREM_T_WHOLE && field->min >= field->max)
        frem_text_print(text, "%.0f", field->min);
    else
        frem_text_add(text, "...");
}

/* "years: {base: ..., until: ...}". @param field NULL: nothing is known of what it holds. */
static void sketch(frem_text *text, const char *key, const frem_field *field, int depth) {
    size_t needed = 0;
    frem_text_print(text, "%s: ", key);
    const frem_kind *kind =
        field != NULL && field->type == FREM_T_STRUCT && depth < SKETCH_DEPTH ? field->kind : NULL;
    for (size_t i = 0; kind != NULL && kind->shorthand == NULL && i < kind->n_fields; i++) {
        if (!(kind->fields[i].flags & FREM_F_REQUIRED))
            continue;
        frem_text_add(text, needed++ == 0 ? "{" : ", ");
        sketch(text, kind->fields[i].key, &kind->fields[i], depth + 1);
    }
    if (needed > 0)
        frem_text_add(text, "}");
    else
        sketch_scalar(text, field);
}

/* The last of the entries of the scenario's own file that a path leads through; NULL where it has none of them. */
static const frem_pair *own_entry(const frem_reader *reader, const char *path) {
    const frem_node *node = reader->scenario->draft != NULL ? reader->scenario->draft->own : NULL;
    const frem_pair *deepest = NULL;
    for (size_t n; node != NULL && node->kind == FREM_MAPPING && *path != '\0';
         path += n + (path[n] == '.')) {
        const frem_node *below = NULL;
        n = strcspn(path, ".");
        for (size_t i = 0; i < node->count; i++) {
            const frem_pair *pair = &node->pairs[i];
            if (strlen(pair->key) == n && strncmp(pair->key, path, n) == 0) {
                deepest = pair;
                below = pair->value;
            }
        }
        node = below;
    }
    return deepest;
}

bool frem_reader_is_below(const frem_reader *reader, frem_place place) {
    const frem_scenario *s = reader->scenario;
    return s->draft != NULL && s->draft->own != NULL && place.file != NULL &&
           strcmp(place.file, s->source->path) != 0 && strcmp(place.file, FREM_SET_FILE) != 0;
}

frem_place frem_reader_own_place(const frem_reader *reader, const char *path, frem_place place) {
    if (!frem_reader_is_below(reader, place))
        return place;
    const frem_pair *own = own_entry(reader, path);
    return own != NULL ? own->place : reader->scenario->draft->own->place;
}

/* "professions: {ssh: {cohorts: {persons: ...}}}". */
static void sketch_path(frem_text *text, const char *path, const char *inside) {
    size_t depth = 0;
    for (size_t n; *path != '\0'; path += n + (path[n] == '.')) {
        n = strcspn(path, ".");
        frem_text_print(text, "%.*s: {", (int)n, path);
        depth++;
    }
    frem_text_add(text, inside);
    while (depth-- > 0)
        frem_text_add(text, "}");
}

void frem_reader_missing(frem_reader *reader, const char *path, frem_place place, const char *key,
                         const frem_field *field, const char *en, const char *da) {
    frem_text inside = {0}, whole = {0};
    const char *shown = path[0] != '\0' ? path : frem_kind_scenario.name;
    sketch(&inside, key, field, 0);
    sketch_path(&whole, path, inside.bytes != NULL ? inside.bytes : "");
    if (inside.failed || whole.failed)
        reader->no_memory = true;
    else if (!frem_reader_is_below(reader, place))
        (void)FREM_PROBLEM(reader->diags, place, MISSING_KEY, shown, key, en, da, inside.bytes);
    else
        (void)frem_diags_relate(reader->diags,
                                FREM_PROBLEM(reader->diags, frem_reader_own_place(reader, path, place),
                                             MISSING_KEY_BELOW, shown, key, en, da, whole.bytes,
                                             reader->scenario->source->path),
                                place);
    frem_text_free(&inside);
    frem_text_free(&whole);
}
