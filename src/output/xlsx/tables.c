/* The sheets of plain tables: assumptions, sources, and the whole results. */
#include "output/xlsx/book.h"

#ifdef FREM_HAS_XLSX

#include <stdlib.h>
#include <string.h>

#include "base/locale.h"
#include "frame/columns.h"
#include "output/names.h"
#include "scenario/fields.h"

enum { WIDEST = 60, NARROWEST = 8 };
/* Of the whole table one page is printed: it is for reading on the screen and by programs. */
enum { PRINTED_ROWS = 50 };
/* Points of a line, and of the highest row that there may be; how much of a line its words fill at least, where they break. */
#define LINE_HEIGHT 15.0
#define HIGHEST 405.0
#define WORDS_SHARE 0.85

/* A column of a table of texts. */
typedef struct sheet_head {
    frem_word label;
    double width;
} sheet_head;

/* A sheet with its heads in the first row. @return its number. */
static size_t begin_sheet(frem_book *book, frem_word name, const sheet_head *heads, size_t n) {
    const size_t sheet = frem_book_sheet(book, frem_word_text(name, book->lang), false);
    for (size_t c = 0; c < n; c++) {
        frem_column_width(book, sheet, c, c, heads[c].width);
        frem_cell_text(book, sheet, 0, c, frem_word_text(heads[c].label, book->lang), FREM_LOOK_HEADER_TEXT);
    }
    return sheet;
}

/* A row of texts, as high as its longest one needs: not every program finds that by itself. */
static void put_texts(frem_book *book, size_t sheet, size_t row, const sheet_head *heads,
                      const char *const *texts, size_t n) {
    size_t lines = 1;
    for (size_t c = 0; c < n; c++) {
        const char *text = texts[c] != NULL ? texts[c] : "";
        const size_t own = frem_text_lines(text, (size_t)(WORDS_SHARE * heads[c].width));
        lines = own > lines ? own : lines;
        frem_cell_text(book, sheet, row, c, text, FREM_LOOK_WRAP);
    }
    const double height = LINE_HEIGHT * (double)lines;
    if (lines > 1)
        frem_row_height(book, sheet, row, height < HIGHEST ? height : HIGHEST);
}

void frem_sheet_filter(frem_book *book, size_t sheet, size_t header, size_t last_row, size_t columns) {
    if (book->status != FREM_OK)
        return;
    book->call.worksheet_freeze_panes(book->sheets[sheet].sheet, (lxw_row_t)(header + 1), 0);
    if (book->call.worksheet_autofilter(book->sheets[sheet].sheet, (lxw_row_t)header, 0, (lxw_row_t)last_row,
                                        (lxw_col_t)(columns - 1)) != LXW_NO_ERROR)
        book->status = FREM_NO_MEMORY;
    frem_sheet_print(book, sheet, header, 1);
}

/* "scenarios/base/denmark.yaml:6", or that it is a default; nothing where there is no value. */
static void put_place(frem_book *book, size_t sheet, size_t row, size_t column, const frem_assumption *a) {
    frem_text place = {0};
    if (a != NULL && a->file == NULL)
        frem_text_add(&place, frem_word_text(FREM_W_EXPLAIN_PRESET, book->lang));
    else if (a != NULL)
        frem_text_print(&place, "%s:%u", a->file, a->line);
    if (place.failed)
        book->status = FREM_NO_MEMORY;
    else
        frem_cell_text(book, sheet, row, column, place.bytes != NULL ? place.bytes : "", FREM_LOOK_WRAP);
    frem_text_free(&place);
}

