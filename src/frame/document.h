/** @file
 *  A document: the results table and all that a reader must know beside it. Analyses fill it, writers render it.
 */
#ifndef FREM_FRAME_DOCUMENT_H
#define FREM_FRAME_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/source.h"
#include "fremskriv/frame.h"

/** A text in every language. */
typedef struct frem_label {
    const char *text[FREM_LANG_COUNT]; /**< never NULL in a document */
} frem_label;

/** What people call a key of the results table: region "461" is "Odense". */
typedef struct frem_name {
    const char *scenario; /**< NULL: in every scenario */
    const char *column;   /**< "region", "profession", "sector", "measure", "unit", "variant" */
    const char *key;
    frem_label label;
} frem_name;

/** A note on the numbers for their reader, such as that municipal figures are split by a key. */
typedef struct frem_note {
    const char *scenario;
    const char *kind; /**< stable: "split-by-key", "assumption" */
    const char *what; /**< what it concerns, a parameter path such as "demand.dagtilbud.employment" */
    frem_label text;
} frem_note;

/** One number of a scenario, or one value of several, with its place in the file and its source. */
typedef struct frem_assumption {
    const char *scenario, *variant;
    const char *path; /**< "programmes.paedagog.completion" */
    const char
        *value;       /**< as the scenario gives it: "0.74", "{2026: 0.74, then: hold}", "entry.csv: share" */
    const char *unit; /**< NULL where it has none */
    frem_label source; /**< what the scenario says of its origin; NULL texts where it says nothing */
    const char *file;  /**< the file that gives the value */
    unsigned line;
    frem_label help; /**< what the value means */
    frem_label
        words; /**< the value as people write it, with its unit: "74 %", "130 (2021), 180 (2026), linearly" */
    frem_label about; /**< what it belongs to, "Pedagogues"; NULL texts where it belongs to all */
    bool own; /**< the scenario's own file gives it, or the command; else a file below, or the program */
    bool technical; /**< it decides how numbers are read or split, and is none of them */
} frem_assumption;

/** One entry in which a scenario differs from what it extends, or a variant from its scenario. */
typedef struct frem_changed {
    const char *scenario, *variant;
    const char *path;
    frem_label help;
    const frem_assumption *before, *after; /**< NULL: there is none; without a file: a default */
} frem_changed;

/** One scenario of the command, or one variant of it. Runs of one name are adjacent, the base first. */
typedef struct frem_run {
    const char *name;
    const char *variant; /**< "base" for the scenario itself */
    frem_label title;
    const char *file; /**< as named on the command line */
    const char
        *resolved; /**< the resolved scenario with its variants, YAML, at the first of a name; NULL until a
                               folder is written */
    const char *const *groups; /**< named groups of regions, the first the one to show people; may be empty */
    size_t n_groups;
    const char *const *regions; /**< the scenario's smallest areas, keys in order */
    size_t n_regions;
    const char *const *group_of; /**< by region: the group it lies in, the first of several; NULL in none */
    int base_year;
    /** Where the supply of the base year is set to the employment, so that its gap is no finding: a sentence that says
     *  what gaps are counted from. NULL texts where the base year is projected as the others are. */
    frem_label first_gap;
    int last_year; /**< of the scenario, whichever years are written; 0 where it is not known */
} frem_run;

/** A table found beside a scenario, to be copied to tables/ in the output. */
typedef struct frem_carried {
    const char *name; /**< relative to tables/ */
    const frem_source *source;
    const char *const *columns;    /**< its header; NULL until a folder is written */
    const frem_column_kind *kinds; /**< by column: whole or number where each of its cells is one or empty */
    size_t n_columns;              /**< 0: a table that cannot be described */
    bool comma;                    /**< semicolons and decimal commas */
    bool workbook;                 /**< sheets of it are read */
} frem_carried;

/** Which table a document holds. */
typedef enum frem_table_kind {
    FREM_TABLE_RESULTS,    /**< projections: results.csv */
    FREM_TABLE_PRACTICUM,  /**< practicum places: practicum.csv */
    FREM_TABLE_COMPARISON, /**< scenarios and variants beside the first of them: compare.csv */
    FREM_TABLE_SWEEP,  /**< points of a sweep: sweep.csv; the table is empty and only defines the columns */
    FREM_TABLE_ANSWER, /**< an answer whose tables are its own: frame/answer.h; there are no projections */
    FREM_TABLE_KINDS
} frem_table_kind;

/** Which rows were chosen; the others are not in the table. */
typedef struct frem_chosen {
    bool measures, regions, years;
} frem_chosen;

