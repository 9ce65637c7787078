#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/problem.h"
#include "base/text.h"
#include "tables/inside.h"
#include "tables/reader.h"
#include "tables/reading.h"
#include "tables/tally.h"

/* As many column names as a message lists. */
#define NAMES_SHOWN 12

frem_status frem_table_need(const frem_table *table, const char *name, frem_place place, frem_diags *diags,
                            size_t *column) {
    ptrdiff_t found = frem_table_column(table, name);
    if (found >= 0) {
        *column = (size_t)found;
        return FREM_OK;
    }
    const char *const *names = frem_table_column_names(table);
    frem_text list = {0};
    for (size_t i = 0; i < table->columns && i < NAMES_SHOWN; i++)
        frem_text_print(&list, "%s%s", i > 0 ? ", " : "", names[i]);
    if (table->columns > NAMES_SHOWN)
        frem_text_add(&list, ", ...");
    frem_status status = list.failed
                             ? FREM_NO_MEMORY
                             : FREM_PROBLEM(diags, place, TABLE_UNKNOWN_COLUMN, name, table->source->path,
                                            list.bytes, frem_nearest(name, names, table->columns));
    frem_text_free(&list);
    return status;
}

/* A filter made ready to look at many cells. */
typedef struct cell_matcher {
    size_t column;
    frem_index *text; /* holds the one text; knows NFC */
    bool is_number;
    double number;
} cell_matcher;

static frem_status matcher_ready(cell_matcher *matcher, const frem_filter *filter) {
    size_t n = strlen(filter->value);
    matcher->is_number = frem_number_read(filter->value, n, &matcher->number) == FREM_NUMBER_OK;
    frem_status status = frem_index_new(&matcher->text);
    if (status == FREM_OK)
        status = frem_index_add(matcher->text, filter->value, n, NULL);
    return status;
}

static bool matches(const cell_matcher *matcher, const char *text, size_t n) {
    double number;
    if (matcher->is_number && frem_number_read(text, n, &number) == FREM_NUMBER_OK)
        return number >= matcher->number && number <= matcher->number;
    return frem_index_find(matcher->text, text, n) >= 0;
}

/* Keeps of rows[0..n) those that match; returns how many. */
static size_t keep_matching(const frem_table *table, const cell_matcher *matcher, size_t *rows,
                            size_t n_rows) {
    const char *before = NULL;
    size_t n_before = 0, kept = 0;
    bool match = false;
    for (size_t i = 0; i < n_rows; i++) {
        size_t n;
        const char *text = frem_table_cell(table, rows[i], matcher->column, &n);
        if (before == NULL || n != n_before || memcmp(text, before, n) != 0)
            match = matches(matcher, text, n);
        before = text;
        n_before = n;
        if (match)
            rows[kept++] = rows[i];
    }
    return kept;
}

frem_status frem_table_select(frem_table *table, const frem_filter *filters, size_t n_filters,
                              frem_diags *diags, size_t **rows, size_t *n_rows) {
    frem_status status = FREM_OK;
    size_t count = frem_table_rows(table);
    cell_matcher *matchers = calloc(n_filters + 1, sizeof *matchers);
    size_t *list = malloc((count + 1) * sizeof *list);
    if (matchers == NULL || list == NULL) {
        status = FREM_NO_MEMORY;
        goto done;
    }
    for (size_t f = 0; f < n_filters; f++) {
        frem_status known =
            frem_table_need(table, filters[f].column, filters[f].place, diags, &matchers[f].column);
        status = frem_tally_worse(status, known);
        if (known == FREM_OK)
            status = frem_tally_worse(status, matcher_ready(&matchers[f], &filters[f]));
    }
    if (status != FREM_OK)
        goto done;
    for (size_t i = 0; i < count; i++)
        list[i] = i;
    for (size_t f = 0; f < n_filters; f++)
        count = keep_matching(table, &matchers[f], list, count);
    *rows = list;
    *n_rows = count;
    list = NULL;
done:
    for (size_t f = 0; matchers != NULL && f < n_filters; f++)
        frem_index_free(matchers[f].text);
    free(matchers);
    free(list);
    return status;
}

static frem_status add_texts(const frem_table *table, size_t column, const size_t *rows, size_t n_rows,
                             frem_index *index) {
    for (size_t i = 0; i < n_rows; i++) {
        size_t n;
        const char *text = frem_table_cell(table, rows[i], column, &n);
        frem_status status = frem_index_add(index, text, n, NULL);
        if (status != FREM_OK)
            return status;
    }
    return FREM_OK;
}

/* Raises a problem if the filter alone lets no row pass. */
static frem_status blame_filter(frem_table *table, const frem_filter *filter, frem_diags *diags) {
    size_t *rows = NULL, n_rows = 0;
    frem_index *texts = NULL;
    frem_status status = frem_table_select(table, filter, 1, diags, &rows, &n_rows);
    if (status != FREM_OK || n_rows > 0)
        goto done;
    status = frem_index_new(&texts);
    if (status != FREM_OK)
        goto done;
    free(rows);
    rows = NULL;
    status = frem_table_select(table, NULL, 0, diags, &rows, &n_rows);
    if (status != FREM_OK)
        goto done;
    status = add_texts(table, (size_t)frem_table_column(table, filter->column), rows, n_rows, texts);
    if (status == FREM_OK)
        status = FREM_PROBLEM(diags, filter->place, TABLE_FILTER_NOTHING, table->source->path, filter->column,
                              filter->value,
                              frem_nearest(filter->value, frem_index_names(texts), frem_index_count(texts)));
done:
    frem_index_free(texts);
    free(rows);
    return status;
}

frem_status frem_filters_empty(frem_table *table, const frem_filter *filters, size_t n_filters,
                               frem_place asked_at, frem_diags *diags) {
    frem_status status = FREM_OK;
    for (size_t f = 0; f < n_filters; f++)
        status = frem_tally_worse(status, blame_filter(table, &filters[f], diags));
    if (status != FREM_OK)
        return status;
    return FREM_PROBLEM(diags, asked_at, TABLE_FILTERS_NOTHING, table->source->path);
}

frem_status frem_table_distinct(frem_table *table, const char *column, const frem_filter *filters,
                                size_t n_filters, frem_place asked_at, frem_diags *diags,
                                frem_index **index) {
    size_t *rows = NULL, n_rows = 0, at = 0;
    frem_index *texts = NULL;
    frem_status status = frem_table_need(table, column, asked_at, diags, &at);
    status = frem_tally_worse(status, frem_table_select(table, filters, n_filters, diags, &rows, &n_rows));
    if (status != FREM_OK)
        goto done;
    if (n_rows == 0 && n_filters > 0) {
        status = frem_filters_empty(table, filters, n_filters, asked_at, diags);
        goto done;
    }
    status = frem_index_new(&texts);
    if (status == FREM_OK)
        status = add_texts(table, at, rows, n_rows, texts);
    if (status != FREM_OK)
        goto done;
    *index = texts;
    texts = NULL;
done:
    frem_index_free(texts);
    free(rows);
    return status;
}
