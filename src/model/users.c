/* What a sector follows: population, user groups, groups and hours from tables, an index, another sector. */
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"
#include "model/areas.h"
#include "model/demand.h"

/* Most hours in a week. */
#define WEEK_HOURS 168
/* No table means an age above this. */
#define OLDEST 200

/* ---- user groups of tables ---- */

/* A table of users, with the rows that pass the filters, and the first failure of reading it. */
typedef struct users_table {
    frem_model *model;
    const frem_entry *head;
    frem_table *table;
    size_t *rows; /* owned */
    size_t n_rows;
    frem_status status;
} users_table;

/* The columns with the first and last age of a row. */
typedef struct age_columns {
    size_t from_column, to_column;
    const int64_t *from, *to;
} age_columns;

/* The columns of a user table. */
typedef struct group_columns {
    age_columns ages;
    size_t users_column, weight_column;
    const double *users, *weights; /* weights NULL: not given */
} group_columns;

/* Keeps the first failure. @return whether this is none. */
static bool keep(users_table *users, frem_status status) {
    users->status = users->status == FREM_OK ? status : users->status;
    return status == FREM_OK;
}

/* A table that still differs by a dimension would be summed over it. */
static void check_dimensions(users_table *users, const frem_text_map *where) {
    static const char *const dimensions[] = {"region", "year", "sex"};
    static const frem_text_map no_keys = {NULL, 0};
    for (size_t d = 0; d < sizeof dimensions / sizeof *dimensions && users->status == FREM_OK; d++) {
        const char *column = frem_model_column(users->table, &no_keys, dimensions[d]);
        bool filtered = column == NULL;
        for (size_t i = 0; i < where->count && !filtered; i++)
            filtered = strcmp(where->items[i].key, column) == 0;
        if (!filtered)
            keep(users,
                 FREM_PROBLEM(users->model->diags, frem_entry_place(users->head, "table"), USERS_DIMENSION,
                              users->head->path, frem_table_source(users->table)->path, column));
    }
}

static users_table open_table(frem_model *model, const frem_entry *head, const char *name,
                              const frem_text_map *where) {
    frem_filter *filters;
    users_table users = {.model = model, .head = head};
    if (!keep(&users,
              frem_model_table(model, head->node, name, frem_entry_place(head, "table"), &users.table)) ||
        !keep(&users, frem_model_filters(model, where, &filters)))
        return users;
    check_dimensions(&users, where);
    if (users.status == FREM_OK)
        keep(&users,
             frem_table_select(users.table, filters, where->count, model->diags, &users.rows, &users.n_rows));
    return users;
}

/* A column by the key of the scenario that names it. @return whether there is one; reports where not. */
static bool find_column(users_table *users, const char *key, const char *name, size_t *column) {
    ptrdiff_t place = frem_table_column(users->table, name);
    *column = place >= 0 ? (size_t)place : 0;
    return place >= 0 ||
           keep(users, FREM_PROBLEM(users->model->diags, frem_entry_place(users->head, key), UNKNOWN_COLUMN,
                                    users->head->path, frem_table_source(users->table)->path, name,
                                    frem_nearest(name, frem_table_column_names(users->table),
                                                 frem_table_columns(users->table))));
}

static bool find_numbers(users_table *users, const char *key, const char *name, size_t *column,
                         const double **numbers) {
    return find_column(users, key, name, column) &&
           keep(users, frem_table_numbers(users->table, *column, users->model->diags, numbers));
}

static void find_ages(users_table *users, age_columns *ages) {
    frem_diags *diags = users->model->diags;
    if (keep(users, frem_table_wholes(users->table, ages->from_column, diags, &ages->from)))
        keep(users, frem_table_wholes(users->table, ages->to_column, diags, &ages->to));
}

/* Asks whether numbers of users are thousands. */
static void look_for_thousands(users_table *users, size_t column) {
    frem_thousands found = {0};
    for (size_t i = 0; i < users->n_rows; i++)
        frem_thousands_look(&found, users->table, users->rows[i], column);
    keep(users, frem_thousands_raise(&found, users->table, column, users->model->diags));
}

