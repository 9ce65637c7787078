/** @file
 *  What a mark in a figure means, and a measure in a chart.
 */
#ifndef FREM_FRAME_ROLE_H
#define FREM_FRAME_ROLE_H

#include <stddef.h>

/** What a mark means; the theme gives it its colour. */
typedef enum frem_role {
    FREM_ROLE_INK,
    FREM_ROLE_MUTED, /**< context: there to compare with */
    FREM_ROLE_SUPPLY,
    FREM_ROLE_DEMAND,
    FREM_ROLE_SURPLUS,  /**< more than needed, or a change upwards */
    FREM_ROLE_SHORTAGE, /**< less than needed, or a change downwards */
    FREM_ROLE_TOTAL,
    FREM_ROLE_WIDE,   /**< the wider band of a fan */
    FREM_ROLE_NARROW, /**< the narrower one */
    FREM_ROLE_IN,     /**< five ways in, from FREM_ROLE_IN to FREM_ROLE_IN + 4 */
    FREM_ROLE_IN_LAST = FREM_ROLE_IN + 4,
    FREM_ROLE_OUT, /**< five ways out */
    FREM_ROLE_OUT_LAST = FREM_ROLE_OUT + 4,
    FREM_ROLE_SERIES, /**< the first of FREM_SERIES_ROLES series of equal rank */
    FREM_ROLE_SERIES_LAST = FREM_ROLE_SERIES + 7,
    FREM_ROLE_COUNT
} frem_role;
#define FREM_SERIES_ROLES 8

/** The role of the i-th of several series of equal rank; they repeat after FREM_SERIES_ROLES. */
frem_role frem_role_of_series(size_t i);

#endif
