/* `sweep`. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/locale.h"
#include "base/problem.h"
#include "cli/cli.h"
#include "cli/console.h"

/* Runs the sweep into what the command asks for. */
static frem_status write_sweep(frem_sweep *sweep, const frem_command *command, const frem_loaded *all,
                               frem_watch *watch, frem_diags *diags) {
    frem_run_options run = {.threads = command->threads,
                            .command = command->words,
                            .n_command = command->n_words,
                            .progress = &watch->progress};
    frem_write_options options = {command->formats, command->n_formats, command->decimal, command->lang, 0,
                                  command->force};
    char *table = NULL;
    frem_status status;
    bool folder = command->output != NULL && strcmp(command->output, "-") != 0;
    if (folder)
        status = frem_sweep_write_folder(sweep, all->sources, command->output, &options, &run, diags);
    else if (command->output != NULL)
        status = frem_sweep_write_stream(sweep, FREM_STANDARD_OUTPUT, command->decimal, &run, diags);
    else
        status = frem_sweep_write_short(sweep, command->lang, &table, &run, diags);
    frem_watch_end(watch);
    if (table != NULL)
        status = frem_say_text(table, diags);
    else if (status == FREM_UNWRITABLE && !folder)
        status = frem_say_lost(diags);
    if (status == FREM_OK && folder && !command->quiet)
        (void)fprintf(stderr, "%s %s\n", frem_word_text(FREM_W_RESULTS_IN, command->lang), command->output);
    return status;
}

frem_status frem_verb_sweep(const frem_command *command, frem_diags *diags) {
    frem_watch watch;
    frem_watch_begin(&watch, command);
    frem_loaded all = {0};
    frem_sweep *sweep = NULL;
    const frem_sweep_options options = {.vary = command->vary,
                                        .n_vary = command->n_vary,
                                        .design = command->sobol ? FREM_DESIGN_SOBOL : FREM_DESIGN_GRID,
                                        .points = command->points,
                                        .measures = command->measures,
                                        .regions = command->regions,
                                        .years = command->years,
                                        .professions = command->professions,
                                        .sectors = command->sectors};
    frem_status status = frem_load_one(&all, command, &watch.progress, diags);
    if (status == FREM_OK)
        status = frem_sweep_new(&sweep, (const frem_model *const *)all.models, all.n, &options, diags);
    status = frem_judge(status, command, diags);
    if (status == FREM_OK)
        status = write_sweep(sweep, command, &all, &watch, diags);
    frem_watch_end(&watch);
    frem_show_problems(diags, command, all.sources);
    frem_sweep_free(sweep);
    frem_loaded_free(&all);
    return status;
}
