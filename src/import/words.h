/** @file
 *  What the words of a statistical table mean: variables, periods, ages, sexes and areas as Statistics Denmark codes and
 *  names them, in Danish and English.
 */
#ifndef FREM_IMPORT_WORDS_H
#define FREM_IMPORT_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "import/table.h"

typedef enum frem_import_kind {
    FREM_KIND_OTHER,
    FREM_KIND_AREA,
    FREM_KIND_SEX,
    FREM_KIND_AGE,
    FREM_KIND_TIME,
    FREM_KIND_MARITAL, /**< its values add up to everybody */
    FREM_KIND_ORIGIN,  /**< ancestry, country of origin, citizenship: values within values */
    FREM_KIND_CONTENT  /**< what the figures count */
} frem_import_kind;

/** The longest text, in bytes, that frem_import_fold() keeps whole. */
#define FREM_FOLDED_MAX 192

/** Small letters, one blank for each run of blanks, none around; for comparing. Latin letters only; a longer text is
 *  cut. */
void frem_import_fold(const char *text, char out[FREM_FOLDED_MAX]);
/** Whether a value is the total of all values: "TOT", "I alt", "Alder i alt", "Age, total". */
bool frem_import_is_total(const char *text);

/** The power of ten that a unit counts in: 3 for "1.000 personer" and "DKK thousand", 6 for "mio. kr."; 0 for "antal" and
 *  for rates, limits and groups such as "pr. 1.000 indbyggere". */
int frem_import_power(const char *text);

/** The kind of a variable by its name. */
frem_import_kind frem_import_kind_of_name(const char *name);
/** The kind of a variable: by code, label, else by its values. */
frem_import_kind frem_import_kind_of(const frem_import_variable *variable);

/** "2024", "2024K1", "2024Q1", "2024M01". @param[out] month 1..12 that the period begins with, 0 for a year. */
bool frem_import_read_time(const char *text, int *year, int *month);
/** "17", "17 år", "100-", "100 years and over", "0-5 år". @param[out] to -1 for an open group. */
bool frem_import_read_age(const char *text, int *from, int *to);

typedef enum frem_import_sex { FREM_SEX_NONE, FREM_SEX_MEN, FREM_SEX_WOMEN, FREM_SEX_ALL } frem_import_sex;
frem_import_sex frem_import_read_sex(const char *text);

/** Whether a value is one of the marital statuses, which add up to everybody. */
bool frem_import_is_marital(const char *text);

typedef struct frem_import_area {
    frem_import_areas level; /**< FREM_AREAS_FINEST: none that is known */
    int code;
} frem_import_area;

/** The code of areas that are none: "Uoplyst", "Udlandet". */
#define FREM_AREA_NOWHERE (-1)

/** Christiansø: in the tables of municipalities, but none. */
#define FREM_CHRISTIANSOE 411

/** Whether an area is no place in the country: "999 Uoplyst", "Unknown municipality", "Udlandet"; or a code
 *  that means so, without a name. */
bool frem_import_is_nowhere(const char *text);
/** An area of a code: three digits (municipality, region, 000) or two (province). */
bool frem_import_area_of_code(const char *text, frem_import_area *area);
/** The country, a region or a province by its name, in Danish or English; municipalities are in the names table,
 *  except those with another name in English tables. */
bool frem_import_area_of_name(const char *text, frem_import_area *area);

#endif
