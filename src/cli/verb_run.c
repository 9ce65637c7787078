/* `run` and `check`. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/problem.h"
#include "base/progress.h"
#include "cli/cli.h"

/* Scenarios with all that is made of them. */
typedef struct loaded {
    frem_sources *sources;
    frem_scenario **scenarios;
    frem_model **models;
    size_t n;
} loaded;

static void unload(loaded *all) {
    for (size_t i = 0; i < all->n; i++) {
        frem_model_free(all->models[i]);
        frem_scenario_free(all->scenarios[i]);
    }
    free(all->models);
    free(all->scenarios);
}

/* Loads and compiles every scenario, so that all problems of all files are seen in one run. */
static frem_status load(loaded *all, const frem_command *command, const frem_progress *progress,
                        frem_diags *diags) {
    all->scenarios = calloc(command->n_files, sizeof *all->scenarios);
    all->models = calloc(command->n_files, sizeof *all->models);
    if (all->scenarios == NULL || all->models == NULL)
        return FREM_NO_MEMORY;
    all->n = command->n_files;
    frem_status result = FREM_OK;
    for (size_t i = 0; i < command->n_files; i++) {
        frem_status status = frem_progress_at(progress, FREM_PHASE_READ, i, command->n_files);
        if (status == FREM_OK)
            status = frem_scenario_load(&all->scenarios[i], all->sources, command->files[i], diags);
        if (status == FREM_OK)
            status = frem_model_new(&all->models[i], all->scenarios[i], diags);
        if (status != FREM_OK && status != FREM_INVALID)
            return status;
        if (status != FREM_OK)
            result = status;
    }
    return result;
}

static frem_status write_results(frem_results *results, const frem_command *command, frem_diags *diags) {
    static const frem_place standard_output = {"fremskriv", 0, 0};
    static const char *const said[FREM_LANG_COUNT] = {"Results in", "Resultater i"};
    frem_status status;
    if (command->output == NULL) {
        char *table = frem_write_short(results, command->lang, frem_terminal_width());
        status = table != NULL ? frem_say(table) : FREM_NO_MEMORY;
        free(table);
    } else if (strcmp(command->output, "-") == 0) {
        status = frem_write_stream(results, STDOUT_FILENO, command->decimal);
    } else {
        frem_write_options options = {command->formats, command->n_formats, command->decimal, command->lang};
        status = frem_write_folder(results, command->output, &options, diags);
        if (status == FREM_OK && !command->quiet)
            (void)fprintf(stderr, "%s %s\n", said[command->lang], command->output);
        return status;
    }
    if (status == FREM_UNWRITABLE)
        (void)FREM_PROBLEM(diags, standard_output, STDOUT_LOST, "");
    return status;
}

frem_status frem_verb_results(const frem_command *command, frem_analysis analyse, frem_diags *diags) {
    frem_watch watch;
    frem_watch_begin(&watch, command);
    loaded all = {0};
    frem_results *results = NULL;
    char *program = frem_program_folder();
    /* The sources outlive this call: the problems that are shown after it borrow file names from them. */
    frem_status status = frem_sources_new(&all.sources, command->data, command->n_data, program);
    frem_run_options options = {.threads = command->threads,
                                .command = command->words,
                                .n_command = command->n_words,
                                .progress = &watch.progress,
                                .with_tables = command->output != NULL && strcmp(command->output, "-") != 0};
    if (status == FREM_OK)
        status = load(&all, command, &watch.progress, diags);
    if (status == FREM_OK)
        status =
            analyse(&results, all.sources, (const frem_model *const *)all.models, all.n, &options, diags);
    if (status == FREM_OK)
        status = frem_progress_at(&watch.progress, FREM_PHASE_WRITE, 0, 1);
    frem_watch_end(&watch);
    if (status == FREM_OK)
        status = write_results(results, command, diags);
    frem_show_problems(diags, command->lang);
    frem_results_free(results);
    unload(&all);
    frem_sources_free(all.sources);
    free(program);
    return status;
}

frem_status frem_verb_run(const frem_command *command, frem_diags *diags) {
    return frem_verb_results(command, frem_results_new, diags);
}

frem_status frem_verb_check(const frem_command *command, frem_diags *diags) {
    static const char *const good[FREM_LANG_COUNT] = {"no problems", "ingen problemer"};
    frem_watch watch;
    frem_watch_begin(&watch, command);
    loaded all = {0};
    char *program = frem_program_folder();
    frem_status status = frem_sources_new(&all.sources, command->data, command->n_data, program);
    if (status == FREM_OK)
        status = load(&all, command, &watch.progress, diags);
    frem_watch_end(&watch);
    frem_show_problems(diags, command->lang);
    for (size_t i = 0; i < command->n_files && status == FREM_OK && !command->quiet; i++)
        (void)fprintf(stderr, "%s: %s\n", command->files[i], good[command->lang]);
    unload(&all);
    frem_sources_free(all.sources);
    free(program);
    return status;
}
