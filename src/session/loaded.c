#include "session/loaded.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/model.h"

void frem_loaded_clear(frem_loaded *loaded) {
    for (size_t i = 0; i < loaded->n; i++) {
        frem_model_free(loaded->models[i]);
        frem_scenario_free(loaded->scenarios[i]);
    }
    for (size_t i = 0; i < loaded->n_drafts; i++)
        frem_draft_free(loaded->drafts[i]);
    free(loaded->models);
    free(loaded->scenarios);
    free(loaded->drafts);
    *loaded = (frem_loaded){.sources = loaded->sources};
}

void frem_loaded_free(frem_loaded *loaded) {
    frem_loaded_clear(loaded);
    frem_sources_free(loaded->sources);
    loaded->sources = NULL;
}

frem_status frem_loaded_worse(frem_status so_far, frem_status next) {
    return so_far == FREM_OK || (next != FREM_OK && next != FREM_INVALID) ? next : so_far;
}

bool frem_loaded_goes_on(frem_status status) {
    return status == FREM_OK || status == FREM_INVALID;
}

/* One variant of a draft, or (NULL) the scenario itself. */
static frem_status load_one(frem_loaded *loaded, frem_draft *draft, const char *variant, frem_diags *diags) {
    void *scenarios = loaded->scenarios, *models = loaded->models;
    frem_status status = frem_grow(&scenarios, &loaded->capacity, loaded->n, sizeof *loaded->scenarios);
    loaded->scenarios = scenarios;
    if (status == FREM_OK)
        status = frem_grow(&models, &loaded->models_capacity, loaded->n, sizeof *loaded->models);
    loaded->models = models;
    if (status != FREM_OK)
        return status;
    size_t at = loaded->n++;
    loaded->scenarios[at] = NULL;
    loaded->models[at] = NULL;
    status = frem_scenario_new(&loaded->scenarios[at], draft, variant, diags);
    return status == FREM_OK ? frem_model_new(&loaded->models[at], loaded->scenarios[at], diags) : status;
}

static bool is_asked(const frem_load_choice *choice, const char *variant) {
    bool asked = choice->n_variants == 0;
    for (size_t i = 0; i < choice->n_variants && !asked; i++)
        asked = strcmp(choice->variants[i], variant) == 0;
    return asked;
}

static bool is_known(const frem_draft *draft, const char *variant) {
    bool known = strcmp(variant, "base") == 0;
    for (size_t i = 0; i < frem_draft_variants(draft) && !known; i++)
        known = strcmp(frem_draft_variant(draft, i), variant) == 0;
    return known;
}

static frem_status load_draft(frem_loaded *loaded, const frem_load_choice *choice, frem_draft *draft,
                              frem_diags *diags) {
    frem_status status = FREM_OK;
    if (is_asked(choice, "base"))
        status = load_one(loaded, draft, NULL, diags);
    for (size_t i = 0; i < frem_draft_variants(draft) && frem_loaded_goes_on(status); i++) {
        if (is_asked(choice, frem_draft_variant(draft, i)))
            status = frem_loaded_worse(status, load_one(loaded, draft, frem_draft_variant(draft, i), diags));
    }
    /* The library says what is wrong with the others. */
    for (size_t i = 0; i < choice->n_variants && frem_loaded_goes_on(status); i++) {
        if (!is_known(draft, choice->variants[i]))
            status = frem_loaded_worse(status, load_one(loaded, draft, choice->variants[i], diags));
    }
    return status;
}

frem_status frem_loaded_add(frem_loaded *loaded, const char *path, const frem_load_choice *choice,
                            frem_diags *diags) {
    frem_draft *draft = NULL;
    void *drafts = loaded->drafts;
    frem_status status =
        frem_grow(&drafts, &loaded->drafts_capacity, loaded->n_drafts, sizeof *loaded->drafts);
    loaded->drafts = drafts;
    if (status == FREM_OK)
        status = frem_draft_new(&draft, loaded->sources, path, choice->sets, choice->n_sets, diags);
    if (draft != NULL)
        loaded->drafts[loaded->n_drafts++] = draft;
    return status == FREM_OK ? load_draft(loaded, choice, draft, diags) : status;
}

frem_status frem_loaded_check(const frem_loaded *loaded, frem_status status, const frem_run_options *options,
                              frem_diags *diags) {
    if (!frem_loaded_goes_on(status))
        return status;
    return frem_loaded_worse(
        status, frem_results_check((const frem_model *const *)loaded->models, loaded->n, options, diags));
}
