#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/index.h"
#include "base/number.h"
#include "base/problem.h"
#include "base/text.h"
#include "tables/inside.h"
#include "tables/reader.h"
#include "tables/reading.h"
#include "tables/tally.h"

/* As many column names as a message lists. */
#define NAMES_SHOWN 12

static frem_status filter_blame(frem_table *table, const frem_filter *filter, frem_diags *diags);

static frem_status filter_no_column(frem_table *table, const frem_filter *filter, frem_diags *diags);

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
    bool also; /* one more text of the matcher before */
} cell_matcher;

static frem_status matcher_ready(cell_matcher *matcher, const frem_table *table, const frem_filter *filter) {
    matcher->table = table;
    matcher->also = filter->also;
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

/* Whether a cell has one of several texts. */
static frem_status match_any(cell_matcher *matchers, size_t n_matchers, const char *text, size_t n,
                             bool *match) {
    frem_status status = FREM_OK;
    *match = false;
    for (size_t m = 0; m < n_matchers && !*match && status == FREM_OK; m++)
        status = match_cell(&matchers[m], text, n, match);
    return status;
}

/* Keeps of rows[0..*n_rows) those whose cell has one of the texts of some matchers of one column. */
static frem_status keep_matching(const frem_table *table, cell_matcher *matchers, size_t n_matchers,
                                 size_t *rows, size_t *n_rows) {
    const uint32_t *starts = table->starts + table->columns + matchers->column;
    const char *before = NULL;
    size_t n_before = 0, kept = 0;
    bool match = false;
    for (size_t i = 0; i < *n_rows; i++) {
        const uint32_t *start = starts + rows[i] * table->columns;
        const char *text = table->text + start[0];
        size_t n = (size_t)(start[1] - start[0]) - 1;
        if (before == NULL || n != n_before || memcmp(text, before, n) != 0) {
            frem_status status = match_any(matchers, n_matchers, text, n, &match);
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

/* The filters as one text, a key to find equal ones by: each column's place and text. */
static void filters_key(const cell_matcher *matchers, size_t n, frem_text *out) {
    for (size_t f = 0; f < n; f++) {
        frem_text_add_bytes(out, (const char *)&matchers[f].column, sizeof matchers[f].column);
        frem_text_add_bytes(out, matchers[f].text, matchers[f].length + 1);
        frem_text_add_bytes(out, matchers[f].also ? "|" : "&", 1);
    }
}

/* The rows that pass all filters, into the table's `chosen`. */
static frem_status choose(frem_table *table, cell_matcher *matchers, size_t n_filters) {
    frem_table_chosen *chosen = &table->chosen;
    frem_text filters = {0};
    filters_key(matchers, n_filters, &filters);
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
    for (size_t f = 0, end; f < n_filters && status == FREM_OK; f = end) {
        for (end = f + 1; end < n_filters && matchers[end].also;)
            end++;
        status = keep_matching(table, &matchers[f], end - f, rows, &count);
    }
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
        frem_status known = column >= 0 ? FREM_OK : filter_no_column(table, &filters[f], diags);
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
    return status == FREM_OK && n_rows == 0 ? filter_blame(table, filter, diags) : status;
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

frem_status frem_filters_known(frem_table *table, const frem_filter *filters, size_t n_filters,
                               frem_diags *diags) {
    frem_status status = FREM_OK;
    for (size_t f = 0; f < n_filters; f++) {
        if (filters[f].also || (f + 1 < n_filters && filters[f + 1].also))
            status = frem_tally_worse(status, blame_filter(table, &filters[f], diags));
    }
    return status;
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

/* Rows that are looked at: a hint needs no more. */
#define ROWS_MAX 20000
/* A column with more different texts is not listed. */
#define LISTED 12

/* The different texts of a column. */
static frem_status texts_of(const frem_table *table, size_t column, frem_index **texts) {
    frem_status status = frem_index_new(texts);
    size_t rows = frem_table_rows(table);
    for (size_t row = 0; row < rows && row < ROWS_MAX && status == FREM_OK; row++) {
        size_t n;
        const char *text = frem_table_cell(table, row, column, &n);
        status = frem_index_add(*texts, text, n, NULL);
    }
    return status;
}

/* The text of a column that a value was probably meant as: the nearest; else that which is nearest to it without its first
 * or last word, as "Esbjerg Kommune" is to Esbjerg. NULL where there is none. */
static const char *meant_text(frem_arena *arena, const frem_index *texts, const char *value) {
    const char *const *names = frem_index_names(texts);
    size_t n = frem_index_count(texts);
    const char *nearest = frem_nearest(value, names, n), *first = strchr(value, ' '),
               *last = strrchr(value, ' ');
    if (nearest != NULL || last == NULL)
        return nearest;
    const char *shorter = frem_arena_text(arena, value, (size_t)(last - value));
    nearest = shorter != NULL ? frem_nearest(shorter, names, n) : NULL;
    return nearest != NULL ? nearest : frem_nearest(first + 1, names, n);
}

/* Looks for a value in the other columns. A number must match exactly: 561 is near too many others.
 * @param[out] text Borrowed from the arena; NULL where no column has it. */
static frem_status look_elsewhere(frem_arena *arena, const frem_table *table, const frem_filter *filter,
                                  const char **text, const char **column) {
    frem_status status = FREM_OK;
    *text = NULL;
    for (size_t c = 0; c < table->columns && *text == NULL && status == FREM_OK; c++) {
        const char *name = frem_table_column_names(table)[c];
        frem_index *texts = NULL;
        if (strcmp(name, filter->column) == 0)
            continue;
        status = texts_of(table, c, &texts);
        bool digits = strspn(filter->value, "0123456789") == strlen(filter->value);
        bool exact = status == FREM_OK && frem_index_find(texts, filter->value, strlen(filter->value)) >= 0;
        const char *found = exact                         ? filter->value
                            : digits || status != FREM_OK ? NULL
                                                          : meant_text(arena, texts, filter->value);
        if (found != NULL) {
            *text = frem_arena_text(arena, found, strlen(found));
            *column = name;
            status = *text != NULL ? FREM_OK : FREM_NO_MEMORY;
        }
        frem_index_free(texts);
    }
    return status;
}

/* "a, b, c"; NULL where they are too many. */
static const char *list_texts(frem_arena *arena, const frem_index *texts) {
    frem_text list = {0};
    for (size_t i = 0; i < frem_index_count(texts); i++)
        frem_text_print(&list, "%s%s", i > 0 ? ", " : "", frem_index_name(texts, i));
    bool few = frem_index_count(texts) <= LISTED && list.length > 0 && !list.failed;
    const char *copy = few ? frem_arena_text(arena, list.bytes, list.length) : NULL;
    frem_text_free(&list);
    return copy;
}

static frem_status raise_nothing(frem_arena *arena, const frem_table *table, const frem_filter *filter,
                                 const frem_index *texts, frem_diags *diags) {
    const char *path = table->source->path, *found = NULL, *column = NULL;
    const char *nearest = meant_text(arena, texts, filter->value), *list = list_texts(arena, texts);
    frem_status status = nearest == NULL ? look_elsewhere(arena, table, filter, &found, &column) : FREM_OK;
    if (status != FREM_OK)
        return status;
    if (found != NULL)
        return FREM_PROBLEM(diags, filter->place, TABLE_FILTER_ELSEWHERE, path, filter->column, filter->value,
                            found, column);
    if (nearest == NULL && list != NULL)
        return FREM_PROBLEM(diags, filter->place, TABLE_FILTER_ONE_OF, path, filter->column, filter->value,
                            list);
    return FREM_PROBLEM(diags, filter->place, TABLE_FILTER_NOTHING, path, filter->column, filter->value,
                        nearest);
}

/* Raises a filter that lets no row pass: with the nearest value of its column, or the column that has its value. */
static frem_status filter_blame(frem_table *table, const frem_filter *filter, frem_diags *diags) {
    frem_arena *arena = NULL;
    frem_index *texts = NULL;
    frem_status status = frem_arena_new(&arena);
    if (status == FREM_OK)
        status = texts_of(table, (size_t)frem_table_column(table, filter->column), &texts);
    if (status == FREM_OK)
        status = raise_nothing(arena, table, filter, texts, diags);
    frem_index_free(texts);
    frem_arena_free(arena);
    return status;
}

/* Raises a filter whose column the table does not have: with the nearest column, or the one that has its value. */
static frem_status filter_no_column(frem_table *table, const frem_filter *filter, frem_diags *diags) {
    const char *found = NULL, *column = NULL;
    const char *const *names = frem_table_column_names(table);
    const char *nearest = frem_nearest(filter->column, names, table->columns);
    frem_arena *arena = NULL;
    frem_text list = {0};
    frem_status status = frem_arena_new(&arena);
    frem_table_add_names(&list, table);
    if (status == FREM_OK && nearest == NULL)
        status = look_elsewhere(arena, table, filter, &found, &column);
    if (status == FREM_OK && list.failed)
        status = FREM_NO_MEMORY;
    if (status == FREM_OK && found != NULL)
        status = FREM_PROBLEM(diags, filter->place, TABLE_FILTER_COLUMN, filter->column, table->source->path,
                              list.bytes, found, column);
    else if (status == FREM_OK)
        status = FREM_PROBLEM(diags, filter->place, TABLE_UNKNOWN_COLUMN, filter->column, table->source->path,
                              list.bytes, nearest);
    frem_text_free(&list);
    frem_arena_free(arena);
    return status;
}
