#include "analysis/montecarlo_draws.h"

#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/judge.h"
#include "analysis/montecarlo_headline.h"
#include "base/number.h"
#include "base/problem.h"
#include "base/progress.h"
#include "numeric/distribution.h"

const char *const frem_statistic_names[FREM_STATISTICS] = {"mean", "sd",  "p05", "p10", "p25",
                                                           "p50",  "p75", "p90", "p95", "p_short"};
static const double shares[] = {0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95};
enum { SHARES = sizeof shares / sizeof *shares };

/* A gap that is written as less than 0; what is nearer to 0 is rounding. */
#define SHORT_BELOW (-5e-7)

/* ---- rows ---- */

/* Which row a result belongs to, by what it is about. */
typedef struct look_up {
    size_t areas, professions, sectors; /* with the sums */
    int32_t *row;                       /* [step][area][profession][sector][measure]; -1: none */
} look_up;

static size_t place_of(const look_up *l, const frem_result_row *row) {
    const size_t about = (row->step * l->areas + row->area) * l->professions + row->profession;
    return (about * l->sectors + row->sector) * FREM_M_COUNT + (size_t)row->measure;
}

typedef struct collecting {
    frem_sample *drawing;
    size_t capacity;
} collecting;

static frem_status collect(void *context, const frem_result_row *row) {
    collecting *c = context;
    frem_sample *d = c->drawing;
    if (d->n_rows == c->capacity) {
        const size_t capacity = 2 * c->capacity + 256;
        frem_result_row *more = realloc(d->rows, capacity * sizeof *more);
        if (more == NULL)
            return FREM_NO_MEMORY;
        d->rows = more;
        c->capacity = capacity;
    }
    d->rows[d->n_rows++] = *row;
    return FREM_OK;
}

/* How many rows of draws are held together. */
static size_t rows_of_pass(const frem_sample *d) {
    const size_t rows = d->memory / (d->n * sizeof(double));
    return rows == 0 ? 1 : rows < d->n_rows || d->n_rows == 0 ? rows : d->n_rows;
}

frem_status frem_sample_begin(frem_sample *d) {
    frem_arena *arena;
    frem_core_results *projection;
    collecting c = {d, 0};
    frem_status status = frem_arena_new(&arena);
    if (status != FREM_OK)
        return status;
    status =
        frem_model_project(d->model, d->model->as_is, false, d->pool, d->isa, arena, &projection, d->diags);
    if (status == FREM_OK)
        status = frem_results_each(d->model->as_is, projection, 0, &d->filter, collect, &c);
    frem_arena_free(arena);
    d->passes = (d->n_rows + rows_of_pass(d) - 1) / rows_of_pass(d);
    d->total = d->passes * d->n;
    return status;
}

void frem_sample_end(frem_sample *d) {
    free(d->rows);
    frem_draws_free(d->draws);
    frem_workspaces_end(&d->workspaces);
    d->rows = NULL;
    d->draws = NULL;
}

static frem_status make_look_up(const frem_sample *d, look_up *out) {
    const frem_model *m = d->model;
    *out = (look_up){.areas = m->reported + m->n_groups + 1,
                     .professions = frem_index_count(m->professions) + 1,
                     .sectors = frem_index_count(m->sectors) + 1};
    const size_t n = m->steps * out->areas * out->professions * out->sectors * FREM_M_COUNT;
    out->row = malloc(n * sizeof *out->row);
    if (out->row == NULL)
        return FREM_NO_MEMORY;
    memset(out->row, 0xFF, n * sizeof *out->row);
    for (size_t i = 0; i < d->n_rows; i++)
        out->row[place_of(out, &d->rows[i])] = (int32_t)i;
    return FREM_OK;
}

/* ---- draws ---- */

