/** @file
 *  Writers: results as files in a folder, as a table on a file descriptor, as text for a terminal.
 */
#ifndef FREMSKRIV_OUTPUT_H
#define FREMSKRIV_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "fremskriv/diag.h"
#include "fremskriv/results.h"
#include "fremskriv/sweep.h"

#ifdef __cplusplus
extern "C" {
#endif

/** How numbers are written in tables: with a point, cells parted by commas; or as a Danish spreadsheet has them, with a comma,
 *  cells parted by semicolons, and a byte order mark (EF BB BF) in front of the table. */
typedef enum frem_decimal { FREM_DECIMAL_POINT, FREM_DECIMAL_COMMA } frem_decimal;

/** How to write. Zero-initialise for the results as CSV with points, in English. */
typedef struct frem_write_options {
    const char *const *formats; /**< names among frem_formats(); borrowed */
    size_t n_formats;
    frem_decimal decimal; /**< of csv */
    frem_lang lang;       /**< of what people read; csv and the data package do not depend on it */
    long long
        made; /**< the date inside files that must have one (workbooks), seconds since 1970; 0: 1 January 2000 */
    bool force; /**< whether files of the folder that no manifest of fremskriv lists may be replaced */
} frem_write_options;

/** Names of the formats that frem_write_folder() knows, ended by NULL. @return Borrowed, static. */
FREM_API const char *const *frem_formats(void);

/** Writes the results to a folder: everything or nothing. The folder also gets manifest.json, NAME.resolved.yaml,
 *  datapackage.json and copies of tables found beside the scenario. It is exchanged for a new one as a whole; files in it
 *  that no manifest of fremskriv lists stay. Nothing that was read for the results is replaced or removed.
 *  @return FREM_UNWRITABLE with the reason in diags, and the folder as it was. */
FREM_API FREM_MUST_CHECK frem_status frem_write_folder(frem_results *results, const char *folder,
                                                       const frem_write_options *options, frem_diags *diags);
/** The files of an output folder, in memory. */
typedef struct frem_written frem_written;
typedef struct frem_written_file {
    const char *name;  /**< relative, with '/' between folders */
    const char *bytes; /**< size bytes, and a NUL behind them */
    size_t size;
} frem_written_file;

/** Writes the results as frem_write_folder() does, with the same names and bytes, but into memory.
 *  @param scratch a folder in which libraries that write files themselves may do so (formats xlsx and sqlite); what they
 *  leave there is removed. NULL: none of these formats.
 *  @param[out] out Owned by the caller; NULL unless FREM_OK.
 *  @return FREM_USAGE for a format that does not exist or that needs the scratch folder. */
FREM_API FREM_MUST_CHECK frem_status frem_write_memory(frem_written **out, frem_results *results,
                                                       const frem_write_options *options, const char *scratch,
                                                       frem_diags *diags);
/** NULL is fine. */
FREM_API void frem_written_free(frem_written *written);
FREM_API size_t frem_written_count(const frem_written *written);
/** A file, sorted by name. @param[out] out Borrowed until frem_written_free(). @return false past the end. */
FREM_API int frem_written_at(const frem_written *written, size_t i, frem_written_file *out);

/** Writes the results table as CSV to a file descriptor.
 *  @return FREM_UNWRITABLE when it was closed or is full. */
FREM_API FREM_MUST_CHECK frem_status frem_write_stream(const frem_results *results, int fd,
                                                       frem_decimal decimal);
/** Runs a sweep and writes sweep.csv and the files that accompany it to a folder: everything or nothing. Finished points are
 *  kept in FOLDER.partial, so that the same sweep goes on where it was stopped; on success that is removed. The bytes
 *  are the same for any number of threads, stopped or not.
 *  @param sources borrowed: the files that the models came from. @param run two sweeps are the same where its command and its inputs
 *  are.
 *  @return FREM_INTERRUPTED when progress asked to stop, after a problem that says how to go on. */
FREM_API FREM_MUST_CHECK frem_status frem_sweep_write_folder(frem_sweep *sweep, const frem_sources *sources,
                                                             const char *folder,
                                                             const frem_write_options *options,
                                                             const frem_run_options *run, frem_diags *diags);
/** Runs a sweep and writes its table as CSV to a file descriptor, in parts as they are finished.
 *  @return FREM_UNWRITABLE when it was closed or is full. */
FREM_API FREM_MUST_CHECK frem_status frem_sweep_write_stream(frem_sweep *sweep, int fd, frem_decimal decimal,
                                                             const frem_run_options *run, frem_diags *diags);
/** Runs a sweep of few points and makes a short table of them: what is varied, and the gap of the last year by profession,
 *  all regions together. @param[out] out Owned by the caller (free()). */
FREM_API FREM_MUST_CHECK frem_status frem_sweep_write_short(frem_sweep *sweep, frem_lang lang, char **out,
                                                            const frem_run_options *run, frem_diags *diags);
/** The short table of supply, demand and gap. @param width columns of the terminal.
 *  @return Owned by the caller (free()); NULL when out of memory. */
FREM_API char *frem_write_short(const frem_results *results, frem_lang lang, size_t width);

#ifdef __cplusplus
}
#endif
#endif
