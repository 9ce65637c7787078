#include "base/harmless.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Control characters of ASCII and of Latin-1, of which one opens an escape sequence; separators of lines; the marks of
 * Unicode's bidirectional algorithm, all of which can make a name read as another (UAX #9, Bidi_Control). */
static bool is_harmful(int32_t point) {
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x61C || point == 0x200E ||
           point == 0x200F || (point >= 0x2028 && point <= 0x202E) || (point >= 0x2066 && point <= 0x2069);
}

size_t frem_text_add_harmless(frem_text *text, const char *bytes, size_t n) {
    int32_t point;
    const size_t length = frem_utf8_step(bytes, n, &point);
    if (point == '\n')
        frem_text_add(text, "\\n");
    else if (point == '\t')
        frem_text_add(text, "\\t");
    else if (point < 0)
        frem_text_print(text, "\\x%02X", (unsigned)(unsigned char)bytes[0]);
    else if (is_harmful(point))
        frem_text_print(text, "\\u%04x", (unsigned)point);
    else
        frem_text_add_bytes(text, bytes, length);
    return length;
}

/* NUL is in no text that is kept. */
static bool is_plain(char c, const char *kept) {
    return ((unsigned char)c >= 0x20 && (unsigned char)c < 0x7F) || (c != '\0' && strchr(kept, c) != NULL);
}

void frem_text_add_all_harmless(frem_text *text, const char *bytes, size_t n, const char *kept) {
    for (size_t i = 0; i < n;) {
        /* Most of a text is plain, and added at once. */
        size_t plain = i;
        while (plain < n && is_plain(bytes[plain], kept))
            plain++;
        frem_text_add_bytes(text, bytes + i, plain - i);
        i = plain;
        if (i < n)
            i += frem_text_add_harmless(text, bytes + i, n - i);
    }
}
