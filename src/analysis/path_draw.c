/* The figures of a path: the intakes, each result against its band, and what it costs to be more even. */
#include <math.h>
#include <string.h>

#include "analysis/answer.h"
#include "analysis/path.h"
#include "base/locale.h"
#include "frame/measures.h"

typedef struct drawing {
    const frem_path_found *found;
    const frem_path_wish *wish;
    frem_results *results;
    frem_arena *arena;
} drawing;

/* Numbers that live as long as the results. */
static const double *numbers(const drawing *d, const double *from, size_t n, double less) {
    double *out = frem_arena_alloc(d->arena, n + 1, sizeof *out);
    for (size_t i = 0; i < n && out != NULL; i++)
        out[i] = from[i] - less;
    return out;
}

static const char *title_of(const drawing *d, frem_lang lang) {
    const frem_scenario *s = d->wish->model->scenario;
    return s->title.text[lang] != NULL ? s->title.text[lang] : s->name;
}

/* ---- the intakes ---- */

static frem_status draw_intakes(const drawing *d) {
    static const frem_label title = {{"Intake by year", "Optag år for år"}}, sum = {{"In all", "I alt"}};
    const frem_path_wish *wish = d->wish;
    frem_figure figures[FREM_LANG_COUNT];
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
        frem_figure_part *parts = frem_arena_alloc(d->arena, wish->n_varied, sizeof *parts);
        if (parts == NULL)
            return FREM_NO_MEMORY;
        for (size_t v = 0; v < wish->n_varied; v++) {
            parts[v] = (frem_figure_part){wish->varied[v].label.text[lang],
                                          numbers(d, d->found->best.values + v * wish->years, wish->years, 0),
                                          frem_role_of_series(v)};
            if (parts[v].values == NULL)
                return FREM_NO_MEMORY;
        }
        figures[lang] = (frem_figure){.kind = FREM_FIGURE_COLUMNS,
                                      .name = "path-intake",
                                      .title = title.text[lang],
                                      .subtitle = title_of(d, (frem_lang)lang),
                                      .lang = (frem_lang)lang,
                                      .first_year = wish->from,
                                      .n_years = wish->years,
                                      .scale = {.from_zero = true},
                                      .parts = parts,
                                      .n_parts = wish->n_varied,
                                      .net = wish->n_varied > 1 ? sum.text[lang] : NULL};
    }
    return frem_answer_add_figure(d->results, figures);
}

/* ---- the results ---- */

static frem_status draw_target(const drawing *d, size_t which) {
    static const frem_label with = {{"With the path", "Med disse optag"}},
                            as_is = {{"As the scenario is", "Som scenariet er"}},
                            band = {{"The band", "Båndet"}};
    const frem_path_wish *wish = d->wish;
    const frem_path_target *target = &wish->targets[which];
    const double *best = numbers(d, d->found->best.results + target->first, target->years, 0),
                 *now = numbers(d, d->found->as_is.results + target->first, target->years, 0),
                 *low = numbers(d, wish->wanted + target->first, target->years, wish->half),
                 *high = numbers(d, wish->wanted + target->first, target->years, -wish->half);
    const char *name = frem_arena_print(d->arena, "path-result-%zu", which + 1);
    frem_figure figures[FREM_LANG_COUNT];
    if (best == NULL || now == NULL || low == NULL || high == NULL || name == NULL || target->years < 2)
        return target->years < 2 ? FREM_OK : FREM_NO_MEMORY;
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
        frem_figure_line *lines = frem_arena_alloc(d->arena, 2, sizeof *lines);
        frem_figure_band *bands = frem_arena_alloc(d->arena, 1, sizeof *bands);
        frem_figure_panel *panel = frem_arena_alloc(d->arena, 1, sizeof *panel);
        if (lines == NULL || bands == NULL || panel == NULL)
            return FREM_NO_MEMORY;
        lines[0] = (frem_figure_line){with.text[lang], best, FREM_ROLE_SUPPLY, false};
        lines[1] = (frem_figure_line){as_is.text[lang], now, FREM_ROLE_MUTED, true};
        bands[0] = (frem_figure_band){band.text[lang], low, high, FREM_ROLE_WIDE};
        *panel = (frem_figure_panel){.lines = lines, .n_lines = 2, .bands = bands, .n_bands = 1};
        figures[lang] = (frem_figure){
            .kind = FREM_FIGURE_LINES,
            .name = name,
            .title = target->label.text[lang],
            .subtitle = title_of(d, (frem_lang)lang),
            .lang = (frem_lang)lang,
            .first_year = target->address.first_year,
            .n_years = target->years,
            .scale = {.percent = strcmp(frem_measure_find(target->address.measure)->unit, "ratio") == 0},
            .panels = panel,
            .n_panels = 1};
    }
    return frem_answer_add_figure(d->results, figures);
}

