/* Reads a workbook back. The library writes through temporary files and does not notice when they are cut short: such a
 * workbook is a sound zip file of broken or incomplete parts. So each part is unpacked, its checksum compared, its
 * elements counted: they must close as they open, a sheet must have the cells that were written, and their numbers must be
 * numbers. */
#include "output/xlsx/book.h"

#ifdef FREM_HAS_XLSX

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "base/part.h"
#include "base/platform.h"

#define ZLIB_CALLS(X) X(inflateInit2_) X(inflate) X(inflateEnd) X(crc32)

typedef struct zlib_calls {
#define ZLIB_CALL(name) __typeof__(&name) name;
    ZLIB_CALLS(ZLIB_CALL)
#undef ZLIB_CALL
} zlib_calls;

static const frem_part_call call_names[] = {ZLIB_CALLS(FREM_PART_CALL)};

static const frem_part part = {"--format xlsx", "zlib", FREM_ZLIB_LIBRARY, "zlib1g", "zlib1g-dev", false};

enum { TAG_MAX = 16, CHUNK = 65536, END_SIZE = 22, ENTRY_SIZE = 46, LOCAL_SIZE = 30 };

/** The elements of a part of XML, seen in pieces. */
typedef struct elements {
    long depth;
    size_t roots, cells;
    bool in_tag, named, broken;
    bool in_value; /**< after "<v>", which holds a number */
    char name[TAG_MAX];
    size_t length;
    char last; /**< before '>' */
} elements;

static void end_tag(elements *e) {
    e->in_tag = false;
    e->in_value = e->name[0] == 'v' && e->length == 1;
    if (e->name[0] == '?' || e->name[0] == '!')
        return;
    if (e->name[0] == '/') {
        e->depth--;
        e->broken = e->broken || e->depth < 0;
        return;
    }
    e->roots += e->depth == 0;
    e->cells += e->name[0] == 'c' && e->length == 1;
    if (e->last != '/')
        e->depth++;
}

static void read_tag_byte(elements *e, char c) {
    if (c == '<') {
        e->broken = true;
    } else if (c == '>') {
        end_tag(e);
        return;
    } else if (!e->named && (c == ' ' || c == '/') && e->length > 0) {
        e->named = true;
    } else if (!e->named && e->length + 1 < TAG_MAX) {
        e->name[e->length++] = c;
        e->name[e->length] = '\0';
    }
    e->last = c;
}

/* Digits with a point: a locale could have made it a comma. */
static bool is_number(const char *bytes, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (!(bytes[i] >= '0' && bytes[i] <= '9') && memchr("+-.eE", bytes[i], 5) == NULL)
            return false;
    }
    return true;
}

static void read_elements(elements *e, const char *bytes, size_t n) {
    for (size_t i = 0; i < n;) {
        if (e->in_tag) {
            read_tag_byte(e, bytes[i++]);
            continue;
        }
        const char *open = memchr(bytes + i, '<', n - i);
        const size_t text = open != NULL ? (size_t)(open - bytes) - i : n - i;
        e->broken = e->broken || (e->in_value && !is_number(bytes + i, text));
        if (open == NULL)
            return;
        i = (size_t)(open - bytes) + 1;
        e->in_tag = true;
        e->named = false;
        e->length = 0;
        e->last = '\0';
        e->name[0] = '\0';
    }
}

static bool is_whole(const elements *e) {
    return !e->broken && !e->in_tag && e->depth == 0 && e->roots == 1;
}

/** One file of the zip. */
typedef struct entry {
    const char *name;
    size_t name_length;
    const unsigned char *bytes;
    size_t packed, size;
    unsigned long crc;
    unsigned method;
} entry;

static size_t small_at(const unsigned char *at) {
    return (size_t)at[0] | (size_t)at[1] << 8;
}

static size_t large_at(const unsigned char *at) {
    return small_at(at) | small_at(at + 2) << 16;
}

