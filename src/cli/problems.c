/* Problems on standard error, for people and for programs. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/problem.h"
#include "base/show.h"
#include "cli/cli.h"
#include "cli/console.h"
#include "output/json/diagnostics.h"

/* Colours are for people at a terminal who have not declined them (no-color.org). */
static bool wants_colours(void) {
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    return frem_is_terminal(FREM_STANDARD_ERROR) && (no == NULL || no[0] == '\0') && term != NULL &&
           term[0] != '\0' && strcmp(term, "dumb") != 0;
}

/* Files get lines of the same width everywhere. */
static size_t width(void) {
    const size_t columns = frem_terminal_columns(FREM_STANDARD_ERROR);
    return columns >= 40 ? columns : 0;
}

void frem_show_problems(frem_diags *diags, const frem_command *command, const frem_sources *sources) {
    frem_text text = {0};
    frem_show how = {.lang = command->lang, .width = width(), .colour = wants_colours()};
    frem_diags_sort(diags);
    frem_status status = command->json_problems ? frem_diagnostics_json(diags, sources, command->lang, &text)
                                                : frem_show_diags(diags, sources, &how, &text);
    if (!command->json_problems && sources != NULL)
        frem_show_count(diags, command->lang, &text);
    if (text.length > 0)
        (void)fwrite(text.bytes, 1, text.length, stderr);
    if (status != FREM_OK || text.failed)
        frem_show_status(FREM_NO_MEMORY, command);
    frem_text_free(&text);
}

void frem_show_status(frem_status status, const frem_command *command) {
    const char *what = frem_status_text(status, command->lang);
    /* These texts are ours and need no escapes. */
    if (command->json_problems)
        (void)fprintf(stderr, "{\"severity\": \"error\", \"name\": \"stopped\", \"message\": \"%s\"}\n",
                      what);
    else
        (void)fprintf(stderr, "fremskriv: error: %s\n", what);
}

frem_status frem_judge(frem_status status, const frem_command *command, frem_diags *diags) {
    static const frem_place in_command = {"fremskriv", 0, 0};
    if (status != FREM_OK || !command->werror || frem_diags_warnings(diags) == 0)
        return status;
    return FREM_PROBLEM(diags, in_command, WARNINGS_GIVEN, "");
}
