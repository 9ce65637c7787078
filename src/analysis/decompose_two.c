/* Why two scenarios differ: the first's tree with parts of the second's. What is a number of the same parameter in both is taken
 * in lanes; what is anything else, such as another table or a rule that one of them has not, is laid into the tree and compiled
 * again, once for each set of the causes that have such parts. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/cases.h"
#include "analysis/decompose.h"
#include "base/problem.h"
#include "scenario/draft.h"

static const frem_place in_command = {"fremskriv", 0, 0};

/* What differs. */
typedef struct part {
    const char *path;
    size_t cause;
    ptrdiff_t numbers[2]; /* the parameter in each model; -1: none */
    bool whole;           /* whether it is laid into the tree */
} part;

typedef struct two_worlds {
    const frem_why *why;
    const frem_model *models[2];
    frem_causes causes;
    part *parts; /* owned */
    size_t n_parts, capacity;
    size_t bit[FREM_GROUPS_MAX]; /* of each cause in the game; those that are laid into the tree come last */
    uint64_t whole;              /* bits of these */
    uint64_t on;                 /* the set that a tree is mixed for */
    const frem_series **series[2];
    size_t *group;
    frem_status status; /* of looking for parts */
} two_worlds;

/* ---- what differs ---- */

/* The file that a scalar names as a table; NULL where it names none. */
static const frem_source *table_of(const frem_model *model, const frem_node *scalar) {
    for (size_t i = 0; i < model->n_table_names; i++) {
        if (model->table_names[i].scalar == scalar)
            return model->table_names[i].source;
    }
    return NULL;
}

/* Whether two nodes say the same; the name of a table does where it is the same file. */
static bool says_same(const two_worlds *w, const frem_node *a, const frem_node *b) {
    if (a == b)
        return true;
    if (a == NULL || b == NULL || a->kind != b->kind || a->count != b->count)
        return false;
    if (a->kind == FREM_SCALAR)
        return a->quoted == b->quoted && strcmp(a->text, b->text) == 0 &&
               table_of(w->models[0], a) == table_of(w->models[1], b);
    bool same = true;
    for (size_t i = 0; i < a->count && same; i++) {
        if (a->kind == FREM_SEQUENCE)
            same = says_same(w, a->items[i], b->items[i]);
        else
            same = says_same(w, a->pairs[i].value, frem_node_get(b, a->pairs[i].key));
    }
    return same;
}

/* Whether a key only says something to a reader. */
static bool is_remark(const char *path) {
    static const char *const remarks[] = {"name", "title", "description", "label",   "source",
                                          "note", "unit",  "observed",    "variants"};
    const char *dot = strrchr(path, '.'), *key = dot != NULL ? dot + 1 : path;
    for (size_t i = 0; i < sizeof remarks / sizeof *remarks; i++) {
        if (strcmp(remarks[i], key) == 0)
            return true;
    }
    return false;
}

static const frem_series *series_of(const two_worlds *w, const part *p, size_t which) {
    return &w->models[which]->series[p->numbers[which]];
}

/* Whether a part is a number of the same parameter in both, which lanes can take. */
static bool is_number(const two_worlds *w, const part *p) {
    return p->numbers[0] >= 0 && p->numbers[1] >= 0 && frem_mix_alike(series_of(w, p, 0), series_of(w, p, 1));
}

static void add_part(two_worlds *w, const part *found) {
    part one = *found;
    frem_status status = frem_causes_of(&w->causes, one.path, NULL, &one.cause, w->why->diags);
    void *parts = w->parts;
    if (status == FREM_OK)
        status = frem_grow(&parts, &w->capacity, w->n_parts, sizeof *w->parts);
    w->parts = parts;
    if (status == FREM_OK)
        one.path = frem_arena_text(w->why->arena, one.path, strlen(one.path));
    if (status == FREM_OK && one.path == NULL)
        status = FREM_NO_MEMORY;
    if (status == FREM_OK)
        w->parts[w->n_parts++] = one;
    w->status = w->status == FREM_OK ? status : w->status;
}

