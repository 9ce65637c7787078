/* The cells of a sheet as the text of a table: row after row, as they come out of the archive. */
#include "tables/workbook_inside.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/problem.h"
#include "tables/tally.h"

#ifdef FREM_HAS_WORKBOOKS

/* Sizes of a sheet in Excel, and how many cells are read: a table with more is better a CSV file. */
enum { ROWS_MAX = 1048576, COLUMNS_MAX = 16384, CELLS_MAX = 2000000 };
#define TEXT_MAX ((size_t)256 << 20)

/* A cell of the row that is being read. */
typedef struct sheet_cell {
    unsigned column;
    const char *text;
} sheet_cell;

typedef struct sheet_reading {
    const char *cells_file; /* of places */
    frem_text *out;
    unsigned row, column; /* of the cell that is being read; 0 before the first */
    unsigned first_row, last_row, width;
    unsigned line; /* of the text, to be written next */
    size_t n_cells;
    sheet_cell *cells;
    size_t n, capacity;
    char type[12];
    frem_cell_form form;
    bool formula, valued, inside, phonetic;
    const char *value;
    frem_tally errors, formulas, beside, merged, dates;
} sheet_reading;

static frem_place place_of(const sheet_reading *at, unsigned row, unsigned column) {
    return (frem_place){at->cells_file, row, column};
}

static void broken(frem_part_reader *reader, const char *reference) {
    const frem_workbook *book = reader->book;
    frem_part_stop(reader, FREM_PROBLEM(book->diags, ((frem_place){book->source->path, 0, 0}), BOOK_CELL,
                                        reader->part, reference));
}

/* "C7". @return the rest of the text; NULL where it is no cell of a sheet. */
static const char *read_reference(const char *text, unsigned *row, unsigned *column) {
    unsigned letters = 0, digits = 0;
    for (; *text >= 'A' && *text <= 'Z'; text++) {
        letters = letters * 26 + (unsigned)(*text - 'A') + 1;
        if (letters > COLUMNS_MAX)
            return NULL;
    }
    for (; *text >= '0' && *text <= '9'; text++) {
        digits = digits * 10 + (unsigned)(*text - '0');
        if (digits > ROWS_MAX)
            return NULL;
    }
    *row = digits;
    *column = letters;
    return letters > 0 && digits > 0 ? text : NULL;
}

/* ---- cells ---- */

/* The day of a serial number, counted from 1900 with the 29 February that 1900 did not have, or from 1904. */
static bool day_of(const frem_workbook *book, double serial, int *year, int *month, int *day) {
    if (!(serial >= 0) || serial >= 2958466)
        return false;
    long days = (long)serial; /* since 30 December 1899, from 1 March 1900 on */
    if (book->from_1904)
        days += 1462;
    else if (days < 60)
        days++;
    /* Days since 1 March of year 0, in eras of 400 years. */
    const long since = days + 693899;
    const long era = since / 146097, of_era = since % 146097;
    const long year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    const long of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const long turned = (5 * of_year + 2) / 153;
    *day = (int)(of_year - (153 * turned + 2) / 5 + 1);
    *month = (int)(turned < 10 ? turned + 3 : turned - 9);
    *year = (int)(year_of_era + era * 400 + (*month <= 2));
    return true;
}

/* A number that is a date or a time of day. @return false where it is none. */
static bool put_date(const frem_workbook *book, double serial, char *out, size_t room) {
    int year, month, day;
    double whole = floor(serial);
    long seconds = lround((serial - whole) * 86400);
    if (seconds == 86400) {
        whole++;
        seconds = 0;
    }
    if (!day_of(book, whole, &year, &month, &day))
        return false;
    const int hour = (int)(seconds / 3600), minute = (int)(seconds / 60 % 60), second = (int)(seconds % 60);
    if (whole == 0 && !book->from_1904)
        (void)snprintf(out, room, "%02d:%02d:%02d", hour, minute, second);
    else if (seconds > 0)
        (void)snprintf(out, room, "%04d-%02d-%02dT%02d:%02d:%02d", year, month, day, hour, minute, second);
    else
        (void)snprintf(out, room, "%04d-%02d-%02d", year, month, day);
    return true;
}

static const char *number_text(frem_part_reader *reader, const char *given) {
    enum { ROOM = 64 };
    sheet_reading *at = reader->of;
    double number;
    char *text = frem_arena_alloc(reader->book->arena, ROOM, 1);
    if (text == NULL) {
        frem_part_stop(reader, FREM_NO_MEMORY);
        return "";
    }
    if (frem_number_read(given, strlen(given), &number) != FREM_NUMBER_OK) {
        broken(reader, given);
        return "";
    }
    if (at->form == FREM_CELL_DATE) {
        if (!put_date(reader->book, number, text, ROOM))
            FREM_TALLY(&at->dates, place_of(at, at->row, at->column), SHEET_DATE, given);
        return text;
    }
    if (at->form == FREM_CELL_ELAPSED && fabs(number) < 1e6) {
        const long seconds = lround(fabs(number) * 86400);
        (void)snprintf(text, ROOM, "%s%ld:%02ld:%02ld", number < 0 ? "-" : "", seconds / 3600,
                       seconds / 60 % 60, seconds % 60);
        return text;
    }
    const size_t n = frem_number_shortest(text, number);
    if (frem_number_thousands(text, n, '.'))
        (void)strcpy(text + n,
                     "0"); /* it is a number, and needs no asking whether its point marks thousands */
    return text;
}

