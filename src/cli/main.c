#include <stdio.h>

#include "base/problem.h"
#include "base/text.h"
#include "cli/cli.h"
#include "fremskriv/version.h"

/* What happened, where no problem has said it. */
static void explain(frem_status status, size_t problems, frem_lang lang) {
    if (status != FREM_OK && problems == 0)
        (void)fprintf(stderr, "fremskriv: error: %s\n", frem_status_text(status, lang));
}

int main(int argc, char **argv) {
    frem_diags *diags;
    frem_command command = {0};
    frem_status status = frem_diags_new(&diags);
    if (status != FREM_OK)
        return frem_status_exit(status);
    status = frem_command_read(&command, argc, argv, diags);
    if (status != FREM_OK) {
        frem_show_problems(diags, command.lang);
    } else if (command.help) {
        status = frem_help(command.verb, command.lang);
    } else if (command.version) {
        status = frem_say("fremskriv " FREM_VERSION_STRING "\n");
    } else {
        status = frem_verb_find(command.verb)->run(&command, diags);
    }
    explain(status, frem_diags_count(diags), command.lang);
    frem_command_free(&command);
    frem_diags_free(diags);
    return frem_status_exit(status);
}
