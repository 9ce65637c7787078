/* StatBank CSV: one row for each figure, periods as columns, or the block that the web site shows, with titles above,
 * values along both sides and labels that are written once. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/number_problem.h"
#include "base/problem.h"
#include "import/table.h"
#include "import/words.h"

/** A cell without quotes and the blanks around it. */
typedef struct csv_cell {
    const char *text; /**< n bytes, no NUL */
    size_t n;
    size_t at; /**< byte of the file's text */
} csv_cell;

typedef struct csv_reader {
    frem_import_table *table;
    frem_diags *diags;
    char separator;
    size_t at;       /**< where the next record begins */
    csv_cell *cells; /**< of the record; owned */
    size_t n_cells;
    size_t room;
    int sign;       /**< the decimal sign, once a figure has one; 0 before */
    size_t sign_at; /**< that figure */
    frem_tally numbers;
    frem_tally ragged;
    frem_tally blanks;
} csv_reader;

/* ---- records ---- */

/* Bytes of the end of a line: LF, CRLF, or the CRCRLF of a file that was changed twice; 0 where there is none. */
static size_t line_end(const csv_reader *reader, size_t at) {
    const char *text = reader->table->text;
    size_t n = 0;
    while (text[at + n] == '\r')
        n++;
    return text[at + n] == '\n' ? n + 1 : 0;
}

static bool ends_record(const csv_reader *reader, size_t at) {
    return at >= reader->table->size || line_end(reader, at) > 0;
}

static size_t skip_blanks(const csv_reader *reader, size_t at) {
    const char *text = reader->table->text;
    while (text[at] == ' ' || (text[at] == '\t' && reader->separator != '\t'))
        at++;
    return at;
}

/* A quoted cell without its quotes; *end is behind the closing one. */
static frem_status read_quoted(csv_reader *reader, size_t *end, csv_cell *cell) {
    const frem_import_table *table = reader->table;
    const size_t open = cell->at;
    size_t at = open + 1, doubled = 0;
    for (; at < table->size; at++) {
        if (table->text[at] != '"')
            continue;
        if (table->text[at + 1] != '"')
            break;
        doubled++;
        at++;
    }
    if (at >= table->size)
        return FREM_PROBLEM(reader->diags, frem_import_place(table, open), TABLE_QUOTE_OPEN, "");
    cell->text = table->text + open + 1;
    cell->n = at - open - 1;
    *end = at + 1;
    if (doubled == 0)
        return FREM_OK;
    char *plain = frem_arena_alloc(table->arena, cell->n + 1, 1);
    if (plain == NULL)
        return FREM_NO_MEMORY;
    size_t n = 0;
    for (size_t i = 0; i < cell->n; i++) {
        plain[n++] = cell->text[i];
        i += cell->text[i] == '"';
    }
    cell->text = plain;
    cell->n = n;
    return FREM_OK;
}

static frem_status text_after_quote(csv_reader *reader, size_t at, size_t opened) {
    const frem_place place = frem_import_place(reader->table, opened);
    char line[32], column[32];
    snprintf(line, sizeof line, "%u", place.line);
    snprintf(column, sizeof column, "%u", place.column);
    return FREM_PROBLEM(reader->diags, frem_import_place(reader->table, at), TABLE_QUOTE_TEXT, line, column);
}

static frem_status add_cell(csv_reader *reader, csv_cell cell) {
    while (cell.n > 0 && (cell.text[cell.n - 1] == ' ' || cell.text[cell.n - 1] == '\t'))
        cell.n--;
    while (cell.n > 0 && (cell.text[0] == ' ' || cell.text[0] == '\t')) {
        cell.text++;
        cell.n--;
    }
    void *items = reader->cells;
    const frem_status status = frem_grow(&items, &reader->room, reader->n_cells, sizeof *reader->cells);
    reader->cells = items;
    if (status == FREM_OK)
        reader->cells[reader->n_cells++] = cell;
    return status;
}

