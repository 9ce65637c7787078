#include "output/xlsx/book.h"

#ifdef FREM_HAS_XLSX

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/part.h"
#include "frame/answer.h"
#include "frame/columns.h"
#include "output/names.h"

static const frem_part_call call_names[] = {FREM_XLSX_CALLS(FREM_PART_CALL)};

static const frem_part part = {"--format xlsx",  "libxlsxwriter",     FREM_XLSXWRITER_LIBRARY,
                               "libxlsxwriter4", "libxlsxwriter-dev", false};

/* The date in the file; a fixed one says that it means nothing, where 0 would mean now to the library. */
static time_t date_of(long long made) {
    enum { YEAR_2000 = 946684800 };
    const long long year_10000 = 253402300800;
    return made > 0 && made < year_10000 ? (time_t)made : YEAR_2000;
}

static lxw_format *new_format(frem_book *book, frem_look look) {
    static const struct {
        double size;
        unsigned color, ground;
        bool bold, wrap, line;
        uint8_t align;
        const char *number;
    } looks[FREM_LOOKS] = {
        [FREM_LOOK_TITLE] = {18, 0x1B3A57, 0, true, false, false, LXW_ALIGN_NONE, NULL},
        [FREM_LOOK_SUBTITLE] = {11, 0x595959, 0, false, false, false, LXW_ALIGN_NONE, NULL},
        [FREM_LOOK_HEADING] = {13, 0x1B3A57, 0, true, false, false, LXW_ALIGN_NONE, NULL},
        [FREM_LOOK_HEADER] = {9, 0x1B3A57, 0xEAF0F6, true, true, true, LXW_ALIGN_RIGHT, NULL},
        [FREM_LOOK_HEADER_TEXT] = {9, 0x1B3A57, 0xEAF0F6, true, true, true, LXW_ALIGN_LEFT, NULL},
        [FREM_LOOK_WRAP] = {0, 0, 0, false, true, false, LXW_ALIGN_LEFT, NULL},
        [FREM_LOOK_YEAR] = {0, 0, 0, false, false, false, LXW_ALIGN_LEFT, "0"},
        [FREM_LOOK_COUNT] = {0, 0, 0, false, false, false, LXW_ALIGN_NONE, "#,##0"},
        [FREM_LOOK_GAP] = {0, 0, 0, false, false, false, LXW_ALIGN_NONE, "+#,##0;-#,##0;0"},
        [FREM_LOOK_RATIO] = {0, 0, 0, false, false, false, LXW_ALIGN_NONE, "0.0%"},
        [FREM_LOOK_MONEY] = {0, 0, 0, false, false, false, LXW_ALIGN_NONE, "#,##0.0"},
        [FREM_LOOK_VALUE] = {0, 0, 0, false, false, false, LXW_ALIGN_NONE, "#,##0.000"},
    };
    lxw_format *format = book->call.workbook_add_format(book->workbook);
    if (format == NULL)
        return NULL;
    if (looks[look].size > 0)
        book->call.format_set_font_size(format, looks[look].size);
    if (looks[look].color != 0)
        book->call.format_set_font_color(format, looks[look].color);
    if (looks[look].ground != 0)
        book->call.format_set_bg_color(format, looks[look].ground);
    if (looks[look].bold)
        book->call.format_set_bold(format);
    if (looks[look].wrap)
        book->call.format_set_text_wrap(format);
    if (looks[look].line) {
        book->call.format_set_bottom(format, LXW_BORDER_THIN);
        book->call.format_set_bottom_color(format, 0x1B3A57);
    }
    if (looks[look].align != LXW_ALIGN_NONE)
        book->call.format_set_align(format, looks[look].align);
    if (looks[look].line)
        book->call.format_set_align(format, LXW_ALIGN_VERTICAL_BOTTOM);
    else if (looks[look].wrap)
        book->call.format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    if (looks[look].number != NULL)
        book->call.format_set_num_format(format, looks[look].number);
    return format;
}

/* Title and dates of the file. */
static void set_properties(frem_book *book) {
    frem_text title = {0};
    const bool answers = book->document->kind == FREM_TABLE_ANSWER;
    if (answers)
        frem_add_cell(&title, book->document->answer->title.text[book->lang], 200);
    for (size_t i = 0; i < book->document->n_scenarios && !answers; i++) {
        const frem_run *run = &book->document->scenarios[i];
        if (i > 0 && strcmp(run->name, run[-1].name) == 0)
            continue;
        frem_text_add(&title, i > 0 ? "; " : "");
        frem_add_cell(&title, run->title.text[book->lang], 200);
    }
    char comments[] = "fremskriv";
    char nothing[] = "";
    lxw_doc_properties properties = {.title = title.bytes != NULL ? title.bytes : nothing,
                                     .comments = comments,
                                     .created = date_of(book->made)};
    if (title.failed || book->call.workbook_set_properties(book->workbook, &properties) != LXW_NO_ERROR)
        book->status = FREM_NO_MEMORY;
    frem_text_free(&title);
}

