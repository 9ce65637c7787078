#include "output/charts/figures.h"

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
#include "output/names.h"

const frem_label frem_figure_fte = {{"Full-time equivalents", "Årsværk"}};
const frem_label frem_figure_gap = {
    {"Full-time equivalents; below zero there are too few", "Årsværk; under nul er der for få"}};

/** Lines that one field holds with their names beside it. */
#define LINES_MAX 10
/** Sources that a source line names. */
#define SOURCES_MAX 3

const char *frem_maker_label(const frem_maker *m, const char *column, const char *key) {
    return frem_document_label(m->document, m->told->name, column, key, m->lang);
}

const char *frem_maker_print(frem_maker *m, const char *format, ...) {
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

void *frem_maker_alloc(frem_maker *m, size_t count, size_t size) {
    void *memory = m->status == FREM_OK ? frem_arena_alloc(m->arena, count > 0 ? count : 1, size) : NULL;
    if (memory == NULL)
        m->status = FREM_NO_MEMORY;
    return memory;
}

/** What a region is called. Scenarios that call it otherwise, as "all" of one municipality and of the country, have no
 *  name for it together. */
static const char *place_of(const frem_maker *m, const char *region) {
    const frem_document *d = m->document;
    const char *place = frem_maker_label(m, "region", region);
    for (size_t i = 0; i < d->n_scenarios && m->compares; i++) {
        if (strcmp(frem_document_label(d, d->scenarios[i].name, "region", region, m->lang), place) != 0)
            return frem_document_label(d, NULL, "region", region, m->lang);
    }
    return place;
}

const char *frem_maker_subtitle(frem_maker *m, const char *what, const char *region,
                                const frem_figure *years) {
    const char *place = region == NULL ? "" : place_of(m, region);
    const int last = years->first_year + (int)years->n_years - 1;
    const char *span = years->n_years > 1 ? frem_maker_print(m, "%d–%d", years->first_year, last)
                                          : frem_maker_print(m, "%d", years->first_year);
    return frem_maker_print(m, "%s%s%s%s%s", what != NULL ? what : "", what != NULL ? " · " : "", place,
                            region != NULL ? " · " : "", span);
}

void frem_maker_add(frem_maker *m, frem_figure *figure, const char *kind, const char *first,
                    const char *last) {
    const char *name =
        frem_maker_print(m, "%s%s%s%s%s%s%s", m->named ? m->told->name : "", m->named ? "-" : "", kind,
                         first != NULL ? "-" : "", first != NULL ? first : "", last != NULL ? "-" : "",
                         last != NULL ? last : "");
    const char *safe = NULL;
    if (m->status == FREM_OK)
        m->status = frem_safe_name(m->taken, name, &safe);
    /* the index may move its names when it grows */
    figure->name = m->status == FREM_OK ? frem_maker_print(m, "%s", safe) : NULL;
    figure->source = m->source;
    figure->lang = m->lang;
    void *items = m->figures->items;
    if (m->status == FREM_OK)
        m->status = frem_grow(&items, &m->figures->capacity, m->figures->n, sizeof *figure);
    m->figures->items = items;
    if (m->status == FREM_OK)
        m->figures->items[m->figures->n++] = *figure;
}

void frem_maker_add_gap(frem_maker *m, frem_figure *figure, const char *kind, const char *first,
                        const char *last) {
    const char *source = m->source;
    if (m->first_gaps != NULL)
        m->source = frem_maker_print(m, "%s %s", m->first_gaps, source);
    frem_maker_add(m, figure, kind, first, last);
    m->source = source;
}

/** The place of the scenario in the document. */
static size_t told_at(const frem_maker *m) {
    return (size_t)(m->told - m->document->scenarios);
}

const double *frem_maker_series(const frem_maker *m, const char *region, const char *profession,
                                frem_measure_id measure) {
    return frem_projected_find(&m->data->shown, told_at(m), region, profession, measure);
}

void frem_maker_trim(const frem_maker *m, frem_figure *figure, const double **series, size_t n) {
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
        if (m->compares ? !frem_document_first(d, i) : &d->scenarios[i] != m->told)
            continue;
        const char *title = d->scenarios[i].title.text[m->lang];
        line = line == NULL ? title : frem_maker_print(m, "%s, %s", line, title);
    }
    return line != NULL ? line : "";
}

