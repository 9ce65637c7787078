#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "output/write.h"

#define CSV_DECIMALS 6

/** The labels of one column, each as it stands in the file with the separator or line end after it. */
typedef struct cell_texts {
    frem_text text;
    size_t *ends; /**< where each label's text ends; it starts where the one before ends */
} cell_texts;

typedef struct csv_format {
    char separator;
    char decimal;
} csv_format;

static char end_of_cell(const frem_frame *frame, csv_format format, size_t column) {
    return column + 1 == frem_frame_columns(frame) ? '\n' : format.separator;
}

static int needs_quotes(const char *cell, char separator) {
    const size_t n = strlen(cell);
    if (n == 0)
        return 0;
    const char marks[] = {separator, '"', '\r', '\n', '\0'};
    return strpbrk(cell, marks) != NULL || cell[0] == ' ' || cell[0] == '\t' || cell[n - 1] == ' ' ||
           cell[n - 1] == '\t';
}

/** A text cell. A text that a spreadsheet would take for a formula stays as it is: the file carries data. */
static void add_cell(frem_text *text, const char *cell, char separator) {
    if (!needs_quotes(cell, separator)) {
        frem_text_add(text, cell);
        return;
    }
    frem_text_add(text, "\"");
    for (const char *at = cell; *at != '\0';) {
        const size_t n = strcspn(at, "\"");
        frem_text_add_bytes(text, at, n);
        at += n;
        if (*at == '"') {
            frem_text_add(text, "\"\"");
            at++;
        }
    }
    frem_text_add(text, "\"");
}

/** Quotes every label of a column once, not once a row. */
static frem_status prepare_labels(const frem_frame *frame, size_t column, csv_format format,
                                  cell_texts *out) {
    const char end = end_of_cell(frame, format, column);
    const size_t n = frem_frame_labels(frame, column);
    out->ends = malloc((n + 1) * sizeof *out->ends);
    if (out->ends == NULL)
        return FREM_NO_MEMORY;
    for (size_t code = 0; code < n; code++) {
        add_cell(&out->text, frem_frame_label_text(frame, column, (uint32_t)code), format.separator);
        frem_text_add_bytes(&out->text, &end, 1);
        out->ends[code] = out->text.length;
    }
    return out->text.failed ? FREM_NO_MEMORY : FREM_OK;
}

static frem_status write_header(const frem_frame *frame, csv_format format, frem_sink *sink) {
    frem_text header = {0};
    for (size_t c = 0; c < frem_frame_columns(frame); c++) {
        const char end = end_of_cell(frame, format, c);
        add_cell(&header, frem_frame_column_name(frame, c), format.separator);
        frem_text_add_bytes(&header, &end, 1);
    }
    if (!header.failed)
        frem_sink_write(sink, header.bytes, header.length);
    const frem_status status = header.failed ? FREM_NO_MEMORY : FREM_OK;
    frem_text_free(&header);
    return status;
}

static void write_number(frem_sink *sink, double value, int decimals, csv_format format, char end) {
    char *room = frem_sink_room(sink, FREM_FIXED_MAX + 1);
    size_t n = frem_number_fixed(room, value, decimals);
    if (decimals > 0)
        room[n - (size_t)decimals - 1] = format.decimal;
    room[n++] = end;
    frem_sink_advance(sink, n);
}

static void write_row(const frem_frame *frame, size_t row, const cell_texts *labels, csv_format format,
                      frem_sink *sink) {
    const size_t n_columns = frem_frame_columns(frame);
    for (size_t c = 0; c < n_columns; c++) {
        const char end = end_of_cell(frame, format, c);
        switch (frem_frame_column_kind(frame, c)) {
        case FREM_COLUMN_LABEL: {
            const uint32_t code = frem_frame_label_codes(frame, c)[row];
            const size_t from = code == 0 ? 0 : labels[c].ends[code - 1];
            frem_sink_write(sink, labels[c].text.bytes + from, labels[c].ends[code] - from);
            break;
        }
        case FREM_COLUMN_WHOLE:
            write_number(sink, frem_frame_wholes(frame, c)[row], 0, format, end);
            break;
        case FREM_COLUMN_NUMBER:
        default:
            write_number(sink, frem_frame_numbers(frame, c)[row], CSV_DECIMALS, format, end);
            break;
        }
    }
}

frem_status frem_write_csv(const frem_frame *frame, frem_decimal decimal, frem_sink *sink) {
    const csv_format format = decimal == FREM_DECIMAL_COMMA ? (csv_format){';', ','} : (csv_format){',', '.'};
    const size_t n_columns = frem_frame_columns(frame);
    cell_texts *labels = calloc(n_columns, sizeof *labels);
    if (labels == NULL)
        return FREM_NO_MEMORY;

    frem_status status = FREM_OK;
    for (size_t c = 0; c < n_columns && status == FREM_OK; c++) {
        if (frem_frame_column_kind(frame, c) == FREM_COLUMN_LABEL)
            status = prepare_labels(frame, c, format, &labels[c]);
    }
    if (status == FREM_OK)
        status = write_header(frame, format, sink);
    if (status == FREM_OK) {
        for (size_t row = 0; row < frem_frame_rows(frame); row++)
            write_row(frame, row, labels, format, sink);
    }

    for (size_t c = 0; c < n_columns; c++) {
        frem_text_free(&labels[c].text);
        free(labels[c].ends);
    }
    free(labels);
    return status;
}
