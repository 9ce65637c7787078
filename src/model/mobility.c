/* Immigration, returners, moves between regions, and where people work. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"
#include "model/model.h"

/* ---- tables of pairs ---- */

/* What a table of pairs is about: moves, where whoever is in no row stays, or commuting. */
typedef enum pairs_kind { PAIRS_MOVES, PAIRS_COMMUTING } pairs_kind;

/* Shares that were rounded for print may sum to this much more than 1. */
static const double ROUNDED = 1e-9;

/* Where people go who leave all regions. */
static const char OUTSIDE[] = "outside";

/* Every key that a pair may name: the scenario's regions in their order, then the other rows of the regions' table
 * (people may move there, and are gone then), then `outside`, where nobody comes from. */
static frem_status name_ends(frem_model *model, bool to, frem_index **out) {
    frem_status status = frem_index_new(out);
    for (size_t i = 0; i < model->n_places && status == FREM_OK; i++) {
        const char *name = frem_index_name(model->region_keys, i);
        if (strcmp(name, OUTSIDE) != 0)
            status = frem_index_add(*out, name, strlen(name), NULL);
    }
    if (status == FREM_OK && to)
        status = frem_index_add(*out, OUTSIDE, strlen(OUTSIDE), NULL);
    return status;
}

/* Whether the rows from the scenario's regions hold anything, and shares only; moves to one's own region do not
 * count. */
static frem_status check_pairs(frem_model *model, const frem_matrix *matrix, pairs_kind kind,
                               const frem_reading *reading, const double *shares) {
    static const frem_field share = {.unit = "share", .min = 0, .max = 1};
    size_t n = frem_index_count(model->regions), n_to = reading->axes[1].count;
    bool any = false;
    for (size_t i = 0; i < n * n_to; i++) {
        any = any || !isnan(shares[i]);
        if ((shares[i] < 0 || shares[i] > 1) && !(kind == PAIRS_MOVES && i / n_to == i % n_to))
            return frem_field_outside(&share, matrix->head.path, shares[i],
                                      frem_model_outside(reading, share.min, share.max), model->diags);
    }
    return any ? FREM_OK
               : FREM_PROBLEM(model->diags, reading->asked_at, PAIRS_NONE, matrix->head.path,
                              frem_table_source(reading->table)->path);
}

/* The table as [from][to]; NaN where it has no row. */
static frem_status read_pairs(frem_model *model, const frem_matrix *matrix, pairs_kind kind,
                              const frem_index *from, const frem_index *to, double *shares) {
    frem_table *table;
    frem_filter *filters;
    frem_status status = frem_model_table(model, matrix->head.node, matrix->table,
                                          frem_entry_place(&matrix->head, "table"), &table);
    if (status == FREM_OK)
        status = frem_model_filters(model, &matrix->where, &filters);
    if (status != FREM_OK)
        return status;
    size_t n_from = frem_index_count(from), n_to = frem_index_count(to);
    frem_reading reading = {
        .table = table,
        .asked_at = frem_entry_place(&matrix->head, "table"),
        .filters = filters,
        .n_filters = matrix->where.count,
        .axes = {{.what = "region", .column = matrix->from, .names = from, .count = n_from},
                 {.what = "region", .column = matrix->to, .names = to, .count = n_to}},
        .n_axes = 2,
        .columns = {matrix->column},
        .column_places = {frem_entry_place(&matrix->head, "column")},
        .n_columns = 1,
        .has_outside = true,
        .outside = (double)NAN,
    };
    status = frem_reading_fill(&reading, model->diags, shares);
    return status == FREM_OK ? check_pairs(model, matrix, kind, &reading, shares) : status;
}

