#include "model/uncertain.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"
#include "model/lane.h"
#include "numeric/draws.h"
#include "numeric/numeric.h"

/* What compiling carries along. */
typedef struct making {
    const frem_model *model;
    frem_arena *arena;
    frem_diags *diags;
    frem_randoms *out;
    frem_status status;
} making;

static void *room(making *m, size_t count, size_t size) {
    void *memory = frem_arena_alloc(m->arena, count > 0 ? count : 1, size);
    if (memory == NULL && m->status == FREM_OK)
        m->status = FREM_NO_MEMORY;
    return memory;
}

static void fail(making *m, frem_status status) {
    m->status = m->status == FREM_OK ? status : m->status;
}

/* ---- the range ---- */

/* Narrows what may be drawn to what leaves one number of a parameter in its range. */
static void narrow(frem_change_kind kind, double number, double min, double max, double *least,
                   double *most) {
    double low = min, high = max;
    if (kind == FREM_CHANGE_ADD) {
        low = min - number;
        high = max - number;
    } else if (kind == FREM_CHANGE_MULTIPLY) {
        if (number == 0)
            return;
        low = (number > 0 ? min : max) / number;
        high = (number > 0 ? max : min) / number;
    }
    *least = fmax(*least, low);
    *most = fmin(*most, high);
}

void frem_change_range(const frem_model *model, frem_change_kind kind, size_t parameter, int first_year,
                       double *least, double *most) {
    const frem_series *s = &model->series[parameter];
    const frem_field *field = model->scenario->parameters.items[parameter]->field;
    const size_t years = frem_series_years(s);
    for (size_t i = 0; i < s->size; i++) {
        const bool before = s->year > 0 && s->first_year + (int)(i / s->year % years) < first_year;
        if (!before && !isnan(s->at[i]))
            narrow(kind, s->at[i], field->min, field->max, least, most);
    }
}

/* The share of a walk's last year that lies outside: as if its sum, or the logarithm of its product, were normal. */
static double walks_outside(const frem_random *u, double least, double most) {
    double mean, sd;
    frem_distribution_moments(&u->distribution, &mean, &sd);
    const double n = (double)u->numbers;
    if (u->kind == FREM_CHANGE_MULTIPLY) {
        if (mean <= 0)
            return 1;
        sd /= mean;
        mean = log(mean) - sd * sd / 2;
        least = least > 0 ? log(least) : -HUGE_VAL;
        most = most > 0 ? log(most) : -HUGE_VAL;
    }
    return frem_normal_cdf((least - n * mean) / (sd * sqrt(n))) +
           frem_normal_cdf((n * mean - most) / (sd * sqrt(n)));
}

/* Cuts a distribution to what may be drawn for a parameter, or reports that too much of it lies outside. */
static void keep_in_range(making *m, frem_random *u, size_t parameter) {
    const frem_value *value = m->model->scenario->parameters.items[parameter];
    const bool walk = u->given->path == FREM_UNCERTAIN_WALK;
    double least = -HUGE_VAL, most = HUGE_VAL;
    frem_change_range(m->model, u->kind, parameter, u->first_year, &least, &most);
    const double outside =
        walk ? walks_outside(u, least, most) : frem_distribution_outside(&u->distribution, least, most);
    if (!(outside > 0))
        return;
    bool good = outside <= FREM_RANDOM_OUTSIDE || u->given->outside != 0;
    if (good && walk) {
        u->least = fmax(u->least, least);
        u->most = fmin(u->most, most);
        good = u->least < u->most;
    } else if (good) {
        u->distribution.least = fmax(u->distribution.least, least);
        u->distribution.most = fmin(u->distribution.most, most);
        good = frem_distribution_ready(&u->distribution) == FREM_OK;
    }
    u->cut = fmax(u->cut, outside);
    if (good)
        return;
    char share[32], lo[32], hi[32];
    frem_number_fixed(share, 100 * fmin(outside, 1), 1);
    frem_range_text(lo, value->field->min);
    frem_range_text(hi, value->field->max);
    fail(m, FREM_PROBLEM(m->diags, u->given->head.place, UNCERTAIN_LEAVES, u->given->head.path, share,
                         value->head.path, lo, hi));
}

/* ---- one uncertainty ---- */

static bool is_chained(const frem_uncertain *given) {
    return given->path == FREM_UNCERTAIN_AR || given->path == FREM_UNCERTAIN_AGES;
}

