#include "output/xlsx/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_MAX_UNITS = 31 };

#define ELLIPSIS "\xE2\x80\xA6"
#define REPLACEMENT "\xEF\xBF\xBD"

static size_t units(int32_t point) {
    return point >= 0x10000 ? 2 : 1;
}

static bool is_control(int32_t point) {
    return (point >= 0 && point < 0x20 && point != '\n') || (point >= 0x7F && point <= 0x9F) ||
           point == 0xFFFE || point == 0xFFFF;
}

void frem_add_cell(frem_text *out, const char *text, size_t max) {
    const size_t n = strlen(text);
    size_t used = 0, cut = out->length; /* where the text ends if it has to be cut */
    for (size_t i = 0; i < n;) {
        int32_t point = 0;
        const size_t length = frem_utf8_step(text + i, n - i, &point);
        if (point == '\t')
            frem_text_add(out, " ");
        else if (point < 0)
            frem_text_add(out, REPLACEMENT);
        else if (!is_control(point))
            frem_text_add_bytes(out, text + i, length);
        used += is_control(point) && point != '\t' ? 0 : units(point);
        i += length;
        if (used <= max - 1)
            cut = out->length;
        if (used > max && !out->failed) {
            out->length = cut;
            frem_text_add(out, ELLIPSIS);
            return;
        }
    }
    if (out->bytes == NULL)
        frem_text_add(out, "");
}

/* Letters, digits, '_' and '.', which formulas take without quotes. */
static bool is_bare(const char *name) {
    return name[strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.")] == '\0';
}

/* "A1" and "R" are cells in a formula, and "2030" a number: an underscore makes them names. */
static void make_a_name(frem_text *name) {
    char plain[NAME_MAX_UNITS * 4 + 8];
    if (name->failed || !is_bare(name->bytes) || name->length > NAME_MAX_UNITS)
        return;
    if (name->length > 2 && strpbrk(name->bytes, "0123456789") == NULL && name->bytes[0] != '.' &&
        strcmp(name->bytes, "History") != 0)
        return;
    const bool before = strspn(name->bytes, "0123456789.") > 0;
    (void)snprintf(plain, sizeof plain, "%s%.30s%s", before ? "_" : "", name->bytes, before ? "" : "_");
    name->length = 0;
    frem_text_add(name, plain);
}

/* The label without what a sheet's name can't have. */
static void add_name(frem_text *out, const char *label, size_t max) {
    frem_text plain = {0}, cut = {0};
    frem_add_cell(&plain, label, 400);
    for (char *at = plain.bytes; at != NULL && *at != '\0'; at++) {
        if (strchr("[]:*?/\\", *at) != NULL)
            *at = '-';
        else if (*at == '\n')
            *at = ' ';
    }
    for (const char *at = plain.bytes; at != NULL && *at != '\0'; at++) {
        if (*at == '\'')
            frem_text_add(&cut, "\xE2\x80\x99");
        else
            frem_text_add_bytes(&cut, at, 1);
    }
    const char *start = cut.bytes != NULL ? cut.bytes + strspn(cut.bytes, " ") : "";
    frem_add_cell(out, start, max);
    while (out->length > 0 && out->bytes[out->length - 1] == ' ')
        out->bytes[--out->length] = '\0';
    if (out->length == 0)
        frem_text_add(out, "-");
    out->failed = out->failed || plain.failed || cut.failed;
    frem_text_free(&plain);
    frem_text_free(&cut);
}

/* Notes a name without regard to case. @param[out] fresh whether it was not there. */
static frem_status take_name(frem_index *taken, const frem_text *name, bool *fresh) {
    frem_arena *arena = NULL;
    frem_status status = frem_arena_new(&arena);
    if (status != FREM_OK)
        return status;
    const char *folded = frem_folded(arena, name->bytes, name->length);
    const size_t before = frem_index_count(taken);
    status = folded == NULL ? FREM_NO_MEMORY : frem_index_add(taken, folded, strlen(folded), NULL);
    *fresh = frem_index_count(taken) > before;
    frem_arena_free(arena);
    return status;
}

frem_status frem_sheet_name(frem_index *taken, const char *label, char **out) {
    *out = NULL;
    for (unsigned number = 1; *out == NULL; number++) {
        char tail[16] = "";
        if (number > 1)
            (void)snprintf(tail, sizeof tail, " (%u)", number);
        frem_text name = {0};
        add_name(&name, label, NAME_MAX_UNITS - strlen(tail));
        make_a_name(&name);
        frem_text_add(&name, tail);
        bool fresh = false;
        frem_status status = name.failed ? FREM_NO_MEMORY : take_name(taken, &name, &fresh);
        if (status == FREM_OK && fresh) {
            *out = strdup(name.bytes);
            status = *out == NULL ? FREM_NO_MEMORY : FREM_OK;
        }
        frem_text_free(&name);
        if (status != FREM_OK)
            return status;
    }
    return FREM_OK;
}
