#include <math.h>
#include <stdio.h>

#include "unit/tables/sample.h"

static void assert_place(frem_place place, unsigned line, unsigned column) {
    assert_text(place.file, "t.csv");
    assert_int_equal(place.line, line);
    assert_int_equal(place.column, column);
}

static void cells_of_a_plain_table(void **state) {
    (void)state;
    sample s;
    sample_good(&s, "code,name\n101,København\n147,Frederiksberg\n");
    assert_int_equal(frem_table_rows(s.table), 2);
    assert_int_equal(frem_table_columns(s.table), 2);
    assert_text(sample_cell(&s, 0, 1), "København");
    assert_text(sample_cell(&s, 1, 0), "147");
    assert_int_equal(frem_table_column(s.table, "name"), 1);
    assert_int_equal(frem_table_column(s.table, "Name"), -1);
    assert_text(frem_table_column_names(s.table)[0], "code");
    assert_place(frem_table_header_place(s.table, 1), 1, 6);
    assert_place(frem_table_place(s.table, 1, 1), 3, 5);
    assert_ptr_equal(frem_table_source(s.table), &s.source);
    sample_close(&s);
}

/* Commas, doubled quotes and line ends inside quotes belong to the cell; places count lines of the file. */
static void quoted_cells_of_rfc_4180(void **state) {
    (void)state;
    sample s;
    sample_good(&s, "a,b,c\n\"x, y\",\"he said \"\"nej\"\"\",1\n\"two\nlines\",\"\",\"æ\nø\"\n5,æø,7\n");
    assert_int_equal(frem_table_rows(s.table), 3);
    assert_text(sample_cell(&s, 0, 0), "x, y");
    assert_text(sample_cell(&s, 0, 1), "he said \"nej\"");
    assert_text(sample_cell(&s, 1, 0), "two\nlines");
    assert_text(sample_cell(&s, 1, 1), "");
    assert_text(sample_cell(&s, 1, 2), "æ\nø");
    assert_place(frem_table_place(s.table, 0, 2), 2, 26); /* "x, y", is 7, "he said ""nej""", 18 characters */
    assert_place(frem_table_place(s.table, 1, 0), 3, 1);
    assert_place(frem_table_place(s.table, 1, 1), 4, 8); /* after lines", */
    assert_place(frem_table_place(s.table, 1, 2), 4, 11);
    assert_place(frem_table_place(s.table, 2, 0), 6, 1);
    assert_place(frem_table_place(s.table, 2, 2), 6, 6); /* characters, not bytes */
    sample_close(&s);
}

static void byte_order_mark_and_line_ends(void **state) {
    (void)state;
    sample s;
    sample_good(&s, "\xEF\xBB\xBF"
                    "a,b\r\n1,\"x\r\ny\"\r\n3,4");
    assert_int_equal(frem_table_column(s.table, "a"), 0);
    assert_place(frem_table_header_place(s.table, 0), 1, 1);
    assert_place(frem_table_header_place(s.table, 1), 1, 3);
    assert_text(sample_cell(&s, 0, 1), "x\r\ny");
    assert_text(sample_cell(&s, 1, 1), "4");
    assert_place(frem_table_place(s.table, 1, 1), 4, 3);
    sample_close(&s);
    sample_good(&s, "a,b\n1,"); /* no final newline, and an empty last cell */
    assert_int_equal(frem_table_rows(s.table), 1);
    assert_text(sample_cell(&s, 0, 1), "");
    sample_close(&s);
    sample_good(&s, "a,b\n1,2\n\r\n\n"); /* blank lines at the end are not inside the table */
    assert_int_equal(frem_table_rows(s.table), 1);
    sample_close(&s);
    sample_good(&s, "a,b\n"); /* a header alone is a table without rows */
    assert_int_equal(frem_table_rows(s.table), 0);
    sample_close(&s);
}

