/** @file
 *  What `new` asks at a terminal for.
 */
#ifndef FREM_CLI_ASK_H
#define FREM_CLI_ASK_H

#include "base/text.h"
#include "cli/cli.h"
#include "fremskriv/sources.h"

/** What was answered, with what the command says itself. */
typedef struct frem_asked {
    frem_text regions, professions; /**< as the options take them; empty: not asked for */
    frem_text name;                 /**< of the file */
    int from, until;                /**< 0: the country's */
    bool example;                   /**< the example with comments is wanted, no part of the country */
} frem_asked;
void frem_asked_free(frem_asked *asked);

/** Whether a command asks: at a terminal, where it says no region or no profession. */
bool frem_asks(const frem_command *command);
/** Asks for what the command does not say, each until its answer is good.
 *  @param[in,out] asked zero-initialised; freed by the caller, also after a failure.
 *  @return FREM_USAGE, with a problem, where the answers end. */
FREM_MUST_CHECK frem_status frem_ask(frem_asked *asked, const frem_command *command, frem_sources *sources,
                                     frem_diags *diags);

#endif
