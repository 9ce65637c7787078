/* What several kinds of figures share: numbers, axes, labels at ends. */
#include <math.h>
#include <stdlib.h>

#include "base/locale.h"
#include "base/number.h"
#include "output/charts/draw.h"
#include "output/charts/letters.h"
#include "output/charts/theme.h"

#define TICK_GAP 8.0
#define YEAR_ROOM 50.0
#define END_GAP 8.0
#define END_WIDTH_MAX 250.0
#define END_LINE 16.0
#define END_LEAST_GAP 2.0
#define KEY_HEIGHT 18.0
#define SWATCH FREM_MARK_SQUARE
#define SWATCH_GAP 6.0
#define END_BLANK 5.0
#define KEY_GAP 22.0

const char *frem_draw_label(frem_drawing *d, const char *text, double size, bool bold, double width) {
    if (text == NULL || d->scene->failed)
        return NULL;
    const char *clean = frem_letters_clean(d->scene->arena, text);
    const char *cut = clean == NULL ? NULL : frem_letters_cut(d->scene->arena, clean, size, bold, width);
    d->scene->failed = cut == NULL;
    return cut;
}

void frem_draw_series(frem_drawing *d, const char *label) {
    d->scene->series = label == NULL || d->scene->failed ? NULL : frem_letters_clean(d->scene->arena, label);
    d->scene->failed = d->scene->failed || (label != NULL && d->scene->series == NULL);
}

const char *frem_draw_number(frem_drawing *d, double value, int decimals) {
    char fixed[FREM_FIXED_MAX];
    frem_text text = {0};
    const bool percent = d->figure->scale.percent;
    (void)frem_number_fixed(fixed, percent ? 100.0 * value : value, decimals);
    const bool negative = fixed[0] == '-';
    frem_text_add(&text, negative ? FREM_MINUS : "");
    frem_locale_add(&text, negative ? fixed + 1 : fixed, d->figure->lang);
    if (percent)
        frem_text_add(&text, frem_word_text(FREM_W_PERCENT_SIGN, d->figure->lang));
    const char *out =
        text.failed || d->scene->failed ? NULL : frem_arena_text(d->scene->arena, text.bytes, text.length);
    d->scene->failed = d->scene->failed || out == NULL;
    frem_text_free(&text);
    return out;
}

const char *frem_draw_value(frem_drawing *d, double value) {
    double low = 0.0, high = 0.0;
    frem_figure_range(d->figure, &low, &high);
    const bool small = fabs(low) < 10.0 && fabs(high) < 10.0;
    return frem_draw_number(d, value, small ? 1 : 0);
}

double frem_field_y(const frem_chart_field *field, double value) {
    return field->box.bottom -
           (value - field->low) / (field->high - field->low) * (field->box.bottom - field->box.top);
}

double frem_field_x(const frem_chart_field *field, size_t year) {
    return field->first_x + (double)year * field->year_width;
}

frem_ticks frem_draw_ticks(const frem_drawing *d, size_t most) {
    double low = 0.0, high = 0.0;
    frem_figure_range(d->figure, &low, &high);
    return frem_ticks_over(low, high, most);
}

static const char *tick_text(frem_drawing *d, const frem_ticks *ticks, size_t i) {
    const int decimals = ticks->decimals - (d->figure->scale.percent ? 2 : 0);
    return frem_draw_number(d, (ticks->first + (double)i) * ticks->step, decimals > 0 ? decimals : 0);
}

double frem_draw_value_room(frem_drawing *d, const frem_ticks *ticks) {
    double width = 0.0;
    for (size_t i = 0; i < ticks->count; i++) {
        const char *text = tick_text(d, ticks, i);
        const double needs = text == NULL ? 0.0 : frem_letters_width(text, FREM_SIZE_LABEL, false);
        width = needs > width ? needs : width;
    }
    return width + TICK_GAP;
}

void frem_draw_value_axis(frem_drawing *d, frem_chart_field *field, const frem_ticks *ticks, bool labelled) {
    const frem_figure_scale *scale = &d->figure->scale;
    const double strong = scale->has_reference ? scale->reference : 0.0;
    if (labelled)
        field->box.left += frem_draw_value_room(d, ticks);
    field->low = frem_ticks_low(ticks);
    field->high = frem_ticks_high(ticks);
    for (size_t i = 0; i < ticks->count; i++) {
        const double value = (ticks->first + (double)i) * ticks->step;
        const double y = frem_field_y(field, value);
        const bool is_strong = fabs(value - strong) < 1e-9 * ticks->step;
        frem_scene_segment(d->scene, is_strong ? FREM_COLOUR_AXIS : FREM_COLOUR_GRID,
                           is_strong ? 1.2 : FREM_LINE_GRID, FREM_DASH_NONE,
                           (frem_chart_point){field->box.left, y}, (frem_chart_point){field->box.right, y});
        if (labelled)
            frem_scene_text(d->scene,
                            (frem_words){field->box.left - TICK_GAP, y, FREM_ANCHOR_RIGHT, FREM_SIZE_LABEL,
                                         false, FREM_COLOUR_MUTED, tick_text(d, ticks, i)});
    }
}

