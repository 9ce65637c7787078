#include "base/text.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* Words longer than this are no misspelt keys. */
#define WORD_MAX 64

void frem_text_free(frem_text *text) {
    free(text->bytes);
    *text = (frem_text){0};
}

/* Room for n more bytes and the NUL. */
static bool text_reserve(frem_text *text, size_t n) {
    if (text->failed)
        return false;
    void *bytes = text->bytes;
    if (n >= SIZE_MAX - text->length || frem_grow(&bytes, &text->capacity, text->length + n, 1) != FREM_OK) {
        text->failed = true;
        return false;
    }
    text->bytes = bytes;
    return true;
}

void frem_text_add_bytes(frem_text *text, const char *bytes, size_t n) {
    if (!text_reserve(text, n))
        return;
    if (n > 0)
        memcpy(text->bytes + text->length, bytes, n);
    text->length += n;
    text->bytes[text->length] = '\0';
}

void frem_text_add(frem_text *text, const char *string) {
    frem_text_add_bytes(text, string, strlen(string));
}

void frem_text_print(frem_text *text, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    if (n < 0)
        text->failed = true;
    else if (text_reserve(text, (size_t)n)) {
        (void)vsnprintf(text->bytes + text->length, (size_t)n + 1, format, again);
        text->length += (size_t)n;
    }
    va_end(again);
    va_end(args);
}

size_t frem_text_measured(frem_text *text, frem_text *out) {
    const size_t width = text->failed || text->bytes == NULL ? 0 : frem_utf8_width(text->bytes, text->length);
    out->failed = out->failed || text->failed;
    frem_text_free(text);
    return width;
}

/* Length of the valid sequence at the start of bytes, or 0. The bounds of the second byte rule out overlong
 * forms, surrogates and numbers above U+10FFFF (Unicode, table 3-7). */
static size_t sequence_length(const unsigned char *bytes, size_t n) {
    unsigned char first = bytes[0];
    unsigned char low = 0x80, high = 0xBF;
    size_t length;
    if (first >= 0x01 && first <= 0x7F)
        return 1;
    if (first >= 0xC2 && first <= 0xDF)
        length = 2;
    else if (first >= 0xE0 && first <= 0xEF)
        length = 3;
    else if (first >= 0xF0 && first <= 0xF4)
        length = 4;
    else
        return 0;
    if (first == 0xE0)
        low = 0xA0;
    else if (first == 0xED)
        high = 0x9F;
    else if (first == 0xF0)
        low = 0x90;
    else if (first == 0xF4)
        high = 0x8F;
    if (n < length || bytes[1] < low || bytes[1] > high)
        return 0;
    for (size_t i = 2; i < length; i++)
        if ((bytes[i] & 0xC0) != 0x80)
            return 0;
    return length;
}

/* Whether the next eight bytes are all 0x01..0x7F: none has its high bit, and taking one from each borrows from none. */
static bool is_ascii_word(const unsigned char *bytes) {
    uint64_t word;
    memcpy(&word, bytes, sizeof word);
    return ((word | (word - UINT64_C(0x0101010101010101))) & UINT64_C(0x8080808080808080)) == 0;
}

bool frem_utf8_valid(const char *bytes, size_t n, size_t *bad) {
    const unsigned char *b = (const unsigned char *)bytes;
    for (size_t i = 0; i < n;) {
        if (n - i >= sizeof(uint64_t) && is_ascii_word(b + i)) {
            i += sizeof(uint64_t);
            continue;
        }
        size_t length = sequence_length(b + i, n - i);
        if (length == 0) {
            if (bad != NULL)
                *bad = i;
            return false;
        }
        i += length;
    }
    return true;
}

void frem_text_add_valid(frem_text *text, const char *bytes, size_t n) {
    size_t bad = 0;
    while (!frem_utf8_valid(bytes, n, &bad)) {
        frem_text_add_bytes(text, bytes, bad);
        frem_text_add(text, "\xEF\xBF\xBD");
        bytes += bad + 1;
        n -= bad + 1;
    }
    frem_text_add_bytes(text, bytes, n);
}

size_t frem_utf8_count(const char *bytes, size_t n) {
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += ((unsigned char)bytes[i] & 0xC0) != 0x80;
    return count;
}

size_t frem_utf8_step(const char *bytes, size_t n, int32_t *point) {
    if ((unsigned char)bytes[0] < 0x80) {
        *point = bytes[0];
        return 1;
    }
    /* Four bytes are the longest sequence; the length is capped to what fits the library's signed type. */
    utf8proc_ssize_t used =
        utf8proc_iterate((const utf8proc_uint8_t *)bytes, n < 4 ? (utf8proc_ssize_t)n : 4, point);
    if (used > 0)
        return (size_t)used;
    *point = -1;
    return 1;
}

size_t frem_utf8_width(const char *bytes, size_t n) {
    size_t width = 0;
    for (size_t i = 0; i < n;) {
        unsigned char byte = (unsigned char)bytes[i];
        int32_t point;
        if (byte < 0x80) {
            width += byte >= 0x20 && byte != 0x7F;
            i++;
            continue;
        }
        i += frem_utf8_step(bytes + i, n - i, &point);
        int columns = point < 0 ? 1 : utf8proc_charwidth(point);
        width += columns > 0 ? (size_t)columns : 0;
    }
    return width;
}

