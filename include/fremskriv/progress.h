/** @file
 *  Progress and interruption: the library reports, the caller shows and may ask it to stop.
 */
#ifndef FREMSKRIV_PROGRESS_H
#define FREMSKRIV_PROGRESS_H

#include <stdint.h>

#include "fremskriv/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** What a long call is doing. */
typedef enum frem_phase {
    FREM_PHASE_READ,
    FREM_PHASE_COMPILE,
    FREM_PHASE_PROJECT,
    FREM_PHASE_WRITE,
    FREM_PHASE_COUNT
} frem_phase;

/** Called from the caller's thread. All members may be NULL. */
typedef struct frem_progress {
    void (*report)(void *context, frem_phase phase, uint64_t done, uint64_t total);
    int (*stop)(void *context); /**< true to stop at the next safe place with FREM_INTERRUPTED */
    void *context;
    /** What is known so far, in a few words by language; borrowed for the call. */
    void (*found)(void *context, const char *const texts[FREM_LANG_COUNT]);
} frem_progress;

/** Name of a phase for people. @return Borrowed, static. */
FREM_API const char *frem_phase_text(frem_phase phase, frem_lang lang);

#ifdef __cplusplus
}
#endif
#endif
