#include "output/json.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

json_t *frem_json_text(const char *text) {
    const size_t n = strlen(text);
    if (frem_utf8_valid(text, n, NULL))
        return json_stringn_nocheck(text, n);

    frem_text replaced = {0};
    frem_text_add_valid(&replaced, text, n);
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

json_t *frem_json_filled(json_t *object, bool filled) {
    if (filled)
        return object;
    json_decref(object);
    return NULL;
}

json_t *frem_json_label(const frem_label *label) {
    json_t *text = json_object();
    return frem_json_filled(text, frem_json_set(text, "en", frem_json_text(label->text[FREM_EN])) &&
                                      frem_json_set(text, "da", frem_json_text(label->text[FREM_DA])));
}

bool frem_json_set_source(json_t *object, const frem_label *source) {
    const char *en = source->text[FREM_EN], *da = source->text[FREM_DA];
    if (en == NULL || da == NULL)
        return true;
    return frem_json_set(object, "source",
                         strcmp(en, da) == 0 ? frem_json_text(en) : frem_json_label(source));
}

json_t *frem_json_note(const frem_note *from) {
    json_t *note = json_object();
    const bool named =
        from->scenario == NULL || frem_json_set(note, "scenario", frem_json_text(from->scenario));
    return frem_json_filled(note, named && frem_json_set(note, "kind", frem_json_text(from->kind)) &&
                                      frem_json_set(note, "what", frem_json_text(from->what)) &&
                                      frem_json_set(note, "text", frem_json_label(&from->text)));
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
