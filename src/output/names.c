#include "output/names.h"

#include <stdbool.h>
#include <string.h>

const char *frem_table_file(const frem_document *document) {
    return document->kind == FREM_TABLE_PRACTICUM ? FREM_PRACTICUM_CSV : FREM_RESULTS_CSV;
}

#include "base/text.h"

/* With ".resolved.yaml" and a number after it, this stays below the 255 bytes that file systems take. */
#define SAFE_NAME_MAX 200

static bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
}

/** Bytes of the character that starts here; 0 where the bytes are no UTF-8. */
static size_t character_length(const char *bytes) {
    const size_t n = strnlen(bytes, 4);
    for (size_t length = 1; length <= n; length++) {
        if (frem_utf8_valid(bytes, length, NULL))
            return length;
    }
    return 0;
}

static void add_safe(frem_text *text, const char *name) {
    for (const char *at = name; *at != '\0';) {
        const size_t length = character_length(at);
        if (text->length + length > SAFE_NAME_MAX)
            return;
        const bool keeps = length == 1 ? is_plain(*at) && !(text->length == 0 && *at == '.')
                                       : length > 1 && frem_utf8_width(at, length) > 0;
        if (keeps)
            frem_text_add_bytes(text, at, length);
        else
            frem_text_add(text, "_");
        at += length > 0 ? length : 1;
    }
    if (text->length == 0)
        frem_text_add(text, "_");
}

frem_status frem_safe_name(frem_index *taken, const char *name, const char **out) {
    frem_text text = {0};
    frem_status status = FREM_OK;
    add_safe(&text, name);
    const size_t stem = text.length;
    for (unsigned number = 2; !text.failed; number++) {
        const size_t before = frem_index_count(taken);
        size_t ordinal = 0;
        status = frem_index_add(taken, text.bytes, text.length, &ordinal);
        if (status != FREM_OK)
            break;
        if (frem_index_count(taken) > before) {
            *out = frem_index_name(taken, ordinal);
            break;
        }
        text.length = stem;
        frem_text_print(&text, "-%u", number);
    }
    if (text.failed)
        status = FREM_NO_MEMORY;
    frem_text_free(&text);
    return status;
}
