#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "output/tables/csv.h"
#include "output/write.h"

#define CSV_DECIMALS 6

/** A column made ready to be written row by row. */
typedef struct csv_column {
    frem_column_kind kind;
    char end;          /**< the byte after its cells: a separator or the line end */
    const void *cells; /**< as kind says */
    frem_text text;    /**< its labels, each as written to the file, with `end` after it */
    size_t *ends;      /**< where each label's text ends; it starts where the one before ends */
    bool exact;        /**< numbers in as many digits as they have */
    size_t number;     /**< bytes in number_text; 0 before the first */
    int32_t number_of; /**< the whole number that number_text shows: often one year for many rows in a row */
    char number_text[16];
} csv_column;

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

const char *frem_csv_mark(char decimal) {
    return decimal == ',' ? "\xEF\xBB\xBF" : "";
}

void frem_csv_cell(frem_text *text, const char *cell, char separator) {
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
                                  csv_column *out) {
    const size_t n = frem_frame_labels(frame, column);
    out->ends = malloc((n + 1) * sizeof *out->ends);
    if (out->ends == NULL)
        return FREM_NO_MEMORY;
    for (size_t code = 0; code < n; code++) {
        frem_csv_cell(&out->text, frem_frame_label_text(frame, column, (uint32_t)code), format.separator);
        frem_text_add_bytes(&out->text, &out->end, 1);
        out->ends[code] = out->text.length;
    }
    return out->text.failed ? FREM_NO_MEMORY : FREM_OK;
}

static frem_status prepare_column(const frem_frame *frame, size_t column, csv_format format,
                                  csv_column *out) {
    *out = (csv_column){.kind = frem_frame_column_kind(frame, column),
                        .end = end_of_cell(frame, format, column)};
    switch (out->kind) {
    case FREM_COLUMN_LABEL:
        out->cells = frem_frame_label_codes(frame, column);
        return prepare_labels(frame, column, format, out);
    case FREM_COLUMN_WHOLE:
        out->cells = frem_frame_wholes(frame, column);
        return FREM_OK;
    case FREM_COLUMN_NUMBER:
    default:
        out->cells = frem_frame_numbers(frame, column);
        return FREM_OK;
    }
}

static frem_status write_header(const frem_frame *frame, csv_format format, frem_sink *sink) {
    frem_text header = {0};
    frem_text_add(&header, frem_csv_mark(format.decimal));
    for (size_t c = 0; c < frem_frame_columns(frame); c++) {
        const char end = end_of_cell(frame, format, c);
        frem_csv_cell(&header, frem_frame_column_name(frame, c), format.separator);
        frem_text_add_bytes(&header, &end, 1);
    }
    if (!header.failed)
        frem_sink_write(sink, header.bytes, header.length);
    const frem_status status = header.failed ? FREM_NO_MEMORY : FREM_OK;
    frem_text_free(&header);
    return status;
}

static size_t put_label(char *out, const csv_column *column, uint32_t code) {
    const size_t from = code == 0 ? 0 : column->ends[code - 1], n = column->ends[code] - from;
    memcpy(out, column->text.bytes + from, n);
    return n;
}

static size_t put_whole(char *out, csv_column *column, int32_t value) {
    if (column->number == 0 || column->number_of != value) {
        column->number = frem_number_fixed(column->number_text, value, 0);
        column->number_text[column->number++] = column->end;
        column->number_of = value;
    }
    memcpy(out, column->number_text, column->number);
    return column->number;
}

static size_t put_number(char *out, const csv_column *column, double value, csv_format format) {
    if (isnan(value)) { /* an empty cell */
        out[0] = column->end;
        return 1;
    }
    if (column->exact) {
        size_t digits = frem_number_shortest(out, value);
        char *point = memchr(out, '.', digits);
        if (point != NULL)
            *point = format.decimal;
        out[digits] = column->end;
        return digits + 1;
    }
    size_t n = frem_number_fixed(out, value, CSV_DECIMALS);
    out[n - CSV_DECIMALS - 1] = format.decimal;
    out[n++] = column->end;
    return n;
}

/** Puts a row together before it goes into the sink. */
static size_t put_row(char *out, csv_column *columns, size_t n_columns, size_t row, csv_format format) {
    size_t n = 0;
    for (size_t c = 0; c < n_columns; c++) {
        csv_column *column = &columns[c];
        switch (column->kind) {
        case FREM_COLUMN_LABEL:
            n += put_label(out + n, column, ((const uint32_t *)column->cells)[row]);
            break;
        case FREM_COLUMN_WHOLE:
            n += put_whole(out + n, column, ((const int32_t *)column->cells)[row]);
            break;
        case FREM_COLUMN_NUMBER:
        default:
            n += put_number(out + n, column, ((const double *)column->cells)[row], format);
            break;
        }
    }
    return n;
}

/** The most bytes that a row can have: of each column's labels the longest. */
static size_t longest_row(const frem_frame *frame, const csv_column *columns) {
    size_t sum = 0;
    for (size_t c = 0; c < frem_frame_columns(frame); c++) {
        size_t longest = FREM_FIXED_MAX + 1;
        for (size_t code = 0; columns[c].ends != NULL && code < frem_frame_labels(frame, c); code++) {
            const size_t n = columns[c].ends[code] - (code == 0 ? 0 : columns[c].ends[code - 1]);
            longest = n > longest ? n : longest;
        }
        sum += longest;
    }
    return sum;
}

static frem_status write_rows(const frem_frame *frame, csv_column *columns, csv_format format,
                              frem_sink *sink) {
    const size_t n_columns = frem_frame_columns(frame), n_rows = frem_frame_rows(frame);
    char *line = malloc(longest_row(frame, columns));
    if (line == NULL)
        return FREM_NO_MEMORY;
    for (size_t row = 0; row < n_rows; row++)
        frem_sink_write(sink, line, put_row(line, columns, n_columns, row, format));
    free(line);
    return FREM_OK;
}

frem_status frem_write_csv(const frem_frame *frame, frem_decimal decimal, frem_sink *sink) {
    static const frem_csv_part whole = {true, true, 0, 0};
    return frem_write_csv_part(frame, decimal, &whole, sink);
}

frem_status frem_write_csv_part(const frem_frame *frame, frem_decimal decimal, const frem_csv_part *part,
                                frem_sink *sink) {
    const csv_format format = decimal == FREM_DECIMAL_COMMA ? (csv_format){';', ','} : (csv_format){',', '.'};
    const size_t n_columns = frem_frame_columns(frame);
    csv_column *columns = calloc(n_columns, sizeof *columns);
    if (columns == NULL)
        return FREM_NO_MEMORY;

    frem_status status = FREM_OK;
    for (size_t c = 0; c < n_columns && status == FREM_OK; c++)
        status = prepare_column(frame, c, format, &columns[c]);
    for (size_t c = part->exact_first; c < part->exact_end && c < n_columns; c++)
        columns[c].exact = true;
    if (status == FREM_OK && part->header)
        status = write_header(frame, format, sink);
    if (status == FREM_OK && part->rows)
        status = write_rows(frame, columns, format, sink);

    for (size_t c = 0; c < n_columns; c++) {
        frem_text_free(&columns[c].text);
        free(columns[c].ends);
    }
    free(columns);
    return status;
}
