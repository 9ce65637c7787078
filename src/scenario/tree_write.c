#include <stdint.h>
#include <string.h>

#include "base/text.h"
#include "scenario/tree.h"
#include "scenario/tree_syntax.h"

/* Lines of bracketed collections stay under this many characters. */
#define WIDTH 100
/* libyaml reads `key:` only where the key is shorter than 1024 characters; longer ones are written `? key`. */
#define KEY_BYTES 1000
#define STEP 2

typedef struct writer {
    frem_text *out;
    frem_node_rename rename;
    void *context;
} writer;

static void write_collection(writer *w, const frem_node *node, size_t indent, bool inline_first);

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

/* Bytes of the line break at the start of n bytes of a plain scalar: LF and the two Unicode separators, which
 * libyaml keeps apart. */
static size_t break_length(const char *at, size_t n) {
    if (n > 0 && at[0] == '\n')
        return 1;
    return n >= 3 && (memcmp(at, "\xE2\x80\xA8", 3) == 0 || memcmp(at, "\xE2\x80\xA9", 3) == 0) ? 3 : 0;
}

/* Characters that a YAML file can't hold, or that libyaml would change: they are written as escapes. Line breaks and
 * tabs are left to the caller. */
static bool needs_escape(int32_t point) {
    return (point < 0x20 && point != '\n' && point != '\t') || (point >= 0x7F && point < 0xA0) ||
           point == 0xFEFF || point == 0xFFFE || point == 0xFFFF;
}

static bool any_needs_escape(const char *text, size_t n) {
    for (size_t i = 0; i < n;) {
        int32_t point;
        i += frem_utf8_step(text + i, n - i, &point);
        if (needs_escape(point))
            return true;
    }
    return false;
}

/* Whether unquoted text may begin so. Strict: also inside brackets and as a key. */
static bool plain_begins(const char *text, size_t n, bool strict) {
    if (n == 0 || strchr(" \t\n,[]{}#&*!|>'\"%@`", text[0]) != NULL || break_length(text, n) > 0)
        return false;
    if (strchr("-?:", text[0]) == NULL)
        return true;
    return n > 1 && !is_blank(text[1]) && break_length(text + 1, n - 1) == 0 && (text[0] == '-' || !strict);
}

/* Whether text without quotes reads back as itself. Line breaks are fine where it is not strict. */
static bool plain_fits(const char *text, size_t n, bool strict) {
    if (!plain_begins(text, n, strict) || is_blank(text[n - 1]) || any_needs_escape(text, n))
        return false;
    bool after_break = false;
    for (size_t i = 0; i < n;) {
        size_t broken = break_length(text + i, n - i);
        char before = i > 0 ? text[i - 1] : ' ';
        char after = i + 1 < n ? text[i + 1] : ' ';
        if (broken > 0 && (strict || i + broken == n || is_blank(before)))
            return false;
        if (after_break && (is_blank(text[i]) || text[i] == '#'))
            return false;
        if (text[i] == '#' && is_blank(before))
            return false;
        if (text[i] == ':' && (is_blank(after) || (i + 1 < n && break_length(text + i + 1, n - i - 1) > 0)))
            return false;
        if (strict && strchr(",[]{}?", text[i]) != NULL)
            return false;
        after_break = broken > 0;
        i += broken > 0 ? broken : 1;
    }
    return true;
}

static void add_spaces(frem_text *out, size_t n) {
    frem_text_print(out, "%*s", (int)n, "");
}

/* Unquoted text that fits. libyaml folds one line break to a space and drops the first of several, so a first LF is
 * written twice; the two separators stay as they are. */
static void write_plain(frem_text *out, const char *text, size_t n, size_t indent) {
    for (size_t i = 0; i < n;) {
        size_t begin = i, broken;
        while (i < n && break_length(text + i, n - i) == 0)
            i++;
        frem_text_add_bytes(out, text + begin, i - begin);
        begin = i;
        while ((broken = break_length(text + i, n - i)) > 0)
            i += broken;
        if (i == begin)
            continue;
        if (text[begin] == '\n')
            frem_text_add(out, "\n");
        frem_text_add_bytes(out, text + begin, i - begin);
        add_spaces(out, indent + STEP);
    }
}

