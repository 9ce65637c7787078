#include "analysis/judge.h"
#include "analysis/focus.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/observed.h"
#include "analysis/odd.h"
#include "analysis/results.h"
#include "base/number.h"
#include "base/problem.h"
#include "base/progress.h"
#include "model/lane.h"

/* Beyond this a number of a projection is no quantity, and sums and ratios of such numbers soon are not finite. */
static const double LARGEST = 1e100;

/* What is looked at. */
typedef struct looked {
    const frem_batch *batch;
    const frem_model *model;
    const frem_core_results *r;
    size_t lane;
    frem_diags *diags;
    frem_status status;
} looked;

/* Says that two scenarios have one name. */
static frem_status told_twice(const frem_scenario *one, const frem_scenario *two, frem_diags *diags) {
    frem_place place = {two->source->path, 0, 0}, other = {one->source->path, 0, 0};
    frem_status status = FREM_PROBLEM(diags, place, SCENARIO_TWICE, two->name, other.file);
    return frem_diags_relate(diags, status, other);
}

frem_status frem_models_named_apart(const frem_model *const *models, size_t n, frem_diags *diags) {
    frem_index *names;
    size_t *first = malloc((n + 1) * sizeof *first), place; /* by name: the first model that has it */
    frem_status made = frem_index_new(&names), result = FREM_OK;
    if (first == NULL)
        made = FREM_NO_MEMORY;
    for (size_t i = 0; i < n && made == FREM_OK; i++) {
        if (models[i] == NULL)
            continue;
        const frem_scenario *two = models[i]->scenario;
        size_t before = frem_index_count(names);
        made = frem_index_add(names, two->name, strlen(two->name), &place);
        if (made != FREM_OK || frem_index_count(names) > before) {
            first[made == FREM_OK ? place : before] = i;
            continue;
        }
        /* The variants of one scenario have its name. */
        const frem_scenario *one = models[first[place]]->scenario;
        if (one->draft != two->draft || strcmp(one->variant, two->variant) == 0) {
            const frem_status twice = told_twice(one, two, diags);
            result = result != FREM_OK ? result : twice;
        }
    }
    frem_index_free(names);
    free(first);
    return made != FREM_OK ? made : result;
}

frem_isa frem_results_isa(const char *name) {
    static const char *const names[FREM_ISA_COUNT] = {[FREM_ISA_BEST] = "best",
                                                      [FREM_ISA_PLAIN] = "plain",
                                                      [FREM_ISA_AVX2] = "avx2",
                                                      [FREM_ISA_AVX512] = "avx512"};
    for (size_t i = 0; name != NULL && i < FREM_ISA_COUNT; i++) {
        if (strcmp(names[i], name) == 0)
            return frem_isa_here((frem_isa)i) ? (frem_isa)i : FREM_ISA_COUNT;
    }
    return name == NULL ? FREM_ISA_BEST : FREM_ISA_COUNT;
}

/* Keeps the first problem; being out of memory wins. */
static void keep(looked *l, frem_status status) {
    if (l->status == FREM_OK || (status != FREM_OK && status != FREM_INVALID))
        l->status = status;
}

static void year_text(char out[16], const looked *l, size_t step) {
    (void)snprintf(out, 16, "%d", l->model->base + (int)step);
}

/* ---- size ---- */

/* The value whose numbers are furthest from 1. */
typedef struct extreme {
    const frem_value *value;
    double number, powers;
} extreme;

static extreme find_extreme(const looked *l) {
    const frem_scenario *s = l->model->scenario;
    const frem_view *view = &l->batch->views[l->lane];
    extreme found = {NULL, 0, 0};
    for (size_t i = 0; i < s->parameters.count; i++) {
        const frem_value *value = s->parameters.items[i];
        for (size_t k = 0; k < view->series[i]->size; k++) {
            double number = fabs(view->series[i]->at[k]);
            if (!(number > 0) || !(fabs(log10(number)) > found.powers))
                continue;
            found = (extreme){value, view->series[i]->at[k], fabs(log10(number))};
        }
    }
    return found;
}

/* Says that the numbers of an entry are too large in a year, and which number of the scenario makes them so. */
static void too_large(looked *l, const frem_entry *head, size_t step) {
    char year[16], number[32];
    extreme found = find_extreme(l);
    year_text(year, l, step);
    frem_number_shortest(number, found.number);
    bool named = found.value != NULL;
    keep(l, FREM_PROBLEM(l->diags, named ? found.value->head.place : head->place, TOO_LARGE_TOGETHER,
                         head->path, year, named ? found.value->head.path : NULL, named ? number : NULL));
}

