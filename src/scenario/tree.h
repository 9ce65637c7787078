/** @file
 *  A YAML file as a tree that keeps the place of every key and value.
 */
#ifndef FREM_SCENARIO_TREE_H
#define FREM_SCENARIO_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/source.h"
#include "base/text.h"
#include "fremskriv/diag.h"

typedef enum frem_node_kind { FREM_SCALAR, FREM_SEQUENCE, FREM_MAPPING } frem_node_kind;

typedef struct frem_node frem_node;

/** One entry of a mapping. */
typedef struct frem_pair frem_pair;
struct frem_pair {
    const char *key; /**< NFC, NUL-terminated */
    frem_place place;
    frem_node *value;
    const frem_pair
        *under;     /**< the entry of a lower layer that this one took the place of; NULL where it did not */
    unsigned layer; /**< entries of one mapping are of the same layer where these are the same */
};

/** One node. Everything is borrowed from the arena it was read into, or from the source. */
struct frem_node {
    frem_node_kind kind;
    frem_place place;
    const frem_source *source; /**< the file that has it */
    const char *text;          /**< FREM_SCALAR: content, NUL-terminated, NFC */
    size_t length;             /**< FREM_SCALAR: bytes of text */
    bool quoted;               /**< FREM_SCALAR: quoted or block style: never a number, flag or null */
    frem_pair *pairs;          /**< FREM_MAPPING, in file order, merge keys (<<) already merged */
    frem_node **items;         /**< FREM_SEQUENCE */
    size_t count;              /**< pairs or items */
    uint32_t *slots;           /**< see frem_node_index(); NULL: keys are looked for one after the other */
    uint32_t n_slots;
};

/** Reads one document. Problems: bytes that are not UTF-8, YAML syntax (one per file is enough), duplicate keys
 *  (the hint names the first), keys that are not plain names or numbers, unknown anchors, an alias inside its own
 *  anchor, merge of something that is no mapping, depth over 64, more than 1 million nodes counted with aliases,
 *  no document, a second document, tags other than YAML's own (!!str makes a scalar `quoted`), a key in brackets
 *  without ':' and value, a lone '-' as a value. Reading stops after 100 problems.
 *  Aliases become shared nodes, so place is that of the anchor. An own key wins over a merged one; the
 *  first of several merged mappings wins.
 *  @param[out] root Borrowed from the arena. */
FREM_MUST_CHECK frem_status frem_tree_read(const frem_source *source, frem_arena *arena, frem_diags *diags,
                                           frem_node **root);
/** Makes looking for a key of a mapping take as long however many it has; for mappings of few keys it does nothing. The
 *  pairs must not be changed after it: copies are without it. Without memory, looking is slower. */
void frem_node_index(frem_arena *arena, frem_node *node);
/** @return the entry of a mapping, or NULL (also when node is NULL or no mapping). */
const frem_pair *frem_node_pair(const frem_node *node, const char *key);
/** @return the value of a key, or NULL. */
const frem_node *frem_node_get(const frem_node *node, const char *key);
/** Whether the node is the plain scalar `~` or `null`. */
bool frem_node_is_null(const frem_node *node);

/** Rewrites the scalars that `rename` answers for; may be asked more than once for a scalar.
 *  @return a text to write instead, or NULL to keep it. */
typedef const char *(*frem_node_rename)(void *context, const frem_node *scalar);
/** Appends the tree as YAML that reads back as the same tree (block style, small mappings and sequences of
 *  scalars in flow style where the line stays under 100 characters). rename may be NULL. */
FREM_MUST_CHECK frem_status frem_tree_write(const frem_node *root, frem_node_rename rename, void *context,
                                            frem_text *out);

/** Appends a text in double quotes, which no reader of YAML takes for anything else. */
void frem_tree_quote(frem_text *out, const char *text, size_t n);

/** Whether a key is a year: four digits. */
bool frem_is_year(const char *key);

#endif
