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
#include "model/mix.h"

/* Most hours in a week. */
#define WEEK_HOURS 168
/* No table means an age above this. */
#define OLDEST 200

/* ---- user groups of tables ---- */

/* A table of users, with the rows that pass the filters. */
typedef struct users_table {
    frem_model *model;
    const frem_entry *head;
    frem_table *table;
    size_t *rows; /* owned */
    size_t n_rows;
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

static bool is_sound(const users_table *users) {
    return users->model->status == FREM_OK;
}

/* A table that still differs by a dimension would be summed over it. */
static void check_dimensions(users_table *users, const frem_text_map *where) {
    static const char *const dimensions[] = {"region", "year", "sex"};
    static const frem_text_map no_keys = {NULL, 0};
    for (size_t d = 0; d < sizeof dimensions / sizeof *dimensions && is_sound(users); d++) {
        const char *column = frem_model_column(users->table, &no_keys, dimensions[d]);
        bool filtered = column == NULL;
        for (size_t i = 0; i < where->count && !filtered; i++)
            filtered = strcmp(where->items[i].key, column) == 0;
        if (!filtered)
            FREM_MODEL_PROBLEM(users->model, frem_entry_place(users->head, "table"), USERS_DIMENSION,
                               users->head->path, frem_table_source(users->table)->path, column);
    }
}

static users_table open_table(frem_model *model, const frem_entry *head, const char *name, const char *sheet,
                              const frem_text_map *where) {
    users_table users = {.model = model, .head = head, .table = frem_model_table(model, head, name, sheet)};
    const frem_filter *filters = frem_model_filters(model, where);
    if (is_sound(&users))
        check_dimensions(&users, where);
    if (is_sound(&users))
        users.rows = frem_model_rows(model, users.table, filters, where->count, &users.n_rows);
    return users;
}

/* A column of numbers by the key of the scenario that names it. @return NULL where there is none. */
static const double *find_numbers(users_table *users, const char *key, const char *name, size_t *column) {
    return frem_model_find_column(users->model, users->table, users->head, key, name, column)
               ? frem_model_numbers(users->model, users->table, *column)
               : NULL;
}

static void find_ages(users_table *users, age_columns *ages) {
    ages->from = frem_model_wholes(users->model, users->table, ages->from_column);
    ages->to = ages->from != NULL ? frem_model_wholes(users->model, users->table, ages->to_column) : NULL;
}

/* Asks whether numbers of users are thousands. */
static void look_for_thousands(users_table *users, size_t column) {
    frem_thousands found = {0};
    for (size_t i = 0; i < users->n_rows; i++)
        frem_thousands_look(&found, users->table, users->rows[i], column);
    frem_model_fail(users->model, frem_thousands_raise(&found, users->table, column, users->model->diags));
}

/* A cell must hold a number from 0 to `most`. */
static void check_cell(users_table *users, size_t row, size_t column, double number, double most) {
    frem_place place = frem_table_place(users->table, row, column);
    char given[32], hi[32] = "∞";
    if (isnan(number))
        FREM_MODEL_PROBLEM(users->model, place, TABLE_EMPTY_CELL,
                           frem_table_column_names(users->table)[column]);
    if (isnan(number) || (number >= 0 && number <= most))
        return;
    frem_number_shortest(given, number);
    if (!isinf(most))
        frem_number_shortest(hi, most);
    FREM_MODEL_PROBLEM(users->model, place, OUT_OF_RANGE, users->head->path, given, "0", hi);
}

/* The ages of a row; a last age that is left out makes an open group. */
static frem_age_range read_row(users_table *users, size_t row, const age_columns *ages) {
    frem_model *model = users->model;
    bool open = ages->to[row] == FREM_TABLE_NO_WHOLE;
    int64_t first = ages->from[row], last = open ? INT_MAX : ages->to[row];
    frem_place place = frem_table_place(users->table, row, ages->from_column);
    char a[24], b[24], most[16];
    (void)snprintf(a, sizeof a, "%lld", (long long)first);
    (void)snprintf(b, sizeof b, "%lld", (long long)last);
    (void)snprintf(most, sizeof most, "%d", OLDEST);
    if (first == FREM_TABLE_NO_WHOLE)
        FREM_MODEL_PROBLEM(model, place, TABLE_EMPTY_CELL,
                           frem_table_column_names(users->table)[ages->from_column]);
    else if (first < 0 || first > OLDEST)
        FREM_MODEL_PROBLEM(model, place, OUT_OF_RANGE, users->head->path, a, "0", most);
    else if (!open && last > OLDEST)
        FREM_MODEL_PROBLEM(model, frem_table_place(users->table, row, ages->to_column), OUT_OF_RANGE,
                           users->head->path, b, "0", most);
    else if (last < first)
        FREM_MODEL_PROBLEM(model, place, USERS_ORDER, users->head->path, a, b);
    return (frem_age_range){true, (int)first, (int)last};
}

static group_columns find_group_columns(users_table *users, const frem_user_table *given) {
    group_columns found = {.users = NULL};
    frem_model *model = users->model;
    frem_model_find_column(model, users->table, users->head, "age_from", given->age_from,
                           &found.ages.from_column);
    frem_model_find_column(model, users->table, users->head, "age_to", given->age_to, &found.ages.to_column);
    found.users = find_numbers(users, "users", given->users, &found.users_column);
    if (given->weight != NULL)
        found.weights = find_numbers(users, "weight", given->weight, &found.weight_column);
    if (is_sound(users))
        find_ages(users, &found.ages);
    return found;
}

static void read_group(users_table *users, const group_columns *columns, size_t row,
                       frem_table_group *group) {
    frem_model *model = users->model;
    frem_place place = frem_table_place(users->table, row, columns->ages.from_column);
    *group = (frem_table_group){.users = columns->users[row],
                                .weight = columns->weights != NULL ? columns->weights[row] : 1,
                                .ages = read_row(users, row, &columns->ages)};
    if (is_sound(users))
        check_cell(users, row, columns->users_column, group->users, HUGE_VAL);
    if (is_sound(users) && columns->weights != NULL)
        check_cell(users, row, columns->weight_column, group->weight, HUGE_VAL);
    if (is_sound(users) &&
        !frem_model_can_tell_at(model, model->diags, group->ages, place, users->head->path))
        frem_model_fail(model, FREM_INVALID);
}

/* The rows of a user table, one group each. */
static void read_groups(frem_model *model, const frem_user_table *given, frem_table_groups *out) {
    users_table users = open_table(model, &given->head, given->table, given->sheet, &given->where);
    group_columns columns = {.users = NULL};
    if (is_sound(&users))
        columns = find_group_columns(&users, given);
    if (is_sound(&users) && users.n_rows == 0)
        FREM_MODEL_PROBLEM(model, frem_entry_place(&given->head, "table"), USERS_NONE, given->head.path,
                           frem_table_source(users.table)->path, NULL);
    if (is_sound(&users))
        look_for_thousands(&users, columns.users_column);
    out->items = frem_model_alloc(model, users.n_rows + 1, sizeof *out->items);
    for (size_t i = 0; i < users.n_rows && is_sound(&users); i++)
        read_group(&users, &columns, users.rows[i], &out->items[out->count++]);
    free(users.rows);
}

/* Whether a row of hours is of a group's ages; reports one that is only in part. */
static bool is_of_ages(users_table *users, const age_columns *columns, size_t row, frem_age_range ages) {
    frem_age_range own = read_row(users, row, columns);
    bool inside = own.from >= ages.from && own.to <= ages.to;
    if (!is_sound(users) || inside || own.to < ages.from || own.from > ages.to)
        return inside;
    char text[FREM_AGES_TEXT], other[FREM_AGES_TEXT];
    frem_ages_text(text, own);
    frem_ages_text(other, ages);
    FREM_MODEL_PROBLEM(users->model, frem_table_place(users->table, row, columns->from_column), USERS_AGES,
                       users->head->path, text, other);
    return false;
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
    for (size_t i = 0; i < users->n_rows && is_sound(users); i++) {
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
    if (!is_sound(users) || from <= to)
        return;
    char a[32], b[32];
    frem_number_shortest(a, from);
    frem_number_shortest(b, to);
    FREM_MODEL_PROBLEM(users->model, frem_table_place(users->table, row, columns->from_column), USERS_ORDER,
                       users->head->path, a, b);
}

/* Reports a table without users of a group. */
static void no_users(users_table *users, frem_age_range of) {
    char ages[FREM_AGES_TEXT];
    frem_ages_text(ages, of);
    FREM_MODEL_PROBLEM(users->model, frem_entry_place(users->head, "table"), USERS_NONE, users->head->path,
                       frem_table_source(users->table)->path, users->n_rows == 0 ? ages : NULL);
}

/* Users of a group and their mean hours a week, each row at the middle of its hours. */
static void read_hours(frem_model *model, const frem_user_group *group, frem_table_group *out) {
    const frem_hours *given = &group->hours;
    hours_columns columns = {.users = NULL};
    double sum = 0, hours = 0;
    users_table users = open_table(model, &given->head, given->table, given->sheet, &given->where);
    if (is_sound(&users))
        columns.from = find_numbers(&users, "from", given->from, &columns.from_column);
    if (is_sound(&users))
        columns.to = find_numbers(&users, "to", given->to, &columns.to_column);
    if (is_sound(&users))
        columns.users = find_numbers(&users, "users", given->users, &columns.users_column);
    if (is_sound(&users))
        keep_ages(&users, group->population);
    if (is_sound(&users))
        look_for_thousands(&users, columns.users_column);
    for (size_t i = 0; i < users.n_rows && is_sound(&users); i++) {
        size_t row = users.rows[i];
        check_hours(&users, &columns, row);
        sum += columns.users[row];
        hours += columns.users[row] * (columns.from[row] + columns.to[row]) / 2;
    }
    if (is_sound(&users) && !(sum > 0))
        no_users(&users, group->population);
    *out = (frem_table_group){group->population, sum, hours / sum};
    free(users.rows);
}

/* Reads the table of a sector's users, or the tables of the hours of its own groups. */
static void read_users(frem_model *model, const frem_follows *follows, frem_table_groups *out) {
    if (follows->user_table.head.node != NULL) {
        read_groups(model, &follows->user_table, out);
        return;
    }
    out->items = frem_model_alloc(model, follows->users.count + 1, sizeof *out->items);
    out->count = out->items != NULL ? follows->users.count : 0;
    for (size_t g = 0; g < out->count; g++) {
        const frem_user_group *group = &follows->users.items[g];
        const frem_status before = frem_model_begin(model);
        if (group->hours.head.node != NULL)
            read_hours(model, group, &out->items[g]);
        (void)frem_model_end(model, before);
    }
}

void frem_model_users(frem_model *model) {
    const frem_scenario *s = model->scenario;
    model->user_groups = frem_model_alloc(model, s->demand.count + 1, sizeof *model->user_groups);
    for (size_t j = 0; j < s->demand.count && model->user_groups != NULL && model->people.at != NULL; j++) {
        const frem_status before = frem_model_begin(model);
        read_users(model, &s->demand.items[j].follows, &model->user_groups[j]);
        (void)frem_model_end(model, before);
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
                *out++ = frem_view_persons(view, users->follows, group_ages(users, g), r, t);
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
