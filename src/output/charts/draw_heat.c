/* A table of coloured cells: rows by years, colours by the distance from the scale's reference. */
#include <math.h>

#include "output/charts/draw.h"
#include "output/charts/letters.h"
#include "output/charts/theme.h"

#define LABEL_MAX 190.0
#define LABEL_GAP 10.0
#define YEARS_ABOVE 24.0
#define KEY_BELOW 46.0
#define KEY_STEP 58.0
#define KEY_HEIGHT 12.0
#define CELL_GAP 1.0
#define STEPS 4

/** Borders between the classes above the middle one, as distances from the reference; below it they are mirrored. */
static const double borders[STEPS] = {0.025, 0.05, 0.1, 0.2};

static int class_of(double value, double reference) {
    const double distance = value - reference;
    int step = 0;
    while (step < STEPS && fabs(distance) >= borders[step])
        step++;
    return distance < 0.0 ? -step : step;
}

/** Where the cells are. */
typedef struct grid {
    frem_box box;
    double width, height; /**< of a cell */
} grid;

static frem_box cell_box(const grid *g, size_t row, size_t year) {
    const double left = g->box.left + g->width * (double)year, top = g->box.top + g->height * (double)row;
    return (frem_box){left, top, left + g->width - CELL_GAP, top + g->height - CELL_GAP};
}

/** A whole number of per cent without its sign, which the subtitle says; plain values else. */
static const char *cell_text(frem_drawing *d, double value) {
    const double shown = d->figure->scale.percent ? 100.0 * value : value;
    frem_figure plain = *d->figure;
    plain.scale.percent = false;
    frem_drawing inner = {&plain, d->scene, d->body};
    return frem_draw_number(&inner, shown, 0);
}

/** @return the year after the run of cells of one class that begins at `first`. */
static size_t end_of_run(const double *cells, size_t n, size_t first, double reference) {
    size_t end = first + 1;
    while (end < n && isfinite(cells[end]) &&
           class_of(cells[end], reference) == class_of(cells[first], reference))
        end++;
    return end;
}

/** Runs of one class are one box, with lines of paper between the years afterwards. */
static void draw_cells(frem_drawing *d, const grid *g) {
    const frem_figure_heat *heat = &d->figure->heat;
    const size_t n = d->figure->n_years;
    const double reference = d->figure->scale.reference;
    for (size_t row = 0; row < heat->n_rows; row++) {
        const double *cells = heat->cells + row * n;
        frem_draw_series(d, heat->rows[row]);
        for (size_t y = 0, end = 0; y < n; y = end) {
            end = isfinite(cells[y]) ? end_of_run(cells, n, y, reference) : y + 1;
            frem_box box = cell_box(g, row, y);
            box.right = cell_box(g, row, end - 1).right;
            if (isfinite(cells[y]))
                frem_scene_box(d->scene, frem_theme_diverging(class_of(cells[y], reference)), box);
        }
    }
    frem_draw_series(d, NULL);
    for (size_t y = 1; y < n; y++) {
        const double x = g->box.left + g->width * (double)y - CELL_GAP / 2.0;
        frem_scene_segment(d->scene, FREM_COLOUR_PAPER, CELL_GAP, FREM_DASH_NONE,
                           (frem_chart_point){x, g->box.top}, (frem_chart_point){x, g->box.bottom});
    }
}

/** The values, where every one of them fits into its cell. */
static void draw_values(frem_drawing *d, const grid *g) {
    const frem_figure_heat *heat = &d->figure->heat;
    const size_t n = d->figure->n_years;
    double widest = 0.0;
    for (size_t i = 0; i < heat->n_rows * n; i++) {
        const char *text = isfinite(heat->cells[i]) ? cell_text(d, heat->cells[i]) : NULL;
        widest = fmax(widest, text == NULL ? 0.0 : frem_letters_width(text, FREM_SIZE_CELL, false));
    }
    for (size_t i = 0; widest + 4.0 <= g->width && i < heat->n_rows * n; i++) {
        if (!isfinite(heat->cells[i]))
            continue;
        const frem_box box = cell_box(g, i / n, i % n);
        const uint32_t colour = frem_theme_diverging(class_of(heat->cells[i], d->figure->scale.reference));
        frem_scene_text(d->scene, (frem_words){(box.left + box.right) / 2.0, (box.top + box.bottom) / 2.0,
                                               FREM_ANCHOR_MIDDLE, FREM_SIZE_CELL, false,
                                               frem_theme_text_on(colour), cell_text(d, heat->cells[i])});
    }
}

