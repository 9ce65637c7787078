#include "output/names.h"
#include "output/write.h"

static frem_status write_results_csv(const frem_document *document, const frem_write_options *options,
                                     frem_stage *stage, frem_diags *diags) {
    (void)diags; /* any frame can be written as CSV; a file that can't be is a status */
    frem_sink *sink = NULL;
    const frem_status opened = frem_stage_file(stage, frem_table_file(document), &sink);
    if (opened != FREM_OK)
        return opened;
    const frem_status written = frem_write_csv(document->results, options->decimal, sink);
    const frem_status closed = frem_stage_close_file(stage, sink);
    return written != FREM_OK ? written : closed;
}

const frem_writer frem_writers[] = {
    {"csv", write_results_csv},
    {NULL, NULL},
};
