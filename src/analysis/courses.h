/** @file
 *  Programmes and upgrades of a lane of a projection, as the tables show them. A course is one of the core's programmes
 *  or, behind them, one of its upgrades.
 */
#ifndef FREM_ANALYSIS_COURSES_H
#define FREM_ANALYSIS_COURSES_H

#include "model/areas.h"
#include "model/lane.h"
#include "model/model.h"

/** Figures of a course: the core's measures, and places. */
enum { FREM_COURSE_PLACES = FREM_COURSE_MEASURES, FREM_COURSE_UNFILLED, FREM_COURSE_KINDS };

/** A projection and what it was made of; both borrowed. */
typedef struct frem_courses {
    const frem_batch *batch;
    const frem_core_results *projection;
    size_t lane;
} frem_courses;

/** How many courses there are. */
static inline size_t frem_courses_count(const frem_courses *c) {
    return c->batch->inputs.n_programmes + c->batch->inputs.n_upgrades;
}
/** The profession that a course leads to. */
size_t frem_course_leads_to(const frem_courses *c, size_t course);
/** [entry] places; off where the scenario has none. */
frem_lanes frem_course_places(const frem_courses *c, size_t course);
/** The step of its first entry cohort; negative before the base year. */
ptrdiff_t frem_course_first(const frem_courses *c, size_t course);
/** What it has of one kind in a step: persons, or places. */
double frem_course_number(const frem_courses *c, size_t course, size_t kind, size_t step);
/** What a course has of one kind in a step, to be divided among the regions: what all of them have is added up once. */
typedef struct frem_course_whole {
    size_t course, kind, step;
    double sum; /**< over the regions of what divides it; unused for a programme of a region's own */
    const frem_area *area; /**< the regions that it may be of */
} frem_course_whole;
frem_course_whole frem_course_divide(const frem_courses *c, size_t course, size_t kind, size_t step);
/** The share of it that is in a region; sums to 1 over the regions. A programme whose intake has no regions is divided as its
 *  graduates of that step settle; people of an upgrade are where they were taken. */
double frem_course_share(const frem_courses *c, const frem_course_whole *whole, size_t region);
/** Share of its graduates (whole->kind) that joins the stock in a region: those who settle outside are left out, and ages at entry
 *  count with the shares that they have. For an upgrade the share of its graduates. */
double frem_course_settled(const frem_courses *c, const frem_course_whole *whole, size_t region);

#endif
