/* The assumptions of a document: what its scenarios say, and in what they differ from what they extend. */
#include <stdlib.h>
#include <string.h>

#include "analysis/changed.h"
#include "analysis/results.h"
#include "base/locale.h"

/* What all scenarios give. */
typedef struct assuming {
    frem_assumption *list;
    size_t n, capacity;
    frem_status status;
} assuming;

static void keep(assuming *a, frem_assumption assumption) {
    if (a->status == FREM_OK)
        a->status = frem_grow((void **)&a->list, &a->capacity, a->n, sizeof *a->list);
    if (a->status == FREM_OK)
        a->list[a->n++] = assumption;
}

/* Keeps the assumptions of a variant that its base does not have; those that only the base has are shown as left out. */
static void keep_differences(assuming *a, frem_arena *arena, const frem_said *base, size_t n_base,
                             const frem_said *own, size_t n_own, const char *variant) {
    frem_differs *differs;
    size_t n;
    const frem_status status = frem_said_differ(arena, base, n_base, own, n_own, &differs, &n);
    a->status = a->status == FREM_OK ? status : a->status;
    for (size_t i = 0; i < n && a->status == FREM_OK; i++) {
        frem_assumption one = differs[i].after != NULL ? differs[i].after->as : differs[i].before->as;
        one.variant = variant;
        one.value = differs[i].after != NULL ? one.value : "~";
        for (size_t lang = 0; lang < FREM_LANG_COUNT && differs[i].after == NULL; lang++)
            one.words.text[lang] = frem_word_text(FREM_W_WORDS_LEFT_OUT, (frem_lang)lang);
        keep(a, one);
    }
}

/* ---- what differs from what is extended ---- */

static const frem_assumption *side_of(const frem_said *said) {
    return said != NULL ? &said->as : NULL;
}

/* Of all runs, in their order. */
static frem_status list_changes(frem_results *results) {
    const size_t n_runs = results->document.n_scenarios;
    frem_differs **differs = frem_arena_alloc(results->arena, n_runs + 1, sizeof *differs);
    size_t *n = frem_arena_alloc(results->arena, n_runs + 1, sizeof *n), all = 0;
    frem_status status = differs != NULL && n != NULL ? FREM_OK : FREM_NO_MEMORY;
    for (size_t i = 0; i < n_runs && status == FREM_OK; i++) {
        frem_against against;
        status = frem_scenario_changed(results->arena, &results->run[i], results->models[i]->scenario,
                                       &against, &differs[i], &n[i]);
        all += status == FREM_OK ? n[i] : 0;
    }
    frem_changed *changes =
        status == FREM_OK ? frem_arena_alloc(results->arena, all + 1, sizeof *changes) : NULL;
    if (changes == NULL)
        return status != FREM_OK ? status : FREM_NO_MEMORY;
    results->document.changes = changes;
    for (size_t i = 0; i < n_runs; i++) {
        for (size_t k = 0; k < n[i]; k++) {
            const frem_differs *one = &differs[i][k];
            const frem_assumption *before = side_of(one->before), *after = side_of(one->after);
            const frem_assumption *either = after != NULL ? after : before;
            changes[results->document.n_changes++] = (frem_changed){
                results->run[i].name, results->run[i].variant, either->path, either->help, before, after};
        }
    }
    return FREM_OK;
}

frem_status frem_results_assume(frem_results *results) {
    assuming a = {.status = FREM_OK};
    frem_said *base = NULL; /* of the scenario whose variants come */
    size_t n_base = 0;
    for (size_t i = 0; i < results->document.n_scenarios && a.status == FREM_OK; i++) {
        const frem_run *run = &results->run[i];
        frem_said *own;
        size_t n;
        a.status = frem_scenario_said(results->arena, run, results->models[i]->scenario, FREM_SAYING_NUMBERS,
                                      &own, &n);
        if (a.status != FREM_OK)
            break;
        if (i > 0 && strcmp(run->name, results->run[i - 1].name) == 0) {
            keep_differences(&a, results->arena, base, n_base, own, n, run->variant);
            continue;
        }
        base = own;
        n_base = n;
        for (size_t k = 0; k < n; k++)
            keep(&a, own[k].as);
    }
    frem_assumption *kept = frem_arena_alloc(results->arena, a.n + 1, sizeof *kept);
    if (kept == NULL)
        a.status = FREM_NO_MEMORY;
    else if (a.n > 0)
        memcpy(kept, a.list, a.n * sizeof *kept);
    free(a.list);
    results->document.assumptions = kept;
    results->document.n_assumptions = kept != NULL ? a.n : 0;
    return a.status == FREM_OK ? list_changes(results) : a.status;
}
