/* The front sheet: what was projected, what came out, on what it rests, how it was made. */
#include "output/xlsx/book.h"

#ifdef FREM_HAS_XLSX

#include <math.h>
#include <string.h>

#include "base/locale.h"
#include "frame/answer.h"
#include "frame/columns.h"
#include "frame/measures.h"
#include "fremskriv/version.h"
#include "output/names.h"
#include "output/text.h"
#include "scenario/fields.h"

enum { LAST_COLUMN = 8, LINE = 150, ASSUMPTIONS_SHOWN = 15, SENTENCES_MAX = 12, NOTES_SHOWN = 8 };

/** Where the next row goes. */
typedef struct front {
    frem_book *book;
    size_t sheet, row;
} front;

static void put_heading(front *f, const char *text) {
    f->row++;
    frem_cell_text(f->book, f->sheet, f->row++, 0, text, FREM_LOOK_HEADING);
}

static void put_paragraph(front *f, const char *text) {
    frem_cell_paragraph(f->book, f->sheet, f->row++, LAST_COLUMN, LINE, text, FREM_LOOK_WRAP);
}

static void put_text(front *f, frem_text *text) {
    if (text->failed)
        f->book->status = FREM_NO_MEMORY;
    else if (text->length > 0)
        put_paragraph(f, text->bytes);
    frem_text_free(text);
}

static void put_title_line(front *f, const char *title) {
    frem_row_height(f->book, f->sheet, f->row, 26);
    frem_cell_text(f->book, f->sheet, f->row++, 0, title, FREM_LOOK_TITLE);
}

/* Titles, each once, and a line that says what of. */
static void put_title(front *f) {
    static const frem_word kinds[FREM_TABLE_KINDS] = {[FREM_TABLE_RESULTS] = FREM_W_FRONT_KIND,
                                                      [FREM_TABLE_PRACTICUM] = FREM_W_FRONT_PRACTICUM_KIND,
                                                      [FREM_TABLE_COMPARISON] = FREM_W_FRONT_COMPARED_KIND,
                                                      [FREM_TABLE_SWEEP] = FREM_W_FRONT_KIND,
                                                      [FREM_TABLE_ANSWER] = FREM_W_FRONT_ANSWER_KIND};
    const frem_document *d = f->book->document;
    const frem_lang lang = f->book->lang;
    const bool answers = d->kind == FREM_TABLE_ANSWER;
    if (answers)
        put_title_line(f, d->answer->title.text[lang]);
    for (size_t i = 0; i < d->n_scenarios && !answers; i++) {
        if (frem_document_first(d, i))
            put_title_line(f, d->scenarios[i].title.text[lang]);
    }
    frem_text line = {0};
    frem_text_add(&line, frem_word_text(kinds[d->kind], lang));
    /* Several scenarios may have different base years: the column heads of their figures name the years. */
    const bool one = d->n_scenarios > 0 && !frem_document_several(d);
    if (one)
        frem_text_print(&line, " · %s %d", frem_word_text(FREM_W_BASE_YEAR, lang), d->scenarios[0].base_year);
    if (one && f->book->projected->n_years > 0)
        frem_text_print(&line, " · %s %d", frem_word_text(FREM_W_FRONT_TO, lang),
                        f->book->projected->first_year + (int)f->book->projected->n_years - 1);
    if (line.failed)
        f->book->status = FREM_NO_MEMORY;
    else
        frem_cell_text(f->book, f->sheet, f->row++, 0, line.bytes, FREM_LOOK_SUBTITLE);
    frem_text_free(&line);
}

/** The last year in which a profession has a supply or a demand; -1 for none. */
static ptrdiff_t last_year(const frem_projected *projected, size_t run, size_t profession, size_t region) {
    const double *supply = frem_projected_at(projected, run, region, profession, FREM_M_SUPPLY);
    const double *demand = frem_projected_at(projected, run, region, profession, FREM_M_DEMAND);
    for (size_t y = projected->n_years; y-- > 0;) {
        if ((supply != NULL && !isnan(supply[y])) || (demand != NULL && !isnan(demand[y])))
            return (ptrdiff_t)y;
    }
    return -1;
}

