/** @file
 *  Figures of a document: what its results have to show, in words for people.
 */
#ifndef FREM_OUTPUT_CHARTS_FIGURES_H
#define FREM_OUTPUT_CHARTS_FIGURES_H

#include "base/index.h"
#include "frame/document.h"
#include "frame/figure.h"
#include "frame/projected.h"

/** A growing list of figures; free `items` with free(). */
typedef struct frem_figures {
    frem_figure *items;
    size_t n, capacity;
} frem_figures;

enum { FREM_FIGURE_QUANTILES = FREM_SPREAD_QUANTILES };
/** The series that figures of a document are made of. */
typedef struct frem_figure_data {
    frem_projected shown;                            /**< of the projection itself, else of the medians */
    frem_projected quantiles[FREM_FIGURE_QUANTILES]; /**< p05, p25, p50, p75, p95 */
    bool uncertain;                                  /**< whether the projections have the quantiles */
} frem_figure_data;

/** @param[out] out free with frem_figure_data_close(), on failure too. */
FREM_MUST_CHECK frem_status frem_figure_data_open(frem_figure_data *out, const frem_document *document);
void frem_figure_data_close(frem_figure_data *data);

/** Adds the figures of one scenario of the document, with its variants, as far as the results support them:
 *  supply-demand-P, fan-P, flows-P, pyramid-P, groups-P, coverage-G-P, variants-P for each profession P, gap-by-profession;
 *  with the scenario's name before it where the document has several.
 *  @param run place of the scenario itself in the document, not of a variant. @param taken names of files that are in
 *  use; theirs are added. @param arena that the figures are borrowed from; it and data must outlive them. */
FREM_MUST_CHECK frem_status frem_figures_add(frem_figures *figures, const frem_figure_data *data, size_t run,
                                             frem_lang lang, frem_index *taken, frem_arena *arena);
/** Adds the figures of a comparison: compared-supply-P and compared-demand-P where they differ, compared-gap-P and
 *  difference-gap-P. Parameters as frem_figures_add(). */
FREM_MUST_CHECK frem_status frem_figures_compare(frem_figures *figures, const frem_figure_data *data,
                                                 frem_lang lang, frem_index *taken, frem_arena *arena);

/* --- inside the room --- */

/** A scenario on its way to figures. Failure is sticky in `status`. */
typedef struct frem_maker {
    frem_figures *figures;
    const frem_document *document;
    const frem_run *run;
    frem_lang lang;
    frem_index *taken;
    frem_arena *arena;
    const frem_figure_data *data;
    const char *region; /**< key of the area that is shown: the one group of the scenario, else "all" */
    const char *source;
    const char *
        first_gaps; /**< what gaps are counted from; NULL where the base year is projected as the others are */
    bool compares;  /**< whether all scenarios are shown, not one */
    bool named;     /**< whether names begin with the scenario's */
    frem_status status;
} frem_maker;

#endif
