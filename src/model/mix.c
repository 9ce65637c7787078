#include "model/mix.h"

#include <math.h>
#include <string.h>

#include "model/supply.h"

/* ---- parts ---- */

/* The kind of a part that is no parameter, and its place among those of its kind. */
static frem_part_kind kind_of(const frem_model *model, size_t part, size_t *i) {
    frem_part_kind kind = FREM_PART_SECTOR_PEOPLE;
    while (kind < FREM_PART_COMMUTING && part >= frem_mix_part(model, kind + 1, 0))
        kind++;
    *i = part - frem_mix_part(model, kind, 0);
    return kind;
}

const char *frem_mix_name(const frem_model *model, frem_arena *arena, size_t part) {
    const frem_scenario *s = model->scenario;
    size_t i;
    if (part < s->parameters.count)
        return s->parameters.items[part]->head.path;
    switch (kind_of(model, part, &i)) {
    case FREM_PART_SECTOR_PEOPLE:
        return frem_arena_print(arena, "population.%s", s->demand.items[i].head.key);
    case FREM_PART_PROGRAMME_PEOPLE:
        return s->programmes.items[i].intake_follows.head.path;
    case FREM_PART_REFORM:
        return s->programmes.items[i].reform.head.path;
    case FREM_PART_BIRTHS:
        return s->retirement_ages.items[i].head.path;
    case FREM_PART_MOVES:
        return s->professions.items[i].moves.matrix.head.path;
    case FREM_PART_COMMUTING:
        return s->professions.items[i].commuting.matrix.head.path;
    }
    return "";
}

/* ---- what moves ---- */

static bool same(double a, double b) {
    return (isnan(a) && isnan(b)) || fabs(a - b) <= 0;
}

/* Numbers of a series that lie beside each other in a year, and how often the years come again: once a region. */
typedef struct years_of {
    size_t n, size, times;
} years_of;

static years_of years_in(const frem_series *series) {
    const size_t n = frem_series_years(series);
    return (years_of){n, series->year, series->size / (n * series->year)};
}

/* The year whose number holds: that of the step, or the first after it that is given. A year without a shock has none. */
static size_t held_year(const frem_model *model, size_t parameter, const double *numbers, years_of years,
                        size_t held) {
    if (strcmp(model->scenario->parameters.items[parameter]->field->key, "shock") == 0)
        return held;
    size_t year = held;
    while (year + 1 < years.n && isnan(numbers[year * years.size]))
        year++;
    return year;
}

const frem_series *frem_mix_held(const frem_model *model, frem_arena *arena, size_t parameter, size_t held) {
    const frem_series *own = &model->series[parameter];
    frem_series *copy = frem_arena_alloc(arena, 1, sizeof *copy);
    if (copy == NULL)
        return NULL;
    *copy = *own;
    copy->at = frem_arena_alloc(arena, own->size, sizeof(double));
    if (copy->at == NULL)
        return NULL;
    memcpy(copy->at, own->at, own->size * sizeof(double));
    const size_t from = (size_t)(model->base + (int)held - own->first_year);
    const years_of years = years_in(own);
    for (size_t i = 0; i < years.times * years.size; i++) {
        double *numbers = copy->at + i / years.size * years.n * years.size + i % years.size;
        const size_t year = held_year(model, parameter, numbers, years, from);
        for (size_t y = year + 1; y < years.n; y++)
            numbers[y * years.size] = numbers[year * years.size];
    }
    return copy;
}

static bool series_moves(const frem_model *model, size_t parameter, size_t held, size_t last) {
    const frem_series *series = &model->series[parameter];
    if (series->at == NULL || series->year == 0)
        return false;
    const size_t from = (size_t)(model->base + (int)held - series->first_year);
    const years_of years = years_in(series);
    size_t until = from + (last - held) + model->beyond;
    until = until < years.n ? until : years.n - 1;
    for (size_t i = 0; i < years.times * years.size; i++) {
        const double *numbers = series->at + i / years.size * years.n * years.size + i % years.size;
        const size_t year = held_year(model, parameter, numbers, years, from);
        for (size_t y = year + 1; y <= until; y++) {
            if (!same(numbers[y * years.size], numbers[year * years.size]))
                return true;
        }
    }
    return false;
}

/* Whether the need of a sector comes of people of some ages. */
static bool counts_people(const frem_sector *sector) {
    const frem_follows *follows = &sector->follows;
    return follows->population.given || follows->users.count > 0 || follows->user_table.head.node != NULL ||
           follows->need.head.node != NULL || follows->teaching.head.node != NULL ||
           sector->floor.head.node != NULL || sector->budget.head.node != NULL;
}