static frem_status csv_next(csv_reader *reader, bool *more) {
    const frem_import_table *table = reader->table;
    reader->n_cells = 0;
    *more = reader->at < table->size;
    if (!*more)
        return FREM_OK;
    for (;;) {
        csv_cell cell = {.at = skip_blanks(reader, reader->at)};
        size_t end = cell.at;
        frem_status status = FREM_OK;
        if (table->text[cell.at] == '"') {
            status = read_quoted(reader, &end, &cell);
            if (status != FREM_OK)
                return status;
            end = skip_blanks(reader, end);
            if (!ends_record(reader, end) && table->text[end] != reader->separator)
                return text_after_quote(reader, end, cell.at);
        } else {
            while (!ends_record(reader, end) && table->text[end] != reader->separator)
                end++;
            cell.text = table->text + cell.at;
            cell.n = end - cell.at;
        }
        status = add_cell(reader, cell);
        if (status != FREM_OK)
            return status;
        if (ends_record(reader, end)) {
            reader->at = end < table->size ? end + line_end(reader, end) : end + 1;
            return FREM_OK;
        }
        reader->at = end + 1;
    }
}

/* The separator: a semicolon where one occurs outside quotes, since no number has one; else a tab; else a comma. */
static char find_separator(const frem_import_table *table) {
    bool quoted = false, tab = false;
    size_t lines = 0;
    for (size_t i = 0; i < table->size && lines < 50; i++) {
        const char c = table->text[i];
        if (c == '"')
            quoted = !quoted;
        else if (!quoted && c == ';')
            return ';';
        tab |= !quoted && c == '\t';
        lines += c == '\n';
    }
    return tab ? '\t' : ',';
}

/* ---- cells ---- */

static size_t csv_filled(const csv_reader *reader) {
    size_t n = 0;
    for (size_t i = 0; i < reader->n_cells; i++)
        n += reader->cells[i].n > 0;
    return n;
}

static frem_status csv_key(csv_reader *reader, size_t variable, csv_cell cell, uint32_t *key) {
    frem_import_table *table = reader->table;
    frem_import_variable *to = &table->variables[variable];
    const ptrdiff_t known = frem_index_find(to->index, cell.text, cell.n);
    if (known >= 0) {
        *key = (uint32_t)known;
        return FREM_OK;
    }
    const char *code = frem_nfc(table->arena, cell.text, cell.n);
    const frem_status status =
        code != NULL ? frem_import_add_value(table, to, code, NULL, key, NULL) : FREM_NO_MEMORY;
    if (status == FREM_OK)
        to->values[*key].at = (uint32_t)cell.at;
    return status;
}

/* One sign is for decimals in all figures of a file; the other, in the next figure, is for thousands, or a mistake. */
static frem_status check_sign(csv_reader *reader, const char *text, size_t at) {
    const int sign = strchr(text, ',') != NULL ? ',' : strchr(text, '.') != NULL ? '.' : 0;
    if (sign == 0)
        return FREM_OK;
    if (reader->sign == 0) {
        reader->sign = sign;
        reader->sign_at = at;
    }
    if (reader->sign == sign)
        return FREM_OK;
    char line[32];
    snprintf(line, sizeof line, "%u", frem_import_place(reader->table, reader->sign_at).line);
    return FREM_PROBLEM(reader->diags, frem_import_place(reader->table, at), IMPORT_TWO_SIGNS, text, line);
}

/* The decimal sign is a comma in Danish exports and a point in English ones. */
static frem_status csv_figure(csv_reader *reader, const char *column, const uint32_t *keys, csv_cell cell) {
    char text[64];
    double number = (double)NAN;
    if (!frem_import_is_missing(cell.text, cell.n)) {
        frem_number_fault fault = FREM_NUMBER_FORM;
        const size_t n = cell.n < sizeof text ? cell.n : sizeof text - 1;
        memcpy(text, cell.text, n);
        text[n] = '\0';
        char *comma = strchr(text, ',');
        if (comma != NULL && strchr(text, '.') == NULL)
            *comma = '.';
        if (n == cell.n)
            fault = frem_import_read_figure(reader->table, keys, text, n, &number);
        if (fault != FREM_NUMBER_OK) {
            memcpy(text, cell.text, n);
            if (frem_tally_count(&reader->numbers,
                                 frem_import_tally_place(reader->table, &reader->numbers, cell.at)))
                frem_tally_raised(&reader->numbers,
                                  frem_number_problem(reader->diags,
                                                      frem_import_place(reader->table, cell.at), column, text,
                                                      fault));
            return FREM_OK;
        }
        memcpy(text, cell.text, n);
        const frem_status status = check_sign(reader, text, cell.at);
        if (status != FREM_OK)
            return status;
    }
    return frem_import_add_cell(reader->table, keys, number, cell.at);
}

