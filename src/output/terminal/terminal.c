#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/locale.h"
#include "frame/columns.h"
#include "frame/projected.h"
#include "output/terminal/table.h"
#include "output/text.h"
#include "output/write.h"

/** Blanks before a measure's name. */
#define MEASURE_INDENT 2

/** The measures of the table, for every profession, where none are chosen. */
static const frem_measure_id usual[] = {FREM_M_SUPPLY, FREM_M_DEMAND,   FREM_M_DEMAND_WITHOUT,
                                        FREM_M_GAP,    FREM_M_SHORTAGE, FREM_M_COVERAGE};
enum { USUAL = sizeof usual / sizeof *usual };

/** What is shown of an uncertain gap beside its middle. */
static const struct {
    const char *statistic;
    frem_word name;
    bool chance;
} beside[] = {{"p05", FREM_W_TERMINAL_LOW, false},
              {"p95", FREM_W_TERMINAL_HIGH, false},
              {"p_short", FREM_W_TERMINAL_CHANCE, true}};
enum { BESIDE = sizeof beside / sizeof *beside };

/** The results. */
typedef struct view {
    const frem_document *document;
    frem_lang lang;
    size_t width;
    frem_text *out;
    frem_measure_id shown[FREM_M_COUNT]; /**< the measures of the table */
    size_t n_shown;
    bool has_shortage; /**< whether a shortage was shown that other regions' surplus could have hidden */
    frem_projected projected;
    frem_projected beside[BESIDE]; /**< without curves where nothing is uncertain */
} view;

/** What is shown of one variant of one scenario. */
typedef struct block {
    const frem_run *run;
    size_t place; /**< of run in the document */
    size_t region;
    frem_terminal_years years;
    uint32_t *professions; /**< in the order of the results */
    size_t n_professions;
} block;

/** A row of the table, for its cells. */
typedef struct row {
    const view *v;
    const double *values; /**< over the years of the projections; NULL for none */
    frem_measure_id measure;
    bool chance; /**< a share of draws, of whatever measure */
} row;

static row row_of(const view *v, const block *b, uint32_t profession, frem_measure_id measure) {
    return (row){v, frem_projected_at(&v->projected, b->place, b->region, profession, measure), measure,
                 false};
}

/** The k-th of what is shown beside a gap. */
static row row_beside(const view *v, const block *b, uint32_t profession, size_t k) {
    const double *values = v->beside[k].n_years > 0
                               ? frem_projected_at(&v->beside[k], b->place, b->region, profession, FREM_M_GAP)
                               : NULL;
    return (row){v, values, FREM_M_GAP, beside[k].chance};
}

/** Collects the professions that have any of the measures, and their years. */
static frem_status fill_block(const view *v, block *b) {
    size_t n = 0;
    const uint32_t *professions = frem_projected_codes(&v->projected.professions, b->place, &n);
    frem_status status = FREM_OK;
    b->professions = calloc(n + 1, sizeof *b->professions);
    if (b->professions == NULL)
        return FREM_NO_MEMORY;
    for (size_t p = 0; p < n; p++) {
        bool any = false;
        for (size_t m = 0; m < v->n_shown; m++) {
            const row r = row_of(v, b, professions[p], v->shown[m]);
            any = any || r.values != NULL;
            for (size_t y = 0; r.values != NULL && y < v->projected.n_years && status == FREM_OK; y++) {
                if (!isnan(r.values[y]))
                    status = frem_terminal_years_add(&b->years, v->projected.first_year + (int32_t)y);
            }
        }
        if (any)
            b->professions[b->n_professions++] = professions[p];
    }
    return status;
}

/** A cell: whole persons or FTE, a coverage in per cent with one decimal, '-' where the results have none. */
/** A chance as whole per cent; one that hardly any draw has, or nearly every one, is no certainty. */
static void add_chance(frem_text *out, double chance, frem_lang lang) {
    frem_text_add(out, chance < 0.005 ? "<" : chance > 0.995 ? ">" : "");
    frem_locale_percent(out, fmin(fmax(chance, 0.01), 0.99), 0, lang);
}

