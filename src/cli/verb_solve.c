/* `solve`. */
#include <stdio.h>
#include <string.h>

#include "base/locale.h"
#include "base/problem.h"
#include "cli/cli.h"
#include "cli/console.h"
#include "fremskriv/solve.h"

static frem_status write_solution(const frem_solution *solution, const frem_command *command,
                                  const frem_loaded *all, const frem_run_options *run, frem_diags *diags) {
    const frem_write_options options = {
        command->formats, command->n_formats, command->decimal, command->lang, 0, command->force};
    frem_status status;
    if (command->output == NULL)
        return frem_say_text(frem_solution_write_short(solution, command->lang, frem_terminal_width()),
                             diags);
    if (strcmp(command->output, "-") == 0) {
        status = frem_solution_write_stream(solution, FREM_STANDARD_OUTPUT, command->decimal);
        return status == FREM_UNWRITABLE ? frem_say_lost(diags) : status;
    }
    status = frem_solution_write_folder(solution, all->sources, command->output, &options, run, diags);
    if (status == FREM_OK && !command->quiet)
        (void)fprintf(stderr, "%s %s\n", frem_word_text(FREM_W_RESULTS_IN, command->lang), command->output);
    return status;
}

/* One unknown of one scenario. */
static frem_status check_one(const frem_command *command, const frem_loaded *all, frem_diags *diags) {
    static const frem_place in_command = {"fremskriv", 0, 0};
    frem_status status = FREM_OK;
    if (all->n != 1)
        status = FREM_PROBLEM(diags, in_command, SOLVE_ONE_SCENARIO, "");
    if (status != FREM_NO_MEMORY && (command->n_vary > 1 || command->n_targets > 1))
        status = FREM_PROBLEM(diags, in_command, SOLVE_ONE_UNKNOWN, "");
    return status == FREM_INVALID ? FREM_USAGE : status;
}

frem_status frem_verb_solve(const frem_command *command, frem_diags *diags) {
    frem_watch watch;
    frem_watch_begin(&watch, command);
    frem_loaded all = {0};
    frem_solution *solution = NULL;
    const frem_run_options run = {.threads = command->threads,
                                  .command = command->words,
                                  .n_command = command->n_words,
                                  .progress = &watch.progress};
    const frem_solve_options options = {.vary = command->n_vary > 0 ? command->vary[0] : NULL,
                                        .target = command->n_targets > 0 ? command->targets[0] : NULL,
                                        .from = command->from};
    frem_status status = frem_load_one(&all, command, &watch.progress, diags);
    if (status == FREM_OK)
        status = check_one(command, &all, diags);
    status = frem_judge(status, command, diags);
    if (status == FREM_OK)
        status = frem_solve(&solution, all.models[0], &options, &run, diags);
    frem_watch_end(&watch);
    if (status == FREM_OK)
        status = write_solution(solution, command, &all, &run, diags);
    frem_show_problems(diags, command, all.sources);
    frem_solution_free(solution);
    frem_loaded_free(&all);
    return status;
}
