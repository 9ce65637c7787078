/** @file
 *  The description of a figure: what it shows and says, nothing of how it is drawn. Analyses and writers make figures,
 *  renderers draw them.
 *
 *  Everything in a figure is borrowed, mostly from the arena that it was made in. A value that is not known is NaN.
 */
#ifndef FREM_FRAME_FIGURE_H
#define FREM_FRAME_FIGURE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "frame/role.h"
#include "fremskriv/status.h"

/** Which kind of figure; each reads its own members of frem_figure. */
typedef enum frem_figure_kind {
    FREM_FIGURE_LINES,   /**< lines over years, with bands or shading; several panels are small multiples */
    FREM_FIGURE_COLUMNS, /**< parts stacked around zero over years, with their sum as a line */
    FREM_FIGURE_BARS,    /**< one row a bar: a tornado, a waterfall */
    FREM_FIGURE_HEAT,    /**< a table of coloured cells: rows by years */
    FREM_FIGURE_PYRAMID  /**< persons by age, two sexes back to back, two years */
} frem_figure_kind;

/** The scale of the values. */
typedef struct frem_figure_scale {
    bool percent; /**< values are ratios, written in per cent */
    bool from_zero;
    bool has_reference;
    double reference; /**< a value with a line of its own, such as 0 or 100 % */
} frem_figure_scale;

typedef struct frem_figure_line {
    const char *label;
    const double *values; /**< by year */
    frem_role role;
    bool dashed;
} frem_figure_line;

typedef struct frem_figure_band {
    const char *label;
    const double *low, *high; /**< by year */
    frem_role role;
} frem_figure_band;

/** One field of a figure of lines. */
typedef struct frem_figure_panel {
    const char *title; /**< NULL where there is one panel alone */
    const frem_figure_line *lines;
    size_t n_lines;
    const frem_figure_band *bands; /**< the widest first */
    size_t n_bands;
    /** The area between two series, coloured by which is above; NULL for none. `over` alone: against the scale's reference. */
    const double *over, *under;
    const char *above,
        *below; /**< what the area is called where over > under, and where over < under; may be NULL */
} frem_figure_panel;

/** One part of stacked columns. */
typedef struct frem_figure_part {
    const char *label;
    const double *values; /**< by year; positive above zero, negative below */
    frem_role role;
} frem_figure_part;

/** One stretch of a bar; both its ends are finite. */
typedef struct frem_figure_stretch {
    double from, to;
    frem_role role;
    const char *text; /**< said at `to` */
} frem_figure_stretch;

typedef struct frem_figure_bar {
    const char *label;
    frem_figure_stretch stretches[2];
    size_t n_stretches;
} frem_figure_bar;

/** A table of cells coloured by how far they are from the scale's reference. */
typedef struct frem_figure_heat {
    const char *const *rows;
    size_t n_rows;
    const double *cells;       /**< [row][year] */
    const char *below, *above; /**< what the two ends of the scale mean */
} frem_figure_heat;

/** Persons by single age in two years. Side 0 is drawn to the left; side 1 may be missing. */
typedef struct frem_figure_pyramid {
    int first_age;
    size_t n_ages;
    const char *sides[2];        /**< NULL for none */
    const char *years[2];        /**< what the filled and the outlined pyramid are called */
    const double *persons[2][2]; /**< [side][year], by age */
    const char *age;             /**< what the axis of ages is called */
} frem_figure_pyramid;

typedef struct frem_figure {
    frem_figure_kind kind;
    const char *name;     /**< of its file, without folder and ending */
    const char *title;    /**< what is shown */
    const char *subtitle; /**< unit, region, years */
    const char *source;   /**< under the figure */
    frem_lang lang;       /**< how numbers are written */
    int first_year;
    size_t n_years;
    frem_figure_scale scale;

    const frem_figure_panel *panels; /**< LINES */
    size_t n_panels;
    const frem_figure_part *parts; /**< COLUMNS */
    size_t n_parts;
    const char *net;             /**< COLUMNS: what the sum of the parts is called; NULL for no line */
    const frem_figure_bar *bars; /**< BARS, from the top */
    size_t n_bars;
    frem_figure_heat heat;
    frem_figure_pyramid pyramid;
} frem_figure;

/** Round numbers for an axis over low <= high: `step` is 1, 2 or 5 times a power of ten, the ticks are first * step,
 *  (first + 1) * step, ..., (first + count - 1) * step. */
typedef struct frem_ticks {
    double step;
    double first; /**< a whole number */
    size_t count;
    int decimals; /**< that write a tick in full */
} frem_ticks;

/** Ticks that span low..high and a little more at most. @param most about how many; at least 2. A range that is empty,
 *  or holds what is not finite, becomes one around it. */
frem_ticks frem_ticks_over(double low, double high, size_t most);
double frem_ticks_low(const frem_ticks *ticks);
double frem_ticks_high(const frem_ticks *ticks);

/** The least and the greatest of what a figure of lines, columns or bars shows, with its scale's reference, and zero where
 *  the scale begins there or the values come near it. */
void frem_figure_range(const frem_figure *figure, double *low, double *high);

/** What one parameter does to a result. */
typedef struct frem_swing {
    const char *label;
    double low, high;                 /**< the result at the parameter's low and high end */
    const char *low_text, *high_text; /**< what the ends are */
} frem_swing;
/** The bars of a tornado around a base result: the widest swing first, equal ones in their order.
 *  @param[out] out n bars, borrowed from the arena. */
FREM_MUST_CHECK frem_status frem_figure_tornado(frem_arena *arena, const frem_swing *swings, size_t n,
                                                double base, const frem_figure_bar **out);

/** One step of a waterfall. */
typedef struct frem_step {
    const char *label;
    double value; /**< a change; of a level, the level itself */
    bool level;   /**< starts from zero, as the first and the last do */
    const char *text;
} frem_step;
/** The bars of a waterfall: each change starts where the one before ended. As frem_figure_tornado() otherwise. */
FREM_MUST_CHECK frem_status frem_figure_waterfall(frem_arena *arena, const frem_step *steps, size_t n,
                                                  const frem_figure_bar **out);

#endif
