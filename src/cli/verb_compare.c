/* `compare`. */
#include "cli/cli.h"

frem_status frem_verb_compare(const frem_command *command, frem_diags *diags) {
    return frem_verb_results(command, command->assumptions ? frem_compare_assumptions : frem_compare_new,
                             true, diags);
}
