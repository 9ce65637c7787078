/* What reading a scenario shares: memory, paths, places, and what is said of numbers out of range. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"
#include "scenario/draft.h"
#include "scenario/read.h"

void *frem_reader_alloc(frem_reader *reader, size_t count, size_t size) {
    void *memory = frem_arena_alloc(reader->arena, count > 0 ? count : 1, size);
    if (memory == NULL)
        reader->no_memory = true;
    return memory;
}

const char *frem_reader_path(frem_reader *reader, const char *above, const char *key) {
    if (above[0] == '\0')
        return key;
    /* Every field of every value has a path: copied, since printing them would take as long as reading the file. */
    size_t n = strlen(above), m = strlen(key);
    char *path = frem_reader_alloc(reader, n + m + 2, 1);
    if (path == NULL)
        return "";
    memcpy(path, above, n);
    path[n] = '.';
    memcpy(path + n + 1, key, m + 1);
    return path;
}

frem_place frem_entry_place(const frem_entry *entry, const char *key) {
    const frem_pair *pair = frem_node_pair(entry->node, key);
    return pair != NULL ? pair->place : entry->place;
}

static void number_text(char out[32], double number) {
    if (isfinite(number))
        (void)frem_number_shortest(out, number);
    else
        (void)snprintf(out, 32, "%s∞", number < 0 ? "-" : "");
}

/* 1.2, not 1.2000000000000002 */
static double without_noise(double number) {
    double scale = isfinite(number) && fabs(number) > 0 ? pow(10, 12 - ceil(log10(fabs(number)))) : 0;
    bool rounds = isfinite(scale) && scale > 0 && isfinite(number * scale);
    return rounds ? round(number * scale) / scale : number;
}

/* "0.8 × 1.1 + 0.2" */
static void formula_text(char out[128], const char *number, const char *times, double add) {
    char sum[32];
    number_text(sum, fabs(add));
    if (times != NULL)
        (void)snprintf(out, 128, "%s × %s %s %s", number, times, add < 0 ? "-" : "+", sum);
    else
        (void)snprintf(out, 128, "%s %s %s", number, add < 0 ? "-" : "+", sum);
}

frem_status frem_field_outside_changed(const frem_field *field, const char *path, double number, double times,
                                       double add, frem_place place, frem_diags *diags) {
    enum { GIVEN, TIMES, OUTCOME, LEAST, MOST, N };
    char texts[N][32], formula[128];
    double product = isnan(times) ? number : number * times, outcome = isnan(add) ? product : product + add;
    bool large = !(fabs(outcome) <= FREM_QUANTITY_MAX);
    const double numbers[N] = {number, times, without_noise(outcome),
                               large ? fmax(field->min, -FREM_QUANTITY_MAX) : field->min,
                               large ? fmin(field->max, FREM_QUANTITY_MAX) : field->max};
    for (size_t i = 0; i < N; i++)
        number_text(texts[i], numbers[i]);
    if (isnan(add))
        return FREM_PROBLEM(diags, place, TIMES_OUTSIDE, path, texts[GIVEN], texts[TIMES], texts[OUTCOME],
                            texts[LEAST], texts[MOST]);
    formula_text(formula, texts[GIVEN], isnan(times) ? NULL : texts[TIMES], add);
    return FREM_PROBLEM(diags, place, CHANGED_OUTSIDE, path, formula, texts[OUTCOME], texts[LEAST],
                        texts[MOST]);
}

frem_status frem_field_outside(const frem_field *field, const char *path, double number, frem_place place,
                               frem_diags *diags) {
    char lo[32], hi[32], given[32], fraction[32];
    number_text(lo, field->min);
    number_text(hi, field->max);
    number_text(given, number);
    number_text(fraction, without_noise(number / 100));
    bool share = (field->min == 0 || field->min == -1) && field->max == 1;
    if (share && number / 100 >= field->min && number / 100 <= 1)
        return FREM_PROBLEM(diags, place, RATE_IN_PER_CENT, path, given, fraction, lo);
    return FREM_PROBLEM(diags, place, OUT_OF_RANGE, path, given, lo, hi, field->unit,
                        frem_unit_text(field->unit, FREM_DA));
}