frem_status frem_sample_changes(const frem_sample *d, size_t first, size_t n, double *numbers,
                                frem_change *changes) {
    const frem_randoms *u = d->randoms;
    double *scratch = malloc((u->numbers + 1) * sizeof *scratch);
    if (scratch == NULL)
        return FREM_NO_MEMORY;
    for (size_t lane = 0; lane < n; lane++) {
        double *own = numbers + lane * u->numbers;
        for (size_t i = 0; i < u->n; i++) {
            const frem_random *one = &u->items[i];
            for (size_t k = 0; k < one->numbers; k++)
                own[one->dimension + k] = frem_draws_at(d->draws, one->address, (uint32_t)k,
                                                        one->dimension + k, (uint32_t)(first + lane));
        }
        frem_randoms_draw(u, own, scratch);
        frem_randoms_changes(u, own, lane, changes + lane * u->n_changes);
    }
    free(scratch);
    return FREM_OK;
}

/* A pass over all draws, for some of the rows. */
typedef struct pass {
    frem_sample *drawing;
    const look_up *look_up;
    frem_row_filter filter;
    size_t from, to;        /* rows */
    double *values;         /* [row of the pass][draw] */
    size_t first;           /* draw of the wave */
    atomic_size_t done;     /* draws projected so far, over all passes */
    size_t row;             /* the first whose statistics are worked out */
    bool *refused;          /* [block of the wave] */
    frem_pool *inner;       /* shares one block's work */
    double *statistics;     /* [row of all][statistic] */
    double *scratch;        /* [worker][draw] */
    unsigned short *bins;   /* [worker][draw] */
    frem_headline headline; /* of the first pass, whichever rows it has */
    double *spoken;         /* [draw] values of the headline */
} pass;

/* Where the rows of a lane go. */
typedef struct reading {
    const pass *pass;
    size_t draw;
} reading;

static frem_status take(void *context, const frem_result_row *row) {
    const reading *r = context;
    const pass *p = r->pass;
    const int32_t at = p->look_up->row[place_of(p->look_up, row)];
    if (at >= 0 && (size_t)at == p->headline.row)
        p->spoken[r->draw] = row->value;
    if (at >= 0 && (size_t)at >= p->from && (size_t)at < p->to)
        p->values[((size_t)at - p->from) * p->drawing->n + r->draw] = row->value;
    return FREM_OK;
}

/* Projects some draws. @param pass where their rows go; NULL where only their problems are asked for. */
static frem_status project(frem_workspace *workspace, const frem_sample *d, const pass *p, size_t first,
                           size_t n, frem_diags *diags) {
    double *numbers = malloc((n * d->randoms->numbers + 1) * sizeof *numbers);
    frem_change *changes = malloc((n * d->randoms->n_changes + 1) * sizeof *changes);
    const frem_case_batch batch = {
        .model = d->model, .n = n, .changes = changes, .n_changes = n * d->randoms->n_changes};
    frem_status status = numbers != NULL && changes != NULL
                             ? frem_sample_changes(d, first, n, numbers, changes)
                             : FREM_NO_MEMORY;
    if (status == FREM_OK)
        status = frem_workspace_project(workspace, &batch, p != NULL ? p->inner : NULL, d->isa, diags);
    reading readings[FREM_LANES];
    void *contexts[FREM_LANES];
    for (size_t lane = 0; lane < n; lane++) {
        readings[lane] = (reading){p, first + lane};
        contexts[lane] = &readings[lane];
    }
    if (p != NULL && status == FREM_OK)
        status = frem_results_lanes(workspace->batch, workspace->projection, n, &p->filter, take, contexts);
    free(changes);
    free(numbers);
    return status;
}

