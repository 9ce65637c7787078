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
#include "base/problem.h"
#include "base/text.h"
#include "output/names.h"

static frem_status fill(frem_book *book, const char *path, const char *folder) {
    frem_status status = frem_book_open(book, path, folder);
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
    if (error == ENOSPC || error == EDQUOT || error == EMFILE || error == ENFILE || error == EFBIG ||
        error == ENOMEM)
        return error;
    if (frem_folder_room(folder) < (uint64_t)2 * CELL_BYTES * cells)
        return ENOSPC;
    return EIO;
}

/* What the process that fills a workbook answers, followed by the cells of each sheet. */
typedef struct filled {
    frem_status status;
    int error; /* errno of FREM_UNWRITABLE */
    size_t n_sheets, n_charts;
} filled;

/* A workbook to be filled. */
typedef struct filling {
    frem_book *book;
    const char *path, *folder;
} filling;

/* Fills the workbook, apart: the library does not check what malloc() gives it, and prints on standard error. */
static void fill_apart(void *context, int fd) {
    const filling *of = context;
    frem_book *book = of->book;
    errno = 0;
    filled answer = {.status = fill(book, of->path, of->folder)};
    if (answer.status == FREM_UNWRITABLE)
        answer.error = reason(book, of->folder, errno);
    answer.n_sheets = book->n_sheets;
    answer.n_charts = book->n_charts;
    int lost = frem_fd_write(fd, &answer, sizeof answer);
    for (size_t i = 0; i < book->n_sheets && lost == 0; i++)
        lost = frem_fd_write(fd, &book->sheets[i].cells, sizeof book->sheets[i].cells);
}

static void take_bytes(void *to, const void *bytes, size_t n) {
    frem_text_add_bytes(to, bytes, n);
}

/* Makes the sheets known here that were filled apart. @return FREM_NO_MEMORY with a diagnostic where the process died. */
static frem_status take_sheets(frem_book *book, const char *name, const frem_text *answer, filled *out,
                               frem_diags *diags) {
    const size_t head = sizeof *out, each = sizeof book->sheets->cells;
    if (answer->failed)
        return FREM_NO_MEMORY;
    if (answer->length >= head)
        memcpy(out, answer->bytes, head);
    if (answer->length < head || answer->length - head != out->n_sheets * each) {
        const frem_status raised = FREM_PROBLEM(diags, FREM_NOWHERE, PART_DIED, name, "libxlsxwriter");
        (void)raised; /* an error whatever comes of it */
        return FREM_NO_MEMORY;
    }
    if (book->sheets != NULL)
        return FREM_OK; /* filled in this very process, on a system that has no other */
    book->sheets = calloc(out->n_sheets + 1, sizeof *book->sheets);
    if (book->sheets == NULL)
        return FREM_NO_MEMORY;
    book->n_sheets = out->n_sheets;
    book->n_charts = out->n_charts;
    for (size_t i = 0; i < out->n_sheets; i++)
        memcpy(&book->sheets[i].cells, answer->bytes + head + i * each, each);
    return FREM_OK;
}

/* @param[out] error as in `filled` */
static frem_status fill_and_wait(frem_book *book, const char *name, const char *path, const char *folder,
                                 int *error, frem_diags *diags) {
    filling of = {book, path, folder};
    filled answer = {.status = FREM_OK};
    frem_text bytes = {0};
    const int lost = frem_process_apart(fill_apart, &of, take_bytes, &bytes);
    frem_status status = FREM_OK;
    if (lost != 0 && lost != EPIPE) {
        status = FREM_UNWRITABLE;
        *error = lost;
    } else {
        status = take_sheets(book, name, &bytes, &answer, diags);
    }
    frem_text_free(&bytes);
    if (status == FREM_OK) {
        status = answer.status;
        *error = answer.error;
    }
    return status;
}

/* Whether a name is one of the library's temporary files, and no file of the stage. */
static bool is_temporary(frem_stage *stage, const char *name) {
    const frem_staged *file;
    bool temporary = strlen(name) == strlen("tmp.XXXXXXXXXX") && strncmp(name, "tmp.", 4) == 0;
    for (size_t i = 0; temporary && (file = frem_stage_at(stage, i)) != NULL; i++)
        temporary = strcmp(file->name, name) != 0;
    return temporary;
}

/* Removes what the library could not remove, and would go into the results. @return 0, or the errno. */
static int remove_temporary(frem_stage *stage, const char *folder) {
    frem_entries *entries = frem_entries_of(frem_fd_open(FREM_HERE, folder, FREM_OPEN_FOLDER, 0));
    const char *name = NULL;
    int got = -1, error = 0;
    while (entries != NULL && error == 0 && (got = frem_entries_next(entries, &name)) > 0) {
        if (is_temporary(stage, name) && frem_file_remove(frem_entries_folder(entries), name) != 0)
            error = errno;
    }
    if (error == 0 && got < 0)
        error = errno;
    frem_entries_close(entries);
    return error;
}

/* The workbook in the stage, with its temporary files beside it. */
static frem_status write_book(frem_book *book, const char *name, frem_stage *stage, frem_diags *diags) {
    char *path = frem_stage_path(stage, name);
    char *folder = path != NULL ? strndup(path, strlen(path) - strlen(name) - 1) : NULL;
    frem_status status = path == NULL ? FREM_UNWRITABLE : folder == NULL ? FREM_NO_MEMORY : FREM_OK;
    int error = 0;
    if (status == FREM_OK)
        status = frem_book_load(book, diags);
    if (status == FREM_OK)
        status = fill_and_wait(book, name, path, folder, &error, diags);
    if (status == FREM_OK) {
        status = frem_xlsx_check(path, book->sheets, book->n_sheets, book->n_charts, diags);
        if (status == FREM_UNWRITABLE)
            error = reason(book, folder, errno);
    }
    if (status == FREM_OK && (error = remove_temporary(stage, folder)) != 0)
        status = FREM_UNWRITABLE;
    if (status == FREM_OK)
        status = frem_stage_adopt(stage, name);
    else if (status == FREM_UNWRITABLE && folder != NULL)
        status = frem_stage_fail(stage, name, error);
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
