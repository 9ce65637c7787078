#include "output/charts/picture.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/part.h"
#include "base/problem.h"
#include "output/charts/svg.h"

/** Points of paper to a pixel of the canvas, of which browsers have 96 to an inch. */
#define POINTS_PER_PIXEL 0.75
/** Pixels of a PNG to one of the canvas. */
#define PNG_SCALE 2.0
/** cairo makes no image that is wider or higher. */
#define PNG_MOST 32767.0

/* What of the libraries' interfaces is used. Their development packages bring a hundred others, so that the few
 * declarations are here; the numbers in the libraries' names change when the interfaces do. */
typedef struct failure { /* GError */
    uint32_t domain;
    int code;
    char *words;
} failure;
typedef struct viewport { /* RsvgRectangle */
    double x, y, width, height;
} viewport;
typedef int (*write_bytes)(void *to, const unsigned char *bytes, unsigned n); /* cairo_write_func_t */
enum {
    CAIRO_OK = 0,
    CAIRO_NO_MEMORY = 1,
    CAIRO_RGB24 = 1,
    CAIRO_FONT_FREETYPE = 1,
    CAIRO_PDF_TITLE = 0,
    CAIRO_PDF_SUBJECT = 2,
    CAIRO_PDF_CREATED = 5
};

/** X(returns, name, parameters) */
#define CALLS(X)                                                                                             \
    X(void *, rsvg_handle_new_from_data, (const char *bytes, size_t n, failure **error))                     \
    X(int, rsvg_handle_render_document, (void *handle, void *cairo, const viewport *, failure **error))      \
    X(void *, cairo_pdf_surface_create_for_stream, (write_bytes, void *to, double width, double height))     \
    X(void, cairo_pdf_surface_set_metadata, (void *surface, int which, const char *text))                    \
    X(void *, cairo_image_surface_create, (int format, int width, int height))                               \
    X(int, cairo_surface_write_to_png_stream, (void *surface, write_bytes, void *to))                        \
    X(void, cairo_surface_finish, (void *surface))                                                           \
    X(int, cairo_surface_status, (void *surface))                                                            \
    X(void, cairo_surface_destroy, (void *surface))                                                          \
    X(void *, cairo_create, (void *surface))                                                                 \
    X(int, cairo_status, (void *cairo))                                                                      \
    X(void, cairo_destroy, (void *cairo))                                                                    \
    X(const char *, cairo_status_to_string, (int status))                                                    \
    X(void *, pango_cairo_font_map_new_for_font_type, (int type))                                            \
    X(void, pango_cairo_font_map_set_default, (void *map))                                                   \
    X(void, pango_fc_font_map_set_config, (void *map, void *config))                                         \
    X(void *, FcConfigCreate, (void))                                                                        \
    X(int, FcConfigParseAndLoadFromMemory, (void *config, const char *text, int complain))                   \
    X(int, FcConfigBuildFonts, (void *config))                                                               \
    X(void, FcConfigDestroy, (void *config))                                                                 \
    X(void *, FcNameParse, (const char *name))                                                               \
    X(void *, FcFontMatch, (void *config, void *pattern, int *result))                                       \
    X(int, FcPatternGetString, (void *pattern, const char *object, int n, const char **text))                \
    X(void, FcPatternDestroy, (void *pattern))                                                               \
    X(void, g_object_unref, (void *object))                                                                  \
    X(void, g_error_free, (failure *))

typedef struct calls {
#define CALL(returns, name, parameters) returns(*name) parameters;
    CALLS(CALL)
#undef CALL
} calls;

static const frem_part_call call_names[] = {
#define CALL(returns, name, parameters) {#name, NULL},
    CALLS(CALL)
#undef CALL
};

struct frem_pictures {
    frem_chart_format format;
    void *library;
    calls call;
    void *fonts; /**< what fontconfig knows */
    void *map;   /**< pango's way to them, while pictures are open that of all that this thread draws */
};

