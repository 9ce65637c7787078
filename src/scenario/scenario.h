/** @file
 *  A scenario as typed structs. The field table (fields.h) says what each member means, its unit and range.
 */
#ifndef FREM_SCENARIO_SCENARIO_H
#define FREM_SCENARIO_SCENARIO_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#include "fremskriv/scenario.h"
#include "numeric/distribution.h"
#include "numeric/numeric.h"
#include "scenario/fields.h"
#include "scenario/tree.h"

/** Which regions a total is of: `covers` of the value, or of the nearest mapping around it. */
typedef struct frem_covers {
    const char *text; /**< NULL where nothing says it */
    frem_place place;
} frem_covers;

/** What every struct of a kind begins with. */
typedef struct frem_entry {
    const char *key;       /**< its name in the mapping above it */
    const char *path;      /**< "professions.paedagog.retirement"; "" for the file */
    const frem_node *node; /**< NULL where the mapping was not given */
    frem_place place;      /**< of the key, or of the mapping above where it was not given */
    frem_covers covers;    /**< what totals in it are of */
} frem_entry;

#define FREM_MAP_OF(type)                                                                                    \
    struct {                                                                                                 \
        type *items;                                                                                         \
        size_t count;                                                                                        \
    }

typedef struct frem_day {
    int month; /**< 1..12; 0 where not given */
    int day;   /**< 1..31 */
} frem_day;

typedef struct frem_age_range {
    bool given;
    int from;
    int to; /**< included; INT_MAX for an open range */
} frem_age_range;

typedef FREM_MAP_OF(const char *) frem_texts;

typedef struct frem_text_pair {
    const char *key;
    const char *text;
    bool also; /**< one more text of the key of the item before */
    frem_place place;
} frem_text_pair;
typedef FREM_MAP_OF(frem_text_pair) frem_text_map;

/** From a date of birth on, a number. Ascending. */
typedef struct frem_birth {
    int year, month, day;
    double number;
} frem_birth;
typedef FREM_MAP_OF(frem_birth) frem_births;

/** One point of a path over years. */
typedef struct frem_point {
    int year;
    double number;
    frem_place place;
} frem_point;

/** How a value is given. */
typedef enum frem_value_form {
    FREM_VALUE_NONE,   /**< not given and no default */
    FREM_VALUE_NUMBER, /**< one number */
    FREM_VALUE_PATH,   /**< points over years */
    FREM_VALUE_GROWTH, /**< a start and a yearly growth */
    FREM_VALUE_TABLE   /**< columns of a table */
} frem_value_form;

/** After the last point of a path. */
typedef struct frem_then {
    frem_entry head;
    int hold;      /**< 0 not given, 1 "hold" */
    double growth; /**< per year; NaN where not given */
} frem_then;

/** What of a value is not known. */
typedef enum frem_unknown_as { FREM_UNKNOWN_VALUE, FREM_UNKNOWN_TIMES, FREM_UNKNOWN_ADD } frem_unknown_as;

/** A value that `calibrate` fits: the number itself, or a factor on the value, or what is added to it. Everything else takes
 *  the number that the search begins with. */
typedef struct frem_unknown {
    frem_entry head;
    double min, max;
    double start; /**< 1 or 0 where a factor or a sum does not say it; NaN with a problem alone */
    int as;       /**< frem_unknown_as */
} frem_unknown;

/** A number as a scenario gives it. The first member of the mapping forms is the entry, as in every kind. */
typedef struct frem_value frem_value;
struct frem_value {
    frem_entry head;
    const frem_field *field;
    frem_value_form form;
    size_t parameter; /**< its place among the scenario's parameters; SIZE_MAX for shape fields */
    double number;    /**< FREM_VALUE_NUMBER; start of FREM_VALUE_GROWTH */
    frem_label source;
    const char *unit;
    const char *note;
    const char *covers; /**< its own; head.covers is what holds */
    /* path */
    FREM_MAP_OF(frem_point) points;
    int between; /**< 0 not given, else 1 + frem_between */
    frem_then then;
    int before; /**< 0 not given, 1 hold */
    /* growth */
    double growth; /**< per year; NaN where not given */
    double start;  /**< NaN where not given */
    /* table */
    const char *table, *sheet;
    const char *column;
    frem_texts product, ratio, sum;
    frem_texts over; /**< key columns whose rows add up */
    frem_text_map where;
    frem_text_map keys;
    double outside; /**< NaN where not given */
    /* any form */
    double times; /**< factor on every number but those of `earlier`; NaN where not given */
    double add;   /**< added to every number but those of `earlier`, after times; NaN where not given */
    frem_unknown unknown; /**< its node is NULL where not given; times and add hold what it starts with */
    int64_t
        from; /**< first year that all of this holds for; 0 where not given, -1 where it could not be read */
    frem_value *
        earlier; /**< the value of the years before; NULL where `from` is not given; no parameter of its own */
};

