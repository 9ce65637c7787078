#include "frame/figure.h"

#include <math.h>
#include <stdlib.h>

/** Below this share of the greatest value, an axis might as well begin at zero. */
#define NEAR_ZERO 0.5

frem_role frem_role_of_series(size_t i) {
    return (frem_role)((size_t)FREM_ROLE_SERIES + i % FREM_SERIES_ROLES);
}

/** The least of 1, 2, 5, 10, ... times a power of ten that is no less than `least`. */
static double round_step(double least, int *decimals) {
    const int power = (int)floor(log10(least));
    const double unit = pow(10.0, power);
    static const double factors[] = {1.0, 2.0, 5.0, 10.0};
    size_t i = 0;
    /* a hair of slack, so that 0.2 / 10 is 0.02 and not the next step */
    while (i < 3 && factors[i] * unit < least * (1.0 - 1e-9))
        i++;
    const int places = i == 3 ? power + 1 : power;
    *decimals = places < 0 ? -places : 0;
    return factors[i] * unit;
}

frem_ticks frem_ticks_over(double low, double high, size_t most) {
    if (!isfinite(low) || !isfinite(high) || high < low)
        low = high = 0.0;
    if (!(high - low > 1e-9 * (fabs(low) + fabs(high)))) {
        const double middle = low;
        const double half = middle == 0.0 ? 1.0 : fabs(middle) / 10.0;
        low = middle - half;
        high = middle + half;
    }
    frem_ticks ticks = {0};
    ticks.step = round_step((high - low) / (double)(most > 2 ? most - 1 : 1), &ticks.decimals);
    ticks.first = floor(low / ticks.step + 1e-9);
    const double last = ceil(high / ticks.step - 1e-9);
    ticks.count = (size_t)(last - ticks.first) + 1;
    return ticks;
}

double frem_ticks_low(const frem_ticks *ticks) {
    return ticks->first * ticks->step;
}

double frem_ticks_high(const frem_ticks *ticks) {
    return (ticks->first + (double)(ticks->count - 1)) * ticks->step;
}

typedef struct range {
    double low, high;
} range;

static void widen(range *r, double value) {
    if (!isfinite(value))
        return;
    r->low = value < r->low ? value : r->low;
    r->high = value > r->high ? value : r->high;
}

static void widen_all(range *r, const double *values, size_t n) {
    for (size_t i = 0; values != NULL && i < n; i++)
        widen(r, values[i]);
}

static void range_of_panel(range *r, const frem_figure_panel *panel, size_t n_years) {
    for (size_t i = 0; i < panel->n_lines; i++)
        widen_all(r, panel->lines[i].values, n_years);
    for (size_t i = 0; i < panel->n_bands; i++) {
        widen_all(r, panel->bands[i].low, n_years);
        widen_all(r, panel->bands[i].high, n_years);
    }
}

static void range_of_columns(range *r, const frem_figure *figure) {
    for (size_t y = 0; y < figure->n_years; y++) {
        double up = 0.0, down = 0.0;
        for (size_t i = 0; i < figure->n_parts; i++) {
            const double value = figure->parts[i].values[y];
            up += value > 0.0 ? value : 0.0;
            down += value < 0.0 ? value : 0.0;
        }
        widen(r, up);
        widen(r, down);
    }
}

void frem_figure_range(const frem_figure *figure, double *low, double *high) {
    range r = {(double)HUGE_VAL, -(double)HUGE_VAL};
    for (size_t i = 0; i < figure->n_panels; i++)
        range_of_panel(&r, &figure->panels[i], figure->n_years);
    if (figure->n_parts > 0)
        range_of_columns(&r, figure);
    for (size_t i = 0; i < figure->n_bars; i++) {
        for (size_t k = 0; k < figure->bars[i].n_stretches; k++) {
            widen(&r, figure->bars[i].stretches[k].from);
            widen(&r, figure->bars[i].stretches[k].to);
        }
    }
    if (figure->scale.has_reference)
        widen(&r, figure->scale.reference);
    if (r.low > r.high)
        r = (range){0.0, 0.0};
    const bool near_zero =
        (r.low > 0.0 && r.low < NEAR_ZERO * r.high) || (r.high < 0.0 && r.high > NEAR_ZERO * r.low);
    if (figure->scale.from_zero || near_zero)
        widen(&r, 0.0);
    *low = r.low;
    *high = r.high;
}

/** A swing with how far it goes, and with its place, so that equal ones keep their order. */
typedef struct ranked {
    const frem_swing *swing;
    double width;
    size_t place;
} ranked;

/** Where both ends lie on one side of the base, the bar reaches from there. */
static double width_of(const frem_swing *s, double base) {
    return fmax(fmax(s->low, s->high), base) - fmin(fmin(s->low, s->high), base);
}

static int wider_first(const void *a, const void *b) {
    const ranked *x = a, *y = b;
    if (x->width != y->width)
        return x->width > y->width ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

frem_status frem_figure_tornado(frem_arena *arena, const frem_swing *swings, size_t n, double base,
                                const frem_figure_bar **out) {
    ranked *order = frem_arena_alloc(arena, n + 1, sizeof *order);
    frem_figure_bar *bars = frem_arena_alloc(arena, n + 1, sizeof *bars);
    if (order == NULL || bars == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < n; i++)
        order[i] = (ranked){&swings[i], width_of(&swings[i], base), i};
    qsort(order, n, sizeof *order, wider_first);
    for (size_t i = 0; i < n; i++) {
        const frem_swing *s = order[i].swing;
        bars[i] = (frem_figure_bar){
            .label = s->label,
            .stretches = {{base, s->low, s->low < base ? FREM_ROLE_SHORTAGE : FREM_ROLE_SURPLUS, s->low_text},
                          {base, s->high, s->high < base ? FREM_ROLE_SHORTAGE : FREM_ROLE_SURPLUS,
                           s->high_text}},
            .n_stretches = 2};
    }
    *out = bars;
    return FREM_OK;
}

frem_status frem_figure_waterfall(frem_arena *arena, const frem_step *steps, size_t n,
                                  const frem_figure_bar **out) {
    frem_figure_bar *bars = frem_arena_alloc(arena, n + 1, sizeof *bars);
    if (bars == NULL)
        return FREM_NO_MEMORY;
    double at = 0.0;
    for (size_t i = 0; i < n; i++) {
        const frem_step *s = &steps[i];
        const double from = s->level ? 0.0 : at;
        const frem_role role = s->level         ? FREM_ROLE_TOTAL
                               : s->value < 0.0 ? FREM_ROLE_SHORTAGE
                                                : FREM_ROLE_SURPLUS;
        at = from + s->value;
        bars[i] =
            (frem_figure_bar){.label = s->label, .stretches = {{from, at, role, s->text}}, .n_stretches = 1};
    }
    *out = bars;
    return FREM_OK;
}
