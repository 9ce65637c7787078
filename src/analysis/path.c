/* The search for a path: the response in lanes, the choice, and where the response bends both again. */
#include "analysis/path.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/answer.h"
#include "analysis/judge.h"
#include "base/number.h"
#include "base/problem.h"

static const frem_place in_command = {"fremskriv", 0, 0};

enum {
    ROUNDS_MAX = 8,   /* times that the response is taken around what was found */
    STEPS_MAX = 64,   /* times that one group more or less is tried */
    NODES = 2000,     /* of the search for the path */
    NODES_ROW = 2000, /* of that for a row of the trade-off */
};

typedef struct search {
    frem_path_wish *wish;
    frem_mip_solver *solver;
    frem_cases *cases;
    frem_path_found *found;
    frem_change *changes; /* room for those of every case of a call */
    double *paths;        /* [case][number] */
    double *out;          /* [case][address] */
    frem_path_slopes slopes;
    frem_path_choice choice;
} search;

/* ---- projecting ---- */

/* Projects paths; those that are NULL are the model as it is. */
static frem_status project(search *s, const double *const *paths, size_t n, double *out) {
    const frem_path_wish *wish = s->wish;
    size_t n_changes = 0;
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < wish->n && paths[i] != NULL; k++)
            s->changes[n_changes++] = (frem_change){.parameter = wish->varied[k / wish->years].parameter,
                                                    .lane = i,
                                                    .kind = FREM_CHANGE_SET,
                                                    .number = paths[i][k],
                                                    .first_year = wish->from + (int)(k % wish->years)};
    }
    return frem_cases_at(s->cases, n, s->changes, n_changes, out, NULL);
}

/* A path with one number changed by a group: up where that is inside the parameter's bounds, else down. @return the change. */
static double moved(const frem_path_wish *wish, const double *values, size_t k, double *out) {
    const frem_path_varied *v = &wish->varied[k / wish->years];
    const size_t y = k % wish->years;
    const double change =
        values[k] + wish->step > fmin(v->high, v->most[y]) + wish->step / 2 ? -wish->step : wish->step;
    memcpy(out, values, wish->n * sizeof *out);
    out[k] += change;
    if (out[k] < v->low - wish->step / 2) /* there is one number alone */
        out[k] = values[k];
    return out[k] - values[k];
}

/* Projects a point, and each of its numbers changed by a group: the slopes. */
static frem_status respond(search *s, frem_path_point *around) {
    const frem_path_wish *wish = s->wish;
    const double **paths = calloc(wish->n + 1, sizeof *paths);
    double *steps = calloc(wish->n + 1, sizeof *steps);
    frem_status status = paths != NULL && steps != NULL ? FREM_OK : FREM_NO_MEMORY;
    for (size_t k = 0; k <= wish->n && status == FREM_OK; k++) {
        double *path = s->paths + k * wish->n;
        paths[k] = k < wish->n ? path : around->values;
        if (k < wish->n)
            steps[k] = moved(wish, around->values, k, path);
    }
    if (status == FREM_OK)
        status = project(s, paths, wish->n + 1, s->out);
    const size_t a = wish->n_addresses;
    if (status == FREM_OK) {
        memcpy(around->results, s->out + wish->n * a, a * sizeof *around->results);
        frem_path_judge(wish, around);
        s->slopes.around = around;
    }
    for (size_t k = 0; k < wish->n && status == FREM_OK; k++) {
        for (size_t i = 0; i < a; i++) {
            const double change = s->out[k * a + i] - around->results[i];
            const bool none = steps[k] == 0 || fabs(change) < 1e-9;
            s->slopes.slopes[i * wish->n + k] = none ? 0 : change / steps[k];
        }
    }
    free(steps);
    free(paths);
    return status;
}

/* ---- what can begin ---- */

/* What the capacity of places for practicum, or applicants, leave of an intake: the number beyond which no more begin. Of
 * three paths, the least number, a group more, and the largest. */
