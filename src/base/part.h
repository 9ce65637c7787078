/** @file
 *  Libraries of the system that one format or one way to solve needs, opened while it is at work. How a build has them is the
 *  CMake option FREM_PARTS: loaded when they are needed (dlopen), linked (static), or not at all (none).
 */
#ifndef FREM_BASE_PART_H
#define FREM_BASE_PART_H

#include <stdbool.h>
#include <stddef.h>

#include "fremskriv/diag.h"

/** A library that may be absent. */
typedef struct frem_part {
    const char *what;    /**< what needs it, as the command line has it: "--format xlsx" */
    const char *library; /**< what people call it, such as "SQLite" */
    const char *file;    /**< as the loader knows it; NULL: the program was built without it */
    const char *package; /**< the Debian package that carries it */
    const char *headers; /**< the one that a build needs; unused where `file` is set */
    bool stays;          /**< whether it can't be unloaded: it keeps a table that points into it */
} frem_part;

/** A function of a part, of whatever type. */
typedef void (*frem_part_function)(void);
typedef struct frem_part_call {
    const char *name;
    frem_part_function linked; /**< NULL where it is looked up by its name */
} frem_part_call;
/** The frem_part_call of a function that a header declares. */
#ifdef FREM_PARTS_STATIC
#define FREM_PART_CALL(function) {#function, (frem_part_function)(function)},
#else
#define FREM_PART_CALL(function) {#function, NULL},
#endif

/** Reports that the library is missing, and what to install. @return FREM_MISSING_PART, or FREM_NO_MEMORY. */
FREM_MUST_CHECK frem_status frem_part_refuse(const frem_part *part, frem_diags *diags);
/** Opens the library and looks its functions up.
 *  @param names n functions. @param[out] calls as many function pointers, one after the other.
 *  @param[out] handle Owned by the caller: frem_part_close(); NULL after a failure.
 *  @return FREM_MISSING_PART with a diagnostic where the library or one of its functions is absent. */
FREM_MUST_CHECK frem_status frem_part_open(const frem_part *part, const frem_part_call *names, size_t n,
                                           void *calls, void **handle, frem_diags *diags);
/** NULL is fine. */
void frem_part_close(void *handle);

#endif
