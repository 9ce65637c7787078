/** @file
 *  Sessions: one scenario edited and projected again and again, as an editor, a server or a page in a browser does. Files
 *  may be on disk or put from memory; what an edit does not touch stays read, and tables stay parsed. Memory does not grow
 *  with the edits.
 *
 *      frem_session *session;
 *      frem_session_new(&session, NULL, 0, "/usr/share/fremskriv");
 *      frem_session_open(session, "mine.yaml");
 *      for each edit:
 *          frem_session_put(session, "mine.yaml", text, length);
 *          if (frem_session_run(session, &options) == FREM_OK)
 *              show(frem_session_table(session));
 *          else
 *              mark(frem_session_problems_json(session, FREM_DA));
 *      frem_session_free(session);
 */
#ifndef FREMSKRIV_SESSION_H
#define FREMSKRIV_SESSION_H

#include <stddef.h>

#include "fremskriv/diag.h"
#include "fremskriv/model.h"
#include "fremskriv/output.h"
#include "fremskriv/results.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A session. Not for two threads at once; two threads may have one each. */
typedef struct frem_session frem_session;

/** @param data_dirs folders that tables are looked up in, in order; copied. @param program_dir the program's own folder,
 *  which holds data/ and scenarios/; copied; NULL for none.
 *  @param[out] out Owned by the caller. */
FREM_API FREM_MUST_CHECK frem_status frem_session_new(frem_session **out, const char *const *data_dirs,
                                                      size_t n_data_dirs, const char *program_dir);
/** Frees it with all that was borrowed from it. NULL is fine. */
FREM_API void frem_session_free(frem_session *session);

/** Says which scenario is run. It is read by the first run, from disk unless it was put.
 *  @param path copied. */
FREM_API FREM_MUST_CHECK frem_status frem_session_open(frem_session *session, const char *path);
/** Puts a file into memory, in place of the one on disk if there is one: the scenario, one that it extends, or a table. All
 *  that was borrowed from the session since the last run is freed. See frem_sources_put().
 *  @param bytes n bytes; copied. @return FREM_INVALID for more than 256 MiB. */
FREM_API FREM_MUST_CHECK frem_status frem_session_put(frem_session *session, const char *path,
                                                      const void *bytes, size_t n);

/** How to run. Zero-initialise for all of the scenario and its variants. Borrowed for the call. */
typedef struct frem_session_options {
    const char *const *sets; /**< "PATH=VALUE" and its like, laid over the file; see frem_draft_new() */
    size_t n_sets;
    const char *const *variants; /**< names, "base" for the scenario itself; none: all */
    size_t n_variants;
    frem_run_options run; /**< its `rows` say which rows the table has */
} frem_session_options;

/** Reads, compiles and projects the scenario. All problems are collected. What was borrowed from the last run is freed.
 *  @return FREM_INVALID where the scenario or its data have an error; FREM_USAGE before frem_session_open(), and for
 *  rows that no scenario has. */
FREM_API FREM_MUST_CHECK frem_status frem_session_run(frem_session *session,
                                                      const frem_session_options *options);

/** The table of the last run, columns as in results.csv: frem_frame_numbers() and its like give columns as arrays,
 *  without a copy.
 *  @return Borrowed until the next run or put; NULL where the last run failed. */
FREM_API const frem_frame *frem_session_table(const frem_session *session);
/** Models of the last run, the scenario's own first, for their parameters. */
FREM_API size_t frem_session_models(const frem_session *session);
/** @return Borrowed until the next run or put; NULL past the end, and where the model could not be compiled. */
FREM_API const frem_model *frem_session_model(const frem_session *session, size_t i);

/** A problem of the last run. */
typedef struct frem_session_problem {
    frem_severity severity;
    const char *name;    /**< stable name of the kind of problem, such as "unknown-key" */
    const char *file;    /**< NULL where there is none; "--set" for an option */
    unsigned line;       /**< from 1; 0 where it is not known */
    unsigned column;     /**< in characters, from 1; 0 where it is not known */
    unsigned end_column; /**< after the word that the problem is about; 0 where it is not known */
    const char *message;
    const char *hint; /**< NULL where there is none */
} frem_session_problem;

/** Number of problems: errors and warnings, sorted by file, line and column. */
FREM_API size_t frem_session_problems(const frem_session *session);
/** One problem. @param[out] out Borrowed until the next run or put.
 *  @return FREM_USAGE past the end. */
FREM_API FREM_MUST_CHECK frem_status frem_session_problem_at(frem_session *session, size_t i, frem_lang lang,
                                                             frem_session_problem *out);
/** All problems as `--diagnostics json` writes them, one object a line; docs/diagnostics.schema.json describes it.
 *  @return Owned by the caller (free()); NULL when out of memory; "" where there are none. */
FREM_API char *frem_session_problems_json(const frem_session *session, frem_lang lang);

/* Where one of the following fails with a problem, the session's problems are those of it until the next run. */

/** Explains the scenario of the last run, which must have succeeded, as `explain --format json` does; docs/explain.md.
 *  @param path what to explain, dotted; NULL: everything.
 *  @param[out] json Owned by the caller (free()).
 *  @return FREM_INVALID where there is no such path; FREM_USAGE without a run. */
FREM_API FREM_MUST_CHECK frem_status frem_session_explain(frem_session *session, const char *path,
                                                          char **json);
/** Writes all rows of the last run, which must have succeeded, as files in memory: frem_write_memory().
 *  @param scratch a folder for the formats xlsx and sqlite, or NULL. @param[out] out Owned by the caller.
 *  @return FREM_USAGE without a run, or for a format that can't be written; FREM_MISSING_PART and FREM_UNWRITABLE
 *  with a problem. */
FREM_API FREM_MUST_CHECK frem_status frem_session_export(frem_session *session,
                                                         const frem_write_options *options,
                                                         const char *scratch, frem_written **out);

#ifdef __cplusplus
}
#endif
#endif