const char *frem_chart_format_name(frem_chart_format format) {
    static const char *const names[FREM_CHART_FORMATS] = {"svg", "pdf", "png"};
    return names[format];
}

/* The system's fonts, and no file of settings: neither the user's nor a machine's choices change a chart. */
static const char font_settings[] = "<fontconfig><dir>/usr/share/fonts</dir><dir>/usr/local/share/fonts</dir>"
                                    "<cachedir>/var/cache/fontconfig</cachedir></fontconfig>";

/** Whether the family that texts are measured in is there. */
static bool has_font(const frem_pictures *p) {
    int result = 0;
    const char *family = NULL;
    void *wanted = p->call.FcNameParse(FREM_FONT);
    void *found = wanted == NULL ? NULL : p->call.FcFontMatch(p->fonts, wanted, &result);
    const bool has = found != NULL && p->call.FcPatternGetString(found, "family", 0, &family) == 0 &&
                     strcmp(family, FREM_FONT) == 0;
    if (found != NULL)
        p->call.FcPatternDestroy(found);
    if (wanted != NULL)
        p->call.FcPatternDestroy(wanted);
    return has;
}

/* As the command line has it. */
static const char *what_needs(frem_chart_format format) {
    return format == FREM_CHART_PDF ? "--format pdf" : "--format png";
}

static frem_status open_fonts(frem_pictures *p, frem_diags *diags) {
    const frem_part font = {
        .what = what_needs(p->format), .library = FREM_FONT, .file = "", .package = "fonts-dejavu-core"};
    p->fonts = p->call.FcConfigCreate();
    if (p->fonts == NULL || !p->call.FcConfigParseAndLoadFromMemory(p->fonts, font_settings, 0) ||
        !p->call.FcConfigBuildFonts(p->fonts))
        return FREM_NO_MEMORY;
    if (!has_font(p))
        return frem_part_refuse(&font, diags);
    p->map = p->call.pango_cairo_font_map_new_for_font_type(CAIRO_FONT_FREETYPE);
    if (p->map == NULL)
        return FREM_NO_MEMORY;
    p->call.pango_fc_font_map_set_config(p->map, p->fonts);
    p->call.pango_cairo_font_map_set_default(p->map);
    return FREM_OK;
}

frem_status frem_pictures_open(frem_pictures **out, frem_chart_format format, frem_diags *diags) {
    /* cairo, pango and fontconfig are found through librsvg, which is made of them */
    const frem_part part = {.what = what_needs(format),
                            .library = "librsvg",
#ifdef FREM_PARTS_DLOPEN /* else the program has no pictures: nothing of the libraries is linked */
                            .file = "librsvg-2.so.2",
#endif
                            .package = "librsvg2-2",
                            .headers = "librsvg2-2",
                            .stays = true};
    *out = NULL;
    if (format == FREM_CHART_SVG)
        return FREM_OK;
    frem_pictures *p = calloc(1, sizeof *p);
    if (p == NULL)
        return FREM_NO_MEMORY;
    p->format = format;
    frem_status status = frem_part_open(&part, call_names, sizeof call_names / sizeof *call_names, &p->call,
                                        &p->library, diags);
    if (status == FREM_OK)
        status = open_fonts(p, diags);
    if (status != FREM_OK) {
        frem_pictures_close(p);
        return status;
    }
    *out = p;
    return FREM_OK;
}

void frem_pictures_close(frem_pictures *pictures) {
    if (pictures == NULL)
        return;
    if (pictures->map != NULL) {
        pictures->call.pango_cairo_font_map_set_default(NULL);
        pictures->call.g_object_unref(pictures->map);
    }
    if (pictures->fonts != NULL)
        pictures->call.FcConfigDestroy(pictures->fonts);
    frem_part_close(pictures->library);
    free(pictures);
}

/** A chart on its way to paper. */
typedef struct picture {
    frem_pictures *with;
    const frem_scene *scene;
    const char *name;
    frem_diags *diags;
} picture;

