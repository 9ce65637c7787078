#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/problem.h"
#include "base/text.h"
#include "scenario/meant.h"
#include "scenario/tree_syntax.h"

/* Characters of the user's text that a message quotes. */
#define SHOWN 40
#define SHOWN_BYTES (4 * SHOWN + 4)
#define NUMBER_BYTES 24
#define BOM "\xEF\xBB\xBF"
/* So many control characters at the start of a file make it no text; one may be a slip. */
#define CONTROLS 3
#define LOOKED_AT 1024

/* One syntax error and the text around it. Offsets count bytes of the file. */
typedef struct trouble {
    const frem_tree_scene *scene;
    const yaml_parser_t *parser;
    const char *bytes;
    size_t size;
    size_t at;      /* the problem */
    size_t context; /* where the thing that libyaml was reading begins */
    size_t line;    /* start of the line of `at` */
} trouble;

/* Raises a problem that says more than libyaml does. FREM_OK: nothing better to say. */
typedef frem_status (*report)(const trouble *t);

static bool tree_key_and_rest(const char *text, size_t n, size_t max, char *better);

size_t frem_tree_bom(const frem_source *source) {
    return source->size >= 3 && memcmp(source->bytes, BOM, 3) == 0 ? 3 : 0;
}

size_t frem_tree_seek(const frem_source *source, frem_tree_cursor *cursor, size_t characters) {
    if (cursor->bytes == 0 || cursor->characters > characters)
        *cursor = (frem_tree_cursor){0, frem_tree_bom(source)};
    while (cursor->characters < characters && cursor->bytes < source->size) {
        cursor->bytes++;
        while (cursor->bytes < source->size && ((unsigned char)source->bytes[cursor->bytes] & 0xC0) == 0x80)
            cursor->bytes++;
        cursor->characters++;
    }
    return cursor->bytes;
}

frem_place frem_tree_place(const frem_source *source, yaml_mark_t mark) {
    return (frem_place){source->path, (unsigned)mark.line + 1, (unsigned)mark.column + 1};
}

void frem_tree_cut(const char *bytes, size_t n, size_t max, char *out) {
    size_t kept = 0;
    for (size_t characters = 0; kept < n && characters < max; characters++)
        do
            kept++;
        while (kept < n && ((unsigned char)bytes[kept] & 0xC0) == 0x80);
    memcpy(out, bytes, kept);
    memcpy(out + kept, kept < n ? "..." : "", kept < n ? 4 : 1);
}

static bool is_break(char c) {
    return c == '\n' || c == '\r';
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

/* The place of a byte; everything before it is UTF-8. */
static frem_place byte_place(const frem_source *source, size_t offset) {
    const char *bytes = source->bytes;
    size_t line = 1, start = frem_tree_bom(source);
    for (size_t i = start; i < offset; i++)
        if (bytes[i] == '\n' || (bytes[i] == '\r' && bytes[i + 1] != '\n')) {
            line++;
            start = i + 1;
        }
    size_t column = offset > start ? frem_utf8_count(bytes + start, offset - start) + 1 : 1;
    return (frem_place){source->path, (unsigned)line, (unsigned)column};
}

/* UTF-16 without a byte order mark shows itself by the zero byte of its first letter. */
static bool is_utf16(const frem_source *source) {
    const char *bytes = source->bytes;
    return source->size >= 2 && (memcmp(bytes, "\xFF\xFE", 2) == 0 || memcmp(bytes, "\xFE\xFF", 2) == 0 ||
                                 (bytes[0] == '\0') != (bytes[1] == '\0'));
}

/* What a file that is no text is; NULL for all others. */
static const char *const *kind_of_binary(const frem_source *source) {
    static const struct {
        const char *start, *words[2];
    } kinds[] = {
        {"\xD0\xCF\x11\xE0", {"an old Office file (.xls, .doc)", "en gammel Office-fil (.xls, .doc)"}},
        {"%PDF", {"a PDF file", "en PDF-fil"}},
        {"\x1F\x8B", {"a compressed file (gzip)", "en komprimeret fil (gzip)"}},
        {"\x89PNG", {"an image (PNG)", "et billede (PNG)"}},
        {"\xFF\xD8\xFF", {"an image (JPEG)", "et billede (JPEG)"}},
        {"SQLite format 3", {"an SQLite database", "en SQLite-database"}},
        {"\x7F"
         "ELF",
         {"a program", "et program"}}};
    static const char *const data[2] = {"binary data", "binære data"};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t n = strlen(kinds[i].start);
        if (source->size >= n && memcmp(source->bytes, kinds[i].start, n) == 0)
            return kinds[i].words;
    }
    size_t controls = 0;
    for (size_t i = 0; i < source->size && i < LOOKED_AT && !is_utf16(source); i++)
        controls += (unsigned char)source->bytes[i] < '\t';
    return controls >= CONTROLS ? data : NULL;
}