void frem_book_changes(frem_book *book) {
    static const sheet_head heads[] = {{FREM_W_COLUMN_SCENARIO, 18},     {FREM_W_COLUMN_VARIANT, 14},
                                       {FREM_W_FRONT_PATH, 40},          {FREM_W_CHANGED_THERE, 34},
                                       {FREM_W_CHANGED_HERE, 34},        {FREM_W_CHANGED_SOURCE, 40},
                                       {FREM_W_CHANGED_SOURCE_HERE, 40}, {FREM_W_COLUMN_MEANING, 44},
                                       {FREM_W_CHANGED_PLACE, 30},       {FREM_W_CHANGED_PLACE_HERE, 30}};
    const frem_document *d = book->document;
    if (d->n_changes == 0)
        return;
    const size_t sheet = begin_sheet(book, FREM_W_CHANGED_NAME, heads, sizeof heads / sizeof *heads);
    for (size_t i = 0; i < d->n_changes && book->status == FREM_OK; i++) {
        const frem_changed *change = &d->changes[i];
        const frem_assumption *before = change->before, *after = change->after;
        const char *const texts[] = {change->scenario,
                                     change->variant,
                                     change->path,
                                     before != NULL ? before->words.text[book->lang] : "–",
                                     after != NULL ? after->words.text[book->lang] : "–",
                                     before != NULL ? before->source.text[book->lang] : NULL,
                                     after != NULL ? after->source.text[book->lang] : NULL,
                                     change->help.text[book->lang]};
        put_texts(book, sheet, i + 1, heads, texts, sizeof texts / sizeof *texts);
        put_place(book, sheet, i + 1, 8, before);
        put_place(book, sheet, i + 1, 9, after);
    }
    frem_sheet_filter(book, sheet, 0, d->n_changes, sizeof heads / sizeof *heads);
}

void frem_book_assumptions(frem_book *book) {
    static const sheet_head heads[] = {{FREM_W_COLUMN_SCENARIO, 18}, {FREM_W_COLUMN_VARIANT, 14},
                                       {FREM_W_FRONT_PATH, 40},      {FREM_W_FRONT_VALUE, 40},
                                       {FREM_W_FRONT_SOURCE, 50},    {FREM_W_COLUMN_MEANING, 44},
                                       {FREM_W_COLUMN_FILE, 26},     {FREM_W_COLUMN_LINE, 7}};
    const frem_document *d = book->document;
    if (d->n_assumptions == 0)
        return;
    const size_t sheet = begin_sheet(book, FREM_W_FRONT_ASSUMPTIONS, heads, sizeof heads / sizeof *heads);
    for (size_t i = 0; i < d->n_assumptions && book->status == FREM_OK; i++) {
        const frem_assumption *a = &d->assumptions[i];
        const char *const texts[] = {a->scenario,
                                     a->variant,
                                     a->path,
                                     a->words.text[book->lang],
                                     a->source.text[book->lang],
                                     a->help.text[book->lang],
                                     a->file};
        put_texts(book, sheet, i + 1, heads, texts, sizeof texts / sizeof *texts);
        if (a->line > 0)
            frem_cell_number(book, sheet, i + 1, 7, a->line, FREM_LOOK_YEAR);
    }
    frem_sheet_filter(book, sheet, 0, d->n_assumptions, sizeof heads / sizeof *heads);
}

void frem_book_notes(frem_book *book) {
    static const sheet_head heads[] = {{FREM_W_COLUMN_SCENARIO, 30},
                                       {FREM_W_COLUMN_KIND, 20},
                                       {FREM_W_COLUMN_ABOUT, 44},
                                       {FREM_W_COLUMN_NOTE, 90}};
    const frem_document *d = book->document;
    if (d->n_notes == 0)
        return;
    const size_t sheet = begin_sheet(book, FREM_W_COLUMN_NOTES, heads, sizeof heads / sizeof *heads);
    for (size_t i = 0; i < d->n_notes && book->status == FREM_OK; i++) {
        const frem_note *note = &d->notes[i];
        const char *const texts[] = {note->scenario, note->kind, note->what, note->text.text[book->lang]};
        put_texts(book, sheet, i + 1, heads, texts, sizeof texts / sizeof *texts);
    }
    frem_sheet_filter(book, sheet, 0, d->n_notes, sizeof heads / sizeof *heads);
}

