/* The parts of a workbook, read as XML a piece after another. Nothing is unpacked to a file, and no part names a file outside
 * the archive; each is read once, as far as its limit. */
#include "tables/workbook_inside.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/problem.h"

#ifdef FREM_HAS_WORKBOOKS

/* What a part may be large once it is unpacked. */
enum { PART_MIB_MAX = 128, CHUNK = 65536 };
#define PART_MAX ((size_t)PART_MIB_MAX << 20)

static frem_place at_book(const frem_workbook *book) {
    return (frem_place){book->source->path, 0, 0};
}

static frem_status damaged(const frem_workbook *book, const char *part) {
    return FREM_PROBLEM(book->diags, at_book(book), BOOK_PART, part);
}

static const char *local_name(const char *name) {
    const char *colon = strrchr(name, ':');
    return colon != NULL ? colon + 1 : name;
}

const char *frem_part_attribute(const char **attributes, const char *name) {
    for (; *attributes != NULL; attributes += 2)
        if (strcmp(local_name(*attributes), name) == 0)
            return attributes[1];
    return NULL;
}

void frem_part_stop(frem_part_reader *reader, frem_status status) {
    if (reader->status == FREM_OK)
        reader->status = status;
    (void)reader->book->xml.XML_StopParser(reader->parser, XML_FALSE);
}

static void opens(void *user, const XML_Char *element, const XML_Char **attributes) {
    frem_part_reader *reader = user;
    if (reader->status == FREM_OK)
        reader->opens(reader, local_name(element), attributes);
}

static void closes(void *user, const XML_Char *element) {
    frem_part_reader *reader = user;
    if (reader->status == FREM_OK && reader->closes != NULL)
        reader->closes(reader, local_name(element));
}

static void collects(void *user, const XML_Char *bytes, int n) {
    frem_part_reader *reader = user;
    if (!reader->collects || reader->status != FREM_OK)
        return;
    frem_text_add_bytes(&reader->text, bytes, (size_t)n);
    if (reader->text.failed)
        frem_part_stop(reader, FREM_NO_MEMORY);
}

/* A document type is where entities are declared that grow beyond all bounds, or name files. */
static void refuse_doctype(void *user, const XML_Char *name, const XML_Char *system, const XML_Char *public,
                           int inside) {
    frem_part_reader *reader = user;
    (void)name;
    (void)system;
    (void)public;
    (void)inside;
    reader->doctype = true;
    frem_part_stop(reader, FREM_INVALID);
}

static int hexadecimal(char c) {
    const char *digits = "0123456789abcdef";
    const char *at = c != '\0' ? strchr(digits, c >= 'A' && c <= 'F' ? c + ('a' - 'A') : c) : NULL;
    return at != NULL ? (int)(at - digits) : -1;
}

/* The code point of "_x000D_" at the beginning of a text; -1 where there is none that a text has. */
static int escaped(const char *at) {
    int point = 0;
    if (at[0] != '_' || at[1] != 'x')
        return -1;
    for (size_t i = 2; i < 6; i++) {
        const int digit = hexadecimal(at[i]);
        if (digit < 0)
            return -1;
        point = point * 16 + digit;
    }
    return at[6] == '_' && point > 0 && (point < 0xD800 || point > 0xDFFF) ? point : -1;
}

static size_t put_point(char *out, int point) {
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    if (point < 0x800) {
        out[0] = (char)(0xC0 | (point >> 6));
        out[1] = (char)(0x80 | (point & 0x3F));
        return 2;
    }
    out[0] = (char)(0xE0 | (point >> 12));
    out[1] = (char)(0x80 | ((point >> 6) & 0x3F));
    out[2] = (char)(0x80 | (point & 0x3F));
    return 3;
}

const char *frem_part_text(frem_part_reader *reader) {
    const char *text = reader->text.length > 0 ? reader->text.bytes : "";
    char *own = frem_arena_text(reader->book->arena, text, reader->text.length);
    reader->text.length = 0;
    if (own == NULL) {
        frem_part_stop(reader, FREM_NO_MEMORY);
        return "";
    }
    char *to = own;
    for (const char *at = own; *at != '\0';) {
        const int point = *at == '_' ? escaped(at) : -1;
        if (point >= 0) {
            to += put_point(to, point);
            at += 7;
        } else {
            *to++ = *at++;
        }
    }
    *to = '\0';
    return own;
}