static frem_status check_binary(const frem_source *source, frem_diags *diags) {
    const char *const *words = kind_of_binary(source);
    frem_place place = {source->path, 0, 0};
    if (source->size >= 4 && memcmp(source->bytes, "PK\x03\x04", 4) == 0)
        return FREM_PROBLEM(diags, place, YAML_WORKBOOK, "");
    return words != NULL ? FREM_PROBLEM(diags, place, YAML_BINARY, words[0], words[1]) : FREM_OK;
}

size_t frem_tree_foreign_blank(const char *text) {
    static const char *const blanks[] = {"\xC2\xA0", "\xE2\x80\x87", "\xE2\x80\xAF", "\xE2\x80\x8B",
                                         "\xE3\x80\x80"};
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
        if (strncmp(text, blanks[i], strlen(blanks[i])) == 0)
            return strlen(blanks[i]);
    }
    return 0;
}

frem_status frem_tree_tell_blank(frem_diags *diags, frem_place place, const char *blank) {
    int32_t point;
    char shown[NUMBER_BYTES];
    (void)frem_utf8_step(blank, strlen(blank), &point);
    snprintf(shown, sizeof shown, "U+%04X", (unsigned)point);
    return FREM_PROBLEM(diags, place, YAML_BLANK, shown);
}

/* A byte order mark inside the file, as joining files leaves it, can't be seen and would be part of a name. */
static frem_status check_marks(const frem_source *source, frem_diags *diags) {
    size_t start = frem_tree_bom(source);
    const char *mark = memmem(source->bytes + start, source->size - start, BOM, strlen(BOM));
    if (mark == NULL)
        return FREM_OK;
    return FREM_PROBLEM(diags, byte_place(source, (size_t)(mark - source->bytes)), YAML_CONTROL, "U+FEFF");
}

frem_status frem_tree_check_encoding(const frem_source *source, frem_diags *diags) {
    size_t bad = 0;
    frem_status status = check_binary(source, diags);
    if (status != FREM_OK)
        return status;
    if (frem_utf8_valid(source->bytes, source->size, &bad))
        return check_marks(source, diags);
    if (is_utf16(source))
        return FREM_PROBLEM(diags, byte_place(source, 0), YAML_UTF16, "");
    char shown[NUMBER_BYTES];
    snprintf(shown, sizeof shown, "0x%02X", (unsigned)(unsigned char)source->bytes[bad]);
    return FREM_PROBLEM(diags, byte_place(source, bad), YAML_NOT_UTF8, shown);
}

/* The byte at an offset, NUL past the end (a source is NUL-terminated and holds no other NUL). */
static char byte_at(const trouble *t, size_t offset) {
    return offset < t->size ? t->bytes[offset] : '\0';
}

static size_t line_end(const trouble *t, size_t offset) {
    while (offset < t->size && !is_break(t->bytes[offset]))
        offset++;
    return offset;
}

/* The first byte of the problem's line that is no blank. */
static size_t line_text(const trouble *t) {
    size_t offset = t->line;
    while (is_blank(byte_at(t, offset)))
        offset++;
    return offset;
}

/* The first byte that is no blank of the line that an offset is in. */
static size_t line_begin(const trouble *t, size_t offset) {
    while (offset > frem_tree_bom(t->scene->source) && !is_break(t->bytes[offset - 1]))
        offset--;
    while (is_blank(byte_at(t, offset)))
        offset++;
    return offset;
}

