/* What all figures have around them: title, subtitle, source line. */
#include "output/charts/draw.h"

#include <math.h>

#include "output/charts/letters.h"
#include "output/charts/theme.h"

#define TITLE_Y 30.0
#define SUBTITLE_Y 57.0
#define BODY_TOP 84.0
#define SOURCE_LINES 3
#define SOURCE_LINE_HEIGHT 15.0
#define SOURCE_GAP 10.0
/** Canvas that is no part of the body. */
#define HEAD_AND_FOOT 140.0
#define PANEL_HEIGHT 172.0
#define HEAT_ROW 19.0
#define HEAT_HEAD 62.0
#define BAR_ROW 34.0
#define BAR_HEAD 40.0
#define BARS_LEAST 280.0
#define PYRAMID_HEIGHT 560.0

/** Height of the canvas that a figure needs. */
static double height_of(const frem_figure *figure) {
    switch (figure->kind) {
    case FREM_FIGURE_LINES:
        if (figure->n_panels > 1)
            return fmax(FREM_CHART_HEIGHT,
                        HEAD_AND_FOOT + PANEL_HEIGHT * (double)frem_draw_panel_rows(figure));
        return FREM_CHART_HEIGHT;
    case FREM_FIGURE_BARS:
        return fmax(BARS_LEAST, HEAD_AND_FOOT + BAR_HEAD + BAR_ROW * (double)figure->n_bars);
    case FREM_FIGURE_HEAT:
        return HEAD_AND_FOOT + HEAT_HEAD + HEAT_ROW * (double)figure->heat.n_rows;
    case FREM_FIGURE_PYRAMID:
        return PYRAMID_HEIGHT;
    case FREM_FIGURE_COLUMNS:
    default:
        return FREM_CHART_HEIGHT;
    }
}

/** The source line, from below. @return the height that it takes. */
static double draw_source(frem_drawing *d) {
    const char *lines[SOURCE_LINES] = {NULL};
    frem_scene *scene = d->scene;
    const char *clean = d->figure->source != NULL && !scene->failed
                            ? frem_letters_clean(scene->arena, d->figure->source)
                            : NULL;
    if (clean == NULL) {
        scene->failed = scene->failed || d->figure->source != NULL;
        return 0.0;
    }
    const size_t n = frem_letters_wrap(scene->arena, clean, FREM_SIZE_SOURCE, false,
                                       scene->width - 2.0 * FREM_CHART_EDGE, lines, SOURCE_LINES);
    scene->failed = scene->failed || n == 0;
    for (size_t i = 0; i < n; i++) {
        const double y = scene->height - 16.0 - SOURCE_LINE_HEIGHT * (double)(n - 1 - i);
        frem_scene_text(scene, (frem_words){FREM_CHART_EDGE, y, FREM_ANCHOR_LEFT, FREM_SIZE_SOURCE, false,
                                            FREM_COLOUR_MUTED, lines[i]});
    }
    return 16.0 + SOURCE_LINE_HEIGHT * (double)n;
}

static void draw_frame(frem_drawing *d) {
    const frem_figure *figure = d->figure;
    frem_scene *scene = d->scene;
    const double width = scene->width - 2.0 * FREM_CHART_EDGE;
    const char *clean = figure->title == NULL ? "" : frem_letters_clean(scene->arena, figure->title);
    const bool fits = clean != NULL && frem_letters_width(clean, FREM_SIZE_TITLE, true) <= width;
    const double size = fits ? FREM_SIZE_TITLE : FREM_SIZE_TITLE_SMALL;
    scene->failed = clean == NULL;
    scene->title = frem_draw_label(d, clean, size, true, width);
    scene->description = frem_draw_label(d, figure->subtitle, FREM_SIZE_SUBTITLE, false, width);
    frem_scene_text(scene, (frem_words){FREM_CHART_EDGE, TITLE_Y, FREM_ANCHOR_LEFT, size, true,
                                        FREM_COLOUR_INK, scene->title});
    frem_scene_text(scene, (frem_words){FREM_CHART_EDGE, SUBTITLE_Y, FREM_ANCHOR_LEFT, FREM_SIZE_SUBTITLE,
                                        false, FREM_COLOUR_MUTED, scene->description});
    const double source = draw_source(d);
    d->body = (frem_box){FREM_CHART_EDGE, BODY_TOP, scene->width - FREM_CHART_EDGE,
                         scene->height - source - SOURCE_GAP};
}

frem_status frem_draw(const frem_figure *figure, frem_scene *scene) {
    frem_drawing d = {.figure = figure, .scene = scene};
    static const char *const languages[FREM_LANG_COUNT] = {[FREM_EN] = "en", [FREM_DA] = "da"};
    scene->language = languages[figure->lang];
    scene->width = FREM_CHART_WIDTH;
    scene->height = height_of(figure);
    draw_frame(&d);
    if (!scene->failed) {
        switch (figure->kind) {
        case FREM_FIGURE_LINES:
            frem_draw_lines(&d);
            break;
        case FREM_FIGURE_COLUMNS:
            frem_draw_columns(&d);
            break;
        case FREM_FIGURE_BARS:
            frem_draw_bars(&d);
            break;
        case FREM_FIGURE_HEAT:
            frem_draw_heat(&d);
            break;
        case FREM_FIGURE_PYRAMID:
        default:
            frem_draw_pyramid(&d);
            break;
        }
    }
    return scene->failed ? FREM_NO_MEMORY : FREM_OK;
}
