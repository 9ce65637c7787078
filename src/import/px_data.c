/* The figures of a PX file: all in order, or, with KEYS, rows that begin with the values of their stub. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/number_problem.h"
#include "base/problem.h"
#include "import/px.h"

/* A figure or a key as it stands. */
typedef struct token {
    const char *text; /* without quotes */
    size_t n;
    size_t at;
    bool quoted;
    bool end; /* the semicolon, or the end of the file */
} token;

static bool is_between(char c) {
    return c == ' ' || c == ',' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Passes over what is between figures, and sees whether they are parted by blanks alone. */
static void skip_between(frem_px_reader *reader) {
    const char *text = reader->table->text;
    const size_t from = reader->at;
    bool other = from == 0 || !is_digit(text[from - 1]);
    for (; is_between(text[reader->at]); reader->at++)
        other |= text[reader->at] != ' ' && text[reader->at] != '\t';
    reader->blanks |= !other && reader->at > from && is_digit(text[reader->at]);
}

static frem_status next(frem_px_reader *reader, token *out) {
    const frem_import_table *table = reader->table;
    skip_between(reader);
    *out = (token){.text = table->text + reader->at, .at = reader->at};
    if (reader->at >= table->size)
        return FREM_PROBLEM(reader->diags, frem_import_place(table, table->size), IMPORT_CUT_OFF, "DATA");
    if (*out->text == ';') {
        out->end = true;
        reader->at++;
        return FREM_OK;
    }
    if (*out->text == '"') {
        const char *close = strchr(out->text + 1, '"');
        if (close == NULL)
            return FREM_PROBLEM(reader->diags, frem_import_place(table, out->at), TABLE_QUOTE_OPEN, "");
        out->quoted = true;
        out->text++;
        out->n = (size_t)(close - out->text);
        reader->at = (size_t)(close - table->text) + 1;
        return FREM_OK;
    }
    while (!is_between(out->text[out->n]) && out->text[out->n] != ';' && out->text[out->n] != '"' &&
           out->text[out->n] != '\0')
        out->n++;
    reader->at += out->n;
    const char *behind = out->text + out->n;
    if (*behind == ',' && is_digit(behind[-1]) && is_digit(behind[1]) && reader->glued++ == 0)
        reader->glued_at = out->at;
    return FREM_OK;
}

static frem_status take_figure(frem_px_reader *reader, const token *from, const uint32_t *keys) {
    double number = (double)NAN;
    if (!frem_import_is_missing(from->text, from->n)) {
        const frem_number_fault fault =
            frem_import_read_figure(reader->table, keys, from->text, from->n, &number);
        if (fault != FREM_NUMBER_OK) {
            char text[64];
            snprintf(text, sizeof text, "%.*s", (int)(from->n < 60 ? from->n : 60), from->text);
            if (frem_tally_count(&reader->numbers,
                                 frem_import_tally_place(reader->table, &reader->numbers, from->at)))
                frem_tally_raised(&reader->numbers,
                                  frem_number_problem(reader->diags,
                                                      frem_import_place(reader->table, from->at), "DATA",
                                                      text, fault));
            number = (double)NAN;
        }
    }
    return frem_import_add_cell(reader->table, keys, number, from->at);
}

static frem_status decimal_comma(const frem_px_reader *reader) {
    return FREM_PROBLEM(reader->diags, frem_import_place(reader->table, reader->glued_at),
                        IMPORT_PX_DECIMAL_COMMA, "");
}

static frem_status wrong_count(frem_px_reader *reader, size_t at, size_t has, size_t want) {
    char figures[32], wanted[32];
    if (reader->glued > 0 && (reader->blanks || has - reader->glued == want))
        return decimal_comma(reader);
    snprintf(figures, sizeof figures, "%zu", has);
    snprintf(wanted, sizeof wanted, "%zu", want);
    const char *cube = frem_import_cube_text(reader->table);
    if (cube == NULL)
        return FREM_NO_MEMORY;
    return FREM_PROBLEM(reader->diags, frem_import_place(reader->table, at), IMPORT_COUNT, figures, wanted,
                        cube);
}

/* Whether nothing but blanks is left: a file may lack its last semicolon. A figure that is the last byte is not known to
 * be whole. */
static bool ends_whole(const frem_px_reader *reader) {
    size_t at = reader->at;
    while (is_between(reader->table->text[at]) || reader->table->text[at] == '\x1A')
        at++;
    return at == reader->table->size && at > reader->at;
}

static frem_status read_all(frem_px_reader *reader, size_t cells, uint32_t *keys) {
    size_t found = 0, too_many = 0;
    token figure;
    for (;;) {
        if (found == cells && ends_whole(reader))
            break;
        frem_status status = next(reader, &figure);
        if (status == FREM_OK && figure.end)
            break;
        if (status == FREM_OK && found < cells)
            status = take_figure(reader, &figure, keys);
        if (status != FREM_OK)
            return status;
        if (found++ == cells)
            too_many = figure.at;
        frem_import_next_keys(reader->table, keys);
    }
    if (found != cells)
        return wrong_count(reader, found > cells ? too_many : figure.at, found, cells);
    return FREM_OK;
}

/* ---- keyed data ---- */

/* The value that a key names, by code or by label as KEYS says; -1 where there is none. */
static ptrdiff_t find_value(const frem_px_reader *reader, size_t v, const token *key) {
    const frem_import_variable *variable = &reader->table->variables[v];
    if (strcmp(frem_px_keys(reader, v), "CODES") == 0)
        return frem_index_find(variable->index, key->text, key->n);
    const char *wanted = frem_nfc(reader->table->arena, key->text, key->n);
    for (size_t i = 0; wanted != NULL && i < variable->n_values; i++) {
        if (strcmp(variable->values[i].label, wanted) == 0)
            return (ptrdiff_t)i;
    }
    return -1;
}

/* Reads the keys of a row. @param[out] row its place among all rows of the stub. */
static frem_status read_row_keys(frem_px_reader *reader, token *key, uint32_t *keys, size_t *row) {
    *row = 0;
    for (size_t v = 0; v < reader->n_stub; v++) {
        const ptrdiff_t value = key->quoted ? find_value(reader, v, key) : -1;
        if (!key->quoted && reader->glued > 0)
            return decimal_comma(reader);
        if (value < 0) {
            char text[64];
            snprintf(text, sizeof text, "%.*s", (int)(key->n < 60 ? key->n : 60), key->text);
            return FREM_PROBLEM(reader->diags, frem_import_place(reader->table, key->at),
                                IMPORT_UNKNOWN_VALUE, text, reader->table->variables[v].label);
        }
        keys[v] = (uint32_t)value;
        *row = *row * reader->table->variables[v].n_values + (size_t)value;
        if (v + 1 < reader->n_stub) {
            const frem_status status = next(reader, key);
            if (status != FREM_OK)
                return status;
        }
    }
    return FREM_OK;
}

/* Rows that the file leaves out hold zeros. */
static frem_status add_zero_rows(frem_px_reader *reader, const bool *seen, size_t rows, size_t row_cells,
                                 uint32_t *keys) {
    memset(keys, 0, reader->table->n_variables * sizeof *keys);
    for (size_t row = 0; row < rows; row++) {
        for (size_t i = 0; i < row_cells; i++) {
            if (!seen[row]) {
                const frem_status status = frem_import_add_cell(reader->table, keys, 0.0, reader->data);
                if (status != FREM_OK)
                    return status;
            }
            frem_import_next_keys(reader->table, keys);
        }
    }
    return FREM_OK;
}

static frem_status read_keyed(frem_px_reader *reader, size_t cells, uint32_t *keys) {
    frem_import_table *table = reader->table;
    size_t rows = 1, row;
    for (size_t v = 0; v < reader->n_stub; v++)
        rows *= table->variables[v].n_values;
    const size_t row_cells = cells / rows;
    bool *seen = calloc(rows, sizeof *seen);
    frem_status status = seen != NULL ? FREM_OK : FREM_NO_MEMORY;
    while (status == FREM_OK) {
        token at;
        status = next(reader, &at);
        if (status != FREM_OK || at.end)
            break;
        const size_t start = at.at;
        status = read_row_keys(reader, &at, keys, &row);
        if (status == FREM_OK && seen[row])
            status = FREM_PROBLEM(reader->diags, frem_import_place(table, start), IMPORT_PX_ROW_TWICE, "");
        for (size_t i = 0; status == FREM_OK && i < row_cells; i++) {
            status = next(reader, &at);
            if (status == FREM_OK && at.end)
                status = wrong_count(reader, at.at, i, row_cells);
            for (size_t v = table->n_variables, rest = i; v-- > reader->n_stub;) {
                keys[v] = (uint32_t)(rest % table->variables[v].n_values);
                rest /= table->variables[v].n_values;
            }
            if (status == FREM_OK)
                status = take_figure(reader, &at, keys);
        }
        if (status == FREM_OK)
            seen[row] = true;
    }
    if (status == FREM_OK)
        status = add_zero_rows(reader, seen, rows, row_cells, keys);
    free(seen);
    return status;
}

/* Nothing comes after the figures: they are the last of a PX file. */
static frem_status check_end(const frem_px_reader *reader) {
    size_t at = reader->at;
    while (is_between(reader->table->text[at]) || reader->table->text[at] == '\x1A')
        at++;
    return at >= reader->table->size
               ? FREM_OK
               : FREM_PROBLEM(reader->diags, frem_import_place(reader->table, at), IMPORT_PX_AFTER, "");
}

frem_status frem_px_read_data(frem_px_reader *reader) {
    frem_import_table *table = reader->table;
    const size_t cells = frem_import_cube(table);
    if (cells == 0) {
        const char *cube = frem_import_cube_text(table);
        return cube == NULL
                   ? FREM_NO_MEMORY
                   : FREM_PROBLEM(reader->diags, frem_import_place(table, reader->data), IMPORT_CUBE, cube);
    }
    uint32_t *keys = frem_arena_alloc(table->arena, table->n_variables, sizeof *keys);
    if (keys == NULL)
        return FREM_NO_MEMORY;
    const frem_status status =
        reader->keyed ? read_keyed(reader, cells, keys) : read_all(reader, cells, keys);
    if (status == FREM_OK && reader->glued > 0 && reader->blanks)
        return decimal_comma(reader);
    return status == FREM_OK ? check_end(reader) : status;
}
