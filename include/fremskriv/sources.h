/** @file
 *  The files that scenarios read, and the folders they may come from.
 */
#ifndef FREMSKRIV_SOURCES_H
#define FREMSKRIV_SOURCES_H

#include <stddef.h>

#include "fremskriv/status.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Every file read so far, with its content and hash. Not for two threads at once. */
typedef struct frem_sources frem_sources;

/** @param data_dirs --data folders in order; copied.
 *  @param program_dir the program's own folder, which holds data/ and scenarios/; copied; NULL for none.
 *  @param[out] out Owned by the caller. */
FREM_API FREM_MUST_CHECK frem_status frem_sources_new(frem_sources **out, const char *const *data_dirs,
                                                      size_t n_data_dirs, const char *program_dir);
/** Frees every file's content too. NULL is fine. */
FREM_API void frem_sources_free(frem_sources *sources);

#ifdef __cplusplus
}
#endif
#endif
