/* Regions and their groups, and sexes. */
#include <stdlib.h>
#include <string.h>

#include "base/problem.h"
#include "model/areas.h"

/* A column that must be there. @return its place, or -1 after reporting. */
static ptrdiff_t need_column(frem_model *model, const frem_table *table, const char *column,
                             const frem_entry *entry, const char *key) {
    ptrdiff_t place = frem_table_column(table, column);
    if (place < 0)
        (void)FREM_PROBLEM(model->diags, frem_entry_place(entry, key), UNKNOWN_COLUMN, entry->path,
                           frem_table_source(table)->path, column,
                           frem_nearest(column, frem_table_column_names(table), frem_table_columns(table)));
    return place;
}

static frem_status list_regions(frem_model *model, frem_table *table, const size_t *rows, size_t n) {
    const frem_regions *regions = &model->scenario->regions;
    ptrdiff_t key = need_column(model, table, regions->key, &regions->head, "key");
    ptrdiff_t name = need_column(model, table, regions->name, &regions->head, "name");
    if (key < 0 || name < 0)
        return FREM_INVALID;
    frem_status result = FREM_OK;
    for (size_t i = 0; i < n; i++) {
        size_t length, place, before = frem_index_count(model->regions);
        const char *text = frem_table_cell(table, rows[i], (size_t)key, &length);
        frem_place at = frem_table_place(table, rows[i], (size_t)key);
        if (length == 0 || text[0] == ' ' || text[length - 1] == ' ' || strcmp(text, "all") == 0 ||
            strcmp(text, "outside") == 0) {
            result = FREM_PROBLEM(model->diags, at, REGION_NAME, text);
            continue;
        }
        frem_status status = frem_index_add(model->regions, text, length, &place);
        if (status != FREM_OK)
            return status;
        if (frem_index_count(model->regions) == before)
            result = FREM_PROBLEM(model->diags, at, REGION_TWICE, text);
        else
            model->region_names[place] = frem_table_cell(table, rows[i], (size_t)name, &length);
        if (length == 0)
            result =
                FREM_PROBLEM(model->diags, frem_table_place(table, rows[i], (size_t)name), REGION_NAME, "");
    }
    return result;
}

/* The groups of one column that the scenario's own regions are in, in the order in which they first appear. */
static frem_status group_by(frem_model *model, frem_table *table, const char *column, const size_t *rows,
                            size_t n) {
    ptrdiff_t c = need_column(model, table, column, &model->scenario->regions.head, "group_by");
    if (c < 0)
        return FREM_INVALID;
    size_t first = model->n_groups;
    for (size_t i = 0; i < n; i++) {
        size_t length, g;
        const char *text = frem_table_cell(table, rows[i], (size_t)c, &length);
        if (length == 0)
            continue; /* in no group */
        for (g = first; g < model->n_groups && strcmp(model->groups[g].name, text) != 0; g++)
            ;
        if (g == model->n_groups && i >= model->reported)
            continue;
        if (g == model->n_groups) {
            bool taken = strcmp(text, "all") == 0 || frem_index_find(model->regions, text, length) >= 0;
            for (size_t other = 0; other < first; other++)
                taken = taken || strcmp(model->groups[other].name, text) == 0;
            if (taken)
                return FREM_PROBLEM(model->diags, frem_table_place(table, rows[i], (size_t)c), REGION_NAME,
                                    text);
            frem_group *group = &model->groups[model->n_groups++];
            group->name = text;
            group->regions = frem_arena_alloc(model->arena, n, sizeof *group->regions);
            if (group->regions == NULL)
                return FREM_NO_MEMORY;
        }
        frem_group *group = &model->groups[g];
        group->regions[group->all++] = i;
        group->count += i < model->reported;
    }
    return FREM_OK;
}

/* A scenario without regions has one area; results call it what they call every sum. */
static frem_status one_area(frem_model *model) {
    static const char *const names[] = {"all"};
    model->one_area = true;
    model->region_names = frem_arena_alloc(model->arena, 1, sizeof *model->region_names);
    if (model->region_names == NULL)
        return FREM_NO_MEMORY;
    model->region_names[0] = names[0];
    model->reported = 1;
    frem_status status = frem_index_add(model->regions, names[0], strlen(names[0]), NULL);
    if (status == FREM_OK)
        status = frem_model_ask_areas(model, NULL);
    return status == FREM_OK ? frem_model_list_areas(model, NULL, NULL) : status;
}

/* Says which condition no row passes; the table room knows how. */
static frem_status no_regions(frem_model *model, frem_table *table, const frem_filter *filters) {
    const frem_regions *regions = &model->scenario->regions;
    frem_index *none = NULL;
    if (frem_table_rows(table) == 0)
        return FREM_PROBLEM(model->diags, frem_entry_place(&regions->head, "table"), NO_REGIONS,
                            frem_table_source(table)->path);
    frem_status status =
        frem_table_distinct(table, frem_table_column_names(table)[0], filters, regions->where.count,
                            frem_entry_place(&regions->head, "where"), model->diags, &none);
    frem_index_free(none);
    return status;
}