static void add_cell(frem_text *out, const void *context, int32_t year) {
    const row *r = context;
    const double value = r->values != NULL ? r->values[year - r->v->projected.first_year] : (double)NAN;
    if (isnan(value))
        frem_text_add(out, "-");
    else if (r->chance)
        add_chance(out, value, r->v->lang);
    else if (strcmp(frem_measures[r->measure].unit, "ratio") == 0)
        frem_locale_percent(out, value, 1, r->v->lang);
    else if (strcmp(frem_measures[r->measure].unit, "children") == 0)
        frem_locale_number(out, value, 1, r->v->lang);
    else
        frem_locale_number(out, value, 0, r->v->lang);
}

static const char *profession_key(const view *v, uint32_t profession) {
    return frem_column_label(v->projected.frame, "profession", profession);
}

/** Which rows are shown of a profession. Of all together there is no gap: it would set the surplus of one against the
 *  shortage of another. Their shortage is the sum of that of each, which is shown with it. */
static bool has_row(const view *v, const block *b, uint32_t profession, frem_measure_id m) {
    const bool all = strcmp(profession_key(v, profession), "all") == 0;
    if (all ? frem_measures[m].nets
            : frem_measures[m].of_all_alone ||
                  (m == FREM_M_SHORTAGE && b->n_professions == 1 && !v->document->chosen.measures))
        return false;
    return row_of(v, b, profession, m).values != NULL;
}

/** What a measure is called; with its unit where that is not the one of the title, and no per cent. */
static void add_measure(frem_text *out, const view *v, const block *b, frem_measure_id m, size_t names) {
    const char *unit = frem_measures[m].unit, *scenario = b->run->name;
    frem_text name = {0};
    frem_text_add(&name,
                  frem_document_label(v->document, scenario, "measure", frem_measures[m].name, v->lang));
    if (strcmp(unit, frem_measures[FREM_M_SUPPLY].unit) != 0 && strcmp(unit, "ratio") != 0)
        frem_text_print(&name, ", %s", frem_document_label(v->document, scenario, "unit", unit, v->lang));
    out->failed = out->failed || name.failed;
    frem_terminal_name(out, names, MEASURE_INDENT, name.failed ? "" : name.bytes);
    frem_text_free(&name);
}

/** Columns that the measures' names take. */
static size_t measure_width(const view *v, const block *b) {
    size_t width = 0;
    for (size_t m = 0; m < v->n_shown; m++) {
        frem_text text = {0};
        /* The usual rows take their room in every variant, so that one can be read below the other. */
        bool any = !v->document->chosen.measures && v->shown[m] != FREM_M_DEMAND_WITHOUT &&
                   v->shown[m] != FREM_M_SHORTAGE;
        for (size_t p = 0; p < b->n_professions; p++)
            any = any || has_row(v, b, b->professions[p], v->shown[m]);
        if (!any)
            continue;
        add_measure(&text, v, b, v->shown[m], 0);
        const size_t needs = frem_text_measured(&text, v->out);
        width = needs > width ? needs : width;
    }
    for (size_t k = 0; k < BESIDE && v->beside[0].n_years > 0; k++) {
        const char *name = frem_word_text(beside[k].name, v->lang);
        const size_t needs = 2 * MEASURE_INDENT + frem_utf8_width(name, strlen(name));
        width = needs > width ? needs : width;
    }
    return width;
}

/** Columns that the widest cell takes; a year takes four. */
static size_t cell_width(const view *v, const block *b) {
    size_t width = 4;
    for (size_t p = 0; p < b->n_professions; p++) {
        for (size_t m = 0; m < v->n_shown; m++) {
            const row r = row_of(v, b, b->professions[p], v->shown[m]);
            if (has_row(v, b, b->professions[p], v->shown[m]))
                width = frem_terminal_widest(&b->years, add_cell, &r, width, v->out);
        }
        for (size_t k = 0; k < BESIDE; k++) {
            const row r = row_beside(v, b, b->professions[p], k);
            if (r.values != NULL && has_row(v, b, b->professions[p], FREM_M_GAP))
                width = frem_terminal_widest(&b->years, add_cell, &r, width, v->out);
        }
    }
    return width;
}

