/** @file
 *  Inside the core: the loops over lanes, built once per instruction set, and what they share with the driver
 *  in project.c. A kernel works on one block of lanes: 1, or FREM_LANES from `lane` on.
 */
#ifndef FREM_CORE_KERNEL_H
#define FREM_CORE_KERNEL_H

#include "core/core.h"

/** End of a list of streams. */
#define FREM_CORE_NO_STREAM ((size_t)-1)

/** What one programme sends out, for one block of lanes. */
typedef struct frem_core_stream {
    double *joining; /**< [step][shift][lane] persons who join the stock */
    /** [step][cell][lane] the same by sex and age; NULL for a stream with a region of its own, which is
     *  spread over the cells where it arrives. */
    double *arriving;
    double *beyond; /**< [step][lane] persons who would arrive past the oldest age, where that is not open */
    size_t first_age; /**< ages at entry with any entrant: first_age .. end_age-1; none when equal */
    size_t end_age;
} frem_core_stream;

/** Working memory of one worker. */
typedef struct frem_core_scratch {
    double *stock;    /**< [sex][ages + steps - 1][lane] the sliding window */
    double *arriving; /**< [cell][lane] */
    double *total;    /**< [step][lane] */
} frem_core_scratch;

/** One block of lanes of a projection. */
typedef struct frem_core_work {
    const frem_core_inputs *in;
    frem_core_results *out;
    size_t lane;               /**< first lane of the block */
    frem_core_stream *streams; /**< [programme] */
    /** [profession][1 + region] first programme that arrives there; [0]: by to_region. */
    const size_t *heads;
    const size_t *next;         /**< [programme] the next one of the same list, ascending */
    const bool *members;        /**< [group][region] */
    bool *unscalable;           /**< [profession][region], of this block */
    frem_core_scratch *scratch; /**< [worker] */
} frem_core_work;

/** The loops for one instruction set and one width of block. */
typedef struct frem_kernel {
    /** Intake, students, dropouts and graduates of a programme, and its stream. */
    void (*programme)(const frem_core_work *work, size_t programme);
    /** Users, index and demand of every sector in a region. */
    void (*demand)(const frem_core_work *work, size_t region, const frem_core_scratch *scratch);
    /** One profession in one region through all years; needs the streams. Adds to results->cells where those
     *  are kept: then the regions of a profession come in order, from one thread. */
    void (*stock)(const frem_core_work *work, size_t profession, size_t region,
                  const frem_core_scratch *scratch);
    /** Gap, shortage and recruitment of a profession, and the sums over regions; needs stock and demand. */
    void (*balance)(const frem_core_work *work, size_t profession);
    /** Users of groups of regions; needs demand. */
    void (*users)(const frem_core_work *work);
} frem_kernel;

/** The kernels. @param wide for blocks of FREM_LANES, else of one lane. */
frem_kernel frem_kernel_plain(bool wide);
#if defined(__x86_64__)
frem_kernel frem_kernel_avx2(bool wide);
frem_kernel frem_kernel_avx512(bool wide);
#endif

/** The kernel for an instruction set that frem_isa_here(). */
frem_kernel frem_kernel_for(frem_isa isa, bool wide);

#endif