/* The text from an offset to the end of its line, without a comment and blanks at the end. */
static void show_rest(const trouble *t, size_t offset, char out[SHOWN_BYTES]) {
    size_t end = offset, stop = line_end(t, offset);
    while (end < stop && !(is_blank(t->bytes[end]) && byte_at(t, end + 1) == '#'))
        end++;
    while (end > offset && is_blank(t->bytes[end - 1]))
        end--;
    frem_tree_cut(t->bytes + offset, end - offset, SHOWN, out);
}

/* The one character at an offset. */
static void show_character(const trouble *t, size_t offset, char out[8]) {
    int32_t point;
    size_t n = offset < t->size ? frem_utf8_step(t->bytes + offset, t->size - offset, &point) : 0;
    memcpy(out, t->bytes + offset, n);
    out[n] = '\0';
}

static frem_place problem_place(const trouble *t) {
    return frem_tree_place(t->scene->source, t->parser->problem_mark);
}

static frem_place context_place(const trouble *t) {
    return frem_tree_place(t->scene->source, t->parser->context_mark);
}

static void print_number(char out[NUMBER_BYTES], unsigned number) {
    snprintf(out, NUMBER_BYTES, "%u", number);
}

/* Raises a problem whose arguments are a line and a column. */
static frem_status report_at(const trouble *t, frem_place place, frem_code code, frem_place other) {
    char line[NUMBER_BYTES], column[NUMBER_BYTES];
    print_number(line, other.line);
    print_number(column, other.column);
    const char *args[] = {line, column};
    return frem_diags_add(t->scene->diags, place, code, args, 2);
}

static frem_status report_tab(const trouble *t) {
    for (size_t i = t->line; is_blank(byte_at(t, i)); i++)
        if (t->bytes[i] == '\t')
            return FREM_PROBLEM(t->scene->diags, byte_place(t->scene->source, i), YAML_TAB, "");
    return FREM_OK;
}

/* "intake:1100" at an offset. */
static frem_status report_colon_space(const trouble *t, size_t offset, frem_place place) {
    size_t end = line_end(t, offset), colon = offset;
    while (colon < end && t->bytes[colon] != ':')
        colon++;
    char next = byte_at(t, colon + 1);
    if (colon == offset || colon + 1 >= end || is_blank(next) || next == '/')
        return FREM_OK;
    if (frem_tree_foreign_blank(t->bytes + colon + 1) > 0)
        return frem_tree_tell_blank(t->scene->diags, byte_place(t->scene->source, colon + 1),
                                    t->bytes + colon + 1);
    char shown[SHOWN_BYTES], key[SHOWN_BYTES], rest[SHOWN_BYTES], better[2 * SHOWN_BYTES + 4];
    show_rest(t, offset, shown);
    frem_tree_cut(t->bytes + offset, colon - offset, SHOWN, key);
    show_rest(t, colon + 1, rest);
    snprintf(better, sizeof better, "%s: %s", key, rest);
    return FREM_PROBLEM(t->scene->diags, place, YAML_COLON_SPACE, shown, better);
}

/* A scalar in key position without a colon. */
static frem_status report_no_key(const trouble *t, size_t offset, frem_place place) {
    frem_status status = report_colon_space(t, offset, place);
    if (status != FREM_OK)
        return status;
    char shown[SHOWN_BYTES], better[2 * SHOWN_BYTES + 16];
    show_rest(t, offset, shown);
    if (tree_key_and_rest(shown, strlen(shown), SHOWN, better))
        return FREM_PROBLEM(t->scene->diags, place, YAML_COLON_LACKS, shown, better);
    return FREM_PROBLEM(t->scene->diags, place, YAML_COLON_MISSING, shown);
}

static frem_status report_missing_colon(const trouble *t) {
    return report_no_key(t, t->context, context_place(t));
}

/* Text on the same line after a quoted value, or after the end of one that runs over lines. */
static frem_status report_after_quoted(const trouble *t) {
    const frem_tree_scene *scene = t->scene;
    if (scene->last != FREM_LAST_QUOTED || scene->last_end.line != t->parser->problem_mark.line)
        return FREM_OK;
    return report_at(t, problem_place(t), FREM_MSG_YAML_AFTER_VALUE,
                     frem_tree_place(scene->source, scene->last_start));
}

