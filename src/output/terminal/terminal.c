#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/index.h"
#include "base/number.h"
#include "frame/columns.h"
#include "output/terminal/years.h"
#include "output/text.h"
#include "output/write.h"

/** Blanks between two columns of the table, and before a measure's name. */
#define COLUMN_GAP 2
#define MEASURE_INDENT "  "

/** The rows of the table, for every profession. */
typedef enum row_kind {
    ROW_SUPPLY,
    ROW_DEMAND,
    ROW_WITHOUT,
    ROW_GAP,
    ROW_SHORTAGE,
    ROW_COVERAGE,
    ROW_COUNT
} row_kind;
static const char *const measure_keys[ROW_COUNT] = {"supply", "demand",   "demand_without_supply",
                                                    "gap",    "shortage", "coverage"};

/** What the table says in its own words, and how it writes numbers. */
static const struct {
    const char *base_year;
    const char *all_professions;
    const char *note, *split_one, *split_many; /**< the latter after the number of totals */
    const char *shortage;
    const char *percent;
} words[FREM_LANG_COUNT] = {
    [FREM_EN] =
        {"base year", "All professions", "Note: ",
         " total is known for several regions together only and split by a key: figures of single regions "
         "follow it (the notes of results written with -o name it)",
         " totals are known for several regions together only and split by keys: figures of single regions "
         "follow these (the notes of results written with -o name them)",
         "Shortage is summed over the regions and professions that lack people: a surplus in others is not "
         "set against it",
         "%"},
    [FREM_DA] =
        {"basisår", "Alle faggrupper", "Bemærk: ",
         " total er kun kendt for flere områder samlet og fordelt efter en nøgle: tal for enkelte områder "
         "følger den (bemærkningerne til resultater skrevet med -o nævner den)",
         " totaler er kun kendt for flere områder samlet og fordelt efter nøgler: tal for enkelte områder "
         "følger dem (bemærkningerne til resultater skrevet med -o nævner dem)",
         "Mangel er lagt sammen over de områder og faggrupper, der mangler folk: overskud hos andre er ikke "
         "modregnet",
         " %"},
};

/** The results by column. */
typedef struct view {
    const frem_document *document;
    frem_lang lang;
    size_t width;
    bool has_shortage; /**< whether a shortage was shown that other regions' surplus could have hidden */
    size_t n_rows;
    const uint32_t *scenario, *variant, *region, *profession, *sector, *measure, *statistic, *unit;
    const int32_t *year;
    const double *value;
} view;

/** One value of a block. */
typedef struct item {
    uint32_t profession;
    row_kind row;
    int32_t year;
    double value;
} item;

/** What is shown of one variant of one scenario. */
typedef struct block {
    const frem_told *told;
    const char *variant;
    const char *region;
    const char *unit; /**< of supply, demand and gap; NULL before one was seen */
    item *items;
    size_t n_items, items_capacity;
    frem_terminal_years years;
    uint32_t *professions; /**< in the order of the results */
    size_t n_professions, professions_capacity;
} block;

/** @return whether the results have every column that the table needs. */
static bool open_view(view *v) {
    const frem_frame *frame = v->document->results;
    v->n_rows = frem_frame_rows(frame);
    if (v->n_rows == 0)
        return true;
    v->scenario = frem_column_codes(frame, "scenario");
    v->variant = frem_column_codes(frame, "variant");
    v->region = frem_column_codes(frame, "region");
    v->profession = frem_column_codes(frame, "profession");
    v->sector = frem_column_codes(frame, "sector");
    v->measure = frem_column_codes(frame, "measure");
    v->statistic = frem_column_codes(frame, "statistic");
    v->unit = frem_column_codes(frame, "unit");
    v->year = frem_column_wholes(frame, "year");
    v->value = frem_column_numbers(frame, "value");
    return v->scenario != NULL && v->variant != NULL && v->region != NULL && v->profession != NULL &&
           v->sector != NULL && v->measure != NULL && v->statistic != NULL && v->unit != NULL &&
           v->year != NULL && v->value != NULL;
}

static void free_block(block *b) {
    free(b->items);
    free(b->years.at);
    free(b->professions);
}

static frem_status add_item(block *b, const item *added) {
    void *items = b->items;
    const frem_status status = frem_grow(&items, &b->items_capacity, b->n_items, sizeof *b->items);
    b->items = items;
    if (status == FREM_OK)
        b->items[b->n_items++] = *added;
    return status;
}

