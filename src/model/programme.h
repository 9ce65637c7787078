/** @file
 *  What compiling a study programme shares between its files: entry cohorts, intake, entrants.
 */
#ifndef FREM_MODEL_PROGRAMME_H
#define FREM_MODEL_PROGRAMME_H

#include "model/course.h"
#include "model/lane.h"

enum { FREM_STAGES_MAX = 16, FREM_STARTS_MAX = 12, FREM_DELAY_MAX = 10, FREM_LENGTH_MAX = 12 };

/** What the fills of one programme share. */
typedef struct frem_stream {
    const frem_programme *programme;
    size_t profession; /**< whom it leads to */
    int first;         /**< first entry year */
    size_t entries, lags, shifts, stages;
    size_t region;   /**< whose intake, where it is by region: where its people study */
    size_t sexes;    /**< whose outcomes differ; 1 where both fare alike */
    bool regional;   /**< whether entrants, outcomes or who leaves differ by region */
    size_t profiles; /**< of entrants: one for each entry cohort, or 1 for all */
    bool
        leaves; /**< whether those who settle outside are taken from each cohort, and not by where graduates settle */
} frem_stream;

/** An entry cohort: the stages that it meets, and its parts that start and end together. */
typedef struct frem_cohort {
    frem_course_part parts[FREM_STAGES_MAX];
    frem_course courses[FREM_STARTS_MAX + 2];
    size_t n_courses;
} frem_cohort;

/** Which entry cohorts are needed, and how many years after entry some people in any lane still join.
 *  @param[out] what filled, `region` apart. @return false after reporting that it cannot be known. */
bool frem_stream_measure(frem_batch *batch, const frem_programme *programme, frem_stream *what);
/** The entry cohort of a year that frem_stream_measure() found needed, as the people of a region and sex meet it;
 *  without courses where the view fails. */
void frem_cohort_of(frem_view *view, const frem_programme *programme, int year, size_t region, size_t sex,
                    frem_cohort *cohort);
/** Share of the graduates that joins `years` later, 0..FREM_DELAY_MAX. */
double frem_programme_delay(frem_view *view, const frem_programme *programme, int years);
/** The most years that any graduate is delayed. */
int frem_programme_latest(frem_view *view, const frem_programme *programme);

/** A fill: [profile][cell] shares of the entrants by sex and age at entry. Context: a frem_stream. */
void frem_entrants_fill(frem_view *view, const void *context, double *out);
/** The sexes' parts of the entrants. @param[out] parts [entry][sex], those of a cohort sum to 1 */
void frem_entrants_parts(frem_view *view, const frem_stream *what, double *parts);
/** The value of a programme that differs by region of study, or NULL. */
const frem_value *frem_studied_by_region(const frem_batch *batch, const frem_programme *programme);
/** Says how far the shares of a programme with a total of its own are from summing to 1. */
void frem_entrants_warn(frem_batch *batch, const frem_stream *what);

/** Whether dropouts of a programme begin again. */
bool frem_begins_again(const frem_programme *programme);

/** A fill: [entry][lag][stage] share of a cohort that studies at the count date for the first time: what practicum places
 *  that limit the intake are counted for. Context: a frem_stream. */
void frem_studying_fill(frem_view *view, const void *context, double *out);

/** [entry][lag][shift] share of one sex's entrants that completes and joins. @param[out] out zero before */
void frem_joining_fill_sex(frem_view *view, const frem_stream *what, size_t sex, double *out);

/** Says where people study, as far as that is asked, and what of the scenario does not go together.
 *  @param[in,out] what `region` of a total of one region and `leaves` are set. @return false after reporting. */
bool frem_settling_check(frem_batch *batch, frem_stream *what, bool by_region);
/** Where graduates settle: who leaves, and the regions of the others. @param[out] core its part of it */
void frem_settling(frem_batch *batch, const frem_stream *what, bool by_region, frem_core_programme *core);

/** Whether a programme's intake, or what it is made of, is by region. */
bool frem_intake_by_region(const frem_model *model, const frem_programme *programme);
/** Whether what the intake is made of goes together; reports where not. */
bool frem_intake_check(frem_batch *batch, const frem_programme *programme);
/** A fill: [entry] persons who start. Context: a frem_stream. */
void frem_intake_fill(frem_view *view, const void *context, double *out);
/** A fill: [entry] places. Context: a frem_stream. */
void frem_places_fill(frem_view *view, const void *context, double *out);
/** Fills of what becomes of the entrants, with those who begin again. Context: a frem_stream.
 *  [entry][lag][shift] share that joins. */
void frem_joining_fill(frem_view *view, const void *context, double *out);
/** [entry][lag][stage] share that studies at the count date. */
void frem_students_fill(frem_view *view, const void *context, double *out);
/** [entry][lag][stage] share that dropped out since the count date before. */
void frem_dropping_fill(frem_view *view, const void *context, double *out);
/** [entry][lag] share that begins again. */
void frem_again_fill(frem_view *view, const void *context, double *out);

#endif
