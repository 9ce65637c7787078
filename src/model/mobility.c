/* Immigration, returners, moves between regions, and where people work. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"
#include "model/areas.h"
#include "model/lane.h"
#include "model/mix.h"
#include "model/mobility.h"
#include "model/split.h"

/* ---- tables of pairs ---- */

/* What a table of pairs is about: moves, where people in no row stay, or commuting. */
typedef enum pairs_kind { PAIRS_MOVES, PAIRS_COMMUTING } pairs_kind;

/* Shares that were rounded for print may sum to this much more than 1. */
static const double ROUNDED = 1e-9;
/* The same of what a factor makes of them. */
static const double FACTOR_ROUNDED = 1e-12;

/* Where people go who leave all regions. */
static const char OUTSIDE[] = "outside";

/* Every key that a pair may name: the scenario's regions in their order, then the other rows of the regions' table
 * (people may move there, and are gone then), then `outside`, which is a destination only. */
static frem_index *name_ends(frem_model *model, bool to) {
    frem_index *ends = NULL;
    frem_model_fail(model, frem_index_new(&ends));
    for (size_t i = 0; i < model->n_places && model->status == FREM_OK; i++) {
        const char *name = frem_index_name(model->region_keys, i);
        if (strcmp(name, OUTSIDE) != 0)
            frem_model_fail(model, frem_index_add(ends, name, strlen(name), NULL));
    }
    if (model->status == FREM_OK && to)
        frem_model_fail(model, frem_index_add(ends, OUTSIDE, strlen(OUTSIDE), NULL));
    return ends;
}

/* The table's columns of a matrix that it varies by; NULL where it does not. */
typedef struct pair_columns {
    const char *year, *sex, *age, *age_from;
} pair_columns;

/* A table of pairs as it is read: [from][to][year or one][sex or one][age or one]. */
typedef struct pair_table {
    size_t froms, tos, years, sexes, ages;
    double *shares; /* NaN where the table has no row */
} pair_table;

static size_t per_pair(const pair_table *t) {
    return t->years * t->sexes * t->ages;
}

/* Whether a matrix names a column for something else. */
static bool is_taken(const frem_matrix *matrix, const char *column) {
    const char *const own[] = {matrix->from, matrix->to, matrix->column};
    for (size_t i = 0; i < 3; i++) {
        if (strcmp(own[i], column) == 0)
            return true;
    }
    for (size_t i = 0; i < matrix->where.count; i++) {
        if (strcmp(matrix->where.items[i].key, column) == 0)
            return true;
    }
    return false;
}

/* The column of a dimension that the table has beside the pair; NULL where it does not. */
static const char *find_column(frem_model *model, const frem_matrix *matrix, const frem_table *table,
                               const char *dimension, bool allowed) {
    const char *column = frem_model_column(table, &matrix->keys, dimension);
    if (column != NULL && is_taken(matrix, column))
        return NULL;
    if (column != NULL && !allowed)
        FREM_MODEL_PROBLEM(model, frem_entry_place(&matrix->head, "table"), TABLE_DIMENSION,
                           matrix->head.path, dimension, frem_table_source(table)->path, column);
    return column;
}

/* People move by year, sex and age; where they work is given by year. */
static pair_columns find_columns(frem_model *model, const frem_matrix *matrix, pairs_kind kind,
                                 const frem_table *table) {
    bool people = kind == PAIRS_MOVES;
    pair_columns by;
    frem_model_check_keys(model, table, &matrix->keys, matrix->head.path);
    by.year = find_column(model, matrix, table, "year", true);
    by.sex = find_column(model, matrix, table, "sex", people);
    by.age = find_column(model, matrix, table, "age", people);
    by.age_from = find_column(model, matrix, table, "age_from", people);
    return by;
}

/* Whether the rows from the scenario's regions hold anything, in every year, and shares only; moves to one's own region
 * do not count. */
