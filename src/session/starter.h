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

/** The country's scenario, for a command that asks what is wanted of it. */
typedef struct frem_starter_country frem_starter_country;
/** @param[out] out Owned by the caller: frem_starter_close(); NULL after a failure. The sources must outlive it. */
FREM_MUST_CHECK frem_status frem_starter_open(frem_sources *sources, frem_diags *diags,
                                              frem_starter_country **out);
/** NULL is fine. */
void frem_starter_close(frem_starter_country *country);
/** @return the name of its profession i, borrowed; NULL past the last. @param[out] key what options take. */
const char *frem_starter_profession(const frem_starter_country *country, size_t i, frem_lang lang,
                                    const char **key);
/** Its base year and its last year. */
void frem_starter_years(const frem_starter_country *country, int *from, int *until);
/** Whether the regions and professions that are asked for are there. @return FREM_USAGE, with a problem, where one is not. */
FREM_MUST_CHECK frem_status frem_starter_check(const frem_starter_country *country,
                                               const frem_starter *starter, frem_diags *diags);

/** Writes the scenario as text: the numbers of the whole country, split by keys, each marked as such in its source, and a list
 *  of them in the order in which they move the gap of the last year. What it makes has been projected without a problem.
 *  @param[in,out] out is added to; to be freed by the caller, also after a failure.
 *  @return FREM_USAGE, with a problem, where a region or a profession is none, or municipalities are asked for beside KKR;
 *  FREM_INVALID, with problems, where what is asked for cannot be projected. */
FREM_MUST_CHECK frem_status frem_starter_write(frem_text *out, frem_sources *sources,
                                               const frem_starter *starter, const frem_progress *progress,
                                               frem_diags *diags);

#endif
