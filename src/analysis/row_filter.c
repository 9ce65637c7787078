/* Reading which rows are wanted: lists of keys as in results.csv. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/results.h"
#include "base/number.h"
#include "base/problem.h"
#include "base/text.h"

static const frem_place in_command = {"fremskriv", 0, 0};

/* What a list of one model chooses from. */
typedef struct choice {
    frem_arena *arena;
    const char *const *names;
    const char *const *labels; /* of the first of them, what people call them; NULL for none */
    size_t n_labels;
    size_t n;
    size_t first_group; /* from here to n they are "groups"; n: there are none */
    bool *wanted;       /* [n], the last one being "all" where there is one */
} choice;

static bool is_word(const char *word, size_t n, const char *name) {
    return strlen(name) == n && strncmp(name, word, n) == 0;
}

/* Marks what one word means. @return false where it means nothing here. */
static bool mark(choice *c, const char *word, size_t n) {
    bool known = false;
    for (size_t i = 0; i < c->n; i++) {
        bool meant = is_word(word, n, c->names[i]);
        c->wanted[i] = c->wanted[i] || meant;
        known = known || meant;
    }
    if (known)
        return true;
    for (size_t i = 0; i < c->n_labels; i++) {
        bool meant = c->labels[i] != NULL && is_word(word, n, c->labels[i]);
        c->wanted[i] = c->wanted[i] || meant;
        known = known || meant;
    }
    if (known)
        return true;
    bool every = is_word(word, n, "every"), each = is_word(word, n, "each");
    if (!every && !each && !is_word(word, n, "groups"))
        return false;
    for (size_t i = every || each ? 0 : c->first_group; i < c->n; i++)
        c->wanted[i] = c->wanted[i] || every || i + 1 < c->n; /* their sum is none of them */
    return every || each || c->first_group < c->n;
}

/* @param among what was looked through; NULL: years. */
static frem_status unknown(const char *option, const char *word, size_t n, const choice *among,
                           frem_diags *diags) {
    frem_text text = {0};
    frem_text_add_bytes(&text, word, n);
    const char *given = text.bytes != NULL ? text.bytes : "";
    const char *near = among != NULL ? frem_nearest(given, among->names, among->n) : NULL;
    if (near == NULL && among != NULL)
        near = frem_nearest(given, among->labels, among->n_labels);
    frem_status status =
        text.failed ? FREM_NO_MEMORY : FREM_PROBLEM(diags, in_command, SWEEP_FILTER, option, given, near);
    frem_text_free(&text);
    return status;
}

/* Reads one option's list for all models. A word must mean something in one of them at least. */
static frem_status read_list(const char *option, const char *list, choice *choices, size_t n_models,
                             frem_diags *diags) {
    frem_status status = FREM_OK;
    for (const char *word = list; word != NULL;) {
        const char *end = strchr(word, ',');
        size_t n = end != NULL ? (size_t)(end - word) : strlen(word);
        bool known = false;
        for (size_t m = 0; m < n_models; m++)
            known = mark(&choices[m], word, n) || known;
        /* There may be no groups to ask for. */
        if (!known && !(strcmp(option, "--region") == 0 && is_word(word, n, "groups")))
            status = unknown(option, word, n, &choices[0], diags);
        word = end != NULL ? end + 1 : NULL;
    }
    return status;
}

/* A choice among some names and "all". */
static frem_status choose(choice *c, frem_arena *arena, const char *const *names, size_t n,
                          const frem_group *groups, size_t n_groups) {
    const char **all = frem_arena_alloc(arena, n + n_groups + 1, sizeof *all);
    *c = (choice){.arena = arena, .names = all, .n = n + n_groups + 1, .first_group = n};
    c->wanted = frem_arena_alloc(arena, c->n, sizeof *c->wanted);
    if (all == NULL || c->wanted == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < n; i++)
        all[i] = names[i];
    for (size_t g = 0; g < n_groups; g++)
        all[n + g] = groups[g].name;
    all[n + n_groups] = "all";
    if (n_groups == 0)
        c->first_group = c->n;
    return FREM_OK;
}

/* What the lists are read for. */
typedef struct reader {
    frem_arena *arena;
    const frem_model *const *models;
    size_t n_models;
    frem_row_filter *filters; /* [model] */
    frem_diags *diags;
} reader;

typedef enum dimension { REGIONS, PROFESSIONS, SECTORS } dimension;

