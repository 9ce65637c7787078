/** @file
 *  The writers of charts.
 */
#ifndef FREM_OUTPUT_CHARTS_CHARTS_H
#define FREM_OUTPUT_CHARTS_CHARTS_H

#include "frame/figure.h"
#include "output/charts/picture.h"
#include "output/write.h"

#define FREM_CHARTS_FOLDER "charts/"

/** As frem_writer's write(): every chart of the document as charts/NAME.svg, .pdf or .png. A document with nothing to draw
 *  is a warning; PDF and PNG without librsvg, FREM_MISSING_PART. */
FREM_MUST_CHECK frem_status frem_write_svg(const frem_document *document, const frem_write_options *options,
                                           frem_stage *stage, frem_diags *diags);
FREM_MUST_CHECK frem_status frem_write_pdf(const frem_document *document, const frem_write_options *options,
                                           frem_stage *stage, frem_diags *diags);
FREM_MUST_CHECK frem_status frem_write_png(const frem_document *document, const frem_write_options *options,
                                           frem_stage *stage, frem_diags *diags);

/** Writes one figure, also one that is no scenario's own, such as a tornado, as charts/NAME.EXT.
 *  @param pictures opened for the format; NULL for SVG. */
FREM_MUST_CHECK frem_status frem_write_figure(const frem_figure *figure, frem_chart_format format,
                                              frem_pictures *pictures, frem_stage *stage, frem_diags *diags);

#endif
