#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/locale.h"
#include "base/text.h"
#include "frame/columns.h"
#include "frame/measures.h"
#include "fremskriv/version.h"
#include "output/charts/figures.h"
#include "output/names.h"

/** Lines that one field holds with their names beside it. */
#define LINES_MAX 10
/** Sources that a source line names. */
#define SOURCES_MAX 3

static void figure_heats(frem_maker *m, const char *key);

static void figure_groups(frem_maker *m, const char *key);

static void figure_pyramid_of(frem_maker *m, const char *key);

/* The label of a key. @return Borrowed; never NULL. */
static const char *maker_label(const frem_maker *m, const char *column, const char *key) {
    return frem_document_label(m->document, m->run->name, column, key, m->lang);
}

/* printf into the arena. @return Borrowed; "" after a failure. */
__attribute__((format(printf, 2, 3))) static const char *maker_print(frem_maker *m, const char *format, ...) {
    char *text = NULL;
    va_list args;
    va_start(args, format);
    const int n = vasprintf(&text, format, args);
    va_end(args);
    const char *kept = n < 0 ? NULL : frem_arena_text(m->arena, text, (size_t)n);
    if (n >= 0)
        free(text);
    if (kept != NULL)
        return kept;
    m->status = FREM_NO_MEMORY;
    return "";
}

/* Zeroed memory from the arena. @return NULL after a failure. */
static void *maker_alloc(frem_maker *m, size_t count, size_t size) {
    void *memory = m->status == FREM_OK ? frem_arena_alloc(m->arena, count > 0 ? count : 1, size) : NULL;
    if (memory == NULL)
        m->status = FREM_NO_MEMORY;
    return memory;
}

/** What a region is called. Scenarios that call it otherwise, as "all" of one municipality and of the country, have no
 *  name for it together. */
static const char *place_of(const frem_maker *m, const char *region) {
    const frem_document *d = m->document;
    const char *place = maker_label(m, "region", region);
    for (size_t i = 0; i < d->n_scenarios && m->compares; i++) {
        if (strcmp(frem_document_label(d, d->scenarios[i].name, "region", region, m->lang), place) != 0)
            return frem_document_label(d, NULL, "region", region, m->lang);
    }
    return place;
}

/* "Full-time equivalents, Syddanmark, 2018–2040". @param what may be NULL, as may region. */
static const char *maker_subtitle(frem_maker *m, const char *what, const char *region,
                                  const frem_figure *years) {
    const char *place = region == NULL ? "" : place_of(m, region);
    const int last = years->first_year + (int)years->n_years - 1;
    const char *span = years->n_years > 1 ? maker_print(m, "%d–%d", years->first_year, last)
                                          : maker_print(m, "%d", years->first_year);
    return maker_print(m, "%s%s%s%s%s", what != NULL ? what : "", what != NULL ? " · " : "", place,
                       region != NULL ? " · " : "", span);
}

/* Adds a figure under a name made of its parts; fills in name, source and language. @param last may be NULL. */
static void maker_add(frem_maker *m, frem_figure *figure, const char *kind, const char *first,
                      const char *last) {
    const char *name = maker_print(m, "%s%s%s%s%s%s%s", m->named ? m->run->name : "", m->named ? "-" : "",
                                   kind, first != NULL ? "-" : "", first != NULL ? first : "",
                                   last != NULL ? "-" : "", last != NULL ? last : "");
    const char *safe = NULL;
    if (m->status == FREM_OK)
        m->status = frem_safe_name(m->taken, name, &safe);
    /* the index may move its names when it grows */
    figure->name = m->status == FREM_OK ? maker_print(m, "%s", safe) : NULL;
    figure->source = m->source;
    figure->lang = m->lang;
    void *items = m->figures->items;
    if (m->status == FREM_OK)
        m->status = frem_grow(&items, &m->figures->capacity, m->figures->n, sizeof *figure);
    m->figures->items = items;
    if (m->status == FREM_OK)
        m->figures->items[m->figures->n++] = *figure;
}

/* As maker_add() for a figure of gaps or coverage, which first states the level that they are counted from, then the
 * source. */
static void maker_add_gap(frem_maker *m, frem_figure *figure, const char *kind, const char *first,
                          const char *last) {
    const char *source = m->source;
    if (m->first_gaps != NULL)
        m->source = maker_print(m, "%s %s", m->first_gaps, source);
    maker_add(m, figure, kind, first, last);
    m->source = source;
}

/** The place of the scenario in the document. */
static size_t told_at(const frem_maker *m) {
    return (size_t)(m->run - m->document->scenarios);
}

