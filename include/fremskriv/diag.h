/** @file
 *  Diagnostics: every problem found in scenarios and data, each with its place and a cure.
 *
 *  A loading call collects all problems it can find before it returns FREM_INVALID.
 */
#ifndef FREMSKRIV_DIAG_H
#define FREMSKRIV_DIAG_H

#include <stddef.h>

#include "fremskriv/status.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum frem_severity { FREM_ERROR, FREM_WARNING } frem_severity;

/** A place in a file. Lines and columns start at 1; columns count characters; 0 where there is none. Of a cell in a workbook
 *  the file is `BOOK, SHEET!`, the line its row and the column the number of its column: 3 for C. */
typedef struct frem_place {
    const char *file; /**< as the user would open it; borrowed; NULL where there is none */
    unsigned line;
    unsigned column;
} frem_place;

/** One problem. All pointers are borrowed from the collection. */
typedef struct frem_diag {
    frem_severity severity;
    const char *name; /**< stable name of the kind of problem, such as "unknown-key" */
    frem_place place;
    size_t code; /**< index into the program's list of messages */
    const char *const *args;
    size_t n_args;
    frem_place related; /**< the other half of a conflict; its file is NULL where there is none */
} frem_diag;

/** A growing collection of problems, in the order they were found. */
typedef struct frem_diags frem_diags;

/** @param[out] out Owned by the caller. */
FREM_API FREM_MUST_CHECK frem_status frem_diags_new(frem_diags **out);
/** NULL is fine. */
FREM_API void frem_diags_free(frem_diags *diags);

FREM_API size_t frem_diags_count(const frem_diags *diags);
FREM_API size_t frem_diags_errors(const frem_diags *diags);
FREM_API size_t frem_diags_warnings(const frem_diags *diags);
/** @return Borrowed until the next problem is added; NULL past the end. */
FREM_API const frem_diag *frem_diags_at(const frem_diags *diags, size_t i);

/** Problems sorted by file (in order of first appearance), line and column; equal places keep their order, and what is said
 *  twice of a place is kept once. */
FREM_API void frem_diags_sort(frem_diags *diags);

/** One problem as text: `FILE:LINE:COLUMN: error: WHAT` and, where it helps, a second line
 *  `hint: ...`; no newline at the end. "error" and "warning" stay English in every language.
 *  @return Owned by the caller (free()); NULL when out of memory. */
FREM_API char *frem_diag_text(const frem_diag *diag, frem_lang lang);

#ifdef __cplusplus
}
#endif
#endif