static frem_status do_block(void *context, size_t item, unsigned worker) {
    pass *p = context;
    const frem_sample *d = p->drawing;
    const size_t first = p->first + item * FREM_LANES, left = d->n - first,
                 n = left < FREM_LANES ? left : FREM_LANES;
    /* Worker 0 is the caller's thread, which alone may report and be asked to stop. */
    frem_status status =
        worker == 0 ? frem_progress_at(d->progress, FREM_PHASE_PROJECT, atomic_load(&p->done), d->total)
                    : FREM_OK;
    if (status == FREM_OK)
        status = project(d->workspaces.of[worker], d, p, first, n, NULL);
    p->refused[item] = status == FREM_INVALID;
    atomic_fetch_add(&p->done, n);
    return status;
}

static void add_number(frem_text *text, const frem_random *u, double number) {
    char digits[32];
    frem_number_shortest(digits, number);
    frem_text_print(text, "%s%s = %s", text->length > 0 ? ", " : "", u->given->head.key, digits);
}

frem_status frem_sample_explain(const frem_sample *d, size_t draw) {
    static const frem_place in_command = {"fremskriv", 0, 0};
    const frem_randoms *u = d->randoms;
    frem_status status = project(d->workspaces.of[0], d, NULL, draw, 1, d->diags);
    if (status != FREM_INVALID)
        return status;
    double *numbers = malloc((u->numbers + 1) * sizeof *numbers);
    frem_change *changes = malloc((u->n_changes + 1) * sizeof *changes);
    frem_text text = {0};
    char which[32];
    if (numbers != NULL && changes != NULL && frem_sample_changes(d, draw, 1, numbers, changes) == FREM_OK) {
        for (size_t i = 0; i < u->n; i++)
            add_number(&text, &u->items[i], numbers[u->items[i].dimension]);
    }
    (void)snprintf(which, sizeof which, "%zu", draw + 1);
    status = FREM_PROBLEM(d->diags, in_command, DRAWS_DRAW, which, text.bytes != NULL ? text.bytes : "");
    frem_text_free(&text);
    free(numbers);
    free(changes);
    return status;
}

/* Names the first draw of a wave that cannot be projected: workers may not share the problems. */
static frem_status explain(const pass *p, size_t blocks) {
    for (size_t b = 0; b < blocks; b++) {
        const size_t first = p->first + b * FREM_LANES;
        for (size_t i = 0; i < FREM_LANES && first + i < p->drawing->n && p->refused[b]; i++) {
            const frem_status status = frem_sample_explain(p->drawing, first + i);
            if (status != FREM_OK)
                return status;
        }
    }
    return FREM_DEFECT;
}

/* Projects some blocks together. */
static frem_status project_wave(pass *p, size_t blocks) {
    frem_sample *d = p->drawing;
    const size_t left = d->n - p->first, draws = blocks * FREM_LANES < left ? blocks * FREM_LANES : left;
    p->inner = blocks == 1 ? d->pool : NULL;
    frem_status status = frem_pool_each(blocks == 1 ? NULL : d->pool, blocks, do_block, p);
    if (status == FREM_INVALID)
        status = explain(p, blocks);
    if (status == FREM_OK && p->from == 0)
        frem_headline_say(&p->headline, p->spoken, p->first + draws, p->scratch, p->bins);
    return status;
}

/* Projects all draws, some blocks a thread at a time, so that what is known so far is said. */
static frem_status project_all(pass *p) {
    enum { BLOCKS_A_THREAD = 16 };
    const frem_sample *d = p->drawing;
    const size_t wave = BLOCKS_A_THREAD * frem_pool_threads(d->pool);
    frem_status status = FREM_OK;
    p->refused = calloc(wave, sizeof *p->refused);
    if (p->refused == NULL)
        return FREM_NO_MEMORY;
    for (p->first = 0; p->first < d->n && status == FREM_OK; p->first += wave * FREM_LANES) {
        const size_t left = (d->n - p->first + FREM_LANES - 1) / FREM_LANES;
        status = project_wave(p, left < wave ? left : wave);
    }
    free(p->refused);
    return status;
}

/* ---- statistics ---- */