/** Scenario, variant, base year, region, unit. */
static void add_title(frem_text *out, const view *v, const block *b) {
    frem_text title = {0};
    frem_add_label(&title, b->run->title.text[v->lang]);
    if (strcmp(b->run->variant, "base") != 0) {
        frem_text_add(&title, " · ");
        frem_add_label(&title,
                       frem_document_label(v->document, b->run->name, "variant", b->run->variant, v->lang));
    }
    frem_add_area(&title, v->document, b->run,
                  frem_column_label(v->projected.frame, "region", (uint32_t)b->region), v->lang);
    frem_text_print(&title, " · %s %d · ", frem_word_text(FREM_W_BASE_YEAR, v->lang), b->run->base_year);
    frem_add_label(&title, frem_document_label(v->document, b->run->name, "unit",
                                               frem_measures[FREM_M_SUPPLY].unit, v->lang));
    out->failed = out->failed || title.failed;
    frem_add_wrapped(out, &title, v->width, 2);
    frem_text_free(&title);
}

static void add_profession_name(frem_text *out, const view *v, const block *b, uint32_t profession) {
    const char *key = profession_key(v, profession);
    const char *label = frem_document_label(v->document, b->run->name, "profession", key, v->lang);
    frem_text name = {0};
    /* "all" without a label of its own is not a word for people */
    frem_add_label(&name, label == key && strcmp(key, "all") == 0
                              ? frem_word_text(FREM_W_ALL_PROFESSIONS, v->lang)
                              : label);
    out->failed = out->failed || name.failed;
    frem_add_wrapped(out, &name, v->width, 2);
    frem_text_free(&name);
}

/** Makes the columns of a scenario's variants fit each other and the terminal, so that one can be read below the
 *  other. @return the columns that a cell takes. */
static size_t fit_cells(const view *v, block *blocks, size_t n) {
    size_t cells;
    for (bool fits = false; !fits;) {
        cells = 0;
        fits = true;
        for (size_t i = 0; i < n; i++) {
            const size_t needs = cell_width(v, &blocks[i]);
            cells = needs > cells ? needs : cells;
        }
        for (size_t i = 0; i < n; i++)
            fits = frem_terminal_fit(&blocks[i].years, measure_width(v, &blocks[i]), cells, v->width) && fits;
    }
    return cells;
}

static void add_beside(frem_text *out, const view *v, const block *b, uint32_t profession, size_t names,
                       size_t cells) {
    for (size_t k = 0; k < BESIDE; k++) {
        const row r = row_beside(v, b, profession, k);
        if (r.values == NULL)
            continue;
        frem_terminal_name(out, names, 2 * MEASURE_INDENT, frem_word_text(beside[k].name, v->lang));
        frem_terminal_cells(out, &b->years, cells, add_cell, &r);
    }
}

static void add_block(frem_text *out, view *v, const block *b, size_t cells) {
    const size_t names = measure_width(v, b);
    if (out->length > 0)
        frem_text_add(out, "\n");
    add_title(out, v, b);
    frem_add_blanks(out, names);
    frem_terminal_heads(out, &b->years, cells);
    for (size_t p = 0; p < b->n_professions; p++) {
        bool named = false;
        for (size_t m = 0; m < v->n_shown; m++) {
            const row r = row_of(v, b, b->professions[p], v->shown[m]);
            if (!has_row(v, b, b->professions[p], v->shown[m]))
                continue;
            if (!named)
                add_profession_name(out, v, b, b->professions[p]);
            named = true;
            v->has_shortage = v->has_shortage || v->shown[m] == FREM_M_SHORTAGE;
            add_measure(out, v, b, v->shown[m], names);
            frem_terminal_cells(out, &b->years, cells, add_cell, &r);
            if (v->shown[m] == FREM_M_GAP)
                add_beside(out, v, b, b->professions[p], names, cells);
        }
    }
}

/** One region of some runs of one scenario. */
static frem_status add_region(frem_text *out, view *v, size_t first, size_t end, size_t region) {
    frem_status status = FREM_OK;
    block *blocks = calloc(end - first, sizeof *blocks);
    if (blocks == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < end - first && status == FREM_OK; i++) {
        const frem_run *run = &v->document->scenarios[first + i];
        blocks[i] = (block){.run = run, .place = first + i, .region = region};
        status = fill_block(v, &blocks[i]);
        if (!v->document->chosen.years)
            frem_terminal_years_choose(&blocks[i].years, run->base_year);
    }
    const size_t cells = status == FREM_OK ? fit_cells(v, blocks, end - first) : 0;
    for (size_t i = 0; i < end - first; i++) {
        if (status == FREM_OK && blocks[i].n_professions > 0)
            add_block(out, v, &blocks[i], cells);
        free(blocks[i].years.at);
        free(blocks[i].professions);
    }
    free(blocks);
    return status;
}