/* The scenario's series of a measure. @return Borrowed, over the years of data->shown; NULL where there is none. */
static const double *maker_series(const frem_maker *m, const char *region, const char *profession,
                                  frem_measure_id measure) {
    return frem_projected_find(&m->data->shown, told_at(m), region, profession, measure);
}

/* Narrows a figure's years to those in which any of the series has a value, and moves the series there. */
static void maker_trim(const frem_maker *m, frem_figure *figure, const double **series, size_t n) {
    const frem_projected *all = &m->data->shown;
    size_t first = all->n_years, last = 0;
    for (size_t i = 0; i < n; i++) {
        for (size_t y = 0; series[i] != NULL && y < all->n_years; y++) {
            if (!isfinite(series[i][y]))
                continue;
            first = y < first ? y : first;
            last = y > last ? y : last;
        }
    }
    figure->first_year = all->first_year + (int)(first <= last ? first : 0);
    figure->n_years = first <= last ? last - first + 1 : 0;
    for (size_t i = 0; i < n && first <= last; i++)
        series[i] = series[i] != NULL ? series[i] + first : NULL;
}

/** The titles of what is shown. */
static const char *titles(frem_maker *m) {
    const frem_document *d = m->document;
    const char *line = NULL;
    for (size_t i = 0; i < d->n_scenarios; i++) {
        if (m->compares ? !frem_document_first(d, i) : &d->scenarios[i] != m->run)
            continue;
        const char *title = d->scenarios[i].title.text[m->lang];
        line = line == NULL ? title : maker_print(m, "%s, %s", line, title);
    }
    return line != NULL ? line : "";
}

/* What the gaps that are shown are counted from: sentences, NULL where there are none. @return Borrowed. */
static const char *maker_first_gaps(frem_maker *m) {
    const frem_document *d = m->document;
    const char *line = NULL;
    for (size_t i = 0; i < d->n_scenarios; i++) {
        /* Each sentence once among those that are shown. */
        const char *text = d->scenarios[i].first_gap.text[m->lang];
        if (text == NULL || (!m->compares && strcmp(d->scenarios[i].name, m->run->name) != 0) ||
            (line != NULL && strstr(line, text) != NULL))
            continue;
        line = line == NULL ? maker_print(m, "%s.", text) : maker_print(m, "%s %s.", line, text);
    }
    return line;
}

/** Whether a source says that a value is assumed, in the words of either language. */
static bool is_assumed(const frem_label *source) {
    static const char *const words[FREM_LANG_COUNT] = {[FREM_EN] = "assum", [FREM_DA] = "antag"};
    bool assumed = false;
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
        for (size_t word = 0; word < FREM_LANG_COUNT; word++)
            assumed = assumed || strncasecmp(source->text[lang], words[word], strlen(words[word])) == 0;
    }
    return assumed;
}

/** "Source: TITLE; fremskriv 1.0; data: A; B and others". What a scenario assumes is no source of data. */
static const char *maker_source(frem_maker *m) {
    const frem_document *d = m->document;
    const char *named[SOURCES_MAX] = {NULL};
    size_t n = 0;
    bool more = false;
    for (size_t i = 0; i < d->n_assumptions; i++) {
        const frem_assumption *a = &d->assumptions[i];
        const char *source = a->source.text[m->lang];
        if (source == NULL || is_assumed(&a->source) ||
            (a->scenario != NULL && !m->compares && strcmp(a->scenario, m->run->name) != 0))
            continue;
        bool known = false;
        for (size_t k = 0; k < n; k++)
            known = known || strcmp(named[k], source) == 0;
        more = more || (!known && n == SOURCES_MAX);
        if (!known && n < SOURCES_MAX)
            named[n++] = source;
    }
    const char *line = maker_print(m, "%s: %s; fremskriv %s", frem_word_text(FREM_W_CHART_SOURCE, m->lang),
                                   titles(m), frem_version());
    for (size_t k = 0; k < n; k++)
        line = k == 0
                   ? maker_print(m, "%s; %s: %s", line, frem_word_text(FREM_W_CHART_DATA, m->lang), named[k])
                   : maker_print(m, "%s; %s", line, named[k]);
    return more ? maker_print(m, "%s %s", line, frem_word_text(FREM_W_CHART_OTHERS, m->lang)) : line;
}

/** A figure of one field of lines, whose values are in the figure's years already. Says so where its axis does not begin at
 *  zero. */