typedef struct frem_named_value {
    const char *key;
    frem_place place;
    frem_value value;
} frem_named_value;
typedef FREM_MAP_OF(frem_named_value) frem_values;

typedef struct frem_years {
    frem_entry head;
    int64_t base, until;
    frem_day count;
} frem_years;

/** What happens to people who pass the oldest age. */
typedef enum frem_oldest { FREM_OLDEST_OPEN, FREM_OLDEST_LEAVES } frem_oldest;

typedef struct frem_ages {
    frem_entry head;
    int64_t from, to;
    int oldest;
} frem_ages;

typedef struct frem_regions {
    frem_entry head;
    const char *table, *sheet, *key, *name;
    frem_label label, whole;
    frem_text_map where;
    frem_texts group_by;
    frem_text_map groups; /**< regions by key or name, several of each group */
} frem_regions;

/** How the population's oldest, open group is spread: shares of it by year and age group. */
typedef struct frem_old_ages {
    frem_entry head;
    const char *table, *sheet, *column;
    frem_label source;
} frem_old_ages;

/** A larger area's persons by year and single age, whose shape divides the population's groups. */
typedef struct frem_age_profile {
    frem_entry head;
    const char *table, *sheet, *column;
    frem_label source;
} frem_age_profile;

/** The day of the year that the population's figures are of. */
typedef enum frem_people_day { FREM_PEOPLE_JANUARY, FREM_PEOPLE_COUNT } frem_people_day;

/** What the years of a factor on people are. */
typedef enum frem_people_years { FREM_PEOPLE_COUNTED, FREM_PEOPLE_BORN } frem_people_years;

/** A factor on the people of some ages after the base year. */
typedef struct frem_people_factor {
    frem_entry head;
    frem_age_range ages;
    int years; /**< frem_people_years */
    frem_value factor;
} frem_people_factor;

typedef struct frem_population {
    frem_entry head;
    const char *table, *sheet, *column;
    frem_label source;
    int at; /**< frem_people_day */
    frem_text_map where;
    frem_text_map keys;
    frem_old_ages old_ages;
    frem_age_profile ages;
    FREM_MAP_OF(frem_people_factor) factors;
} frem_population;

/** A retirement age by date of birth or by calendar year. */
typedef struct frem_retirement_age {
    frem_entry head;
    const char *table, *sheet;
    frem_label source;
    frem_births born;
    frem_value year;
} frem_retirement_age;

typedef enum frem_split_by {
    FREM_SPLIT_NONE,
    FREM_SPLIT_POPULATION,
    FREM_SPLIT_EMPLOYMENT,
    FREM_SPLIT_EQUAL,
    FREM_SPLIT_WEIGHTS
} frem_split_by;

typedef struct frem_split {
    frem_entry head;
    int by;
    frem_age_range ages;
    frem_value weights;
} frem_split;

typedef struct frem_cohorts {
    frem_entry head;
    const char *covers;
    frem_value persons, ages;
    frem_split split;
} frem_cohorts;

typedef struct frem_absence {
    frem_entry head;
    frem_value share, days, of;
} frem_absence;

/** Part time in place of FTE per employed person. */
typedef struct frem_part_time {
    frem_entry head;
    frem_value share, hours;
} frem_part_time;

typedef struct frem_leaves {
    frem_entry head;
    frem_value mean, spread, response;
} frem_leaves;

typedef enum frem_retirement_kind { FREM_RETIRE_EXIT, FREM_RETIRE_PARTICIPATION } frem_retirement_kind;

typedef struct frem_retirement {
    frem_entry head;
    int kind;
    frem_values age;
    frem_leaves leaves;
    double earliest, latest; /**< NaN where not given */
    double threshold;        /**< NaN where not given */
    frem_value response;
} frem_retirement;

