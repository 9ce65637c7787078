/** @file
 *  The folder beside the output folder that keeps the finished blocks of a sweep, so that it can go on after it was
 *  stopped at any moment.
 */
#ifndef FREM_PUBLISH_PARTIAL_H
#define FREM_PUBLISH_PARTIAL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/source.h"
#include "fremskriv/diag.h"
#include "publish/sink.h"

typedef struct frem_partial frem_partial;

/** Opens or makes FOLDER.partial, with the folders above it, for one process at a time. Blocks of another key are removed,
 *  which is a warning; files that no sweep writes are an error.
 *  @param key 64 hexadecimal digits that identify this sweep.
 *  @param read files that were read: none may be in the folder. @param[out] out Owned by the caller. */
FREM_MUST_CHECK frem_status frem_partial_open(frem_partial **out, const char *folder, const char *key,
                                              const frem_sources *read, frem_diags *diags);
/** The folder as people can open it. @return Borrowed. */
const char *frem_partial_path(const frem_partial *partial);
/** Whether a block is there and whole, by the length and hash that it carries. A damaged one is a warning, and as good as
 *  none. @return FREM_UNWRITABLE where it can't be read. */
FREM_MUST_CHECK frem_status frem_partial_has(const frem_partial *partial, size_t block, bool *has_it,
                                             frem_diags *diags);
/** A file that is being written; it is there afterwards as a whole or not at all. */
typedef struct frem_partial_file {
    frem_sink *sink;
    int fd;
    char name[48], other[64];
    size_t block;
    bool sealed; /**< a block: its length and hash go behind it */
} frem_partial_file;
/** Begins a block. Several threads may write blocks. @return 0, or the errno. */
int frem_partial_begin(const frem_partial *partial, size_t block, frem_partial_file *file);
/** Ends what was begun. @param good false to drop it. @return 0, or the errno. */
int frem_partial_end(const frem_partial *partial, frem_partial_file *file, bool good);
/** Adds a block's rows to a sink. @return 0, or the errno: EBADMSG where the block is damaged, which is known when
 *  the rows have gone to the sink. */
int frem_partial_read(const frem_partial *partial, size_t block, frem_sink *sink);
/** Says that the folder or what is in it cannot be used. @return FREM_UNWRITABLE, or FREM_NO_MEMORY. */
frem_status frem_partial_lost(const frem_partial *partial, int error, frem_diags *diags);
/** Closes it, and removes it where it is not wanted any more. NULL is fine. */
void frem_partial_close(frem_partial *partial, bool remove);

#endif