static double figure(const frem_projected *projected, size_t run, size_t profession, size_t region,
                     frem_measure_id measure, ptrdiff_t year) {
    return year < 0 ? (double)NAN
                    : frem_projected_value(projected, run, region, profession, measure, (size_t)year);
}

static ptrdiff_t base_place(const frem_book *book, size_t run) {
    const ptrdiff_t at = book->document->scenarios[run].base_year - book->projected->first_year;
    return at >= 0 && at < (ptrdiff_t)book->projected->n_years ? at : 0;
}

static const struct {
    frem_measure_id measure;
    frem_look look;
} figures[] = {{FREM_M_SUPPLY, FREM_LOOK_COUNT},
               {FREM_M_DEMAND, FREM_LOOK_COUNT},
               {FREM_M_GAP, FREM_LOOK_GAP},
               {FREM_M_COVERAGE, FREM_LOOK_RATIO}};

enum { FIGURES = sizeof figures / sizeof *figures };

/* "Supply 2040" over each column. */
static void put_figure_heads(front *f, ptrdiff_t first, ptrdiff_t last) {
    const frem_lang lang = f->book->lang;
    frem_row_height(f->book, f->sheet, f->row, 30); /* two lines, where the word and its year need them */
    frem_cell_text(f->book, f->sheet, f->row, 0, frem_word_text(FREM_W_FRONT_PROFESSION, lang),
                   FREM_LOOK_HEADER_TEXT);
    for (size_t c = 0; c < 2 * FIGURES; c++) {
        const int year = f->book->projected->first_year + (int)(c < FIGURES ? first : last);
        frem_text head = {0};
        frem_text_print(&head, "%s %d", frem_measures[figures[c % FIGURES].measure].label.text[lang], year);
        if (head.failed)
            f->book->status = FREM_NO_MEMORY;
        else
            frem_cell_text(f->book, f->sheet, f->row, c + 1, head.bytes, FREM_LOOK_HEADER);
        frem_text_free(&head);
    }
    f->row++;
}

/* Scenario or variant, the region that the figures are of, and what gaps are counted from. */
static void put_run(front *f, size_t run, size_t region) {
    const frem_run *t = &f->book->document->scenarios[run];
    frem_text line = {0};
    frem_add_run(&line, f->book->document, run, f->book->lang);
    frem_text_print(&line, " · %s",
                    frem_book_label(f->book, t->name, "region",
                                    frem_column_label(f->book->projected->frame, "region", region)));
    if (line.failed)
        f->book->status = FREM_NO_MEMORY;
    else
        frem_cell_text(f->book, f->sheet, f->row++, 0, line.bytes, FREM_LOOK_SUBTITLE);
    frem_text_free(&line);
    if (t->first_gap.text[f->book->lang] != NULL)
        frem_cell_text(f->book, f->sheet, f->row++, 0, t->first_gap.text[f->book->lang], FREM_LOOK_SUBTITLE);
}

static bool is_all(const frem_book *book, size_t profession) {
    return strcmp(frem_column_label(book->projected->frame, "profession", profession), "all") == 0;
}

/* Of all professions together supply and demand; a gap would set the surplus of one against the shortage of another. */
static bool is_given(const frem_book *book, size_t profession, size_t c) {
    return !is_all(book, profession) || !frem_measures[figures[c].measure].nets;
}

static void put_figures(front *f) {
    const frem_book *book = f->book;
    const frem_projected *projected = book->projected;
    put_heading(f, frem_word_text(FREM_W_FRONT_FIGURES, book->lang));
    for (size_t t = 0; t < book->document->n_scenarios; t++) {
        const size_t region = frem_projected_region_code(projected, t);
        ptrdiff_t last = -1;
        for (size_t p = 0; p < frem_column_labels(projected->frame, "profession"); p++) {
            const ptrdiff_t own = last_year(projected, t, p, region);
            last = own > last ? own : last;
        }
        if (last < 0)
            continue;
        put_run(f, t, region);
        put_figure_heads(f, base_place(book, t), last);
        for (size_t p = 0; p < frem_column_labels(projected->frame, "profession"); p++) {
            if (last_year(projected, t, p, region) < 0)
                continue;
            frem_cell_text(f->book, f->sheet, f->row, 0, frem_book_profession(book, p), FREM_LOOK_WRAP);
            for (size_t c = 0; c < 2 * FIGURES; c++)
                frem_cell_number(f->book, f->sheet, f->row, c + 1,
                                 is_given(book, p, c % FIGURES)
                                     ? figure(projected, t, p, region, figures[c % FIGURES].measure,
                                              c < FIGURES ? base_place(book, t) : last)
                                     : (double)NAN,
                                 figures[c % FIGURES].look);
            f->row++;
        }
        f->row++;
    }
    f->row--;
}

