#include "base/file_name.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

/* With ".resolved.yaml" and a number after it, this stays below the 255 bytes that file systems take. */
#define SAFE_NAME_MAX 200
/* Before a name itself, where the index has its folded form as well: no safe name has this sign. */
#define ITSELF "\x01"

static bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
}

/** Bytes of the character that starts here; 0 where the bytes are no UTF-8. */
static size_t character_length(const char *bytes, size_t most) {
    const size_t n = most < 4 ? most : 4;
    for (size_t length = 1; length <= n; length++) {
        if (frem_utf8_valid(bytes, length, NULL))
            return length;
    }
    return 0;
}

/* Whether Windows keeps the name for a device, whatever comes after a point. */
static bool is_device(const char *name, size_t n) {
    static const char *const devices[] = {"CON", "PRN", "AUX", "NUL"};
    static const char *const numbered[] = {"COM", "LPT"};
    static const char *const digits[] = {"¹", "²", "³"};
    const char *point = memchr(name, '.', n);
    const size_t stem = point != NULL ? (size_t)(point - name) : n;
    for (size_t i = 0; i < sizeof devices / sizeof *devices; i++) {
        if (stem == 3 && strncasecmp(name, devices[i], 3) == 0)
            return true;
    }
    for (size_t i = 0; i < sizeof numbered / sizeof *numbered; i++) {
        bool digit = stem == 4 && name[3] >= '0' && name[3] <= '9';
        for (size_t k = 0; k < sizeof digits / sizeof *digits; k++)
            digit = digit || (stem == 5 && memcmp(name + 3, digits[k], 2) == 0);
        if (digit && strncasecmp(name, numbered[i], 3) == 0)
            return true;
    }
    return false;
}

static void add_safe(frem_text *text, const char *name, size_t n) {
    const size_t start = text->length;
    if (is_device(name, n))
        frem_text_add(text, "_");
    for (const char *at = name; at < name + n;) {
        const size_t left = (size_t)(name + n - at);
        const size_t length = character_length(at, left);
        if (text->length - start + length > SAFE_NAME_MAX)
            break;
        const bool first = text->length == start;
        const bool keeps = length == 1 ? is_plain(*at) && !(first && (*at == '.' || *at == '-'))
                                       : length > 1 && frem_utf8_width(at, length) > 0;
        if (keeps)
            frem_text_add_bytes(text, at, length);
        else
            frem_text_add(text, "_");
        at += length > 0 ? length : 1;
    }
    if (text->length == start)
        frem_text_add(text, "_");
    if (!text->failed && text->bytes[text->length - 1] == '.')
        text->bytes[text->length - 1] = '_';
}

/* Adds a name unless there is one of the same letters. @param[out] fresh whether it was added. */
static frem_status take(frem_index *taken, const frem_text *name, bool *fresh, const char **out) {
    frem_arena *arena = NULL;
    frem_text own = {0};
    const size_t before = frem_index_count(taken);
    size_t ordinal = 0;
    *fresh = false;
    if (name->failed || frem_arena_new(&arena) != FREM_OK)
        return FREM_NO_MEMORY;
    const char *folded = frem_folded(arena, name->bytes, name->length);
    frem_status status =
        folded == NULL ? FREM_NO_MEMORY : frem_index_add(taken, folded, strlen(folded), NULL);
    frem_arena_free(arena);
    *fresh = status == FREM_OK && frem_index_count(taken) > before;
    if (!*fresh)
        return status;
    frem_text_print(&own, ITSELF "%s", name->bytes);
    status = own.failed ? FREM_NO_MEMORY : frem_index_add(taken, own.bytes, own.length, &ordinal);
    frem_text_free(&own);
    if (status == FREM_OK)
        *out = frem_index_name(taken, ordinal) + strlen(ITSELF);
    return status;
}

frem_status frem_safe_name(frem_index *taken, const char *name, const char **out) {
    frem_text text = {0};
    frem_arena *arena = NULL;
    bool fresh = false;
    if (frem_arena_new(&arena) != FREM_OK)
        return FREM_NO_MEMORY;
    const char *composed = frem_nfc(arena, name, strlen(name)); /* a letter and its accent as one sign */
    if (composed != NULL)
        add_safe(&text, composed, strlen(composed));
    text.failed = text.failed || composed == NULL;
    frem_arena_free(arena);
    const size_t stem = text.length;
    frem_status status = take(taken, &text, &fresh, out);
    for (unsigned number = 2; status == FREM_OK && !fresh; number++) {
        text.length = stem;
        frem_text_print(&text, "-%u", number);
        status = take(taken, &text, &fresh, out);
    }
    frem_text_free(&text);
    return status;
}

frem_status frem_safe_path(frem_index *taken, const char *path, const char **out) {
    frem_text safe = {0};
    bool fresh = false;
    for (const char *part = path;; part++) {
        const size_t n = strcspn(part, "/");
        if (n > 0 && !(n <= 2 && strspn(part, ".") >= n)) {
            frem_text_add(&safe, safe.length > 0 ? "/" : "");
            add_safe(&safe, part, n);
        }
        part += n;
        if (*part == '\0')
            break;
    }
    if (safe.length == 0)
        frem_text_add(&safe, "_");
    frem_status status = take(taken, &safe, &fresh, out);
    for (unsigned number = 1; status == FREM_OK && !fresh; number++) {
        frem_text numbered = {0};
        frem_text_print(&numbered, "%u/%s", number, safe.bytes);
        status = take(taken, &numbered, &fresh, out);
        frem_text_free(&numbered);
    }
    frem_text_free(&safe);
    return status;
}
