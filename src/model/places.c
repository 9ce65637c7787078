/* Regions and their groups, sexes, and the population. */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"
#include "model/model.h"

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
    model->region_names = frem_arena_alloc(model->arena, n, sizeof *model->region_names);
    if (model->region_names == NULL)
        return FREM_NO_MEMORY;
    frem_status result = FREM_OK;
    for (size_t i = 0; i < n; i++) {
        size_t length, place, before = frem_index_count(model->regions);
        const char *text = frem_table_cell(table, rows[i], (size_t)key, &length);
        frem_place at = frem_table_place(table, rows[i], (size_t)key);
        if (length == 0 || text[0] == ' ' || text[length - 1] == ' ' || strcmp(text, "all") == 0) {
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

/* The groups of one column, in the order in which they first appear. */
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
        group->regions[group->count++] = i;
    }
    return FREM_OK;
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

frem_status frem_model_regions(frem_model *model) {
    const frem_regions *regions = &model->scenario->regions;
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
    if (status == FREM_OK && regions->group_by.count > 0) {
        model->groups = frem_arena_alloc(model->arena, n * regions->group_by.count, sizeof *model->groups);
        status = model->groups != NULL ? FREM_OK : FREM_NO_MEMORY;
    }
    if (status == FREM_OK)
        status = list_regions(model, table, rows, n);
    for (size_t i = 0; i < regions->group_by.count && (status == FREM_OK || status == FREM_INVALID); i++) {
        frem_status one =
            model->groups != NULL ? group_by(model, table, regions->group_by.items[i], rows, n) : FREM_OK;
        status = one != FREM_OK ? one : status;
    }
    free(rows);
    return status;
}

/* The sexes are what the professions' tables have; a scenario without any has one, called "all". */
frem_status frem_model_sexes(frem_model *model) {
    frem_status status = FREM_OK;
    for (size_t p = 0; p < model->scenario->professions.count && status == FREM_OK; p++) {
        const frem_cohorts *cohorts = &model->scenario->professions.items[p].cohorts;
        const frem_value *values[] = {&cohorts->persons, &cohorts->ages};
        for (size_t i = 0; i < 2 && status == FREM_OK; i++) {
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

/* The first age of the open group, or one past the oldest age where there is none. */
static frem_status find_oldest(frem_model *model, frem_table *table, const frem_reading *reading,
                               size_t *ages, bool *open) {
    ptrdiff_t from = frem_table_column(table, reading->age_column);
    ptrdiff_t to =
        reading->age_form == FREM_AGE_GROUPS ? frem_table_column(table, reading->age_to_column) : from;
    const frem_entry *head = &model->scenario->population.head;
    if (from < 0 || to < 0)
        return FREM_PROBLEM(model->diags, head->place, NO_AGES, head->path, frem_table_source(table)->path);
    int64_t oldest = -1;
    *open = false;
    for (size_t row = 0; row < frem_table_rows(table); row++) {
        size_t n, m;
        const char *text = frem_table_cell(table, row, (size_t)from, &n);
        const char *end = frem_table_cell(table, row, (size_t)to, &m);
        bool last = reading->age_form == FREM_AGE_GROUPS
                        ? m == 0
                        : n > 1 && (text[n - 1] == '-' || text[n - 1] == '+');
        int64_t age;
        if (reading->age_form == FREM_AGE_SINGLE && last)
            m = n -= 1;
        const char *top = last ? text : end;
        if (frem_whole_read(top, last ? n : m, &age) == FREM_NUMBER_OK && age > oldest && age < 200)
            oldest = age;
        *open = *open || last;
    }
    *ages = (size_t)(oldest + 1);
    if (oldest < 0)
        return FREM_PROBLEM(model->diags, head->place, NO_AGES, head->path, frem_table_source(table)->path);
    return FREM_OK;
}

frem_status frem_model_people(frem_model *model) {
    const frem_population *given = &model->scenario->population;
    if (given->head.node == NULL)
        return FREM_OK;
    frem_table *table;
    frem_filter *filters;
    frem_status status = frem_model_table(model, given->head.node, given->table,
                                          frem_entry_place(&given->head, "table"), &table);
    if (status == FREM_OK)
        status = frem_model_filters(model, &given->where, &filters);
    if (status == FREM_OK)
        status = frem_model_check_keys(model, table, &given->keys, given->head.path);
    if (status != FREM_OK)
        return status;
    const char *region = frem_model_column(table, &given->keys, "region");
    const char *year = frem_model_column(table, &given->keys, "year");
    const char *sex = frem_model_column(table, &given->keys, "sex");
    const char *path = frem_table_source(table)->path;
    if (region == NULL && frem_index_count(model->regions) > 1)
        return FREM_PROBLEM(model->diags, given->head.place, TABLE_LACKS, given->head.path, path, "region");
    if (year == NULL)
        return FREM_PROBLEM(model->diags, given->head.place, TABLE_LACKS, given->head.path, path, "year");
    frem_reading reading = {
        .table = table,
        .asked_at = frem_entry_place(&given->head, "table"),
        .filters = filters,
        .n_filters = given->where.count,
        .axes = {{.what = "region",
                  .column = region,
                  .names = model->regions,
                  .count = frem_index_count(model->regions),
                  .skip_others = true},
                 {.what = "year",
                  .column = year,
                  .first = model->base,
                  .count = model->steps,
                  .skip_others = true}},
        .n_axes = 2,
        .age_spread = FREM_SPREAD_COUNTS,
        .ages_outside_skip = true,
        .columns = {given->column},
        .column_places = {frem_entry_place(&given->head, "column")},
        .n_columns = 1,
        .add = sex != NULL,
    };
    frem_model_ages(table, &given->keys, &reading);
    if (reading.age_form == FREM_AGE_NONE)
        return FREM_PROBLEM(model->diags, given->head.place, NO_AGES, given->head.path, path);
    status = find_oldest(model, table, &reading, &reading.ages, &model->people.open);
    if (status != FREM_OK)
        return status;
    model->people.ages = reading.ages;
    model->people.at =
        frem_arena_alloc(model->arena, reading.axes[0].count * model->steps * reading.ages, sizeof(double));
    if (model->people.at == NULL)
        return FREM_NO_MEMORY;
    return frem_reading_fill(&reading, model->diags, model->people.at);
}

double frem_model_persons(const frem_model *model, frem_age_range ages, size_t region, size_t step) {
    const frem_people *people = &model->people;
    const double *at = people->at + (region * model->steps + step) * people->ages;
    size_t from = ages.given ? (size_t)ages.from : 0;
    size_t end = ages.given && ages.to < (int)people->ages - 1 ? (size_t)ages.to + 1 : people->ages;
    double sum = 0;
    for (size_t age = from; age < end; age++)
        sum += at[age];
    return sum;
}

bool frem_model_can_tell(const frem_model *model, frem_diags *diags, frem_age_range ages,
                         const frem_entry *entry, const char *key) {
    if (!ages.given)
        return true;
    int last = (int)model->people.ages - 1;
    bool reaches_open = ages.to >= last && ages.to != INT_MAX;
    if (ages.from <= last && !(model->people.open && reaches_open))
        return true;
    char from[16], to[16], oldest[16];
    (void)snprintf(from, sizeof from, "%d", ages.from);
    (void)snprintf(to, sizeof to, "%d", ages.to);
    (void)snprintf(oldest, sizeof oldest, "%d", last);
    (void)FREM_PROBLEM(diags, frem_entry_place(entry, key), AGES_NOT_TOLD, entry->path, from,
                       ages.to == INT_MAX ? "∞" : to, oldest);
    return false;
}
