/* Figures of regions and of ages. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/locale.h"
#include "frame/columns.h"
#include "output/charts/figures.h"

/** Rows that stay legible on one page. */
#define HEAT_ROWS 36
/** Small multiples on one page. */
#define PANELS_MAX 12

/** A row of the heat table. */
typedef struct heat_row {
    const char *region;
    const double *values;
    double last;
    size_t place;
} heat_row;

static int best_first(const void *a, const void *b) {
    const heat_row *x = a, *y = b;
    if (x->last != y->last)
        return x->last > y->last ? -1 : 1;
    return x->place < y->place ? -1 : x->place > y->place;
}

static bool is_split(const frem_maker *m) {
    for (size_t i = 0; i < m->document->n_notes; i++) {
        const frem_note *note = &m->document->notes[i];
        if (strcmp(note->kind, "split-by-key") == 0 &&
            (note->scenario == NULL || strcmp(note->scenario, m->told->name) == 0))
            return true;
    }
    return false;
}

/** One page of rows. */
static void add_heat(frem_maker *m, const heat_row *rows, size_t n, const char *group, const char *key) {
    const double **series = frem_maker_alloc(m, n, sizeof *series);
    const char **labels = frem_maker_alloc(m, n, sizeof *labels);
    for (size_t i = 0; labels != NULL && i < n; i++) {
        series[i] = rows[i].values;
        labels[i] = frem_maker_label(m, "region", rows[i].region);
    }
    frem_figure figure = {.kind = FREM_FIGURE_HEAT,
                          .title = frem_maker_print(m, "%s: %s", frem_maker_label(m, "profession", key),
                                                    frem_word_text(FREM_W_CHART_OF_HEAT, m->lang)),
                          .scale = {.percent = true, .has_reference = true, .reference = 1.0}};
    if (labels == NULL)
        return;
    frem_maker_trim(m, &figure, series, n);
    double *cells = frem_maker_alloc(m, n * figure.n_years, sizeof *cells);
    if (cells == NULL)
        return;
    for (size_t i = 0; i < n; i++)
        memcpy(cells + i * figure.n_years, series[i], figure.n_years * sizeof *cells);
    figure.heat = (frem_figure_heat){.rows = labels,
                                     .n_rows = n,
                                     .cells = cells,
                                     .below = frem_word_text(FREM_W_CHART_OF_FEW, m->lang),
                                     .above = frem_word_text(FREM_W_CHART_OF_MANY, m->lang)};
    const char *unit = frem_maker_print(m, "%s %d", frem_word_text(FREM_W_CHART_OF_HEAT_UNIT, m->lang),
                                        figure.first_year + (int)figure.n_years - 1);
    figure.subtitle = frem_maker_subtitle(m, unit, group, &figure);
    const char *source = m->source;
    if (is_split(m))
        m->source = frem_maker_print(m, "%s. %s", frem_word_text(FREM_W_CHART_OF_SPLIT, m->lang), source);
    frem_maker_add_gap(m, &figure, frem_measures[FREM_M_COVERAGE].name, group, key);
    m->source = source;
}

/** The regions of a group, or all of them where `group` is NULL, by their coverage in the last year; in several pages of
 *  about the same length where they are many. */
static void add_heats_of(frem_maker *m, const char *key, const char *group) {
    const frem_told *told = m->told;
    heat_row *rows = frem_maker_alloc(m, told->n_regions, sizeof *rows);
    size_t n = 0;
    for (size_t i = 0; rows != NULL && i < told->n_regions; i++) {
        if (group != NULL &&
            (told->group_of == NULL || told->group_of[i] == NULL || strcmp(told->group_of[i], group) != 0))
            continue;
        const double *values = frem_maker_series(m, told->regions[i], key, FREM_M_COVERAGE);
        double last = -HUGE_VAL;
        for (size_t y = 0; values != NULL && y < m->data->shown.n_years; y++)
            last = isfinite(values[y]) ? values[y] : last;
        if (isfinite(last))
            rows[n++] = (heat_row){told->regions[i], values, last, i};
    }
    if (n < 2)
        return;
    qsort(rows, n, sizeof *rows, best_first);
    const size_t pages = (n + HEAT_ROWS - 1) / HEAT_ROWS;
    for (size_t page = 0, from = 0; page < pages && m->status == FREM_OK; page++) {
        const size_t count = (n - from + (pages - page) - 1) / (pages - page);
        add_heat(m, rows + from, count, group != NULL ? group : "all", key);
        from += count;
    }
}