static void check_pairs(frem_model *model, const frem_matrix *matrix, pairs_kind kind,
                        const frem_reading *reading, const pair_table *t) {
    static const frem_field share = {.unit = "share", .min = 0, .max = 1};
    size_t n = frem_index_count(model->regions), each = per_pair(t), cells = t->sexes * t->ages;
    size_t lacking = t->years, seen = 0;
    for (size_t year = t->years; year-- > 0;) {
        bool any = false;
        for (size_t i = 0; i < n * t->tos * cells; i++) {
            size_t pair = i / cells;
            double number = t->shares[pair * each + year * cells + i % cells];
            any = any || !isnan(number);
            if ((number < 0 || number > 1) && !(kind == PAIRS_MOVES && pair / t->tos == pair % t->tos)) {
                frem_place place = frem_model_outside(reading, share.min, share.max);
                frem_model_fail(model,
                                frem_field_outside(&share, matrix->head.path, number, place, model->diags));
                return;
            }
        }
        seen += any;
        lacking = any ? lacking : year;
    }
    char text[16];
    (void)snprintf(text, sizeof text, "%d", model->base + (int)lacking);
    if (seen == 0)
        FREM_MODEL_PROBLEM(model, reading->asked_at, PAIRS_NONE, matrix->head.path,
                           frem_table_source(reading->table)->path);
    else if (lacking < t->years)
        FREM_MODEL_PROBLEM(model, reading->asked_at, PAIRS_YEAR_LACKING, matrix->head.path, text);
}

/* The table, with room for its numbers. */
static pair_table read_pairs(frem_model *model, const frem_matrix *matrix, pairs_kind kind,
                             const frem_index *from, const frem_index *to) {
    pair_columns by = {NULL, NULL, NULL, NULL};
    frem_table *table = frem_model_table(model, &matrix->head, matrix->table, matrix->sheet);
    const frem_filter *filters = frem_model_filters(model, &matrix->where);
    if (model->status == FREM_OK)
        by = find_columns(model, matrix, kind, table);
    pair_table out = {.froms = frem_index_count(from),
                      .tos = frem_index_count(to),
                      .years = by.year != NULL ? model->steps : 1,
                      .sexes = by.sex != NULL ? frem_index_count(model->sexes) : 1,
                      .ages = 1};
    if (model->status != FREM_OK)
        return out;
    frem_reading reading = {
        .table = table,
        .asked_at = frem_entry_place(&matrix->head, "table"),
        .filters = filters,
        .n_filters = matrix->where.count,
        .axes = {{.what = "region", .column = matrix->from, .names = from, .count = out.froms},
                 {.what = "region", .column = matrix->to, .names = to, .count = out.tos}},
        .n_axes = 2,
        .age_spread = FREM_SPREAD_LEVELS,
        .gaps = true,
        .ages_outside_skip = true,
        .columns = {matrix->column},
        .column_places = {frem_entry_place(&matrix->head, "column")},
        .n_columns = 1,
        .has_outside = true,
        .outside = (double)NAN,
    };
    if (by.year != NULL)
        reading.axes[reading.n_axes++] = (frem_axis){
            .what = "year", .column = by.year, .first = model->base, .count = out.years, .skip_others = true};
    if (by.sex != NULL)
        reading.axes[reading.n_axes++] = (frem_axis){.what = "sex",
                                                     .column = by.sex,
                                                     .names = model->sexes,
                                                     .count = out.sexes,
                                                     .kind = FREM_KEYS_SEXES};
    if (by.age != NULL || by.age_from != NULL) {
        frem_model_ages(table, &matrix->keys, &reading);
        reading.age_first = model->age_first;
        reading.ages = out.ages = model->ages;
    }
    /* People of regions that the scenario does not hold have rows too, which are not read. */
    out.shares = calloc(out.froms * out.tos, per_pair(&out) * sizeof *out.shares);
    frem_model_fail(model, out.shares != NULL ? frem_reading_fill(&reading, model->diags, out.shares)
                                              : FREM_NO_MEMORY);
    if (model->status == FREM_OK)
        check_pairs(model, matrix, kind, &reading, &out);
    return out;
}

