/* Reads a table through libcsv, one line of the file at a time, so that the place of every row is known: libcsv
 * itself gives no places, drops blank lines, keeps a BOM and takes rows of any length. */
#include <csv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/locale.h"
#include "base/number.h"
#include "base/problem.h"
#include "base/text.h"
#include "tables/inside.h"
#include "tables/tally.h"

typedef struct table_parse {
    frem_table *table;
    const frem_source *source;
    frem_diags *diags;
    struct csv_parser csv;
    frem_tally ragged;
    frem_tally blank;
    frem_tally quotes;
    size_t used; /* bytes of text */
    size_t cells;
    size_t cells_room;
    size_t rows_room;
    size_t row_cells;   /* cells of the row so far */
    frem_table_row row; /* where the row that is being read starts */
    bool in_row;        /* a quoted cell goes on over the end of a line */
    bool stopped;       /* after a broken quote, cells can't be separated */
    size_t blanks;      /* blank lines since the last row: an error once another row follows */
    frem_status status; /* of memory */
} table_parse;

/* Spaces belong to the cell (RFC 4180); libcsv would drop them. */
static int is_no_space(unsigned char c) {
    (void)c;
    return 0;
}

static frem_status start_csv(table_parse *parse) {
    if (csv_init(&parse->csv, CSV_STRICT | CSV_STRICT_FINI) != 0)
        return FREM_NO_MEMORY;
    csv_set_space_func(&parse->csv, is_no_space);
    csv_set_delim(&parse->csv, (unsigned char)parse->table->separator);
    return FREM_OK;
}

static frem_place place_at(const table_parse *parse, size_t at) {
    return frem_row_place(parse->source, parse->row.offset, parse->row.line, at);
}

/* The text buffer has room for every cell: a cell's text and NUL are never longer than the cell and the separator
 * after it in the file. */
static void begin_cell(table_parse *parse, size_t start) {
    frem_table *table = parse->table;
    if (parse->cells == parse->cells_room) {
        void *items = table->starts;
        parse->status = frem_grow(&items, &parse->cells_room, parse->cells, sizeof *table->starts);
        table->starts = items;
        if (parse->status != FREM_OK)
            return;
    }
    table->starts[parse->cells++] = (uint32_t)start;
    parse->row_cells++;
}

static void take_cell(void *bytes, size_t n, void *context) {
    table_parse *parse = context;
    char *text = parse->table->text + parse->used;
    if (parse->status != FREM_OK)
        return;
    begin_cell(parse, parse->used);
    if (n > 0)
        memcpy(text, bytes, n);
    text[n] = '\0';
    parse->used += n + 1;
}

static void drop_row(table_parse *parse) {
    parse->cells -= parse->row_cells;
    if (parse->row_cells > 0)
        parse->used = parse->table->starts[parse->cells];
    parse->row_cells = 0;
    parse->in_row = false;
}

/* By whether commas part cells. */
static const frem_word long_cures[2] = {FREM_W_CURE_LONG, FREM_W_CURE_LONG_COMMA};
static const frem_word separators[2] = {FREM_W_SEMICOLONS, FREM_W_COMMAS};

static void raise_ragged(table_parse *parse) {
    size_t want = parse->table->columns;
    bool is_long = parse->row_cells > want;
    frem_place place = place_at(parse, frem_row_cell(parse->source, parse->table->separator,
                                                     parse->row.offset, is_long ? want : SIZE_MAX));
    char has[32], wants[32];
    snprintf(has, sizeof has, "%zu", parse->row_cells);
    snprintf(wants, sizeof wants, "%zu", want);
    bool comma = parse->table->separator == ',';
    const char *cell = parse->table->text + parse->table->starts[parse->cells - 1];
    if (is_long)
        FREM_TALLY(&parse->ragged, place, TABLE_ROW_LONG, has, wants,
                   frem_word_text(long_cures[comma], FREM_EN), frem_word_text(long_cures[comma], FREM_DA));
    else if (parse->row_cells == 1 && strchr(cell, comma ? ';' : ',') != NULL)
        FREM_TALLY(&parse->ragged, place_at(parse, parse->row.offset), TABLE_ROW_SEPARATOR,
                   frem_word_text(separators[!comma], FREM_EN), frem_word_text(separators[comma], FREM_EN),
                   frem_word_text(separators[!comma], FREM_DA), frem_word_text(separators[comma], FREM_DA));
    else
        FREM_TALLY(&parse->ragged, place, TABLE_ROW_SHORT, has, wants,
                   parse->table->text + parse->table->starts[parse->row_cells]);
}

