#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/index.h"
#include "fremskriv/frame.h"

typedef struct column {
    const char *name;
    frem_column_kind kind;
    void *cells; /**< uint32_t, int32_t or double, as kind says */
    size_t capacity;
    frem_index *labels;
    bool may_be_empty; /**< NaN is written as an empty cell */
    size_t n_labels;   /**< frem_index_count(labels), kept here for the check of every added cell */
} column;

struct frem_frame {
    frem_arena *arena; /**< column names and the columns themselves */
    column *columns;
    size_t n_columns;
    size_t n_rows;
    size_t room; /**< rows that every column has room for */
};

frem_status frem_frame_new(frem_frame **out, const char *const *names, const frem_column_kind *kinds,
                           size_t n_columns) {
    *out = NULL;
    if (n_columns == 0)
        return FREM_INVALID;

    frem_frame *frame = calloc(1, sizeof *frame);
    if (frame == NULL)
        return FREM_NO_MEMORY;
    frem_status status = frem_arena_new(&frame->arena);
    if (status != FREM_OK)
        goto done;
    status = FREM_NO_MEMORY;
    frame->columns = frem_arena_alloc(frame->arena, n_columns, sizeof *frame->columns);
    if (frame->columns == NULL)
        goto done;

    for (size_t c = 0; c < n_columns; c++) {
        if (frem_frame_column(frame, names[c]) >= 0) {
            status = FREM_INVALID;
            goto done;
        }
        column *added = &frame->columns[c];
        added->kind = kinds[c];
        added->name = frem_arena_text(frame->arena, names[c], strlen(names[c]));
        if (added->name == NULL)
            goto done;
        if (kinds[c] == FREM_COLUMN_LABEL && frem_index_new(&added->labels) != FREM_OK)
            goto done;
        frame->n_columns++;
    }

    *out = frame;
    frame = NULL;
    status = FREM_OK;

done:
    frem_frame_free(frame);
    return status;
}

void frem_frame_free(frem_frame *frame) {
    if (frame == NULL)
        return;
    for (size_t c = 0; c < frame->n_columns; c++) {
        free(frame->columns[c].cells);
        frem_index_free(frame->columns[c].labels);
    }
    frem_arena_free(frame->arena);
    free(frame);
}

/** @return the column where it is one of the kind, else NULL. */
static const column *column_of_kind(const frem_frame *frame, size_t c, frem_column_kind kind) {
    return c < frame->n_columns && frame->columns[c].kind == kind ? &frame->columns[c] : NULL;
}

frem_status frem_frame_label(frem_frame *frame, size_t c, const char *label, uint32_t *code) {
    if (column_of_kind(frame, c, FREM_COLUMN_LABEL) == NULL)
        return FREM_DEFECT;

    column *labelled = &frame->columns[c];
    size_t ordinal = 0;
    const frem_status status = frem_index_add(labelled->labels, label, strlen(label), &ordinal);
    if (status != FREM_OK)
        return status;
    if (ordinal > UINT32_MAX)
        return FREM_DEFECT;
    labelled->n_labels = frem_index_count(labelled->labels);
    *code = (uint32_t)ordinal;
    return FREM_OK;
}

frem_status frem_frame_allow_empty(frem_frame *frame, size_t c) {
    if (column_of_kind(frame, c, FREM_COLUMN_NUMBER) == NULL)
        return FREM_DEFECT;
    frame->columns[c].may_be_empty = true;
    return FREM_OK;
}

int frem_frame_allows_empty(const frem_frame *frame, size_t c) {
    return c < frame->n_columns && frame->columns[c].may_be_empty;
}

static size_t cell_size(frem_column_kind kind) {
    switch (kind) {
    case FREM_COLUMN_LABEL:
        return sizeof(uint32_t);
    case FREM_COLUMN_WHOLE:
        return sizeof(int32_t);
    case FREM_COLUMN_NUMBER:
    default:
        return sizeof(double);
    }
}

