/** @file
 *  Names of our own making that every file system takes, and that stay apart on all of them.
 */
#ifndef FREM_BASE_FILE_NAME_H
#define FREM_BASE_FILE_NAME_H

#include "base/index.h"
#include "fremskriv/status.h"

/** A name as a part of a file name: letters, digits, '.', '_', '-' and visible characters beyond ASCII stay, all
 *  else becomes '_', and so do a leading '.' or '-' and a trailing '.'; a name that Windows keeps for devices ("CON",
 *  "aux.txt") gets a leading '_'; at most 200 bytes. A name that `taken` has already (from another name), also in
 *  other letter case, gets "-2", "-3", ... after it. Adds the result to taken.
 *  @param[out] out Borrowed from taken until the next addition. */
FREM_MUST_CHECK frem_status frem_safe_name(frem_index *taken, const char *name, const char **out);

/** The same for each part of a path, whose parts are kept apart by '/', but for "." and "..", which are left out; where it is taken, a number goes before it as
 *  a folder of its own: "1/sub/x.csv".
 *  @param[out] out Borrowed from taken until the next addition. */
FREM_MUST_CHECK frem_status frem_safe_path(frem_index *taken, const char *path, const char **out);

#endif