/* A cell must hold a number from 0 to `most`. */
static bool check_cell(users_table *users, size_t row, size_t column, double number, double most) {
    frem_place place = frem_table_place(users->table, row, column);
    if (isnan(number))
        return keep(users, FREM_PROBLEM(users->model->diags, place, TABLE_EMPTY_CELL,
                                        frem_table_column_names(users->table)[column]));
    if (number >= 0 && number <= most)
        return true;
    char given[32], hi[32] = "∞";
    frem_number_shortest(given, number);
    if (!isinf(most))
        frem_number_shortest(hi, most);
    return keep(users,
                FREM_PROBLEM(users->model->diags, place, OUT_OF_RANGE, users->head->path, given, "0", hi));
}

/* The ages of a row; a last age that is left out makes an open group. */
static bool read_row(users_table *users, size_t row, const age_columns *ages, frem_age_range *out) {
    frem_diags *diags = users->model->diags;
    bool open = ages->to[row] == FREM_TABLE_NO_WHOLE;
    int64_t first = ages->from[row], last = open ? INT_MAX : ages->to[row];
    frem_place place = frem_table_place(users->table, row, ages->from_column);
    char a[24], b[24], most[16];
    (void)snprintf(a, sizeof a, "%lld", (long long)first);
    (void)snprintf(b, sizeof b, "%lld", (long long)last);
    (void)snprintf(most, sizeof most, "%d", OLDEST);
    if (first == FREM_TABLE_NO_WHOLE)
        return keep(users, FREM_PROBLEM(diags, place, TABLE_EMPTY_CELL,
                                        frem_table_column_names(users->table)[ages->from_column]));
    if (first < 0 || first > OLDEST)
        return keep(users, FREM_PROBLEM(diags, place, OUT_OF_RANGE, users->head->path, a, "0", most));
    if (!open && last > OLDEST)
        return keep(users, FREM_PROBLEM(diags, frem_table_place(users->table, row, ages->to_column),
                                        OUT_OF_RANGE, users->head->path, b, "0", most));
    if (last < first)
        return keep(users, FREM_PROBLEM(diags, place, USERS_ORDER, users->head->path, a, b));
    *out = (frem_age_range){true, (int)first, (int)last};
    return true;
}

static group_columns find_group_columns(users_table *users, const frem_user_table *given) {
    group_columns found = {.users = NULL};
    find_column(users, "age_from", given->age_from, &found.ages.from_column);
    find_column(users, "age_to", given->age_to, &found.ages.to_column);
    find_numbers(users, "users", given->users, &found.users_column, &found.users);
    if (given->weight != NULL)
        find_numbers(users, "weight", given->weight, &found.weight_column, &found.weights);
    if (users->status == FREM_OK)
        find_ages(users, &found.ages);
    return found;
}

static void read_group(users_table *users, const group_columns *columns, size_t row,
                       frem_table_group *group) {
    frem_model *model = users->model;
    frem_place place = frem_table_place(users->table, row, columns->ages.from_column);
    *group = (frem_table_group){.users = columns->users[row],
                                .weight = columns->weights != NULL ? columns->weights[row] : 1};
    if (read_row(users, row, &columns->ages, &group->ages) &&
        check_cell(users, row, columns->users_column, group->users, HUGE_VAL) &&
        (columns->weights == NULL ||
         check_cell(users, row, columns->weight_column, group->weight, HUGE_VAL)) &&
        !frem_model_can_tell_at(model, model->diags, group->ages, place, users->head->path))
        keep(users, FREM_INVALID);
}

/* The rows of a user table, one group each. */
static void read_groups(frem_model *model, const frem_user_table *given, frem_table_groups *out) {
    users_table users = open_table(model, &given->head, given->table, &given->where);
    group_columns columns = {.users = NULL};
    if (users.status == FREM_OK)
        columns = find_group_columns(&users, given);
    if (users.status == FREM_OK && users.n_rows == 0)
        keep(&users, FREM_PROBLEM(model->diags, frem_entry_place(&given->head, "table"), USERS_NONE,
                                  given->head.path, frem_table_source(users.table)->path, NULL));
    if (users.status == FREM_OK)
        look_for_thousands(&users, columns.users_column);
    out->items = frem_arena_alloc(model->arena, users.n_rows + 1, sizeof *out->items);
    if (out->items == NULL)
        keep(&users, FREM_NO_MEMORY);
    for (size_t i = 0; i < users.n_rows && users.status == FREM_OK; i++)
        read_group(&users, &columns, users.rows[i], &out->items[out->count++]);
    free(users.rows);
    frem_model_fail(model, users.status);
}