/* Spaces belong to the cell and so make " 2" something else than 2. */
static void spaces_are_kept(void **state) {
    (void)state;
    sample s;
    const double *numbers;
    sample_good(&s, "a,b\nx , 2\n");
    assert_text(sample_cell(&s, 0, 0), "x ");
    assert_text(sample_cell(&s, 0, 1), " 2");
    assert_int_equal(frem_table_numbers(s.table, 1, s.diags, &numbers), FREM_INVALID);
    assert_int_equal(frem_diags_count(s.diags), 1);
    assert_int_equal(frem_diags_at(s.diags, 0)->place.column, 4);
    sample_close(&s);
}

static void ragged_rows(void **state) {
    (void)state;
    assert_bad_table("æ,b,c\n1,2\n1,2,3\n\"ø\",ø,3,4\r\n1\r\n",
                     "t.csv:2:4: error: the row has 2 cells, the header has 3\n"
                     "hint: the first cell that is missing is 'c'",
                     "t.csv:4:9: error: the row has 4 cells, the header has 3\n"
                     "hint: text with a comma in it needs double quotes; decimals are written with a "
                     "point, or with a comma where semicolons "
                     "separate the columns",
                     "t.csv:5:2: error: the row has 1 cells, the header has 3\n"
                     "hint: the first cell that is missing is 'b'");
}

static void blank_lines_inside(void **state) {
    (void)state;
    assert_bad_table("a,b\n\n1,2\n\r\n\n3,4\n\n", "t.csv:2:1: error: a blank line inside the table",
                     "t.csv:4:1: error: a blank line inside the table",
                     "t.csv:5:1: error: a blank line inside the table");
}

static void broken_quotes(void **state) {
    (void)state;
    assert_bad_table("a,b\n1,\"x\n2,y\n", "t.csv:2:3: error: the quote that opens here is never closed");
    assert_bad_table("a,b\n\"1\ny\",\"x", "t.csv:3:4: error: the quote that opens here is never closed");
    assert_bad_table("a,b\nøø,\"x\"y\n2,\n", "t.csv:2:7: error: text after the quote that closes the cell\n"
                                             "hint: the cell opens at line 2, column 4; a quote inside it is "
                                             "written twice");
    assert_bad_table("a,b\n1,\"x\n2,\"y\"\n",
                     "t.csv:3:4: error: text after the quote that closes the cell\n"
                     "hint: the cell opens at line 2, column 3; a quote inside it is "
                     "written twice");
    /* on one line each: the rest of the file is still looked at */
    assert_bad_table("a,b\n1,x\"y\n1\n2,\"x\" \n3,4\n",
                     "t.csv:2:4: error: a quote inside a cell that does not begin with one\n"
                     "hint: put the whole cell in quotes and write the quote inside twice",
                     "t.csv:3:2: error: the row has 1 cells, the header has 2\n"
                     "hint: the first cell that is missing is 'b'",
                     "t.csv:4:6: error: text after the quote that closes the cell\n"
                     "hint: the cell opens at line 4, column 3; a quote inside it is written twice");
    assert_bad_table("a,\"b\n", "t.csv:1:3: error: the quote that opens here is never closed");
}

static void headers(void **state) {
    (void)state;
    assert_bad_table("", "t.csv:1:1: error: the table is empty: it has no header row");
    assert_bad_table("\xEF\xBB\xBF\n\r\n", "t.csv:1:1: error: the table is empty: it has no header row");
    assert_bad_table("101,2016,44546\n",
                     "t.csv:1:1: error: the table has no header row: its first row holds only "
                     "numbers\nhint: write a first row with the columns' names");
    assert_bad_table("år,køn,,år\n1,2,3,4\n", "t.csv:1:8: error: column number 3 has no name",
                     "t.csv:1:9: error: column 'år' occurs twice in the header");
    /* "å" as one code point and as a with a ring: one name */
    assert_bad_table("\xC3\xA5r,a\xCC\x8Ar\n1,2\n",
                     "t.csv:1:4: error: column 'a\xCC\x8Ar' occurs twice in the header");
}

