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

/* Keeps the normal form of a region's key: the same key written in another way is the same region. */
static frem_status add_normal(frem_index *normals, frem_text *normal, const char *text, size_t n,
                              bool *is_new) {
    size_t before = frem_index_count(normals);
    frem_status status = frem_key_normal(normal, text, n);
    if (status == FREM_OK)
        status = frem_index_add(normals, normal->bytes, normal->length, NULL);
    *is_new = frem_index_count(normals) > before;
    return status;
}

/* The words that results and tables of moves have in place of a region. */
static bool is_reserved(const frem_text *normal) {
    return strcmp(normal->bytes, "all") == 0 || strcmp(normal->bytes, "outside") == 0;
}

static frem_status list_regions(frem_model *model, frem_table *table, const size_t *rows, size_t n) {
    const frem_regions *regions = &model->scenario->regions;
    ptrdiff_t key = need_column(model, table, regions->key, &regions->head, "key");
    ptrdiff_t name = need_column(model, table, regions->name, &regions->head, "name");
    if (key < 0 || name < 0)
        return FREM_INVALID;
    frem_status result = FREM_OK, status = FREM_OK;
    frem_index *normals = NULL;
    frem_text normal = {0};
    status = frem_index_new(&normals);
    for (size_t i = 0; i < n && status == FREM_OK; i++) {
        size_t length, place, trimmed;
        bool is_new = false;
        const char *text = frem_table_cell(table, rows[i], (size_t)key, &length);
        frem_place at = frem_table_place(table, rows[i], (size_t)key);
        trimmed = length;
        (void)frem_key_trim(text, &trimmed);
        status = add_normal(normals, &normal, text, length, &is_new);
        if (status != FREM_OK)
            break;
        if (length == 0 || trimmed < length || is_reserved(&normal)) {
            result = FREM_PROBLEM(model->diags, at, REGION_NAME, text);
            continue;
        }
        if (!is_new) {
            result = FREM_PROBLEM(model->diags, at, REGION_TWICE, text);
        } else {
            status = frem_index_add(model->regions, text, length, &place);
            if (status == FREM_OK)
                model->region_names[place] = frem_table_cell(table, rows[i], (size_t)name, &length);
        }
        if (length == 0)
            result =
                FREM_PROBLEM(model->diags, frem_table_place(table, rows[i], (size_t)name), REGION_NAME, "");
    }
    frem_index_free(normals);
    frem_text_free(&normal);
    return status != FREM_OK ? status : result;
}

/* Adds the texts of a column of the regions' table to what tables may have as region.
 * @param normals of the texts so far; a group written in two ways is added once, a region as it is. */
static frem_status add_region_keys(frem_model *model, const frem_table *table, const char *column,
                                   frem_index *normals, bool groups) {
    ptrdiff_t at = frem_table_column(table, column);
    frem_index *texts = NULL;
    size_t *firsts = NULL;
    frem_text normal = {0};
    if (at < 0)
        return FREM_OK; /* reported before */
    frem_status status = frem_table_texts(table, (size_t)at, NULL, frem_table_rows(table), &texts, &firsts);
    for (size_t i = 0; status == FREM_OK && i < frem_index_count(texts); i++) {
        const char *text = frem_index_name(texts, i);
        size_t n = strlen(text);
        bool is_new = false;
        status = add_normal(normals, &normal, text, n, &is_new);
        text = frem_key_trim(text, &n);
        if (status == FREM_OK && n > 0 && (is_new || !groups))
            status = frem_index_add(model->region_keys, text, n, NULL);
    }
    free(firsts);
    frem_index_free(texts);
    frem_text_free(&normal);
    return status;
}

/* What tables may have as region. @param table NULL where the scenario has no regions. */
static frem_status list_region_keys(frem_model *model, const frem_table *table) {
    const frem_regions *regions = &model->scenario->regions;
    frem_index *normals = NULL;
    frem_status status = frem_index_new(&normals);
    for (size_t r = 0; r < frem_index_count(model->regions) && status == FREM_OK; r++) {
        const char *name = frem_index_name(model->regions, r);
        status = frem_index_add(model->region_keys, name, strlen(name), NULL);
    }
    if (status == FREM_OK && table != NULL)
        status = add_region_keys(model, table, regions->key, normals, false);
    model->n_places = frem_index_count(model->region_keys);
    for (size_t i = 0; i < regions->group_by.count && table != NULL && status == FREM_OK; i++)
        status = add_region_keys(model, table, regions->group_by.items[i], normals, true);
    frem_index_free(normals);
    return status == FREM_OK ? frem_index_add(model->region_keys, "all", 3, NULL) : status;
}

