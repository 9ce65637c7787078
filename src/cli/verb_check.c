/* `check`. */
#include <stdio.h>

#include "analysis/results.h"
#include "base/arena.h"
#include "base/locale.h"
#include "cli/cli.h"

/* Which ages of a scenario are interpolated, and of its variants where they ask for more: no problem. */
static frem_status note_ages(const frem_loaded *all, frem_lang lang) {
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

static frem_status show(frem_work *work, void *context) {
    (void)context;
    const frem_command *command = work->command;
    const bool clean = frem_diags_count(work->diags) == 0;
    if (command->quiet)
        return FREM_OK;
    for (size_t i = 0; i < command->n_files && clean; i++)
        (void)fprintf(stderr, "%s: %s\n", command->files[i],
                      frem_word_text(FREM_W_NO_PROBLEMS, command->lang));
    return command->json_problems ? FREM_OK : note_ages(&work->all, command->lang);
}

frem_status frem_verb_check(const frem_command *command, frem_diags *diags) {
    static const frem_task task = {.projected = FREM_PROJECTED_FIRST, .show = show, .problems_first = true};
    return frem_go_through(command, &task, NULL, diags);
}
