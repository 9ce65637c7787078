/* Lines over years: one field, or small multiples. */
#include <math.h>

#include "output/charts/draw.h"
#include "output/charts/letters.h"
#include "output/charts/theme.h"

#define PANEL_GAP 26.0
#define PANEL_TITLE 24.0
#define YEARS_BELOW 26.0
/** Half the width of what shows a single year: a dot on a line, a stretch of a band. */
#define YEAR_ALONE 3.5
/** An area is named where it is as high as this over the width of its name. */
#define AREA_NAME_HEIGHT 26.0
#define AREA_NAME_MARGIN 28.0

size_t frem_draw_panel_columns(const frem_figure *figure) {
    return figure->n_panels <= 1 ? 1 : figure->n_panels <= 4 ? 2 : 3;
}

size_t frem_draw_panel_rows(const frem_figure *figure) {
    const size_t columns = frem_draw_panel_columns(figure);
    return (figure->n_panels + columns - 1) / columns;
}

/** @return the end of the run of known values that begins at `first`, which is moved to a known one. */
static size_t run_of(const double *a, const double *b, size_t n, size_t *first) {
    while (*first < n && !(isfinite(a[*first]) && (b == NULL || isfinite(b[*first]))))
        (*first)++;
    size_t end = *first;
    while (end < n && isfinite(a[end]) && (b == NULL || isfinite(b[end])))
        end++;
    return end;
}

static void draw_line(frem_drawing *d, const frem_chart_field *field, const double *values, uint32_t colour,
                      double width, frem_dash dash) {
    const size_t n = d->figure->n_years;
    for (size_t first = 0, end = 0; (end = run_of(values, NULL, n, &first)) > first; first = end) {
        frem_chart_point *points = frem_scene_points(d->scene, end - first);
        if (points == NULL)
            return;
        for (size_t i = first; i < end; i++)
            points[i - first] = (frem_chart_point){frem_field_x(field, i), frem_field_y(field, values[i])};
        if (end - first > 1)
            frem_scene_line(d->scene, colour, width, dash, points, end - first);
        else
            frem_scene_dot(d->scene, colour, YEAR_ALONE, points[0]);
    }
}

static void draw_band(frem_drawing *d, const frem_chart_field *field, const frem_figure_band *band) {
    const size_t n = d->figure->n_years;
    for (size_t first = 0, end = 0; (end = run_of(band->low, band->high, n, &first)) > first; first = end) {
        const size_t count = end - first;
        frem_chart_point *points = frem_scene_points(d->scene, 2 * count);
        if (points == NULL)
            return;
        for (size_t i = 0; i < count; i++) {
            const double x = frem_field_x(field, first + i);
            points[i] = (frem_chart_point){x, frem_field_y(field, band->high[first + i])};
            points[2 * count - 1 - i] = (frem_chart_point){x, frem_field_y(field, band->low[first + i])};
        }
        if (count > 1)
            frem_scene_area(d->scene, frem_theme_colour(band->role), points, 2 * count);
        else
            frem_scene_box(
                d->scene, frem_theme_colour(band->role),
                (frem_box){points[0].x - YEAR_ALONE, points[0].y, points[0].x + YEAR_ALONE, points[1].y});
    }
}

/** Where the two borders of the shaded area are in a year. */
typedef struct edges {
    double x, over, under; /**< y of the borders */
} edges;

static bool edges_at(const frem_drawing *d, const frem_chart_field *field, const frem_figure_panel *panel,
                     size_t i, edges *out) {
    const double over = panel->over[i];
    const double under = panel->under != NULL ? panel->under[i] : d->figure->scale.reference;
    *out = (edges){frem_field_x(field, i), frem_field_y(field, over), frem_field_y(field, under)};
    return isfinite(over) && isfinite(under);
}

/** A stretch of the area of one colour: its borders from left to right. */
typedef struct run {
    const frem_figure_panel *panel;
    edges *at;
    size_t n;
    bool surplus;
} run;

