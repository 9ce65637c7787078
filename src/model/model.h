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

/** A value resolved into numbers. Strides count elements; 0 means the same along that dimension. NaN stands where
 *  the scenario says nothing (entry years before the first one given). */
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
} frem_group;

/** Regions that a total is of. */
typedef struct frem_area {
    const char *name; /**< as `covers` says it; NULL for the scenario's own */
    frem_place place; /**< where it is said first */
    bool *has;        /**< [region] */
    size_t count;
} frem_area;

/** A total that is split over regions by a key: whoever reads regional figures must know. */
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
        *country; /**< [step][age] of the whole table, whatever the scenario's regions; NULL: nobody asks */
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
    const frem_source *source;
    frem_table *table; /**< NULL when it could not be read */
    bool owned;        /**< by the model, else by the sources, for other models too */
} frem_read_table;

/** A scalar of the scenario that names a table. */
typedef struct frem_table_name {
    const frem_node *scalar;
    const frem_source *source;
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
    int base;          /**< calendar year of step 0 */
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
    frem_batch *as_is; /**< the scenario without changes, one lane */
};

/** A scenario's numbers as one lane sees them. Which parameters are looked at is remembered, so that only what
 *  depends on a change is compiled per lane. */
typedef struct frem_view {
    const frem_model *model;
    const frem_series *const *series; /**< by parameter */
    const bool *changed;              /**< by parameter: whether any lane of the batch changes it */
    bool *differs;                    /**< becomes true where such a parameter is looked at */
    frem_diags *diags;                /**< NULL except for the lane that reports */
} frem_view;

/** Cases of one shape to project together. */
struct frem_batch {
    frem_arena *arena; /**< owns everything below; freed with the batch */
    const frem_model *model;
    size_t lanes; /**< what the core runs: 1 or a multiple of FREM_LANES */
    const frem_series *
        *layout;      /**< [parameter] as the scenario has it; by year where a change begins in one */
    frem_view *views; /**< [lanes] */
    bool *changed;    /**< [parameter] whether any lane changes it */
    bool differs;     /**< whether a parameter that a lane changes was looked at; scratch */
    frem_diags *diags;
    size_t *programme_of; /**< by the core's programmes: the scenario's programme that it is (a part of) */
    frem_lanes *places;   /**< by the core's programmes: [entry] places; off where the scenario has none */
    size_t *upgrade_of;   /**< by the core's upgrades: the scenario's programme that it is one start of */
    frem_lanes *upgrade_places; /**< by the core's upgrades: [entry] places of this start */
    frem_core_inputs inputs;
};

/** Compiles cases of one shape.
 *  @param cases number of lanes that matter, >= 1; the rest are copies of lane 0.
 *  @param[out] out Owned by the caller.
 *  @return FREM_USAGE for a change of something that is no given parameter or in no lane; FREM_INVALID for one that
 *  leaves the parameter's range, or whatever else the case's scenario file would be refused for before it is projected. */
FREM_MUST_CHECK frem_status frem_batch_new(frem_batch **out, const frem_model *model, size_t cases,
                                           const frem_change *changes, size_t n_changes, frem_diags *diags);
/** NULL is fine. */
void frem_batch_free(frem_batch *batch);

/* --- inside the room --- */

/** Fills one array as a lane sees it; must look at parameters through the view only. */
typedef frem_status (*frem_fill)(frem_view *view, const void *context, double *out);
/** Runs a fill once where no changed parameter is looked at, else once a lane. */
FREM_MUST_CHECK frem_status frem_batch_fill(frem_batch *batch, frem_fill fill, const void *context, size_t n,
                                            frem_lanes *out);
/** The dimensions that a value has in every lane of a batch. @return Borrowed; at is NULL where it is not given. */
const frem_series *frem_batch_layout(const frem_batch *batch, const frem_value *value);
/** A value as the view sees it. @return Borrowed; at is NULL where the value is not given. */
const frem_series *frem_view_series(frem_view *view, const frem_value *value);
/** One number of a series. */
static inline double frem_series_at(const frem_series *s, int year, size_t region, size_t sex, size_t age) {
    return s->at[(size_t)(s->year ? year - s->first_year : 0) * s->year + region * s->region + sex * s->sex +
                 age * s->age];
}
/** How many years a series holds; 1 where it is the same in all. */
static inline size_t frem_series_years(const frem_series *s) {
    return s->year > 0 ? (s->region > s->year ? s->region : s->size) / s->year : 1;
}
/** A value that is one number in every year, region, sex and age; `otherwise` where it is not given. */
double frem_view_number(frem_view *view, const frem_value *value, double otherwise);

