#include "output/json.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

json_t *frem_json_text(const char *text) {
    size_t n = strlen(text);
    size_t bad = 0;
    if (frem_utf8_valid(text, n, &bad))
        return json_stringn_nocheck(text, n);

    frem_text replaced = {0};
    while (!frem_utf8_valid(text, n, &bad)) {
        frem_text_add_bytes(&replaced, text, bad);
        frem_text_add(&replaced, "\xEF\xBF\xBD");
        text += bad + 1;
        n -= bad + 1;
    }
    frem_text_add_bytes(&replaced, text, n);
    json_t *json = replaced.failed ? NULL : json_stringn_nocheck(replaced.bytes, replaced.length);
    frem_text_free(&replaced);
    return json;
}

json_t *frem_json_whole(unsigned long long value) {
    if (value <= INT64_MAX)
        return json_integer((json_int_t)value);
    char digits[24];
    (void)snprintf(digits, sizeof digits, "%llu", value);
    return json_string_nocheck(digits);
}

bool frem_json_set(json_t *object, const char *key, json_t *value) {
    return json_object_set_new_nocheck(object, key, value) == 0;
}

bool frem_json_push(json_t *array, json_t *value) {
    return json_array_append_new(array, value) == 0;
}

static int write_piece(const char *bytes, size_t n, void *sink) {
    frem_sink_write(sink, bytes, n);
    return 0;
}

frem_status frem_json_write(const json_t *json, frem_stage *stage, const char *name) {
    frem_sink *sink = NULL;
    const frem_status opened = frem_stage_file(stage, name, &sink);
    if (opened != FREM_OK)
        return opened;
    /* The sink takes every byte and keeps its errors, so that jansson can only run out of memory. */
    const int dumped = json_dump_callback(json, write_piece, sink, JSON_INDENT(2));
    frem_sink_write(sink, "\n", 1);
    const frem_status closed = frem_stage_close_file(stage, sink);
    return dumped != 0 ? FREM_NO_MEMORY : closed;
}
