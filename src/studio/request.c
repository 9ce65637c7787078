/* What a request asks for. A member of another kind than is wanted counts as none; the page makes them. */
#include "studio/inside.h"

const char *frem_studio_text(const frem_studio_call *call, const char *key) {
    return json_string_value(json_object_get(call->request, key));
}

double frem_studio_number(const frem_studio_call *call, const char *key, double otherwise) {
    const json_t *value = json_object_get(call->request, key);
    return json_is_number(value) ? json_number_value(value) : otherwise;
}

const char *const *frem_studio_texts(frem_studio_call *call, const char *key, size_t *n) {
    const json_t *value = json_object_get(call->request, key);
    const size_t size = json_is_array(value) ? json_array_size(value) : 1;
    const char **texts = frem_arena_alloc(call->studio->arena, size + 1, sizeof *texts);
    *n = 0;
    call->failed = call->failed || texts == NULL;
    if (texts == NULL)
        return NULL;
    for (size_t i = 0; i < size; i++) {
        const char *text = json_string_value(json_is_array(value) ? json_array_get(value, i) : value);
        if (text != NULL)
            texts[(*n)++] = text;
    }
    return *n > 0 ? texts : NULL;
}

frem_row_choice frem_studio_rows(const frem_studio_call *call) {
    const json_t *rows = json_object_get(call->request, "rows");
    return (frem_row_choice){.measures = json_string_value(json_object_get(rows, "measures")),
                             .regions = json_string_value(json_object_get(rows, "regions")),
                             .years = json_string_value(json_object_get(rows, "years")),
                             .professions = json_string_value(json_object_get(rows, "professions")),
                             .sectors = json_string_value(json_object_get(rows, "sectors"))};
}
