/** @file
 *  JSON with places: a tree whose nodes know where they stand, so that a bad figure can be shown in its file.
 */
#ifndef FREM_IMPORT_JSON_H
#define FREM_IMPORT_JSON_H

#include "import/table.h"

typedef enum frem_import_json_kind {
    FREM_IMPORT_JSON_NULL,
    FREM_IMPORT_JSON_FALSE,
    FREM_IMPORT_JSON_TRUE,
    FREM_IMPORT_JSON_NUMBER,
    FREM_IMPORT_JSON_STRING,
    FREM_IMPORT_JSON_ARRAY,
    FREM_IMPORT_JSON_OBJECT
} frem_import_json_kind;

/** Owned by the arena. */
typedef struct frem_import_json {
    frem_import_json_kind kind;
    size_t at;                      /**< byte of the text */
    size_t end;                     /**< behind its last byte */
    const char *key;                /**< of a member; NULL in arrays */
    const char *text;               /**< of a string */
    size_t n;                       /**< elements or members */
    struct frem_import_json *first; /**< of them */
    struct frem_import_json *next;  /**< after this one */
} frem_import_json;

/** Reads a text as JSON (RFC 8259). Raises the first thing that is wrong. @param[out] root Borrowed from the arena. */
FREM_MUST_CHECK frem_status frem_import_json_read(const frem_import_table *table, frem_diags *diags,
                                                  frem_import_json **root);
/** A member of an object. @return NULL where there is none, or node is NULL or no object. */
const frem_import_json *frem_import_json_member(const frem_import_json *node, const char *key);
/** The text of a string member, or NULL. */
const char *frem_import_json_text(const frem_import_json *node, const char *key);

#endif
