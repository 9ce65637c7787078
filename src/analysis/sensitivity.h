/** @file
 *  What the files of the sensitivity of results share. Inside the room only.
 */
#ifndef FREM_ANALYSIS_SENSITIVITY_H
#define FREM_ANALYSIS_SENSITIVITY_H

#include "analysis/address_list.h"
#include "analysis/movers.h"
#include "analysis/results.h"
#include "base/pool.h"
#include "fremskriv/sensitivity.h"
#include "numeric/sensitivity.h"

typedef enum frem_sensitivity_method {
    FREM_TORNADO,
    FREM_MORRIS,
    FREM_SOBOL,
    FREM_METHODS
} frem_sensitivity_method;
extern const char *const frem_method_names[FREM_METHODS];

/** What is asked. All is borrowed. */
typedef struct frem_asking {
    frem_sensitivity_method method;
    size_t points;
    const frem_sensitivity_options *options;
    const frem_progress *progress;
    frem_pool *pool;
    frem_isa isa;
    frem_arena *arena; /**< lives as long as the results */
    frem_diags *diags;
} frem_asking;

/** Something that is varied: a parameter, what a scenario says of several together, or several that are correlated. */
typedef struct frem_input {
    const char *key;
    frem_label label;
    const frem_mover *mover; /**< with its two ends; NULL for several that are correlated */
} frem_input;

/** What a model's results depend on. */
typedef struct frem_sensitive {
    const frem_model *model;
    const frem_randoms *randoms;
    frem_address_list addresses;
    frem_movers
        movers; /**< one for each that moves something; its base and ends are of the addresses, where the method is a tornado;
                             else its base alone */
    frem_input *inputs;
    size_t n_inputs;
    frem_effects *effects; /**< [address][input]; NULL unless morris */
    frem_indices *indices; /**< [address][input]; NULL unless sobol */
    size_t evaluations;    /**< projections */
} frem_sensitive;

/** The distributions of what is varied by a command. @param[out] out The arena's. @return FREM_USAGE with problems. */
FREM_MUST_CHECK frem_status frem_varied_randoms(const frem_asking *asking, const frem_model *model,
                                                const frem_randoms **out);
/** Looks what the addresses depend on. @param s model, randoms and addresses are set. */
FREM_MUST_CHECK frem_status frem_sensitive_find(frem_sensitive *s, const frem_asking *asking);
/** How much an input matters to an address, by the method: what it is ranked by. */
double frem_sensitive_weight(const frem_sensitive *s, size_t address, size_t input);
/** Whether an input does anything at all to an address, beyond rounding. */
bool frem_sensitive_moves(const frem_sensitive *s, size_t address, size_t input);
/** Whether an index is distinct from 0: the low end of its interval is written as more than 0. */
bool frem_index_is_clear(const frem_estimate *index);
/** Adds tables, words and charts of one model after the other. @param all [model] */
FREM_MUST_CHECK frem_status frem_sensitive_answer(frem_results *results, const frem_asking *asking,
                                                  const frem_sensitive *all, size_t n);

#endif
