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
static size_t divided_as(size_t kind) {
    return kind < FREM_COURSE_MEASURES ? kind : FREM_COURSE_INTAKE;
}

/* How many of a programme's graduates of a step settle in a region (those who settle outside count where the others do). */
static double settling(const frem_courses *c, const frem_grid *to, size_t region, size_t step) {
    return lane_of(c, &to->values, region * to->region + step * to->step);
}

frem_course_whole frem_course_divide(const frem_courses *c, size_t k, size_t kind, size_t step) {
    const frem_core_inputs *in = &c->batch->inputs;
    const frem_model *model = c->batch->model;
    const size_t programmes = in->n_programmes;
    const size_t place = k < programmes ? c->batch->programme_of[k] : c->batch->upgrade_of[k - programmes];
    frem_course_whole whole = {.course = k, .kind = kind, .step = step};
    whole.area = frem_programme_area(model, &model->scenario->programmes.items[place]);
    if (k >= programmes) {
        whole.sum = upgrade_sum(c, k - programmes, divided_as(kind), step);
    } else if (in->programmes[k].region < 0) {
        for (size_t r = 0; r < in->regions; r++)
            whole.sum += settling(c, &in->programmes[k].to_region, r, step);
    }
    return whole;
}

double frem_course_share(const frem_courses *c, const frem_course_whole *whole, size_t region) {
    const frem_core_inputs *in = &c->batch->inputs;
    const size_t k = whole->course, step = whole->step;
    if (k < in->n_programmes && in->programmes[k].region >= 0) /* its own intake lives there */
        return (size_t)in->programmes[k].region == region ? 1 : 0;
    if (!(whole->sum > 0))
        return even_share(whole->area, region);
    const double here = k < in->n_programmes
                            ? settling(c, &in->programmes[k].to_region, region, step)
                            : upgrade_here(c, k - in->n_programmes, divided_as(whole->kind), region, step);
    return here / whole->sum;
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

double frem_course_settled(const frem_courses *c, const frem_course_whole *whole, size_t region) {
    const frem_core_inputs *in = &c->batch->inputs;
    const size_t k = whole->course, step = whole->step;
    size_t cells = in->sexes * in->ages;
    if (k >= in->n_programmes)
        return frem_course_share(c, whole, region);
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
