/** @file
 *  The code page of a PX file, which says it in its first lines.
 */
#ifndef FREM_IMPORT_PX_H
#define FREM_IMPORT_PX_H

#include "import/table.h"

/** The code page: CODEPAGE, else CHARSET, else CP850, as the format has it. @param[out] named whether the file says so.
 *  @return Owned by the caller (free()); NULL for Windows-1252 (CHARSET="ANSI"), or when out of memory. */
char *frem_px_codepage(const frem_import_file *file, bool *named);

#endif
