/* `sensitivity`. */
#include "cli/cli.h"
#include "fremskriv/sensitivity.h"

static frem_status ask(frem_results **out, const frem_sources *sources, const frem_model *const *models,
                       size_t n_models, const void *question, const frem_run_options *options,
                       frem_diags *diags) {
    return frem_sensitivity_new(out, sources, models, n_models, question, options, diags);
}

frem_status frem_verb_sensitivity(const frem_command *command, frem_diags *diags) {
    const frem_sensitivity_options options = {.of = command->of,
                                              .n_of = command->n_of,
                                              .method = command->method,
                                              .points = command->points,
                                              .seed = command->seed > 0 ? command->seed : 1,
                                              .vary = command->vary,
                                              .n_vary = command->n_vary};
    return frem_verb_answer(command, ask, &options, diags);
}
