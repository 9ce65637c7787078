#include <stdio.h>

#include "base/problem.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/console.h"
#include "fremskriv/version.h"

/* Help and version are results: that they could not be written must be said. */
static frem_status report(frem_status status, frem_diags *diags, const frem_command *command) {
    if (status == FREM_UNWRITABLE)
        status = frem_say_lost(diags);
    frem_show_problems(diags, command, NULL);
    return status;
}

int main(int argc, char **argv) {
    frem_diags *diags;
    frem_command command = {0};
    frem_keep_memory(); /* one short command gives nothing back before it ends */
    frem_hold_standard_files();
    frem_signals_no_pipe();
    frem_status status = frem_diags_new(&diags);
    if (status != FREM_OK) {
        command.lang = frem_environment_lang();
        frem_show_status(status, &command);
        return frem_status_exit(status);
    }
    status = frem_command_read(&command, argc, argv, diags);
    if (status != FREM_OK) {
        frem_show_problems(diags, &command, NULL);
    } else if (command.help) {
        status = report(frem_help(command.verb, command.lang), diags, &command);
    } else if (command.version) {
        status = report(frem_say("fremskriv " FREM_VERSION_STRING "\n"), diags, &command);
    } else {
        status = frem_verb_find(command.verb)->run(&command, diags);
    }
    const bool quietly = status == FREM_UNWRITABLE && frem_reader_gone();
    if (status != FREM_OK && frem_diags_errors(diags) == 0 && !quietly)
        frem_show_status(status, &command);
    frem_command_free(&command);
    frem_diags_free(diags);
    return frem_status_exit(status);
}
