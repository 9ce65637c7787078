/** @file
 *  Problems as people read them: by file, each with its line of the source.
 */
#ifndef FREM_BASE_SHOW_H
#define FREM_BASE_SHOW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/source.h"
#include "base/text.h"
#include "fremskriv/diag.h"

/** How problems are shown. Zero-initialise for English without colours, 100 columns wide. */
typedef struct frem_show {
    frem_lang lang;
    size_t width; /**< columns that a line of the source may take; a longer one is cut around the problem */
    bool colour;  /**< with the escape sequences of a terminal */
} frem_show;

/** Where the last line was found: places in the order of their files are found without looking through these from the
 *  start each time. Zero-initialise. */
typedef struct frem_show_at {
    const frem_source *source; /**< NULL: nowhere yet */
    unsigned line;
    const char *begin, *end; /**< of that line */
    unsigned column;
    const char *word; /**< at that column */
} frem_show_at;

/** Appends the sorted problems: those of a file together, a blank line between files, and for each
 *
 *      FILE:LINE:COLUMN: error: WHAT
 *         12 |     completoin: 0.74
 *            |     ^~~~~~~~~~
 *      hint: ...
 *
 *  @param sources where the lines come from; NULL shows none, and no blank lines.
 *  @return FREM_NO_MEMORY, else FREM_OK. */
FREM_MUST_CHECK frem_status frem_show_diags(const frem_diags *diags, const frem_sources *sources,
                                            const frem_show *how, frem_text *out);
/** Appends how many problems there are: "2 errors, 1 warning" and a line end; nothing where none has a
 *  line in a file. */
void frem_show_count(const frem_diags *diags, frem_lang lang, frem_text *out);

/** The column after the last character of the word (a key, a number, a quoted text, a cell) at a place.
 *  @param[in,out] at where the last place was; NULL for a single one.
 *  @return 0 where the place, or its file among the sources, is not known. */
unsigned frem_show_end(const frem_sources *sources, frem_place place, frem_show_at *at);

#endif
