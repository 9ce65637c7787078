#include "analysis/odd.h"

#include <math.h>
#include <stdio.h>

#include "base/number.h"
#include "base/problem.h"

/* A change of supply within a year that no labour market makes, and the FTE below which a share tells nothing. */
static const double JUMP = 0.3, FEW_FTE = 50;

static frem_status warn(const frem_model *model, size_t p, size_t step, double change, frem_diags *diags) {
    const frem_profession *profession = &model->scenario->professions.items[p];
    char share[FREM_FIXED_MAX], from[16], to[16];
    (void)frem_number_fixed(share, 100 * fabs(change), 0);
    (void)snprintf(from, sizeof from, "%d", model->base + (int)step - 1);
    (void)snprintf(to, sizeof to, "%d", model->base + (int)step);
    return change < 0 ? FREM_PROBLEM(diags, profession->head.place, SUPPLY_FALLS, profession->head.path,
                                     share, from, to)
                      : FREM_PROBLEM(diags, profession->head.place, SUPPLY_RISES, profession->head.path,
                                     share, from, to);
}

frem_status frem_results_odd(const frem_model *model, const frem_core_results *projection,
                             frem_diags *diags) {
    size_t all = projection->areas - 1; /* the sum of all regions */
    frem_status status = FREM_OK;
    for (size_t p = 0; p < projection->professions && status == FREM_OK; p++) {
        for (size_t t = 1; t < projection->steps; t++) {
            double before = projection->measures[frem_core_at(projection, p, all, FREM_CORE_SUPPLY, t - 1)];
            double now = projection->measures[frem_core_at(projection, p, all, FREM_CORE_SUPPLY, t)];
            if (fmax(before, now) < FEW_FTE || fabs(now - before) < JUMP * before || !(before > 0))
                continue;
            status = warn(model, p, t, now / before - 1, diags);
            break;
        }
    }
    return status;
}
