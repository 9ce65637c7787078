/** @file
 *  The studio's side of the engine: calls by name whose requests and answers are JSON, with the columns of tables and the bytes
 *  of files beside it. The page in a browser calls these functions through WebAssembly, and `fremskriv studio` through its
 *  loopback server, so that one script speaks to both. docs/studio-api.md lists the calls.
 *
 *  Each function that is exported to WebAssembly begins its line with FREM_STUDIO_CALL: cmake/Wasm.cmake reads these lines.
 */
#ifndef FREM_STUDIO_STUDIO_H
#define FREM_STUDIO_STUDIO_H

#include <stddef.h>

#include "fremskriv/status.h"

#ifdef __wasm__
#define FREM_STUDIO_CALL __attribute__((used, visibility("default"))) /* the page calls it, and no one else */
#else
#define FREM_STUDIO_CALL
#endif

/** A session with what was asked last. Not for two threads at once. */
typedef struct frem_studio frem_studio;

/** @param program_dir the folder that holds data/ and scenarios/; copied. @param scratch a folder for the libraries that
 *  write files themselves (workbook, database); copied; NULL: without these formats.
 *  @return Owned by the caller; NULL when out of memory. */
FREM_STUDIO_CALL frem_studio *frem_studio_new(const char *program_dir, const char *scratch);
/** NULL is fine. */
FREM_STUDIO_CALL void frem_studio_free(frem_studio *studio);

/** Puts a file into memory, over the one on disk if there is one: frem_session_put(). What was borrowed is freed.
 *  @param bytes n bytes; copied. @return a frem_status: FREM_INVALID for more than 256 MiB. */
FREM_STUDIO_CALL int frem_studio_put(frem_studio *studio, const char *path, const void *bytes, size_t n);

/** Makes a call.
 *  @param call its name, such as "run". @param request n bytes of JSON: an object with the call's arguments; n is 0 for none.
 *  @return a frem_status. The answer is there in every case but FREM_NO_MEMORY. */
FREM_STUDIO_CALL int frem_studio_ask(frem_studio *studio, const char *call, const char *request, size_t n);
/** The answer of the last call: an object with "status", "problems" and what the call gives, NUL-terminated.
 *  @return Borrowed until the next call or put; "" before the first. */
FREM_STUDIO_CALL const char *frem_studio_answer(const frem_studio *studio);
FREM_STUDIO_CALL size_t frem_studio_answer_size(const frem_studio *studio);
/** Number of buffers beside the answer, which names them by their places: columns and files. */
FREM_STUDIO_CALL size_t frem_studio_buffers(const frem_studio *studio);
/** @return Borrowed until the next call or put, aligned for its numbers; NULL past the end. */
FREM_STUDIO_CALL const void *frem_studio_buffer(const frem_studio *studio, size_t i);
/** Bytes; 0 past the end. */
FREM_STUDIO_CALL size_t frem_studio_buffer_size(const frem_studio *studio, size_t i);

#endif
