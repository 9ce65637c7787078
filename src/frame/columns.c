#include "frame/columns.h"

const uint32_t *frem_column_codes(const frem_frame *frame, const char *column) {
    const ptrdiff_t place = frem_frame_column(frame, column);
    return place < 0 ? NULL : frem_frame_label_codes(frame, (size_t)place);
}

const int32_t *frem_column_wholes(const frem_frame *frame, const char *column) {
    const ptrdiff_t place = frem_frame_column(frame, column);
    return place < 0 ? NULL : frem_frame_wholes(frame, (size_t)place);
}

const double *frem_column_numbers(const frem_frame *frame, const char *column) {
    const ptrdiff_t place = frem_frame_column(frame, column);
    return place < 0 ? NULL : frem_frame_numbers(frame, (size_t)place);
}

ptrdiff_t frem_column_code(const frem_frame *frame, const char *column, const char *label) {
    const ptrdiff_t place = frem_frame_column(frame, column);
    return place < 0 ? -1 : frem_frame_label_find(frame, (size_t)place, label);
}

size_t frem_column_labels(const frem_frame *frame, const char *column) {
    const ptrdiff_t place = frem_frame_column(frame, column);
    return place < 0 ? 0 : frem_frame_labels(frame, (size_t)place);
}

const char *frem_column_label(const frem_frame *frame, const char *column, size_t code) {
    return frem_frame_label_text(frame, (size_t)frem_frame_column(frame, column), (uint32_t)code);
}
