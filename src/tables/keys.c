#include "tables/keys.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/number.h"

/* Letters of the longest sex in words. */
enum { SEX_MOST = 12 };

/* ---- normal form ---- */

static const char *const blanks[] = {" ", "\t", "\xC2\xA0", "\xE2\x80\x8B", "\xE2\x80\xAF", "\xEF\xBB\xBF"};

/* Bytes of the blank that a text begins or ends with; 0 for none. */
static size_t blank_at(const char *text, size_t n, bool end) {
    unsigned char edge = n > 0 ? (unsigned char)text[end ? n - 1 : 0] : '0';
    if (edge > ' ' && edge < 0x80)
        return 0;
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
        size_t length = strlen(blanks[i]);
        if (length <= n && memcmp(end ? text + n - length : text, blanks[i], length) == 0)
            return length;
    }
    return 0;
}

const char *frem_key_trim(const char *text, size_t *n) {
    size_t blank;
    while ((blank = blank_at(text, *n, false)) > 0) {
        text += blank;
        *n -= blank;
    }
    while ((blank = blank_at(text, *n, true)) > 0)
        *n -= blank;
    return text;
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static size_t count_digits(const char *text, size_t n) {
    size_t digits = 0;
    while (digits < n && is_digit(text[digits]))
        digits++;
    return digits;
}

/* A whole number, perhaps with a fraction of zeros that a program wrote: its digits alone. Three zeros may as well be
 * the end of a thousand. */
static bool cut_number(const char **text, size_t *n) {
    size_t digits = count_digits(*text, *n);
    if (digits == 0)
        return false;
    if (digits < *n) {
        const char *rest = *text + digits;
        size_t zeros = *n - digits - 1;
        if ((*rest != '.' && *rest != ',') || zeros == 0 || zeros == 3)
            return false;
        for (size_t i = 1; i <= zeros; i++) {
            if (rest[i] != '0')
                return false;
        }
        *n = digits;
    }
    while (*n > 1 && **text == '0') {
        ++*text;
        --*n;
    }
    return true;
}

static bool is_ascii(const char *text, size_t n) {
    for (size_t i = 0; i < n; i++) {
        if ((unsigned char)text[i] >= 0x80)
            return false;
    }
    return true;
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

frem_status frem_key_normal(frem_text *out, const char *text, size_t n) {
    out->length = 0;
    text = frem_key_trim(text, &n);
    if (cut_number(&text, &n) || is_ascii(text, n)) {
        frem_text_add_bytes(out, text, n);
        for (size_t i = 0; i < n && !out->failed; i++)
            out->bytes[i] = lower(out->bytes[i]);
        return out->failed ? FREM_NO_MEMORY : FREM_OK;
    }
    frem_arena *arena = NULL;
    const char *folded = frem_arena_new(&arena) == FREM_OK ? frem_folded(arena, text, n) : NULL;
    if (folded != NULL)
        frem_text_add(out, folded);
    frem_arena_free(arena);
    return folded == NULL || out->failed ? FREM_NO_MEMORY : FREM_OK;
}

bool frem_key_differs(const char *one, size_t n_one, const char *other, size_t n_other) {
    one = frem_key_trim(one, &n_one);
    other = frem_key_trim(other, &n_other);
    bool plain = is_ascii(one, n_one), other_plain = is_ascii(other, n_other);
    if (plain != other_plain)
        return true;
    if (!plain) /* letters of Latin alphabets take the same bytes in either case */
        return n_one != n_other && frem_nfc_plain(one, n_one) && frem_nfc_plain(other, n_other);
    bool number = cut_number(&one, &n_one), other_number = cut_number(&other, &n_other);
    if (number != other_number || n_one != n_other)
        return true;
    for (size_t i = 0; i < n_one; i++) {
        if (lower(one[i]) != lower(other[i]))
            return true;
    }
    return false;
}

bool frem_key_same(const char *one, size_t n_one, const char *other, size_t n_other, frem_status *status) {
    if (*status != FREM_OK || frem_key_differs(one, n_one, other, n_other))
        return false;
    frem_text normal = {0}, other_normal = {0};
    *status = frem_key_normal(&normal, one, n_one);
    if (*status == FREM_OK)
        *status = frem_key_normal(&other_normal, other, n_other);
    bool same = *status == FREM_OK && strcmp(normal.bytes, other_normal.bytes) == 0;
    frem_text_free(&normal);
    frem_text_free(&other_normal);
    return same;
}

bool frem_key_whole(const char *text, size_t n, int64_t *out) {
    if (frem_whole_read(text, n, out) == FREM_NUMBER_OK)
        return true;
    text = frem_key_trim(text, &n);
    size_t sign = n > 0 && (text[0] == '-' || text[0] == '+') ? 1 : 0, digits = n - sign;
    const char *at = text + sign;
    if (!cut_number(&at, &digits) || frem_whole_read(at, digits, out) != FREM_NUMBER_OK)
        return false;
    *out = text[0] == '-' ? -*out : *out;
    return true;
}

bool frem_key_age(const char *text, size_t n, int64_t *age, bool *open) {
    text = frem_key_trim(text, &n);
    *open = n > 1 && (text[n - 1] == '-' || text[n - 1] == '+');
    return frem_key_whole(text, *open ? n - 1 : n, age);
}

/* ---- sexes ---- */

static const struct {
    const char *word, *sex;
} sexes[] = {
    {"f", "f"},      {"m", "m"},       {"k", "f"},     {"1", "m"},      {"2", "f"},
    {"female", "f"}, {"females", "f"}, {"woman", "f"}, {"women", "f"},  {"male", "m"},
    {"males", "m"},  {"man", "m"},     {"men", "m"},   {"kvinde", "f"}, {"kvinder", "f"},
    {"mand", "m"},   {"mænd", "m"},    {"maend", "m"}, {"all", "all"},
};

const char *frem_sex_of(const char *text, size_t n) {
    text = frem_key_trim(text, &n);
    /* "mænd" in NFD has no more bytes than the longest word. */
    if (n == 0 || n > SEX_MOST)
        return NULL;
    frem_text normal = {0};
    const char *sex = NULL;
    bool made = frem_key_normal(&normal, text, n) == FREM_OK;
    for (size_t i = 0; made && sex == NULL && i < sizeof sexes / sizeof *sexes; i++) {
        if (strcmp(normal.bytes, sexes[i].word) == 0)
            sex = sexes[i].sex;
    }
    frem_text_free(&normal);
    return sex;
}

bool frem_is_sex_column(const char *name) {
    static const char *const names[] = {"sex", "gender", "køn", "koen"};
    frem_text normal = {0};
    bool found = false;
    bool made = frem_key_normal(&normal, name, strlen(name)) == FREM_OK;
    for (size_t i = 0; made && i < sizeof names / sizeof *names && !found; i++)
        found = normal.bytes != NULL && strcmp(normal.bytes, names[i]) == 0;
    frem_text_free(&normal);
    return found;
}

/* ---- look-up ---- */

static frem_status name_normals(frem_keys *keys) {
    size_t count = frem_index_count(keys->names);
    keys->ordinals = malloc((count + 1) * sizeof *keys->ordinals);
    frem_status status = keys->ordinals != NULL ? frem_index_new(&keys->normal) : FREM_NO_MEMORY;
    for (size_t i = 0; i < count && status == FREM_OK; i++) {
        const char *name = frem_index_name(keys->names, i);
        size_t before = frem_index_count(keys->normal), at;
        status = frem_key_normal(&keys->scratch, name, strlen(name));
        if (status == FREM_OK)
            status = frem_index_add(keys->normal, keys->scratch.bytes, keys->scratch.length, &at);
        if (status == FREM_OK)
            keys->ordinals[at] = frem_index_count(keys->normal) > before ? (ptrdiff_t)i : -1;
    }
    return status;
}

frem_status frem_keys_find(frem_keys *keys, const char *text, size_t n, ptrdiff_t *ordinal) {
    *ordinal = frem_index_find(keys->names, text, n);
    if (*ordinal >= 0 || n == 0)
        return FREM_OK;
    if (keys->kind == FREM_KEYS_SEXES) {
        const char *sex = frem_sex_of(text, n);
        *ordinal = sex != NULL ? frem_index_find(keys->names, sex, strlen(sex)) : -1;
        return FREM_OK;
    }
    frem_status status = keys->normal == NULL ? name_normals(keys) : FREM_OK;
    if (status == FREM_OK)
        status = frem_key_normal(&keys->scratch, text, n);
    if (status != FREM_OK)
        return status;
    ptrdiff_t at = frem_index_find(keys->normal, keys->scratch.bytes, keys->scratch.length);
    *ordinal = at >= 0 ? keys->ordinals[at] : -1;
    return FREM_OK;
}

void frem_keys_close(frem_keys *keys) {
    frem_index_free(keys->normal);
    free(keys->ordinals);
    frem_text_free(&keys->scratch);
}
