/* Regions and their groups, and sexes. */
#include <stdlib.h>
#include <string.h>

#include "base/locale.h"
#include "base/problem.h"
#include "model/areas.h"

enum { NAMED_TOGETHER = 4 }; /* regions chosen by name, whose names are that of all of them */

/* Keeps the normal form of a region's key: the same key written in another way is the same region.
 * @return whether it is new. */
static bool is_new_key(frem_model *model, frem_index *normals, frem_text *normal, const char *text,
                       size_t n) {
    size_t before = frem_index_count(normals);
    frem_status status = frem_key_normal(normal, text, n);
    if (status == FREM_OK)
        status = frem_index_add(normals, normal->bytes, normal->length, NULL);
    frem_model_fail(model, status);
    return frem_index_count(normals) > before;
}

/* The words that results and tables of moves have in place of a region. */
static bool is_reserved(const frem_text *normal) {
    return strcmp(normal->bytes, "all") == 0 || strcmp(normal->bytes, "outside") == 0;
}

static void list_regions(frem_model *model, frem_table *table, const size_t *rows, size_t n) {
    const frem_regions *regions = &model->scenario->regions;
    size_t key, name;
    frem_index *normals = NULL;
    frem_text normal = {0};
    bool named = frem_model_find_column(model, table, &regions->head, "key", regions->key, &key);
    named = frem_model_find_column(model, table, &regions->head, "name", regions->name, &name) && named;
    if (named)
        frem_model_fail(model, frem_index_new(&normals));
    for (size_t i = 0; i < n && named && model->status != FREM_NO_MEMORY; i++) {
        size_t length, place, trimmed;
        const char *text = frem_table_cell(table, rows[i], key, &length);
        frem_place at = frem_table_place(table, rows[i], key);
        trimmed = length;
        (void)frem_key_trim(text, &trimmed);
        bool is_new = is_new_key(model, normals, &normal, text, length);
        if (model->status == FREM_NO_MEMORY)
            break;
        if (length == 0 || trimmed < length || is_reserved(&normal)) {
            FREM_MODEL_PROBLEM(model, at, REGION_NAME, text);
            continue;
        }
        if (!is_new) {
            FREM_MODEL_PROBLEM(model, at, REGION_TWICE, text);
        } else {
            frem_model_fail(model, frem_index_add(model->regions, text, length, &place));
            if (model->status != FREM_NO_MEMORY)
                model->region_names[place] = frem_table_cell(table, rows[i], name, &length);
        }
        if (length == 0)
            FREM_MODEL_PROBLEM(model, frem_table_place(table, rows[i], name), REGION_NAME, "");
    }
    frem_index_free(normals);
    frem_text_free(&normal);
}

/* Adds the texts of a column of the regions' table to what tables may have as region.
 * @param normals of the texts so far; a group written in two ways is added once, a region as it is. */
static void add_region_keys(frem_model *model, const frem_table *table, const char *column,
                            frem_index *normals, bool groups) {
    ptrdiff_t at = frem_table_column(table, column);
    frem_index *texts = NULL;
    size_t *firsts = NULL;
    frem_text normal = {0};
    if (at < 0)
        return; /* reported before */
    frem_model_fail(model,
                    frem_table_texts(table, (size_t)at, NULL, frem_table_rows(table), &texts, &firsts));
    for (size_t i = 0; model->status == FREM_OK && i < frem_index_count(texts); i++) {
        const char *text = frem_index_name(texts, i);
        size_t n = strlen(text);
        bool is_new = is_new_key(model, normals, &normal, text, n);
        text = frem_key_trim(text, &n);
        if (n > 0 && (is_new || !groups))
            frem_model_fail(model, frem_index_add(model->region_keys, text, n, NULL));
    }
    free(firsts);
    frem_index_free(texts);
    frem_text_free(&normal);
}

/* What tables may have as region. @param table NULL where the scenario has no regions. */
static void list_region_keys(frem_model *model, const frem_table *table) {
    const frem_regions *regions = &model->scenario->regions;
    frem_index *normals = NULL;
    frem_model_fail(model, frem_index_new(&normals));
    for (size_t r = 0; r < frem_index_count(model->regions) && model->status == FREM_OK; r++) {
        const char *name = frem_index_name(model->regions, r);
        frem_model_fail(model, frem_index_add(model->region_keys, name, strlen(name), NULL));
    }
    if (model->status == FREM_OK && table != NULL)
        add_region_keys(model, table, regions->key, normals, false);
    model->n_places = frem_index_count(model->region_keys);
    for (size_t i = 0; i < regions->group_by.count && table != NULL && model->status == FREM_OK; i++)
        add_region_keys(model, table, regions->group_by.items[i], normals, true);
    frem_index_free(normals);
    if (model->status == FREM_OK)
        frem_model_fail(model, frem_index_add(model->region_keys, "all", 3, NULL));
}

