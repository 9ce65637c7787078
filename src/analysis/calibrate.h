/** @file
 *  Calibration from the inside: what is sought, what was seen, and what is said of both.
 */
#ifndef FREM_ANALYSIS_CALIBRATE_H
#define FREM_ANALYSIS_CALIBRATE_H

#include "analysis/answer.h"
#include "analysis/observed.h"
#include "base/pool.h"
#include "core/core.h"
#include "fremskriv/calibrate.h"
#include "numeric/fit.h"

/** A value that is unknown. */
typedef struct frem_sought {
    const frem_value *value; /**< of the first model that has it */
    const char *path;
    size_t model; /**< that one */
    size_t
        *places; /**< [model] its place among the parameters; SIZE_MAX where a variant gives it otherwise */
    double at, se, low, high; /**< se is NaN where there is none */
    bool open_low, open_high; /**< whether the interval ends at a bound */
    bool moves;               /**< whether anything observed moves with it, from one bound to the other */
    const char *status;       /**< as calibration.csv has it */
} frem_sought;

/** An observation that is fitted. */
typedef struct frem_seen {
    const frem_observation *as;
    size_t model;
    size_t place;  /**< among the addresses of the model */
    double fitted; /**< the result at the fit */
} frem_seen;

/** A result over years of which several were observed. */
typedef struct frem_seen_curve {
    const frem_seen *seen;         /**< the first of them */
    double *fitted;                /**< [step] of the model; NaN where it has none */
    double *observed, *low, *high; /**< [step] with the tolerance around it; NaN where nothing was observed */
} frem_seen_curve;

/** The addresses of a model. */
typedef struct frem_seen_addresses {
    frem_address *items;
    size_t n;
} frem_seen_addresses;

/** A calibration under way, and what it found. */
typedef struct frem_calibration {
    frem_arena *arena;
    const frem_model *const *models;
    size_t n_models;
    frem_sought *sought;
    size_t n_sought;
    frem_seen *seen;
    size_t n_seen;
    size_t
        outside_before; /**< observations that least squares left outside their tolerance, and that are inside now */
    size_t left_out;                /**< observations of years that the scenario does not have */
    frem_seen_addresses *addresses; /**< [model] */
    frem_seen_curve *curves;
    size_t n_curves;
    frem_pool *pool;
    frem_isa isa;
    const frem_progress *progress;
    uint64_t done; /**< projections so far */
    frem_diags *diags;
    double *min, *max; /**< [sought] */
    frem_fit fit;
    frem_fit_end *ends; /**< the best first */
    size_t n_ends;
    frem_fit_spread spread;
} frem_calibration;

/** --- inside the room --- */

/** The value that a model has of what is sought. */
static inline const frem_value *frem_sought_value(const frem_calibration *c, const frem_sought *sought,
                                                  size_t model) {
    return c->models[model]->scenario->parameters.items[sought->places[model]];
}
/** Makes the answer: tables, sentences, figure and calibrated.yaml. @param[out] out Owned by the caller. */
FREM_MUST_CHECK frem_status frem_calibration_answer(const frem_calibration *c, const frem_sources *sources,
                                                    const frem_run_options *run, frem_results **out);
/** calibrated.yaml: a scenario that extends the resolved one and holds the values. @param out to be freed by the caller. */
FREM_MUST_CHECK frem_status frem_calibration_yaml(const frem_calibration *c, frem_text *out);
/** By how much the squares rise at the ends of an interval of 95 %. */
#define FREM_CALIBRATION_RISE 3.841458820694124

#endif
