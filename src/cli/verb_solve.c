/* `solve`. */
#include <math.h>

#include "base/problem.h"
#include "cli/cli.h"
#include "cli/console.h"
#include "fremskriv/path.h"
#include "fremskriv/solve.h"

/* One unknown of one scenario. */
static frem_status check_one(frem_work *work, void *context) {
    static const frem_place in_command = {"fremskriv", 0, 0};
    (void)context;
    frem_status status = FREM_OK;
    if (work->all.n != 1)
        status = FREM_PROBLEM(work->diags, in_command, SOLVE_ONE_SCENARIO, "");
    if (status != FREM_NO_MEMORY && (work->command->n_vary > 1 || work->command->n_targets > 1))
        status = FREM_PROBLEM(work->diags, in_command, SOLVE_ONE_UNKNOWN, "");
    return status == FREM_INVALID ? FREM_USAGE : status;
}

static frem_status write_solution(const frem_solution *solution, frem_work *work) {
    const frem_command *command = work->command;
    const frem_write_options options = frem_command_writes(command);
    frem_status status = FREM_OK;
    switch (frem_command_output(command)) {
    case FREM_OUTPUT_SCREEN:
        return frem_say_text(frem_solution_write_short(solution, command->lang, frem_terminal_width()),
                             work->diags);
    case FREM_OUTPUT_STREAM:
        status = frem_solution_write_stream(solution, FREM_STANDARD_OUTPUT, command->decimal);
        break;
    case FREM_OUTPUT_FOLDER:
        status = frem_solution_write_folder(solution, work->all.sources, command->output, &options,
                                            &work->run, work->diags);
        break;
    }
    return frem_end_writing(status, command, work->diags);
}

static frem_status solve(frem_work *work, void *context) {
    frem_solution **solution = context;
    const frem_command *command = work->command;
    const frem_solve_options options = {.vary = command->n_vary > 0 ? command->vary[0] : NULL,
                                        .target = command->n_targets > 0 ? command->targets[0] : NULL,
                                        .from = command->from};
    const frem_status status = frem_solve(solution, work->all.models[0], &options, &work->run, work->diags);
    frem_watch_end(&work->watch);
    return status == FREM_OK ? write_solution(*solution, work) : status;
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
                                       .step = given(command->step, 1),
                                       .most_change = command->most_change,
                                       .together = command->together,
                                       .from = command->from,
                                       .until = command->until};
    return frem_verb_answer(command, frem_path, &options, diags);
}

frem_status frem_verb_solve(const frem_command *command, frem_diags *diags) {
    if (command->path)
        return find_path(command, diags);
    static const frem_task task = {
        .alone = true, .projected = FREM_PROJECTED_FIRST, .make = check_one, .show = solve};
    frem_solution *solution = NULL;
    const frem_status status = frem_go_through(command, &task, &solution, diags);
    frem_solution_free(solution);
    return status;
}