/* Whether a row of hours is of a group's ages; reports one that is only in part. */
static bool is_of_ages(users_table *users, const age_columns *columns, size_t row, frem_age_range ages) {
    frem_age_range own;
    if (!read_row(users, row, columns, &own))
        return false;
    bool inside = own.from >= ages.from && own.to <= ages.to;
    if (inside || own.to < ages.from || own.from > ages.to)
        return inside;
    char text[FREM_AGES_TEXT], other[FREM_AGES_TEXT];
    frem_ages_text(text, own);
    frem_ages_text(other, ages);
    return keep(users,
                FREM_PROBLEM(users->model->diags, frem_table_place(users->table, row, columns->from_column),
                             USERS_AGES, users->head->path, text, other));
}

/* Which rows of the hours table are of a group; rows without ages are all. Others are taken out of the rows. */
static void keep_ages(users_table *users, frem_age_range ages) {
    static const frem_text_map no_keys = {NULL, 0};
    const char *from_name = frem_model_column(users->table, &no_keys, "age_from");
    const char *to_name = frem_model_column(users->table, &no_keys, "age_to");
    if (from_name == NULL || to_name == NULL)
        from_name = to_name = frem_model_column(users->table, &no_keys, "age");
    if (from_name == NULL)
        return;
    size_t kept = 0;
    age_columns columns = {(size_t)frem_table_column(users->table, from_name),
                           (size_t)frem_table_column(users->table, to_name), NULL, NULL};
    find_ages(users, &columns);
    for (size_t i = 0; i < users->n_rows && users->status == FREM_OK; i++) {
        if (is_of_ages(users, &columns, users->rows[i], ages))
            users->rows[kept++] = users->rows[i];
    }
    users->n_rows = kept;
}

/* The columns of a table of hours. */
typedef struct hours_columns {
    size_t from_column, to_column, users_column;
    const double *from, *to, *users;
} hours_columns;

static void check_hours(users_table *users, const hours_columns *columns, size_t row) {
    double from = columns->from[row], to = columns->to[row];
    check_cell(users, row, columns->from_column, from, WEEK_HOURS);
    check_cell(users, row, columns->to_column, to, WEEK_HOURS);
    check_cell(users, row, columns->users_column, columns->users[row], HUGE_VAL);
    if (users->status != FREM_OK || from <= to)
        return;
    char a[32], b[32];
    frem_number_shortest(a, from);
    frem_number_shortest(b, to);
    keep(users, FREM_PROBLEM(users->model->diags, frem_table_place(users->table, row, columns->from_column),
                             USERS_ORDER, users->head->path, a, b));
}

/* Reports a table without users of a group. */
static void no_users(users_table *users, frem_age_range of) {
    char ages[FREM_AGES_TEXT];
    frem_ages_text(ages, of);
    keep(users, FREM_PROBLEM(users->model->diags, frem_entry_place(users->head, "table"), USERS_NONE,
                             users->head->path, frem_table_source(users->table)->path,
                             users->n_rows == 0 ? ages : NULL));
}