/** Years from one label to the next, so that labels keep apart. */
static int year_step(double year_width) {
    static const int steps[] = {1, 2, 5, 10, 20, 50};
    size_t i = 0;
    while (i + 1 < sizeof steps / sizeof *steps && steps[i] * year_width < YEAR_ROOM)
        i++;
    return steps[i];
}

void frem_draw_year_axis(frem_drawing *d, const frem_chart_field *field) {
    const int step = year_step(field->year_width);
    const double y = field->box.bottom;
    for (size_t i = 0; i < d->figure->n_years; i++) {
        const int year = d->figure->first_year + (int)i;
        const double x = frem_field_x(field, i);
        const bool named = year % step == 0 || d->figure->n_years == 1;
        frem_scene_segment(d->scene, FREM_COLOUR_AXIS, FREM_LINE_GRID, FREM_DASH_NONE,
                           (frem_chart_point){x, y}, (frem_chart_point){x, y + (named ? 6.0 : 3.0)});
        if (!named)
            continue;
        const char *text = d->scene->failed ? NULL : frem_arena_print(d->scene->arena, "%d", year);
        d->scene->failed = d->scene->failed || text == NULL;
        frem_scene_text(d->scene, (frem_words){x, y + 17.0, FREM_ANCHOR_MIDDLE, FREM_SIZE_LABEL, false,
                                               FREM_COLOUR_MUTED, text});
    }
}

/** Lays text and value out on one line, or on two; the text is cut before the value is. */
static void make_lines(frem_drawing *d, frem_end *end) {
    frem_arena *arena = d->scene->arena;
    const char *value = end->value != NULL ? end->value : "", *blank = end->value != NULL ? " " : "";
    const char *clean = end->text == NULL || d->scene->failed ? NULL : frem_letters_clean(arena, end->text);
    end->n_lines = 0;
    if (clean == NULL) {
        d->scene->failed = d->scene->failed || end->text != NULL;
        end->lines[end->n_lines++] = value;
        return;
    }
    const double tail = frem_letters_width(value, FREM_SIZE_LABEL, false) + END_BLANK;
    const bool short_enough =
        frem_letters_width(clean, FREM_SIZE_LABEL, false) + (end->value != NULL ? tail : 0.0) <=
        END_WIDTH_MAX;
    const char *first = clean, *rest = NULL;
    if (!short_enough) {
        const char *parts[2] = {NULL, NULL};
        const size_t n = frem_letters_wrap(arena, clean, FREM_SIZE_LABEL, false, END_WIDTH_MAX, parts, 2);
        first = parts[0];
        rest = n < 2 ? "" : frem_letters_cut(arena, parts[1], FREM_SIZE_LABEL, false, END_WIDTH_MAX - tail);
        end->lines[end->n_lines++] = first;
        d->scene->failed = n == 0 || rest == NULL;
    }
    const char *name = rest != NULL ? rest : first;
    if (d->scene->failed || (*name == '\0' && *value == '\0'))
        return;
    const char *last = frem_arena_print(arena, "%s%s%s", name, *name != '\0' ? blank : "", value);
    d->scene->failed = last == NULL;
    end->lines[end->n_lines++] = last;
}

double frem_draw_end_room(frem_drawing *d, frem_end *ends, size_t n) {
    double width = 0.0;
    for (size_t i = 0; i < n; i++) {
        make_lines(d, &ends[i]);
        for (size_t k = 0; k < ends[i].n_lines && !d->scene->failed; k++)
            width = fmax(width, frem_letters_width(ends[i].lines[k], FREM_SIZE_LABEL, false) +
                                    (ends[i].mark > 0.0 ? SWATCH + SWATCH_GAP : 0.0));
    }
    return n > 0 ? width + 2.0 * END_GAP : 0.0;
}

static double end_height(const frem_end *end) {
    return END_LINE * (double)end->n_lines + END_LEAST_GAP;
}

static int higher_first(const void *a, const void *b) {
    const frem_end *x = a, *y = b;
    return x->at < y->at ? -1 : x->at > y->at;
}

