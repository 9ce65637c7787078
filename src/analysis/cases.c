#include "analysis/cases.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/results.h"
#include "base/number_problem.h"
#include "base/problem.h"
#include "base/progress.h"
#include "frame/measures.h"

static const frem_place in_command = {"fremskriv", 0, 0};

/* ---- what is read of a projection ---- */

/* An address by the places of a result's row, and what its rows say. */
typedef struct reading {
    size_t first, last; /* steps */
    size_t area, professions, profession, sector;
    frem_measure_id measure;
    double at[2]; /* value of the first step, and of the last */
} reading;

typedef struct readings {
    reading *items;
    size_t n;
} readings;

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
    const readings *all = context;
    for (size_t i = 0; i < all->n; i++) {
        reading *r = &all->items[i];
        if (row->measure != r->measure || row->area != r->area || row->sector != r->sector ||
            !is_meant(r, row->profession))
            continue;
        if (row->step == r->first)
            r->at[0] = row->value;
        if (row->step == r->last)
            r->at[1] = row->value;
    }
    return FREM_OK;
}

/* How many flags filter_of() needs. */
static size_t n_flags(const frem_model *model) {
    return model->steps + model->reported + model->n_groups + 1 + frem_index_count(model->professions) + 1 +
           frem_index_count(model->sectors) + 1 + FREM_M_COUNT;
}

/* A filter that leaves the rows of the addresses. Its lists are in one array. */
static frem_row_filter filter_of(const frem_model *model, const readings *all, bool *flags) {
    const size_t professions = frem_index_count(model->professions);
    bool *steps = flags, *area = steps + model->steps,
         *profession = area + model->reported + model->n_groups + 1, *sectors = profession + professions + 1,
         *measures = sectors + frem_index_count(model->sectors) + 1;
    for (size_t i = 0; i < all->n; i++) {
        const reading *r = &all->items[i];
        steps[r->first] = steps[r->last] = area[r->area] = sectors[r->sector] = measures[r->measure] = true;
        for (size_t p = 0; p <= professions; p++)
            profession[p] = profession[p] || is_meant(r, p);
    }
    return (frem_row_filter){steps, area, profession, sectors, measures};
}

/* What is read of every case. */
typedef struct reader {
    reading *places; /* [address] */
    size_t n;
    bool *flags; /* of the filter */
    frem_row_filter filter;
} reader;

/* The caller frees the lists, also after a failure. */
static frem_status make_reader(const frem_cases *cases, reader *out) {
    reading *places = calloc(cases->n_addresses + 1, sizeof *places);
    *out = (reader){.places = places, .n = cases->n_addresses};
    out->flags = calloc(n_flags(cases->model), sizeof *out->flags);
    if (places == NULL || out->flags == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < out->n; i++)
        places[i] = places_of(cases->model, &cases->addresses[i]);
    const readings all = {places, out->n};
    out->filter = filter_of(cases->model, &all, out->flags);
    return FREM_OK;
}

static void free_reader(reader *what) {
    free(what->flags);
    free(what->places);
}

static frem_status read_lanes(const reader *what, const frem_workspace *projected, size_t n, double *out) {
    readings all = {calloc(what->n + 1, sizeof *all.items), what->n};
    frem_status status = all.items != NULL ? FREM_OK : FREM_NO_MEMORY;
    for (size_t lane = 0; lane < n && status == FREM_OK; lane++) {
        for (size_t i = 0; i < all.n; i++) {
            all.items[i] = what->places[i];
            all.items[i].at[0] = all.items[i].at[1] = (double)NAN;
        }
        status = frem_results_each(projected->batch, projected->projection, lane, &what->filter, take, &all);
        for (size_t i = 0; i < all.n; i++) {
            const reading *r = &all.items[i];
            out[lane * all.n + i] = r->first == r->last ? r->at[1] : r->at[1] - r->at[0];
        }
    }
    free(all.items);
    return status;
}

/* ---- projecting ---- */

