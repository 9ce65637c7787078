/** @file
 *  The measures of results.csv: what each is called, what it is, how it is shown. Their rows are in measures.def, which
 *  says in analysis/rows.c also what they are made of: a measure without its row does not compile.
 */
#ifndef FREM_FRAME_MEASURES_H
#define FREM_FRAME_MEASURES_H

#include <stdbool.h>
#include <stddef.h>

#include "frame/document.h"
#include "frame/role.h"

/** The measures, in the order of results.csv. */
typedef enum frem_measure_id {
#define FREM_MEASURE(id, ...) FREM_M_##id,
#include "frame/measures.def"
#undef FREM_MEASURE
    FREM_M_COUNT
} frem_measure_id;

/** Flows belong to the step that ends in their year; the base year ends none. Ways in and out are flows of the stock. */
typedef enum frem_measure_kind { FREM_LEVEL, FREM_FLOW, FREM_WAY_IN, FREM_WAY_OUT } frem_measure_kind;

/** Which table of the workbook's sheet of a profession has a measure. */
typedef enum frem_measure_sheet {
    FREM_SHEET_NOWHERE,
    FREM_SHEET_BALANCE,
    FREM_SHEET_CAUSES, /**< ways in and out that have a column of their own */
    FREM_SHEET_FLOWS,  /**< those that are summed there, and have a table of their own */
    FREM_SHEET_PEOPLE,
    FREM_SHEET_WORK
} frem_measure_sheet;

/** A measure. */
typedef struct frem_measure {
    const char *name, *unit;
    frem_label label;
    frem_measure_kind kind;
    frem_measure_sheet sheet;
    int behind; /**< in its table of the workbook a lower number comes first; then ways in, then the order here */
    frem_role
        role; /**< its colour; ways in and out are stacked from zero in the order of their roles; INK: none */
    bool may_be_negative;
    bool has_sign; /**< whether a plus is written before it */
    bool
        nets; /**< would set the surplus of one profession against the shortage of another: not shown of all together */
    bool of_all_alone; /**< shown of all professions together alone */
} frem_measure;
extern const frem_measure frem_measures[FREM_M_COUNT];

/** What a measure means, in a sentence: src/frame/meanings.def. @return Static. */
const char *frem_measure_meaning(frem_measure_id measure, frem_lang lang);
/** A measure by its name. @return Static; NULL for one of none, such as those of practicum. */
const frem_measure *frem_measure_find(const char *name);
/** Whether a difference of two values of a measure can be given in per cent of one of them: not of what may be negative,
 *  as a gap, where it would have the wrong sign, nor of ratios, whose difference is one in points. An unknown name is
 *  taken for a measure that can. */
bool frem_measure_has_percent(const char *name);
/** Whether it would set the surplus of one profession against the shortage of another, and so is not shown of all. */
bool frem_measure_nets(const char *name);
/** Whether it adds to the stock (1), takes from it (-1), or neither (0). */
int frem_measure_way(const frem_measure *measure);
/** The measures of a table of the workbook, as they come there. @param[out] out room for FREM_M_COUNT. @return how many. */
size_t frem_measures_on_sheet(frem_measure_sheet sheet, frem_measure_id *out);
/** The ways in and out of the stock, as they are stacked from zero. @param[out] out room for FREM_M_COUNT. @return how many. */
size_t frem_measures_stacked(frem_measure_id *out);

#endif
