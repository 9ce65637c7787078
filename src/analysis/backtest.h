/** @file
 *  Backtests from the inside: observed series, forecasts of them, and how far these are from them. Inside the room only.
 */
#ifndef FREM_ANALYSIS_BACKTEST_H
#define FREM_ANALYSIS_BACKTEST_H

#include "analysis/answer.h"
#include "analysis/observed.h"
#include "fremskriv/backtest.h"

/** What was observed of one number over years. */
typedef struct frem_observed_series {
    frem_address address;   /**< its years are those of the first observation */
    const double *observed; /**< by year from the backtest's first; NaN where nothing was */
    bool levels;            /**< whether anything was; else it is there for its changes */
} frem_observed_series;

/** By how much a number changed, where that was observed: in `first_year` to `last_year` of the address. */
typedef struct frem_observed_change {
    frem_address address;
    size_t series; /**< of the number that changed */
    double value;
} frem_observed_change;

/** What was projected of all series, from one year. */
typedef struct frem_forecast {
    const char *scenario, *variant;
    const char *label; /**< of the variant, in figures; NULL for the scenario itself */
    int from;
    const double *projected; /**< [series][year] as observed; NaN where there is nothing */
    const double
        *begin; /**< [series] what is projected for the year `from` itself; NaN where there is nothing */
} frem_forecast;

/** A backtest on the way. */
typedef struct frem_backtest_work {
    frem_results *results;
    frem_arena *arena;
    const frem_model *model; /**< whose `observed` it is */
    int first_year;          /**< the first one that is observed or projected from */
    size_t n_years;          /**< up to the last one that is observed */
    frem_observed_series *series;
    size_t n_series;
    frem_observed_change *changes;
    size_t n_changes;
    const frem_observation *observed; /**< all of it */
    const size_t *series_of;          /**< [observed] the series that it is of */
    size_t n_observed;
    const char *
        later; /**< tables of which rows after the year `later_than` were read, as was said last; NULL: not yet */
    int later_than;
    bool several; /**< whether there may be several scenarios or variants, whose names people read then */
    frem_forecast *forecasts;
    size_t n_forecasts, capacity;
    size_t rows, summary, known; /**< numbers of the tables backtest, backtest_summary, backtest_known */
    frem_diags *diags;
} frem_backtest_work;

/** What was observed: series of years, and changes of their numbers.
 *  @param from years that are projected from. @return FREM_USAGE, with a problem, where nothing was. */
FREM_MUST_CHECK frem_status frem_backtest_series(frem_backtest_work *b, const int *from, size_t n_from);
/** Adds a forecast of which nothing is known yet. @param[out] projected to fill; so is *begin. */
FREM_MUST_CHECK frem_status frem_backtest_add(frem_backtest_work *b, const frem_forecast *forecast,
                                              double **projected, double **begin);
/** Adds what a run wrote into a folder, for each scenario and variant in it. */
FREM_MUST_CHECK frem_status frem_backtest_folder(frem_backtest_work *b, frem_sources *sources,
                                                 const char *folder);
/** Adds the tables backtest and backtest_summary, without rows. */
FREM_MUST_CHECK frem_status frem_backtest_tables(frem_backtest_work *b);
/** Fills the tables backtest and backtest_summary, and says what is to be said of them. */
FREM_MUST_CHECK frem_status frem_backtest_judge(frem_backtest_work *b);
/** A figure for each series: what was observed, and what was projected from each year. */
FREM_MUST_CHECK frem_status frem_backtest_draw(frem_backtest_work *b);

/** The naive forecasts of a series for a year: its last known value, and that carried on by the change between the last two
 *  known ones. Known is what was observed up to the year that is projected from; where nothing was, what is projected for it.
 *  @param s number of the series. @param[out] trend NaN where fewer than two values were known. */
void frem_backtest_naive(const frem_backtest_work *b, const frem_forecast *forecast, size_t s, int year,
                         double *no_change, double *trend);
/** What an error is scaled by: the mean absolute change a year between what was observed up to a year. NaN where fewer than two
 *  values were. */
double frem_backtest_scale(const frem_backtest_work *b, const frem_observed_series *series, int from);

#endif