/* At most FREM_LANES cases in a row. */
typedef struct part {
    size_t first, n;
    const frem_change *changes; /* lanes from 0 */
    size_t n_changes;
    bool refused;
} part;

typedef struct parts {
    const frem_cases *cases;
    part *items;
    const reader *reader;
    frem_workspaces *workspaces;
    frem_pool *inner; /* shares one batch's work; NULL where the batches are shared out */
    double *out;
} parts;

/* @param[out] mix room for what the lanes take */
static frem_case_batch batch_of(const parts *p, const part *one, frem_mix *mix) {
    *mix = p->cases->mix != NULL ? *p->cases->mix : (frem_mix){.on = NULL};
    mix->on = mix->on != NULL ? mix->on + one->first : NULL;
    return (frem_case_batch){
        p->cases->model,   one->n, one->changes, one->n_changes, p->cases->mix != NULL ? mix : NULL,
        &p->reader->filter};
}

static frem_status project(const parts *p, const part *one, unsigned worker) {
    frem_workspace *workspace = p->workspaces->of[worker];
    frem_mix mix;
    const frem_case_batch batch = batch_of(p, one, &mix);
    const frem_status status = frem_workspace_project(workspace, &batch, p->inner, p->cases->isa, NULL);
    return status == FREM_OK
               ? read_lanes(p->reader, workspace, one->n, p->out + one->first * p->cases->n_addresses)
               : status;
}

/* Case by case, where one of a part cannot be projected: that one has NaN. */
static frem_status project_each(const parts *p, const part *one, unsigned worker) {
    frem_workspace *workspace = p->workspaces->of[worker];
    const size_t n = p->cases->n_addresses;
    frem_mix mix;
    const frem_case_batch batch = batch_of(p, one, &mix);
    frem_status status = FREM_OK;
    for (size_t lane = 0; lane < one->n && status == FREM_OK; lane++) {
        double *out = p->out + (one->first + lane) * n;
        status = frem_workspace_alone(workspace, &batch, lane, p->cases->isa, NULL);
        if (status == FREM_OK)
            status = read_lanes(p->reader, workspace, 1, out);
        for (size_t i = 0; i < n && status == FREM_INVALID; i++)
            out[i] = (double)NAN;
        status = status == FREM_INVALID ? FREM_OK : status;
    }
    return status;
}

static frem_status do_part(void *context, size_t item, unsigned worker) {
    const parts *p = context;
    part *one = &p->items[item];
    const frem_status status = project(p, one, worker);
    if (status == FREM_INVALID && p->cases->lacking)
        return project_each(p, one, worker);
    one->refused = status == FREM_INVALID;
    return status;
}

/* Reports the problem of the first case of a part that cannot be projected. */
static frem_status explain(const parts *p, const part *refused, size_t *which) {
    frem_mix mix;
    const frem_case_batch batch = batch_of(p, refused, &mix);
    size_t lane = 0;
    const frem_status status =
        frem_workspace_refused(p->workspaces->of[0], &batch, p->cases->isa, p->cases->diags, &lane);
    if (which != NULL)
        *which = refused->first + lane;
    return status == FREM_OK ? FREM_DEFECT : status;
}

/* Cuts the cases into parts; their changes count lanes from 0. */
static bool cut(parts *p, size_t n, frem_change *changes, size_t n_changes) {
    size_t at = 0;
    for (size_t i = 0, first = 0; first < n; i++, first += FREM_LANES) {
        const size_t size = n - first < FREM_LANES ? n - first : FREM_LANES, begin = at;
        for (; at < n_changes && changes[at].lane < first + size; at++) {
            if (changes[at].lane < first)
                return false;
            changes[at].lane -= first;
        }
        p->items[i] = (part){first, size, changes + begin, at - begin, false};
    }
    return at == n_changes;
}

