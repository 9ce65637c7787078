/** @file
 *  Text for a terminal: labels on one line, columns, paragraphs.
 */
#ifndef FREM_OUTPUT_TEXT_H
#define FREM_OUTPUT_TEXT_H

#include "base/text.h"
#include "frame/document.h"

/** A label on one line, what a terminal would act upon as escapes (base/harmless.h). */
void frem_add_label(frem_text *out, const char *label);
void frem_add_blanks(frem_text *out, size_t n);
/** Adds a text so that it ends `width` columns on. */
void frem_add_right(frem_text *out, const char *text, size_t width);
/** Moves what was added behind a length of the text so that it ends `width` columns on. */
void frem_align_right(frem_text *out, size_t from, size_t width);
/** A paragraph broken between words; lines after the first are indented. */
void frem_add_wrapped(frem_text *out, const frem_text *paragraph, size_t width, size_t indent);
/** " · " and what the region is called; for all of them "all regions" where the scenario has no name for them, and nothing
 *  where it has no regions. */
void frem_add_area(frem_text *out, const frem_document *document, const frem_run *run, const char *region,
                   frem_lang lang);
/** A paragraph for each sentence on what gaps are counted from, after an empty line. */
void frem_add_first_gaps(frem_text *out, const frem_document *document, frem_lang lang, size_t width);

#endif
