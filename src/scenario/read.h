/** @file
 *  Reading typed fields from a tree by the field table. Inside the room only.
 */
#ifndef FREM_SCENARIO_READ_H
#define FREM_SCENARIO_READ_H

#include "base/problem.h"
#include "scenario/scenario.h"

/** What reading carries along. */
typedef struct frem_reader {
    frem_arena *arena;
    frem_diags *diags;
    frem_scenario *scenario;
    frem_value **parameters; /**< grows by malloc */
    size_t n_parameters, parameter_capacity;
    bool no_memory;
    size_t compared;       /**< names that unknown ones have been compared with */
    bool asked_population; /**< whether a missing population has been reported */
    frem_covers covers; /**< what the mapping that is being read says of its totals, or the one around it */
    bool covers_used;   /**< whether there was a total in it */
} frem_reader;

/** Where a field is being read. */
typedef struct frem_site {
    const frem_field *field;
    const char *path; /**< of the field */
    frem_place place; /**< of its key */
} frem_site;

/** Reads a mapping (or the shorthand scalar) into the struct of its kind. A node of another form is reported, and the
 *  entry's node is NULL then. */
void frem_read_kind(frem_reader *reader, const frem_kind *kind, const frem_node *node, void *into,
                    const char *key, const char *path, frem_place place);

void frem_read_month(frem_reader *reader, const frem_site *site, const frem_node *node, int *out);
void frem_read_label(frem_reader *reader, const frem_site *site, const frem_node *node, frem_label *out);
void frem_read_texts(frem_reader *reader, const frem_site *site, const frem_node *node, frem_texts *out);

/** Arena memory; a failure is remembered in the reader and seen at the end. */
void *frem_reader_alloc(frem_reader *reader, size_t count, size_t size);
/** "above.key", or key alone. @return Borrowed; never NULL ("" when out of memory). */
const char *frem_reader_path(frem_reader *reader, const char *above, const char *key);
/** Reports that a node has the wrong form. */
void frem_reader_wrong_form(frem_reader *reader, const frem_site *site, const frem_node *node, const char *en,
                            const char *da);
/** Whether a name is compared with n others for the one that was meant: not where so many have been that looking on would
 *  take long. */
bool frem_reader_compares(frem_reader *reader, size_t n);
/** Whether a node is the empty value of a key with nothing after it. */
static inline bool frem_node_is_empty(const frem_node *node) {
    return node->kind == FREM_SCALAR && !node->quoted && node->length == 0;
}
/** Whether a key leaves its value out with `~`; a key without anything after it is reported, and left out too. */
bool frem_reader_left_out(frem_reader *reader, const char *path, const frem_pair *pair);
/** Reports a key that a mapping lacks, and how to write it: in the scenario's own file where the mapping is in a file
 *  below.
 *  @param path of the mapping. @param field what the key holds; NULL where that is not known. @param en @param da what
 *  the key is. */
void frem_reader_missing(frem_reader *reader, const char *path, frem_place place, const char *key,
                         const frem_field *field, const char *en, const char *da);
/** Whether a place is in a file that the scenario's own lies over. */
bool frem_reader_is_below(const frem_reader *reader, frem_place place);
/** Where in the scenario's own file to write something of a path: the place itself where it is in that file or a set. */
frem_place frem_reader_own_place(const frem_reader *reader, const char *path, frem_place place);

/** Checks what a value says is unknown, and puts the factor or sum that it starts with into the value's. */
void frem_read_unknown(frem_reader *reader, const frem_site *site, frem_value *value);

/** Checks that need several fields at once, such as references and either-or. They run on what could be read, also
 *  where the file has other problems: a key that is present counts as given even when its value is wrong, so that
 *  no mistake is reported twice. */
void frem_scenario_check(frem_reader *reader);
/** The part of it for what is uncertain. */
void frem_check_uncertain(frem_reader *reader);
/** Warns of what is legal but odd, as far as it shows without tables. */
void frem_scenario_odd(frem_reader *reader);
/** What a scenario must have unless practicum is all it is about: professions, demand and base_year. */
void frem_scenario_needs(frem_reader *reader, frem_place place);

/** Whether a mapping has a key, or one that is reported as a misspelling of it. Not for a key that is nearly another
 *  one of its kind. */
bool frem_read_meant(const frem_node *node, const char *key);

#endif
