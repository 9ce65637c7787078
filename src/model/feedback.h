/** @file
 *  What answers a shortage: each part off unless a scenario names it. Meaning: docs/model.md, "Feedback".
 */
#ifndef FREM_MODEL_FEEDBACK_H
#define FREM_MODEL_FEEDBACK_H

#include "model/lane.h"

/** What a profession's posts and unemployment do in the year after a shortage. */
void frem_batch_feedback(frem_batch *batch, const frem_profession *profession, frem_core_profession *out);
/** Whether pay moves a profession's participation or employment rate. */
static inline bool frem_pay_given(const frem_profession *profession) {
    return profession->feedback.pay.head.node != NULL;
}
/** The factor on participation that pay of a year makes: (index / index of the base year) ^ elasticity. 1 without pay. */
double frem_view_pay(frem_view *view, const frem_profession *profession, int year);

#endif
