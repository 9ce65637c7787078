/* What shows only when supply and demand meet. */
#include "base/number.h"
#include "base/problem.h"
#include "model/model.h"

/* Element i of a lane. */
static double lane_at(const frem_batch *batch, frem_lanes of, size_t i, size_t lane, double otherwise) {
    return of.at == NULL ? otherwise : of.at[of.lane ? i * batch->lanes + lane : i];
}

static double grid_at(const frem_batch *batch, const frem_grid *of, size_t region, size_t cell, size_t lane) {
    return lane_at(batch, of->values, region * of->region + cell * of->cell, lane, 1);
}

/* Whether anybody of a profession works in a region in the base year. */
static bool is_staffed(const frem_batch *batch, const frem_core_profession *core, size_t region,
                       size_t lane) {
    size_t cells = batch->inputs.sexes * batch->inputs.ages;
    for (size_t cell = 0; cell < cells; cell++) {
        if (grid_at(batch, &core->stock, region, cell, lane) *
                grid_at(batch, &core->participation, region, cell, lane) *
                grid_at(batch, &core->employment, region, cell, lane) *
                grid_at(batch, &core->fte, region, cell, lane) >
            0)
            return true;
    }
    return false;
}

/* Employment of a profession that no stock could be scaled to, where people work where they live; with commuting only
 * the projection can tell. */
static frem_status check_profession(const frem_batch *batch, size_t p, size_t lane) {
    const frem_model *model = batch->model;
    const frem_core_profession *core = &batch->inputs.professions[p];
    const frem_profession *profession = &model->scenario->professions.items[p];
    size_t regions = batch->inputs.regions;
    if (!core->has_stock || core->commuting.at != NULL || core->inflow_fte.at != NULL)
        return FREM_OK;
    /* Regions that are not reported matter where people of all are taken together. */
    size_t told = frem_core_is_tied(&batch->inputs, p) ? regions : model->reported;
    for (size_t r = 0; r < told; r++) {
        double employed = 0;
        for (size_t j = 0; j < batch->inputs.n_sectors; j++)
            employed += lane_at(batch, batch->inputs.sectors[j].employment, p * regions + r, lane, 0);
        if (!(employed > 0) || is_staffed(batch, core, r, lane))
            continue;
        char fte[FREM_FIXED_MAX];
        (void)frem_number_fixed(fte, employed, 1);
        return FREM_PROBLEM(batch->diags, profession->cohorts.head.place, NOTHING_TO_SCALE,
                            profession->head.path, fte, model->region_names[r]);
    }
    return FREM_OK;
}

frem_status frem_batch_meet(const frem_batch *batch) {
    frem_status status = FREM_OK;
    if (batch->inputs.base_mode != FREM_BASE_SCALE)
        return FREM_OK;
    for (size_t i = 0; i < batch->lanes * batch->inputs.n_professions && status == FREM_OK; i++)
        status = check_profession(batch, i % batch->inputs.n_professions, i / batch->inputs.n_professions);
    return status;
}
