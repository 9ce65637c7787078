/** @file
 *  Drafts: a scenario's files, variants and sets laid over each other, layer by layer, by the field table.
 */
#ifndef FREM_SCENARIO_DRAFT_H
#define FREM_SCENARIO_DRAFT_H

#include "base/index.h"
#include "scenario/read.h"

/** A variant: what each file says of it, the lowest first. */
typedef struct frem_draft_variant_layers {
    const char *name;
    frem_node **layers; /**< grows by malloc */
    size_t n, capacity;
    frem_label label; /**< NULL where not given */
    const frem_pair *label_pair;
    bool removed; /**< by an upper layer; only while layers are read */
} frem_draft_variant_layers;

/** Named layers that lie over the scenario where they are asked for. */
typedef struct frem_draft_named {
    const char *key;                  /**< of the file: "variants", "known" */
    frem_draft_variant_layers *items; /**< grows by malloc */
    size_t n, capacity;
    frem_index *names; /**< their places; NULL where there are none */
} frem_draft_named;

/** A change of a value: each number becomes number * times + add, perhaps from a year on. */
typedef struct frem_value_change {
    double times, add;
    frem_node *from;           /**< NULL: in all years */
    frem_place place;          /**< of the factor or sum */
    const frem_source *source; /**< what the nodes that it makes belong to */
    const frem_node *said; /**< the mapping that it was read from, with what is said about it; NULL: none */
} frem_value_change;

/** One change from outside the files: "PATH=VALUE", "PATH*=FACTOR" or "PATH+=NUMBER", each perhaps " from YEAR". */
typedef struct frem_set {
    frem_pair *keys; /**< the words of PATH, each with its place; without values */
    size_t n_keys;
    frem_node *value; /**< NULL where it multiplies or adds */
    frem_node
        *whole; /**< the value with " from YEAR" as part of its text, where it may be that too; else NULL */
    frem_value_change change; /**< what it does to what is there; `from` also where it sets a value */
} frem_set;

/** A tree of a draft, made when it is first asked for. */
typedef struct frem_draft_tree {
    frem_node *root; /**< NULL before */
    bool faulty;     /**< a set did not fit it */
} frem_draft_tree;

struct frem_draft {
    frem_arena *arena; /**< owns all nodes */
    frem_sources *sources;
    const frem_source *source; /**< the file itself */
    const frem_node *own;      /**< its tree, before anything is laid under it */
    frem_node *below;          /**< all that it extends laid over each other; NULL where it extends nothing */
    frem_node *files;          /**< all files laid over each other, without `extends` and `variants` */
    unsigned layers;           /**< how many they are */
    frem_draft_named variants;
    frem_draft_named known; /**< what was known in a year, by the year */
    frem_set *sets;
    size_t n_sets;
    frem_draft_tree base, *trees; /**< trees: by variant */
    bool faulty;                  /**< a variant or a set has problems */
};

/** The file that places in sets name. */
#define FREM_SET_FILE "--set"

/** What laying one tree over another carries along. */
typedef struct frem_merge {
    frem_arena *arena;
    frem_diags *diags;
    unsigned layer; /**< of what is laid over */
    bool no_memory;
} frem_merge;

/** The field that the root of a scenario is, in the sense of frem_field_inside(). */
extern const frem_field frem_field_root;
/** The field of a key inside a mapping that a field holds: entries of a map are structs, those of values are values.
 *  @return false where there can be no such key. */
bool frem_field_inside(const frem_field *field, const char *key, frem_field *out);
/** A field that lies over a lower layer: mappings of structs, maps and values merge key by key, all else is replaced; a
 *  value with `from` keeps what it replaces as its `earlier`.
 *  @param lower NULL where no layer below has it. @param path for messages.
 *  @return the outcome; NULL when out of memory, which the merge remembers. No given node is changed. */
frem_node *frem_merge_field(frem_merge *merge, const frem_field *field, frem_node *lower, frem_node *upper,
                            const char *path);
/** A copy of a mapping with room for more pairs. NULL when out of memory. @param like may be NULL: an empty one. */
frem_node *frem_merge_copy(frem_merge *merge, const frem_node *like, size_t more);
/** Puts a pair into a copy with room: over the one with its key, whose place among the others it takes, or last. */
void frem_merge_put(frem_merge *merge, frem_node *mapping, frem_pair pair);
/** A scalar, or a number as one. NULL when out of memory. */
frem_node *frem_merge_text(frem_merge *merge, const char *text, frem_place place, const frem_source *source);
frem_node *frem_merge_number(frem_merge *merge, double number, frem_place place, const frem_source *source);
/** A mapping of one key, with room for more. NULL when out of memory. */
frem_node *frem_merge_wrap(frem_merge *merge, const char *key, frem_node *value);
/** Whether a node is an unquoted number. */
bool frem_node_number(const frem_node *node, double *out);
/** Whether a node is a whole number, such as a year. */
bool frem_node_year(const frem_node *node, int64_t *year);

/** "above.key", for messages. NULL-safe, "" when out of memory. */
const char *frem_merge_path(frem_merge *merge, const char *above, const char *key);
/** Says that `~` removes nothing. */
void frem_merge_nothing(frem_merge *merge, frem_place place, const char *path, const char *key);