/* Notes what differs; the tree stays the first's. */
static bool note(void *context, const frem_field *field, const char *path, const frem_node *a,
                 const frem_node *b) {
    two_worlds *w = context;
    part found = {.path = path, .numbers = {-1, -1}};
    if (is_remark(path))
        return false;
    for (size_t i = 0; i < 2 && field->type == FREM_T_VALUE; i++)
        found.numbers[i] = frem_model_find(w->models[i], path);
    if (is_number(w, &found)) {
        if (!frem_mix_same(series_of(w, &found, 0), series_of(w, &found, 1)))
            add_part(w, &found);
        return false;
    }
    found.whole = true;
    if (!says_same(w, a, b))
        add_part(w, &found);
    return false;
}

/* ---- whether they can be mixed ---- */

static bool same_names(const frem_index *a, const frem_index *b) {
    const size_t n = frem_index_count(a);
    bool same = n == frem_index_count(b);
    for (size_t i = 0; i < n && same; i++) {
        const char *name = frem_index_name(a, i);
        const ptrdiff_t at = frem_index_find(b, name, strlen(name));
        same = at == (ptrdiff_t)i;
    }
    return same;
}

/* The shapes of both must be one, part by part. */
frem_status frem_decompose_shapes(const frem_why *why) {
    const frem_model *a = why->models[0], *b = why->models[1];
    const struct {
        bool same;
        const char *en, *da, *key;
    } shapes[] = {
        {a->base == b->base && a->steps == b->steps, "years", "år", "years"},
        {a->age_first == b->age_first && a->ages == b->ages, "ages", "aldre", "ages"},
        {same_names(a->regions, b->regions) && a->reported == b->reported, "regions", "områder", "regions"},
        {same_names(a->sexes, b->sexes), "sexes", "køn", "cohorts"}};
    frem_status status = FREM_OK;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes && status != FREM_NO_MEMORY; i++) {
        if (!shapes[i].same)
            status = FREM_PROBLEM(why->diags, in_command, DECOMPOSE_SHAPE, a->scenario->name,
                                  b->scenario->name, shapes[i].en, shapes[i].da, shapes[i].key);
    }
    return status == FREM_INVALID ? FREM_USAGE : status;
}

/* Gives each cause its bit, those with parts to be laid into the tree the last ones. */
static void number_causes(two_worlds *w) {
    bool whole[FREM_GROUPS_MAX] = {false};
    size_t next = 0;
    for (size_t i = 0; i < w->n_parts; i++)
        whole[w->parts[i].cause] = whole[w->parts[i].cause] || w->parts[i].whole;
    for (size_t pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < w->causes.n; i++) {
            if (whole[i] != (pass == 1))
                continue;
            if (pass == 1)
                w->whole |= (uint64_t)1 << next;
            w->bit[i] = next++;
        }
    }
    for (size_t i = 0; i < w->n_parts; i++)
        w->parts[i].whole = whole[w->parts[i].cause];
}

static frem_status find_parts(two_worlds *w) {
    frem_draft *draft = NULL;
    frem_status status = frem_draft_mixed(&draft, w->models[0]->scenario, w->models[1]->scenario, note, w);
    frem_draft_free(draft);
    if (status == FREM_OK)
        status = w->status;
    if (status == FREM_OK)
        number_causes(w);
    return status;
}

/* ---- a tree for each set ---- */

static bool choose(void *context, const frem_field *field, const char *path, const frem_node *a,
                   const frem_node *b) {
    const two_worlds *w = context;
    (void)field;
    (void)a;
    (void)b;
    for (size_t i = 0; i < w->n_parts; i++) {
        const part *p = &w->parts[i];
        if (p->whole && strcmp(p->path, path) == 0)
            return (w->on >> w->bit[p->cause] & 1) != 0;
    }
    return false;
}

/* What is compiled of one set of the causes that are laid into the tree. */
typedef struct mixed_model {
    frem_draft *draft;
    frem_scenario *scenario;
    frem_model *model;
} mixed_model;

