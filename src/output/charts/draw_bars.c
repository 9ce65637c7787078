/* One row a bar: tornado and waterfall. */
#include <math.h>

#include "base/text.h"
#include "output/charts/draw.h"
#include "output/charts/letters.h"
#include "output/charts/theme.h"

#define LABEL_MAX 270.0
#define LABEL_GAP 10.0
#define BAR_SHARE 0.62
#define TICKS_BELOW 24.0
#define TEXT_GAP 6.0
#define TEXT_MAX 120.0
#define LABEL_LINE 16.0
/** The field is narrowed so often at most, and not below so much. */
#define ROOM_TRIES 30
#define FIELD_LEAST 120.0

/** A field with values to the right. */
typedef struct across {
    frem_box box;
    double low, high;
} across;

static double x_of(const across *a, double value) {
    return a->box.left + (value - a->low) / (a->high - a->low) * (a->box.right - a->box.left);
}

/** What is said at a stretch's end. */
static const char *end_text(frem_drawing *d, const frem_figure_stretch *stretch) {
    if (stretch->text == NULL)
        return frem_draw_value(d, stretch->to);
    const bool negative =
        stretch->text[0] == '-'; /* as texts have it; charts have the sign that is as wide as a plus */
    frem_text text = {0};
    frem_text_print(&text, "%s%s", negative ? FREM_MINUS : "", stretch->text + negative);
    const char *out = text.failed ? NULL : frem_draw_label(d, text.bytes, FREM_SIZE_LABEL, false, TEXT_MAX);
    d->scene->failed = d->scene->failed || out == NULL;
    frem_text_free(&text);
    return out;
}

/** Whether a stretch's text is to the left of it: where the stretch ends on the left. Where both stretches of a bar run to
 *  one side, the text of the inner one is on the other side of the base. */
static bool text_left(const frem_figure_bar *bar, size_t i) {
    const frem_figure_stretch *s = &bar->stretches[i];
    if (bar->n_stretches < 2)
        return s->to < s->from;
    const frem_figure_stretch *other = &bar->stretches[1 - i];
    return s->to != other->to ? s->to < other->to : i == 0;
}

/** Where a stretch's text begins, or ends where it is to the left. */
static double text_x(const across *a, const frem_figure_bar *bar, size_t i) {
    const frem_figure_stretch *s = &bar->stretches[i];
    return text_left(bar, i) ? x_of(a, fmin(s->from, s->to)) - TEXT_GAP
                             : x_of(a, fmax(s->from, s->to)) + TEXT_GAP;
}

static void draw_ticks(frem_drawing *d, const across *a, const frem_ticks *ticks) {
    const int decimals = ticks->decimals - (d->figure->scale.percent ? 2 : 0);
    double free_from = -HUGE_VAL;
    for (size_t i = 0; i < ticks->count; i++) {
        const double value = (ticks->first + (double)i) * ticks->step;
        const double x = x_of(a, value);
        frem_scene_segment(d->scene, FREM_COLOUR_GRID, FREM_LINE_GRID, FREM_DASH_NONE,
                           (frem_chart_point){x, a->box.top}, (frem_chart_point){x, a->box.bottom});
        const char *text = frem_draw_number(d, value, decimals > 0 ? decimals : 0);
        const double half = text == NULL ? 0.0 : frem_letters_width(text, FREM_SIZE_LABEL, false) / 2.0;
        /* a number that would touch the one before is left out */
        if (x - half < free_from)
            continue;
        free_from = x + half + LABEL_GAP;
        frem_scene_text(d->scene, (frem_words){x, a->box.bottom + 14.0, FREM_ANCHOR_MIDDLE, FREM_SIZE_LABEL,
                                               false, FREM_COLOUR_MUTED, text});
    }
}

static void draw_bar(frem_drawing *d, const across *a, const frem_figure_bar *bar, double y, double height) {
    for (size_t i = 0; i < bar->n_stretches; i++) {
        const frem_figure_stretch *s = &bar->stretches[i];
        const double from = x_of(a, fmin(s->from, s->to)), to = x_of(a, fmax(s->from, s->to));
        frem_scene_box(d->scene, frem_theme_colour(s->role),
                       (frem_box){from, y - height / 2.0, fmax(to, from + 0.5), y + height / 2.0});
        frem_scene_text(d->scene, (frem_words){text_x(a, bar, i), y,
                                               text_left(bar, i) ? FREM_ANCHOR_RIGHT : FREM_ANCHOR_LEFT,
                                               FREM_SIZE_LABEL, false, FREM_COLOUR_INK, end_text(d, s)});
    }
}

