#include "base/show.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/harmless.h"
#include "base/problem.h"

enum { WIDTH = 100, NUMBER_WIDTH = 5, TAB_WIDTH = 8 };

/* A line of a file, and where the word at a place begins and ends in it. */
typedef struct line {
    const char *begin, *end;
    const char *from, *to;
} line;

static const frem_source *find_source(const frem_sources *sources, const char *path) {
    const frem_source *source = NULL;
    for (size_t i = 0; path != NULL && (source = frem_sources_at(sources, i)) != NULL; i++) {
        if (strcmp(source->path, path) == 0)
            return source;
    }
    return NULL;
}

/* Whether YAML ends a line here and a table does not: a lone carriage return, NEL, LS and PS. */
static bool ends_for_yaml(const char *at, const char *end) {
    return (*at == '\r' && (at + 1 == end || at[1] != '\n')) ||
           (end - at > 1 && memcmp(at, "\xC2\x85", 2) == 0) ||
           (end - at > 2 && (memcmp(at, "\xE2\x80\xA8", 3) == 0 || memcmp(at, "\xE2\x80\xA9", 3) == 0));
}

/* @return false where there is no such line, or where the two kinds of files count lines differently before it. */
static bool find_line(const frem_source *source, unsigned number, frem_show_at *last, line *out) {
    const char *at = source->bytes, *end = at + source->size;
    unsigned i = 1;
    if (end - at >= 3 && memcmp(at, "\xEF\xBB\xBF", 3) == 0)
        at += 3;
    if (last->source == source && last->line <= number) {
        i = last->line;
        at = last->begin;
    }
    for (; i < number; i++) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        for (const char *c = at; c < (stop != NULL ? stop : end); c++) {
            if (((unsigned char)*c >= 0xC2 || *c == '\r') && ends_for_yaml(c, end))
                return false;
        }
        if (stop == NULL)
            return false;
        at = stop + 1;
    }
    if (last->source != source || last->line != number) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        *last = (frem_show_at){source, number, at, stop != NULL ? stop : end, 1, at};
    }
    out->begin = last->begin;
    out->end = last->end;
    if (out->end > out->begin && out->end[-1] == '\r')
        out->end--;
    return true;
}

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* The end of the word at a place: a text in quotes, a bracket, or all up to the end of a YAML scalar or a cell.
 * @param yaml where a comma between digits is a slip in a number. */
static const char *word_end(const char *at, const char *end, bool yaml) {
    if (at == end || *at == ',')
        return at;
    if (*at == '"' || *at == '\'') {
        const char *quote = memchr(at + 1, *at, (size_t)(end - at - 1));
        return quote != NULL ? quote + 1 : end;
    }
    const char *c = at;
    for (; c < end; c++) {
        bool colon = *c == ':' && (c + 1 == end || is_blank(c[1]));
        bool comment = *c == '#' && c > at && is_blank(c[-1]);
        bool decimal = yaml && *c == ',' && c > at && is_digit(c[-1]) && c + 1 < end && is_digit(c[1]);
        if (colon || comment || (strchr(",[]{}", *c) != NULL && !decimal))
            break;
    }
    if (c == at)
        return at + 1;
    while (is_blank(c[-1]) && c - 1 > at)
        c--;
    return c;
}

/* Finds the word at a column. @return false where the line is too short. */
static bool find_word(line *of, unsigned column, bool yaml, frem_show_at *last) {
    bool before = last->column <= column;
    const char *at = before ? last->word : of->begin;
    int32_t point;
    for (unsigned i = before ? last->column : 1; i < column; i++) {
        if (at == of->end)
            return false;
        at += frem_utf8_step(at, (size_t)(of->end - at), &point);
    }
    last->column = column;
    last->word = at;
    of->from = at;
    of->to = word_end(at, of->end, yaml);
    return true;
}

