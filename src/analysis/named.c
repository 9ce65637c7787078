/* The table with names beside its keys. */
#include <stdlib.h>

#include "analysis/results.h"

static const char *const keys[] = {"region", "profession", "sector", "measure"}, *const names[] = {
                                                                                     "region_name",
                                                                                     "profession_name",
                                                                                     "sector_name",
                                                                                     "measure_name"};
enum { NAMES = sizeof names / sizeof *names, COLUMNS_MAX = 32 };

/* A cell of the old table in the new one, whose labels are the same, each in its column. */
static frem_status copy_cell(const frem_frame *from, size_t row, size_t c, frem_frame *to, frem_cell *cell) {
    switch (frem_frame_column_kind(from, c)) {
    case FREM_COLUMN_LABEL:
        return frem_frame_label(to, c, frem_frame_label_text(from, c, frem_frame_label_codes(from, c)[row]),
                                &cell->label);
    case FREM_COLUMN_WHOLE:
        cell->whole = frem_frame_wholes(from, c)[row];
        return FREM_OK;
    case FREM_COLUMN_NUMBER:
        cell->number = frem_frame_numbers(from, c)[row];
        return FREM_OK;
    }
    return FREM_DEFECT;
}

static frem_status add_row(const frem_results *results, size_t row, frem_lang lang, frem_frame *to) {
    const frem_frame *from = results->table;
    const size_t n = frem_frame_columns(from);
    frem_cell cells[COLUMNS_MAX];
    frem_status status = FREM_OK;
    for (size_t c = 0; c < n && status == FREM_OK; c++)
        status = copy_cell(from, row, c, to, &cells[c]);
    const char *scenario = frem_frame_label_text(from, 0, frem_frame_label_codes(from, 0)[row]);
    for (size_t i = 0; i < NAMES && status == FREM_OK; i++) {
        const size_t c = (size_t)frem_frame_column(from, keys[i]);
        const char *key = frem_frame_label_text(from, c, frem_frame_label_codes(from, c)[row]);
        status =
            frem_frame_label(to, n + i, frem_document_label(&results->document, scenario, keys[i], key, lang),
                             &cells[n + i].label);
    }
    return status == FREM_OK ? frem_frame_add(to, cells) : status;
}

frem_status frem_results_name(frem_results *results, const frem_lang *lang) {
    const char *columns[COLUMNS_MAX];
    frem_column_kind kinds[COLUMNS_MAX];
    const size_t n = frem_frame_columns(results->table), rows = frem_frame_rows(results->table);
    frem_frame *to = NULL;
    if (lang == NULL)
        return FREM_OK;
    for (size_t c = 0; c < n; c++) {
        columns[c] = frem_frame_column_name(results->table, c);
        kinds[c] = frem_frame_column_kind(results->table, c);
    }
    for (size_t i = 0; i < NAMES; i++) {
        columns[n + i] = names[i];
        kinds[n + i] = FREM_COLUMN_LABEL;
    }
    frem_status status = frem_frame_new(&to, columns, kinds, n + NAMES);
    for (size_t c = 0; c < n && status == FREM_OK; c++) {
        if (frem_frame_allows_empty(results->table, c))
            status = frem_frame_allow_empty(to, c);
    }
    for (size_t row = 0; row < rows && status == FREM_OK; row++)
        status = add_row(results, row, *lang, to);
    if (status != FREM_OK) {
        frem_frame_free(to);
        return status;
    }
    frem_frame_free(results->table);
    results->table = to;
    results->document.results = to;
    return FREM_OK;
}
