/** @file
 *  Where a file name with ".." may lead: into the folders that a scenario reads from, and nowhere else.
 */
#ifndef FREM_BASE_ROOTS_H
#define FREM_BASE_ROOTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/** Whether a name has a part "..". */
bool frem_name_climbs(const char *name);

/** The folder part of a path; "" where it has none. @return Borrowed from the arena; NULL when out of memory. */
const char *frem_folder_part(frem_arena *arena, const char *path);
/** FOLDER/NAME without a doubled slash; NAME alone where the folder is "" or ".". @return as above. */
const char *frem_path_join(frem_arena *arena, const char *folder, const char *name);

/** Whether two paths name one file, whatever "./" and "//" are in them. */
bool frem_path_same(const char *a, const char *b);

/** The folders that names with ".." may lead into, as the kernel knows them. */
typedef struct frem_roots {
    const char **paths; /**< absolute, without links */
    size_t n;
} frem_roots;

/** Adds a folder, "" being the current one; one that does not exist is left out. There must be room.
 *  @param above also the folder that holds it, unless that is "/".
 *  @return false when out of memory. */
bool frem_roots_add(frem_roots *roots, frem_arena *arena, const char *folder, bool above);
/** The path of a name seen from a folder, links followed, if it lies in one of the roots.
 *  @param[out] path the shortest that can be opened; NULL where it leads elsewhere. A file that is not there counts by its
 *  folder. @return false when out of memory. */
bool frem_roots_reach(const frem_roots *roots, frem_arena *arena, const char *folder, const char *name,
                      const char **path);

#endif
