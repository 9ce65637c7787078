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
/** Puts a file into memory: from now on the path is this text, whether or not there is such a file. What was parsed of it
 *  is forgotten; all other files stay read, and their tables parsed. Scenarios that name a table or a file to extend find it
 *  like one on disk: beside them, in the --data folders, in the program's folder; but not by a name with "..", which
 *  depends on the folders that there are.
 *  Everything that was made of the former content must be freed before: its drafts, scenarios, models, results and explanations. Problems
 *  may stay, but are shown without the lines that they are about.
 *  @param path as the scenario's own path or as one in a folder: FOLDER/NAME. Copied. @param bytes n bytes, below 256 MiB;
 *  copied.
 *  @return FREM_INVALID for more. */
FREM_API FREM_MUST_CHECK frem_status frem_sources_put(frem_sources *sources, const char *path,
                                                      const void *bytes, size_t n);
/** Frees every file's content too. NULL is fine. */
FREM_API void frem_sources_free(frem_sources *sources);

#ifdef __cplusplus
}
#endif
#endif
