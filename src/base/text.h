/** @file
 *  Text: a growing string, UTF-8, display width, names compared in NFC, the nearest known word.
 */
#ifndef FREM_BASE_TEXT_H
#define FREM_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "fremskriv/status.h"

/** A growing string. Zero-initialise; free with frem_text_free(). Failure is sticky: after an allocation
 * fails, `failed` is true and further additions do nothing. */
typedef struct frem_text {
    char *bytes; /**< always NUL-terminated once something was added; NULL before */
    size_t length;
    size_t capacity;
    bool failed;
} frem_text;

void frem_text_free(frem_text *text);
void frem_text_add(frem_text *text, const char *string);
void frem_text_add_bytes(frem_text *text, const char *bytes, size_t n);
void frem_text_print(frem_text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/** Adds n bytes, U+FFFD in place of each that is not UTF-8. */
void frem_text_add_valid(frem_text *text, const char *bytes, size_t n);

/** Columns that a terminal needs for a text that was made to be measured, which is freed. @param out what is laid out by it: it
 *  fails where the text failed. */
size_t frem_text_measured(frem_text *text, frem_text *out);

/** Whether bytes are valid UTF-8 (no surrogates, no overlong forms, no NUL).
 *  @param[out] bad offset of the first offending byte; may be NULL. */
bool frem_utf8_valid(const char *bytes, size_t n, size_t *bad);
/** Number of characters (code points) in valid UTF-8. */
size_t frem_utf8_count(const char *bytes, size_t n);
/** Columns that a terminal needs for valid UTF-8: 2 for wide characters, 0 for combining ones. */
size_t frem_utf8_width(const char *bytes, size_t n);

/** The first character of n >= 1 bytes. @param[out] point its code point, -1 where the bytes are not UTF-8.
 *  @return its length in bytes, 1 where the bytes are not UTF-8. */
size_t frem_utf8_step(const char *bytes, size_t n, int32_t *point);

/** Whether the bytes are NFC without a closer look, as ASCII and Danish letters are (no character from U+0300
 * on). */
bool frem_nfc_plain(const char *bytes, size_t n);
/** The text in NFC, so that "ø" in one or two code points is one name.
 *  @return A copy borrowed from the arena, NUL-terminated; bytes that are not UTF-8 stay as they are; NULL
 * when out of memory. */
const char *frem_nfc(frem_arena *arena, const char *bytes, size_t n);

/** The text in NFC without regard to case, so that "ØST" and "øst" are one name.
 *  @return As frem_nfc(). */
const char *frem_folded(frem_arena *arena, const char *bytes, size_t n);

/** The word of `known` nearest to `word` by edit distance without regard to case (transpositions count once; æ and ä are
 * ae, ø and ö are oe, å is aa; of equally near ones that which begins alike for longer, then the first), or NULL where none is near enough to be meant (more than a third of the letters differ).
 *  @return Borrowed: one of known. */
const char *frem_nearest(const char *word, const char *const *known, size_t n);

/** Whether n bytes are the same word as another without regard to case, æ being ae and so on as for frem_nearest(). */
bool frem_same_word(const char *word, size_t n, const char *other);

/** Room for the letters of any column. */
#define FREM_LETTERS_MAX 12
/** The letters of a spreadsheet's column: A of 1, AA of 27. */
void frem_column_letters(unsigned column, char out[FREM_LETTERS_MAX]);

#endif
