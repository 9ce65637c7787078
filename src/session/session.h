/** @file
 *  Sessions from the inside.
 */
#ifndef FREM_SESSION_SESSION_H
#define FREM_SESSION_SESSION_H

#include "base/arena.h"
#include "fremskriv/session.h"
#include "session/loaded.h"

struct frem_session {
    frem_loaded loaded;
    char *path;            /**< of the scenario; NULL before frem_session_open() */
    frem_diags *diags;     /**< of the last run; NULL before */
    frem_arena *texts;     /**< of its problems that were asked for; NULL before */
    frem_results *results; /**< NULL where the last run failed */
    unsigned threads;      /**< of the last run */
};

#endif
