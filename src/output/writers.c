#include "output/charts/charts.h"
#include "output/names.h"
#include "output/report/writer.h"
#include "output/sqlite/sqlite.h"
#include "output/tables/series.h"
#include "output/write.h"
#include "output/xlsx/workbook.h"

static frem_status write_frame(const frem_frame *frame, const char *name, frem_decimal decimal,
                               frem_stage *stage) {
    frem_sink *sink = NULL;
    const frem_status opened = frem_stage_file(stage, name, &sink);
    if (opened != FREM_OK)
        return opened;
    const frem_status written = frem_write_csv(frame, decimal, sink);
    const frem_status closed = frem_stage_close_file(stage, sink);
    return written != FREM_OK ? written : closed;
}

/* The document's table; beside a projection also its stock by age and its programmes where there are any, and series. */
static frem_status write_results_csv(const frem_document *document, const frem_write_options *options,
                                     frem_stage *stage, frem_diags *diags) {
    (void)diags; /* any frame can be written as CSV; a file that can't be is a status */
    const struct {
        const frem_frame *frame;
        const char *name;
    } more[] = {{document->stock, FREM_STOCK_CSV}, {document->programmes, FREM_PROGRAMMES_CSV}};
    frem_status status =
        document->answer != NULL ? frem_write_answer(document->answer, options->decimal, stage) : FREM_OK;
    if (document->kind == FREM_TABLE_ANSWER || status != FREM_OK)
        return status;
    status = write_frame(document->results, frem_table_file(document), options->decimal, stage);
    for (size_t i = 0; i < sizeof more / sizeof *more && status == FREM_OK; i++) {
        if (more[i].frame != NULL && frem_frame_rows(more[i].frame) > 0)
            status = write_frame(more[i].frame, more[i].name, options->decimal, stage);
    }
    return status == FREM_OK ? frem_write_series(document, options->decimal, stage) : status;
}

const frem_writer frem_writers[] = {
    {"csv", write_results_csv},    {"json", frem_write_json},   {"xlsx", frem_write_xlsx},
    {"sqlite", frem_write_sqlite}, {"html", frem_write_report}, {"svg", frem_write_svg},
    {"pdf", frem_write_pdf},       {"png", frem_write_png},     {NULL, NULL},
};
