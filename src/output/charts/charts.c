#include "output/charts/charts.h"

#include <stdlib.h>

#include "base/file_name.h"
#include "base/problem.h"
#include "frame/answer.h"
#include "output/charts/draw.h"
#include "output/charts/figures.h"

frem_status frem_write_figure(const frem_figure *figure, frem_chart_format format, frem_pictures *pictures,
                              frem_stage *stage, frem_diags *diags) {
    frem_scene scene = {0};
    frem_text bytes = {0}, name = {0};
    frem_sink *sink = NULL;
    frem_status status = frem_arena_new(&scene.arena);
    if (status == FREM_OK)
        status = frem_draw(figure, &scene);
    if (status == FREM_OK)
        status = frem_picture(pictures, &scene, figure->name, &bytes, diags);
    frem_text_print(&name, FREM_CHARTS_FOLDER "%s.%s", figure->name, frem_chart_format_name(format));
    if (status == FREM_OK && name.failed)
        status = FREM_NO_MEMORY;
    if (status == FREM_OK)
        status = frem_stage_file(stage, name.bytes, &sink);
    if (status == FREM_OK) {
        frem_sink_write(sink, bytes.bytes, bytes.length);
        status = frem_stage_close_file(stage, sink);
    }
    frem_text_free(&name);
    frem_text_free(&bytes);
    frem_scene_free(&scene);
    frem_arena_free(scene.arena);
    return status;
}

/** What the charts of one command share. */
typedef struct charts {
    frem_figure_data data;
    frem_lang lang;
    frem_chart_format format;
    frem_pictures *pictures; /**< opened by the first chart; NULL for SVG */
    frem_index *taken;
    frem_stage *stage;
    frem_diags *diags;
    size_t n;
} charts;

/** The charts of one scenario, or of a comparison of all; the figures are gone before others are made. */
static frem_status write_some(charts *c, const size_t *run) {
    frem_figures figures = {0};
    frem_arena *arena = NULL;
    frem_status status = frem_arena_new(&arena);
    if (status == FREM_OK)
        status = run != NULL ? frem_figures_add(&figures, &c->data, *run, c->lang, c->taken, arena)
                             : frem_figures_compare(&figures, &c->data, c->lang, c->taken, arena);
    if (status == FREM_OK && figures.n > 0 && c->n == 0)
        status = frem_pictures_open(&c->pictures, c->format, c->diags);
    for (size_t i = 0; i < figures.n && status == FREM_OK; i++) {
        status = frem_write_figure(&figures.items[i], c->format, c->pictures, c->stage, c->diags);
        c->n++;
    }
    free(figures.items);
    frem_arena_free(arena);
    return status;
}

/** The figures of an answer, whose names no chart before it may have. */
static frem_status write_answer(charts *c, const frem_answer *answer) {
    frem_status status = FREM_OK;
    if (answer->n_figures > 0 && c->n == 0)
        status = frem_pictures_open(&c->pictures, c->format, c->diags);
    for (size_t i = 0; i < answer->n_figures && status == FREM_OK; i++) {
        frem_figure figure = answer->figures[c->lang][i];
        status = frem_safe_name(c->taken, figure.name, &figure.name);
        if (status == FREM_OK)
            status = frem_write_figure(&figure, c->format, c->pictures, c->stage, c->diags);
        c->n++;
    }
    return status;
}

/** The charts of the projections. */
static frem_status write_projections(charts *c, const frem_document *document) {
    const bool compares = document->kind == FREM_TABLE_COMPARISON;
    frem_status status = frem_figure_data_open(&c->data, document);
    if (status == FREM_OK && compares)
        status = write_some(c, NULL);
    for (size_t i = 0; i < document->n_scenarios && !compares && status == FREM_OK; i++) {
        if (frem_document_first(document, i))
            status = write_some(c, &i);
    }
    frem_figure_data_close(&c->data);
    return status;
}

static frem_status write_charts(const frem_document *document, const frem_write_options *options,
                                frem_chart_format format, frem_stage *stage, frem_diags *diags) {
    charts c = {.lang = options->lang, .format = format, .stage = stage, .diags = diags};
    frem_status status = frem_index_new(&c.taken);
    if (status == FREM_OK && document->kind != FREM_TABLE_ANSWER)
        status = write_projections(&c, document);
    if (status == FREM_OK && document->answer != NULL)
        status = write_answer(&c, document->answer);
    if (status == FREM_OK && c.n == 0)
        status = FREM_PROBLEM(diags, FREM_NOWHERE, NO_CHARTS, "");
    frem_pictures_close(c.pictures);
    frem_index_free(c.taken);
    return status;
}

frem_status frem_write_svg(const frem_document *document, const frem_write_options *options,
                           frem_stage *stage, frem_diags *diags) {
    return write_charts(document, options, FREM_CHART_SVG, stage, diags);
}

frem_status frem_write_pdf(const frem_document *document, const frem_write_options *options,
                           frem_stage *stage, frem_diags *diags) {
    return write_charts(document, options, FREM_CHART_PDF, stage, diags);
}

frem_status frem_write_png(const frem_document *document, const frem_write_options *options,
                           frem_stage *stage, frem_diags *diags) {
    return write_charts(document, options, FREM_CHART_PNG, stage, diags);
}
