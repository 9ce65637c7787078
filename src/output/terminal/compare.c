/* The short table of a comparison: supply, demand and gap of both sides by profession, and the difference. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/locale.h"
#include "base/number.h"
#include "frame/columns.h"
#include "frame/projected.h"
#include "output/terminal/table.h"
#include "output/text.h"
#include "output/write.h"

/* The measures that are shown. */
static const frem_measure_id shown[] = {FREM_M_SUPPLY, FREM_M_DEMAND, FREM_M_DEMAND_WITHOUT, FREM_M_GAP,
                                        FREM_M_SHORTAGE};
enum { SHOWN = sizeof shown / sizeof *shown };

/* Rows under a measure; of the table's columns of the same order. */
typedef enum line { VALUE, REFERENCE, DIFFERENCE, PERCENT, LINES } line;
static const char *const line_columns[LINES] = {"value", "reference", "difference", "percent"};
/* The reference is the first line. */
static const line line_order[LINES] = {REFERENCE, VALUE, DIFFERENCE, PERCENT};

/* The table. */
typedef struct view {
    const frem_document *document;
    frem_lang lang;
    size_t width;
    frem_text *out;
    frem_projected projected; /* the values are places of rows */
    const double *numbers[LINES];
} view;

/* What is shown of one scenario or variant. */
typedef struct block {
    const frem_run *run, *reference;
    size_t place; /* of run in the document */
    const char *region;
    const char *labels[LINES];
    frem_terminal_years years;
    size_t names, cells; /* columns that the labels and the numbers take */
} block;

/* A row of the terminal's table, for its cells. */
typedef struct row {
    const view *v;
    const double *places; /* over the years; NULL for none */
    line l;
} row;

/* Of all professions together no gap is shown, which would set the surplus of one against the shortage of another, but
 * the sum of their shortages. */
static bool is_shown(const view *v, uint32_t profession, frem_measure_id m) {
    const bool all = strcmp(frem_column_label(v->projected.frame, "profession", profession), "all") == 0;
    return all ? !frem_measures[m].nets : m != FREM_M_SHORTAGE && !frem_measures[m].of_all_alone;
}

static row row_of(const view *v, const block *b, uint32_t profession, frem_measure_id m, line l) {
    const ptrdiff_t region = frem_column_code(v->projected.frame, "region", b->region);
    const bool present = region >= 0 && is_shown(v, profession, m);
    return (row){
        v, present ? frem_projected_at(&v->projected, b->place, (size_t)region, profession, m) : NULL, l};
}

static void add_cell(frem_text *out, const void *context, int32_t year) {
    const row *r = context;
    const double place = r->places[year - r->v->projected.first_year];
    const double number = isnan(place) ? (double)NAN : r->v->numbers[r->l][(size_t)place];
    char fixed[FREM_FIXED_MAX];
    if (isnan(number)) {
        frem_text_add(out, "-");
        return;
    }
    (void)frem_number_fixed(fixed, number, r->l == PERCENT ? 1 : 0);
    if ((r->l == DIFFERENCE || r->l == PERCENT) && fixed[0] != '-' && strspn(fixed, "0.") != strlen(fixed))
        frem_text_add(out, "+");
    frem_locale_add(out, fixed, r->v->lang);
    if (r->l == PERCENT)
        frem_text_add(out, frem_word_text(FREM_W_PERCENT_SIGN, r->v->lang));
}

/* Finds the years, and the columns that the numbers take; a year takes four. */
static frem_status measure(const view *v, block *b) {
    size_t n = 0;
    const uint32_t *professions = frem_projected_codes(&v->projected.professions, b->place, &n);
    frem_status status = FREM_OK;
    b->cells = 4;
    for (size_t i = 0; i < n * SHOWN; i++) {
        row r = row_of(v, b, professions[i / SHOWN], shown[i % SHOWN], VALUE);
        for (size_t y = 0; r.places != NULL && y < v->projected.n_years && status == FREM_OK; y++) {
            if (!isnan(r.places[y]))
                status = frem_terminal_years_add(&b->years, v->projected.first_year + (int32_t)y);
        }
    }
    for (size_t i = 0; i < n * SHOWN * LINES && status == FREM_OK; i++) {
        const row r =
            row_of(v, b, professions[i / (SHOWN * LINES)], shown[i / LINES % SHOWN], (line)(i % LINES));
        if (r.places != NULL)
            b->cells = frem_terminal_widest(&b->years, add_cell, &r, b->cells, v->out);
    }
    return status;
}

static const char *label_of(const view *v, const frem_run *run, const char *column, const char *key) {
    return frem_document_label(v->document, run->name, column, key, v->lang);
}

/* How a side is called in a line: by its scenario, or by its variant where both are of one scenario. */
static const char *line_label(const view *v, const block *b, const frem_run *run) {
    return strcmp(b->run->name, b->reference->name) == 0 ? label_of(v, run, "variant", run->variant)
                                                         : run->name;
}

static void add_title_of(frem_text *out, const view *v, const frem_run *run) {
    frem_add_label(out, run->title.text[v->lang]);
    if (strcmp(run->variant, "base") == 0)
        return;
    frem_text_add(out, " · ");
    frem_add_label(out, label_of(v, run, "variant", run->variant));
}

/* The area; of two scenarios whose areas are called otherwise, both. */
static void add_areas(frem_text *out, const view *v, const block *b) {
    frem_text reference = {0};
    const size_t start = out->length;
    frem_add_area(out, v->document, b->run, b->region, v->lang);
    frem_add_area(&reference, v->document, b->reference, b->region, v->lang);
    out->failed = out->failed || reference.failed;
    if (!out->failed && reference.length > 0 && strcmp(out->bytes + start, reference.bytes) != 0) {
        frem_text_print(out, " (%s: ", frem_word_text(FREM_W_COMPARED_WITH, v->lang));
        frem_text_add(out, reference.bytes + strlen(" · "));
        frem_text_add(out, ")");
    }
    frem_text_free(&reference);
}

