/** @file
 *  How wide text is, before anything draws it: by the widths of DejaVu Sans, one of the widest fonts in common use, so that
 *  what fits here fits in the narrower ones that viewers put in its place.
 */
#ifndef FREM_OUTPUT_CHARTS_LETTERS_H
#define FREM_OUTPUT_CHARTS_LETTERS_H

#include <stdbool.h>

#include "base/arena.h"

/** Width of valid UTF-8 of a size, in the unit of the size. */
double frem_letters_width(const char *text, double size, bool bold);

/** A label on one line that harms nothing: what is no UTF-8 becomes U+FFFD, control characters become blanks, marks that
 *  turn the writing direction of what follows are left out.
 *  @return Borrowed from the arena; NULL when out of memory. */
const char *frem_letters_clean(frem_arena *arena, const char *text);

/** A clean text that is no wider than `width`: cut, with "…" after it, where it would be.
 *  @return Borrowed: the text itself, or from the arena; NULL when out of memory. */
const char *frem_letters_cut(frem_arena *arena, const char *text, double size, bool bold, double width);

/** Breaks a clean text between words into at most n_lines lines that are no wider than `width`; the last is cut.
 *  @param[out] lines n_lines texts, borrowed from the arena.
 *  @return how many lines there are; 0 when out of memory. */
size_t frem_letters_wrap(frem_arena *arena, const char *text, double size, bool bold, double width,
                         const char **lines, size_t n_lines);

#endif