static bool find_place(const frem_sources *sources, frem_place place, frem_show_at *last, line *out) {
    const frem_source *source = NULL;
    if (sources != NULL && place.file != NULL && place.line > 0 && place.column > 0)
        source = last->source != NULL && strcmp(last->source->path, place.file) == 0
                     ? last->source
                     : find_source(sources, place.file);
    if (source == NULL)
        return false;
    size_t n = strlen(source->path);
    bool table = n > 4 && strcmp(source->path + n - 4, ".csv") == 0;
    return find_line(source, place.line, last, out) && find_word(out, place.column, !table, last);
}

unsigned frem_show_end(const frem_sources *sources, frem_place place, frem_show_at *at) {
    frem_show_at nowhere = {0};
    line found;
    int32_t point;
    if (!find_place(sources, place, at != NULL ? at : &nowhere, &found))
        return 0;
    unsigned column = place.column;
    for (const char *c = found.from; c < found.to; column++)
        c += frem_utf8_step(c, (size_t)(found.to - c), &point);
    return column;
}

/* ---- a line on the screen ---- */

/* One character as it is shown, and the columns that it takes. @return its bytes in the file. */
static size_t show_character(const char *at, const char *end, frem_text *shown, size_t *width) {
    size_t n = (size_t)(end - at), taken;
    shown->length = 0;
    if (*at == '\t') {
        frem_text_add_bytes(shown, "\t", 1);
        *width = TAB_WIDTH;
        return 1;
    }
    taken = frem_text_add_harmless(shown, at, n);
    *width = shown->bytes != NULL ? frem_utf8_width(shown->bytes, shown->length) : 0;
    return taken;
}

/* Columns from one byte to another; stops beyond `most`. */
static size_t width_of(const char *from, const char *to, size_t most, frem_text *scratch) {
    size_t sum = 0, width;
    while (from < to && sum <= most) {
        from += show_character(from, to, scratch, &width);
        sum += width;
    }
    return sum;
}

/* Cuts a line to a number of columns around its word; what is left out is marked. */
static void cut(line *of, size_t columns, bool *left, bool *right, frem_text *scratch) {
    size_t width;
    *left = *right = false;
    if (width_of(of->begin, of->end, columns, scratch) <= columns)
        return;
    /* Of a very long line only the part around the word is looked at. */
    const char *start = of->from;
    for (size_t i = 0; i < 2 * columns && start > of->begin; i++) {
        do
            start--;
        while (start > of->begin && ((unsigned char)*start & 0xC0) == 0x80);
    }
    *left = start > of->begin;
    of->begin = start;
    size_t before = width_of(of->begin, of->from, SIZE_MAX - 1, scratch), half = columns / 2;
    while (before > half) {
        of->begin += show_character(of->begin, of->end, scratch, &width);
        before -= width < before ? width : before;
        *left = true;
    }
    size_t room = columns - (*left ? 1 : 0), taken = 0;
    const char *at = of->begin;
    while (at < of->end) {
        size_t step = show_character(at, of->end, scratch, &width);
        if (taken + width + 1 > room)
            break;
        taken += width;
        at += step;
    }
    *right = at < of->end;
    of->end = at;
}

/* Paint of a terminal; nothing where there are no colours. */
static void paint(frem_text *out, const frem_show *how, const char *sequence) {
    if (how->colour)
        frem_text_print(out, "\033[%sm", sequence);
}

static const char *colour_of(frem_severity severity) {
    return severity == FREM_ERROR ? "1;31" : "1;35";
}

/* Adds the blanks before a caret: as wide as the text above it, with its tabs as tabs. */
static void add_blanks(frem_text *out, const char *from, const char *to, char fill, frem_text *scratch) {
    size_t width;
    while (from < to) {
        bool tab = *from == '\t';
        from += show_character(from, to, scratch, &width);
        for (size_t i = 0; i < (tab ? 1 : width); i++)
            frem_text_add_bytes(out, tab ? "\t" : &fill, 1);
    }
}