/* A row of the table as a row of pairs, in one year and cell. What the row holds together is no more than everybody. */
static void take_row(frem_model *model, const frem_matrix *matrix, pairs_kind kind, size_t from,
                     const pair_table *t, size_t place, double *at, double *outside) {
    size_t n = frem_index_count(model->regions), each = per_pair(t);
    double *row = t->shares + from * t->tos * each + place, sum = 0;
    bool any = false;
    for (size_t to = 0; to < t->tos; to++) {
        double *share = &row[to * each];
        any = any || !isnan(*share);
        *share = isnan(*share) || (kind == PAIRS_MOVES && to == from) ? 0 : *share;
        sum += *share;
    }
    if (sum > 1 + ROUNDED) {
        char number[32];
        frem_number_brief(number, sum, 1);
        FREM_MODEL_PROBLEM(model, frem_entry_place(&matrix->head, "table"), PAIRS_SUM, matrix->head.path,
                           frem_index_name(model->regions, from), number);
    }
    if (!any && kind == PAIRS_COMMUTING)
        row[from * each] = 1;
    for (size_t to = 0; to < t->tos; to++)
        *(to < n ? &at[to] : outside) += sum > 1 ? row[to * each] / sum : row[to * each];
}

/* All rows of a table as pairs by step and cell. */
static void take_rows(frem_model *model, const frem_matrix *matrix, pairs_kind kind, const pair_table *t,
                      frem_pairs *out) {
    size_t n = frem_index_count(model->regions), sexes = frem_index_count(model->sexes);
    out->by_step = t->years > 1;
    out->by_cell = t->sexes > 1 || t->ages > 1;
    size_t cells = out->by_cell ? sexes * model->ages : 1, slots = t->years * cells;
    out->at = frem_model_alloc(model, slots * n, n * sizeof(double));
    out->outside = frem_model_alloc(model, slots * n, sizeof(double));
    for (size_t i = 0; i < slots * n && model->status == FREM_OK; i++) {
        size_t slot = i / n, c = slot % cells;
        size_t sex = t->sexes > 1 ? c / model->ages : 0, age = t->ages > 1 ? c % model->ages : 0;
        size_t place = (slot / cells * t->sexes + sex) * t->ages + age;
        take_row(model, matrix, kind, i % n, t, place, &out->at[i * n], &out->outside[i]);
    }
}

static void add_pairs(frem_model *model, const frem_matrix *matrix, pairs_kind kind, frem_pairs *out) {
    if (matrix->head.node == NULL)
        return;
    const frem_status before = frem_model_begin(model);
    frem_index *from = name_ends(model, false), *to = name_ends(model, true);
    pair_table table = {.shares = NULL};
    if (model->status == FREM_OK)
        table = read_pairs(model, matrix, kind, from, to);
    if (model->status == FREM_OK)
        take_rows(model, matrix, kind, &table, out);
    free(table.shares);
    frem_index_free(from);
    frem_index_free(to);
    (void)frem_model_end(model, before);
}

void frem_model_mobility(frem_model *model) {
    const frem_scenario *s = model->scenario;
    model->moves = frem_model_alloc(model, s->professions.count + 1, sizeof *model->moves);
    model->commuting = frem_model_alloc(model, s->professions.count + 1, sizeof *model->commuting);
    for (size_t p = 0; p < s->professions.count && model->status != FREM_NO_MEMORY; p++) {
        const frem_profession *profession = &s->professions.items[p];
        add_pairs(model, &profession->moves.matrix, PAIRS_MOVES, &model->moves[p]);
        add_pairs(model, &profession->commuting.matrix, PAIRS_COMMUTING, &model->commuting[p]);
    }
}

/* ---- arrivals ---- */

/* [step][region][cell] persons; one step where they are the same every year. */
static void fill_immigration(frem_view *view, const void *context, double *out) {
    const frem_profession *profession = context;
    const frem_model *model = view->model;
    const frem_immigration *given = &profession->immigration;
    const frem_series *persons = frem_view_series(view, &given->persons);
    size_t regions = frem_index_count(model->regions), cells = frem_index_count(model->sexes) * model->ages;
    size_t p = (size_t)(profession - model->scenario->professions.items);
    double *profile = frem_view_numbers(view, cells + regions);
    if (profile == NULL)
        return;
    double *shares = profile + cells;
    frem_view_profile(view, &given->ages, (double)NAN, profile);
    if (persons->region == 0)
        frem_model_shares(view, &given->split, p, frem_model_area(model, &given->persons.head),
                          &given->persons.head, shares);
    for (size_t i = 0; i < (persons->year ? model->steps : 1) * regions; i++) {
        size_t t = i / regions, r = i % regions;
        double number = frem_series_at(persons, model->base + (int)t, r, 0, 0);
        if (isnan(number))
            frem_view_lacks_year(view, &given->persons, model->base + (int)t);
        for (size_t c = 0; c < cells; c++)
            out[i * cells + c] = number * (persons->region ? 1 : shares[r]) * profile[c];
    }
    free(profile);
}

