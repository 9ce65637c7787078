/** @file
 *  Folders by descriptor: made, synced, emptied. Names are relative to an open folder, so that nothing depends on
 *  the working directory, and no link leads out of it.
 */
#ifndef FREM_PUBLISH_FOLDER_H
#define FREM_PUBLISH_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/platform.h"
#include "fremskriv/status.h"

/** Whether a name stays below its folder: relative, no empty part, no ".", no "..". */
bool frem_name_inside(const char *name);

/** Opens a folder below `at`. The last part is not followed when it is a link.
 *  @return a descriptor that the caller closes, or -1 with errno. */
int frem_folder_open(int at, const char *name);
/** Opens the folder that holds `name`, whose parts are followed one by one, none of them a link.
 *  @param make whether missing ones are made.
 *  @param[out] last the name's last part, borrowed from name.
 *  @return a descriptor that the caller closes, or -1 with errno (ENOTDIR or ELOOP where a part is no folder). */
int frem_folder_of(int at, const char *name, bool make, const char **last);
/** Syncs a folder. @return 0, or -1 with errno; 0 where the file system can't sync folders. */
int frem_folder_sync(int fd);
/** Syncs a folder and all folders below. @return 0, or -1 with errno. */
int frem_folder_sync_all(int at, const char *name);
/** Removes a folder with everything in it; links are removed, not followed. @return 0, or -1 with errno; what can
 *  be removed is removed. */
int frem_folder_remove(int at, const char *name);

/** Called with each entry of a folder and the folders below, folders before what they hold.
 *  @param name relative to the folder that the walk began in; borrowed for the call.
 *  @return false to end the walk. */
typedef bool (*frem_folder_visit)(void *context, const char *name, bool is_folder, bool is_regular);
/** Walks through a folder. @return 0, also when the visitor ended it; -1 with errno. */
int frem_folder_walk(int at, const char *name, frem_folder_visit visit, void *context);

/** Called with each entry of a folder, which may be removed or moved away by then. @param at the folder.
 *  @return 0 to go on, else what ends it. */
typedef int (*frem_folder_entry)(void *context, int at, const char *name, const frem_file_info *info);
/** Goes through the entries of one folder. @return 0, what the visitor ended it with, or -1 with errno. */
int frem_folder_each(int at, const char *name, frem_folder_entry visit, void *context);

#endif
