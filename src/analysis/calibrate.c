/* Fitting what is unknown of a scenario to what was observed: every Jacobian and every look is one batch of cases. */
#include "analysis/calibrate.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/cases.h"
#include "analysis/judge.h"
#include "base/number.h"
#include "base/problem.h"
#include "base/text.h"

static const frem_place in_command = {"fremskriv", 0, 0};

enum {
    STARTS = 5,
    MANY =
        30 /* observations more than values: that all lie within a standard deviation by chance is unheard of */
};

/* ---- what is sought ---- */

/* Whether two models mean the same unknown: written at one place. */
static bool same_unknown(const frem_value *a, const frem_value *b) {
    const frem_place x = a->unknown.head.place, y = b->unknown.head.place;
    return strcmp(a->head.path, b->head.path) == 0 && x.line == y.line && x.column == y.column &&
           x.file != NULL && y.file != NULL && strcmp(x.file, y.file) == 0;
}

static frem_status add_sought(frem_calibration *c, size_t model, size_t place) {
    const frem_value *value = c->models[model]->scenario->parameters.items[place];
    for (size_t i = 0; i < c->n_sought; i++) {
        if (same_unknown(c->sought[i].value, value)) {
            c->sought[i].places[model] = place;
            return FREM_OK;
        }
    }
    frem_sought *sought = &c->sought[c->n_sought];
    *sought = (frem_sought){.value = value, .path = value->head.path, .model = model};
    sought->places = frem_arena_alloc(c->arena, c->n_models, sizeof *sought->places);
    if (sought->places == NULL)
        return FREM_NO_MEMORY;
    for (size_t m = 0; m < c->n_models; m++)
        sought->places[m] = SIZE_MAX;
    sought->places[model] = place;
    c->min[c->n_sought] = value->unknown.min;
    c->max[c->n_sought] = value->unknown.max;
    c->n_sought++;
    return FREM_OK;
}

static frem_status find_sought(frem_calibration *c) {
    size_t most = 0;
    for (size_t m = 0; m < c->n_models; m++)
        most += c->models[m]->scenario->parameters.count;
    c->sought = frem_arena_alloc(c->arena, most + 1, sizeof *c->sought);
    c->min = frem_arena_alloc(c->arena, most + 1, sizeof *c->min);
    c->max = frem_arena_alloc(c->arena, most + 1, sizeof *c->max);
    frem_status status = c->sought != NULL && c->min != NULL && c->max != NULL ? FREM_OK : FREM_NO_MEMORY;
    for (size_t m = 0; m < c->n_models; m++) {
        for (size_t i = 0; i < c->models[m]->scenario->parameters.count && status == FREM_OK; i++) {
            const frem_value *value = c->models[m]->scenario->parameters.items[i];
            if (value->unknown.head.node != NULL && c->models[m]->series[i].at != NULL)
                status = add_sought(c, m, i);
        }
    }
    const frem_place file = {c->models[0]->scenario->source->path, 0, 0};
    return status == FREM_OK && c->n_sought == 0
               ? FREM_PROBLEM(c->diags, file, CALIBRATE_NO_UNKNOWN, c->models[0]->scenario->name)
               : status;
}

/* ---- what was seen ---- */

/* Whether an earlier model has the observation, at the same place of a file. */
static bool seen_before(const frem_calibration *c, const frem_observation *as) {
    const frem_place a = as->as->head.place;
    for (size_t i = 0; i < c->n_seen; i++) {
        const frem_place b = c->seen[i].as->as->head.place;
        if (a.line == b.line && a.column == b.column && strcmp(a.file, b.file) == 0)
            return true;
    }
    return false;
}

static frem_status add_seen(frem_calibration *c, size_t model, const frem_observation *as) {
    frem_seen_addresses *of = &c->addresses[model];
    if (!frem_observation_within(as, c->models[model])) {
        c->left_out++;
        return FREM_OK;
    }
    if (!(as->as->tolerance > 0))
        return FREM_PROBLEM(c->diags, frem_entry_place(&as->as->head, "tolerance"), CALIBRATE_TOLERANCE,
                            as->text);
    c->seen[c->n_seen++] = (frem_seen){.as = as, .model = model, .place = of->n};
    of->items[of->n++] = as->address;
    return FREM_OK;
}

