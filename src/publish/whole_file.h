/** @file
 *  One output file, written whole or not at all.
 */
#ifndef FREM_PUBLISH_WHOLE_FILE_H
#define FREM_PUBLISH_WHOLE_FILE_H

#include <stddef.h>

#include "fremskriv/diag.h"
#include "fremskriv/sources.h"

/** Writes a file beside its place, syncs it, and renames it into place; an older file is replaced and keeps its
 *  permissions. What killed commands left beside it is cleared. A path that is a folder, a link or any other thing than a
 *  plain file is a problem, and so is one that was read.
 *  @param read files that are never replaced; NULL for none.
 *  @return FREM_UNWRITABLE with the reason in diags; an older file is then unchanged. */
FREM_MUST_CHECK frem_status frem_whole_file_write(const char *path, const void *bytes, size_t n,
                                                  const frem_sources *read, frem_diags *diags);
/** The same for a file that must be new: whatever has the name already, a link too, is a problem and is left alone, also
 *  where it comes while this writes. */
FREM_MUST_CHECK frem_status frem_whole_file_create(const char *path, const void *bytes, size_t n,
                                                   frem_diags *diags);

#endif
