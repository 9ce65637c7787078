/** @file
 *  Figures drawn inside other files, such as pages.
 */
#ifndef FREM_OUTPUT_DRAWN_H
#define FREM_OUTPUT_DRAWN_H

#include "base/text.h"
#include "frame/figure.h"

/** Adds a figure as an `<svg>` element. @return FREM_NO_MEMORY. */
FREM_MUST_CHECK frem_status frem_add_drawn(frem_text *out, const frem_figure *figure);

#endif
