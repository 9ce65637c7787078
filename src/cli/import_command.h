/** @file
 *  What the command line asks of `import`.
 */
#ifndef FREM_CLI_IMPORT_COMMAND_H
#define FREM_CLI_IMPORT_COMMAND_H

#include <stdbool.h>

#include "fremskriv/import.h"

#define FREM_IMPORT_PAIRS_MAX 32
#define FREM_IMPORT_AGES_MAX 150

/** Texts are borrowed from argv. */
typedef struct frem_import_command {
    frem_import_pair maps[FREM_IMPORT_PAIRS_MAX];
    frem_import_pair wheres[FREM_IMPORT_PAIRS_MAX];
    frem_import_ages ages[FREM_IMPORT_AGES_MAX];
    frem_import_options options; /**< maps, wheres and ages counted, their pointers not yet set */
} frem_import_command;

/** Takes an option of import's own; its problems go to diags. NAME=TEXT is parted in place.
 *  @return whether it is one. */
bool frem_import_take(frem_import_command *command, const char *option, char *value, frem_diags *diags);

#endif
