/* Ages that the scenario asks for and that the population's table does not count by themselves: interpolated. */
#include <limits.h>
#include <math.h>

#include "base/problem.h"
#include "model/model.h"

static void add(frem_model *model, const char *path, frem_age_range ages) {
    frem_status status =
        frem_grow((void **)&model->cuts, &model->cuts_capacity, model->n_cuts, sizeof *model->cuts);
    if (status == FREM_OK)
        model->cuts[model->n_cuts++] = (frem_cut){path, ages};
    frem_model_fail(model, status);
}

/* Whether a range begins or ends inside a group. */
static bool cuts(const frem_people *people, frem_age_range ages) {
    size_t from = (size_t)ages.from, end = ages.to == INT_MAX ? people->ages : (size_t)ages.to + 1;
    return ages.given &&
           ((from < people->ages && people->joined[from]) || (end < people->ages && people->joined[end]));
}

static void look(frem_model *model, const char *path, frem_age_range ages) {
    if (cuts(&model->people, ages))
        add(model, path, ages);
}

static void look_at_split(frem_model *model, const frem_split *split) {
    if (split->by == FREM_SPLIT_POPULATION && frem_index_count(model->regions) > 1)
        look(model, split->head.path, split->ages);
}

/* Need that differs by age inside a group, by itself or because it moves with the years. */
static void look_at_need(frem_model *model, const frem_need *need) {
    if (need->head.node == NULL)
        return;
    const frem_series *by_age = &model->series[need->by_age.parameter];
    bool moves = need->healthy_ageing.head.node != NULL || need->years_to_death.head.node != NULL;
    bool inside = false;
    size_t years = by_age->at != NULL ? frem_series_years(by_age) : 0;
    for (size_t i = 0; i < years * model->people.ages; i++) {
        size_t age = i % model->people.ages;
        const double *year = by_age->at + i / model->people.ages * by_age->year;
        double step =
            age > 0 && by_age->age > 0 ? year[age * by_age->age] - year[(age - 1) * by_age->age] : 0;
        inside = inside || (age > 0 && model->people.joined[age] && (moves || fabs(step) > 0));
    }
    if (inside)
        add(model, need->head.path, (frem_age_range){.given = false});
}

/* Children of a staffing ratio; months are a part of the age beside theirs. */
static void look_at_children(frem_model *model, const frem_floor_group *group) {
    frem_age_range ages = group->population, beside = ages;
    if (group->months > 0 && ages.to < INT_MAX)
        beside.to++;
    else if (group->months < 0)
        beside.from++;
    look(model, group->head.path, cuts(&model->people, ages) ? ages : beside);
}

static void look_at_sector(frem_model *model, size_t j) {
    const frem_sector *sector = &model->scenario->demand.items[j];
    const frem_follows *follows = &sector->follows;
    look(model, follows->head.path, follows->population);
    for (size_t g = 0; g < follows->users.count; g++)
        look(model, follows->users.items[g].head.path, follows->users.items[g].population);
    bool listed = follows->user_table.head.node != NULL;
    for (size_t g = 0; listed && g < model->user_groups[j].count; g++)
        look(model, follows->user_table.head.path, model->user_groups[j].items[g].ages);
    for (size_t g = 0; g < follows->teaching.pupils.count; g++) {
        const frem_pupils *pupils = &follows->teaching.pupils.items[g];
        look(model, pupils->head.path, pupils->population);
    }
    look_at_need(model, &follows->need);
    for (size_t g = 0; g < sector->floor.children.count; g++)
        look_at_children(model, &sector->floor.children.items[g]);
    look(model, sector->budget.key.head.path, sector->budget.key.population);
    look_at_split(model, &sector->split);
}

void frem_model_cuts(frem_model *model) {
    const frem_scenario *s = model->scenario;
    if (model->people.at == NULL)
        return;
    for (size_t p = 0; p < s->professions.count; p++) {
        look_at_split(model, &s->professions.items[p].cohorts.split);
        look_at_split(model, &s->professions.items[p].immigration.split);
    }
    for (size_t k = 0; k < s->programmes.count; k++) {
        const frem_programme *programme = &s->programmes.items[k];
        look(model, programme->intake_follows.head.path, programme->intake_follows.population);
        look_at_split(model, &programme->graduates_to);
    }
    for (size_t i = 0; i < s->practicum.programmes.count; i++)
        look_at_split(model, &s->practicum.programmes.items[i].split);
    for (size_t f = 0; f < s->population.factors.count; f++)
        look(model, s->population.factors.items[f].head.path, s->population.factors.items[f].ages);
    for (size_t j = 0; j < s->demand.count; j++)
        look_at_sector(model, j);
}
