/** @file
 *  Keys as tables write them: "0461", " 461" and "461.0" are the region 461, "Kvinder" and "K" the sex f. Every look-up of
 *  a cell among known names goes through here.
 */
#ifndef FREM_TABLES_KEYS_H
#define FREM_TABLES_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/index.h"
#include "base/text.h"

/** What the names of a dimension are. */
typedef enum frem_key_kind {
    FREM_KEYS_PLAIN, /**< codes and names */
    FREM_KEYS_SEXES  /**< f, m and all: Danish and English words and StatBank's codes are understood */
} frem_key_kind;

/** A look-up among names. Initialise `names` and `kind`, zero the rest; frem_keys_close() ends it. */
typedef struct frem_keys {
    const frem_index *names; /**< borrowed */
    frem_key_kind kind;
    frem_index *normal;  /**< the names in normal form, made when a text is no name as it is */
    ptrdiff_t *ordinals; /**< of each normal form; -1 where two names share it */
    frem_text scratch;
} frem_keys;

/** Finds the name that a text means: itself, else the only name with the same normal form, else the sex.
 *  @param[out] ordinal its place among the names, or -1. @return FREM_OK or FREM_NO_MEMORY. */
FREM_MUST_CHECK frem_status frem_keys_find(frem_keys *keys, const char *text, size_t n, ptrdiff_t *ordinal);
void frem_keys_close(frem_keys *keys);

/** Writes the normal form of a key, in which keys are compared: without blanks around it, in NFC and without regard to
 *  case; whole numbers without zeros before them and without ".0" (but "1.000", which may be a thousand, stays).
 *  @param out its former content is replaced. @return FREM_OK or FREM_NO_MEMORY. */
FREM_MUST_CHECK frem_status frem_key_normal(frem_text *out, const char *text, size_t n);
/** The text without blanks around it, those of spreadsheets and web pages included (U+00A0, U+200B, U+202F, U+FEFF).
 *  @return its first byte. @param n on return, its bytes. */
const char *frem_key_trim(const char *text, size_t *n);
/** Whether two texts certainly have different normal forms, at little cost; false where only frem_key_same() can decide. */
bool frem_key_differs(const char *one, size_t n_one, const char *other, size_t n_other);
/** Whether two texts have the same normal form. @param status set to FREM_NO_MEMORY where it can't be decided; then false. */
bool frem_key_same(const char *one, size_t n_one, const char *other, size_t n_other, frem_status *status);
/** Reads a whole number as a key may be written: "2020", " 2020", "2020.0". */
bool frem_key_whole(const char *text, size_t n, int64_t *out);
/** An age as a cell writes it: "17", or "100-" and "100+" for everybody from 100 on. */
bool frem_key_age(const char *text, size_t n, int64_t *age, bool *open);

/** The sex that a word or a code means: "f", "m", "all", or NULL. 1 is men and 2 women, as in StatBank. */
const char *frem_sex_of(const char *text, size_t n);
/** Whether a column is called as columns of sexes are. */
bool frem_is_sex_column(const char *name);

#endif