void frem_figure_heats(frem_maker *m, const char *key) {
    const bool grouped = m->told->n_groups > 0 && m->told->group_of != NULL;
    if (!grouped)
        add_heats_of(m, key, NULL);
    for (size_t g = 0; grouped && g < m->told->n_groups && m->status == FREM_OK; g++)
        add_heats_of(m, key, m->told->groups[g]);
}

/** A page of small multiples. */
static void add_panels(frem_maker *m, const char *const *groups, const double **series, size_t n,
                       const char *key) {
    frem_figure figure = {.kind = FREM_FIGURE_LINES,
                          .title = frem_maker_print(m, "%s: %s", frem_maker_label(m, "profession", key),
                                                    frem_word_text(FREM_W_CHART_OF_GROUPS, m->lang)),
                          .scale = {.percent = true, .has_reference = true, .reference = 1.0}};
    frem_maker_trim(m, &figure, series, n);
    figure.subtitle =
        frem_maker_subtitle(m, frem_word_text(FREM_W_CHART_OF_GROUPS_UNIT, m->lang), NULL, &figure);
    frem_figure_panel *panels = frem_maker_alloc(m, n, sizeof *panels);
    frem_figure_line *lines = frem_maker_alloc(m, n, sizeof *lines);
    if (lines == NULL || figure.n_years < 2)
        return;
    for (size_t i = 0; i < n; i++) {
        lines[i] = (frem_figure_line){NULL, series[i], FREM_ROLE_SUPPLY, false};
        panels[i] = (frem_figure_panel){.title = frem_maker_label(m, "region", groups[i]),
                                        .lines = &lines[i],
                                        .n_lines = 1,
                                        .over = series[i]};
    }
    figure.panels = panels;
    figure.n_panels = n;
    frem_maker_add_gap(m, &figure, "groups", key, NULL);
}

/** The groups of regions; without groups the regions, where they are few. */
void frem_figure_groups(frem_maker *m, const char *key) {
    const bool groups = m->told->n_groups >= 2;
    const char *const *all = groups ? m->told->groups : m->told->regions;
    const size_t n_all = groups ? m->told->n_groups : m->told->n_regions;
    if (n_all < 2 || m->told->n_groups == 1 || (!groups && n_all > PANELS_MAX))
        return;
    const char **names = frem_maker_alloc(m, n_all, sizeof *names);
    const double **series = frem_maker_alloc(m, n_all, sizeof *series);
    size_t n = 0;
    for (size_t g = 0; series != NULL && g < n_all; g++) {
        const double *values = frem_maker_series(m, all[g], key, FREM_M_COVERAGE);
        if (values == NULL)
            continue;
        names[n] = all[g];
        series[n++] = values;
    }
    const size_t pages = (n + PANELS_MAX - 1) / PANELS_MAX;
    for (size_t page = 0, from = 0; n >= 2 && page < pages && m->status == FREM_OK; page++) {
        const size_t count = (n - from + (pages - page) - 1) / (pages - page);
        add_panels(m, names + from, series + from, count, key);
        from += count;
    }
}

/** The rows of the stock that a pyramid shows. */
typedef struct stock_rows {
    const frem_frame *frame;
    const uint32_t *scenario, *variant, *region, *profession, *sex, *statistic;
    const int32_t *year, *age;
    const double *value;
    ptrdiff_t scenario_is, variant_is, region_is, profession_is, statistic_is;
    size_t n;
} stock_rows;

static bool open_stock(stock_rows *s, const frem_maker *m, const char *profession) {
    const frem_frame *f = m->document->stock;
    if (f == NULL)
        return false;
    *s = (stock_rows){.frame = f,
                      .scenario = frem_column_codes(f, "scenario"),
                      .variant = frem_column_codes(f, "variant"),
                      .region = frem_column_codes(f, "region"),
                      .profession = frem_column_codes(f, "profession"),
                      .sex = frem_column_codes(f, "sex"),
                      .statistic = frem_column_codes(f, "statistic"),
                      .year = frem_column_wholes(f, "year"),
                      .age = frem_column_wholes(f, "age"),
                      .value = frem_column_numbers(f, "value"),
                      .scenario_is = frem_column_code(f, "scenario", m->told->name),
                      .variant_is = frem_column_code(f, "variant", m->told->variant),
                      .region_is = frem_column_code(f, "region", m->region),
                      .profession_is = frem_column_code(f, "profession", profession),
                      .statistic_is = frem_column_code(f, "statistic", "point"),
                      .n = frem_frame_rows(f)};
    return s->scenario != NULL && s->variant != NULL && s->region != NULL && s->profession != NULL &&
           s->sex != NULL && s->statistic != NULL && s->year != NULL && s->age != NULL && s->value != NULL;
}

