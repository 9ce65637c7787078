/* Figures of a comparison: all scenarios and variants, and how far they are from the first. */
#include <math.h>
#include <string.h>

#include "output/figures.h"
#include "output/names.h"

/** What differs less is the same in results.csv. */
#define SAME 0.5e-6

static const struct {
    const char *compared[FREM_FIGURE_CUBE_GAP + 1]; /**< by measure */
    const char *difference, *fte, *gap_unit;
} words[FREM_LANG_COUNT] = {
    [FREM_EN] = {{"supply, compared", "demand, compared", "supply less demand, compared"},
                 "supply less demand, difference from",
                 "Full-time equivalents",
                 "Full-time equivalents; below zero there are too few"},
    [FREM_DA] = {{"udbud, sammenlignet", "efterspørgsel, sammenlignet",
                  "udbud minus efterspørgsel, sammenlignet"},
                 "udbud minus efterspørgsel, forskel fra",
                 "Årsværk",
                 "Årsværk; under nul er der for få"},
};

static const char *const kinds[FREM_FIGURE_CUBE_GAP + 1] = {"compared-supply", "compared-demand",
                                                            "compared-gap"};

/** The scenarios and variants of a comparison. */
typedef struct sides {
    size_t n;
    frem_figure_cube *cubes;
    const char **names;
} sides;

/** The years of all cubes together. */
static void find_span(frem_maker *m, const sides *s) {
    int first = 0, end = 0;
    for (size_t i = 0; i < s->n; i++) {
        const frem_figure_cube *cube = &s->cubes[i];
        const int cube_end = cube->first_year + (int)cube->n_years;
        if (cube->n_years == 0)
            continue;
        first = end == 0 || cube->first_year < first ? cube->first_year : first;
        end = cube_end > end ? cube_end : end;
    }
    m->first_year = first;
    m->n_years = (size_t)(end - first);
}

static bool open_sides(frem_maker *m, sides *s, const char *statistic) {
    const frem_document *d = m->document;
    s->n = d->n_scenarios;
    s->cubes = frem_maker_alloc(m, s->n, sizeof *s->cubes);
    s->names = frem_maker_alloc(m, s->n, sizeof *s->names);
    for (size_t i = 0; i < s->n && m->status == FREM_OK; i++) {
        frem_text name = {0};
        m->status = frem_figure_cube_fill(&s->cubes[i], m->arena, frem_document_projections(d),
                                          d->scenarios[i].name, d->scenarios[i].variant, statistic);
        frem_add_told(&name, d, i, m->lang);
        s->names[i] = frem_maker_print(m, "%s", name.failed ? "" : name.bytes);
        if (name.failed)
            m->status = FREM_NO_MEMORY;
        frem_text_free(&name);
    }
    if (m->status == FREM_OK)
        find_span(m, s);
    return m->status == FREM_OK && m->n_years > 0;
}

/** The one group of regions that all have, else "all". */
static const char *shown_region(const frem_document *d) {
    for (size_t i = 0; i < d->n_scenarios; i++) {
        if (d->scenarios[i].n_groups != 1 ||
            strcmp(d->scenarios[i].groups[0], d->scenarios[0].groups[0]) != 0)
            return "all";
    }
    return d->n_scenarios > 0 ? d->scenarios[0].groups[0] : "all";
}

/** A side's series over the maker's years, less another's where one is given. @return NULL where it has none. */
static const double *series_of(frem_maker *m, const frem_figure_cube *cube, const double *less,
                               const char *key, frem_figure_cube_measure measure) {
    const double *own = frem_figure_cube_find(cube, m->region, key, measure);
    double *out = own != NULL ? frem_maker_alloc(m, m->n_years, sizeof *out) : NULL;
    for (size_t y = 0; out != NULL && y < m->n_years; y++) {
        const int at = m->first_year + (int)y - cube->first_year;
        const double value = at >= 0 && (size_t)at < cube->n_years ? own[at] : (double)NAN;
        out[y] = less != NULL ? value - less[y] : value;
    }
    return out;
}

