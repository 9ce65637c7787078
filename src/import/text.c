/* Bytes as text: what is no text of a table at all, UTF-8, and the eight-bit sets that PX files and older exports are
 * written in. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/problem.h"
#include "base/text.h"
#include "import/table.h"

/* ---- other kinds of files ---- */

static bool begins(const frem_import_file *file, const char *with, size_t n) {
    return file->size >= n && memcmp(file->bytes, with, n) == 0;
}

/* UTF-16 has a mark at the start, or a zero in every other of the first bytes, which are ASCII in all formats. */
static const char *wide_set(const frem_import_file *file) {
    const char *b = file->bytes;
    if (begins(file, "\xFF\xFE\0\0", 4) || begins(file, "\0\0\xFE\xFF", 4))
        return "UTF-32";
    if (begins(file, "\xFF\xFE", 2) || begins(file, "\xFE\xFF", 2))
        return "UTF-16";
    if (file->size < 4)
        return NULL;
    const bool odd = b[1] == '\0' && b[3] == '\0', even = b[0] == '\0' && b[2] == '\0';
    return odd != even ? "UTF-16" : NULL;
}

/* Whether the bytes hold a word, in any case. */
static bool has_word(const char *bytes, size_t n, const char *word) {
    const size_t m = strlen(word);
    for (size_t i = 0; i + m <= n; i++) {
        if (strncasecmp(bytes + i, word, m) == 0)
            return true;
    }
    return false;
}

static frem_status check_markup(const frem_import_file *file, size_t at, frem_diags *diags) {
    static const char *const words[] = {"<html", "<!doctype html", "<table"};
    const frem_place start = {file->path, 1, 1};
    const size_t n = file->size - at < 1024 ? file->size - at : 1024;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (has_word(file->bytes + at, n, words[i]))
            return FREM_PROBLEM(diags, start, IMPORT_HTML, "");
    }
    return FREM_PROBLEM(diags, start, IMPORT_OTHER_KIND, "XML");
}

frem_status frem_import_check_kind(const frem_import_file *file, frem_diags *diags) {
    static const struct {
        const char *bytes;
        size_t n;
        const char *name;
    } kinds[] = {{"PK\x03\x04", 4, "ZIP (xlsx, ods)"},
                 {"PK\x05\x06", 4, "ZIP"},
                 {"\xD0\xCF\x11\xE0", 4, "XLS"},
                 {"%PDF", 4, "PDF"},
                 {"\x1F\x8B", 2, "GZIP"},
                 {"SQLite format 3", 15, "SQLite"},
                 {"PAR1", 4, "Parquet"},
                 {"\x89PNG", 4, "PNG"}};
    const frem_place start = {file->path, 1, 1};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (begins(file, kinds[i].bytes, kinds[i].n))
            return FREM_PROBLEM(diags, start, IMPORT_OTHER_KIND, kinds[i].name);
    }
    const char *wide = wide_set(file);
    if (wide != NULL)
        return FREM_PROBLEM(diags, start, IMPORT_WIDE, wide);
    size_t at = begins(file, "\xEF\xBB\xBF", 3) ? 3 : 0;
    while (at < file->size && memchr(" \t\r\n", file->bytes[at], 4) != NULL)
        at++;
    if (at == file->size)
        return FREM_PROBLEM(diags, start, IMPORT_EMPTY, "");
    return file->bytes[at] == '<' ? check_markup(file, at, diags) : FREM_OK;
}

/* ---- character sets ---- */

typedef enum eight_bit { UTF_8, WINDOWS_1252, LATIN_9, CP850, CP858, CP865, CP437, UNKNOWN_SET } eight_bit;

static const char *const set_names[] = {"UTF-8", "Windows-1252", "ISO-8859-15", "CP850",
                                        "CP858", "CP865",        "CP437"};

/* Windows-1252 from 0x80 to 0x9F; 0 where it has no character. The rest is ISO 8859-1. */
static const uint16_t windows_1252[32] = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                          0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                          0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                          0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