static void write_escape(frem_text *out, int32_t point) {
    static const struct {
        int32_t point;
        const char *as;
    } named[] = {{'"', "\\\""}, {'\\', "\\\\"},  {'\n', "\\n"},  {'\t', "\\t"},
                 {'\r', "\\r"}, {0x2028, "\\L"}, {0x2029, "\\P"}};
    for (size_t i = 0; i < sizeof named / sizeof named[0]; i++)
        if (named[i].point == point) {
            frem_text_add(out, named[i].as);
            return;
        }
    frem_text_print(out, point < 0x100 ? "\\x%02X" : "\\u%04X", (unsigned)point);
}

static bool breaks_line(int32_t point) {
    return point == '\n' || point == '\t' || point == 0x2028 || point == 0x2029;
}

void frem_tree_quote(frem_text *out, const char *text, size_t n) {
    frem_text_add(out, "\"");
    for (size_t i = 0; i < n;) {
        int32_t point;
        const size_t length = frem_utf8_step(text + i, n - i, &point);
        if (needs_escape(point) || breaks_line(point) || point == '"' || point == '\\')
            write_escape(out, point);
        else
            frem_text_add_bytes(out, text + i, length);
        i += length;
    }
    frem_text_add(out, "\"");
}

/* Double quotes; single ones where that saves escapes. */
static void write_quoted(frem_text *out, const char *text, size_t n) {
    bool single = strpbrk(text, "\"\\") != NULL && strchr(text, '\'') == NULL;
    for (size_t i = 0; i < n && single;) {
        int32_t point;
        i += frem_utf8_step(text + i, n - i, &point);
        single = !needs_escape(point) && !breaks_line(point);
    }
    if (!single) {
        frem_tree_quote(out, text, n);
        return;
    }
    frem_text_add(out, "'");
    frem_text_add_bytes(out, text, n);
    frem_text_add(out, "'");
}

/* Whether text of several lines can be written as a block (`|`): no blanks that an editor would remove, nothing that
 * needs an escape, a first line that shows the indentation, and at most one line break at the end. */
static bool block_fits(const char *text, size_t n) {
    if (memchr(text, '\n', n) == NULL || text[0] == ' ' || text[0] == '\n' || any_needs_escape(text, n))
        return false;
    if (n >= 2 && text[n - 1] == '\n' && text[n - 2] == '\n')
        return false;
    for (size_t i = 0; i < n; i++) {
        if (text[i] == '\t' || break_length(text + i, n - i) == 3)
            return false;
        if (text[i] == ' ' && (i + 1 == n || text[i + 1] == '\n'))
            return false;
    }
    return true;
}

static void write_block(frem_text *out, const char *text, size_t n, size_t indent) {
    bool ended = text[n - 1] == '\n';
    frem_text_add(out, ended ? "|" : "|-");
    for (size_t begin = 0, stop = ended ? n - 1 : n; begin <= stop;) {
        const char *end = memchr(text + begin, '\n', stop - begin);
        size_t length = end != NULL ? (size_t)(end - text) - begin : stop - begin;
        frem_text_add(out, "\n");
        if (length > 0)
            add_spaces(out, indent + STEP);
        frem_text_add_bytes(out, text + begin, length);
        begin += length + 1;
    }
}

static const char *scalar_text(const writer *w, const frem_node *scalar) {
    const char *renamed = w->rename != NULL ? w->rename(w->context, scalar) : NULL;
    return renamed != NULL ? renamed : scalar->text;
}

static void write_scalar(writer *w, const frem_node *scalar, size_t indent) {
    const char *text = scalar_text(w, scalar);
    size_t n = strlen(text);
    if (!scalar->quoted && (n == 0 || plain_fits(text, n, false)))
        write_plain(w->out, text, n, indent);
    else if (block_fits(text, n))
        write_block(w->out, text, n, indent);
    else
        write_quoted(w->out, text, n);
}

/* A key may change its quotes: only its text counts. */
static void write_key(frem_text *out, const char *key) {
    size_t n = strlen(key);
    bool special = strcmp(key, "~") == 0 || strcmp(key, "null") == 0 || strcmp(key, "<<") == 0 ||
                   strncmp(key, "---", 3) == 0 || strncmp(key, "...", 3) == 0 ||
                   frem_tree_foreign_blank(key) > 0;
    if (!special && plain_fits(key, n, true))
        frem_text_add_bytes(out, key, n);
    else
        write_quoted(out, key, n);
}