static frem_status add_profession(block *b, uint32_t profession) {
    for (size_t i = 0; i < b->n_professions; i++) {
        if (b->professions[i] == profession)
            return FREM_OK;
    }
    void *professions = b->professions;
    const frem_status status =
        frem_grow(&professions, &b->professions_capacity, b->n_professions, sizeof *b->professions);
    b->professions = professions;
    if (status == FREM_OK)
        b->professions[b->n_professions++] = profession;
    return status;
}

/** Collects what is shown of rows first .. end-1, which are of one scenario and variant. */
static frem_status fill_block(const view *v, size_t first, size_t end, block *b) {
    ptrdiff_t measures[ROW_COUNT];
    for (size_t m = 0; m < ROW_COUNT; m++)
        measures[m] = frem_column_code(v->document->results, "measure", measure_keys[m]);
    const ptrdiff_t region = frem_column_code(v->document->results, "region", b->region);
    const ptrdiff_t all_sectors = frem_column_code(v->document->results, "sector", "all");
    const ptrdiff_t point = frem_column_code(v->document->results, "statistic", "point");

    for (size_t i = first; i < end; i++) {
        if (v->region[i] != region || v->sector[i] != all_sectors || v->statistic[i] != point)
            continue;
        size_t m = 0;
        while (m < ROW_COUNT && measures[m] != v->measure[i])
            m++;
        if (m == ROW_COUNT)
            continue;

        const item added = {v->profession[i], (row_kind)m, v->year[i], v->value[i]};
        frem_status status = add_item(b, &added);
        if (status == FREM_OK)
            status = add_profession(b, added.profession);
        if (status == FREM_OK)
            status = frem_terminal_years_add(&b->years, added.year);
        if (status != FREM_OK)
            return status;
        if (b->unit == NULL && added.row != ROW_COVERAGE)
            b->unit = frem_column_label(v->document->results, "unit", v->unit[i]);
    }
    return FREM_OK;
}

/** A cell: whole persons or FTE, a coverage in per cent with one decimal, '-' where the results have none. */
static void add_cell(frem_text *out, const view *v, const block *b, uint32_t profession, row_kind row,
                     int32_t year) {
    char fixed[FREM_FIXED_MAX];
    for (size_t i = 0; i < b->n_items; i++) {
        const item *found = &b->items[i];
        if (found->year != year || found->row != row || found->profession != profession)
            continue;
        const bool percent = row == ROW_COVERAGE;
        (void)frem_number_fixed(fixed, percent ? 100.0 * found->value : found->value, percent ? 1 : 0);
        frem_add_grouped(out, fixed, v->lang);
        if (percent)
            frem_text_add(out, words[v->lang].percent);
        return;
    }
    frem_text_add(out, "-");
}

static bool is_all(const view *v, uint32_t profession) {
    return strcmp(frem_column_label(v->document->results, "profession", profession), "all") == 0;
}

/** Which rows are shown of a profession. Of all together there is no gap: it would set the surplus of one against the
 *  shortage of another. Their shortage is the sum of that of each, which stands with it. */
static bool has_row(const view *v, const block *b, uint32_t profession, row_kind row) {
    const bool all = is_all(v, profession);
    if (all ? row == ROW_GAP || row == ROW_COVERAGE
            : row == ROW_WITHOUT || (row == ROW_SHORTAGE && b->n_professions == 1))
        return false;
    for (size_t i = 0; i < b->n_items; i++) {
        if (b->items[i].profession == profession && b->items[i].row == row)
            return true;
    }
    return false;
}

static void add_measure(frem_text *out, const view *v, const block *b, row_kind row) {
    frem_text_add(out, MEASURE_INDENT);
    frem_add_label(out,
                   frem_document_label(v->document, b->told->name, "measure", measure_keys[row], v->lang));
}

/** Columns that the measures' names take. */
static size_t measure_width(const view *v, const block *b) {
    size_t width = 0;
    for (size_t row = 0; row < ROW_COUNT; row++) {
        frem_text text = {0};
        /* The usual rows take their room in every variant, so that one can be read below the other. */
        bool any = row != ROW_WITHOUT && row != ROW_SHORTAGE;
        for (size_t p = 0; p < b->n_professions; p++)
            any = any || has_row(v, b, b->professions[p], (row_kind)row);
        if (!any)
            continue;
        add_measure(&text, v, b, (row_kind)row);
        const size_t needs = text.failed ? 0 : frem_utf8_width(text.bytes, text.length);
        width = needs > width ? needs : width;
        frem_text_free(&text);
    }
    return width;
}