static bool is_name(frem_model *model, const char *name, const char *text, size_t n) {
    return frem_key_same(name, strlen(name), text, n, &model->status);
}

/* Whether something in the results is called so already. @param first of the groups that are looked at. */
static bool is_taken(frem_model *model, size_t first, const char *name, size_t n) {
    bool taken = is_name(model, "all", name, n);
    for (size_t r = 0; r < frem_index_count(model->regions) && !taken; r++)
        taken = is_name(model, frem_index_name(model->regions, r), name, n);
    for (size_t g = 0; g < first && !taken; g++)
        taken = is_name(model, model->groups[g].name, name, n);
    return taken;
}

/* A group that no row before has named. @param named_in and @param column where it is. @param first of the groups of the same
 * column. @param n the regions. */
static void new_group(frem_model *model, const frem_table *table, size_t named_in, size_t column,
                      size_t first, size_t n) {
    frem_place place = frem_table_place(table, named_in, column);
    size_t length;
    const char *text = frem_table_cell(table, named_in, column, &length);
    text = frem_key_trim(text, &length);
    const bool taken = is_taken(model, first, text, length);
    const char *name = frem_arena_text(model->arena, text, length);
    size_t *regions = frem_model_alloc(model, n, sizeof *regions);
    if (name == NULL)
        frem_model_fail(model, FREM_NO_MEMORY);
    if (model->status != FREM_OK)
        return;
    if (taken) {
        FREM_MODEL_PROBLEM(model, place, REGION_NAME, name);
        return;
    }
    frem_group *group = &model->groups[model->n_groups];
    *group = (frem_group){.name = name, .regions = regions, .order = model->n_groups++};
    for (size_t row = 0; row < frem_table_rows(table); row++) {
        size_t own;
        const char *cell = frem_table_cell(table, row, column, &own);
        group->rows += frem_key_same(text, length, cell, own, &model->status);
    }
}

/* The groups of one column that the scenario's own regions are in, in the order in which they first appear. */
static void group_by(frem_model *model, frem_table *table, const char *column, const size_t *rows, size_t n) {
    const frem_status before = frem_model_begin(model);
    size_t c, first = model->n_groups;
    if (!frem_model_find_column(model, table, &model->scenario->regions.head, "group_by", column, &c))
        n = 0;
    for (size_t i = 0; i < n && model->status == FREM_OK; i++) {
        size_t length, g = first;
        const char *text = frem_table_cell(table, rows[i], c, &length);
        text = frem_key_trim(text, &length);
        if (length == 0)
            continue; /* in no group */
        while (g < model->n_groups && !is_name(model, model->groups[g].name, text, length))
            g++;
        if (g == model->n_groups && i >= model->reported)
            continue;
        if (g == model->n_groups && model->status == FREM_OK)
            new_group(model, table, rows[i], c, first, n);
        if (model->status == FREM_OK) {
            frem_group *group = &model->groups[g];
            group->regions[group->all++] = i;
            group->count += i < model->reported;
        }
    }
    (void)frem_model_end(model, before);
}

/* The region that a text of a group of one's own means, by key or name; the number of regions where it is none. */
static size_t region_meant(frem_model *model, const char *text) {
    const size_t n = strlen(text);
    for (size_t r = 0; r < model->reported; r++) {
        if (is_name(model, frem_index_name(model->regions, r), text, n) ||
            is_name(model, model->region_names[r], text, n))
            return r;
    }
    return model->reported;
}

/* Marks the regions of a group of one's own. */
static void mark_regions(frem_model *model, const frem_text_pair *items, size_t n, bool *has) {
    frem_text path = {0};
    frem_text_print(&path, "regions.groups.%s", items->key);
    if (path.failed)
        frem_model_fail(model, FREM_NO_MEMORY);
    for (size_t i = 0; i < n && !path.failed; i++) {
        const size_t r = region_meant(model, items[i].text);
        if (model->status == FREM_NO_MEMORY)
            break;
        if (r == model->reported)
            FREM_MODEL_PROBLEM(
                model, items[i].place, GROUP_REGION, path.bytes, items[i].text,
                frem_nearest(items[i].text, (const char *const *)model->region_names, model->reported));
        else
            has[r] = true;
    }
    frem_text_free(&path);
}