static void csv_ragged(csv_reader *reader, size_t want) {
    char has[32], wants[32];
    const size_t at = reader->n_cells > want ? reader->cells[want].at : reader->cells[0].at;
    snprintf(has, sizeof has, "%zu", reader->n_cells);
    snprintf(wants, sizeof wants, "%zu", want);
    FREM_TALLY(&reader->ragged, frem_import_tally_place(reader->table, &reader->ragged, at), IMPORT_ROW_CELLS,
               has, wants);
}

/* ---- codes and labels ---- */

/* Where the label begins in "101 København", or NULL. "I alt" is one text, and so are
 * "Region Hovedstaden" and "6 år og derover". */
static const char *label_of(const char *text) {
    const char *blank = strchr(text, ' ');
    if (blank == NULL)
        return NULL;
    bool digit = false, small = false;
    for (const char *at = text; at < blank; at++) {
        digit |= *at >= '0' && *at <= '9';
        small |= (*at >= 'a' && *at <= 'z') || (unsigned char)*at >= 0x80;
    }
    const bool one_text = strncmp(text, "I ", 2) == 0 || strncmp(blank, " år", strlen(" år")) == 0 ||
                          strncmp(blank, " year", 5) == 0 || blank[1] == '-' || blank[1] == '+';
    return (digit || !small) && !one_text ? blank + 1 : NULL;
}

/* Whether a column holds codes with labels after them: then both halves differ from value to value. */
static frem_status has_both(const frem_import_variable *variable, bool *both) {
    frem_index *codes = NULL, *labels = NULL;
    frem_status status = frem_index_new(&codes);
    if (status == FREM_OK)
        status = frem_index_new(&labels);
    *both = true;
    for (size_t i = 0; status == FREM_OK && *both && i < variable->n_values; i++) {
        const char *text = variable->values[i].code, *label = label_of(text);
        *both = label != NULL;
        if (label == NULL)
            break;
        status = frem_index_add(codes, text, (size_t)(label - text) - 1, NULL);
        if (status == FREM_OK)
            status = frem_index_add(labels, label, strlen(label), NULL);
        *both = status == FREM_OK && frem_index_count(codes) == i + 1 && frem_index_count(labels) == i + 1;
    }
    frem_index_free(codes);
    frem_index_free(labels);
    return status;
}

static frem_status split_labels(frem_import_table *table) {
    for (size_t v = 0; v < table->n_variables; v++) {
        frem_import_variable *variable = &table->variables[v];
        bool both;
        const frem_status status = has_both(variable, &both);
        if (status != FREM_OK)
            return status;
        for (size_t i = 0; both && i < variable->n_values; i++) {
            frem_import_value *value = &variable->values[i];
            const char *label = label_of(value->code);
            value->code = frem_arena_text(table->arena, value->code, (size_t)(label - value->code) - 1);
            value->label = label;
            if (value->code == NULL)
                return FREM_NO_MEMORY;
        }
    }
    return FREM_OK;
}

/* ---- the file ---- */

static frem_status csv_add_title(csv_reader *reader, csv_cell cell) {
    frem_import_table *table = reader->table;
    const char *text = frem_nfc(table->arena, cell.text, cell.n < 1000 ? cell.n : 1000);
    if (text != NULL && table->title != NULL)
        text = frem_arena_print(table->arena, "%s %s", table->title, text);
    table->title = text;
    return text != NULL ? FREM_OK : FREM_NO_MEMORY;
}

