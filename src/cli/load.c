/* Scenarios and their variants as the command line asks for them. */
#include <stdlib.h>

#include "base/progress.h"
#include "cli/cli.h"

frem_status frem_load(frem_loaded *loaded, const frem_command *command, const frem_progress *progress,
                      frem_diags *diags) {
    const frem_load_choice choice = {command->sets, command->n_sets, command->variants, command->n_variants};
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

frem_status frem_load_check(const frem_loaded *loaded, frem_status status, const frem_command *command,
                            const frem_progress *progress, frem_diags *diags) {
    const frem_run_options options = {.threads = command->threads, .progress = progress};
    return frem_loaded_check(loaded, status, &options, diags);
}

frem_status frem_load_one(frem_loaded *all, const frem_command *command, const frem_progress *progress,
                          frem_diags *diags) {
    static const char *base[] = {"base"};
    frem_command asked = *command;
    if (asked.n_variants == 0) {
        asked.variants = base;
        asked.n_variants = 1;
    }
    const frem_status status = frem_load(all, &asked, progress, diags);
    return frem_load_check(all, status, command, progress, diags);
}