typedef struct frem_immigration {
    frem_entry head;
    const char *covers;
    frem_value persons, ages;
    frem_split split;
    frem_values stay; /**< by whole years since they came */
} frem_immigration;

/** Shares from region to region, one row a pair; the region "outside" is all others. */
typedef struct frem_matrix {
    frem_entry head;
    const char *table, *sheet, *from, *to, *column;
    frem_label source;
    frem_text_map where, keys;
} frem_matrix;

typedef struct frem_moves {
    frem_entry head;
    frem_matrix matrix;
    frem_value net, factor;
} frem_moves;

typedef struct frem_commuting {
    frem_entry head;
    frem_matrix matrix;
    frem_value inflow, inflow_fte;
} frem_commuting;

/** `supply` of a profession. */
typedef enum frem_supply_kind {
    FREM_SUPPLY_COHORTS,
    FREM_SUPPLY_LABOUR_FORCE,
    FREM_SUPPLY_NONE
} frem_supply_kind;

/** Untrained staff who fill a share of the posts that were empty the year before. */
typedef struct frem_untrained {
    frem_entry head;
    const char *profession;
    frem_label source;
    frem_value share;
} frem_untrained;

/** Unemployment that answers the shortage of the year before. */
typedef struct frem_unemployment {
    frem_entry head;
    frem_label source;
    frem_value response, least, most;
} frem_unemployment;

/** Pay and how much labour it calls for. */
typedef struct frem_pay {
    frem_entry head;
    frem_label source;
    frem_value index, elasticity;
} frem_pay;

/** What answers a shortage; each part by itself. */
typedef struct frem_feedback {
    frem_entry head;
    frem_untrained untrained;
    frem_unemployment unemployment;
    frem_pay pay;
} frem_feedback;

typedef struct frem_profession {
    frem_entry head;
    frem_label label;
    const char *covers;
    int supply;
    frem_cohorts cohorts;
    frem_value returners, already_left, unit_cost;
    frem_immigration immigration;
    frem_moves moves;
    frem_commuting commuting;
    frem_value participation, unemployment, employment_rate, fte_per_employed;
    frem_part_time part_time;
    frem_absence absence;
    frem_value death, emigration, permanent_exit;
    frem_values graduate_exit; /**< by the year since graduates joined, the first one 1 */
    frem_retirement retirement;
    frem_feedback feedback;
} frem_profession;

typedef struct frem_start {
    frem_entry head;
    frem_value share;
    int ends;
} frem_start;

typedef struct frem_course_stage {
    frem_entry head;
    frem_label label;
    frem_value length, dropout, student_fte;
} frem_course_stage;

/** A programme made shorter from an entry cohort on. */
typedef struct frem_reform {
    frem_entry head;
    int64_t from;
    frem_value shorter, ects;
} frem_reform;

/** Intake or applicants that follow a population group. */
typedef struct frem_young {
    frem_entry head;
    frem_age_range population;
} frem_young;

/** Dropouts who begin again. */
typedef struct frem_again {
    frem_entry head;
    frem_value share;
    int64_t after; /**< years from the one in which they are counted as dropouts */
} frem_again;

/** What entry cohorts before the first one given are taken to be. */
typedef enum frem_earlier { FREM_EARLIER_REQUIRED, FREM_EARLIER_NONE, FREM_EARLIER_HOLD } frem_earlier;

/** A specialisation of a programme: a share of its places. */
typedef struct frem_specialisation {
    frem_entry head;
    frem_label label;
    frem_value share;
} frem_specialisation;

typedef struct frem_programme {
    frem_entry head;
    frem_label label;
    const char *covers;
    const char *leads_to;
    const char *from; /**< the profession that entrants come from; NULL for none */
    frem_value return_share;
    frem_value intake;
    frem_value places, applicants, qualified_share, shock;
    frem_young intake_follows;
    frem_reform reform;
    frem_again begin_again;
    frem_values delay;
    frem_value entry_total;
    int earlier_intake;
    FREM_MAP_OF(frem_start) starts;
    frem_value length;
    double full_length; /**< NaN where not given */
    frem_value completion;
    FREM_MAP_OF(frem_course_stage) stages;
    frem_value entry;
    frem_split graduates_to;
    frem_value outside;
    FREM_MAP_OF(frem_specialisation) specialisations;
} frem_programme;