const char *frem_maker_first_gaps(frem_maker *m) {
    const frem_document *d = m->document;
    const char *line = NULL;
    for (size_t i = 0; i < d->n_scenarios; i++) {
        /* Each sentence once among those that are shown. */
        const char *text = d->scenarios[i].first_gap.text[m->lang];
        if (text == NULL || (!m->compares && strcmp(d->scenarios[i].name, m->told->name) != 0) ||
            (line != NULL && strstr(line, text) != NULL))
            continue;
        line = line == NULL ? frem_maker_print(m, "%s.", text) : frem_maker_print(m, "%s %s.", line, text);
    }
    return line;
}

/** "Source: TITLE; fremskriv 1.0; data: A; B and others". What a scenario assumes is no source of data. */
const char *frem_maker_source(frem_maker *m) {
    const frem_document *d = m->document;
    const char *named[SOURCES_MAX] = {NULL};
    size_t n = 0;
    bool more = false;
    for (size_t i = 0; i < d->n_assumptions; i++) {
        const frem_assumption *a = &d->assumptions[i];
        if (a->source == NULL || strncasecmp(a->source, "assumption", strlen("assumption")) == 0 ||
            (a->scenario != NULL && !m->compares && strcmp(a->scenario, m->told->name) != 0))
            continue;
        bool known = false;
        for (size_t k = 0; k < n; k++)
            known = known || strcmp(named[k], a->source) == 0;
        more = more || (!known && n == SOURCES_MAX);
        if (!known && n < SOURCES_MAX)
            named[n++] = a->source;
    }
    const char *line = frem_maker_print(
        m, "%s: %s; fremskriv %s", frem_word_text(FREM_W_CHART_SOURCE, m->lang), titles(m), frem_version());
    for (size_t k = 0; k < n; k++)
        line = k == 0 ? frem_maker_print(m, "%s; %s: %s", line, frem_word_text(FREM_W_CHART_DATA, m->lang),
                                         named[k])
                      : frem_maker_print(m, "%s; %s", line, named[k]);
    return more ? frem_maker_print(m, "%s %s", line, frem_word_text(FREM_W_CHART_OTHERS, m->lang)) : line;
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
            frem_maker_print(m, "%s · %s", figure->subtitle, frem_word_text(FREM_W_CHART_NOT_ZERO, m->lang));
    frem_maker_add_gap(m, figure, kind, key, NULL);
}

static void add_supply_demand(frem_maker *m, const char *key) {
    const double *series[2] = {frem_maker_series(m, m->region, key, FREM_M_SUPPLY),
                               frem_maker_series(m, m->region, key, FREM_M_DEMAND)};
    if (series[0] == NULL || series[1] == NULL)
        return;
    frem_figure figure = {.title = frem_maker_print(m, "%s: %s", frem_maker_label(m, "profession", key),
                                                    frem_word_text(FREM_W_CHART_SUPPLY_DEMAND, m->lang))};
    frem_maker_trim(m, &figure, series, 2);
    figure.subtitle = frem_maker_subtitle(m, frem_figure_fte.text[m->lang], m->region, &figure);
    frem_figure_line *lines = frem_maker_alloc(m, 2, sizeof *lines);
    frem_figure_panel *panel = frem_maker_alloc(m, 1, sizeof *panel);
    if (panel == NULL)
        return;
    lines[0] = (frem_figure_line){frem_maker_label(m, "measure", frem_measures[FREM_M_SUPPLY].name),
                                  series[0], FREM_ROLE_SUPPLY, false};
    lines[1] = (frem_figure_line){frem_maker_label(m, "measure", frem_measures[FREM_M_DEMAND].name),
                                  series[1], FREM_ROLE_DEMAND, false};
    *panel = (frem_figure_panel){.lines = lines,
                                 .n_lines = 2,
                                 .over = series[0],
                                 .under = series[1],
                                 .above = frem_word_text(FREM_W_CHART_SURPLUS, m->lang),
                                 .below = frem_word_text(FREM_W_CHART_SHORTAGE, m->lang)};
    add_lines(m, &figure, panel, "supply-demand", key);
}

