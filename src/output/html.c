#include "output/html.h"

#include <stdint.h>
#include <string.h>

#include "base/source.h"

static const char *entity_of(int32_t point) {
    switch (point) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    case -1:
    case 0xFFFE: /* no characters, which XML forbids */
    case 0xFFFF:
        return "\xEF\xBF\xBD";
    default:
        return point < 0x20 || (point >= 0x7F && point <= 0x9F) ? " " : NULL;
    }
}

/** Adds a text with other texts in place of some characters. @param other that text; NULL where the character is added. */
static void add_with(frem_text *out, const char *text, size_t left, const char *(*other)(int32_t point)) {
    while (left > 0) {
        int32_t point;
        const size_t n = frem_utf8_step(text, left, &point);
        const char *instead = other(point);
        if (instead != NULL)
            frem_text_add(out, instead);
        else
            frem_text_add_bytes(out, text, n);
        text += n;
        left -= n;
    }
}

void frem_html_add(frem_text *out, const char *text) {
    add_with(out, text, strlen(text), entity_of);
}

/** In JSON these characters occur in strings only, where an escape means the same. */
static const char *escape_of(int32_t point) {
    switch (point) {
    case '<':
        return "\\u003c";
    case '>':
        return "\\u003e";
    case '&':
        return "\\u0026";
    case 0x2028:
        return "\\u2028";
    case 0x2029:
        return "\\u2029";
    default:
        return NULL;
    }
}

/** jansson hands over whole characters: it escapes or copies a string in pieces that end between two. */
static int add_piece(const char *bytes, size_t left, void *context) {
    add_with(context, bytes, left, escape_of);
    return 0;
}

frem_status frem_html_add_json(frem_text *out, const json_t *json) {
    const int dumped = json_dump_callback(json, add_piece, out, JSON_COMPACT | JSON_ENCODE_ANY);
    return dumped != 0 || out->failed ? FREM_NO_MEMORY : FREM_OK;
}

static unsigned digit(char hexadecimal) {
    return (unsigned)(hexadecimal <= '9' ? hexadecimal - '0' : hexadecimal - 'a' + 10);
}

void frem_html_add_hash(frem_text *out, const char *bytes, size_t n) {
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char hexadecimal[65];
    frem_sha256(bytes, n, hexadecimal);
    frem_text_add(out, "'sha256-");
    /* 32 bytes are ten groups of three bytes and one of two. */
    for (size_t i = 0; i < 32; i += 3) {
        unsigned group = 0;
        for (size_t k = i; k < i + 3; k++)
            group =
                group << 8 | (k < 32 ? digit(hexadecimal[2 * k]) << 4 | digit(hexadecimal[2 * k + 1]) : 0);
        const char four[4] = {letters[group >> 18 & 63], letters[group >> 12 & 63], letters[group >> 6 & 63],
                              i + 2 < 32 ? letters[group & 63] : '='};
        frem_text_add_bytes(out, four, sizeof four);
    }
    frem_text_add(out, "'");
}
