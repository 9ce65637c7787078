/* Hours of teaching that pupils are given, over what a full-time teacher teaches. */
#include "model/demand.h"
#include "model/mix.h"

/* [group][region][step] persons of the pupils' ages. */
static void fill_pupils(frem_view *view, const void *context, double *out) {
    const frem_teaching *teaching = context;
    const frem_model *model = view->model;
    size_t regions = frem_index_count(model->regions);
    for (size_t g = 0; g < teaching->pupils.count; g++) {
        for (size_t i = 0; i < regions * model->steps; i++)
            *out++ = frem_view_persons(view, teaching, teaching->pupils.items[g].population, i / model->steps,
                                       i % model->steps);
    }
}

/* [group][region][step] pupils per person. */
static void fill_enrolment(frem_view *view, const void *context, double *out) {
    const frem_teaching *teaching = context;
    const frem_model *model = view->model;
    size_t regions = frem_index_count(model->regions);
    for (size_t g = 0; g < teaching->pupils.count; g++) {
        const frem_series *enrolment = frem_view_series(view, &teaching->pupils.items[g].enrolment);
        for (size_t i = 0; i < regions * model->steps; i++)
            *out++ = frem_series_at(enrolment, model->base + (int)(i % model->steps), i / model->steps, 0, 0);
    }
}

/* [group][step] full-time teachers per pupil. */
static void fill_teachers(frem_view *view, const void *context, double *out) {
    const frem_teaching *teaching = context;
    const frem_series *load = frem_view_series(view, &teaching->hours_per_fte);
    const frem_series *share = frem_view_series(view, &teaching->teacher_share);
    for (size_t g = 0; g < teaching->pupils.count; g++) {
        const frem_series *hours = frem_view_series(view, &teaching->pupils.items[g].hours_per_pupil);
        for (size_t t = 0; t < view->model->steps; t++) {
            int year = view->model->base + (int)t;
            *out++ = frem_series_at(hours, year, 0, 0, 0) * frem_series_at(share, year, 0, 0, 0) /
                     frem_series_at(load, year, 0, 0, 0);
        }
    }
}

void frem_batch_teaching(frem_batch *batch, const frem_teaching *teaching, frem_core_sector *out) {
    const frem_model *model = batch->model;
    size_t cells = frem_index_count(model->regions) * model->steps;
    out->driver = FREM_DRIVER_USERS;
    out->groups = teaching->pupils.count;
    out->of_posts = teaching->level == FREM_TEACHING_HOURS;
    for (size_t g = 0; g < out->groups; g++) {
        const frem_pupils *pupils = &teaching->pupils.items[g];
        if (!frem_model_can_tell(model, batch->diags, pupils->population, &pupils->head, "population")) {
            frem_batch_fail(batch, FREM_INVALID);
            return;
        }
    }
    frem_batch_fill(batch, fill_pupils, teaching, out->groups * cells, &out->population);
    frem_batch_fill(batch, fill_enrolment, teaching, out->groups * cells, &out->use_rate);
    frem_batch_fill(batch, fill_teachers, teaching, out->groups * model->steps, &out->weight);
}
