/* The parts of a mix, and what of them a lane sees. */
#include "model/mix.h"

/* ---- parts ---- */

/* How many parts of a kind there are. */
static size_t count_of(const frem_scenario *s, frem_part_kind kind) {
    switch (kind) {
    case FREM_PART_SECTOR_PEOPLE:
        return s->demand.count;
    case FREM_PART_PROGRAMME_PEOPLE:
    case FREM_PART_REFORM:
        return s->programmes.count;
    case FREM_PART_BIRTHS:
        return s->retirement_ages.count;
    case FREM_PART_MOVES:
    case FREM_PART_COMMUTING:
        return s->professions.count;
    }
    return 0;
}

size_t frem_mix_part(const frem_model *model, frem_part_kind kind, size_t i) {
    const frem_scenario *s = model->scenario;
    size_t part = s->parameters.count;
    for (frem_part_kind before = FREM_PART_SECTOR_PEOPLE; before < kind; before++)
        part += count_of(s, before);
    return part + i;
}

size_t frem_mix_parts(const frem_model *model) {
    return frem_mix_part(model, FREM_PART_COMMUTING, model->scenario->professions.count);
}

/* ---- what a lane sees ---- */

int frem_view_year(frem_view *view, size_t part, int year) {
    const frem_mix *mix = view->mix;
    const size_t group = mix != NULL ? mix->group[part] : FREM_MIX_NONE;
    if (group == FREM_MIX_NONE || year <= view->model->base + (int)mix->held)
        return year;
    *view->differs = *view->differs || (view->mixed >> group & 1) != 0;
    return view->on >> group & 1 ? year : view->model->base + (int)mix->held;
}

/* Whose people are asked for: an address inside the array of sectors, or of programmes. */
static size_t part_of(const frem_model *model, const void *who) {
    const frem_scenario *s = model->scenario;
    const uintptr_t at = (uintptr_t)who, sectors = (uintptr_t)s->demand.items,
                    programmes = (uintptr_t)s->programmes.items;
    if (at >= sectors && at < sectors + s->demand.count * sizeof *s->demand.items)
        return frem_mix_part(model, FREM_PART_SECTOR_PEOPLE, (at - sectors) / sizeof *s->demand.items);
    return frem_mix_part(model, FREM_PART_PROGRAMME_PEOPLE, (at - programmes) / sizeof *s->programmes.items);
}

size_t frem_view_people_step(frem_view *view, const void *who, size_t step) {
    if (view->mix == NULL)
        return step;
    const int base = view->model->base;
    return (size_t)(frem_view_year(view, part_of(view->model, who), base + (int)step) - base);
}

double frem_view_persons(frem_view *view, const void *who, frem_age_range ages, size_t region, size_t step) {
    return frem_model_persons_times(view->model, ages, region, frem_view_people_step(view, who, step),
                                    frem_view_factors(view, ages, step));
}

double frem_view_country(frem_view *view, const void *who, frem_age_range ages, size_t step) {
    return frem_model_country_times(view->model, ages, frem_view_people_step(view, who, step),
                                    frem_view_factors(view, ages, step));
}
