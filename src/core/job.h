/** @file
 *  Inside the core: a projection under way, its lists, and the memory of the blocks of lanes that are worked at the
 *  same time.
 */
#ifndef FREM_CORE_JOB_H
#define FREM_CORE_JOB_H

#include "core/kernel.h"

typedef struct frem_core_job {
    frem_arena *arena;  /**< owns all lists; freed with the job */
    frem_status status; /**< the first failure of making them */
    const frem_core_inputs *in;
    frem_core_results *out;
    frem_kernel kernel;
    size_t width;               /**< lanes of a block */
    size_t blocks;              /**< of lanes */
    size_t works;               /**< blocks worked at the same time */
    size_t workers;             /**< threads that share a block */
    frem_pool *inner;           /**< for the parts of a block */
    frem_core_work *work;       /**< [works] */
    size_t *heads, *next;       /**< frem_core_work */
    size_t *order;              /**< frem_core_work */
    bool *members;              /**< frem_core_work */
    bool *unscalable;           /**< [block][profession][region] */
    size_t *together;           /**< professions whose regions are stepped together, ascending */
    size_t n_together;          /**< how many */
    bool by_region;             /**< frem_core_work */
    bool moves;                 /**< some people move between regions */
    bool responds;              /**< unemployment answers the year before, anywhere */
    bool fills;                 /**< posts go to professions without a stock, anywhere */
    frem_core_cohorts *spans;   /**< [upgrade] ages of entrants; taken is not set */
    frem_core_stream *streams;  /**< [works][programme] */
    frem_core_people *people;   /**< [works][profession] */
    frem_core_cohorts *cohorts; /**< [works][upgrade] */
    frem_core_scratch *scratch; /**< [works][workers] */
    size_t *pivots;             /**< [works][workers][region] */
} frem_core_job;

/** Whether a profession's factors are found for all regions at once. */
static inline bool frem_core_job_scales(const frem_core_job *job, size_t profession) {
    return job->in->base_mode == FREM_BASE_SCALE && frem_core_commutes(&job->in->professions[profession]);
}

/** Gives every region of the inputs a place in the results. */
void frem_core_results_open(frem_core_results *results, const frem_core_inputs *inputs);
/** Leaves the regions that are reported. */
void frem_core_results_close(frem_core_results *results, const frem_core_inputs *inputs);

/** Lists and memory. in, out, width, blocks, works and workers are set. The caller calls frem_core_job_end(), also
 *  after a failure. */
FREM_MUST_CHECK frem_status frem_core_job_begin(frem_core_job *job);
/** Frees what frem_core_job_begin() made. */
void frem_core_job_end(frem_core_job *job);

#endif
