/* What gnuplot writes, made the same everywhere and smaller. */
#include <string.h>

#include "output/gnuplot.h"

/** A part of the file. */
typedef struct slice {
    const char *at;
    size_t n;
} slice;

/** The lines that are left. */
typedef struct lines {
    const char *at, *end;
} lines;

static bool next_line(lines *left, slice *line) {
    if (left->at == left->end)
        return false;
    const char *end = memchr(left->at, '\n', (size_t)(left->end - left->at));
    *line = (slice){left->at, (size_t)((end != NULL ? end : left->end) - left->at)};
    left->at = end != NULL ? end + 1 : left->end;
    while (line->n > 0 && (*line->at == '\t' || *line->at == ' ')) {
        line->at++;
        line->n--;
    }
    while (line->n > 0 && line->at[line->n - 1] == ' ')
        line->n--;
    return true;
}

static bool starts(slice line, const char *with) {
    const size_t n = strlen(with);
    return line.n >= n && memcmp(line.at, with, n) == 0;
}

static bool equals(slice line, const char *text) {
    return line.n == strlen(text) && starts(line, text);
}

/** What stands between two texts on a line, the first time. */
static bool between(slice line, const char *before, const char *after, slice *out) {
    const char *found = memmem(line.at, line.n, before, strlen(before));
    if (found == NULL)
        return false;
    out->at = found + strlen(before);
    const char *end = memmem(out->at, line.n - (size_t)(out->at - line.at), after, strlen(after));
    if (end == NULL)
        return false;
    out->n = (size_t)(end - out->at);
    return true;
}

static void add_escaped(frem_text *out, const char *text) {
    for (const char *at = text; *at != '\0'; at++) {
        if (*at == '&')
            frem_text_add(out, "&amp;");
        else if (*at == '<')
            frem_text_add(out, "&lt;");
        else if (*at == '>')
            frem_text_add(out, "&gt;");
        else
            frem_text_add_bytes(out, at, 1);
    }
}

static void add_element(frem_text *out, const char *name, const char *text) {
    if (text == NULL)
        return;
    frem_text_print(out, "<%s>", name);
    add_escaped(out, text);
    frem_text_print(out, "</%s>\n", name);
}

/** rgb( 11, 60,111) as #0b3c6f. @return whether it is such a colour. */
static bool add_colour(frem_text *out, slice rgb) {
    unsigned parts[3] = {0};
    size_t part = 0;
    bool digits = false;
    for (size_t i = 0; i < rgb.n; i++) {
        const char c = rgb.at[i];
        if (c >= '0' && c <= '9' && part < 3) {
            parts[part] = parts[part] * 10 + (unsigned)(c - '0');
            digits = true;
        } else if (c == ',' && digits) {
            part++;
            digits = false;
        } else if (c != ' ') {
            return false;
        }
    }
    if (part != 2 || !digits || parts[0] > 255 || parts[1] > 255 || parts[2] > 255)
        return false;
    frem_text_print(out, "#%02x%02x%02x", parts[0], parts[1], parts[2]);
    return true;
}

/** <g transform="translate(x,y)" ... font-size="s" text-anchor="a"> around one <text>...</text>, as one element. The family
 *  stands at the root. @return whether the three lines have that form; else nothing is taken or written. */
static bool tidy_text(frem_text *out, lines *left, slice group) {
    slice x, y, colour, size, anchor, family, text, close;
    lines ahead = *left;
    if (!between(group, "translate(", ",", &x) || !between(group, "fill=\"rgb(", ")\"", &colour) ||
        !between(group, "font-size=\"", "\"", &size) || !between(group, "text-anchor=\"", "\"", &anchor) ||
        !between(group, "font-family=\"", "\"", &family) || !next_line(&ahead, &text) ||
        !starts(text, "<text") || !next_line(&ahead, &close) || !equals(close, "</g>"))
        return false;
    const slice rest = {x.at + x.n, group.n - (size_t)(x.at + x.n - group.at)};
    if (!between(rest, ",", ")", &y))
        return false;
    const size_t before = out->length;
    frem_text_print(out, "<text x=\"%.*s\" y=\"%.*s\" fill=\"", (int)x.n, x.at, (int)y.n, y.at);
    if (!add_colour(out, colour)) {
        out->length = before;
        return false;
    }
    frem_text_print(out, "\" stroke=\"none\" font-size=\"%.*s\"", (int)size.n, size.at);
    if (memmem(family.at, family.n, ":Bold", 5) != NULL)
        frem_text_add(out, " font-weight=\"bold\"");
    if (!equals(anchor, "start"))
        frem_text_print(out, " text-anchor=\"%.*s\"", (int)anchor.n, anchor.at);
    frem_text_add_bytes(out, text.at + strlen("<text"), text.n - strlen("<text"));
    frem_text_add(out, "\n");
    *left = ahead;
    return true;
}