/* Text without blanks around it and line breaks in it, which a header often has. */
static const char *tidied(frem_part_reader *reader, const char *text) {
    size_t n = strlen(text);
    while (n > 0 && strchr(" \t\r\n", text[n - 1]) != NULL)
        n--;
    while (n > 0 && strchr(" \t\r\n", *text) != NULL) {
        text++;
        n--;
    }
    char *own = frem_arena_text(reader->book->arena, text, n), *to = own;
    if (own == NULL) {
        frem_part_stop(reader, FREM_NO_MEMORY);
        return "";
    }
    for (const char *from = own; *from != '\0'; from++) {
        const bool blank = strchr("\t\r\n", *from) != NULL;
        if (!blank)
            *to++ = *from;
        else if (to > own && to[-1] != ' ')
            *to++ = ' ';
    }
    *to = '\0';
    return own;
}

static const char *shared_text(frem_part_reader *reader, const char *given) {
    const frem_workbook *book = reader->book;
    int64_t place;
    if (frem_whole_read(given, strlen(given), &place) == FREM_NUMBER_OK && place >= 0 &&
        (uint64_t)place < book->n_strings)
        return tidied(reader, book->strings[place]);
    broken(reader, given);
    return "";
}

/* The text of the cell that ends. */
static const char *cell_text(frem_part_reader *reader) {
    sheet_reading *at = reader->of;
    const char *given = at->value != NULL ? at->value : "";
    const bool text = strcmp(at->type, "str") == 0 || strcmp(at->type, "inlineStr") == 0;
    if (at->formula && (reader->book->stale || !at->valued || (given[0] == '\0' && !text))) {
        FREM_TALLY(&at->formulas, place_of(at, at->row, at->column), SHEET_FORMULA, "");
        return "";
    }
    if (text)
        return tidied(reader, given);
    if (given[0] == '\0')
        return "";
    if (strcmp(at->type, "s") == 0)
        return shared_text(reader, given);
    if (strcmp(at->type, "b") == 0)
        return strcmp(given, "1") == 0 || strcmp(given, "true") == 0 ? "TRUE" : "FALSE";
    if (strcmp(at->type, "d") == 0)
        return tidied(reader, given);
    if (strcmp(at->type, "e") == 0) {
        FREM_TALLY(&at->errors, place_of(at, at->row, at->column), SHEET_ERROR, given);
        return "";
    }
    return number_text(reader, given);
}

static void end_cell(frem_part_reader *reader) {
    sheet_reading *at = reader->of;
    const char *text = cell_text(reader);
    if (text[0] == '\0' || reader->status != FREM_OK)
        return;
    const frem_status status = frem_grow((void **)&at->cells, &at->capacity, at->n, sizeof *at->cells);
    if (status != FREM_OK) {
        frem_part_stop(reader, status);
        return;
    }
    at->cells[at->n++] = (sheet_cell){at->column, text};
    if (++at->n_cells > CELLS_MAX)
        frem_part_stop(reader,
                       FREM_PROBLEM(reader->book->diags, place_of(at, at->row, at->column), SHEET_LARGE, ""));
}

static void begin_cell(frem_part_reader *reader, const char **attributes) {
    sheet_reading *at = reader->of;
    const char *reference = frem_part_attribute(attributes, "r"),
               *type = frem_part_attribute(attributes, "t"), *style = frem_part_attribute(attributes, "s");
    unsigned row = at->row, column = at->column + 1;
    const char *rest = reference != NULL ? read_reference(reference, &row, &column) : "";
    if (rest == NULL || *rest != '\0' || row != at->row || row == 0 || column <= at->column ||
        column > COLUMNS_MAX) {
        broken(reader, reference != NULL ? reference : "");
        return;
    }
    const unsigned long of = style != NULL ? strtoul(style, NULL, 10) : 0;
    at->column = column;
    at->form = of < reader->book->n_forms ? reader->book->forms[of] : FREM_CELL_NUMBER;
    (void)snprintf(at->type, sizeof at->type, "%s", type != NULL ? type : "n");
    at->formula = at->valued = at->inside = at->phonetic = false;
    at->value = NULL;
    reader->text.length = 0;
}

/* ---- rows ---- */

static void begin_row(frem_part_reader *reader, const char **attributes) {
    sheet_reading *at = reader->of;
    const char *given = frem_part_attribute(attributes, "r");
    int64_t row = (int64_t)at->row + 1;
    if (given != NULL && frem_whole_read(given, strlen(given), &row) != FREM_NUMBER_OK)
        row = 0;
    if (row <= at->row || row > ROWS_MAX) {
        broken(reader, given != NULL ? given : "");
        return;
    }
    at->row = (unsigned)row;
    at->column = 0;
    at->n = 0;
}