static void read_most(const frem_path_wish *wish, frem_path_varied *v, const double *begun, size_t stride) {
    for (size_t y = 0; y < wish->years; y++) {
        const double one = (begun[stride + y] - begun[y]) / wish->step,
                     all = begun[2 * stride + y] - begun[y];
        if (isnan(all) || all >= one * (v->high - v->low) * (1 - 1e-9))
            continue;
        v->most[y] = one > 0 ? v->low + all / one : v->low;
    }
}

static frem_status find_most(search *s) {
    frem_path_wish *wish = s->wish;
    const size_t stride = wish->n;
    frem_address *addresses = calloc(wish->n, sizeof *addresses);
    double *begun = calloc(3 * wish->n_varied * stride, sizeof *begun);
    frem_cases cases = *s->cases;
    size_t n_changes = 0;
    frem_status status = addresses != NULL && begun != NULL ? FREM_OK : FREM_NO_MEMORY;
    for (size_t k = 0; k < wish->n && status == FREM_OK; k++) {
        const char *profession = wish->varied[k / wish->years].profession;
        const int year = wish->from + (int)(k % wish->years);
        addresses[k] = (frem_address){
            "intake", profession != NULL ? profession : "all", "all", "all", FREM_ADDRESS_YEAR, year, year};
    }
    for (size_t i = 0; i < 3 * wish->n_varied && status == FREM_OK; i++) {
        const frem_path_varied *v = &wish->varied[i / 3];
        const double levels[] = {v->low, fmin(v->low + wish->step, v->high), v->high};
        s->changes[n_changes++] = (frem_change){.parameter = v->parameter,
                                                .lane = i,
                                                .kind = FREM_CHANGE_SET,
                                                .number = levels[i % 3],
                                                .first_year = wish->from};
    }
    cases.addresses = addresses;
    cases.n_addresses = stride;
    if (status == FREM_OK)
        status = frem_cases_at(&cases, 3 * wish->n_varied, s->changes, n_changes, begun, NULL);
    s->cases->done = cases.done;
    for (size_t i = 0; i < wish->n_varied && status == FREM_OK; i++) {
        if (wish->varied[i].profession != NULL)
            read_most(wish, &wish->varied[i], begun + 3 * i * stride + i * wish->years, stride);
    }
    free(begun);
    free(addresses);
    return status;
}

/* ---- searching ---- */

/* Whether one point is better: it misses less, or as little and is more even. */
static bool is_better(const frem_path_point *a, const frem_path_point *b) {
    const double x = frem_path_miss(&a->score), y = frem_path_miss(&b->score);
    return x < y - 1e-6 || (x <= y + 1e-6 && a->score.changes < b->score.changes - 1e-6);
}

static void keep_best(const frem_path_wish *wish, frem_path_point *best, const frem_path_point *point) {
    memcpy(best->values, point->values, wish->n * sizeof *best->values);
    memcpy(best->results, point->results, wish->n_addresses * sizeof *best->results);
    best->score = point->score;
}

/* The numbers that there are now, in whole groups inside the bounds: where the response is taken first. */
static void begin_at(const frem_path_wish *wish, double *values) {
    for (size_t k = 0; k < wish->n; k++) {
        const frem_path_varied *v = &wish->varied[k / wish->years];
        const size_t y = k % wish->years;
        const double groups = isnan(v->now[y]) ? v->low_at[y] : round(v->now[y] / wish->step);
        values[k] = wish->step * fmin(fmax(groups, v->low_at[y]), v->high_at[y]);
    }
}

/* What a response makes of a path. @param out [address] */
static void foretell(const search *s, const double *values, double *out) {
    const frem_path_wish *wish = s->wish;
    for (size_t a = 0; a < wish->n_addresses; a++) {
        out[a] = s->slopes.around->results[a];
        for (size_t k = 0; k < wish->n; k++)
            out[a] += s->slopes.slopes[a * wish->n + k] * (values[k] - s->slopes.around->values[k]);
    }
}

