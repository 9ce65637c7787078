/** @file
 *  A scene as SVG.
 */
#ifndef FREM_OUTPUT_CHARTS_SVG_H
#define FREM_OUTPUT_CHARTS_SVG_H

#include "base/text.h"
#include "output/charts/scene.h"

/** The family that texts are measured and drawn in. */
#define FREM_FONT "DejaVu Sans"

/** Adds the scene as an SVG document: the same bytes for the same scene, well-formed whatever the texts are.
 *
 *  Its title and description come first. Shapes that show a series are in a `<g class="series">` whose `<title>` is the
 *  series' name; shapes and texts of one style that follow each other are in a `<g>` that has the style.
 *  @param[out] out zero-initialised; its `failed` is set when out of memory. */
void frem_svg(frem_text *out, const frem_scene *scene);

#endif