/** Columns that the widest cell takes; a year takes four. */
static size_t cell_width(const view *v, const block *b) {
    size_t width = 4;
    for (size_t p = 0; p < b->n_professions; p++) {
        for (size_t row = 0; row < ROW_COUNT; row++) {
            for (size_t y = 0; y < b->years.n && has_row(v, b, b->professions[p], (row_kind)row); y++) {
                frem_text text = {0};
                add_cell(&text, v, b, b->professions[p], (row_kind)row, b->years.at[y]);
                const size_t needs = text.failed ? 0 : frem_utf8_width(text.bytes, text.length);
                width = needs > width ? needs : width;
                frem_text_free(&text);
            }
        }
    }
    return width;
}

/** Scenario, variant, base year, region, unit. */
static void add_title(frem_text *out, const view *v, const block *b) {
    frem_text title = {0};
    frem_add_label(&title, b->told->title.text[v->lang]);
    if (strcmp(b->variant, "base") != 0) {
        frem_text_add(&title, " · ");
        frem_add_label(&title,
                       frem_document_label(v->document, b->told->name, "variant", b->variant, v->lang));
    }
    frem_add_area(&title, v->document, b->told, b->region, v->lang);
    frem_text_print(&title, " · %s %d", words[v->lang].base_year, b->told->base_year);
    if (b->unit != NULL) {
        frem_text_add(&title, " · ");
        frem_add_label(&title, frem_document_label(v->document, b->told->name, "unit", b->unit, v->lang));
    }
    out->failed = out->failed || title.failed;
    frem_add_wrapped(out, &title, v->width, 2);
    frem_text_free(&title);
}

static void add_profession_name(frem_text *out, const view *v, const block *b, uint32_t profession) {
    const char *key = frem_column_label(v->document->results, "profession", profession);
    const char *label = frem_document_label(v->document, b->told->name, "profession", key, v->lang);
    frem_text name = {0};
    /* "all" without a label of its own is not a word for people */
    frem_add_label(&name, label == key && strcmp(key, "all") == 0 ? words[v->lang].all_professions : label);
    out->failed = out->failed || name.failed;
    frem_add_wrapped(out, &name, v->width, 2);
    frem_text_free(&name);
}

static void add_row(frem_text *out, const view *v, const block *b, uint32_t profession, row_kind row,
                    size_t names, size_t cells) {
    const size_t start = out->length;
    add_measure(out, v, b, row);
    if (out->failed)
        return;
    const size_t used = frem_utf8_width(out->bytes + start, out->length - start);
    frem_add_blanks(out, used < names ? names - used : 0);
    for (size_t y = 0; y < b->years.n; y++) {
        frem_text cell = {0};
        add_cell(&cell, v, b, profession, row, b->years.at[y]);
        out->failed = out->failed || cell.failed;
        frem_add_right(out, cell.failed ? "" : cell.bytes, cells + COLUMN_GAP);
        frem_text_free(&cell);
    }
    frem_text_add(out, "\n");
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
        for (size_t i = 0; i < n; i++) {
            block *b = &blocks[i];
            if (b->years.n <= 2 || measure_width(v, b) + b->years.n * (cells + COLUMN_GAP) <= v->width)
                continue;
            frem_terminal_years_remove(&b->years, (b->years.n - 1) / 2);
            fits = false;
        }
    }
    return cells;
}

static void add_block(frem_text *out, view *v, block *b, size_t cells) {
    const size_t names = measure_width(v, b);
    if (out->length > 0)
        frem_text_add(out, "\n");
    add_title(out, v, b);
    frem_add_blanks(out, names);
    for (size_t y = 0; y < b->years.n; y++) {
        frem_text year = {0};
        frem_text_print(&year, "%d", b->years.at[y]);
        out->failed = out->failed || year.failed;
        frem_add_right(out, year.failed ? "" : year.bytes, cells + COLUMN_GAP);
        frem_text_free(&year);
    }
    frem_text_add(out, "\n");

    for (size_t p = 0; p < b->n_professions; p++) {
        bool any = false;
        for (size_t row = 0; row < ROW_COUNT && !any; row++)
            any = has_row(v, b, b->professions[p], (row_kind)row);
        if (!any)
            continue;
        add_profession_name(out, v, b, b->professions[p]);
        for (size_t row = 0; row < ROW_COUNT; row++) {
            const bool shown = has_row(v, b, b->professions[p], (row_kind)row);
            v->has_shortage = v->has_shortage || (shown && row == ROW_SHORTAGE);
            if (shown)
                add_row(out, v, b, b->professions[p], (row_kind)row, names, cells);
        }
    }
}

