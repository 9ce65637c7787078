/* `montecarlo`. */
#include "cli/cli.h"
#include "fremskriv/montecarlo.h"

static frem_status ask(frem_results **out, const frem_sources *sources, const frem_model *const *models,
                       size_t n_models, const void *question, const frem_run_options *options,
                       frem_diags *diags) {
    return frem_montecarlo(out, sources, models, n_models, question, options, diags);
}

frem_status frem_verb_montecarlo(const frem_command *command, frem_diags *diags) {
    const frem_montecarlo_options options = {.draws = command->draws,
                                             .seed = command->seed > 0 ? command->seed : 1,
                                             .sampling = command->sampling,
                                             .keep = command->keeps,
                                             .n_keep = command->n_keeps};
    return frem_verb_answer(command, ask, &options, diags);
}
