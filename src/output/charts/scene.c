#include "output/charts/scene.h"

#include <math.h>
#include <stdlib.h>

#include "output/charts/letters.h"

/** Corners of a dot: enough to look round. */
#define DOT_CORNERS 16

void frem_scene_free(frem_scene *scene) {
    free(scene->shapes);
    free(scene->words);
    scene->shapes = NULL;
    scene->words = NULL;
    scene->n_shapes = scene->shapes_capacity = 0;
    scene->n_words = scene->words_capacity = 0;
}

frem_chart_point *frem_scene_points(frem_scene *scene, size_t n) {
    frem_chart_point *points =
        scene->failed ? NULL : frem_arena_alloc(scene->arena, n > 0 ? n : 1, sizeof *points);
    scene->failed = scene->failed || points == NULL;
    return points;
}

static bool are_finite(const frem_chart_point *points, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(points[i].x) || !isfinite(points[i].y))
            return false;
    }
    return true;
}

static void add_shape(frem_scene *scene, const frem_shape *shape) {
    void *shapes = scene->shapes;
    if (scene->failed || !are_finite(shape->points, shape->n_points))
        return;
    if (frem_grow(&shapes, &scene->shapes_capacity, scene->n_shapes, sizeof *scene->shapes) != FREM_OK)
        scene->failed = true;
    scene->shapes = shapes;
    if (!scene->failed)
        scene->shapes[scene->n_shapes++] = *shape;
}

void frem_scene_area(frem_scene *scene, uint32_t colour, const frem_chart_point *points, size_t n) {
    if (points != NULL && n >= 3)
        add_shape(scene, &(frem_shape){.kind = FREM_SHAPE_AREA,
                                       .colour = colour,
                                       .points = points,
                                       .n_points = n,
                                       .series = scene->series});
}

void frem_scene_box(frem_scene *scene, uint32_t colour, frem_box box) {
    frem_chart_point *points = frem_scene_points(scene, 4);
    if (points == NULL)
        return;
    points[0] = (frem_chart_point){box.left, box.top};
    points[1] = (frem_chart_point){box.right, box.top};
    points[2] = (frem_chart_point){box.right, box.bottom};
    points[3] = (frem_chart_point){box.left, box.bottom};
    frem_scene_area(scene, colour, points, 4);
}

void frem_scene_line(frem_scene *scene, uint32_t colour, double width, frem_dash dash,
                     const frem_chart_point *points, size_t n) {
    if (points != NULL && n >= 2)
        add_shape(scene, &(frem_shape){FREM_SHAPE_LINE, colour, width, dash, points, n, scene->series});
}

void frem_scene_segment(frem_scene *scene, uint32_t colour, double width, frem_dash dash,
                        frem_chart_point from, frem_chart_point to) {
    frem_chart_point *points = frem_scene_points(scene, 2);
    if (points == NULL)
        return;
    points[0] = from;
    points[1] = to;
    frem_scene_line(scene, colour, width, dash, points, 2);
}

void frem_scene_dot(frem_scene *scene, uint32_t colour, double radius, frem_chart_point at) {
    frem_chart_point *points = frem_scene_points(scene, DOT_CORNERS);
    if (points == NULL)
        return;
    for (size_t i = 0; i < DOT_CORNERS; i++) {
        const double turn = 2.0 * M_PI * (double)i / DOT_CORNERS;
        points[i] = (frem_chart_point){at.x + radius * cos(turn), at.y + radius * sin(turn)};
    }
    frem_scene_area(scene, colour, points, DOT_CORNERS);
}

void frem_scene_text(frem_scene *scene, frem_words words) {
    if (words.text == NULL || *words.text == '\0' || scene->failed)
        return;
    void *all = scene->words;
    if (frem_grow(&all, &scene->words_capacity, scene->n_words, sizeof *scene->words) != FREM_OK)
        scene->failed = true;
    scene->words = all;
    if (!scene->failed)
        scene->words[scene->n_words++] = words;
}

frem_box frem_words_box(const frem_words *words) {
    const double width = frem_letters_width(words->text, words->size, words->bold);
    const double left = words->anchor == FREM_ANCHOR_LEFT     ? words->x
                        : words->anchor == FREM_ANCHOR_MIDDLE ? words->x - width / 2.0
                                                              : words->x - width;
    /* from the top of a capital to below a descender */
    return (frem_box){left, words->y - 0.45 * words->size, left + width, words->y + 0.55 * words->size};
}