static void add_lines(frem_maker *m, frem_figure *figure, const frem_figure_panel *panel, const char *kind,
                      const char *key) {
    double low = 0.0, high = 0.0;
    figure->kind = FREM_FIGURE_LINES;
    figure->panels = panel;
    figure->n_panels = 1;
    if (figure->n_years < 2)
        return;
    frem_figure_range(figure, &low, &high);
    if (low > 0.0)
        figure->subtitle =
            maker_print(m, "%s · %s", figure->subtitle, frem_word_text(FREM_W_CHART_NOT_ZERO, m->lang));
    maker_add_gap(m, figure, kind, key, NULL);
}

static void add_supply_demand(frem_maker *m, const char *key) {
    const double *series[2] = {maker_series(m, m->region, key, FREM_M_SUPPLY),
                               maker_series(m, m->region, key, FREM_M_DEMAND)};
    if (series[0] == NULL || series[1] == NULL)
        return;
    frem_figure figure = {.title = maker_print(m, "%s: %s", maker_label(m, "profession", key),
                                               frem_word_text(FREM_W_CHART_SUPPLY_DEMAND, m->lang))};
    maker_trim(m, &figure, series, 2);
    figure.subtitle = maker_subtitle(m, frem_word_text(FREM_W_CHART_FTE, m->lang), m->region, &figure);
    frem_figure_line *lines = maker_alloc(m, 2, sizeof *lines);
    frem_figure_panel *panel = maker_alloc(m, 1, sizeof *panel);
    if (panel == NULL)
        return;
    lines[0] = (frem_figure_line){maker_label(m, "measure", frem_measures[FREM_M_SUPPLY].name), series[0],
                                  FREM_ROLE_SUPPLY, false};
    lines[1] = (frem_figure_line){maker_label(m, "measure", frem_measures[FREM_M_DEMAND].name), series[1],
                                  FREM_ROLE_DEMAND, false};
    *panel = (frem_figure_panel){.lines = lines,
                                 .n_lines = 2,
                                 .over = series[0],
                                 .under = series[1],
                                 .above = frem_word_text(FREM_W_CHART_SURPLUS, m->lang),
                                 .below = frem_word_text(FREM_W_CHART_SHORTAGE, m->lang)};
    add_lines(m, &figure, panel, "supply-demand", key);
}

/* Adds figures of lines around zero or a level of their own, as many lines in one as have room for their names.
 *  @param lines their values are over the years of data->shown. @param like title and scale. @param unit begins the subtitle. */
static void maker_lines(frem_maker *m, const frem_figure_line *lines, size_t n, const frem_figure *like,
                        const char *unit, const char *kind, const char *key) {
    for (size_t from = 0; from < n && m->status == FREM_OK; from += LINES_MAX) {
        const size_t count = n - from < LINES_MAX ? n - from : LINES_MAX;
        const double *series[LINES_MAX];
        for (size_t i = 0; i < count; i++)
            series[i] = lines[from + i].values;
        frem_figure figure = {.title = like->title, .scale = like->scale};
        maker_trim(m, &figure, series, count);
        figure.subtitle = maker_subtitle(m, unit, m->region, &figure);
        frem_figure_line *own = maker_alloc(m, count, sizeof *own);
        frem_figure_panel *panel = maker_alloc(m, 1, sizeof *panel);
        if (panel == NULL)
            return;
        for (size_t i = 0; i < count; i++) {
            own[i] = lines[from + i];
            own[i].values = series[i];
        }
        *panel = (frem_figure_panel){.lines = own, .n_lines = count};
        add_lines(m, &figure, panel, kind, key);
    }
}

/** Gaps side by side. */
static void add_gaps(frem_maker *m, const frem_figure_line *gaps, size_t n, const char *title,
                     const char *kind, const char *key) {
    const frem_figure like = {.title = title, .scale = {.has_reference = true}};
    maker_lines(m, gaps, n, &like, frem_word_text(FREM_W_CHART_FTE_GAP, m->lang), kind, key);
}

/** Keys of the professions that have something to show in the area, without their sum. @return how many. */
static size_t professions_of(const frem_maker *m, const char **keys) {
    const frem_projected *all = &m->data->shown;
    size_t n = 0;
    for (size_t p = 0; p < frem_column_labels(all->frame, "profession"); p++) {
        const char *key = frem_column_label(all->frame, "profession", p);
        bool any = maker_series(m, m->region, key, FREM_M_SUPPLY) != NULL ||
                   maker_series(m, m->region, key, FREM_M_DEMAND) != NULL;
        for (size_t k = 0; k < FREM_M_COUNT; k++)
            any = any || (frem_measure_way(&frem_measures[k]) != 0 &&
                          maker_series(m, m->region, key, (frem_measure_id)k) != NULL);
        if (any && strcmp(key, "all") != 0)
            keys[n++] = key;
    }
    return n;
}

