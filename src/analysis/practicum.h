/** @file
 *  The practicum table under way: rows in any order with their keys, and the notes on them.
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

/** The key of the sum, or of a dimension that does not apply. */
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

/** A pattern with its arguments in place of {0}, {1}, ... @return Borrowed from the arena; NULL when out of memory. */
const char *frem_practicum_words(frem_practicum_fill *fill, const char *pattern, const char *const *args,
                                 size_t n);
#define FREM_PRACTICUM_WORDS(fill, pattern, ...)                                                             \
    frem_practicum_words((fill), (pattern), (const char *const[]){__VA_ARGS__},                              \
                         sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

#endif
