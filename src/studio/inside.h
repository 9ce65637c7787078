/** @file
 *  What the studio's calls share. Inside the room only.
 */
#ifndef FREM_STUDIO_INSIDE_H
#define FREM_STUDIO_INSIDE_H

#include <stdbool.h>

#include <jansson.h>

#include "base/arena.h"
#include "base/text.h"
#include "fremskriv/output.h"
#include "output/json.h"
#include "session/session.h"
#include "studio/studio.h"

/** Bytes beside the answer. */
typedef struct frem_studio_bytes {
    const void *at;
    size_t size;
} frem_studio_bytes;

struct frem_studio {
    frem_session *session;
    char *program_dir, *scratch;
    /* What the last call made; freed by the next one. */
    frem_arena *arena;
    frem_diags *diags;     /**< of a call that has problems of its own; NULL: those of the session's run */
    frem_loaded asked;     /**< scenarios of a question; its sources are the session's */
    frem_results *results; /**< its results */
    frem_written *written; /**< files of an export */
    frem_text answer;
    frem_studio_bytes *buffers;
    size_t n_buffers, buffers_capacity;
};

/** A call at work. */
typedef struct frem_studio_call {
    frem_studio *studio;
    const json_t *request; /**< an object */
    json_t *answer;        /**< an object, filled by the call */
    frem_lang lang;        /**< of what the request asks for in one language */
    bool failed;           /**< out of memory */
} frem_studio_call;

/* ---- requests (request.c) ---- */

/** A text of the request. @return Borrowed; NULL where there is none. */
const char *frem_studio_text(const frem_studio_call *call, const char *key);
/** A number; `otherwise` where there is none. */
double frem_studio_number(const frem_studio_call *call, const char *key, double otherwise);
/** A list of texts; one text is a list of one. @param[out] n how many. @return Borrowed until the next call; NULL for none. */
const char *const *frem_studio_texts(frem_studio_call *call, const char *key, size_t *n);
/** The member "rows". */
frem_row_choice frem_studio_rows(const frem_studio_call *call);

/* ---- answers (tables.c) ---- */

/** Adds a member to the answer. @param value consumed. */
void frem_studio_set(frem_studio_call *call, const char *key, json_t *value);
/** Adds a buffer. @param at borrowed until the next call. @return its place as JSON; NULL when out of memory. */
json_t *frem_studio_add_bytes(frem_studio_call *call, const void *at, size_t size);
/** A table: name, rows, and for each column its name, kind, the place of its buffer, and its labels. */
json_t *frem_studio_table(frem_studio_call *call, const char *name, const frem_frame *frame);
/** Sets "sentences", "tables" and "files" of the call's results. */
void frem_studio_set_results(frem_studio_call *call, const frem_results *results);

/* ---- calls ---- */

typedef frem_status frem_studio_work(frem_studio_call *call);

/* calls.c */
frem_studio_work frem_studio_version, frem_studio_shipped, frem_studio_files, frem_studio_read,
    frem_studio_open, frem_studio_write, frem_studio_run, frem_studio_explain, frem_studio_parameters,
    frem_studio_export;
/* questions.c */
frem_studio_work frem_studio_solve, frem_studio_decompose, frem_studio_montecarlo, frem_studio_compare,
    frem_studio_rank;

#endif