/* Characters of the line that is being written. */
static size_t line_width(const frem_text *out) {
    if (out->length == 0)
        return 0;
    const char *last = memrchr(out->bytes, '\n', out->length);
    const char *begin = last != NULL ? last + 1 : out->bytes;
    return frem_utf8_count(begin, out->length - (size_t)(begin - out->bytes));
}

/* Inside brackets. @return false for a scalar that needs lines of its own. */
static bool write_flow_scalar(writer *w, const frem_node *node) {
    if (node->kind != FREM_SCALAR)
        return false;
    const char *text = scalar_text(w, node);
    size_t n = strlen(text);
    if (!node->quoted && plain_fits(text, n, true))
        frem_text_add_bytes(w->out, text, n);
    else if (node->quoted || !(n == 0 || plain_fits(text, n, false)))
        write_quoted(w->out, text, n);
    else
        return false;
    return true;
}

/* Writes a collection of scalars in brackets if the line stays short; else leaves the text as it was. */
static bool write_flow(writer *w, const frem_node *node) {
    frem_text *out = w->out;
    size_t mark = out->length;
    bool mapping = node->kind == FREM_MAPPING, fits = node->kind != FREM_SCALAR;
    frem_text_add(out, mapping ? "{" : "[");
    for (size_t i = 0; i < node->count && fits; i++) {
        frem_text_add(out, i > 0 ? ", " : "");
        if (mapping) {
            write_key(out, node->pairs[i].key);
            frem_text_add(out, ": ");
        }
        fits =
            write_flow_scalar(w, mapping ? node->pairs[i].value : node->items[i]) && line_width(out) < WIDTH;
    }
    frem_text_add(out, mapping ? "}" : "]");
    if ((fits && line_width(out) < WIDTH) || (node->kind != FREM_SCALAR && node->count == 0))
        return true;
    if (!out->failed) {
        out->length = mark;
        out->bytes[mark] = '\0';
    }
    return false;
}

/* What follows `key:` or `-`, to the end of its last line. */
static void write_value(writer *w, const frem_node *value, size_t indent, bool item) {
    frem_text *out = w->out;
    if (value->kind == FREM_SCALAR) {
        size_t before = out->length;
        frem_text_add(out, " ");
        write_scalar(w, value, indent);
        if (!out->failed && out->length == before + 1)
            out->bytes[--out->length] = '\0';
        frem_text_add(out, "\n");
        return;
    }
    frem_text_add(out, " ");
    if (write_flow(w, value)) {
        frem_text_add(out, "\n");
        return;
    }
    if (!item && !out->failed)
        out->bytes[out->length - 1] = '\n';
    write_collection(w, value, indent + STEP, item);
}

/* A collection on lines of its own. @param inline_first whether the first line is begun already, behind `- `. */
static void write_collection(writer *w, const frem_node *node, size_t indent, bool inline_first) {
    frem_text *out = w->out;
    for (size_t i = 0; i < node->count; i++) {
        if (i > 0 || !inline_first)
            add_spaces(out, indent);
        if (node->kind == FREM_SEQUENCE) {
            frem_text_add(out, "-");
            write_value(w, node->items[i], indent, true);
            continue;
        }
        const frem_pair *pair = &node->pairs[i];
        bool long_key = strlen(pair->key) > KEY_BYTES;
        frem_text_add(out, long_key ? "? " : "");
        write_key(out, pair->key);
        if (long_key) {
            frem_text_add(out, "\n");
            add_spaces(out, indent);
        }
        frem_text_add(out, ":");
        write_value(w, pair->value, indent, false);
    }
}

/* At the start of a line these mark the start and the end of a document. */
static bool misleads_at_start(const char *text) {
    return strncmp(text, "---", 3) == 0 || strncmp(text, "...", 3) == 0;
}

frem_status frem_tree_write(const frem_node *root, frem_node_rename rename, void *context, frem_text *out) {
    writer w = {out, rename, context};
    if (root->kind == FREM_SCALAR) {
        if (!root->quoted && misleads_at_start(scalar_text(&w, root)))
            frem_text_add(out, " ");
        write_scalar(&w, root, 0);
        frem_text_add(out, "\n");
    } else if (root->count == 0) {
        frem_text_add(out, root->kind == FREM_MAPPING ? "{}\n" : "[]\n");
    } else {
        write_collection(&w, root, 0, false);
    }
    return out->failed ? FREM_NO_MEMORY : FREM_OK;
}