/* The last word before a ':' inside the unquoted value that the parser read last. */
typedef struct inner_key {
    size_t value, begin, end; /* where the value and the word begin and the word ends */
} inner_key;

static inner_key find_inner_key(const trouble *t) {
    frem_tree_cursor cursor = {0};
    inner_key found = {.value = frem_tree_seek(t->scene->source, &cursor, t->scene->last_start.index),
                       .end = t->at};
    while (found.end > found.value && is_blank(t->bytes[found.end - 1]))
        found.end--;
    for (found.begin = found.end; found.begin > found.value && !is_blank(t->bytes[found.begin - 1]);)
        found.begin--;
    return found;
}

/* "value: 0.03 source: x" in braces. */
static frem_status report_comma_missing(const trouble *t) {
    inner_key key = find_inner_key(t);
    size_t end = key.begin;
    bool semicolon = false;
    for (; end > key.value && (is_blank(t->bytes[end - 1]) || t->bytes[end - 1] == ';'); end--)
        semicolon = semicolon || t->bytes[end - 1] == ';';
    if (key.begin == key.value ||
        !(semicolon || frem_key_anywhere(t->bytes + key.begin, key.end - key.begin)))
        return FREM_PROBLEM(t->scene->diags, problem_place(t), YAML_COLON_VALUE, "");
    char word[SHOWN_BYTES], value[SHOWN_BYTES], better[2 * SHOWN_BYTES + 16];
    frem_tree_cut(t->bytes + key.begin, key.end - key.begin, SHOWN, word);
    frem_tree_cut(t->bytes + key.value, end - key.value, SHOWN, value);
    snprintf(better, sizeof better, "%s, %s: ...", value, word);
    return FREM_PROBLEM(t->scene->diags, byte_place(t->scene->source, key.begin), YAML_COMMA_LACKS, word,
                        better);
}

/* "base: 2018 until: 2040" or "years: base: 2018" on one line. */
static frem_status report_line_of_keys(const trouble *t) {
    inner_key key = find_inner_key(t);
    char word[SHOWN_BYTES], above[SHOWN_BYTES];
    frem_tree_cut(t->bytes + key.begin, key.end - key.begin, SHOWN, word);
    bool known = frem_key_anywhere(t->bytes + key.begin, key.end - key.begin);
    frem_place place = byte_place(t->scene->source, key.begin);
    if (t->bytes[key.value] == '(')
        return FREM_PROBLEM(t->scene->diags, byte_place(t->scene->source, key.value), YAML_PARENTHESES, "");
    size_t begin = line_text(t);
    if (byte_at(t, begin) == '-' && is_blank(byte_at(t, begin + 1)))
        begin += 2;
    size_t n = strcspn(t->bytes + begin, ":");
    if (key.begin > key.value && known && !frem_key_is_text(t->bytes + begin, n))
        return FREM_PROBLEM(t->scene->diags, place, YAML_TWO_KEYS, word);
    frem_tree_cut(t->bytes + begin, n, SHOWN, above);
    bool nests = !frem_key_is_text(t->bytes + begin, n) && (known || frem_key_anywhere(t->bytes + begin, n));
    if (key.begin == key.value && nests)
        return FREM_PROBLEM(t->scene->diags, place, YAML_NESTED_LINE, above, word);
    return FREM_PROBLEM(t->scene->diags, problem_place(t), YAML_COLON_VALUE, "");
}

/* A ':' that libyaml has no use for. */
static frem_status report_value_place(const trouble *t) {
    const frem_tree_scene *scene = t->scene;
    frem_status status = report_tab(t);
    if (status == FREM_OK)
        status = report_after_quoted(t);
    if (status != FREM_OK || scene->last != FREM_LAST_PLAIN)
        return status;
    if (scene->last_start.line == t->parser->problem_mark.line)
        return report_line_of_keys(t);
    frem_place begin = frem_tree_place(scene->source, scene->last_start);
    frem_tree_cursor cursor = {0};
    status = report_colon_space(t, frem_tree_seek(scene->source, &cursor, scene->last_start.index), begin);
    if (status != FREM_OK)
        return status;
    size_t at = frem_tree_seek(scene->source, &cursor, scene->last_start.index);
    char better[2 * SHOWN_BYTES + 16], shown[SHOWN_BYTES];
    show_rest(t, at, shown);
    if (at == line_begin(t, at) && tree_key_and_rest(shown, strlen(shown), SHOWN, better))
        return FREM_PROBLEM(scene->diags, begin, YAML_COLON_LACKS, shown, better);
    char line[NUMBER_BYTES], column[NUMBER_BYTES], key[NUMBER_BYTES];
    print_number(line, begin.line);
    print_number(column, begin.column);
    print_number(key, byte_place(scene->source, line_begin(t, at)).column);
    return FREM_PROBLEM(scene->diags, byte_place(scene->source, line_text(t)), YAML_RUNS_ON, line, column,
                        key);
}

