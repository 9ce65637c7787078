/* The short text of an answer: its title, its tables and its sentences. */
#include "frame/answer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/locale.h"
#include "base/number.h"
#include "output/text.h"
#include "output/write.h"

enum { ROWS_MAX = 40, GAP = 2, LEAST = 24 };

static void add_digits(frem_text *out, double number, frem_answer_digits digits, frem_lang lang) {
    char text[32];
    switch (digits) {
    case FREM_DIGITS_BRIEF:
        (void)frem_number_brief(text, number, (double)NAN);
        frem_locale_add(out, text, lang);
        break;
    case FREM_DIGITS_WHOLE:
        frem_locale_number(out, number, 0, lang);
        break;
    case FREM_DIGITS_TENTHS:
        frem_locale_number(out, number, 1, lang);
        break;
    case FREM_DIGITS_PERCENT:
        frem_locale_percent(out, number, 1, lang);
        break;
    }
}

/* What people read in place of a text. */
static const char *word_of(const frem_answer_column *column, const char *text, frem_lang lang) {
    for (size_t i = 0; i < column->n_words; i++) {
        if (strcmp(column->words[i].key, text) == 0)
            return column->words[i].label.text[lang];
    }
    return text;
}

void frem_add_answer_cell(frem_text *out, const frem_answer_table *table, size_t column, size_t row,
                          frem_lang lang) {
    const frem_frame *frame = table->frame;
    switch (table->columns[column].kind) {
    case FREM_COLUMN_LABEL:
        frem_add_label(
            out,
            word_of(&table->columns[column],
                    frem_frame_label_text(frame, column, frem_frame_label_codes(frame, column)[row]), lang));
        break;
    case FREM_COLUMN_WHOLE:
        frem_text_print(out, "%d", (int)frem_frame_wholes(frame, column)[row]);
        break;
    case FREM_COLUMN_NUMBER: {
        const double number = frem_frame_numbers(frame, column)[row];
        if (!isnan(number))
            add_digits(out, number, table->columns[column].digits, lang);
        break;
    }
    }
}

/* Whether a column is for people. */
static bool is_shown(const frem_answer_table *table, size_t column) {
    return table->columns[column].heading.text[FREM_EN] != NULL;
}

/* A line of a heading that is broken between words so that its lines take `width` columns; a longer word has a line of its own.
 * @param[out] n bytes of the line. @return NULL where there is no such line. */
static const char *heading_line(const char *heading, size_t width, size_t line, size_t *n) {
    for (size_t i = 0; *heading != '\0'; i++) {
        *n = strcspn(heading, " ");
        for (size_t more = *n; heading[more] == ' ';) {
            more += 1 + strcspn(heading + more + 1, " ");
            if (frem_utf8_width(heading, more) > width)
                break;
            *n = more;
        }
        if (i == line)
            return heading;
        heading += *n + (heading[*n] == ' ');
    }
    return NULL;
}

/* The columns that a heading takes. @param broken between all of its words */
static size_t heading_width(const char *heading, bool broken) {
    size_t widest = broken ? 0 : frem_utf8_width(heading, strlen(heading)), n = 0;
    const char *word;
    for (size_t i = 0; broken && (word = heading_line(heading, 0, i, &n)) != NULL; i++) {
        const size_t width = frem_utf8_width(word, n);
        widest = width > widest ? width : widest;
    }
    return widest;
}

static size_t width_of(const frem_answer_table *table, size_t column, size_t rows, bool broken,
                       frem_lang lang, frem_text *out) {
    size_t widest = heading_width(table->columns[column].heading.text[lang], broken);
    for (size_t row = 0; row < rows; row++) {
        frem_text cell = {0};
        frem_add_answer_cell(&cell, table, column, row, lang);
        const size_t width = frem_text_measured(&cell, out);
        widest = width > widest ? width : widest;
    }
    return widest;
}

/* Texts begin at the left of their column, numbers end at its right. */
static void add_cell(frem_text *out, const char *text, bool left, size_t width) {
    if (!left) {
        frem_add_right(out, text, width);
        return;
    }
    const size_t taken = frem_utf8_width(text, strlen(text));
    frem_text_add(out, text);
    frem_add_blanks(out, width > taken ? width - taken : 0);
}

/* A line without blanks at its end; frees it. */
static void add_line(frem_text *out, frem_text *line) {
    while (line->length > 0 && line->bytes[line->length - 1] == ' ')
        line->bytes[--line->length] = '\0';
    out->failed = out->failed || line->failed;
    frem_text_add(out, line->bytes != NULL ? line->bytes : "");
    frem_text_add(out, "\n");
    frem_text_free(line);
}

static void add_row(frem_text *out, const frem_answer_table *table, const size_t *widths, size_t row,
                    frem_lang lang) {
    frem_text line = {0};
    for (size_t c = 0; c < table->n_columns; c++) {
        frem_text cell = {0};
        if (!is_shown(table, c))
            continue;
        frem_add_answer_cell(&cell, table, c, row, lang);
        out->failed = out->failed || cell.failed;
        frem_add_blanks(&line, line.length > 0 ? GAP : 0);
        add_cell(&line, cell.bytes != NULL ? cell.bytes : "", table->columns[c].kind == FREM_COLUMN_LABEL,
                 widths[c]);
        frem_text_free(&cell);
    }
    add_line(out, &line);
}

