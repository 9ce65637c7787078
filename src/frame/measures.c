#include "frame/measures.h"

#include <string.h>

/* What a measure is made of is none of this room's. */
#define SPREAD(...) __VA_ARGS__
#define FREM_MEASURE(id, its_name, its_unit, en, da, its_kind, its_sheet, made, looks)                       \
    [FREM_M_##id] = {.name = (its_name),                                                                     \
                     .unit = (its_unit),                                                                     \
                     .label = {{en, da}},                                                                    \
                     .kind = FREM_##its_kind,                                                                \
                     .sheet = FREM_SHEET_##its_sheet,                                                        \
                     SPREAD looks},
const frem_measure frem_measures[FREM_M_COUNT] = {
#include "frame/measures.def"
};
#undef FREM_MEASURE

#define FREM_MEANING(id, en, da) [FREM_M_##id] = {{en, da}},
static const frem_label meanings[] = {
#include "frame/meanings.def"
};
#undef FREM_MEANING
#define FREM_MEANING(id, en, da) +1
_Static_assert(0
#include "frame/meanings.def"
                   == FREM_M_COUNT,
               "src/frame/meanings.def: one row for each measure of measures.def");
#undef FREM_MEANING

const char *frem_measure_meaning(frem_measure_id measure, frem_lang lang) {
    return meanings[measure].text[lang];
}

const frem_measure *frem_measure_find(const char *name) {
    for (size_t m = 0; m < FREM_M_COUNT; m++) {
        if (strcmp(frem_measures[m].name, name) == 0)
            return &frem_measures[m];
    }
    return NULL;
}

bool frem_measure_has_percent(const char *name) {
    const frem_measure *measure = frem_measure_find(name);
    return measure == NULL || (!measure->may_be_negative && strcmp(measure->unit, "ratio") != 0);
}

bool frem_measure_nets(const char *name) {
    const frem_measure *measure = frem_measure_find(name);
    return measure != NULL && measure->nets;
}

int frem_measure_way(const frem_measure *measure) {
    return (measure->kind == FREM_WAY_IN) - (measure->kind == FREM_WAY_OUT);
}

/* Puts a measure in its place among those before it that come first: of equal ones, the first in the table. */
static void insert(frem_measure_id *out, size_t n, frem_measure_id m, int (*order)(const frem_measure *)) {
    while (n > 0 && order(&frem_measures[out[n - 1]]) > order(&frem_measures[m])) {
        out[n] = out[n - 1];
        n--;
    }
    out[n] = m;
}

static int order_on_sheet(const frem_measure *measure) {
    return 2 * measure->behind + (measure->kind == FREM_WAY_OUT);
}

static int order_in_stack(const frem_measure *measure) {
    return (int)measure->role;
}

size_t frem_measures_on_sheet(frem_measure_sheet sheet, frem_measure_id *out) {
    size_t n = 0;
    for (size_t m = 0; m < FREM_M_COUNT; m++) {
        if (frem_measures[m].sheet == sheet)
            insert(out, n++, (frem_measure_id)m, order_on_sheet);
    }
    return n;
}

size_t frem_measures_stacked(frem_measure_id *out) {
    size_t n = 0;
    for (size_t m = 0; m < FREM_M_COUNT; m++) {
        if (frem_measure_way(&frem_measures[m]) != 0)
            insert(out, n++, (frem_measure_id)m, order_in_stack);
    }
    return n;
}
