/* What a result at one address is at several values of a parameter, each in a lane. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/judge.h"
#include "analysis/solve.h"
#include "base/number.h"
#include "base/problem.h"
#include "base/progress.h"
#include "model/batch.h"
#include "model/lane.h"

static const frem_place in_command = {"fremskriv", 0, 0};

/* The address by the places of a result's row, and what its rows say. */
typedef struct reading {
    size_t first, last; /* steps */
    size_t area, professions, profession, sector;
    frem_measure_id measure;
    double at[2]; /* value of the first step, and of the last */
} reading;

static size_t place_of(const frem_index *index, const char *name) {
    const ptrdiff_t at = frem_index_find(index, name, strlen(name));
    return at >= 0 ? (size_t)at : frem_index_count(index);
}

/* A region that is reported, a group, or all of them. */
static size_t area_of(const frem_model *model, const char *name) {
    const size_t last = model->reported + model->n_groups;
    if (strcmp(name, "all") == 0)
        return last;
    const ptrdiff_t at = frem_index_find(model->regions, name, strlen(name));
    if (at >= 0)
        return (size_t)at;
    for (size_t g = 0; g < model->n_groups; g++) {
        if (strcmp(model->groups[g].name, name) == 0)
            return model->reported + g;
    }
    return last;
}

static reading places_of(const frem_model *model, const frem_address *address) {
    return (reading){.first = (size_t)(address->first_year - model->base),
                     .last = (size_t)(address->last_year - model->base),
                     .area = area_of(model, address->region),
                     .professions = frem_index_count(model->professions),
                     .profession = place_of(model->professions, address->profession),
                     .sector = place_of(model->sectors, address->sector),
                     .measure = (frem_measure_id)(frem_measure_find(address->measure) - frem_measures)};
}

/* All of one profession is that one, but for what belongs to none. */
static bool is_meant(const reading *r, size_t profession) {
    return profession == r->profession || (r->profession == r->professions && r->professions == 1);
}

static frem_status take(void *context, const frem_result_row *row) {
    reading *r = context;
    if (!is_meant(r, row->profession))
        return FREM_OK;
    if (row->step == r->first)
        r->at[0] = row->value;
    if (row->step == r->last)
        r->at[1] = row->value;
    return FREM_OK;
}

/* A filter that leaves the rows of the address alone. Its lists are in one array. */
static frem_row_filter filter_of(const frem_model *model, const reading *r, bool *lists) {
    const size_t areas = model->reported + model->n_groups + 1;
    bool *steps = lists, *area = steps + model->steps, *professions = area + areas,
         *sectors = professions + r->professions + 1,
         *measures = sectors + frem_index_count(model->sectors) + 1;
    steps[r->first] = steps[r->last] = area[r->area] = sectors[r->sector] = measures[r->measure] = true;
    for (size_t p = 0; p <= r->professions; p++)
        professions[p] = is_meant(r, p);
    return (frem_row_filter){steps, area, professions, sectors, measures};
}

static frem_status read_lanes(const frem_response *response, const frem_batch *batch,
                              const frem_core_results *projection, size_t n, double *out) {
    const frem_model *model = response->model;
    reading r = places_of(model, response->address);
    bool *lists = calloc(model->steps + model->reported + model->n_groups + 1 + r.professions + 1 +
                             frem_index_count(model->sectors) + 1 + FREM_M_COUNT,
                         sizeof *lists);
    if (lists == NULL)
        return FREM_NO_MEMORY;
    const frem_row_filter filter = filter_of(model, &r, lists);
    frem_status status = FREM_OK;
    for (size_t lane = 0; lane < n && status == FREM_OK; lane++) {
        r.at[0] = r.at[1] = (double)NAN;
        status = frem_results_each(batch, projection, lane, &filter, take, &r);
        out[lane] = r.first == r.last ? r.at[1] : r.at[1] - r.at[0];
    }
    free(lists);
    return status;
}

/* @param out NULL where only problems are asked for. */
static frem_status project(const frem_response *response, const double *at, size_t n, double *out,
                           frem_diags *diags) {
    frem_change changes[FREM_LANES];
    frem_batch *batch = NULL;
    frem_arena *arena = NULL;
    frem_core_results *projection = NULL;
    size_t n_changes = 0;
    for (size_t lane = 0; lane < n; lane++) {
        if (!isnan(at[lane]))
            changes[n_changes++] = (frem_change){response->parameter, lane, response->varied->kind, at[lane],
                                                 response->varied->first_year};
    }
    frem_status status = frem_batch_new(&batch, response->model, n, changes, n_changes, diags);
    if (status == FREM_OK)
        status = frem_arena_new(&arena);
    if (status == FREM_OK)
        status = frem_core_results_new(&batch->inputs, false, arena, &projection);
    if (status == FREM_OK)
        status = frem_core_project(&batch->inputs, response->pool, response->isa, projection);
    if (status == FREM_OK)
        status = frem_projection_check(batch, projection, n, diags);
    if (status == FREM_OK && out != NULL)
        status = read_lanes(response, batch, projection, n, out);
    frem_arena_free(arena);
    frem_batch_free(batch);
    return status;
}

/* Names the first value that cannot be projected, after its problem. */
static frem_status explain(const frem_response *response, const double *at, size_t n) {
    char number[32];
    for (size_t i = 0; i < n; i++) {
        frem_status status = project(response, at + i, 1, NULL, response->diags);
        if (status == FREM_OK)
            continue;
        frem_number_shortest(number, at[i]);
        return status == FREM_INVALID
                   ? FREM_PROBLEM(response->diags, in_command, SOLVE_POINT, response->varied->column, number)
                   : status;
    }
    return FREM_DEFECT;
}

frem_status frem_response_at(frem_response *response, const double *at, size_t n, double *out) {
    frem_status status =
        frem_progress_at(response->progress, FREM_PHASE_PROJECT, response->done, response->done + n);
    if (status == FREM_OK)
        status = project(response, at, n, out, NULL);
    if (status == FREM_INVALID)
        status = explain(response, at, n);
    response->done += n;
    for (size_t i = 0; i < n && status == FREM_OK; i++) {
        if (!isfinite(out[i])) {
            char *text = frem_address_text(response->address);
            status = text == NULL ? FREM_NO_MEMORY
                                  : FREM_PROBLEM(response->diags, in_command, ADDRESS_NOTHING, text);
            free(text);
            return status == FREM_INVALID ? FREM_USAGE : status;
        }
    }
    return status;
}
