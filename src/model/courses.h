/** @file
 *  Study programmes as streams of entrants, and programmes whose entrants come from a stock.
 */
#ifndef FREM_MODEL_COURSES_H
#define FREM_MODEL_COURSES_H

#include "model/lane.h"

void frem_batch_courses(frem_batch *batch);
/** Programmes whose entrants come from a stock; needs nothing compiled before. */
void frem_batch_upgrades(frem_batch *batch);

#endif
