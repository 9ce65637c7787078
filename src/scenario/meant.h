/** @file
 *  What an unknown key was probably meant as. Inside the room only.
 */
#ifndef FREM_SCENARIO_MEANT_H
#define FREM_SCENARIO_MEANT_H

#include "base/text.h"
#include "scenario/fields.h"

/** The key meant by a Danish word: "frafald" is dropout. Near misses count where `near` is set.
 *  @return Borrowed, static; NULL where it is no such word. */
const char *frem_key_danish(const char *word, bool near);

/** Whether some mapping of a scenario has a key of this name, or one that this Danish word means. `word` holds n bytes. */
bool frem_key_anywhere(const char *word, size_t n);
/** The same without the keys of values (`value`, `source`, `then`, ...). */
bool frem_key_in_scenario(const char *word, size_t n);
/** Whether every such key holds a text: `source`, `note`, ... */
bool frem_key_is_text(const char *word, size_t n);

/** Whether a key is one of a kind, or nearly one, or Danish for one. */
bool frem_key_is_near(const frem_kind *kind, const char *key);

/** The Danish words that are known, one by one. @return Borrowed, static; NULL past the end. */
const char *frem_key_danish_word(size_t i);

/** Reports a key that a kind does not have, with the nearest one that it has, or where the key belongs.
 *  @param path of the mapping. @param[out] meant the kind's field that was meant, or n_fields.
 *  @return FREM_INVALID or FREM_NO_MEMORY. */
frem_status frem_key_unknown(const frem_kind *kind, const char *key, frem_place place, const char *path,
                             frem_diags *diags, size_t *meant);

#endif
