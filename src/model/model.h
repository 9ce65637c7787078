/** @file
 *  The compiled scenario from the inside, and the batches of lanes made of it for the core.
 */
#ifndef FREM_MODEL_MODEL_H
#define FREM_MODEL_MODEL_H

#include <stdbool.h>
#include <stdint.h>

#include "base/index.h"
#include "core/core.h"
#include "fremskriv/model.h"
#include "scenario/scenario.h"
#include "tables/reading.h"
#include "tables/tally.h"

/** A value resolved into numbers. Strides count elements; 0 means the same along that dimension. NaN where
 *  the scenario gives none (entry years before the first one given). */
typedef struct frem_series {
    double *at; /**< NULL: the value is not given */
    size_t size;
    int first_year; /**< of the year dimension */
    size_t year, region, sex, age;
} frem_series;

/** A named group of regions, of which at least one is reported. */
typedef struct frem_group {
    const char *name;
    size_t *regions; /**< ascending: those that are reported, then the others */
    size_t count;    /**< those that are reported */
    size_t all;      /**< with the others that the model holds */
    size_t rows;     /**< of the regions' table */
    size_t order;    /**< place among all groups, as `group_by` and the table have them */
} frem_group;

/** Regions that a total is of. */
typedef struct frem_area {
    const char *name; /**< as `covers` says it; NULL for the scenario's own */
    frem_place place; /**< where it is said first */
    bool *has;        /**< [region] */
    size_t count;
} frem_area;

/** A total that is split over regions by a key, noted for readers of regional figures. */
typedef struct frem_split_note {
    const char *path; /**< parameter that was split */
    const frem_split *split;
    const frem_area *area; /**< what it covers */
} frem_split_note;

/** A table that ends before the years that are read of it: its last year holds for the rest. */
typedef struct frem_held_note {
    const char *path;  /**< of the value */
    const char *table; /**< as the scenario names it */
    int last, until;   /**< its last year, and the last year that is read */
} frem_held_note;

/** Population by region, year and single age; the last age is an open group where the table's is. */
typedef struct frem_people {
    double *at; /**< [region][step][age]; NULL where the scenario has none */
    size_t ages;
    bool open;    /**< whether the last age is an open group */
    bool *joined; /**< [age] inside a group that the table counts whole, and not its first: interpolated */
    int profile_first, profile_last; /**< years of the profile that divides the groups; 0 without one */
    double
        *country; /**< [step][age] of the whole table, whatever the scenario's regions; NULL: not asked for */
} frem_people;

/** Ages that the scenario asks for, and that the population's table does not count by themselves. */
typedef struct frem_cut {
    const char *path;    /**< what asks for them */
    frem_age_range ages; /**< not given: each age by itself */
} frem_cut;

/** A user group as a table gives it. */
typedef struct frem_table_group {
    frem_age_range ages;
    double users;  /**< of the base year */
    double weight; /**< of a user; where it comes from hours, a user's mean hours a week */
} frem_table_group;
typedef FREM_MAP_OF(frem_table_group) frem_table_groups;

/** A table that was read, with its file. */
typedef struct frem_read_table {
    const frem_source *source; /**< the file, or the sheet of it */
    const frem_source *file;
    const char *sheet; /**< as the scenario names it; NULL where it does not */
    frem_table *table; /**< NULL when it could not be read */
    bool owned;        /**< by the model, else by the sources, for other models too */
} frem_read_table;

/** A scalar of the scenario that names a table. */
typedef struct frem_table_name {
    const frem_node *scalar;
    const frem_source *file;
    const frem_source *source; /**< the file, or the sheet of it */
} frem_table_name;

/** Shares from region to region, from a table with one row a pair, perhaps for each year, sex and age. */
typedef struct frem_pairs {
    double *at;      /**< [step or one][cell or one][from][to]; NULL where the scenario has none */
    double *outside; /**< [step or one][cell or one][from] to where the scenario has no region */
    bool by_step, by_cell;
} frem_pairs;

typedef struct frem_batch frem_batch;
typedef struct frem_practicum_row frem_practicum_row;

