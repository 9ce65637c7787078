/** @file
 *  Input files: found in the roots that a scenario may read from, read once, hashed, kept for diagnostics and
 *  for the manifest.
 */
#ifndef FREM_BASE_SOURCE_H
#define FREM_BASE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"
#include "fremskriv/diag.h"
#include "fremskriv/sources.h"

/** Where a file was found. */
typedef enum frem_root {
    FREM_ROOT_COMMAND, /**< named on the command line */
    FREM_ROOT_BESIDE,  /**< in the folder of the file that names it */
    FREM_ROOT_DATA,    /**< in a --data folder */
    FREM_ROOT_PROGRAM  /**< in the program's own data/ or scenarios/ */
} frem_root;

/** One file that was read. */
typedef struct frem_source {
    const char *name;  /**< as the command line or a scenario names it */
    const char *path;  /**< as the user can open it; what diagnostics show */
    const char *bytes; /**< the content; NUL-terminated, the NUL not counted */
    size_t size;
    frem_root root;
    const struct frem_source *book; /**< the workbook that it is a sheet of; NULL of a file */
    const char *cells;              /**< of a sheet, what frem_place.file is of its cells: "BOOK, SHEET!" */
} frem_source;

/** A place in a source; of a sheet its row and column. */
static inline frem_place frem_source_place(const frem_source *source, unsigned line, unsigned column) {
    return (frem_place){source->book != NULL ? source->cells : source->path, line, column};
}

/** Reads a file named on the command line. A file that can't be read, is a folder, or is larger than 256 MiB
 * is a diagnostic at the file itself.
 *  @param[out] out Borrowed until frem_sources_free(); the same pointer when the same path is asked for
 * again. */
FREM_MUST_CHECK frem_status frem_sources_open(frem_sources *sources, const char *path, frem_diags *diags,
                                              const frem_source **out);
/** The same for a scenario: where there is none the hint names those that there are. */
FREM_MUST_CHECK frem_status frem_sources_open_scenario(frem_sources *sources, const char *path,
                                                       frem_diags *diags, const frem_source **out);
/** Finds and reads a file that another file names: in the folder of `from`, then in each --data folder, then
 * in the program's data/ and scenarios/. A name with ".." is looked up from the folder of `from` alone, and the file must lie,
 * links followed, in the folder of `named`, in the one above that (unless it is "/"), in a --data folder or in the program's
 * data/ or scenarios/. Absolute names, names that lead elsewhere and names found nowhere are errors at `asked_at` (the hint
 * lists the folders that were searched).
 *  @param named the scenario that was named on the command line; NULL: no name with ".." is good. @param from may be NULL.
 *  @param[out] out Borrowed until frem_sources_free(). */
FREM_MUST_CHECK frem_status frem_sources_find(frem_sources *sources, const frem_source *named,
                                              const frem_source *from, const char *name, frem_place asked_at,
                                              frem_diags *diags, const frem_source **out);
/** The result of parsing a file, kept with it so that the next reader need not parse it again.
 *  @return NULL where there is nothing. */
void *frem_sources_parsed(frem_sources *sources, const frem_source *source);
/** Keeps it, until frem_sources_put() replaces the file or the sources are freed. @param forget frees it.
 *  @return false where it can't be kept, and stays the caller's: something is kept already. */
bool frem_sources_keep(frem_sources *sources, const frem_source *source, void *parsed,
                       void (*forget)(void *parsed));
/** A sheet that was taken out of a workbook before. @return NULL where there is none of that name. */
const frem_source *frem_sources_sheet(const frem_sources *sources, const frem_source *book,
                                      const char *sheet);
/** Keeps a sheet as a source of its own, with the path "BOOK, SHEET", until frem_sources_put() replaces the workbook or the
 *  sources are freed. It is no file: frem_sources_at() has the workbook alone.
 *  @param range the cells that it has, such as "A1:D20": its name is "BOOK, SHEET!RANGE".
 *  @param text one line a row, commas between cells; consumed. @param[out] out Borrowed. */
FREM_MUST_CHECK frem_status frem_sources_add_sheet(frem_sources *sources, const frem_source *book,
                                                   const char *sheet, const char *range, frem_text *text,
                                                   const frem_source **out);
/** Files read so far, in order. @return NULL past the end. */
const frem_source *frem_sources_at(const frem_sources *sources, size_t i);

/** Finds the input that a path would write over: the same file, by whatever name, link or spelling, or one of the same
 *  folder whose name differs by letter case only.
 *  @param sources NULL for none. @param at the folder that holds the path; FREM_HERE for the current one.
 *  @param[out] out NULL where there is none. @return FREM_NO_MEMORY. */
FREM_MUST_CHECK frem_status frem_sources_same(const frem_sources *sources, int at, const char *name,
                                              const frem_source **out);
/** Finds an input that lies directly in a folder. @param[out] out NULL where there is none. */
void frem_sources_within(const frem_sources *sources, int folder, const frem_source **out);

/** SHA-256 as 64 hexadecimal digits and a NUL. */
void frem_sha256(const void *bytes, size_t n, char out[65]);

#endif
