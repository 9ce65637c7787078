/* How a file is written, looked at before it is read as CSV: what it is, its first line, and what parts its columns. */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/locale.h"
#include "base/problem.h"
#include "tables/inside.h"

/* Bytes at the beginning by which the kind of a file is known. */
enum { LOOKED_AT = 4096 };

size_t frem_after_bom(const frem_source *source) {
    return source->size >= 3 && memcmp(source->bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

size_t frem_line_end(const frem_source *source, size_t offset) {
    const char *newline = memchr(source->bytes + offset, '\n', source->size - offset);
    return newline != NULL ? (size_t)(newline - source->bytes) + 1 : source->size;
}

/* ---- files that are no CSV ---- */

enum { FROM_SPREADSHEET, FROM_DOCUMENT, FROM_DATABASE, FROM_ARCHIVE, FROM_WEB, FROM_STATBANK, FROM_ANY };

static const frem_word cures[] = {[FROM_SPREADSHEET] = FREM_W_CURE_SPREADSHEET,
                                  [FROM_DOCUMENT] = FREM_W_CURE_DOCUMENT,
                                  [FROM_DATABASE] = FREM_W_CURE_DATABASE,
                                  [FROM_ARCHIVE] = FREM_W_CURE_ARCHIVE,
                                  [FROM_WEB] = FREM_W_CURE_WEB,
                                  [FROM_STATBANK] = FREM_W_CURE_STATBANK,
                                  [FROM_ANY] = FREM_W_CURE_ANY};

/* Kinds of file by their first bytes, and archives by a text near the beginning that names their contents. */
static const struct {
    const char *begins;
    size_t n;
    const char *holds;
    const char *kind[FREM_LANG_COUNT];
    int cure;
} kinds[] = {
    {"PK\3\4",
     4,
     "opendocument.spreadsheet",
     {"an OpenDocument workbook", "en OpenDocument-projektmappe"},
     FROM_SPREADSHEET},
    {"PK\3\4", 4, "opendocument", {"an OpenDocument file", "et OpenDocument-dokument"}, FROM_DOCUMENT},
    {"PK\3\4", 4, "word/", {"a Word document", "et Word-dokument"}, FROM_DOCUMENT},
    {"PK\3\4", 4, "xl/", {"an Excel workbook", "en Excel-projektmappe"}, FROM_SPREADSHEET},
    {"PK\3\4",
     4,
     "[Content_Types].xml",
     {"an Excel workbook or another Office file", "en Excel-projektmappe eller en anden Office-fil"},
     FROM_SPREADSHEET},
    {"PK\3\4", 4, NULL, {"a zip archive", "et zip-arkiv"}, FROM_ARCHIVE},
    {"PK\5\6", 4, NULL, {"an empty zip archive", "et tomt zip-arkiv"}, FROM_ARCHIVE},
    {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
     8,
     NULL,
     {"an Excel workbook in the old form (.xls), or another Office file",
      "en Excel-projektmappe i den gamle form (.xls) eller en anden Office-fil"},
     FROM_SPREADSHEET},
    {"%PDF", 4, NULL, {"a PDF document", "et PDF-dokument"}, FROM_DOCUMENT},
    {"{\\rtf", 5, NULL, {"an RTF document", "et RTF-dokument"}, FROM_DOCUMENT},
    {"SQLite format 3", 15, NULL, {"an SQLite database", "en SQLite-database"}, FROM_DATABASE},
    {"PAR1", 4, NULL, {"a Parquet file", "en Parquet-fil"}, FROM_DATABASE},
    {"\x1F\x8B", 2, NULL, {"a gzip file", "en gzip-fil"}, FROM_ARCHIVE},
    {"7z\xBC\xAF", 4, NULL, {"a 7-zip archive", "et 7-zip-arkiv"}, FROM_ARCHIVE},
    {"Rar!", 4, NULL, {"a RAR archive", "et RAR-arkiv"}, FROM_ARCHIVE},
    {"\x28\xB5\x2F\xFD", 4, NULL, {"a zstd file", "en zstd-fil"}, FROM_ARCHIVE},
    {"BZh", 3, NULL, {"a bzip2 file", "en bzip2-fil"}, FROM_ARCHIVE},
    {"\xFD"
     "7zXZ",
     5,
     NULL,
     {"an xz file", "en xz-fil"},
     FROM_ARCHIVE},
    {"\x89PNG", 4, NULL, {"an image", "et billede"}, FROM_DOCUMENT},
    {"\xFF\xD8\xFF", 3, NULL, {"an image", "et billede"}, FROM_DOCUMENT},
    {"<!doctype html", 14, NULL, {"a web page", "en webside"}, FROM_WEB},
    {"<html", 5, NULL, {"a web page", "en webside"}, FROM_WEB},
    {"{\"", 2, NULL, {"JSON", "JSON"}, FROM_STATBANK},
    {"CHARSET=", 8, NULL, {"a PX file", "en PX-fil"}, FROM_STATBANK},
    {"AXIS-VERSION=", 13, NULL, {"a PX file", "en PX-fil"}, FROM_STATBANK},
    {"<?xml", 5, NULL, {"an XML file", "en XML-fil"}, FROM_SPREADSHEET},
};

static frem_status raise_kind(const frem_source *source, frem_diags *diags, const char *en, const char *da,
                              int cure) {
    frem_place place = {source->path, 1, 1};
    return FREM_PROBLEM(diags, place, TABLE_OTHER_FILE, en, da, frem_word_text(cures[cure], FREM_EN),
                        frem_word_text(cures[cure], FREM_DA));
}

/* Whether every other byte of a text is NUL, as those of Latin letters in UTF-16 are. */
static bool is_utf16(const char *bytes, size_t n) {
    if (n >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0))
        return true;
    size_t nuls[2] = {0, 0};
    for (size_t i = 0; i < n; i++)
        nuls[i % 2] += bytes[i] == '\0';
    return n >= 8 && (nuls[0] == 0 || nuls[1] == 0) && (nuls[0] + nuls[1]) * 2 > n * 4 / 5;
}

/* Whether a line has characters that no header has; a single one further down is reported with its place. */
static bool has_control(const char *bytes, size_t n) {
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (c < ' ' && c != '\t' && c != '\r' && c != '\n')
            return true;
    }
    return false;
}

