/** @file
 *  A PX file under way: what import_px.c and import_px_data.c share.
 */
#ifndef FREM_IMPORT_PX_H
#define FREM_IMPORT_PX_H

#include "base/text.h"
#include "import/table.h"

/** KEYWORD[language]("variable")=values; texts borrowed from the table's arena. */
typedef struct frem_px_statement {
    const char *keyword;
    const char *language; /**< NULL for the file's own */
    const char *variable; /**< the first name in parentheses; NULL for none */
    const char **values;  /**< owned */
    size_t n_values;
    size_t at;
    bool other_language;
} frem_px_statement;

typedef struct frem_px_reader {
    frem_import_table *table;
    frem_diags *diags;
    size_t at;
    size_t data;         /**< where the figures begin */
    const char *keyword; /**< being read, for messages */
    frem_px_statement *statements;
    size_t n_statements;
    size_t room;
    size_t n_stub;
    bool keyed;      /**< KEYS: each row of the stub begins with its values, and rows of zeros are left out */
    size_t glued;    /**< figures with a comma and a digit right behind */
    size_t glued_at; /**< the first of them */
    bool blanks;     /**< figures are parted by blanks too */
    frem_tally numbers;
} frem_px_reader;

/** Reads everything up to the figures. */
FREM_MUST_CHECK frem_status frem_px_read(frem_import_table *table, frem_px_reader *reader, frem_diags *diags);
/** Reads the figures. */
FREM_MUST_CHECK frem_status frem_px_read_data(frem_px_reader *reader);
/** How a row of keyed data names the values of a variable: "CODES" or "VALUES". */
const char *frem_px_keys(const frem_px_reader *reader, size_t variable);
/** The code page: CODEPAGE, else CHARSET, else CP850, as the format has it. @param[out] named whether the file says so.
 *  @return Owned by the caller (free()); NULL for Windows-1252 (CHARSET="ANSI"), or when out of memory. */
char *frem_px_codepage(const frem_import_file *file, bool *named);

#endif
