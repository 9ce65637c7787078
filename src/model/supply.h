/** @file
 *  The stock of each profession.
 */
#ifndef FREM_MODEL_SUPPLY_H
#define FREM_MODEL_SUPPLY_H

#include "model/lane.h"

void frem_batch_supply(frem_batch *batch);
/** The retirement age of people aged `age` (whole) at the count date of `year`, mixed as the scenario says. */
double frem_model_retirement_age(frem_view *view, const frem_retirement *retirement, int age, int year);
/** A rule's own age for one date of birth, in months since year 0. */
double frem_births_age(const frem_births *births, double born);
/** The age under a rule by date of birth of people aged `age` at the count date of `year`; only where the rule is one. */
double frem_births_at(const frem_model *model, size_t rule, int age, int year);
void frem_batch_retirement(frem_batch *batch, const frem_profession *profession, frem_core_profession *out);
/** The rules by date of birth; what is wrong with them, the model keeps. */
void frem_model_births(frem_model *model);

#endif
