/** @file
 *  The practicum table under way: rows in any order with what they are about, and what must be told about them.
 */
#ifndef FREM_ANALYSIS_PRACTICUM_H
#define FREM_ANALYSIS_PRACTICUM_H

#include "analysis/results.h"
#include "model/practicum.h"

/** Measures of practicum.csv, in order. */
enum frem_practicum_measure {
    FREM_PM_PLACES,
    FREM_PM_INTAKE,
    FREM_PM_INTAKE_PLANNED,
    FREM_PM_STUDENTS,
    FREM_PM_NEEDED,
    FREM_PM_OFFERED,
    FREM_PM_SHORTFALL,
    FREM_PM_SUPERVISORS,
    FREM_PM_STUDENTS_SHARE,
    FREM_PM_STA_TOTAL,
    FREM_PM_STA_MUNICIPAL,
    FREM_PM_STA_PUBLISHED,
    FREM_PM_SHARE,
    FREM_PM_SHARE_PUBLISHED,
    FREM_PM_DIFFERENCE,
    FREM_PM_OTHER_READING,
    FREM_PM_COUNT
};

/** Stands for the sum, or where a dimension does not apply. */
#define FREM_PRACTICUM_ALL SIZE_MAX

/** One row. Regions count on into groups. */
typedef struct frem_practicum_cell {
    int year;
    size_t region, programme, school, specialisation, stage;
    enum frem_practicum_measure measure;
    double value;
} frem_practicum_cell;

/** What filling carries along. */
typedef struct frem_practicum_fill {
    const frem_model *model;
    const char *scenario; /**< name of the scenario: of the first of a scenario and its variants */
    frem_view *view;
    frem_arena *arena; /**< keeps texts of notes */
    frem_practicum_cell *cells;
    size_t n_cells, cells_capacity;
    frem_note *notes;
    size_t n_notes, notes_capacity;
    frem_status status;
} frem_practicum_fill;

/** Adds a row; a failure is remembered in the fill. */
void frem_practicum_add(frem_practicum_fill *fill, frem_practicum_cell cell);
/** Adds what is of single regions: each region, each group's sum. @param values [regions] */
void frem_practicum_add_regions(frem_practicum_fill *fill, frem_practicum_cell cell, const double *values);
/** Adds a note; its texts are from the fill's arena (NULL is out of memory). */
void frem_practicum_tell(frem_practicum_fill *fill, const char *kind, const char *what, frem_label text);
/** A pattern with its arguments in place of {0}, {1}, ... @return Borrowed from the arena; NULL when out of memory. */
const char *frem_practicum_words(frem_practicum_fill *fill, const char *pattern, const char *const *args,
                                 size_t n);
#define FREM_PRACTICUM_WORDS(fill, pattern, ...)                                                             \
    frem_practicum_words((fill), (pattern), (const char *const[]){__VA_ARGS__},                              \
                         sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))
/** A whole number. @return Borrowed from the arena; "" when out of memory. */
const char *frem_practicum_whole(frem_practicum_fill *fill, long number);
/** A share in per cent as people of a language write it. @return Borrowed from the arena; "" when out of memory. */
const char *frem_practicum_per_cent(frem_practicum_fill *fill, double share, int decimals, frem_lang lang);
/** A number likewise, with up to two decimals. */
const char *frem_practicum_number(frem_practicum_fill *fill, double number, frem_lang lang);

/** Rows and notes of one programme: places, and needed against on offer. */
void frem_practicum_programme_rows(frem_practicum_fill *fill, size_t programme);
/** Rows and notes of the schools: shares of the practicum in STÅ. */
void frem_practicum_school_rows(frem_practicum_fill *fill);

#endif