static void add_title(frem_text *out, const view *v, const block *b) {
    frem_text title = {0};
    add_title_of(&title, v, b->run);
    frem_text_print(&title, " · %s: ", frem_word_text(FREM_W_COMPARED_WITH, v->lang));
    add_title_of(&title, v, b->reference);
    add_areas(&title, v, b);
    frem_text_add(&title, " · ");
    frem_add_label(&title, label_of(v, b->run, "unit", "fte"));
    out->failed = out->failed || title.failed;
    frem_add_wrapped(out, &title, v->width, 2);
    frem_text_free(&title);
}

static void add_measure(frem_text *out, const view *v, const block *b, uint32_t profession,
                        frem_measure_id m) {
    row r = row_of(v, b, profession, m, VALUE);
    if (r.places == NULL)
        return;
    frem_text_add(out, "  ");
    frem_add_label(out, label_of(v, b->run, "measure", frem_measures[m].name));
    frem_text_add(out, "\n");
    for (size_t i = 0; i < LINES; i++) {
        r.l = line_order[i];
        if (r.l == PERCENT && !frem_measure_has_percent(frem_measures[m].name))
            continue;
        frem_terminal_name(out, b->names, 4, b->labels[r.l]);
        frem_terminal_cells(out, &b->years, b->cells, add_cell, &r);
    }
}

static void add_profession(frem_text *out, const view *v, const block *b, uint32_t profession) {
    const char *key = frem_column_label(v->projected.frame, "profession", profession);
    const char *label = label_of(v, b->run, "profession", key);
    bool any = false;
    for (size_t m = 0; m < SHOWN; m++)
        any = any || row_of(v, b, profession, shown[m], VALUE).places != NULL;
    if (!any)
        return;
    /* The reference may be the only one that has it. */
    frem_add_label(out, label == key ? label_of(v, b->reference, "profession", key) : label);
    frem_text_add(out, "\n");
    for (size_t m = 0; m < SHOWN; m++)
        add_measure(out, v, b, profession, shown[m]);
}

static void add_block(frem_text *out, const view *v, block *b) {
    size_t n = 0;
    const uint32_t *professions = frem_projected_codes(&v->projected.professions, b->place, &n);
    b->labels[VALUE] = line_label(v, b, b->run);
    b->labels[REFERENCE] = line_label(v, b, b->reference);
    b->labels[DIFFERENCE] = frem_word_text(FREM_W_COMPARED_DIFFERENCE, v->lang);
    b->labels[PERCENT] = frem_word_text(FREM_W_COMPARED_PERCENT, v->lang);
    for (size_t l = 0; l < LINES; l++) {
        size_t needs = 4 + frem_utf8_width(b->labels[l], strlen(b->labels[l]));
        b->names = needs > b->names ? needs : b->names;
    }
    frem_terminal_years_choose(&b->years, b->run->base_year);
    while (!frem_terminal_fit(&b->years, b->names, b->cells, v->width))
        ;
    if (out->length > 0)
        frem_text_add(out, "\n");
    add_title(out, v, b);
    frem_add_blanks(out, b->names);
    frem_terminal_heads(out, &b->years, b->cells);
    for (size_t p = 0; p < n; p++)
        add_profession(out, v, b, professions[p]);
}

static void add_notes(frem_text *out, const view *v, const frem_run *run) {
    for (size_t i = 0; i < v->document->n_notes; i++) {
        const frem_note *note = &v->document->notes[i];
        if (strcmp(note->kind, "compared") != 0 || strcmp(note->scenario, run->name) != 0)
            continue;
        frem_text paragraph = {0};
        frem_text_add(&paragraph, frem_word_text(FREM_W_NOTE, v->lang));
        frem_add_label(&paragraph, note->text.text[v->lang]);
        out->failed = out->failed || paragraph.failed;
        frem_add_wrapped(out, &paragraph, v->width, 2);
        frem_text_free(&paragraph);
    }
}

/* One scenario or variant beside the first. */
static frem_status add_side(frem_text *out, const view *v, size_t place) {
    const frem_document *document = v->document;
    block b = {.run = &document->scenarios[place], .reference = document->scenarios, .place = place};
    /* Several groups, such as the country's KKR, are shown together. */
    const char *own = frem_document_region(document, b.run);
    b.region = strcmp(own, frem_document_region(document, b.reference)) == 0 ? own : "all";
    frem_status status = measure(v, &b);
    if (status == FREM_OK && b.years.n > 0)
        add_block(out, v, &b);
    if (status == FREM_OK)
        add_notes(out, v, b.run);
    free(b.years.at);
    return status;
}

frem_status frem_write_comparison(const frem_document *document, frem_lang lang, size_t width,
                                  frem_text *out) {
    view v = {.document = document, .lang = lang, .width = width, .out = out};
    frem_status status = frem_projected_open_rows(&v.projected, document, "point");
    for (size_t l = 0; l < LINES && status == FREM_OK; l++) {
        v.numbers[l] = frem_column_numbers(document->results, line_columns[l]);
        status = v.numbers[l] != NULL ? FREM_OK : FREM_DEFECT;
    }
    for (size_t i = 1; i < document->n_scenarios && status == FREM_OK; i++)
        status = add_side(out, &v, i);
    frem_projected_close(&v.projected);
    if (status == FREM_OK)
        frem_add_first_gaps(out, document, lang, width);
    return status == FREM_OK && out->failed ? FREM_NO_MEMORY : status;
}
