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
    double *beyond;  /**< [step][lane] persons who would arrive past the oldest age, where that is not open */
    double *working; /**< [step][lane] students' FTE for each 1 of to_region; written where they work */
    size_t first_age; /**< ages at entry with any entrant: first_age .. end_age-1; none when equal */
    size_t end_age;
} frem_core_stream;

/** The people of a profession whose regions are stepped together, for one block of lanes. A window holds the ages
 *  of a sex: [sex][ages + steps - 1][lane], and slides down by one age a step. */
typedef struct frem_core_people {
    /** [region][window]; NULL: each region goes through all years by itself. With `by_region`: one window, which the regions
     *  have one after the other. */
    double *stock;
    double *pool;   /**< [region][window] those who left for good; NULL: no one returns */
    double *coming; /**< [region][cell][lane] returners of the step, by the age they had before it */
    /** [region][cell][lane] employed per person in the labour force from step 1 on, of the step that is next; NULL: as
     *  given. */
    double *employment;
    double *tightness; /**< [region][lane] how short the profession was in step 0, beside employment */
    double *recent;    /**< [region][layer][window] those who joined lately; NULL: no one is followed */
    double *
        diagonal; /**< [region][lane] those born in one year, where upgrades take them and sums come first; else NULL */
} frem_core_people;

/** The entry cohorts of an upgrade that are alive, for one block of lanes. */
typedef struct frem_core_cohorts {
    /** [entry % lags][region][sex][age of entrants][lane] persons; NULL: off. With `by_region`: those of one region. */
    double *taken;
    size_t first_age; /**< ages with any entrant: first_age .. end_age-1 */
    size_t end_age;
    double *
        shares; /**< [cell][lane] share of the old stock that is taken in a step; with `by_region`: [step][cell][lane] */
    double *available; /**< [cell][lane] persons of the old stock in the regions that people are taken from */
    double *persons;   /**< [region][lane] the same in all cells */
    double *everybody; /**< [lane] and in all regions */
    double *joiners;   /**< [entry][lag][join, come back] 1 where any do, in any region or sex */
    /** With `by_region`: what becomes of one birth year, [entry % lags][region][lane], and the old stock at the last step,
     *  [region][sex][age of entrants][lane]. */
    double *diagonal, *last;
} frem_core_cohorts;

/** Rows of numbers by region in frem_core_scratch. */
enum { FREM_CORE_REGION_ROWS = 8 };

/** Working memory of one worker. */
typedef struct frem_core_scratch {
    double *stock;    /**< one region's window */
    double *pool;     /**< another one, for those who left for good */
    double *recent;   /**< [layer] windows of one region */
    double *coming;   /**< [cell][lane] */
    double *arriving; /**< [cell][lane] */
    double *total;    /**< [step][lane] */
    double *missing;  /**< [step][lane] */
    double *before;   /**< [profession][sector][lane], where posts move between sectors */
    double *regions;  /**< [FREM_CORE_REGION_ROWS][region][lane] */
    double *matrix;   /**< [region][region], where commuting is scaled */
    size_t *pivots;   /**< [region], the same */
    double *doubts;   /**< [lane] above 0 where something makes the lane doubtful; see frem_core_results */
} frem_core_scratch;

/** One block of lanes of a projection. */
typedef struct frem_core_work {
    const frem_core_inputs *in;
    frem_core_results *out;
    size_t lane; /**< first lane of the block */
    /** Whether each region goes through all years with all its professions: what upgrades take of the old stocks is found
     *  before, from the people of one birth year after the other in all regions. */
    bool by_region;
    frem_core_stream *streams;  /**< [programme] */
    frem_core_people *people;   /**< [profession] */
    frem_core_cohorts *cohorts; /**< [upgrade] */
    /** [profession][1 + region] first programme that arrives there; [0]: by to_region. */
    const size_t *heads;
    const size_t *next;         /**< [programme] the next one of the same list, ascending */
    const size_t *order;        /**< [sector] the sectors by priority */
    const bool *members;        /**< [group][region] */
    bool *unscalable;           /**< [profession][region], of this block */
    frem_core_scratch *scratch; /**< [worker] */
} frem_core_work;