/** One scenario and its variants: runs `first` to `end` - 1. */
static frem_status add_scenario(frem_text *out, view *v, size_t first, size_t end) {
    size_t n = 0;
    const uint32_t *regions = frem_projected_codes(&v->projected.regions, first, &n);
    frem_status status = FREM_OK;
    if (!v->document->chosen.regions) /* several groups, such as the country's KKR, are shown together */
        return add_region(out, v, first, end, frem_projected_region_code(&v->projected, first));
    for (size_t i = 0; i < n && status == FREM_OK; i++)
        status = add_region(out, v, first, end, regions[i]);
    return status;
}

static void add_paragraph(frem_text *out, const view *v, frem_text *paragraph) {
    out->failed = out->failed || paragraph->failed;
    if (out->length > 0)
        frem_text_add(out, "\n");
    frem_add_wrapped(out, paragraph, v->width, 2);
    frem_text_free(paragraph);
}

/** Notes below the tables: the level that gaps are counted from, supply that is not only the employed, interpolated ages,
 *  and that figures of single regions are split by keys. The manifest lists those figures with their keys. */
static void add_notes(frem_text *out, const view *v) {
    frem_text paragraph = {0};
    size_t n = 0;
    if (v->has_shortage) {
        frem_text_print(&paragraph, "%s%s", frem_word_text(FREM_W_NOTE, v->lang),
                        frem_word_text(FREM_W_TERMINAL_SHORTAGE, v->lang));
        add_paragraph(out, v, &paragraph);
    }
    frem_add_first_gaps(out, v->document, v->lang, v->width);
    for (size_t i = 0; i < v->document->n_notes; i++) {
        const frem_note *note = &v->document->notes[i];
        n += strcmp(note->kind, "split-by-key") == 0;
        if (strcmp(note->kind, "labour-force") != 0 && strcmp(note->kind, "interpolated-ages") != 0 &&
            strcmp(note->kind, "feedback") != 0)
            continue;
        frem_text_print(&paragraph, "%s", frem_word_text(FREM_W_NOTE, v->lang));
        frem_add_label(&paragraph, note->text.text[v->lang]);
        add_paragraph(out, v, &paragraph);
    }
    if (n == 0)
        return;
    frem_text_print(&paragraph, "%s%zu%s", frem_word_text(FREM_W_NOTE, v->lang), n,
                    n == 1 ? frem_word_text(FREM_W_TERMINAL_SPLIT_ONE, v->lang)
                           : frem_word_text(FREM_W_TERMINAL_SPLIT_MANY, v->lang));
    add_paragraph(out, v, &paragraph);
}

frem_status frem_write_terminal(const frem_document *document, frem_lang lang, size_t width, frem_text *out) {
    view v = {.document = document, .lang = lang, .width = width, .out = out};
    v.n_shown = document->chosen.measures ? FREM_M_COUNT : USUAL;
    for (size_t m = 0; m < v.n_shown; m++)
        v.shown[m] = document->chosen.measures ? (frem_measure_id)m : usual[m];
    const char *statistic = frem_projected_statistic(frem_document_projections(document));
    frem_status status = frem_projected_open(&v.projected, document, statistic);
    for (size_t k = 0; k < BESIDE && strcmp(statistic, "p50") == 0 && status == FREM_OK; k++)
        status = frem_projected_open(&v.beside[k], document, beside[k].statistic);
    for (size_t first = 0, end; first < document->n_scenarios && status == FREM_OK; first = end) {
        for (end = first + 1; end < document->n_scenarios && !frem_document_first(document, end);)
            end++;
        status = add_scenario(out, &v, first, end);
    }
    frem_projected_close(&v.projected);
    for (size_t k = 0; k < BESIDE; k++)
        frem_projected_close(&v.beside[k]);
    if (status == FREM_OK)
        add_notes(out, &v);
    return status == FREM_OK && out->failed ? FREM_NO_MEMORY : status;
}
