/** @file
 *  What writers ask of a measure by its name.
 */
#ifndef FREM_ANALYSIS_MEASURES_H
#define FREM_ANALYSIS_MEASURES_H

#include <stdbool.h>

/** Whether a difference of two values of a measure can be told in per cent of one of them: not of what may be negative,
 *  as a gap, where it would have the wrong sign, nor of ratios, whose difference is one in points. An unknown name is
 *  taken for a measure that can. */
bool frem_measure_has_percent(const char *measure);

#endif
