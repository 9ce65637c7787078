/** @file
 *  What the files of this room share: GSL's statuses as ours.
 */
#ifndef FREM_NUMERIC_STATUS_H
#define FREM_NUMERIC_STATUS_H

#include "fremskriv/status.h"

/** GSL_SUCCESS is FREM_OK, GSL_ENOMEM is FREM_NO_MEMORY, GSL_EINVAL and GSL_EDOM (points that GSL can't take)
 * are FREM_INVALID, all else is FREM_DEFECT. */
FREM_MUST_CHECK frem_status frem_numeric_status(int gsl);

#endif
