/** @file
 *  JSON as this room writes it, through jansson: keys in the order they were added, texts in UTF-8.
 */
#ifndef FREM_OUTPUT_JSON_H
#define FREM_OUTPUT_JSON_H

#include <stdbool.h>

#include <jansson.h>

#include "frame/document.h"
#include "fremskriv/status.h"
#include "publish/stage.h"

/** A text; bytes that are no UTF-8 (a file name may hold any) become U+FFFD. @return Owned; NULL when out of memory. */
json_t *frem_json_text(const char *text);
/** A whole number. Beyond 2^63 - 1, which is all that jansson carries, its digits as a text.
 *  @return Owned; NULL when out of memory. */
json_t *frem_json_whole(unsigned long long value);
/** Adds a member. @param value Consumed; NULL, from a call that ran out of memory, is refused.
 *  @return whether it was added. */
bool frem_json_set(json_t *object, const char *key, json_t *value);
/** Adds an element; as frem_json_set(). */
bool frem_json_push(json_t *array, json_t *value);
/** An object that was filled, or NULL in place of one that was not. @param object Consumed. */
json_t *frem_json_filled(json_t *object, bool filled);
/** A text by language. @return Owned; NULL when out of memory. */
json_t *frem_json_label(const frem_label *label);
/** Sets the member `source`: one text where it is the same in both languages, else one by language; none where it has none. */
bool frem_json_set_source(json_t *object, const frem_label *source);
/** A note: scenario (where it has one), kind, what, text. @return Owned; NULL when out of memory. */
json_t *frem_json_note(const frem_note *note);
/** Writes a file of the stage: two blanks a level, a line end after it. */
FREM_MUST_CHECK frem_status frem_json_write(const json_t *json, frem_stage *stage, const char *name);

#endif
