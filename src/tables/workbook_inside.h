/** @file
 *  A workbook that is being read: its archive, the parts of it, what sheets share. For src/tables/archive.c, sheet.c
 *  and workbook.c.
 */
#ifndef FREM_TABLES_WORKBOOK_INSIDE_H
#define FREM_TABLES_WORKBOOK_INSIDE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/text.h"

#if defined(FREM_LIBZIP_LIBRARY) && defined(FREM_EXPAT_LIBRARY)
#define FREM_HAS_WORKBOOKS

#include <expat.h>
#include <zip.h>

/** What is called of libzip and of Expat. */
#define FREM_ZIP_CALLS(X)                                                                                    \
    X(zip_source_buffer_create)                                                                              \
    X(zip_source_free)                                                                                       \
    X(zip_open_from_source)                                                                                  \
    X(zip_discard)                                                                                           \
    X(zip_get_num_entries)                                                                                   \
    X(zip_get_name)                                                                                          \
    X(zip_stat_index)                                                                                        \
    X(zip_fopen_index)                                                                                       \
    X(zip_fread)                                                                                             \
    X(zip_fclose)
#define FREM_EXPAT_CALLS(X)                                                                                  \
    X(XML_ParserCreate)                                                                                      \
    X(XML_ParserFree)                                                                                        \
    X(XML_SetUserData)                                                                                       \
    X(XML_SetElementHandler)                                                                                 \
    X(XML_SetCharacterDataHandler)                                                                           \
    X(XML_SetStartDoctypeDeclHandler)                                                                        \
    X(XML_Parse)                                                                                             \
    X(XML_StopParser)                                                                                        \
    X(XML_GetErrorCode)                                                                                      \
    X(XML_ErrorString)                                                                                       \
    X(XML_GetCurrentLineNumber)

#define FREM_WORKBOOK_CALL(name) __typeof__(&name) name;
typedef struct frem_zip_calls {
    FREM_ZIP_CALLS(FREM_WORKBOOK_CALL)
} frem_zip_calls;
typedef struct frem_expat_calls {
    FREM_EXPAT_CALLS(FREM_WORKBOOK_CALL)
} frem_expat_calls;
#undef FREM_WORKBOOK_CALL

/** How a cell's number is meant, by its format. */
typedef enum frem_cell_form { FREM_CELL_NUMBER, FREM_CELL_DATE, FREM_CELL_ELAPSED } frem_cell_form;

/** A sheet of cells. */
typedef struct frem_workbook_part {
    const char *name, *id;
    const char *path; /**< in the archive; NULL where the workbook does not say it */
} frem_workbook_part;

typedef struct frem_workbook {
    const frem_source *source;
    frem_diags *diags;
    frem_arena *arena;
    void *zip_library, *expat_library;
    frem_zip_calls zips;
    frem_expat_calls xml;
    zip_t *zip;
    frem_workbook_part *sheets;
    size_t n_sheets, sheets_capacity;
    const char *strings_path, *styles_path; /**< in the archive; NULL for none */
    bool from_1904;                         /**< dates count from 1 January 1904 */
    bool stale; /**< a program wrote it and has left the formulas to be calculated when it is opened */
    const char **strings; /**< shared by the sheets */
    size_t n_strings, strings_capacity;
    frem_cell_form *forms; /**< by style */
    size_t n_forms, forms_capacity;
} frem_workbook;

/** A part of the archive that is being read as XML. */
typedef struct frem_part_reader {
    frem_workbook *book;
    const char *part;
    XML_Parser parser;
    frem_status status; /**< once it is not FREM_OK, nothing more is read */
    void *of;
    void (*opens)(struct frem_part_reader *reader, const char *element, const char **attributes);
    void (*closes)(struct frem_part_reader *reader, const char *element);
    bool collects;  /**< whether the text between elements is wanted */
    frem_text text; /**< what was collected; ended by the one that wants it */
    bool doctype;
} frem_part_reader;

/** Finds a part by its name, whatever the case of its letters: two that differ by it are a problem.
 *  @param[out] out its place in the archive, -1 where it lacks. */
FREM_MUST_CHECK frem_status frem_part_find(const frem_workbook *book, const char *part, zip_int64_t *out);
/** Reads a part. Names of elements and attributes come without their prefix. */
FREM_MUST_CHECK frem_status frem_part_read(frem_part_reader *reader);
/** The value of an attribute, by its name without prefix. @return NULL where there is none. */
const char *frem_part_attribute(const char **attributes, const char *name);
/** What a reader has collected, with `_x000D_` and its like as the characters that they mean, emptied for the next.
 *  @return Borrowed from the arena of the workbook; "" after a failure, which the reader keeps. */
const char *frem_part_text(frem_part_reader *reader);
/** Stops a reading. */
void frem_part_stop(frem_part_reader *reader, frem_status status);

/** Turns a sheet into the text of a table. @param[out] text Owned by the caller, also after a failure.
 *  @param[out] range the cells of the table, "A1:D20"; borrowed from the arena of the workbook. */
FREM_MUST_CHECK frem_status frem_sheet_text(frem_workbook *book, const frem_workbook_part *sheet,
                                            frem_text *text, const char **range);

#endif
#endif