static frem_status find_seen(frem_calibration *c) {
    size_t most = 0;
    frem_status status = FREM_OK;
    for (size_t m = 0; m < c->n_models; m++)
        most += c->models[m]->scenario->observed.count;
    c->seen = frem_arena_alloc(c->arena, most + 1, sizeof *c->seen);
    c->addresses = frem_arena_alloc(c->arena, c->n_models, sizeof *c->addresses);
    if (c->seen == NULL || c->addresses == NULL)
        return FREM_NO_MEMORY;
    for (size_t m = 0; m < c->n_models; m++) {
        frem_observation *list;
        size_t n = 0;
        c->addresses[m] = (frem_seen_addresses){NULL, 0};
        const frem_status read = frem_observations_read(&list, &n, c->arena, c->models[m], c->diags);
        if (read == FREM_OK)
            c->addresses[m].items = frem_arena_alloc(c->arena, n + 1, sizeof(frem_address));
        if (read != FREM_OK || c->addresses[m].items == NULL)
            return read != FREM_OK ? read : FREM_NO_MEMORY;
        for (size_t i = 0; i < n; i++) {
            const frem_status one = seen_before(c, &list[i]) ? FREM_OK : add_seen(c, m, &list[i]);
            status = one != FREM_OK && (status == FREM_OK || one != FREM_INVALID) ? one : status;
        }
    }
    const frem_place file = {c->models[0]->scenario->source->path, 0, 0};
    return status == FREM_OK && c->n_seen == 0
               ? FREM_PROBLEM(c->diags, file, CALIBRATE_NO_OBSERVED, c->models[0]->scenario->name)
               : status;
}

/* ---- projecting ---- */

/* What a value of something unknown does to a model's parameter. */
static frem_change change_to(const frem_value *value, size_t parameter, size_t lane, double x) {
    const frem_unknown *unknown = &value->unknown;
    frem_change change = {.parameter = parameter,
                          .lane = lane,
                          .kind = FREM_CHANGE_SET,
                          .first_year = value->from > 0 ? (int)value->from : 0};
    switch ((frem_unknown_as)unknown->as) {
    case FREM_UNKNOWN_VALUE:
        change.number = frem_value_changed(value, x);
        break;
    case FREM_UNKNOWN_TIMES:
        change.kind = FREM_CHANGE_MULTIPLY;
        change.number = x / unknown->start;
        break;
    case FREM_UNKNOWN_ADD:
        change.kind = FREM_CHANGE_ADD;
        change.number = x - unknown->start;
        break;
    }
    return change;
}

/* Says at which values the scenario could not be projected. */
static frem_status refuse(const frem_calibration *c, const double *at) {
    enum { SHOWN = 6 };
    frem_text list = {0};
    for (size_t k = 0; k < c->n_sought && k < SHOWN; k++) {
        char number[32];
        (void)frem_number_brief(number, at[k], (double)NAN);
        frem_text_print(&list, "%s%s = %s", k > 0 ? ", " : "", c->sought[k].path, number);
    }
    if (c->n_sought > SHOWN)
        frem_text_add(&list, ", ...");
    const frem_status status =
        list.failed ? FREM_NO_MEMORY : FREM_PROBLEM(c->diags, in_command, CALIBRATE_POINT, list.bytes);
    frem_text_free(&list);
    return status == FREM_INVALID ? FREM_NO_SOLUTION : status;
}

/* The results at addresses of a model. @param at [case][sought]. @param[out] out [case][address]. */
static frem_status project(frem_calibration *c, size_t model, const frem_seen_addresses *addresses, size_t n,
                           const double *at, double *out) {
    frem_cases cases = {.model = c->models[model],
                        .addresses = addresses->items,
                        .n_addresses = addresses->n,
                        .pool = c->pool,
                        .isa = c->isa,
                        .progress = c->progress,
                        .done = c->done,
                        .diags = c->diags};
    size_t n_changes = 0, refused = 0;
    frem_change *changes = calloc(n * c->n_sought + 1, sizeof *changes);
    if (changes == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < c->n_sought; k++) {
            const frem_sought *sought = &c->sought[k];
            if (sought->places[model] != SIZE_MAX)
                changes[n_changes++] = change_to(frem_sought_value(c, sought, model), sought->places[model],
                                                 i, at[i * c->n_sought + k]);
        }
    }
    frem_status status = frem_cases_at(&cases, n, changes, n_changes, out, &refused);
    c->done = cases.done;
    if (status == FREM_INVALID)
        status = refuse(c, at + refused * c->n_sought);
    free(changes);
    return status;
}

