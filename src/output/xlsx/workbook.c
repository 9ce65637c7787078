#include "output/xlsx/workbook.h"

#include "base/part.h"
#include "output/xlsx/book.h"

#ifndef FREM_HAS_XLSX

frem_status frem_write_xlsx_rows(const frem_document *document, const frem_write_options *options,
                                 size_t max_rows, frem_stage *stage, frem_diags *diags) {
    (void)document;
    (void)options;
    (void)max_rows;
    (void)stage;
    return frem_part_refuse(
        &(frem_part){"--format xlsx", "libxlsxwriter", NULL, "libxlsxwriter4", "libxlsxwriter-dev", false},
        diags);
}

#else

#include <errno.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "base/platform.h"
#include "output/names.h"

static frem_status fill(frem_book *book, const char *path, const char *folder, frem_diags *diags) {
    frem_status status = frem_book_open(book, path, folder, diags);
    if (status != FREM_OK)
        return status;
    frem_book_front(book);
    if (frem_document_projects(book->document))
        frem_book_professions(book);
    if (book->document->answer != NULL)
        frem_book_answer(book);
    frem_book_changes(book);
    frem_book_assumptions(book);
    frem_book_notes(book);
    frem_book_sources(book);
    if (book->document->kind != FREM_TABLE_ANSWER)
        frem_book_results(book);
    return frem_book_close(book);
}

/* The errno of a failed write. The library gives no reason, and errno may have changed since; where the file system has
 * no room for the temporary files, two for each sheet, that is taken as the reason. */
static int reason(const frem_book *book, const char *folder, int error) {
    enum { CELL_BYTES = 50 };
    size_t cells = 0;
    for (size_t i = 0; i < book->n_sheets; i++)
        cells += book->sheets[i].cells;
    if (error == ENOSPC || error == EDQUOT || error == EMFILE || error == ENFILE || error == EFBIG)
        return error;
    if (frem_folder_room(folder) < (uint64_t)2 * CELL_BYTES * cells)
        return ENOSPC;
    return EIO;
}

/* The workbook in the stage, with its temporary files beside it. */
static frem_status write_book(frem_book *book, const char *name, frem_stage *stage, frem_diags *diags) {
    char *path = frem_stage_path(stage, name);
    char *folder = path != NULL ? strndup(path, strlen(path) - strlen(name) - 1) : NULL;
    frem_status status = path == NULL ? FREM_UNWRITABLE : folder == NULL ? FREM_NO_MEMORY : FREM_OK;
    int error = 0;
    if (status == FREM_OK) {
        errno = 0;
        status = fill(book, path, folder, diags);
        error = errno;
    }
    if (status == FREM_OK) {
        status = frem_xlsx_check(path, book->sheets, book->n_sheets, book->n_charts, diags);
        if (status == FREM_OK)
            status = frem_stage_adopt(stage, name);
        else if (status == FREM_UNWRITABLE)
            status = frem_stage_fail(stage, name, reason(book, folder, error));
    } else if (status == FREM_UNWRITABLE && folder != NULL) {
        status = frem_stage_fail(stage, name, reason(book, folder, error));
    }
    free(folder);
    free(path);
    return status;
}

/* The series of projections, and how far they are known where they say so. */
static frem_status open_projected(frem_book *book, frem_projected *projected, frem_projected *spread) {
    const frem_frame *frame = frem_document_projections(book->document);
    frem_status status = frem_projected_open(projected, book->document, frem_projected_statistic(frame));
    if (!frem_projected_is_uncertain(frame))
        return status;
    for (size_t i = 0; i < FREM_SPREAD && status == FREM_OK; i++)
        status = frem_projected_open(&spread[i], book->document, frem_spread_statistics[i]);
    book->spread = spread;
    return status;
}

frem_status frem_write_xlsx_rows(const frem_document *document, const frem_write_options *options,
                                 size_t max_rows, frem_stage *stage, frem_diags *diags) {
    frem_projected projected = {.document = document}, spread[FREM_SPREAD] = {{.document = NULL}};
    frem_book book = {.document = document,
                      .projected = &projected,
                      .lang = options->lang,
                      .max_rows = max_rows,
                      .made = options->made};
    char *name = frem_table_file_as(document, "xlsx");
    /* The library prints numbers as the locale says, and a decimal comma would break the file. */
    locale_t plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    frem_status status = name == NULL || plain == (locale_t)0 ? FREM_NO_MEMORY : FREM_OK;
    if (status == FREM_OK && frem_document_projects(document))
        status = open_projected(&book, &projected, spread);
    if (status == FREM_OK) {
        const locale_t before = uselocale(plain);
        status = write_book(&book, name, stage, diags);
        frem_book_free(&book);
        (void)uselocale(before);
    }
    if (plain != (locale_t)0)
        freelocale(plain);
    frem_projected_close(&projected);
    for (size_t i = 0; i < FREM_SPREAD; i++)
        frem_projected_close(&spread[i]);
    free(name);
    return status;
}

#endif

frem_status frem_write_xlsx(const frem_document *document, const frem_write_options *options,
                            frem_stage *stage, frem_diags *diags) {
    return frem_write_xlsx_rows(document, options, FREM_SHEET_ROWS, stage, diags);
}