static void add_line(frem_text *out, const frem_show *how, const frem_diag *diag, line of) {
    frem_text scratch = {0};
    char number[16];
    int digits = snprintf(number, sizeof number, "%u", diag->place.line);
    int gutter = digits > NUMBER_WIDTH ? digits : NUMBER_WIDTH;
    size_t all = how->width > 0 ? how->width : WIDTH, taken = (size_t)gutter + 3, width;
    bool left, right;
    cut(&of, all > taken + 20 ? all - taken : 20, &left, &right, &scratch);
    paint(out, how, "2");
    frem_text_print(out, "%*s | ", gutter, number);
    paint(out, how, "0");
    frem_text_add(out, left ? "…" : "");
    for (const char *at = of.begin; at < of.end;) {
        at += show_character(at, of.end, &scratch, &width);
        frem_text_add_bytes(out, scratch.bytes, scratch.length);
    }
    frem_text_add(out, right ? "…\n" : "\n");
    paint(out, how, "2");
    frem_text_print(out, "%*s | ", gutter, "");
    paint(out, how, "0");
    frem_text_add(out, left ? " " : "");
    add_blanks(out, of.begin, of.from, ' ', &scratch);
    paint(out, how, colour_of(diag->severity));
    size_t before = out->length;
    add_blanks(out, of.from, of.to < of.end ? of.to : of.end, '~', &scratch);
    if (out->length == before)
        frem_text_add(out, "^");
    else if (!out->failed)
        out->bytes[before] = '^';
    paint(out, how, "0");
    frem_text_add(out, "\n");
    frem_text_free(&scratch);
}

static void add_problem(frem_text *out, const frem_sources *sources, const frem_show *how,
                        const frem_diag *diag, frem_show_at *at) {
    frem_text hint = {0};
    line found;
    paint(out, how, "1");
    frem_diag_add_place(out, diag);
    paint(out, how, colour_of(diag->severity));
    frem_text_print(out, "%s:", frem_severity_word(diag->severity));
    paint(out, how, "0");
    frem_text_add(out, " ");
    frem_diag_add_what(out, diag, how->lang);
    frem_text_add(out, "\n");
    if (find_place(sources, diag->place, at, &found))
        add_line(out, how, diag, found);
    frem_diag_add_hint(&hint, diag, how->lang);
    if (hint.length > 0)
        frem_text_print(out, "hint: %s\n", hint.bytes);
    out->failed = out->failed || hint.failed;
    frem_text_free(&hint);
}

frem_status frem_show_diags(const frem_diags *diags, const frem_sources *sources, const frem_show *how,
                            frem_text *out) {
    const frem_diag *before = NULL;
    frem_show_at at = {0};
    for (size_t i = 0; i < frem_diags_count(diags); i++) {
        const frem_diag *diag = frem_diags_at(diags, i);
        /* Names of files are kept once in a collection. */
        if (before != NULL && before->place.file != diag->place.file && sources != NULL)
            frem_text_add(out, "\n");
        add_problem(out, sources, how, diag, &at);
        before = diag;
    }
    return out->failed ? FREM_NO_MEMORY : FREM_OK;
}

void frem_show_count(const frem_diags *diags, frem_lang lang, frem_text *out) {
    static const char *const words[2][FREM_LANG_COUNT][2] = {
        {{"error", "errors"}, {"fejl", "fejl"}}, {{"warning", "warnings"}, {"advarsel", "advarsler"}}};
    bool placed = false; /* problems of the command alone are few */
    for (size_t i = 0; i < frem_diags_count(diags) && !placed; i++)
        placed = frem_diags_at(diags, i)->place.line > 0;
    if (!placed)
        return;
    size_t counts[] = {frem_diags_errors(diags), frem_diags_warnings(diags)};
    bool any = false;
    for (size_t i = 0; i < 2; i++) {
        if (counts[i] == 0)
            continue;
        frem_text_print(out, "%s%zu %s", any ? ", " : "", counts[i], words[i][lang][counts[i] == 1 ? 0 : 1]);
        any = true;
    }
    frem_text_add(out, any ? "\n" : "");
}