/* Whether the results have something at every address: those that are observed must be there. */
static frem_status check_known(const frem_calibration *c, size_t model, const double *results) {
    for (size_t s = 0; s < c->n_seen; s++) {
        if (c->seen[s].model == model && !isfinite(results[c->seen[s].place]))
            return frem_observation_nothing(c->seen[s].as, c->diags);
    }
    return FREM_OK;
}

/* Takes the results of all models into what is made of them. */
typedef void (*frem_take_result)(const frem_calibration *c, size_t at, size_t seen, double result, void *out);

static frem_status project_all(frem_calibration *c, size_t n, const double *at, frem_take_result take,
                               void *out) {
    frem_status status = FREM_OK;
    for (size_t m = 0; m < c->n_models && status == FREM_OK; m++) {
        const size_t n_addresses = c->addresses[m].n;
        double *results = n_addresses > 0 ? calloc(n * n_addresses, sizeof *results) : NULL;
        if (n_addresses == 0)
            continue;
        status = results != NULL ? project(c, m, &c->addresses[m], n, at, results) : FREM_NO_MEMORY;
        for (size_t i = 0; i < n && status == FREM_OK; i++) {
            status = check_known(c, m, results + i * n_addresses);
            for (size_t s = 0; s < c->n_seen && status == FREM_OK; s++) {
                if (c->seen[s].model == m)
                    take(c, i, s, results[i * n_addresses + c->seen[s].place], out);
            }
        }
        free(results);
    }
    return status;
}

static void take_miss(const frem_calibration *c, size_t at, size_t seen, double result, void *out) {
    const frem_observed *as = c->seen[seen].as->as;
    ((double *)out)[at * c->n_seen + seen] = (result - as->value) / as->tolerance;
}

static frem_status misses(void *context, size_t n, const double *at, double *out) {
    return project_all(context, n, at, take_miss, out);
}

static void take_fitted(const frem_calibration *c, size_t at, size_t seen, double result, void *out) {
    (void)at;
    (void)out;
    c->seen[seen].fitted = result;
}

/* ---- over years ---- */

/* Whether two observations are of one result in two years. */
static bool same_curve(const frem_seen *x, const frem_seen *y) {
    const frem_address *a = &x->as->address, *b = &y->as->address;
    return x->model == y->model && a->years == FREM_ADDRESS_YEAR && b->years == FREM_ADDRESS_YEAR &&
           strcmp(a->measure, b->measure) == 0 && strcmp(a->profession, b->profession) == 0 &&
           strcmp(a->region, b->region) == 0 && strcmp(a->sector, b->sector) == 0;
}

/* How many observations there are of a result; 0 where an earlier one is of it too. */
static size_t count_years(const frem_calibration *c, size_t i) {
    size_t n = 0;
    for (size_t k = 0; k < c->n_seen; k++) {
        if (!same_curve(&c->seen[k], &c->seen[i]))
            continue;
        if (k < i)
            return 0;
        n++;
    }
    return n;
}

static frem_status fill_curve(frem_calibration *c, frem_seen_curve *curve, const frem_seen *seen) {
    const frem_model *model = c->models[seen->model];
    const size_t n = model->steps;
    frem_seen_addresses years = {frem_arena_alloc(c->arena, n, sizeof *years.items), n};
    double *numbers = frem_arena_alloc(c->arena, 4 * n, sizeof *numbers);
    if (years.items == NULL || numbers == NULL)
        return FREM_NO_MEMORY;
    *curve = (frem_seen_curve){seen, numbers, numbers + n, numbers + 2 * n, numbers + 3 * n};
    for (size_t t = 0; t < n; t++) {
        years.items[t] = seen->as->address;
        years.items[t].first_year = years.items[t].last_year = model->base + (int)t;
        curve->observed[t] = curve->low[t] = curve->high[t] = (double)NAN;
    }
    for (size_t k = 0; k < c->n_seen; k++) {
        const frem_observed *as = c->seen[k].as->as;
        if (!same_curve(&c->seen[k], seen))
            continue;
        const size_t t = (size_t)(c->seen[k].as->address.last_year - model->base);
        curve->observed[t] = as->value;
        curve->low[t] = as->value - as->tolerance;
        curve->high[t] = as->value + as->tolerance;
    }
    return project(c, seen->model, &years, 1, c->ends[0].at, curve->fitted);
}