static bool is_shown(const stock_rows *s, size_t i) {
    return s->scenario[i] == s->scenario_is && s->variant[i] == s->variant_is &&
           s->region[i] == s->region_is && s->profession[i] == s->profession_is &&
           s->statistic[i] == s->statistic_is;
}

/** First and last year and age that have anybody. @return whether there is anybody. */
static bool find_span(const stock_rows *s, int years[2], int ages[2]) {
    bool any = false;
    for (size_t i = 0; i < s->n; i++) {
        if (!is_shown(s, i) || !(s->value[i] > 0.0))
            continue;
        years[0] = !any || s->year[i] < years[0] ? s->year[i] : years[0];
        years[1] = !any || s->year[i] > years[1] ? s->year[i] : years[1];
        ages[0] = !any || s->age[i] < ages[0] ? s->age[i] : ages[0];
        ages[1] = !any || s->age[i] > ages[1] ? s->age[i] : ages[1];
        any = true;
    }
    return any;
}

/** Sides of the pyramid by code of their sex: men and women where both are known, else all together. */
static size_t find_sides(const frem_maker *m, const stock_rows *s, ptrdiff_t codes[2], const char *names[2]) {
    static const char *const keys[] = {"m", "f"};
    const char *const own[] = {frem_word_text(FREM_W_CHART_OF_MEN, m->lang),
                               frem_word_text(FREM_W_CHART_OF_WOMEN, m->lang)};
    size_t n = 0;
    for (size_t k = 0; k < 2; k++) {
        const ptrdiff_t code = frem_column_code(s->frame, "sex", keys[k]);
        bool any = false;
        for (size_t i = 0; code >= 0 && !any && i < s->n; i++)
            any = s->sex[i] == code && is_shown(s, i) && s->value[i] > 0.0;
        if (any) {
            codes[n] = code;
            names[n++] = own[k];
        }
    }
    if (n > 0)
        return n;
    codes[0] = -1; /* whatever it is called */
    names[0] = "";
    return 1;
}

void frem_figure_pyramid_of(frem_maker *m, const char *key) {
    stock_rows s;
    int years[2] = {0}, ages[2] = {0};
    ptrdiff_t sides[2] = {-1, -1};
    const char *names[2] = {NULL, NULL};
    if (m->status != FREM_OK || !open_stock(&s, m, key) || !find_span(&s, years, ages))
        return;
    const size_t n_sides = find_sides(m, &s, sides, names);
    const size_t n_ages = (size_t)(ages[1] - ages[0]) + 1, n_years = years[1] > years[0] ? 2 : 1;
    double *persons = frem_maker_alloc(m, 4 * n_ages, sizeof *persons);
    if (persons == NULL)
        return;
    for (size_t i = 0; i < s.n; i++) {
        const size_t year = s.year[i] == years[0] ? 0 : 1;
        if (!is_shown(&s, i) || (year == 1 && s.year[i] != years[1]) || s.age[i] < ages[0] ||
            s.age[i] > ages[1])
            continue;
        for (size_t side = 0; side < n_sides; side++) {
            if (sides[side] < 0 || s.sex[i] == sides[side])
                persons[(side * 2 + year) * n_ages + (size_t)(s.age[i] - ages[0])] += s.value[i];
        }
    }
    frem_figure figure = {.kind = FREM_FIGURE_PYRAMID,
                          .title = frem_maker_print(m, "%s %s", frem_maker_label(m, "profession", key),
                                                    frem_word_text(FREM_W_CHART_OF_PYRAMID, m->lang)),
                          .first_year = years[0],
                          .n_years = 1};
    figure.subtitle = frem_maker_print(m, "%s · %s", frem_word_text(FREM_W_CHART_OF_PYRAMID_UNIT, m->lang),
                                       frem_maker_label(m, "region", m->region));
    figure.pyramid = (frem_figure_pyramid){.first_age = ages[0],
                                           .n_ages = n_ages,
                                           .sides = {names[0], n_sides == 2 ? names[1] : NULL},
                                           .age = frem_word_text(FREM_W_CHART_OF_AGE, m->lang)};
    for (size_t year = 0; year < n_years; year++) {
        figure.pyramid.years[year] = frem_maker_print(m, "%d", years[year]);
        for (size_t side = 0; side < n_sides; side++)
            figure.pyramid.persons[side][year] = persons + (side * 2 + year) * n_ages;
    }
    frem_maker_add(m, &figure, "pyramid", key, NULL);
}