/* Users of a group and their mean hours a week, each row at the middle of its hours. */
static void read_hours(frem_model *model, const frem_user_group *group, frem_table_group *out) {
    const frem_hours *given = &group->hours;
    hours_columns columns = {.users = NULL};
    double sum = 0, hours = 0;
    users_table users = open_table(model, &given->head, given->table, &given->where);
    if (users.status == FREM_OK &&
        find_numbers(&users, "from", given->from, &columns.from_column, &columns.from) &&
        find_numbers(&users, "to", given->to, &columns.to_column, &columns.to) &&
        find_numbers(&users, "users", given->users, &columns.users_column, &columns.users))
        keep_ages(&users, group->population);
    if (users.status == FREM_OK)
        look_for_thousands(&users, columns.users_column);
    for (size_t i = 0; i < users.n_rows && users.status == FREM_OK; i++) {
        size_t row = users.rows[i];
        check_hours(&users, &columns, row);
        sum += columns.users[row];
        hours += columns.users[row] * (columns.from[row] + columns.to[row]) / 2;
    }
    if (users.status == FREM_OK && !(sum > 0))
        no_users(&users, group->population);
    *out = (frem_table_group){group->population, sum, hours / sum};
    free(users.rows);
    frem_model_fail(model, users.status);
}

/* A group of each of the sector's own, read where its hours are given. */
static void read_all_hours(frem_model *model, const frem_follows *follows, frem_table_groups *out) {
    out->items = frem_arena_alloc(model->arena, follows->users.count + 1, sizeof *out->items);
    if (out->items == NULL) {
        frem_model_fail(model, FREM_NO_MEMORY);
        return;
    }
    out->count = follows->users.count;
    for (size_t g = 0; g < out->count; g++) {
        const frem_user_group *group = &follows->users.items[g];
        if (group->hours.head.node != NULL)
            read_hours(model, group, &out->items[g]);
    }
}

void frem_model_users(frem_model *model) {
    const frem_scenario *s = model->scenario;
    model->user_groups = frem_arena_alloc(model->arena, s->demand.count + 1, sizeof *model->user_groups);
    if (model->user_groups == NULL)
        frem_model_fail(model, FREM_NO_MEMORY);
    for (size_t j = 0; j < s->demand.count && model->user_groups != NULL && model->people.at != NULL; j++) {
        const frem_follows *follows = &s->demand.items[j].follows;
        if (follows->user_table.head.node != NULL)
            read_groups(model, &follows->user_table, &model->user_groups[j]);
        else
            read_all_hours(model, follows, &model->user_groups[j]);
    }
}

/* ---- the groups of a sector ---- */

/* What the fills of a sector share. */
typedef struct sector_users {
    const frem_follows *follows;
    const frem_table_groups *tables;
    size_t groups;
} sector_users;

/* `follows: {population: 0-5}` is one group of everybody of that age. */
static sector_users users_of(const frem_model *model, const frem_sector *sector) {
    const frem_follows *follows = &sector->follows;
    size_t j = (size_t)(sector - model->scenario->demand.items);
    const frem_table_groups *tables = &model->user_groups[j];
    bool table = follows->user_table.head.node != NULL;
    size_t groups = follows->population.given ? 1 : table ? tables->count : follows->users.count;
    return (sector_users){follows, tables, groups};
}

/* The group as the scenario gives it, or NULL. */
static const frem_user_group *given_group(const sector_users *users, size_t g) {
    return users->follows->users.count > 0 ? &users->follows->users.items[g] : NULL;
}

static frem_age_range group_ages(const sector_users *users, size_t g) {
    const frem_user_group *group = given_group(users, g);
    if (users->follows->population.given)
        return users->follows->population;
    return group != NULL ? group->population : users->tables->items[g].ages;
}

/* [group][region][step] persons. */
static void fill_population(frem_view *view, const void *context, double *out) {
    const sector_users *users = context;
    const frem_model *model = view->model;
    size_t regions = frem_index_count(model->regions);
    for (size_t g = 0; g < users->groups; g++) {
        for (size_t r = 0; r < regions; r++) {
            for (size_t t = 0; t < model->steps; t++)
                *out++ = frem_model_persons(model, group_ages(users, g), r, t);
        }
    }
}

/* The regions that the users of a group are of, where they are one number. */
static const frem_area *group_area(const frem_model *model, const sector_users *users, size_t g) {
    const frem_user_group *group = given_group(users, g);
    return frem_model_area(model, group == NULL                    ? &users->follows->user_table.head
                                  : group->hours.head.node != NULL ? &group->hours.head
                                                                   : &group->users.head);
}

