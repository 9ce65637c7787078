/* Checks of uncertainties and their groups that need no tables. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "numeric/distribution.h"
#include "scenario/read.h"

static const char *const distributions[] = {"normal", "lognormal", "beta", "triangular", "uniform"};
enum { DISTRIBUTIONS = sizeof distributions / sizeof *distributions };

static bool has(const frem_entry *entry, const char *key) {
    const frem_node *value = frem_node_get(entry->node, key);
    return value != NULL && !frem_node_is_null(value);
}

static double otherwise(double number, double other) {
    return isnan(number) ? other : number;
}

frem_uncertain_as frem_uncertain_means(const frem_uncertain *u) {
    if (u->as != FREM_UNCERTAIN_UNSAID)
        return (frem_uncertain_as)u->as;
    if (has(&u->head, "normal"))
        return FREM_UNCERTAIN_ADD;
    return has(&u->head, "lognormal") ? FREM_UNCERTAIN_TIMES : FREM_UNCERTAIN_UNSAID;
}

frem_distribution frem_uncertain_distribution(const frem_uncertain *u) {
    const frem_uncertain_as as = frem_uncertain_means(u);
    const double neutral = as == FREM_UNCERTAIN_ADD ? 0 : as == FREM_UNCERTAIN_TIMES ? 1 : (double)NAN;
    frem_distribution d = {.least = otherwise(u->min, -HUGE_VAL), .most = otherwise(u->max, HUGE_VAL)};
    if (has(&u->head, "normal")) {
        d.kind = FREM_DISTRIBUTION_NORMAL;
        d.mean = otherwise(u->normal.mean, neutral);
        d.sd = u->normal.sd;
    } else if (has(&u->head, "lognormal")) {
        d.kind = FREM_DISTRIBUTION_LOGNORMAL;
        d.mean = otherwise(u->lognormal.median, neutral);
        d.sd = u->lognormal.sd;
    } else if (has(&u->head, "beta")) {
        d.kind = FREM_DISTRIBUTION_BETA;
        d.mean = u->beta.mean;
        d.sd = u->beta.sd;
        d.min = u->beta.min;
        d.max = u->beta.max;
    } else if (has(&u->head, "triangular")) {
        d.kind = FREM_DISTRIBUTION_TRIANGULAR;
        d.min = u->triangular.min;
        d.mode = u->triangular.mode;
        d.max = u->triangular.max;
    } else {
        d.kind = FREM_DISTRIBUTION_UNIFORM;
        d.min = u->uniform.min;
        d.max = u->uniform.max;
    }
    return d;
}

/* What the numbers of each distribution must be. */
static const struct {
    const char *en, *da;
} conditions[DISTRIBUTIONS] = {
    [FREM_DISTRIBUTION_NORMAL] = {"sd > 0, and a mean", "sd > 0 og en middelværdi (mean)"},
    [FREM_DISTRIBUTION_LOGNORMAL] = {"sd > 0, and a median > 0", "sd > 0 og en median > 0"},
    [FREM_DISTRIBUTION_BETA] = {"min < mean < max, and 0 < sd² < (mean − min)(max − mean)",
                                "min < mean < max og 0 < sd² < (mean − min)(max − mean)"},
    [FREM_DISTRIBUTION_TRIANGULAR] = {"min ≤ mode ≤ max, and min < max", "min ≤ mode ≤ max og min < max"},
    [FREM_DISTRIBUTION_UNIFORM] = {"min < max", "min < max"},
};

/* Numbers that are there; one that is missing, or could not be read, is reported already. */
static bool are_read(const frem_uncertain *u, const frem_distribution *d) {
    const bool moments = d->kind <= FREM_DISTRIBUTION_BETA, ends = d->kind >= FREM_DISTRIBUTION_BETA;
    const char *key = distributions[d->kind];
    return (!moments || !isnan(d->sd)) && (!ends || (!isnan(d->min) && !isnan(d->max))) &&
           (d->kind != FREM_DISTRIBUTION_TRIANGULAR || !isnan(d->mode)) &&
           (d->kind != FREM_DISTRIBUTION_BETA || !isnan(d->mean)) && frem_node_get(u->head.node, key) != NULL;
}

/* Exactly one distribution, of numbers that give one. */
static void check_distribution(frem_reader *reader, const frem_uncertain *u) {
    const frem_entry *head = &u->head;
    const char *first = NULL;
    for (size_t i = 0; i < DISTRIBUTIONS; i++) {
        if (!has(head, distributions[i]))
            continue;
        if (first != NULL) {
            const frem_status reported = FREM_PROBLEM(reader->diags, frem_entry_place(head, distributions[i]),
                                                      EITHER_OR, head->path, first, distributions[i]);
            (void)frem_diags_relate(reader->diags, reported, frem_entry_place(head, first));
            return;
        }
        first = distributions[i];
    }
    if (first == NULL) {
        (void)FREM_PROBLEM(reader->diags, head->place, UNCERTAIN_NOTHING, head->path);
        return;
    }
    const frem_distribution d = frem_uncertain_distribution(u);
    if (!are_read(u, &d))
        return;
    if (frem_uncertain_means(u) == FREM_UNCERTAIN_UNSAID)
        (void)FREM_PROBLEM(reader->diags, frem_entry_place(head, first), UNCERTAIN_AS, head->path);
    else if (!frem_distribution_is_one(&d))
        (void)FREM_PROBLEM(reader->diags, frem_entry_place(head, first), UNCERTAIN_NUMBERS,
                           frem_reader_path(reader, head->path, first), conditions[d.kind].en,
                           conditions[d.kind].da);
    else if (!(d.least < d.most))
        (void)FREM_PROBLEM(reader->diags, frem_entry_place(head, "max"), UNCERTAIN_CUT_ALL, head->path);
}