static void other_separators(void **state) {
    (void)state;
    const char *mixed =
        "the header has both commas and semicolons outside quotes\nhint: separate the columns by one of "
        "them throughout; put a name that has the other in double quotes";
    char text[256];
    (void)snprintf(text, sizeof text, "t.csv:1:8: error: %s", mixed);
    assert_bad_table("\"a;b\",c;d\n1,2\n", text);
    (void)snprintf(text, sizeof text, "t.csv:1:4: error: %s", mixed);
    assert_bad_table("a;b,c\n1;2\n", text);
    assert_bad_table("a\tb\n1\t2\n",
                     "t.csv:1:2: error: the columns are separated by tabs or another mark, not by commas or "
                     "semicolons\nhint: save the file as \"CSV UTF-8\"");
    sample s;
    sample_good(&s, "\"a;b\",\"c;d\"\n1,2;3\n"); /* a comma separates, so semicolons are text */
    assert_string_equal(sample_cell(&s, 0, 1), "2;3");
    sample_close(&s);
}

/* A table of a Danish spreadsheet: the same numbers as with commas and points, whatever its first line and line ends. */
static void semicolons_and_decimal_commas(void **state) {
    (void)state;
    static const char *const texts[] = {
        "region;navn;fte\n101;K, by;1234,5\n102;\"x;\"\"y\";-0,25\n103;;\n104;z;7\n105;z;1,5e3\n",
        "\xEF\xBB\xBFregion;navn;fte\r\n101;\"K, "
        "by\";1234,5\r\n102;\"x;\"\"y\";-0,25\r\n103;;\r\n104;z;7\r\n105;z;1,5e3\r\n",
        "sep=;\r\nregion;navn;fte\r\n101;K, "
        "by;1234,5\r\n102;\"x;\"\"y\";-0,25\r\n103;;\r\n104;z;7\r\n105;z;1,5e3",
        "\"SEP=;\"\nregion;navn;\"fte\"\n101;K, "
        "by;\"1234,5\"\n102;\"x;\"\"y\";\"-0,25\"\n103;;\n104;z;7\n105;z;1,5e3\n",
        "sep=,\nregion,navn,fte\n101,\"K, by\",1234.5\n102,\"x;\"\"y\",-0.25\n103,,\n104,z,7\n105,z,1.5e3\n",
    };
    static const double want[] = {1234.5, -0.25, (double)NAN, 7, 1500};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        sample s;
        const double *out;
        sample_good(&s, texts[i]);
        assert_int_equal(frem_table_rows(s.table), 5);
        assert_int_equal(frem_table_columns(s.table), 3);
        assert_string_equal(sample_cell(&s, 0, 1), "K, by");
        assert_string_equal(sample_cell(&s, 1, 1), "x;\"y");
        assert_int_equal(frem_table_numbers(s.table, 2, s.diags, &out), FREM_OK);
        for (size_t row = 0; row < 5; row++)
            assert_true(isnan(want[row]) ? isnan(out[row]) : out[row] >= want[row] && out[row] <= want[row]);
        frem_place place = frem_table_place(s.table, 3, 2);
        assert_int_equal(place.line, 5 + (i > 1));
        assert_int_equal(place.column, 7);
        assert_int_equal(frem_table_decimal(s.table), i < 4 ? ',' : '.');
        sample_close(&s);
    }
}

