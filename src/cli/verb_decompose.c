/* `decompose`. */
#include <string.h>

#include "cli/cli.h"
#include "fremskriv/decompose.h"

/* What is asked, and in which order of variants. */
typedef struct asked {
    frem_decompose_options options;
    const frem_command *command;
} asked;

/* Variants come in the order of their file; the one that the command names first is the reference. */
static bool is_turned(const frem_command *command, const frem_model *const *models, size_t n_models) {
    return n_models == 2 && command->n_variants == 2 && command->n_files == 1 &&
           strcmp(frem_scenario_variant(models[0]->scenario), command->variants[1]) == 0;
}

static frem_status ask(frem_results **out, const frem_sources *sources, const frem_model *const *models,
                       size_t n_models, const void *question, const frem_run_options *options,
                       frem_diags *diags) {
    const asked *what = question;
    const frem_model *const turned[] = {models[n_models - 1], models[0]};
    const bool turn = is_turned(what->command, models, n_models);
    return frem_decompose_new(out, sources, turn ? turned : models, n_models, &what->options, options, diags);
}

frem_status frem_verb_decompose(const frem_command *command, frem_diags *diags) {
    const asked what = {.options = {.of = command->of,
                                    .n_of = command->n_of,
                                    .groups = command->groups,
                                    .n_groups = command->n_groups,
                                    .orders = command->points,
                                    .seed = command->seed > 0 ? command->seed : 1},
                        .command = command};
    return frem_verb_answer(command, ask, &what, diags);
}