/* Where ISO 8859-15 differs from ISO 8859-1. */
static const uint16_t latin_9[][2] = {{0xA4, 0x20AC}, {0xA6, 0x0160}, {0xA8, 0x0161}, {0xB4, 0x017D},
                                      {0xB8, 0x017E}, {0xBC, 0x0152}, {0xBD, 0x0153}, {0xBE, 0x0178}};

/* The code pages of DOS from 0x80 on. CP858 is CP850 with the euro; CP437 has three signs where CP865 has others. */
static const uint16_t cp850[128] = {
    0x00C7, 0x00FC, 0x00E9, 0x00E2, 0x00E4, 0x00E0, 0x00E5, 0x00E7, 0x00EA, 0x00EB, 0x00E8, 0x00EF, 0x00EE,
    0x00EC, 0x00C4, 0x00C5, 0x00C9, 0x00E6, 0x00C6, 0x00F4, 0x00F6, 0x00F2, 0x00FB, 0x00F9, 0x00FF, 0x00D6,
    0x00DC, 0x00F8, 0x00A3, 0x00D8, 0x00D7, 0x0192, 0x00E1, 0x00ED, 0x00F3, 0x00FA, 0x00F1, 0x00D1, 0x00AA,
    0x00BA, 0x00BF, 0x00AE, 0x00AC, 0x00BD, 0x00BC, 0x00A1, 0x00AB, 0x00BB, 0x2591, 0x2592, 0x2593, 0x2502,
    0x2524, 0x00C1, 0x00C2, 0x00C0, 0x00A9, 0x2563, 0x2551, 0x2557, 0x255D, 0x00A2, 0x00A5, 0x2510, 0x2514,
    0x2534, 0x252C, 0x251C, 0x2500, 0x253C, 0x00E3, 0x00C3, 0x255A, 0x2554, 0x2569, 0x2566, 0x2560, 0x2550,
    0x256C, 0x00A4, 0x00F0, 0x00D0, 0x00CA, 0x00CB, 0x00C8, 0x0131, 0x00CD, 0x00CE, 0x00CF, 0x2518, 0x250C,
    0x2588, 0x2584, 0x00A6, 0x00CC, 0x2580, 0x00D3, 0x00DF, 0x00D4, 0x00D2, 0x00F5, 0x00D5, 0x00B5, 0x00FE,
    0x00DE, 0x00DA, 0x00DB, 0x00D9, 0x00FD, 0x00DD, 0x00AF, 0x00B4, 0x00AD, 0x00B1, 0x2017, 0x00BE, 0x00B6,
    0x00A7, 0x00F7, 0x00B8, 0x00B0, 0x00A8, 0x00B7, 0x00B9, 0x00B3, 0x00B2, 0x25A0, 0x00A0};
static const uint16_t cp865[128] = {
    0x00C7, 0x00FC, 0x00E9, 0x00E2, 0x00E4, 0x00E0, 0x00E5, 0x00E7, 0x00EA, 0x00EB, 0x00E8, 0x00EF, 0x00EE,
    0x00EC, 0x00C4, 0x00C5, 0x00C9, 0x00E6, 0x00C6, 0x00F4, 0x00F6, 0x00F2, 0x00FB, 0x00F9, 0x00FF, 0x00D6,
    0x00DC, 0x00F8, 0x00A3, 0x00D8, 0x20A7, 0x0192, 0x00E1, 0x00ED, 0x00F3, 0x00FA, 0x00F1, 0x00D1, 0x00AA,
    0x00BA, 0x00BF, 0x2310, 0x00AC, 0x00BD, 0x00BC, 0x00A1, 0x00AB, 0x00A4, 0x2591, 0x2592, 0x2593, 0x2502,
    0x2524, 0x2561, 0x2562, 0x2556, 0x2555, 0x2563, 0x2551, 0x2557, 0x255D, 0x255C, 0x255B, 0x2510, 0x2514,
    0x2534, 0x252C, 0x251C, 0x2500, 0x253C, 0x255E, 0x255F, 0x255A, 0x2554, 0x2569, 0x2566, 0x2560, 0x2550,
    0x256C, 0x2567, 0x2568, 0x2564, 0x2565, 0x2559, 0x2558, 0x2552, 0x2553, 0x256B, 0x256A, 0x2518, 0x250C,
    0x2588, 0x2584, 0x258C, 0x2590, 0x2580, 0x03B1, 0x00DF, 0x0393, 0x03C0, 0x03A3, 0x03C3, 0x00B5, 0x03C4,
    0x03A6, 0x0398, 0x03A9, 0x03B4, 0x221E, 0x03C6, 0x03B5, 0x2229, 0x2261, 0x00B1, 0x2265, 0x2264, 0x2320,
    0x2321, 0x00F7, 0x2248, 0x00B0, 0x2219, 0x00B7, 0x221A, 0x207F, 0x00B2, 0x25A0, 0x00A0};

