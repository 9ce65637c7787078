#include "import/json.h"

#include <string.h>

#include "base/number.h"
#include "base/problem.h"

/* No statistical table nests deeper; a hostile file would go on until the stack ends. */
#define DEPTH_MAX 64

typedef struct json_reader {
    const frem_import_table *table;
    frem_diags *diags;
    size_t at;
    unsigned depth;
} json_reader;

static frem_status read_node(json_reader *reader, frem_import_json **out);

static frem_status expected(const json_reader *reader, const char *what) {
    const frem_place place = frem_import_place(reader->table, reader->at);
    if (reader->at >= reader->table->size)
        return FREM_PROBLEM(reader->diags, place, IMPORT_CUT_OFF, "JSON");
    return FREM_PROBLEM(reader->diags, place, IMPORT_JSON_EXPECTED, what);
}

static char skip_blanks(json_reader *reader) {
    const char *text = reader->table->text;
    while (text[reader->at] == ' ' || text[reader->at] == '\t' || text[reader->at] == '\r' ||
           text[reader->at] == '\n')
        reader->at++;
    return text[reader->at];
}

/* ---- strings ---- */

/* The value of four hexadecimal digits, or -1. */
static int32_t read_hex(const char *text) {
    int32_t value = 0;
    for (size_t i = 0; i < 4; i++) {
        const char c = text[i];
        if (c >= '0' && c <= '9')
            value = value * 16 + (c - '0');
        else if (c >= 'a' && c <= 'f')
            value = value * 16 + (c - 'a' + 10);
        else if (c >= 'A' && c <= 'F')
            value = value * 16 + (c - 'A' + 10);
        else
            return -1;
    }
    return value;
}

static size_t put_point(char *out, int32_t point) {
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    if (point < 0x800) {
        out[0] = (char)(0xC0 | point >> 6);
        out[1] = (char)(0x80 | (point & 0x3F));
        return 2;
    }
    const size_t n = point < 0x10000 ? 3 : 4;
    out[0] = (char)(n == 3 ? 0xE0 | point >> 12 : 0xF0 | point >> 18);
    for (size_t i = 1; i < n; i++)
        out[i] = (char)(0x80 | (point >> (6 * (n - 1 - i)) & 0x3F));
    return n;
}

/* An escape behind its backslash; *used bytes of it become the bytes put into out. @return 0 where it is none. */
static size_t read_escape(const char *text, char *out, size_t *used) {
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
    *used = 1;
    if (text[0] != 'u') {
        const char *found = text[0] != '\0' ? strchr(from, text[0]) : NULL;
        if (found != NULL)
            out[0] = to[found - from];
        return found != NULL;
    }
    int32_t point = read_hex(text + 1);
    *used = 5;
    if (point >= 0xD800 && point < 0xDC00 && text[5] == '\\' && text[6] == 'u') {
        const int32_t low = read_hex(text + 7);
        if (low < 0xDC00 || low > 0xDFFF)
            return 0;
        point = 0x10000 + ((point - 0xD800) << 10) + (low - 0xDC00);
        *used = 11;
    }
    if (point <= 0 || (point >= 0xD800 && point < 0xE000))
        return 0;
    return put_point(out, point);
}

static frem_status read_string(json_reader *reader, const char **out) {
    const char *text = reader->table->text;
    size_t n = 0, end = reader->at + 1;
    while (end < reader->table->size && text[end] != '"')
        end += text[end] == '\\' ? 2 : 1;
    if (end >= reader->table->size)
        return FREM_PROBLEM(reader->diags, frem_import_place(reader->table, reader->at), TABLE_QUOTE_OPEN,
                            "");
    char *copy = frem_arena_alloc(reader->table->arena, end - reader->at, 1);
    if (copy == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = reader->at + 1; i < end; i++) {
        if (text[i] != '\\') {
            copy[n++] = text[i];
            continue;
        }
        size_t used;
        const size_t put = read_escape(text + i + 1, copy + n, &used);
        if (put == 0) {
            reader->at = i;
            return expected(reader, "'\\n', '\\u00E6'");
        }
        n += put;
        i += used;
    }
    *out = frem_nfc(reader->table->arena, copy, n);
    reader->at = end + 1;
    return *out != NULL ? FREM_OK : FREM_NO_MEMORY;
}

/* ---- values ---- */

