#include "output/charts/svg.h"

#include <string.h>

#include "base/number.h"
#include "output/charts/theme.h"
#include "output/html.h"

/** A capital's height is 0.73 of the size: half of that is between a text's middle and its baseline. */
#define BASELINE 0.36

/** A document that is being written. */
typedef struct writer {
    frem_text *out;
    const char *series; /**< of the group that is open; NULL for none */
    frem_text style;    /**< of the group that is open inside it; empty for none */
} writer;

/** Two decimals are finer than paper; zeros at the end are left out. */
static void add_number(frem_text *out, double value) {
    char fixed[FREM_FIXED_MAX];
    size_t n = frem_number_fixed(fixed, value, 2);
    while (fixed[n - 1] == '0')
        n--;
    if (fixed[n - 1] == '.')
        n--;
    frem_text_add_bytes(out, fixed, n);
}

static void add_attribute(frem_text *out, const char *name, double value) {
    frem_text_print(out, " %s=\"", name);
    add_number(out, value);
    frem_text_add(out, "\"");
}

static void add_colour(frem_text *out, const char *name, uint32_t colour) {
    frem_text_print(out, " %s=\"#%06x\"", name, (unsigned)colour);
}

static void add_element(frem_text *out, const char *name, const char *text) {
    if (text == NULL)
        return;
    frem_text_print(out, "<%s>", name);
    frem_html_add(out, text);
    frem_text_print(out, "</%s>", name);
}

/** Opens a group of a style, unless the one that is open has it. @param style attributes; NULL closes the group. Freed. */
static void set_style(writer *w, frem_text *style) {
    const size_t n = style != NULL ? style->length : 0;
    w->out->failed = w->out->failed || (style != NULL && style->failed);
    if (n != w->style.length || (n > 0 && memcmp(style->bytes, w->style.bytes, n) != 0)) {
        frem_text_add(w->out, w->style.length > 0 ? "</g>\n" : "");
        if (n > 0)
            frem_text_print(w->out, "<g%s>\n", style->bytes);
        frem_text_free(&w->style);
        w->style = style != NULL ? *style : (frem_text){0};
    } else if (style != NULL) {
        frem_text_free(style);
    }
}

static void set_series(writer *w, const char *series) {
    if (series == w->series)
        return;
    set_style(w, NULL);
    frem_text_add(w->out, w->series != NULL ? "</g>\n" : "");
    if (series != NULL) {
        frem_text_add(w->out, "<g class=\"series\">");
        add_element(w->out, "title", series);
        frem_text_add(w->out, "\n");
    }
    w->series = series;
}

static void add_shape(writer *w, const frem_shape *shape) {
    /* round ends reach into the gaps by the width of the line */
    static const char *const dashes[] = {
        [FREM_DASH_LONG] = "12 6", [FREM_DASH_SHORT] = "2.6 5", [FREM_DASH_MIXED] = "12 6 2.6 6"};
    const bool is_line = shape->kind == FREM_SHAPE_LINE;
    frem_text style = {0};
    if (is_line) {
        frem_text_add(&style, " fill=\"none\"");
        add_colour(&style, "stroke", shape->colour);
        add_attribute(&style, "stroke-width", shape->width);
        if (shape->dash != FREM_DASH_NONE)
            frem_text_print(&style, " stroke-dasharray=\"%s\"", dashes[shape->dash]);
    } else {
        add_colour(&style, "fill", shape->colour);
    }
    set_series(w, shape->series);
    set_style(w, &style);
    frem_text_add(w->out, is_line ? "<polyline points=\"" : "<polygon points=\"");
    for (size_t i = 0; i < shape->n_points; i++) {
        frem_text_add(w->out, i > 0 ? " " : "");
        add_number(w->out, shape->points[i].x);
        frem_text_add(w->out, ",");
        add_number(w->out, shape->points[i].y);
    }
    frem_text_add(w->out, "\"/>\n");
}

static void add_words(writer *w, const frem_words *words) {
    static const char *const anchors[] = {[FREM_ANCHOR_LEFT] = "",
                                          [FREM_ANCHOR_MIDDLE] = " text-anchor=\"middle\"",
                                          [FREM_ANCHOR_RIGHT] = " text-anchor=\"end\""};
    frem_text style = {0};
    add_colour(&style, "fill", words->colour);
    add_attribute(&style, "font-size", words->size);
    frem_text_print(&style, "%s%s", words->bold ? " font-weight=\"bold\"" : "", anchors[words->anchor]);
    set_style(w, &style);
    frem_text_add(w->out, "<text");
    add_attribute(w->out, "x", words->x);
    add_attribute(w->out, "y", words->y + BASELINE * words->size);
    frem_text_add(w->out, ">");
    frem_html_add(w->out, words->text);
    frem_text_add(w->out, "</text>\n");
}

static void add_head(frem_text *out, const frem_scene *scene) {
    frem_text_add(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\"");
    if (scene->language != NULL)
        frem_text_print(out, " xml:lang=\"%s\"", scene->language);
    add_attribute(out, "width", scene->width);
    add_attribute(out, "height", scene->height);
    frem_text_add(out, " viewBox=\"0 0 ");
    add_number(out, scene->width);
    frem_text_add(out, " ");
    add_number(out, scene->height);
    /* one that a viewer lacks is replaced by a narrower one, in which all fits */
    frem_text_add(out, "\" font-family=\"'" FREM_FONT "', Verdana, Arial, sans-serif\""
                       " stroke-linecap=\"round\" stroke-linejoin=\"round\">\n");
    add_element(out, "title", scene->title);
    frem_text_add(out, scene->title != NULL ? "\n" : "");
    add_element(out, "desc", scene->description);
    frem_text_add(out, scene->description != NULL ? "\n" : "");
    frem_text_add(out, "<rect");
    add_attribute(out, "width", scene->width);
    add_attribute(out, "height", scene->height);
    add_colour(out, "fill", FREM_COLOUR_PAPER);
    frem_text_add(out, "/>\n");
}

void frem_svg(frem_text *out, const frem_scene *scene) {
    writer w = {.out = out};
    add_head(out, scene);
    for (size_t i = 0; i < scene->n_shapes; i++)
        add_shape(&w, &scene->shapes[i]);
    set_series(&w, NULL);
    for (size_t i = 0; i < scene->n_words; i++)
        add_words(&w, &scene->words[i]);
    set_style(&w, NULL);
    frem_text_add(out, "</svg>\n");
}