/** Weights and users of a group from hours a week: sum(users * mid hours) * intensity / (norm_hours * sum(users)). */
typedef struct frem_hours {
    frem_entry head;
    const char *table, *sheet, *from, *to, *users, *covers;
    frem_label source;
    frem_text_map where;
    frem_value intensity, norm_hours;
} frem_hours;

typedef struct frem_user_group {
    frem_entry head;
    const char *covers;
    frem_age_range population;
    frem_value use_rate, users, weight;
    frem_hours hours;
} frem_user_group;

/** User groups that a table lists, one a row. */
typedef struct frem_user_table {
    frem_entry head;
    const char *table, *sheet, *age_from, *age_to, *users, *weight, *covers;
    frem_label source;
    frem_text_map where;
} frem_user_table;

/** Healthy ageing: the need of an age is read at a younger age as life expectancy rises. */
typedef struct frem_healthy {
    frem_entry head;
    int64_t from;
    frem_value strength, life_expectancy;
} frem_healthy;

/** Years to death: those who die within some years need something else than the others. */
typedef struct frem_dying {
    frem_entry head;
    int64_t years;
    frem_value mortality, decedent, decedent_ratio;
} frem_dying;

/** Need by single age of the population. */
typedef struct frem_need {
    frem_entry head;
    frem_value by_age;
    frem_healthy healthy_ageing;
    frem_dying years_to_death;
} frem_need;

/** Children that a staffing rule counts. */
typedef struct frem_floor_group {
    frem_entry head;
    frem_age_range population;
    double months; /**< of the next single age, 0..12 */
    frem_value enrolment, children_per_adult;
} frem_floor_group;

/** A staffing ratio as a floor (normering). */
typedef struct frem_floor {
    frem_entry head;
    const char *covers;
    FREM_MAP_OF(frem_floor_group) children;
    frem_value opening_factor, other_staff, student_weight, phase;
    frem_values staff, marginal;
} frem_floor;

/** Money that becomes posts. */
typedef struct frem_budget {
    frem_entry head;
    frem_value amount, deflator, unit_cost;
    int64_t price_year;
    frem_values shares;
    frem_young key;
} frem_budget;

/** Pupils of some ages, and the teaching that each of them is given. */
typedef struct frem_pupils {
    frem_entry head;
    frem_age_range population;
    frem_value enrolment, hours_per_pupil;
} frem_pupils;

/** What the need of the base year is: that of the employment, or what the hours ask for. */
typedef enum frem_teaching_level { FREM_TEACHING_EMPLOYMENT, FREM_TEACHING_HOURS } frem_teaching_level;

/** Hours of teaching over what a full-time teacher teaches. */
typedef struct frem_teaching {
    frem_entry head;
    FREM_MAP_OF(frem_pupils) pupils;
    frem_value hours_per_fte, teacher_share;
    int level; /**< frem_teaching_level */
} frem_teaching;

/** Spending of each region, brought to fixed prices. */
typedef struct frem_spending {
    frem_entry head;
    frem_value amount, deflator;
} frem_spending;

/** `follows`, when it is one word. */
typedef enum frem_follows_word { FREM_FOLLOWS_NOTHING, FREM_FOLLOWS_CONSTANT } frem_follows_word;

typedef struct frem_follows {
    frem_entry head;
    int driver;
    const char *covers;
    frem_age_range population;
    FREM_MAP_OF(frem_user_group) users;
    frem_user_table user_table;
    frem_value series;
    const char *sector; /**< another sector whose index it follows */
    frem_need need;
    frem_teaching teaching;
    frem_spending spending;
} frem_follows;

typedef struct frem_sector {
    frem_entry head;
    frem_label label;
    const char *covers;
    frem_values employment, vacancies;
    frem_split split;
    frem_follows follows;
    frem_value standard, productivity;
    frem_values shares, share_change, extra;
    frem_floor floor;
    frem_budget budget;
} frem_sector;

/** Tasks that move from one sector to another, with their posts. */
typedef struct frem_transfer {
    frem_entry head;
    frem_label label;
    const char *covers, *from, *to;
    frem_value share, fte;
    frem_values shares;
} frem_transfer;

/** How supply is allocated to sectors. */
typedef struct frem_allocate {
    frem_entry head;
    int rule; /**< frem_allocation of the core */
    frem_texts order;
} frem_allocate;

/** How much of a stage is practicum. */
typedef struct frem_practicum_stage {
    frem_entry head;
    frem_value share, weeks;
} frem_practicum_stage;

