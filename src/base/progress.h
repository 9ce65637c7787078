/** @file
 *  Reporting progress from inside the library.
 */
#ifndef FREM_BASE_PROGRESS_H
#define FREM_BASE_PROGRESS_H

#include "fremskriv/progress.h"

/** Reports, and looks whether to stop. progress may be NULL.
 *  @return FREM_OK, or FREM_INTERRUPTED when the caller asks to stop. */
FREM_MUST_CHECK frem_status frem_progress_at(const frem_progress *progress, frem_phase phase, uint64_t done,
                                             uint64_t total);

#endif