/* The first group of regions that a region is in, in the order of `group_by` and of the regions' table; NULL for none. */
static const frem_group *group_of(const frem_model *model, size_t region) {
    const frem_group *found = NULL;
    for (size_t g = 0; g < model->n_groups + model->n_partial; g++) {
        const frem_group *group = &model->groups[g];
        for (size_t i = 0; i < group->all; i++) {
            if (group->regions[i] == region && (found == NULL || group->order < found->order))
                found = group;
        }
    }
    return found;
}

/* Users per person of n regions in the base year; regions NULL: of all. -1 where there is no one of these ages. */
static double rate_of(const frem_model *model, const frem_series *users, frem_age_range ages,
                      const size_t *regions, size_t n) {
    double persons = 0, number = 0;
    for (size_t i = 0; i < n; i++) {
        size_t r = regions != NULL ? regions[i] : i;
        persons += frem_model_persons(model, ages, r, 0);
        number += frem_series_at(users, model->base, r, 0, 0);
    }
    return persons > 0 ? number / persons : -1;
}

/* Users per person in the base year, where users are given by region; a region without people of that age takes
 * the rate of its group of regions, and where the group has none either, of all regions. */
static double regional_rate(const frem_model *model, const frem_series *users, frem_age_range ages,
                            size_t region) {
    const frem_group *group = group_of(model, region);
    double rate = rate_of(model, users, ages, &region, 1);
    if (rate < 0 && group != NULL)
        rate = rate_of(model, users, ages, group->regions, group->all);
    if (rate < 0)
        rate = rate_of(model, users, ages, NULL, frem_index_count(model->regions));
    return rate < 0 ? 0 : rate;
}

/* One rate for all regions that the users are of. */
static double common_rate(const frem_model *model, double users, const frem_area *area, frem_age_range ages) {
    double persons = 0;
    for (size_t r = 0; r < frem_index_count(model->regions); r++) {
        if (area->has[r])
            persons += frem_model_persons(model, ages, r, 0);
    }
    return persons > 0 ? users / persons : 0;
}

/* Users of a group in all regions together; 0 where only a rate is given. */
static double all_users(const frem_model *model, const frem_series *users, bool by_region, double number) {
    double sum = 0;
    if (!by_region)
        return number;
    for (size_t r = 0; r < frem_index_count(model->regions); r++)
        sum += frem_series_at(users, model->base, r, 0, 0);
    return sum;
}

/* Reports users given for an age group without people, with which they cannot grow. */
static void check_people(frem_view *view, const sector_users *users, size_t g, double number) {
    const frem_model *model = view->model;
    frem_age_range ages = group_ages(users, g);
    const frem_user_group *group = given_group(users, g);
    const frem_entry *entry = group != NULL ? &group->head : &users->follows->user_table.head;
    if (!(number > 0) || common_rate(model, 1, group_area(model, users, g), ages) > 0)
        return;
    char count[32], year[16], text[FREM_AGES_TEXT];
    frem_number_shortest(count, number);
    (void)snprintf(year, sizeof year, "%d", model->base);
    frem_ages_text(text, ages);
    FREM_VIEW_PROBLEM(view, entry->place, USERS_WITHOUT_PEOPLE, entry->path, count, year, text);
}

/* [group][region][step] users per person. */
static void fill_use_rate(frem_view *view, const void *context, double *out) {
    static const frem_series none = {0};
    const sector_users *what = context;
    const frem_model *model = view->model;
    size_t regions = frem_index_count(model->regions);
    for (size_t g = 0; g < what->groups; g++) {
        const frem_user_group *group = given_group(what, g);
        const frem_series *rate = group != NULL ? frem_view_series(view, &group->use_rate) : &none;
        const frem_series *users = group != NULL ? frem_view_series(view, &group->users) : &none;
        bool table = group == NULL || group->hours.head.node != NULL;
        bool by_region = users->at != NULL && users->region > 0;
        double number = table ? what->tables->items[g].users : users->at != NULL ? users->at[0] : 0;
        frem_age_range ages = group_ages(what, g);
        if (rate->at == NULL)
            check_people(view, what, g, all_users(model, users, by_region, number));
        const frem_area *area = group_area(model, what, g);
        for (size_t r = 0; r < regions; r++) {
            double base = by_region                     ? regional_rate(model, users, ages, r)
                          : !table && users->at == NULL ? 1
                          : area->has[r]                ? common_rate(model, number, area, ages)
                                                        : 0;
            for (size_t t = 0; t < model->steps; t++)
                *out++ = rate->at != NULL ? frem_series_at(rate, model->base + (int)t, r, 0, 0) : base;
        }
    }
}

