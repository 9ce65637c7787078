/* `run` and `check`. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/judge.h"
#include "analysis/results.h"
#include "base/arena.h"
#include "base/locale.h"
#include "base/number.h"
#include "base/problem.h"
#include "base/progress.h"
#include "cli/cli.h"
#include "cli/console.h"

/* The date that files carry inside: the one that builds agree on, so that the same inputs give the same bytes. */
static long long date_inside(void) {
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    int64_t seconds = 0;
    if (epoch == NULL || frem_whole_read(epoch, strlen(epoch), &seconds) != FREM_NUMBER_OK)
        return 0;
    return seconds;
}

static frem_status write_results(frem_results *results, const frem_command *command, frem_diags *diags) {
    if (command->output == NULL)
        return frem_say_text(frem_write_short(results, command->lang, frem_terminal_width()), diags);
    if (strcmp(command->output, "-") == 0) {
        const frem_status streamed = frem_write_stream(results, FREM_STANDARD_OUTPUT, command->decimal);
        return streamed == FREM_UNWRITABLE ? frem_say_lost(diags) : streamed;
    }
    const frem_write_options options = {command->formats, command->n_formats, command->decimal,
                                        command->lang,    date_inside(),      command->force};
    const frem_status status = frem_write_folder(results, command->output, &options, diags);
    if (status == FREM_OK && !command->quiet)
        (void)fprintf(stderr, "%s %s\n", frem_word_text(FREM_W_RESULTS_IN, command->lang), command->output);
    return status;
}

/* Rows that were chosen are all that is written: no stock by age, no programmes. */
static bool chooses_rows(const frem_command *command) {
    return command->measures != NULL || command->regions != NULL || command->years != NULL ||
           command->professions != NULL || command->sectors != NULL;
}

/* How a verb loads, and what it makes of that. */
typedef struct making {
    frem_analysis analyse; /* NULL: ask */
    frem_question ask;
    const void *question;
    bool projects;
} making;

static frem_status make(const making *m, frem_results **out, const frem_loaded *all,
                        const frem_run_options *options, frem_diags *diags) {
    const frem_model *const *models = (const frem_model *const *)all->models;
    return m->ask != NULL ? m->ask(out, all->sources, models, all->n, m->question, options, diags)
                          : m->analyse(out, all->sources, models, all->n, options, diags);
}

/* Loads, analyses, judges and shows. */
static frem_status go_through(const frem_command *command, const making *m, frem_display show,
                              frem_diags *diags) {
    frem_watch watch;
    frem_watch_begin(&watch, command);
    frem_loaded all = {0};
    frem_results *results = NULL;
    frem_run_options options = {
        .threads = command->threads,
        .command = command->words,
        .n_command = command->n_words,
        .progress = &watch.progress,
        .rows = {command->measures, command->regions, command->years, command->professions, command->sectors},
        .with_names = command->names ? &command->lang : NULL,
        .with_tables =
            command->output != NULL && strcmp(command->output, "-") != 0 && !chooses_rows(command)};
    frem_status status = m->ask != NULL ? frem_load_one(&all, command, &watch.progress, diags)
                                        : frem_load(&all, command, &watch.progress, diags);
    if (status == FREM_OK)
        status = make(m, &results, &all, &options, diags);
    else if (m->projects)
        status = frem_load_check(&all, status, command, &watch.progress, diags);
    status = frem_judge(status, command, diags);
    if (status == FREM_OK)
        status = frem_progress_at(&watch.progress, FREM_PHASE_WRITE, 0, 1);
    frem_watch_end(&watch);
    if (status == FREM_OK)
        status = show(results, command, diags);
    frem_show_problems(diags, command, all.sources);
    frem_results_free(results);
    frem_loaded_free(&all);
    return status;
}

frem_status frem_verb_show(const frem_command *command, frem_analysis analyse, bool projects,
                           frem_display show, frem_diags *diags) {
    const making m = {.analyse = analyse, .projects = projects};
    return go_through(command, &m, show, diags);
}

frem_status frem_verb_answer(const frem_command *command, frem_question ask, const void *question,
                             frem_diags *diags) {
    const making m = {.ask = ask, .question = question};
    return go_through(command, &m, write_results, diags);
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

/* Which ages of a scenario are interpolated, and of its variants where they ask for more: no problem. */
static frem_status tell_ages(const frem_loaded *all, frem_lang lang) {
    frem_arena *arena;
    frem_status status = frem_arena_new(&arena);
    for (size_t i = 0, first = 0; i < all->n && status == FREM_OK; i++) {
        frem_label text = {{NULL, NULL}};
        if (all->scenarios[i]->draft != all->scenarios[first]->draft)
            first = i;
        if (i > first && frem_ages_told_by(all->models[i], all->models[first]))
            continue;
        if (!frem_ages_told(arena, all->models[i], &text))
            status = FREM_NO_MEMORY;
        if (text.text[lang] != NULL)
            (void)fprintf(stderr, "%s: %s: %s\n", all->scenarios[i]->source->name,
                          frem_word_text(FREM_W_SAID_NOTE, lang), text.text[lang]);
    }
    frem_arena_free(arena);
    return status;
}

frem_status frem_verb_check(const frem_command *command, frem_diags *diags) {
    frem_watch watch;
    frem_watch_begin(&watch, command);
    frem_loaded all = {0};
    frem_status status = frem_load(&all, command, &watch.progress, diags);
    status = frem_load_check(&all, status, command, &watch.progress, diags);
    status = frem_judge(status, command, diags);
    frem_watch_end(&watch);
    frem_show_problems(diags, command, all.sources);
    bool clean = status == FREM_OK && frem_diags_count(diags) == 0 && !command->quiet;
    for (size_t i = 0; i < command->n_files && clean; i++)
        (void)fprintf(stderr, "%s: %s\n", command->files[i],
                      frem_word_text(FREM_W_NO_PROBLEMS, command->lang));
    if (status == FREM_OK && !command->quiet && !command->json_problems)
        status = tell_ages(&all, command->lang);
    frem_loaded_free(&all);
    return status;
}