static void add_gap_by_profession(frem_maker *m, const char *const *keys, size_t n) {
    frem_figure_line *gaps = maker_alloc(m, n, sizeof *gaps);
    size_t count = 0;
    for (size_t i = 0; gaps != NULL && i < n; i++) {
        const char *key = keys[i];
        const double *values = maker_series(m, m->region, key, FREM_M_GAP);
        if (values != NULL) {
            gaps[count] = (frem_figure_line){maker_label(m, "profession", key), values,
                                             frem_role_of_series(count), false};
            count++;
        }
    }
    if (count >= 2)
        add_gaps(m, gaps, count, frem_word_text(FREM_W_CHART_GAP_BY_PROFESSION, m->lang), "gap-by-profession",
                 NULL);
}

static bool any_but_zero(const double *values, size_t n) {
    for (size_t i = 0; values != NULL && i < n; i++) {
        if (isfinite(values[i]) && values[i] != 0.0)
            return true;
    }
    return false;
}

static const double *negated(frem_maker *m, const double *values, size_t n) {
    double *out = maker_alloc(m, n, sizeof *out);
    for (size_t i = 0; out != NULL && i < n; i++)
        out[i] = 0.0 - values[i];
    return out;
}

static void add_flows(frem_maker *m, const char *key) {
    frem_measure_id flows[FREM_M_COUNT];
    const double *series[FREM_M_COUNT];
    const size_t n_flows = frem_measures_stacked(flows);
    size_t n = 0;
    for (size_t i = 0; i < n_flows; i++)
        series[i] = maker_series(m, m->region, key, flows[i]);
    frem_figure figure = {.kind = FREM_FIGURE_COLUMNS,
                          .title = maker_print(m, "%s: %s", maker_label(m, "profession", key),
                                               frem_word_text(FREM_W_CHART_FLOWS, m->lang)),
                          .scale = {.from_zero = true},
                          .net = frem_word_text(FREM_W_CHART_NET, m->lang)};
    maker_trim(m, &figure, series, n_flows);
    frem_figure_part *parts = maker_alloc(m, n_flows, sizeof *parts);
    for (size_t i = 0; parts != NULL && i < n_flows; i++) {
        if (!any_but_zero(series[i], figure.n_years))
            continue;
        const frem_measure *flow = &frem_measures[flows[i]];
        const double *values = frem_measure_way(flow) < 0 ? negated(m, series[i], figure.n_years) : series[i];
        parts[n++] = (frem_figure_part){maker_label(m, "measure", flow->name), values, flow->role};
    }
    figure.parts = parts;
    figure.n_parts = n;
    figure.subtitle = maker_subtitle(m, frem_word_text(FREM_W_CHART_PERSONS, m->lang), m->region, &figure);
    if (n > 0)
        maker_add(m, &figure, "flows", key, NULL);
}

/** The gap's quantiles, where the results have them. */
static void add_fan(frem_maker *m, const char *key) {
    const double *series[FREM_FIGURE_QUANTILES];
    if (!m->data->uncertain)
        return;
    for (size_t i = 0; i < FREM_FIGURE_QUANTILES; i++) {
        series[i] = frem_projected_find(&m->data->quantiles[i], told_at(m), m->region, key, FREM_M_GAP);
        if (series[i] == NULL)
            return;
    }
    frem_figure figure = {.title = maker_print(m, "%s: %s", maker_label(m, "profession", key),
                                               frem_word_text(FREM_W_CHART_FAN, m->lang)),
                          .scale = {.has_reference = true}};
    maker_trim(m, &figure, series, FREM_FIGURE_QUANTILES);
    figure.subtitle = maker_subtitle(m, frem_word_text(FREM_W_CHART_FAN_UNIT, m->lang), m->region, &figure);
    frem_figure_line *line = maker_alloc(m, 1, sizeof *line);
    frem_figure_band *bands = maker_alloc(m, 2, sizeof *bands);
    frem_figure_panel *panel = maker_alloc(m, 1, sizeof *panel);
    if (panel == NULL)
        return;
    *line =
        (frem_figure_line){frem_word_text(FREM_W_CHART_MEDIAN, m->lang), series[2], FREM_ROLE_SUPPLY, false};
    bands[0] = (frem_figure_band){frem_word_text(FREM_W_CHART_NINETY, m->lang), series[0], series[4],
                                  FREM_ROLE_WIDE};
    bands[1] = (frem_figure_band){frem_word_text(FREM_W_CHART_HALF, m->lang), series[1], series[3],
                                  FREM_ROLE_NARROW};
    *panel = (frem_figure_panel){.lines = line, .n_lines = 1, .bands = bands, .n_bands = 2};
    add_lines(m, &figure, panel, "fan", key);
}