/** Resolves every value of the scenario. */
FREM_MUST_CHECK frem_status frem_model_resolve(frem_model *model);
/** Reads a table that a scenario names, once. @param[out] table Borrowed; NULL when it has problems, which are
 *  reported once. */
FREM_MUST_CHECK frem_status frem_model_table(frem_model *model, const frem_node *named_by, const char *name,
                                             frem_place place, frem_table **table);
/** The table's column for a dimension: what `keys` says, else the first of the usual names that it has.
 *  @return NULL where the table has none. */
const char *frem_model_column(const frem_table *table, const frem_text_map *keys, const char *dimension);
/** Whether `keys` names dimensions, and columns that the table has; reports what it does not.
 *  @param path of the value or mapping that `keys` stands in. */
FREM_MUST_CHECK frem_status frem_model_check_keys(frem_model *model, const frem_table *table,
                                                  const frem_text_map *keys, const char *path);
/** The cell that a number outside min..max stands in, where one column alone makes the numbers; else the place where
 *  the table is asked for. */
frem_place frem_model_outside(const frem_reading *reading, double min, double max);
/** `where` as filters. @param[out] filters Borrowed from the model's arena. */
FREM_MUST_CHECK frem_status frem_model_filters(frem_model *model, const frem_text_map *where,
                                               frem_filter **filters);
/** The regions of a table as an axis; its keys are the scenario's regions, of all those that a table may have.
 *  @param column may be NULL. */
frem_axis frem_model_region_axis(const frem_model *model, const frem_table *table, const char *column);
/** How the table's ages are written. */
void frem_model_ages(const frem_table *table, const frem_text_map *keys, frem_reading *reading);

FREM_MUST_CHECK frem_status frem_model_regions(frem_model *model);
FREM_MUST_CHECK frem_status frem_model_people(frem_model *model);
FREM_MUST_CHECK frem_status frem_model_sexes(frem_model *model);
/** Adds the sexes of a table's column to others, as f, m and all; reports what is none, each at its first cell. */
FREM_MUST_CHECK frem_status frem_model_table_sexes(frem_model *model, const frem_table *table,
                                                   const char *column, const size_t *rows, size_t n_rows,
                                                   frem_index *sexes);
FREM_MUST_CHECK frem_status frem_model_births(frem_model *model);
/** Reads the tables of user groups and of hours; needs the population. */
FREM_MUST_CHECK frem_status frem_model_users(frem_model *model);
/** Collects the ages that the scenario asks for inside the population's groups; needs all values. */
FREM_MUST_CHECK frem_status frem_model_cuts(frem_model *model);
/** People of an age range in a region and step. */
double frem_model_persons(const frem_model *model, frem_age_range ages, size_t region, size_t step);
/** People of an age range in the whole population table; only where a budget asks for them. */
double frem_model_country(const frem_model *model, frem_age_range ages, size_t step);
/** An age range as scenarios write it: 0-5, 17 or 18+. */
enum { FREM_AGES_TEXT = 32 };
void frem_ages_text(char out[FREM_AGES_TEXT], frem_age_range ages);
/** Whether the population can tell an age range; reports it when not. */
bool frem_model_can_tell_at(const frem_model *model, frem_diags *diags, frem_age_range ages, frem_place place,
                            const char *path);
bool frem_model_can_tell(const frem_model *model, frem_diags *diags, frem_age_range ages,
                         const frem_entry *entry, const char *key);

