/* What the columns of carried tables hold. */
#include <string.h>

#include "analysis/results.h"
#include "base/number.h"

/* What every cell of a column can be read as. Digits with a zero before them are a code, not a number. */
static frem_column_kind kind_of(const frem_table *table, size_t column) {
    frem_column_kind kind = FREM_COLUMN_WHOLE;
    size_t filled = 0;
    for (size_t row = 0; row < frem_table_rows(table); row++) {
        size_t n;
        int64_t whole;
        double number;
        const char *cell = frem_table_cell(table, row, column, &n);
        if (n == 0)
            continue;
        filled++;
        if (n > 1 && cell[0] == '0' && cell[1] >= '0' && cell[1] <= '9')
            return FREM_COLUMN_LABEL;
        if (kind == FREM_COLUMN_WHOLE && frem_whole_read(cell, n, &whole) != FREM_NUMBER_OK)
            kind = FREM_COLUMN_NUMBER;
        if (kind == FREM_COLUMN_NUMBER && frem_table_number(table, cell, n, &number) != FREM_NUMBER_OK)
            return FREM_COLUMN_LABEL;
    }
    return filled > 0 ? kind : FREM_COLUMN_LABEL;
}

static const frem_table *table_of(const frem_results *results, const frem_source *source) {
    for (size_t i = 0; i < results->document.n_scenarios; i++) {
        const frem_model *model = results->models[i];
        for (size_t k = 0; k < model->n_tables; k++) {
            if (model->tables[k].source == source && model->tables[k].table != NULL)
                return model->tables[k].table;
        }
    }
    return NULL;
}

frem_status frem_results_carry(frem_results *results) {
    frem_document *document = &results->document;
    frem_carried *tables = frem_arena_alloc(results->arena, document->n_tables + 1, sizeof *tables);
    if (tables == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < document->n_tables; i++) {
        tables[i] = document->tables[i];
        const frem_table *table = table_of(results, tables[i].source);
        if (table == NULL || tables[i].n_columns > 0)
            continue;
        size_t n = frem_table_columns(table);
        frem_column_kind *kinds = frem_arena_alloc(results->arena, n, sizeof *kinds);
        if (kinds == NULL)
            return FREM_NO_MEMORY;
        for (size_t c = 0; c < n; c++)
            kinds[c] = kind_of(table, c);
        tables[i].columns = frem_table_column_names(table);
        tables[i].kinds = kinds;
        /* No description of a table has a word for a first line that is no header. */
        tables[i].n_columns = frem_table_says_parted(table) ? 0 : n;
        tables[i].comma = frem_table_decimal(table) == ',';
    }
    document->tables = tables;
    return FREM_OK;
}
