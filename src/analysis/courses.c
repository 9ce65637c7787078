/* What a lane of a projection holds of programmes and upgrades. */
#include "analysis/courses.h"
#include "model/areas.h"

/* The lane's own of numbers that may be the same in all lanes. */
static double lane_of(const frem_courses *c, const frem_lanes *numbers, size_t i) {
    return numbers->at[numbers->lane ? i * c->projection->lanes + c->lane : i];
}

/* Of people whom nothing places, every region that they may be of has as many. */
static double even_share(const frem_area *area, size_t region) {
    return area->has[region] ? 1.0 / (double)area->count : 0;
}

/* Those of a region's own intake live there, others as the graduates settle (those who settle outside count where
 * the others do). */
static double programme_share(const frem_courses *c, const frem_core_programme *programme,
                              const frem_area *area, size_t region, size_t step) {
    if (programme->region >= 0)
        return (size_t)programme->region == region ? 1 : 0;
    const frem_grid *to = &programme->to_region;
    double sum = 0;
    for (size_t r = 0; r < c->batch->inputs.regions; r++)
        sum += lane_of(c, &to->values, r * to->region + step * to->step);
    return sum > 0 ? lane_of(c, &to->values, region * to->region + step * to->step) / sum
                   : even_share(area, region);
}

/* What an upgrade has of one kind of persons in a region: they stay where they were taken. */
static double upgrade_here(const frem_courses *c, size_t u, size_t kind, size_t region, size_t step) {
    const frem_core_results *r = c->projection;
    return r->upgrade_courses[(((u * FREM_COURSE_MEASURES + kind) * r->world + region) * r->steps + step) *
                                  r->lanes +
                              c->lane];
}

static double upgrade_sum(const frem_courses *c, size_t u, size_t kind, size_t step) {
    double sum = 0;
    for (size_t region = 0; region < c->projection->world; region++)
        sum += upgrade_here(c, u, kind, region, step);
    return sum;
}

/* Places are divided as those who fill them are. */
static double upgrade_share(const frem_courses *c, size_t u, size_t kind, const frem_area *area,
                            size_t region, size_t step) {
    size_t of = kind < FREM_COURSE_MEASURES ? kind : FREM_COURSE_INTAKE;
    double all = upgrade_sum(c, u, of, step);
    return all > 0 ? upgrade_here(c, u, of, region, step) / all : even_share(area, region);
}

double frem_course_share(const frem_courses *c, size_t k, size_t kind, size_t region, size_t step) {
    const frem_core_inputs *in = &c->batch->inputs;
    const frem_model *model = c->batch->model;
    size_t programmes = in->n_programmes;
    size_t place = k < programmes ? c->batch->programme_of[k] : c->batch->upgrade_of[k - programmes];
    const frem_area *area = frem_programme_area(model, &model->scenario->programmes.items[place]);
    return k < programmes ? programme_share(c, &in->programmes[k], area, region, step)
                          : upgrade_share(c, k - programmes, kind, area, region, step);
}

size_t frem_course_leads_to(const frem_courses *c, size_t k) {
    const frem_core_inputs *in = &c->batch->inputs;
    return k < in->n_programmes ? in->programmes[k].profession : in->upgrades[k - in->n_programmes].to;
}

frem_lanes frem_course_places(const frem_courses *c, size_t k) {
    size_t programmes = c->batch->inputs.n_programmes;
    return k < programmes ? c->batch->places[k] : c->batch->upgrade_places[k - programmes];
}

ptrdiff_t frem_course_first(const frem_courses *c, size_t k) {
    const frem_core_inputs *in = &c->batch->inputs;
    return k < in->n_programmes ? in->programmes[k].first_step
                                : in->upgrades[k - in->n_programmes].first_step;
}

/* Places of the entry cohort of a step. */
static double places_at(const frem_courses *c, size_t k, size_t step) {
    frem_lanes places = frem_course_places(c, k);
    ptrdiff_t first_step = frem_course_first(c, k);
    if (places.at == NULL || (ptrdiff_t)step < first_step)
        return 0;
    return lane_of(c, &places, (size_t)((ptrdiff_t)step - first_step));
}

static double measure_of(const frem_courses *c, size_t k, size_t kind, size_t step) {
    const frem_core_results *r = c->projection;
    size_t programmes = c->batch->inputs.n_programmes;
    return k < programmes
               ? r->courses[((k * FREM_COURSE_MEASURES + kind) * r->steps + step) * r->lanes + c->lane]
               : upgrade_sum(c, k - programmes, kind, step);
}

double frem_course_number(const frem_courses *c, size_t k, size_t kind, size_t step) {
    if (kind < FREM_COURSE_MEASURES)
        return measure_of(c, k, kind, step);
    double places = places_at(c, k, step), empty = places - measure_of(c, k, FREM_COURSE_INTAKE, step);
    return kind == FREM_COURSE_PLACES ? places : empty > 0 ? empty : 0;
}

double frem_course_settled(const frem_courses *c, size_t k, size_t region, size_t step) {
    const frem_core_inputs *in = &c->batch->inputs;
    size_t cells = in->sexes * in->ages;
    if (k >= in->n_programmes)
        return frem_course_share(c, k, FREM_COURSE_GRADUATES, region, step);
    const frem_core_programme *programme = &in->programmes[k];
    double entrants = 0, graduates = 0;
    if (programme->settled.at != NULL) {
        graduates = measure_of(c, k, FREM_COURSE_GRADUATES, step);
        entrants = graduates > 0 ? measure_of(c, k, FREM_COURSE_SETTLED, step) / graduates : 0;
    }
    for (size_t i = 0; i < cells && programme->settled.at == NULL; i++)
        entrants += lane_of(c, &programme->entrants, i);
    if (programme->region >= 0)
        return (size_t)programme->region == region ? entrants : 0;
    const frem_grid *to = &programme->to_region;
    return entrants * lane_of(c, &to->values, region * to->region + step * to->step);
}
