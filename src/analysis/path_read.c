/* What is wanted of a path: options read against the model. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "analysis/address.h"
#include "analysis/judge.h"
#include "analysis/path.h"
#include "base/number.h"
#include "base/problem.h"
#include "frame/measures.h"

static const frem_place in_command = {"fremskriv", 0, 0};

static frem_status wrong_number(frem_diags *diags, const char *option, double number, const char *range) {
    char text[32];
    (void)frem_number_shortest(text, number);
    return FREM_PROBLEM(diags, in_command, OPTION_VALUE, option, text, range);
}

/* ---- what has a path ---- */

/* The programme whose intake or places a parameter is; NULL for another parameter. */
static const frem_programme *programme_of(const frem_model *model, size_t parameter) {
    const frem_scenario *s = model->scenario;
    for (size_t i = 0; i < s->programmes.count; i++) {
        const frem_programme *programme = &s->programmes.items[i];
        if (programme->intake.parameter == parameter || programme->places.parameter == parameter)
            return programme;
    }
    return NULL;
}

static void name_varied(const frem_model *model, frem_path_varied *v) {
    const frem_programme *programme = programme_of(model, v->parameter);
    v->varied.path = model->scenario->parameters.items[v->parameter]->head.path; /* which outlives the wish */
    v->profession = programme != NULL ? programme->leads_to : NULL;
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
        const char *label = programme != NULL ? programme->label.text[lang] : NULL;
        v->label.text[lang] = label != NULL       ? label
                              : programme != NULL ? programme->head.key
                                                  : v->varied.path;
    }
}

static frem_status read_bounds(const frem_path_wish *wish, frem_path_varied *v, frem_diags *diags) {
    const frem_series *series = &wish->model->series[v->parameter];
    frem_parameter parameter;
    double largest = 0;
    if (!frem_model_parameter(wish->model, v->parameter, &parameter))
        return FREM_DEFECT;
    for (size_t i = 0; i < series->size; i++)
        largest = isnan(series->at[i]) ? largest : fmax(largest, series->at[i]);
    if (!wish->step_given && parameter.max <= 1)
        return FREM_PROBLEM(diags, in_command, PATH_STEP, v->varied.path);
    if (v->given && v->varied.from >= v->varied.to)
        return FREM_PROBLEM(diags, in_command, SOLVE_BOUNDS, v->varied.column);
    if (v->given) {
        v->low = v->varied.from;
        v->high = v->varied.to;
        return frem_varied_check(wish->model, v->parameter, &v->varied, diags);
    }
    v->low = fmax(0, parameter.min);
    v->high = fmin(largest > 0 ? 10 * largest : 100 * wish->step, parameter.max);
    return FREM_OK;
}

/* One text of --vary. */
static frem_status read_varied(frem_path_wish *wish, const char *text, frem_diags *diags) {
    frem_path_varied *v = &wish->varied[wish->n_varied];
    v->given = strchr(text, '=') != NULL;
    frem_status status = FREM_OK;
    if (v->given) {
        status = frem_varied_read(wish->arena, &v->varied, text, FREM_DESIGN_SOBOL, diags);
    } else {
        const char *path = frem_arena_text(wish->arena, text, strlen(text));
        if (path == NULL)
            return FREM_NO_MEMORY;
        v->varied = (frem_varied){.path = path, .column = path, .kind = FREM_CHANGE_SET};
    }
    if (status == FREM_OK && (v->varied.kind != FREM_CHANGE_SET || v->varied.first_year != 0))
        status = FREM_PROBLEM(diags, in_command, PATH_KIND, v->varied.column);
    if (status == FREM_OK)
        status = frem_varied_find(wish->model, &v->varied, &v->parameter, diags);
    for (size_t i = 0; i < wish->n_varied && status == FREM_OK; i++) {
        if (wish->varied[i].parameter == v->parameter)
            status = FREM_PROBLEM(diags, in_command, VARY_TWICE, v->varied.path);
    }
    if (status != FREM_OK)
        return status;
    const frem_series *series = &wish->model->series[v->parameter];
    if (!frem_model_by_year(wish->model, v->parameter) || series->region > 0 || series->sex > 0 ||
        series->age > 0)
        return FREM_PROBLEM(diags, in_command, PATH_SHAPE, v->varied.path);
    v->covers = wish->model->scenario->parameters.items[v->parameter]->head.covers.text;
    name_varied(wish->model, v);
    wish->n_varied++;
    return read_bounds(wish, v, diags);
}