/** The gap of a profession in the scenario and its variants. */
static void add_variants(frem_maker *m, const char *key) {
    const frem_document *d = m->document;
    frem_figure_line *gaps = maker_alloc(m, d->n_scenarios, sizeof *gaps);
    size_t count = 0;
    for (size_t i = 0; gaps != NULL && i < d->n_scenarios; i++) {
        const double *values = strcmp(d->scenarios[i].name, m->run->name) == 0
                                   ? frem_projected_find(&m->data->shown, i, m->region, key, FREM_M_GAP)
                                   : NULL;
        if (values == NULL)
            continue;
        gaps[count] = (frem_figure_line){maker_label(m, "variant", d->scenarios[i].variant), values,
                                         frem_role_of_series(count), false};
        count++;
    }
    if (count >= 2)
        add_gaps(m, gaps, count,
                 maker_print(m, "%s: %s", maker_label(m, "profession", key),
                             frem_word_text(FREM_W_CHART_VARIANTS, m->lang)),
                 "variants", key);
}

static void add_all(frem_maker *m) {
    const char **keys = maker_alloc(m, frem_column_labels(m->data->shown.frame, "profession"), sizeof *keys);
    if (keys == NULL)
        return;
    const size_t n = professions_of(m, keys);
    add_gap_by_profession(m, keys, n);
    for (size_t i = 0; i < n && m->status == FREM_OK; i++) {
        add_supply_demand(m, keys[i]);
        add_fan(m, keys[i]);
        add_variants(m, keys[i]);
        add_flows(m, keys[i]);
        figure_pyramid_of(m, keys[i]);
        figure_groups(m, keys[i]);
        figure_heats(m, keys[i]);
    }
}

frem_status frem_figure_data_open(frem_figure_data *out, const frem_document *document) {
    const char *const *quantiles = frem_spread_statistics;
    const frem_frame *frame = frem_document_projections(document);
    *out = (frem_figure_data){.uncertain = true};
    for (size_t i = 0; i < FREM_FIGURE_QUANTILES; i++)
        out->uncertain = out->uncertain && frem_column_code(frame, "statistic", quantiles[i]) >= 0;
    frem_status status = frem_projected_open(&out->shown, document, frem_projected_statistic(frame));
    for (size_t i = 0; i < FREM_FIGURE_QUANTILES && out->uncertain && status == FREM_OK; i++)
        status = frem_projected_open(&out->quantiles[i], document, quantiles[i]);
    return status;
}

void frem_figure_data_close(frem_figure_data *data) {
    frem_projected_close(&data->shown);
    for (size_t i = 0; i < FREM_FIGURE_QUANTILES; i++)
        frem_projected_close(&data->quantiles[i]);
}

frem_status frem_figures_add(frem_figures *figures, const frem_figure_data *data, size_t run, frem_lang lang,
                             frem_index *taken, frem_arena *arena) {
    const frem_document *document = data->shown.document;
    frem_maker m = {.figures = figures,
                    .document = document,
                    .run = &document->scenarios[run],
                    .lang = lang,
                    .taken = taken,
                    .arena = arena,
                    .data = data,
                    /* several groups, such as the country's KKR, are shown together */
                    .region = frem_document_region(document, &document->scenarios[run]),
                    .named = frem_document_several(document)};
    m.source = maker_source(&m);
    m.first_gaps = maker_first_gaps(&m);
    if (m.status == FREM_OK && data->shown.n_years > 0)
        add_all(&m);
    return m.status;
}

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
            (note->scenario == NULL || strcmp(note->scenario, m->run->name) == 0))
            return true;
    }
    return false;
}

