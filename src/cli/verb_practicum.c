/* `practicum`. */
#include "cli/cli.h"

frem_status frem_verb_practicum(const frem_command *command, frem_diags *diags) {
    return frem_verb_results(command, frem_practicum_new, false, diags);
}
