/** @file
 *  Tables of the statistical offices (StatBank CSV, PX, JSON-stat) made into the project's tables.
 */
#ifndef FREMSKRIV_IMPORT_H
#define FREMSKRIV_IMPORT_H

#include <stdbool.h>
#include <stddef.h>

#include "fremskriv/diag.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum frem_import_format {
    FREM_IMPORT_AUTO, /**< recognised by the content */
    FREM_IMPORT_STATBANK_CSV,
    FREM_IMPORT_PX,
    FREM_IMPORT_JSONSTAT
} frem_import_format;

/** What becomes of a figure that the file marks as missing. */
typedef enum frem_import_missing {
    FREM_MISSING_ERROR,
    FREM_MISSING_EMPTY, /**< an empty cell, and a warning */
    FREM_MISSING_ZERO   /**< counted as 0, and a warning */
} frem_import_missing;

/** Which areas of a population table count. */
typedef enum frem_import_areas {
    FREM_AREAS_FINEST, /**< municipalities where there are any, else the smallest there are */
    FREM_AREAS_MUNICIPALITIES,
    FREM_AREAS_PROVINCES,
    FREM_AREAS_REGIONS,
    FREM_AREAS_COUNTRY
} frem_import_areas;

typedef enum frem_import_status {
    FREM_STATUS_TOLD, /**< given by the table itself; an error where it gives none */
    FREM_STATUS_OBSERVED,
    FREM_STATUS_PROJECTED
} frem_import_status;

/** A file's content. All borrowed for the call. */
typedef struct frem_import_file {
    const char *path; /**< as the user would open it; borrowed by the diagnostics too */
    const char *bytes;
    size_t size; /**< below 4 GiB */
} frem_import_file;

/** NAME=TEXT of the command line. */
typedef struct frem_import_pair {
    const char *name;
    const char *text;
} frem_import_pair;

/** Ages from..to, both included; to < 0: and all above. */
typedef struct frem_import_ages {
    int from;
    int to;
} frem_import_ages;

/** How to import. Zero-initialise for a population table in the groups of data/denmark. All texts borrowed. */
typedef struct frem_import_options {
    frem_import_format format;
    /** Columns of the result, in order: name the column, text the file's variable. With none, the file must be a
     *  population table in a known layout. */
    const frem_import_pair *maps;
    size_t n_maps;
    /** Values that count: name the variable, text codes or labels separated by commas. */
    const frem_import_pair *wheres;
    size_t n_wheres;
    const char *value; /**< the column of figures in a mapped table; NULL for "value" */
    bool labels;       /**< labels, not codes, in a mapped table */
    int quarter; /**< 1..4: the quarter whose figures are those of its year; 0 for the first of a population table */
    int first_year; /**< years that count; 0 for all */
    int last_year;
    const frem_import_ages *ages; /**< the result's groups, ascending; NULL for those of data/denmark */
    size_t n_ages;
    bool single_ages; /**< the file's own ages, not groups */
    frem_import_areas areas;
    frem_import_status status;
    frem_import_missing missing;
    /** A table with the columns code and name, for files that name their municipalities without codes; bytes NULL
     *  for none. */
    frem_import_file names;
} frem_import_options;

/** A table as text, and what it holds in words. */
typedef struct frem_imported frem_imported;

/** Reads files and makes one table. Several files are for a population table alone: where an observed and a projected
 *  figure meet, the observed one counts.
 *  @param[out] out Owned by the caller.
 *  @return FREM_INVALID with every problem found in diags; FREM_NO_MEMORY. */
FREM_API FREM_MUST_CHECK frem_status frem_import(frem_imported **out, const frem_import_file *files,
                                                 size_t n_files, const frem_import_options *options,
                                                 frem_diags *diags);
/** NULL is fine. */
FREM_API void frem_imported_free(frem_imported *imported);
/** The table: CSV with comma, UTF-8, LF, sorted. @param[out] size bytes. @return Borrowed. */
FREM_API const char *frem_imported_csv(const frem_imported *imported, size_t *size);
/** One line: what the table holds, and what was left out. @return Borrowed. */
FREM_API const char *frem_imported_summary(const frem_imported *imported, frem_lang lang);

#ifdef __cplusplus
}
#endif
#endif
