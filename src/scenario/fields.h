/** @file
 *  The field table: every scenario field described once. Reading, checking, defaults, ranges, "did you mean",
 *  explanations, the editors' schema and the reference page are made from it.
 */
#ifndef FREM_SCENARIO_FIELDS_H
#define FREM_SCENARIO_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

#include "frame/document.h"
#include "fremskriv/diag.h"

/** What a field holds; in brackets the C type at its offset. */
typedef enum frem_type {
    FREM_T_TEXT,     /**< a text [const char *] */
    FREM_T_LABEL,    /**< a text, or one by language {da, en} [frem_label] */
    FREM_T_CHOICE,   /**< one of `choices` [int, its place in the list] */
    FREM_T_WHOLE,    /**< a whole number [int64_t] */
    FREM_T_NUMBER,   /**< a plain number [double] */
    FREM_T_DATE,     /**< a day of the year, "30 june" [frem_day] */
    FREM_T_MONTH,    /**< "january" .. "december" [int, 1..12] */
    FREM_T_AGES,     /**< "0-5", "17", "18+" [frem_age_range] */
    FREM_T_TEXTS,    /**< a list of texts, or one text [frem_texts] */
    FREM_T_TEXT_MAP, /**< texts or numbers by name [frem_text_map] */
    FREM_T_BIRTHS,   /**< numbers by date of birth, "1954-01-01" [frem_births] */
    FREM_T_VALUE,    /**< a number, perhaps over years, regions, sexes, ages [frem_value] */
    FREM_T_VALUES,   /**< values by name [frem_values] */
    FREM_T_EARLIER, /**< inside a value: the value of the years before `from` [frem_value *, NULL where not given] */
    FREM_T_STRUCT, /**< a mapping of `kind` [the kind's struct] */
    FREM_T_MAP,    /**< mappings of `kind` by name [FREM_MAP_OF(struct)] */
    FREM_T_MATRIX, /**< as many rows as columns: [[1, 0.5], [0.5, 1]] [frem_square] */
    FREM_T_LIST /**< mappings of `kind` in a list, named "1", "2", ...; a layer replaces it as a whole [FREM_MAP_OF(struct)] */
} frem_type;

/** Marks of a field. */
enum {
    FREM_F_REQUIRED = 1u << 0,
    FREM_F_SHAPE =
        1u << 1, /**< decides arrays; a change compiles anew. Without it a FREM_T_VALUE is a parameter */
    FREM_F_COUNTS = 1u << 2, /**< age groups of a table are counts to spread, not levels */
    FREM_F_ENTRY = 1u << 3,  /**< years are entry years, which begin before the base year */
    FREM_F_YEAR = 1u << 4,   /**< the value may differ by year ... */
    FREM_F_REGION = 1u << 5,
    FREM_F_SEX = 1u << 6,
    FREM_F_AGE = 1u << 7,
    FREM_F_PEOPLE = 1u << 8,   /**< ages are those of the population, not of the stock */
    FREM_F_TOTAL = 1u << 9,    /**< without regions it is the total of them all, not the same in each */
    FREM_F_SEVERAL = 1u << 11, /**< texts by name: a name may have a list of them */
    FREM_F_BEYOND = 1u << 10,  /**< read for some years past the last one too (frem_model.beyond) */
    FREM_F_PATHS = 1u << 12,   /**< names of the map may be paths, with dots */
    FREM_F_FRAME =
        1u << 13 /**< which years, ages, regions and people are counted: no assumption about staff */
};

typedef struct frem_kind frem_kind;

/** One field. */
typedef struct frem_field {
    const char *key;
    frem_type type;
    size_t offset;         /**< in the struct of its kind */
    const frem_kind *kind; /**< FREM_T_STRUCT, FREM_T_MAP and FREM_T_LIST */
    unsigned flags;
    const char *unit;            /**< NULL where it has none */
    double min, max;             /**< allowed range of numbers, both included */
    double usual_min, usual_max; /**< a number outside is allowed and odd; equal where nothing is */
    const char *choices;         /**< FREM_T_CHOICE: "a|b|c" */
    const char *preset;          /**< default as the scenario would write it; NULL for none */
    const char *
        without; /**< what it counts as where it is left out and has no default: what a change changes then */
    const char *refers; /**< the map whose names this field must hold: "professions", ... */
    frem_label help;
    frem_label called; /**< a parameter in two or three words, for charts; NULL texts: its help says it */
} frem_field;

/** One kind of mapping. */
struct frem_kind {
    const char *name;
    size_t size; /**< of its struct, which begins with a frem_entry */
    const frem_field *fields;
    size_t n_fields;
    const char *shorthand; /**< the key whose value a plain scalar gives; NULL for none */
    bool total;            /**< its table holds totals of regions, so that `covers` speaks of them */
};

/** Says that a number lies outside its field's range.
 *  @param path of the value that it belongs to. @return FREM_INVALID or FREM_NO_MEMORY. */
frem_status frem_field_outside(const frem_field *field, const char *path, double number, frem_place place,
                               frem_diags *diags);
/** The same of a number that only lies outside once it is multiplied by `times` and `add` is added (NaN where they are not
 *  given); says all. */
frem_status frem_field_outside_changed(const frem_field *field, const char *path, double number, double times,
                                       double add, frem_place place, frem_diags *diags);

/** Warns of a number outside its field's usual range. @return whether it did. */
bool frem_field_unusual(const frem_field *field, const char *path, double number, frem_place place,
                        frem_diags *diags);

/** The kind of the whole file. */
extern const frem_kind frem_kind_scenario;
/** A variant: `label`, and the fields of the file that it may have. It lies over the scenario, so what is required
 *  of a file is not required of it. */
extern const frem_kind frem_kind_variant;
/** The mapping forms of a value; year keys are keys of the same mapping. */
extern const frem_kind frem_kind_value;

/** Whether a unit counts things that come in thousands: persons, FTE, places, money. */
bool frem_unit_counts(const char *unit);
/** A unit of the table in words of a language; a text that is none of the table's is itself. @return Borrowed; NULL for
 *  NULL. */
const char *frem_unit_text(const char *unit, frem_lang lang);

#endif
