/** @file
 *  A scene: a figure laid out as areas, lines and texts on a canvas, ready for whatever puts them on paper.
 *
 *  Points are in pixels of the canvas, x to the right and y down from its upper left corner. Shapes are drawn in their
 *  order, texts above them all.
 */
#ifndef FREM_OUTPUT_CHARTS_SCENE_H
#define FREM_OUTPUT_CHARTS_SCENE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "fremskriv/status.h"

typedef struct frem_chart_point {
    double x, y;
} frem_chart_point;

typedef struct frem_box {
    double left, top, right, bottom;
} frem_box;

/** How a line is broken up. */
typedef enum frem_dash { FREM_DASH_NONE, FREM_DASH_LONG, FREM_DASH_SHORT, FREM_DASH_MIXED } frem_dash;

typedef enum frem_shape_kind { FREM_SHAPE_AREA, FREM_SHAPE_LINE } frem_shape_kind;

typedef struct frem_shape {
    frem_shape_kind kind;
    uint32_t colour; /**< 0xRRGGBB */
    double width;    /**< of a line */
    frem_dash dash;
    const frem_chart_point *points;
    size_t n_points;
    const char *series; /**< name of the series that it shows; NULL for a grid, an axis, a key */
} frem_shape;

/** Where a text's x is. Its y is the middle of its height. */
typedef enum frem_anchor { FREM_ANCHOR_LEFT, FREM_ANCHOR_MIDDLE, FREM_ANCHOR_RIGHT } frem_anchor;

typedef struct frem_words {
    double x, y;
    frem_anchor anchor;
    double size;
    bool bold;
    uint32_t colour;
    const char *text; /**< clean: see frem_letters_clean() */
} frem_words;

/** Zero-initialise but for the arena, which owns all that is added; free the lists with frem_scene_free(). Failure is
 *  sticky: after an allocation fails, `failed` is true and further additions do nothing. */
typedef struct frem_scene {
    frem_arena *arena;
    double width, height;
    const char *title, *description; /**< for readers that can't see it; may be NULL */
    const char *language;            /**< of its texts, such as "da"; may be NULL */
    const char *series;              /**< of the shapes that are added from now on; see frem_shape */
    frem_shape *shapes;
    size_t n_shapes, shapes_capacity;
    frem_words *words;
    size_t n_words, words_capacity;
    bool failed;
} frem_scene;

void frem_scene_free(frem_scene *scene);

/** Points that the caller fills and then adds. @return Borrowed from the arena; NULL when out of memory. */
frem_chart_point *frem_scene_points(frem_scene *scene, size_t n);
/** Points that are NULL, fewer than a shape needs, or not all finite add nothing. */
void frem_scene_area(frem_scene *scene, uint32_t colour, const frem_chart_point *points, size_t n);
void frem_scene_box(frem_scene *scene, uint32_t colour, frem_box box);
void frem_scene_line(frem_scene *scene, uint32_t colour, double width, frem_dash dash,
                     const frem_chart_point *points, size_t n);
void frem_scene_segment(frem_scene *scene, uint32_t colour, double width, frem_dash dash,
                        frem_chart_point from, frem_chart_point to);
/** A dot, as an area around a point. */
void frem_scene_dot(frem_scene *scene, uint32_t colour, double radius, frem_chart_point at);
/** An empty or NULL text adds nothing. */
void frem_scene_text(frem_scene *scene, frem_words words);

/** The room that a text takes, by the widths of frem_letters_width(). */
frem_box frem_words_box(const frem_words *words);

#endif