/** @return the variant of a scenario by their codes in the results, or NULL. */
static const frem_told *told_of(const view *v, uint32_t scenario, uint32_t variant) {
    const char *name = frem_column_label(v->document->results, "scenario", scenario),
               *of = frem_column_label(v->document->results, "variant", variant);
    const frem_told *first = NULL;
    for (size_t i = 0; i < v->document->n_scenarios; i++) {
        const frem_told *told = &v->document->scenarios[i];
        if (strcmp(told->name, name) != 0)
            continue;
        if (told->variant != NULL && strcmp(told->variant, of) == 0)
            return told;
        first = first == NULL ? told : first;
    }
    return first;
}

/** Collects one variant, whose rows stand together and begin at `first`. @param[out] end where they end. */
static frem_status open_block(const view *v, size_t first, size_t *end, block *b) {
    *end = first;
    while (*end < v->n_rows && v->scenario[*end] == v->scenario[first] &&
           v->variant[*end] == v->variant[first])
        ++*end;
    *b = (block){.told = told_of(v, v->scenario[first], v->variant[first])};
    if (b->told == NULL)
        return FREM_DEFECT;
    b->variant = frem_column_label(v->document->results, "variant", v->variant[first]);
    /* Several groups, such as the country's KKR, are shown together. */
    b->region = frem_document_region(v->document, b->told);
    const frem_status status = fill_block(v, first, *end, b);
    if (status == FREM_OK)
        frem_terminal_years_choose(&b->years, b->told->base_year);
    return status;
}

/** One scenario and its variants; their rows stand together. @param[in,out] at where they begin, and end. */
static frem_status add_scenario(frem_text *out, view *v, size_t *at) {
    frem_status status = FREM_OK;
    block *blocks = NULL;
    size_t n = 0, capacity = 0;
    const uint32_t scenario = v->scenario[*at];
    while (*at < v->n_rows && v->scenario[*at] == scenario && status == FREM_OK) {
        void *grown = blocks;
        status = frem_grow(&grown, &capacity, n, sizeof *blocks);
        blocks = grown;
        if (status == FREM_OK)
            status = open_block(v, *at, at, &blocks[n++]);
    }
    const size_t cells = status == FREM_OK ? fit_cells(v, blocks, n) : 0;
    for (size_t i = 0; i < n; i++) {
        if (status == FREM_OK && blocks[i].n_items > 0)
            add_block(out, v, &blocks[i], cells);
        free_block(&blocks[i]);
    }
    free(blocks);
    return status;
}

static frem_status add_blocks(frem_text *out, view *v) {
    frem_status status = FREM_OK;
    for (size_t at = 0; at < v->n_rows && status == FREM_OK;)
        status = add_scenario(out, v, &at);
    return status;
}

static void add_paragraph(frem_text *out, const view *v, frem_text *paragraph) {
    out->failed = out->failed || paragraph->failed;
    if (out->length > 0)
        frem_text_add(out, "\n");
    frem_add_wrapped(out, paragraph, v->width, 2);
    frem_text_free(paragraph);
}

/** What gaps are counted from; whose supply is more than the employed; which ages are interpolated; and that figures of
 *  single regions follow keys, where they do. The manifest tells which, and by what key. */
static void add_notes(frem_text *out, const view *v) {
    frem_text paragraph = {0};
    size_t n = 0;
    if (v->has_shortage) {
        frem_text_print(&paragraph, "%s%s", words[v->lang].note, words[v->lang].shortage);
        add_paragraph(out, v, &paragraph);
    }
    frem_add_first_gaps(out, v->document, v->lang, v->width);
    for (size_t i = 0; i < v->document->n_notes; i++) {
        const frem_note *note = &v->document->notes[i];
        n += strcmp(note->kind, "split-by-key") == 0;
        if (strcmp(note->kind, "labour-force") != 0 && strcmp(note->kind, "interpolated-ages") != 0)
            continue;
        frem_text_print(&paragraph, "%s", words[v->lang].note);
        frem_add_label(&paragraph, note->text.text[v->lang]);
        add_paragraph(out, v, &paragraph);
    }
    if (n == 0)
        return;
    frem_text_print(&paragraph, "%s%zu%s", words[v->lang].note, n,
                    n == 1 ? words[v->lang].split_one : words[v->lang].split_many);
    add_paragraph(out, v, &paragraph);
}

frem_status frem_write_terminal(const frem_document *document, frem_lang lang, size_t width, frem_text *out) {
    view v = {.document = document, .lang = lang, .width = width};
    if (!open_view(&v))
        return FREM_DEFECT;
    frem_status status = add_blocks(out, &v);
    if (status == FREM_OK)
        add_notes(out, &v);
    return status == FREM_OK && out->failed ? FREM_NO_MEMORY : status;
}