/* What a figure shows over years: results with several observations. */
static frem_status find_curves(frem_calibration *c) {
    enum { LEAST = 3, MOST = 12 };
    frem_status status = FREM_OK;
    c->curves = frem_arena_alloc(c->arena, MOST, sizeof *c->curves);
    if (c->curves == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < c->n_seen && c->n_curves < MOST && status == FREM_OK; i++) {
        const frem_model *first = c->models[0], *model = c->models[c->seen[i].model];
        if (count_years(c, i) >= LEAST && model->base == first->base && model->steps == first->steps)
            status = fill_curve(c, &c->curves[c->n_curves++], &c->seen[i]);
    }
    return status;
}

/* ---- what the fit says ---- */

/* Whether anything observed moves as a value goes from bound to bound, the others at the fit. */
static frem_status find_movers(frem_calibration *c) {
    const size_t p = c->n_sought, n = c->n_seen;
    double *at = calloc(2 * p * p, sizeof *at), *out = calloc(2 * p * n, sizeof *out);
    frem_status status = at != NULL && out != NULL ? FREM_OK : FREM_NO_MEMORY;
    for (size_t i = 0; i < 2 * p && status == FREM_OK; i++) {
        memcpy(at + i * p, c->ends[0].at, p * sizeof *at);
        at[i * p + i / 2] = i % 2 == 0 ? c->min[i / 2] : c->max[i / 2];
    }
    if (status == FREM_OK)
        status = misses(c, 2 * p, at, out);
    for (size_t i = 0; i < 2 * p && status == FREM_OK; i++) {
        for (size_t s = 0; s < n; s++) {
            const frem_observed *as = c->seen[s].as->as;
            const double miss = (c->seen[s].fitted - as->value) / as->tolerance;
            c->sought[i / 2].moves = c->sought[i / 2].moves || fabs(out[i * n + s] - miss) > 1e-6;
        }
    }
    free(out);
    free(at);
    return status;
}

static const char *status_of(const frem_calibration *c, const frem_sought *sought, size_t k) {
    if (!sought->moves || (sought->open_low && sought->open_high))
        return "flat";
    if (c->ends[0].held[k])
        return sought->at <= c->min[k] ? "at_min" : "at_max";
    return sought->open_low || sought->open_high ? "one_sided" : "bounded";
}

/* The interval of each value. */
static frem_status find_limits(frem_calibration *c) {
    frem_status status = FREM_OK;
    for (size_t k = 0; k < c->n_sought && status == FREM_OK; k++) {
        frem_sought *sought = &c->sought[k];
        const double variance = c->spread.covariance[k * c->n_sought + k];
        sought->at = c->ends[0].at[k];
        sought->se = sqrt(variance); /* NaN of NaN */
        sought->low = c->min[k];
        sought->high = c->max[k];
        sought->open_low = sought->open_high = true;
        if (sought->moves)
            status = frem_fit_profile(&c->fit, &c->ends[0], &c->spread, k, -1, FREM_CALIBRATION_RISE,
                                      &sought->low, &sought->open_low);
        if (sought->moves && status == FREM_OK)
            status = frem_fit_profile(&c->fit, &c->ends[0], &c->spread, k, 1, FREM_CALIBRATION_RISE,
                                      &sought->high, &sought->open_high);
        sought->status = status_of(c, sought, k);
    }
    return status;
}

/* How many observations lie outside their tolerance. */
static size_t count_outside(const frem_calibration *c) {
    size_t n = 0;
    for (size_t i = 0; i < c->n_seen; i++)
        n += !frem_observation_agrees(c->seen[i].as, c->seen[i].fitted);
    return n;
}

/* Were tolerances standard deviations, a third of the residuals would be larger. That all of many can be smaller says that
 * they are limits, such as roundings: then the answer is the nearest one to that of least squares which keeps them all. */
