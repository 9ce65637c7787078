/* `run`, and what verbs do that make results. */
#include <stdlib.h>
#include <string.h>

#include "analysis/judge.h"
#include "base/problem.h"
#include "base/progress.h"
#include "cli/cli.h"
#include "cli/console.h"

static frem_status write_results(frem_results *results, const frem_command *command, frem_diags *diags) {
    const frem_write_options options = frem_command_writes(command);
    frem_status status = FREM_OK;
    switch (frem_command_output(command)) {
    case FREM_OUTPUT_SCREEN:
        return frem_say_text(frem_write_short(results, command->lang, frem_terminal_width()), diags);
    case FREM_OUTPUT_STREAM:
        status = frem_write_stream(results, FREM_STANDARD_OUTPUT, command->decimal);
        break;
    case FREM_OUTPUT_FOLDER:
        status = frem_write_folder(results, command->output, &options, diags);
        break;
    }
    return frem_end_writing(status, command, diags);
}

/* Rows that were chosen are all that is written: no stock by age, no programmes. */
static bool chooses_rows(const frem_command *command) {
    return command->measures != NULL || command->regions != NULL || command->years != NULL ||
           command->professions != NULL || command->sectors != NULL;
}

/* Only the report says which numbers matter most. */
static bool writes_report(const frem_command *command) {
    bool writes = false;
    for (size_t i = 0; i < command->n_formats; i++)
        writes = writes || strcmp(command->formats[i], "html") == 0;
    return writes;
}

/* What a verb makes results of, and how it shows them. */
typedef struct making {
    frem_analysis analyse; /* NULL: ask */
    frem_question ask;
    const void *question;
    frem_display show;
    frem_results *results;
} making;

static frem_status make(frem_work *work, void *context) {
    making *m = context;
    const frem_command *command = work->command;
    const frem_model *const *models = (const frem_model *const *)work->all.models;
    const frem_sources *sources = work->all.sources;
    frem_run_options run = work->run;
    run.rows = (frem_row_choice){command->measures, command->regions, command->years, command->professions,
                                 command->sectors};
    run.with_names = command->names ? &command->lang : NULL;
    run.first_alone = frem_command_output(command) == FREM_OUTPUT_STREAM;
    run.focus = command->focus;
    run.with_movers = writes_report(command);
    run.with_tables = frem_command_output(command) == FREM_OUTPUT_FOLDER && !chooses_rows(command);
    return m->ask != NULL ? m->ask(&m->results, sources, models, work->all.n, m->question, &run, work->diags)
                          : m->analyse(&m->results, sources, models, work->all.n, &run, work->diags);
}

static frem_status show_made(frem_work *work, void *context) {
    making *m = context;
    const frem_status status = frem_progress_at(&work->watch.progress, FREM_PHASE_WRITE, 0, 1);
    frem_watch_end(&work->watch);
    return status == FREM_OK ? m->show(m->results, work->command, work->diags) : status;
}

static frem_status go_through(const frem_command *command, making m, bool alone,
                              frem_projected_when projected, frem_diags *diags) {
    const frem_task task = {.alone = alone, .projected = projected, .make = make, .show = show_made};
    const frem_status status = frem_go_through(command, &task, &m, diags);
    frem_results_free(m.results);
    return status;
}

frem_status frem_verb_show(const frem_command *command, frem_analysis analyse, bool projects,
                           frem_display show, frem_diags *diags) {
    return go_through(command, (making){.analyse = analyse, .show = show}, false,
                      projects ? FREM_PROJECTED_ELSE : FREM_PROJECTED_NEVER, diags);
}

frem_status frem_verb_answer(const frem_command *command, frem_question ask, const void *question,
                             frem_diags *diags) {
    return go_through(command, (making){.ask = ask, .question = question, .show = write_results}, true,
                      FREM_PROJECTED_FIRST, diags);
}

frem_status frem_verb_results(const frem_command *command, frem_analysis analyse, bool projects,
                              frem_diags *diags) {
    return frem_verb_show(command, analyse, projects, write_results, diags);
}

frem_status frem_project_others(frem_results **out, const frem_sources *sources,
                                const frem_model *const *models, size_t n_models,
                                const frem_run_options *options, frem_diags *diags) {
    const frem_model **others = calloc(n_models + 1, sizeof *others);
    size_t n = 0;
    if (others == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < n_models; i++) {
        if (frem_model_projects(models[i]))
            others[n++] = models[i];
    }
    frem_status status = FREM_OK;
    for (size_t i = 0; i < n_models && n > 0 && status == FREM_OK; i++) {
        const char *path = models[i]->scenario->source->path;
        if (!frem_model_projects(models[i]))
            status = FREM_PROBLEM(diags, ((frem_place){path, 0, 0}), PRACTICUM_LEFT_OUT, path);
    }
    if (status == FREM_OK)
        status =
            frem_results_new(out, sources, n > 0 ? others : models, n > 0 ? n : n_models, options, diags);
    free(others);
    return status;
}

frem_status frem_verb_run(const frem_command *command, frem_diags *diags) {
    return frem_verb_results(command, frem_project_others, true, diags);
}