/* The first of n numbers, lanes apart, that is too large; n where none is. */
static size_t find_large(const looked *l, const double *numbers, size_t n) {
    size_t i = 0;
    while (i < n && fabs(numbers[i * l->r->lanes + l->lane]) <= LARGEST)
        i++;
    return i;
}

static void check_courses(looked *l, const double *courses, const size_t *programme_of, size_t n) {
    const frem_core_results *r = l->r;
    size_t each = FREM_COURSE_MEASURES * r->steps;
    for (size_t k = 0; k < n; k++) {
        size_t at = find_large(l, courses + k * each * r->lanes, each);
        if (at < each)
            too_large(l, &l->model->scenario->programmes.items[programme_of[k]].head, at % r->steps);
    }
}

static void check_index(looked *l) {
    const frem_core_results *r = l->r;
    for (size_t j = 0; j < r->sectors; j++) {
        size_t large = r->steps;
        for (size_t area = 0; area < r->areas && large == r->steps; area++) {
            size_t at = (area * r->sectors + j) * r->steps * r->lanes;
            large = find_large(l, r->users + at, r->steps);
            if (large == r->steps && area < r->regions)
                large = find_large(l, r->index + at, r->steps);
        }
        if (large < r->steps)
            too_large(l, &l->model->scenario->demand.items[j].head, large);
    }
}

/* Numbers of a profession, and its coverage. What a region has is in the sum, but not every number of a sector is. */
static void check_profession(looked *l, size_t p) {
    const frem_core_results *r = l->r;
    for (size_t area = 0; area < r->areas; area++) {
        const double *all = r->measures + frem_core_at(r, p, area, FREM_CORE_SUPPLY, 0);
        size_t n = FREM_CORE_MEASURES * r->steps, at = find_large(l, all, n);
        for (size_t t = 0; t < r->steps && at == n; t++) {
            double supply = all[(FREM_CORE_SUPPLY * r->steps + t) * r->lanes + l->lane];
            double demand = all[(FREM_CORE_DEMAND * r->steps + t) * r->lanes + l->lane];
            if (demand > 0 && !(supply / demand <= LARGEST))
                at = t;
        }
        if (at == n)
            continue;
        too_large(l, &l->model->scenario->professions.items[p].head, at % r->steps);
        return;
    }
}

/* Numbers that each are allowed may be too large together. Professions are made of programmes and sectors, whose
 * problems they would only repeat. */
static void check_size(looked *l) {
    check_courses(l, l->r->courses, l->batch->programme_of, l->r->programmes);
    check_index(l);
    for (size_t p = 0; p < l->r->professions && l->status == FREM_OK; p++)
        check_profession(l, p);
    if (l->status == FREM_OK) /* upgrades take people from stocks */
        check_courses(l, l->r->upgrade_courses, l->batch->upgrade_of, l->r->upgrades);
}

/* ---- the base year ---- */

static double lane_at(const looked *l, frem_lanes lanes, size_t i) {
    return lanes.at == NULL ? 0 : lanes.at[lanes.lane ? i * l->batch->lanes + l->lane : i];
}

/* Employment that no stock could be scaled to, once a profession. */
static void check_scaled(looked *l) {
    size_t regions = l->r->world;
    for (size_t i = 0; i < l->r->professions * regions; i++) {
        if (!l->r->unscalable[i])
            continue;
        const frem_profession *profession = &l->model->scenario->professions.items[i / regions];
        double employed = 0;
        char fte[FREM_FIXED_MAX];
        for (size_t j = 0; j < l->batch->inputs.n_sectors; j++)
            employed += lane_at(l, l->batch->inputs.sectors[j].employment, i);
        (void)frem_number_fixed(fte, employed, 1);
        keep(l, FREM_PROBLEM(l->diags, profession->cohorts.head.place, NOTHING_TO_SCALE,
                             profession->head.path, fte, l->model->region_names[i % regions]));
        i += regions - 1 - i % regions; /* the next profession */
    }
}

/* The sector whose driver a sector has: itself, or the last of those that it follows. */
static size_t leader_of(const looked *l, size_t sector) {
    const frem_core_sector *sectors = l->batch->inputs.sectors;
    while (sectors[sector].driver == FREM_DRIVER_SECTOR)
        sector = sectors[sector].follows;
    return sector;
}

