#include "output/report_series.h"

#include <stdlib.h>
#include <string.h>

#include "base/number.h"

#define CSV_DECIMALS 6

/** Where the code of one dimension comes from. */
typedef struct dim {
    const uint32_t *labels; /**< NULL for a whole column */
    const int32_t *wholes;
    ptrdiff_t *map; /**< by label: the code in the series, -1 for none */
    uint64_t radix;
} dim;

static frem_status open_labels(const frem_report_series_plan *plan, size_t column, dim *out) {
    const char *name = frem_frame_column_name(plan->frame, column);
    const ptrdiff_t there = frem_frame_column(plan->codes, name);
    const size_t n = frem_frame_labels(plan->frame, column);
    out->labels = frem_frame_label_codes(plan->frame, column);
    out->radix = there < 0 ? n : frem_frame_labels(plan->codes, (size_t)there);
    out->map = calloc(n + 1, sizeof *out->map);
    if (out->map == NULL)
        return FREM_NO_MEMORY;
    for (size_t i = 0; i < n; i++) {
        const char *label = frem_frame_label_text(plan->frame, column, (uint32_t)i);
        out->map[i] = there < 0 ? (ptrdiff_t)i : frem_frame_label_find(plan->codes, (size_t)there, label);
    }
    return FREM_OK;
}

static frem_status open_dim(const frem_report_series_plan *plan, const char *name, dim *out) {
    const ptrdiff_t column = frem_frame_column(plan->frame, name);
    if (column < 0)
        return FREM_DEFECT;
    switch (frem_frame_column_kind(plan->frame, (size_t)column)) {
    case FREM_COLUMN_LABEL:
        return open_labels(plan, (size_t)column, out);
    case FREM_COLUMN_WHOLE:
        out->wholes = frem_frame_wholes(plan->frame, (size_t)column);
        for (size_t row = 0; row < frem_frame_rows(plan->frame); row++) {
            if (out->wholes[row] < 0)
                return FREM_DEFECT;
            if ((uint64_t)out->wholes[row] >= out->radix)
                out->radix = (uint64_t)out->wholes[row] + 1;
        }
        return FREM_OK;
    case FREM_COLUMN_NUMBER:
    default:
        return FREM_DEFECT;
    }
}

/** @return whether the row belongs to a series. */
static bool key_of(const dim *dims, size_t n, size_t row, uint64_t *key) {
    *key = 0;
    for (size_t d = 0; d < n; d++) {
        const ptrdiff_t code =
            dims[d].labels != NULL ? dims[d].map[dims[d].labels[row]] : (ptrdiff_t)dims[d].wholes[row];
        if (code < 0)
            return false;
        *key = *key * dims[d].radix + (uint64_t)code;
    }
    return true;
}

/** The value as the CSV says it, so that every reader rounds the same number. */
static double as_written(double value) {
    char text[FREM_FIXED_MAX];
    double read = 0;
    const size_t n = frem_number_fixed(text, value, CSV_DECIMALS);
    return frem_number_read(text, n, &read) == FREM_NUMBER_OK ? read : value;
}

static int by_key(const void *left, const void *right) {
    const frem_report_series_item *a = left, *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return a->axis < b->axis ? -1 : a->axis > b->axis;
}

static frem_status fill(frem_report_series *out, const frem_report_series_plan *plan, const dim *dims) {
    const ptrdiff_t axis = frem_frame_column(plan->frame, plan->axis);
    const ptrdiff_t value = frem_frame_column(plan->frame, "value");
    const size_t rows = frem_frame_rows(plan->frame);
    if (axis < 0 || value < 0)
        return FREM_DEFECT;
    const int32_t *axes = frem_frame_wholes(plan->frame, (size_t)axis);
    const double *values = frem_frame_numbers(plan->frame, (size_t)value);
    out->items = malloc((rows + 1) * sizeof *out->items);
    out->starts = malloc((rows + 1) * sizeof *out->starts);
    if (out->items == NULL || out->starts == NULL)
        return FREM_NO_MEMORY;
    if (rows > 0 && (axes == NULL || values == NULL))
        return FREM_DEFECT;
    for (size_t row = 0; row < rows; row++) {
        uint64_t key = 0;
        if (plan->keep(plan->context, row) && key_of(dims, plan->n_dims, row, &key))
            out->items[out->n_items++] = (frem_report_series_item){key, axes[row], as_written(values[row])};
    }
    if (out->n_items > 0)
        qsort(out->items, out->n_items, sizeof *out->items, by_key);
    for (size_t i = 0; i < out->n_items; i++) {
        if (i == 0 || out->items[i].key != out->items[i - 1].key)
            out->starts[out->n++] = i;
    }
    out->starts[out->n] = out->n_items;
    return FREM_OK;
}

