/* StatBank CSV: one row for each figure, periods as columns, or the block that the web site shows, with titles above,
 * values along both sides and labels that are written once. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/number_problem.h"
#include "base/problem.h"
#include "import/csv.h"
#include "import/words.h"

/* ---- records ---- */

/* Bytes of the end of a line: LF, CRLF, or the CRCRLF of a file that was changed twice; 0 where there is none. */
static size_t line_end(const frem_csv_reader *reader, size_t at) {
    const char *text = reader->table->text;
    size_t n = 0;
    while (text[at + n] == '\r')
        n++;
    return text[at + n] == '\n' ? n + 1 : 0;
}

static bool ends_record(const frem_csv_reader *reader, size_t at) {
    return at >= reader->table->size || line_end(reader, at) > 0;
}

static size_t skip_blanks(const frem_csv_reader *reader, size_t at) {
    const char *text = reader->table->text;
    while (text[at] == ' ' || (text[at] == '\t' && reader->separator != '\t'))
        at++;
    return at;
}

/* A quoted cell without its quotes; *end is behind the closing one. */
static frem_status read_quoted(frem_csv_reader *reader, size_t *end, frem_csv_cell *cell) {
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

static frem_status text_after_quote(frem_csv_reader *reader, size_t at, size_t opened) {
    const frem_place place = frem_import_place(reader->table, opened);
    char line[32], column[32];
    snprintf(line, sizeof line, "%u", place.line);
    snprintf(column, sizeof column, "%u", place.column);
    return FREM_PROBLEM(reader->diags, frem_import_place(reader->table, at), TABLE_QUOTE_TEXT, line, column);
}

static frem_status add_cell(frem_csv_reader *reader, frem_csv_cell cell) {
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

frem_status frem_csv_next(frem_csv_reader *reader, bool *more) {
    const frem_import_table *table = reader->table;
    reader->n_cells = 0;
    *more = reader->at < table->size;
    if (!*more)
        return FREM_OK;
    for (;;) {
        frem_csv_cell cell = {.at = skip_blanks(reader, reader->at)};
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

/* Semicolons outside quotes make it a semicolon file, since they stand in no number; then tabs; else commas. */
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

size_t frem_csv_filled(const frem_csv_reader *reader) {
    size_t n = 0;
    for (size_t i = 0; i < reader->n_cells; i++)
        n += reader->cells[i].n > 0;
    return n;
}

frem_status frem_csv_key(frem_csv_reader *reader, size_t variable, frem_csv_cell cell, uint32_t *key) {
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
static frem_status check_sign(frem_csv_reader *reader, const char *text, size_t at) {
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
frem_status frem_csv_figure(frem_csv_reader *reader, const char *column, const uint32_t *keys,
                            frem_csv_cell cell) {
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

void frem_csv_ragged(frem_csv_reader *reader, size_t want) {
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

frem_status frem_csv_add_title(frem_csv_reader *reader, frem_csv_cell cell) {
    frem_import_table *table = reader->table;
    const char *text = frem_nfc(table->arena, cell.text, cell.n < 1000 ? cell.n : 1000);
    if (text != NULL && table->title != NULL)
        text = frem_arena_print(table->arena, "%s %s", table->title, text);
    table->title = text;
    return text != NULL ? FREM_OK : FREM_NO_MEMORY;
}

frem_status frem_csv_take_note(frem_csv_reader *reader) {
    char word[8] = "", folded[FREM_FOLDED_MAX];
    const frem_csv_cell cell = reader->cells[0];
    memcpy(word, cell.text, cell.n < sizeof word ? cell.n : sizeof word - 1);
    frem_import_fold(word, folded);
    return strncmp(folded, "enhed", 5) == 0 || strncmp(folded, "unit", 4) == 0
               ? frem_csv_add_title(reader, cell)
               : FREM_OK;
}

/* A file without a table: it may be a message, which its first words show. */
static frem_status no_figures(const frem_csv_reader *reader, size_t at, bool header) {
    const char *words = frem_import_beginning(reader->table);
    const frem_place place = frem_import_place(reader->table, at);
    if (words == NULL)
        return FREM_NO_MEMORY;
    return header ? FREM_PROBLEM(reader->diags, place, IMPORT_NO_FIGURES, words)
                  : FREM_PROBLEM(reader->diags, place, IMPORT_CSV_NO_HEADER, words);
}

/* Titles stand alone on their lines; the first other row is the header. */
static frem_status find_header(frem_csv_reader *reader) {
    bool more = true;
    for (;;) {
        frem_status status = frem_csv_next(reader, &more);
        if (status != FREM_OK)
            return status;
        if (!more)
            return no_figures(reader, 0, false);
        const size_t filled = frem_csv_filled(reader);
        if (filled > 1 || (filled == 1 && reader->cells[0].n == 0))
            return FREM_OK;
        if (filled == 0)
            continue;
        status = frem_csv_add_title(reader, reader->cells[0]);
        if (status != FREM_OK)
            return status;
    }
}

frem_status frem_import_read_csv(frem_import_table *table, frem_diags *diags) {
    frem_csv_reader reader = {.table = table,
                              .diags = diags,
                              .separator = find_separator(table),
                              .numbers = {.diags = diags},
                              .ragged = {.diags = diags},
                              .blanks = {.diags = diags}};
    table->is_csv = true;
    frem_status status = find_header(&reader);
    if (status == FREM_OK)
        status = reader.cells[0].n > 0 ? frem_csv_read_rows(&reader) : frem_csv_read_block(&reader);
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
