#include "tables/table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/number_problem.h"
#include "base/problem.h"
#include "base/text.h"
#include "tables/inside.h"
#include "tables/keys.h"
#include "tables/tally.h"

void frem_table_keep(frem_table *table, void *kept, void (*forget)(void *kept)) {
    if (table->kept != NULL)
        table->forget(table->kept);
    table->kept = kept;
    table->forget = forget;
}

void *frem_table_kept(const frem_table *table) {
    return table->kept;
}

void frem_table_free(frem_table *table) {
    if (table == NULL)
        return;
    for (size_t i = 0; table->typed != NULL && i < table->columns; i++) {
        free(table->typed[i].numbers);
        free(table->typed[i].wholes);
    }
    free(table->typed);
    frem_text_free(&table->chosen.filters);
    frem_table_keep(table, NULL, NULL);
    free(table->chosen.rows);
    free(table->text);
    free(table->starts);
    free(table->rows);
    frem_index_free(table->names);
    free(table);
}

void frem_table_begin(frem_table *table) {
    for (size_t c = 0; c < table->columns; c++) {
        frem_table_typed *typed = &table->typed[c];
        typed->told_numbers = typed->told_wholes = NULL;
        typed->told_thousands = typed->sought = false;
    }
}

const frem_source *frem_table_source(const frem_table *table) {
    return table->source;
}

size_t frem_table_rows(const frem_table *table) {
    return table->n_rows - 1;
}

size_t frem_table_columns(const frem_table *table) {
    return table->columns;
}

ptrdiff_t frem_table_column(const frem_table *table, const char *name) {
    ptrdiff_t found = frem_index_find(table->names, name, strlen(name));
    if (found >= 0)
        table->typed[found].sought = true;
    return found;
}

bool frem_table_sought(const frem_table *table, size_t column) {
    return table->typed[column].sought;
}

const char *const *frem_table_column_names(const frem_table *table) {
    return frem_index_names(table->names);
}

const char *frem_table_cell(const frem_table *table, size_t row, size_t column, size_t *n) {
    const uint32_t *start = table->starts + (row + 1) * table->columns + column;
    if (n != NULL)
        *n = (size_t)(start[1] - start[0]) - 1;
    return table->text + start[0];
}

size_t frem_row_cell(const frem_source *source, char separator, size_t offset, size_t cell) {
    bool quoted = false;
    size_t at = offset;
    while (cell > 0 && at < source->size) {
        char c = source->bytes[at];
        if (c == '"') {
            quoted = !quoted;
        } else if (!quoted && c == separator) {
            cell--;
        } else if (!quoted && c == '\n') {
            return at > offset && source->bytes[at - 1] == '\r' ? at - 1 : at;
        }
        at++;
    }
    return at;
}

/* The column of a byte in a row of a sheet: its cells are parted by commas. */
static unsigned sheet_column(const frem_source *source, size_t offset, size_t at) {
    unsigned column = 1;
    bool quoted = false;
    for (size_t i = offset; i < at; i++) {
        quoted ^= source->bytes[i] == '"';
        column += !quoted && source->bytes[i] == ',';
    }
    return column;
}

frem_place frem_row_place(const frem_source *source, size_t offset, size_t line, size_t at) {
    if (source->book != NULL)
        return frem_source_place(source, (unsigned)line, sheet_column(source, offset, at));
    size_t start = offset;
    for (size_t i = offset; i < at; i++) {
        if (source->bytes[i] == '\n') {
            start = i + 1;
            line++;
        }
    }
    size_t characters = frem_utf8_count(source->bytes + start, at - start);
    return (frem_place){source->path, (unsigned)line, (unsigned)characters + 1};
}

static frem_place cell_place(const frem_table *table, size_t row, size_t column) {
    frem_table_row start = table->rows[row];
    return frem_row_place(table->source, start.offset, start.line,
                          frem_row_cell(table->source, table->separator, start.offset, column));
}

frem_place frem_table_place(const frem_table *table, size_t row, size_t column) {
    return cell_place(table, row + 1, column);
}

frem_place frem_table_header_place(const frem_table *table, size_t column) {
    return cell_place(table, 0, column);
}

char frem_table_decimal(const frem_table *table) {
    return table->decimal;
}

bool frem_table_says_parted(const frem_table *table) {
    return table->says_parted;
}

frem_number_fault frem_table_number(const frem_table *table, const char *text, size_t n, double *out) {
    return table->decimal == ',' ? frem_number_read_comma(text, n, out) : frem_number_read(text, n, out);
}

