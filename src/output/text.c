#include "output/text.h"

#include <string.h>

#include "base/harmless.h"
#include "base/locale.h"

void frem_add_label(frem_text *out, const char *label) {
    for (const char *at = label;; at++) {
        const size_t n = strcspn(at, "\t\n\r");
        frem_text_add_all_harmless(out, at, n, "");
        at += n;
        if (*at == '\0')
            return;
        frem_text_add(out, " ");
    }
}

void frem_add_blanks(frem_text *out, size_t n) {
    for (size_t i = 0; i < n; i++)
        frem_text_add(out, " ");
}

void frem_align_right(frem_text *out, size_t from, size_t width) {
    const size_t n = out->length - from, needs = out->failed ? width : frem_utf8_width(out->bytes + from, n);
    const size_t blanks = needs < width ? width - needs : 0;
    frem_add_blanks(out, blanks);
    if (out->failed || blanks == 0)
        return;
    memmove(out->bytes + from + blanks, out->bytes + from, n);
    memset(out->bytes + from, ' ', blanks);
}

void frem_add_right(frem_text *out, const char *text, size_t width) {
    const size_t from = out->length;
    frem_text_add(out, text);
    frem_align_right(out, from, width);
}

void frem_add_wrapped(frem_text *out, const frem_text *paragraph, size_t width, size_t indent) {
    size_t column = 0;
    out->failed = out->failed || paragraph->failed;
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

void frem_add_area(frem_text *out, const frem_document *document, const frem_run *run, const char *region,
                   frem_lang lang) {
    const char *label = frem_document_own_label(document, run->name, "region", region, lang);
    if (label == NULL && strcmp(region, "all") == 0)
        label = run->n_regions > 0 ? frem_word_text(FREM_W_ALL_REGIONS, lang) : NULL;
    else if (label == NULL)
        label = frem_document_label(document, run->name, "region", region, lang);
    if (label == NULL)
        return;
    frem_text_add(out, " · ");
    frem_add_label(out, label);
}

void frem_add_first_gaps(frem_text *out, const frem_document *document, frem_lang lang, size_t width) {
    for (size_t i = 0; i < document->n_scenarios; i++) {
        const char *text = frem_document_first_gap(document, i, lang);
        frem_text paragraph = {0};
        if (text == NULL)
            continue;
        frem_text_add(&paragraph, frem_word_text(FREM_W_NOTE, lang));
        frem_add_label(&paragraph, text);
        out->failed = out->failed || paragraph.failed;
        frem_text_add(out, out->length > 0 ? "\n" : "");
        frem_add_wrapped(out, &paragraph, width, 2);
        frem_text_free(&paragraph);
    }
}