/** Moves the ends as little as keeps them apart: neighbours that are too near become a block around their mean. Ends are
 *  sorted. */
static void push_apart(frem_end *ends, size_t n, double top, double bottom) {
    double offset = 0.0, all = 0.0;
    for (size_t i = 0; i < n; i++) {
        /* y less the heights before it: equal where two ends touch */
        offset += i == 0 ? 0.0 : (end_height(&ends[i - 1]) + end_height(&ends[i])) / 2.0;
        ends[i].y = ends[i].at - offset;
        /* isotonic regression: while the block before lies lower than this one's mean, they are one */
        size_t first = i;
        double mean = ends[i].y;
        while (first > 0 && ends[first - 1].y > mean) {
            size_t before = first - 1;
            while (before > 0 && ends[before - 1].y == ends[first - 1].y)
                before--;
            mean = (mean * (double)(i + 1 - first) + ends[first - 1].y * (double)(first - before)) /
                   (double)(i + 1 - before);
            first = before;
        }
        for (size_t k = first; k <= i; k++)
            ends[k].y = mean;
        all += end_height(&ends[i]);
    }
    double above = 0.0;
    for (size_t i = 0; i < n; i++) {
        const double half = end_height(&ends[i]) / 2.0;
        const double y = ends[i].y + above + half - (n > 0 ? end_height(&ends[0]) / 2.0 : 0.0);
        ends[i].y = fmin(fmax(y, top + above + half), bottom - (all - above - half));
        above += 2.0 * half;
    }
}

static void draw_end(frem_drawing *d, const frem_end *end, double x) {
    double left = x + END_GAP + 4.0;
    double y = end->y - END_LINE * (double)(end->n_lines - 1) / 2.0;
    if (fabs(end->y - end->at) > END_LINE / 2.0)
        frem_scene_segment(d->scene, FREM_COLOUR_AXIS, FREM_LINE_GRID, FREM_DASH_NONE,
                           (frem_chart_point){x + 1.0, end->at},
                           (frem_chart_point){x + END_GAP + 1.0, end->y});
    if (end->mark > 0.0) {
        frem_scene_box(d->scene, end->colour,
                       (frem_box){left, y - end->mark / 2.0, left + SWATCH, y + end->mark / 2.0});
        left += SWATCH + SWATCH_GAP;
    }
    for (size_t k = 0; k < end->n_lines; k++, y += END_LINE)
        frem_scene_text(d->scene,
                        (frem_words){left, y, FREM_ANCHOR_LEFT, FREM_SIZE_LABEL, false,
                                     end->mark > 0.0 ? FREM_COLOUR_INK : end->colour, end->lines[k]});
}

void frem_draw_ends(frem_drawing *d, frem_end *ends, size_t n, double x, double top, double bottom) {
    if (d->scene->failed || n == 0)
        return;
    qsort(ends, n, sizeof *ends, higher_first);
    push_apart(ends, n, top, bottom);
    for (size_t i = 0; i < n; i++)
        draw_end(d, &ends[i], x);
}

double frem_draw_keys(frem_drawing *d, const frem_key *keys, size_t n, double left, double top,
                      double right) {
    double x = left, y = top + KEY_HEIGHT / 2.0;
    for (size_t i = 0; i < n; i++) {
        const double mark = keys[i].line ? 2.0 * SWATCH : SWATCH;
        const char *text =
            frem_draw_label(d, keys[i].text, FREM_SIZE_LABEL, false, right - left - mark - SWATCH_GAP);
        if (text == NULL)
            continue;
        const double width = mark + SWATCH_GAP + frem_letters_width(text, FREM_SIZE_LABEL, false);
        if (x > left && x + width > right) {
            x = left;
            y += KEY_HEIGHT + 2.0;
        }
        if (keys[i].line)
            frem_scene_segment(d->scene, keys[i].colour, FREM_LINE_MAIN, FREM_DASH_NONE,
                               (frem_chart_point){x, y}, (frem_chart_point){x + mark, y});
        else
            frem_scene_box(d->scene, keys[i].colour,
                           (frem_box){x, y - SWATCH / 2.0, x + SWATCH, y + SWATCH / 2.0});
        frem_scene_text(d->scene, (frem_words){x + mark + SWATCH_GAP, y, FREM_ANCHOR_LEFT, FREM_SIZE_LABEL,
                                               false, FREM_COLOUR_INK, text});
        x += width + KEY_GAP;
    }
    return y + KEY_HEIGHT / 2.0 - top;
}
