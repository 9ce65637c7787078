/* What a paper made of the results is about, and the numbers that matter most for it. */
#include "analysis/focus.h"

#include <math.h>

#include "analysis/judge.h"
#include "analysis/movers.h"

/* As many assumptions as a first page has room for. */
enum { MOVERS = 3 };

/* A focus in the making. */
typedef struct focusing {
    frem_arena *arena;
    const frem_model *model;
    frem_focus focus;
} focusing;

/* Which profession's gap the numbers are ranked by: the first of those that are shown. */
static const char *first_profession(const focusing *f) {
    return f->focus.n_professions > 0 ? f->focus.professions[0] : frem_index_name(f->model->professions, 0);
}

/* The numbers that move the gap of a profession the most. */
static frem_status rank(focusing *f, const char *profession, const char *region,
                        const frem_run_options *options) {
    const int year = f->focus.years[f->focus.n_years - 1];
    const frem_address gap = {"gap", profession, region, "all", FREM_ADDRESS_YEAR, year, year};
    frem_diags *aside = NULL;
    frem_status status = frem_diags_new(&aside);
    frem_movers movers = {.n = 0};
    const frem_cases cases = {.model = f->model,
                              .addresses = &gap,
                              .n_addresses = 1,
                              .isa = frem_results_isa(options->isa),
                              .lacking = true,
                              .progress = options->progress,
                              .diags = aside};
    if (status == FREM_OK)
        status = frem_movers_most(f->arena, &cases, MOVERS, &movers);
    frem_diags_free(aside);
    if (status == FREM_USAGE || status == FREM_INVALID)
        return FREM_OK; /* the results have no such gap: nothing moves it */
    frem_focus_mover *kept =
        status == FREM_OK ? frem_arena_alloc(f->arena, movers.n + 1, sizeof *kept) : NULL;
    if (kept == NULL)
        return status == FREM_OK ? FREM_NO_MEMORY : status;
    for (size_t i = 0; i < movers.n; i++) {
        const frem_mover *mover = &movers.items[i];
        kept[i] = (frem_focus_mover){.label = mover->label,
                                     .ends = {mover->ends[FREM_END_LOW], mover->ends[FREM_END_HIGH]},
                                     .at = {mover->at[FREM_END_LOW][0], mover->at[FREM_END_HIGH][0]}};
    }
    f->focus.movers = kept;
    f->focus.n_movers = movers.n;
    f->focus.moved = profession;
    f->focus.moved_in = region;
    f->focus.moved_from = movers.n > 0 ? movers.base[0] : (double)NAN;
    return FREM_OK;
}

/* The profession of which the results have the greatest shortage in the last year that the focus is on. */
static const char *shortest(frem_results *results, const focusing *f, const char *region) {
    const char *found = first_profession(f);
    const bool chosen = f->focus.n_professions > 0;
    const size_t n = chosen ? f->focus.n_professions : frem_index_count(f->model->professions);
    double least = HUGE_VAL;
    for (size_t i = 0; i < n; i++) {
        const char *key = chosen ? f->focus.professions[i] : frem_index_name(f->model->professions, i);
        const frem_value_key gap = {.measure = "gap",
                                    .profession = key,
                                    .region = region,
                                    .year = f->focus.years[f->focus.n_years - 1]};
        double value;
        if (frem_results_value(results, &gap, &value) == FREM_OK && value < least) {
            least = value;
            found = key;
        }
    }
    return found;
}

frem_status frem_results_focus(frem_results *results, const frem_model *const *models, size_t n_models,
                               const frem_run_options *options, frem_diags *diags) {
    if (n_models == 0 || (options->focus == NULL && models[0]->scenario->report.head.node == NULL))
        return FREM_OK;
    focusing f = {.arena = results->arena, .model = models[0]};
    frem_status status = frem_focus_read(results->arena, models[0], options->focus, &f.focus, diags);
    if (status != FREM_OK)
        return status;
    const char *region =
        f.focus.n_regions > 0 ? f.focus.regions[0] : frem_document_region(&results->document, results->run);
    if (options->with_movers && !results->changed)
        status = rank(&f, shortest(results, &f, region), region, options);
    frem_focus *kept = status == FREM_OK ? frem_arena_alloc(results->arena, 1, sizeof *kept) : NULL;
    if (kept == NULL)
        return status == FREM_OK ? FREM_NO_MEMORY : status;
    *kept = f.focus;
    results->document.focus = kept;
    return FREM_OK;
}