/* Whether numbers are other ones, but for noise. */
static bool differ(const double *a, const double *b, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if (fabs(a[i] - b[i]) > 1e-6 * fmax(1, fabs(b[i])))
            return true;
    }
    return false;
}

/* How few may begin in the first year, all numbers together, and how many did the year before. */
static double least_together(const frem_path_wish *wish, double *before) {
    double least = 0;
    *before = 0;
    for (size_t v = 0; v < wish->n_varied; v++) {
        least += wish->step * wish->varied[v].low_at[0];
        *before += wish->varied[v].before;
    }
    return least;
}

static frem_status refuse_all(const search *s) {
    const frem_path_wish *wish = s->wish;
    double before;
    const double least = least_together(wish, &before);
    char texts[3][32], year[16];
    const double numbers[] = {wish->together, least, before};
    for (size_t i = 0; i < 3; i++)
        (void)frem_number_brief(texts[i], isfinite(numbers[i]) ? numbers[i] : 0, (double)NAN);
    (void)snprintf(year, sizeof year, "%d", wish->from);
    const frem_status raised = least > wish->together
                                   ? FREM_PROBLEM(s->cases->diags, in_command, PATH_TOGETHER, texts[0], year,
                                                  texts[1], isnan(before) ? NULL : texts[2])
                                   : FREM_PROBLEM(s->cases->diags, in_command, PATH_NONE, "");
    return raised == FREM_INVALID ? FREM_NO_SOLUTION : raised;
}

/* Addresses that no number moves; all of them: there is nothing to choose. */
static frem_status look_at_fixed(search *s) {
    const frem_path_wish *wish = s->wish;
    s->found->fixed = 0;
    for (size_t a = 0; a < wish->n_addresses; a++) {
        bool moves = false;
        for (size_t k = 0; k < wish->n; k++)
            moves = moves || s->slopes.slopes[a * wish->n + k] != 0;
        s->found->fixed += !moves;
    }
    if (s->found->fixed < wish->n_addresses)
        return FREM_OK;
    char *text = frem_address_text(&wish->targets[0].address);
    const frem_status raised = text == NULL ? FREM_NO_MEMORY
                                            : FREM_PROBLEM(s->cases->diags, in_command, PATH_FLAT,
                                                           wish->varied[0].varied.path, text);
    free(text);
    return raised == FREM_INVALID ? FREM_NO_SOLUTION : raised;
}

/* Chooses around the present point, and projects what is chosen. */
static frem_status choose(search *s, double most_change, size_t nodes, const double *known,
                          frem_path_point *chosen) {
    const frem_path_limits limits = {most_change, nodes, known, s->cases->progress};
    s->choice = (frem_path_choice){.values = chosen->values};
    return frem_path_choose(s->wish, &s->slopes, s->solver, &limits, &s->choice);
}

/* Takes the response around what was chosen. The one before is bent where it foretold other results, or where results move
 * otherwise around the one than around the other. */
static frem_status look_again(search *s, frem_path_point *chosen) {
    const frem_path_wish *wish = s->wish;
    const size_t n = wish->n * wish->n_addresses;
    double *foretold = calloc(wish->n_addresses + n, sizeof *foretold);
    if (foretold == NULL)
        return FREM_NO_MEMORY;
    foretell(s, chosen->values, foretold);
    memcpy(foretold + wish->n_addresses, s->slopes.slopes, n * sizeof *foretold);
    const frem_status status = respond(s, chosen);
    s->found->bent = differ(foretold, chosen->results, wish->n_addresses) ||
                     differ(foretold + wish->n_addresses, s->slopes.slopes, n);
    free(foretold);
    return status;
}

/* Rounds of choosing, each around what the one before chose, until the response is the same around both.
 * @param points the response is around the first. */
