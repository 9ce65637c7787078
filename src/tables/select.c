#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"
#include "base/problem.h"
#include "base/text.h"
#include "tables/blame.h"
#include "tables/inside.h"
#include "tables/reader.h"
#include "tables/reading.h"
#include "tables/tally.h"

/* As many column names as a message lists. */
#define NAMES_SHOWN 12

void frem_table_add_names(frem_text *list, const frem_table *table) {
    const char *const *names = frem_table_column_names(table);
    for (size_t i = 0; i < table->columns && i < NAMES_SHOWN; i++)
        frem_text_print(list, "%s%s", i > 0 ? ", " : "", names[i]);
    if (table->columns > NAMES_SHOWN)
        frem_text_add(list, ", ...");
}

frem_status frem_table_need(const frem_table *table, const char *name, frem_place place, frem_diags *diags,
                            size_t *column) {
    ptrdiff_t found = frem_table_column(table, name);
    if (found >= 0) {
        *column = (size_t)found;
        return FREM_OK;
    }
    frem_text list = {0};
    frem_table_add_names(&list, table);
    frem_status status =
        list.failed ? FREM_NO_MEMORY
                    : FREM_PROBLEM(diags, place, TABLE_UNKNOWN_COLUMN, name, table->source->path, list.bytes,
                                   frem_nearest(name, frem_table_column_names(table), table->columns));
    frem_text_free(&list);
    return status;
}

/* A filter made ready to look at many cells. */
typedef struct cell_matcher {
    size_t column;
    const char *text;
    size_t length;
    const char *sex; /* that the text means in a column of sexes, else NULL */
    frem_text normal, scratch;
    const frem_table *table;
    bool is_number;
    double number;
} cell_matcher;

static frem_status matcher_ready(cell_matcher *matcher, const frem_table *table, const frem_filter *filter) {
    matcher->table = table;
    matcher->text = filter->value;
    matcher->length = strlen(filter->value);
    matcher->is_number = frem_number_read(matcher->text, matcher->length, &matcher->number) == FREM_NUMBER_OK;
    matcher->sex = frem_is_sex_column(filter->column) ? frem_sex_of(matcher->text, matcher->length) : NULL;
    return frem_key_normal(&matcher->normal, matcher->text, matcher->length);
}

static void matcher_close(cell_matcher *matcher) {
    frem_text_free(&matcher->normal);
    frem_text_free(&matcher->scratch);
}

static frem_status match_cell(cell_matcher *matcher, const char *text, size_t n, bool *match) {
    double number;
    *match = n == matcher->length && memcmp(text, matcher->text, n) == 0;
    if (*match)
        return FREM_OK;
    if (matcher->is_number && frem_table_number(matcher->table, text, n, &number) == FREM_NUMBER_OK) {
        *match = number >= matcher->number && number <= matcher->number;
        if (matcher->sex == NULL)
            return FREM_OK;
    }
    if (matcher->sex != NULL) {
        const char *sex = frem_sex_of(text, n);
        *match = sex != NULL ? strcmp(sex, matcher->sex) == 0 : *match;
        return FREM_OK;
    }
    if (frem_key_differs(text, n, matcher->text, matcher->length))
        return FREM_OK;
    frem_status status = frem_key_normal(&matcher->scratch, text, n);
    *match = status == FREM_OK && matcher->scratch.length == matcher->normal.length &&
             memcmp(matcher->scratch.bytes, matcher->normal.bytes, matcher->normal.length) == 0;
    return status;
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
    size_t *fewer = status == FREM_OK ? realloc(rows, (count + 1) * sizeof *rows) : NULL;
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
        ptrdiff_t column = frem_table_column(table, filters[f].column);
        frem_status known = column >= 0 ? FREM_OK : frem_filter_no_column(table, &filters[f], diags);
        matchers[f].column = column >= 0 ? (size_t)column : 0;
        status = frem_tally_worse(status, known);
        if (known == FREM_OK)
            status = frem_tally_worse(status, matcher_ready(&matchers[f], table, &filters[f]));
    }
    if (status == FREM_OK)
        status = choose(table, matchers, n_filters);
    if (status == FREM_OK)
        status = copy_rows(&table->chosen, rows, n_rows);
    for (size_t f = 0; f < n_filters; f++)
        matcher_close(&matchers[f]);
    free(matchers);
    return status;
}

/* Adds the texts that the index does not have. Most cells repeat the one above or, as sexes do, the one above that.
 * @param firsts room for the row that each is first in, or NULL. */
static frem_status add_texts(const frem_table *table, size_t column, const size_t *rows, size_t n_rows,
                             frem_index *index, frem_text *firsts) {
    const char *before[2] = {NULL, NULL};
    size_t n_before[2] = {0, 0};
    for (size_t i = 0; i < n_rows; i++) {
        size_t n, row = rows != NULL ? rows[i] : i, count = frem_index_count(index);
        const char *text = frem_table_cell(table, row, column, &n);
        bool seen = false;
        for (size_t k = 0; k < 2 && !seen; k++)
            seen = before[k] != NULL && n == n_before[k] && memcmp(text, before[k], n) == 0;
        if (seen)
            continue;
        before[i % 2] = text;
        n_before[i % 2] = n;
        frem_status status = frem_index_add(index, text, n, NULL);
        if (status != FREM_OK)
            return status;
        if (firsts != NULL && frem_index_count(index) > count)
            frem_text_add_bytes(firsts, (const char *)&row, sizeof row);
    }
    return firsts != NULL && firsts->failed ? FREM_NO_MEMORY : FREM_OK;
}

frem_status frem_table_texts(const frem_table *table, size_t column, const size_t *rows, size_t n_rows,
                             frem_index **index, size_t **firsts) {
    frem_index *texts = NULL;
    frem_text list = {0};
    frem_status status = frem_index_new(&texts);
    if (status == FREM_OK)
        status = add_texts(table, column, rows, n_rows, texts, &list);
    if (status == FREM_OK) {
        *firsts = malloc(list.length + sizeof **firsts);
        status = *firsts != NULL ? FREM_OK : FREM_NO_MEMORY;
    }
    if (status == FREM_OK && list.length > 0)
        memcpy(*firsts, list.bytes, list.length);
    frem_text_free(&list);
    if (status == FREM_OK)
        *index = texts;
    else
        frem_index_free(texts);
    return status;
}

/* Raises a problem if the filter alone lets no row pass. */
static frem_status blame_filter(frem_table *table, const frem_filter *filter, frem_diags *diags) {
    size_t *rows = NULL, n_rows = 0;
    frem_status status = frem_table_select(table, filter, 1, diags, &rows, &n_rows);
    free(rows);
    return status == FREM_OK && n_rows == 0 ? frem_filter_blame(table, filter, diags) : status;
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
        status = add_texts(table, at, rows, n_rows, texts, NULL);
    if (status != FREM_OK)
        goto done;
    *index = texts;
    texts = NULL;
done:
    frem_index_free(texts);
    free(rows);
    return status;
}
