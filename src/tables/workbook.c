/* Workbooks: their sheets, and what sheets share. */
#include "tables/workbook.h"

#include <stdlib.h>
#include <string.h>

#include "base/part.h"
#include "base/problem.h"
#include "tables/workbook_inside.h"

/* Old Office files, which those with a password are inside. */
static const char compound[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

static bool begins(const frem_source *source, const char *bytes, size_t n) {
    return source->size >= n && memcmp(source->bytes, bytes, n) == 0;
}

/* Whether an old Office file holds one with a password. */
static bool is_protected(const frem_source *source) {
    static const char name[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    return begins(source, compound, sizeof compound - 1) &&
           memmem(source->bytes, source->size, name, sizeof name - 1) != NULL;
}

bool frem_may_be_workbook(const frem_source *source) {
    enum { LOOKED_AT = 4096 };
    const size_t n = source->size < LOOKED_AT ? source->size : LOOKED_AT;
    return (begins(source, "PK\3\4", 4) && memmem(source->bytes, n, "opendocument", 12) == NULL &&
            memmem(source->bytes, n, "word/", 5) == NULL) ||
           is_protected(source);
}

static frem_place at_book(const frem_source *source) {
    return (frem_place){source->path, 0, 0};
}

static const frem_part zip_part = {"table: FILE.xlsx",  "libzip",
#ifdef FREM_HAS_WORKBOOKS
                                   FREM_LIBZIP_LIBRARY,
#else
                                   NULL,
#endif
                                   "libzip4",           "libzip-dev", false};

#ifndef FREM_HAS_WORKBOOKS

frem_status frem_workbook_sheet(frem_sources *sources, const frem_source *book, const char *sheet,
                                frem_place asked_at, frem_diags *diags, const frem_source **out) {
    (void)sources;
    (void)sheet;
    (void)asked_at;
    *out = NULL;
    if (is_protected(book))
        return FREM_PROBLEM(diags, at_book(book), BOOK_PROTECTED, "");
    return frem_part_refuse(&zip_part, diags);
}

#else

static const frem_part expat_part = {"table: FILE.xlsx", "Expat",         FREM_EXPAT_LIBRARY,
                                     "libexpat1",        "libexpat1-dev", false};
static const frem_part_call zip_names[] = {FREM_ZIP_CALLS(FREM_PART_CALL)};
static const frem_part_call expat_names[] = {FREM_EXPAT_CALLS(FREM_PART_CALL)};

/* How long a path in the archive may be. */
enum { PATH_MAX_BYTES = 1024 };

/* ---- what names what ---- */

/* A target as seen from a part, as a path in the archive. @return NULL where it leads out of it, or when out of memory. */
static const char *resolve(const frem_workbook *book, const char *from, const char *target) {
    char path[PATH_MAX_BYTES];
    size_t n = 0;
    const char *slash = strrchr(from, '/');
    if (target[0] != '/' && slash != NULL && (size_t)(slash - from) < sizeof path) {
        n = (size_t)(slash - from);
        memcpy(path, from, n);
    }
    for (const char *at = target; *at != '\0';) {
        const size_t step = strcspn(at, "/");
        if (step == 2 && memcmp(at, "..", 2) == 0) {
            if (n == 0)
                return NULL;
            while (n > 0 && path[n - 1] != '/')
                n--;
            n -= n > 0;
        } else if (step > 0 && !(step == 1 && at[0] == '.')) {
            if (n + step + 2 > sizeof path)
                return NULL;
            if (n > 0)
                path[n++] = '/';
            memcpy(path + n, at, step);
            n += step;
        }
        at += step + (at[step] == '/');
    }
    return frem_arena_text(book->arena, path, n);
}

static bool ends_with(const char *text, const char *end) {
    const size_t n = strlen(text), m = strlen(end);
    return n >= m && strcmp(text + n - m, end) == 0;
}

/* The relations of a part: where the parts are that it names. */
typedef struct relations {
    const char *from;     /* the part that they are of; "" for the archive */
    const char *workbook; /* found */
} relations;

static void take_relation(frem_part_reader *reader, const char *element, const char **attributes) {
    relations *of = reader->of;
    frem_workbook *book = reader->book;
    if (strcmp(element, "Relationship") != 0)
        return;
    const char *type = frem_part_attribute(attributes, "Type"),
               *target = frem_part_attribute(attributes, "Target"),
               *id = frem_part_attribute(attributes, "Id"),
               *mode = frem_part_attribute(attributes, "TargetMode");
    if (type == NULL || target == NULL || (mode != NULL && strcmp(mode, "External") == 0))
        return;
    const char *path = resolve(book, of->from, target);
    if (path == NULL)
        return;
    if (ends_with(type, "/officeDocument"))
        of->workbook = path;
    else if (ends_with(type, "/sharedStrings"))
        book->strings_path = path;
    else if (ends_with(type, "/styles"))
        book->styles_path = path;
    for (size_t i = 0; i < book->n_sheets && id != NULL && ends_with(type, "/worksheet"); i++)
        if (strcmp(book->sheets[i].id, id) == 0)
            book->sheets[i].path = path;
}

static bool is_on(const char *flag) {
    return flag != NULL && (strcmp(flag, "1") == 0 || strcmp(flag, "true") == 0);
}

static void take_workbook(frem_part_reader *reader, const char *element, const char **attributes) {
    frem_workbook *book = reader->book;
    if (strcmp(element, "workbookPr") == 0)
        book->from_1904 = is_on(frem_part_attribute(attributes, "date1904"));
    if (strcmp(element, "calcPr") == 0)
        book->stale = is_on(frem_part_attribute(attributes, "fullCalcOnLoad"));
    const char *name = frem_part_attribute(attributes, "name"), *id = frem_part_attribute(attributes, "id");
    if (strcmp(element, "sheet") != 0 || name == NULL || id == NULL)
        return;
    void *sheets = book->sheets;
    frem_status status = frem_grow(&sheets, &book->sheets_capacity, book->n_sheets, sizeof *book->sheets);
    book->sheets = sheets;
    const char *own_name = frem_nfc(book->arena, name, strlen(name)),
               *own_id = frem_arena_text(book->arena, id, strlen(id));
    if (status != FREM_OK || own_name == NULL || own_id == NULL)
        frem_part_stop(reader, FREM_NO_MEMORY);
    else
        book->sheets[book->n_sheets++] = (frem_workbook_part){own_name, own_id, NULL};
}

/* "xl/_rels/workbook.xml.rels" of "xl/workbook.xml". NULL when out of memory. */
static const char *relations_of(const frem_workbook *book, const char *part) {
    const char *slash = strrchr(part, '/');
    const int n = slash != NULL ? (int)(slash + 1 - part) : 0;
    return frem_arena_print(book->arena, "%.*s_rels/%s.rels", n, part, part + n);
}

/* Drops sheets of other kinds, such as charts. */
static void keep_sheets_of_cells(frem_workbook *book) {
    size_t kept = 0;
    for (size_t i = 0; i < book->n_sheets; i++)
        if (book->sheets[i].path != NULL)
            book->sheets[kept++] = book->sheets[i];
    book->n_sheets = kept;
}

static frem_status find_sheets(frem_workbook *book) {
    relations of = {.from = ""};
    zip_int64_t at;
    frem_part_reader root = {.book = book, .part = "_rels/.rels", .of = &of, .opens = take_relation};
    frem_status status = frem_part_find(book, root.part, &at);
    if (status == FREM_OK && at < 0)
        return FREM_PROBLEM(book->diags, at_book(book->source), BOOK_NONE, "");
    if (status == FREM_OK)
        status = frem_part_read(&root);
    if (status != FREM_OK)
        return status;
    if (of.workbook == NULL)
        return FREM_PROBLEM(book->diags, at_book(book->source), BOOK_NONE, "");
    if (ends_with(of.workbook, ".bin"))
        return FREM_PROBLEM(book->diags, at_book(book->source), BOOK_BINARY, "");
    if (!ends_with(of.workbook, "workbook.xml") && !ends_with(of.workbook, "Workbook.xml"))
        return FREM_PROBLEM(book->diags, at_book(book->source), BOOK_NONE, "");
    frem_part_reader whole = {.book = book, .part = of.workbook, .opens = take_workbook};
    status = frem_part_read(&whole);
    of.from = of.workbook;
    frem_part_reader named = {
        .book = book, .part = relations_of(book, of.workbook), .of = &of, .opens = take_relation};
    if (status == FREM_OK)
        status = named.part != NULL ? frem_part_read(&named) : FREM_NO_MEMORY;
    if (status == FREM_OK)
        keep_sheets_of_cells(book);
    return status;
}

/* ---- shared strings ---- */

typedef struct string_reading {
    bool in_item, in_phonetic;
} string_reading;

static void open_string(frem_part_reader *reader, const char *element, const char **attributes) {
    string_reading *at = reader->of;
    (void)attributes;
    if (strcmp(element, "si") == 0)
        at->in_item = true;
    if (strcmp(element, "rPh") == 0)
        at->in_phonetic = true;
    reader->collects = at->in_item && !at->in_phonetic && strcmp(element, "t") == 0;
}

static void close_string(frem_part_reader *reader, const char *element) {
    string_reading *at = reader->of;
    frem_workbook *book = reader->book;
    reader->collects = false;
    if (strcmp(element, "rPh") == 0)
        at->in_phonetic = false;
    if (strcmp(element, "si") != 0)
        return;
    at->in_item = false;
    void *strings = book->strings;
    const frem_status status =
        frem_grow(&strings, &book->strings_capacity, book->n_strings, sizeof *book->strings);
    book->strings = strings;
    if (status != FREM_OK)
        frem_part_stop(reader, status);
    else
        book->strings[book->n_strings++] = frem_part_text(reader);
}

/* ---- formats of cells ---- */

/* What a format of one's own makes of a number: marks of a day or a time of day outside quotes make it a date. */
static frem_cell_form form_of(const char *code) {
    for (const char *at = code; *at != '\0' && *at != ';'; at++) {
        if (*at == '"') {
            const char *end = strchr(at + 1, '"');
            if (end == NULL)
                return FREM_CELL_NUMBER;
            at = end;
        } else if (*at == '[') {
            const char *end = strchr(at, ']');
            if (end == NULL)
                return FREM_CELL_NUMBER;
            const size_t n = (size_t)(end - at) - 1;
            if (n > 0 && strspn(at + 1, "hHmMsS") == n)
                return FREM_CELL_ELAPSED;
            at = end;
        } else if (*at == '\\' || *at == '_' || *at == '*') {
            at += at[1] != '\0';
        } else if (strchr("dDmMyYhHsS", *at) != NULL) {
            return FREM_CELL_DATE;
        }
    }
    return FREM_CELL_NUMBER;
}

/* Formats that every workbook has. */
static frem_cell_form built_in(long id) {
    if (id == 46)
        return FREM_CELL_ELAPSED;
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || id == 45 || id == 47 || (id >= 50 && id <= 58)
               ? FREM_CELL_DATE
               : FREM_CELL_NUMBER;
}

typedef struct own_format {
    long id;
    frem_cell_form form;
} own_format;

typedef struct style_reading {
    own_format *own;
    size_t n, capacity;
    bool in_cells;
} style_reading;

static void take_style(frem_part_reader *reader, const char *element, const char **attributes) {
    style_reading *at = reader->of;
    frem_workbook *book = reader->book;
    const char *id = frem_part_attribute(attributes, "numFmtId"),
               *code = frem_part_attribute(attributes, "formatCode");
    const long number = id != NULL ? strtol(id, NULL, 10) : 0;
    frem_status status = FREM_OK;
    if (strcmp(element, "cellXfs") == 0) {
        at->in_cells = true;
    } else if (strcmp(element, "numFmt") == 0 && code != NULL) {
        status = frem_grow((void **)&at->own, &at->capacity, at->n, sizeof *at->own);
        if (status == FREM_OK)
            at->own[at->n++] = (own_format){number, form_of(code)};
    } else if (at->in_cells && strcmp(element, "xf") == 0) {
        frem_cell_form form = built_in(number);
        for (size_t i = 0; i < at->n; i++)
            form = at->own[i].id == number ? at->own[i].form : form;
        status = frem_grow((void **)&book->forms, &book->forms_capacity, book->n_forms, sizeof *book->forms);
        if (status == FREM_OK)
            book->forms[book->n_forms++] = form;
    }
    if (status != FREM_OK)
        frem_part_stop(reader, status);
}

static void leave_style(frem_part_reader *reader, const char *element) {
    style_reading *at = reader->of;
    if (strcmp(element, "cellXfs") == 0)
        at->in_cells = false;
}

/* ---- the workbook ---- */

static frem_status read_shared(frem_workbook *book) {
    string_reading strings = {false, false};
    style_reading styles = {0};
    frem_part_reader texts = {.book = book,
                              .part = book->strings_path,
                              .of = &strings,
                              .opens = open_string,
                              .closes = close_string};
    frem_part_reader looks = {
        .book = book, .part = book->styles_path, .of = &styles, .opens = take_style, .closes = leave_style};
    frem_status status = texts.part != NULL ? frem_part_read(&texts) : FREM_OK;
    if (status == FREM_OK && looks.part != NULL)
        status = frem_part_read(&looks);
    free(styles.own);
    return status;
}

static frem_status open_archive(frem_workbook *book) {
    frem_status status = frem_part_open(&zip_part, zip_names, sizeof zip_names / sizeof *zip_names,
                                        &book->zips, &book->zip_library, book->diags);
    if (status == FREM_OK)
        status = frem_part_open(&expat_part, expat_names, sizeof expat_names / sizeof *expat_names,
                                &book->xml, &book->expat_library, book->diags);
    if (status != FREM_OK)
        return status;
    zip_source_t *bytes =
        book->zips.zip_source_buffer_create(book->source->bytes, book->source->size, 0, NULL);
    if (bytes == NULL)
        return FREM_NO_MEMORY;
    book->zip = book->zips.zip_open_from_source(bytes, ZIP_RDONLY, NULL);
    if (book->zip == NULL) {
        book->zips.zip_source_free(bytes);
        return FREM_PROBLEM(book->diags, at_book(book->source), BOOK_ARCHIVE, "");
    }
    return FREM_OK;
}

static void close_book(frem_workbook *book) {
    if (book->zip != NULL)
        book->zips.zip_discard(book->zip);
    frem_part_close(book->zip_library);
    frem_part_close(book->expat_library);
    free(book->sheets);
    free(book->strings);
    free(book->forms);
    frem_arena_free(book->arena);
}

static void list_sheets(const frem_workbook *book, frem_text *list) {
    enum { LISTED = 12 };
    for (size_t i = 0; i < book->n_sheets && i < LISTED; i++)
        frem_text_print(list, "%s'%s'", i > 0 ? ", " : "", book->sheets[i].name);
    frem_text_add(list, book->n_sheets > LISTED ? ", …" : "");
}

/* Finds the sheet that is asked for, or the only one. */
static frem_status choose(const frem_workbook *book, const char *name, frem_place asked_at,
                          const frem_workbook_part **out) {
    frem_text list = {0};
    const char *own = name != NULL ? frem_nfc(book->arena, name, strlen(name)) : NULL;
    const char **names = frem_arena_alloc(book->arena, book->n_sheets + 1, sizeof *names);
    if (names == NULL || (name != NULL && own == NULL))
        return FREM_NO_MEMORY;
    *out = NULL;
    for (size_t i = 0; i < book->n_sheets; i++) {
        names[i] = book->sheets[i].name;
        if (own != NULL ? strcmp(own, names[i]) == 0 : book->n_sheets == 1)
            *out = &book->sheets[i];
    }
    if (*out != NULL)
        return FREM_OK;
    list_sheets(book, &list);
    frem_status status = FREM_NO_MEMORY;
    if (book->n_sheets == 0)
        status = FREM_PROBLEM(book->diags, at_book(book->source), BOOK_EMPTY, "");
    else if (!list.failed && own == NULL)
        status = FREM_PROBLEM(book->diags, asked_at, SHEET_WHICH, book->source->path, list.bytes, names[0]);
    else if (!list.failed)
        status = FREM_PROBLEM(book->diags, asked_at, SHEET_MISSING, book->source->path, own, list.bytes,
                              frem_nearest(own, names, book->n_sheets));
    frem_text_free(&list);
    return status;
}

frem_status frem_workbook_sheet(frem_sources *sources, const frem_source *source, const char *sheet,
                                frem_place asked_at, frem_diags *diags, const frem_source **out) {
    frem_workbook book = {.source = source, .diags = diags};
    const frem_workbook_part *chosen = NULL;
    frem_text text = {0};
    const char *range = NULL;
    *out = NULL;
    if (is_protected(source))
        return FREM_PROBLEM(diags, at_book(source), BOOK_PROTECTED, "");
    frem_status status = frem_arena_new(&book.arena);
    if (status == FREM_OK)
        status = open_archive(&book);
    if (status == FREM_OK)
        status = find_sheets(&book);
    if (status == FREM_OK)
        status = choose(&book, sheet, asked_at, &chosen);
    if (status == FREM_OK)
        *out = frem_sources_sheet(sources, source, chosen->name);
    if (status == FREM_OK && *out == NULL) {
        status = read_shared(&book);
        if (status == FREM_OK)
            status = frem_sheet_text(&book, chosen, &text, &range);
        if (status == FREM_OK)
            status = frem_sources_add_sheet(sources, source, chosen->name, range, &text, out);
        frem_text_free(&text);
    }
    close_book(&book);
    return status;
}

#endif