/** One page of rows. */
static void add_heat(frem_maker *m, const heat_row *rows, size_t n, const char *group, const char *key) {
    const double **series = maker_alloc(m, n, sizeof *series);
    const char **labels = maker_alloc(m, n, sizeof *labels);
    for (size_t i = 0; labels != NULL && i < n; i++) {
        series[i] = rows[i].values;
        labels[i] = maker_label(m, "region", rows[i].region);
    }
    frem_figure figure = {.kind = FREM_FIGURE_HEAT,
                          .title = maker_print(m, "%s: %s", maker_label(m, "profession", key),
                                               frem_word_text(FREM_W_CHART_OF_HEAT, m->lang)),
                          .scale = {.percent = true, .has_reference = true, .reference = 1.0}};
    if (labels == NULL)
        return;
    maker_trim(m, &figure, series, n);
    double *cells = maker_alloc(m, n * figure.n_years, sizeof *cells);
    if (cells == NULL)
        return;
    for (size_t i = 0; i < n; i++)
        memcpy(cells + i * figure.n_years, series[i], figure.n_years * sizeof *cells);
    figure.heat = (frem_figure_heat){.rows = labels,
                                     .n_rows = n,
                                     .cells = cells,
                                     .below = frem_word_text(FREM_W_CHART_OF_FEW, m->lang),
                                     .above = frem_word_text(FREM_W_CHART_OF_MANY, m->lang)};
    const char *unit = maker_print(m, "%s %d", frem_word_text(FREM_W_CHART_OF_HEAT_UNIT, m->lang),
                                   figure.first_year + (int)figure.n_years - 1);
    figure.subtitle = maker_subtitle(m, unit, group, &figure);
    const char *source = m->source;
    if (is_split(m))
        m->source = maker_print(m, "%s. %s", frem_word_text(FREM_W_CHART_OF_SPLIT, m->lang), source);
    maker_add_gap(m, &figure, frem_measures[FREM_M_COVERAGE].name, group, key);
    m->source = source;
}

/** The regions of a group, or all of them where `group` is NULL, by their coverage in the last year; in several pages of
 *  about the same length where they are many. */