/** The loops for one instruction set and one width of block. Step t's people are those after its arrivals. */
typedef struct frem_kernel {
    /** Intake, students, dropouts and graduates of a programme, and its stream. */
    void (*programme)(const frem_core_work *work, size_t programme, const frem_core_scratch *scratch);
    /** The factors on a profession's stock in all regions at once, where people commute. */
    void (*scale)(const frem_core_work *work, size_t profession, const frem_core_scratch *scratch);
    /** Users, index and demand of every sector in a region; needs the streams. */
    void (*demand)(const frem_core_work *work, size_t region, const frem_core_scratch *scratch);
    /** One profession in one region through all years; needs the streams and scale. Adds to results->cells where
     *  those are kept: then the regions of a profession come in order, from one thread. */
    void (*stock)(const frem_core_work *work, size_t profession, size_t region,
                  const frem_core_scratch *scratch);
    /** The years one by one, for people that are stepped together: the stock of step 0; */
    void (*begin)(const frem_core_work *work, size_t profession, size_t region,
                  const frem_core_scratch *scratch);
    /** measures step t and, unless it is the last, takes those who leave and makes the rest a year older (adds to
     *  results->cells as stock does); */
    void (*leave)(const frem_core_work *work, size_t profession, size_t region, size_t t,
                  const frem_core_scratch *scratch);
    /** moves between the regions, before the arrivals of step t; */
    void (*move)(const frem_core_work *work, size_t profession, size_t t, const frem_core_scratch *scratch);
    /** arrivals of step t; */
    void (*arrive)(const frem_core_work *work, size_t profession, size_t region, size_t t,
                   const frem_core_scratch *scratch);
    /** and all upgrades of step t; of step 0: the cohorts taken before. */
    void (*upgrade)(const frem_core_work *work, size_t t, const frem_core_scratch *scratch);
    /** With `by_region`: what upgrades take in each year, before any region begins; */
    void (*foresee)(const frem_core_work *work, const frem_core_scratch *scratch);
    /** one region's upgrades of step t, between its arrivals and leavers; */
    void (*upgrade_region)(const frem_core_work *work, size_t region, size_t t,
                           const frem_core_scratch *scratch);
    /** and the intake that is taken after the last step, when all regions are through. */
    void (*upgrade_after)(const frem_core_work *work);
    /** What step t's shortage does to employment in the next step, for a profession that is stepped together; needs the
     *  demand and step t's people in all regions. */
    void (*respond)(const frem_core_work *work, size_t profession, size_t t,
                    const frem_core_scratch *scratch);
    /** Supply and employed people of a profession to where they work; needs its stock. */
    void (*commute)(const frem_core_work *work, size_t profession, const frem_core_scratch *scratch);
    /** Posts of a region that go to professions without a stock; needs its supply and demand. */
    void (*fill)(const frem_core_work *work, size_t region);
    /** Gap, shortage, recruitment and allocation of a profession in a region; needs commute and fill. */
    void (*weigh)(const frem_core_work *work, size_t profession, size_t region,
                  const frem_core_scratch *scratch);
    /** Adds a region to the sums of its groups and of all; regions come in order. Needs weigh. */
    void (*add)(const frem_core_work *work, size_t region);
    /** The same of all regions: of a profession; */
    void (*sum)(const frem_core_work *work, size_t profession);
    /** and of users, and what staffing ratios are about. */
    void (*users)(const frem_core_work *work);
    /** Looks at the sums, and at the upgrades' people. */
    void (*doubt)(const frem_core_work *work, const frem_core_scratch *scratch);
} frem_kernel;

/** The kernels for blocks of one lane and of FREM_LANES. */
extern const frem_kernel frem_kernel_plain_1, frem_kernel_plain_16;
#if defined(__x86_64__)
extern const frem_kernel frem_kernel_avx2_1, frem_kernel_avx2_16, frem_kernel_avx512_1, frem_kernel_avx512_16;
#endif

/** The kernel for an instruction set that frem_isa_here(). */
frem_kernel frem_kernel_for(frem_isa isa, bool wide);

/** Whether people work elsewhere than where they live, or come from outside. */
static inline bool frem_core_commutes(const frem_core_profession *profession) {
    return profession->commuting.at != NULL || profession->inflow_fte.values.at != NULL ||
           profession->inflow_employed.values.at != NULL;
}

/** Sets results->scale of a profession so that FTE at work are the employment in every region; marks what can't be.
 *  @param lanes of the block. scratch->regions: the FTE of step 0 by region where people live, and lane; the row
 *  behind is used. */
void frem_core_scale(const frem_core_work *work, size_t profession, size_t lanes,
                     const frem_core_scratch *scratch);

#endif