static frem_status go_inside(frem_calibration *c) {
    const size_t outside = count_outside(c);
    bool found = false;
    if (outside == 0 || c->n_seen < c->spread.rank + MANY)
        return FREM_OK;
    frem_status status = frem_fit_inside(&c->fit, 0.99, &c->ends[0], &found);
    if (status == FREM_OK && !found)
        status = frem_fit_inside(&c->fit, 0.9999, &c->ends[0], &found);
    if (status != FREM_OK || !found)
        return status;
    c->outside_before = outside;
    for (size_t k = 0; k < c->n_sought; k++) {
        frem_sought *sought = &c->sought[k];
        sought->at = c->ends[0].at[k];
        sought->low = fmin(sought->low, sought->at);
        sought->high = fmax(sought->high, sought->at);
    }
    return project_all(c, 1, c->ends[0].at, take_fitted, NULL);
}

static frem_status fit(frem_calibration *c, size_t starts) {
    c->fit = (frem_fit){c->n_sought, c->n_seen, c->min, c->max, misses, c, NULL};
    c->ends = calloc(starts, sizeof *c->ends);
    frem_status status = c->ends != NULL ? FREM_OK : FREM_NO_MEMORY;
    for (size_t i = 0; i < starts && status == FREM_OK; i++) {
        status = frem_fit_end_new(&c->ends[i], c->n_sought);
        c->n_ends++;
    }
    for (size_t k = 0; k < c->n_sought && status == FREM_OK; k++)
        c->ends[0].at[k] = c->sought[k].value->unknown.start;
    if (status == FREM_OK)
        status = frem_fit_kept_new(&c->fit.kept, c->n_sought, c->n_seen);
    if (status == FREM_OK)
        status = frem_fit_search(&c->fit, c->ends, starts);
    if (status == FREM_OK)
        status = project_all(c, 1, c->ends[0].at, take_fitted, NULL);
    if (status == FREM_OK)
        status = frem_fit_spread_new(&c->fit, &c->ends[0], &c->spread);
    if (status == FREM_OK)
        status = find_movers(c);
    if (status == FREM_OK)
        status = find_limits(c);
    if (status == FREM_OK)
        status = go_inside(c);
    return status == FREM_OK ? find_curves(c) : status;
}

/* ---- the command ---- */

static frem_status check_models(const frem_calibration *c) {
    const frem_scenario *first = c->models[0]->scenario;
    frem_status status = FREM_OK;
    for (size_t m = 0; m < c->n_models && status == FREM_OK; m++) {
        const frem_place file = {c->models[m]->scenario->source->path, 0, 0};
        if (c->models[m]->scenario->draft != first->draft)
            status = FREM_PROBLEM(c->diags, in_command, ONE_WITH_VARIANTS, "calibrate");
        else if (!frem_model_projects(c->models[m]))
            status = FREM_PROBLEM(c->diags, file, NOTHING_TO_PROJECT, file.file);
    }
    return status == FREM_INVALID ? FREM_USAGE : status;
}

static frem_status calibrate(frem_calibration *c, size_t starts, unsigned threads) {
    frem_status status = check_models(c);
    if (status == FREM_OK)
        status = find_sought(c);
    if (status == FREM_OK || status == FREM_INVALID) {
        const frem_status seen = find_seen(c); /* both problems in one run */
        status = status == FREM_OK || seen == FREM_NO_MEMORY ? seen : status;
    }
    if (status == FREM_OK)
        status = frem_pool_new(&c->pool, threads);
    return status == FREM_OK ? fit(c, starts) : status;
}

frem_status frem_calibrate_new(frem_results **out, const frem_sources *sources,
                               const frem_model *const *models, size_t n_models,
                               const frem_calibrate_options *options, const frem_run_options *run,
                               frem_diags *diags) {
    frem_calibration c = {.models = models,
                          .n_models = n_models,
                          .isa = frem_results_isa(run->isa),
                          .progress = run->progress,
                          .diags = diags};
    *out = NULL;
    if (c.isa == FREM_ISA_COUNT || n_models == 0)
        return FREM_USAGE;
    frem_status status = frem_arena_new(&c.arena);
    if (status == FREM_OK)
        status = calibrate(&c, options->starts > 0 ? options->starts : STARTS, run->threads);
    if (status == FREM_OK)
        status = frem_calibration_answer(&c, sources, run, out);
    for (size_t i = 0; i < c.n_ends; i++)
        frem_fit_end_free(&c.ends[i]);
    free(c.ends);
    frem_fit_kept_free(c.fit.kept);
    frem_fit_spread_free(&c.spread);
    frem_pool_free(c.pool);
    frem_arena_free(c.arena);
    return status;
}