static bool is_name(const char *name, const char *text, size_t n, frem_status *status) {
    return frem_key_same(name, strlen(name), text, n, status);
}

/* A group that no row before has named. @param named_in and @param column where it is. @param first of the groups of the same
 * column. @param n the regions. */
static frem_status new_group(frem_model *model, const frem_table *table, size_t named_in, size_t column,
                             size_t first, size_t n) {
    frem_status status = FREM_OK;
    frem_place place = frem_table_place(table, named_in, column);
    size_t length;
    const char *text = frem_table_cell(table, named_in, column, &length);
    text = frem_key_trim(text, &length);
    bool taken = frem_key_same("all", 3, text, length, &status);
    for (size_t r = 0; r < frem_index_count(model->regions) && !taken; r++)
        taken = is_name(frem_index_name(model->regions, r), text, length, &status);
    for (size_t other = 0; other < first && !taken; other++)
        taken = is_name(model->groups[other].name, text, length, &status);
    const char *name = frem_arena_text(model->arena, text, length);
    if (status != FREM_OK || name == NULL)
        return FREM_NO_MEMORY;
    if (taken)
        return FREM_PROBLEM(model->diags, place, REGION_NAME, name);
    frem_group *group = &model->groups[model->n_groups];
    group->order = model->n_groups++;
    for (size_t row = 0; row < frem_table_rows(table) && status == FREM_OK; row++) {
        size_t own;
        const char *cell = frem_table_cell(table, row, column, &own);
        group->rows += frem_key_same(text, length, cell, own, &status);
    }
    group->name = name;
    group->regions = frem_arena_alloc(model->arena, n, sizeof *group->regions);
    if (group->regions == NULL)
        return FREM_NO_MEMORY;
    return status;
}

/* The groups of one column that the scenario's own regions are in, in the order in which they first appear. */
static frem_status group_by(frem_model *model, frem_table *table, const char *column, const size_t *rows,
                            size_t n) {
    ptrdiff_t c = need_column(model, table, column, &model->scenario->regions.head, "group_by");
    if (c < 0)
        return FREM_INVALID;
    size_t first = model->n_groups;
    frem_status status = FREM_OK;
    for (size_t i = 0; i < n && status == FREM_OK; i++) {
        size_t length, g;
        const char *text = frem_table_cell(table, rows[i], (size_t)c, &length);
        text = frem_key_trim(text, &length);
        if (length == 0)
            continue; /* in no group */
        for (g = first; g < model->n_groups && !is_name(model->groups[g].name, text, length, &status); g++)
            ;
        if (g == model->n_groups && i >= model->reported)
            continue;
        if (g == model->n_groups && status == FREM_OK)
            status = new_group(model, table, rows[i], (size_t)c, first, n);
        if (status == FREM_OK) {
            frem_group *group = &model->groups[g];
            group->regions[group->all++] = i;
            group->count += i < model->reported;
        }
    }
    return status;
}

/* A group that the scenario has a part of is no group of its results: a sum under its name would be taken for the whole. */
static frem_status set_partial_aside(frem_model *model) {
    size_t n = model->n_groups, whole = 0;
    frem_group *sorted = frem_arena_alloc(model->arena, n + 1, sizeof *sorted);
    if (sorted == NULL)
        return FREM_NO_MEMORY;
    for (size_t pass = 0; pass < 2; pass++) {
        for (size_t g = 0; g < n; g++) {
            const frem_group *group = &model->groups[g];
            if ((group->count < group->rows) == (pass == 1))
                sorted[model->n_partial++] = *group;
        }
        whole = pass == 0 ? model->n_partial : whole;
    }
    model->groups = sorted;
    model->n_groups = whole;
    model->n_partial = n - whole;
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
    if (status == FREM_OK)
        status = frem_model_list_areas(model, NULL, NULL);
    return status == FREM_OK ? list_region_keys(model, NULL) : status;
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
        status = set_partial_aside(model);
    if (status == FREM_OK)
        status = frem_model_list_areas(model, table, rows);
    free(rows);
    return status;
}

