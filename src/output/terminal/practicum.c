/* The short table of practicum. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/locale.h"
#include "output/terminal/table.h"
#include "output/text.h"
#include "output/write.h"

enum { CELLS = 7, GAP = FREM_TERMINAL_GAP };

/* Dimensions that identify a row, besides year and measure. */
enum dimension { SCENARIO, VARIANT, REGION, PROGRAMME, SCHOOL, SPECIALISATION, STAGE, MEASURE, DIMENSIONS };
static const char *const dimension_names[DIMENSIONS] = {"scenario", "variant",        "region", "programme",
                                                        "school",   "specialisation", "stage",  "measure"};

/* The table by column. */
typedef struct view {
    const frem_document *document;
    const frem_run *run; /* the scenario that is shown */
    frem_lang lang;
    size_t width, n_rows, names; /* `names`: columns that the first column takes */
    const uint32_t *codes[DIMENSIONS];
    const int32_t *year;
    const double *value;
    frem_terminal_years years;
    frem_status status;
} view;

/* What a cell is about; "all" where a member is NULL. */
typedef struct about {
    const char *keys[DIMENSIONS];
} about;

static size_t column_of(const view *v, enum dimension d) {
    return (size_t)frem_frame_column(v->document->results, dimension_names[d]);
}

static const char *key_at(const view *v, enum dimension d, size_t row) {
    return frem_frame_label_text(v->document->results, column_of(v, d), v->codes[d][row]);
}

static bool open_view(view *v) {
    const frem_frame *frame = v->document->results;
    const ptrdiff_t year = frem_frame_column(frame, "year"), value = frem_frame_column(frame, "value");
    v->n_rows = frem_frame_rows(frame);
    if (year < 0 || value < 0)
        return false;
    v->year = frem_frame_wholes(frame, (size_t)year);
    v->value = frem_frame_numbers(frame, (size_t)value);
    for (size_t d = 0; d < DIMENSIONS; d++) {
        if (frem_frame_column(frame, dimension_names[d]) < 0)
            return false;
        v->codes[d] = frem_frame_label_codes(frame, column_of(v, (enum dimension)d));
    }
    return true;
}

static bool fits(const view *v, size_t row, const about *what) {
    for (size_t d = 0; d < DIMENSIONS; d++) {
        const char *key = d == SCENARIO           ? v->run->name
                          : d == VARIANT          ? v->run->variant
                          : what->keys[d] != NULL ? what->keys[d]
                                                  : "all";
        if (strcmp(key_at(v, (enum dimension)d, row), key) != 0)
            return false;
    }
    return true;
}

/* NaN where the table has no such row. */
static double find(const view *v, const about *what, int32_t year) {
    for (size_t row = 0; row < v->n_rows; row++) {
        if (v->year[row] == year && fits(v, row, what))
            return v->value[row];
    }
    return (double)NAN;
}

static const char *label_of(const view *v, enum dimension d, const char *key) {
    return frem_document_label(v->document, v->run->name, dimension_names[d], key, v->lang);
}

/* The distinct keys of a dimension among rows like `what`, whose own key of it is left open. `all` is left out. */
static size_t list_keys(const view *v, enum dimension d, const about *what, const char **keys) {
    size_t n = 0;
    for (size_t row = 0; row < v->n_rows; row++) {
        about like = *what;
        const char *key = key_at(v, d, row);
        like.keys[d] = key;
        bool known = strcmp(key, "all") == 0 || !fits(v, row, &like);
        for (size_t i = 0; i < n && !known; i++)
            known = strcmp(keys[i], key) == 0;
        if (!known)
            keys[n++] = key;
    }
    return n;
}

/* The years that matter, fewer where the terminal is narrow. */
static void choose_years(view *v, const about *what) {
    v->years.n = 0;
    for (size_t row = 0; row < v->n_rows && v->status == FREM_OK; row++) {
        if (fits(v, row, what))
            v->status = frem_terminal_years_add(&v->years, v->year[row]);
    }
    frem_terminal_years_choose(&v->years, v->run->base_year);
    while (!frem_terminal_fit(&v->years, v->names, CELLS, v->width))
        ;
}

static void add_number(frem_text *out, const view *v, double number, int decimals, const char *unit,
                       size_t cells) {
    const size_t from = out->length;
    if (isnan(number)) {
        frem_text_add(out, "-");
    } else {
        frem_locale_number(out, number, decimals, v->lang);
        frem_text_add(out, unit);
    }
    frem_align_right(out, from, cells + GAP);
}

static void widen(view *v, const char *label, size_t indent) {
    size_t needs = frem_utf8_width(label, strlen(label)) + indent;
    v->names = needs > v->names ? needs : v->names;
}

/* A row over the years, for its cells. */
typedef struct years_row {
    const view *v;
    const about *what;
    int decimals;
} years_row;