static void put_cell(frem_text *out, const char *text) {
    if (strpbrk(text, ",;\"\t") == NULL) {
        frem_text_add(out, text);
        return;
    }
    frem_text_add(out, "\"");
    for (const char *from = text; *from != '\0'; from++)
        frem_text_add_bytes(out, *from == '"' ? "\"\"" : from, *from == '"' ? 2 : 1);
    frem_text_add(out, "\"");
}

static void end_row(frem_part_reader *reader) {
    sheet_reading *at = reader->of;
    if (at->n == 0)
        return;
    if (at->first_row == 0) {
        at->first_row = at->row;
        at->width = at->cells[at->n - 1].column;
    }
    at->last_row = at->row;
    for (; at->line < at->row; at->line++)
        frem_text_add(at->out, "\n");
    size_t next = 0;
    for (unsigned column = 1; column <= at->width; column++) {
        frem_text_add(at->out, column > 1 ? "," : "");
        if (next < at->n && at->cells[next].column == column)
            put_cell(at->out, at->cells[next++].text);
    }
    frem_text_add(at->out, "\n");
    at->line++;
    if (next < at->n) {
        char letters[FREM_LETTERS_MAX], row[16];
        frem_column_letters(at->width, letters);
        (void)snprintf(row, sizeof row, "%u", at->first_row);
        FREM_TALLY(&at->beside, place_of(at, at->row, at->cells[next].column), SHEET_BESIDE, row, letters);
    }
    if (at->out->failed)
        frem_part_stop(reader, FREM_NO_MEMORY);
    else if (at->out->length > TEXT_MAX)
        frem_part_stop(reader, FREM_PROBLEM(reader->book->diags, place_of(at, at->row, 1), SHEET_LARGE, ""));
}

/* Cells that are one: the table would have a value in the first of them alone. */
static void take_merged(frem_part_reader *reader, const char **attributes) {
    sheet_reading *at = reader->of;
    const char *reference = frem_part_attribute(attributes, "ref");
    unsigned row, column, to_row, to_column;
    const char *rest = reference != NULL ? read_reference(reference, &row, &column) : NULL;
    if (rest == NULL || *rest != ':' || read_reference(rest + 1, &to_row, &to_column) == NULL)
        return;
    if (column <= at->width && to_row >= at->first_row && row <= at->last_row && at->first_row > 0)
        FREM_TALLY(&at->merged, place_of(at, row, column), SHEET_MERGED, reference);
}

static void opens(frem_part_reader *reader, const char *element, const char **attributes) {
    sheet_reading *at = reader->of;
    reader->collects = false;
    if (strcmp(element, "row") == 0)
        begin_row(reader, attributes);
    else if (strcmp(element, "c") == 0)
        begin_cell(reader, attributes);
    else if (strcmp(element, "f") == 0)
        at->formula = true;
    else if (strcmp(element, "is") == 0)
        at->inside = at->valued = true;
    else if (strcmp(element, "rPh") == 0)
        at->phonetic = true;
    else if (strcmp(element, "mergeCell") == 0)
        take_merged(reader, attributes);
    else if (strcmp(element, "v") == 0)
        at->valued = reader->collects = true;
    else if (strcmp(element, "t") == 0)
        reader->collects = at->inside && !at->phonetic;
}

static void closes(frem_part_reader *reader, const char *element) {
    sheet_reading *at = reader->of;
    reader->collects = false;
    if (strcmp(element, "v") == 0 || strcmp(element, "is") == 0) {
        at->value = frem_part_text(reader);
        at->inside = false;
    } else if (strcmp(element, "rPh") == 0) {
        at->phonetic = false;
    } else if (strcmp(element, "c") == 0) {
        end_cell(reader);
    } else if (strcmp(element, "row") == 0) {
        end_row(reader);
    }
}

frem_status frem_sheet_text(frem_workbook *book, const frem_workbook_part *sheet, frem_text *text,
                            const char **range) {
    const frem_tally tally = {.diags = book->diags};
    sheet_reading at = {.out = text, .line = 1};
    at.errors = at.formulas = at.beside = at.merged = at.dates = tally;
    at.cells_file = frem_arena_print(book->arena, "%s, %s!", book->source->path, sheet->name);
    if (at.cells_file == NULL)
        return FREM_NO_MEMORY;
    frem_part_reader reader = {
        .book = book, .part = sheet->path, .of = &at, .opens = opens, .closes = closes};
    frem_status status = frem_part_read(&reader);
    frem_tally *const tallies[] = {&at.errors, &at.formulas, &at.beside, &at.merged, &at.dates};
    for (size_t i = 0; i < sizeof tallies / sizeof *tallies; i++)
        status = frem_tally_worse(status, frem_tally_close(tallies[i]));
    char letters[FREM_LETTERS_MAX];
    frem_column_letters(at.width > 0 ? at.width : 1, letters);
    *range = frem_arena_print(book->arena, "A%u:%s%u", at.first_row > 0 ? at.first_row : 1, letters,
                              at.last_row > 0 ? at.last_row : 1);
    free(at.cells);
    return *range != NULL ? status : FREM_NO_MEMORY;
}

#endif