static bool is_dos(eight_bit set) {
    return set == CP850 || set == CP858 || set == CP865 || set == CP437;
}

static uint16_t point_of(unsigned char byte, eight_bit set) {
    if (byte < 0x80)
        return byte;
    if (set == CP850 || set == CP858)
        return set == CP858 && byte == 0xD5 ? 0x20AC : cp850[byte - 0x80];
    if (set == CP437 && (byte == 0x9B || byte == 0x9D || byte == 0xAF))
        return byte == 0x9B ? 0xA2 : byte == 0x9D ? 0xA5 : 0xBB;
    if (set == CP865 || set == CP437)
        return cp865[byte - 0x80];
    if (byte < 0xA0)
        return windows_1252[byte - 0x80];
    for (size_t i = 0; set == LATIN_9 && i < sizeof latin_9 / sizeof *latin_9; i++) {
        if (latin_9[i][0] == byte)
            return latin_9[i][1];
    }
    return byte;
}

/* The set that a PX file's CODEPAGE names, its letters and digits alone compared: "ISO-8859-1" is "iso8859_1". */
static eight_bit find_set(const char *codepage) {
    static const struct {
        const char *name;
        eight_bit set;
    } names[] = {{"utf8", UTF_8},
                 {"unicode", UTF_8},
                 {"65001", UTF_8},
                 {"1252", WINDOWS_1252},
                 {"ansi", WINDOWS_1252},
                 {"ascii", WINDOWS_1252},
                 {"usascii", WINDOWS_1252},
                 {"iso88591", WINDOWS_1252},
                 {"latin1", WINDOWS_1252},
                 {"28591", WINDOWS_1252},
                 {"iso885915", LATIN_9},
                 {"latin9", LATIN_9},
                 {"28605", LATIN_9},
                 {"850", CP850},
                 {"oem", CP850},
                 {"dos", CP850},
                 {"858", CP858},
                 {"865", CP865},
                 {"437", CP437}};
    static const char *const before[] = {"windows", "win", "cp", "ibm", "pc", "dos"};
    char plain[32];
    size_t n = 0;
    for (const char *at = codepage; *at != '\0' && n + 1 < sizeof plain; at++) {
        if (isalnum((unsigned char)*at))
            plain[n++] = (char)tolower((unsigned char)*at);
    }
    plain[n] = '\0';
    const char *name = plain;
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
        const size_t m = strlen(before[i]);
        if (strncmp(plain, before[i], m) == 0 && isdigit((unsigned char)plain[m]))
            name = plain + m;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(names[i].name, name) == 0)
            return names[i].set;
    }
    return UNKNOWN_SET;
}

static frem_place byte_place(const frem_import_file *file, size_t at) {
    size_t line = 1, start = 0;
    for (size_t i = 0; i < at; i++) {
        if (file->bytes[i] == '\n') {
            line++;
            start = i + 1;
        }
    }
    /* Bytes before this one are characters of one byte each, or UTF-8. */
    const size_t before = frem_utf8_valid(file->bytes + start, at - start, NULL)
                              ? frem_utf8_count(file->bytes + start, at - start)
                              : at - start;
    return (frem_place){file->path, (unsigned)line, (unsigned)before + 1};
}

