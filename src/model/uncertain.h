/** @file
 *  What a scenario does not know, compiled: from numbers in (0, 1) to changes of its parameters.
 */
#ifndef FREM_MODEL_UNCERTAIN_H
#define FREM_MODEL_UNCERTAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/model.h"
#include "numeric/distribution.h"

/** One uncertainty. */
typedef struct frem_random {
    const frem_uncertain *given;
    frem_distribution distribution; /**< ready; cut where it would leave the range of a parameter */
    frem_change_kind kind;
    size_t *parameters;
    size_t n_parameters;
    int first_year;   /**< of the changes; 0 where they change parameters as a whole */
    size_t numbers;   /**< of a draw: 1, or as many as there are years or ages */
    size_t dimension; /**< place of the first of them among all numbers of a draw */
    uint64_t address; /**< of its draws */
    double correlation;
    bool correlates; /**< by a group or with the number before */
    double least,
        most; /**< the sum or product of steps of a walk is cut to these; infinite where no range ends */
    double
        cut; /**< share of the distribution, or of the walk's last year, that was cut because it lay outside */
} frem_random;

/** Uncertainties that are correlated number by number. */
typedef struct frem_random_group {
    size_t *members; /**< places among the unknown */
    size_t n;
    double *factor; /**< [n][n], frem_cholesky() */
} frem_random_group;

/** All of a scenario. */
struct frem_randoms {
    frem_random *items;
    size_t n;
    frem_random_group *groups;
    size_t n_groups;
    size_t numbers;   /**< of a draw, all together */
    size_t n_changes; /**< of a draw */
};
typedef struct frem_randoms frem_randoms;

/** Compiles what the scenario of a model says under `uncertain` and `correlated`; a distribution that leaves the range of its
 *  parameter by more than FREM_RANDOM_OUTSIDE is a problem unless it says that it is to be cut.
 *  @param[out] out Owned by the model's arena. */
FREM_MUST_CHECK frem_status frem_randoms_new(const frem_model *model, frem_arena *arena, frem_diags *diags,
                                             frem_randoms **out);
/** The share of draws outside its range up to which a distribution is cut there without being asked to. */
#define FREM_RANDOM_OUTSIDE 1e-3

/** Makes the numbers of a draw of independent ones in (0, 1). @param[in,out] numbers [numbers]. @param scratch [numbers]. */
void frem_randoms_draw(const frem_randoms *randoms, double *numbers, double *scratch);
/** The changes that a draw makes. @param numbers of frem_randoms_draw(); the changes borrow them.
 *  @param[out] changes [n_changes] */
void frem_randoms_changes(const frem_randoms *randoms, const double *numbers, size_t lane,
                          frem_change *changes);
/** The numbers of one uncertainty where each is as large as in a share of all draws: the quantile of each year's or age's own
 *  distribution, without regard to groups. Exact but for walks whose steps are neither normal and added nor lognormal and
 *  multiplied: their sums, or the logarithms of their products, are taken as normal.
 *  @param share 0 < share < 1. @param[out] numbers [random->numbers] */
void frem_random_at(const frem_random *random, double share, double *numbers);
/** The same change for one uncertainty: as many changes as it has parameters. @param numbers of frem_random_at(), borrowed. */
void frem_random_changes(const frem_random *random, const double *numbers, size_t lane, frem_change *changes);

/** What a change may be so that every number that it changes stays in the parameter's range.
 *  @param first_year as in frem_change. @param[in,out] least,most are narrowed. */
void frem_change_range(const frem_model *model, frem_change_kind kind, size_t parameter, int first_year,
                       double *least, double *most);

#endif