/* A row of the table as a row of pairs. What the row holds together is no more than everybody. */
static frem_status take_row(frem_model *model, const frem_matrix *matrix, pairs_kind kind, size_t from,
                            size_t n_ends, double *shares, frem_pairs *out) {
    size_t n = frem_index_count(model->regions);
    double *row = shares + from * n_ends, *at = out->at + from * n, sum = 0;
    bool any = false;
    for (size_t to = 0; to < n_ends; to++) {
        any = any || !isnan(row[to]);
        row[to] = isnan(row[to]) || (kind == PAIRS_MOVES && to == from) ? 0 : row[to];
        sum += row[to];
    }
    if (sum > 1 + ROUNDED) {
        char number[32];
        frem_number_brief(number, sum, 1);
        return FREM_PROBLEM(model->diags, frem_entry_place(&matrix->head, "table"), PAIRS_SUM,
                            matrix->head.path, frem_index_name(model->regions, from), number);
    }
    if (!any && kind == PAIRS_COMMUTING)
        row[from] = 1;
    for (size_t to = 0; to < n_ends; to++)
        *(to < n ? &at[to] : &out->outside[from]) += sum > 1 ? row[to] / sum : row[to];
    return FREM_OK;
}

static frem_status add_pairs(frem_model *model, const frem_matrix *matrix, pairs_kind kind, frem_pairs *out) {
    if (matrix->head.node == NULL)
        return FREM_OK;
    size_t n = frem_index_count(model->regions);
    frem_index *ends[2] = {NULL, NULL};
    double *shares = NULL;
    frem_status status = name_ends(model, false, &ends[0]);
    if (status == FREM_OK)
        status = name_ends(model, true, &ends[1]);
    if (status != FREM_OK)
        goto done;
    size_t n_ends = frem_index_count(ends[1]);
    /* People of regions that the scenario does not hold have rows too, which nobody looks at. */
    shares = calloc(frem_index_count(ends[0]) * n_ends, sizeof *shares);
    out->at = frem_arena_alloc(model->arena, n * n, sizeof(double));
    out->outside = frem_arena_alloc(model->arena, n, sizeof(double));
    if (shares == NULL || out->at == NULL || out->outside == NULL) {
        status = FREM_NO_MEMORY;
        goto done;
    }
    status = read_pairs(model, matrix, kind, ends[0], ends[1], shares);
    for (size_t from = 0; from < n && status == FREM_OK; from++)
        status = take_row(model, matrix, kind, from, n_ends, shares, out);
done:
    free(shares);
    frem_index_free(ends[0]);
    frem_index_free(ends[1]);
    return status;
}

frem_status frem_model_mobility(frem_model *model) {
    const frem_scenario *s = model->scenario;
    model->moves = frem_arena_alloc(model->arena, s->professions.count + 1, sizeof *model->moves);
    model->commuting = frem_arena_alloc(model->arena, s->professions.count + 1, sizeof *model->commuting);
    if (model->moves == NULL || model->commuting == NULL)
        return FREM_NO_MEMORY;
    frem_status status = FREM_OK;
    for (size_t p = 0; p < s->professions.count; p++) {
        const frem_profession *profession = &s->professions.items[p];
        frem_status parts[] = {
            add_pairs(model, &profession->moves.matrix, PAIRS_MOVES, &model->moves[p]),
            add_pairs(model, &profession->commuting.matrix, PAIRS_COMMUTING, &model->commuting[p])};
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
            status = parts[i] != FREM_OK && status != FREM_NO_MEMORY ? parts[i] : status;
    }
    return status;
}

/* ---- arrivals ---- */