static frem_status report_dash_place(const trouble *t) {
    size_t rest = t->at + 1;
    while (is_blank(byte_at(t, rest)))
        rest++;
    if (line_text(t) != t->at && (rest >= t->size || is_break(byte_at(t, rest)) || byte_at(t, rest) == '#'))
        return FREM_PROBLEM(t->scene->diags, problem_place(t), YAML_DASH_ALONE, "");
    return FREM_PROBLEM(t->scene->diags, problem_place(t), YAML_DASH_PLACE, "");
}

static frem_status report_stray(const trouble *t) {
    char c = byte_at(t, t->at);
    if (c != ']' && c != '}')
        return FREM_OK;
    return FREM_PROBLEM(t->scene->diags, problem_place(t), YAML_BRACKET_STRAY, c == ']' ? "]" : "}");
}

/* What is wrong with a line wherever it is. */
static frem_status report_line(const trouble *t) {
    frem_status status = report_tab(t);
    if (status == FREM_OK)
        status = report_stray(t);
    return status == FREM_OK ? report_after_quoted(t) : status;
}

/* A mapping of lines that meets a line it can't take. */
static frem_status report_key_expected(const trouble *t) {
    const frem_status status = report_line(t);
    if (status != FREM_OK)
        return status;
    if (byte_at(t, t->at) == ':')
        return FREM_PROBLEM(t->scene->diags, problem_place(t), YAML_KEY_EMPTY, "");
    char next = byte_at(t, t->at + 1);
    if (byte_at(t, t->at) == '-' && (next == '\0' || is_blank(next) || is_break(next)))
        return report_dash_place(t);
    if (line_text(t) != t->at)
        return FREM_PROBLEM(t->scene->diags, problem_place(t), YAML_AFTER_VALUE, NULL);
    return report_at(t, problem_place(t), FREM_MSG_YAML_INDENT, context_place(t));
}

/* A list of lines that meets a line it can't take. */
static frem_status report_dash_expected(const trouble *t) {
    const frem_status status = report_line(t);
    if (status != FREM_OK)
        return status;
    if (line_text(t) != t->at)
        return FREM_PROBLEM(t->scene->diags, problem_place(t), YAML_AFTER_VALUE, NULL);
    return report_at(t, problem_place(t), FREM_MSG_YAML_DASH_EXPECTED, context_place(t));
}

static frem_status report_never_closed(const trouble *t, frem_place bracket, bool braces) {
    /* The closing bracket may be on the same line, after a '#' that was meant as text. */
    size_t line = frem_tree_bom(t->scene->source);
    for (unsigned before = 1; before < bracket.line && line < t->size; line++)
        before += t->bytes[line] == '\n';
    const char *comment = memmem(t->bytes + line, line_end(t, line) - line, " #", 2);
    size_t begin = comment != NULL ? (size_t)(comment - t->bytes) : line;
    if (comment != NULL && memchr(comment, braces ? '}' : ']', line_end(t, line) - begin) != NULL)
        return FREM_PROBLEM(t->scene->diags, byte_place(t->scene->source, begin + 1), YAML_COMMENT_CUTS,
                            braces ? "{" : "[", braces ? "}" : "]");
    return FREM_PROBLEM(t->scene->diags, bracket, YAML_BRACKET_OPEN, braces ? "{" : "[", braces ? "}" : "]");
}

static frem_status report_bracket_expected(const trouble *t, frem_place bracket, bool braces) {
    char line[NUMBER_BYTES], column[NUMBER_BYTES];
    print_number(line, bracket.line);
    print_number(column, bracket.column);
    return FREM_PROBLEM(t->scene->diags, problem_place(t), YAML_BRACKET_EXPECTED, braces ? "{" : "[",
                        braces ? "}" : "]", line, column);
}