/** Adds the stretch as one area, so that no seam shows between its years, and begins another one. */
static void end_run(frem_drawing *d, run *r) {
    bool has_height = false;
    for (size_t i = 0; i < r->n; i++)
        has_height = has_height || r->at[i].over != r->at[i].under;
    frem_chart_point *points = has_height && r->n >= 2 ? frem_scene_points(d->scene, 2 * r->n) : NULL;
    for (size_t i = 0; points != NULL && i < r->n; i++) {
        points[i] = (frem_chart_point){r->at[i].x, r->at[i].over};
        points[2 * r->n - 1 - i] = (frem_chart_point){r->at[i].x, r->at[i].under};
    }
    frem_draw_series(d, r->surplus ? r->panel->above : r->panel->below);
    if (points != NULL)
        frem_scene_area(d->scene, frem_theme_colour(r->surplus ? FREM_ROLE_SURPLUS : FREM_ROLE_SHORTAGE),
                        points, 2 * r->n);
    frem_draw_series(d, NULL);
    r->n = 0;
}

/** The area between two lines, coloured by which is above; where they cross within a year, it changes at the crossing. */
static void draw_shading(frem_drawing *d, const frem_chart_field *field, const frem_figure_panel *panel) {
    run r = {panel, frem_arena_alloc(d->scene->arena, d->figure->n_years + 2, sizeof *r.at), 0, false};
    d->scene->failed = d->scene->failed || r.at == NULL;
    for (size_t i = 0; panel->over != NULL && !d->scene->failed && i < d->figure->n_years; i++) {
        edges next;
        if (!edges_at(d, field, panel, i, &next)) {
            end_run(d, &r);
            continue;
        }
        const double after = next.under - next.over; /* y grows downwards */
        if (r.n > 0) {
            const edges last = r.at[r.n - 1];
            const double before = last.under - last.over;
            if (before * after < 0.0) {
                const double t = before / (before - after);
                const double y = last.over + t * (next.over - last.over);
                const edges crossing = {last.x + t * (next.x - last.x), y, y};
                r.at[r.n++] = crossing;
                end_run(d, &r);
                r.at[r.n++] = crossing;
            } else if (before == 0.0 && r.n > 1) {
                end_run(d, &r);
                r.at[r.n++] = last;
            }
        }
        if (after != 0.0)
            r.surplus = after > 0.0;
        r.at[r.n++] = next;
    }
    end_run(d, &r);
}

/** The least height of the area, of one colour, over the years first..last; 0 where it changes colour. @param[out] middle
 *  of the area halfway. */
static double clear_height(const frem_drawing *d, const frem_chart_field *field,
                           const frem_figure_panel *panel, bool surplus, size_t first, size_t last,
                           double *middle) {
    /* the highest lower border and the lowest upper one: a text between them touches no line */
    double top = -HUGE_VAL, bottom = HUGE_VAL;
    edges e;
    for (size_t i = first; i <= last; i++) {
        if (!edges_at(d, field, panel, i, &e) || (e.under > e.over) != surplus)
            return 0.0;
        top = fmax(top, fmin(e.over, e.under));
        bottom = fmin(bottom, fmax(e.over, e.under));
    }
    *middle = (top + bottom) / 2.0;
    return bottom - top;
}

/** Names an area in its highest place, where there is room for the name. */
static void name_area(frem_drawing *d, const frem_chart_field *field, const frem_figure_panel *panel,
                      bool surplus, const char *name) {
    const char *text = frem_draw_label(d, name, FREM_SIZE_LABEL, false, 200.0);
    if (text == NULL || panel->over == NULL)
        return;
    const double width = frem_letters_width(text, FREM_SIZE_LABEL, false) + AREA_NAME_MARGIN;
    const size_t years = (size_t)ceil(width / field->year_width);
    double best = AREA_NAME_HEIGHT, x = 0.0, y = 0.0;
    for (size_t first = 0; first + years < d->figure->n_years; first++) {
        double middle = 0.0;
        const double height = clear_height(d, field, panel, surplus, first, first + years, &middle);
        if (height >= best) {
            best = height;
            x = (frem_field_x(field, first) + frem_field_x(field, first + years)) / 2.0;
            y = middle;
        }
    }
    if (x > 0.0)
        frem_scene_text(
            d->scene, (frem_words){x, y, FREM_ANCHOR_MIDDLE, FREM_SIZE_LABEL, false, FREM_COLOUR_INK, text});
}

/** @return the last year with a value, or n_years. */
static size_t last_known(const double *values, size_t n) {
    for (size_t i = n; i-- > 0;) {
        if (isfinite(values[i]))
            return i;
    }
    return n;
}