static frem_status go_round(search *s, frem_path_point points[2]) {
    const frem_path_wish *wish = s->wish;
    frem_path_found *found = s->found;
    bool again = true, better = true;
    found->best.score.below = (double)INFINITY;
    for (size_t round = 0; again; round++) {
        frem_path_point *chosen = &points[(round + 1) % 2];
        frem_status status = choose(s, wish->most_change, NODES, NULL, chosen);
        if (status == FREM_NO_SOLUTION || (status == FREM_OK && !s->choice.any))
            return refuse_all(s);
        if (status == FREM_OK)
            status = look_again(s, chosen);
        if (status != FREM_OK)
            return status;
        found->rounds = round + 1;
        found->least = fmin(s->choice.least, s->choice.miss);
        found->changes_least = s->choice.changes_least;
        better = is_better(chosen, &found->best);
        if (better)
            keep_best(wish, &found->best, chosen);
        again = found->bent && better && round + 1 < ROUNDS_MAX;
    }
    if (better)
        return FREM_OK;
    keep_best(wish, &points[0], &found->best);
    return respond(s, &points[0]);
}

/* A path with one number changed by a group, or that number and all after it. */
static void vary(const search *s, size_t which, double *out) {
    const frem_path_wish *wish = s->wish;
    const size_t k = which / 4, years = wish->years, end = which % 4 < 2 ? k + 1 : (k / years + 1) * years;
    memcpy(out, s->found->best.values, wish->n * sizeof *out);
    for (size_t i = k; i < end; i++)
        out[i] += which % 2 == 0 ? wish->step : -wish->step;
}

/* Of a bent response: one group more or less in one year, or from a year on, as long as that is better. */
static frem_status even_by_hand(search *s) {
    const frem_path_wish *wish = s->wish;
    frem_path_found *found = s->found;
    const double **paths = calloc(4 * wish->n + 1, sizeof *paths);
    frem_status status = paths != NULL ? FREM_OK : FREM_NO_MEMORY;
    for (size_t times = 0; times < STEPS_MAX && status == FREM_OK && !found->evened; times++) {
        frem_path_point best = found->best;
        size_t n = 0;
        for (size_t i = 0; i < 4 * wish->n; i++) {
            paths[n] = s->paths + n * wish->n;
            vary(s, i, s->paths + n * wish->n);
            n += frem_path_keeps(wish, paths[n]);
        }
        status = project(s, paths, n, s->out);
        for (size_t i = 0; i < n && status == FREM_OK; i++) {
            frem_path_point one = {s->paths + i * wish->n, s->out + i * wish->n_addresses, {.below = 0}};
            frem_path_judge(wish, &one);
            if (is_better(&one, &best))
                best = one;
        }
        found->evened = status == FREM_OK && best.values == found->best.values;
        if (status == FREM_OK && !found->evened)
            keep_best(wish, &found->best, &best);
    }
    free(paths);
    return status;
}

/* ---- the trade-off ---- */

static void list_limits(const frem_path_wish *wish, frem_path_found *found) {
    static const double parts[] = {0.25, 0.5, 1, 2}, shares[] = {0.025, 0.05, 0.1, 0.2};
    const bool limited = isfinite(wish->most_change) && wish->most_change > 0;
    for (size_t i = 0; i + 1 < FREM_PATH_ROWS; i++)
        found->limits[i] = limited ? parts[i] * wish->most_change : shares[i];
    if (wish->most_change == 0)
        found->limits[0] = 0;
    found->limits[FREM_PATH_ROWS - 1] = (double)INFINITY;
    found->n_rows = FREM_PATH_ROWS;
}

