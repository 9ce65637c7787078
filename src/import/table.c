#include "import/table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/problem.h"
#include "base/text.h"

void frem_import_table_free(frem_import_table *table) {
    for (size_t i = 0; i < table->n_variables; i++) {
        free(table->variables[i].values);
        frem_index_free(table->variables[i].index);
    }
    free(table->variables);
    free(table->keys);
    free(table->numbers);
    free(table->at);
    free(table->text);
    frem_arena_free(table->arena);
    *table = (frem_import_table){0};
}

frem_place frem_import_place(const frem_import_table *table, size_t at) {
    size_t line = 1, start = 0;
    for (size_t i = 0; i < at && i < table->size; i++) {
        if (table->text[i] == '\n') {
            line++;
            start = i + 1;
        }
    }
    return (frem_place){table->path, (unsigned)line,
                        (unsigned)frem_utf8_count(table->text + start, at - start) + 1};
}

const char *frem_import_beginning(const frem_import_table *table) {
    const char *text = table->text + strspn(table->text, " \t\r\n");
    size_t n = strcspn(text, "\r\n");
    if (n > 60) {
        n = 60;
        while (n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80) /* not inside a character */
            n--;
    }
    return frem_arena_text(table->arena, text, n);
}

frem_place frem_import_tally_place(const frem_import_table *table, const frem_tally *tally, size_t at) {
    return tally->count <= FREM_TALLY_MAX ? frem_import_place(table, at) : (frem_place){table->path, 1, 1};
}

frem_import_variable *frem_import_add_variable(frem_import_table *table, const char *code, const char *label,
                                               size_t at) {
    void *items = table->variables;
    const frem_status grown =
        frem_grow(&items, &table->variables_room, table->n_variables, sizeof *table->variables);
    table->variables = items;
    if (grown != FREM_OK)
        return NULL;
    frem_import_variable *added = &table->variables[table->n_variables];
    *added = (frem_import_variable){.code = code, .label = label != NULL ? label : code, .at = (uint32_t)at};
    if (frem_index_new(&added->index) != FREM_OK)
        return NULL;
    table->n_variables++;
    return added;
}

frem_status frem_import_add_value(frem_import_table *table, frem_import_variable *variable, const char *code,
                                  const char *label, uint32_t *place, bool *added) {
    size_t ordinal;
    frem_status status = frem_index_add(variable->index, code, strlen(code), &ordinal);
    if (status != FREM_OK)
        return status;
    *place = (uint32_t)ordinal;
    const bool is_new = ordinal == variable->n_values;
    if (added != NULL)
        *added = is_new;
    if (!is_new)
        return FREM_OK;
    void *items = variable->values;
    status = frem_grow(&items, &variable->room, variable->n_values, sizeof *variable->values);
    variable->values = items;
    if (status != FREM_OK)
        return status;
    const char *kept = frem_arena_text(table->arena, code, strlen(code));
    const char *text = label != NULL ? frem_arena_text(table->arena, label, strlen(label)) : kept;
    if (kept == NULL || text == NULL)
        return FREM_NO_MEMORY;
    variable->values[variable->n_values++] =
        (frem_import_value){.code = kept, .label = text, .at = variable->at};
    return FREM_OK;
}

frem_status frem_import_add_cell(frem_import_table *table, const uint32_t *keys, double number, size_t at) {
    const size_t n = table->n_variables, row = table->n_cells;
    void *items = table->numbers;
    frem_status status = frem_grow(&items, &table->numbers_room, row, sizeof *table->numbers);
    table->numbers = items;
    if (status == FREM_OK) {
        items = table->at;
        status = frem_grow(&items, &table->at_room, row, sizeof *table->at);
        table->at = items;
    }
    if (status == FREM_OK) {
        items = table->keys;
        status = frem_grow(&items, &table->keys_room, row, n * sizeof *table->keys);
        table->keys = items;
    }
    if (status != FREM_OK)
        return status;
    memcpy(table->keys + row * n, keys, n * sizeof *keys);
    table->numbers[row] = number;
    table->at[row] = (uint32_t)at;
    table->n_cells++;
    return FREM_OK;
}

frem_number_fault frem_import_read_figure(const frem_import_table *table, const uint32_t *keys,
                                          const char *text, size_t n, double *out) {
    int power = table->power;
    const frem_number_fault fault = frem_number_read(text, n, out);
    if (table->units == NULL || fault != FREM_NUMBER_OK)
        return fault;
    for (size_t v = 0; v < table->n_variables; v++)
        power += table->variables[v].values[keys[v]].power;
    char scaled[96]; /* read anew, so that 6.4 thousand is 6400 and nothing beside it */
    if (power == 0 || n > 64)
        return FREM_NUMBER_OK;
    const char *exponent = memchr(text, 'e', n);
    if (exponent == NULL)
        exponent = memchr(text, 'E', n);
    if (exponent != NULL) {
        *out *= pow(10, power);
        return FREM_NUMBER_OK;
    }
    const int length = snprintf(scaled, sizeof scaled, "%.*se%d", (int)n, text, power);
    return frem_number_read(scaled, (size_t)length, out);
}

void frem_import_note_units(frem_import_table *table, int *power, const char *text, int found, size_t at) {
    *power = found;
    if (found == 0 || table->units != NULL)
        return;
    table->units = text;
    table->units_at = at;
    table->units_power = found;
}

size_t frem_import_cube(const frem_import_table *table) {
    size_t cells = 1;
    for (size_t i = 0; i < table->n_variables; i++) {
        const size_t n = table->variables[i].n_values;
        if (n == 0 || cells > FREM_IMPORT_CELLS_MAX / n)
            return 0;
        cells *= n;
    }
    return cells;
}

const char *frem_import_cube_text(const frem_import_table *table) {
    frem_text text = {0};
    for (size_t i = 0; i < table->n_variables; i++)
        frem_text_print(&text, "%s%s %zu", i > 0 ? " x " : "", table->variables[i].code,
                        table->variables[i].n_values);
    const char *kept =
        text.failed || text.bytes == NULL ? NULL : frem_arena_text(table->arena, text.bytes, text.length);
    frem_text_free(&text);
    return kept;
}

void frem_import_next_keys(const frem_import_table *table, uint32_t *keys) {
    for (size_t i = table->n_variables; i-- > 0;) {
        if (++keys[i] < table->variables[i].n_values)
            return;
        keys[i] = 0;
    }
}

bool frem_import_is_missing(const char *text, size_t n) {
    size_t dots = 0;
    while (dots < n && text[dots] == '.')
        dots++;
    if (dots == n && n <= 6)
        return true;
    static const char *const signs[] = {"-", "x", "X", ":", "\xE2\x80\xA6", "\xE2\x80\x93", "\xE2\x80\x94"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (n == strlen(signs[i]) && memcmp(text, signs[i], n) == 0)
            return true;
    }
    return false;
}