static void add_heats_of(frem_maker *m, const char *key, const char *group) {
    const frem_run *run = m->run;
    heat_row *rows = maker_alloc(m, run->n_regions, sizeof *rows);
    size_t n = 0;
    for (size_t i = 0; rows != NULL && i < run->n_regions; i++) {
        if (group != NULL &&
            (run->group_of == NULL || run->group_of[i] == NULL || strcmp(run->group_of[i], group) != 0))
            continue;
        const double *values = maker_series(m, run->regions[i], key, FREM_M_COVERAGE);
        double last = -HUGE_VAL;
        for (size_t y = 0; values != NULL && y < m->data->shown.n_years; y++)
            last = isfinite(values[y]) ? values[y] : last;
        if (isfinite(last))
            rows[n++] = (heat_row){run->regions[i], values, last, i};
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

static void figure_heats(frem_maker *m, const char *key) {
    const bool grouped = m->run->n_groups > 0 && m->run->group_of != NULL;
    if (!grouped)
        add_heats_of(m, key, NULL);
    for (size_t g = 0; grouped && g < m->run->n_groups && m->status == FREM_OK; g++)
        add_heats_of(m, key, m->run->groups[g]);
}

/** A page of small multiples. */
static void add_panels(frem_maker *m, const char *const *groups, const double **series, size_t n,
                       const char *key) {
    frem_figure figure = {.kind = FREM_FIGURE_LINES,
                          .title = maker_print(m, "%s: %s", maker_label(m, "profession", key),
                                               frem_word_text(FREM_W_CHART_OF_GROUPS, m->lang)),
                          .scale = {.percent = true, .has_reference = true, .reference = 1.0}};
    maker_trim(m, &figure, series, n);
    figure.subtitle = maker_subtitle(m, frem_word_text(FREM_W_CHART_OF_GROUPS_UNIT, m->lang), NULL, &figure);
    frem_figure_panel *panels = maker_alloc(m, n, sizeof *panels);
    frem_figure_line *lines = maker_alloc(m, n, sizeof *lines);
    if (lines == NULL || figure.n_years < 2)
        return;
    for (size_t i = 0; i < n; i++) {
        lines[i] = (frem_figure_line){NULL, series[i], FREM_ROLE_SUPPLY, false};
        panels[i] = (frem_figure_panel){.title = maker_label(m, "region", groups[i]),
                                        .lines = &lines[i],
                                        .n_lines = 1,
                                        .over = series[i]};
    }
    figure.panels = panels;
    figure.n_panels = n;
    maker_add_gap(m, &figure, "groups", key, NULL);
}

/** The groups of regions; without groups the regions, where they are few. */
static void figure_groups(frem_maker *m, const char *key) {
    const bool groups = m->run->n_groups >= 2;
    const char *const *all = groups ? m->run->groups : m->run->regions;
    const size_t n_all = groups ? m->run->n_groups : m->run->n_regions;
    if (n_all < 2 || m->run->n_groups == 1 || (!groups && n_all > PANELS_MAX))
        return;
    const char **names = maker_alloc(m, n_all, sizeof *names);
    const double **series = maker_alloc(m, n_all, sizeof *series);
    size_t n = 0;
    for (size_t g = 0; series != NULL && g < n_all; g++) {
        const double *values = maker_series(m, all[g], key, FREM_M_COVERAGE);
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
                      .scenario_is = frem_column_code(f, "scenario", m->run->name),
                      .variant_is = frem_column_code(f, "variant", m->run->variant),
                      .region_is = frem_column_code(f, "region", m->region),
                      .profession_is = frem_column_code(f, "profession", profession),
                      .statistic_is = frem_column_code(f, "statistic", "point"),
                      .n = frem_frame_rows(f)};
    return s->scenario != NULL && s->variant != NULL && s->region != NULL && s->profession != NULL &&
           s->sex != NULL && s->statistic != NULL && s->year != NULL && s->age != NULL && s->value != NULL;
}

/* Whether a cell has a code that may be -1, whatever the width of ptrdiff_t. */
static bool has_code(uint32_t cell, ptrdiff_t code) {
    return (int64_t)cell == (int64_t)code;
}

static bool is_shown(const stock_rows *s, size_t i) {
    return has_code(s->scenario[i], s->scenario_is) && has_code(s->variant[i], s->variant_is) &&
           has_code(s->region[i], s->region_is) && has_code(s->profession[i], s->profession_is) &&
           has_code(s->statistic[i], s->statistic_is);
}

/** First and last year and age with persons. @return whether there are any persons. */
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
            any = has_code(s->sex[i], code) && is_shown(s, i) && s->value[i] > 0.0;
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

static void figure_pyramid_of(frem_maker *m, const char *key) {
    stock_rows s;
    int years[2] = {0}, ages[2] = {0};
    ptrdiff_t sides[2] = {-1, -1};
    const char *names[2] = {NULL, NULL};
    if (m->status != FREM_OK || !open_stock(&s, m, key) || !find_span(&s, years, ages))
        return;
    const size_t n_sides = find_sides(m, &s, sides, names);
    const size_t n_ages = (size_t)(ages[1] - ages[0]) + 1, n_years = years[1] > years[0] ? 2 : 1;
    double *persons = maker_alloc(m, 4 * n_ages, sizeof *persons);
    if (persons == NULL)
        return;
    for (size_t i = 0; i < s.n; i++) {
        const size_t year = s.year[i] == years[0] ? 0 : 1;
        if (!is_shown(&s, i) || (year == 1 && s.year[i] != years[1]) || s.age[i] < ages[0] ||
            s.age[i] > ages[1])
            continue;
        for (size_t side = 0; side < n_sides; side++) {
            if (sides[side] < 0 || has_code(s.sex[i], sides[side]))
                persons[(side * 2 + year) * n_ages + (size_t)(s.age[i] - ages[0])] += s.value[i];
        }
    }
    frem_figure figure = {.kind = FREM_FIGURE_PYRAMID,
                          .title = maker_print(m, "%s %s", maker_label(m, "profession", key),
                                               frem_word_text(FREM_W_CHART_OF_PYRAMID, m->lang)),
                          .first_year = years[0],
                          .n_years = 1};
    figure.subtitle = maker_print(m, "%s · %s", frem_word_text(FREM_W_CHART_OF_PYRAMID_UNIT, m->lang),
                                  maker_label(m, "region", m->region));
    figure.pyramid = (frem_figure_pyramid){.first_age = ages[0],
                                           .n_ages = n_ages,
                                           .sides = {names[0], n_sides == 2 ? names[1] : NULL},
                                           .age = frem_word_text(FREM_W_CHART_OF_AGE, m->lang)};
    for (size_t year = 0; year < n_years; year++) {
        figure.pyramid.years[year] = maker_print(m, "%d", years[year]);
        for (size_t side = 0; side < n_sides; side++)
            figure.pyramid.persons[side][year] = persons + (side * 2 + year) * n_ages;
    }
    maker_add(m, &figure, "pyramid", key, NULL);
}

/** What differs less is the same in results.csv. */
#define SAME 0.5e-6

static const char *title_of(frem_maker *m, const char *profession, const char *what, const char *from) {
    return maker_print(m, "%s: %s%s", frem_document_any_label(m->document, "profession", profession, m->lang),
                       what, from);
}

/** What each scenario and variant is called. @return NULL after a failure. */
static const char **names_of(frem_maker *m) {
    const frem_document *d = m->document;
    const char **names = maker_alloc(m, d->n_scenarios, sizeof *names);
    for (size_t i = 0; names != NULL && i < d->n_scenarios; i++) {
        frem_text name = {0};
        frem_add_side(&name, d, i, m->lang);
        names[i] = maker_print(m, "%s", name.failed ? "" : name.bytes);
        m->status = name.failed ? FREM_NO_MEMORY : m->status;
        frem_text_free(&name);
    }
    return m->status == FREM_OK ? names : NULL;
}

/** The region that is shown of all, where it is the same; else "all". */
static const char *shown_region(const frem_document *d) {
    for (size_t i = 1; i < d->n_scenarios; i++) {
        if (strcmp(frem_document_region(d, &d->scenarios[i]), frem_document_region(d, d->scenarios)) != 0)
            return "all";
    }
    return frem_document_region(d, d->scenarios);
}

static bool differs(const double *one, const double *other, size_t n) {
    for (size_t y = 0; y < n; y++) {
        if (fabs(one[y] - other[y]) > SAME)
            return true;
    }
    return false;
}

/** All of one measure. The first is in ink, the others have colours of their own. */
static void add_compared(frem_maker *m, const char *const *names, const char *key, frem_measure_id measure) {
    const frem_projected *all = &m->data->shown;
    const bool gap = measure == FREM_M_GAP;
    frem_figure_line *lines = maker_alloc(m, m->document->n_scenarios, sizeof *lines);
    size_t n = 0;
    bool any = gap;
    for (size_t i = 0; lines != NULL && i < m->document->n_scenarios; i++) {
        const double *values = frem_projected_find(all, i, m->region, key, measure);
        if (values == NULL)
            continue;
        lines[n++] =
            (frem_figure_line){names[i], values, i == 0 ? FREM_ROLE_INK : frem_role_of_series(i - 1), false};
        any = any || differs(lines[0].values, values, all->n_years);
    }
    if (n < 2 || !any)
        return;
    const frem_word title = gap                        ? FREM_W_CHART_COMPARED_GAP
                            : measure == FREM_M_SUPPLY ? FREM_W_CHART_COMPARED_SUPPLY
                                                       : FREM_W_CHART_COMPARED_DEMAND;
    const frem_figure like = {.title = title_of(m, key, frem_word_text(title, m->lang), ""),
                              .scale = {.has_reference = gap}};
    maker_lines(m, lines, n, &like, frem_word_text(gap ? FREM_W_CHART_FTE_GAP : FREM_W_CHART_FTE, m->lang),
                maker_print(m, "compared-%s", frem_measures[measure].name), key);
}

/** How far the gaps are from the first one's. */
static void add_differences(frem_maker *m, const char *const *names, const char *key) {
    const frem_projected *all = &m->data->shown;
    const double *reference = frem_projected_find(all, 0, m->region, key, FREM_M_GAP);
    frem_figure_line *lines = maker_alloc(m, m->document->n_scenarios, sizeof *lines);
    size_t n = 0;
    for (size_t i = 1; lines != NULL && reference != NULL && i < m->document->n_scenarios; i++) {
        const double *values = frem_projected_find(all, i, m->region, key, FREM_M_GAP);
        double *less = values != NULL ? maker_alloc(m, all->n_years, sizeof *less) : NULL;
        for (size_t y = 0; less != NULL && y < all->n_years; y++)
            less[y] = values[y] - reference[y];
        if (less != NULL)
            lines[n++] = (frem_figure_line){names[i], less, frem_role_of_series(i - 1), false};
    }
    if (n == 0)
        return;
    const frem_figure like = {
        .title = title_of(m, key, frem_word_text(FREM_W_CHART_COMPARED_DIFFERENCE, m->lang), names[0]),
        .scale = {.has_reference = true}};
    maker_lines(m, lines, n, &like, frem_word_text(FREM_W_CHART_FTE, m->lang), "difference-gap", key);
}

frem_status frem_figures_compare(frem_figures *figures, const frem_figure_data *data, frem_lang lang,
                                 frem_index *taken, frem_arena *arena) {
    static const frem_measure_id measures[] = {FREM_M_SUPPLY, FREM_M_DEMAND, FREM_M_GAP};
    const frem_document *document = data->shown.document;
    frem_maker m = {.figures = figures,
                    .document = document,
                    .run = document->scenarios,
                    .lang = lang,
                    .taken = taken,
                    .arena = arena,
                    .data = data,
                    .region = shown_region(document),
                    .compares = true};
    const char **names = names_of(&m);
    m.source = maker_source(&m);
    m.first_gaps = maker_first_gaps(&m);
    for (size_t p = 0; p < frem_column_labels(data->shown.frame, "profession") && m.status == FREM_OK; p++) {
        const char *key = frem_column_label(data->shown.frame, "profession", p);
        if (strcmp(key, "all") == 0)
            continue;
        for (size_t i = 0; i < sizeof measures / sizeof *measures; i++)
            add_compared(&m, names, key, measures[i]);
        add_differences(&m, names, key);
    }
    return m.status;
}