static frem_status report(const picture *p, const char *words) {
    const frem_status raised = FREM_PROBLEM(p->diags, FREM_NOWHERE, CHART_FAILED, p->name,
                                            frem_chart_format_name(p->with->format), words);
    return raised == FREM_NO_MEMORY ? raised : FREM_MISSING_PART;
}

static frem_status report_code(const picture *p, int code) {
    return code == CAIRO_OK          ? FREM_OK
           : code == CAIRO_NO_MEMORY ? FREM_NO_MEMORY
                                     : report(p, p->with->call.cairo_status_to_string(code));
}

static frem_status report_error(const picture *p, failure *error) {
    const frem_status status = report(p, error != NULL ? error->words : "librsvg");
    if (error != NULL)
        p->with->call.g_error_free(error);
    return status;
}

static int take_bytes(void *to, const unsigned char *bytes, unsigned n) {
    frem_text *out = to;
    frem_text_add_bytes(out, (const char *)bytes, n);
    return out->failed ? CAIRO_NO_MEMORY : CAIRO_OK;
}

/** Draws the SVG over the whole surface. */
static frem_status draw(const picture *p, void *surface, double scale) {
    const calls *call = &p->with->call;
    const viewport all = {0.0, 0.0, scale * p->scene->width, scale * p->scene->height};
    failure *error = NULL;
    frem_text svg = {0};
    frem_svg(&svg, p->scene);
    if (svg.failed) {
        frem_text_free(&svg);
        return FREM_NO_MEMORY;
    }
    frem_status status = FREM_OK;
    void *handle = call->rsvg_handle_new_from_data(svg.bytes, svg.length, &error);
    void *cairo = call->cairo_create(surface);
    if (handle == NULL || !call->rsvg_handle_render_document(handle, cairo, &all, &error))
        status = report_error(p, error);
    else
        status = report_code(p, call->cairo_status(cairo));
    call->cairo_destroy(cairo);
    if (handle != NULL)
        call->g_object_unref(handle);
    frem_text_free(&svg);
    return status;
}

static frem_status draw_pdf(const picture *p, frem_text *out) {
    const calls *call = &p->with->call;
    void *surface = call->cairo_pdf_surface_create_for_stream(
        take_bytes, out, POINTS_PER_PIXEL * p->scene->width, POINTS_PER_PIXEL * p->scene->height);
    frem_status status = report_code(p, call->cairo_surface_status(surface));
    if (status == FREM_OK) {
        call->cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_TITLE, p->scene->title);
        call->cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_SUBJECT, p->scene->description);
        call->cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_CREATED, NULL);
        status = draw(p, surface, POINTS_PER_PIXEL);
    }
    call->cairo_surface_finish(surface);
    if (status == FREM_OK)
        status = report_code(p, call->cairo_surface_status(surface));
    call->cairo_surface_destroy(surface);
    return status;
}

static frem_status draw_png(const picture *p, frem_text *out) {
    const calls *call = &p->with->call;
    const double scale = fmin(PNG_SCALE, PNG_MOST / fmax(p->scene->width, p->scene->height));
    void *surface = call->cairo_image_surface_create(CAIRO_RGB24, (int)(scale * p->scene->width),
                                                     (int)(scale * p->scene->height));
    frem_status status = report_code(p, call->cairo_surface_status(surface));
    if (status == FREM_OK)
        status = draw(p, surface, scale);
    if (status == FREM_OK)
        status = report_code(p, call->cairo_surface_write_to_png_stream(surface, take_bytes, out));
    call->cairo_surface_destroy(surface);
    return status;
}

frem_status frem_picture(frem_pictures *pictures, const frem_scene *scene, const char *name, frem_text *out,
                         frem_diags *diags) {
    const picture p = {pictures, scene, name, diags};
    frem_status status = FREM_OK;
    if (pictures == NULL)
        frem_svg(out, scene);
    else if (pictures->format == FREM_CHART_PDF)
        status = draw_pdf(&p, out);
    else
        status = draw_png(&p, out);
    return status == FREM_OK && out->failed ? FREM_NO_MEMORY : status;
}
