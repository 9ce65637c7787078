/** @file
 *  The staged output folder: everything is written and synced in a folder beside the output folder, then put
 * in its place by one rename. Until frem_stage_commit() succeeds the output folder is as it was.
 */
#ifndef FREM_BASE_STAGE_H
#define FREM_BASE_STAGE_H

#include <stddef.h>
#include <stdint.h>

#include "base/sink.h"
#include "fremskriv/diag.h"

typedef struct frem_stage frem_stage;

/** A file of the stage once it is written. */
typedef struct frem_staged {
    const char *name; /**< relative, with '/' between folders */
    char sha256[65];
    uint64_t size;
} frem_staged;

/** The name that the manifest has in every output folder. */
#define FREM_MANIFEST "manifest.json"

/** Creates `.NAME.XXXXXX` beside the output folder `dir` (parents of dir are made when missing), or inside it where
 *  dir is a mount point or its parent can't be written. A dir that is a file, a link, or can't be written is a
 *  diagnostic and FREM_UNWRITABLE. */
FREM_MUST_CHECK frem_status frem_stage_open(frem_stage **out, const char *dir, frem_diags *diags);
/** Opens one file of the stage for writing; folders in its name are made. Close with frem_stage_close_file().
 */
FREM_MUST_CHECK frem_status frem_stage_file(frem_stage *stage, const char *name, frem_sink **out);
/** Flushes, syncs and closes the file that is open. */
FREM_MUST_CHECK frem_status frem_stage_close_file(frem_stage *stage, frem_sink *sink);
/** A path inside the stage for libraries that open files themselves; call frem_stage_adopt() when it is
 * written.
 *  @return Owned by the caller (free()); NULL when out of memory. */
char *frem_stage_path(frem_stage *stage, const char *name);
FREM_MUST_CHECK frem_status frem_stage_adopt(frem_stage *stage, const char *name);
/** Keeps for frem_stage_commit() that a file could not be written by its library. @param error errno; 0: not known.
 *  @return FREM_UNWRITABLE, or FREM_NO_MEMORY where that was the reason. */
frem_status frem_stage_fail(frem_stage *stage, const char *name, int error);
/** Files written so far, sorted by name. @return NULL past the end. */
const frem_staged *frem_stage_at(frem_stage *stage, size_t i);

/** Puts the stage in place and frees it. The manifest must be among its files.
 *  - no output folder yet, or an empty one: one rename;
 *  - one that holds only files its own manifest lists (and the manifest): exchanged in one rename, the old
 * one removed;
 *  - otherwise (foreign files): file by file over the old ones, the manifest last; files that the old
 * manifest lists and the new one does not are removed. On failure the stage is removed, the output folder is
 * as it was, and the diagnostic names file and reason. */
FREM_MUST_CHECK frem_status frem_stage_commit(frem_stage *stage, frem_diags *diags);
/** Removes the stage. NULL is fine. */
void frem_stage_discard(frem_stage *stage);

#endif