static bool people_move(const frem_model *model, size_t held, size_t last) {
    const frem_people *people = &model->people;
    const size_t regions = people->at != NULL ? frem_index_count(model->regions) : 0;
    for (size_t i = 0; i < regions * people->ages; i++) {
        const double *at = people->at + i / people->ages * model->steps * people->ages + i % people->ages;
        for (size_t t = held + 1; t <= last; t++) {
            if (!same(at[t * people->ages], at[held * people->ages]))
                return true;
        }
    }
    return false;
}

static bool births_move(const frem_model *model, size_t rule, size_t held, size_t last) {
    for (size_t a = 0; model->cohort_ages[rule] != NULL && a < model->ages; a++) {
        const int age = model->age_first + (int)a, year = model->base + (int)held;
        for (size_t t = held + 1; t <= last; t++) {
            if (!same(frem_births_at(model, rule, age, year),
                      frem_births_at(model, rule, age, model->base + (int)t)))
                return true;
        }
    }
    return false;
}

static bool reform_begins(const frem_model *model, const frem_reform *reform, size_t held, size_t last) {
    return reform->head.node != NULL && reform->from > model->base + (int)held &&
           reform->from <= model->base + (int)last;
}

bool frem_mix_moves(const frem_model *model, size_t part, size_t held, size_t last) {
    const frem_scenario *s = model->scenario;
    size_t i;
    if (part < s->parameters.count)
        return series_moves(model, part, held, last);
    switch (kind_of(model, part, &i)) {
    case FREM_PART_SECTOR_PEOPLE:
        return counts_people(&s->demand.items[i]) && people_move(model, held, last);
    case FREM_PART_PROGRAMME_PEOPLE:
        return s->programmes.items[i].intake_follows.head.node != NULL && people_move(model, held, last);
    case FREM_PART_REFORM:
        return reform_begins(model, &s->programmes.items[i].reform, held, last);
    case FREM_PART_BIRTHS:
        return births_move(model, i, held, last);
    case FREM_PART_MOVES:
        return model->moves[i].at != NULL && model->moves[i].by_step;
    case FREM_PART_COMMUTING:
        return model->commuting[i].at != NULL && model->commuting[i].by_step;
    }
    return false;
}

/* ---- two series of a parameter ---- */

/* Numbers of a year in one region. */
static size_t cells_of(const frem_series *series) {
    return series->year > 0 ? series->year : series->region > 0 ? series->region : series->size;
}

static size_t regions_of(const frem_series *series) {
    return series->size / (frem_series_years(series) * cells_of(series));
}

bool frem_mix_alike(const frem_series *a, const frem_series *b) {
    const bool years = a->year == 0 || b->year == 0 ||
                       (a->first_year == b->first_year && frem_series_years(a) == frem_series_years(b));
    return a->at != NULL && b->at != NULL && years && a->sex == b->sex && a->age == b->age &&
           cells_of(a) == cells_of(b) && (a->region > 0) == (b->region > 0) && regions_of(a) == regions_of(b);
}

bool frem_mix_same(const frem_series *a, const frem_series *b) {
    const size_t cells = cells_of(a), ya = frem_series_years(a), yb = frem_series_years(b),
                 years = ya > yb ? ya : yb;
    for (size_t i = 0; i < regions_of(a) * years * cells; i++) {
        const size_t region = i / cells / years, year = i / cells % years, cell = i % cells;
        if (!same(a->at[(region * ya + year % ya) * cells + cell],
                  b->at[(region * yb + year % yb) * cells + cell]))
            return false;
    }
    return true;
}

const frem_series *frem_mix_with_years(frem_arena *arena, const frem_series *series,
                                       const frem_series *other) {
    if (series->year > 0 || other->year == 0)
        return series;
    const size_t cells = cells_of(series), years = frem_series_years(other), regions = regions_of(series);
    frem_series *wide = frem_arena_alloc(arena, 1, sizeof *wide);
    double *at = frem_arena_alloc(arena, regions * years * cells, sizeof *at);
    if (wide == NULL || at == NULL)
        return NULL;
    *wide = *other;
    wide->at = at;
    for (size_t i = 0; i < regions * years * cells; i++)
        at[i] = series->at[i / cells / years * cells + i % cells];
    return wide;
}