void frem_book_sources(frem_book *book) {
    static const sheet_head heads[] = {{FREM_W_COLUMN_FILE, 52},
                                       {FREM_W_COLUMN_FOUND_IN, 26},
                                       {FREM_W_COLUMN_BYTES, 12},
                                       {FREM_W_COLUMN_SHA_256, 70}};
    static const frem_word roots[] = {[FREM_ROOT_COMMAND] = FREM_W_ROOT_COMMAND,
                                      [FREM_ROOT_BESIDE] = FREM_W_ROOT_BESIDE,
                                      [FREM_ROOT_DATA] = FREM_W_ROOT_DATA,
                                      [FREM_ROOT_PROGRAM] = FREM_W_ROOT_PROGRAM};
    const frem_document *d = book->document;
    const frem_source *source = NULL;
    if (d->sources == NULL || frem_sources_at(d->sources, 0) == NULL)
        return;
    const size_t sheet = begin_sheet(book, FREM_W_COLUMN_SOURCES, heads, sizeof heads / sizeof *heads);
    size_t row = 1;
    for (; book->status == FREM_OK && (source = frem_sources_at(d->sources, row - 1)) != NULL; row++) {
        char sha256[65];
        frem_sha256(source->bytes, source->size, sha256);
        frem_cell_text(book, sheet, row, 0, source->name, FREM_LOOK_PLAIN);
        frem_cell_text(book, sheet, row, 1, frem_word_text(roots[source->root], book->lang), FREM_LOOK_PLAIN);
        frem_cell_number(book, sheet, row, 2, (double)source->size, FREM_LOOK_COUNT);
        frem_cell_text(book, sheet, row, 3, sha256, FREM_LOOK_PLAIN);
    }
    frem_sheet_filter(book, sheet, 0, row - 1, sizeof heads / sizeof *heads);
}

/** A column of the whole table: the frame's, or the name of a region. */
typedef struct whole_column {
    size_t frame_column;
    frem_column_kind kind;
    bool names;   /**< names of regions in place of their keys */
    char **texts; /**< cleaned, by label */
    size_t n_texts;
    size_t stride; /**< by which texts of one scenario follow those of another; 0 where they are the same */
    const uint32_t *scenarios; /**< by row */
    const void *cells;         /**< as kind says */
} whole_column;

/* A scenario's name for the region: "all" of one may be a municipality, of another the country. */
static const char *region_name(const frem_book *book, const frem_frame *frame, size_t scenario,
                               const char *key) {
    return frem_book_label(book, frem_column_label(frame, "scenario", scenario), "region", key);
}

/* Cleans the labels once, not once a row, and sets the column's width. Names of regions are by scenario. */
static void prepare_texts(frem_book *book, whole_column *c, const frem_frame *frame, double *width) {
    const size_t n = frem_frame_labels(frame, c->frame_column);
    c->stride = c->names ? n : 0;
    c->n_texts = c->names ? n * frem_column_labels(frame, "scenario") : n;
    c->texts = calloc(c->n_texts + 1, sizeof *c->texts);
    if (c->texts == NULL) {
        book->status = FREM_NO_MEMORY;
        return;
    }
    for (size_t i = 0; i < c->n_texts && book->status == FREM_OK; i++) {
        const char *label = frem_frame_label_text(frame, c->frame_column, (uint32_t)(i % n));
        frem_text text = {0};
        frem_add_cell(&text, c->names ? region_name(book, frame, i / n, label) : label, FREM_CELL_MAX);
        if (text.failed) {
            book->status = FREM_NO_MEMORY;
            frem_text_free(&text);
            return;
        }
        const size_t needs = frem_utf8_width(text.bytes, text.length) + 2;
        *width = (double)needs > *width ? (double)needs : *width;
        c->texts[i] = text.bytes;
    }
}

static void prepare_column(frem_book *book, whole_column *c, const frem_frame *frame, size_t sheet,
                           size_t at) {
    const char *head = c->names ? "region_name" : frem_frame_column_name(frame, c->frame_column);
    double width = (double)strlen(head) + 4; /* room for the filter's button */
    c->kind = frem_frame_column_kind(frame, c->frame_column);
    switch (c->kind) {
    case FREM_COLUMN_LABEL:
        c->cells = frem_frame_label_codes(frame, c->frame_column);
        c->scenarios = frem_column_codes(frame, "scenario");
        prepare_texts(book, c, frame, &width);
        break;
    case FREM_COLUMN_WHOLE:
        c->cells = frem_frame_wholes(frame, c->frame_column);
        break;
    case FREM_COLUMN_NUMBER:
    default:
        c->cells = frem_frame_numbers(frame, c->frame_column);
        width = 16;
        break;
    }
    width = width < NARROWEST ? NARROWEST : width > WIDEST ? WIDEST : width;
    frem_column_width(book, sheet, at, at, width);
}