/** Whether something is to be done, as a scenario writes it: false or true. */
typedef enum frem_yes { FREM_NO, FREM_YES } frem_yes;

/** A programme's practicum places: how they are divided, how many are needed, how many are on offer. */
typedef struct frem_practicum_programme {
    frem_entry head;
    const char *covers;
    frem_split split;
    frem_value floor, ceiling;
    frem_value share, weeks;
    double year_weeks;
    FREM_MAP_OF(frem_practicum_stage) stages;
    frem_value offer;
    frem_value supervision_hours;
    int caps_intake; /**< frem_yes */
} frem_practicum_programme;

/** What a school's published dimensioning counts. */
typedef enum frem_dimensioning { FREM_DIMENSIONING_PLACES, FREM_DIMENSIONING_STA } frem_dimensioning;

typedef struct frem_practicum_school {
    frem_entry head;
    frem_label label;
    frem_value dimensioning;
    int dimensioning_is; /**< frem_dimensioning */
    frem_value sta, published;
} frem_practicum_school;

/** Practicum by municipality and school, one row a municipality. */
typedef struct frem_practicum_table {
    frem_entry head;
    const char *table, *sheet, *school, *region, *students, *sta, *published;
    frem_label source;
    frem_text_map where;
} frem_practicum_table;

typedef struct frem_practicum {
    frem_entry head;
    const char *covers;
    frem_value ects, published;
    FREM_MAP_OF(frem_practicum_school) schools;
    frem_practicum_table municipalities;
    FREM_MAP_OF(frem_practicum_programme) programmes;
} frem_practicum;

/** What was observed of a number of the results. */
typedef struct frem_observed {
    frem_entry head;         /**< its key is its place in the list: "1" */
    const char *of;          /**< the address of the number */
    double value, tolerance; /**< tolerance: NaN where not given */
    const char *note;
    frem_label source;
} frem_observed;

/** A square matrix by rows. */
typedef struct frem_square {
    double *items;
    size_t n;
} frem_square;

/** Numbers of the distributions that an uncertainty may have; NaN where not given. */
typedef struct frem_normal {
    frem_entry head;
    double mean, sd;
} frem_normal;
typedef struct frem_lognormal {
    frem_entry head;
    double median, sd;
} frem_lognormal;
typedef struct frem_beta {
    frem_entry head;
    double mean, sd, min, max;
} frem_beta;
typedef struct frem_triangular {
    frem_entry head;
    double min, mode, max;
} frem_triangular;
typedef struct frem_uniform {
    frem_entry head;
    double min, max;
} frem_uniform;

/** What a draw does with the parameter's numbers. */
typedef enum frem_uncertain_as {
    FREM_UNCERTAIN_UNSAID,
    FREM_UNCERTAIN_ADD,
    FREM_UNCERTAIN_TIMES,
    FREM_UNCERTAIN_VALUE
} frem_uncertain_as;

/** How the numbers of one draw lie over years and ages. */
typedef enum frem_uncertain_path {
    FREM_UNCERTAIN_LEVEL, /**< one number */
    FREM_UNCERTAIN_WALK,  /**< a step a year from the year before */
    FREM_UNCERTAIN_AR,    /**< a number a year, correlated with that of the year before */
    FREM_UNCERTAIN_AGES /**< a number an age, correlated with that of the age before; one curve for all years */
} frem_uncertain_path;

/** What is not known about parameters: their distribution. */
typedef struct frem_uncertain {
    frem_entry head;
    frem_texts of; /**< empty: the key is the path */
    frem_normal normal;
    frem_lognormal lognormal;
    frem_beta beta;
    frem_triangular triangular;
    frem_uniform uniform;
    int as;                       /**< frem_uncertain_as */
    int path;                     /**< frem_uncertain_path */
    double correlation, min, max; /**< NaN where not given */
    int64_t from;                 /**< 0 where not given */
    int outside;                  /**< 1: cut */
    frem_label source;
} frem_uncertain;

/** Uncertainties that go together. */
typedef struct frem_correlated {
    frem_entry head;
    frem_texts of;
    double correlation; /**< of every two; NaN where not given */
    frem_square matrix;
    frem_label source;
} frem_correlated;

/** What a paper made of the results is about. */
typedef struct frem_report_wish {
    frem_entry head;
    frem_label title, made_for, by;
    frem_texts years, professions, regions, variants;
} frem_report_wish;