static void add_count(frem_text *out, double value, frem_lang lang) {
    frem_locale_number(out, value < 0 ? -value : value, 0, lang);
}

/* "2040: a shortage of 1,240 FTE (supply 20,977, demand 22,217)." */
static void add_year(frem_text *out, const frem_book *book, size_t profession, size_t region,
                     ptrdiff_t year) {
    const frem_projected *projected = book->projected;
    const frem_lang lang = book->lang;
    const double gap = figure(projected, 0, profession, region, FREM_M_GAP, year);
    const double supply = figure(projected, 0, profession, region, FREM_M_SUPPLY, year);
    const double demand = figure(projected, 0, profession, region, FREM_M_DEMAND, year);
    const bool even = gap > -0.5 && gap < 0.5;
    frem_text_print(out, "%d: ", projected->first_year + (int)year);
    if (!even) {
        frem_text_add(out, frem_word_text(gap < 0 ? FREM_W_FRONT_SHORTAGE : FREM_W_FRONT_SURPLUS, lang));
        add_count(out, gap, lang);
        frem_text_add(out, frem_word_text(FREM_W_FRONT_FTE, lang));
    } else {
        frem_text_add(out, frem_word_text(FREM_W_FRONT_EVEN, lang));
    }
    frem_text_add(out, frem_word_text(FREM_W_FRONT_SUPPLY, lang));
    add_count(out, supply, lang);
    frem_text_add(out, frem_word_text(FREM_W_FRONT_DEMAND, lang));
    add_count(out, demand, lang);
    frem_text_add(out, ")");
}

/* "All professions, Syddanmark. 2040: a shortage of 3,674 FTE, each profession's own: Care helpers (SSH) 3,674." */
static void put_sum_in_words(front *f, size_t all, size_t region, ptrdiff_t year) {
    const frem_book *book = f->book;
    const frem_projected *projected = book->projected;
    const double shortage = figure(projected, 0, all, region, FREM_M_SHORTAGE, year);
    const double without = figure(projected, 0, all, region, FREM_M_DEMAND_WITHOUT, year);
    const frem_lang lang = book->lang;
    frem_text line = {0};
    if (isnan(shortage))
        return;
    frem_text_print(&line, "%s, %s. %d: ", frem_book_profession(book, all),
                    frem_book_label(book, book->document->scenarios[0].name, "region",
                                    frem_column_label(projected->frame, "region", region)),
                    projected->first_year + (int)year);
    frem_text_add(&line, frem_word_text(FREM_W_FRONT_SHORTAGE, lang));
    add_count(&line, shortage, book->lang);
    frem_text_add(&line, frem_word_text(FREM_W_FRONT_FTE, lang));
    const char *before = frem_word_text(FREM_W_FRONT_SUM, lang);
    for (size_t p = 0; p < frem_column_labels(projected->frame, "profession"); p++) {
        const double own = figure(projected, 0, p, region, FREM_M_SHORTAGE, year);
        if (p == all || !(own >= 0.5))
            continue;
        frem_text_print(&line, "%s%s ", before, frem_book_profession(book, p));
        add_count(&line, own, book->lang);
        before = ", ";
    }
    frem_text_add(&line, frem_word_text(FREM_W_FRONT_NOT_SET, lang));
    if (!isnan(without)) {
        frem_text_add(&line, frem_word_text(FREM_W_FRONT_BESIDES, lang));
        add_count(&line, without, book->lang);
        frem_text_add(&line, frem_word_text(FREM_W_FRONT_FTE_END, lang));
    }
    put_text(f, &line);
}

