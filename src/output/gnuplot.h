/** @file
 *  Scenes on paper: one gnuplot process renders scene after scene as SVG, PDF or PNG.
 *
 *  gnuplot is found on PATH and started without a shell, without anybody's settings and with an environment of its own. It
 *  draws into memory, so that a full disk is met by our own files, where it is noticed.
 */
#ifndef FREM_OUTPUT_GNUPLOT_H
#define FREM_OUTPUT_GNUPLOT_H

#include "base/text.h"
#include "fremskriv/diag.h"
#include "output/scene.h"

/** A format of charts. */
typedef enum frem_chart_format { FREM_CHART_SVG, FREM_CHART_PDF, FREM_CHART_PNG } frem_chart_format;
#define FREM_CHART_FORMATS 3
/** Its name, which is the files' ending too. @return Borrowed, static. */
const char *frem_chart_format_name(frem_chart_format format);

typedef struct frem_gnuplot frem_gnuplot;

/** Starts gnuplot. @param[out] out Owned by the caller.
 *  @return FREM_MISSING_PART with a diagnostic where it is not installed or can't be started. */
FREM_MUST_CHECK frem_status frem_gnuplot_open(frem_gnuplot **out, frem_diags *diags);
/** Ends gnuplot, whatever it is doing. NULL is fine. */
void frem_gnuplot_close(frem_gnuplot *gnuplot);
/** Renders one scene: the same bytes for the same scene.
 *  @param name of the chart, for the diagnostic. @param[out] out the file's bytes are added; zero-initialised.
 *  @return FREM_MISSING_PART with gnuplot's own words where it fails. */
FREM_MUST_CHECK frem_status frem_gnuplot_render(frem_gnuplot *gnuplot, const frem_scene *scene,
                                                frem_chart_format format, const char *name, frem_text *out,
                                                frem_diags *diags);

/* --- inside the room --- */

/** The commands that draw a scene into the file that gnuplot has open as descriptor FREM_GNUPLOT_FILE, and then
 *  print FREM_GNUPLOT_MARK. */
void frem_gnuplot_script(frem_text *out, const frem_scene *scene, frem_chart_format format);
#define FREM_GNUPLOT_FILE 3
#define FREM_GNUPLOT_MARK "fremskriv: drawn"

/** gnuplot's SVG without what names its version or repeats itself, and with the scene's title. Lines of another form
 *  than gnuplot 5.4 writes stay as they are. */
void frem_svg_tidy(frem_text *out, const char *svg, size_t n, const frem_scene *scene);
/** Blanks out the dates of a PDF in place: everything keeps its offset. */
void frem_pdf_undate(char *pdf, size_t n);

#endif