struct frem_model {
    frem_arena *arena;
    const frem_scenario *scenario;
    frem_diags *diags; /**< only while compiling */
    frem_status
        status; /**< the first failure of compiling; what can be tried after it is tried all the same */
    int base;   /**< calendar year of step 0 */
    size_t steps;
    double count;    /**< count date as months since 1 January: 30 June is 6 */
    int entry_first; /**< earliest entry year that a series of entry years holds */
    size_t beyond;   /**< years past the last one that a series of FREM_F_BEYOND holds */
    /** The scenario's own regions, which are reported, then the others that its totals cover. Everything is read and
     *  compiled for all of them: what a total's key gives a region depends on all that the total covers. */
    frem_index *regions;
    size_t reported; /**< the scenario's own: so many of the first regions */
    /** What a table may have as region: the scenario's regions in their order, the other rows of the regions' table
     *  (n_places with them), names of groups and "all". */
    frem_index *region_keys;
    size_t n_places;
    const char *regions_file; /**< the regions' table; NULL without one */
    const char **region_names;
    frem_area own, *areas; /**< the scenario's own regions; those that totals cover, an owned array */
    size_t n_areas, areas_capacity;
    frem_place covers_at;   /**< why there are others than the scenario's own */
    frem_label all_regions; /**< what they are called together; NULL texts where nothing names them */
    frem_group *groups;     /**< first those whose regions are all reported */
    size_t n_groups;        /**< of these; a group that the scenario has a part of is not reported */
    size_t n_partial;       /**< the others */
    bool one_area;          /**< the scenario has no regions: one area, named "all" */
    frem_index *professions, *sectors, *sexes;
    int age_first;
    size_t ages;
    frem_series *series; /**< by parameter */
    frem_people people;
    frem_table_groups
        *user_groups; /**< by sector: the rows of its user table, or by group where hours are given */
    frem_pairs *moves, *commuting; /**< by profession */
    frem_split_note *splits;       /**< owned array */
    size_t n_splits, splits_capacity;
    frem_held_note *held; /**< owned array */
    size_t n_held, held_capacity;
    frem_cut *cuts; /**< owned array */
    size_t n_cuts, cuts_capacity;
    frem_read_table *tables; /**< owned array */
    size_t n_tables, tables_capacity;
    double **cohort_ages;         /**< by retirement age and cohort; NULL for a rule by calendar year */
    frem_births *births;          /**< by retirement age; its own or its table's */
    frem_table_name *table_names; /**< owned array */
    size_t n_table_names, table_names_capacity;
    frem_practicum_row *practicum_rows; /**< of the table of municipalities; see model/practicum.h */
    size_t n_practicum_rows;
    struct frem_randoms *randoms; /**< what the scenario does not know: model/uncertain.h */
    frem_batch *as_is;            /**< the scenario without changes, one lane */
};

/* --- inside the room --- */

/** One number of a series. */
static inline double frem_series_at(const frem_series *s, int year, size_t region, size_t sex, size_t age) {
    return s->at[(size_t)(s->year ? year - s->first_year : 0) * s->year + region * s->region + sex * s->sex +
                 age * s->age];
}
/** How many years a series holds; 1 where it is the same in all. */
static inline size_t frem_series_years(const frem_series *s) {
    return s->year > 0 ? (s->region > s->year ? s->region : s->size) / s->year : 1;
}

/** Reports a problem of compiling. */
#define FREM_MODEL_PROBLEM(model, place, code, ...)                                                          \
    frem_model_fail((model), FREM_PROBLEM((model)->diags, (place), code, __VA_ARGS__))

/** How many ages a series holds; 1 where it is the same at all. */
size_t frem_series_ages(const frem_series *series);

/** Keeps the first failure of compiling, which being out of memory outranks; FREM_OK is none. */
static inline void frem_model_fail(frem_model *model, frem_status status) {
    model->status = frem_tally_worse(model->status, status);
}
/** Begins a part of compiling, which is tried whatever failed before it. @return what to end it with. */
static inline frem_status frem_model_begin(frem_model *model) {
    const frem_status before = model->status;
    model->status = FREM_OK;
    return before;
}
/** Ends a part. @return whether it is whole. */
static inline bool frem_model_end(frem_model *model, frem_status before) {
    const bool whole = model->status == FREM_OK;
    model->status = frem_tally_worse(before, model->status);
    return whole;
}
/** Zeroed memory of the model's arena. @return NULL when out of memory, which the model keeps. */
void *frem_model_alloc(frem_model *model, size_t count, size_t size);

