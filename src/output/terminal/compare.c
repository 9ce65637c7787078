/* The short table of a comparison: supply, demand and gap of both sides by profession, and the difference. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "frame/columns.h"
#include "frame/measures.h"
#include "output/terminal/years.h"
#include "output/text.h"
#include "output/write.h"

enum { GAP = 2 };

typedef enum measure { SUPPLY, DEMAND, WITHOUT, BALANCE, SHORTAGE, MEASURES } measure;
static const char *const measure_keys[MEASURES] = {"supply", "demand", "demand_without_supply", "gap",
                                                   "shortage"};

/* Rows under a measure; of the table's columns of the same order. */
typedef enum line { VALUE, REFERENCE, DIFFERENCE, PERCENT, LINES } line;
static const char *const line_columns[LINES] = {"value", "reference", "difference", "percent"};
/* The reference stands first. */
static const line line_order[LINES] = {REFERENCE, VALUE, DIFFERENCE, PERCENT};

static const struct {
    const char *with, *difference, *percent, *sign, *note;
} words[FREM_LANG_COUNT] = {
    [FREM_EN] = {"compared with", "Difference", "Per cent", "%", "Note"},
    [FREM_DA] = {"sammenlignet med", "Forskel", "Procent", " %", "Bemærk"},
};

/* The table by column. */
typedef struct view {
    const frem_document *document;
    frem_lang lang;
    size_t width;
    const uint32_t *scenario, *variant, *region, *profession, *sector, *measure, *statistic;
    const int32_t *year;
    const double *numbers[LINES];
} view;

/* What is shown of one scenario or variant. */
typedef struct block {
    const frem_told *told, *reference;
    const char *region;
    const char *labels[LINES];
    size_t *rows; /* of the table */
    size_t n_rows, capacity;
    frem_terminal_years years;
    size_t names, cells; /* columns that the labels and the numbers take */
} block;

static bool open_view(view *v) {
    const frem_frame *frame = v->document->results;
    const struct {
        const char *name;
        const uint32_t **codes;
    } labels[] = {{"scenario", &v->scenario},     {"variant", &v->variant}, {"region", &v->region},
                  {"profession", &v->profession}, {"sector", &v->sector},   {"measure", &v->measure},
                  {"statistic", &v->statistic}};
    v->year = frem_column_wholes(frame, "year");
    bool good = v->year != NULL;
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        *labels[i].codes = frem_column_codes(frame, labels[i].name);
        good = good && *labels[i].codes != NULL;
    }
    for (size_t i = 0; i < LINES; i++) {
        v->numbers[i] = frem_column_numbers(frame, line_columns[i]);
        good = good && v->numbers[i] != NULL;
    }
    return good;
}

static const char *key_at(const view *v, const char *column, uint32_t code) {
    return frem_column_label(v->document->results, column, code);
}

static bool has_key(const view *v, const char *column, const uint32_t *codes, size_t row, const char *key) {
    return strcmp(key_at(v, column, codes[row]), key) == 0;
}

/* The place of a row's measure among those that are shown, or MEASURES. */
static measure measure_at(const view *v, size_t row) {
    size_t m = 0;
    while (m < MEASURES && !has_key(v, "measure", v->measure, row, measure_keys[m]))
        m++;
    return (measure)m;
}

/* Of all professions together no gap is shown, which would set the surplus of one against the shortage of another, but
 * the sum of their shortages. */
static bool is_told(const view *v, size_t row) {
    const measure m = measure_at(v, row);
    const bool all = has_key(v, "profession", v->profession, row, "all");
    return m != MEASURES && (all ? m != BALANCE : m != SHORTAGE && m != WITHOUT);
}

static bool is_shown(const view *v, const block *b, size_t row) {
    return is_told(v, row) && has_key(v, "region", v->region, row, b->region) &&
           has_key(v, "sector", v->sector, row, "all") && has_key(v, "statistic", v->statistic, row, "point");
}

static frem_status fill(const view *v, block *b, size_t first, size_t end) {
    frem_status status = FREM_OK;
    for (size_t row = first; row < end && status == FREM_OK; row++) {
        if (!is_shown(v, b, row))
            continue;
        void *rows = b->rows;
        status = frem_grow(&rows, &b->capacity, b->n_rows, sizeof *b->rows);
        b->rows = rows;
        if (status != FREM_OK)
            break;
        b->rows[b->n_rows++] = row;
        status = frem_terminal_years_add(&b->years, v->year[row]);
    }
    return status;
}

/* Leaves the years that matter, as far as there is room. */
static void choose_years(const view *v, block *b) {
    frem_terminal_years_choose(&b->years, b->told->base_year);
    while (b->years.n > 2 && b->names + b->years.n * (b->cells + GAP) > v->width)
        frem_terminal_years_remove(&b->years, (b->years.n - 1) / 2);
}

