/* Persons by age: two sexes back to back, one year filled, another outlined. */
#include <math.h>

#include "output/charts/draw.h"
#include "output/charts/letters.h"
#include "output/charts/theme.h"

#define SIDE_NAME 28.0
#define TICKS_BELOW 24.0
#define OUTLINE 2.2
#define AGE_LABELS 10

/** One side of the pyramid. */
typedef struct half {
    double axis_x; /**< where the number of persons is 0 */
    double width;  /**< of the greatest tick, negative to the left */
    double most;
    frem_box box;
} half;

static double greatest(const frem_figure_pyramid *p, size_t side) {
    double most = 0.0;
    for (size_t year = 0; year < 2; year++) {
        for (size_t a = 0; p->persons[side][year] != NULL && a < p->n_ages; a++)
            most = isfinite(p->persons[side][year][a]) ? fmax(most, p->persons[side][year][a]) : most;
    }
    return most;
}

static double age_y(const half *h, size_t n_ages, double age) {
    return h->box.bottom - age / (double)n_ages * (h->box.bottom - h->box.top);
}

static double persons_x(const half *h, double persons) {
    return h->axis_x + (isfinite(persons) ? persons : 0.0) / h->most * h->width;
}

/** The contour of a side, age by age, as steps. @return how many points. */
static size_t contour(const half *h, const double *persons, size_t n_ages, frem_chart_point *points) {
    size_t n = 0;
    points[n++] = (frem_chart_point){h->axis_x, age_y(h, n_ages, 0.0)};
    for (size_t a = 0; a < n_ages; a++) {
        const double x = persons_x(h, persons[a]);
        points[n++] = (frem_chart_point){x, age_y(h, n_ages, (double)a)};
        points[n++] = (frem_chart_point){x, age_y(h, n_ages, (double)a + 1.0)};
    }
    points[n++] = (frem_chart_point){h->axis_x, age_y(h, n_ages, (double)n_ages)};
    return n;
}

/** "Women, 2040" is the series of a contour. */
static void name_contour(frem_drawing *d, size_t side, size_t year) {
    const frem_figure_pyramid *p = &d->figure->pyramid;
    const char *sex = p->sides[side], *when = p->years[year];
    const char *name = d->scene->failed ? NULL
                                        : frem_arena_print(d->scene->arena, "%s%s%s", sex != NULL ? sex : "",
                                                           sex != NULL && when != NULL ? ", " : "",
                                                           when != NULL ? when : "");
    d->scene->failed = name == NULL;
    frem_draw_series(d, name);
}

static void draw_side(frem_drawing *d, const half *h, size_t side) {
    const frem_figure_pyramid *p = &d->figure->pyramid;
    for (size_t year = 0; year < 2; year++) {
        if (p->persons[side][year] == NULL)
            continue;
        frem_chart_point *points = frem_scene_points(d->scene, 2 * p->n_ages + 2);
        if (points == NULL)
            return;
        const size_t n = contour(h, p->persons[side][year], p->n_ages, points);
        name_contour(d, side, year);
        if (year == 0)
            frem_scene_area(d->scene, frem_theme_colour(FREM_ROLE_NARROW), points, n);
        else
            frem_scene_line(d->scene, frem_theme_colour(FREM_ROLE_SUPPLY), OUTLINE, FREM_DASH_NONE, points,
                            n);
    }
    frem_draw_series(d, NULL);
}

/** Persons below a side; the zero of the left one is the right one's. */
static void draw_persons(frem_drawing *d, const half *h, const frem_ticks *ticks, bool with_zero) {
    for (size_t i = 0; i < ticks->count; i++) {
        const double value = (ticks->first + (double)i) * ticks->step;
        const double x = persons_x(h, value);
        frem_scene_segment(d->scene, FREM_COLOUR_GRID, FREM_LINE_GRID, FREM_DASH_NONE,
                           (frem_chart_point){x, h->box.top}, (frem_chart_point){x, h->box.bottom});
        if (i > 0 || with_zero)
            frem_scene_text(d->scene,
                            (frem_words){x, h->box.bottom + 14.0, FREM_ANCHOR_MIDDLE, FREM_SIZE_LABEL, false,
                                         FREM_COLOUR_MUTED, frem_draw_number(d, value, ticks->decimals)});
    }
}

