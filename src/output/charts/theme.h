/** @file
 *  The one theme of all charts: colours that differ also for the colour-blind and in grey, sizes that stay
 *  readable where a chart is as wide as the text of an A4 page.
 */
#ifndef FREM_OUTPUT_CHARTS_THEME_H
#define FREM_OUTPUT_CHARTS_THEME_H

#include <stddef.h>
#include <stdint.h>

#include "frame/figure.h"
#include "output/charts/scene.h"

#define FREM_CHART_WIDTH 900.0
#define FREM_CHART_HEIGHT 520.0
/** Room between the canvas's edge and everything. */
#define FREM_CHART_EDGE 24.0

/* Sizes of text, in pixels. A chart 170 mm wide shows 14 pixels as 7.5 points. */
#define FREM_SIZE_TITLE 20.0
#define FREM_SIZE_TITLE_SMALL 16.0 /**< of one that is too long for the other */
#define FREM_SIZE_SUBTITLE 15.0
#define FREM_SIZE_LABEL 14.0
#define FREM_SIZE_CELL 12.0
#define FREM_SIZE_SOURCE 12.0

#define FREM_LINE_MAIN 2.6
#define FREM_LINE_QUIET 1.4
#define FREM_LINE_GRID 0.8

#define FREM_COLOUR_PAPER 0xffffffu
#define FREM_COLOUR_INK 0x1a1a1au
#define FREM_COLOUR_MUTED 0x5f5f5fu
#define FREM_COLOUR_GRID 0xddddddu
#define FREM_COLOUR_AXIS 0x6b6b6bu
#define FREM_COLOUR_GHOST 0xa8a8a8u

uint32_t frem_theme_colour(frem_role role);
/** How a line of the role is broken up, so that series of equal rank keep apart in grey. */
frem_dash frem_theme_dash(frem_role role);
/** The colour of a cell, `step` classes below (negative) or above the middle; steps from -4 to 4. */
uint32_t frem_theme_diverging(int step);
/** Ink or paper: what reads better on a colour. */
uint32_t frem_theme_text_on(uint32_t colour);
/** Relative luminance, 0 (black) to 1 (white): what of a colour is left in grey. */
double frem_theme_luminance(uint32_t colour);

#endif