/** How far the texts and the numbers of the axis reach past left and right. */
static void reach_past(frem_drawing *d, const across *a, const frem_ticks *ticks, double left, double right,
                       double *before, double *after) {
    const double ends[2] = {frem_ticks_low(ticks), frem_ticks_high(ticks)};
    *before = *after = 0.0;
    for (size_t i = 0; i < 2; i++) {
        const char *text = frem_draw_number(d, ends[i], ticks->decimals);
        const double half = text == NULL ? 0.0 : frem_letters_width(text, FREM_SIZE_LABEL, false) / 2.0;
        *before = fmax(*before, left - (x_of(a, ends[i]) - half));
        *after = fmax(*after, x_of(a, ends[i]) + half - right);
    }
    for (size_t b = 0; b < d->figure->n_bars; b++) {
        const frem_figure_bar *bar = &d->figure->bars[b];
        for (size_t i = 0; i < bar->n_stretches; i++) {
            const char *text = end_text(d, &bar->stretches[i]);
            const double width = text == NULL ? 0.0 : frem_letters_width(text, FREM_SIZE_LABEL, false);
            const double x = text_x(a, bar, i);
            if (text_left(bar, i))
                *before = fmax(*before, left - (x - width));
            else
                *after = fmax(*after, x + width - right);
        }
    }
}

/** Narrows the field until every text is between left and right. */
static void make_room(frem_drawing *d, across *a, const frem_ticks *ticks, double left, double right) {
    double before = 0.0, after = 0.0;
    a->box.left = left;
    a->box.right = right;
    for (int tries = 0; tries < ROOM_TRIES && a->box.right - a->box.left > FIELD_LEAST; tries++) {
        reach_past(d, a, ticks, left, right, &before, &after);
        if (before <= 0.0 && after <= 0.0)
            return;
        a->box.left += before;
        a->box.right -= after;
    }
}

/** A row's name, on two lines where it is long. */
static size_t row_label(frem_drawing *d, const char *label, const char *lines[2]) {
    const char *clean = label == NULL || d->scene->failed ? NULL : frem_letters_clean(d->scene->arena, label);
    if (clean == NULL) {
        d->scene->failed = d->scene->failed || label != NULL;
        return 0;
    }
    const size_t n = frem_letters_wrap(d->scene->arena, clean, FREM_SIZE_LABEL, false, LABEL_MAX, lines, 2);
    d->scene->failed = n == 0;
    return n;
}

/** The names of the rows, flush right at x. */
static void draw_label(frem_drawing *d, const char *label, double x, double y) {
    const char *lines[2] = {NULL, NULL};
    const size_t n = row_label(d, label, lines);
    for (size_t i = 0; i < n; i++)
        frem_scene_text(d->scene,
                        (frem_words){x, y + LABEL_LINE * ((double)i - (double)(n - 1) / 2.0),
                                     FREM_ANCHOR_RIGHT, FREM_SIZE_LABEL, false, FREM_COLOUR_INK, lines[i]});
}

void frem_draw_bars(frem_drawing *d) {
    const frem_figure *figure = d->figure;
    const size_t n = figure->n_bars;
    double labels = 0.0;
    for (size_t b = 0; b < n; b++) {
        const char *lines[2] = {NULL, NULL};
        for (size_t i = row_label(d, figure->bars[b].label, lines); i-- > 0;)
            labels = fmax(labels, frem_letters_width(lines[i], FREM_SIZE_LABEL, false));
    }
    if (n == 0 || d->scene->failed)
        return;
    const frem_ticks ticks = frem_draw_ticks(d, 7);
    across a = {.box = d->body, .low = frem_ticks_low(&ticks), .high = frem_ticks_high(&ticks)};
    make_room(d, &a, &ticks, d->body.left + labels + LABEL_GAP, d->body.right);
    a.box.bottom -= TICKS_BELOW;
    draw_ticks(d, &a, &ticks);
    const double row = (a.box.bottom - a.box.top) / (double)n;
    for (size_t b = 0; b < n; b++) {
        const double y = a.box.top + row * ((double)b + 0.5);
        draw_label(d, figure->bars[b].label, d->body.left + labels, y);
        frem_draw_series(d, figure->bars[b].label);
        draw_bar(d, &a, &figure->bars[b], y, row * BAR_SHARE);
        frem_draw_series(d, NULL);
    }
    const double strong = figure->scale.has_reference ? figure->scale.reference : 0.0;
    if (strong >= a.low && strong <= a.high)
        frem_scene_segment(d->scene, FREM_COLOUR_INK, 1.4, FREM_DASH_NONE,
                           (frem_chart_point){x_of(&a, strong), a.box.top},
                           (frem_chart_point){x_of(&a, strong), a.box.bottom});
}
