/* Programmes as streams of entrants for the core. */
#include "model/courses.h"
#include "model/practicum.h"
#include "model/programme.h"

/* [stage] FTE that a student works. */
static void fill_student_fte(frem_view *view, const void *context, double *out) {
    const frem_stream *what = context;
    for (size_t i = 0; i < what->programme->stages.count; i++)
        out[i] = frem_view_number(view, &what->programme->stages.items[i].student_fte, 0);
}

static bool students_work(const frem_programme *programme) {
    bool work = false;
    for (size_t i = 0; i < programme->stages.count; i++)
        work = work || frem_value_given(&programme->stages.items[i].student_fte);
    return work;
}

/* What becomes of a programme's people: all of them, or those of one region. */
static void make_stream(frem_batch *batch, const frem_stream *what, bool by_region,
                        frem_core_programme *core) {
    const frem_model *model = batch->model;
    size_t cells = frem_index_count(model->sexes) * model->ages;
    size_t stages = what->entries * what->lags * what->stages;
    size_t joining = what->entries * what->lags * what->shifts;
    *core = (frem_core_programme){.profession = what->profession,
                                  .region = -1,
                                  .first_step = what->first - model->base,
                                  .entries = what->entries,
                                  .lags = what->lags,
                                  .shifts = what->shifts,
                                  .stages = what->stages,
                                  .entrants_entry = what->profiles > 1 ? cells : 0};
    frem_batch_fill(batch, frem_joining_fill, what, joining, &core->joining);
    frem_batch_fill(batch, frem_students_fill, what, stages, &core->studying);
    frem_batch_fill(batch, frem_dropping_fill, what, stages, &core->dropping);
    if (frem_begins_again(what->programme))
        frem_batch_fill(batch, frem_again_fill, what, what->entries * what->lags, &core->again);
    frem_batch_fill(batch, frem_entrants_fill, what, what->profiles * cells, &core->entrants);
    if (students_work(what->programme))
        frem_batch_fill(batch, fill_student_fte, what, what->stages, &core->student_fte);
    frem_settling(batch, what, by_region, core);
}

/* The streams of one programme: one, or one for each region that has an intake of its own. */
static void add_streams(frem_batch *batch, size_t place, frem_core_programme *streams, size_t *n) {
    const frem_model *model = batch->model;
    const frem_programme *programme = &model->scenario->programmes.items[place];
    size_t regions = frem_index_count(model->regions);
    frem_stream what;
    frem_core_programme core;
    bool by_region = frem_intake_by_region(model, programme);
    if (!frem_intake_check(batch, programme) || !frem_stream_measure(batch, programme, &what) ||
        !frem_settling_check(batch, &what, by_region))
        return;
    size_t failures = batch->failures;
    for (size_t r = 0; r < (by_region ? regions : 1) && batch->failures == failures; r++) {
        what.region = by_region ? r : what.region;
        if (r == 0 || what.regional)
            make_stream(batch, &what, by_region, &core);
        if (batch->failures == failures && r == 0)
            frem_entrants_warn(batch, &what);
        if (batch->failures == failures)
            frem_batch_fill(batch, frem_practicum_intake_fill, &what, what.entries, &core.intake);
        if (batch->failures == failures && frem_value_given(&programme->places))
            frem_batch_fill(batch, frem_places_fill, &what, what.entries, &batch->places[*n]);
        core.region = by_region ? (ptrdiff_t)r : -1;
        batch->programme_of[*n] = place;
        streams[(*n)++] = core;
    }
}

void frem_batch_courses(frem_batch *batch) {
    const frem_model *model = batch->model;
    const frem_scenario *s = model->scenario;
    size_t most = s->programmes.count * frem_index_count(model->regions) + 1;
    frem_core_programme *streams = frem_batch_alloc(batch, most, sizeof *streams);
    batch->programme_of = frem_batch_alloc(batch, most, sizeof *batch->programme_of);
    batch->places = frem_batch_alloc(batch, most, sizeof *batch->places);
    if (streams == NULL || batch->programme_of == NULL || batch->places == NULL)
        return;
    for (size_t k = 0; k < s->programmes.count; k++) {
        if (s->programmes.items[k].from == NULL) /* else an upgrade */
            add_streams(batch, k, streams, &batch->inputs.n_programmes);
    }
    batch->inputs.programmes = streams;
}
