/* What verbs of scenarios do from end to end: load, make, judge, show, and report every problem. */
#include <stdlib.h>
#include <string.h>

#include "base/locale.h"
#include "base/number.h"
#include "base/progress.h"
#include "cli/cli.h"

/* ---- loading ---- */

/* Loads and compiles every scenario and the variants that the command asks for, so that all problems of all files are seen
 * in one run. */
static frem_status load(frem_loaded *loaded, const frem_command *command, bool alone,
                        const frem_progress *progress, frem_diags *diags) {
    static const char *const base[] = {"base"};
    frem_load_choice choice = {command->sets, command->n_sets, command->variants, command->n_variants};
    if (alone && choice.n_variants == 0)
        choice = (frem_load_choice){command->sets, command->n_sets, base, 1};
    char *program = frem_program_folder();
    frem_status result = frem_sources_new(&loaded->sources, command->data, command->n_data, program);
    free(program);
    for (size_t i = 0; i < command->n_files && frem_loaded_goes_on(result); i++) {
        frem_status status = frem_progress_at(progress, FREM_PHASE_READ, i, command->n_files);
        if (status == FREM_OK)
            status = frem_loaded_add(loaded, command->files[i], &choice, diags);
        result = frem_loaded_worse(result, status);
    }
    return result;
}

frem_status frem_go_through(const frem_command *command, const frem_task *task, void *context,
                            frem_diags *diags) {
    frem_work work = {.command = command, .diags = diags};
    frem_watch_begin(&work.watch, command);
    work.run = (frem_run_options){.threads = command->threads,
                                  .command = command->words,
                                  .n_command = command->n_words,
                                  .progress = &work.watch.progress};
    frem_status status = load(&work.all, command, task->alone, &work.watch.progress, diags);
    if (task->projected == FREM_PROJECTED_FIRST ||
        (task->projected == FREM_PROJECTED_ELSE && status != FREM_OK))
        status = frem_loaded_check(&work.all, status, &work.run, diags);
    if (status == FREM_OK && task->make != NULL)
        status = task->make(&work, context);
    status = frem_judge(status, command, diags);
    if (status == FREM_OK && !task->problems_first)
        status = task->show(&work, context);
    frem_watch_end(&work.watch);
    frem_show_problems(diags, command, work.all.sources);
    if (status == FREM_OK && task->problems_first)
        status = task->show(&work, context);
    frem_loaded_free(&work.all);
    return status;
}

/* ---- writing ---- */

/* The date that files carry inside: the one that builds agree on, so that the same inputs give the same bytes. */
static long long date_inside(void) {
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    int64_t seconds = 0;
    if (epoch == NULL || frem_whole_read(epoch, strlen(epoch), &seconds) != FREM_NUMBER_OK)
        return 0;
    return seconds;
}

frem_write_options frem_command_writes(const frem_command *command) {
    return (frem_write_options){command->formats, command->n_formats, command->decimal,
                                command->lang,    date_inside(),      command->force};
}

frem_output frem_command_output(const frem_command *command) {
    return command->output == NULL             ? FREM_OUTPUT_SCREEN
           : strcmp(command->output, "-") == 0 ? FREM_OUTPUT_STREAM
                                               : FREM_OUTPUT_FOLDER;
}

frem_status frem_end_writing(frem_status status, const frem_command *command, frem_diags *diags) {
    const frem_output output = frem_command_output(command);
    if (status == FREM_UNWRITABLE && output == FREM_OUTPUT_STREAM)
        return frem_say_lost(diags);
    if (status == FREM_OK && output == FREM_OUTPUT_FOLDER && !command->quiet)
        FREM_SAY_ASIDE(command, frem_word_text(FREM_W_RESULTS_IN, command->lang), " ", command->output);
    return status;
}
