/* Bytes as text: UTF-8, or the eight-bit sets that PX files and older exports are written in. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/problem.h"
#include "base/text.h"
#include "tables/import_table.h"

/* Windows-1252 from 0x80 to 0x9F; 0 where it has no character. The rest is ISO 8859-1. */
static const uint16_t windows_1252[32] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                          0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                          0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                          0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

/* Where ISO 8859-15 differs from ISO 8859-1. */
static const uint16_t latin_9[][2] = {{0xA4, 0x20AC}, {0xA6, 0x0160}, {0xA8, 0x0161}, {0xB4, 0x017D},
                                      {0xB8, 0x017E}, {0xBC, 0x0152}, {0xBD, 0x0153}, {0xBE, 0x0178}};

static uint16_t point_of(unsigned char byte, bool is_latin_9) {
    if (byte >= 0x80 && byte < 0xA0)
        return windows_1252[byte - 0x80];
    for (size_t i = 0; is_latin_9 && i < sizeof latin_9 / sizeof *latin_9; i++) {
        if (latin_9[i][0] == byte)
            return latin_9[i][1];
    }
    return byte;
}

static frem_status bad_byte(const frem_import_file *file, size_t at, const char *set, frem_diags *diags) {
    size_t line = 1, start = 0;
    for (size_t i = 0; i < at; i++) {
        if (file->bytes[i] == '\n') {
            line++;
            start = i + 1;
        }
    }
    char byte[8];
    snprintf(byte, sizeof byte, "0x%02X", (unsigned)(unsigned char)file->bytes[at]);
    /* Bytes before this one are characters of one byte each, or UTF-8. */
    const size_t before = frem_utf8_valid(file->bytes + start, at - start, NULL)
                              ? frem_utf8_count(file->bytes + start, at - start)
                              : at - start;
    const frem_place place = {file->path, (unsigned)line, (unsigned)before + 1};
    return FREM_PROBLEM(diags, place, IMPORT_ENCODING, byte, set);
}

/* Which set a PX file's CODEPAGE names. */
static bool is_named(const char *codepage, const char *const *names, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (strcasecmp(codepage, names[i]) == 0)
            return true;
    }
    return false;
}

static frem_status decode_bytes(const frem_import_file *file, bool is_latin_9, frem_diags *diags, char *text,
                                size_t *size) {
    size_t used = 0;
    for (size_t i = 0; i < file->size; i++) {
        const unsigned char byte = (unsigned char)file->bytes[i];
        const uint16_t point = point_of(byte, is_latin_9);
        if (point == 0)
            return bad_byte(file, i, "Windows-1252", diags);
        if (point < 0x80) {
            text[used++] = (char)point;
        } else if (point < 0x800) {
            text[used++] = (char)(0xC0 | point >> 6);
            text[used++] = (char)(0x80 | (point & 0x3F));
        } else {
            text[used++] = (char)(0xE0 | point >> 12);
            text[used++] = (char)(0x80 | (point >> 6 & 0x3F));
            text[used++] = (char)(0x80 | (point & 0x3F));
        }
    }
    *size = used;
    return FREM_OK;
}

frem_status frem_import_decode(const frem_import_file *file, const char *codepage, frem_diags *diags,
                               char **text, size_t *size) {
    static const char *const unicode[] = {"utf-8", "utf8", "unicode"};
    static const char *const eight_bit[] = {"windows-1252", "cp1252",    "1252",  "ansi",
                                            "iso-8859-1",   "iso8859-1", "latin1"};
    static const char *const latin_9_names[] = {"iso-8859-15", "iso8859-15", "latin9"};
    *text = NULL;
    size_t bad, start = file->size >= 3 && memcmp(file->bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    if (frem_utf8_valid(file->bytes + start, file->size - start, &bad)) {
        *size = file->size - start;
        *text = malloc(*size + 1);
        if (*text == NULL)
            return FREM_NO_MEMORY;
        memcpy(*text, file->bytes + start, *size);
        (*text)[*size] = '\0';
        return FREM_OK;
    }
    const bool is_latin_9 = codepage != NULL && is_named(codepage, latin_9_names, 3);
    if (start > 0 || file->bytes[start + bad] == '\0' || (codepage != NULL && is_named(codepage, unicode, 3)))
        return bad_byte(file, start + bad, "UTF-8", diags);
    if (codepage != NULL && !is_latin_9 && !is_named(codepage, eight_bit, 7))
        return FREM_PROBLEM(diags, ((frem_place){file->path, 1, 1}), IMPORT_CODEPAGE, codepage);
    *text = malloc(3 * file->size + 1);
    if (*text == NULL)
        return FREM_NO_MEMORY;
    const frem_status status = decode_bytes(file, is_latin_9, diags, *text, size);
    if (status == FREM_OK)
        (*text)[*size] = '\0';
    return status;
}