/** Makes a line that begins an element all of it: gnuplot breaks long lists of points. */
static bool whole_element(lines *left, slice *line) {
    const char *close = memmem(line->at, (size_t)(left->end - line->at), "/>", 2);
    if (close == NULL)
        return false;
    line->n = (size_t)(close + 2 - line->at);
    left->at = close + 2;
    slice rest;
    return next_line(left, &rest) && rest.n == 0;
}

/** A group around polygons alone: they stand for themselves. */
static bool tidy_polygons(frem_text *out, lines *left) {
    slice line, colour, points;
    lines ahead = *left;
    const size_t before = out->length;
    while (next_line(&ahead, &line) && starts(line, "<polygon")) {
        if (!whole_element(&ahead, &line) || !between(line, "fill = 'rgb(", ")'", &colour) ||
            !between(line, "points = '", "'/>", &points))
            break;
        frem_text_add(out, "<polygon fill=\"");
        if (!add_colour(out, colour))
            break;
        while (points.n > 0 && (points.at[points.n - 1] == ' ' || points.at[points.n - 1] == '\n'))
            points.n--;
        frem_text_print(out, "\" stroke=\"none\" points=\"%.*s\"/>\n", (int)points.n, points.at);
    }
    if (!out->failed && equals(line, "</g>")) {
        *left = ahead;
        return true;
    }
    out->length = before;
    return false;
}

/** Leaves out what is up to and with a closing line. */
static void skip_to(lines *left, const char *last) {
    slice line;
    while (next_line(left, &line) && !equals(line, last))
        continue;
}

static bool next_closes(lines *left) {
    slice line;
    lines ahead = *left;
    if (!next_line(&ahead, &line) || !equals(line, "</g>"))
        return false;
    *left = ahead;
    return true;
}

static void tidy_line(frem_text *out, lines *left, slice line, const frem_scene *scene) {
    static const char names_plot[] = "<g id=\"gnuplot_plot_";
    if (line.n == 0)
        return;
    if (equals(line, "<svg"))
        frem_text_add(out, "<svg font-family=\"DejaVu Sans, Verdana, Arial, sans-serif\"\n");
    else if (starts(line, "<title>Gnuplot</title>"))
        add_element(out, "title", scene->title);
    else if (starts(line, "<desc>"))
        add_element(out, "desc", scene->description);
    else if (equals(line, "<defs>"))
        skip_to(left, "</defs>");
    else if (starts(line, "<g fill=\"none\"") && next_closes(left))
        return;
    else if (starts(line, names_plot))
        frem_text_add(out, "<g>\n"); /* its title would be shown beside the pointer */
    else if (starts(line, "<g stroke='none'") && tidy_polygons(out, left))
        return;
    else if (!starts(line, "<g transform=\"translate(") || !tidy_text(out, left, line))
        frem_text_print(out, "%.*s\n", (int)line.n, line.at);
}

void frem_svg_tidy(frem_text *out, const char *svg, size_t n, const frem_scene *scene) {
    lines left = {svg, svg + n};
    slice line;
    while (next_line(&left, &line) && !out->failed)
        tidy_line(out, &left, line, scene);
}

void frem_pdf_undate(char *pdf, size_t n) {
    static const char *const dates[] = {"/CreationDate (", "/ModDate ("};
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        char *at = pdf;
        while ((at = memmem(at, n - (size_t)(at - pdf), dates[i], strlen(dates[i]))) != NULL) {
            char *end = memchr(at, ')', n - (size_t)(at - pdf));
            if (end == NULL)
                break;
            memset(at, ' ', (size_t)(end - at) + 1);
            at = end;
        }
    }
}
