/* Money for the whole country that becomes posts in its regions. */
#include <stdio.h>

#include "base/number.h"
#include "base/problem.h"
#include "model/demand.h"
#include "model/mix.h"

/* Kroner in a million of them. */
#define MILLION 1e6

/* Professions' shares of the posts may leave some to others, but no more than all. */
static void check_shares(frem_view *view, const frem_budget *budget) {
    double sum = 0;
    for (size_t i = 0; i < budget->shares.count; i++)
        sum += frem_view_number(view, &budget->shares.items[i].value, 0);
    if (sum <= 1 + 1e-9)
        return;
    char text[32];
    frem_number_brief(text, sum, 1);
    FREM_VIEW_PROBLEM(view, frem_entry_place(&budget->head, "shares"), SHARES_OVER_ONE, budget->head.path,
                      text);
}

/* Posts that the whole country's money of a year pays for. */
static double count_posts(frem_view *view, const frem_budget *budget, int year) {
    return frem_series_at(frem_view_series(view, &budget->amount), year, 0, 0, 0) * MILLION *
           frem_series_at(frem_view_series(view, &budget->deflator), year, 0, 0, 0) /
           frem_series_at(frem_view_series(view, &budget->unit_cost), year, 0, 0, 0);
}

static void nobody_there(frem_view *view, const frem_budget *budget, int year) {
    char ages[FREM_AGES_TEXT], when[16];
    frem_ages_text(ages, budget->key.population);
    (void)snprintf(when, sizeof when, "%d", year);
    FREM_VIEW_PROBLEM(view, frem_entry_place(&budget->head, "key"), KEY_WITHOUT_PEOPLE, budget->head.path,
                      ages, when);
}

void frem_view_budget(frem_view *view, const frem_sector *sector, double *extra) {
    const frem_budget *budget = &sector->budget;
    const frem_model *model = view->model;
    const frem_scenario *s = model->scenario;
    size_t regions = frem_index_count(model->regions), steps = model->steps;
    frem_age_range ages = budget->key.population;
    if (!frem_view_can_tell(view, ages, &budget->key.head, "population"))
        return;
    check_shares(view, budget);
    for (size_t t = 0; t < steps; t++) {
        double country = frem_view_country(view, sector, ages, t);
        double posts = count_posts(view, budget, model->base + (int)t);
        if (!(country > 0))
            nobody_there(view, budget, model->base + (int)t);
        for (size_t p = 0; p < s->professions.count; p++) {
            const frem_value *share = frem_values_find(&budget->shares, s->professions.items[p].head.key);
            double wanted = share != NULL ? posts * frem_view_number(view, share, 0) : 0;
            for (size_t r = 0; r < regions && share != NULL; r++)
                extra[(p * regions + r) * steps + t] +=
                    wanted * (frem_view_persons(view, sector, ages, r, t) / country);
        }
    }
}