/** The regions that a total covers. @param total its entry, or that of the mapping that holds it. @return Borrowed */
const frem_area *frem_model_area(const frem_model *model, const frem_entry *total);
/** Whether two totals cover the same regions. */
bool frem_area_is(const frem_model *model, const frem_area *one, const frem_area *other);
/** What an area is called in messages: `all`, a group's name, `own`. */
const char *frem_area_name(const frem_area *area);
/** The regions that a programme's entrants are of: those that its intake, places or applicants cover. */
const frem_area *frem_programme_area(const frem_model *model, const frem_programme *programme);

/** Shares of a total over the regions that it covers by a split's key, summing to 1; 0 elsewhere. A split that is not
 *  given is an error where it covers several regions.
 *  @param profession whose employment is the key of `by: employment`.
 *  @param total what is split, for messages. @param[out] shares [regions] */
FREM_MUST_CHECK frem_status frem_model_shares(frem_view *view, const frem_split *split, size_t profession,
                                              const frem_area *area, const frem_entry *total, double *shares);
/** The same of a year, by a key that may have weights of each. */
FREM_MUST_CHECK frem_status frem_model_shares_in(frem_view *view, const frem_split *split, size_t profession,
                                                 const frem_area *area, const frem_entry *total, int year,
                                                 double *shares);
/** Whether a split's weights differ by year. */
bool frem_split_by_year(frem_view *view, const frem_split *split);
/** Employment of a profession in a region, FTE of the base year, all sectors. @param[out] out [regions] */
FREM_MUST_CHECK frem_status frem_model_employment(frem_view *view, size_t profession, double *out);
/** A value of the base year by region: its own regions, or a total split. @param[out] out [regions] */
FREM_MUST_CHECK frem_status frem_model_by_region(frem_view *view, const frem_value *value,
                                                 const frem_split *split, size_t profession, double *out);
/** The value that a list of named values has for a profession, or NULL. */
const frem_value *frem_values_find(const frem_values *values, const char *name);

/** The retirement age of people aged `age` (whole) at the count date of `year`, mixed as the scenario says. */
double frem_model_retirement_age(frem_view *view, const frem_retirement *retirement, int age, int year);
/** A rule's own age for one date of birth, in months since year 0. */
double frem_births_age(const frem_births *births, double born);

FREM_MUST_CHECK frem_status frem_batch_supply(frem_batch *batch);
FREM_MUST_CHECK frem_status frem_batch_retirement(frem_batch *batch, const frem_profession *profession,
                                                  frem_core_profession *out);
FREM_MUST_CHECK frem_status frem_batch_courses(frem_batch *batch);
FREM_MUST_CHECK frem_status frem_batch_demand(frem_batch *batch);
/** Tasks that move between sectors. */
FREM_MUST_CHECK frem_status frem_batch_transfers(frem_batch *batch);
/** A value as a grid with only the dimensions that it has. */
FREM_MUST_CHECK frem_status frem_batch_grid(frem_batch *batch, const frem_value *value, frem_grid *out);

/** A profile by sex and age as shares. @param total what the numbers are shares of; NaN for their own sum.
 *  @param[out] out [cells] */
FREM_MUST_CHECK frem_status frem_view_profile(frem_view *view, const frem_value *value, double total,
                                              double *out);
/** The same of a profile that may differ by year and region. */
FREM_MUST_CHECK frem_status frem_view_profile_of(frem_view *view, const frem_value *value, int year,
                                                 size_t region, double total, double *out);

/** Reads the tables of moves and commuting. */
FREM_MUST_CHECK frem_status frem_model_mobility(frem_model *model);
/** Immigration, returners, moves and commuting of a profession. */
FREM_MUST_CHECK frem_status frem_batch_mobility(frem_batch *batch, const frem_profession *profession,
                                                frem_core_profession *out);
/** Programmes whose entrants come from a stock; needs nothing compiled before. */
FREM_MUST_CHECK frem_status frem_batch_upgrades(frem_batch *batch);

/** Warns of what is legal but odd in a model that is whole. @return FREM_OK or FREM_NO_MEMORY. */
FREM_MUST_CHECK frem_status frem_model_odd(const frem_model *model, frem_diags *diags);

/** Says once which value lacks which year. @return FREM_INVALID. */
frem_status frem_view_lacks_year(frem_view *view, const frem_value *value, int year);

#endif
