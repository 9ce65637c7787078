#include "model/areas.h"
#include "model/batch.h"
#include "model/mobility.h"
#include "model/practicum.h"
#include "model/supply.h"
#include "model/uncertain.h"
#include "scenario/calendar.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Programmes last 12 years at most, their people join within two more, and ten later where they are delayed. */
enum { ENTRY_YEARS_BEFORE = 24 };

/* The count date as months since 1 January; the last day of a month is the month's end. */
static double months_of_day(frem_day day) {
    int days = frem_month_days(day.month);
    if (day.day >= days)
        return day.month;
    return day.month - 1 + (day.day - 1) / (double)days;
}

static void name_indices(frem_model *model) {
    const frem_scenario *s = model->scenario;
    frem_index **made[] = {&model->regions, &model->region_keys, &model->professions, &model->sectors,
                           &model->sexes};
    for (size_t i = 0; i < sizeof made / sizeof *made; i++)
        frem_model_fail(model, frem_index_new(made[i]));
    for (size_t i = 0; i < s->professions.count && model->status == FREM_OK; i++) {
        const char *key = s->professions.items[i].head.key;
        frem_model_fail(model, frem_index_add(model->professions, key, strlen(key), NULL));
    }
    for (size_t i = 0; i < s->demand.count && model->status == FREM_OK; i++) {
        const char *key = s->demand.items[i].head.key;
        frem_model_fail(model, frem_index_add(model->sectors, key, strlen(key), NULL));
    }
}

static void note_split(frem_model *model, const frem_value *value, const frem_split *split) {
    const frem_area *area = frem_model_area(model, &value->head);
    if (!frem_value_given(value) || model->series[value->parameter].region > 0 || area->count < 2)
        return;
    if (value->form == FREM_VALUE_NUMBER && value->number == 0)
        return; /* whatever the key, each region has none */
    frem_status status =
        frem_grow((void **)&model->splits, &model->splits_capacity, model->n_splits, sizeof *model->splits);
    if (status == FREM_OK)
        model->splits[model->n_splits++] = (frem_split_note){value->head.path, split, area};
    frem_model_fail(model, status);
}

/* Which totals were split by a key: everybody who reads figures of single regions must know. */
static void note_splits(frem_model *model) {
    const frem_scenario *s = model->scenario;
    for (size_t p = 0; p < s->professions.count; p++) {
        const frem_profession *profession = &s->professions.items[p];
        note_split(model, &profession->cohorts.persons, &profession->cohorts.split);
        note_split(model, &profession->immigration.persons, &profession->immigration.split);
    }
    for (size_t k = 0; k < s->programmes.count; k++) {
        const frem_programme *programme = &s->programmes.items[k];
        const frem_value *given[] = {&programme->intake, &programme->places, &programme->applicants};
        for (size_t i = 0; i < 3 && programme->from == NULL; i++)
            note_split(model, given[i], &programme->graduates_to);
    }
    for (size_t j = 0; j < s->demand.count; j++) {
        const frem_sector *sector = &s->demand.items[j];
        const frem_values *lists[] = {&sector->employment, &sector->vacancies, &sector->extra};
        for (size_t l = 0; l < 3; l++) {
            for (size_t i = 0; i < lists[l]->count; i++)
                note_split(model, &lists[l]->items[i].value, &sector->split);
        }
        note_split(model, &sector->floor.other_staff, &sector->split);
        for (size_t k = 0; k < s->transfers.count; k++) {
            if (strcmp(s->transfers.items[k].from, sector->head.key) == 0)
                note_split(model, &s->transfers.items[k].fte, &sector->split);
        }
    }
}

static void compile(frem_model *model) {
    /* Values and users by age are read for the ages of the population. The rest does not depend on each other: each
     * reports its own problems. */
    static void (*const parts[])(frem_model * model) = {frem_model_people,  frem_model_users,
                                                        frem_model_births,  frem_model_mobility,
                                                        frem_model_resolve, frem_model_practicum};
    name_indices(model);
    if (model->status == FREM_OK)
        frem_model_regions(model);
    if (model->status == FREM_OK)
        frem_model_sexes(model);
    if (model->status != FREM_OK)
        return;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const frem_status before = frem_model_begin(model);
        parts[i](model);
        (void)frem_model_end(model, before);
    }
    if (model->status == FREM_OK)
        frem_model_check_areas(model);
    if (model->status != FREM_OK)
        return;
    frem_model_cuts(model);
    note_splits(model);
}

