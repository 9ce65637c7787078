/* `backtest`. */
#include "cli/cli.h"
#include "fremskriv/backtest.h"

static frem_status ask(frem_results **out, const frem_sources *sources, const frem_model *const *models,
                       size_t n_models, const void *question, const frem_run_options *options,
                       frem_diags *diags) {
    return frem_backtest(out, sources, models, n_models, question, options, diags);
}

frem_status frem_verb_backtest(const frem_command *command, frem_diags *diags) {
    const frem_backtest_options question = {command->froms, command->n_froms, command->against,
                                            command->n_against};
    return frem_verb_answer(command, ask, &question, diags);
}