static void put_row(frem_book *book, size_t sheet, size_t row, const whole_column *columns, size_t n,
                    size_t of) {
    for (size_t c = 0; c < n; c++) {
        switch (columns[c].kind) {
        case FREM_COLUMN_LABEL:
            frem_cell_clean(book, sheet, row, c,
                            columns[c].texts[columns[c].stride * columns[c].scenarios[of] +
                                             ((const uint32_t *)columns[c].cells)[of]],
                            FREM_LOOK_PLAIN);
            break;
        case FREM_COLUMN_WHOLE:
            frem_cell_number(book, sheet, row, c, ((const int32_t *)columns[c].cells)[of], FREM_LOOK_YEAR);
            break;
        case FREM_COLUMN_NUMBER:
        default:
            frem_cell_number(book, sheet, row, c, ((const double *)columns[c].cells)[of], FREM_LOOK_VALUE);
            break;
        }
    }
}

void frem_sheet_cut(frem_book *book, size_t sheet, size_t kept, size_t rows, const char *file) {
    frem_text line = {0};
    if (book->lang == FREM_DA)
        frem_text_print(&line,
                        "Et ark kan ikke rumme alle %zu rækker: her er de første %zu. Hele tabellen er %s "
                        "(--format csv).",
                        rows, kept, file);
    else
        frem_text_print(&line,
                        "A sheet can't hold all %zu rows: these are the first %zu. The whole table is %s "
                        "(--format csv).",
                        rows, kept, file);
    if (line.failed)
        book->status = FREM_NO_MEMORY;
    else
        frem_cell_text(book, sheet, 0, 0, line.bytes, FREM_LOOK_SUBTITLE);
    frem_text_free(&line);
}

void frem_book_results(frem_book *book) {
    const frem_frame *frame = book->document->results;
    const size_t n_rows = frem_frame_rows(frame), n_frame = frem_frame_columns(frame);
    const bool cut = n_rows + 1 > book->max_rows;
    const size_t header = cut ? 1 : 0, kept = cut ? book->max_rows - 2 : n_rows;
    size_t n = 0;
    const size_t sheet = frem_book_sheet(book, frem_document_table(book->document), true);
    whole_column *columns = calloc(n_frame + 1, sizeof *columns);
    if (columns == NULL)
        book->status = FREM_NO_MEMORY;
    for (size_t c = 0; c < n_frame && book->status == FREM_OK; c++) {
        columns[n++].frame_column = c;
        if (strcmp(frem_frame_column_name(frame, c), "region") == 0)
            columns[n++] = (whole_column){.frame_column = c, .names = true};
    }
    for (size_t c = 0; c < n && book->status == FREM_OK; c++)
        prepare_column(book, &columns[c], frame, sheet, c);
    if (cut)
        frem_sheet_cut(book, sheet, kept, n_rows, frem_table_file(book->document));
    for (size_t c = 0; c < n && book->status == FREM_OK; c++)
        frem_cell_text(book, sheet, header, c,
                       columns[c].names ? "region_name"
                                        : frem_frame_column_name(frame, columns[c].frame_column),
                       columns[c].kind == FREM_COLUMN_NUMBER ? FREM_LOOK_HEADER : FREM_LOOK_HEADER_TEXT);
    for (size_t row = 0; row < kept && book->status == FREM_OK; row++)
        put_row(book, sheet, header + 1 + row, columns, n, row);
    frem_sheet_filter(book, sheet, header, header + kept, n);
    frem_sheet_print_rows(book, sheet, header + (kept < PRINTED_ROWS ? kept : PRINTED_ROWS), n);
    for (size_t c = 0; columns != NULL && c < n; c++) {
        for (size_t i = 0; columns[c].texts != NULL && i < columns[c].n_texts; i++)
            free(columns[c].texts[i]);
        free(columns[c].texts);
    }
    free(columns);
}

#endif