/* Projects parts in waves of a batch a thread, so that progress is seen and asked. */
static frem_status project_parts(parts *p, frem_cases *cases, size_t n_parts) {
    const size_t wave = cases->pool != NULL ? 2 * frem_pool_threads(cases->pool) : 1;
    part *all = p->items;
    frem_status status = FREM_OK;
    p->inner = n_parts == 1 ? cases->pool : NULL;
    for (size_t first = 0; first < n_parts && status == FREM_OK; first += wave) {
        const size_t n = n_parts - first < wave ? n_parts - first : wave;
        const part *last = &all[first + n - 1];
        const size_t size = last->first + last->n - all[first].first;
        status = frem_progress_at(cases->progress, FREM_PHASE_PROJECT, cases->done,
                                  cases->total > 0 ? cases->total : cases->done + size);
        p->items = all + first;
        if (status == FREM_OK)
            status = frem_pool_each(n_parts == 1 ? NULL : cases->pool, n, do_part, p);
        if (status == FREM_OK)
            cases->done += size;
    }
    p->items = all;
    return status;
}

frem_status frem_cases_at(frem_cases *cases, size_t n, const frem_change *changes, size_t n_changes,
                          double *out, size_t *refused) {
    const size_t n_parts = (n + FREM_LANES - 1) / FREM_LANES;
    frem_workspaces own_memory = {NULL, 0};
    reader what = {NULL, 0, NULL, {NULL, NULL, NULL, NULL, NULL}};
    parts p = {.cases = cases,
               .items = calloc(n_parts + 1, sizeof *p.items),
               .reader = &what,
               .workspaces = cases->workspaces != NULL ? cases->workspaces : &own_memory,
               .out = out};
    frem_change *own = calloc(n_changes + 1, sizeof *own);
    frem_status status = p.items != NULL && own != NULL ? FREM_OK : FREM_NO_MEMORY;
    for (size_t i = 0; i < n_changes && status == FREM_OK; i++)
        own[i] = changes[i];
    if (status == FREM_OK)
        status = make_reader(cases, &what);
    if (status == FREM_OK)
        status = frem_workspaces_for(p.workspaces, cases->pool);
    if (status == FREM_OK && !cut(&p, n, own, n_changes))
        status = FREM_DEFECT;
    if (status == FREM_OK)
        status = project_parts(&p, cases, n_parts);
    for (size_t i = 0; i < n_parts && status == FREM_INVALID; i++) {
        if (p.items[i].refused) {
            status = explain(&p, &p.items[i], refused);
            break;
        }
    }
    free_reader(&what);
    frem_workspaces_end(&own_memory);
    free(own);
    free(p.items);
    return status;
}

frem_status frem_cases_known(const frem_cases *cases, const double *values) {
    for (size_t i = 0; i < cases->n_addresses; i++) {
        if (isfinite(values[i]))
            continue;
        char *text = frem_address_text(&cases->addresses[i]);
        const frem_status status =
            text == NULL ? FREM_NO_MEMORY : FREM_PROBLEM(cases->diags, in_command, ADDRESS_NOTHING, text);
        free(text);
        return status == FREM_INVALID ? FREM_USAGE : status;
    }
    return FREM_OK;
}

frem_status frem_target_read(frem_arena *arena, const frem_model *model, const char *text, unsigned allowed,
                             frem_address *address, double *wanted, frem_diags *diags) {
    const char *sign = strrchr(text, '=');
    if (sign == NULL || sign[1] == '\0')
        return FREM_PROBLEM(diags, in_command, TARGET_FORM, text);
    const char *of = frem_arena_text(arena, text, (size_t)(sign - text));
    if (of == NULL)
        return FREM_NO_MEMORY;
    const frem_status status = frem_address_read(address, model, of, allowed, in_command, diags);
    if (status != FREM_OK)
        return status;
    const bool counts = strcmp(frem_measure_find(address->measure)->unit, "ratio") != 0;
    return frem_quantity_given(diags, in_command, "--target", sign + 1, strlen(sign + 1), counts, wanted);
}