struct frem_scenario {
    frem_entry head;
    frem_arena *arena; /**< owns everything below */
    frem_sources *sources;
    const frem_source *source; /**< the file that was named on the command line */
    frem_draft *draft;         /**< what it was read from */
    bool owns_draft;
    const char *variant; /**< "base" for the scenario itself */
    int64_t version;
    frem_texts extends;         /**< always empty: the draft has laid the files over each other */
    FREM_MAP_OF(char) variants; /**< likewise empty */
    FREM_MAP_OF(char) known;    /**< likewise empty */
    const char *name;
    frem_label title, description;
    frem_label label; /**< of the variant; its name where it has none; NULL for the scenario itself */
    const char *covers;
    frem_years years;
    frem_ages ages;
    frem_report_wish report;
    int base_mode; /**< frem_base_mode of the core */
    double full_time_hours;
    frem_regions regions;
    frem_population population;
    FREM_MAP_OF(frem_retirement_age) retirement_ages;
    FREM_MAP_OF(frem_profession) professions;
    FREM_MAP_OF(frem_programme) programmes;
    FREM_MAP_OF(frem_sector) demand;
    FREM_MAP_OF(frem_transfer) transfers;
    frem_allocate allocation;
    frem_practicum practicum;
    FREM_MAP_OF(frem_uncertain) uncertain;
    FREM_MAP_OF(frem_correlated) correlated;
    FREM_MAP_OF(frem_observed) observed;
    /** Every value that is not shape, in the order of the file: the named parameters. */
    FREM_MAP_OF(frem_value *) parameters;
};

/** The scenario as one file that runs alone and gives the same: no `extends`, its name, and under `variants` what each of
 *  them has that the scenario itself has not. Of a variant: the scenario that it is a variant of.
 *  @param variants names of those to write. @param[out] root Borrowed from the draft. */
FREM_MUST_CHECK frem_status frem_scenario_resolve(const frem_scenario *scenario, const char *const *variants,
                                                  size_t n, frem_node **root);
/** A parameter, one of `parameters`, by its path. @return Borrowed; NULL for none. */
const frem_value *frem_scenario_parameter(const frem_scenario *scenario, const char *path);
/** How many paths an uncertainty has, and each of them. */
static inline size_t frem_uncertain_paths(const frem_uncertain *u) {
    return u->of.count > 0 ? u->of.count : 1;
}
static inline const char *frem_uncertain_path_at(const frem_uncertain *u, size_t i) {
    return u->of.count > 0 ? u->of.items[i] : u->head.key;
}
/** What its draws do, said or by its distribution. */
frem_uncertain_as frem_uncertain_means(const frem_uncertain *uncertain);
/** Its distribution, cut by its min and max; not made ready. */
frem_distribution frem_uncertain_distribution(const frem_uncertain *uncertain);
/** The factor of a group's correlations (frem_cholesky()). @param[out] factor [of.count][of.count].
 *  @return FREM_INVALID where they are not positive definite. */
FREM_MUST_CHECK frem_status frem_correlated_factor(const frem_correlated *correlated, double *factor);
/** The scenario, or variant, as it was known in a year: its paths without their later points, held where they say nothing
 *  else; what it lists under `known` for that year and those before it laid over them; projected from the year on.
 *  @param until the last year. @param[out] out Owned by the caller; borrows from the scenario's draft. */
FREM_MUST_CHECK frem_status frem_scenario_known(frem_scenario **out, const frem_scenario *scenario, int year,
                                                int until, frem_diags *diags);
/** Reads a date of birth, "1954-01-01"; the number is left alone. @return whether it is one. */
bool frem_birth_read(const char *text, frem_birth *out);
/** The place of a key inside an entry's mapping, or the entry's own place where the key is not given. */
frem_place frem_entry_place(const frem_entry *entry, const char *key);
/** A number of a value as its `times` and `add` make it. */
static inline double frem_value_changed(const frem_value *value, double number) {
    number = isnan(value->times) ? number : number * value->times;
    return isnan(value->add) ? number : number + value->add;
}
/** Whether a value has `times` or `add`. */
static inline bool frem_value_changes(const frem_value *value) {
    return !isnan(value->times) || !isnan(value->add);
}
/** Whether a value is given (or has a default). */
static inline bool frem_value_given(const frem_value *value) {
    return value->form != FREM_VALUE_NONE;
}

#endif
