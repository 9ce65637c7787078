/** @file
 *  Addresses from the inside.
 */
#ifndef FREM_ANALYSIS_ADDRESS_H
#define FREM_ANALYSIS_ADDRESS_H

#include <stdbool.h>

#include "fremskriv/address.h"

/** Whether two addresses of a model are of one number: all of its one profession is that one. */
bool frem_address_same(const frem_model *model, const frem_address *a, const frem_address *b);

#endif