frem_status frem_book_load(frem_book *book, frem_diags *diags) {
    book->status = frem_part_open(&part, call_names, sizeof call_names / sizeof *call_names, &book->call,
                                  &book->library, diags);
    return book->status;
}

frem_status frem_book_open(frem_book *book, const char *path, const char *folder) {
    char *own = strdup(folder);
    book->status = own == NULL ? FREM_NO_MEMORY : frem_index_new(&book->names);
    if (book->status == FREM_OK) {
        lxw_workbook_options options = {.tmpdir = own};
        book->workbook = book->call.workbook_new_opt(path, &options);
        book->status = book->workbook == NULL ? FREM_NO_MEMORY : FREM_OK;
    }
    free(own);
    /* Plain cells have no format: the library hashes one anew for every cell. */
    for (size_t look = FREM_LOOK_PLAIN + 1; look < FREM_LOOKS && book->status == FREM_OK; look++) {
        book->formats[look] = new_format(book, (frem_look)look);
        book->status = book->formats[look] == NULL ? FREM_NO_MEMORY : FREM_OK;
    }
    if (book->status == FREM_OK)
        set_properties(book);
    return book->status;
}

/* What was asked of the library before may have failed in silence, but has left its errno. */
static void note_memory(frem_book *book) {
    if (errno == ENOMEM && book->status == FREM_OK)
        book->status = FREM_NO_MEMORY;
}

/* What the library says, as a status. A cell that it refuses would be a defect of ours. */
static void take(frem_book *book, lxw_error error) {
    note_memory(book);
    if (book->status != FREM_OK || error == LXW_NO_ERROR)
        return;
    book->status = error == LXW_ERROR_MEMORY_MALLOC_FAILED ? FREM_NO_MEMORY : FREM_DEFECT;
}

frem_status frem_book_close(frem_book *book) {
    lxw_workbook *workbook = book->workbook;
    book->workbook = NULL; /* closing frees it, whatever comes of it */
    if (workbook == NULL)
        return book->status;
    note_memory(book);
    errno = 0;
    const lxw_error error = book->call.workbook_close(workbook);
    if (error == LXW_NO_ERROR)
        note_memory(book);
    if (book->status != FREM_OK || error == LXW_NO_ERROR)
        return book->status;
    book->status = error == LXW_ERROR_MEMORY_MALLOC_FAILED ? FREM_NO_MEMORY : FREM_UNWRITABLE;
    return book->status;
}

void frem_book_free(frem_book *book) {
    if (book->workbook != NULL) {
        const frem_status lost = frem_book_close(book);
        (void)lost; /* the file goes with the stage */
    }
    for (size_t i = 0; i < book->n_sheets; i++)
        free(book->sheets[i].name);
    free(book->sheets);
    frem_index_free(book->names);
    frem_text_free(&book->text);
    frem_part_close(book->library);
}

size_t frem_book_sheet(frem_book *book, const char *label, bool streamed) {
    char *name = NULL;
    void *sheets = book->sheets;
    note_memory(book);
    if (book->status == FREM_OK)
        book->status = frem_grow(&sheets, &book->sheets_capacity, book->n_sheets, sizeof *book->sheets);
    book->sheets = sheets;
    if (book->status == FREM_OK)
        book->status = frem_sheet_name(book->names, label, &name);
    if (book->status != FREM_OK)
        return 0;
    /* The library streams all sheets or none, and charts have no cached numbers in a workbook of streamed sheets;
     * but it looks at this option when a sheet is added. */
    book->workbook->options.constant_memory = streamed ? LXW_TRUE : LXW_FALSE;
    errno = 0;
    lxw_worksheet *sheet = book->call.workbook_add_worksheet(book->workbook, name);
    if (sheet == NULL) {
        free(name);
        book->status = errno == ENOMEM ? FREM_NO_MEMORY : FREM_UNWRITABLE; /* no temporary file */
        return 0;
    }
    book->sheets[book->n_sheets] = (frem_sheet){sheet, name, 0};
    return book->n_sheets++;
}

void frem_cell_clean(frem_book *book, size_t sheet, size_t row, size_t column, const char *text,
                     frem_look look) {
    if (book->status != FREM_OK || text[0] == '\0')
        return;
    take(book, book->call.worksheet_write_string(book->sheets[sheet].sheet, (lxw_row_t)row, (lxw_col_t)column,
                                                 text, book->formats[look]));
    book->sheets[sheet].cells++;
}

void frem_cell_text(frem_book *book, size_t sheet, size_t row, size_t column, const char *text,
                    frem_look look) {
    book->text.length = 0;
    frem_add_cell(&book->text, text, FREM_CELL_MAX);
    if (book->text.failed)
        book->status = FREM_NO_MEMORY;
    else
        frem_cell_clean(book, sheet, row, column, book->text.length > 0 ? book->text.bytes : "", look);
}

