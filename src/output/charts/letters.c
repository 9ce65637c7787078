#include "output/charts/letters.h"

#include <stdint.h>
#include <string.h>

#include "base/text.h"

#define ELLIPSIS "…"
/** What a bold letter is wider than a plain one, in hundredths of the size. */
#define BOLD_EXTRA 9
/** Letters that the table does not have: narrow ones, and wide ones such as Han and emoji. */
#define OTHER_NARROW 80
#define OTHER_WIDE 135
#define REPLACEMENT "\xEF\xBF\xBD"

/** Advance widths from U+0020 on, in hundredths of the size. */
static const unsigned char widths[] = {
    32, 41, 46, 84, 64, 96, 78, 28, 40,  40, 50, 84, 32, 37, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64,
    64, 64, 34, 34, 84, 84, 84, 54, 100, 69, 69, 70, 78, 64, 58, 78, 76, 30, 30, 66, 56, 87, 75, 79,
    61, 79, 70, 64, 62, 74, 69, 99, 69,  62, 69, 40, 34, 40, 84, 50, 50, 62, 64, 55, 64, 62, 36, 64,
    64, 28, 28, 58, 28, 98, 64, 62, 64,  64, 42, 53, 40, 64, 60, 82, 60, 60, 53, 64, 34, 64, 84};
/** The same from U+00A0 on. */
static const unsigned char latin_widths[] = {
    32, 41, 64, 64, 64, 64, 34, 50, 50, 100, 48, 62, 84, 37, 100, 50, 50, 84, 41, 41, 50, 64, 64, 32,
    50, 41, 48, 62, 97, 97, 97, 54, 69, 69,  69, 69, 69, 69, 98,  70, 64, 64, 64, 64, 30, 30, 30, 30,
    78, 75, 79, 79, 79, 79, 79, 84, 79, 74,  74, 74, 74, 62, 61,  63, 62, 62, 62, 62, 62, 62, 99, 55,
    62, 62, 62, 62, 28, 28, 28, 28, 62, 64,  62, 62, 62, 62, 62,  84, 62, 64, 64, 64, 64, 60, 64, 60};

static unsigned letter_width(const char *bytes, size_t n, int32_t point) {
    if (point >= 0x20 && (size_t)(point - 0x20) < sizeof widths)
        return widths[point - 0x20];
    if (point >= 0xA0 && (size_t)(point - 0xA0) < sizeof latin_widths)
        return latin_widths[point - 0xA0];
    switch (point) {
    case 0x2013: /* en dash */
        return 50;
    case 0x2212: /* minus */
        return 84;
    case 0x2026: /* ellipsis */
        return 100;
    default:
        break;
    }
    switch (point < 0 ? 1 : frem_utf8_width(bytes, n)) {
    case 0:
        return 0;
    case 1:
        return OTHER_NARROW;
    default:
        return OTHER_WIDE;
    }
}

static double width_of(const char *text, size_t n, double size, bool bold) {
    unsigned sum = 0;
    for (size_t i = 0; i < n;) {
        int32_t point = 0;
        const size_t length = frem_utf8_step(text + i, n - i, &point);
        const unsigned width = letter_width(text + i, length, point);
        sum += width + (bold && width > 0 ? BOLD_EXTRA : 0);
        i += length;
    }
    return size * (double)sum / 100.0;
}

double frem_letters_width(const char *text, double size, bool bold) {
    return width_of(text, strlen(text), size, bold);
}

static bool turns_direction(int32_t point) {
    return point == 0x200E || point == 0x200F || point == 0x061C || (point >= 0x202A && point <= 0x202E) ||
           (point >= 0x2066 && point <= 0x2069);
}

static bool is_control(int32_t point) {
    return (point >= 0 && point < 0x20) || (point >= 0x7F && point < 0xA0) || point == 0x2028 ||
           point == 0x2029 || point == 0xFEFF || point == 0xFFFE || point == 0xFFFF;
}

const char *frem_letters_clean(frem_arena *arena, const char *text) {
    frem_text clean = {0};
    const size_t n = strlen(text);
    frem_text_add(&clean, "");
    for (size_t i = 0; i < n;) {
        int32_t point = 0;
        const size_t length = frem_utf8_step(text + i, n - i, &point);
        if (point < 0)
            frem_text_add(&clean, REPLACEMENT);
        else if (is_control(point))
            frem_text_add(&clean, " ");
        else if (!turns_direction(point))
            frem_text_add_bytes(&clean, text + i, length);
        i += length;
    }
    const char *out = clean.failed ? NULL : frem_arena_text(arena, clean.bytes, clean.length);
    frem_text_free(&clean);
    return out;
}

/** Bytes of the longest beginning that is no wider than `width`, at a whole character with what combines with it. */
static size_t fitting(const char *text, size_t n, double size, bool bold, double width) {
    size_t fits = 0;
    for (size_t i = 0; i < n;) {
        int32_t point = 0;
        const size_t length = frem_utf8_step(text + i, n - i, &point);
        if (width_of(text, i + length, size, bold) > width)
            break;
        i += length;
        fits = i;
    }
    return fits;
}

const char *frem_letters_cut(frem_arena *arena, const char *text, double size, bool bold, double width) {
    const size_t n = strlen(text);
    if (width_of(text, n, size, bold) <= width)
        return text;
    size_t keep = fitting(text, n, size, bold, width - frem_letters_width(ELLIPSIS, size, bold));
    while (keep > 0 && text[keep - 1] == ' ')
        keep--;
    return frem_arena_print(arena, "%.*s" ELLIPSIS, (int)keep, text);
}

size_t frem_letters_wrap(frem_arena *arena, const char *text, double size, bool bold, double width,
                         const char **lines, size_t n_lines) {
    size_t count = 0;
    const char *at = text;
    while (count < n_lines) {
        const size_t left = strlen(at);
        if (count + 1 == n_lines || width_of(at, left, size, bold) <= width) {
            lines[count] = frem_letters_cut(arena, at, size, bold, width);
            return lines[count] == NULL ? 0 : count + 1;
        }
        size_t n = fitting(at, left, size, bold, width);
        size_t word = n;
        while (word > 0 && at[word] != ' ')
            word--;
        /* a word that is wider than the line alone is broken */
        int32_t point = 0;
        n = word > 0 ? word : n > 0 ? n : frem_utf8_step(at, left, &point);
        lines[count] = frem_arena_text(arena, at, n);
        if (lines[count] == NULL)
            return 0;
        count++;
        at += n;
        at += strspn(at, " ");
        if (*at == '\0')
            return count;
    }
    return count;
}
