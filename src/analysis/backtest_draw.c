/* Charts of backtests: old projections over the observed line. */
#include <math.h>
#include <string.h>

#include "analysis/backtest.h"

/* Charts of a backtest, and lines of one. */
enum { CHARTS_MAX = 24, LINES_MAX = 9 };

/* "from 2020", of a variant with its name. */
static const char *line_label(frem_backtest_work *b, const frem_forecast *forecast, frem_lang lang) {
    const char *word = lang == FREM_DA ? "fra" : "from";
    return strcmp(forecast->variant, "base") == 0
               ? frem_arena_print(b->arena, "%s %d", word, forecast->from)
               : frem_arena_print(b->arena, "%s %d, %s", word, forecast->from, forecast->variant);
}

/* What was observed, and each forecast that has something. */
static frem_status add_lines(frem_backtest_work *b, size_t s, frem_lang lang, frem_figure_panel *panel) {
    frem_figure_line *lines = frem_arena_alloc(b->arena, LINES_MAX, sizeof *lines);
    if (lines == NULL)
        return FREM_NO_MEMORY;
    lines[panel->n_lines++] = (frem_figure_line){.label = lang == FREM_DA ? "observeret" : "observed",
                                                 .values = b->series[s].observed,
                                                 .role = FREM_ROLE_INK};
    for (size_t f = 0; f < b->n_forecasts && panel->n_lines < LINES_MAX; f++) {
        const double *values = b->forecasts[f].projected + s * b->n_years;
        bool any = false;
        for (size_t y = 0; y < b->n_years && !any; y++)
            any = !isnan(values[y]);
        if (!any)
            continue;
        lines[panel->n_lines] = (frem_figure_line){.label = line_label(b, &b->forecasts[f], lang),
                                                   .values = values,
                                                   .role = frem_role_of_series(panel->n_lines - 1),
                                                   .dashed = true};
        if (lines[panel->n_lines++].label == NULL)
            return FREM_NO_MEMORY;
    }
    panel->lines = lines;
    return FREM_OK;
}

static const char *label_of(const frem_document *document, const char *scenario, const char *column,
                            const char *key, frem_lang lang) {
    return frem_document_label(document, scenario, column, key, lang);
}

/* "Pedagogues, Denmark, FTE"; a sector before the unit. */
static const char *subtitle_of(frem_backtest_work *b, const frem_address *address, const char *unit,
                               frem_lang lang) {
    const frem_document *document = frem_results_document(b->results);
    const char *scenario = b->model->scenario->name;
    const char *profession = label_of(document, scenario, "profession", address->profession, lang),
               *region = label_of(document, scenario, "region", address->region, lang);
    return strcmp(address->sector, "all") == 0
               ? frem_arena_print(b->arena, "%s, %s, %s", profession, region, unit)
               : frem_arena_print(b->arena, "%s, %s, %s, %s", profession, region,
                                  label_of(document, scenario, "sector", address->sector, lang), unit);
}

static frem_status draw(frem_backtest_work *b, size_t s, frem_lang lang, frem_figure *out) {
    const frem_address *address = &b->series[s].address;
    const frem_measure *measure = frem_measure_find(address->measure);
    frem_figure_panel *panel = frem_arena_alloc(b->arena, 1, sizeof *panel);
    if (panel == NULL)
        return FREM_NO_MEMORY;
    *panel = (frem_figure_panel){0};
    const frem_status status = add_lines(b, s, lang, panel);
    *out =
        (frem_figure){.kind = FREM_FIGURE_LINES,
                      .name = frem_arena_print(b->arena, "backtest-%zu", s + 1),
                      .title = measure->label.text[lang],
                      .subtitle = subtitle_of(b, address,
                                              label_of(frem_results_document(b->results),
                                                       b->model->scenario->name, "unit", measure->unit, lang),
                                              lang),
                      .lang = lang,
                      .first_year = b->first_year,
                      .n_years = b->n_years,
                      .panels = panel,
                      .n_panels = 1};
    return status != FREM_OK ? status : out->name != NULL && out->subtitle != NULL ? FREM_OK : FREM_NO_MEMORY;
}

frem_status frem_backtest_draw(frem_backtest_work *b) {
    frem_status status = FREM_OK;
    for (size_t s = 0, n = 0; s < b->n_series && n < CHARTS_MAX && status == FREM_OK; s++) {
        frem_figure figures[FREM_LANG_COUNT];
        if (!b->series[s].levels) /* of a change there is no line */
            continue;
        n++;
        for (size_t lang = 0; lang < FREM_LANG_COUNT && status == FREM_OK; lang++)
            status = draw(b, s, (frem_lang)lang, &figures[lang]);
        if (status == FREM_OK)
            status = frem_answer_add_figure(b->results, figures);
    }
    return status;
}