static void free_mixed(mixed_model *m) {
    frem_model_free(m->model);
    frem_scenario_free(m->scenario);
    frem_draft_free(m->draft);
    *m = (mixed_model){NULL, NULL, NULL};
}

static frem_status compile(two_worlds *w, frem_diags *diags, mixed_model *out) {
    frem_status status =
        frem_draft_mixed(&out->draft, w->models[0]->scenario, w->models[1]->scenario, choose, w);
    if (status == FREM_OK)
        status = frem_scenario_new(&out->scenario, out->draft, NULL, diags);
    return status == FREM_OK ? frem_model_new(&out->model, out->scenario, diags) : status;
}

/* Says what could not be compiled, and which causes are the second's in it. */
static frem_status refuse(two_worlds *w) {
    uint64_t which = 0;
    mixed_model again = {NULL, NULL, NULL};
    const frem_status status = compile(w, w->why->diags, &again);
    free_mixed(&again);
    for (size_t i = 0; i < w->causes.n; i++)
        which |= w->on & w->whole & (uint64_t)1 << w->bit[i] ? (uint64_t)1 << i : 0;
    return status == FREM_INVALID ? frem_causes_refuse(&w->causes, which, w->models[0]->scenario->name,
                                                       w->models[1]->scenario->name, w->why->diags)
                                  : status;
}

/* The warnings of the two scenarios have been shown: those of their mixtures would only repeat them. */
static frem_status compile_quietly(two_worlds *w, mixed_model *out) {
    frem_diags *quiet = NULL;
    frem_status status = frem_diags_new(&quiet);
    if (status == FREM_OK)
        status = compile(w, quiet, out);
    frem_diags_free(quiet);
    return status == FREM_INVALID ? refuse(w) : status;
}

/* ---- playing ---- */

/* Which of a model's parameters lanes take from where. */
static frem_status set_mix(two_worlds *w, const frem_model *model, frem_arena *arena, frem_mix *mix) {
    const size_t n = model->scenario->parameters.count, parts = frem_mix_parts(model);
    for (size_t k = 0; k < 2; k++)
        w->series[k] = frem_arena_alloc(arena, n + 1, sizeof *w->series[k]);
    w->group = frem_arena_alloc(arena, parts + 1, sizeof *w->group);
    if (w->series[0] == NULL || w->series[1] == NULL || w->group == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < parts; i++)
        w->group[i] = FREM_MIX_NONE;
    for (size_t i = 0; i < n; i++)
        w->series[0][i] = w->series[1][i] = &model->series[i];
    for (size_t i = 0; i < w->n_parts; i++) {
        const part *p = &w->parts[i];
        const ptrdiff_t at = p->whole ? -1 : frem_model_find(model, p->path);
        if (at < 0)
            continue;
        const frem_series *a = series_of(w, p, 0), *b = series_of(w, p, 1);
        w->series[0][at] = frem_mix_with_years(arena, a, b);
        w->series[1][at] = frem_mix_with_years(arena, b, a);
        w->group[at] = w->bit[p->cause];
        if (w->series[0][at] == NULL || w->series[1][at] == NULL)
            return FREM_NO_MEMORY;
    }
    *mix = (frem_mix){.series = {w->series[0], w->series[1]}, .group = w->group};
    return FREM_OK;
}

/* Sets that have the same causes laid into the tree. */
static frem_status play_alike(two_worlds *w, const uint64_t *on, size_t n, frem_cases *cases, double *out) {
    const frem_why *why = w->why;
    mixed_model mixed = {NULL, NULL, NULL};
    frem_arena *arena = NULL;
    frem_mix mix;
    frem_status status = frem_arena_new(&arena);
    w->on = on[0];
    if (status == FREM_OK && w->on & w->whole)
        status = compile_quietly(w, &mixed);
    cases->model = mixed.model != NULL ? mixed.model : w->models[0];
    if (status == FREM_OK)
        status = set_mix(w, cases->model, arena, &mix);
    if (status == FREM_OK) {
        mix.on = on;
        cases->mix = &mix;
        status = frem_cases_at(cases, n, NULL, 0, out, NULL);
    }
    for (size_t i = 0; i < n && status == FREM_OK; i++)
        status = frem_cases_known(cases, out + i * why->n_addresses);
    frem_arena_free(arena);
    free_mixed(&mixed);
    return status;
}