static frem_status csv_take_note(csv_reader *reader) {
    char word[8] = "", folded[FREM_FOLDED_MAX];
    const csv_cell cell = reader->cells[0];
    memcpy(word, cell.text, cell.n < sizeof word ? cell.n : sizeof word - 1);
    frem_import_fold(word, folded);
    return strncmp(folded, "enhed", 5) == 0 || strncmp(folded, "unit", 4) == 0 ? csv_add_title(reader, cell)
                                                                               : FREM_OK;
}

/* A file without a table: it may be a message, which its first words show. */
static frem_status no_figures(const csv_reader *reader, size_t at, bool header) {
    const char *words = frem_import_beginning(reader->table);
    const frem_place place = frem_import_place(reader->table, at);
    if (words == NULL)
        return FREM_NO_MEMORY;
    return header ? FREM_PROBLEM(reader->diags, place, IMPORT_NO_FIGURES, words)
                  : FREM_PROBLEM(reader->diags, place, IMPORT_CSV_NO_HEADER, words);
}

/* A title is the only cell of its line; the first other row is the header. */
static frem_status find_header(csv_reader *reader) {
    bool more = true;
    for (;;) {
        frem_status status = csv_next(reader, &more);
        if (status != FREM_OK)
            return status;
        if (!more)
            return no_figures(reader, 0, false);
        const size_t filled = csv_filled(reader);
        if (filled > 1 || (filled == 1 && reader->cells[0].n == 0))
            return FREM_OK;
        if (filled == 0)
            continue;
        status = csv_add_title(reader, reader->cells[0]);
        if (status != FREM_OK)
            return status;
    }
}

/* ---- rows ---- */

/* The columns of a file of rows: variables first, then figures, but for one column of figures that has a name. */
typedef struct row_layout {
    size_t width;
    size_t first_value; /* column of the first figure */
    size_t n_figures;
    bool periods;        /* the figures' columns are periods */
    const char **names;  /* of the columns; borrowed from the arena */
    size_t *variable_of; /* the variable of a column; width for figures */
} row_layout;

static bool is_period(const char *text) {
    int year, month;
    return strchr(text, ' ') == NULL && frem_import_read_time(text, &year, &month);
}

static frem_status name_columns(csv_reader *reader, row_layout *layout) {
    frem_import_table *table = reader->table;
    frem_index *seen = NULL;
    frem_tally tally = {.diags = reader->diags};
    frem_status status = frem_index_new(&seen);
    layout->names = frem_arena_alloc(table->arena, layout->width, sizeof *layout->names);
    layout->variable_of = frem_arena_alloc(table->arena, layout->width, sizeof *layout->variable_of);
    if (layout->names == NULL || layout->variable_of == NULL)
        status = FREM_NO_MEMORY;
    for (size_t i = 0; status == FREM_OK && i < layout->width; i++) {
        const csv_cell cell = reader->cells[i];
        const frem_place place = frem_import_tally_place(table, &tally, cell.at);
        layout->names[i] = frem_nfc(table->arena, cell.text, cell.n);
        if (layout->names[i] == NULL) {
            status = FREM_NO_MEMORY;
        } else if (cell.n == 0) {
            char number[32];
            snprintf(number, sizeof number, "%zu", i + 1);
            FREM_TALLY(&tally, place, TABLE_COLUMN_UNNAMED, number);
        } else {
            const size_t before = frem_index_count(seen);
            status = frem_index_add(seen, cell.text, cell.n, NULL);
            if (status == FREM_OK && frem_index_count(seen) == before)
                FREM_TALLY(&tally, place, TABLE_COLUMN_TWICE, layout->names[i]);
        }
    }
    frem_index_free(seen);
    return frem_tally_worse(status, frem_tally_close(&tally));
}