/* Room at once for as many rows as the file has lines, of as many cells as the header. */
static void make_room(table_parse *parse) {
    frem_table *table = parse->table;
    const char *at = parse->source->bytes, *end = at + parse->source->size;
    size_t lines = 1;
    for (; (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++)
        lines++;
    size_t cells = lines * table->columns;
    if (cells > parse->source->size)
        cells = parse->source->size; /* each takes a byte at least, its separator */
    void *rows = table->rows, *starts = table->starts;
    parse->status = frem_grow(&rows, &parse->rows_room, lines, sizeof *table->rows);
    table->rows = rows;
    if (parse->status == FREM_OK)
        parse->status = frem_grow(&starts, &parse->cells_room, cells, sizeof *table->starts);
    table->starts = starts;
}

static void take_row(int end, void *context) {
    table_parse *parse = context;
    frem_table *table = parse->table;
    (void)end;
    if (parse->status != FREM_OK)
        return;
    if (table->n_rows == 0) {
        table->columns = parse->row_cells;
        make_room(parse);
        if (parse->status != FREM_OK)
            return;
    }
    if (parse->row_cells != table->columns) {
        raise_ragged(parse);
        drop_row(parse);
        return;
    }
    if (table->n_rows == parse->rows_room) {
        void *items = table->rows;
        parse->status = frem_grow(&items, &parse->rows_room, table->n_rows, sizeof *table->rows);
        table->rows = items;
        if (parse->status != FREM_OK)
            return;
    }
    table->rows[table->n_rows++] = parse->row;
    parse->row_cells = 0;
    parse->in_row = false;
}

/* Where the quoted cell that is being read begins. */
static size_t open_quote(const table_parse *parse) {
    return frem_row_cell(parse->source, parse->table->separator, parse->row.offset, parse->row_cells);
}

static void take_quote_fault(table_parse *parse, size_t at, size_t line) {
    frem_place place = place_at(parse, at);
    if (parse->source->bytes[at] == '"') {
        FREM_TALLY(&parse->quotes, place, TABLE_QUOTE_INSIDE, "");
    } else {
        frem_place opened = place_at(parse, open_quote(parse));
        char from[32], column[32];
        snprintf(from, sizeof from, "%u", opened.line);
        snprintf(column, sizeof column, "%u", opened.column);
        FREM_TALLY(&parse->quotes, place, TABLE_QUOTE_TEXT, from, column);
        frem_tally_relate(&parse->quotes, opened);
    }
    parse->stopped = parse->row.line != line || parse->table->n_rows == 0;
    drop_row(parse);
    csv_free(&parse->csv);
    frem_status status = start_csv(parse);
    if (status != FREM_OK)
        parse->status = status;
}

static void take_blanks(table_parse *parse, size_t line) {
    for (; parse->blanks > 0; parse->blanks--) {
        frem_place place = frem_source_place(parse->source, (unsigned)(line - parse->blanks), 1);
        FREM_TALLY(&parse->blank, place, TABLE_BLANK_LINE, "");
    }
}

/* A row without quotes, which libcsv would cut at the same places but takes longer about. */
static void take_plain_line(table_parse *parse, const char *bytes, size_t n) {
    n -= bytes[n - 1] == '\n';
    n -= n > 0 && bytes[n - 1] == '\r';
    size_t start = parse->used;
    char *text = parse->table->text + start;
    memcpy(text, bytes, n);
    char separator = parse->table->separator;
    text[n] = separator; /* the line end parts cells too */
    for (size_t at = 0, from = 0; at <= n && parse->status == FREM_OK; at++) {
        if (text[at] == separator) {
            text[at] = '\0';
            begin_cell(parse, start + from);
            from = at + 1;
        }
    }
    parse->used += n + 1;
    take_row('\n', parse);
}

static void take_line(table_parse *parse, size_t offset, size_t end, size_t line) {
    const char *bytes = parse->source->bytes + offset;
    size_t n = end - offset;
    if (!parse->in_row) {
        if (bytes[0] == '\n' || (n == 2 && bytes[0] == '\r')) {
            parse->blanks++;
            return;
        }
        take_blanks(parse, line);
        parse->row = (frem_table_row){(uint32_t)offset, (uint32_t)line};
        parse->in_row = true;
        if (memchr(bytes, '"', n) == NULL) {
            take_plain_line(parse, bytes, n);
            return;
        }
    }
    size_t taken = csv_parse(&parse->csv, bytes, n, take_cell, take_row, parse);
    if (taken == n || parse->status != FREM_OK)
        return;
    if (csv_error(&parse->csv) == CSV_EPARSE)
        take_quote_fault(parse, offset + taken, line);
    else
        parse->status = FREM_NO_MEMORY;
}

static void take_end(table_parse *parse) {
    /* After an error csv_fini() would hand out half a row as if it were whole. */
    if (parse->stopped || parse->status != FREM_OK)
        return;
    if (csv_fini(&parse->csv, take_cell, take_row, parse) == 0)
        return;
    if (csv_error(&parse->csv) == CSV_EPARSE)
        FREM_TALLY(&parse->quotes, place_at(parse, open_quote(parse)), TABLE_QUOTE_OPEN, "");
    else
        parse->status = FREM_NO_MEMORY;
}

/* The start of the line that holds byte `at`, going on from a known line. */
static void find_line(const frem_source *source, size_t at, size_t *offset, size_t *line) {
    for (size_t end = frem_line_end(source, *offset); end <= at; end = frem_line_end(source, *offset)) {
        *offset = end;
        ++*line;
    }
}

/* Bytes that are not UTF-8: the first of each line, since characters can't be counted after it. */
static frem_status check_encoding(const frem_source *source, frem_diags *diags) {
    frem_tally tally = {.diags = diags};
    size_t offset = frem_after_bom(source), line = 1, bad;
    size_t from = offset;
    while (from < source->size && !frem_utf8_valid(source->bytes + from, source->size - from, &bad)) {
        size_t at = from + bad;
        find_line(source, at, &offset, &line);
        char byte[8];
        snprintf(byte, sizeof byte, "0x%02X", (unsigned)(unsigned char)source->bytes[at]);
        FREM_TALLY(&tally, frem_row_place(source, offset, line, at), TABLE_NOT_UTF8, byte);
        from = frem_line_end(source, at);
    }
    return frem_tally_close(&tally);
}

/* A carriage return is half a line end and nothing else, so that none is dropped unseen. */
static frem_status check_line_ends(const frem_source *source, frem_diags *diags) {
    frem_tally tally = {.diags = diags};
    size_t offset = frem_after_bom(source), line = 1;
    const char *end = source->bytes + source->size;
    const char *from = source->bytes + offset;
    while (from < end && (from = memchr(from, '\r', (size_t)(end - from))) != NULL) {
        size_t at = (size_t)(from - source->bytes);
        from++;
        if (from < end && *from == '\n')
            continue;
        find_line(source, at, &offset, &line);
        FREM_TALLY(&tally, frem_row_place(source, offset, line, at), TABLE_LONE_RETURN, "");
    }
    return frem_tally_close(&tally);
}

static frem_status name_column(frem_table *table, size_t column, frem_tally *tally) {
    const char *name = table->text + table->starts[column];
    frem_place place = frem_table_header_place(table, column);
    char number[32];
    if (name[0] == '\0') {
        snprintf(number, sizeof number, "%zu", column + 1);
        FREM_TALLY(tally, place, TABLE_COLUMN_UNNAMED, number);
        return FREM_OK;
    }
    size_t before = frem_index_count(table->names), ordinal;
    frem_status status = frem_index_add(table->names, name, strlen(name), &ordinal);
    if (status == FREM_OK && frem_index_count(table->names) == before)
        FREM_TALLY(tally, place, TABLE_COLUMN_TWICE, name);
    return status;
}

static frem_status name_columns(frem_table *table, frem_diags *diags) {
    frem_tally tally = {.diags = diags};
    frem_status status = frem_index_new(&table->names);
    size_t numbers = 0;
    for (size_t i = 0; status == FREM_OK && i < table->columns; i++) {
        const char *name = table->text + table->starts[i];
        double number;
        if (frem_number_read(name, strlen(name), &number) == FREM_NUMBER_OK)
            numbers++;
        status = name_column(table, i, &tally);
    }
    if (status == FREM_OK && numbers == table->columns)
        FREM_TALLY(&tally, frem_table_header_place(table, 0), TABLE_HEADER_NUMBERS, "");
    return frem_tally_worse(status, frem_tally_close(&tally));
}

static frem_status parse_lines(table_parse *parse, const frem_dialect *dialect) {
    const frem_source *source = parse->source;
    frem_status status = start_csv(parse);
    if (status != FREM_OK)
        return status;
    size_t offset = dialect->start;
    for (size_t line = dialect->line; offset < source->size && !parse->stopped && parse->status == FREM_OK;
         line++) {
        size_t end = frem_line_end(source, offset);
        take_line(parse, offset, end, line);
        offset = end;
    }
    take_end(parse);
    csv_free(&parse->csv);
    status = frem_tally_close(&parse->quotes);
    status = frem_tally_worse(status, frem_tally_close(&parse->ragged));
    status = frem_tally_worse(status, frem_tally_close(&parse->blank));
    return frem_tally_worse(status, parse->status);
}

static frem_status parse_table(frem_table *table, const frem_dialect *dialect, frem_diags *diags) {
    frem_tally tally = {.diags = diags};
    table_parse parse = {.table = table, .source = table->source, .diags = diags};
    parse.ragged = parse.blank = parse.quotes = tally;
    table->text = malloc(table->source->size + 2);
    if (table->text == NULL)
        return FREM_NO_MEMORY;
    frem_status status = parse_lines(&parse, dialect);
    if (table->n_rows == 0) {
        frem_place place = frem_source_place(table->source, 1, 1);
        return status != FREM_OK ? status : FREM_PROBLEM(diags, place, TABLE_NO_HEADER, "");
    }
    if (status == FREM_NO_MEMORY)
        return status;
    status = frem_tally_worse(status, name_columns(table, diags));
    if (status != FREM_OK)
        return status;
    void *items = table->starts;
    status = frem_grow(&items, &parse.cells_room, parse.cells, sizeof *table->starts);
    table->starts = items;
    if (status != FREM_OK)
        return status;
    table->starts[parse.cells] = (uint32_t)parse.used;
    table->typed = calloc(table->columns, sizeof *table->typed);
    return table->typed != NULL ? FREM_OK : FREM_NO_MEMORY;
}

frem_status frem_table_read(const frem_source *source, frem_diags *diags, frem_table **out) {
    frem_place place = frem_source_place(source, 1, 1);
    if (source->size >= UINT32_MAX)
        return FREM_PROBLEM(diags, place, TABLE_TOO_LARGE, "");
    frem_dialect dialect;
    frem_status status = frem_dialect_find(source, diags, &dialect);
    if (status == FREM_OK)
        status = check_encoding(source, diags);
    if (status == FREM_OK)
        status = check_line_ends(source, diags);
    if (status != FREM_OK)
        return status;
    frem_table *table = calloc(1, sizeof *table);
    if (table == NULL)
        return FREM_NO_MEMORY;
    table->source = source;
    table->separator = dialect.separator;
    table->decimal = dialect.decimal;
    table->says_parted = source->book == NULL && dialect.line > 1;
    status = parse_table(table, &dialect, diags);
    if (status != FREM_OK) {
        frem_table_free(table);
        return status;
    }
    *out = table;
    return FREM_OK;
}
