/* `solve`. */
#include <math.h>

#include "cli/cli.h"
#include "fremskriv/path.h"
#include "fremskriv/solve.h"

static frem_status ask(frem_results **out, const frem_sources *sources, const frem_model *const *models,
                       size_t n_models, const void *question, const frem_run_options *options,
                       frem_diags *diags) {
    return frem_solve_new(out, sources, models, n_models, question, options, diags);
}

static double given(double number, double otherwise) {
    return isnan(number) ? otherwise : number;
}

/* `solve --path`. */
static frem_status find_path(const frem_command *command, frem_diags *diags) {
    const frem_path_options options = {.vary = command->vary,
                                       .n_vary = command->n_vary,
                                       .targets = command->targets,
                                       .n_targets = command->n_targets,
                                       .band = given(command->band, 0),
                                       .step = given(command->step, 0),
                                       .most_change = command->most_change,
                                       .together = command->together,
                                       .from = command->from,
                                       .until = command->until};
    return frem_verb_answer(command, frem_path, &options, diags);
}

frem_status frem_verb_solve(const frem_command *command, frem_diags *diags) {
    if (command->path)
        return find_path(command, diags);
    const frem_solve_options options = {.vary = command->vary,
                                        .n_vary = command->n_vary,
                                        .targets = command->targets,
                                        .n_targets = command->n_targets,
                                        .from = command->from,
                                        .step = given(command->step, 0)};
    return frem_verb_answer(command, ask, &options, diags);
}