/* ---- targets ---- */

static frem_status read_target(frem_path_wish *wish, const char *text, frem_diags *diags) {
    frem_path_target *target = &wish->targets[wish->n_targets];
    const frem_status status =
        frem_target_read(wish->arena, wish->model, text, FREM_ADDRESS_YEAR | FREM_ADDRESS_SPAN,
                         &target->address, &target->wanted, diags);
    if (status != FREM_OK)
        return status;
    const char *unit = frem_measure_find(target->address.measure)->unit;
    const char *first =
        wish->n_targets > 0 ? frem_measure_find(wish->targets[0].address.measure)->unit : unit;
    if (strcmp(unit, first) != 0)
        return FREM_PROBLEM(diags, in_command, PATH_UNITS, wish->targets[0].address.measure, first,
                            target->address.measure, unit);
    for (size_t i = 0; i < wish->n_targets; i++) {
        if (frem_address_same(wish->model, &wish->targets[i].address, &target->address))
            return FREM_PROBLEM(diags, in_command, GIVEN_TWICE, "--target", text);
    }
    target->years = (size_t)(target->address.last_year - target->address.first_year) + 1;
    target->first = wish->n_addresses;
    wish->n_addresses += target->years;
    wish->n_targets++;
    return FREM_OK;
}

static frem_status list_addresses(frem_path_wish *wish) {
    wish->addresses = frem_arena_alloc(wish->arena, wish->n_addresses + 1, sizeof *wish->addresses);
    wish->wanted = frem_arena_alloc(wish->arena, wish->n_addresses + 1, sizeof *wish->wanted);
    if (wish->addresses == NULL || wish->wanted == NULL)
        return FREM_NO_MEMORY;
    for (size_t t = 0; t < wish->n_targets; t++) {
        const frem_path_target *target = &wish->targets[t];
        for (size_t y = 0; y < target->years; y++) {
            frem_address *address = &wish->addresses[target->first + y];
            *address = target->address;
            address->years = FREM_ADDRESS_YEAR;
            address->first_year = address->last_year = target->address.first_year + (int)y;
            wish->wanted[target->first + y] = target->wanted;
        }
    }
    return FREM_OK;
}

/* ---- years ---- */

static frem_status read_years(frem_path_wish *wish, const frem_path_options *options, frem_diags *diags) {
    const int first = wish->model->base + 1, last = wish->model->base + (int)wish->model->steps - 1;
    int until = 0;
    char texts[4][16];
    for (size_t t = 0; t < wish->n_targets; t++)
        until = wish->targets[t].address.last_year > until ? wish->targets[t].address.last_year : until;
    wish->from = options->from > 0 ? options->from : first;
    wish->until = options->until > 0 ? options->until : until;
    if (wish->from >= first && wish->from <= wish->until && wish->until <= last) {
        wish->years = (size_t)(wish->until - wish->from) + 1;
        wish->n = wish->n_varied * wish->years;
        return FREM_OK;
    }
    const int years[] = {wish->from, wish->until, first, last};
    for (size_t i = 0; i < 4; i++)
        (void)snprintf(texts[i], sizeof texts[i], "%d", years[i]);
    return FREM_PROBLEM(diags, in_command, PATH_YEARS, texts[0], texts[1], texts[2], texts[3]);
}