static frem_status check_kind(const frem_source *source, frem_diags *diags) {
    size_t start = frem_after_bom(source);
    const char *bytes = source->bytes + start;
    size_t left = source->size - start, n = left < LOOKED_AT ? left : LOOKED_AT;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        const char *holds = kinds[i].holds;
        if (n < kinds[i].n || strncasecmp(bytes, kinds[i].begins, kinds[i].n) != 0 ||
            (holds != NULL && memmem(bytes, n, holds, strlen(holds)) == NULL))
            continue;
        /* A text may begin with these letters; what is no text has bytes that no text has. */
        bool letters = kinds[i].begins[0] == 'B' || kinds[i].begins[0] == 'R' || kinds[i].begins[0] == '7' ||
                       strcmp(kinds[i].begins, "PAR1") == 0;
        if (!letters || memchr(bytes, '\0', n) != NULL)
            return raise_kind(source, diags, kinds[i].kind[FREM_EN], kinds[i].kind[FREM_DA], kinds[i].cure);
    }
    if (is_utf16(bytes, n))
        return FREM_PROBLEM(diags, ((frem_place){source->path, 1, 1}), TABLE_UTF16, "");
    size_t first = frem_line_end(source, start) - start;
    if (has_control(bytes, first < n ? first : n))
        return raise_kind(source, diags, "a binary file", "en binær fil", FROM_ANY);
    return FREM_OK;
}

/* Lines that all end with a carriage return alone. */
static frem_status check_lines(const frem_source *source, frem_diags *diags) {
    const char *end = memchr(source->bytes, '\r', source->size);
    if (end == NULL || memchr(source->bytes, '\n', source->size) != NULL ||
        end + 1 == source->bytes + source->size)
        return FREM_OK;
    return FREM_PROBLEM(diags, ((frem_place){source->path, 1, 1}), TABLE_RETURNS, "");
}

/* ---- what parts the columns ---- */

/* The first of each mark outside quotes in a line; its end where there is none. */
typedef struct first_marks {
    size_t comma, semicolon, tab;
} first_marks;

static first_marks find_marks(const frem_source *source, size_t start, size_t end) {
    first_marks first = {end, end, end};
    bool quoted = false;
    for (size_t i = start; i < end; i++) {
        char c = source->bytes[i];
        size_t *mark = c == ',' ? &first.comma : c == ';' ? &first.semicolon : c == '\t' ? &first.tab : NULL;
        if (c == '"')
            quoted = !quoted;
        else if (!quoted && mark != NULL && *mark == end)
            *mark = i;
    }
    return first;
}

/* "sep=;", in quotes or not, as spreadsheets write it into the first line. @return the mark, or 0. */
static char said_mark(const frem_source *source, size_t start, size_t end) {
    const char *at = source->bytes + start;
    size_t n = end - start;
    n -= n > 0 && at[n - 1] == '\n';
    n -= n > 0 && at[n - 1] == '\r';
    if (n == 7 && at[0] == '"' && at[6] == '"')
        return strncasecmp(at + 1, "sep=", 4) == 0 ? at[5] : '\0';
    return n == 5 && strncasecmp(at, "sep=", 4) == 0 ? at[4] : '\0';
}

/* A sheet's rows above its header are empty. */
static frem_dialect of_sheet(const frem_source *source) {
    frem_dialect sheet = {0, 1, ',', '.'};
    for (; sheet.start < source->size && source->bytes[sheet.start] == '\n'; sheet.start++)
        sheet.line++;
    return sheet;
}

frem_status frem_dialect_find(const frem_source *source, frem_diags *diags, frem_dialect *out) {
    if (source->book != NULL) {
        *out = of_sheet(source);
        return FREM_OK;
    }
    frem_status status = check_kind(source, diags);
    if (status == FREM_OK)
        status = check_lines(source, diags);
    if (status != FREM_OK)
        return status;
    size_t start = frem_after_bom(source), end = frem_line_end(source, start);
    char said = said_mark(source, start, end);
    *out = (frem_dialect){start, 1, ',', '.'};
    if (said != '\0') {
        *out = (frem_dialect){end, 2, said, said == ';' ? ',' : '.'};
        if (said == ',' || said == ';')
            return FREM_OK;
    }
    first_marks first = find_marks(source, out->start, frem_line_end(source, out->start));
    end = frem_line_end(source, out->start);
    if (said != '\0' || (first.comma == end && first.semicolon == end && first.tab < end))
        return FREM_PROBLEM(diags, frem_row_place(source, start, 1, said != '\0' ? start : first.tab),
                            TABLE_TABS, "");
    if (first.comma < end && first.semicolon < end)
        return FREM_PROBLEM(
            diags,
            frem_row_place(source, start, 1, first.comma > first.semicolon ? first.comma : first.semicolon),
            TABLE_SEPARATORS, "");
    if (first.semicolon < end) {
        out->separator = ';';
        out->decimal = ',';
    }
    return FREM_OK;
}
