/* A scene in gnuplot's language. */
#include <string.h>

#include "base/number.h"
#include "output/gnuplot.h"

/** Pixels of the canvas to an inch of paper, as browsers have it. */
#define PER_INCH 96.0
/** Points of a font to a pixel of the canvas. */
#define POINTS_PER_PIXEL 0.75
/** Pixels of a PNG to one of the canvas. */
#define PNG_SCALE 2.0
#define FONT "DejaVu Sans"

const char *frem_chart_format_name(frem_chart_format format) {
    static const char *const names[FREM_CHART_FORMATS] = {"svg", "pdf", "png"};
    return names[format];
}

static void add_number(frem_text *out, double value) {
    char fixed[FREM_FIXED_MAX];
    (void)frem_number_fixed(fixed, value, 2);
    frem_text_add(out, fixed);
}

/** Characters that DejaVu Sans has, plain and bold, in runs. In place of any other, cairo would draw a box of any size,
 *  or whatever font it finds; an SVG leaves them to its viewer. */
static bool font_has(int32_t point) {
    static const int32_t runs[][2] = {{0x20, 0x7E},     {0xA0, 0x2E9},    {0x300, 0x34F},   {0x38E, 0x3A1},
                                      {0x3A3, 0x525},   {0x531, 0x556},   {0x561, 0x587},   {0x5D0, 0x5EA},
                                      {0x621, 0x63A},   {0x640, 0x655},   {0x1E00, 0x1EFB}, {0x2000, 0x2064},
                                      {0x20A0, 0x20B5}, {0x2190, 0x2311}, {0x2500, 0x269C}, {0xFE00, 0xFE0F},
                                      {0xFFFD, 0xFFFD}};
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
        if (point >= runs[i][0] && point <= runs[i][1])
            return true;
    }
    return false;
}

/** 'text': in single quotes gnuplot expands nothing. It loses its place in several quotes at a text's end, so that the
 *  typographer's apostrophe stands for a quote. Line ends are gone by now. */
static void add_quoted(frem_text *out, const char *text, frem_chart_format format) {
    const size_t n = strlen(text);
    frem_text_add(out, "'");
    for (size_t i = 0; i < n;) {
        int32_t point = 0;
        const size_t length = frem_utf8_step(text + i, n - i, &point);
        if (point == '\'')
            frem_text_add(out, "’");
        else if (point == '\n' || point == '\r')
            frem_text_add(out, " ");
        else if (format == FREM_CHART_SVG || font_has(point))
            frem_text_add_bytes(out, text + i, length);
        else
            frem_text_add(out, "□");
        i += length;
    }
    frem_text_add(out, "'");
}

static void add_terminal(frem_text *out, const frem_scene *scene, frem_chart_format format) {
    switch (format) {
    case FREM_CHART_SVG:
        frem_text_add(out, "set terminal svg noenhanced fixed rounded background rgb '#ffffff' font '" FONT
                           ",12' size ");
        add_number(out, scene->width);
        frem_text_add(out, ",");
        add_number(out, scene->height);
        break;
    case FREM_CHART_PDF:
        frem_text_add(out, "set terminal pdfcairo noenhanced rounded background rgb '#ffffff' font '" FONT
                           ",12' dashlength 2 fontscale ");
        add_number(out, POINTS_PER_PIXEL * POINTS_PER_PIXEL);
        frem_text_add(out, " linewidth ");
        add_number(out, 2.0 * POINTS_PER_PIXEL);
        frem_text_add(out, " size ");
        add_number(out, scene->width / PER_INCH);
        frem_text_add(out, "in,");
        add_number(out, scene->height / PER_INCH);
        frem_text_add(out, "in");
        break;
    case FREM_CHART_PNG:
    default:
        frem_text_add(out, "set terminal pngcairo noenhanced rounded background rgb '#ffffff' font '" FONT
                           ",12' dashlength 2 fontscale ");
        add_number(out, PNG_SCALE * POINTS_PER_PIXEL);
        frem_text_add(out, " linewidth ");
        add_number(out, PNG_SCALE);
        frem_text_add(out, " size ");
        add_number(out, PNG_SCALE * scene->width);
        frem_text_add(out, ",");
        add_number(out, PNG_SCALE * scene->height);
        break;
    }
    frem_text_add(out, "\n");
}