/** "Supply 24,512" at the end of each line, names of bands at their middle. @return how many. */
static size_t collect_ends(frem_drawing *d, const frem_figure_panel *panel, frem_end *ends) {
    const size_t n = d->figure->n_years;
    size_t count = 0;
    for (size_t i = 0; i < panel->n_lines && !d->scene->failed; i++) {
        const frem_figure_line *line = &panel->lines[i];
        const size_t last = last_known(line->values, n);
        const char *value = last < n ? frem_draw_value(d, line->values[last]) : NULL;
        if (value == NULL)
            continue;
        ends[count++] = (frem_end){.text = line->label,
                                   .value = value,
                                   .at = line->values[last],
                                   .colour = frem_theme_colour(line->role)};
    }
    for (size_t i = 0; i < panel->n_bands; i++) {
        const frem_figure_band *band = &panel->bands[i];
        const size_t last = last_known(band->high, n);
        if (last < n && band->label != NULL)
            ends[count++] = (frem_end){.text = band->label,
                                       .at = band->high[last],
                                       .colour = frem_theme_colour(band->role),
                                       .mark = FREM_MARK_SQUARE};
    }
    return count;
}

static void draw_content(frem_drawing *d, const frem_chart_field *field, const frem_figure_panel *panel) {
    for (size_t i = 0; i < panel->n_lines; i++) {
        const frem_figure_line *line = &panel->lines[i];
        const frem_dash dash = line->dashed ? FREM_DASH_LONG : frem_theme_dash(line->role);
        frem_draw_series(d, line->label != NULL ? line->label : panel->title);
        draw_line(d, field, line->values, frem_theme_colour(line->role),
                  line->role == FREM_ROLE_MUTED ? FREM_LINE_QUIET : FREM_LINE_MAIN, dash);
    }
    frem_draw_series(d, NULL);
    name_area(d, field, panel, true, panel->above);
    name_area(d, field, panel, false, panel->below);
}

static void set_years(const frem_drawing *d, frem_chart_field *field) {
    const double n = (double)d->figure->n_years;
    field->year_width = n > 1.0 ? (field->box.right - field->box.left) / (n - 1.0) : field->box.right;
    field->first_x = n > 1.0 ? field->box.left : (field->box.left + field->box.right) / 2.0;
}

static void draw_alone(frem_drawing *d) {
    const frem_figure_panel *panel = &d->figure->panels[0];
    frem_end *ends = frem_arena_alloc(d->scene->arena, panel->n_lines + panel->n_bands + 1, sizeof *ends);
    if (ends == NULL) {
        d->scene->failed = true;
        return;
    }
    const size_t n_ends = collect_ends(d, panel, ends);
    const frem_ticks ticks = frem_draw_ticks(d, 6);
    frem_chart_field field = {.box = d->body};
    field.box.bottom -= YEARS_BELOW;
    field.box.right -= frem_draw_end_room(d, ends, n_ends);
    const double left = field.box.left + frem_draw_value_room(d, &ticks);
    field.low = frem_ticks_low(&ticks);
    field.high = frem_ticks_high(&ticks);
    frem_chart_field inner = field;
    inner.box.left = left;
    set_years(d, &inner);
    for (size_t i = 0; i < panel->n_bands; i++) {
        frem_draw_series(d, panel->bands[i].label);
        draw_band(d, &inner, &panel->bands[i]);
    }
    frem_draw_series(d, NULL);
    draw_shading(d, &inner, panel);
    frem_draw_value_axis(d, &field, &ticks, true);
    frem_draw_year_axis(d, &inner);
    draw_content(d, &inner, panel);
    for (size_t i = 0; i < n_ends; i++)
        ends[i].at = frem_field_y(&inner, ends[i].at);
    frem_draw_ends(d, ends, n_ends, inner.box.right, inner.box.top - 8.0, inner.box.bottom + 8.0);
}

/** The lines of the other panels, thin and grey, to compare with. */
static void draw_ghosts(frem_drawing *d, const frem_chart_field *field, size_t own) {
    for (size_t p = 0; p < d->figure->n_panels; p++) {
        if (p != own && d->figure->panels[p].n_lines > 0)
            draw_line(d, field, d->figure->panels[p].lines[0].values, FREM_COLOUR_GHOST, FREM_LINE_GRID,
                      FREM_DASH_NONE);
    }
}