/* Who dies within some years of the last one is known from the mortality of the years behind it. */
static size_t years_beyond(const frem_scenario *s) {
    int64_t most = 1;
    for (size_t j = 0; j < s->demand.count; j++) {
        const frem_dying *dying = &s->demand.items[j].follows.need.years_to_death;
        if (dying->head.node != NULL && dying->years > most)
            most = dying->years;
    }
    return (size_t)most - 1;
}

frem_status frem_model_new(frem_model **out, const frem_scenario *scenario, frem_diags *diags) {
    *out = NULL;
    frem_arena *arena;
    frem_model *model = frem_arena_owner(&arena, sizeof *model);
    if (model == NULL)
        return FREM_NO_MEMORY;
    *model = (frem_model){.arena = arena,
                          .scenario = scenario,
                          .diags = diags,
                          .base = (int)scenario->years.base,
                          .steps = (size_t)(scenario->years.until - scenario->years.base + 1),
                          .count = months_of_day(scenario->years.count),
                          .entry_first = (int)scenario->years.base - ENTRY_YEARS_BEFORE,
                          .beyond = years_beyond(scenario),
                          .age_first = (int)scenario->ages.from,
                          .ages = (size_t)(scenario->ages.to - scenario->ages.from + 1)};
    compile(model);
    /* Compiling the scenario as it is finds what only shows when the parts meet. */
    if (model->status == FREM_OK)
        frem_model_fail(model, frem_batch_new(&model->as_is, model, 1, NULL, 0, diags));
    if (model->status == FREM_OK)
        frem_model_fail(model, frem_randoms_new(model, arena, diags, &model->randoms));
    if (model->status == FREM_OK)
        frem_model_fail(model, frem_model_practicum_check(model, diags));
    if (model->status == FREM_OK)
        frem_model_fail(model, frem_model_odd(model, diags));
    const frem_status status = model->status;
    model->diags = NULL;
    if (status == FREM_OK)
        *out = model;
    else
        frem_model_free(model);
    return status;
}

void frem_model_free(frem_model *model) {
    if (model == NULL)
        return;
    for (size_t i = 0; i < model->n_tables; i++) {
        if (model->tables[i].owned)
            frem_table_free(model->tables[i].table);
    }
    free(model->tables);
    free(model->splits);
    free(model->held);
    free(model->areas);
    free(model->cuts);
    free(model->table_names);
    frem_batch_free(model->as_is);
    frem_index_free(model->regions);
    frem_index_free(model->region_keys);
    frem_index_free(model->professions);
    frem_index_free(model->sectors);
    frem_index_free(model->sexes);
    frem_arena_free(model->arena);
}

/* Parameters are the values that are not shape, in the order of the file. */
static const frem_value *parameter_at(const frem_model *model, size_t i) {
    if (i >= model->scenario->parameters.count)
        return NULL;
    const frem_value *value = model->scenario->parameters.items[i];
    return value->field->flags & FREM_F_SHAPE ? NULL : value;
}

size_t frem_model_parameters(const frem_model *model) {
    return model->scenario->parameters.count;
}

int frem_model_parameter(const frem_model *model, size_t i, frem_parameter *out) {
    const frem_value *value = parameter_at(model, i);
    if (value == NULL)
        return 0;
    *out = (frem_parameter){value->head.path, value->field->unit, value->field->min, value->field->max};
    return 1;
}

int frem_model_by_year(const frem_model *model, size_t i) {
    const frem_value *value = parameter_at(model, i);
    return value != NULL && (value->field->flags & (FREM_F_YEAR | FREM_F_ENTRY)) != 0;
}

ptrdiff_t frem_model_find(const frem_model *model, const char *path) {
    const frem_value *value = frem_scenario_parameter(model->scenario, path);
    return value != NULL ? (ptrdiff_t)value->parameter : -1;
}