/* What other limits on yearly changes give, by the last response; each as projected. */
static frem_status trade_off(search *s) {
    frem_path_wish *wish = s->wish;
    frem_path_found *found = s->found;
    const double *paths[FREM_PATH_ROWS];
    size_t which[FREM_PATH_ROWS], n = 0;
    const double *known = NULL; /* what keeps a limit keeps the wider ones */
    frem_status status = FREM_OK;
    list_limits(wish, found);
    for (size_t i = 0; i < found->n_rows && status == FREM_OK; i++) {
        frem_path_point *row = &found->rows[i];
        if (found->limits[i] == wish->most_change) {
            *row = found->best;
            known = row->values;
            continue;
        }
        status = frem_path_point_new(wish, row);
        if (status == FREM_OK)
            status = choose(s, found->limits[i], NODES_ROW, known, row);
        if (status == FREM_NO_SOLUTION || (status == FREM_OK && !s->choice.any)) {
            row->values = NULL;
            status = FREM_OK;
        } else if (status == FREM_OK) {
            known = paths[n] = row->values;
            which[n++] = i;
        }
    }
    if (status == FREM_OK && n > 0)
        status = project(s, paths, n, s->out);
    for (size_t i = 0; i < n && status == FREM_OK; i++) {
        frem_path_point *row = &found->rows[which[i]];
        memcpy(row->results, s->out + i * wish->n_addresses, wish->n_addresses * sizeof *row->results);
        frem_path_judge(wish, row);
    }
    return status;
}

/* ---- the whole ---- */

static frem_status make_room(search *s) {
    const frem_path_wish *wish = s->wish;
    const size_t n = 4 * wish->n + 3 * wish->n_varied + FREM_PATH_ROWS + 1;
    s->changes = calloc(n * wish->n, sizeof *s->changes);
    s->paths = calloc(n * wish->n, sizeof *s->paths);
    s->out = calloc(n * wish->n_addresses, sizeof *s->out);
    s->slopes.slopes = calloc(wish->n * wish->n_addresses, sizeof *s->slopes.slopes);
    return s->changes != NULL && s->paths != NULL && s->out != NULL && s->slopes.slopes != NULL
               ? FREM_OK
               : FREM_NO_MEMORY;
}

/* The scenario as it is. */
static frem_status look_at_present(search *s) {
    const frem_path_wish *wish = s->wish;
    frem_path_point *as_is = &s->found->as_is;
    for (size_t k = 0; k < wish->n; k++)
        as_is->values[k] = wish->varied[k / wish->years].now[k % wish->years];
    frem_status status = project(s, (const double *const[]){NULL}, 1, as_is->results);
    if (status == FREM_OK)
        status = frem_cases_known(s->cases, as_is->results);
    frem_path_judge(wish, as_is);
    return status;
}

/* What the targets come to in the scenario's last year: a path that closes one year may open those after it. */
static frem_status look_later(search *s) {
    const frem_path_wish *wish = s->wish;
    frem_path_found *found = s->found;
    frem_address addresses[FREM_PATH_TARGETS_MAX];
    double out[2 * FREM_PATH_TARGETS_MAX];
    const frem_address *const asked = s->cases->addresses;
    const size_t n_asked = s->cases->n_addresses;
    found->last_year = wish->model->base + (int)wish->model->steps - 1;
    for (size_t t = 0; t < wish->n_targets; t++) {
        addresses[t] = wish->targets[t].address;
        addresses[t].years = FREM_ADDRESS_YEAR;
        addresses[t].first_year = addresses[t].last_year = found->last_year;
    }
    s->cases->addresses = addresses;
    s->cases->n_addresses = wish->n_targets;
    const frem_status status = project(s, (const double *const[]){NULL, found->best.values}, 2, out);
    s->cases->addresses = asked;
    s->cases->n_addresses = n_asked;
    for (size_t i = 0; i < 2 * wish->n_targets && status == FREM_OK; i++)
        found->later[i] = out[i];
    return status;
}

