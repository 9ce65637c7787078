/* `calibrate`. */
#include "cli/cli.h"
#include "fremskriv/calibrate.h"

static frem_status ask(frem_results **out, const frem_sources *sources, const frem_model *const *models,
                       size_t n_models, const void *question, const frem_run_options *options,
                       frem_diags *diags) {
    return frem_calibrate_new(out, sources, models, n_models, question, options, diags);
}

frem_status frem_verb_calibrate(const frem_command *command, frem_diags *diags) {
    const frem_calibrate_options options = {0};
    return frem_verb_answer(command, ask, &options, diags);
}