bool frem_nfc_plain(const char *bytes, size_t n) {
    /* 0xCC is the first byte of U+0300, the first combining mark: everything before it is NFC by itself. */
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)bytes[i] >= 0xCC)
            return false;
    return true;
}

/* A valid text mapped by utf8proc. @return Borrowed from the arena; NULL when out of memory. */
static const char *mapped(frem_arena *arena, const char *bytes, size_t n, unsigned ways) {
    utf8proc_uint8_t *out = NULL;
    utf8proc_ssize_t length = utf8proc_map((const utf8proc_uint8_t *)bytes, (utf8proc_ssize_t)n, &out,
                                           (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPOSE | ways));
    if (length < 0)
        return NULL;
    const char *copy = frem_arena_text(arena, (const char *)out, (size_t)length);
    free(out);
    return copy;
}

static bool is_mappable(const char *bytes, size_t n) {
    return n <= PTRDIFF_MAX / 8 && frem_utf8_valid(bytes, n, NULL);
}

const char *frem_nfc(frem_arena *arena, const char *bytes, size_t n) {
    if (frem_nfc_plain(bytes, n) || !is_mappable(bytes, n))
        return frem_arena_text(arena, bytes, n);
    return mapped(arena, bytes, n, 0);
}

const char *frem_folded(frem_arena *arena, const char *bytes, size_t n) {
    return is_mappable(bytes, n) ? mapped(arena, bytes, n, UTF8PROC_CASEFOLD)
                                 : frem_arena_text(arena, bytes, n);
}

/* The two ASCII letters that replace a Nordic one where a keyboard or a program lacks it; NULL for others. */
static const char *transcribed(int32_t letter) {
    switch (letter) {
    case 0xE6: /* ae ligature */
    case 0xE4: /* a umlaut */
        return "ae";
    case 0xF8: /* o with stroke */
    case 0xF6: /* o umlaut */
        return "oe";
    case 0xE5: /* a with ring */
        return "aa";
    default:
        return NULL;
    }
}

/* Letters of a word without regard to case, the Nordic ones as they are transcribed; false when it is too long. */
static bool word_letters(const char *word, size_t n, int32_t letters[WORD_MAX], size_t *count) {
    *count = 0;
    for (size_t i = 0; i < n;) {
        int32_t point;
        i += frem_utf8_step(word + i, n - i, &point);
        point = utf8proc_tolower(point);
        const char *pair = transcribed(point);
        if (*count + (pair != NULL ? 2 : 1) > WORD_MAX)
            return false;
        letters[(*count)++] = pair != NULL ? pair[0] : point;
        if (pair != NULL)
            letters[(*count)++] = pair[1];
    }
    return true;
}

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

/* Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours cost one each. */
static size_t distance(const int32_t *a, size_t n, const int32_t *b, size_t m) {
    size_t rows[3][WORD_MAX + 1];
    size_t *before = rows[0], *last = rows[1], *row = rows[2];
    for (size_t j = 0; j <= m; j++)
        last[j] = j;
    for (size_t i = 1; i <= n; i++) {
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t change = last[j - 1] + (a[i - 1] != b[j - 1]);
            row[j] = least(change, least(last[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
        }
        size_t *free_row = before;
        before = last;
        last = row;
        row = free_row;
    }
    return last[m];
}

/* Letters that two words begin with alike. */
static size_t common_start(const int32_t *a, size_t n, const int32_t *b, size_t m) {
    size_t i = 0;
    while (i < n && i < m && a[i] == b[i])
        i++;
    return i;
}

const char *frem_nearest(const char *word, const char *const *known, size_t n) {
    int32_t letters[WORD_MAX], others[WORD_MAX];
    size_t count, other_count;
    const char *best = NULL;
    size_t best_distance = SIZE_MAX, best_start = 0;
    if (!word_letters(word, strlen(word), letters, &count))
        return NULL;
    for (size_t i = 0; i < n; i++) {
        if (!word_letters(known[i], strlen(known[i]), others, &other_count))
            continue;
        size_t longer = count > other_count ? count : other_count;
        size_t shorter = count > other_count ? other_count : count;
        if ((longer - shorter) * 3 > longer)
            continue;
        size_t d = distance(letters, count, others, other_count);
        size_t start = common_start(letters, count, others, other_count);
        if (d * 3 <= longer && (d < best_distance || (d == best_distance && start > best_start))) {
            best = known[i];
            best_distance = d;
            best_start = start;
        }
    }
    return best;
}

bool frem_same_word(const char *word, size_t n, const char *other) {
    int32_t letters[WORD_MAX], others[WORD_MAX];
    size_t count, other_count;
    return word_letters(word, n, letters, &count) &&
           word_letters(other, strlen(other), others, &other_count) && count == other_count &&
           memcmp(letters, others, count * sizeof *letters) == 0;
}

void frem_column_letters(unsigned column, char out[FREM_LETTERS_MAX]) {
    char turned[FREM_LETTERS_MAX];
    size_t n = 0;
    for (; column > 0; column = (column - 1) / 26)
        turned[n++] = (char)('A' + (column - 1) % 26);
    for (size_t i = 0; i < n; i++)
        out[i] = turned[n - 1 - i];
    out[n] = '\0';
}
