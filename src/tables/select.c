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
    const char *text;
    size_t length;
    frem_index *nfc; /* holds the one text once NFC is asked for, which is seldom; NULL before */
    bool is_plain;   /* the text is NFC at first sight */
    bool is_number;
    double number;
} cell_matcher;

static void matcher_ready(cell_matcher *matcher, const char *text) {
    matcher->text = text;
    matcher->length = strlen(text);
    matcher->is_plain = frem_nfc_plain(text, matcher->length);
    matcher->is_number = frem_number_read(text, matcher->length, &matcher->number) == FREM_NUMBER_OK;
}

static frem_status match_nfc(cell_matcher *matcher, const char *text, size_t n, bool *match) {
    frem_status status = FREM_OK;
    if (matcher->nfc == NULL) {
        status = frem_index_new(&matcher->nfc);
        if (status == FREM_OK)
            status = frem_index_add(matcher->nfc, matcher->text, matcher->length, NULL);
    }
    *match = status == FREM_OK && frem_index_find(matcher->nfc, text, n) >= 0;
    return status;
}

static frem_status match_cell(cell_matcher *matcher, const char *text, size_t n, bool *match) {
    double number;
    *match = n == matcher->length && memcmp(text, matcher->text, n) == 0;
    if (*match)
        return FREM_OK;
    if (matcher->is_number && frem_number_read(text, n, &number) == FREM_NUMBER_OK) {
        *match = number >= matcher->number && number <= matcher->number;
        return FREM_OK;
    }
    /* Two plain texts that differ are different. */
    return matcher->is_plain && frem_nfc_plain(text, n) ? FREM_OK : match_nfc(matcher, text, n, match);
}

/* Keeps of rows[0..*n_rows) those that match. */
static frem_status keep_matching(const frem_table *table, cell_matcher *matcher, size_t *rows,
                                 size_t *n_rows) {
    const uint32_t *starts = table->starts + table->columns + matcher->column;
    const char *before = NULL;
    size_t n_before = 0, kept = 0;
    bool match = false;
    for (size_t i = 0; i < *n_rows; i++) {
        const uint32_t *start = starts + rows[i] * table->columns;
        const char *text = table->text + start[0];
        size_t n = (size_t)(start[1] - start[0]) - 1;
        if (before == NULL || n != n_before || memcmp(text, before, n) != 0) {
            frem_status status = match_cell(matcher, text, n, &match);
            if (status != FREM_OK)
                return status;
        }
        before = text;
        n_before = n;
        rows[kept] = rows[i];
        kept += match;
    }
    *n_rows = kept;
    return FREM_OK;
}

static frem_status all_rows(const frem_table *table, size_t **rows, size_t *n_rows) {
    *n_rows = frem_table_rows(table);
    *rows = malloc((*n_rows + 1) * sizeof **rows);
    for (size_t i = 0; *rows != NULL && i < *n_rows; i++)
        (*rows)[i] = i;
    return *rows != NULL ? FREM_OK : FREM_NO_MEMORY;
}

/* The filters in one text that tells them from others: each column's place and text. */
static void tell_filters(const cell_matcher *matchers, size_t n, frem_text *out) {
    for (size_t f = 0; f < n; f++) {
        frem_text_add_bytes(out, (const char *)&matchers[f].column, sizeof matchers[f].column);
        frem_text_add_bytes(out, matchers[f].text, matchers[f].length + 1);
    }
}

/* The rows that pass all filters, into the table's `chosen`. */
static frem_status choose(frem_table *table, cell_matcher *matchers, size_t n_filters) {
    frem_table_chosen *chosen = &table->chosen;
    frem_text filters = {0};
    tell_filters(matchers, n_filters, &filters);
    if (filters.failed)
        return FREM_NO_MEMORY;
    if (chosen->rows != NULL && chosen->filters.length == filters.length &&
        memcmp(chosen->filters.bytes, filters.bytes, filters.length) == 0) {
        frem_text_free(&filters);
        return FREM_OK;
    }
    frem_text_free(&chosen->filters);
    free(chosen->rows);
    *chosen = (frem_table_chosen){.filters = filters};
    size_t *rows = NULL, count = 0;
    frem_status status = all_rows(table, &rows, &count);
    for (size_t f = 0; f < n_filters && status == FREM_OK; f++)
        status = keep_matching(table, &matchers[f], rows, &count);
    size_t *fewer = status == FREM_OK ? reallocarray(rows, count + 1, sizeof *rows) : NULL;
    if (fewer == NULL) {
        free(rows);
        return status == FREM_OK ? FREM_NO_MEMORY : status;
    }
    chosen->rows = fewer;
    chosen->n_rows = count;
    return FREM_OK;
}

static frem_status copy_rows(const frem_table_chosen *chosen, size_t **rows, size_t *n_rows) {
    size_t *copy = malloc((chosen->n_rows + 1) * sizeof *copy);
    if (copy == NULL)
        return FREM_NO_MEMORY;
    memcpy(copy, chosen->rows, chosen->n_rows * sizeof *copy);
    *rows = copy;
    *n_rows = chosen->n_rows;
    return FREM_OK;
}

frem_status frem_table_select(frem_table *table, const frem_filter *filters, size_t n_filters,
                              frem_diags *diags, size_t **rows, size_t *n_rows) {
    frem_status status = FREM_OK;
    if (n_filters == 0)
        return all_rows(table, rows, n_rows);
    cell_matcher *matchers = calloc(n_filters, sizeof *matchers);
    if (matchers == NULL)
        return FREM_NO_MEMORY;
    for (size_t f = 0; f < n_filters; f++) {
        frem_status known =
            frem_table_need(table, filters[f].column, filters[f].place, diags, &matchers[f].column);
        status = frem_tally_worse(status, known);
        if (known == FREM_OK)
            matcher_ready(&matchers[f], filters[f].value);
    }
    if (status == FREM_OK)
        status = choose(table, matchers, n_filters);
    if (status == FREM_OK)
        status = copy_rows(&table->chosen, rows, n_rows);
    for (size_t f = 0; f < n_filters; f++)
        frem_index_free(matchers[f].nfc);
    free(matchers);
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