void frem_maker_lines(frem_maker *m, const frem_figure_line *lines, size_t n, const frem_figure *like,
                      const char *unit, const char *kind, const char *key) {
    for (size_t from = 0; from < n && m->status == FREM_OK; from += LINES_MAX) {
        const size_t count = n - from < LINES_MAX ? n - from : LINES_MAX;
        const double *series[LINES_MAX];
        for (size_t i = 0; i < count; i++)
            series[i] = lines[from + i].values;
        frem_figure figure = {.title = like->title, .scale = like->scale};
        frem_maker_trim(m, &figure, series, count);
        figure.subtitle = frem_maker_subtitle(m, unit, m->region, &figure);
        frem_figure_line *own = frem_maker_alloc(m, count, sizeof *own);
        frem_figure_panel *panel = frem_maker_alloc(m, 1, sizeof *panel);
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
    frem_maker_lines(m, gaps, n, &like, frem_figure_gap.text[m->lang], kind, key);
}

/** Keys of the professions that have something to show in the area, without their sum. @return how many. */
static size_t professions_of(const frem_maker *m, const char **keys) {
    const frem_projected *all = &m->data->shown;
    size_t n = 0;
    for (size_t p = 0; p < frem_column_labels(all->frame, "profession"); p++) {
        const char *key = frem_column_label(all->frame, "profession", p);
        bool any = frem_maker_series(m, m->region, key, FREM_M_SUPPLY) != NULL ||
                   frem_maker_series(m, m->region, key, FREM_M_DEMAND) != NULL;
        for (size_t k = 0; k < FREM_M_COUNT; k++)
            any = any || (frem_measure_way(&frem_measures[k]) != 0 &&
                          frem_maker_series(m, m->region, key, (frem_measure_id)k) != NULL);
        if (any && strcmp(key, "all") != 0)
            keys[n++] = key;
    }
    return n;
}

static void add_gap_by_profession(frem_maker *m, const char *const *keys, size_t n) {
    frem_figure_line *gaps = frem_maker_alloc(m, n, sizeof *gaps);
    size_t count = 0;
    for (size_t i = 0; gaps != NULL && i < n; i++) {
        const char *key = keys[i];
        const double *values = frem_maker_series(m, m->region, key, FREM_M_GAP);
        if (values != NULL) {
            gaps[count] = (frem_figure_line){frem_maker_label(m, "profession", key), values,
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
    double *out = frem_maker_alloc(m, n, sizeof *out);
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
        series[i] = frem_maker_series(m, m->region, key, flows[i]);
    frem_figure figure = {.kind = FREM_FIGURE_COLUMNS,
                          .title = frem_maker_print(m, "%s: %s", frem_maker_label(m, "profession", key),
                                                    frem_word_text(FREM_W_CHART_FLOWS, m->lang)),
                          .scale = {.from_zero = true},
                          .net = frem_word_text(FREM_W_CHART_NET, m->lang)};
    frem_maker_trim(m, &figure, series, n_flows);
    frem_figure_part *parts = frem_maker_alloc(m, n_flows, sizeof *parts);
    for (size_t i = 0; parts != NULL && i < n_flows; i++) {
        if (!any_but_zero(series[i], figure.n_years))
            continue;
        const frem_measure *flow = &frem_measures[flows[i]];
        const double *values = frem_measure_way(flow) < 0 ? negated(m, series[i], figure.n_years) : series[i];
        parts[n++] = (frem_figure_part){frem_maker_label(m, "measure", flow->name), values, flow->role};
    }
    figure.parts = parts;
    figure.n_parts = n;
    figure.subtitle =
        frem_maker_subtitle(m, frem_word_text(FREM_W_CHART_PERSONS, m->lang), m->region, &figure);
    if (n > 0)
        frem_maker_add(m, &figure, "flows", key, NULL);
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
    frem_figure figure = {.title = frem_maker_print(m, "%s: %s", frem_maker_label(m, "profession", key),
                                                    frem_word_text(FREM_W_CHART_FAN, m->lang)),
                          .scale = {.has_reference = true}};
    frem_maker_trim(m, &figure, series, FREM_FIGURE_QUANTILES);
    figure.subtitle =
        frem_maker_subtitle(m, frem_word_text(FREM_W_CHART_FAN_UNIT, m->lang), m->region, &figure);
    frem_figure_line *line = frem_maker_alloc(m, 1, sizeof *line);
    frem_figure_band *bands = frem_maker_alloc(m, 2, sizeof *bands);
    frem_figure_panel *panel = frem_maker_alloc(m, 1, sizeof *panel);
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
    frem_figure_line *gaps = frem_maker_alloc(m, d->n_scenarios, sizeof *gaps);
    size_t count = 0;
    for (size_t i = 0; gaps != NULL && i < d->n_scenarios; i++) {
        const double *values = strcmp(d->scenarios[i].name, m->told->name) == 0
                                   ? frem_projected_find(&m->data->shown, i, m->region, key, FREM_M_GAP)
                                   : NULL;
        if (values == NULL)
            continue;
        gaps[count] = (frem_figure_line){frem_maker_label(m, "variant", d->scenarios[i].variant), values,
                                         frem_role_of_series(count), false};
        count++;
    }
    if (count >= 2)
        add_gaps(m, gaps, count,
                 frem_maker_print(m, "%s: %s", frem_maker_label(m, "profession", key),
                                  frem_word_text(FREM_W_CHART_VARIANTS, m->lang)),
                 "variants", key);
}

static void add_all(frem_maker *m) {
    const char **keys =
        frem_maker_alloc(m, frem_column_labels(m->data->shown.frame, "profession"), sizeof *keys);
    if (keys == NULL)
        return;
    const size_t n = professions_of(m, keys);
    add_gap_by_profession(m, keys, n);
    for (size_t i = 0; i < n && m->status == FREM_OK; i++) {
        add_supply_demand(m, keys[i]);
        add_fan(m, keys[i]);
        add_variants(m, keys[i]);
        add_flows(m, keys[i]);
        frem_figure_pyramid_of(m, keys[i]);
        frem_figure_groups(m, keys[i]);
        frem_figure_heats(m, keys[i]);
    }
}

frem_status frem_figure_data_open(frem_figure_data *out, const frem_document *document) {
    static const char *const quantiles[FREM_FIGURE_QUANTILES] = {"p05", "p25", "p50", "p75", "p95"};
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

frem_status frem_figures_add(frem_figures *figures, const frem_figure_data *data, size_t told, frem_lang lang,
                             frem_index *taken, frem_arena *arena) {
    const frem_document *document = data->shown.document;
    frem_maker m = {.figures = figures,
                    .document = document,
                    .told = &document->scenarios[told],
                    .lang = lang,
                    .taken = taken,
                    .arena = arena,
                    .data = data,
                    /* several groups, such as the country's KKR, are shown together */
                    .region = frem_document_region(document, &document->scenarios[told]),
                    .named = frem_document_several(document)};
    m.source = frem_maker_source(&m);
    m.first_gaps = frem_maker_first_gaps(&m);
    if (m.status == FREM_OK && data->shown.n_years > 0)
        add_all(&m);
    return m.status;
}