static frem_status lay_out_rows(csv_reader *reader, row_layout *layout) {
    frem_import_table *table = reader->table;
    size_t width = reader->n_cells;
    while (width > 0 && reader->cells[width - 1].n == 0) /* lines that end in a separator */
        width--;
    *layout = (row_layout){.width = width, .n_figures = 1, .first_value = width - 1};
    const frem_status status = name_columns(reader, layout);
    if (status != FREM_OK)
        return status;
    size_t periods = 0;
    while (periods + 1 < width && is_period(layout->names[width - 1 - periods]))
        periods++;
    for (size_t i = 0; periods == 0 && i < width; i++) {
        if (frem_import_kind_of_name(layout->names[i]) == FREM_KIND_CONTENT)
            layout->first_value = i;
    }
    if (periods > 0) {
        layout->periods = true;
        layout->n_figures = periods;
        layout->first_value = width - periods;
    }
    for (size_t i = 0; i < width; i++) {
        const bool figure = i >= layout->first_value && i < layout->first_value + layout->n_figures;
        layout->variable_of[i] = figure ? width : table->n_variables;
        if (!figure && is_period(layout->names[i]))
            return FREM_PROBLEM(reader->diags, frem_import_place(table, reader->cells[i].at),
                                IMPORT_PERIOD_COLUMN, layout->names[i], layout->names[width - 1]);
        if (!figure && frem_import_add_variable(table, layout->names[i], NULL, reader->cells[i].at) == NULL)
            return FREM_NO_MEMORY;
    }
    if (!layout->periods)
        table->content = layout->names[layout->first_value];
    if (layout->periods &&
        frem_import_add_variable(table, "TID", NULL, reader->cells[width - periods].at) == NULL)
        return FREM_NO_MEMORY;
    return FREM_OK;
}

static frem_status take_row(csv_reader *reader, const row_layout *layout, uint32_t *keys) {
    frem_import_table *table = reader->table;
    for (size_t i = 0; i < layout->width; i++) {
        if (layout->variable_of[i] == layout->width)
            continue;
        if (reader->cells[i].n == 0) {
            FREM_TALLY(&reader->blanks, frem_import_tally_place(table, &reader->blanks, reader->cells[i].at),
                       TABLE_EMPTY_KEY, layout->names[i]);
            return FREM_OK;
        }
        const frem_status status =
            csv_key(reader, layout->variable_of[i], reader->cells[i], &keys[layout->variable_of[i]]);
        if (status != FREM_OK)
            return status;
    }
    for (size_t i = 0; i < layout->n_figures; i++) {
        const size_t column = layout->first_value + i;
        frem_status status = FREM_OK;
        if (layout->periods) {
            const csv_cell period = {layout->names[column], strlen(layout->names[column]), 0};
            status = csv_key(reader, table->n_variables - 1, period, &keys[table->n_variables - 1]);
        }
        if (status == FREM_OK)
            status = csv_figure(reader, layout->names[column], keys, reader->cells[column]);
        if (status != FREM_OK)
            return status;
    }
    return FREM_OK;
}

/* A row has another length than what was taken for the header, and no figure was read. */
static frem_status no_header(const csv_reader *reader, size_t header, size_t width) {
    char has[32], next[32];
    snprintf(has, sizeof has, "%zu", width);
    snprintf(next, sizeof next, "%zu", reader->n_cells);
    return FREM_PROBLEM(reader->diags, frem_import_place(reader->table, header), IMPORT_HEADER, has, next);
}

static frem_status csv_read_rows(csv_reader *reader) {
    row_layout layout;
    frem_status status = lay_out_rows(reader, &layout);
    if (status != FREM_OK)
        return status;
    uint32_t *keys = frem_arena_alloc(reader->table->arena, layout.width + 1, sizeof *keys);
    if (keys == NULL)
        return FREM_NO_MEMORY;
    const size_t header = reader->cells[0].at;
    bool more = true, after_blank = false;
    for (;;) {
        status = csv_next(reader, &more);
        if (status != FREM_OK || !more)
            return status;
        if (csv_filled(reader) == 0) {
            after_blank = true;
            continue;
        }
        if (after_blank && reader->n_cells == 1 && layout.width > 1) {
            status = csv_take_note(reader);
            if (status != FREM_OK)
                return status;
            continue;
        }
        while (reader->n_cells > layout.width && reader->cells[reader->n_cells - 1].n == 0)
            reader->n_cells--;
        if (reader->n_cells != layout.width && reader->table->n_cells == 0)
            return no_header(reader, header, layout.width);
        if (reader->n_cells != layout.width)
            csv_ragged(reader, layout.width);
        else
            status = take_row(reader, &layout, keys);
        if (status != FREM_OK)
            return status;
    }
}