/** Whether what is unknown of a value is a factor on it or a sum added to it, not its number. @param unknown may be NULL. */
bool frem_unknown_changes(const frem_node *unknown);
/** Whether a mapping is a change of a value and nothing else: `times` and `add`, perhaps with `from`, and words about it. */
bool frem_change_is(const frem_node *node);
/** The same, read. @return false also where a number in it is none, which is reported when the mapping is read. */
bool frem_change_read(const frem_node *node, frem_value_change *out);
/** A value with a change in it, whatever its form. From a year on, the value itself is kept for the years before.
 *  @return NULL where it has no numbers, or when out of memory, which the merge remembers. */
frem_node *frem_change_value(frem_merge *merge, const frem_value_change *change, frem_node *value);
/** What a change changes where no layer gives the value: its default, or what it counts as where it is left out. @return NULL
 *  where there is neither, or when out of memory. */
frem_node *frem_change_start(frem_merge *merge, const frem_field *field, frem_place place,
                             const frem_source *source);
/** A change with nothing below it, as the value that it makes of that. @return node itself where it is something else, or
 *  there is nothing that it could change. */
frem_node *frem_change_settle(frem_merge *merge, const frem_field *field, frem_node *node);

/** Reads a file and all it extends and lays them over each other: `files`, `layers` and `variants` of the draft.
 *  @return FREM_INVALID where that could not be done; problems of variants make the draft faulty. */
FREM_MUST_CHECK frem_status frem_draft_read(frem_draft *draft, frem_diags *diags);
/** Puts blocks of a file that are not indented as deep as the key they belong under where they belong, and reports each
 *  once; the draft is faulty then. */
FREM_MUST_CHECK frem_status frem_draft_mend(frem_draft *draft, frem_node *root, frem_diags *diags);
/** Takes the named layers that one file gives. @param named those of the draft, with their key. @param pair its `variants` or
 *  `known`. @param over whether other files lie below. */
FREM_MUST_CHECK frem_status frem_draft_take_named(frem_draft *draft, frem_draft_named *named,
                                                  const frem_pair *pair, bool over, frem_diags *diags);
void frem_draft_named_free(frem_draft_named *named);
/** Reads the sets. Those with problems are left out and make the draft faulty. */
FREM_MUST_CHECK frem_status frem_sets_read(frem_draft *draft, const char *const *sets, size_t n,
                                           frem_diags *diags);
/** Lays a set over a tree. @param[out] root the outcome; the tree itself where the set does not fit it.
 *  @return whether it fits; reported where not. */
bool frem_set_apply(frem_merge *merge, const frem_set *set, frem_node *tree, frem_node **root);

/** The tree of the scenario itself or of a variant, sets and all.
 *  @param variant NULL for the scenario itself.
 *  @param[out] root Borrowed from the draft. @return FREM_INVALID where a set did not fit; reported the first time only. */
FREM_MUST_CHECK frem_status frem_draft_root(frem_draft *draft, const frem_draft_variant_layers *variant,
                                            frem_diags *diags, frem_node **root);
/** The tree of the scenario or of a variant as it was known in a year: paths without their later points, what `known` lists
 *  for the year and those before it over them, years from it until another.
 *  @param[out] root Borrowed from the draft. @return FREM_INVALID where nothing of a path was known. */
FREM_MUST_CHECK frem_status frem_draft_known(frem_draft *draft, const frem_draft_variant_layers *variant,
                                             int year, int until, frem_diags *diags, frem_node **root);
/** @return NULL where there is none of this name. */
const frem_draft_variant_layers *frem_draft_find(const frem_draft *draft, const char *name);

/** The mapping `node` with the keys that `order` has too first, in its order, also inside. @return node itself where that
 *  is so already; NULL when out of memory. */
frem_node *frem_draft_order(frem_merge *merge, const frem_field *field, frem_node *node,
                            const frem_node *order);
/** Whether two nodes say the same. A text means the same only in the same file: it may name a table. */
bool frem_draft_same(const frem_node *a, const frem_node *b);
/** Chooses what a mixed tree has where two differ. @param path of what differs. @param a @param b the node of each tree; NULL
 *  where it has none. @return whether the second's is taken. */
typedef bool (*frem_draft_choose)(void *context, const frem_field *field, const char *path,
                                  const frem_node *a, const frem_node *b);
/** A draft of a tree made of two scenarios': the first's, with what `choose` takes of the second's. Mappings are gone through key by
 *  key, values are taken as a whole. It is asked of everything that is not the very same node.
 *  @param a @param b borrowed, with their drafts. @param[out] out Owned by the caller; NULL unless FREM_OK. */
FREM_MUST_CHECK frem_status frem_draft_mixed(frem_draft **out, const frem_scenario *a, const frem_scenario *b,
                                             frem_draft_choose choose, void *context);

/** Whether two nodes of a field are merged key by key; else the upper replaces the lower. */
bool frem_draft_merges(const frem_field *field, const frem_node *a, const frem_node *b);

#endif
