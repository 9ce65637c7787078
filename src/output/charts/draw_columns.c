/* Parts stacked around zero over years, with their sum as a line. */
#include <math.h>

#include "output/charts/draw.h"
#include "output/charts/theme.h"

#define COLUMN_SHARE 0.74
#define COLUMN_MOST 120.0
#define YEARS_BELOW 26.0
#define NET_WIDTH 2.2
#define HALO_WIDTH 5.0

/** Whether any part says anything of a year. */
static bool is_known(const frem_figure *figure, size_t year) {
    for (size_t i = 0; i < figure->n_parts; i++) {
        if (isfinite(figure->parts[i].values[year]))
            return true;
    }
    return false;
}

static size_t last_year(const frem_figure *figure) {
    for (size_t y = figure->n_years; y-- > 0;) {
        if (is_known(figure, y))
            return y;
    }
    return 0;
}

static double net_of(const frem_figure *figure, size_t year) {
    double sum = 0.0;
    for (size_t i = 0; i < figure->n_parts; i++) {
        const double value = figure->parts[i].values[year];
        sum += isfinite(value) ? value : 0.0;
    }
    return sum;
}

/** Whether a part is drawn below zero: by the sum of its years. */
static bool is_downwards(const frem_figure *figure, size_t part) {
    double sum = 0.0;
    for (size_t y = 0; y < figure->n_years; y++) {
        const double value = figure->parts[part].values[y];
        sum += isfinite(value) ? value : 0.0;
    }
    return sum < 0.0;
}

/** The columns of each part, and the middle of each part in the last year. @param stacks two values a year, zero: how far
 *  the parts before reach up and down. */
static void draw_stacks(frem_drawing *d, const frem_chart_field *field, size_t last, double *stacks,
                        double *middles) {
    const frem_figure *figure = d->figure;
    const double half = fmin(field->year_width * COLUMN_SHARE, COLUMN_MOST) / 2.0;
    for (size_t i = 0; i < figure->n_parts; i++) {
        const bool downwards = is_downwards(figure, i);
        frem_draw_series(d, figure->parts[i].label);
        for (size_t y = 0; y < figure->n_years; y++) {
            const double value = isfinite(figure->parts[i].values[y]) ? figure->parts[i].values[y] : 0.0;
            double *at = &stacks[2 * y + (value > 0.0 || (value == 0.0 && !downwards) ? 0 : 1)];
            const double from = *at;
            *at += value;
            if (y == last)
                middles[i] = (from + *at) / 2.0;
            if (value != 0.0)
                frem_scene_box(d->scene, frem_theme_colour(figure->parts[i].role),
                               (frem_box){frem_field_x(field, y) - half, frem_field_y(field, fmax(from, *at)),
                                          frem_field_x(field, y) + half,
                                          frem_field_y(field, fmin(from, *at))});
        }
    }
    frem_draw_series(d, NULL);
}

static void draw_net(frem_drawing *d, const frem_chart_field *field) {
    size_t n = 0;
    frem_chart_point *points = frem_scene_points(d->scene, d->figure->n_years);
    for (size_t y = 0; points != NULL && y < d->figure->n_years; y++) {
        if (is_known(d->figure, y))
            points[n++] =
                (frem_chart_point){frem_field_x(field, y), frem_field_y(field, net_of(d->figure, y))};
    }
    if (n == 1)
        frem_scene_dot(d->scene, FREM_COLOUR_PAPER, NET_WIDTH + HALO_WIDTH / 2.0, points[0]);
    frem_scene_line(d->scene, FREM_COLOUR_PAPER, HALO_WIDTH, FREM_DASH_NONE, points, n);
    frem_draw_series(d, d->figure->net);
    if (n == 1)
        frem_scene_dot(d->scene, FREM_COLOUR_INK, 1.5 * NET_WIDTH, points[0]);
    frem_scene_line(d->scene, FREM_COLOUR_INK, NET_WIDTH, FREM_DASH_NONE, points, n);
    frem_draw_series(d, NULL);
}

/** Names of the parts with their last values. */
static size_t collect_ends(frem_drawing *d, size_t last, frem_end *ends) {
    const frem_figure *figure = d->figure;
    size_t n = 0;
    for (size_t i = 0; i <= figure->n_parts && !d->scene->failed; i++) {
        const bool is_net = i == figure->n_parts;
        const char *label = is_net ? figure->net : figure->parts[i].label;
        if (label == NULL)
            continue;
        const double value = is_net ? net_of(figure, last) : figure->parts[i].values[last];
        const char *number = isfinite(value) ? frem_draw_number(d, value, 0) : NULL;
        ends[n++] = (frem_end){.text = label,
                               .value = number,
                               .at = value,
                               .colour = is_net ? FREM_COLOUR_INK : frem_theme_colour(figure->parts[i].role),
                               .mark = is_net ? FREM_MARK_LINE : FREM_MARK_SQUARE};
    }
    return n;
}

void frem_draw_columns(frem_drawing *d) {
    const frem_figure *figure = d->figure;
    frem_end *ends = frem_arena_alloc(d->scene->arena, figure->n_parts + 1, sizeof *ends);
    double *middles = frem_arena_alloc(d->scene->arena, figure->n_parts + 1, sizeof *middles);
    double *stacks = frem_arena_alloc(d->scene->arena, 2 * figure->n_years + 1, sizeof *stacks);
    d->scene->failed = d->scene->failed || ends == NULL || middles == NULL || stacks == NULL;
    if (d->scene->failed || figure->n_years == 0)
        return;
    const size_t last = last_year(figure);
    const size_t n_ends = collect_ends(d, last, ends);
    const frem_ticks ticks = frem_draw_ticks(d, 9);
    frem_chart_field field = {.box = d->body};
    field.box.bottom -= YEARS_BELOW;
    field.box.right -= frem_draw_end_room(d, ends, n_ends);
    frem_draw_value_axis(d, &field, &ticks, true);
    field.year_width = (field.box.right - field.box.left) / (double)figure->n_years;
    field.first_x = field.box.left + field.year_width / 2.0;
    draw_stacks(d, &field, last, stacks, middles);
    const double zero = frem_field_y(&field, 0.0);
    frem_scene_segment(d->scene, FREM_COLOUR_AXIS, 1.2, FREM_DASH_NONE,
                       (frem_chart_point){field.box.left, zero}, (frem_chart_point){field.box.right, zero});
    if (figure->net != NULL)
        draw_net(d, &field);
    frem_draw_year_axis(d, &field);
    /* the ends of the parts are in their order, the sum's comes last */
    for (size_t i = 0, part = 0; i < n_ends; i++) {
        if (ends[i].text == figure->net) {
            ends[i].at = frem_field_y(&field, ends[i].at);
            continue;
        }
        while (figure->parts[part].label == NULL)
            part++;
        ends[i].at = frem_field_y(&field, middles[part++]);
    }
    frem_draw_ends(d, ends, n_ends, field.box.right, field.box.top - 8.0, field.box.bottom + 8.0);
}
