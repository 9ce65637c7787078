/* Figures of a comparison: all scenarios and variants, and how far they are from the first. */
#include <math.h>
#include <string.h>

#include "frame/columns.h"
#include "output/charts/figures.h"
#include "output/names.h"

/** What differs less is the same in results.csv. */
#define SAME 0.5e-6

static const frem_label supply_title = {{"supply, compared", "udbud, sammenlignet"}};
static const frem_label demand_title = {{"demand, compared", "efterspørgsel, sammenlignet"}};
static const frem_label gap_title = {
    {"supply less demand, compared", "udbud minus efterspørgsel, sammenlignet"}};
static const frem_label difference_title = {
    {"supply less demand, difference from ", "udbud minus efterspørgsel, forskel fra "}};
static const char *title_of(frem_maker *m, const char *profession, const char *what, const char *from) {
    return frem_maker_print(
        m, "%s: %s%s", frem_document_any_label(m->document, "profession", profession, m->lang), what, from);
}

/** What each scenario and variant is called. @return NULL after a failure. */
static const char **names_of(frem_maker *m) {
    const frem_document *d = m->document;
    const char **names = frem_maker_alloc(m, d->n_scenarios, sizeof *names);
    for (size_t i = 0; names != NULL && i < d->n_scenarios; i++) {
        frem_text name = {0};
        frem_add_side(&name, d, i, m->lang);
        names[i] = frem_maker_print(m, "%s", name.failed ? "" : name.bytes);
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
    frem_figure_line *lines = frem_maker_alloc(m, m->document->n_scenarios, sizeof *lines);
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
    const frem_label *title = gap ? &gap_title : measure == FREM_M_SUPPLY ? &supply_title : &demand_title;
    const frem_figure like = {.title = title_of(m, key, title->text[m->lang], ""),
                              .scale = {.has_reference = gap}};
    frem_maker_lines(m, lines, n, &like, (gap ? frem_figure_gap : frem_figure_fte).text[m->lang],
                     frem_maker_print(m, "compared-%s", frem_measures[measure].name), key);
}

/** How far the gaps are from the first one's. */
static void add_differences(frem_maker *m, const char *const *names, const char *key) {
    const frem_projected *all = &m->data->shown;
    const double *reference = frem_projected_find(all, 0, m->region, key, FREM_M_GAP);
    frem_figure_line *lines = frem_maker_alloc(m, m->document->n_scenarios, sizeof *lines);
    size_t n = 0;
    for (size_t i = 1; lines != NULL && reference != NULL && i < m->document->n_scenarios; i++) {
        const double *values = frem_projected_find(all, i, m->region, key, FREM_M_GAP);
        double *less = values != NULL ? frem_maker_alloc(m, all->n_years, sizeof *less) : NULL;
        for (size_t y = 0; less != NULL && y < all->n_years; y++)
            less[y] = values[y] - reference[y];
        if (less != NULL)
            lines[n++] = (frem_figure_line){names[i], less, frem_role_of_series(i - 1), false};
    }
    if (n == 0)
        return;
    const frem_figure like = {.title = title_of(m, key, difference_title.text[m->lang], names[0]),
                              .scale = {.has_reference = true}};
    frem_maker_lines(m, lines, n, &like, frem_figure_fte.text[m->lang], "difference-gap", key);
}

frem_status frem_figures_compare(frem_figures *figures, const frem_figure_data *data, frem_lang lang,
                                 frem_index *taken, frem_arena *arena) {
    static const frem_measure_id measures[] = {FREM_M_SUPPLY, FREM_M_DEMAND, FREM_M_GAP};
    const frem_document *document = data->shown.document;
    frem_maker m = {.figures = figures,
                    .document = document,
                    .told = document->scenarios,
                    .lang = lang,
                    .taken = taken,
                    .arena = arena,
                    .data = data,
                    .region = shown_region(document),
                    .compares = true};
    const char **names = names_of(&m);
    m.source = frem_maker_source(&m);
    m.first_gaps = frem_maker_first_gaps(&m);
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
