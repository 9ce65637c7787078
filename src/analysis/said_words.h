/** @file
 *  Values of a scenario as people write them: "74 %", "130 (2021), 180 (2026), linearly", "the table x.csv (column share)".
 */
#ifndef FREM_ANALYSIS_SAID_WORDS_H
#define FREM_ANALYSIS_SAID_WORDS_H

#include "base/arena.h"
#include "scenario/fields.h"
#include "scenario/tree.h"

/** What a value is written in words by. */
typedef struct frem_saying_words {
    const frem_node *root;   /**< the scenario, for the labels of what a value names */
    const frem_field *field; /**< of the value */
    const char *unit;        /**< NULL where it has none */
    frem_lang lang;
} frem_saying_words;

/** What a mapping says at a key, NULL where it has none or no scalar there. */
const char *frem_said_scalar(const frem_node *node, const char *key);
/** The words that a mapping says at a key, in each language: one text, or one by language. NULL texts where it says none. */
frem_label frem_said_label(const frem_node *node, const char *key);
/** A value in words. Without braces, brackets and quotes of YAML, unless the scenario's own texts have them.
 *  @return Borrowed from the arena; NULL when out of memory. */
const char *frem_said_words(frem_arena *arena, const frem_saying_words *how, const frem_node *node);
/** A word of the field table's choices, such as "hold", as people say it. @return Borrowed; the word itself where the table of
 *  choices does not have it. */
const char *frem_choice_text(const char *word, frem_lang lang);

#endif