/* [step][region][cell] persons; one step where they are the same every year. */
static frem_status fill_immigration(frem_view *view, const void *context, double *out) {
    const frem_profession *profession = context;
    const frem_model *model = view->model;
    const frem_immigration *given = &profession->immigration;
    const frem_series *persons = frem_view_series(view, &given->persons);
    size_t regions = frem_index_count(model->regions), cells = frem_index_count(model->sexes) * model->ages;
    size_t p = (size_t)(profession - model->scenario->professions.items);
    frem_arena *arena;
    frem_status status = frem_arena_new(&arena);
    if (status != FREM_OK)
        return status;
    double *profile = frem_arena_alloc(arena, cells, sizeof *profile);
    double *shares = frem_arena_alloc(arena, regions, sizeof *shares);
    if (profile == NULL || shares == NULL)
        status = FREM_NO_MEMORY;
    if (status == FREM_OK)
        status = frem_view_profile(view, &given->ages, (double)NAN, profile);
    if (status == FREM_OK && persons->region == 0)
        status = frem_model_shares(view, &given->split, p, frem_model_area(model, &given->persons.head),
                                   &given->persons.head, shares);
    for (size_t i = 0; i < (persons->year ? model->steps : 1) * regions && status == FREM_OK; i++) {
        size_t t = i / regions, r = i % regions;
        double number = frem_series_at(persons, model->base + (int)t, r, 0, 0);
        if (isnan(number))
            status = frem_view_lacks_year(view, &given->persons, model->base + (int)t);
        for (size_t c = 0; c < cells; c++)
            out[i * cells + c] = number * (persons->region ? 1 : shares[r]) * profile[c];
    }
    frem_arena_free(arena);
    return status;
}

static frem_status immigration_grid(frem_batch *batch, const frem_profession *profession, frem_grid *out) {
    const frem_model *model = batch->model;
    if (profession->immigration.head.node == NULL)
        return FREM_OK;
    size_t regions = frem_index_count(model->regions), cells = frem_index_count(model->sexes) * model->ages;
    bool years = frem_batch_layout(batch, &profession->immigration.persons)->year > 0;
    *out = (frem_grid){.step = years ? regions * cells : 0, .region = cells, .cell = 1};
    return frem_batch_fill(batch, fill_immigration, profession, (years ? model->steps : 1) * regions * cells,
                           &out->values);
}

/* ---- moves and commuting ---- */

/* [region] of a value by region. A number for all of them is each one's only where it is a share. */
static frem_status fill_regions(frem_view *view, const void *context, double *out) {
    const frem_value *value = context;
    const frem_series *series = frem_view_series(view, value);
    for (size_t r = 0; r < frem_index_count(view->model->regions); r++)
        out[r] = frem_series_at(series, view->model->base, r, 0, 0);
    return FREM_OK;
}

/* People who come from outside, by the region where they work. */
static frem_status inflow(frem_batch *batch, const frem_value *value, frem_lanes *out) {
    const frem_model *model = batch->model;
    size_t regions = frem_index_count(model->regions);
    if (!frem_value_given(value))
        return FREM_OK;
    if (regions > 1 && model->series[value->parameter].region == 0)
        return FREM_PROBLEM(batch->diags, value->head.place, INFLOW_WHERE, value->head.path);
    return frem_batch_fill(batch, fill_regions, value, regions, out);
}

frem_status frem_batch_mobility(frem_batch *batch, const frem_profession *profession,
                                frem_core_profession *out) {
    const frem_model *model = batch->model;
    size_t p = (size_t)(profession - model->scenario->professions.items);
    out->moves = (frem_lanes){model->moves[p].at, false};
    out->moves_outside = (frem_lanes){model->moves[p].outside, false};
    out->commuting = (frem_lanes){model->commuting[p].at, false};
    frem_status parts[] = {
        immigration_grid(batch, profession, &out->immigration),
        frem_batch_grid(batch, &profession->returners, &out->returning),
        frem_value_given(&profession->moves.net)
            ? frem_batch_fill(batch, fill_regions, &profession->moves.net, frem_index_count(model->regions),
                              &out->net_moves)
            : FREM_OK,
        inflow(batch, &profession->commuting.inflow, &out->inflow_employed),
        inflow(batch, &profession->commuting.inflow_fte, &out->inflow_fte),
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i] != FREM_OK)
            return parts[i];
    }
    return FREM_OK;
}
