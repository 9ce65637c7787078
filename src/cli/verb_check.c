/* `check`. */
#include "analysis/results.h"
#include "base/arena.h"
#include "base/locale.h"
#include "cli/cli.h"

static void note(const frem_scenario *scenario, const char *text, const frem_command *command) {
    if (text != NULL)
        FREM_SAY_ASIDE(command, scenario->source->name, ": ", frem_word_text(FREM_W_SAID_NOTE, command->lang),
                       ": ", text);
}

/* Which ages of a scenario are interpolated, and of its variants where they ask for more: no problem. */
static frem_status note_ages(const frem_loaded *all, const frem_command *command) {
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
        note(all->scenarios[i], text.text[command->lang], command);
    }
    frem_arena_free(arena);
    return status;
}

/* Which numbers of each scenario are of more regions than it has. */
static frem_status note_covers(const frem_loaded *all, const frem_command *command) {
    frem_arena *arena;
    frem_status status = frem_arena_new(&arena);
    for (size_t i = 0; i < all->n && status == FREM_OK; i++) {
        frem_label text = {{NULL, NULL}};
        if (i > 0 && all->scenarios[i]->draft == all->scenarios[i - 1]->draft)
            continue;
        if (!frem_covers_told(arena, all->models[i], &text))
            status = FREM_NO_MEMORY;
        note(all->scenarios[i], text.text[command->lang], command);
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
        FREM_SAY_ASIDE(command, command->files[i], ": ", frem_word_text(FREM_W_NO_PROBLEMS, command->lang));
    if (command->json_problems)
        return FREM_OK;
    const frem_status covers = note_covers(&work->all, command);
    return covers == FREM_OK ? note_ages(&work->all, command) : covers;
}

frem_status frem_verb_check(const frem_command *command, frem_diags *diags) {
    static const frem_task task = {.projected = FREM_PROJECTED_FIRST, .show = show, .problems_first = true};
    return frem_go_through(command, &task, NULL, diags);
}
