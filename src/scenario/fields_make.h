/** @file
 *  Short forms for writing the field table. Only the files that hold the table include this.
 */
#ifndef FREM_SCENARIO_FIELDS_MAKE_H
#define FREM_SCENARIO_FIELDS_MAKE_H

#include <math.h>

#include "scenario/scenario.h"

#define HELP(english, danish) .help = {{[FREM_EN] = (english), [FREM_DA] = (danish)}}
#define ANY .min = -HUGE_VAL, .max = HUGE_VAL
#define POSITIVE .min = 0, .max = HUGE_VAL
#define SHARE .unit = "share", .min = 0, .max = 1
#define USUAL(least, most) .usual_min = (least), .usual_max = (most)
#define AT(type, member) .offset = offsetof(type, member)
#define KIND(id, label, type, list, scalar)                                                                  \
    const frem_kind id = {.name = (label),                                                                   \
                          .size = sizeof(type),                                                              \
                          .fields = (list),                                                                  \
                          .n_fields = sizeof(list) / sizeof((list)[0]),                                      \
                          .shorthand = (scalar)}

extern const frem_kind frem_kind_immigration, frem_kind_moves, frem_kind_commuting, frem_kind_reform,
    frem_kind_young, frem_kind_hours, frem_kind_user_table, frem_kind_need, frem_kind_floor, frem_kind_budget,
    frem_kind_allocate, frem_kind_old_ages;
extern const frem_kind frem_kind_practicum, frem_kind_specialisation;
extern const frem_kind frem_kind_split, frem_kind_profession, frem_kind_programme, frem_kind_sector;

#endif
