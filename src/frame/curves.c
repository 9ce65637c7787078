#include "frame/curves.h"

#include <stdlib.h>
#include <string.h>

/** Where the code of one dimension comes from. */
typedef struct dim {
    const uint32_t *labels; /**< NULL for a whole column */
    const int32_t *wholes;
    ptrdiff_t *map; /**< by label: the code among the curves, -1 for none */
    uint64_t radix;
} dim;

static frem_status open_labels(const frem_curves_plan *plan, size_t column, dim *out) {
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

static frem_status open_dim(const frem_curves_plan *plan, const char *name, dim *out) {
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

/** @return whether the row belongs to a curve. */
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

static int by_key(const void *left, const void *right) {
    const frem_curve_point *a = left, *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return a->axis < b->axis ? -1 : a->axis > b->axis;
}

/** Whether the points are sorted. */
static bool in_order(const frem_curve_point *points, size_t n) {
    bool good = true;
    for (size_t i = 1; i < n && good; i++)
        good = by_key(&points[i - 1], &points[i]) <= 0;
    return good;
}

/** Sorts points by counting those of each key, which is faster where most keys have some. @param keys how many there are. */
static frem_status sort_by_count(frem_curves *out, size_t keys) {
    frem_curve_point *sorted = malloc((out->n_points + 1) * sizeof *sorted);
    size_t *next = calloc(keys + 1, sizeof *next);
    const bool good = sorted != NULL && next != NULL;
    for (size_t i = 0; i < out->n_points && good; i++)
        next[out->points[i].key + 1]++;
    for (size_t k = 1; k <= keys && good; k++)
        next[k] += next[k - 1];
    for (size_t i = 0; i < out->n_points && good; i++)
        sorted[next[out->points[i].key]++] = out->points[i];
    free(next);
    if (!good) {
        free(sorted);
        return FREM_NO_MEMORY;
    }
    free(out->points);
    out->points = sorted;
    return FREM_OK;
}

static frem_status sort(frem_curves *out) {
    enum { KEYS_PER_POINT = 4 };
    const uint64_t most = KEYS_PER_POINT * (uint64_t)out->n_points;
    uint64_t keys = 1;
    for (size_t d = 0; d < out->n_dims && keys <= most; d++)
        keys *= out->radix[d];
    const frem_status status = keys <= most ? sort_by_count(out, (size_t)keys) : FREM_OK;
    /* Rows come by year, so that each curve is in order then; where they do not, the rest is done here. */
    if (status == FREM_OK && !in_order(out->points, out->n_points))
        qsort(out->points, out->n_points, sizeof *out->points, by_key);
    return status;
}

static frem_status fill(frem_curves *out, const frem_curves_plan *plan, const dim *dims) {
    const ptrdiff_t axis = frem_frame_column(plan->frame, plan->axis);
    const ptrdiff_t value = frem_frame_column(plan->frame, "value");
    const size_t rows = frem_frame_rows(plan->frame);
    if (axis < 0 || value < 0)
        return FREM_DEFECT;
    const int32_t *axes = frem_frame_wholes(plan->frame, (size_t)axis);
    const double *values = frem_frame_numbers(plan->frame, (size_t)value);
    out->points = malloc((rows + 1) * sizeof *out->points);
    out->starts = malloc((rows + 1) * sizeof *out->starts);
    if (out->points == NULL || out->starts == NULL)
        return FREM_NO_MEMORY;
    if (rows > 0 && (axes == NULL || values == NULL))
        return FREM_DEFECT;
    for (size_t row = 0; row < rows; row++) {
        uint64_t key = 0;
        if (plan->keep(plan->context, row) && key_of(dims, plan->n_dims, row, &key))
            out->points[out->n_points++] =
                (frem_curve_point){key, axes[row], plan->rows ? (double)row : values[row]};
    }
    const frem_status status = sort(out);
    if (status != FREM_OK)
        return status;
    for (size_t i = 0; i < out->n_points; i++) {
        if (i == 0 || out->points[i].key != out->points[i - 1].key)
            out->starts[out->n++] = i;
    }
    out->starts[out->n] = out->n_points;
    return FREM_OK;
}

frem_status frem_curves_build(frem_curves *out, const frem_curves_plan *plan) {
    dim dims[FREM_CURVE_DIMS] = {{NULL, NULL, NULL, 0}};
    frem_status status = plan->n_dims <= FREM_CURVE_DIMS ? FREM_OK : FREM_DEFECT;
    *out = (frem_curves){.n_dims = plan->n_dims};
    for (size_t d = 0; d < plan->n_dims && status == FREM_OK; d++) {
        status = open_dim(plan, plan->dims[d], &dims[d]);
        out->radix[d] = dims[d].radix;
    }
    if (status == FREM_OK)
        status = fill(out, plan, dims);
    for (size_t d = 0; d < FREM_CURVE_DIMS; d++)
        free(dims[d].map);
    return status;
}

void frem_curves_free(frem_curves *curves) {
    free(curves->points);
    free(curves->starts);
    *curves = (frem_curves){0};
}

ptrdiff_t frem_curves_find(const frem_curves *curves, const uint32_t *codes) {
    uint64_t key = 0;
    for (size_t d = 0; d < curves->n_dims; d++) {
        if (codes[d] >= curves->radix[d])
            return -1;
        key = key * curves->radix[d] + codes[d];
    }
    size_t low = 0, high = curves->n;
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (curves->points[curves->starts[middle]].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < curves->n && curves->points[curves->starts[low]].key == key ? (ptrdiff_t)low : -1;
}

bool frem_curves_value(const frem_curves *curves, ptrdiff_t place, int32_t axis, double *value) {
    if (place < 0)
        return false;
    const size_t first = curves->starts[place], n = curves->starts[place + 1] - first;
    const int64_t steps = (int64_t)axis - curves->points[first].axis;
    if (steps < 0)
        return false;
    /* Most curves have every year: the place of one is then known. In those that lack some, it is before that. */
    size_t i = (uint64_t)steps < n ? (size_t)steps : n - 1;
    while (i > 0 && curves->points[first + i].axis > axis)
        i--;
    if (curves->points[first + i].axis != axis)
        return false;
    *value = curves->points[first + i].value;
    return true;
}

uint32_t frem_curves_code(const frem_curves *curves, size_t place, size_t dim_of) {
    uint64_t key = curves->points[curves->starts[place]].key;
    for (size_t d = curves->n_dims - 1; d > dim_of; d--)
        key /= curves->radix[d];
    return (uint32_t)(key % curves->radix[dim_of]);
}