/** A number of the scenario that moves a result much. */
typedef struct frem_focus_mover {
    frem_label label, ends[2]; /**< what it is, and what it is at its low and high end */
    double at[2];              /**< the gap there; NaN where it cannot be moved so far */
} frem_focus_mover;

enum { FREM_FOCUS_YEARS = 6 };
/** What a paper made of the results is about. */
typedef struct frem_focus {
    frem_label title, made_for, by; /**< NULL texts where they are not given */
    int years[FREM_FOCUS_YEARS];    /**< ascending; at least one */
    size_t n_years;
    const char *const *professions,
        *const *regions,
            *const
                *variants; /**< keys; none: all professions, the region to show people, the scenario itself */
    size_t n_professions, n_regions, n_variants;
    const frem_focus_mover
        *movers; /**< those that move the gap of `moved` in `moved_in` and the last year the most */
    size_t n_movers;
    const char *moved, *moved_in; /**< keys of a profession and a region; NULL without movers */
    double moved_from;            /**< that gap as the scenario is */
} frem_focus;

/** Everything is borrowed by the document; who made it frees it after the writers are done. */
typedef struct frem_document {
    frem_table_kind kind;
    const frem_frame
        *results; /**< columns as the contract's results.csv (or the kind's own), rows in its order */
    const frem_frame
        *compared;      /**< FREM_TABLE_COMPARISON: the projections that were compared, columns and rows as
                                     results.csv's; else NULL */
    frem_chosen chosen; /**< of the results */
    const frem_focus *focus; /**< NULL where nothing asks for a paper */
    const frem_frame *stock; /**< columns as the contract's stock.csv; NULL where it was not asked for */
    const frem_frame
        *programmes; /**< columns as the contract's programmes.csv; NULL where it was not asked for */
    const struct frem_answer
        *answer; /**< FREM_TABLE_ANSWER: the tables and what else is to be read; of projections what is
                                         to be read beside them; NULL for none */
    const frem_run *scenarios;
    size_t n_scenarios;
    const frem_name *names;
    size_t n_names;
    const frem_note *notes;
    size_t n_notes;
    const frem_assumption *assumptions; /**< in the order of the scenarios and their files */
    size_t n_assumptions;
    const frem_changed *changes; /**< in the same order */
    size_t n_changes;
    const frem_carried *tables;
    size_t n_tables;
    const frem_sources *sources; /**< every input read */
    const char *const *command;  /**< verb and arguments without -o, --threads, --quiet, --progress */
    size_t n_command;
    bool has_seed;
    unsigned long long seed;
} frem_document;

/** What a scenario itself calls a key, without the words of everybody's: of the region "all" a name such as "Denmark".
 *  @return Borrowed; NULL where it has no name for it. */
const char *frem_document_own_label(const frem_document *document, const char *scenario, const char *column,
                                    const char *key, frem_lang lang);
/** The i-th of the scenarios' sentences on what their gaps are counted from, where no scenario before it says the same.
 *  @return Borrowed; NULL where it has none or repeats another's. */
const char *frem_document_first_gap(const frem_document *document, size_t i, frem_lang lang);
/** A region of the results that is the same as another one, to be shown once: "all" where one group has all of several
 *  regions. @return Borrowed, static; NULL for none. */
const char *frem_document_same_region(const frem_run *run);

/** Whether a document is about projections: results, or a comparison of them. */
bool frem_document_projects(const frem_document *document);
/** Its projections: what was compared, else its own table. @return Borrowed. */
const frem_frame *frem_document_projections(const frem_document *document);
/** Whether a document has more than one scenario, variants not counted. */
bool frem_document_several(const frem_document *document);
/** The region to show people of a scenario: its group where it has one alone (of several regions), else "all". @return Borrowed. */
const char *frem_document_region(const frem_document *document, const frem_run *run);
/** Whether a run is the first of its scenario: runs of one name are adjacent. */
bool frem_document_first(const frem_document *document, size_t i);
/** Whether an assumption is among what differs from what its scenario extends. */
bool frem_document_changed(const frem_document *document, const frem_assumption *assumption);
/** The label of a key, or the key itself where the document has none. @return Borrowed. */
const char *frem_document_label(const frem_document *document, const char *scenario, const char *column,
                                const char *key, frem_lang lang);
/** The same in the words of the first scenario that has some. @return Borrowed. */
const char *frem_document_any_label(const frem_document *document, const char *column, const char *key,
                                    frem_lang lang);

#endif
