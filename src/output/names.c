#include "output/names.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"

const char *frem_document_table(const frem_document *document) {
    static const char *const names[FREM_TABLE_KINDS] = {[FREM_TABLE_RESULTS] = "results",
                                                        [FREM_TABLE_PRACTICUM] = "practicum",
                                                        [FREM_TABLE_COMPARISON] = "compare",
                                                        [FREM_TABLE_SWEEP] = "sweep"};
    return names[document->kind];
}

const char *frem_table_file(const frem_document *document) {
    static const char *const files[FREM_TABLE_KINDS] = {[FREM_TABLE_RESULTS] = FREM_RESULTS_CSV,
                                                        [FREM_TABLE_PRACTICUM] = FREM_PRACTICUM_CSV,
                                                        [FREM_TABLE_COMPARISON] = FREM_COMPARE_CSV,
                                                        [FREM_TABLE_SWEEP] = FREM_SWEEP_CSV};
    return files[document->kind];
}

char *frem_table_file_as(const frem_document *document, const char *ending) {
    char *name = NULL;
    return asprintf(&name, "%s.%s", frem_document_table(document), ending) < 0 ? NULL : name;
}

double frem_value_shown(double value) {
    char text[FREM_FIXED_MAX];
    double shown = value;
    const size_t n = frem_number_fixed(text, value, 6);
    return frem_number_read(text, n, &shown) == FREM_NUMBER_OK ? shown : value;
}

const char *frem_root_name(frem_root root) {
    switch (root) {
    case FREM_ROOT_COMMAND:
        return "command";
    case FREM_ROOT_BESIDE:
        return "beside";
    case FREM_ROOT_DATA:
        return "data";
    case FREM_ROOT_PROGRAM:
    default:
        return "program";
    }
}

/* With ".resolved.yaml" and a number after it, this stays below the 255 bytes that file systems take. */
#define SAFE_NAME_MAX 200

static bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
}

void frem_add_told(frem_text *out, const frem_document *document, size_t told, frem_lang lang) {
    const frem_told *t = &document->scenarios[told];
    const bool scenarios = frem_document_several(document);
    bool variants = false;
    for (size_t i = 0; i < document->n_scenarios; i++)
        variants = variants || strcmp(document->scenarios[i].variant, "base") != 0;
    if (scenarios || !variants)
        frem_text_add(out, t->title.text[lang]);
    if (scenarios && variants)
        frem_text_add(out, " · ");
    if (variants)
        frem_text_add(out, frem_document_label(document, t->name, "variant", t->variant, lang));
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