static frem_status read_plain(json_reader *reader, frem_import_json *node) {
    static const struct {
        const char *word;
        frem_import_json_kind kind;
    } words[] = {
        {"null", FREM_IMPORT_JSON_NULL}, {"false", FREM_IMPORT_JSON_FALSE}, {"true", FREM_IMPORT_JSON_TRUE}};
    const char *text = reader->table->text + reader->at;
    for (size_t i = 0; i < 3; i++) {
        const size_t n = strlen(words[i].word);
        if (strncmp(text, words[i].word, n) == 0) {
            node->kind = words[i].kind;
            reader->at += n;
            return FREM_OK;
        }
    }
    const size_t n = strspn(text, "+-.0123456789eE");
    double number;
    if (n == 0 || text[0] == '+' || frem_number_read(text, n, &number) != FREM_NUMBER_OK)
        return expected(reader, "'{', '[', '\"', 0, null");
    node->kind = FREM_IMPORT_JSON_NUMBER;
    reader->at += n;
    return FREM_OK;
}

/* A member's key, with its colon. An object has each once: which of two would count? */
static frem_status read_key(json_reader *reader, frem_index *seen, const char **key) {
    if (skip_blanks(reader) != '"')
        return expected(reader, "'\"'");
    const size_t at = reader->at, before = frem_index_count(seen);
    frem_status status = read_string(reader, key);
    if (status == FREM_OK)
        status = frem_index_add(seen, *key, strlen(*key), NULL);
    if (status != FREM_OK)
        return status;
    if (frem_index_count(seen) == before)
        return FREM_PROBLEM(reader->diags, frem_import_place(reader->table, at), IMPORT_JSON_TWICE, *key);
    if (skip_blanks(reader) != ':')
        return expected(reader, "':'");
    reader->at++;
    return FREM_OK;
}

/* The elements or members behind an opening bracket, and the closing one. @param seen of an object; NULL for arrays. */
static frem_status read_members(json_reader *reader, frem_import_json *node, frem_index *seen) {
    const char close = seen != NULL ? '}' : ']';
    frem_import_json **last = &node->first;
    if (skip_blanks(reader) == close) {
        reader->at++;
        return FREM_OK;
    }
    for (;;) {
        const char *key = NULL;
        frem_status status = seen != NULL ? read_key(reader, seen, &key) : FREM_OK;
        if (status == FREM_OK)
            status = read_node(reader, last);
        if (status != FREM_OK)
            return status;
        (*last)->key = key;
        last = &(*last)->next;
        node->n++;
        const char c = skip_blanks(reader);
        if (c != ',' && c != close)
            return expected(reader, seen != NULL ? "',', '}'" : "',', ']'");
        reader->at++;
        if (c == close)
            return FREM_OK;
    }
}

/* An array or an object, from its opening bracket on. */
static frem_status read_list(json_reader *reader, frem_import_json *node, bool object) {
    frem_index *seen = NULL;
    node->kind = object ? FREM_IMPORT_JSON_OBJECT : FREM_IMPORT_JSON_ARRAY;
    if (++reader->depth > DEPTH_MAX)
        return expected(reader, "0, null");
    reader->at++;
    frem_status status = object ? frem_index_new(&seen) : FREM_OK;
    if (status == FREM_OK)
        status = read_members(reader, node, seen);
    frem_index_free(seen);
    reader->depth--;
    return status;
}

static frem_status read_node(json_reader *reader, frem_import_json **out) {
    frem_import_json *node = frem_arena_alloc(reader->table->arena, 1, sizeof *node);
    if (node == NULL)
        return FREM_NO_MEMORY;
    *out = node;
    const char c = skip_blanks(reader);
    node->at = reader->at;
    frem_status status;
    if (c == '"') {
        node->kind = FREM_IMPORT_JSON_STRING;
        status = read_string(reader, &node->text);
    } else if (c == '{' || c == '[') {
        status = read_list(reader, node, c == '{');
    } else {
        status = read_plain(reader, node);
    }
    node->end = reader->at;
    return status;
}

frem_status frem_import_json_read(const frem_import_table *table, frem_diags *diags,
                                  frem_import_json **root) {
    json_reader reader = {.table = table, .diags = diags};
    const frem_status status = read_node(&reader, root);
    if (status != FREM_OK)
        return status;
    (void)skip_blanks(&reader);
    return reader.at == table->size ? FREM_OK : expected(&reader, "EOF");
}

const frem_import_json *frem_import_json_member(const frem_import_json *node, const char *key) {
    if (node == NULL || node->kind != FREM_IMPORT_JSON_OBJECT)
        return NULL;
    for (const frem_import_json *member = node->first; member != NULL; member = member->next) {
        if (strcmp(member->key, key) == 0)
            return member;
    }
    return NULL;
}

const char *frem_import_json_text(const frem_import_json *node, const char *key) {
    const frem_import_json *member = frem_import_json_member(node, key);
    return member != NULL && member->kind == FREM_IMPORT_JSON_STRING ? member->text : NULL;
}