static double number_at(const view *v, const block *b, uint32_t profession, measure m, line l, int32_t year) {
    for (size_t i = 0; i < b->n_rows; i++) {
        size_t row = b->rows[i];
        if (v->profession[row] == profession && v->year[row] == year && measure_at(v, row) == m)
            return v->numbers[l][row];
    }
    return (double)NAN;
}

static void add_cell(frem_text *out, const view *v, double number, line l) {
    char fixed[FREM_FIXED_MAX];
    if (isnan(number)) {
        frem_text_add(out, "-");
        return;
    }
    (void)frem_number_fixed(fixed, number, l == PERCENT ? 1 : 0);
    if ((l == DIFFERENCE || l == PERCENT) && fixed[0] != '-' && strspn(fixed, "0.") != strlen(fixed))
        frem_text_add(out, "+");
    frem_add_grouped(out, fixed, v->lang);
    if (l == PERCENT)
        frem_text_add(out, words[v->lang].sign);
}

/* Columns that the numbers take; a year takes four. */
static size_t cells_width(const view *v, const block *b) {
    size_t width = 4;
    for (size_t i = 0; i < b->n_rows; i++) {
        for (size_t l = 0; l < LINES; l++) {
            frem_text text = {0};
            add_cell(&text, v, v->numbers[l][b->rows[i]], (line)l);
            size_t needs = text.failed ? 0 : frem_utf8_width(text.bytes, text.length);
            width = needs > width ? needs : width;
            frem_text_free(&text);
        }
    }
    return width;
}

static const char *label_of(const view *v, const frem_told *told, const char *column, const char *key) {
    return frem_document_label(v->document, told->name, column, key, v->lang);
}

/* How a side is called in a line: by its scenario, or by its variant where both are of one scenario. */
static const char *line_label(const view *v, const block *b, const frem_told *told) {
    return strcmp(b->told->name, b->reference->name) == 0 ? label_of(v, told, "variant", told->variant)
                                                          : told->name;
}

static void add_title_of(frem_text *out, const view *v, const frem_told *told) {
    frem_add_label(out, told->title.text[v->lang]);
    if (strcmp(told->variant, "base") == 0)
        return;
    frem_text_add(out, " · ");
    frem_add_label(out, label_of(v, told, "variant", told->variant));
}

/* The area; of two scenarios whose areas are called otherwise, both. */
static void add_areas(frem_text *out, const view *v, const block *b) {
    frem_text reference = {0};
    const size_t start = out->length;
    frem_add_area(out, v->document, b->told, b->region, v->lang);
    frem_add_area(&reference, v->document, b->reference, b->region, v->lang);
    out->failed = out->failed || reference.failed;
    if (!out->failed && reference.length > 0 && strcmp(out->bytes + start, reference.bytes) != 0) {
        frem_text_print(out, " (%s: ", words[v->lang].with);
        frem_text_add(out, reference.bytes + strlen(" · "));
        frem_text_add(out, ")");
    }
    frem_text_free(&reference);
}

static void add_title(frem_text *out, const view *v, const block *b) {
    frem_text title = {0};
    add_title_of(&title, v, b->told);
    frem_text_print(&title, " · %s: ", words[v->lang].with);
    add_title_of(&title, v, b->reference);
    add_areas(&title, v, b);
    frem_text_add(&title, " · ");
    frem_add_label(&title, label_of(v, b->told, "unit", "fte"));
    out->failed = out->failed || title.failed;
    frem_add_wrapped(out, &title, v->width, 2);
    frem_text_free(&title);
}

/* A label behind blanks, filled up to where the numbers begin. */
static void add_name(frem_text *out, const block *b, size_t indent, const char *label) {
    size_t start = out->length;
    frem_add_blanks(out, indent);
    frem_add_label(out, label);
    if (out->failed)
        return;
    size_t used = frem_utf8_width(out->bytes + start, out->length - start);
    frem_add_blanks(out, used < b->names ? b->names - used : 0);
}

static void add_measure(frem_text *out, const view *v, const block *b, uint32_t profession, measure m) {
    bool any = false;
    for (size_t i = 0; i < b->n_rows && !any; i++)
        any = v->profession[b->rows[i]] == profession && measure_at(v, b->rows[i]) == m;
    if (!any)
        return;
    frem_text_add(out, "  ");
    frem_add_label(out, label_of(v, b->told, "measure", measure_keys[m]));
    frem_text_add(out, "\n");
    for (size_t i = 0; i < LINES; i++) {
        line l = line_order[i];
        if (l == PERCENT && !frem_measure_has_percent(measure_keys[m]))
            continue;
        add_name(out, b, 4, b->labels[l]);
        for (size_t y = 0; y < b->years.n; y++) {
            frem_text cell = {0};
            add_cell(&cell, v, number_at(v, b, profession, m, l, b->years.at[y]), l);
            out->failed = out->failed || cell.failed;
            frem_add_right(out, cell.failed ? "" : cell.bytes, b->cells + GAP);
            frem_text_free(&cell);
        }
        frem_text_add(out, "\n");
    }
}