/* Whether a sector follows something that can be missing in the base year: users, need by age, spending. */
static bool can_lack(const looked *l, size_t sector) {
    sector = leader_of(l, sector);
    frem_driver driver = l->batch->inputs.sectors[sector].driver;
    const frem_follows *follows = &l->model->scenario->demand.items[sector].follows;
    return driver == FREM_DRIVER_USERS ||
           (driver == FREM_DRIVER_SERIES &&
            (follows->need.head.node != NULL || follows->spending.head.node != NULL));
}

/* Need of the base year in a region: employment and vacancies. */
static double need_of(const looked *l, const frem_core_sector *core, size_t region) {
    double need = 0;
    for (size_t p = 0; p < l->r->professions; p++)
        need += lane_at(l, core->employment, p * l->r->world + region) +
                lane_at(l, core->vacancies, p * l->r->world + region);
    return need;
}

/* Need beside the driver in a region and step. */
static double extra_of(const looked *l, const frem_core_sector *core, size_t region, size_t step) {
    double extra = 0;
    for (size_t p = 0; p < l->r->professions; p++)
        extra += lane_at(l, core->extra, (p * l->r->world + region) * l->r->steps + step);
    return extra;
}

/* Whether a sector has users in a region in any year. */
static bool has_users(const looked *l, size_t sector, size_t region) {
    const frem_core_results *r = l->r;
    bool any = false;
    for (size_t t = 0; t < r->steps; t++)
        any = any || r->users[((region * r->sectors + sector) * r->steps + t) * r->lanes + l->lane] > 0;
    return any;
}

/* Reports, once a sector, employment without users to follow, and teaching hours without posts to be divided by. */
static void check_followed(looked *l) {
    const frem_core_results *r = l->r;
    char year[16];
    for (size_t j = 0; j < r->sectors; j++) {
        const frem_core_sector *core = &l->batch->inputs.sectors[j];
        const frem_sector *sector = &l->model->scenario->demand.items[j];
        bool spends = l->model->scenario->demand.items[leader_of(l, j)].follows.spending.head.node != NULL;
        for (size_t region = 0; region < r->regions && can_lack(l, j); region++) {
            double need = need_of(l, core, region);
            double index = r->index[(region * r->sectors + j) * r->steps * r->lanes + l->lane];
            frem_place place = sector->follows.head.place;
            const char *path = sector->head.path, *name = l->model->region_names[region];
            bool unshared = core->of_posts && !(need > 0) && has_users(l, j, region);
            bool lacks = need > 0 && !(index > 0);
            year_text(year, l, 0);
            if (unshared)
                keep(l, FREM_PROBLEM(l->diags, place, HOURS_WITHOUT_POSTS, path, name));
            else if (lacks && spends)
                keep(l, FREM_PROBLEM(l->diags, place, NOTHING_SPENT, path, name, year));
            else if (lacks)
                keep(l, FREM_PROBLEM(l->diags, place, NOTHING_TO_FOLLOW, path, name, year));
            if (unshared || lacks)
                break;
        }
    }
}

/* ---- need ---- */

/* The first transfer out of a sector, or NULL. */
static const frem_transfer *transfer_from(const frem_scenario *s, const frem_sector *sector) {
    for (size_t k = 0; k < s->transfers.count; k++) {
        if (strcmp(s->transfers.items[k].from, sector->head.key) == 0)
            return &s->transfers.items[k];
    }
    return NULL;
}

/* Posts that are taken where a sector has none, once a transfer. */
static void check_transfers(looked *l) {
    const frem_core_inputs *in = &l->batch->inputs;
    for (size_t k = 0; k < in->n_transfers; k++) {
        const frem_core_transfer *core = &in->transfers[k];
        const frem_entry *head = &l->model->scenario->transfers.items[k].head;
        for (size_t i = 0; core->fte.at != NULL && i < l->r->regions * in->steps; i++) {
            size_t region = i / in->steps;
            if (!(lane_at(l, core->fte, i) > 0) || need_of(l, &in->sectors[core->from], region) > 0 ||
                extra_of(l, &in->sectors[core->from], region, i % in->steps) > 0)
                continue;
            keep(l, FREM_PROBLEM(l->diags, frem_entry_place(head, "fte"), TRANSFER_NOTHING, head->path,
                                 l->model->region_names[region]));
            break;
        }
    }
}

