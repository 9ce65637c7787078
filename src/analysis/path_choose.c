/* The choice of a path by a response: a mixed-integer programme. Its variables are, in order, the groups of each parameter
 * and year, the changes from the year before, and for each address how far it lies below and above the band. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/path.h"
#include "base/number.h"
#include "base/problem.h"

static const frem_place in_command = {"fremskriv", 0, 0};

/* Room for the noise of a sum of doubles. */
#define NOISE 1e-6

/* ---- how good a path is ---- */

double frem_path_miss(const frem_path_score *score) {
    return score->below + score->above;
}

void frem_path_judge(const frem_path_wish *wish, frem_path_point *point) {
    frem_path_score *score = &point->score;
    *score = (frem_path_score){0};
    for (size_t a = 0; a < wish->n_addresses; a++) {
        const double off = point->results[a] - wish->wanted[a];
        const double below = fmax(0, -off - wish->half), above = fmax(0, off - wish->half);
        if (below + above <= NOISE)
            continue;
        score->below += below;
        score->above += above;
        score->worst = fmax(score->worst, below + above);
        score->outside++;
    }
    for (size_t v = 0; v < wish->n_varied; v++) {
        const double *values = point->values + v * wish->years;
        double before = wish->varied[v].before;
        for (size_t y = 0; y < wish->years; y++) {
            const double change = isnan(before) ? 0 : fabs(values[y] - before);
            score->changes += change;
            if (change > 0 && before > 0)
                score->largest = fmax(score->largest, change / before);
            before = values[y];
        }
    }
}

frem_status frem_path_point_new(const frem_path_wish *wish, frem_path_point *point) {
    point->values = frem_arena_alloc(wish->arena, wish->n + 1, sizeof *point->values);
    point->results = frem_arena_alloc(wish->arena, wish->n_addresses + 1, sizeof *point->results);
    return point->values != NULL && point->results != NULL ? FREM_OK : FREM_NO_MEMORY;
}

/* ---- bounds ---- */

size_t frem_path_bounds(const frem_path_wish *wish, const frem_path_varied *v, double most_change,
                        double *low, double *high) {
    const double rise = 1 + most_change, fall = fmax(0, 1 - most_change);
    double least = 0, most = (double)INFINITY; /* by the limit on changes */
    for (size_t y = 0; y < wish->years; y++) {
        const double before = y == 0 ? v->before : (double)NAN;
        if (y > 0 || !isnan(before)) {
            least = fall * (y > 0 ? wish->step * low[y - 1] : before);
            most = rise * (y > 0 ? wish->step * high[y - 1] : before);
        }
        low[y] = ceil((fmax(v->low, least) - NOISE) / wish->step);
        high[y] = floor((fmin(fmin(v->high, v->most[y]), most) + NOISE) / wish->step);
        if (low[y] > high[y])
            return y;
    }
    return wish->years;
}

/* No whole groups lie between the bounds of a year. */
static frem_status refuse_year(const frem_path_wish *wish, const frem_path_varied *v, size_t y,
                               frem_diags *diags) {
    char texts[4][32], year[16];
    const double before = y > 0 ? wish->step * v->high_at[y - 1] : v->before,
                 lowest = y > 0 ? wish->step * v->low_at[y - 1] : v->before;
    const bool limited = isfinite(wish->most_change) && !isnan(before);
    const double least = limited ? fmax(0, 1 - wish->most_change) * lowest : 0,
                 most = limited ? (1 + wish->most_change) * before : (double)INFINITY;
    const double numbers[] = {wish->step, fmax(v->low, least), fmin(fmin(v->high, v->most[y]), most),
                              v->before};
    for (size_t i = 0; i < 4; i++)
        (void)frem_number_brief(texts[i], numbers[i], (double)NAN);
    (void)snprintf(year, sizeof year, "%d", wish->from + (int)y);
    const frem_status raised =
        FREM_PROBLEM(diags, in_command, PATH_NO_GROUP, v->varied.path, texts[0], texts[1], texts[2], year,
                     isnan(v->before) || y > 0 ? NULL : texts[3]);
    return raised == FREM_INVALID ? FREM_NO_SOLUTION : raised;
}

static frem_status bound(const frem_path_wish *wish, frem_path_varied *v, frem_diags *diags) {
    const size_t y = frem_path_bounds(wish, v, wish->most_change, v->low_at, v->high_at);
    return y < wish->years ? refuse_year(wish, v, y, diags) : FREM_OK;
}

frem_status frem_path_bound(frem_path_wish *wish, frem_diags *diags) {
    frem_status status = FREM_OK;
    for (size_t v = 0; v < wish->n_varied && status == FREM_OK; v++)
        status = bound(wish, &wish->varied[v], diags);
    return status;
}

/* Whether one parameter's numbers change no more than they may. */
static bool changes_little(const frem_path_wish *wish, const frem_path_varied *v, const double *values) {
    double before = v->before;
    for (size_t y = 0; y < wish->years; y++) {
        if (!isnan(before) && fabs(values[y] - before) > wish->most_change * before + NOISE)
            return false;
        before = values[y];
    }
    return true;
}

