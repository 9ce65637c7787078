/* Texts in braces that have no ':' and value: a forgotten ':', a decimal comma, a text with a comma in it. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/problem.h"
#include "scenario/meant.h"
#include "scenario/tree_syntax.h"

/* Characters of the user's text that a message quotes. */
#define SHOWN 60
#define SHOWN_BYTES (4 * SHOWN + 4)
/* Two of these with what stands between them. */
#define BETTER_BYTES (8 * SHOWN + 16)

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static size_t blanks(const char *text, size_t n) {
    size_t i = 0;
    while (i < n && is_blank(text[i]))
        i++;
    return i;
}

static bool is_digits(const char *text, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (text[i] < '0' || text[i] > '9')
            return false;
    return n > 0;
}

/* "key: rest". */
static void join(const char *key, size_t n_key, const char *rest, size_t n_rest, size_t max, char *out) {
    frem_tree_cut(key, n_key, max, out);
    size_t n = strlen(out);
    memcpy(out + n, ": ", 2);
    frem_tree_cut(rest, n_rest, max, out + n + 2);
}

bool frem_tree_key_and_rest(const char *text, size_t n, size_t max, char *better) {
    size_t word = 0;
    while (word < n && !is_blank(text[word]) && text[word] != '=' && text[word] != ':')
        word++;
    size_t rest = word + blanks(text + word, n - word);
    bool equals = rest < n && text[rest] == '=';
    if (equals)
        rest += 1 + blanks(text + rest + 1, n - rest - 1);
    bool known = equals || frem_key_anywhere(text, word) || (word == 4 && is_digits(text, word));
    if (word == 0 || rest >= n || text[rest] == ':' || !known)
        return false;
    join(text, word, text + rest, n - rest, max, better);
    return true;
}

/* "intake:1100". A ':' that is part of a text, as in a web address, is none. */
static bool lacks_blank(const char *text, size_t n, bool in_text, char *better) {
    const char *colon = memchr(text, ':', n);
    size_t key = colon != NULL ? (size_t)(colon - text) : n;
    if (key == 0 || key + 1 >= n || colon[1] == '/' || (in_text && !frem_key_anywhere(text, key)))
        return false;
    join(text, key, colon + 1, n - key - 1, SHOWN, better);
    return true;
}

/* Where the value before ends: at its ','. */
static size_t value_end(const frem_source *source, const frem_tree_bare *bare) {
    size_t end = bare->begin;
    while (end > bare->before_begin && source->bytes[end] != ',')
        end--;
    return end;
}

/* The end of the text that the bare one belongs to: over every ',' that no key with a ':' follows. */
static size_t text_end(const frem_source *source, size_t end) {
    const char *bytes = source->bytes;
    for (;;) {
        size_t next = end + blanks(bytes + end, source->size - end);
        if (next >= source->size || bytes[next] != ',')
            return end;
        next += 1 + blanks(bytes + next + 1, source->size - next - 1);
        size_t stop = next + strcspn(bytes + next, ",}]{[\"'#\r\n"), last = stop;
        while (last > next && is_blank(bytes[last - 1]))
            last--;
        for (size_t i = next; i < stop; i++)
            if (bytes[i] == ':' && (is_blank(bytes[i + 1]) || i + 1 == stop))
                return end;
        if (last == next)
            return end;
        end = last;
    }
}

/* Makes one blank of each run of blanks and breaks. */
static void squeeze(char *text) {
    size_t kept = 0;
    for (size_t i = 0; text[i] != '\0'; i++) {
        bool space = is_blank(text[i]) || text[i] == '\n' || text[i] == '\r';
        if (!space)
            text[kept++] = text[i];
        else if (kept > 0 && text[kept - 1] != ' ')
            text[kept++] = ' ';
    }
    text[kept] = '\0';
}

/* Takes curly quotes, as word processors make them, off both ends. */
static void strip_curly(const char **text, size_t *n) {
    static const char *const curly[] = {"\xE2\x80\x9C", "\xE2\x80\x9D", "\xE2\x80\x9E", "\xE2\x80\x98",
                                        "\xE2\x80\x99", "\xC2\xBB",     "\xC2\xAB"};
    for (size_t i = 0; i < sizeof curly / sizeof *curly; i++) {
        size_t m = strlen(curly[i]);
        if (*n > m && memcmp(*text, curly[i], m) == 0) {
            *text += m;
            *n -= m;
        }
        if (*n > m && memcmp(*text + *n - m, curly[i], m) == 0)
            *n -= m;
    }
}