/* What the first scenario says of each profession, as a person would put it in a paper. */
static void put_words(front *f) {
    const frem_book *book = f->book;
    const frem_projected *projected = book->projected;
    if (book->document->n_scenarios == 0)
        return;
    const frem_run *t = &book->document->scenarios[0];
    const size_t region = frem_projected_region_code(projected, 0);
    const ptrdiff_t base = base_place(book, 0);
    bool begun = false;
    size_t said = 0;
    for (size_t p = 0; p < frem_column_labels(projected->frame, "profession"); p++) {
        const ptrdiff_t last = last_year(projected, 0, p, region);
        if (last >= 0 && is_all(book, p))
            put_sum_in_words(f, p, region, last);
        if (last < 0 || is_all(book, p) || said == SENTENCES_MAX ||
            isnan(figure(projected, 0, p, region, FREM_M_GAP, base)) ||
            isnan(figure(projected, 0, p, region, FREM_M_GAP, last)))
            continue;
        if (!begun)
            put_heading(f, frem_word_text(FREM_W_FRONT_IN_WORDS, book->lang));
        begun = true;
        said++;
        frem_text line = {0};
        frem_text_print(
            &line, "%s, %s. ", frem_book_profession(book, p),
            frem_book_label(book, t->name, "region", frem_column_label(projected->frame, "region", region)));
        add_year(&line, book, p, region, base);
        frem_text_add(&line, ". ");
        if (last != base)
            add_year(&line, book, p, region, last);
        frem_text_add(&line, last != base ? "." : "");
        put_text(f, &line);
    }
}

/* A text that must end before the next column with something in it: the sheet of assumptions has it whole. */
static void put_short(front *f, size_t column, const char *text, size_t most) {
    frem_text out = {0};
    size_t n = strlen(text), at = 0;
    int32_t point;
    for (size_t shown = 0; at < n && shown + 1 < most; shown++)
        at += frem_utf8_step(text + at, n - at, &point);
    const bool whole = frem_utf8_count(text, n) <= most;
    frem_text_add_bytes(&out, text, whole ? n : at);
    frem_text_add(&out, whole ? "" : "…");
    if (out.failed)
        f->book->status = FREM_NO_MEMORY;
    else
        frem_cell_text(f->book, f->sheet, f->row, column, out.bytes, FREM_LOOK_PLAIN);
    frem_text_free(&out);
}

/* Assumptions whose source the scenario gives: those that differ from what it extends, then the others; all are on the sheet
 * Assumptions. */
static void list_assumptions(front *f) {
    enum { PATH = 46, VALUE = 37, SOURCE = 60 }; /* characters that the columns hold */
    const frem_document *d = f->book->document;
    size_t shown = 0;
    for (size_t i = 0; i < 2 * d->n_assumptions && shown < ASSUMPTIONS_SHOWN; i++) {
        const frem_assumption *a = &d->assumptions[i % d->n_assumptions];
        if (a->source.text[FREM_EN] == NULL || frem_document_changed(d, a) != (i < d->n_assumptions))
            continue;
        put_short(f, 0, a->path, PATH);
        put_short(f, 3, a->words.text[f->book->lang], VALUE);
        put_short(f, 6, a->source.text[f->book->lang], SOURCE);
        f->row++;
        shown++;
    }
}

static void put_assumptions(front *f) {
    frem_book *book = f->book;
    const frem_document *d = book->document;
    const frem_lang lang = book->lang;
    if (d->n_assumptions == 0)
        return;
    put_heading(f, frem_word_text(FREM_W_FRONT_ASSUMPTIONS, lang));
    frem_cell_text(book, f->sheet, f->row, 0, frem_word_text(FREM_W_FRONT_PATH, lang), FREM_LOOK_HEADER_TEXT);
    frem_cell_text(book, f->sheet, f->row, 3, frem_word_text(FREM_W_FRONT_VALUE, lang),
                   FREM_LOOK_HEADER_TEXT);
    frem_cell_text(book, f->sheet, f->row, 5, "", FREM_LOOK_HEADER_TEXT);
    frem_cell_text(book, f->sheet, f->row++, 6, frem_word_text(FREM_W_FRONT_SOURCE, lang),
                   FREM_LOOK_HEADER_TEXT);
    list_assumptions(f);
    frem_text line = {0};
    frem_text_print(&line, "%s %zu %s", frem_word_text(FREM_W_FRONT_ALL, lang), d->n_assumptions,
                    frem_word_text(FREM_W_FRONT_ON_ASSUMPTIONS, lang));
    put_text(f, &line);
}

