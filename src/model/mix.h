/** @file
 *  Mixed worlds: lanes that take some parts of a model as it is and others as they would be in another world of the same
 *  shape, such as one in which nothing moves after a year.
 *
 *  Parts are the model's parameters by their place among them; behind these what is read from tables beside them: the people
 *  that a sector or a programme follows, the ages of a rule by date of birth, tables of moves and of commuting.
 */
#ifndef FREM_MODEL_MIX_H
#define FREM_MODEL_MIX_H

#include "model/lane.h"

/** Kinds of parts that are no parameters, in their order. */
typedef enum frem_part_kind {
    FREM_PART_SECTOR_PEOPLE,    /**< by sector */
    FREM_PART_PROGRAMME_PEOPLE, /**< by programme */
    FREM_PART_REFORM,           /**< by programme: the first entry year of a reform */
    FREM_PART_BIRTHS,           /**< by retirement age */
    FREM_PART_MOVES,            /**< by profession */
    FREM_PART_COMMUTING         /**< by profession */
} frem_part_kind;

enum { FREM_GROUPS_MAX = 64 };
#define FREM_MIX_NONE SIZE_MAX

/** Which parts lanes may take from where. All is borrowed. */
struct frem_mix {
    const frem_series *const
        *series[2]; /**< [off, on][parameter]; the two of a parameter have the same dimensions */
    const size_t *
        group; /**< [part] which group it is in, below FREM_GROUPS_MAX; FREM_MIX_NONE: as it is in every lane */
    size_t held;        /**< the step after which tables that are off stay as they are in it */
    const uint64_t *on; /**< [case] bits of the groups that are on */
};

/** How many parts a model has, parameters and others. */
size_t frem_mix_parts(const frem_model *model);
/** The place of a part that is no parameter. */
size_t frem_mix_part(const frem_model *model, frem_part_kind kind, size_t i);
/** A part's name: the path of a parameter or of what is read; of the people of a sector "population.SECTOR".
 *  @return NULL when out of memory. */
const char *frem_mix_name(const frem_model *model, frem_arena *arena, size_t part);
/** Whether a part differs between the first step after `held` and step `last`, so that holding it changes anything. */
bool frem_mix_moves(const frem_model *model, size_t part, size_t held, size_t last);
/** A parameter's numbers with those of every year after step `held` as they are in it. @return NULL when out of memory. */
const frem_series *frem_mix_held(const frem_model *model, frem_arena *arena, size_t parameter, size_t held);

/** Whether two series of a parameter differ by the same regions, sexes and ages, and by the same years where both do. */
bool frem_mix_alike(const frem_series *a, const frem_series *b);
/** Whether two series that are alike have the same numbers. */
bool frem_mix_same(const frem_series *a, const frem_series *b);
/** A series that is the same in all years, with the years of another that is alike; itself where it has years, or the other
 *  has none. @return NULL when out of memory. */
const frem_series *frem_mix_with_years(frem_arena *arena, const frem_series *series,
                                       const frem_series *other);

/** The year in which a lane looks for a part that is no parameter: another than `year` where it is off and held. */
int frem_view_year(frem_view *view, size_t part, int year);
/** People of an age range in a region and step, as the lane sees them for one who asks.
 *  @param who a sector or programme of the scenario, or anything inside its struct. */
double frem_view_persons(frem_view *view, const void *who, frem_age_range ages, size_t region, size_t step);
/** The whole country's, likewise. */
double frem_view_country(frem_view *view, const void *who, frem_age_range ages, size_t step);
/** The step whose people it sees. */
size_t frem_view_people_step(frem_view *view, const void *who, size_t step);

#endif