/* The text in quotes that need no escapes; false where there are none. */
static bool quote(const char *text, size_t n, char *out) {
    strip_curly(&text, &n);
    bool plain = memchr(text, '"', n) == NULL && memchr(text, '\\', n) == NULL;
    if (!plain && memchr(text, '\'', n) != NULL)
        return false;
    size_t length = 1;
    out[0] = plain ? '"' : '\'';
    frem_tree_cut(text, n, SHOWN, out + 1);
    squeeze(out + 1);
    length += strlen(out + 1);
    out[length] = out[0];
    out[length + 1] = '\0';
    return true;
}

/* A text after the ',' of another one: "source: KL, 2020". */
static frem_status tell_text(const frem_source *source, const frem_tree_bare *bare, const char *shown,
                             frem_diags *diags, size_t *told) {
    char quoted[SHOWN_BYTES + 2], key[SHOWN_BYTES], better[BETTER_BYTES];
    *told = text_end(source, bare->end);
    bool good = quote(source->bytes + bare->before_begin, *told - bare->before_begin, quoted);
    frem_tree_cut(bare->before, strlen(bare->before), SHOWN, key);
    snprintf(better, sizeof better, "%s: %s", key, good ? quoted : "\"...\"");
    return FREM_PROBLEM(diags, bare->place, YAML_TEXT_COMMA, shown, better);
}

frem_status frem_tree_bare_key(const frem_source *source, const frem_tree_bare *bare, frem_diags *diags,
                               size_t *told) {
    const char *text = source->bytes + bare->begin;
    size_t n = bare->end - bare->begin;
    bool after = bare->before_begin != SIZE_MAX;
    char shown[SHOWN_BYTES], better[BETTER_BYTES];
    frem_tree_cut(text, n, SHOWN, shown);
    *told = bare->end;
    const char *colon = memchr(text, ':', n);
    if (colon != NULL && frem_tree_foreign_blank(colon + 1) > 0)
        return frem_tree_tell_blank(diags, bare->place, colon + 1);
    if (lacks_blank(text, n, after, better))
        return FREM_PROBLEM(diags, bare->place, YAML_COLON_SPACE, shown, better);
    /* Where a text comes before, "persons in 2020" is more of it: only one word is a value. */
    bool key = frem_tree_key_and_rest(text, n, SHOWN, better);
    if (key && (!after || strpbrk(strstr(better, ": ") + 2, " \t") == NULL))
        return FREM_PROBLEM(diags, bare->place, YAML_COLON_LACKS, shown, better);
    if (!after)
        return FREM_PROBLEM(diags, bare->place, YAML_FLOW_VALUE, shown);
    size_t end = value_end(source, bare), whole = end - bare->before_begin;
    const char *value = source->bytes + bare->before_begin;
    size_t sign = whole > 0 && value[0] == '-' ? 1 : 0;
    if (end + 1 == bare->begin && is_digits(text, n) && is_digits(value + sign, whole - sign)) {
        char given[BETTER_BYTES];
        snprintf(given, sizeof given, "%.*s,%s", (int)(whole < SHOWN ? whole : SHOWN), value, shown);
        snprintf(better, sizeof better, "%.*s.%s", (int)(whole < SHOWN ? whole : SHOWN), value, shown);
        char joined[BETTER_BYTES];
        snprintf(joined, sizeof joined, "%.*s%s", (int)(whole < SHOWN ? whole : SHOWN), value, shown);
        /* Three digits may be thousands. */
        if (n == 3 && value[sign] != '0')
            return FREM_PROBLEM(diags, bare->place, YAML_COMMA_THOUSANDS, given, joined, better);
        return FREM_PROBLEM(diags, bare->place, YAML_DECIMAL_COMMA, given, better);
    }
    return tell_text(source, bare, shown, diags, told);
}
