/** @file
 *  What the manifest of an output folder says of how it was made.
 */
#ifndef FREM_PUBLISH_MADE_H
#define FREM_PUBLISH_MADE_H

#include <stddef.h>

#include <jansson.h>

#include "base/arena.h"
#include "fremskriv/status.h"

/** A file that the run read. */
typedef struct frem_made_input {
    const char *name, *sha256;
} frem_made_input;

/** Texts are of the arena. */
typedef struct frem_made {
    const char *version;
    const char *command; /**< the words of the command, parted by blanks */
    const frem_made_input *inputs;
    size_t n_inputs;
} frem_made;

/** Parses a manifest. @param[out] out Owned by the caller: json_decref(); NULL after a failure.
 *  @return FREM_INVALID where it is no JSON. */
FREM_MUST_CHECK frem_status frem_manifest_parse(json_t **out, const char *bytes, size_t n);

/** Reads a manifest. @return FREM_INVALID where it is none of fremskriv's. */
FREM_MUST_CHECK frem_status frem_made_read(frem_made *out, frem_arena *arena, const char *bytes, size_t n);

#endif