/* [group][step] weights. */
static void fill_weight(frem_view *view, const void *context, double *out) {
    const sector_users *what = context;
    for (size_t g = 0; g < what->groups; g++) {
        const frem_user_group *group = given_group(what, g);
        double one = group == NULL ? what->tables->items[g].weight : 1;
        if (group != NULL && group->hours.head.node != NULL)
            one = what->tables->items[g].weight * frem_view_number(view, &group->hours.intensity, 1) /
                  frem_view_number(view, &group->hours.norm_hours, 1);
        const frem_series *weight = group != NULL ? frem_view_series(view, &group->weight) : NULL;
        for (size_t t = 0; t < view->model->steps; t++)
            *out++ = weight != NULL && weight->at != NULL
                         ? frem_series_at(weight, view->model->base + (int)t, 0, 0, 0)
                         : one;
    }
}

static void add_groups(frem_batch *batch, const sector_users *users, frem_core_sector *out) {
    const frem_model *model = batch->model;
    const frem_follows *follows = users->follows;
    size_t cells = frem_index_count(model->regions) * model->steps;
    out->driver = FREM_DRIVER_USERS;
    out->groups = users->groups;
    for (size_t g = 0; g < out->groups && follows->user_table.head.node == NULL; g++) {
        const frem_user_group *group = given_group(users, g);
        const frem_entry *entry = group != NULL ? &group->head : &follows->head;
        if (!frem_model_can_tell(model, batch->diags, group_ages(users, g), entry, "population")) {
            frem_batch_fail(batch, FREM_INVALID);
            return;
        }
    }
    frem_batch_fill(batch, fill_population, users, out->groups * cells, &out->population);
    if (follows->population.given)
        return;
    frem_batch_fill(batch, fill_use_rate, users, out->groups * cells, &out->use_rate);
    frem_batch_fill(batch, fill_weight, users, out->groups * model->steps, &out->weight);
}

/* [region][step] of an index of the scenario's own. */
static void fill_series(frem_view *view, const void *context, double *out) {
    const frem_value *value = context;
    const frem_model *model = view->model;
    const frem_series *series = frem_view_series(view, value);
    for (size_t i = 0; i < frem_index_count(model->regions) * model->steps; i++)
        out[i] = frem_series_at(series, model->base + (int)(i % model->steps), i / model->steps, 0, 0);
}

void frem_batch_users(frem_batch *batch, const frem_sector *sector, frem_core_sector *out) {
    const frem_model *model = batch->model;
    const frem_follows *follows = &sector->follows;
    sector_users users = users_of(model, sector);
    if (users.groups > 0) {
        add_groups(batch, &users, out);
    } else if (follows->sector != NULL) {
        ptrdiff_t other = frem_index_find(model->sectors, follows->sector, strlen(follows->sector));
        out->driver = FREM_DRIVER_SECTOR;
        out->follows = other >= 0 ? (size_t)other : 0; /* unknown names were reported when reading */
    } else if (follows->need.head.node != NULL) {
        out->driver = FREM_DRIVER_SERIES;
        frem_batch_need(batch, &follows->need, &out->series);
    } else if (follows->teaching.head.node != NULL) {
        frem_batch_teaching(batch, &follows->teaching, out);
    } else if (follows->spending.head.node != NULL) {
        out->driver = FREM_DRIVER_SERIES;
        frem_batch_spending(batch, &follows->spending, &out->series);
    } else if (frem_value_given(&follows->series)) {
        out->driver = FREM_DRIVER_SERIES;
        frem_batch_fill(batch, fill_series, &follows->series, frem_index_count(model->regions) * model->steps,
                        &out->series);
    }
}