static void add_parameter(making *m, frem_random *u, const char *path) {
    const frem_value *value = frem_scenario_parameter(m->model->scenario, path);
    const frem_place place = frem_entry_place(&u->given->head, "of");
    /* Checking the scenario has reported it, unless it is of a file below. */
    if (value == NULL || m->model->series[value->parameter].at == NULL)
        return;
    const size_t parameter = value->parameter;
    if (u->given->path == FREM_UNCERTAIN_AGES) {
        const size_t ages = frem_series_ages(&m->model->series[parameter]);
        if (ages == 1)
            fail(m, FREM_PROBLEM(m->diags, place, UNCERTAIN_NO_AGES, u->given->head.path, path));
        u->numbers = ages > u->numbers ? ages : u->numbers;
    }
    u->parameters[u->n_parameters++] = parameter;
}

static void add_random(making *m, const frem_uncertain *given) {
    static const frem_change_kind kinds[] = {[FREM_UNCERTAIN_ADD] = FREM_CHANGE_ADD,
                                             [FREM_UNCERTAIN_TIMES] = FREM_CHANGE_MULTIPLY,
                                             [FREM_UNCERTAIN_VALUE] = FREM_CHANGE_SET};
    const frem_model *model = m->model;
    const size_t paths = frem_uncertain_paths(given);
    const int last = model->base + (int)model->steps - 1;
    frem_random *u = &m->out->items[m->out->n++];
    *u = (frem_random){.given = given,
                       .distribution = frem_uncertain_distribution(given),
                       .kind = kinds[frem_uncertain_means(given)],
                       .parameters = room(m, paths, sizeof *u->parameters),
                       .first_year = given->from > 0 ? (int)given->from : model->base + 1,
                       .numbers = 1,
                       .address = frem_draws_parameter(given->head.key),
                       .correlation = given->correlation,
                       .correlates = is_chained(given),
                       .least = -HUGE_VAL,
                       .most = HUGE_VAL};
    if (m->status == FREM_NO_MEMORY)
        return;
    if (given->path == FREM_UNCERTAIN_WALK || given->path == FREM_UNCERTAIN_AR)
        u->numbers = last >= u->first_year ? (size_t)(last - u->first_year) + 1 : 1;
    if (frem_distribution_ready(&u->distribution) != FREM_OK) {
        fail(m, FREM_PROBLEM(m->diags, given->head.place, UNCERTAIN_CUT_ALL, given->head.path));
        return;
    }
    for (size_t i = 0; i < paths; i++)
        add_parameter(m, u, frem_uncertain_path_at(given, i));
    for (size_t i = 0; i < u->n_parameters && m->status != FREM_NO_MEMORY; i++)
        keep_in_range(m, u, u->parameters[i]);
    u->dimension = m->out->numbers;
    m->out->numbers += u->numbers;
    m->out->n_changes += u->n_parameters;
}

static void add_group(making *m, const frem_correlated *given) {
    frem_random_group *group = &m->out->groups[m->out->n_groups++];
    const size_t n = given->of.count;
    *group =
        (frem_random_group){room(m, n, sizeof *group->members), n, room(m, n * n, sizeof *group->factor)};
    for (size_t i = 0; i < n && m->status != FREM_NO_MEMORY; i++) {
        for (size_t k = 0; k < m->out->n; k++) {
            if (strcmp(m->out->items[k].given->head.key, given->of.items[i]) == 0)
                group->members[i] = k;
        }
    }
    if (m->status == FREM_NO_MEMORY)
        return;
    for (size_t i = 0; i < n; i++)
        m->out->items[group->members[i]].correlates = true;
    fail(m, frem_correlated_factor(given, group->factor));
}

frem_status frem_randoms_new(const frem_model *model, frem_arena *arena, frem_diags *diags,
                             frem_randoms **out) {
    const frem_scenario *s = model->scenario;
    making m = {model, arena, diags, NULL, FREM_OK};
    *out = m.out = room(&m, 1, sizeof *m.out);
    if (m.out == NULL)
        return FREM_NO_MEMORY;
    m.out->items = room(&m, s->uncertain.count, sizeof *m.out->items);
    m.out->groups = room(&m, s->correlated.count, sizeof *m.out->groups);
    for (size_t i = 0; i < s->uncertain.count && m.status != FREM_NO_MEMORY; i++)
        add_random(&m, &s->uncertain.items[i]);
    for (size_t i = 0; i < s->correlated.count && m.status == FREM_OK; i++)
        add_group(&m, &s->correlated.items[i]);
    return m.status;
}

/* ---- draws ---- */