static void immigration_grid(frem_batch *batch, const frem_profession *profession, frem_grid *out) {
    const frem_model *model = batch->model;
    if (profession->immigration.head.node == NULL)
        return;
    size_t regions = frem_index_count(model->regions), cells = frem_index_count(model->sexes) * model->ages;
    bool years = frem_batch_layout(batch, &profession->immigration.persons)->year > 0;
    *out = (frem_grid){.step = years ? regions * cells : 0, .region = cells, .cell = 1};
    frem_batch_fill(batch, fill_immigration, profession, (years ? model->steps : 1) * regions * cells,
                    &out->values);
}

/* ---- moves and commuting ---- */

/* [step or one][cell or one][region] of net moves. */
static void fill_net(frem_view *view, const void *context, double *out) {
    const frem_value *value = context;
    const frem_model *model = view->model;
    const frem_series *series = frem_view_series(view, value);
    size_t steps = series->year ? model->steps : 1, regions = frem_index_count(model->regions);
    size_t cells = series->sex || series->age ? frem_index_count(model->sexes) * model->ages : 1;
    for (size_t i = 0; i < steps * cells * regions; i++) {
        int year = model->base + (int)(i / regions / cells);
        size_t c = i / regions % cells;
        out[i] = frem_series_at(series, year, i % regions, c / model->ages, c % model->ages);
        if (isnan(out[i])) {
            frem_view_lacks_year(view, value, year);
            return;
        }
    }
}

static void net_moves(frem_batch *batch, const frem_value *net, frem_core_profession *out) {
    const frem_model *model = batch->model;
    if (!frem_value_given(net))
        return;
    const frem_series *series = frem_batch_layout(batch, net);
    out->moves_by_step = series->year > 0;
    out->moves_by_cell = series->sex > 0 || series->age > 0;
    size_t slots = (out->moves_by_step ? model->steps : 1) *
                   (out->moves_by_cell ? frem_index_count(model->sexes) * model->ages : 1);
    frem_batch_fill(batch, fill_net, net, slots * frem_index_count(model->regions), &out->net_moves);
}

/* Share of a region's people of a cell that leaves it in a step, by the table. */
static double leaving_share(const frem_model *model, const frem_pairs *pairs, size_t t, size_t c,
                            size_t from) {
    size_t n = frem_index_count(model->regions), cells = frem_index_count(model->sexes) * model->ages;
    size_t slot = (pairs->by_step ? t : 0) * (pairs->by_cell ? cells : 1) + (pairs->by_cell ? c : 0);
    double sum = pairs->outside[slot * n + from];
    for (size_t to = 0; to < n; to++)
        sum += pairs->at[(slot * n + from) * n + to];
    return sum;
}

/* The step of whose table a lane sees the pairs. */
static size_t step_of(frem_view *view, size_t part, size_t t) {
    return (size_t)(frem_view_year(view, part, view->model->base + (int)t) - view->model->base);
}

/* The factor on moves in the dimensions that it has, which leaves everywhere no more than everybody. */
static void check_factor(frem_view *view, const frem_profession *profession) {
    const frem_model *model = view->model;
    const size_t p = (size_t)(profession - model->scenario->professions.items),
                 moves = frem_mix_part(model, FREM_PART_MOVES, p);
    const frem_pairs *pairs = &model->moves[p];
    const frem_value *value = &profession->moves.factor;
    const frem_series *factor = frem_view_series(view, value);
    size_t n = frem_index_count(model->regions);
    bool by_cell = pairs->by_cell || factor->sex || factor->age, by_step = pairs->by_step || factor->year;
    size_t cells = by_cell ? frem_index_count(model->sexes) * model->ages : 1;
    for (size_t i = 0; i < (by_step ? model->steps : 1) * cells * n; i++) {
        size_t t = i / n / cells, c = i / n % cells, r = i % n;
        int year = model->base + (int)t;
        double by = frem_series_at(factor, year, r, c / model->ages, c % model->ages);
        const size_t seen = step_of(view, moves, t);
        double share = by * leaving_share(model, pairs, seen, c, r);
        if (isnan(by)) {
            frem_view_lacks_year(view, value, year);
            return;
        }
        if (share <= 1 + FACTOR_ROUNDED)
            continue;
        char number[32];
        frem_number_brief(number, share, 1);
        FREM_VIEW_PROBLEM(view, value->head.place, MOVES_FACTOR, value->head.path,
                          frem_index_name(model->regions, r), number);
        return;
    }
}