/* ---- block ---- */

typedef struct block_layout {
    size_t stubs;    /* columns of labels at the left */
    size_t headings; /* rows of labels at the top */
    size_t width;
    csv_cell *top;  /* headings * width, blanks filled from the left */
    csv_cell *left; /* the labels that hold in this row */
    uint32_t *keys;
} block_layout;

/* The words of a title after "by" or "efter" name the variables in order: "... by region, age and sex". */
static const char *names_in_title(const char *title) {
    static const char *const before[] = {" by ", " efter "};
    const char *found = NULL;
    for (size_t i = 0; title != NULL && i < 2; i++) {
        for (const char *at = title; (at = strstr(at, before[i])) != NULL;) {
            at += strlen(before[i]);
            found = at;
        }
    }
    return found;
}

/* The next name of the list; *rest moves past it, to NULL at the end. */
static size_t next_name(const char **rest) {
    static const char *const between[] = {", ", " and ", " og "};
    size_t n = strlen(*rest), skip = 0;
    for (size_t i = 0; i < 3; i++) {
        const char *at = strstr(*rest, between[i]);
        if (at != NULL && (size_t)(at - *rest) < n) {
            n = (size_t)(at - *rest);
            skip = strlen(between[i]);
        }
    }
    *rest = skip == 0 ? NULL : *rest + n + skip;
    return n;
}

static frem_status name_sides(frem_import_table *table, const block_layout *layout) {
    const char *names = names_in_title(table->title);
    const size_t want = layout->stubs + layout->headings;
    size_t count = 0;
    for (const char *rest = names; rest != NULL; count++)
        (void)next_name(&rest);
    const char *rest = count == want ? names : NULL;
    for (size_t i = 0; i < want; i++) {
        const char *start = rest;
        const char *name = rest != NULL ? frem_arena_text(table->arena, start, next_name(&rest))
                                        : frem_arena_print(table->arena, "variable%zu", i + 1);
        if (name == NULL ||
            frem_import_add_variable(table, name, NULL, layout->top[layout->stubs].at) == NULL)
            return FREM_NO_MEMORY;
    }
    return FREM_OK;
}

/* Takes the heading rows. The reader is then at the first row below them, or *more is false. */
static frem_status read_headings(csv_reader *reader, block_layout *layout, bool *more) {
    frem_arena *arena = reader->table->arena;
    *more = true;
    while (layout->stubs < reader->n_cells && reader->cells[layout->stubs].n == 0)
        layout->stubs++;
    layout->width = reader->n_cells;
    while (reader->cells[layout->width - 1].n == 0)
        layout->width--;
    while (*more && (csv_filled(reader) == 0 || reader->cells[0].n == 0)) {
        if (csv_filled(reader) > 0) {
            csv_cell *rows = frem_arena_alloc(arena, (layout->headings + 1) * layout->width, sizeof *rows);
            if (rows == NULL)
                return FREM_NO_MEMORY;
            if (layout->headings > 0)
                memcpy(rows, layout->top, layout->headings * layout->width * sizeof *rows);
            csv_cell *row = rows + layout->headings * layout->width;
            for (size_t i = layout->stubs; i < layout->width && i < reader->n_cells; i++)
                row[i] = reader->cells[i].n > 0 || i == layout->stubs ? reader->cells[i] : row[i - 1];
            for (size_t i = reader->n_cells; i > layout->stubs && i < layout->width; i++)
                row[i] = row[i - 1];
            layout->top = rows;
            layout->headings++;
        }
        const frem_status status = csv_next(reader, more);
        if (status != FREM_OK)
            return status;
    }
    return FREM_OK;
}

/* The value of a heading's variable above a column. */
static frem_status heading_key(csv_reader *reader, const block_layout *layout, size_t heading,
                               size_t column) {
    const csv_cell cell = layout->top[heading * layout->width + column];
    const size_t variable = layout->stubs + heading;
    if (cell.n > 0)
        return csv_key(reader, variable, cell, &layout->keys[variable]);
    FREM_TALLY(&reader->blanks,
               frem_import_tally_place(reader->table, &reader->blanks, reader->cells[column].at),
               TABLE_EMPTY_KEY, reader->table->variables[variable].code);
    return FREM_OK;
}