/* What all regions are called together: as the scenario says, as the only one of them, as the group that has them all, or
 * as the whole table. */
static void name_all(frem_model *model, const frem_table *table) {
    const frem_regions *regions = &model->scenario->regions;
    size_t n = model->reported;
    const char *name = n == 1 ? model->region_names[0] : NULL;
    for (size_t g = 0; g < model->n_groups && name == NULL; g++)
        name = model->groups[g].count == n ? model->groups[g].name : NULL;
    frem_label *all = &model->all_regions;
    *all = regions->label;
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++)
        all->text[lang] = all->text[lang] != NULL ? all->text[lang] : name;
    if (all->text[FREM_EN] == NULL && all->text[FREM_DA] == NULL && frem_table_rows(table) == n)
        *all = regions->whole;
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
    if (status == FREM_OK)
        model->regions_file = frem_table_source(table)->path;
    if (status == FREM_OK && n == 0)
        status = no_regions(model, table, filters);
    if (status == FREM_OK)
        status = place_regions(model, table, rows, n);
    if (status == FREM_OK)
        name_all(model, table);
    if (status == FREM_OK)
        status = list_region_keys(model, table);
    free(rows);
    return status;
}

frem_status frem_model_table_sexes(frem_model *model, const frem_table *table, const char *column,
                                   const size_t *rows, size_t n_rows, frem_index *sexes) {
    ptrdiff_t at = frem_table_column(table, column);
    frem_index *texts = NULL;
    size_t *firsts = NULL;
    frem_status status =
        at >= 0 ? frem_table_texts(table, (size_t)at, rows, n_rows, &texts, &firsts) : FREM_DEFECT;
    for (size_t i = 0; texts != NULL && i < frem_index_count(texts) && status != FREM_NO_MEMORY; i++) {
        const char *text = frem_index_name(texts, i), *sex = frem_sex_of(text, strlen(text));
        frem_status one = sex != NULL ? frem_index_add(sexes, sex, strlen(sex), NULL)
                                      : frem_table_unknown_key(table, firsts[i], (size_t)at, "sex", NULL, 0,
                                                               NULL, model->diags);
        status = one != FREM_OK ? one : status;
    }
    free(firsts);
    frem_index_free(texts);
    return status;
}

/* The sexes of a value's table, if it has any. */
static frem_status value_sexes(frem_model *model, const frem_value *value) {
    frem_table *table;
    frem_filter *filters;
    size_t *rows = NULL, n = 0;
    frem_place place = frem_entry_place(&value->head, "table");
    frem_status status = frem_model_table(model, value->head.node, value->table, place, &table);
    const char *column = status == FREM_OK ? frem_model_column(table, &value->keys, "sex") : NULL;
    if (column == NULL || frem_table_column(table, column) < 0)
        return status;
    status = frem_model_filters(model, &value->where, &filters);
    if (status == FREM_OK)
        status = frem_table_select(table, filters, value->where.count, model->diags, &rows, &n);
    if (status == FREM_OK)
        status = frem_model_table_sexes(model, table, column, rows, n, model->sexes);
    free(rows);
    return status;
}

/* The sexes are what the professions' tables have; a scenario without any has one, called "all". */
frem_status frem_model_sexes(frem_model *model) {
    frem_status status = FREM_OK;
    for (size_t p = 0; p < model->scenario->professions.count; p++) {
        const frem_profession *profession = &model->scenario->professions.items[p];
        const frem_value *values[] = {&profession->cohorts.persons, &profession->cohorts.ages,
                                      &profession->immigration.ages};
        for (size_t i = 0; i < sizeof values / sizeof *values && status != FREM_NO_MEMORY; i++) {
            frem_status one = values[i]->form == FREM_VALUE_TABLE ? value_sexes(model, values[i]) : FREM_OK;
            status = one != FREM_OK ? one : status;
        }
    }
    if (status == FREM_OK && frem_index_count(model->sexes) == 0)
        status = frem_index_add(model->sexes, "all", 3, NULL);
    return status;
}