static frem_status do_row(void *context, size_t item, unsigned worker) {
    const pass *p = context;
    const size_t n = p->drawing->n, row = p->row + item;
    const double *values = p->values + (row - p->from) * n;
    double *out = p->statistics + row * FREM_STATISTICS;
    size_t below = 0;
    bool lacks = false;
    for (size_t i = 0; i < n; i++) {
        lacks = lacks || isnan(values[i]);
        below += values[i] < SHORT_BELOW;
    }
    for (size_t k = 0; k < FREM_STATISTICS; k++)
        out[k] = (double)NAN;
    if (lacks)
        return FREM_OK;
    frem_moments(values, n, &out[FREM_STATISTIC_MEAN], &out[FREM_STATISTIC_SD]);
    frem_quantiles(values, n, shares, SHARES, p->scratch + worker * n, p->bins + worker * n,
                   out + FREM_STATISTIC_QUANTILES);
    if (p->drawing->rows[row].measure == FREM_M_GAP)
        out[FREM_STATISTIC_SHORT] = (double)below / (double)n;
    return FREM_OK;
}

/* A filter that leaves the years of the pass's rows. */
static void narrow(pass *p, bool *steps) {
    const frem_sample *d = p->drawing;
    memset(steps, 0, d->model->steps * sizeof *steps);
    for (size_t i = p->from; i < p->to; i++)
        steps[d->rows[i].step] = true;
    if (p->from == 0 && p->headline.row != SIZE_MAX)
        steps[d->rows[p->headline.row].step] = true;
    p->filter = d->filter;
    p->filter.steps = steps;
}

static frem_status pass_over(pass *p, bool *steps) {
    enum { SOME = 1000000 };
    const frem_sample *d = p->drawing;
    narrow(p, steps);
    for (size_t i = 0; i < (p->to - p->from) * d->n; i++)
        p->values[i] = (double)NAN;
    frem_status status = project_all(p);
    /* Some rows at a time, so that it can be interrupted: those of a million numbers, a tenth of a second. */
    const size_t some = SOME / d->n + frem_pool_threads(d->pool);
    for (p->row = p->from; p->row < p->to && status == FREM_OK; p->row += some) {
        status = frem_progress_at(d->progress, FREM_PHASE_PROJECT, atomic_load(&p->done), d->total);
        if (status == FREM_OK)
            status = frem_pool_each(d->pool, p->to - p->row < some ? p->to - p->row : some, do_row, p);
    }
    return status;
}

frem_status frem_sample_statistics(frem_sample *d, double *values) {
    const size_t together = rows_of_pass(d), threads = frem_pool_threads(d->pool);
    look_up l = {0};
    bool *steps = calloc(d->model->steps, sizeof *steps);
    pass p = {.drawing = d,
              .look_up = &l,
              .values = malloc(together * d->n * sizeof *p.values),
              .scratch = malloc(threads * d->n * sizeof *p.scratch),
              .bins = malloc(threads * d->n * sizeof *p.bins),
              .spoken = malloc(d->n * sizeof *p.spoken),
              .statistics = values};
    frem_status status = make_look_up(d, &l);
    if (status == FREM_OK)
        status = frem_workspaces_for(&d->workspaces, d->pool);
    if (p.values == NULL || p.scratch == NULL || p.bins == NULL || p.spoken == NULL || steps == NULL)
        status = FREM_NO_MEMORY;
    frem_headline_choose(&p.headline, d);
    for (p.from = 0; p.from < d->n_rows && status == FREM_OK; p.from = p.to) {
        p.to = d->n_rows - p.from < together ? d->n_rows : p.from + together;
        status = pass_over(&p, steps);
    }
    if (status == FREM_OK)
        status = frem_progress_at(d->progress, FREM_PHASE_PROJECT, d->total, d->total);
    free(l.row);
    free(steps);
    free(p.spoken);
    free(p.bins);
    free(p.scratch);
    free(p.values);
    return status;
}