/* One group of one's own: `items` of `regions.groups`, whose key is its name. */
static void own_group(frem_model *model, const frem_text_pair *items, size_t n) {
    bool *has = frem_model_alloc(model, model->reported + 1, sizeof *has);
    size_t *regions = frem_model_alloc(model, model->reported + 1, sizeof *regions);
    if (has == NULL || regions == NULL)
        return;
    if (is_taken(model, model->n_groups, items->key, strlen(items->key)))
        FREM_MODEL_PROBLEM(model, items->place, REGION_NAME, items->key);
    else
        mark_regions(model, items, n, has);
    frem_group *group = &model->groups[model->n_groups];
    *group = (frem_group){.name = items->key, .regions = regions, .order = model->n_groups++};
    for (size_t r = 0; r < model->reported; r++) {
        if (has[r])
            regions[group->count++] = r;
    }
    group->all = group->rows = group->count;
}

/* The groups of one's own, behind those of the table. */
static void own_groups(frem_model *model) {
    const frem_text_map *groups = &model->scenario->regions.groups;
    for (size_t i = 0, end; i < groups->count && model->status != FREM_NO_MEMORY; i = end) {
        for (end = i + 1; end < groups->count && groups->items[end].also;)
            end++;
        const frem_status before = frem_model_begin(model);
        own_group(model, &groups->items[i], end - i);
        (void)frem_model_end(model, before);
    }
}

/* A group that the scenario has a part of is no group of its results: a sum under its name would be taken for the whole. */
static void set_partial_aside(frem_model *model) {
    size_t n = model->n_groups, whole = 0;
    frem_group *sorted = frem_model_alloc(model, n + 1, sizeof *sorted);
    if (sorted == NULL)
        return;
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
}

/* A scenario without regions has one area; results call it what they call every sum. */
static void one_area(frem_model *model) {
    static const char *const names[] = {"all"};
    model->one_area = true;
    model->reported = 1;
    model->region_names = frem_model_alloc(model, 1, sizeof *model->region_names);
    if (model->region_names == NULL)
        return;
    model->region_names[0] = names[0];
    frem_model_fail(model, frem_index_add(model->regions, names[0], strlen(names[0]), NULL));
    if (model->status == FREM_OK)
        frem_model_ask_areas(model, NULL);
    if (model->status == FREM_OK)
        frem_model_list_areas(model, NULL, NULL);
    if (model->status == FREM_OK)
        list_region_keys(model, NULL);
}

/* Says which condition no row passes; the table room knows how. */
static void no_regions(frem_model *model, frem_table *table, const frem_filter *filters) {
    const frem_regions *regions = &model->scenario->regions;
    frem_index *none = NULL;
    if (frem_table_rows(table) == 0)
        FREM_MODEL_PROBLEM(model, frem_entry_place(&regions->head, "table"), NO_REGIONS,
                           frem_table_source(table)->path);
    else
        frem_model_fail(model, frem_table_distinct(
                                   table, frem_table_column_names(table)[0], filters, regions->where.count,
                                   frem_entry_place(&regions->head, "where"), model->diags, &none));
    frem_index_free(none);
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
static void place_regions(frem_model *model, frem_table *table, const size_t *own, size_t n) {
    const frem_regions *regions = &model->scenario->regions;
    size_t *rows = calloc(frem_table_rows(table) + 1, sizeof *rows);
    model->region_names = frem_model_alloc(model, frem_table_rows(table) + 1, sizeof *model->region_names);
    model->groups = frem_model_alloc(model, n * regions->group_by.count + regions->groups.count + 1,
                                     sizeof *model->groups);
    if (rows == NULL)
        frem_model_fail(model, FREM_NO_MEMORY);
    if (model->status == FREM_OK) {
        memcpy(rows, own, n * sizeof *rows);
        model->reported = n;
        frem_model_ask_areas(model, table);
        add_covered(model, table, rows, &n);
        list_regions(model, table, rows, n);
        for (size_t i = 0; i < regions->group_by.count && model->status != FREM_NO_MEMORY; i++)
            group_by(model, table, regions->group_by.items[i], rows, n);
    }
    if (model->status == FREM_OK)
        own_groups(model);
    if (model->status == FREM_OK)
        set_partial_aside(model);
    if (model->status == FREM_OK)
        frem_model_list_areas(model, table, rows);
    free(rows);
}

/* "Esbjerg, Varde and Vejle". @return NULL when out of memory, which the model keeps. */
static const char *named_together(frem_model *model, size_t n, frem_lang lang) {
    frem_text text = {0};
    for (size_t r = 0; r < n; r++) {
        frem_text_add(&text, r == 0 ? "" : r + 1 == n ? frem_word_text(FREM_W_AND, lang) : ", ");
        frem_text_add(&text, model->region_names[r]);
    }
    const char *names = text.failed ? NULL : frem_arena_text(model->arena, text.bytes, text.length);
    frem_text_free(&text);
    if (names == NULL)
        frem_model_fail(model, FREM_NO_MEMORY);
    return names;
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
    const bool listed = regions->where.count > 1 && regions->where.items[1].also;
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
        all->text[lang] = all->text[lang] != NULL ? all->text[lang] : name;
        if (all->text[lang] == NULL && listed && n <= NAMED_TOGETHER)
            all->text[lang] = named_together(model, n, (frem_lang)lang);
    }
    if (all->text[FREM_EN] == NULL && all->text[FREM_DA] == NULL && frem_table_rows(table) == n)
        *all = regions->whole;
}