/* What is no CSV is said in one sentence. */
static void other_files(void **state) {
    (void)state;
    static const struct {
        const char *bytes;
        size_t n;
        const char *kind;
    } files[] = {
#define FILE_OF(bytes, kind) {bytes, sizeof(bytes) - 1, kind}
        FILE_OF("PK\3\4\x14\0\0\0\0\0 xl/workbook.xml", "an Excel workbook"),
        FILE_OF("PK\3\4\x14\0 mimetypeapplication/vnd.oasis.opendocument.spreadsheetPK",
                "an OpenDocument workbook"),
        FILE_OF("PK\3\4\x14\0 a.csv", "a zip archive"),
        FILE_OF("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0",
                "an Excel workbook in the old form (.xls), or another Office file"),
        FILE_OF("%PDF-1.4\n", "a PDF document"),
        FILE_OF("SQLite format 3\0", "an SQLite database"),
        FILE_OF("\x1F\x8B\x08\0", "a gzip file"),
        FILE_OF("<!DOCTYPE html>\n<html>", "a web page"),
        FILE_OF("{\"version\":\"2.0\"}", "JSON"),
        FILE_OF("CHARSET=\"ANSI\";\n", "a PX file"),
        FILE_OF("a,b\1\0\2\n1,\0\n", "a binary file"),
#undef FILE_OF
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        sample s;
        char want[256];
        (void)snprintf(want, sizeof want, "t.csv:1:1: error: the file is %s, not a table in CSV",
                       files[i].kind);
        sample_open_bytes(&s, files[i].bytes, files[i].n);
        assert_int_equal(s.status, FREM_INVALID);
        assert_int_equal(frem_diags_count(s.diags), 1);
        char *text = frem_diag_text(frem_diags_at(s.diags, 0), FREM_EN);
        text[strcspn(text, "\n")] = '\0';
        assert_string_equal(text, want);
        free(text);
        sample_close(&s);
    }
    static const char utf16[] = "a\0,\0b\0\n\0"
                                "1\0,\0"
                                "2\0\n";
    sample s;
    sample_open_bytes(&s, utf16, sizeof utf16);
    assert_int_equal(s.status, FREM_INVALID);
    assert_string_equal(frem_diags_at(s.diags, 0)->name, "table-utf16");
    sample_close(&s);
    sample_open(&s, "a,b\r1,2\r3,4");
    assert_int_equal(s.status, FREM_INVALID);
    assert_string_equal(frem_diags_at(s.diags, 0)->name, "table-returns");
    assert_int_equal(frem_diags_count(s.diags), 1);
    sample_close(&s);
    sample_good(&s, "BZh,PAR1\nRar!,7z\n"); /* texts that begin as such a file does */
    sample_close(&s);
}

static void bytes_that_are_not_text(void **state) {
    (void)state;
    assert_bad_table("a,b\nøl,K\xF8"
                     "benhavn\n1,2\n\xE6,\xE6\n",
                     "t.csv:2:5: error: byte 0xF8 is not UTF-8 text\n"
                     "hint: save the file as UTF-8 (in a spreadsheet: \"CSV UTF-8\")",
                     "t.csv:4:1: error: byte 0xE6 is not UTF-8 text\n"
                     "hint: save the file as UTF-8 (in a spreadsheet: \"CSV UTF-8\")");
    sample s;
    sample_open_bytes(&s, "a,b\n1,\0\n", 8);
    assert_problems(s.diags, "t.csv:2:3: error: byte 0x00 is not UTF-8 text\n"
                             "hint: save the file as UTF-8 (in a spreadsheet: \"CSV UTF-8\")");
    sample_close(&s);
    assert_bad_table("a,b\rc,d\r\n1,2\r",
                     "t.csv:1:4: error: a carriage return without a line feed after it\n"
                     "hint: end lines with LF or CRLF",
                     "t.csv:2:4: error: a carriage return without a line feed after it\n"
                     "hint: end lines with LF or CRLF");
}

/* At most 20 of one kind, then one that counts the others: 45 short rows are 20 and 25. */
static void many_problems_of_one_kind(void **state) {
    (void)state;
    char text[256] = "a,b\n";
    for (int i = 0; i < 45; i++)
        strcat(text, "1\n");
    sample s;
    sample_open(&s, text);
    assert_int_equal(frem_diags_count(s.diags), 21);
    char *last = frem_diag_text(frem_diags_at(s.diags, 20), FREM_EN);
    assert_text(last, "t.csv:22:2: error: and 25 more problems of this kind, from here on");
    free(last);
    sample_close(&s);
}

static void numbers(void **state) {
    (void)state;
    sample s;
    const double *first, *again;
    sample_good(&s, "a,b\n1,44546\n2,\n3,-2.5e1\n");
    assert_int_equal(frem_table_numbers(s.table, 1, s.diags, &first), FREM_OK);
    assert_close(first[0], 44546, 0);
    assert_true(isnan(first[1]));
    assert_close(first[2], -25, 0);
    assert_int_equal(frem_table_numbers(s.table, 1, s.diags, &again), FREM_OK);
    assert_ptr_equal(first, again);
    sample_close(&s);
}

