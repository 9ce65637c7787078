/* `sweep`. */
#include "cli/cli.h"
#include "cli/console.h"

static frem_status make(frem_work *work, void *context) {
    frem_sweep **sweep = context;
    const frem_command *command = work->command;
    const frem_sweep_options options = {.vary = command->vary,
                                        .n_vary = command->n_vary,
                                        .design = command->sobol ? FREM_DESIGN_SOBOL : FREM_DESIGN_GRID,
                                        .points = command->points,
                                        .measures = command->measures,
                                        .regions = command->regions,
                                        .years = command->years,
                                        .professions = command->professions,
                                        .sectors = command->sectors};
    return frem_sweep_new(sweep, (const frem_model *const *)work->all.models, work->all.n, &options,
                          work->diags);
}

/* Runs the sweep into what the command asks for. */
static frem_status show(frem_work *work, void *context) {
    frem_sweep *sweep = *(frem_sweep **)context;
    const frem_command *command = work->command;
    const frem_write_options options = frem_command_writes(command);
    char *table = NULL;
    frem_status status = FREM_OK;
    switch (frem_command_output(command)) {
    case FREM_OUTPUT_SCREEN:
        status = frem_sweep_write_short(sweep, command->lang, &table, &work->run, work->diags);
        break;
    case FREM_OUTPUT_STREAM:
        status =
            frem_sweep_write_stream(sweep, FREM_STANDARD_OUTPUT, command->decimal, &work->run, work->diags);
        break;
    case FREM_OUTPUT_FOLDER:
        status = frem_sweep_write_folder(sweep, work->all.sources, command->output, &options, &work->run,
                                         work->diags);
        break;
    }
    frem_watch_end(&work->watch);
    return table != NULL ? frem_say_text(table, work->diags) : frem_end_writing(status, command, work->diags);
}

frem_status frem_verb_sweep(const frem_command *command, frem_diags *diags) {
    static const frem_task task = {
        .alone = true, .projected = FREM_PROJECTED_FIRST, .make = make, .show = show};
    frem_sweep *sweep = NULL;
    const frem_status status = frem_go_through(command, &task, &sweep, diags);
    frem_sweep_free(sweep);
    return status;
}