/* A label is given once, in the first row that it holds for; a row has figures where it fills the last label column. */
static frem_status take_block_row(csv_reader *reader, block_layout *layout) {
    const size_t last = layout->stubs - 1;
    bool figures = false;
    for (size_t i = 0; i < reader->n_cells; i++) {
        if (i >= layout->stubs || reader->cells[i].n == 0) {
            figures |= i >= layout->stubs && reader->cells[i].n > 0;
            continue;
        }
        layout->left[i] = reader->cells[i];
        for (size_t k = i + 1; k < layout->stubs; k++)
            layout->left[k].n = 0;
    }
    const bool labelled = last < reader->n_cells && reader->cells[last].n > 0;
    if (!labelled && !figures)
        return FREM_OK;
    while (reader->n_cells > layout->width && reader->cells[reader->n_cells - 1].n == 0)
        reader->n_cells--;
    if (reader->n_cells != layout->width) {
        csv_ragged(reader, layout->width);
        return FREM_OK;
    }
    for (size_t i = 0; i < layout->stubs; i++) {
        if (layout->left[i].n == 0 || (i == last && !labelled)) {
            FREM_TALLY(&reader->blanks,
                       frem_import_tally_place(reader->table, &reader->blanks, reader->cells[i].at),
                       TABLE_EMPTY_KEY, reader->table->variables[i].code);
            return FREM_OK;
        }
        const frem_status status = csv_key(reader, i, layout->left[i], &layout->keys[i]);
        if (status != FREM_OK)
            return status;
    }
    for (size_t column = layout->stubs; column < layout->width; column++) {
        frem_status status = FREM_OK;
        for (size_t h = 0; status == FREM_OK && h < layout->headings; h++)
            status = heading_key(reader, layout, h, column);
        if (status == FREM_OK)
            status = csv_figure(reader, "INDHOLD", layout->keys, reader->cells[column]);
        if (status != FREM_OK)
            return status;
    }
    return FREM_OK;
}

static frem_status csv_read_block(csv_reader *reader) {
    frem_import_table *table = reader->table;
    block_layout layout = {0};
    bool more;
    frem_status status = read_headings(reader, &layout, &more);
    if (status == FREM_OK)
        status = name_sides(table, &layout);
    if (status != FREM_OK)
        return status;
    layout.left = frem_arena_alloc(table->arena, layout.stubs, sizeof *layout.left);
    layout.keys = frem_arena_alloc(table->arena, layout.stubs + layout.headings, sizeof *layout.keys);
    if (layout.left == NULL || layout.keys == NULL)
        return FREM_NO_MEMORY;
    bool after_blank = false;
    while (more && status == FREM_OK) {
        const size_t filled = csv_filled(reader);
        const bool note = after_blank && reader->n_cells == 1;
        after_blank |= filled == 0;
        if (filled > 0)
            status = note ? csv_take_note(reader) : take_block_row(reader, &layout);
        if (status == FREM_OK)
            status = csv_next(reader, &more);
    }
    return status;
}

frem_status frem_import_read_csv(frem_import_table *table, frem_diags *diags) {
    csv_reader reader = {.table = table,
                         .diags = diags,
                         .separator = find_separator(table),
                         .numbers = {.diags = diags},
                         .ragged = {.diags = diags},
                         .blanks = {.diags = diags}};
    table->is_csv = true;
    frem_status status = find_header(&reader);
    if (status == FREM_OK)
        status = reader.cells[0].n > 0 ? csv_read_rows(&reader) : csv_read_block(&reader);
    status = frem_tally_worse(status, frem_tally_close(&reader.numbers));
    status = frem_tally_worse(status, frem_tally_close(&reader.ragged));
    status = frem_tally_worse(status, frem_tally_close(&reader.blanks));
    if (status == FREM_OK && table->n_cells == 0)
        status = no_figures(&reader, table->size, true);
    if (status == FREM_OK)
        status = split_labels(table);
    free(reader.cells);
    return status;
}