frem_status frem_path_search(frem_path_wish *wish, frem_mip_solver *solver, frem_cases *cases,
                             frem_path_found *found) {
    search s = {.wish = wish, .solver = solver, .cases = cases, .found = found};
    frem_path_point points[2] = {{0}};
    *found = (frem_path_found){.wish = wish};
    frem_status status = make_room(&s);
    frem_path_point *const rooms[] = {&found->as_is, &found->best, &points[0], &points[1]};
    for (size_t i = 0; i < 4 && status == FREM_OK; i++)
        status = frem_path_point_new(wish, rooms[i]);
    if (status == FREM_OK)
        status = look_at_present(&s);
    if (status == FREM_OK)
        status = find_most(&s);
    if (status == FREM_OK)
        status = frem_path_bound(wish, cases->diags);
    if (status == FREM_OK) {
        begin_at(wish, points[0].values);
        status = respond(&s, &points[0]);
    }
    if (status == FREM_OK)
        status = look_at_fixed(&s);
    if (status == FREM_OK)
        status = go_round(&s, points);
    if (status == FREM_OK && found->bent)
        status = even_by_hand(&s);
    if (status == FREM_OK)
        status = trade_off(&s);
    if (status == FREM_OK)
        status = look_later(&s);
    free(s.changes);
    free(s.paths);
    free(s.out);
    free(s.slopes.slopes);
    return status;
}

/* ---- the question ---- */

static frem_status answer(frem_path_wish *wish, const frem_path_options *options, frem_mip_solver *solver,
                          const frem_run_options *run, frem_path_found *found, frem_diags *diags) {
    frem_cases cases = {
        .model = wish->model, .isa = frem_results_isa(run->isa), .progress = run->progress, .diags = diags};
    frem_status status = cases.isa == FREM_ISA_COUNT ? FREM_USAGE : frem_path_read(wish, options, diags);
    if (status == FREM_OK)
        status = frem_pool_new(&cases.pool, run->threads);
    cases.addresses = wish->addresses;
    cases.n_addresses = wish->n_addresses;
    if (status == FREM_OK)
        status = frem_path_search(wish, solver, &cases, found);
    frem_pool_free(cases.pool);
    return status;
}

/* "Care staff in Denmark · Fewer drop out". */
static frem_status name_answer(const frem_path_wish *wish, frem_label *title) {
    const frem_scenario *s = wish->model->scenario;
    for (size_t lang = 0; lang < FREM_LANG_COUNT; lang++) {
        const char *name = s->title.text[lang] != NULL ? s->title.text[lang] : s->name;
        title->text[lang] = s->label.text[lang] == NULL
                                ? name
                                : frem_arena_print(wish->arena, "%s · %s", name, s->label.text[lang]);
        if (title->text[lang] == NULL)
            return FREM_NO_MEMORY;
    }
    return FREM_OK;
}

frem_status frem_path(frem_results **out, const frem_sources *sources, const frem_model *const *models,
                      size_t n_models, const void *question, const frem_run_options *options,
                      frem_diags *diags) {
    frem_label title = {{NULL, NULL}};
    frem_mip_solver *solver = NULL;
    frem_results *results = NULL;
    frem_path_wish wish = {.model = n_models > 0 ? models[0] : NULL};
    frem_path_found found;
    *out = NULL;
    if (n_models != 1) {
        const frem_status raised = FREM_PROBLEM(diags, in_command, SOLVE_ONE_SCENARIO, "");
        return raised == FREM_INVALID ? FREM_USAGE : raised;
    }
    frem_status status = frem_arena_new(&wish.arena);
    if (status == FREM_OK)
        status = frem_mip_open(&solver, "solve --path", diags);
    if (status == FREM_OK)
        status = answer(&wish, question, solver, options, &found, diags);
    if (status == FREM_OK)
        status = name_answer(&wish, &title);
    if (status == FREM_OK)
        status = frem_answer_new(&results, "solve", &title, models, 1, sources, options);
    if (status == FREM_OK)
        status = frem_path_answer(&found, results);
    if (status == FREM_OK)
        status = frem_answer_say_base(results, models, 1, &wish.targets[0].address);
    frem_mip_close(solver);
    frem_arena_free(wish.arena);
    if (status == FREM_OK)
        *out = results;
    else
        frem_results_free(results);
    return status;
}