static void name_byte(const frem_import_file *file, size_t at, char out[8]) {
    snprintf(out, 8, "0x%02X", (unsigned)(unsigned char)file->bytes[at]);
}

static frem_status bad_byte(const frem_import_file *file, size_t at, const char *set, frem_diags *diags) {
    char byte[8];
    name_byte(file, at, byte);
    return FREM_PROBLEM(diags, byte_place(file, at), IMPORT_ENCODING, byte, set);
}

static bool is_letter(const frem_import_file *file, size_t at) {
    if (at >= file->size)
        return false;
    const char c = file->bytes[at];
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The bytes of å, æ and ø in the code pages of DOS are signs in Windows-1252 that no word holds. */
static bool is_dos_letter(const frem_import_file *file, size_t at) {
    const unsigned char byte = (unsigned char)file->bytes[at];
    const bool after = at > 0 && is_letter(file, at - 1), before = is_letter(file, at + 1);
    return (byte == 0x86 && before) || ((byte == 0x91 || byte == 0x9B) && after && before);
}

static frem_status decode_bytes(const frem_import_file *file, eight_bit set, frem_diags *diags, char *text,
                                size_t *size) {
    size_t used = 0;
    for (size_t i = 0; i < file->size; i++) {
        const uint16_t point = point_of((unsigned char)file->bytes[i], set);
        if (point == 0 || (!is_dos(set) && is_dos_letter(file, i)))
            return bad_byte(file, i, set_names[set], diags);
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

/* A PX file that names no set is in CP850. Where it has letters of Windows-1252 and none of CP850, it only forgot to. */
static frem_status check_unnamed(const frem_import_file *file, frem_diags *diags) {
    size_t first = file->size;
    for (size_t i = 0; i < file->size; i++) {
        const unsigned char byte = (unsigned char)file->bytes[i];
        if (byte >= 0x80 && byte <= 0xA5)
            return FREM_OK;
        if (byte >= 0xC0 && first == file->size)
            first = i;
    }
    if (first == file->size)
        return FREM_OK;
    char byte[8];
    name_byte(file, first, byte);
    return FREM_PROBLEM(diags, byte_place(file, first), IMPORT_NO_CHARSET, byte);
}

/* Ends the text. Lines that end with CR alone, as on old Macintoshes, are made to end as others do. */
static void finish(char *text, size_t size) {
    text[size] = '\0';
    if (memchr(text, '\n', size) != NULL)
        return;
    for (char *at = text; (at = memchr(at, '\r', size - (size_t)(at - text))) != NULL;)
        *at = '\n';
}

frem_status frem_import_decode(const frem_import_file *file, const char *codepage, bool named,
                               frem_diags *diags, char **text, size_t *size) {
    *text = NULL;
    size_t bad, start = begins(file, "\xEF\xBB\xBF", 3) ? 3 : 0;
    if (frem_utf8_valid(file->bytes + start, file->size - start, &bad)) {
        *size = file->size - start;
        *text = malloc(*size + 1);
        if (*text == NULL)
            return FREM_NO_MEMORY;
        memcpy(*text, file->bytes + start, *size);
        finish(*text, *size);
        return FREM_OK;
    }
    const eight_bit set = codepage != NULL ? find_set(codepage) : WINDOWS_1252;
    if (start > 0 || file->bytes[start + bad] == '\0' || set == UTF_8)
        return bad_byte(file, start + bad, "UTF-8", diags);
    if (set == UNKNOWN_SET)
        return FREM_PROBLEM(diags, ((frem_place){file->path, 1, 1}), IMPORT_CODEPAGE, codepage);
    frem_status status = named ? FREM_OK : check_unnamed(file, diags);
    if (status != FREM_OK)
        return status;
    *text = malloc(3 * file->size + 1);
    if (*text == NULL)
        return FREM_NO_MEMORY;
    status = decode_bytes(file, set, diags, *text, size);
    if (status == FREM_OK)
        finish(*text, *size);
    return status;
}