bool frem_path_keeps(const frem_path_wish *wish, const double *values) {
    for (size_t y = 0; y < wish->years; y++) {
        double sum = 0;
        for (size_t v = 0; v < wish->n_varied; v++)
            sum += values[v * wish->years + y];
        if (sum > wish->together + NOISE)
            return false;
    }
    for (size_t v = 0; v < wish->n_varied; v++) {
        const frem_path_varied *varied = &wish->varied[v];
        const double *own = values + v * wish->years;
        for (size_t y = 0; y < wish->years; y++) {
            const double groups = own[y] / wish->step;
            if (groups < varied->low_at[y] - NOISE || groups > varied->high_at[y] + NOISE)
                return false;
        }
        if (isfinite(wish->most_change) && !changes_little(wish, varied, own))
            return false;
    }
    return true;
}

/* ---- the programme ---- */

typedef struct building {
    const frem_path_wish *wish;
    const frem_path_slopes *slopes;
    double most_change;
    frem_mip_variable *variables;
    frem_mip_row *rows;
    frem_mip_term *terms;
    double *start;
    double *low,
        *high; /* [number] groups: bounds by the limit on changes, which need not be that of the wish */
    size_t n_variables, n_rows, n_terms;
} building;

static size_t change_at(const building *b, size_t number) {
    return b->wish->n + number;
}

static size_t below_at(const building *b, size_t address) {
    return 2 * b->wish->n + address;
}

static size_t above_at(const building *b, size_t address) {
    return 2 * b->wish->n + b->wish->n_addresses + address;
}

static size_t add_row(building *b, double low, double high) {
    b->rows[b->n_rows] = (frem_mip_row){low, high};
    return b->n_rows++;
}

static void add_term(building *b, size_t row, size_t variable, double factor) {
    b->terms[b->n_terms++] = (frem_mip_term){row, variable, factor};
}

static void add_variables(building *b) {
    const frem_path_wish *wish = b->wish;
    b->n_variables = 2 * (wish->n + wish->n_addresses);
    for (size_t i = 0; i < b->n_variables; i++)
        b->variables[i] = (frem_mip_variable){0, (double)INFINITY, i < below_at(b, 0) ? 0 : 1, false};
    for (size_t v = 0; v < wish->n_varied; v++) {
        const size_t first = v * wish->years;
        for (size_t i = first; i < first + wish->years; i++)
            b->variables[i] = (frem_mip_variable){b->low[i], b->high[i], 0, true};
    }
}

/* wanted - half <= result + below - above <= wanted + half, where the result follows the slopes. */
static void add_results(building *b) {
    const frem_path_wish *wish = b->wish;
    for (size_t a = 0; a < wish->n_addresses; a++) {
        double base = b->slopes->around->results[a];
        const size_t row = add_row(b, 0, 0);
        for (size_t i = 0; i < wish->n; i++) {
            const double slope = b->slopes->slopes[a * wish->n + i];
            base -= slope * b->slopes->around->values[i];
            if (slope != 0)
                add_term(b, row, i, slope * wish->step);
        }
        b->rows[row] =
            (frem_mip_row){wish->wanted[a] - wish->half - base, wish->wanted[a] + wish->half - base};
        add_term(b, row, below_at(b, a), 1);
        add_term(b, row, above_at(b, a), -1);
    }
}

/* change >= number - before, and >= before - number; and as little as the limit says. */
static void add_changes(building *b, const frem_path_varied *v, size_t first) {
    const frem_path_wish *wish = b->wish;
    for (size_t y = 0; y < wish->years; y++) {
        const size_t own = first + y;
        const double known = y == 0 ? v->before : 0;
        if (isnan(known))
            continue;
        const size_t up = add_row(b, -(double)INFINITY, known), down = add_row(b, -(double)INFINITY, -known);
        add_term(b, up, own, wish->step);
        add_term(b, down, own, -wish->step);
        add_term(b, up, change_at(b, own), -1);
        add_term(b, down, change_at(b, own), -1);
        if (y == 0)
            continue;
        add_term(b, up, own - 1, -wish->step);
        add_term(b, down, own - 1, wish->step);
        if (!isfinite(b->most_change))
            continue;
        const size_t rise = add_row(b, -(double)INFINITY, NOISE), fall = add_row(b, -(double)INFINITY, NOISE);
        add_term(b, rise, own, wish->step);
        add_term(b, rise, own - 1, -(1 + b->most_change) * wish->step);
        add_term(b, fall, own, -wish->step);
        add_term(b, fall, own - 1, (1 - b->most_change) * wish->step);
    }
}

static void add_sums(building *b) {
    const frem_path_wish *wish = b->wish;
    for (size_t y = 0; y < wish->years && isfinite(wish->together); y++) {
        const size_t row = add_row(b, -(double)INFINITY, wish->together + NOISE);
        for (size_t v = 0; v < wish->n_varied; v++)
            add_term(b, row, v * wish->years + y, wish->step);
    }
}

