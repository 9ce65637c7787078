/** @file
 *  Raising diagnostics. Every message of the program stands in src/base/messages/ROOM.def, once, in English
 *  and Danish, with numbered places {0}..{5} for its arguments.
 */
#ifndef FREM_BASE_PROBLEM_H
#define FREM_BASE_PROBLEM_H

#include <stddef.h>

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

/** Stable name of a message, such as "unknown-key". @return Borrowed, static. */
const char *frem_code_name(frem_code code);

/** What an errno means, in English whatever the locale, for use as an argument. @return Borrowed, static. */
const char *frem_error_text(int error);

static const frem_place FREM_NOWHERE = {NULL, 0, 0};

#endif
