/* What a value says is unknown. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"
#include "scenario/draft.h"
#include "scenario/read.h"

/* The start that is said, or the number that it would be without. */
static void find_start(frem_reader *reader, frem_value *value) {
    frem_unknown *unknown = &value->unknown;
    if (!isnan(unknown->start))
        return;
    if (unknown->as == FREM_UNKNOWN_TIMES)
        unknown->start = 1;
    else if (unknown->as == FREM_UNKNOWN_ADD)
        unknown->start = 0;
    else
        unknown->start = value->number;
    if (isnan(unknown->start))
        frem_reader_missing(reader, unknown->head.path, unknown->head.place, "start", NULL,
                            "the number that the search begins with", "tallet, som søgningen begynder med");
}

/* min < max, start between them, and where they are the number itself all of them in the field's range. */
static void check(frem_reader *reader, const frem_site *site, const frem_value *value) {
    const frem_unknown *unknown = &value->unknown;
    const char *const keys[] = {"min", "max"};
    const double ends[] = {unknown->min, unknown->max};
    char low[32], high[32], start[32];
    (void)frem_number_shortest(low, unknown->min);
    (void)frem_number_shortest(high, unknown->max);
    (void)frem_number_shortest(start, unknown->start);
    if (!(unknown->min < unknown->max)) {
        (void)FREM_PROBLEM(reader->diags, frem_entry_place(&unknown->head, "min"), UNKNOWN_BOUNDS,
                           unknown->head.path, low, high);
        return;
    }
    if (!(unknown->start >= unknown->min && unknown->start <= unknown->max))
        (void)FREM_PROBLEM(reader->diags, frem_entry_place(&unknown->head, "start"), UNKNOWN_START,
                           unknown->head.path, start, low, high);
    else if (unknown->as == FREM_UNKNOWN_TIMES && !(unknown->start > 0 || unknown->start < 0))
        (void)FREM_PROBLEM(reader->diags, frem_entry_place(&unknown->head, "start"), UNKNOWN_ZERO,
                           unknown->head.path);
    for (size_t i = 0; i < 2 && unknown->as == FREM_UNKNOWN_VALUE; i++) {
        const double number = frem_value_changed(value, ends[i]);
        if (!(number >= site->field->min && number <= site->field->max))
            (void)frem_field_outside(site->field, frem_reader_path(reader, unknown->head.path, keys[i]),
                                     number, frem_entry_place(&unknown->head, keys[i]), reader->diags);
    }
}

void frem_read_unknown(frem_reader *reader, const frem_site *site, frem_value *value) {
    frem_unknown *unknown = &value->unknown;
    const size_t errors = frem_diags_errors(reader->diags);
    if (unknown->head.node == NULL || isnan(unknown->min) || isnan(unknown->max))
        return; /* reported where it is read */
    if (site->field->flags & FREM_F_SHAPE) {
        (void)FREM_PROBLEM(reader->diags, unknown->head.place, UNKNOWN_SHAPE, site->path);
        return;
    }
    find_start(reader, value);
    if (frem_diags_errors(reader->diags) == errors)
        check(reader, site, value);
    if (unknown->as == FREM_UNKNOWN_TIMES) {
        value->times = (isnan(value->times) ? 1 : value->times) * unknown->start;
        value->add *= unknown->start;
    } else if (unknown->as == FREM_UNKNOWN_ADD) {
        value->add = (isnan(value->add) ? 0 : value->add) + unknown->start;
    }
}