/* Inside brackets, a ',' or the closing one was expected. A ':' on a line that is indented no deeper than the line
 * of the opening bracket is most likely the next key, so the bracket was forgotten. */
static frem_status report_in_brackets(const trouble *t) {
    frem_place bracket = context_place(t);
    bool braces = byte_at(t, t->context) == '{';
    if (t->at >= t->size)
        return report_never_closed(t, bracket, braces);
    if (byte_at(t, t->at) == ':') {
        size_t opening_line = t->context;
        while (opening_line > 0 && !is_break(t->bytes[opening_line - 1]))
            opening_line--;
        size_t depth = 0;
        while (is_blank(byte_at(t, opening_line + depth)))
            depth++;
        if (t->line > t->context && line_text(t) - t->line <= depth)
            return report_never_closed(t, bracket, braces);
        if (t->scene->last != FREM_LAST_QUOTED && t->scene->last_start.line == t->parser->problem_mark.line)
            return report_comma_missing(t);
    } else if (t->scene->last == FREM_LAST_QUOTED && t->at > 0 &&
               strchr("'\"", t->bytes[t->at - 1]) != NULL) {
        /* Right behind a quote: it was meant as part of the text. */
        frem_status status = report_after_quoted(t);
        if (status != FREM_OK)
            return status;
    } else if (t->scene->last == FREM_LAST_PLAIN && (byte_at(t, t->at) == '[' || byte_at(t, t->at) == '{')) {
        return FREM_PROBLEM(t->scene->diags, problem_place(t), YAML_BRACKET_TEXT,
                            byte_at(t, t->at) == '[' ? "[" : "{");
    }
    return report_bracket_expected(t, bracket, braces);
}

static frem_status report_quote(const trouble *t) {
    return FREM_PROBLEM(t->scene->diags, context_place(t), YAML_QUOTE_OPEN,
                        byte_at(t, t->context) == '"' ? "\"" : "'");
}

static frem_status report_start_character(const trouble *t) {
    frem_status status = byte_at(t, t->at) == '\t' ? report_tab(t) : FREM_OK;
    if (status != FREM_OK)
        return status;
    char shown[8];
    show_character(t, t->at, shown);
    return FREM_PROBLEM(t->scene->diags, problem_place(t), YAML_START_CHARACTER, shown);
}

static frem_status report_no_content(const trouble *t) {
    const frem_tree_scene *scene = t->scene;
    char c = byte_at(t, t->at);
    if (t->at >= t->size && scene->bracket.line > 0)
        return report_never_closed(t, scene->bracket, scene->braces);
    if ((c == ']' || c == '}') && scene->bracket.line > 0 && (c == '}') != scene->braces)
        return report_bracket_expected(t, scene->bracket, scene->braces);
    if (c == ',')
        return FREM_PROBLEM(scene->diags, problem_place(t), YAML_COMMA, "");
    if (c == ':' && is_blank(byte_at(t, t->at + 1)))
        return FREM_PROBLEM(scene->diags, problem_place(t), YAML_KEY_EMPTY, "");
    if (c == ':')
        return report_start_character(t);
    return report_stray(t);
}

static frem_status report_directive(const trouble *t) {
    return FREM_PROBLEM(t->scene->diags, context_place(t), YAML_START_CHARACTER, "%");
}

/* After '*' or '&': a text that only begins like one, or a name with other letters. */
static frem_status report_anchor(const trouble *t) {
    char shown[8];
    bool letter = (unsigned char)byte_at(t, t->at) >= 0x80;
    if (letter || (t->at > t->context + 1 && t->at < t->size)) {
        show_character(t, t->at, shown);
        return FREM_PROBLEM(t->scene->diags, problem_place(t), YAML_ANCHOR_NAME, shown);
    }
    show_character(t, t->context, shown);
    return FREM_PROBLEM(t->scene->diags, context_place(t), YAML_START_CHARACTER, shown);
}