static void draw_ages(frem_drawing *d, const half *h, double left, double right) {
    const frem_figure_pyramid *p = &d->figure->pyramid;
    for (size_t a = 0; a < p->n_ages && !d->scene->failed; a++) {
        const int age = p->first_age + (int)a;
        if (age % AGE_LABELS != 0)
            continue;
        const double y = age_y(h, p->n_ages, (double)a + 0.5);
        const char *text = frem_arena_print(d->scene->arena, "%d", age);
        d->scene->failed = text == NULL;
        frem_scene_segment(d->scene, FREM_COLOUR_GRID, FREM_LINE_GRID, FREM_DASH_NONE,
                           (frem_chart_point){left, y}, (frem_chart_point){right, y});
        frem_scene_text(d->scene, (frem_words){left - 8.0, y, FREM_ANCHOR_RIGHT, FREM_SIZE_LABEL, false,
                                               FREM_COLOUR_MUTED, text});
    }
}

/** What the filled and the outlined contour are. */
static double draw_legend(frem_drawing *d) {
    const frem_figure_pyramid *p = &d->figure->pyramid;
    const frem_key keys[] = {{p->years[0], frem_theme_colour(FREM_ROLE_NARROW), false},
                             {p->years[1], frem_theme_colour(FREM_ROLE_SUPPLY), true}};
    return frem_draw_keys(d, keys, p->years[1] != NULL ? 2 : 1, d->body.left, d->body.top - 8.0,
                          d->body.right);
}

/** Both sides on one scale, each as wide as its greatest value needs, but not so narrow that its name has no room. */
static size_t make_halves(const frem_drawing *d, frem_box box, half halves[2], frem_ticks ticks[2]) {
    const frem_figure_pyramid *p = &d->figure->pyramid;
    const size_t n = p->sides[1] != NULL ? 2 : 1;
    const double most[2] = {greatest(p, 0), n == 2 ? greatest(p, 1) : 0.0};
    const double larger = fmax(fmax(most[0], most[1]), 1.0);
    const frem_ticks common = frem_ticks_over(0.0, n == 2 ? most[0] + most[1] + larger / 4.0 : larger, 8);
    double sum = 0.0;
    for (size_t side = 0; side < n; side++) {
        const double needs = fmax(most[side], larger / 4.0);
        ticks[side] = common;
        ticks[side].count = (size_t)ceil(needs / common.step - 1e-9) + 1;
        sum += frem_ticks_high(&ticks[side]);
    }
    const double width = box.right - box.left;
    const double centre = n == 2 ? box.left + width * frem_ticks_high(&ticks[0]) / sum : box.left;
    for (size_t side = 0; side < n; side++) {
        const double most_here = frem_ticks_high(&ticks[side]);
        const bool leftwards = n == 2 && side == 0;
        halves[side] = (half){centre, (leftwards ? -1.0 : 1.0) * width * most_here / sum, most_here, box};
    }
    return n;
}

void frem_draw_pyramid(frem_drawing *d) {
    const frem_figure_pyramid *p = &d->figure->pyramid;
    half halves[2];
    frem_ticks ticks[2];
    if (p->n_ages == 0)
        return;
    frem_box box = d->body;
    box.top += draw_legend(d) + SIDE_NAME + 4.0;
    box.bottom -= TICKS_BELOW;
    const char *name = frem_draw_label(d, p->age, FREM_SIZE_LABEL, false, 120.0);
    /* the name of the age axis is above the ages; half of the last number of persons reaches past the edge */
    const double ages = fmax(name == NULL ? 0.0 : frem_letters_width(name, FREM_SIZE_LABEL, false), 34.0);
    const double last = frem_letters_width("00.000", FREM_SIZE_LABEL, false) / 2.0;
    box.left += ages + 8.0;
    box.right -= last;
    const size_t n = make_halves(d, box, halves, ticks);
    draw_ages(d, &halves[0], box.left, box.right);
    frem_scene_text(d->scene, (frem_words){box.left - 8.0, box.top - 19.0, FREM_ANCHOR_RIGHT, FREM_SIZE_LABEL,
                                           false, FREM_COLOUR_MUTED, name});
    for (size_t side = 0; side < n; side++) {
        const half *h = &halves[side];
        draw_persons(d, h, &ticks[side], side == 0);
        frem_scene_text(d->scene, (frem_words){h->axis_x + h->width / 2.0, box.top - 19.0, FREM_ANCHOR_MIDDLE,
                                               FREM_SIZE_LABEL, true, FREM_COLOUR_INK,
                                               frem_draw_label(d, p->sides[side], FREM_SIZE_LABEL, true,
                                                               fabs(h->width) - 10.0)});
    }
    for (size_t side = 0; side < n; side++)
        draw_side(d, &halves[side], side);
    frem_scene_segment(d->scene, FREM_COLOUR_AXIS, 1.2, FREM_DASH_NONE,
                       (frem_chart_point){halves[0].axis_x, box.top},
                       (frem_chart_point){halves[0].axis_x, box.bottom});
}
