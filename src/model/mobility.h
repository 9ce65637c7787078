/** @file
 *  Immigration, returners, moves between regions and commuting.
 */
#ifndef FREM_MODEL_MOBILITY_H
#define FREM_MODEL_MOBILITY_H

#include "model/lane.h"

/** Reads the tables of moves and commuting; what is wrong with them, the model keeps. */
void frem_model_mobility(frem_model *model);
/** Immigration, returners, moves and commuting of a profession. */
void frem_batch_mobility(frem_batch *batch, const frem_profession *profession, frem_core_profession *out);
/** Those who joined a profession lately, where they leave otherwise than others. */
void frem_batch_recent(frem_batch *batch, const frem_profession *profession, frem_core_profession *out);

#endif
