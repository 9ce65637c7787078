/** @file
 *  What an analysis answers besides projections: sentences, tables, figures and files, in the order of reading. Verbs fill
 *  it, every writer renders it, so that none of them knows a verb.
 */
#ifndef FREM_FRAME_ANSWER_H
#define FREM_FRAME_ANSWER_H

#include <stdbool.h>
#include <stddef.h>

#include "frame/document.h"
#include "frame/figure.h"

/** How a column's numbers are written for people. */
typedef enum frem_answer_digits {
    FREM_DIGITS_BRIEF,  /**< six digits at most, as parameters have them */
    FREM_DIGITS_WHOLE,  /**< no decimals: persons, FTE */
    FREM_DIGITS_TENTHS, /**< one decimal */
    FREM_DIGITS_PERCENT /**< a ratio, in per cent with one decimal */
} frem_answer_digits;

/** What people read in place of a text of files, such as a key. */
typedef struct frem_answer_word {
    const char *key;
    frem_label label;
} frem_answer_word;

/** A column of an answer's table. */
typedef struct frem_answer_column {
    const char *name; /**< in files: "parameter" */
    frem_column_kind kind;
    const char *meaning; /**< in English, for the data package */
    frem_label heading;  /**< for people; NULL texts: for files alone */
    frem_answer_digits digits;
    bool exact; /**< in CSV with as many digits as the number needs, not six decimals */
    bool empty; /**< cells may be empty (NaN) */
    const frem_answer_word
        *words; /**< of a column of texts, for people; a text that is none of them is read as it is */
    size_t n_words;
} frem_answer_column;

/** What the first two columns of tables mean, for the data package. */
#define FREM_MEANS_SCENARIO "Name of the scenario"
#define FREM_MEANS_VARIANT "Variant of the scenario; base for the scenario itself"
/** The two columns, for files alone. */
#define FREM_ANSWER_SCENARIO                                                                                 \
    {.name = "scenario", .kind = FREM_COLUMN_LABEL, .meaning = FREM_MEANS_SCENARIO}, {                       \
        .name = "variant", .kind = FREM_COLUMN_LABEL, .meaning = FREM_MEANS_VARIANT                          \
    }

/** A table of an answer. */
typedef struct frem_answer_table {
    const char
        *name; /**< "solution": solution.csv, a sheet, a table of the database, a member of the JSON file */
    const char *file; /**< "solution.csv" */
    frem_label title;
    const frem_answer_column *columns;
    size_t n_columns;
    const frem_frame *frame;
    bool long_one; /**< for files alone: too long for a terminal, a page or a chart */
} frem_answer_table;

/** A text file of an answer, such as a scenario that holds it. */
typedef struct frem_answer_file {
    const char *name; /**< "solution.yaml" */
    const char *text;
} frem_answer_file;

/** Everything is borrowed from the results that it is of. The first table is the one of the verb, which every answer without
 *  projections has: `-o -` writes it. */
typedef struct frem_answer {
    const char *verb; /**< "solve" */
    frem_label title;
    const frem_label *sentences;
    size_t n_sentences;
    const frem_answer_table *tables;
    size_t n_tables;
    const frem_figure *figures[FREM_LANG_COUNT]; /**< the same figures in each language */
    size_t n_figures;
    const frem_answer_file *files;
    size_t n_files;
} frem_answer;

#endif