void frem_model_regions(frem_model *model) {
    const frem_regions *regions = &model->scenario->regions;
    if (regions->head.node == NULL) {
        one_area(model);
        return;
    }
    size_t *rows = NULL, n = 0;
    frem_table *table = frem_model_table(model, &regions->head, regions->table, regions->sheet);
    const frem_filter *filters = frem_model_filters(model, &regions->where);
    if (model->status != FREM_OK)
        return;
    model->regions_file = frem_table_source(table)->path;
    rows = frem_model_rows(model, table, filters, regions->where.count, &n);
    if (model->status == FREM_OK)
        frem_model_fail(model,
                        frem_filters_known(table, filters, n > 0 ? regions->where.count : 0, model->diags));
    if (model->status == FREM_OK && n == 0)
        no_regions(model, table, filters);
    if (model->status == FREM_OK)
        place_regions(model, table, rows, n);
    if (model->status == FREM_OK) {
        name_all(model, table);
        list_region_keys(model, table);
    }
    free(rows);
}

void frem_model_table_sexes(frem_model *model, const frem_table *table, const char *column,
                            const size_t *rows, size_t n_rows, frem_index *sexes) {
    ptrdiff_t at = frem_table_column(table, column);
    frem_index *texts = NULL;
    size_t *firsts = NULL;
    frem_model_fail(model, at >= 0 ? frem_table_texts(table, (size_t)at, rows, n_rows, &texts, &firsts)
                                   : FREM_DEFECT);
    for (size_t i = 0; texts != NULL && i < frem_index_count(texts) && model->status != FREM_NO_MEMORY; i++) {
        const char *text = frem_index_name(texts, i), *sex = frem_sex_of(text, strlen(text));
        frem_model_fail(model, sex != NULL ? frem_index_add(sexes, sex, strlen(sex), NULL)
                                           : frem_table_unknown_key(table, firsts[i], (size_t)at, "sex", NULL,
                                                                    0, NULL, model->diags));
    }
    free(firsts);
    frem_index_free(texts);
}

/* The sexes of a value's table, if it has any. */
static void value_sexes(frem_model *model, const frem_value *value) {
    const frem_status before = frem_model_begin(model);
    frem_table *table = frem_model_table(model, &value->head, value->table, value->sheet);
    const char *column = table != NULL ? frem_model_column(table, &value->keys, "sex") : NULL;
    if (column != NULL && frem_table_column(table, column) >= 0) {
        size_t n = 0, *rows = NULL;
        const frem_filter *filters = frem_model_filters(model, &value->where);
        if (model->status == FREM_OK)
            rows = frem_model_rows(model, table, filters, value->where.count, &n);
        if (model->status == FREM_OK)
            frem_model_table_sexes(model, table, column, rows, n, model->sexes);
        free(rows);
    }
    (void)frem_model_end(model, before);
}

/* The sexes are what the professions' tables have; a scenario without any has one, called "all". */
void frem_model_sexes(frem_model *model) {
    for (size_t p = 0; p < model->scenario->professions.count; p++) {
        const frem_profession *profession = &model->scenario->professions.items[p];
        const frem_value *values[] = {&profession->cohorts.persons, &profession->cohorts.ages,
                                      &profession->immigration.ages};
        for (size_t i = 0; i < sizeof values / sizeof *values && model->status != FREM_NO_MEMORY; i++) {
            if (values[i]->form == FREM_VALUE_TABLE)
                value_sexes(model, values[i]);
        }
    }
    if (model->status == FREM_OK && frem_index_count(model->sexes) == 0)
        frem_model_fail(model, frem_index_add(model->sexes, "all", 3, NULL));
}
