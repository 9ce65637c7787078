/** @file
 *  Reading typed fields from a tree by the field table. Inside the room only.
 */
#ifndef FREM_SCENARIO_READ_H
#define FREM_SCENARIO_READ_H

#include "scenario/scenario.h"

/** What reading carries along. */
typedef struct frem_reader {
    frem_arena *arena;
    frem_diags *diags;
    frem_scenario *scenario;
    frem_value **parameters; /**< grows by malloc */
    size_t n_parameters, parameter_capacity;
    bool no_memory;
    bool asked_population; /**< whether a missing population has been reported */
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
/** The fields of a kind from a mapping, without touching its entry.
 *  @param years_beside years stand among the keys and are left to the caller. */
void frem_read_fields(frem_reader *reader, const frem_kind *kind, const frem_node *node, char *into,
                      const char *path, frem_place place, bool years_beside);
void frem_read_value(frem_reader *reader, const frem_site *site, const frem_node *node, frem_value *value);
void frem_read_values(frem_reader *reader, const frem_site *site, const frem_node *node, frem_values *values);

/** The scalars. Each reports what is wrong and leaves `out` alone then; a whole number is -1. */
void frem_read_choice(frem_reader *reader, const frem_site *site, const frem_node *node, int *out);
void frem_read_whole(frem_reader *reader, const frem_site *site, const frem_node *node, int64_t *out);
bool frem_read_number(frem_reader *reader, const frem_site *site, const frem_node *node, double *out);
/** Whether a number lies in the field's range; reports it at node when not. */
bool frem_reader_in_range(frem_reader *reader, const frem_site *site, const frem_node *node, double number);
void frem_read_day(frem_reader *reader, const frem_site *site, const frem_node *node, frem_day *out);
void frem_read_month(frem_reader *reader, const frem_site *site, const frem_node *node, int *out);
void frem_read_ages(frem_reader *reader, const frem_site *site, const frem_node *node, frem_age_range *out);
void frem_read_births(frem_reader *reader, const frem_site *site, const frem_node *node, frem_births *out);
void frem_read_text(frem_reader *reader, const frem_site *site, const frem_node *node, const char **out);
void frem_read_label(frem_reader *reader, const frem_site *site, const frem_node *node, frem_label *out);
void frem_read_texts(frem_reader *reader, const frem_site *site, const frem_node *node, frem_texts *out);
void frem_read_text_map(frem_reader *reader, const frem_site *site, const frem_node *node,
                        frem_text_map *out);

/** Arena memory; a failure is remembered in the reader and seen at the end. */
void *frem_reader_alloc(frem_reader *reader, size_t count, size_t size);
/** "above.key", or key alone. @return Borrowed; never NULL ("" when out of memory). */
const char *frem_reader_path(frem_reader *reader, const char *above, const char *key);
/** Reports that a node has the wrong form. */
void frem_reader_wrong_form(frem_reader *reader, const frem_site *site, const frem_node *node, const char *en,
                            const char *da);
/** Reports a list or map that holds more than the program can take. */
void frem_reader_too_many(frem_reader *reader, const char *path, frem_place place, size_t count, size_t most);
/** Whether a name may be used for a profession, sector, ... ; reports it when not. */
bool frem_reader_name(frem_reader *reader, const frem_site *site, const frem_pair *pair);
/** Whether a node is what stands after a key with nothing behind it. */
static inline bool frem_node_is_empty(const frem_node *node) {
    return node->kind == FREM_SCALAR && !node->quoted && node->length == 0;
}
/** Whether a key leaves its value out with `~`; a key without anything after it is reported, and left out too. */
bool frem_reader_left_out(frem_reader *reader, const char *path, const frem_pair *pair);
/** Whether a key is a year: four digits. */
bool frem_is_year(const char *key);

/** Checks that need several fields at once, such as references and either-or. */
void frem_scenario_check(frem_reader *reader);

#endif