/* Extras below 0, or transfers, that take more than there is, once a profession of a sector. */
static void check_need(looked *l, size_t p, size_t j) {
    const frem_core_results *r = l->r;
    const frem_scenario *s = l->model->scenario;
    const frem_sector *sector = &s->demand.items[j];
    for (size_t i = 0; i < r->regions * r->steps; i++) {
        size_t region = i / r->steps, t = i % r->steps;
        double need =
            r->sector_demand[(((p * r->areas + region) * r->sectors + j) * r->steps + t) * r->lanes +
                             l->lane];
        if (!(need < -FREM_CORE_NO_NEED))
            continue;
        char fte[FREM_FIXED_MAX], year[16];
        (void)frem_number_fixed(fte, need, 3);
        year_text(year, l, t);
        const frem_transfer *transfer = transfer_from(s, sector);
        if (transfer != NULL) {
            keep(l,
                 FREM_PROBLEM(l->diags, transfer->head.place, TRANSFER_MORE, transfer->head.path,
                              s->professions.items[p].head.key, l->model->region_names[region], year, fte));
            return;
        }
        const frem_value *extra = frem_values_find(&sector->extra, s->professions.items[p].head.key);
        frem_place place = extra != NULL ? extra->head.place : frem_entry_place(&sector->head, "extra");
        keep(l, FREM_PROBLEM(l->diags, place, NEGATIVE_NEED, sector->head.path,
                             s->professions.items[p].head.key, l->model->region_names[region], year, fte));
        return;
    }
}

frem_status frem_projection_check(const frem_batch *batch, const frem_core_results *projection, size_t lanes,
                                  frem_diags *diags) {
    looked l = {.batch = batch, .model = batch->model, .r = projection, .diags = diags};
    check_scaled(&l);
    for (l.lane = 0; l.lane < lanes; l.lane++) {
        if (!projection->doubtful[l.lane])
            continue;
        frem_status before = l.status;
        l.status = FREM_OK;
        check_size(&l);
        if (l.status == FREM_OK) {
            check_followed(&l);
            check_transfers(&l);
            for (size_t i = 0; i < projection->professions * projection->sectors; i++)
                check_need(&l, i / projection->sectors, i % projection->sectors);
        }
        if (l.status == FREM_OK || (before != FREM_OK && before != FREM_INVALID))
            l.status = before;
    }
    return l.status;
}

bool frem_model_projects(const frem_model *model) {
    return model->scenario->professions.count > 0;
}

frem_status frem_model_project(const frem_model *model, const frem_batch *batch, bool cells, frem_pool *pool,
                               frem_isa isa, frem_arena *arena, frem_core_results **out, frem_diags *diags) {
    frem_status status = frem_core_results_new(&batch->inputs, cells, arena, out);
    if (status == FREM_OK)
        status = frem_core_project(&batch->inputs, pool, isa, *out);
    if (status == FREM_OK)
        status = frem_projection_check(batch, *out, 1, diags);
    if (status == FREM_OK)
        status = frem_results_odd(model, *out, diags);
    return status;
}

static frem_status try_one(const frem_model *model, frem_pool *pool, frem_isa isa, frem_diags *diags) {
    frem_arena *arena;
    frem_core_results *projection;
    frem_status observed = frem_observations_check(model, diags);
    const frem_status focus = frem_focus_check(model, diags);
    observed = observed == FREM_OK ? focus : observed;
    frem_status status = frem_arena_new(&arena);
    if (status == FREM_OK)
        status = frem_model_project(model, model->as_is, false, pool, isa, arena, &projection, diags);
    frem_arena_free(arena);
    return observed == FREM_OK || (status != FREM_OK && status != FREM_INVALID) ? status : observed;
}

frem_status frem_results_check(const frem_model *const *models, size_t n_models,
                               const frem_run_options *options, frem_diags *diags) {
    frem_isa isa = frem_results_isa(options->isa);
    if (isa == FREM_ISA_COUNT)
        return FREM_USAGE;
    frem_pool *pool = NULL;
    frem_status status = frem_models_named_apart(models, n_models, diags);
    frem_status made = frem_pool_new(&pool, options->threads);
    status = made != FREM_OK ? made : status;
    for (size_t i = 0; i < n_models && (status == FREM_OK || status == FREM_INVALID); i++) {
        if (models[i] == NULL || !frem_model_projects(models[i]))
            continue;
        frem_status one = frem_progress_at(options->progress, FREM_PHASE_PROJECT, i, n_models);
        if (one == FREM_OK)
            one = try_one(models[i], pool, isa, diags);
        status = one != FREM_OK && (status == FREM_OK || one != FREM_INVALID) ? one : status;
    }
    frem_pool_free(pool);
    return status;
}