/** Unpacks an entry. @return whether it is whole. */
static bool read_entry(const zlib_calls *call, const entry *of, elements *found) {
    enum { STORED = 0, DEFLATED = 8 };
    char *out = malloc(CHUNK);
    z_stream z = {.next_in = (unsigned char *)(uintptr_t)of->bytes, .avail_in = (unsigned)of->packed};
    if (out == NULL || of->method != DEFLATED || of->packed > UINT32_MAX ||
        call->inflateInit2_(&z, -15, ZLIB_VERSION, (int)sizeof z) != Z_OK) {
        free(out);
        return false;
    }
    unsigned long crc = call->crc32(0, NULL, 0);
    size_t size = 0;
    int code = Z_OK;
    while (code == Z_OK) {
        z.next_out = (unsigned char *)out;
        z.avail_out = CHUNK;
        code = call->inflate(&z, Z_NO_FLUSH);
        const size_t n = CHUNK - z.avail_out;
        crc = call->crc32(crc, (unsigned char *)out, (unsigned)n);
        size += n;
        read_elements(found, out, n);
    }
    (void)call->inflateEnd(&z);
    free(out);
    return code == Z_STREAM_END && size == of->size && crc == of->crc;
}

/** The next entry of the directory. @return false where it points outside the file. */
static bool next_entry(const unsigned char *file, size_t size, size_t *at, entry *out) {
    if (*at + ENTRY_SIZE > size || memcmp(file + *at, "PK\1\2", 4) != 0)
        return false;
    const unsigned char *e = file + *at;
    *out = (entry){.name = (const char *)e + ENTRY_SIZE,
                   .name_length = small_at(e + 28),
                   .packed = large_at(e + 20),
                   .size = large_at(e + 24),
                   .crc = large_at(e + 16),
                   .method = (unsigned)small_at(e + 10)};
    const size_t local = large_at(e + 42);
    *at += ENTRY_SIZE + out->name_length + small_at(e + 30) + small_at(e + 32);
    if (*at > size || local + LOCAL_SIZE > size)
        return false;
    const size_t start = local + LOCAL_SIZE + small_at(file + local + 26) + small_at(file + local + 28);
    out->bytes = file + start;
    return start + out->packed <= size;
}

/** "xl/worksheets/sheet3.xml" is 3; 0 for another name. */
static size_t number_in(const entry *of, const char *before) {
    const size_t n = strlen(before);
    size_t number = 0;
    if (of->name_length <= n || memcmp(of->name, before, n) != 0)
        return 0;
    for (size_t i = n; i < of->name_length && of->name[i] >= '0' && of->name[i] <= '9'; i++)
        number = number * 10 + (size_t)(of->name[i] - '0');
    return number;
}

static bool is_sound(const zlib_calls *call, const unsigned char *file, size_t size, const frem_sheet *sheets,
                     size_t n_sheets, size_t n_charts) {
    size_t at = 0, n_entries = 0, found_sheets = 0, found_charts = 0;
    if (size < END_SIZE || memcmp(file + size - END_SIZE, "PK\5\6", 4) != 0)
        return false;
    n_entries = small_at(file + size - END_SIZE + 10);
    at = large_at(file + size - END_SIZE + 16);
    for (size_t i = 0; i < n_entries; i++) {
        entry of;
        elements found = {.depth = 0};
        if (!next_entry(file, size, &at, &of) || !read_entry(call, &of, &found) || !is_whole(&found))
            return false;
        const size_t sheet = number_in(&of, "xl/worksheets/sheet");
        if (sheet > n_sheets || (sheet > 0 && found.cells != sheets[sheet - 1].cells))
            return false;
        found_sheets += sheet > 0;
        found_charts += number_in(&of, "xl/charts/chart") > 0;
    }
    return found_sheets == n_sheets && found_charts == n_charts;
}

frem_status frem_xlsx_check(const char *path, const frem_sheet *sheets, size_t n_sheets, size_t n_charts,
                            frem_diags *diags) {
    zlib_calls call;
    void *library = NULL;
    frem_status status =
        frem_part_open(&part, call_names, sizeof call_names / sizeof *call_names, &call, &library, diags);
    if (status != FREM_OK)
        return status;
    size_t size = 0;
    const void *file = frem_file_map(path, &size);
    status = FREM_UNWRITABLE;
    if (file != NULL) {
        errno = 0;
        if (is_sound(&call, file, size, sheets, n_sheets, n_charts))
            status = FREM_OK;
        frem_file_unmap(file, size);
    }
    frem_part_close(library);
    return status;
}

#endif