/* What follows reports what it finds wrong, and keeps the failure on the model. */

/** Resolves every value of the scenario. */
void frem_model_resolve(frem_model *model);
/** Reads a table that a mapping of the scenario names, once. @param sheet of a workbook; NULL: its only one. @return Borrowed; NULL when it has problems, which are
 *  reported once. */
frem_table *frem_model_table(frem_model *model, const frem_entry *head, const char *name, const char *sheet);
/** A column that the mapping names under a key. @return whether the table has it. */
bool frem_model_find_column(frem_model *model, const frem_table *table, const frem_entry *head,
                            const char *key, const char *name, size_t *column);
/** A column as numbers, or as whole numbers. @return Borrowed; NULL where a cell is none. */
const double *frem_model_numbers(frem_model *model, frem_table *table, size_t column);
const int64_t *frem_model_wholes(frem_model *model, frem_table *table, size_t column);
/** The rows that pass all filters, in order. @param[out] n how many. @return Owned by the caller (free()). */
size_t *frem_model_rows(frem_model *model, frem_table *table, const frem_filter *filters, size_t n_filters,
                        size_t *n);
/** The table's column for a dimension: what `keys` says, else the first of the usual names that it has.
 *  @return NULL where the table has none. */
const char *frem_model_column(const frem_table *table, const frem_text_map *keys, const char *dimension);
/** Whether `keys` names dimensions, and columns that the table has; reports what it does not.
 *  @param path of the value or mapping that has `keys`. */
void frem_model_check_keys(frem_model *model, const frem_table *table, const frem_text_map *keys,
                           const char *path);
/** The cell of a number outside min..max, where the numbers come from one column; else the place where
 *  the table is asked for. */
frem_place frem_model_outside(const frem_reading *reading, double min, double max);
/** `where` as filters. @return Borrowed from the model's arena. */
const frem_filter *frem_model_filters(frem_model *model, const frem_text_map *where);
/** The regions of a table as an axis; its keys are the scenario's regions, of all those that a table may have.
 *  @param column may be NULL. */
frem_axis frem_model_region_axis(const frem_model *model, const frem_table *table, const char *column);
/** How the table's ages are written. */
void frem_model_ages(const frem_table *table, const frem_text_map *keys, frem_reading *reading);

void frem_model_regions(frem_model *model);
void frem_model_people(frem_model *model);
void frem_model_sexes(frem_model *model);
/** Adds the sexes of a table's column to others, as f, m and all; reports what is none, each at its first cell. */
void frem_model_table_sexes(frem_model *model, const frem_table *table, const char *column,
                            const size_t *rows, size_t n_rows, frem_index *sexes);
/** Reads the tables of user groups and of hours; needs the population. */
void frem_model_users(frem_model *model);
/** Collects the ages that the scenario asks for inside the population's groups; needs all values. */
void frem_model_cuts(frem_model *model);
/** People of an age range in a region and step. */
double frem_model_persons(const frem_model *model, frem_age_range ages, size_t region, size_t step);
/** People of an age range in the whole population table; only where a budget asks for them. */
double frem_model_country(const frem_model *model, frem_age_range ages, size_t step);
/** The two with factors on them. @param factors [age]; NULL for none. */
double frem_model_persons_times(const frem_model *model, frem_age_range ages, size_t region, size_t step,
                                const double *factors);
double frem_model_country_times(const frem_model *model, frem_age_range ages, size_t step,
                                const double *factors);
/** An age range as scenarios write it: 0-5, 17 or 18+. */
enum { FREM_AGES_TEXT = 32 };
void frem_ages_text(char out[FREM_AGES_TEXT], frem_age_range ages);
/** Whether the population has figures for an age range; reports it where not. */
bool frem_model_can_tell_at(const frem_model *model, frem_diags *diags, frem_age_range ages, frem_place place,
                            const char *path);
bool frem_model_can_tell(const frem_model *model, frem_diags *diags, frem_age_range ages,
                         const frem_entry *entry, const char *key);

/** Warns of what is legal but odd in a model that is whole. @return FREM_OK or FREM_NO_MEMORY. */
FREM_MUST_CHECK frem_status frem_model_odd(const frem_model *model, frem_diags *diags);

#endif