/* The headings, broken where they are wider than their columns; all end on the last line. */
static void add_headings(frem_text *out, const frem_answer_table *table, const size_t *widths,
                         frem_lang lang) {
    size_t lines = 0, n = 0;
    for (size_t c = 0; c < table->n_columns; c++) {
        size_t own = 0;
        while (is_shown(table, c) &&
               heading_line(table->columns[c].heading.text[lang], widths[c], own, &n) != NULL)
            own++;
        lines = own > lines ? own : lines;
    }
    for (size_t i = 0; i < lines; i++) {
        frem_text line = {0};
        for (size_t c = 0; c < table->n_columns; c++) {
            const char *heading = table->columns[c].heading.text[lang];
            size_t own = 0;
            frem_text cell = {0};
            if (!is_shown(table, c))
                continue;
            while (heading_line(heading, widths[c], own, &n) != NULL)
                own++;
            const char *part =
                i + own >= lines ? heading_line(heading, widths[c], i + own - lines, &n) : NULL;
            if (part != NULL)
                frem_text_add_bytes(&cell, part, n);
            frem_add_blanks(&line, c > 0 && line.length > 0 ? GAP : 0);
            add_cell(&line, cell.bytes != NULL ? cell.bytes : "", table->columns[c].kind == FREM_COLUMN_LABEL,
                     widths[c]);
            out->failed = out->failed || cell.failed;
            frem_text_free(&cell);
        }
        add_line(out, &line);
    }
}

/* A cell of a table that is too wide, behind its heading, on lines of its own. */
static void add_member(frem_text *out, const frem_answer_table *table, size_t column, size_t row,
                       size_t names, size_t width, frem_lang lang) {
    const char *heading = table->columns[column].heading.text[lang];
    frem_text cell = {0}, lines = {0};
    frem_add_answer_cell(&cell, table, column, row, lang);
    if (cell.length == 0)
        frem_text_add(&cell, "–");
    const size_t indent = GAP + names + GAP, taken = frem_utf8_width(heading, strlen(heading));
    frem_add_wrapped(&lines, &cell, width > indent + LEAST ? width - indent : LEAST, 0);
    frem_add_blanks(out, GAP);
    frem_text_add(out, heading);
    frem_add_blanks(out, names + GAP - taken);
    for (const char *at = lines.bytes; at != NULL && *at != '\0';) {
        const size_t n = strcspn(at, "\n");
        frem_add_blanks(out, at != lines.bytes ? indent : 0);
        frem_text_add_bytes(out, at, n);
        frem_text_add(out, "\n");
        at += n + (at[n] == '\n');
    }
    out->failed = out->failed || cell.failed || lines.failed;
    frem_text_free(&lines);
    frem_text_free(&cell);
}

/* A row of a table that is too wide: its first cell, and the others below it. */
static void add_block(frem_text *out, const frem_answer_table *table, size_t row, size_t width,
                      frem_lang lang) {
    size_t names = 0, first = table->n_columns;
    for (size_t c = table->n_columns; c-- > 0;) {
        if (!is_shown(table, c))
            continue;
        const char *heading = table->columns[c].heading.text[lang];
        const size_t taken = frem_utf8_width(heading, strlen(heading));
        names = taken > names ? taken : names;
        first = c;
    }
    frem_add_answer_cell(out, table, first, row, lang);
    frem_text_add(out, "\n");
    for (size_t c = first + 1; c < table->n_columns; c++) {
        if (is_shown(table, c))
            add_member(out, table, c, row, names, width, lang);
    }
}

/* The columns that a table takes. */
static size_t width_of_all(const frem_answer_table *table, const size_t *widths) {
    size_t sum = 0;
    for (size_t c = 0; c < table->n_columns; c++)
        sum += is_shown(table, c) ? widths[c] + (sum > 0 ? GAP : 0) : 0;
    return sum;
}

static frem_status add_table(frem_text *out, const frem_answer_table *table, size_t width, frem_lang lang) {
    const size_t n = frem_frame_rows(table->frame), shown = n < ROWS_MAX ? n : ROWS_MAX;
    size_t *widths = calloc(table->n_columns + 1, sizeof *widths);
    if (widths == NULL)
        return FREM_NO_MEMORY;
    bool wide = true;
    for (size_t broken = 0; broken < 2 && wide; broken++) {
        for (size_t c = 0; c < table->n_columns; c++)
            widths[c] = is_shown(table, c) ? width_of(table, c, shown, broken > 0, lang, out) : 0;
        wide =
            width_of_all(table, widths) > width + width / 20; /* a little over reads better than no table */
    }
    frem_text_print(out, "\n%s\n", table->title.text[lang]);
    if (!wide)
        add_headings(out, table, widths, lang);
    for (size_t row = 0; row < shown && !wide; row++)
        add_row(out, table, widths, row, lang);
    for (size_t row = 0; row < shown && wide; row++)
        add_block(out, table, row, width, lang);
    if (n > shown) {
        frem_text_print(out, "%zu", n - shown);
        frem_text_add(out, frem_word_text(FREM_W_ANSWER_MORE, lang));
        frem_text_print(out, "%s\n", table->file);
    }
    free(widths);
    return FREM_OK;
}

frem_status frem_write_answer_short(const frem_document *document, frem_lang lang, size_t width,
                                    frem_text *out) {
    const frem_answer *answer = document->answer;
    frem_status status = FREM_OK;
    frem_add_label(out, answer->title.text[lang]);
    frem_text_add(out, "\n");
    for (size_t i = 0; i < answer->n_tables && status == FREM_OK; i++) {
        if (!answer->tables[i].long_one && frem_frame_rows(answer->tables[i].frame) > 0)
            status = add_table(out, &answer->tables[i], width, lang);
    }
    for (size_t i = 0; i < answer->n_sentences && status == FREM_OK; i++) {
        frem_text sentence = {0};
        frem_add_label(&sentence, answer->sentences[i].text[lang]);
        frem_text_add(out, "\n");
        out->failed = out->failed || sentence.failed;
        if (!out->failed)
            frem_add_wrapped(out, &sentence, width, 0);
        frem_text_free(&sentence);
    }
    return status;
}
