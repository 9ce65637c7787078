/** @file
 *  What people read in their language: numbers, per cents, and the words that several rooms have in common.
 */
#ifndef FREM_BASE_LOCALE_H
#define FREM_BASE_LOCALE_H

#include "base/text.h"
#include "fremskriv/status.h"

/** What is written for people: base/words.def. */
typedef enum frem_word {
#define FREM_WORDS_ROW(id, en, da) FREM_W_##id,
#include "base/words.def"
#undef FREM_WORDS_ROW
    FREM_W_COUNT
} frem_word;
/** @return Borrowed, static. */
const char *frem_word_text(frem_word word, frem_lang lang);

/** Adds a number that is written already, in digits with a point: with a separator before every third digit from the end of
 *  its whole part, and the language's decimal sign. */
void frem_locale_add(frem_text *out, const char *fixed, frem_lang lang);
/** Adds a number with so many decimals. */
void frem_locale_number(frem_text *out, double value, int decimals, frem_lang lang);
/** Adds a number with the decimals that it needs, at most so many. */
void frem_locale_brief(frem_text *out, double value, int decimals, frem_lang lang);
/** Adds a number with all its digits. */
void frem_locale_exact(frem_text *out, double value, frem_lang lang);
/** Adds a ratio in per cent, with its sign: "97.5%", in Danish "97,5 %". */
void frem_locale_percent(frem_text *out, double ratio, int decimals, frem_lang lang);

#endif