/* libyaml stops at the backslash, or behind it where digits are lacking. */
static frem_status report_escape(const trouble *t) {
    char shown[9] = "\\";
    size_t at = t->at;
    while (at > t->context && byte_at(t, at) != '\\')
        at--;
    show_character(t, at + 1, shown + 1);
    return FREM_PROBLEM(t->scene->diags, byte_place(t->scene->source, at), YAML_ESCAPE, shown);
}

/* libyaml takes a text on the first line, before a comment, for the whole document. */
static frem_status report_after_end(const trouble *t) {
    const frem_tree_scene *scene = t->scene;
    frem_status status = report_stray(t);
    if (status == FREM_OK)
        status = report_after_quoted(t);
    if (status != FREM_OK)
        return status;
    if (scene->last != FREM_LAST_PLAIN)
        return FREM_PROBLEM(scene->diags, problem_place(t), YAML_AFTER_END, "");
    frem_tree_cursor cursor = {0};
    return report_no_key(t, frem_tree_seek(scene->source, &cursor, scene->last_start.index),
                         frem_tree_place(scene->source, scene->last_start));
}

static frem_status report_tag(const trouble *t) {
    size_t end = t->context;
    while (end < t->size && !is_blank(t->bytes[end]) && !is_break(t->bytes[end]))
        end++;
    char shown[SHOWN_BYTES];
    frem_tree_cut(t->bytes + t->context, end - t->context, SHOWN, shown);
    return FREM_PROBLEM(t->scene->diags, context_place(t), YAML_TAG, shown);
}

static const struct {
    const char *problem; /* libyaml's words */
    report report;
} common[] = {
    {"could not find expected ':'", report_missing_colon},
    {"mapping values are not allowed in this context", report_value_place},
    {"block sequence entries are not allowed in this context", report_dash_place},
    {"found character that cannot start any token", report_start_character},
    {"found unknown directive name", report_directive},
    {"found a tab character that violates indentation", report_tab},
    {"found a tab character where an indentation space is expected", report_tab},
    {"found unexpected end of stream", report_quote},
    {"found unexpected document indicator", report_quote},
    {"found unknown escape character", report_escape},
    {"did not find expected hexdecimal number", report_escape},
    {"did not find expected alphabetic or numeric character", report_anchor},
    {"did not find expected key", report_key_expected},
    {"did not find expected '-' indicator", report_dash_expected},
    {"did not find expected ',' or ']'", report_in_brackets},
    {"did not find expected ',' or '}'", report_in_brackets},
    {"did not find expected node content", report_no_content},
    {"did not find expected <document start>", report_after_end},
    {"found undefined tag handle", report_tag},
};

static frem_status report_reader(const yaml_parser_t *parser, const frem_tree_scene *scene) {
    char shown[NUMBER_BYTES];
    snprintf(shown, sizeof shown, "U+%04X", (unsigned)parser->problem_value);
    size_t offset = frem_tree_bom(scene->source) + parser->problem_offset;
    return FREM_PROBLEM(scene->diags, byte_place(scene->source, offset), YAML_CONTROL, shown);
}

frem_status frem_tree_syntax(const yaml_parser_t *parser, const frem_tree_scene *scene) {
    if (parser->error == YAML_MEMORY_ERROR)
        return FREM_NO_MEMORY;
    if (parser->error == YAML_READER_ERROR)
        return report_reader(parser, scene);
    frem_tree_cursor cursor = {0};
    trouble t = {
        .scene = scene, .parser = parser, .bytes = scene->source->bytes, .size = scene->source->size};
    if (parser->context != NULL)
        t.context = frem_tree_seek(scene->source, &cursor, parser->context_mark.index);
    t.at = frem_tree_seek(scene->source, &cursor, parser->problem_mark.index);
    for (t.line = t.at; t.line > frem_tree_bom(scene->source) && !is_break(t.bytes[t.line - 1]);)
        t.line--;
    for (size_t i = 0; i < sizeof common / sizeof common[0]; i++)
        if (strcmp(parser->problem, common[i].problem) == 0) {
            frem_status status = common[i].report(&t);
            if (status != FREM_OK)
                return status;
        }
    char line[NUMBER_BYTES];
    print_number(line, context_place(&t).line);
    return FREM_PROBLEM(scene->diags, problem_place(&t), YAML_SYNTAX, parser->problem, parser->context,
                        parser->context != NULL ? line : NULL);
}

