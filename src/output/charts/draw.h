/** @file
 *  Figures laid out: every kind of figure in one file, and what they share.
 */
#ifndef FREM_OUTPUT_CHARTS_DRAW_H
#define FREM_OUTPUT_CHARTS_DRAW_H

#include "frame/figure.h"
#include "output/charts/scene.h"

/** Lays a figure out.
 *  @param[out] scene its arena set, all else zero; the caller frees it also after a failure.
 *  @return FREM_NO_MEMORY when out of memory. */
FREM_MUST_CHECK frem_status frem_draw(const frem_figure *figure, frem_scene *scene);

/* --- inside the room --- */

/** A figure on its way to a scene. */
typedef struct frem_drawing {
    const frem_figure *figure;
    frem_scene *scene;
    frem_box body; /**< what is left between the subtitle and the source line */
} frem_drawing;

/** Names the series that the shapes from now on show, until it is called with NULL. */
void frem_draw_series(frem_drawing *d, const char *label);

void frem_draw_lines(frem_drawing *d);
void frem_draw_columns(frem_drawing *d);
void frem_draw_bars(frem_drawing *d);
void frem_draw_heat(frem_drawing *d);
void frem_draw_pyramid(frem_drawing *d);

/** Columns in the grid of a figure's small multiples. */
size_t frem_draw_panel_columns(const frem_figure *figure);
size_t frem_draw_panel_rows(const frem_figure *figure);

/** A field with a scale of values upwards and years to the right. */
typedef struct frem_chart_field {
    frem_box box;
    double low, high;           /**< values at its bottom and top */
    double first_x, year_width; /**< middle of the first year, and from one year to the next */
} frem_chart_field;
double frem_field_y(const frem_chart_field *field, double value);
double frem_field_x(const frem_chart_field *field, size_t year);

/** Heights of marks: a square, a line. */
#define FREM_MARK_SQUARE 11.0
#define FREM_MARK_LINE 3.0
/** The minus of charts, as wide as a plus. */
#define FREM_MINUS "−"

/** The text beside the end of a line or a column. */
typedef struct frem_end {
    const char *text;  /**< may be NULL */
    const char *value; /**< after the text; may be NULL */
    double at;         /**< y that it belongs to */
    uint32_t colour;
    double mark; /**< height of a mark of the colour before the text, which is then in ink; 0 for none */
    const char *lines[2]; /**< text and value as they fit, made by frem_draw_end_room() */
    size_t n_lines;
    double y; /**< that it gets */
} frem_end;

/** A value as people read it: thousands and decimals as the language writes them, a real minus, "%" where the scale says so.
 *  @return Borrowed from the arena; NULL when out of memory. */
const char *frem_draw_number(frem_drawing *d, double value, int decimals);
/** A value of a label: whole, but with a decimal in per cent or where the scale's greatest value is small. */
const char *frem_draw_value(frem_drawing *d, double value);
/** A clean label that fits; NULL stays NULL. */
const char *frem_draw_label(frem_drawing *d, const char *text, double size, bool bold, double width);
/** Grid, values to the left of it, the line at the reference or at zero. Moves the field's left edge to make room for the
 *  values where `labelled`. */
void frem_draw_value_axis(frem_drawing *d, frem_chart_field *field, const frem_ticks *ticks, bool labelled);
/** Room that the values of an axis take to the left. */
double frem_draw_value_room(frem_drawing *d, const frem_ticks *ticks);
/** Years below the field, as many as fit. */
void frem_draw_year_axis(frem_drawing *d, const frem_chart_field *field);
/** Ticks of the figure's own range. */
frem_ticks frem_draw_ticks(const frem_drawing *d, size_t most);

/** Room to the right that the ends take, on two lines where one would be too wide. */
double frem_draw_end_room(frem_drawing *d, frem_end *ends, size_t n);
/** Pushes the ends apart inside top..bottom and draws them at x; sorts them from the top. */
void frem_draw_ends(frem_drawing *d, frem_end *ends, size_t n, double x, double top, double bottom);

/** A row of swatches with their names. @return the height that it took. */
typedef struct frem_key {
    const char *text;
    uint32_t colour;
    bool line; /**< a line instead of a square */
} frem_key;
double frem_draw_keys(frem_drawing *d, const frem_key *keys, size_t n, double left, double top, double right);

#endif