static void add_cell(frem_text *out, const void *context, int32_t year) {
    const years_row *r = context;
    const double number = find(r->v, r->what, year);
    if (isnan(number))
        frem_text_add(out, "-");
    else
        frem_locale_number(out, number, r->decimals, r->v->lang);
}

/* One row over the years, where the table has it in the last one. */
static void add_years(frem_text *out, const view *v, const about *what, size_t indent, const char *label,
                      int decimals) {
    const years_row row = {v, what, decimals};
    if (v->years.n == 0 || isnan(find(v, what, v->years.at[v->years.n - 1])))
        return;
    frem_terminal_name(out, v->names, indent, label);
    frem_terminal_cells(out, &v->years, CELLS, add_cell, &row);
}

static void add_programme(frem_text *out, view *v, const char *programme, const char **keys) {
    static const struct {
        const char *measure;
        int decimals;
    } rows[] = {{"intake_planned", 0}, {"intake", 0},    {"students", 0},          {"places_needed", 1},
                {"places_offered", 1}, {"shortfall", 1}, {"supervisors_needed", 1}};
    about what = {.keys = {[PROGRAMME] = programme, [MEASURE] = "places"}};
    size_t n = list_keys(v, REGION, &what, keys);
    v->names = 0;
    widen(v, frem_word_text(FREM_W_PRACTICUM_BY_REGION, v->lang), 0);
    for (size_t i = 0; i < n; i++)
        widen(v, label_of(v, REGION, keys[i]), 2);
    size_t special = list_keys(v, SPECIALISATION, &what, keys);
    for (size_t i = 0; i < special; i++)
        widen(v, label_of(v, SPECIALISATION, keys[i]), 2);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        widen(v, label_of(v, MEASURE, rows[i].measure), 0);
    choose_years(v, &what);
    frem_terminal_name(out, v->names, 0, label_of(v, PROGRAMME, programme));
    frem_terminal_heads(out, &v->years, CELLS);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        what.keys[MEASURE] = rows[i].measure;
        add_years(out, v, &what, 0, label_of(v, MEASURE, rows[i].measure), rows[i].decimals);
    }
    what.keys[MEASURE] = "places";
    add_years(out, v, &what, 0, label_of(v, MEASURE, "places"), 0);
    for (size_t i = 0; i < special; i++) {
        about one = what;
        one.keys[SPECIALISATION] = keys[i];
        add_years(out, v, &one, 2, label_of(v, SPECIALISATION, keys[i]), 0);
    }
    n = list_keys(v, REGION, &what, keys);
    if (n > 0) {
        frem_text_add(out, frem_word_text(FREM_W_PRACTICUM_BY_REGION, v->lang));
        frem_text_add(out, "\n");
    }
    for (size_t i = 0; i < n; i++) {
        about one = what;
        one.keys[REGION] = keys[i];
        add_years(out, v, &one, 2, label_of(v, REGION, keys[i]), 0);
    }
}

/* Columns of the schools' table. */
static const struct {
    const char *measure;
    int decimals;
    bool per_cent;
} columns[] = {{"students_share", 1, true},
               {"sta_municipal", 2, false},
               {"practicum_share", 1, true},
               {"practicum_share_published", 1, true}};
enum { SCHOOL_COLUMNS = sizeof columns / sizeof *columns };

static size_t column_width(const view *v, size_t c) {
    const char *label = label_of(v, MEASURE, columns[c].measure);
    return frem_utf8_width(label, strlen(label));
}

/* Whether a note names the row as contradicted: the notes begin with what they are about. */
static bool is_contradicted(const view *v, const char *who) {
    for (size_t i = 0; i < v->document->n_notes; i++) {
        const frem_note *note = &v->document->notes[i];
        const char *text = note->text.text[v->lang];
        size_t n = strlen(who);
        if (strcmp(note->kind, "contradiction") == 0 && strncmp(text, who, n) == 0 &&
            (text[n] == ':' || text[n] == ' '))
            return true;
    }
    return false;
}

static void add_shares(frem_text *out, const view *v, const about *what, size_t indent, const char *label,
                       bool mark) {
    frem_terminal_name(out, v->names, indent, label);
    for (size_t c = 0; c < SCHOOL_COLUMNS; c++) {
        about cell = *what;
        cell.keys[MEASURE] = columns[c].measure;
        double number = find(v, &cell, v->run->base_year);
        add_number(out, v, columns[c].per_cent ? 100 * number : number, columns[c].decimals,
                   columns[c].per_cent ? frem_word_text(FREM_W_PERCENT_SIGN, v->lang) : "",
                   column_width(v, c));
    }
    frem_text_add(out, mark ? " *\n" : "\n");
}

