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

enum { FREM_FIGURE_QUANTILES = 5 };
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
 *  @param told place of the scenario itself in the document, not of a variant. @param taken names of files that are in
 *  use; theirs are added. @param arena that the figures are borrowed from; it and data must outlive them. */
FREM_MUST_CHECK frem_status frem_figures_add(frem_figures *figures, const frem_figure_data *data, size_t told,
                                             frem_lang lang, frem_index *taken, frem_arena *arena);
/** Adds the figures of a comparison: compared-supply-P and compared-demand-P where they differ, compared-gap-P and
 *  difference-gap-P. Parameters as frem_figures_add(). */
FREM_MUST_CHECK frem_status frem_figures_compare(frem_figures *figures, const frem_figure_data *data,
                                                 frem_lang lang, frem_index *taken, frem_arena *arena);

/* --- inside the room --- */

/** What axes count: the units of subtitles. */
extern const frem_label frem_figure_fte, frem_figure_gap;

/** A scenario on its way to figures. Failure is sticky in `status`. */
typedef struct frem_maker {
    frem_figures *figures;
    const frem_document *document;
    const frem_told *told;
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

/** The scenario's series of a measure. @return Borrowed, over the years of data->shown; NULL where there is none. */
const double *frem_maker_series(const frem_maker *m, const char *region, const char *profession,
                                frem_measure_id measure);
/** The label of a key. @return Borrowed; never NULL. */
const char *frem_maker_label(const frem_maker *m, const char *column, const char *key);
/** What the gaps that are shown are counted from: sentences, NULL where there are none. @return Borrowed. */
const char *frem_maker_first_gaps(frem_maker *m);
/** The source line under the figures: the scenario's title, or those of all that a comparison has, and their data. */
const char *frem_maker_source(frem_maker *m);
/** printf into the arena. @return Borrowed; "" after a failure. */
const char *frem_maker_print(frem_maker *m, const char *format, ...) __attribute__((format(printf, 2, 3)));
/** Zeroed memory from the arena. @return NULL after a failure. */
void *frem_maker_alloc(frem_maker *m, size_t count, size_t size);
/** "Full-time equivalents, Syddanmark, 2018–2040". @param what may be NULL, as may region. */
const char *frem_maker_subtitle(frem_maker *m, const char *what, const char *region,
                                const frem_figure *years);
/** Adds a figure under a name made of its parts; fills in name, source and language. @param last may be NULL. */
void frem_maker_add(frem_maker *m, frem_figure *figure, const char *kind, const char *first,
                    const char *last);
/** The same for a figure that shows gaps or coverage: what they are counted from stands before the source. */
void frem_maker_add_gap(frem_maker *m, frem_figure *figure, const char *kind, const char *first,
                        const char *last);
/** Adds figures of lines around zero or a level of their own, as many lines in one as have room for their names.
 *  @param lines their values are over the years of data->shown. @param like title and scale. @param unit begins the subtitle. */
void frem_maker_lines(frem_maker *m, const frem_figure_line *lines, size_t n, const frem_figure *like,
                      const char *unit, const char *kind, const char *key);
/** Narrows a figure's years to those in which any of the series has a value, and moves the series there. */
void frem_maker_trim(const frem_maker *m, frem_figure *figure, const double **series, size_t n);

void frem_figure_heats(frem_maker *m, const char *key);
void frem_figure_groups(frem_maker *m, const char *key);
void frem_figure_pyramid_of(frem_maker *m, const char *key);

#endif
