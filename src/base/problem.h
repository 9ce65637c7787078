/** @file
 *  Raising diagnostics. Every message of the program is defined in src/base/messages/ROOM.def, once, in English
 *  and Danish, with numbered places {0}..{5} for its arguments; in {0n}..{5n} the argument's numbers have the language's
 *  decimal sign and separators, which those that go back into a file or a command must not have.
 */
#ifndef FREM_BASE_PROBLEM_H
#define FREM_BASE_PROBLEM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "fremskriv/diag.h"

/* FREM_MESSAGE(CODE, severity, "english", "dansk", "hint in english", "hint på dansk"): the stable name of
 * the message is CODE in lower case with '-'; an empty hint, or one that names an argument that is NULL or
 * not given, is left out. */
#define FREM_MESSAGE(code, severity, en, da, hint_en, hint_da) FREM_MSG_##code,
typedef enum frem_code {
#include "base/messages/all.def"
    FREM_MSG_COUNT
} frem_code;
#undef FREM_MESSAGE

/** Adds a problem; args and the place's file name are copied.
 *  @return FREM_INVALID for an error, FREM_OK for a warning, FREM_NO_MEMORY.
 *  A NULL diags drops the problem but returns the same status. */
frem_status frem_diags_add(frem_diags *diags, frem_place place, frem_code code, const char *const *args,
                           size_t n_args);

/** FREM_PROBLEM(diags, place, CODE, "arg0", "arg1", ...): at least one argument ("" where a message has
 * none). */
#define FREM_PROBLEM(diags, place, code, ...)                                                                \
    frem_diags_add((diags), (place), FREM_MSG_##code, (const char *const[]){__VA_ARGS__},                    \
                   sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

/** Relates the problem that was just raised to a second place: the other half of a conflict.
 *  @param raised the status that raising it returned. @return the same: `return frem_diags_relate(diags, FREM_PROBLEM(...), place);` */
frem_status frem_diags_relate(frem_diags *diags, frem_status raised, frem_place other);

/** The parts of a problem's text: "FILE:LINE:COLUMN: " (nothing where there is no file), what is wrong, and the hint
 *  (nothing where there is none). */
void frem_diag_add_place(frem_text *text, const frem_diag *diag);
/** A place: "FILE:LINE:COLUMN", or "BOOK, SHEET!C7" of a cell. Its file is not NULL. */
void frem_place_add(frem_text *text, frem_place place);
/** The name of a cell, "C7". @return false where the place is none of a sheet, with nothing added. */
bool frem_place_add_cell(frem_text *text, frem_place place);
void frem_diag_add_what(frem_text *text, const frem_diag *diag, frem_lang lang);
void frem_diag_add_hint(frem_text *text, const frem_diag *diag, frem_lang lang);
/** "error" or "warning", in every language. @return Borrowed, static. */
const char *frem_severity_word(frem_severity severity);
/** Stable name of a message, such as "unknown-key". @return Borrowed, static. */
const char *frem_code_name(frem_code code);

static const frem_place FREM_NOWHERE = {NULL, 0, 0};

#endif