static void no_parameter(frem_reader *reader, const frem_uncertain *u, const char *path) {
    const frem_scenario *s = reader->scenario;
    const char **known = frem_reader_alloc(reader, s->parameters.count, sizeof *known), *near = NULL;
    size_t n = 0;
    for (size_t i = 0; known != NULL && i < s->parameters.count; i++) {
        if (frem_value_given(s->parameters.items[i]))
            known[n++] = s->parameters.items[i]->head.path;
    }
    if (known != NULL && frem_reader_compares(reader, n))
        near = frem_nearest(path, known, n);
    (void)FREM_PROBLEM(reader->diags, frem_entry_place(&u->head, "of"), UNCERTAIN_UNKNOWN, u->head.path, path,
                       near);
}

/* Paths name parameters that have the years and ages that are asked for. */
static void check_paths(frem_reader *reader, const frem_uncertain *u) {
    const frem_entry *head = &u->head;
    for (size_t i = 0; i < frem_uncertain_paths(u); i++) {
        const char *path = frem_uncertain_path_at(u, i);
        const frem_value *value = frem_scenario_parameter(reader->scenario, path);
        /* What a file below says of a number that this one does not have is left out. */
        if (value == NULL && !frem_reader_is_below(reader, head->place))
            no_parameter(reader, u, path);
        if (value == NULL)
            continue;
        const bool years = (value->field->flags & (FREM_F_YEAR | FREM_F_ENTRY)) != 0;
        const bool yearly = u->path == FREM_UNCERTAIN_WALK || u->path == FREM_UNCERTAIN_AR;
        if (!years && (yearly || u->from > 0))
            (void)FREM_PROBLEM(reader->diags, frem_entry_place(head, yearly ? "path" : "from"),
                               UNCERTAIN_YEARS, head->path, path);
        if (u->path == FREM_UNCERTAIN_AGES && !(value->field->flags & FREM_F_AGE))
            (void)FREM_PROBLEM(reader->diags, frem_entry_place(head, "path"), UNCERTAIN_AGES, head->path,
                               path);
    }
}

static void check_shape(frem_reader *reader, const frem_uncertain *u) {
    const frem_entry *head = &u->head;
    const frem_years *years = &reader->scenario->years;
    const bool chained = u->path == FREM_UNCERTAIN_AR || u->path == FREM_UNCERTAIN_AGES;
    if (u->path == FREM_UNCERTAIN_WALK && u->as == FREM_UNCERTAIN_VALUE)
        (void)FREM_PROBLEM(reader->diags, frem_entry_place(head, "as"), UNCERTAIN_WALK, head->path);
    if (chained && !has(head, "correlation"))
        frem_reader_missing(reader, head->path, head->place, "correlation", NULL,
                            "with the one before, such as 0.8", "med den forrige, fx 0.8");
    if (!chained && has(head, "correlation"))
        (void)FREM_PROBLEM(reader->diags, frem_entry_place(head, "correlation"), KEY_NOT_USED, head->path,
                           "correlation",
                           "only `path: ar` and `path: ages` have it; groups are in `correlated`",
                           "kun `path: ar` og `path: ages` har den; grupper står i `correlated`");
    if (u->from > 0 && years->until > 0 && u->from > years->until) {
        char from[32], until[32];
        (void)snprintf(from, sizeof from, "%lld", (long long)u->from);
        (void)snprintf(until, sizeof until, "%lld", (long long)years->until);
        (void)FREM_PROBLEM(reader->diags, frem_entry_place(head, "from"), UNCERTAIN_LATE, head->path, from,
                           until);
    }
}

/* ---- groups ---- */

static const frem_uncertain *find_uncertain(const frem_reader *reader, const char *name) {
    for (size_t i = 0; i < reader->scenario->uncertain.count; i++) {
        if (strcmp(reader->scenario->uncertain.items[i].head.key, name) == 0)
            return &reader->scenario->uncertain.items[i];
    }
    return NULL;
}

static void unknown_member(frem_reader *reader, const frem_correlated *c, const char *name) {
    const frem_scenario *s = reader->scenario;
    const char **known = frem_reader_alloc(reader, s->uncertain.count, sizeof *known);
    for (size_t i = 0; known != NULL && i < s->uncertain.count; i++)
        known[i] = s->uncertain.items[i].head.key;
    (void)FREM_PROBLEM(reader->diags, frem_entry_place(&c->head, "of"), UNKNOWN_REFERENCE,
                       frem_reader_path(reader, c->head.path, "of"), name, "uncertain",
                       known != NULL ? frem_nearest(name, known, s->uncertain.count) : NULL);
}