static frem_status make_room(frem_frame *frame) {
    size_t room = SIZE_MAX;
    for (size_t c = 0; c < frame->n_columns; c++) {
        column *grown = &frame->columns[c];
        const frem_status status =
            frem_grow(&grown->cells, &grown->capacity, frame->n_rows, cell_size(grown->kind));
        if (status != FREM_OK)
            return status;
        if (grown->capacity < room)
            room = grown->capacity;
    }
    frame->room = room;
    return FREM_OK;
}

frem_status frem_frame_add(frem_frame *frame, const frem_cell *cells) {
    if (frame->n_rows == frame->room) {
        const frem_status status = make_room(frame);
        if (status != FREM_OK)
            return status;
    }

    const size_t row = frame->n_rows;
    for (size_t c = 0; c < frame->n_columns; c++) {
        const column *to = &frame->columns[c];
        switch (to->kind) {
        case FREM_COLUMN_LABEL:
            if (cells[c].label >= to->n_labels)
                return FREM_DEFECT;
            ((uint32_t *)to->cells)[row] = cells[c].label;
            break;
        case FREM_COLUMN_WHOLE:
            ((int32_t *)to->cells)[row] = cells[c].whole;
            break;
        case FREM_COLUMN_NUMBER:
        default:
            if (!isfinite(cells[c].number) && !(to->may_be_empty && isnan(cells[c].number)))
                return FREM_DEFECT;
            ((double *)to->cells)[row] = cells[c].number;
            break;
        }
    }
    frame->n_rows++; /* last, so that a refused row is not there */
    return FREM_OK;
}

size_t frem_frame_rows(const frem_frame *frame) {
    return frame->n_rows;
}

size_t frem_frame_columns(const frem_frame *frame) {
    return frame->n_columns;
}

ptrdiff_t frem_frame_column(const frem_frame *frame, const char *name) {
    for (size_t c = 0; c < frame->n_columns; c++) {
        if (strcmp(frame->columns[c].name, name) == 0)
            return (ptrdiff_t)c;
    }
    return -1;
}

const char *frem_frame_column_name(const frem_frame *frame, size_t c) {
    return c < frame->n_columns ? frame->columns[c].name : NULL;
}

frem_column_kind frem_frame_column_kind(const frem_frame *frame, size_t c) {
    return c < frame->n_columns ? frame->columns[c].kind : FREM_COLUMN_LABEL;
}

size_t frem_frame_labels(const frem_frame *frame, size_t c) {
    const column *labelled = column_of_kind(frame, c, FREM_COLUMN_LABEL);
    return labelled != NULL ? labelled->n_labels : 0;
}

const char *frem_frame_label_text(const frem_frame *frame, size_t c, uint32_t code) {
    const column *labelled = column_of_kind(frame, c, FREM_COLUMN_LABEL);
    return labelled != NULL && code < labelled->n_labels ? frem_index_name(labelled->labels, code) : NULL;
}

ptrdiff_t frem_frame_label_find(const frem_frame *frame, size_t c, const char *label) {
    const column *labelled = column_of_kind(frame, c, FREM_COLUMN_LABEL);
    return labelled != NULL ? frem_index_find(labelled->labels, label, strlen(label)) : -1;
}

static const void *cells_of_kind(const frem_frame *frame, size_t c, frem_column_kind kind) {
    const column *asked = column_of_kind(frame, c, kind);
    return asked != NULL ? asked->cells : NULL;
}

const uint32_t *frem_frame_label_codes(const frem_frame *frame, size_t c) {
    return cells_of_kind(frame, c, FREM_COLUMN_LABEL);
}

const int32_t *frem_frame_wholes(const frem_frame *frame, size_t c) {
    return cells_of_kind(frame, c, FREM_COLUMN_WHOLE);
}

const double *frem_frame_numbers(const frem_frame *frame, size_t c) {
    return cells_of_kind(frame, c, FREM_COLUMN_NUMBER);
}