static frem_status play(void *context, const uint64_t *on, size_t n, double *out) {
    two_worlds *w = context;
    const frem_why *why = w->why;
    frem_cases cases = {.addresses = why->addresses,
                        .n_addresses = why->n_addresses,
                        .pool = why->pool,
                        .isa = why->isa,
                        .progress = why->run->progress,
                        .total = n,
                        .diags = why->diags};
    frem_status status = FREM_OK;
    for (size_t first = 0, end = 0; first < n && status == FREM_OK; first = end) {
        while (end < n && (on[end] & w->whole) == (on[first] & w->whole))
            end++;
        status = play_alike(w, on + first, end - first, &cases, out + first * why->n_addresses);
    }
    return status;
}

/* With every part of the second's the first must give what the second gives. */
static frem_status check_ends(const two_worlds *w, const frem_shares *shares) {
    const frem_why *why = w->why;
    double *own = calloc(why->n_addresses, sizeof *own);
    frem_cases cases = {.model = w->models[1],
                        .addresses = why->addresses,
                        .n_addresses = why->n_addresses,
                        .pool = why->pool,
                        .isa = why->isa,
                        .diags = why->diags};
    frem_status status = own != NULL ? frem_cases_at(&cases, 1, NULL, 0, own, NULL) : FREM_NO_MEMORY;
    for (size_t i = 0; i < why->n_addresses && status == FREM_OK; i++) {
        if (!(fabs(own[i] - shares->all[i]) <= 1e-6 * fmax(1, fabs(own[i])))) {
            char *text = frem_address_text(&why->addresses[i]);
            status = text == NULL
                         ? FREM_NO_MEMORY
                         : FREM_PROBLEM(why->diags, in_command, DECOMPOSE_REST, w->models[0]->scenario->name,
                                        w->models[1]->scenario->name, text);
            free(text);
        }
    }
    free(own);
    return status;
}

/* The shares of causes by their own places, which the game counts by bits. */
static frem_status by_cause(const two_worlds *w, frem_shares *shares) {
    const size_t n = w->causes.n, addresses = w->why->n_addresses;
    double *value = frem_arena_alloc(w->why->arena, n * addresses + 1, sizeof *value),
           *half = frem_arena_alloc(w->why->arena, n * addresses + 1, sizeof *half);
    if (value == NULL || half == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < n * addresses; i++) {
        value[i] = shares->value[i / n * n + w->bit[i % n]];
        half[i] = shares->half[i / n * n + w->bit[i % n]];
    }
    shares->value = value;
    shares->half = half;
    return FREM_OK;
}

static frem_status explain(two_worlds *w, frem_decomposed *out) {
    const frem_why *why = w->why;
    frem_shares shares;
    frem_status status =
        frem_causes_ask(&w->causes, why->options->groups, why->options->n_groups, why->diags);
    if (status == FREM_OK)
        status = frem_causes_known(&w->causes, why->models, why->n_models, why->diags);
    if (status == FREM_OK)
        status = find_parts(w);
    const frem_game game = {w->causes.n, why->n_addresses, play, w, why->options->orders, why->options->seed};
    if (status == FREM_OK)
        status = frem_game_share(&game, why->arena, &shares);
    if (status == FREM_OK)
        status = check_ends(w, &shares);
    if (status == FREM_OK)
        status = by_cause(w, &shares);
    for (size_t i = 0; i < why->n_addresses && status == FREM_OK; i++)
        status = frem_decomposed_take(why->arena, &w->causes, &shares, i, (double)NAN, &out[i]);
    return status;
}

frem_status frem_decompose_two(const frem_why *why, frem_decomposed *out) {
    two_worlds w = {.why = why, .models = {why->models[0], why->models[1]}, .causes = {.arena = why->arena}};
    const frem_status status = explain(&w, out);
    free(w.parts);
    return status;
}
