/** @file
 *  Problems of one kind, of which a table may have thousands: the first are raised, then one says how many more.
 */
#ifndef FREM_TABLES_TALLY_H
#define FREM_TABLES_TALLY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/problem.h"

/** How many problems of one kind are shown for one column. */
#define FREM_TALLY_MAX 20

/** Initialise `diags` and `column`, zero the rest; frem_tally_close() ends it. */
typedef struct frem_tally {
    frem_diags *diags;
    const char *column; /**< the column that the problems are in; NULL when they are about rows */
    size_t count;
    frem_place unshown; /**< the first problem that is counted only */
    frem_status status; /**< FREM_OK until a problem is added */
} frem_tally;

/** Counts a problem. @return whether it is to be raised, its status given to frem_tally_raised(). */
bool frem_tally_count(frem_tally *tally, frem_place place);
void frem_tally_raised(frem_tally *tally, frem_status status);
/** Counts a problem, and raises it if it is one of the first. */
void frem_tally_add(frem_tally *tally, frem_place place, frem_code code, const char *const *args,
                    size_t n_args);
/** Relates the problem that was just added to a second place, where it was raised. */
void frem_tally_relate(frem_tally *tally, frem_place other);
/** Says how many were not shown. @return FREM_OK when there was no problem, else FREM_INVALID or FREM_NO_MEMORY. */
FREM_MUST_CHECK frem_status frem_tally_close(frem_tally *tally);

/** FREM_TALLY(tally, place, CODE, "arg0", ...), as FREM_PROBLEM. */
#define FREM_TALLY(tally, place, code, ...)                                                                  \
    frem_tally_add((tally), (place), FREM_MSG_##code, (const char *const[]){__VA_ARGS__},                    \
                   sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

/** The status of two steps that both ran: out of memory outranks a problem that has its diagnostic.
 *  Silent on its own, so that problems of both steps are collected. */
frem_status frem_tally_worse(frem_status one, frem_status other);

#endif