/* The numbers that a parameter has now. */
static frem_status take_now(const frem_path_wish *wish, frem_path_varied *v) {
    const frem_series *series = &wish->model->series[v->parameter];
    const int last = series->first_year + (int)frem_series_years(series) - 1;
    double *rooms = frem_arena_alloc(wish->arena, 4 * wish->years, sizeof *rooms);
    if (rooms == NULL)
        return FREM_NO_MEMORY;
    v->now = rooms;
    v->most = rooms + wish->years;
    v->low_at = rooms + 2 * wish->years;
    v->high_at = rooms + 3 * wish->years;
    for (size_t y = 0; y < wish->years; y++) {
        const int year = wish->from + (int)y;
        v->now[y] = frem_series_at(series, series->year > 0 && year > last ? last : year, 0, 0, 0);
        v->most[y] = (double)INFINITY;
    }
    const int before = wish->from - 1;
    const bool has = series->year == 0 || before >= series->first_year;
    v->before = has ? frem_series_at(series, before, 0, 0, 0) : (double)NAN;
    return FREM_OK;
}

/* ---- the whole ---- */

static frem_status read_numbers(frem_path_wish *wish, const frem_path_options *options, frem_diags *diags) {
    wish->half = options->band / 2;
    wish->step_given = options->step != 0;
    wish->step = wish->step_given ? options->step : 1;
    wish->most_change = isnan(options->most_change) ? (double)INFINITY : options->most_change;
    wish->together = isnan(options->together) ? (double)INFINITY : options->together;
    if (!(options->band >= 0 && isfinite(options->band)))
        return wrong_number(diags, "--band", options->band, "0 …");
    if (!(wish->step > 0 && isfinite(wish->step)))
        return wrong_number(diags, "--step", options->step, "> 0");
    if (!(wish->most_change >= 0))
        return wrong_number(diags, "--most-change", options->most_change, "0 …");
    if (!(wish->together > 0))
        return wrong_number(diags, "--together", options->together, "> 0");
    return FREM_OK;
}

static void keep_worst(frem_status *status, frem_status one) {
    if (one != FREM_OK && *status != FREM_NO_MEMORY)
        *status = one;
}

static frem_status too_many(frem_diags *diags, const char *option, size_t most) {
    char text[16];
    (void)snprintf(text, sizeof text, "%zu", most);
    return FREM_PROBLEM(diags, in_command, PATH_MANY, option, text);
}

static frem_status read_all(frem_path_wish *wish, const frem_path_options *options, frem_diags *diags) {
    const char *file = wish->model->scenario->source->path;
    if (!frem_model_projects(wish->model))
        return FREM_PROBLEM(diags, ((frem_place){file, 0, 0}), NOTHING_TO_PROJECT, file);
    if (options->n_vary == 0 || options->n_targets == 0)
        return FREM_PROBLEM(diags, in_command, SOLVE_NOTHING, "");
    if (options->n_vary > FREM_PATH_VARIED_MAX)
        return too_many(diags, "--vary", FREM_PATH_VARIED_MAX);
    if (options->n_targets > FREM_PATH_TARGETS_MAX)
        return too_many(diags, "--target", FREM_PATH_TARGETS_MAX);
    frem_status status = read_numbers(wish, options, diags);
    for (size_t i = 0; i < options->n_vary && status != FREM_NO_MEMORY; i++)
        keep_worst(&status, read_varied(wish, options->vary[i], diags));
    for (size_t i = 0; i < options->n_targets && status != FREM_NO_MEMORY; i++)
        keep_worst(&status, read_target(wish, options->targets[i], diags));
    if (status == FREM_OK)
        status = read_years(wish, options, diags);
    if (status == FREM_OK)
        status = list_addresses(wish);
    for (size_t i = 0; i < wish->n_varied && status == FREM_OK; i++)
        status = take_now(wish, &wish->varied[i]);
    return status;
}

frem_status frem_path_read(frem_path_wish *wish, const frem_path_options *options, frem_diags *diags) {
    const frem_status status = read_all(wish, options, diags);
    return status == FREM_INVALID ? FREM_USAGE : status; /* the scenario is good, the wish is not */
}