/* ---- the trade-off ---- */

/* "At most 5.0% a year". */
static const char *limit_text(const drawing *d, double limit, frem_lang lang) {
    static const frem_label none = {{"No limit", "Ingen grænse"}}, most = {{"At most ", "Højst "}},
                            year = {{" a year", " om året"}};
    frem_text text = {0};
    if (!isfinite(limit))
        return none.text[lang];
    frem_text_add(&text, most.text[lang]);
    frem_locale_percent(&text, limit, 1, lang);
    frem_text_add(&text, year.text[lang]);
    const char *out = text.failed ? NULL : frem_arena_text(d->arena, text.bytes, text.length);
    frem_text_free(&text);
    return out;
}

static const char *miss_text(const drawing *d, double miss, frem_lang lang) {
    const bool ratio = strcmp(frem_measure_find(d->wish->targets[0].address.measure)->unit, "ratio") == 0;
    frem_text text = {0};
    if (ratio)
        frem_locale_percent(&text, miss, 1, lang);
    else
        frem_locale_number(&text, miss, 0, lang);
    const char *out = text.failed ? NULL : frem_arena_text(d->arena, text.bytes, text.length);
    frem_text_free(&text);
    return out;
}

static frem_status draw_tradeoff(const drawing *d) {
    static const frem_label title = {{"What it costs to be more even", "Hvad det koster at være mere jævn"}},
                            what = {
                                {"Outside the band, summed over years, by the limit on yearly changes",
                                 "Uden for båndet, lagt sammen over år, efter grænsen for ændring pr. år"}};
    frem_figure figures[FREM_LANG_COUNT];
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
        frem_figure_bar *bars = frem_arena_alloc(d->arena, FREM_PATH_ROWS, sizeof *bars);
        size_t n = 0;
        for (size_t i = 0; i < d->found->n_rows && bars != NULL; i++) {
            const frem_path_point *row = &d->found->rows[i];
            if (row->values == NULL)
                continue;
            const double miss = frem_path_miss(&row->score);
            frem_figure_bar *bar = &bars[n++];
            *bar = (frem_figure_bar){.label = limit_text(d, d->found->limits[i], (frem_lang)lang),
                                     .n_stretches = 1};
            bar->stretches[0] =
                (frem_figure_stretch){0, miss, FREM_ROLE_SHORTAGE, miss_text(d, miss, (frem_lang)lang)};
            if (bar->label == NULL || bar->stretches[0].text == NULL)
                return FREM_NO_MEMORY;
        }
        if (bars == NULL)
            return FREM_NO_MEMORY;
        figures[lang] = (frem_figure){.kind = FREM_FIGURE_BARS,
                                      .name = "path-tradeoff",
                                      .title = title.text[lang],
                                      .subtitle = what.text[lang],
                                      .lang = (frem_lang)lang,
                                      .scale = {.from_zero = true},
                                      .bars = bars,
                                      .n_bars = n};
    }
    return frem_answer_add_figure(d->results, figures);
}

frem_status frem_path_draw(const frem_path_found *found, frem_results *results) {
    const drawing d = {found, found->wish, results, frem_answer_arena(results)};
    frem_status status = draw_intakes(&d);
    for (size_t i = 0; i < found->wish->n_targets && status == FREM_OK; i++)
        status = draw_target(&d, i);
    return status == FREM_OK ? draw_tradeoff(&d) : status;
}