static void add_professions(frem_text *out, const view *v, const block *b) {
    for (size_t i = 0; i < b->n_rows; i++) {
        uint32_t profession = v->profession[b->rows[i]];
        bool known = false;
        for (size_t k = 0; k < i && !known; k++)
            known = v->profession[b->rows[k]] == profession;
        if (known)
            continue;
        const char *key = key_at(v, "profession", profession);
        const char *label = label_of(v, b->told, "profession", key);
        /* The reference may be the only one that has it. */
        frem_add_label(out, label == key ? label_of(v, b->reference, "profession", key) : label);
        frem_text_add(out, "\n");
        for (size_t m = 0; m < MEASURES; m++)
            add_measure(out, v, b, profession, (measure)m);
    }
}

static void add_block(frem_text *out, const view *v, block *b) {
    b->labels[VALUE] = line_label(v, b, b->told);
    b->labels[REFERENCE] = line_label(v, b, b->reference);
    b->labels[DIFFERENCE] = words[v->lang].difference;
    b->labels[PERCENT] = words[v->lang].percent;
    for (size_t l = 0; l < LINES; l++) {
        size_t needs = 4 + frem_utf8_width(b->labels[l], strlen(b->labels[l]));
        b->names = needs > b->names ? needs : b->names;
    }
    b->cells = cells_width(v, b);
    choose_years(v, b);
    if (out->length > 0)
        frem_text_add(out, "\n");
    add_title(out, v, b);
    frem_add_blanks(out, b->names);
    for (size_t y = 0; y < b->years.n; y++) {
        char year[16];
        (void)frem_number_fixed(year, b->years.at[y], 0);
        frem_add_right(out, year, b->cells + GAP);
    }
    frem_text_add(out, "\n");
    add_professions(out, v, b);
}

static void add_notes(frem_text *out, const view *v, const frem_told *told) {
    for (size_t i = 0; i < v->document->n_notes; i++) {
        const frem_note *note = &v->document->notes[i];
        if (strcmp(note->kind, "compared") != 0 || strcmp(note->scenario, told->name) != 0)
            continue;
        frem_text paragraph = {0};
        frem_text_print(&paragraph, "%s: ", words[v->lang].note);
        frem_add_label(&paragraph, note->text.text[v->lang]);
        out->failed = out->failed || paragraph.failed;
        frem_add_wrapped(out, &paragraph, v->width, 2);
        frem_text_free(&paragraph);
    }
}

static const frem_told *told_of(const view *v, size_t row) {
    for (size_t i = 0; i < v->document->n_scenarios; i++) {
        const frem_told *told = &v->document->scenarios[i];
        if (has_key(v, "scenario", v->scenario, row, told->name) &&
            has_key(v, "variant", v->variant, row, told->variant))
            return told;
    }
    return NULL;
}

frem_status frem_write_comparison(const frem_document *document, frem_lang lang, size_t width,
                                  frem_text *out) {
    view v = {.document = document, .lang = lang, .width = width};
    size_t n = frem_frame_rows(document->results);
    if (!open_view(&v))
        return FREM_DEFECT;
    frem_status status = FREM_OK;
    for (size_t first = 0, end = 0; first < n && status == FREM_OK; first = end) {
        while (end < n && v.scenario[end] == v.scenario[first] && v.variant[end] == v.variant[first])
            end++;
        block b = {.told = told_of(&v, first), .reference = &document->scenarios[0]};
        if (b.told == NULL)
            return FREM_DEFECT;
        /* Several groups, such as the country's KKR, are shown together. */
        const char *own = frem_document_region(document, b.told);
        b.region = strcmp(own, frem_document_region(document, b.reference)) == 0 ? own : "all";
        status = fill(&v, &b, first, end);
        if (status == FREM_OK && b.n_rows > 0)
            add_block(out, &v, &b);
        if (status == FREM_OK)
            add_notes(out, &v, b.told);
        free(b.rows);
        free(b.years.at);
    }
    if (status == FREM_OK)
        frem_add_first_gaps(out, document, lang, width);
    return status == FREM_OK && out->failed ? FREM_NO_MEMORY : status;
}
