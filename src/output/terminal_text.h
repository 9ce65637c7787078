/** @file
 *  Text for a terminal: labels without control characters, columns, paragraphs, numbers as a language writes them.
 */
#ifndef FREM_OUTPUT_TERMINAL_TEXT_H
#define FREM_OUTPUT_TERMINAL_TEXT_H

#include "base/text.h"

/** A label without control characters, which could do anything to a terminal. */
void frem_add_label(frem_text *out, const char *label);
void frem_add_blanks(frem_text *out, size_t n);
/** Adds a text so that it ends `width` columns on. */
void frem_add_right(frem_text *out, const char *text, size_t width);
/** A paragraph broken between words; lines after the first are indented. */
void frem_add_wrapped(frem_text *out, const frem_text *paragraph, size_t width, size_t indent);
/** Digits with a separator before every third from the end of the whole part. */
void frem_add_grouped(frem_text *out, const char *fixed, frem_lang lang);

#endif