frem_status frem_report_series_build(frem_report_series *out, const frem_report_series_plan *plan) {
    dim dims[FREM_REPORT_DIMS] = {{NULL, NULL, NULL, 0}};
    frem_status status = plan->n_dims <= FREM_REPORT_DIMS ? FREM_OK : FREM_DEFECT;
    *out = (frem_report_series){.n_dims = plan->n_dims};
    for (size_t d = 0; d < plan->n_dims && status == FREM_OK; d++) {
        status = open_dim(plan, plan->dims[d], &dims[d]);
        out->radix[d] = dims[d].radix;
    }
    if (status == FREM_OK)
        status = fill(out, plan, dims);
    for (size_t d = 0; d < FREM_REPORT_DIMS; d++)
        free(dims[d].map);
    return status;
}

void frem_report_series_free(frem_report_series *series) {
    free(series->items);
    free(series->starts);
    *series = (frem_report_series){0};
}

ptrdiff_t frem_report_series_find(const frem_report_series *series, const uint32_t *codes) {
    uint64_t key = 0;
    for (size_t d = 0; d < series->n_dims; d++) {
        if (codes[d] >= series->radix[d])
            return -1;
        key = key * series->radix[d] + codes[d];
    }
    size_t low = 0, high = series->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (series->items[series->starts[middle]].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < series->n && series->items[series->starts[low]].key == key ? (ptrdiff_t)low : -1;
}

bool frem_report_series_value(const frem_report_series *series, ptrdiff_t place, int32_t axis,
                              double *value) {
    if (place < 0)
        return false;
    for (size_t i = series->starts[place]; i < series->starts[place + 1]; i++) {
        if (series->items[i].axis == axis) {
            *value = series->items[i].value;
            return true;
        }
    }
    return false;
}

uint32_t frem_report_series_code(const frem_report_series *series, size_t place, size_t dim_of) {
    uint64_t key = series->items[series->starts[place]].key;
    for (size_t d = series->n_dims - 1; d > dim_of; d--)
        key /= series->radix[d];
    return (uint32_t)(key % series->radix[dim_of]);
}

/** A value with as many of its six decimals as say something. */
static void add_value(frem_text *out, double value) {
    char text[FREM_FIXED_MAX];
    size_t n = frem_number_fixed(text, value, CSV_DECIMALS);
    while (text[n - 1] == '0')
        n--;
    frem_text_add_bytes(out, text, text[n - 1] == '.' ? n - 1 : n);
}

static void add_values(const frem_report_series *series, size_t place, frem_text *out) {
    const size_t start = series->starts[place], end = series->starts[place + 1];
    int32_t axis = series->items[start].axis;
    frem_text_add(out, "[");
    for (size_t i = start; i < end; i++, axis++) {
        for (; axis < series->items[i].axis; axis++)
            frem_text_add(out, "null,");
        add_value(out, series->items[i].value);
        if (i + 1 < end)
            frem_text_add(out, ",");
    }
    frem_text_add(out, "]");
}

void frem_report_series_add_json(const frem_report_series *series, frem_text *out) {
    frem_text_add(out, "\"first\":[");
    for (size_t s = 0; s < series->n; s++)
        frem_text_print(out, "%s%d", s > 0 ? "," : "", (int)series->items[series->starts[s]].axis);
    frem_text_add(out, "],\"values\":[");
    for (size_t s = 0; s < series->n; s++) {
        if (s > 0)
            frem_text_add(out, ",");
        add_values(series, s, out);
    }
    frem_text_add(out, "]");
}