/* Characters of the user's text that a message quotes. */
#define KEY_SHOWN 60
#define KEY_SHOWN_BYTES (4 * KEY_SHOWN + 4)
/* Two of these with the text between them. */
#define BETTER_BYTES (8 * KEY_SHOWN + 16)

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

/* "key: rest" of a text that lacks its ':': "value 5" and "value = 5" where the first word is a key, "value=5" always.
 *  @param[out] better holds 8 * max + 16 bytes. @return whether it is such a text. */
static bool tree_key_and_rest(const char *text, size_t n, size_t max, char *better) {
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
    join(text, key, colon + 1, n - key - 1, KEY_SHOWN, better);
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
    frem_tree_cut(text, n, KEY_SHOWN, out + 1);
    squeeze(out + 1);
    length += strlen(out + 1);
    out[length] = out[0];
    out[length + 1] = '\0';
    return true;
}

/* A text after the ',' of another one: "source: KL, 2020". */
static frem_status report_text(const frem_source *source, const frem_tree_bare *bare, const char *shown,
                               frem_diags *diags, size_t *reported) {
    char quoted[KEY_SHOWN_BYTES + 2], key[KEY_SHOWN_BYTES], better[BETTER_BYTES];
    *reported = text_end(source, bare->end);
    bool good = quote(source->bytes + bare->before_begin, *reported - bare->before_begin, quoted);
    frem_tree_cut(bare->before, strlen(bare->before), KEY_SHOWN, key);
    snprintf(better, sizeof better, "%s: %s", key, good ? quoted : "\"...\"");
    return FREM_PROBLEM(diags, bare->place, YAML_TEXT_COMMA, shown, better);
}

frem_status frem_tree_bare_key(const frem_source *source, const frem_tree_bare *bare, frem_diags *diags,
                               size_t *reported) {
    const char *text = source->bytes + bare->begin;
    size_t n = bare->end - bare->begin;
    bool after = bare->before_begin != SIZE_MAX;
    char shown[KEY_SHOWN_BYTES], better[BETTER_BYTES];
    frem_tree_cut(text, n, KEY_SHOWN, shown);
    *reported = bare->end;
    const char *colon = memchr(text, ':', n);
    if (colon != NULL && frem_tree_foreign_blank(colon + 1) > 0)
        return frem_tree_tell_blank(diags, bare->place, colon + 1);
    if (lacks_blank(text, n, after, better))
        return FREM_PROBLEM(diags, bare->place, YAML_COLON_SPACE, shown, better);
    /* Where a text comes before, "persons in 2020" is more of it: only one word is a value. */
    bool key = tree_key_and_rest(text, n, KEY_SHOWN, better);
    if (key && (!after || strpbrk(strstr(better, ": ") + 2, " \t") == NULL))
        return FREM_PROBLEM(diags, bare->place, YAML_COLON_LACKS, shown, better);
    if (!after)
        return FREM_PROBLEM(diags, bare->place, YAML_FLOW_VALUE, shown);
    size_t end = value_end(source, bare), whole = end - bare->before_begin;
    const char *value = source->bytes + bare->before_begin;
    size_t sign = whole > 0 && value[0] == '-' ? 1 : 0;
    if (end + 1 == bare->begin && is_digits(text, n) && is_digits(value + sign, whole - sign)) {
        char given[BETTER_BYTES];
        snprintf(given, sizeof given, "%.*s,%s", (int)(whole < KEY_SHOWN ? whole : KEY_SHOWN), value, shown);
        snprintf(better, sizeof better, "%.*s.%s", (int)(whole < KEY_SHOWN ? whole : KEY_SHOWN), value,
                 shown);
        char joined[BETTER_BYTES];
        snprintf(joined, sizeof joined, "%.*s%s", (int)(whole < KEY_SHOWN ? whole : KEY_SHOWN), value, shown);
        /* Three digits may be thousands. */
        if (n == 3 && value[sign] != '0')
            return FREM_PROBLEM(diags, bare->place, YAML_COMMA_THOUSANDS, given, joined, better);
        return FREM_PROBLEM(diags, bare->place, YAML_DECIMAL_COMMA, given, better);
    }
    return report_text(source, bare, shown, diags, reported);
}