static frem_status build(building *b) {
    const size_t n = b->wish->n, a = b->wish->n_addresses;
    b->variables = calloc(2 * (n + a), sizeof *b->variables);
    b->start = calloc(2 * (n + a), sizeof *b->start);
    b->rows = calloc(a + 4 * n + b->wish->years + 1, sizeof *b->rows);
    b->terms = calloc(a * (n + 2) + 10 * n + n + 2 * a, sizeof *b->terms);
    b->low = calloc(2 * n + 1, sizeof *b->low);
    if (b->variables == NULL || b->start == NULL || b->rows == NULL || b->terms == NULL || b->low == NULL)
        return FREM_NO_MEMORY;
    b->high = b->low + n;
    for (size_t v = 0; v < b->wish->n_varied; v++) {
        const size_t first = v * b->wish->years;
        if (frem_path_bounds(b->wish, &b->wish->varied[v], b->most_change, b->low + first, b->high + first) <
            b->wish->years)
            return FREM_NO_SOLUTION;
    }
    add_variables(b);
    add_results(b);
    for (size_t v = 0; v < b->wish->n_varied; v++)
        add_changes(b, &b->wish->varied[v], v * b->wish->years);
    add_sums(b);
    return FREM_OK;
}

static void unbuild(building *b) {
    free(b->variables);
    free(b->start);
    free(b->rows);
    free(b->terms);
    free(b->low);
}

/* ---- the choice ---- */

/* What is known to meet all conditions: the least change and the least miss that numbers leave. @param groups [number] */
static void start_from(building *b, const double *groups) {
    const frem_path_wish *wish = b->wish;
    for (size_t i = 0; i < wish->n; i++) {
        const size_t y = i % wish->years;
        const double before = y == 0 ? wish->varied[i / wish->years].before : wish->step * groups[i - 1];
        b->start[i] = groups[i];
        b->start[change_at(b, i)] = isnan(before) ? 0 : fabs(wish->step * groups[i] - before);
    }
    for (size_t a = 0; a < wish->n_addresses; a++) {
        double result = b->slopes->around->results[a];
        for (size_t i = 0; i < wish->n; i++)
            result +=
                b->slopes->slopes[a * wish->n + i] * (wish->step * groups[i] - b->slopes->around->values[i]);
        const double off = result - wish->wanted[a];
        b->start[below_at(b, a)] = fmax(0, -off - wish->half);
        b->start[above_at(b, a)] = fmax(0, off - wish->half);
    }
}

static bool start_known(building *b, const double *known) {
    double *groups = known != NULL ? calloc(b->wish->n, sizeof *groups) : NULL;
    for (size_t i = 0; i < b->wish->n && groups != NULL; i++)
        groups[i] = round(known[i] / b->wish->step);
    if (groups != NULL)
        start_from(b, groups);
    free(groups);
    return groups != NULL;
}

/* Of all that miss it so little, the most even one. */
static frem_status even_out(building *b, frem_mip_solver *solver, frem_mip *mip, double miss,
                            frem_mip_found *found) {
    const size_t row = add_row(b, -(double)INFINITY, miss + NOISE);
    for (size_t i = 0; i < b->n_variables; i++) {
        const bool misses = i >= below_at(b, 0), changes = !misses && i >= change_at(b, 0);
        b->variables[i].cost = changes ? 1 : 0;
        if (misses)
            add_term(b, row, i, 1);
    }
    start_from(b, found->values);
    mip->start = b->start;
    mip->n_rows = b->n_rows;
    mip->n_terms = b->n_terms;
    mip->gap = NOISE;
    return frem_mip_least(solver, mip, found);
}

frem_status frem_path_choose(const frem_path_wish *wish, const frem_path_slopes *slopes,
                             frem_mip_solver *solver, const frem_path_limits *limits,
                             frem_path_choice *choice) {
    building b = {.wish = wish, .slopes = slopes, .most_change = limits->most_change};
    frem_mip_found found = {.values = calloc(2 * (wish->n + wish->n_addresses), sizeof *found.values)};
    frem_status status = found.values != NULL ? build(&b) : FREM_NO_MEMORY;
    const frem_progress *progress = limits->progress;
    frem_mip mip = {.variables = b.variables,
                    .n_variables = b.n_variables,
                    .rows = b.rows,
                    .n_rows = b.n_rows,
                    .terms = b.terms,
                    .n_terms = b.n_terms,
                    .gap = NOISE,
                    .nodes = limits->nodes,
                    .stop = progress != NULL ? progress->stop : NULL,
                    .context = progress != NULL ? progress->context : NULL};
    if (status == FREM_OK && start_known(&b, limits->known))
        mip.start = b.start;
    if (status == FREM_OK)
        status = frem_mip_least(solver, &mip, &found);
    choice->any = found.any;
    choice->miss = found.cost;
    choice->least = fmax(0, found.least);
    if (status == FREM_OK && found.any)
        status = even_out(&b, solver, &mip, found.cost, &found);
    choice->changes_least = found.least;
    for (size_t i = 0; i < wish->n && status == FREM_OK && choice->any; i++)
        choice->values[i] = wish->step * found.values[i];
    free(found.values);
    unbuild(&b);
    return status;
}
