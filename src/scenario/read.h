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
/** The fields of a kind from a mapping, without touching its entry.
 *  @param years_beside years stand among the keys and are left to the caller. */
void frem_read_fields(frem_reader *reader, const frem_kind *kind, const frem_node *node, char *into,
                      const char *path, frem_place place, bool years_beside);
void frem_read_value(frem_reader *reader, const frem_site *site, const frem_node *node, frem_value *value);
void frem_read_values(frem_reader *reader, const frem_site *site, const frem_node *node, frem_values *values);

/** Warns of a number of a unit that counts, in which thousands may have been meant: 1.850. */
void frem_reader_thousands(frem_reader *reader, const frem_site *site, const frem_node *node);
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
/** Whether a name is compared with n others for the one that was meant: not where so many have been that looking on would
 *  take long. */
bool frem_reader_compares(frem_reader *reader, size_t n);
/** Whether a name may be used for a profession, sector, ... ; reports it when not. */
bool frem_reader_name(frem_reader *reader, const frem_site *site, const frem_pair *pair);
/** Whether a node is what stands after a key with nothing behind it. */
static inline bool frem_node_is_empty(const frem_node *node) {
    return node->kind == FREM_SCALAR && !node->quoted && node->length == 0;
}
/** Whether a key leaves its value out with `~`; a key without anything after it is reported, and left out too. */
bool frem_reader_left_out(frem_reader *reader, const char *path, const frem_pair *pair);
/** Reports a key that a mapping lacks, and how to write it: in the scenario's own file where the mapping stands in a file
 *  below.
 *  @param path of the mapping. @param field what the key holds; NULL where that is not known. @param en @param da what
 *  the key is. */
void frem_reader_missing(frem_reader *reader, const char *path, frem_place place, const char *key,
                         const frem_field *field, const char *en, const char *da);
/** Whether a place is in a file that the scenario's own lies over. */
bool frem_reader_is_below(const frem_reader *reader, frem_place place);
/** Where in the scenario's own file to write something of a path: the place itself where it is in that file or a set. */
frem_place frem_reader_own_place(const frem_reader *reader, const char *path, frem_place place);
/** Whether a key is a year: four digits. */
bool frem_is_year(const char *key);

/** Checks that need several fields at once, such as references and either-or. They run on what could be read, also
 *  where the file has other problems: a key that stands there counts as given even when its value is wrong, so that
 *  no mistake is told twice. */
void frem_scenario_check(frem_reader *reader);
/** Warns of what is legal but odd, as far as it shows without tables. */
void frem_scenario_odd(frem_reader *reader);
/** What a scenario must have unless practicum is all it is about: professions, demand and base_year. */
void frem_scenario_needs(frem_reader *reader, frem_place place);
/** Whether a scenario projects supply and demand, or practicum is all it is about. */
bool frem_scenario_projects(const frem_reader *reader);
/** The part of frem_scenario_check() for professions and programmes. */
void frem_supply_check(frem_reader *reader);
/** The part of frem_scenario_check() for sectors and allocation. */
void frem_demand_check(frem_reader *reader);
/** The part of frem_scenario_check() for practicum and specialisations. */
void frem_practicum_check(frem_reader *reader);

/** Whether a key stands there with a value. */
bool frem_check_has(const frem_entry *entry, const char *key);
/** Whether a mapping has a key, or one that is told to be a misspelling of it. Not for a key that is nearly another
 *  one of its kind. */
bool frem_check_meant(const frem_node *node, const char *key);
/** Whether an entry is given as a mapping. */
bool frem_check_is_mapping(const frem_entry *entry);
/** Whether a choice is `word`, also where a plain word stands for the whole entry. */
bool frem_check_says(const frem_entry *entry, const char *key, const char *word);
/** Whether the years could be read and are in order. */
bool frem_check_years_known(const frem_reader *reader);

/** Reports two keys of which only one may be given, at the second. */
void frem_check_either(frem_reader *reader, const frem_entry *entry, const char *one, const char *other);
/** Reports them where both are given. */
void frem_check_not_both(frem_reader *reader, const frem_entry *entry, const char *one, const char *other);
/** At least one of two keys, and at most one. */
void frem_check_one_of(frem_reader *reader, const frem_entry *entry, const char *one, const char *other);
/** Reports every key but the first that stands there, of keys of which one may be given. @return whether any does. */
bool frem_check_single(frem_reader *reader, const frem_entry *entry, const char *const *ways, size_t n);
/** Reports a key that is lacking, and what it would say. */
void frem_check_needs(frem_reader *reader, const frem_entry *entry, const char *key, const char *en,
                      const char *da);
/** Reports a population that is lacking, once, where it is first needed. */
void frem_check_needs_population(frem_reader *reader, frem_place place);
/** Reports a key that is given and has no meaning there, and why. */
void frem_check_unused(frem_reader *reader, const frem_entry *entry, const char *key, const char *en,
                       const char *da);
/** `one` must be below `other`: reports it where it is not. */
void frem_check_order(frem_reader *reader, const frem_entry *entry, const char *one, double low,
                      const char *other, double high);
/** Reports a name that is not in a mapping. @param map what the mapping is called. @return whether it is there, or
 *  the mapping is wrong itself and has been told of. */
bool frem_check_known(frem_reader *reader, const char *path, const char *name, frem_place place,
                      const frem_node *node, const char *map);
/** The same for one of the scenario's maps. */
bool frem_check_name(frem_reader *reader, const char *path, const char *name, frem_place place,
                     const char *map);
/** The same for the names of a list of values at a key, whose field says which map. */
bool frem_check_names(frem_reader *reader, const frem_values *values, const frem_entry *entry,
                      const char *key);
/** Reports a year, with up to two that it is held against. */
void frem_check_year(frem_reader *reader, frem_code code, frem_place place, const char *path, int64_t year,
                     int64_t a, int64_t b);
/** Whether a year is among the years of the scenario or not far from them; reports it when not. A shorter projection cuts
 *  what comes after its last year, so that years after it are no mistake. */
bool frem_check_year_near(frem_reader *reader, frem_place place, const char *path, int64_t year);
void frem_check_split(frem_reader *reader, const frem_split *split);

#endif
