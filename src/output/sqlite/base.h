/** @file
 *  A database that is being filled. Errors are sticky: after the first one, further calls do nothing. For
 *  src/output/sqlite*.c only.
 */
#ifndef FREM_OUTPUT_SQLITE_BASE_H
#define FREM_OUTPUT_SQLITE_BASE_H

#include <stdint.h>

#include "base/text.h"
#include "frame/answer.h"
#include "fremskriv/diag.h"
#include "fremskriv/frame.h"

#ifdef FREM_SQLITE_LIBRARY

#include <sqlite3.h>

/** What is called of SQLite. */
#define FREM_SQLITE_CALLS(X)                                                                                 \
    X(sqlite3_open_v2)                                                                                       \
    X(sqlite3_close)                                                                                         \
    X(sqlite3_exec)                                                                                          \
    X(sqlite3_prepare_v2)                                                                                    \
    X(sqlite3_bind_text)                                                                                     \
    X(sqlite3_bind_int64)                                                                                    \
    X(sqlite3_bind_double)                                                                                   \
    X(sqlite3_bind_null)                                                                                     \
    X(sqlite3_step)                                                                                          \
    X(sqlite3_reset)                                                                                         \
    X(sqlite3_finalize)                                                                                      \
    X(sqlite3_system_errno)

typedef struct frem_sqlite_calls {
#define FREM_SQLITE_CALL(name) __typeof__(&name) name;
    FREM_SQLITE_CALLS(FREM_SQLITE_CALL)
#undef FREM_SQLITE_CALL
} frem_sqlite_calls;

typedef struct frem_base {
    void *library;
    frem_sqlite_calls call;
    sqlite3 *database;
    sqlite3_stmt *insert; /**< the statement that rows are bound to */
    int place;            /**< of the next value, from 1 */
    frem_status status;
    int error; /**< errno with FREM_UNWRITABLE; 0 where none is known */
} frem_base;

/** Opens a new file. @param diags gets a problem where SQLite is not installed.
 *  @return FREM_OK, and frem_base_close() is due; else nothing is. */
FREM_MUST_CHECK frem_status frem_base_open(frem_base *base, const char *path, frem_diags *diags);
/** Runs statements, which are never made of labels. */
void frem_base_run(frem_base *base, const char *sql);
/** Adds a name in SQL: "a""b". */
void frem_base_name(frem_text *sql, const char *name);
/** Makes ready to insert rows; the values of each are bound in order, then frem_base_row(). */
void frem_base_insert(frem_base *base, const char *sql);
/** NULL is SQL's NULL; bytes that are no UTF-8 become U+FFFD. @param text stays as it is until the row is in. */
void frem_base_text(frem_base *base, const char *text);
void frem_base_whole(frem_base *base, int64_t value);
/** Rounded to the six decimals of results.csv. */
void frem_base_number(frem_base *base, double value);
void frem_base_row(frem_base *base);
/** A table of the frame's columns and rows. */
void frem_base_frame(frem_base *base, const char *table, const frem_frame *frame);
/** A table of an answer; columns that are exact are not rounded. */
void frem_base_answer_table(frem_base *base, const frem_answer_table *table);
/** All of an answer: its tables, its sentences, what its columns mean, and a view of each table with names for people. */
void frem_base_answer(frem_base *base, const frem_answer *answer);
/** Closes file and library. @return what went wrong since frem_base_open(). */
FREM_MUST_CHECK frem_status frem_base_close(frem_base *base);

#endif
#endif
