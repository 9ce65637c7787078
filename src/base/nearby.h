/** @file
 *  Files that were probably meant: names similar to one that does not exist. For hints only.
 */
#ifndef FREM_BASE_NEARBY_H
#define FREM_BASE_NEARBY_H

#include <stdbool.h>

#include "base/arena.h"

/** The entry of the name's folder whose name is nearest, as a path. @param ending what the name may lack, such as ".yaml"; NULL
 *  for nothing. @return Borrowed from the arena; NULL where there is none, and when anything fails. */
const char *frem_nearby(frem_arena *arena, const char *path, const char *ending);
/** A file of a name, perhaps with an ending, in one of the subfolders of the name's folder. @return as above. */
const char *frem_nearby_below(frem_arena *arena, const char *path, const char *ending);
/** The first files of a folder in alphabetical order whose names have an ending, as paths in one text: "a.yaml, b.yaml". An
 *  ending of NULL takes all. @return as above. */
const char *frem_nearby_list(frem_arena *arena, const char *folder, const char *ending);
/** The name with '/' for every backslash, also for those that double quotes have made a control character of.
 *  @return as above; NULL where it has none. */
const char *frem_with_slashes(frem_arena *arena, const char *name);
/** Whether a path is a folder; "" is the current one. */
bool frem_is_folder(const char *path);

#endif