/** First and last year below a panel. */
static void draw_panel_years(frem_drawing *d, const frem_chart_field *field) {
    const size_t last = d->figure->n_years - 1;
    for (size_t i = 0; i <= last && !d->scene->failed; i += last > 0 ? last : 1) {
        const char *text = frem_arena_print(d->scene->arena, "%d", d->figure->first_year + (int)i);
        d->scene->failed = text == NULL;
        frem_scene_text(d->scene, (frem_words){frem_field_x(field, i), field->box.bottom + 14.0,
                                               i == 0 ? FREM_ANCHOR_LEFT : FREM_ANCHOR_RIGHT, FREM_SIZE_CELL,
                                               false, FREM_COLOUR_MUTED, text});
    }
}

static void draw_panel(frem_drawing *d, frem_chart_field field, const frem_ticks *ticks, size_t p,
                       bool labelled, double end_room) {
    const frem_figure_panel *panel = &d->figure->panels[p];
    const double width = field.box.right - field.box.left;
    frem_scene_text(d->scene, (frem_words){field.box.left, field.box.top - 14.0, FREM_ANCHOR_LEFT,
                                           FREM_SIZE_LABEL, true, FREM_COLOUR_INK,
                                           frem_draw_label(d, panel->title, FREM_SIZE_LABEL, true, width)});
    field.box.right -= end_room;
    frem_chart_field axis = field;
    if (labelled)
        axis.box.left -= frem_draw_value_room(d, ticks);
    set_years(d, &field);
    field.low = frem_ticks_low(ticks);
    field.high = frem_ticks_high(ticks);
    draw_shading(d, &field, panel);
    frem_draw_value_axis(d, &axis, ticks, labelled);
    draw_ghosts(d, &field, p);
    draw_content(d, &field, panel);
    draw_panel_years(d, &field);
    if (panel->n_lines == 0)
        return;
    const size_t last = last_known(panel->lines[0].values, d->figure->n_years);
    if (last < d->figure->n_years)
        frem_scene_text(d->scene,
                        (frem_words){field.box.right + 5.0,
                                     frem_field_y(&field, panel->lines[0].values[last]), FREM_ANCHOR_LEFT,
                                     FREM_SIZE_LABEL, true, frem_theme_colour(panel->lines[0].role),
                                     frem_draw_value(d, panel->lines[0].values[last])});
}

/** Room for the value at the end of each panel's line. */
static double value_room(frem_drawing *d) {
    double width = 0.0;
    for (size_t p = 0; p < d->figure->n_panels; p++) {
        const frem_figure_panel *panel = &d->figure->panels[p];
        const size_t last =
            panel->n_lines > 0 ? last_known(panel->lines[0].values, d->figure->n_years) : d->figure->n_years;
        const char *text =
            last < d->figure->n_years ? frem_draw_value(d, panel->lines[0].values[last]) : NULL;
        if (text != NULL)
            width = fmax(width, frem_letters_width(text, FREM_SIZE_LABEL, true));
    }
    return width + 6.0;
}

void frem_draw_lines(frem_drawing *d) {
    if (d->figure->n_panels == 1 && d->figure->n_years > 0)
        draw_alone(d);
    if (d->figure->n_panels <= 1 || d->figure->n_years == 0)
        return;
    const size_t columns = frem_draw_panel_columns(d->figure), rows = frem_draw_panel_rows(d->figure);
    const frem_ticks ticks = frem_draw_ticks(d, 4);
    const double axis = frem_draw_value_room(d, &ticks), end_room = value_room(d);
    const double left = d->body.left + axis;
    const double width = (d->body.right - left - PANEL_GAP * (double)(columns - 1)) / (double)columns;
    const double height = (d->body.bottom - d->body.top) / (double)rows;
    for (size_t p = 0; p < d->figure->n_panels; p++) {
        const double x = left + (double)(p % columns) * (width + PANEL_GAP);
        const double y = d->body.top + (double)(p / columns) * height;
        const frem_chart_field field = {.box = {x, y + PANEL_TITLE, x + width, y + height - YEARS_BELOW}};
        draw_panel(d, field, &ticks, p, p % columns == 0, end_room);
    }
}
