/** @file
 *  libyaml's errors about broken YAML, put in the words of a planner. Private to the tree reader.
 */
#ifndef FREM_SCENARIO_TREE_SYNTAX_H
#define FREM_SCENARIO_TREE_SYNTAX_H

#include <stdbool.h>
#include <stddef.h>

#include <yaml.h>

#include "base/source.h"
#include "fremskriv/diag.h"

/** A place known both in characters, as libyaml counts, and in bytes. Zero-initialise. */
typedef struct frem_tree_cursor {
    size_t characters; /**< from the start of the text, after a byte order mark */
    size_t bytes;      /**< from the start of the file */
} frem_tree_cursor;

/** What the reader had last in hand. */
typedef enum frem_tree_last { FREM_LAST_OTHER, FREM_LAST_PLAIN, FREM_LAST_QUOTED } frem_tree_last;

/** What the reader knows when libyaml gives up. */
typedef struct frem_tree_scene {
    const frem_source *source;
    frem_diags *diags;
    frem_tree_last last; /**< the latest event */
    yaml_mark_t last_start;
    yaml_mark_t last_end;
    frem_place bracket; /**< the innermost open '{' or '['; line 0 when none is open */
    bool braces;        /**< whether that is '{' */
} frem_tree_scene;

/** Bytes of a UTF-8 byte order mark at the start of the file: 3 or 0. */
size_t frem_tree_bom(const frem_source *source);
/** Moves the cursor to a place counted in characters, as in yaml_mark_t.index. @return its offset in bytes. */
size_t frem_tree_seek(const frem_source *source, frem_tree_cursor *cursor, size_t characters);
/** A mark as people count. */
frem_place frem_tree_place(const frem_source *source, yaml_mark_t mark);
/** The first `max` characters of a text, with "..." when there is more. out holds 4 * max + 4 bytes. */
void frem_tree_cut(const char *bytes, size_t n, size_t max, char *out);

/** Bytes of a blank at the start of a text that is none to YAML, such as the non-breaking one; 0 where there is none. */
size_t frem_tree_foreign_blank(const char *text);
/** Raises such a blank. @return FREM_INVALID or FREM_NO_MEMORY. */
frem_status frem_tree_tell_blank(frem_diags *diags, frem_place place, const char *blank);

/** A text in braces that has no ':' and value, and the text before it. Offsets count bytes of the file. */
typedef struct frem_tree_bare {
    frem_place place;
    size_t begin, end;   /**< the text */
    const char *before;  /**< key of the pair before; NULL where there is none */
    size_t before_begin; /**< its value, where that is a scalar without quotes; SIZE_MAX where it is not */
} frem_tree_bare;
/** Raises it. @param[out] reported the offset up to which texts without ':' are part of this problem.
 *  @return FREM_INVALID or FREM_NO_MEMORY. */
FREM_MUST_CHECK frem_status frem_tree_bare_key(const frem_source *source, const frem_tree_bare *bare,
                                               frem_diags *diags, size_t *reported);

/** Bytes that are not UTF-8. @return FREM_OK, or the status of the problem raised. */
FREM_MUST_CHECK frem_status frem_tree_check_encoding(const frem_source *source, frem_diags *diags);
/** Raises the problem that stopped libyaml. @return FREM_INVALID or FREM_NO_MEMORY. */
FREM_MUST_CHECK frem_status frem_tree_syntax(const yaml_parser_t *parser, const frem_tree_scene *scene);

#endif