/* A name is in one group, once. */
static void check_once(frem_reader *reader, size_t group, size_t member) {
    const frem_correlated *c = &reader->scenario->correlated.items[group];
    for (size_t g = 0; g <= group; g++) {
        const frem_correlated *other = &reader->scenario->correlated.items[g];
        for (size_t i = 0; i < (g == group ? member : other->of.count); i++) {
            if (strcmp(other->of.items[i], c->of.items[member]) != 0)
                continue;
            const frem_status reported = FREM_PROBLEM(reader->diags, frem_entry_place(&c->head, "of"),
                                                      CORRELATED_TWICE, c->head.path, c->of.items[member]);
            (void)frem_diags_relate(reader->diags, reported, frem_entry_place(&other->head, "of"));
            return;
        }
    }
}

/* Members are known, each in one group once, and have as many numbers as each other. */
static void check_members(frem_reader *reader, size_t group) {
    const frem_correlated *c = &reader->scenario->correlated.items[group];
    const frem_uncertain *first = NULL;
    if (c->of.count == 1)
        (void)FREM_PROBLEM(reader->diags, frem_entry_place(&c->head, "of"), CORRELATED_ONE, c->head.path);
    for (size_t i = 0; i < c->of.count; i++) {
        const frem_uncertain *u = find_uncertain(reader, c->of.items[i]);
        if (u == NULL) {
            unknown_member(reader, c, c->of.items[i]);
            continue;
        }
        check_once(reader, group, i);
        if (first == NULL)
            first = u;
        else if (first->path != u->path || first->from != u->from)
            (void)FREM_PROBLEM(reader->diags, frem_entry_place(&c->head, "of"), CORRELATED_UNLIKE,
                               c->head.path, first->head.key, u->head.key);
    }
}

frem_status frem_correlated_factor(const frem_correlated *c, double *factor) {
    const size_t n = c->of.count;
    for (size_t i = 0; i < n * n; i++)
        factor[i] = i / n == i % n ? 1 : c->matrix.items != NULL ? c->matrix.items[i] : c->correlation;
    return frem_cholesky(factor, n);
}

static void check_matrix(frem_reader *reader, const frem_correlated *c) {
    const frem_entry *head = &c->head;
    const size_t n = c->of.count, m = c->matrix.n;
    const char *key = m > 0 ? "matrix" : "correlation", *path = frem_reader_path(reader, head->path, key);
    const frem_place place = frem_entry_place(head, key);
    char rows[32];
    (void)snprintf(rows, sizeof rows, "%zu", n);
    if (m > 0 && m != n) {
        (void)FREM_PROBLEM(reader->diags, place, MATRIX_SIZE, path, rows);
        return;
    }
    for (size_t i = 0; i < m; i++) {
        for (size_t j = 0; j <= i; j++) {
            const double one = c->matrix.items[i * m + j], other = c->matrix.items[j * m + i];
            if (i == j ? one == 1 : one == other)
                continue;
            (void)FREM_PROBLEM(reader->diags, place, MATRIX_FORM, path);
            return;
        }
    }
    if (n < 2 || (m == 0 && isnan(c->correlation)))
        return;
    double *factor = frem_reader_alloc(reader, n * n, sizeof *factor);
    if (factor != NULL && frem_correlated_factor(c, factor) != FREM_OK)
        (void)FREM_PROBLEM(reader->diags, place, MATRIX_DEFINITE, path);
}

static void check_group(frem_reader *reader, size_t group) {
    const frem_correlated *c = &reader->scenario->correlated.items[group];
    const frem_entry *head = &c->head;
    if (has(head, "correlation") && has(head, "matrix")) {
        const frem_status reported = FREM_PROBLEM(reader->diags, frem_entry_place(head, "matrix"), EITHER_OR,
                                                  head->path, "correlation", "matrix");
        (void)frem_diags_relate(reader->diags, reported, frem_entry_place(head, "correlation"));
        return;
    }
    if (!has(head, "correlation") && !has(head, "matrix"))
        (void)FREM_PROBLEM(reader->diags, head->place, NEITHER_NOR, head->path, "correlation", "matrix");
    check_members(reader, group);
    check_matrix(reader, c);
}

void frem_check_uncertain(frem_reader *reader) {
    const frem_scenario *s = reader->scenario;
    for (size_t i = 0; i < s->uncertain.count; i++) {
        const frem_uncertain *u = &s->uncertain.items[i];
        if (u->head.node == NULL || u->head.node->kind != FREM_MAPPING)
            continue;
        check_distribution(reader, u);
        check_paths(reader, u);
        check_shape(reader, u);
    }
    for (size_t g = 0; g < s->correlated.count; g++) {
        const frem_node *node = s->correlated.items[g].head.node;
        if (node != NULL && node->kind == FREM_MAPPING)
            check_group(reader, g);
    }
}