static bool differs(const double *one, const double *other, size_t n) {
    for (size_t y = 0; y < n; y++) {
        if (fabs(one[y] - other[y]) > SAME)
            return true;
    }
    return false;
}

/** All sides of one measure. The first is in ink, the others have colours of their own. */
static void add_compared(frem_maker *m, const sides *s, const char *key, frem_figure_cube_measure measure) {
    frem_figure_line *lines = frem_maker_alloc(m, s->n, sizeof *lines);
    size_t n = 0;
    bool any = measure == FREM_FIGURE_CUBE_GAP;
    for (size_t i = 0; lines != NULL && i < s->n; i++) {
        const double *values = series_of(m, &s->cubes[i], NULL, key, measure);
        if (values == NULL)
            continue;
        lines[n++] = (frem_figure_line){s->names[i], values,
                                        i == 0 ? FREM_ROLE_INK : frem_role_of_series(i - 1), false};
        any = any || differs(lines[0].values, values, m->n_years);
    }
    if (n < 2 || !any)
        return;
    const frem_figure like = {
        .title =
            frem_maker_print(m, "%s: %s", frem_document_any_label(m->document, "profession", key, m->lang),
                             words[m->lang].compared[measure]),
        .scale = {.has_reference = measure == FREM_FIGURE_CUBE_GAP}};
    frem_maker_lines(m, lines, n, &like,
                     measure == FREM_FIGURE_CUBE_GAP ? words[m->lang].gap_unit : words[m->lang].fte,
                     kinds[measure], key);
}

/** How far the gaps are from the first one's. */
static void add_differences(frem_maker *m, const sides *s, const char *key) {
    const double *reference = series_of(m, &s->cubes[0], NULL, key, FREM_FIGURE_CUBE_GAP);
    frem_figure_line *lines = frem_maker_alloc(m, s->n, sizeof *lines);
    size_t n = 0;
    for (size_t i = 1; lines != NULL && reference != NULL && i < s->n; i++) {
        const double *values = series_of(m, &s->cubes[i], reference, key, FREM_FIGURE_CUBE_GAP);
        if (values != NULL)
            lines[n++] = (frem_figure_line){s->names[i], values, frem_role_of_series(i - 1), false};
    }
    if (n == 0)
        return;
    const frem_figure like = {
        .title =
            frem_maker_print(m, "%s: %s %s", frem_document_any_label(m->document, "profession", key, m->lang),
                             words[m->lang].difference, s->names[0]),
        .scale = {.has_reference = true}};
    frem_maker_lines(m, lines, n, &like, words[m->lang].fte, "difference-gap", key);
}

frem_status frem_figures_compare(frem_figures *figures, const frem_document *document, frem_lang lang,
                                 frem_index *taken, frem_arena *arena) {
    const frem_frame *projections = frem_document_projections(document);
    frem_maker m = {.figures = figures,
                    .document = document,
                    .told = document->scenarios,
                    .lang = lang,
                    .taken = taken,
                    .arena = arena,
                    .region = shown_region(document),
                    .compares = true};
    sides s = {0};
    if (!open_sides(&m, &s, frem_figure_cube_has_statistic(projections, "point") ? "point" : "p50"))
        return m.status;
    m.source = frem_maker_source(&m);
    const size_t column = (size_t)frem_frame_column(projections, "profession");
    for (size_t p = 0; p < frem_frame_labels(projections, column) && m.status == FREM_OK; p++) {
        const char *key = frem_frame_label_text(projections, column, (uint32_t)p);
        if (strcmp(key, "all") == 0)
            continue;
        for (size_t measure = FREM_FIGURE_CUBE_SUPPLY; measure <= FREM_FIGURE_CUBE_GAP; measure++)
            add_compared(&m, &s, key, (frem_figure_cube_measure)measure);
        add_differences(&m, &s, key);
    }
    return m.status;
}
