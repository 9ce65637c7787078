#include "tables/tally.h"

#include <stdio.h>

bool frem_tally_count(frem_tally *tally, frem_place place) {
    tally->count++;
    if (tally->count == FREM_TALLY_MAX + 1)
        tally->unshown = place;
    return tally->count <= FREM_TALLY_MAX;
}

void frem_tally_raised(frem_tally *tally, frem_status status) {
    tally->status = frem_tally_worse(tally->status, status);
}

void frem_tally_add(frem_tally *tally, frem_place place, frem_code code, const char *const *args,
                    size_t n_args) {
    if (frem_tally_count(tally, place))
        frem_tally_raised(tally, frem_diags_add(tally->diags, place, code, args, n_args));
}

void frem_tally_relate(frem_tally *tally, frem_place other) {
    if (tally->count <= FREM_TALLY_MAX)
        tally->status = frem_diags_relate(tally->diags, tally->status, other);
}

frem_status frem_tally_close(frem_tally *tally) {
    if (tally->count > FREM_TALLY_MAX) {
        char more[32];
        snprintf(more, sizeof more, "%zu", tally->count - FREM_TALLY_MAX);
        frem_status reported =
            tally->column != NULL
                ? FREM_PROBLEM(tally->diags, tally->unshown, TABLE_MORE_CELLS, more, tally->column)
                : FREM_PROBLEM(tally->diags, tally->unshown, TABLE_MORE_ROWS, more);
        tally->status = frem_tally_worse(tally->status, reported);
        tally->count = 0;
    }
    return tally->status;
}

frem_status frem_tally_worse(frem_status one, frem_status other) {
    if (one == FREM_OK || other == FREM_NO_MEMORY)
        return other;
    return one;
}
