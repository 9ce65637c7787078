/** @file
 *  Paths of intakes from the inside: what is wanted, how results respond, what is chosen, and what is found.
 */
#ifndef FREM_ANALYSIS_PATH_H
#define FREM_ANALYSIS_PATH_H

#include "analysis/cases.h"
#include "analysis/results.h"
#include "analysis/sweep.h"
#include "fremskriv/path.h"
#include "numeric/mip.h"

enum { FREM_PATH_VARIED_MAX = 8, FREM_PATH_TARGETS_MAX = 8, FREM_PATH_ROWS = 5 };

/** A parameter that has a path. */
typedef struct frem_path_varied {
    frem_varied varied;
    size_t parameter;   /**< its place */
    const char *covers; /**< what its total is of, as the scenario says it; NULL where nothing says it */
    frem_label label;   /**< of the programme; the path where it is of none */
    const char
        *profession;  /**< that the programme leads to; NULL where it is no programme's intake or places */
    double low, high; /**< bounds */
    bool given;       /**< whether the bounds are the command's */
    double before;    /**< its number in the year before the path; NaN where it has none */
    double *now;      /**< [year] its own numbers */
    double *most;     /**< [year] what can begin, as places and applicants allow; INFINITY: no limit */
    double *low_at, *high_at; /**< [year] whole groups: the bounds of a path */
} frem_path_varied;

/** A target, over its years. */
typedef struct frem_path_target {
    frem_address address;
    double wanted;
    frem_label label; /**< for people: "Gap, Care helpers" */
    size_t first;     /**< of its addresses */
    size_t years;
} frem_path_target;

/** What is wanted. */
typedef struct frem_path_wish {
    frem_arena *arena;
    const frem_model *model;
    frem_path_varied varied[FREM_PATH_VARIED_MAX];
    size_t n_varied;
    frem_path_target targets[FREM_PATH_TARGETS_MAX];
    size_t n_targets;
    frem_address *addresses; /**< each target's years */
    double *wanted;          /**< [address] */
    size_t n_addresses;
    double half; /**< of the band's width */
    double step;
    bool step_given;    /**< whether it was asked for, or is 1 */
    double most_change; /**< INFINITY: no limit */
    double together;    /**< INFINITY: no limit */
    int from, until;
    size_t years;
    size_t n; /**< numbers of a path: [varied][year] */
} frem_path_wish;

/** How far results lie outside the band, and how even a path is. */
typedef struct frem_path_score {
    double below, above; /**< summed over the addresses */
    double worst;        /**< the largest miss of one */
    size_t outside;      /**< how many miss */
    double changes;      /**< summed from year to year, the first from the year before */
    double largest;      /**< the largest change, as a share of the number before */
} frem_path_score;

/** A path, what it gives and how good it is. */
typedef struct frem_path_point {
    double *values;  /**< [varied][year] */
    double *results; /**< [address], as projected */
    frem_path_score score;
} frem_path_point;

/** The response around a point. */
typedef struct frem_path_slopes {
    const frem_path_point *around;
    double *slopes; /**< [address][number]: of a result by a number of the path */
} frem_path_slopes;

/** What was chosen by a response, and how sure it is. */
typedef struct frem_path_choice {
    double *values;       /**< [varied][year] */
    double miss;          /**< by the response */
    double least;         /**< no path misses by less, by the response */
    double changes_least; /**< no path that misses as little changes less in all */
    bool any;
} frem_path_choice;

/** What limits one choice. */
typedef struct frem_path_limits {
    double most_change;
    size_t nodes;
    const double *known; /**< a path that keeps the limits; NULL: none known */
    const frem_progress *progress;
} frem_path_limits;

/** What was found. */
typedef struct frem_path_found {
    frem_path_wish *wish;
    frem_path_point as_is; /**< the scenario as it is: its values are its own */
    frem_path_point best;
    double least; /**< no path misses by less: proven where `bent` is false, else by the response around it */
    double changes_least; /**< no path that misses as little changes less in all; where `bent` is false */
    bool bent;            /**< whether results differ from what the response makes of them */
    bool evened;          /**< of a bent one: whether no change of one group in one year makes it better */
    size_t rounds;        /**< how many times the response was taken */
    size_t fixed;         /**< addresses that no path moves */
    int last_year;        /**< of the scenario */
    double later[2 * FREM_PATH_TARGETS_MAX]; /**< [0 as it is, 1 with the path][target] in that year */
    double limits[FREM_PATH_ROWS];           /**< most changes of the trade-off; INFINITY: no limit */
    frem_path_point rows[FREM_PATH_ROWS];    /**< values NULL where no path keeps the limit */
    size_t n_rows;
} frem_path_found;

/** Reads the options. @param[out] wish its arena is given. */
FREM_MUST_CHECK frem_status frem_path_read(frem_path_wish *wish, const frem_path_options *options,
                                           frem_diags *diags);
/** Room for a point. */
FREM_MUST_CHECK frem_status frem_path_point_new(const frem_path_wish *wish, frem_path_point *point);
/** How good a point is, of its values and results. */
void frem_path_judge(const frem_path_wish *wish, frem_path_point *point);
/** How much a point misses the band by. */
double frem_path_miss(const frem_path_score *score);
/** Finds the bounds of the numbers of each year in whole groups.
 *  @return FREM_NO_SOLUTION with a problem where a year has none. */
FREM_MUST_CHECK frem_status frem_path_bound(frem_path_wish *wish, frem_diags *diags);
/** Whether a path keeps every limit. */
bool frem_path_keeps(const frem_path_wish *wish, const double *values);
/** The bounds of a parameter's path in whole groups: its own, what can begin, and what a limit on yearly changes leaves of them.
 *  @param[out] low [year] @param[out] high [year]
 *  @return the first year that has no whole groups; `years` where each has. */
size_t frem_path_bounds(const frem_path_wish *wish, const frem_path_varied *v, double most_change,
                        double *low, double *high);
/** Chooses the path that misses least by a response, and the most even of those.
 *  @param choice its values have room. @return FREM_NO_SOLUTION where no path keeps the limits. */
FREM_MUST_CHECK frem_status frem_path_choose(const frem_path_wish *wish, const frem_path_slopes *slopes,
                                             frem_mip_solver *solver, const frem_path_limits *limits,
                                             frem_path_choice *choice);
/** Searches. @param found in the wish's arena. */
FREM_MUST_CHECK frem_status frem_path_search(frem_path_wish *wish, frem_mip_solver *solver, frem_cases *cases,
                                             frem_path_found *found);
/** Fills an answer: its tables and the scenario, ... */
FREM_MUST_CHECK frem_status frem_path_answer(const frem_path_found *found, frem_results *results);
/** ... its sentences, ... */
FREM_MUST_CHECK frem_status frem_path_say(const frem_path_found *found, frem_results *results);
/** ... and its figures. */
FREM_MUST_CHECK frem_status frem_path_draw(const frem_path_found *found, frem_results *results);

#endif
