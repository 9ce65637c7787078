/** @file
 *  Which values of a statistical table count, what missing figures become, and the text of the result: shared by the two
 *  kinds of result.
 */
#ifndef FREM_IMPORT_CHOOSE_H
#define FREM_IMPORT_CHOOSE_H

#include "base/text.h"
#include "import/words.h"

struct frem_imported {
    frem_text csv;
    frem_text summary[FREM_LANG_COUNT];
};

/** What a name of several variables, or values, is found as. */
#define FREM_IMPORT_AMBIGUOUS ((ptrdiff_t)-2)
/** @return the variable of a code or label, an exact one before those in another case; -1 where there is none,
 *  FREM_IMPORT_AMBIGUOUS where there are several. */
ptrdiff_t frem_import_find_variable(const frem_import_table *table, const char *name);
/** Raises a variable that the table doesn't have, with the nearest. */
FREM_MUST_CHECK frem_status frem_import_unknown_variable(const frem_import_table *table, const char *name,
                                                         frem_diags *diags);
/** Which values of a variable the options choose: all, where they don't name it.
 *  @param[out] chosen one for each value; borrowed from the arena. @param[out] named whether they name it. */
FREM_MUST_CHECK frem_status frem_import_choose(const frem_import_table *table, size_t variable,
                                               const frem_import_options *options, frem_diags *diags,
                                               bool **chosen, bool *named);
/** Whether a period counts. @param quarter 0: whatever it is. @param[out] year that it belongs to. */
bool frem_import_takes_period(const frem_import_options *options, int quarter, const char *text, int *year);

/** Raises a chosen period that is none, or that is of another kind than the first: years and quarters mixed. */
FREM_MUST_CHECK frem_status frem_import_check_periods(const frem_import_table *table, size_t variable,
                                                      const bool *chosen, frem_diags *diags);

/** Raises that a text speaks of thousands or more, as no unit does, and the figures are not multiplied: a warning for a
 *  mapped table; an error for persons. @param at byte of the text where it is; 0 for the file. */
FREM_MUST_CHECK frem_status frem_import_unscaled(const frem_import_table *table, size_t at, const char *text,
                                                 bool mapped, frem_diags *diags);

/** The text of a value that speaks of thousands or more, as no unit of the file does; NULL for none. */
const char *frem_import_unscaled_value(const frem_import_table *table, const frem_import_value *value);

/** Whether a figure looks as if its decimal sign parted thousands, as "1.234" does: 1; -1 where its decimals show that it
 *  does not ("0.234", "1.2"), 0 where it has none or the file says how many. */
int frem_import_three_decimals(const frem_import_table *table, size_t cell);

/** Missing figures as they are met. Initialise tally.diags; frem_import_missing_close() ends it. */
typedef struct frem_missing {
    frem_tally tally;
    size_t count;
    size_t first; /**< byte of the text */
} frem_missing;

/** Meets a missing figure. @return what it counts as: 0, or NaN. */
double frem_import_meet_missing(frem_missing *missing, const frem_import_table *table,
                                const frem_import_options *options, size_t at);
/** Meets a figure that a sum needs and the file does not have: as one that it marks as missing.
 *  @param at byte of another figure of the sum. @return what it counts as: 0, or NaN. */
double frem_import_meet_lacking(frem_missing *missing, const frem_import_table *table,
                                const frem_import_options *options, const uint32_t *keys, size_t at);
FREM_MUST_CHECK frem_status frem_import_missing_close(frem_missing *missing, const frem_import_table *table,
                                                      const frem_import_options *options);

/** The values' keys of a cell in words, "OMRÅDE 101, ALDER 17". @return Borrowed from the arena; NULL when out of
 *  memory. */
const char *frem_import_cell_text(const frem_import_table *table, const uint32_t *keys);
/** Raises a second figure for the same keys. */
void frem_import_double(frem_tally *tally, const frem_import_table *table, size_t first, size_t second);

/** A cell of the result: quoted where it must be. */
void frem_import_put_text(frem_text *csv, const char *text);
/** A figure of the result; nothing where it is NaN. */
void frem_import_put_number(frem_text *csv, double number);

/** Makes a population table in the columns of data/denmark. */
FREM_MUST_CHECK frem_status frem_import_population(frem_imported *out, frem_import_table *tables,
                                                   size_t n_tables, const frem_import_options *options,
                                                   frem_diags *diags);
/** Makes a table of the columns that the options map. */
FREM_MUST_CHECK frem_status frem_import_map(frem_imported *out, frem_import_table *table,
                                            const frem_import_options *options, frem_diags *diags);

#endif