/* The place of a part in the archive, -1 where it lacks. One of two names that differ by case alone is not chosen. */
frem_status frem_part_find(const frem_workbook *book, const char *part, zip_int64_t *out) {
    const zip_int64_t n = book->zips.zip_get_num_entries(book->zip, 0);
    *out = -1;
    for (zip_int64_t i = 0; i < n; i++) {
        const char *name = book->zips.zip_get_name(book->zip, (zip_uint64_t)i, 0);
        if (name == NULL || strcasecmp(name, part) != 0)
            continue;
        if (*out >= 0)
            return damaged(book, part);
        *out = i;
    }
    return FREM_OK;
}

static frem_status too_large(const frem_workbook *book, const char *part) {
    char most[16];
    (void)snprintf(most, sizeof most, "%d", PART_MIB_MAX);
    return FREM_PROBLEM(book->diags, at_book(book), BOOK_LARGE, part, most);
}

/* Whether a part can be unpacked, and how large it says that it is. */
static frem_status look_at_part(const frem_workbook *book, const char *part, zip_int64_t at) {
    zip_stat_t stat = {0};
    if (book->zips.zip_stat_index(book->zip, (zip_uint64_t)at, 0, &stat) != 0)
        return damaged(book, part);
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE)
        return FREM_PROBLEM(book->diags, at_book(book), BOOK_PROTECTED, "");
    if ((stat.valid & ZIP_STAT_SIZE) != 0 && stat.size > PART_MAX)
        return too_large(book, part);
    return FREM_OK;
}

static frem_status not_xml(const frem_part_reader *reader) {
    const frem_workbook *book = reader->book;
    char line[32];
    if (reader->doctype)
        return FREM_PROBLEM(book->diags, at_book(book), BOOK_DOCTYPE, reader->part);
    (void)snprintf(line, sizeof line, "%lu",
                   (unsigned long)book->xml.XML_GetCurrentLineNumber(reader->parser));
    const enum XML_Error error = book->xml.XML_GetErrorCode(reader->parser);
    if (error == XML_ERROR_NO_MEMORY)
        return FREM_NO_MEMORY;
    return FREM_PROBLEM(book->diags, at_book(book), BOOK_XML, reader->part, line,
                        book->xml.XML_ErrorString(error));
}

/* Parses what the archive gives, a piece after another. */
static frem_status parse_part(frem_part_reader *reader, zip_file_t *file) {
    const frem_workbook *book = reader->book;
    char *chunk = frem_arena_alloc(book->arena, CHUNK, 1);
    size_t read = 0;
    zip_int64_t got = 1;
    if (chunk == NULL)
        return FREM_NO_MEMORY;
    while (got > 0) {
        got = book->zips.zip_fread(file, chunk, CHUNK);
        if (got < 0)
            return damaged(book, reader->part);
        read += (size_t)got;
        if (read > PART_MAX)
            return too_large(book, reader->part);
        const enum XML_Status parsed = book->xml.XML_Parse(reader->parser, chunk, (int)got, got == 0);
        if (reader->status != FREM_OK && !reader->doctype)
            return reader->status;
        if (parsed != XML_STATUS_OK)
            return not_xml(reader);
    }
    return FREM_OK;
}

frem_status frem_part_read(frem_part_reader *reader) {
    const frem_workbook *book = reader->book;
    zip_int64_t at;
    frem_status status = frem_part_find(book, reader->part, &at);
    if (status == FREM_OK && at < 0)
        status = FREM_PROBLEM(book->diags, at_book(book), BOOK_LACKS, reader->part);
    if (status == FREM_OK)
        status = look_at_part(book, reader->part, at);
    if (status != FREM_OK)
        return status;
    zip_file_t *file = book->zips.zip_fopen_index(book->zip, (zip_uint64_t)at, 0);
    if (file == NULL)
        return damaged(book, reader->part);
    reader->parser = book->xml.XML_ParserCreate(NULL);
    status = reader->parser == NULL ? FREM_NO_MEMORY : FREM_OK;
    if (status == FREM_OK) {
        book->xml.XML_SetUserData(reader->parser, reader);
        book->xml.XML_SetElementHandler(reader->parser, opens, closes);
        book->xml.XML_SetCharacterDataHandler(reader->parser, collects);
        book->xml.XML_SetStartDoctypeDeclHandler(reader->parser, refuse_doctype);
        status = parse_part(reader, file);
        book->xml.XML_ParserFree(reader->parser);
    }
    (void)book->zips.zip_fclose(file);
    frem_text_free(&reader->text);
    return status;
}

#endif