static void moves_factor(frem_batch *batch, const frem_profession *profession, frem_grid *out) {
    if (!frem_value_given(&profession->moves.factor) || profession->moves.matrix.head.node == NULL)
        return;
    size_t failures = batch->failures;
    frem_batch_grid(batch, &profession->moves.factor, out);
    bool sound = batch->failures == failures;
    for (size_t lane = 0; lane < (out->values.lane ? batch->lanes : 1) && sound; lane++) {
        check_factor(&batch->views[lane], profession);
        sound = frem_batch_take(batch, lane);
    }
}

/* People who come from outside, by the region where they work. */
static void inflow(frem_batch *batch, const frem_value *value, frem_grid *out) {
    const frem_model *model = batch->model;
    if (!frem_value_given(value))
        return;
    if (frem_index_count(model->regions) > 1 && model->series[value->parameter].region == 0) {
        FREM_BATCH_PROBLEM(batch, value->head.place, INFLOW_WHERE, value->head.path);
        return;
    }
    frem_batch_grid(batch, value, out);
}

/* A table of pairs by step, as lanes of a mix see it. */
typedef struct seen_pairs {
    const double *at;
    size_t part, size; /* size: of a step */
} seen_pairs;

static void fill_pairs(frem_view *view, const void *context, double *out) {
    const seen_pairs *what = context;
    for (size_t t = 0; t < view->model->steps; t++)
        memcpy(out + t * what->size, what->at + step_of(view, what->part, t) * what->size,
               what->size * sizeof *out);
}

/* @param size numbers of a step */
static void pairs_of(frem_batch *batch, const double *at, bool by_step, size_t part, size_t size,
                     frem_lanes *out) {
    const frem_mix *mix = batch->views[0].mix;
    const seen_pairs what = {at, part, size};
    if (by_step && mix != NULL && mix->group[part] != FREM_MIX_NONE)
        frem_batch_fill(batch, fill_pairs, &what, batch->model->steps * size, out);
    else
        *out = (frem_lanes){at, false};
}

static void moving(frem_batch *batch, size_t p, frem_core_profession *out) {
    const frem_model *model = batch->model;
    const frem_pairs *moves = &model->moves[p], *commuting = &model->commuting[p];
    const size_t regions = frem_index_count(model->regions),
                 cells = frem_index_count(model->sexes) * model->ages,
                 leaving = frem_mix_part(model, FREM_PART_MOVES, p),
                 working = frem_mix_part(model, FREM_PART_COMMUTING, p);
    const size_t from = (moves->by_cell ? cells : 1) * regions;
    pairs_of(batch, moves->at, moves->by_step, leaving, from * regions, &out->moves);
    pairs_of(batch, moves->outside, moves->by_step, leaving, from, &out->moves_outside);
    out->moves_by_step = moves->by_step;
    out->moves_by_cell = moves->by_cell;
    pairs_of(batch, commuting->at, commuting->by_step, working,
             (commuting->by_cell ? cells : 1) * regions * regions, &out->commuting);
    out->commuting_by_step = commuting->by_step;
}

void frem_batch_mobility(frem_batch *batch, const frem_profession *profession, frem_core_profession *out) {
    const frem_model *model = batch->model;
    size_t p = (size_t)(profession - model->scenario->professions.items);
    moving(batch, p, out);
    immigration_grid(batch, profession, &out->immigration);
    frem_batch_grid(batch, &profession->returners, &out->returning);
    frem_batch_grid(batch, &profession->already_left, &out->already_left);
    net_moves(batch, &profession->moves.net, out);
    moves_factor(batch, profession, &out->moves_factor);
    inflow(batch, &profession->commuting.inflow, &out->inflow_employed);
    inflow(batch, &profession->commuting.inflow_fte, &out->inflow_fte);
}
