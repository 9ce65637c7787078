/** @file
 *  The staged output folder: everything is written and synced in a folder beside the output folder, then exchanged for
 *  it by one rename. Until frem_stage_commit() succeeds the output folder is as it was. What is promised where, and why:
 *  docs/decisions/0021-publishing-by-exchange.md.
 */
#ifndef FREM_PUBLISH_STAGE_H
#define FREM_PUBLISH_STAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/source.h"
#include "fremskriv/diag.h"
#include "publish/sink.h"

typedef struct frem_stage frem_stage;

/** A file of the stage once it is written. */
typedef struct frem_staged {
    const char *name; /**< relative, with '/' between folders */
    char sha256[65];
    uint64_t size;
    char *bytes; /**< of a stage in memory: size bytes and a NUL; else NULL */
} frem_staged;

/** The name that the manifest has in every output folder. */
#define FREM_MANIFEST "manifest.json"

/** Clears what killed commands have left beside the output folder `dir`, and creates `.NAME.writing-XXXXXX` there (parents
 *  of dir are made when missing). A dir that is a file, a link or a mount point, or can't be written or exchanged, is a
 *  diagnostic and FREM_UNWRITABLE. */
FREM_MUST_CHECK frem_status frem_stage_open(frem_stage **out, const char *dir, frem_diags *diags);
/** What the stage may take the place of.
 *  @param read files that are never replaced or removed; borrowed until the stage is gone; NULL for none.
 *  @param force whether files that no manifest of ours lists may be replaced. */
void frem_stage_rules(frem_stage *stage, const frem_sources *read, bool force);
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

/** Checks that frem_stage_commit() may put the stage in place, without doing so: whether a file of it, or one that goes with
 *  the old folder, was read; whether it would replace a file of others without force; whether something is in the way.
 *  @return FREM_UNWRITABLE after a problem that names the files. */
FREM_MUST_CHECK frem_status frem_stage_check(frem_stage *stage, frem_diags *diags);
/** Puts the stage in place and frees it. The manifest must be among its files. Other commands into the same folder wait.
 *  - frem_stage_check() holds, else nothing is changed;
 *  - no output folder yet: one rename;
 *  - else the two folders are exchanged by one rename. What no manifest of ours lists, and listed files that were changed
 *    since and are not written anew, come along: as second names before the exchange, folders by a rename. Files that
 *    the old manifest lists and the new one does not go with the old folder, which is a warning.
 *  On failure the stage is removed, the output folder is as it was, and the diagnostic names the reason. */
FREM_MUST_CHECK frem_status frem_stage_commit(frem_stage *stage, frem_diags *diags);
/** Opens a stage whose files are kept in memory and put nowhere.
 *  @param scratch a folder for what libraries write themselves (frem_stage_path()), which is removed again; NULL: none, and
 *  they fail. */
FREM_MUST_CHECK frem_status frem_stage_open_memory(frem_stage **out, const char *scratch, frem_diags *diags);
/** Ends a stage in memory: hands out its files, sorted by name, and frees it. The manifest must be among them.
 *  @param[out] files Owned by the caller: frem_staged_free(). @return FREM_UNWRITABLE after a problem that names a file. */
FREM_MUST_CHECK frem_status frem_stage_hand_out(frem_stage *stage, frem_diags *diags, frem_staged **files,
                                                size_t *n);
void frem_staged_free(frem_staged *files, size_t n);

/** Removes the stage. NULL is fine. */
void frem_stage_discard(frem_stage *stage);

#endif