static void draw_years(frem_drawing *d, const grid *g) {
    const double needs = frem_letters_width("2000", FREM_SIZE_CELL, false) + 4.0;
    size_t step = 1;
    while ((double)step * g->width < needs)
        step++;
    for (size_t y = 0; y < d->figure->n_years && !d->scene->failed; y++) {
        if ((d->figure->first_year + (int)y) % (int)step != 0 && d->figure->n_years > step)
            continue;
        const frem_box box = cell_box(g, 0, y);
        const char *text = frem_arena_print(d->scene->arena, "%d", d->figure->first_year + (int)y);
        d->scene->failed = text == NULL;
        frem_scene_text(d->scene,
                        (frem_words){(box.left + box.right) / 2.0, g->box.top - 12.0, FREM_ANCHOR_MIDDLE,
                                     FREM_SIZE_CELL, false, FREM_COLOUR_MUTED, text});
    }
}

/** The scale of colours with its borders, and what its ends mean. */
static void draw_key(frem_drawing *d, double left, double top) {
    const frem_figure_heat *heat = &d->figure->heat;
    const char *below = frem_draw_label(d, heat->below, FREM_SIZE_CELL, false, 150.0);
    const char *above = frem_draw_label(d, heat->above, FREM_SIZE_CELL, false, 150.0);
    const double y = top + KEY_HEIGHT / 2.0;
    double x = left;
    if (below != NULL) {
        frem_scene_text(d->scene,
                        (frem_words){x, y, FREM_ANCHOR_LEFT, FREM_SIZE_CELL, false, FREM_COLOUR_INK, below});
        x += frem_letters_width(below, FREM_SIZE_CELL, false) + LABEL_GAP;
    }
    for (int step = -STEPS; step <= STEPS; step++) {
        frem_scene_box(d->scene, frem_theme_diverging(step),
                       (frem_box){x, top, x + KEY_STEP - CELL_GAP, top + KEY_HEIGHT});
        if (step < STEPS) {
            const double border = step < 0 ? -borders[-step - 1] : borders[step];
            const double value = d->figure->scale.reference + border;
            const bool half = fabs(value * 100.0 - round(value * 100.0)) > 1e-6;
            frem_scene_text(
                d->scene, (frem_words){x + KEY_STEP, top + KEY_HEIGHT + 10.0, FREM_ANCHOR_MIDDLE,
                                       FREM_SIZE_CELL - 1.0, false, FREM_COLOUR_MUTED,
                                       frem_draw_number(d, value, half && d->figure->scale.percent ? 1 : 0)});
        }
        x += KEY_STEP;
    }
    if (above != NULL)
        frem_scene_text(d->scene, (frem_words){x + LABEL_GAP, y, FREM_ANCHOR_LEFT, FREM_SIZE_CELL, false,
                                               FREM_COLOUR_INK, above});
}

void frem_draw_heat(frem_drawing *d) {
    const frem_figure_heat *heat = &d->figure->heat;
    if (heat->n_rows == 0 || d->figure->n_years == 0)
        return;
    double labels = 0.0;
    for (size_t row = 0; row < heat->n_rows; row++) {
        const char *label = frem_draw_label(d, heat->rows[row], FREM_SIZE_LABEL, false, LABEL_MAX);
        labels = fmax(labels, label == NULL ? 0.0 : frem_letters_width(label, FREM_SIZE_LABEL, false));
    }
    grid g = {.box = d->body};
    g.box.left += labels + LABEL_GAP;
    g.box.top += YEARS_ABOVE - 8.0;
    g.box.bottom -= KEY_BELOW;
    g.width = (g.box.right - g.box.left) / (double)d->figure->n_years;
    g.height = (g.box.bottom - g.box.top) / (double)heat->n_rows;
    draw_years(d, &g);
    draw_cells(d, &g);
    for (size_t row = 0; row < heat->n_rows; row++) {
        const frem_box box = cell_box(&g, row, 0);
        frem_scene_text(d->scene,
                        (frem_words){g.box.left - LABEL_GAP, (box.top + box.bottom) / 2.0, FREM_ANCHOR_RIGHT,
                                     FREM_SIZE_LABEL, false, FREM_COLOUR_INK,
                                     frem_draw_label(d, heat->rows[row], FREM_SIZE_LABEL, false, LABEL_MAX)});
    }
    draw_values(d, &g);
    draw_key(d, d->body.left, g.box.bottom + 14.0);
}
