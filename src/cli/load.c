/* Scenarios and their variants as the command line asks for them. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/progress.h"
#include "cli/cli.h"

void frem_unload(frem_loaded *loaded) {
    for (size_t i = 0; i < loaded->n; i++) {
        frem_model_free(loaded->models[i]);
        frem_scenario_free(loaded->scenarios[i]);
    }
    for (size_t i = 0; i < loaded->n_drafts; i++)
        frem_draft_free(loaded->drafts[i]);
    free(loaded->models);
    free(loaded->scenarios);
    free(loaded->drafts);
    frem_sources_free(loaded->sources);
    *loaded = (frem_loaded){0};
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

static bool is_asked(const frem_command *command, const char *variant) {
    bool asked = command->n_variants == 0;
    for (size_t i = 0; i < command->n_variants && !asked; i++)
        asked = strcmp(command->variants[i], variant) == 0;
    return asked;
}

static bool is_known(const frem_draft *draft, const char *variant) {
    bool known = strcmp(variant, "base") == 0;
    for (size_t i = 0; i < frem_draft_variants(draft) && !known; i++)
        known = strcmp(frem_draft_variant(draft, i), variant) == 0;
    return known;
}

/* Keeps the worst that happened without stopping for problems. */
static frem_status worse(frem_status so_far, frem_status next) {
    return so_far == FREM_OK || (next != FREM_OK && next != FREM_INVALID) ? next : so_far;
}

static bool goes_on(frem_status status) {
    return status == FREM_OK || status == FREM_INVALID;
}

static frem_status load_draft(frem_loaded *loaded, const frem_command *command, frem_draft *draft,
                              frem_diags *diags) {
    frem_status status = FREM_OK;
    if (is_asked(command, "base"))
        status = load_one(loaded, draft, NULL, diags);
    for (size_t i = 0; i < frem_draft_variants(draft) && goes_on(status); i++) {
        if (is_asked(command, frem_draft_variant(draft, i)))
            status = worse(status, load_one(loaded, draft, frem_draft_variant(draft, i), diags));
    }
    /* The library says what is wrong with the others. */
    for (size_t i = 0; i < command->n_variants && goes_on(status); i++) {
        if (!is_known(draft, command->variants[i]))
            status = worse(status, load_one(loaded, draft, command->variants[i], diags));
    }
    return status;
}

frem_status frem_load(frem_loaded *loaded, const frem_command *command, const frem_progress *progress,
                      frem_diags *diags) {
    char *program = frem_program_folder();
    frem_status result = frem_sources_new(&loaded->sources, command->data, command->n_data, program);
    free(program);
    loaded->drafts = calloc(command->n_files + 1, sizeof *loaded->drafts);
    if (result == FREM_OK && loaded->drafts == NULL)
        result = FREM_NO_MEMORY;
    for (size_t i = 0; i < command->n_files && goes_on(result); i++) {
        frem_draft *draft = NULL;
        frem_status status = frem_progress_at(progress, FREM_PHASE_READ, i, command->n_files);
        if (status == FREM_OK)
            status = frem_draft_new(&draft, loaded->sources, command->files[i], command->sets,
                                    command->n_sets, diags);
        if (draft != NULL)
            loaded->drafts[loaded->n_drafts++] = draft;
        if (status == FREM_OK)
            status = load_draft(loaded, command, draft, diags);
        result = worse(result, status);
    }
    return result;
}

frem_status frem_loaded_check(const frem_loaded *loaded, frem_status status, const frem_command *command,
                              const frem_progress *progress, frem_diags *diags) {
    if (!goes_on(status))
        return status;
    const frem_run_options options = {.threads = command->threads, .progress = progress};
    return worse(status,
                 frem_results_check((const frem_model *const *)loaded->models, loaded->n, &options, diags));
}