static bool same_style(const frem_shape *a, const frem_shape *b) {
    return a->kind == b->kind && a->colour == b->colour && a->width == b->width && a->dash == b->dash;
}

/** Shapes that follow each other in one style are one data block, a blank line between them. @return how many. */
static size_t add_block(frem_text *out, const frem_scene *scene, size_t first, size_t number) {
    frem_text_print(out, "$s%zu << EOD\n", number);
    size_t i = first;
    for (; i < scene->n_shapes && same_style(&scene->shapes[first], &scene->shapes[i]); i++) {
        if (i > first)
            frem_text_add(out, "\n");
        for (size_t k = 0; k < scene->shapes[i].n_points; k++) {
            add_number(out, scene->shapes[i].points[k].x);
            frem_text_add(out, " ");
            add_number(out, scene->shapes[i].points[k].y);
            frem_text_add(out, "\n");
        }
    }
    frem_text_add(out, "EOD\n");
    return i - first;
}

static void add_plot(frem_text *out, const frem_shape *shape, size_t number) {
    static const char *const dashes[] = {[FREM_DASH_NONE] = "solid",
                                         [FREM_DASH_LONG] = "(9,4)",
                                         [FREM_DASH_SHORT] = "(2.5,3)",
                                         [FREM_DASH_MIXED] = "(9,3,2.5,3)"};
    frem_text_print(out, "%s$s%zu using 1:2 notitle with ", number == 0 ? "plot " : ", ", number);
    if (shape->kind == FREM_SHAPE_AREA) {
        frem_text_print(out, "filledcurves closed fc rgb '#%06x' fs solid 1 noborder",
                        (unsigned)shape->colour);
        return;
    }
    frem_text_print(out, "lines lc rgb '#%06x' dt %s lw ", (unsigned)shape->colour, dashes[shape->dash]);
    add_number(out, shape->width);
}

static void add_words(frem_text *out, const frem_words *words, size_t number, frem_chart_format format) {
    static const char *const anchors[] = {
        [FREM_ANCHOR_LEFT] = "left", [FREM_ANCHOR_MIDDLE] = "center", [FREM_ANCHOR_RIGHT] = "right"};
    frem_text_print(out, "set label %zu ", number);
    add_quoted(out, words->text, format);
    frem_text_add(out, " at ");
    add_number(out, words->x);
    frem_text_add(out, ",");
    add_number(out, words->y);
    frem_text_print(out, " %s noenhanced front font '" FONT "%s,", anchors[words->anchor],
                    words->bold ? ":Bold" : "");
    add_number(out, words->size);
    frem_text_print(out, "' textcolor rgb '#%06x'\n", (unsigned)words->colour);
}

void frem_gnuplot_script(frem_text *out, const frem_scene *scene, frem_chart_format format) {
    frem_text plot = {0};
    size_t number = 0;
    frem_text_add(out, "reset\nset encoding utf8\n");
    add_terminal(out, scene, format);
    frem_text_print(out, "set output '/proc/self/fd/%d'\n", FREM_GNUPLOT_FILE);
    frem_text_add(out, "unset key\nunset border\nunset tics\n"
                       "set lmargin at screen 0\nset rmargin at screen 1\n"
                       "set bmargin at screen 0\nset tmargin at screen 1\nset xrange [0:");
    add_number(out, scene->width);
    /* y grows downwards here */
    frem_text_add(out, "]\nset yrange [");
    add_number(out, scene->height);
    frem_text_add(out, ":0]\n");
    for (size_t i = 0; i < scene->n_words; i++)
        add_words(out, &scene->words[i], i + 1, format);
    for (size_t i = 0; i < scene->n_shapes; number++) {
        add_plot(&plot, &scene->shapes[i], number);
        i += add_block(out, scene, i, number);
    }
    out->failed = out->failed || plot.failed;
    frem_text_add(out, number > 0 && !plot.failed ? plot.bytes : "plot NaN notitle");
    frem_text_add(out, "\nset output\nprint '" FREM_GNUPLOT_MARK "'\n");
    frem_text_free(&plot);
}
