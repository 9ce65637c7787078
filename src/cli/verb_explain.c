/* `explain`. */
#include <string.h>

#include "base/problem.h"
#include "cli/cli.h"
#include "fremskriv/explain.h"

static const frem_place in_command = {"fremskriv", 0, 0};

/* One scenario, one path, and no format but JSON. @param[out] json whether that is asked for. */
static frem_status read_words(const frem_command *command, bool *json, frem_diags *diags) {
    const bool asked = command->n_formats != 1 || strcmp(command->formats[0], "csv") != 0;
    *json = command->n_formats == 1 && strcmp(command->formats[0], "json") == 0;
    if (command->n_files > 2)
        (void)FREM_PROBLEM(diags, in_command, EXPLAIN_WORDS, command->files[2]);
    for (size_t i = 0; i < command->n_formats && asked; i++) {
        if (strcmp(command->formats[i], "json") != 0)
            (void)FREM_PROBLEM(diags, in_command, OPTION_VALUE, "--format", command->formats[i], "json");
    }
    return frem_diags_errors(diags) > 0 ? FREM_USAGE : FREM_OK;
}

static frem_status say(const frem_explanation *explanation, const frem_command *command, bool json,
                       frem_diags *diags) {
    return frem_say_text(json ? frem_explanation_json(explanation)
                              : frem_explanation_text(explanation, command->lang, frem_terminal_width()),
                         diags);
}

frem_status frem_verb_explain(const frem_command *command, frem_diags *diags) {
    const char *base[] = {"base"};
    frem_command loading = *command;
    frem_watch watch;
    frem_loaded all = {0};
    frem_explanation *explanation = NULL;
    bool json;
    frem_watch_begin(&watch, command);
    frem_status status = read_words(command, &json, diags);
    loading.n_files = 1;
    if (loading.n_variants == 0) {
        loading.variants = base;
        loading.n_variants = 1;
    }
    if (status == FREM_OK)
        status = frem_load(&all, &loading, &watch.progress, diags);
    if (all.n > 0)
        status = frem_load_check(&all, status, command, &watch.progress, diags);
    if (status == FREM_OK)
        status = frem_explanation_new(&explanation, (const frem_model *const *)all.models, all.n,
                                      command->n_files > 1 ? command->files[1] : NULL, diags);
    status = frem_judge(status, command, diags);
    frem_watch_end(&watch);
    if (status == FREM_OK)
        status = say(explanation, command, json, diags);
    frem_show_problems(diags, command, all.sources);
    frem_explanation_free(explanation);
    frem_loaded_free(&all);
    return status;
}