/* The rows of the other regions that totals cover, behind those of the scenario's own.
 * @param rows has room for all of the table. */
static void add_covered(frem_model *model, const frem_table *table, size_t *rows, size_t *n) {
    size_t own = *n, next = 0; /* rows of the scenario's own regions come in order */
    for (size_t row = 0; row < frem_table_rows(table); row++) {
        if (next < own && rows[next] == row)
            next++;
        else if (frem_model_asks_row(model, table, row))
            rows[(*n)++] = row;
    }
}

/* The scenario's own regions, then those that its totals cover besides. */
static frem_status place_regions(frem_model *model, frem_table *table, const size_t *own, size_t n) {
    const frem_regions *regions = &model->scenario->regions;
    size_t *rows = calloc(frem_table_rows(table) + 1, sizeof *rows);
    model->region_names =
        frem_arena_alloc(model->arena, frem_table_rows(table) + 1, sizeof *model->region_names);
    model->groups = frem_arena_alloc(model->arena, n * regions->group_by.count + 1, sizeof *model->groups);
    frem_status status =
        rows != NULL && model->region_names != NULL && model->groups != NULL ? FREM_OK : FREM_NO_MEMORY;
    if (status == FREM_OK) {
        memcpy(rows, own, n * sizeof *rows);
        model->reported = n;
        status = frem_model_ask_areas(model, table);
        add_covered(model, table, rows, &n);
    }
    if (status == FREM_OK || status == FREM_INVALID) {
        frem_status listed = list_regions(model, table, rows, n);
        status = listed != FREM_OK ? listed : status;
    }
    for (size_t i = 0; i < regions->group_by.count && (status == FREM_OK || status == FREM_INVALID); i++) {
        frem_status one = group_by(model, table, regions->group_by.items[i], rows, n);
        status = one != FREM_OK ? one : status;
    }
    if (status == FREM_OK)
        status = frem_model_list_areas(model, table, rows);
    free(rows);
    return status;
}

frem_status frem_model_regions(frem_model *model) {
    const frem_regions *regions = &model->scenario->regions;
    if (regions->head.node == NULL)
        return one_area(model);
    size_t *rows = NULL, n = 0;
    frem_table *table;
    frem_filter *filters;
    frem_status status = frem_model_table(model, regions->head.node, regions->table,
                                          frem_entry_place(&regions->head, "table"), &table);
    if (status == FREM_OK)
        status = frem_model_filters(model, &regions->where, &filters);
    if (status == FREM_OK)
        status = frem_table_select(table, filters, regions->where.count, model->diags, &rows, &n);
    if (status == FREM_OK && n == 0)
        status = no_regions(model, table, filters);
    if (status == FREM_OK)
        status = place_regions(model, table, rows, n);
    free(rows);
    return status;
}

/* The sexes are what the professions' tables have; a scenario without any has one, called "all". */
frem_status frem_model_sexes(frem_model *model) {
    frem_status status = FREM_OK;
    for (size_t p = 0; p < model->scenario->professions.count && status == FREM_OK; p++) {
        const frem_profession *profession = &model->scenario->professions.items[p];
        const frem_value *values[] = {&profession->cohorts.persons, &profession->cohorts.ages,
                                      &profession->immigration.ages};
        for (size_t i = 0; i < sizeof values / sizeof *values && status == FREM_OK; i++) {
            if (values[i]->form != FREM_VALUE_TABLE)
                continue;
            frem_table *table;
            frem_filter *filters;
            frem_index *found = NULL;
            status = frem_model_table(model, values[i]->head.node, values[i]->table,
                                      frem_entry_place(&values[i]->head, "table"), &table);
            const char *column = status == FREM_OK ? frem_model_column(table, &values[i]->keys, "sex") : NULL;
            if (column == NULL)
                continue;
            status = frem_model_filters(model, &values[i]->where, &filters);
            if (status == FREM_OK)
                status =
                    frem_table_distinct(table, column, filters, values[i]->where.count,
                                        frem_entry_place(&values[i]->head, "table"), model->diags, &found);
            for (size_t s = 0; found != NULL && s < frem_index_count(found) && status == FREM_OK; s++)
                status = frem_index_add(model->sexes, frem_index_name(found, s),
                                        strlen(frem_index_name(found, s)), NULL);
            frem_index_free(found);
        }
    }
    if (status == FREM_OK && frem_index_count(model->sexes) == 0)
        status = frem_index_add(model->sexes, "all", 3, NULL);
    return status;
}
