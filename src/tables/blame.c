/* Filters that let no row pass: what was probably meant. */
#include "tables/blame.h"

#include <string.h>

#include "base/arena.h"
#include "base/index.h"
#include "base/problem.h"
#include "base/text.h"
#include "tables/inside.h"

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

/* Where a value stands in the other columns. A number is looked for as it is: 561 is near too many others.
 * @param[out] text Borrowed from the arena; NULL where it stands in none. */
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

frem_status frem_filter_blame(frem_table *table, const frem_filter *filter, frem_diags *diags) {
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

frem_status frem_filter_no_column(frem_table *table, const frem_filter *filter, frem_diags *diags) {
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
