/** @file
 *  A statistical table as its file holds it: variables with values, and figures. The readers fill one, whatever the
 *  format; what becomes of it is the business of import_population.c and import_map.c.
 */
#ifndef FREM_IMPORT_TABLE_H
#define FREM_IMPORT_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/index.h"
#include "base/number.h"
#include "fremskriv/import.h"
#include "tables/tally.h"

/** One value of a variable. Code and label are the same text where the file has only one of them. */
typedef struct frem_import_value {
    const char *code;
    const char *label;
    uint32_t at; /**< byte of the text where it occurs first, or its variable does */
    int power;   /**< its figures count in 10 to this power */
} frem_import_value;

typedef struct frem_import_variable {
    const char *code;
    const char *label;
    frem_import_value *values;
    size_t n_values;
    size_t room;
    frem_index *index; /**< the values' codes; while a file is read */
    uint32_t at;       /**< byte of the text where it begins */
} frem_import_variable;

/** Everything is owned by the table; texts by its arena. */
typedef struct frem_import_table {
    const char *path; /**< borrowed */
    char *text;       /**< the file in UTF-8, without a byte order mark; NUL-terminated */
    size_t size;
    frem_arena *arena;
    const char *id;    /**< the publisher's name of the table, "FOLK1A"; NULL where the file has none */
    const char *title; /**< NULL where the file has none */
    const char *
        content; /**< the name of what the figures count: a CSV file's column, CONTENTS of PX; NULL for none */
    const char *units; /**< the unit that powers are from; NULL where none counts in thousands or more */
    size_t units_at;
    int power;         /**< figures of the file count in 10 to this power, times that of their values */
    int units_power;   /**< of units */
    bool no_sums;      /**< the file says that its figures are not to be added up */
    bool has_decimals; /**< the file says that its figures have three decimals or more */
    bool is_csv;
    bool is_json; /**< numbers are in a form that has no thousands separators */
    frem_import_variable *variables;
    size_t n_variables;
    size_t variables_room;
    uint32_t *keys; /**< n_variables for each cell: places among the variable's values */
    size_t keys_room;
    double *numbers; /**< NaN where the file marks a figure as missing */
    size_t numbers_room;
    uint32_t *at; /**< byte of the text where the figure begins */
    size_t at_room;
    size_t n_cells;
} frem_import_table;

/** The most figures that a cube may have: all of FOLK1A, every quarter and marital status, is less. */
#define FREM_IMPORT_CELLS_MAX ((size_t)1 << 24)

/** Raises what a file is that can't be a table: empty, a workbook, a web page, UTF-16. */
FREM_MUST_CHECK frem_status frem_import_check_kind(const frem_import_file *file, frem_diags *diags);
/** Makes the file's bytes UTF-8, with LF where all lines end with CR alone. Bytes that are UTF-8 are taken so, whatever
 *  the code page. @param codepage as a PX file names it; NULL for Windows-1252. @param named false where the file names
 *  no character set, and codepage is the format's own. @param[out] text Owned by the caller; NUL-terminated. */
FREM_MUST_CHECK frem_status frem_import_decode(const frem_import_file *file, const char *codepage, bool named,
                                               frem_diags *diags, char **text, size_t *size);

/** Reads a file in the format that the options ask for, or that its content has. @param[out] out even after a failure
 *  as far as it came; frem_import_table_free() it. */
FREM_MUST_CHECK frem_status frem_import_read(frem_import_table *out, const frem_import_file *file,
                                             frem_import_format format, frem_diags *diags);
void frem_import_table_free(frem_import_table *table);

/* What frem_import_read() hands the decoded text to. */
FREM_MUST_CHECK frem_status frem_import_read_csv(frem_import_table *table, frem_diags *diags);
FREM_MUST_CHECK frem_status frem_import_read_px(frem_import_table *table, frem_diags *diags);
FREM_MUST_CHECK frem_status frem_import_read_jsonstat(frem_import_table *table, frem_diags *diags);

/** The place of a byte of the text. Counts lines from the start: for messages only. */
frem_place frem_import_place(const frem_import_table *table, size_t at);
/** The place for a tally: found only while the tally still shows places. */
frem_place frem_import_tally_place(const frem_import_table *table, const frem_tally *tally, size_t at);

/** The file's first words, for messages about a file that is no table. @return Borrowed from the arena; NULL when out of
 *  memory. */
const char *frem_import_beginning(const frem_import_table *table);

/** Adds a variable. @param code,label borrowed from the arena. @return Borrowed until the next is added; NULL when out of
 *  memory. */
frem_import_variable *frem_import_add_variable(frem_import_table *table, const char *code, const char *label,
                                               size_t at);
/** Adds a value, or finds the one that has the code already. @param label NULL for the code itself.
 *  @param[out] added whether it is new; or NULL. */
FREM_MUST_CHECK frem_status frem_import_add_value(frem_import_table *table, frem_import_variable *variable,
                                                  const char *code, const char *label, uint32_t *place,
                                                  bool *added);
/** Adds a figure; keys are copied. */
FREM_MUST_CHECK frem_status frem_import_add_cell(frem_import_table *table, const uint32_t *keys,
                                                 double number, size_t at);

/** Reads a figure and takes it in the power of ten that its file and values say. @param text n bytes, with a decimal
 *  point. */
frem_number_fault frem_import_read_figure(const frem_import_table *table, const uint32_t *keys,
                                          const char *text, size_t n, double *out);
/** Notes a unit. @param power where the result goes: a value's or the table's. @param text borrowed from the arena. */
void frem_import_note_units(frem_import_table *table, int *power, const char *text, int found, size_t at);

/** How many figures the variables' values make, or 0 where that is more than FREM_IMPORT_CELLS_MAX. */
size_t frem_import_cube(const frem_import_table *table);
/** "OMRÅDE 99 x KØN 2". @return Borrowed from the arena; NULL when out of memory. */
const char *frem_import_cube_text(const frem_import_table *table);
/** The keys of the cell after this one in a cube whose last variable changes fastest. */
void frem_import_next_keys(const frem_import_table *table, uint32_t *keys);

/** Whether a text marks a missing figure: "..", ".", "-", "x" and the like, or no text. */
bool frem_import_is_missing(const char *text, size_t n);

#endif
