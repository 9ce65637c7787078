#include "output/text.h"

#include <stdbool.h>
#include <string.h>

/** How numbers are written. */
static const struct {
    char thousands;
    char decimal;
} marks[FREM_LANG_COUNT] = {[FREM_EN] = {',', '.'}, [FREM_DA] = {'.', ','}};

void frem_add_label(frem_text *out, const char *label) {
    for (const char *at = label; *at != '\0'; at++) {
        const unsigned char c = (unsigned char)*at;
        const unsigned char next = (unsigned char)at[1];
        if (c == 0xC2 && next >= 0x80 && next <= 0x9F) { /* C1, of which one opens an escape sequence */
            frem_text_add(out, " ");
            at++;
        } else if (c < 0x20 || c == 0x7F) {
            frem_text_add(out, " ");
        } else {
            frem_text_add_bytes(out, at, 1);
        }
    }
}

void frem_add_blanks(frem_text *out, size_t n) {
    for (size_t i = 0; i < n; i++)
        frem_text_add(out, " ");
}

void frem_add_right(frem_text *out, const char *text, size_t width) {
    const size_t needs = frem_utf8_width(text, strlen(text));
    frem_add_blanks(out, needs < width ? width - needs : 0);
    frem_text_add(out, text);
}

void frem_add_wrapped(frem_text *out, const frem_text *paragraph, size_t width, size_t indent) {
    size_t column = 0;
    const char *at = paragraph->bytes != NULL ? paragraph->bytes : "";
    while (*(at += strspn(at, " ")) != '\0') {
        const size_t n = strcspn(at, " ");
        const size_t needs = frem_utf8_width(at, n);
        if (column > 0 && column + 1 + needs > width) {
            frem_text_add(out, "\n");
            frem_add_blanks(out, indent);
            column = indent;
        } else if (column > 0) {
            frem_text_add(out, " ");
            column++;
        }
        frem_text_add_bytes(out, at, n);
        column += needs;
        at += n;
    }
    frem_text_add(out, "\n");
}

void frem_add_grouped(frem_text *out, const char *fixed, frem_lang lang) {
    const size_t whole = strcspn(fixed, ".");
    for (size_t i = 0; fixed[i] != '\0'; i++) {
        const size_t left = i < whole ? whole - i : 0;
        const bool after_digit = i > 0 && fixed[i - 1] != '-';
        if (left > 0 && left % 3 == 0 && after_digit)
            frem_text_add_bytes(out, &marks[lang].thousands, 1);
        frem_text_add_bytes(out, fixed[i] == '.' ? &marks[lang].decimal : &fixed[i], 1);
    }
}

void frem_add_area(frem_text *out, const frem_document *document, const frem_told *told, const char *region,
                   frem_lang lang) {
    static const char *const all_regions[FREM_LANG_COUNT] = {"all regions", "alle områder"};
    const char *label = frem_document_own_label(document, told->name, "region", region, lang);
    if (label == NULL && strcmp(region, "all") == 0)
        label = told->n_regions > 0 ? all_regions[lang] : NULL;
    else if (label == NULL)
        label = frem_document_label(document, told->name, "region", region, lang);
    if (label == NULL)
        return;
    frem_text_add(out, " · ");
    frem_add_label(out, label);
}

void frem_add_first_gaps(frem_text *out, const frem_document *document, frem_lang lang, size_t width) {
    static const char *const note[FREM_LANG_COUNT] = {"Note: ", "Bemærk: "};
    for (size_t i = 0; i < document->n_scenarios; i++) {
        const char *text = frem_document_first_gap(document, i, lang);
        frem_text paragraph = {0};
        if (text == NULL)
            continue;
        frem_text_add(&paragraph, note[lang]);
        frem_add_label(&paragraph, text);
        out->failed = out->failed || paragraph.failed;
        frem_text_add(out, out->length > 0 ? "\n" : "");
        frem_add_wrapped(out, &paragraph, width, 2);
        frem_text_free(&paragraph);
    }
}