void frem_cell_exact(frem_book *book, size_t sheet, size_t row, size_t column, double value, frem_look look) {
    if (book->status != FREM_OK || !isfinite(value))
        return;
    take(book, book->call.worksheet_write_number(book->sheets[sheet].sheet, (lxw_row_t)row, (lxw_col_t)column,
                                                 value, book->formats[look]));
    book->sheets[sheet].cells++;
}

void frem_cell_number(frem_book *book, size_t sheet, size_t row, size_t column, double value,
                      frem_look look) {
    if (!isnan(value))
        frem_cell_exact(book, sheet, row, column, frem_value_shown(value), look);
}

void frem_cell_formula(frem_book *book, size_t sheet, size_t row, size_t column, const char *formula,
                       double value, frem_look look) {
    if (book->status != FREM_OK)
        return;
    take(book,
         book->call.worksheet_write_formula_num(book->sheets[sheet].sheet, (lxw_row_t)row, (lxw_col_t)column,
                                                formula, book->formats[look], frem_value_shown(value)));
    book->sheets[sheet].cells++;
}

void frem_row_height(frem_book *book, size_t sheet, size_t row, double height) {
    if (book->status == FREM_OK)
        take(book, book->call.worksheet_set_row(book->sheets[sheet].sheet, (lxw_row_t)row, height, NULL));
}

void frem_column_width(frem_book *book, size_t sheet, size_t first, size_t last, double width) {
    if (book->status == FREM_OK)
        take(book, book->call.worksheet_set_column(book->sheets[sheet].sheet, (lxw_col_t)first,
                                                   (lxw_col_t)last, width, NULL));
}

size_t frem_text_lines(const char *text, size_t wide) {
    size_t lines = 0;
    for (;;) {
        const size_t n = strcspn(text, "\n");
        const size_t width = frem_utf8_width(text, n);
        lines += width == 0 ? 1 : (width + wide - 1) / wide;
        if (text[n] == '\0')
            return lines;
        text += n + 1;
    }
}

size_t frem_head_lines(const char *text, size_t wide) {
    size_t lines = 1, used = 0;
    while (*(text += strspn(text, " \n")) != '\0' && lines < 4) {
        const size_t n = strcspn(text, " \n"), needs = frem_utf8_width(text, n);
        if (used > 0 && used + 1 + needs > wide) {
            lines++;
            used = 0;
        }
        used += needs + (used > 0);
        text += n;
    }
    return lines;
}

void frem_cell_paragraph(frem_book *book, size_t sheet, size_t row, size_t last_column, size_t wide,
                         const char *text, frem_look look) {
    book->text.length = 0;
    frem_add_cell(&book->text, text, FREM_CELL_MAX);
    if (book->text.failed)
        book->status = FREM_NO_MEMORY;
    if (book->status != FREM_OK || book->text.length == 0)
        return;
    take(book,
         book->call.worksheet_merge_range(book->sheets[sheet].sheet, (lxw_row_t)row, 0, (lxw_row_t)row,
                                          (lxw_col_t)last_column, book->text.bytes, book->formats[look]));
    book->sheets[sheet].cells += last_column + 1;
    const double height = 15.0 * (double)frem_text_lines(book->text.bytes, wide);
    frem_row_height(book, sheet, row, height < 405 ? height : 405); /* Excel's rows end at 409 points */
}

void frem_sheet_print(frem_book *book, size_t sheet, size_t first_repeated, size_t repeat) {
    if (book->status != FREM_OK)
        return;
    enum { A4 = 9 };
    lxw_worksheet *s = book->sheets[sheet].sheet;
    book->call.worksheet_set_landscape(s);
    book->call.worksheet_set_paper(s, A4);
    book->call.worksheet_set_margins(s, 0.5, 0.5, 0.6, 0.6);
    book->call.worksheet_fit_to_pages(s, 1, 0);
    take(book, book->call.worksheet_set_footer(s, "&L&8&A&R&8&P / &N"));
    if (repeat > 0)
        take(book, book->call.worksheet_repeat_rows(s, (lxw_row_t)first_repeated,
                                                    (lxw_row_t)(first_repeated + repeat - 1)));
}

void frem_sheet_print_rows(frem_book *book, size_t sheet, size_t last_row, size_t columns) {
    if (book->status == FREM_OK)
        take(book, book->call.worksheet_print_area(book->sheets[sheet].sheet, 0, 0, (lxw_row_t)last_row,
                                                   (lxw_col_t)(columns - 1)));
}

const char *frem_book_label(const frem_book *book, const char *scenario, const char *column,
                            const char *key) {
    return frem_document_label(book->document, scenario, column, key, book->lang);
}

const char *frem_book_profession(const frem_book *book, size_t profession) {
    return frem_document_any_label(book->document, "profession",
                                   frem_column_label(book->projected->frame, "profession", profession),
                                   book->lang);
}

#endif
