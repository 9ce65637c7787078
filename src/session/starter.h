/** @file
 *  A scenario to begin with, made from the shipped one of the whole country: some regions, some professions.
 */
#ifndef FREM_SESSION_STARTER_H
#define FREM_SESSION_STARTER_H

#include "base/text.h"
#include "fremskriv/diag.h"
#include "fremskriv/progress.h"
#include "fremskriv/sources.h"

/** What is asked for. Texts are borrowed. */
typedef struct frem_starter {
    const char *file;   /**< where it will be: what problems name */
    const char *schema; /**< address of the schema, for editors */
    const char
        *regions; /**< municipalities by name or code, or KKR by name, parted by commas; NULL: the country */
    const char
        *professions; /**< keys or names, parted by commas; NULL: all that the country's scenario has */
    int from, until;  /**< 0: the country's */
    frem_lang lang;   /**< of comments */
} frem_starter;

/** Writes the scenario as text: the numbers of the whole country, split by keys, each marked as such in its source, and a list
 *  of them in the order in which they move the gap of the last year. What it makes has been projected without a problem.
 *  @param[in,out] out is added to; to be freed by the caller, also after a failure.
 *  @return FREM_USAGE, with a problem, where a region or a profession is none, or municipalities are asked for beside KKR;
 *  FREM_INVALID, with problems, where what is asked for cannot be projected. */
FREM_MUST_CHECK frem_status frem_starter_write(frem_text *out, frem_sources *sources,
                                               const frem_starter *starter, const frem_progress *progress,
                                               frem_diags *diags);

#endif
