#include "publish/made.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static const char *text_of(frem_arena *arena, const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    return text != NULL ? frem_arena_text(arena, text, strlen(text)) : NULL;
}

/* "run scenario.yaml --variant base" */
static const char *command_of(frem_arena *arena, const json_t *words) {
    frem_text text = {0};
    frem_text_add(&text, "");
    for (size_t i = 0; i < json_array_size(words); i++) {
        const char *word = json_string_value(json_array_get(words, i));
        frem_text_print(&text, "%s%s", i > 0 ? " " : "", word != NULL ? word : "");
    }
    const char *kept = text.failed ? NULL : frem_arena_text(arena, text.bytes, text.length);
    frem_text_free(&text);
    return kept;
}

static frem_status read_inputs(frem_made *out, frem_arena *arena, const json_t *inputs) {
    const size_t n = json_array_size(inputs);
    frem_made_input *list = frem_arena_alloc(arena, n + 1, sizeof *list);
    if (list == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < n; i++) {
        const json_t *input = json_array_get(inputs, i);
        const frem_made_input one = {text_of(arena, input, "name"), text_of(arena, input, "sha256")};
        if (one.name != NULL && one.sha256 != NULL)
            list[out->n_inputs++] = one;
    }
    out->inputs = list;
    return FREM_OK;
}

frem_status frem_manifest_parse(json_t **out, const char *bytes, size_t n) {
    errno = 0;
    *out = json_loadb(bytes, n, JSON_REJECT_DUPLICATES, NULL);
    /* The library says of the least of its failed allocations that they are such. */
    return *out != NULL ? FREM_OK : errno == ENOMEM ? FREM_NO_MEMORY : FREM_INVALID;
}

frem_status frem_made_read(frem_made *out, frem_arena *arena, const char *bytes, size_t n) {
    json_t *manifest = NULL;
    *out = (frem_made){0};
    const frem_status parsed = frem_manifest_parse(&manifest, bytes, n);
    if (parsed != FREM_OK)
        return parsed;
    const char *program = json_string_value(json_object_get(manifest, "program"));
    if (program == NULL || strcmp(program, "fremskriv") != 0) {
        json_decref(manifest);
        return FREM_INVALID;
    }
    out->version = text_of(arena, manifest, "version");
    out->command = command_of(arena, json_object_get(manifest, "command"));
    const frem_status status = read_inputs(out, arena, json_object_get(manifest, "inputs"));
    json_decref(manifest);
    return out->version != NULL && out->command != NULL ? status : FREM_INVALID;
}
