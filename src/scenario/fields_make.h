/** @file
 *  Short forms for writing the field table. Only the files that hold the table include this.
 */
#ifndef FREM_SCENARIO_FIELDS_MAKE_H
#define FREM_SCENARIO_FIELDS_MAKE_H

#include <math.h>

#include "scenario/scenario.h"

#define HELP(english, danish) .help = {{[FREM_EN] = (english), [FREM_DA] = (danish)}}
/** What people call a parameter in charts and sentences. */
#define CALLED(english, danish) .called = {{[FREM_EN] = (english), [FREM_DA] = (danish)}}
#define ANY .min = -HUGE_VAL, .max = HUGE_VAL
#define POSITIVE .min = 0, .max = HUGE_VAL
#define SHARE .unit = "share", .min = 0, .max = 1
#define USUAL(least, most) .usual_min = (least), .usual_max = (most)
#define AT(type, member) .offset = offsetof(type, member)
/* Which regions the totals in a mapping are of. Every kind of mapping around a total has it. */
#define COVERS(type)                                                                                         \
    {                                                                                                        \
        "covers", FREM_T_TEXT, AT(type, covers), .flags = FREM_F_SHAPE,                                      \
                                                 HELP("Which regions the totals here are of: `all` of the "  \
                                                      "regions' table, a group of them, or the scenario's "  \
                                                      "`own`; own when no mapping around says it",           \
                                                      "Hvilke områder totalerne her gælder: `all` i "      \
                                                      "områdetabellen, en gruppe af dem eller scenariets "  \
                                                      "egne, `own`; egne, når intet omkring siger det")      \
    }
/* The sheet of a workbook, beside each key `table`. */
#define SHEET(type)                                                                                          \
    {                                                                                                        \
        "sheet", FREM_T_TEXT, AT(type, sheet), .flags = FREM_F_SHAPE,                                        \
                                               HELP("The sheet, where `table` is a workbook (.xlsx) with "   \
                                                    "several",                                               \
                                                    "Arket, hvor `table` er en projektmappe (.xlsx) med "    \
                                                    "flere")                                                 \
    }
#define KIND_OF(id, label, type, list, scalar, totals)                                                       \
    const frem_kind id = {.name = (label),                                                                   \
                          .size = sizeof(type),                                                              \
                          .fields = (list),                                                                  \
                          .n_fields = sizeof(list) / sizeof((list)[0]),                                      \
                          .shorthand = (scalar),                                                             \
                          .total = (totals)}
#define KIND(id, label, type, list, scalar) KIND_OF(id, label, type, list, scalar, false)

extern const frem_kind frem_kind_immigration, frem_kind_moves, frem_kind_commuting, frem_kind_reform,
    frem_kind_young, frem_kind_hours, frem_kind_user_table, frem_kind_need, frem_kind_floor, frem_kind_budget,
    frem_kind_allocate, frem_kind_old_ages, frem_kind_age_profile, frem_kind_teaching, frem_kind_spending,
    frem_kind_transfer, frem_kind_feedback, frem_kind_uncertain, frem_kind_correlated;
extern const frem_kind frem_kind_practicum, frem_kind_specialisation, frem_kind_observed;
extern const frem_kind frem_kind_split, frem_kind_profession, frem_kind_programme, frem_kind_sector;

#endif