static frem_status read_dimension(const reader *r, dimension of, const char *option, const char *list) {
    if (list == NULL)
        return FREM_OK;
    choice *choices = calloc(r->n_models + 1, sizeof *choices);
    frem_status status = choices != NULL ? FREM_OK : FREM_NO_MEMORY;
    for (size_t m = 0; m < r->n_models && status == FREM_OK; m++) {
        const frem_model *model = r->models[m];
        const frem_index *names = of == REGIONS       ? model->regions
                                  : of == PROFESSIONS ? model->professions
                                                      : model->sectors;
        status = choose(&choices[m], r->arena, frem_index_names(names),
                        of == REGIONS ? model->reported : frem_index_count(names),
                        of == REGIONS ? model->groups : NULL, of == REGIONS ? model->n_groups : 0);
        if (of == REGIONS && status == FREM_OK) {
            choices[m].labels = model->region_names;
            choices[m].n_labels = model->reported;
        }
        const bool **filter = of == REGIONS       ? &r->filters[m].areas
                              : of == PROFESSIONS ? &r->filters[m].professions
                                                  : &r->filters[m].sectors;
        *filter = choices[m].wanted;
    }
    if (status == FREM_OK)
        status = read_list(option, list, choices, r->n_models, r->diags);
    free(choices);
    return status;
}

static frem_status read_measures(const reader *r, const char *list) {
    if (list == NULL)
        return FREM_OK;
    const char *names[FREM_M_COUNT];
    choice c = {.arena = r->arena, .names = names, .n = FREM_M_COUNT, .first_group = FREM_M_COUNT};
    c.wanted = frem_arena_alloc(r->arena, FREM_M_COUNT, sizeof *c.wanted);
    if (c.wanted == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < FREM_M_COUNT; i++)
        names[i] = frem_measures[i].name;
    for (size_t m = 0; m < r->n_models; m++)
        r->filters[m].measures = c.wanted;
    return read_list("--measure", list, &c, 1, r->diags);
}

/* ---- years ---- */

/* "2030", "2030-2035" or "every". @return false for anything else. */
static bool read_years_word(const char *word, size_t n, int64_t *from, int64_t *to) {
    if (is_word(word, n, "every")) {
        *from = INT64_MIN;
        *to = INT64_MAX;
        return true;
    }
    const char *dash = memchr(word, '-', n);
    size_t first = dash != NULL ? (size_t)(dash - word) : n;
    if (frem_whole_read(word, first, from) != FREM_NUMBER_OK)
        return false;
    *to = *from;
    return dash == NULL || frem_whole_read(dash + 1, n - first - 1, to) == FREM_NUMBER_OK;
}

static frem_status read_years(const reader *r, const char *list) {
    frem_status status = FREM_OK;
    if (list == NULL)
        return status;
    bool **wanted = calloc(r->n_models + 1, sizeof *wanted);
    if (wanted == NULL)
        return FREM_NO_MEMORY;
    for (size_t m = 0; m < r->n_models && status == FREM_OK; m++) {
        wanted[m] = frem_arena_alloc(r->arena, r->models[m]->steps, sizeof **wanted);
        status = wanted[m] != NULL ? FREM_OK : FREM_NO_MEMORY;
        r->filters[m].steps = wanted[m];
    }
    for (const char *word = list; word != NULL && status != FREM_NO_MEMORY;) {
        const char *end = strchr(word, ',');
        size_t n = end != NULL ? (size_t)(end - word) : strlen(word);
        int64_t from, to;
        bool known = false, form = read_years_word(word, n, &from, &to);
        for (size_t m = 0; m < r->n_models && form; m++) {
            for (size_t t = 0; t < r->models[m]->steps; t++) {
                int64_t year = r->models[m]->base + (int64_t)t;
                bool inside = year >= from && year <= to;
                wanted[m][t] = wanted[m][t] || inside;
                known = known || inside;
            }
        }
        if (!known)
            status = unknown("--year", word, n, NULL, r->diags);
        word = end != NULL ? end + 1 : NULL;
    }
    free(wanted);
    return status;
}

frem_status frem_row_filters_read(frem_arena *arena, const frem_model *const *models, size_t n_models,
                                  const frem_row_choice *rows, frem_row_filter *filters, frem_diags *diags) {
    const reader r = {arena, models, n_models, filters, diags};
    const frem_status parts[] = {
        read_measures(&r, rows->measures), read_dimension(&r, REGIONS, "--region", rows->regions),
        read_years(&r, rows->years), read_dimension(&r, PROFESSIONS, "--profession", rows->professions),
        read_dimension(&r, SECTORS, "--sector", rows->sectors)};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i] != FREM_OK)
            return parts[i];
    }
    return FREM_OK;
}