/* The notes on the numbers, each text once; those that exceed the limit are on the sheet Notes only. */
static void put_notes(front *f) {
    const frem_document *d = f->book->document;
    const frem_lang lang = f->book->lang;
    size_t shown = 0;
    if (d->n_notes == 0 && d->kind == FREM_TABLE_ANSWER)
        return;
    put_heading(f, frem_word_text(FREM_W_FRONT_NOTES, lang));
    for (size_t i = 0; i < d->n_notes && shown < NOTES_SHOWN; i++) {
        bool listed = strcmp(d->notes[i].kind, "first-gap") == 0; /* with the figures already */
        for (size_t k = 0; k < i && !listed; k++)
            listed = strcmp(d->notes[k].text.text[lang], d->notes[i].text.text[lang]) == 0;
        if (listed)
            continue;
        put_paragraph(f, d->notes[i].text.text[lang]);
        shown++;
    }
    frem_text line = {0};
    if (shown == NOTES_SHOWN)
        frem_text_print(&line, "%s %zu %s", frem_word_text(FREM_W_FRONT_ALL, lang), d->n_notes,
                        frem_word_text(FREM_W_FRONT_ON_NOTES, lang));
    put_text(f, &line);
    if (d->kind != FREM_TABLE_ANSWER)
        frem_text_print(&line, "%s %s.", frem_word_text(FREM_W_FRONT_ALL_TABLE, lang), frem_table_file(d));
    put_text(f, &line);
}

/* What is answered; beside projections under its title. */
static void put_answer(front *f) {
    const frem_answer *answer = f->book->document->answer;
    const frem_lang lang = f->book->lang;
    put_heading(f, f->book->document->kind == FREM_TABLE_ANSWER ? frem_word_text(FREM_W_FRONT_IN_WORDS, lang)
                                                                : answer->title.text[lang]);
    for (size_t i = 0; i < answer->n_sentences; i++)
        put_paragraph(f, answer->sentences[i].text[lang]);
}

static void put_made(front *f) {
    const frem_document *d = f->book->document;
    const frem_lang lang = f->book->lang;
    put_heading(f, frem_word_text(FREM_W_FRONT_MADE, lang));
    frem_text line = {0};
    frem_text_print(&line, "%s: fremskriv %s", frem_word_text(FREM_W_FRONT_PROGRAM, lang), frem_version());
    put_text(f, &line);
    line = (frem_text){0};
    frem_text_print(&line, "%s: fremskriv", frem_word_text(FREM_W_FRONT_COMMAND, lang));
    for (size_t i = 0; i < d->n_command; i++)
        frem_text_print(&line, " %s", d->command[i]);
    put_text(f, &line);
    line = (frem_text){0};
    if (d->has_seed)
        frem_text_print(&line, "%s: %llu", frem_word_text(FREM_W_FRONT_SEED, lang), d->seed);
    put_text(f, &line);
}

void frem_book_front(frem_book *book) {
    front f = {.book = book};
    f.sheet = frem_book_sheet(book, frem_word_text(FREM_W_FRONT_NAME, book->lang), false);
    if (book->status != FREM_OK)
        return;
    frem_column_width(book, f.sheet, 0, 0, 30);
    frem_column_width(book, f.sheet, 1, LAST_COLUMN, 14);
    book->call.worksheet_gridlines(book->sheets[f.sheet].sheet, LXW_HIDE_ALL_GRIDLINES);
    put_title(&f);
    if (book->document->answer != NULL)
        put_answer(&f);
    if (frem_document_projects(book->document) && book->projected->n_years > 0) {
        put_figures(&f);
        put_words(&f);
    }
    put_assumptions(&f);
    put_notes(&f);
    put_made(&f);
    frem_sheet_print(book, f.sheet, 0, 0);
}

#endif
