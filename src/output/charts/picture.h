/** @file
 *  Charts as PDF and PNG, made of their SVG by librsvg and cairo, which are opened while charts are written.
 */
#ifndef FREM_OUTPUT_CHARTS_PICTURE_H
#define FREM_OUTPUT_CHARTS_PICTURE_H

#include "base/text.h"
#include "fremskriv/diag.h"
#include "output/charts/scene.h"

/** A format of charts. */
typedef enum frem_chart_format { FREM_CHART_SVG, FREM_CHART_PDF, FREM_CHART_PNG } frem_chart_format;
#define FREM_CHART_FORMATS 3
/** Its name, which is the files' ending too. @return Borrowed, static. */
const char *frem_chart_format_name(frem_chart_format format);

/** The libraries, with the fonts of the system and no settings of the user. */
typedef struct frem_pictures frem_pictures;

/** Opens the libraries for a format; there is nothing to open for SVG.
 *  @param[out] out Owned by the caller: frem_pictures_close(); NULL after a failure, and for SVG.
 *  @return FREM_MISSING_PART with a diagnostic where librsvg or the font is not installed. */
FREM_MUST_CHECK frem_status frem_pictures_open(frem_pictures **out, frem_chart_format format,
                                               frem_diags *diags);
/** NULL is fine. */
void frem_pictures_close(frem_pictures *pictures);

/** Draws one chart: the same bytes for the same scene, without a date.
 *  @param pictures NULL for SVG. @param name of the chart, for the diagnostic.
 *  @param[out] out the file's bytes are added; zero-initialised.
 *  @return FREM_MISSING_PART with a diagnostic that has the library's words where it fails; FREM_NO_MEMORY. */
FREM_MUST_CHECK frem_status frem_picture(frem_pictures *pictures, const frem_scene *scene, const char *name,
                                         frem_text *out, frem_diags *diags);

#endif