static void bad_numbers(void **state) {
    (void)state;
    sample s;
    const double *out;
    sample_good(&s, "k,persons\nø,12 pers\nå,nan\nx,\"1,5\"\ny,abc\nz,inf\n");
    assert_int_equal(frem_table_numbers(s.table, 1, s.diags, &out), FREM_INVALID);
    assert_problems(s.diags,
                    "t.csv:2:3: error: persons: '12 pers' has text after the number\n"
                    "hint: write the number alone, without blanks, units or per cent: 0.74 for 74 %",
                    "t.csv:3:3: error: persons: 'nan' is not a finite number",
                    "t.csv:4:3: error: persons: '1,5' has a comma or a thousands separator\n"
                    "hint: write 1.5",
                    "t.csv:5:3: error: persons: 'abc' is not a number\n"
                    "hint: write it like 1122, 0.74 or 1.5e3",
                    "t.csv:6:3: error: persons: 'inf' is not a finite number");
    /* asked again: still invalid, reported once in one collection, and again in another */
    assert_int_equal(frem_table_numbers(s.table, 1, s.diags, &out), FREM_INVALID);
    assert_int_equal(frem_diags_count(s.diags), 5);
    frem_diags *other;
    assert_int_equal(frem_diags_new(&other), FREM_OK);
    assert_int_equal(frem_table_numbers(s.table, 1, other, &out), FREM_INVALID);
    assert_int_equal(frem_diags_count(other), 5);
    frem_diags_free(other);
    sample_close(&s);
}

static void whole_numbers(void **state) {
    (void)state;
    sample s;
    const int64_t *out;
    sample_good(&s, "to,x\n79,1\n79,1.5\n,1.5\n-5,3\n");
    assert_int_equal(frem_table_wholes(s.table, 0, s.diags, &out), FREM_OK);
    assert_true(out[0] == 79 && out[1] == 79 && out[2] == FREM_TABLE_NO_WHOLE && out[3] == -5);
    assert_int_equal(frem_table_wholes(s.table, 1, s.diags, &out), FREM_INVALID);
    assert_problems(s.diags, "t.csv:3:4: error: x: '1.5' is not a whole number",
                    "t.csv:4:2: error: x: '1.5' is not a whole number");
    sample_close(&s);
}

static void count_forgotten(void *kept) {
    ++*(int *)kept;
}

/* What was derived from a table is forgotten once something else is kept, and with the table. */
static void derived_from_a_table_is_kept_with_it(void **state) {
    (void)state;
    int first = 0, second = 0;
    sample s;
    sample_good(&s, "a\n1\n");
    assert_null(frem_table_kept(s.table));
    frem_table_keep(s.table, &first, count_forgotten);
    assert_ptr_equal(frem_table_kept(s.table), &first);
    frem_table_begin(s.table); /* another model reads it */
    assert_ptr_equal(frem_table_kept(s.table), &first);
    frem_table_keep(s.table, &second, count_forgotten);
    assert_ptr_equal(frem_table_kept(s.table), &second);
    assert_int_equal(first, 1);
    sample_close(&s);
    assert_int_equal(first, 1);
    assert_int_equal(second, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cells_of_a_plain_table),
        cmocka_unit_test(quoted_cells_of_rfc_4180),
        cmocka_unit_test(byte_order_mark_and_line_ends),
        cmocka_unit_test(spaces_are_kept),
        cmocka_unit_test(ragged_rows),
        cmocka_unit_test(blank_lines_inside),
        cmocka_unit_test(broken_quotes),
        cmocka_unit_test(headers),
        cmocka_unit_test(other_separators),
        cmocka_unit_test(semicolons_and_decimal_commas),
        cmocka_unit_test(other_files),
        cmocka_unit_test(bytes_that_are_not_text),
        cmocka_unit_test(many_problems_of_one_kind),
        cmocka_unit_test(numbers),
        cmocka_unit_test(bad_numbers),
        cmocka_unit_test(whole_numbers),
        cmocka_unit_test(derived_from_a_table_is_kept_with_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