static void raise_number(frem_tally *tally, const frem_table *table, size_t row, size_t column,
                         frem_number_fault fault) {
    frem_place place = frem_table_place(table, row, column);
    const char *text = frem_table_cell(table, row, column, NULL);
    const bool as_text =
        table->source->book != NULL && (fault == FREM_NUMBER_FORM || fault == FREM_NUMBER_TRAILING ||
                                        fault == FREM_NUMBER_COMMA || fault == FREM_NUMBER_POINT);
    if (!frem_tally_count(tally, place))
        return;
    frem_tally_raised(tally, as_text ? FREM_PROBLEM(tally->diags, place, SHEET_NUMBER, tally->column, text)
                                     : frem_number_problem_as(tally->diags, place, tally->column, text, fault,
                                                              table->decimal));
}

/* The same problems are not raised twice in one collection, but an error never goes without its diagnostic. */
static bool was_reported(const frem_diags *reported, const frem_diags *diags) {
    return diags != NULL && reported == diags && frem_diags_errors(diags) > 0;
}

/* Whether a cell is equal to the one above it, which is common in keys and saves reading it again. */
static bool is_repeat(const char *text, size_t n, const char *before, size_t n_before) {
    return before != NULL && n == n_before && memcmp(text, before, n) == 0;
}

frem_status frem_table_numbers(frem_table *table, size_t column, frem_diags *diags, const double **out) {
    frem_table_typed *typed = &table->typed[column];
    if (typed->numbers != NULL) {
        *out = typed->numbers;
        return FREM_OK;
    }
    if (was_reported(typed->told_numbers, diags))
        return FREM_INVALID;
    size_t rows = frem_table_rows(table);
    double *numbers = malloc((rows + 1) * sizeof *numbers);
    if (numbers == NULL)
        return FREM_NO_MEMORY;
    frem_tally tally = {.diags = diags, .column = frem_index_name(table->names, column)};
    for (size_t row = 0; row < rows; row++) {
        size_t n;
        const char *text = frem_table_cell(table, row, column, &n);
        numbers[row] = (double)NAN;
        frem_number_fault fault =
            n == 0 ? FREM_NUMBER_EMPTY : frem_table_number(table, text, n, &numbers[row]);
        fault = frem_quantity_fault(fault, numbers[row]);
        if (fault == FREM_NUMBER_LARGE)
            numbers[row] = (double)NAN;
        if (fault != FREM_NUMBER_OK && fault != FREM_NUMBER_EMPTY)
            raise_number(&tally, table, row, column, fault);
    }
    frem_status status = frem_tally_close(&tally);
    if (status != FREM_OK) {
        typed->told_numbers = diags;
        free(numbers);
        return status;
    }
    typed->numbers = numbers;
    *out = numbers;
    return FREM_OK;
}

frem_status frem_table_wholes(frem_table *table, size_t column, frem_diags *diags, const int64_t **out) {
    frem_table_typed *typed = &table->typed[column];
    if (typed->wholes != NULL) {
        *out = typed->wholes;
        return FREM_OK;
    }
    if (was_reported(typed->told_wholes, diags))
        return FREM_INVALID;
    size_t rows = frem_table_rows(table);
    int64_t *wholes = malloc((rows + 1) * sizeof *wholes);
    if (wholes == NULL)
        return FREM_NO_MEMORY;
    frem_tally tally = {.diags = diags, .column = frem_index_name(table->names, column)};
    const char *before = NULL;
    size_t n_before = 0;
    for (size_t row = 0; row < rows; row++) {
        size_t n;
        const char *text = frem_table_cell(table, row, column, &n);
        if (is_repeat(text, n, before, n_before)) {
            wholes[row] = wholes[row - 1];
            continue;
        }
        before = NULL;
        wholes[row] = FREM_TABLE_NO_WHOLE;
        frem_number_fault fault = n == 0 ? FREM_NUMBER_EMPTY : frem_whole_read(text, n, &wholes[row]);
        if (fault == FREM_NUMBER_OK && wholes[row] == FREM_TABLE_NO_WHOLE)
            fault = FREM_NUMBER_WHOLE;
        else if (fault != FREM_NUMBER_OK && n > 0 && frem_key_whole(text, n, &wholes[row]))
            fault = FREM_NUMBER_OK;
        if (fault != FREM_NUMBER_OK && fault != FREM_NUMBER_EMPTY) {
            raise_number(&tally, table, row, column, fault);
        } else {
            before = text;
            n_before = n;
        }
    }
    frem_status status = frem_tally_close(&tally);
    if (status != FREM_OK) {
        typed->told_wholes = diags;
        free(wholes);
        return status;
    }
    typed->wholes = wholes;
    *out = wholes;
    return FREM_OK;
}