static void add_schools(frem_text *out, view *v, const char **schools, size_t n, const char **regions) {
    about what = {.keys = {[MEASURE] = "students_share"}};
    bool marked = false;
    v->names = 0;
    for (size_t i = 0; i < n; i++) {
        what.keys[SCHOOL] = schools[i];
        widen(v, label_of(v, SCHOOL, schools[i]), 0);
        size_t m = list_keys(v, REGION, &what, regions);
        for (size_t k = 0; k < m; k++)
            widen(v, label_of(v, REGION, regions[k]), 2);
    }
    frem_terminal_name(out, v->names, 0, "");
    for (size_t c = 0; c < SCHOOL_COLUMNS; c++)
        frem_add_right(out, label_of(v, MEASURE, columns[c].measure), column_width(v, c) + GAP);
    frem_text_add(out, "\n");
    for (size_t i = 0; i < n; i++) {
        about school = {.keys = {[SCHOOL] = schools[i], [MEASURE] = "students_share"}};
        size_t m = list_keys(v, REGION, &school, regions);
        const char *label = label_of(v, SCHOOL, schools[i]);
        bool mark = is_contradicted(v, label);
        add_shares(out, v, &school, 0, label, mark);
        marked = marked || mark;
        for (size_t k = 0; k < m; k++) {
            about row = school;
            row.keys[REGION] = regions[k];
            mark = is_contradicted(v, label_of(v, REGION, regions[k]));
            add_shares(out, v, &row, 2, label_of(v, REGION, regions[k]), mark);
            marked = marked || mark;
        }
    }
    about all = {.keys = {NULL}};
    add_shares(out, v, &all, 0, frem_word_text(FREM_W_PRACTICUM_TOTAL, v->lang), false);
    if (marked)
        frem_text_print(out, "%s\n", frem_word_text(FREM_W_PRACTICUM_MARK, v->lang));
}

static frem_status add_notes(frem_text *out, const view *v) {
    bool first = true;
    for (size_t i = 0; i < v->document->n_notes; i++) {
        const frem_note *note = &v->document->notes[i];
        if (note->scenario != NULL && strcmp(note->scenario, v->run->name) != 0)
            continue;
        frem_text paragraph = {0};
        frem_text_add(&paragraph, frem_word_text(FREM_W_NOTE, v->lang));
        frem_add_label(&paragraph, note->text.text[v->lang]);
        out->failed = out->failed || paragraph.failed;
        frem_text_add(out, first ? "\n" : "");
        frem_add_wrapped(out, &paragraph, v->width, 2);
        frem_text_free(&paragraph);
        first = false;
    }
    return out->failed ? FREM_NO_MEMORY : FREM_OK;
}

static frem_status add_scenario(frem_text *out, view *v, const char **first, const char **second) {
    about places = {.keys = {[MEASURE] = "places"}}, shares = {.keys = {[MEASURE] = "sta_total"}};
    frem_text title = {0};
    frem_text_add(out, out->length > 0 ? "\n" : "");
    frem_add_label(&title, v->run->title.text[v->lang]);
    if (strcmp(v->run->variant, "base") != 0) {
        frem_text_add(&title, " · ");
        frem_add_label(&title, label_of(v, VARIANT, v->run->variant));
    }
    out->failed = out->failed || title.failed;
    frem_add_wrapped(out, &title, v->width, 2);
    frem_text_free(&title);
    size_t n = list_keys(v, PROGRAMME, &places, first);
    for (size_t i = 0; i < n; i++)
        add_programme(out, v, first[i], second);
    n = list_keys(v, SCHOOL, &shares, first);
    if (n > 0)
        add_schools(out, v, first, n, second);
    return out->failed ? FREM_NO_MEMORY : FREM_OK;
}

frem_status frem_write_practicum(const frem_document *document, frem_lang lang, size_t width,
                                 frem_text *out) {
    view v = {.document = document, .lang = lang, .width = width};
    size_t room = 1;
    if (!open_view(&v))
        return FREM_DEFECT;
    for (size_t d = 0; d < DIMENSIONS; d++) /* no dimension has more keys than this */
        room += frem_frame_labels(document->results, column_of(&v, (enum dimension)d));
    const char **keys = calloc(2 * room, sizeof *keys);
    frem_status status = keys != NULL ? FREM_OK : FREM_NO_MEMORY;
    for (size_t i = 0; i < document->n_scenarios && status == FREM_OK; i++) {
        v.run = &document->scenarios[i];
        status = add_scenario(out, &v, keys, keys + room);
        /* A scenario's notes are those of its variants too. */
        if (status == FREM_OK && (i + 1 == document->n_scenarios || frem_document_first(document, i + 1)))
            status = add_notes(out, &v);
    }
    free(keys);
    free(v.years.at);
    return status == FREM_OK ? v.status : status;
}
