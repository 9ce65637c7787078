/* `explain`. */
#include <string.h>

#include "base/problem.h"
#include "cli/cli.h"
#include "fremskriv/explain.h"

static const frem_place in_command = {"fremskriv", 0, 0};

/* What is explained. */
typedef struct question {
    const char *path; /* NULL: the scenario */
    bool json;
    frem_explanation *explanation;
} question;

/* One scenario, one path, and no format but JSON. */
static frem_status read_words(const frem_command *command, question *out, frem_diags *diags) {
    const bool asked = command->n_formats != 1 || strcmp(command->formats[0], "csv") != 0;
    out->json = command->n_formats == 1 && strcmp(command->formats[0], "json") == 0;
    out->path = command->n_files > 1 ? command->files[1] : NULL;
    if (command->n_files > 2)
        (void)FREM_PROBLEM(diags, in_command, EXPLAIN_WORDS, command->files[2]);
    for (size_t i = 0; i < command->n_formats && asked; i++) {
        if (strcmp(command->formats[i], "json") != 0)
            (void)FREM_PROBLEM(diags, in_command, OPTION_VALUE, "--format", command->formats[i], "json");
    }
    return frem_diags_errors(diags) > 0 ? FREM_USAGE : FREM_OK;
}

static frem_status make(frem_work *work, void *context) {
    question *q = context;
    return (work->command->changed ? frem_explanation_changes : frem_explanation_new)(
        &q->explanation, (const frem_model *const *)work->all.models, work->all.n, q->path, work->diags);
}

static frem_status show(frem_work *work, void *context) {
    const question *q = context;
    frem_watch_end(&work->watch);
    return frem_say_text(
        q->json ? frem_explanation_json(q->explanation)
                : frem_explanation_text(q->explanation, work->command->lang, frem_terminal_width()),
        work->diags);
}

frem_status frem_verb_explain(const frem_command *command, frem_diags *diags) {
    static const frem_task task = {
        .alone = true, .projected = FREM_PROJECTED_FIRST, .make = make, .show = show};
    frem_command loading = *command;
    question q = {.path = NULL};
    frem_status status = read_words(command, &q, diags);
    loading.n_files = 1; /* the other word is a path in it */
    if (status == FREM_OK)
        status = frem_go_through(&loading, &task, &q, diags);
    else
        frem_show_problems(diags, command, NULL);
    frem_explanation_free(q.explanation);
    return status;
}