/* Correlates the numbers of a group, number by number: normal ones, one each of the members. */
static void correlate(const frem_randoms *randoms, const frem_random_group *group, double *normal,
                      double *scratch) {
    const size_t numbers = randoms->items[group->members[0]].numbers;
    for (size_t k = 0; k < numbers; k++) {
        for (size_t i = 0; i < group->n; i++) {
            scratch[i] = 0;
            for (size_t j = 0; j <= i; j++)
                scratch[i] +=
                    group->factor[i * group->n + j] * normal[randoms->items[group->members[j]].dimension + k];
        }
        for (size_t i = 0; i < group->n; i++)
            normal[randoms->items[group->members[i]].dimension + k] = scratch[i];
    }
}

/* Each number correlated with the one before. */
static void chain(const frem_random *u, double *normal) {
    const double rest = sqrt(1 - u->correlation * u->correlation);
    for (size_t k = 1; k < u->numbers; k++)
        normal[k] = u->correlation * normal[k - 1] + rest * normal[k];
}

static double kept(const frem_random *u, double level) {
    return fmin(fmax(level, u->least), u->most);
}

/* Steps added up, or multiplied. */
static void walk(const frem_random *u, double *steps) {
    double level = u->kind == FREM_CHANGE_MULTIPLY ? 1 : 0;
    for (size_t k = 0; k < u->numbers; k++) {
        level = kept(u, u->kind == FREM_CHANGE_MULTIPLY ? level * steps[k] : level + steps[k]);
        steps[k] = level;
    }
}

void frem_randoms_draw(const frem_randoms *randoms, double *numbers, double *scratch) {
    /* Only what is correlated goes by way of the normal distribution. */
    for (size_t i = 0; i < randoms->n; i++) {
        const frem_random *u = &randoms->items[i];
        for (size_t k = 0; k < u->numbers && u->correlates; k++)
            numbers[u->dimension + k] = frem_normal_at(numbers[u->dimension + k]);
    }
    for (size_t g = 0; g < randoms->n_groups; g++)
        correlate(randoms, &randoms->groups[g], numbers, scratch);
    for (size_t i = 0; i < randoms->n; i++) {
        const frem_random *u = &randoms->items[i];
        double *own = numbers + u->dimension;
        if (is_chained(u->given))
            chain(u, own);
        for (size_t k = 0; k < u->numbers; k++) {
            const double share = u->correlates ? frem_normal_cdf(own[k]) : own[k];
            own[k] = frem_distribution_at(&u->distribution, fmin(fmax(share, 0x1p-60), 1 - 0x1p-53));
        }
        if (u->given->path == FREM_UNCERTAIN_WALK)
            walk(u, own);
    }
}

/* The level of a walk after n steps. */
static double walked(const frem_random *u, double share, double n) {
    const double z = frem_normal_at(share);
    double mean, sd;
    if (u->kind == FREM_CHANGE_MULTIPLY && u->distribution.kind == FREM_DISTRIBUTION_LOGNORMAL) {
        mean = log(u->distribution.mean);
        sd = u->distribution.sd;
    } else {
        frem_distribution_moments(&u->distribution, &mean, &sd);
        if (u->kind == FREM_CHANGE_MULTIPLY) {
            sd /= mean;
            mean = log(mean) - sd * sd / 2;
        }
    }
    const double level = n * mean + z * sd * sqrt(n);
    return kept(u, u->kind == FREM_CHANGE_MULTIPLY ? exp(level) : level);
}

void frem_random_at(const frem_random *random, double share, double *numbers) {
    const bool walks = random->given->path == FREM_UNCERTAIN_WALK;
    for (size_t k = 0; k < random->numbers; k++)
        numbers[k] = walks ? walked(random, share, (double)(k + 1))
                           : frem_distribution_at(&random->distribution, share);
}

void frem_random_changes(const frem_random *random, const double *numbers, size_t lane,
                         frem_change *changes) {
    const bool ages = random->given->path == FREM_UNCERTAIN_AGES,
               one = random->given->path == FREM_UNCERTAIN_LEVEL;
    for (size_t k = 0; k < random->n_parameters; k++)
        changes[k] = (frem_change){.parameter = random->parameters[k],
                                   .lane = lane,
                                   .kind = random->kind,
                                   .number = numbers[0],
                                   .first_year = random->first_year,
                                   .by_year = one || ages ? NULL : numbers,
                                   .by_age = ages ? numbers : NULL,
                                   .n = random->numbers};
}

void frem_randoms_changes(const frem_randoms *randoms, const double *numbers, size_t lane,
                          frem_change *changes) {
    size_t n = 0;
    for (size_t i = 0; i < randoms->n; i++) {
        frem_random_changes(&randoms->items[i], numbers + randoms->items[i].dimension, lane, changes + n);
        n += randoms->items[i].n_parameters;
    }
}
